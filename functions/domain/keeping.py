"""How long one sort of data is kept: through its last day, so that one year from 29 February ends on 28 February."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from functions.domain.spans import months_later

Category = Literal["dossier_famille", "espace_ferme", "espace_inactif", "demande_decidee"]


@dataclass(frozen=True, slots=True)
class Keeping:
    """One rule: `months` and `days` from `since` (French: « la fermeture »). `source` is where the length comes from,
    `choice` what the town says of its own; `town`: the town wrote it, the nation otherwise.
    """

    id: Category
    name: str
    since: str
    months: int = 0
    days: int = 0
    source: str = ""
    choice: str = ""
    town: bool = False

    def last_day(self, start: date) -> date:
        """The last day it is kept."""
        return months_later(start, self.months) + timedelta(days=self.days)

    def words(self) -> str:
        """« 2 ans », « 18 mois », « 90 jours »."""
        years, rest = divmod(self.months, 12)
        if self.months and not rest:
            return f"{years}\u00a0an{'s' if years > 1 else ''}"
        if self.months:
            return f"{self.months}\u00a0mois"
        return f"{self.days}\u00a0jour{'s' if self.days > 1 else ''}"
