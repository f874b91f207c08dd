"""What a person chooses to receive. The defaults stand here alone: the paper invoice, and nothing sent that was not
asked for (a paper invoice stops by a positive act, never by silence).
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from functions.domain.errors import FieldError, Invalid

Invoice = Literal["paper", "electronic"]


@dataclass(frozen=True, slots=True)
class Preferences:
    """`deadline_reminders`: before a delay ends; `gap_alerts`: days at school without a booking. `news`: ids of the
    services whose news is wanted. `version` is 0 while nothing was ever chosen.
    """

    invoice: Invoice = "paper"
    deadline_reminders: bool = False
    gap_alerts: bool = False
    news: tuple[str, ...] = ()
    version: int = 0


def check(wanted: Preferences, services: Collection[str]) -> None:
    """Raises Invalid for the news of a service that the town does not have."""
    errors = [
        FieldError(f"/news/{place}", "Ce service n’est pas connu de la mairie.")
        for place, service in enumerate(wanted.news)
        if service not in services
    ]
    if errors:
        raise Invalid("invalid_body", "Certaines réponses sont à corriger.", errors=errors)
