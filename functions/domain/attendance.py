"""A child that comes without a booking: let in or not, at which price. Nobody's booking is touched."""

from dataclasses import dataclass

from functions.domain.activity import Activity
from functions.domain.refusals import whom_to_call
from functions.domain.reglement import Reglement


@dataclass(frozen=True, slots=True)
class WithoutBooking:
    """`admitted`: the child may stay. `surcharge`: the price is that of the tariff's surcharge « sans réservation »."""

    admitted: bool
    surcharge: bool
    sentence: str


def without_booking(reglement: Reglement, activity: Activity) -> WithoutBooking | None:
    """What the rules say of it, with the sentence a family or an agent reads; None when they say nothing."""
    if activity.attendance is None:
        return None
    said = activity.attendance.without_booking
    if said == "refused":
        contact = whom_to_call(reglement, activity.service)
        sentence = f"Sans réservation, l’enfant ne peut pas être accueilli. {contact}".rstrip()
        return WithoutBooking(admitted=False, surcharge=False, sentence=sentence)
    price = "majoré" if said == "surcharge" else "celui d’une réservation"
    return WithoutBooking(
        admitted=True,
        surcharge=said == "surcharge",
        sentence=f"Sans réservation, l’enfant est accueilli et le prix est {price}.",
    )
