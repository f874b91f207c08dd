"""What « Mes préférences » receives and answers."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

_Invoice = Annotated[
    Literal["paper", "electronic"],
    Meta(title="Facture", extra_json_schema={"x-message": "Choisissez la facture papier ou dématérialisée."}),
]
_Reminders = Annotated[bool, Meta(title="Me rappeler la fin d’un délai de réservation ou d’annulation")]
_Gaps = Annotated[bool, Meta(title="M’alerter d’un jour d’école sans réservation")]
_ServiceId = Annotated[str, Meta(max_length=60)]


class ChoosePreferences(msgspec.Struct, forbid_unknown_fields=True):
    """Everything at once; `news` holds ids of services."""

    invoice: _Invoice
    deadline_reminders: _Reminders
    gap_alerts: _Gaps
    news: Annotated[list[_ServiceId], Meta(title="Actualités par service", max_length=50)]


class NewsService(msgspec.Struct):
    id: str
    name: str
    chosen: bool


class Preferences(msgspec.Struct):
    """`version` goes back in If-Match; 0 while nothing was ever chosen."""

    invoice: _Invoice
    deadline_reminders: _Reminders
    gap_alerts: _Gaps
    news: list[NewsService]
    email: str
    version: int
