"""Families in the store, on the real engine: what would change, what is written, and twice is once."""

import dataclasses
import stat
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from support.engine import ROOT
from support.export import CHILD, CONTACT, GUARDIAN, Row

from functions.console.import_foyers import cles, plan, run
from functions.console.import_foyers.families import Parsed
from functions.domain.contact_details import at_home
from functions.domain.errors import Stale
from functions.domain.foyer import Address, FoyerFile
from functions.gateways import seal
from functions.kit import config
from functions.reglement import compiled
from functions.store import foyers

ReadRows = Callable[..., Parsed]
Outcomes = Callable[..., list[str]]


def _silent(items: Iterable[object], _length: int, _label: str) -> Iterable[object]:
    return items


@pytest.fixture
def import_rows(read_rows: ReadRows, settings: config.Config) -> Outcomes:
    """Import rows; the outcome of each family."""

    def import_(*rows: Row, write: bool = True) -> list[str]:
        done = run.run(read_rows(*rows), settings.health_key, write=write, follow=_silent)
        return [change.outcome for change in done.changes]

    return import_


def _stored(reference: str = "700") -> FoyerFile:
    file = foyers.load(foyers.foyer_id_for(reference))
    assert file is not None
    return file


def test_a_dry_run_writes_nothing(import_rows: Outcomes) -> None:
    assert import_rows(GUARDIAN, CHILD, write=False) == ["created"]
    assert foyers.load(foyers.foyer_id_for("700")) is None


def test_the_second_import_changes_nothing(import_rows: Outcomes) -> None:
    rows = (GUARDIAN, {**CHILD, "Observations": "allergie arachide"}, CONTACT)

    assert import_rows(*rows) == ["created"]
    before = _stored()
    assert import_rows(*rows) == ["unchanged"]
    assert _stored() == before


def test_a_corrected_cell_changes_that_person_alone(
    import_rows: Outcomes, read_rows: ReadRows, settings: config.Config
) -> None:
    import_rows(GUARDIAN, CHILD)
    before = _stored()

    done = run.run(read_rows(GUARDIAN, {**CHILD, "Classe": "CE1"}), settings.health_key, write=True, follow=_silent)

    assert [change.details for change in done.changes] == [("Zoé Martin : classe",)]
    after = _stored()
    assert after.guardians == before.guardians
    assert (after.children[0].level, after.children[0].version) == ("CE1", 2)


def test_a_linked_account_stays_linked(import_rows: Outcomes) -> None:
    import_rows(GUARDIAN, CHILD)
    file = _stored()
    linked = dataclasses.replace(file.guardians[0], account_id="compte-1")
    foyers.write(dataclasses.replace(file, guardians=(linked,)), file)

    assert import_rows({**GUARDIAN, "Portable": "0699999998"}, CHILD) == ["changed"]

    assert _stored().guardians[0].account_id == "compte-1"


def test_who_moved_out_stays_apart_even_when_the_export_still_has_the_old_address(import_rows: Outcomes) -> None:
    import_rows(GUARDIAN, CHILD)
    file = _stored()
    alone = dataclasses.replace(file.guardians[0], address=Address("8 place Neuve", "44000", "Nantes"), apart=True)
    foyers.write(dataclasses.replace(file, guardians=(alone,)), file)

    assert import_rows(GUARDIAN, CHILD) == ["changed"]

    [guardian] = _stored().guardians
    assert guardian.address == file.guardians[0].address
    assert not at_home(_stored(), guardian)


def test_health_notes_are_stored_sealed(import_rows: Outcomes, settings: config.Config) -> None:
    import_rows(GUARDIAN, {**CHILD, "Observations": "allergie arachide"})

    child = _stored().children[0]
    assert b"arachide" not in child.sealed_notes
    assert seal.unseal(child.sealed_notes, child.person_id, settings.health_key) == "allergie arachide"


def test_somebody_missing_from_the_new_export_stays_and_is_told(
    import_rows: Outcomes, read_rows: ReadRows, settings: config.Config
) -> None:
    import_rows(GUARDIAN, CHILD, CONTACT)

    done = run.run(read_rows(GUARDIAN, CHILD), settings.health_key, write=True, follow=_silent)

    assert len(_stored().contacts) == 1
    assert [remark.kind for remark in done.remarks] == ["personne absente de l’export"]


def test_a_refused_family_is_not_written_and_the_others_are(import_rows: Outcomes) -> None:
    other = [{**person, "N° dossier": "701"} for person in (GUARDIAN, {**CHILD, "Né(e) le": "31/02/2018"})]

    assert import_rows(GUARDIAN, CHILD, *other) == ["created", "refused"]
    assert foyers.load(foyers.foyer_id_for("701")) is None


def test_a_family_changed_by_somebody_else_meanwhile_is_read_again(
    import_rows: Outcomes, read_rows: ReadRows, settings: config.Config
) -> None:
    import_rows(GUARDIAN, CHILD)
    family = read_rows({**GUARDIAN, "QF": "900"}, CHILD).families[0]
    (planned,) = plan.plan([family], settings.health_key)
    file = _stored()
    foyers.write(dataclasses.replace(file, resident=False), file)

    done = plan.apply(planned, settings.health_key)

    assert done.outcome == "changed"
    assert _stored().allocataire.quotient_familial_centimes == 90000


def test_writing_over_a_changed_family_without_reading_again_is_refused(
    import_rows: Outcomes, read_rows: ReadRows, settings: config.Config
) -> None:
    """The negative control of the test above."""
    import_rows(GUARDIAN, CHILD)
    (planned,) = plan.plan([read_rows({**GUARDIAN, "QF": "900"}, CHILD).families[0]], settings.health_key)
    file = _stored()
    foyers.write(dataclasses.replace(file, resident=False), file)

    assert planned.target is not None
    with pytest.raises(Stale):
        foyers.write(planned.target, planned.previous)


@pytest.mark.usefixtures("settings")
def test_keys_are_made_once_and_kept_from_other_readers(import_rows: Outcomes, tmp_path: Path) -> None:
    import_rows(GUARDIAN, {**CHILD, "Nom": "=cmd()"})
    path = tmp_path / "cles.csv"

    with cles.opened(path) as write:
        for letter in cles.prepare([_stored()], follow=_silent):
            write(letter)

    lines = path.read_text("utf-8-sig").splitlines()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(lines) == 2
    assert lines[1].startswith(
        "700;Mme Lucie Martin;1 rue du Port;;49290;Villeparvis-sur-Loire;Zoé =cmd() (18/07/2018);"
    )
    assert list(cles.prepare([_stored()], follow=_silent)) == []


def test_the_demonstration_export_is_imported_whole(settings: config.Config, reglement_file: Path) -> None:
    town = compiled.load_file(reglement_file)
    folder = ROOT / "content/demonstration"
    _, parsed = run.read(folder / "export-foyers.csv", folder / "colonnes.yml", town)

    first = run.run(parsed, settings.health_key, write=True, follow=_silent)
    second = run.run(parsed, settings.health_key, write=False, follow=_silent)

    assert first.complete
    assert {change.outcome for change in first.changes} == {"created"}
    assert {change.outcome for change in second.changes} == {"unchanged"}
    kinds = {remark.kind for remark in first.remarks}
    assert {"ligne en double", "enfant dans deux dossiers", "jumeaux", "lettre perdue", "QF absent"} <= kinds
    assert not kinds & {"école inconnue", "classe inconnue", "téléphone illisible", "e-mail illisible"}
