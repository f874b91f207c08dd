"""The small values of the town's YAML, each with the sentence a town reads when it is wrong."""

from datetime import date
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from functions.reglement import words


def text(pattern: str, message: str) -> Any:
    return Meta(pattern=pattern, extra_json_schema={"x-message": message})


Id = Annotated[
    str,
    text(
        r"^[a-z0-9]+(-[a-z0-9]+)*$",
        "Un identifiant s’écrit en minuscules sans accent, avec des tirets, par exemple « accueil-du-soir ».",
    ),
]
Label = Annotated[
    str, Meta(min_length=1, max_length=2000, extra_json_schema={"x-message": "Un texte est attendu ici."})
]
Money = Annotated[str, text(words.MONEY, "Un montant est attendu ici, par exemple 3,40.")]
Clock = Annotated[str, text(words.CLOCK, "Une heure est attendue ici, par exemple 11:45.")]
Duration = Annotated[
    str,
    text(words.DELAY, "Un délai s’écrit « 48 heures », « 7 jours », « 3 jours ouvrés » ou « 2 semaines »."),
]
Hours = Annotated[str, text(words.HOURS, "Un délai en heures est attendu ici, par exemple « 72 heures ».")]
Minutes = Annotated[str, text(words.MINUTES, "Une durée s’écrit « 30 minutes » ou « 2 heures ».")]
Day = Annotated[
    date,
    Meta(
        extra_json_schema={
            "x-message": "Une date qui existe est attendue ici, écrite année-mois-jour, par exemple 2026-12-01."
        }
    ),
]
Moment = Annotated[str, text(words.MOMENT, "Écrivez une date, ou une date et une heure : 2026-12-01 09:00.")]
Count = Annotated[str, text(words.COUNT, "Un nombre entier est attendu ici.")]
Years = Annotated[str, text(words.YEARS, "Un âge s’écrit « 3 ans » ou « 30 mois ».")]
SchoolYear = Annotated[str, text(words.SCHOOL_YEAR, "Une année scolaire s’écrit « 2026-2027 ».")]
YesNo = Literal["oui", "non"]
Weekday = Literal["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]


class Shape(Struct, forbid_unknown_fields=True):
    pass
