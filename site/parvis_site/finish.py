"""The end of the build: the service worker's list, then the weight of a first visit.

`python -m parvis_site.finish build/www`, after mkdocs and esbuild.
"""

import sys
from pathlib import Path

from parvis_site import csp, precache, weight
from parvis_site.paths import WWW


class BuildRefused(Exception):
    """The site must not be published as it is; the message says why, in French."""


def finish(www: Path) -> str:
    """Write sw.js and return one sentence on what was built; raise BuildRefused over budget or against the policy."""
    for path in sorted(www.rglob("*.html")):
        found = csp.audit(path.read_text(encoding="utf-8"))
        if found:
            raise BuildRefused(f"{path.relative_to(www)} : la politique de sécurité bloquerait {' ; '.join(found)}")
    kept = precache.write(www)
    weights = weight.measure(www)
    for page, size in weights.items():
        if size > weight.BUDGET_BYTES:
            budget = weight.BUDGET_BYTES // 1024
            raise BuildRefused(f"La première visite de {page} pèse {size // 1024} ko, le budget est de {budget} ko.")
    heaviest = max(weights.values())
    return f"{len(kept)} fichiers gardés hors ligne, première visite {heaviest / 1024:.0f} ko au plus"


def main() -> int:
    www = Path(sys.argv[1]) if len(sys.argv) > 1 else WWW
    try:
        sys.stdout.write(finish(www) + "\n")
    except (BuildRefused, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
