"""Coming without a booking: what the leaflet says, and what is read at the door."""

from dataclasses import replace

import pytest
from support import town

from functions.domain.activity import Attendance
from functions.domain.attendance import without_booking


@pytest.mark.parametrize(
    ("said", "admitted", "surcharge", "sentence"),
    [
        # « En cas de présence sans réservation, le coût de la prestation sera majoré. »
        ("surcharge", True, True, "Sans réservation, l’enfant est accueilli et le prix est majoré."),
        ("normal", True, False, "Sans réservation, l’enfant est accueilli et le prix est celui d’une réservation."),
        (
            "refused",
            False,
            False,
            (
                "Sans réservation, l’enfant ne peut pas être accueilli. "
                "Contact\u202f: Service scolaire, 02 41 00 00 01 ou scolaire@essai.example."
            ),
        ),
    ],
)
def test_a_child_that_comes_without_a_booking(said: str, admitted: bool, surcharge: bool, sentence: str) -> None:
    found = without_booking(town.reglement(), replace(town.CANTEEN, attendance=Attendance(said)))

    assert found is not None
    assert (found.admitted, found.surcharge, found.sentence) == (admitted, surcharge, sentence)


def test_rules_that_say_nothing_decide_nothing() -> None:
    assert without_booking(town.reglement(), town.CANTEEN) is None


def test_a_refusal_without_anybody_to_call_is_still_a_sentence() -> None:
    nobody = replace(town.reglement(), services={})
    found = without_booking(nobody, replace(town.CANTEEN, attendance=Attendance("refused")))

    assert found is not None
    assert found.sentence == "Sans réservation, l’enfant ne peut pas être accueilli."
