"""Family files: one transaction, versions, and nothing lost when two write."""

from dataclasses import replace
from datetime import date

import pytest
from support import factories

from functions.domain.errors import Stale
from functions.domain.foyer import Address, Contact
from functions.store import foyers
from functions.store.models import Core

pytestmark = pytest.mark.usefixtures("settings")


def test_a_file_comes_back_as_it_was_written() -> None:
    leo = replace(factories.child("Jean-Émile", usual_name="d’Aÿ"), custody="even", sealed_notes=b"\x00\xff")
    mother = replace(
        factories.guardian("Chloë", usual_name="O’Neill"),
        phones=("+33612345678",),
        birth_date=date(1988, 2, 29),
        address=Address("3 impasse des Œillets", "49290", "Chalonnes", "Bât. B"),
    )
    file = factories.family(leo, guardians=(mother,))
    person_id = foyers.person_id_for("T", "mamie", file.foyer_id)
    contact = Contact(person_id, "Petit", ("Rose",), "grand-mère", may_collect=True)

    written = foyers.write(replace(file, contacts=(contact,), remarks=("à rappeler",)), file)

    assert foyers.load(file.foyer_id) == written
    (child,), (guardian,) = written.children, written.guardians
    assert replace(child, version=0) == leo
    assert replace(guardian, version=0) == mother
    assert written.contacts == (replace(contact, version=1),)
    assert (written.version, written.remarks) == (2, ("à rappeler",))


def test_only_what_differs_is_written() -> None:
    leo, zoe = factories.child("Léo"), factories.child("Zoé")
    file = factories.family(leo, zoe)
    changed = tuple(replace(each, level="ce1") if each.given_names == ("Léo",) else each for each in file.children)

    written = foyers.write(replace(file, children=changed), file)

    versions = {each.given_names[0]: each.version for each in written.children}
    assert versions == {"Léo": 2, "Zoé": 1}
    assert written.version == 1
    assert foyers.write(written, written) == written


def test_the_second_of_two_writers_is_told_and_loses_nothing() -> None:
    file = factories.family(factories.child("Léo"))
    foyers.write(replace(file, resident=False), file)

    with pytest.raises(Stale):
        foyers.write(replace(file, reference="autre"), file)

    current = foyers.load(file.foyer_id)
    assert current is not None
    assert (current.resident, current.reference) == (False, file.reference)


def test_a_file_is_not_created_twice() -> None:
    file = factories.family(factories.child("Léo"))

    with pytest.raises(Stale):
        foyers.write(replace(file, version=0), None)


def test_people_no_longer_listed_are_kept() -> None:
    file = factories.family(factories.child("Léo"), factories.child("Zoé"))

    written = foyers.write(replace(file, children=file.children[:1]), file)

    assert len(written.children) == 2


def test_ids_follow_the_towns_own_numbers() -> None:
    assert foyers.foyer_id_for(" F0001 ") == foyers.foyer_id_for("F0001") != foyers.foyer_id_for("F0002")
    assert foyers.person_id_for("E", "x") == foyers.person_id_for("E", "x") != foyers.person_id_for("A", "x")


def test_one_child_is_one_read() -> None:
    file = factories.family(factories.child("Léo"))

    assert foyers.find_child(file.foyer_id, file.children[0].person_id) == file.children[0]
    assert foyers.find_child(file.foyer_id, file.guardians[0].person_id) is None
    assert foyers.find_child("0" * 32, file.children[0].person_id) is None


def test_a_family_that_does_not_exist_is_none() -> None:
    assert foyers.load("0" * 32) is None


def test_a_child_written_before_contracts_were_kept_is_still_read() -> None:
    leo = factories.child("Léo")
    file = factories.family(leo)
    item = Core.get(foyers.partition(file.foyer_id), f"PERSONNE#E#{leo.person_id}")
    assert '"contract":"",' in item.doc
    item.doc = item.doc.replace('"contract":"",', "")
    item.save()

    found = foyers.find_child(file.foyer_id, leo.person_id)

    assert found is not None
    assert (found.first_name, found.contract) == ("Léo", "")


def test_the_contract_of_a_child_is_kept() -> None:
    leo = replace(factories.child("Léo"), contract="occasional")
    file = factories.family(leo)

    found = foyers.find_child(file.foyer_id, leo.person_id)

    assert found is not None
    assert found.contract == "occasional"
