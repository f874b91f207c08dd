"""Rows become families: what is accepted, what is said, what refuses a family."""

from collections.abc import Callable

import pytest
from support.export import CHILD, CONTACT, GUARDIAN, Row

from functions.console.import_foyers import report
from functions.console.import_foyers.families import Family, Parsed
from functions.console.import_foyers.remarks import Remark, Severity
from functions.domain.foyer import FoyerFile

ReadRows = Callable[..., Parsed]


def _only(parsed: Parsed) -> Family:
    assert len(parsed.families) == 1
    return parsed.families[0]


def _file(parsed: Parsed) -> FoyerFile:
    file = _only(parsed).file
    assert file is not None
    return file


def _of_kind(parsed: Parsed, kind: str) -> list[Remark]:
    return [remark for family in parsed.families for remark in family.remarks if remark.kind == kind]


def test_a_plain_family_is_read_without_a_remark(read_rows: ReadRows) -> None:
    parsed = read_rows(GUARDIAN, CHILD, CONTACT)

    file = _file(parsed)
    assert _only(parsed).remarks == []
    assert (file.reference, file.resident, file.allocataire.quotient_familial_centimes) == ("700", True, 80000)
    assert (file.children[0].school, file.children[0].level) == ("port", "CE2")
    assert file.contacts[0].may_collect


def test_ids_are_the_same_at_each_reading(read_rows: ReadRows) -> None:
    assert _file(read_rows(GUARDIAN, CHILD)) == _file(read_rows(GUARDIAN, CHILD))


@pytest.mark.parametrize("name", ["O'Neill", "d'Aÿ", "Jean-Émile", "Zoé 🦊"])
def test_unusual_names_are_kept_as_given(read_rows: ReadRows, name: str) -> None:
    assert _file(read_rows(GUARDIAN, {**CHILD, "Nom": name})).children[0].usual_name == name


@pytest.mark.parametrize(
    ("row", "change", "column"),
    [
        (CHILD, {"Né(e) le": "31/02/2018"}, "Né(e) le"),
        (CHILD, {"Né(e) le": ""}, "Né(e) le"),
        (CHILD, {"Né(e) le": "01/01/2030"}, "Né(e) le"),
        (CHILD, {"Prénoms": " "}, "Prénoms"),
        (CHILD, {"Nom": "<script>alert(1)</script>"}, "Nom"),
        (CHILD, {"Type": "CHIEN"}, "Type"),
        (GUARDIAN, {"Né(e) le": "n/a"}, "Né(e) le"),
    ],
)
def test_an_error_names_line_and_column_and_refuses_the_whole_family_only(
    read_rows: ReadRows, row: Row, change: Row, column: str
) -> None:
    other = [{**person, "N° dossier": "701"} for person in (GUARDIAN, {**CHILD, "Prénoms": "Ali"})]
    rows = [{**person, **change} if person is row else person for person in (GUARDIAN, CHILD)]

    parsed = read_rows(*rows, *other)

    wrong = [item for family in parsed.families for item in family.remarks if item.severity is Severity.ERROR]
    assert [(item.line, item.column) for item in wrong] == [(2 if row is GUARDIAN else 3, column)]
    assert [family.file is None for family in parsed.families] == [True, False]


def test_a_file_without_a_guardian_is_refused(read_rows: ReadRows) -> None:
    assert _only(read_rows(CHILD)).refused


def test_a_row_without_file_number_is_told(read_rows: ReadRows) -> None:
    parsed = read_rows(GUARDIAN, CHILD, {**CONTACT, "N° dossier": ""})

    assert [(remark.line, remark.kind) for remark in parsed.remarks] == [(4, "ligne sans dossier")]


def test_a_line_written_twice_counts_once(read_rows: ReadRows) -> None:
    parsed = read_rows(GUARDIAN, CHILD, CHILD)

    assert len(_file(parsed).children) == 1
    assert [remark.line for remark in _of_kind(parsed, "ligne en double")] == [4]


def test_a_child_written_twice_with_differences_keeps_the_first_and_names_them(read_rows: ReadRows) -> None:
    parsed = read_rows(GUARDIAN, CHILD, {**CHILD, "Classe": "CE1", "Né(e) le": "18/07/2018"})

    assert _file(parsed).children[0].level == "CE2"
    assert "classe" in _of_kind(parsed, "enfant en double")[0].message


def test_twins_are_two_children(read_rows: ReadRows) -> None:
    parsed = read_rows(GUARDIAN, CHILD, {**CHILD, "Prénoms": "Tom", "Lien": "Fils"})

    assert len(_file(parsed).children) == 2
    assert len(_of_kind(parsed, "jumeaux")) == 1


def test_a_child_in_two_files_is_one_person_attached_to_both(read_rows: ReadRows) -> None:
    other = [
        {**GUARDIAN, "N° dossier": "701", "Prénoms": "Paul", "Courriel": "paul@example.net"},
        {**CHILD, "N° dossier": "701"},
    ]

    parsed = read_rows(GUARDIAN, CHILD, *other)

    ids = {family.file.children[0].person_id for family in parsed.families if family.file}
    assert len(ids) == 1
    assert [remark.line for remark in _of_kind(parsed, "enfant dans deux dossiers")] == [3, 5]
    assert all(family.file and family.file.remarks for family in parsed.families)


@pytest.mark.parametrize(
    ("change", "school", "level", "kind"),
    [
        ({"École": "École du Por"}, "", "CE2", "école inconnue"),
        ({"École": "le quai", "Classe": "PS", "Né(e) le": "18/07/2023"}, "quai", "PS", None),
        ({"Classe": "6e"}, "port", "", "classe inconnue"),
        ({"École": "Le Quai"}, "quai", "", "classe hors de l’école"),
        ({"Classe": "CM2", "Né(e) le": "18/07/2015"}, "port", "CM2", "âge et classe"),
        ({"Né(e) le": "18/07/2012"}, "port", "CE2", "âge peu vraisemblable"),
    ],
)
def test_school_and_level_are_known_or_left_empty_and_said(
    read_rows: ReadRows, change: Row, school: str, level: str, kind: str | None
) -> None:
    parsed = read_rows(GUARDIAN, {**CHILD, **change})

    child = _file(parsed).children[0]
    assert (child.school, child.level) == (school, level)
    assert [remark.kind for remark in _only(parsed).remarks] == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"Courriel": ""}, "courrier à envoyer"),
        ({"Ville": "Villeparvis"}, "commune réécrite"),
        ({"Ville": "Saint-Machin"}, "commune à vérifier"),
        ({"QF": ""}, "QF absent"),
        ({"Date QF": ""}, "date de QF absente"),
        ({"Date QF": "hier"}, "date de QF illisible"),
        ({"Date QF": "01/01/2027"}, "date de QF à venir"),
        ({"Né(e) le": "01/01/2015"}, "écart d’âge"),
        ({"Autorité parentale": "?"}, "autorité parentale non dite"),
        ({"Civilité": "Dr"}, "civilité inconnue"),
        ({"Régime": "RSI"}, "régime inconnu"),
        ({"École": "École du Port"}, "cellule sans usage"),
        ({"Portable": "12"}, "téléphone illisible"),
        ({"CP": "4929"}, "code postal illisible"),
    ],
)
def test_each_quirk_of_a_guardian_is_said_with_its_line(read_rows: ReadRows, change: Row, kind: str) -> None:
    parsed = read_rows({**GUARDIAN, **change}, CHILD)

    assert {remark.line for remark in _of_kind(parsed, kind)} <= {2, 3}
    assert _of_kind(parsed, kind)


def test_a_town_spelled_otherwise_is_not_guessed_to_be_ours(read_rows: ReadRows) -> None:
    assert not _file(read_rows({**GUARDIAN, "Ville": "Saint-Machin"}, CHILD)).resident
    assert _file(read_rows({**GUARDIAN, "Ville": "VILLEPARVIS"}, CHILD)).resident


def test_two_quotients_that_disagree_are_both_left_out(read_rows: ReadRows) -> None:
    second = {**GUARDIAN, "Prénoms": "Paul", "QF": "900", "Courriel": "paul@example.net"}

    parsed = read_rows(GUARDIAN, second, CHILD)

    assert _file(parsed).allocataire.quotient_familial_centimes is None
    assert len(_of_kind(parsed, "valeurs contradictoires")) == 1


def test_alternating_custody_is_read(read_rows: ReadRows) -> None:
    rows = [{**CHILD, "Observations": f"Garde alternée semaines {weeks}"} for weeks in ("paires", "impaires")]

    found = [_file(read_rows(GUARDIAN, row)).children[0].custody for row in rows]

    assert found == ["even", "odd"]


def test_an_observation_that_may_speak_of_health_is_kept_apart_and_never_shown(read_rows: ReadRows) -> None:
    parsed = read_rows(GUARDIAN, {**CHILD, "Observations": "allergie arachide"}, {**CONTACT, "Observations": "diabète"})

    family = _only(parsed)
    told = "\n".join(report.remarks(family.remarks))
    assert list(family.notes.values()) == ["allergie arachide"]
    assert "arachide" not in told
    assert "diabète" not in told
    assert [remark.line for remark in family.remarks if remark.kind == "observation non reprise"] == [4]
    assert not _file(parsed).contacts[0].may_collect


def test_an_email_given_for_two_people_is_told_on_both_lines(read_rows: ReadRows) -> None:
    parsed = read_rows(GUARDIAN, {**GUARDIAN, "Prénoms": "Paul"}, CHILD)

    assert [remark.line for remark in _of_kind(parsed, "e-mail partagé")] == [2, 3]
