"""Who moves with whom, and which changes of address must be looked at first."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain import contact_details as rules
from functions.domain.contact_details import AddressChange, DetailsRule
from functions.domain.foyer import Address, Allocataire, FoyerFile, Guardian

HOME, OTHER, NEW = (Address(line, "49290", "Ici") for line in ("1 rue A", "2 rue B", "3 rue C"))
PLACES = st.sampled_from([None, HOME, OTHER])
GUARDIANS = st.builds(
    lambda name, address, apart: Guardian(name, "", name, (name,), address=address, apart=apart),
    st.sampled_from("ab"),
    PLACES,
    st.booleans(),
)


def file_of(*guardians: Guardian, resident: bool = True) -> FoyerFile:
    return FoyerFile("f", "F1", HOME, Allocataire(), resident, guardians, ())


def change_of(*, together: bool, resident: bool = True) -> AddressChange:
    return AddressChange("f", "a", "compte", HOME, NEW, together=together, resident=resident)


@given(GUARDIANS, GUARDIANS, st.booleans())
def test_whoever_lives_elsewhere_is_never_moved_by_somebody_else(one: Guardian, two: Guardian, together: bool) -> None:
    first, second = replace(one, person_id="a"), replace(two, person_id="b")
    file = file_of(first, second)
    everybody = together and rules.at_home(file, first)

    core, written = rules.moved(file, first, change_of(together=everybody), resident=True)

    people = {person.person_id: person for person in (first, second)} | {each.person_id: each for each in written}
    after = replace(core, guardians=tuple(people.values()))
    assert rules.address_of(after, people["a"]) == NEW
    follows = everybody and rules.at_home(file, second)
    assert rules.address_of(after, people["b"]) == (NEW if follows else rules.address_of(file, second))
    if not everybody:
        assert core == file


@given(st.booleans(), st.booleans(), st.booleans())
def test_at_once_never_moves_a_household_across_the_border(together: bool, resident: bool, inside: bool) -> None:
    waits = rules.waits(DetailsRule("at_once"), change_of(together=together, resident=resident), in_commune=inside)

    assert (waits == "residence") is (together and resident is not inside)
    assert rules.waits(DetailsRule(), change_of(together=together), in_commune=inside) == "approval"


@pytest.mark.parametrize(
    ("postcode", "town", "expected"),
    [
        ("49290", "Chalonnes-sur-Loire", True),
        ("49290", "CHALONNES SUR LOIRE", True),
        ("49290", "Chaudefonds-sur-Layon", False),  # the same post code
        ("49291", "Chalonnes-sur-Loire", False),
        ("49290", "Chalonnes", False),
    ],
)
def test_the_commune_is_known_by_post_code_and_name(postcode: str, town: str, expected: bool) -> None:
    assert rules.inside(Address("1 rue A", postcode, town), "Chalonnes-sur-Loire", "49290") is expected


def test_telephones_are_kept_once_each() -> None:
    assert rules.phone_list(("06 12 34 56 78", "", "+33 6 12 34 56 78", "01 34 80 46 62")) == (
        "+33612345678",
        "+33134804662",
    )
