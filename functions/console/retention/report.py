"""What may go, by category: how much, since when, by which rule; for a person or for a program."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from functions.console.retention.gather import Found
from functions.domain import retention
from functions.domain.calendar import paris_day
from functions.domain.french import plain_day, thousands
from functions.domain.keeping import Keeping
from functions.domain.retention import Due
from functions.store.walks import Line

_OWN_END = "Jusqu’à la fin écrite sur chaque ligne"
_BY_DATABASE = "Fixée à l’écriture ; la base efface d’elle-même sur AWS, cette commande ailleurs."
_ENDED = {
    "espace_non_active": "Espace jamais activé",
    "liens_et_cles": "Liens de courriels, clés enfance et noms réservés qui ont expiré",
    "essais_et_sessions": "Compteurs d’essais, codes et sessions qui ont expiré",
    "audit": "Lignes de l’audit arrivées à leur fin",
}
_LISTED = "Par sorte d’événement : functions/domain/security_events.py."


@dataclass(frozen=True, slots=True)
class Row:
    """`due` for a subject that the rules name, `ended` for lines with an end of their own."""

    category: str
    name: str
    rule: str
    source: str
    due: tuple[Due, ...] = ()
    ended: tuple[tuple[str, Line], ...] = ()

    @property
    def count(self) -> int:
        return len(self.due) + len(self.ended)

    @property
    def oldest(self) -> date | None:
        ends = [paris_day(datetime.fromtimestamp(line.expires, UTC)) for _, line in self.ended]
        return min([*(each.start for each in self.due), *ends], default=None)


def rows(keepings: Sequence[Keeping], found: Found, now: datetime) -> list[Row]:
    due = retention.due(keepings, found.seen, paris_day(now))
    ruled = [
        Row(
            keeping.id,
            keeping.name,
            f"{keeping.words()} depuis {keeping.since}",
            _source(keeping),
            due=tuple(each for each in due if each.category == keeping.id),
        )
        for keeping in keepings
    ]
    own = [
        Row(
            category,
            name,
            _OWN_END,
            _LISTED if category == "audit" else _BY_DATABASE,
            ended=tuple(each for each in found.ended if _category(*each) == category),
        )
        for category, name in _ENDED.items()
    ]
    return [*ruled, *own]


def _source(keeping: Keeping) -> str:
    if not keeping.town:
        return f"Durée nationale. {keeping.source}"
    return " ".join(["Règles de la commune.", *filter(None, (keeping.source, keeping.choice))])


def _category(table: str, line: Line) -> str:
    if table == "credentials":
        return "espace_non_active" if line.sk == "COMPTE" else "liens_et_cles"
    return "audit" if table == "audit" else "essais_et_sessions"


def as_json(found_rows: Sequence[Row], found: Found, today: date, removed: dict[str, int] | None) -> dict[str, Any]:
    """`removed` None after a dry run."""
    categories = [
        {
            "category": row.category,
            "name": row.name,
            "count": row.count,
            "oldest": row.oldest.isoformat() if row.oldest else None,
            "rule": row.rule,
            "source": row.source,
            **({} if removed is None else {"removed": removed[row.category]}),
        }
        for row in found_rows
    ]
    return {
        "day": today.isoformat(),
        "applied": removed is not None,
        "categories": categories,
        "undated_families": retention.undated(found.seen),
        "unfinished": len(found.remains),
    }


def in_words(found_rows: Sequence[Row], found: Found) -> str:
    lines = ["À effacer  Le plus ancien       Quoi"]
    for row in found_rows:
        oldest = plain_day(row.oldest) if row.oldest else "—"
        lines.append(f"{thousands(row.count):>9}  {oldest:<19}  {row.name}")
        lines.append(f"{'':32}{row.rule}. {row.source}")
    undated = retention.undated(found.seen)
    if undated:
        lines.append(
            f"{undated} dossiers sans aucune date connue sont gardés : une reprise (« parvis import ») les date."
        )
    if found.remains:
        lines.append(f"{len(found.remains)} restes d’un effacement interrompu, ou d’espaces jamais activés.")
    return "\n".join(lines)
