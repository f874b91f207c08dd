"""The demonstration town: its families through the real import, one account through the real pages' own calls."""

import json
import os
import re
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

import click

from functions.console.failures import Failure
from functions.console.import_command import DEFAULT_MAPPING, bar
from functions.console.import_foyers import cles, report
from functions.console.import_foyers.run import read, run
from functions.console.local import processes
from functions.console.local.browser import Browser
from functions.console.local.layout import ROOT, Layout
from functions.console.mailbox import letters_of
from functions.domain.foyer import FoyerFile
from functions.domain.french import plain_day
from functions.domain.reglement import School
from functions.kit import config, rules
from functions.store import cles as cles_store
from functions.store import foyers

EXPORT = ROOT / "content" / "demonstration" / "export-foyers.csv"
USERNAME = "demonstration"
# Known to all on purpose: it opens invented data on a loopback address, and nothing else.
PASSWORD = "une place devant la mairie"  # noqa: S105 - see above
_TOKEN = re.compile(r"/activation/#([A-Za-z0-9_\-]+)")
_MAIL_PATIENCE = 30.0
_CHILDREN = 2
_CANDIDATES = 12


@dataclass(frozen=True, slots=True)
class SpareKey:
    """A clé enfance nobody used, whose it is, and the child it is bound to."""

    foyer_id: str
    guardian_id: str
    key: str
    child_usual_name: str
    child_given_name: str
    child_birth_date: str

    @property
    def left(self) -> bool:
        known = cles_store.find(self.foyer_id, self.guardian_id)
        return known is not None and not known.used

    def proof(self) -> dict[str, str]:
        """What a parent types."""
        return {name: value for name, value in asdict(self).items() if not name.endswith("_id")}


@dataclass(frozen=True, slots=True)
class Known:
    """What var/demonstration.json keeps. `candidates` are references of files that show the portal well."""

    candidates: tuple[str, ...] = ()
    tries: int = 0
    username: str = ""
    spare: SpareKey | None = None


def import_families(layout: Layout) -> None:
    """Load the families once. A start interrupted halfway imports again: nothing is made twice."""
    known = _load(layout)
    if known.candidates and foyers.load(foyers.foyer_id_for(known.candidates[-1])):
        return
    click.echo("  · familles de la commune de démonstration (premier démarrage) :")
    sheet, parsed = read(EXPORT, DEFAULT_MAPPING, rules.current())
    done = run(parsed, config.current().health_key, write=True, follow=bar)
    lines = [report.opening(sheet, len(parsed.families)), *report.remarks(done.remarks), *done.summary()]
    _write(layout.import_report, "\n".join(lines) + "\n")
    files = [family.file for family in parsed.families if family.file]
    chosen = [file.reference for file in files if _shows_well(file, rules.current().schools)]
    if len(chosen) < _CANDIDATES:
        raise Failure("L’export de démonstration n’a pas assez de familles avec deux enfants en école publique.")
    _save(layout, Known(candidates=tuple(chosen[:_CANDIDATES])))
    click.echo(f"    {report.count(done.changes, applied=True)} Remarques : {layout.import_report}")


def prepare(layout: Layout, port: int) -> str:
    """Make the demonstration sign-ins at the first start; return the French lines that tell them."""
    known = _load(layout)
    try:
        if not known.username:
            click.echo("  · compte de démonstration")
            known = replace(known, tries=known.tries + 1)
            _save(layout, known)
            # A try interrupted halfway leaves a name reserved: the next one takes another.
            username = USERNAME if known.tries == 1 else f"{USERNAME}-{secrets.token_hex(2)}"
            _create_account(layout, port, username, _letter(known.candidates))
            known = replace(known, username=username)
            _save(layout, known)
        if known.spare is None or not known.spare.left:
            known = replace(known, spare=_spare(_letter(known.candidates)))
            _save(layout, known)
    except Failure as failure:  # the portal works all the same
        return f"{_told(known)}  Démonstration incomplète : {failure}\n"
    return _told(known)


def _shows_well(file: FoyerFile, schools: dict[str, School]) -> bool:
    """Lives in the town, two children and both in a public school, a name that lost no letter, nothing to check."""
    first = file.guardians[0]
    names = [first.usual_name, *(child.usual_name for child in file.children)]
    return (
        file.resident
        and bool(first.email)
        and file.allocataire.quotient_familial_centimes is not None
        and len(file.children) == _CHILDREN
        and all(child.school in schools and schools[child.school].public and child.level for child in file.children)
        and not any("?" in name or name.isupper() for name in names)
        and not file.remarks
    )


def _create_account(layout: Layout, port: int, username: str, letter: cles.Letter) -> None:
    """Create, activate by the mail that arrives, sign in, enter the key: as a parent does."""
    guardian, address = letter.guardian, letter.file.address
    browser = Browser(port)
    before = set(letters_of(layout.maildir))
    browser.post(
        "/api/accounts",
        {
            "identity": {
                "title": guardian.title or "Mme",
                "usual_name": guardian.usual_name,
                "given_names": ", ".join(guardian.given_names),
            },
            "address": {
                "line1": address.line1,
                "line2": address.line2,
                "postcode": address.postcode,
                "town": address.town,
            },
            "contact": {"email": guardian.email},
            "authentication": {"username": username, "password": PASSWORD, "password_confirmation": PASSWORD},
        },
        robots=True,
    )
    browser.post("/api/activation", {"token": _activation_token(layout.maildir, before)})
    browser.post("/api/accounts/sessions", {"username": username, "password": PASSWORD})
    browser.post("/api/accounts/cle-enfance", _spare(letter).proof())


def _activation_token(maildir: Path, before: set[str]) -> str:
    """The token of the letter that arrived since. Failure when none comes."""
    found: list[str] = []

    def arrived() -> bool:
        for key, letter in letters_of(maildir).items():
            body = letter.get_body(preferencelist=("plain",))
            token = _TOKEN.search(str(body.get_content())) if body and key not in before else None
            if token:
                found.append(token.group(1))
        return bool(found)

    if not processes.wait_until(arrived, _MAIL_PATIENCE):
        raise Failure("Le courriel d’activation du compte de démonstration n’arrive pas dans la boîte mail locale.")
    return found[0]


def _letter(candidates: Sequence[str]) -> cles.Letter:
    """The first letter that can be made: a start interrupted earlier may have used up a file's keys."""
    for reference in candidates:
        file = foyers.load(foyers.foyer_id_for(reference))
        letters = cles.of_file(file) if file else []
        if letters:
            return letters[0]
    raise Failure("plus aucune clé enfance à préparer. Recommencez avec « make reset ».")


def _spare(letter: cles.Letter) -> SpareKey:
    child = letter.children[0]
    return SpareKey(
        letter.file.foyer_id,
        letter.guardian.person_id,
        letter.key,
        child.usual_name,
        child.first_name,
        str(child.birth_date),
    )


def _told(known: Known) -> str:
    lines = ["Pour essayer"]
    if known.username:
        lines.append(f"  Compte prêt       identifiant : {known.username}   mot de passe : {PASSWORD}")
    if known.spare:
        born = plain_day(date.fromisoformat(known.spare.child_birth_date))
        child = f"{known.spare.child_given_name} {known.spare.child_usual_name}"
        lines.append(f"  Clé enfance       {known.spare.key}, enfant : {child}, naissance : le {born}")
    return "\n".join(lines) + "\n"


def _load(layout: Layout) -> Known:
    if not layout.demonstration.exists():
        return Known()
    try:
        value = json.loads(layout.demonstration.read_text("utf-8"))
        spare = SpareKey(**value["spare"]) if value["spare"] else None
        return Known(tuple(value["candidates"]), int(value["tries"]), value["username"], spare)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Failure(
            f"{layout.demonstration} est abîmé. Effacez-le : la démonstration sera préparée à nouveau."
        ) from error


def _save(layout: Layout, known: Known) -> None:
    _write(layout.demonstration, json.dumps(asdict(known), ensure_ascii=False, indent=1) + "\n")


def _write(path: Path, text: str) -> None:
    """Whole or not at all, readable by its owner only."""
    unfinished = path.with_suffix(".nouveau")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    unfinished.replace(path)
