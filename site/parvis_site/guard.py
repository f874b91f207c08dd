"""mkdocs empties its site_dir before it writes: a guard refuses any folder that holds sources."""

from pathlib import Path

from parvis_site.paths import BUILD, ROOT, SOURCE_FOLDERS


class UnsafeSiteDir(Exception):
    """The site_dir would overwrite sources."""


def check_site_dir(site_dir: str | Path) -> Path:
    """Return the absolute folder, or raise UnsafeSiteDir. Allowed: inside build/, or wholly outside the project."""
    target = Path(site_dir).resolve()
    if target == BUILD:
        raise UnsafeSiteDir(f"site_dir vaut {target} : donnez un sous-dossier de build/, par exemple build/www.")
    if target.is_relative_to(BUILD):
        return target
    if target.is_relative_to(ROOT) or ROOT.is_relative_to(target):
        named = [name for name in SOURCE_FOLDERS if target.is_relative_to(ROOT / name)]
        what = f"le dossier source {named[0]}/" if named else "le dossier du projet"
        raise UnsafeSiteDir(f"site_dir vaut {target} : la construction effacerait {what}. Utilisez build/www.")
    return target
