"""The question of « Essayer les règles », as it is typed. The build renders the page's form from this shape; what the
answers mean is read by functions.domain.trial_question, which the console shares.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta


def _asked(
    title: str, message: str = "", *, hint: str = "", kind: str = "text", part: str = "", inputmode: str = ""
) -> Meta:
    """`part`: the heading under which the page asks for it; "" for what is asked first."""
    extra = {
        "x-input": kind,
        "x-message": message or "Cette réponse ne se lit pas.",
        "x-autocomplete": "off",
        "x-inputmode": inputmode,
        "x-part": part,
    }
    return Meta(title=title, description=hint or None, max_length=64, extra_json_schema=extra)


def _flag(title: str, *, part: str) -> Meta:
    return Meta(
        title=title,
        extra_json_schema={"x-input": "checkbox", "x-message": "Répondez par oui ou par non.", "x-part": part},
    )


_CHILD = "L’enfant"
_FAMILY = "La famille"
_DETAILS = "La réservation"
_DOCUMENTS = "Les documents"


class Trial(msgspec.Struct, forbid_unknown_fields=True):
    """POST /api/reservations/essai. What is left empty is not examined."""

    activity: Annotated[str, _asked("Activité", "Choisissez une activité.", kind="select")]
    day: Annotated[str, _asked("Jour d’accueil", "Donnez un jour qui existe, par exemple 10 12 2026.", kind="date")]
    now: Annotated[
        str,
        _asked(
            "Instant de la demande",
            "Donnez un jour et une heure, par exemple 30/11/2026 23:59.",
            hint="À l’heure de Paris, par exemple 30/11/2026 23:59. Laissez vide pour maintenant.",
        ),
    ] = ""
    school: Annotated[str, _asked("École", kind="select", part=_CHILD)] = ""
    level: Annotated[str, _asked("Niveau", kind="select", part=_CHILD)] = ""
    birth: (
        Annotated[
            str,
            _asked("Date de naissance", "Donnez une date qui existe, par exemple 27 3 2019.", kind="date", part=_CHILD),
        ]
        | None
    ) = None
    contract: Annotated[
        Literal["", "regular", "occasional"],
        Meta(
            title="Contrat d’accueil",
            extra_json_schema={
                "x-input": "radio",
                "x-message": "Choisissez un contrat.",
                "x-part": _CHILD,
                "x-labels": {"": "Non précisé", "regular": "Régulier", "occasional": "Occasionnel"},
            },
        ),
    ] = ""
    packed_meal: Annotated[bool, _flag("L’enfant apporte son repas (PAI)", part=_CHILD)] = False
    rank: Annotated[
        str,
        _asked(
            "Rang de l’enfant dans la famille",
            hint="1 pour le premier, 2 pour le deuxième…",
            part=_CHILD,
            inputmode="numeric",
        ),
    ] = ""
    qf: Annotated[str, _asked("Quotient familial, en euros", part=_FAMILY, inputmode="decimal")] = ""
    resources: Annotated[str, _asked("Ressources mensuelles du foyer, en euros", part=_FAMILY, inputmode="decimal")] = (
        ""
    )
    children: Annotated[str, _asked("Nombre d’enfants à charge", part=_FAMILY, inputmode="numeric")] = ""
    aeeh: Annotated[str, _asked("Dont enfants avec une AEEH", part=_FAMILY, inputmode="numeric")] = ""
    outside: Annotated[bool, _flag("La famille habite une autre commune", part=_FAMILY)] = False
    custody: (
        Annotated[
            str,
            _asked(
                "Un jour d’une semaine du premier parent",
                hint="En garde alternée, pour savoir chez qui est l’enfant et qui paie.",
                kind="date",
                part=_FAMILY,
            ),
        ]
        | None
    ) = None
    session: Annotated[str, _asked("Session", kind="select", part=_DETAILS)] = ""
    slot: Annotated[str, _asked("Créneau", kind="select", part=_DETAILS)] = ""
    from_hour: Annotated[str, _asked("Heure d’arrivée", hint="Par exemple 8:30.", part=_DETAILS)] = ""
    to_hour: Annotated[str, _asked("Heure de départ", hint="Par exemple 17:00.", part=_DETAILS)] = ""
    booking_start: (
        Annotated[
            str,
            _asked(
                "Premier jour de la réservation", hint="S’il est avant le jour d’accueil.", kind="date", part=_DETAILS
            ),
        ]
        | None
    ) = None
    booked_on: Annotated[
        str,
        _asked(
            "Réservé à quel instant ?",
            hint="Pour le prix d’une réservation déjà faite, par exemple 21/11/2026 10:00.",
            part=_DETAILS,
        ),
    ] = ""
    unbooked: Annotated[bool, _flag("L’enfant vient sans réservation", part=_DETAILS)] = False
    documents: Annotated[
        dict[str, str | None],
        Meta(title="Documents reçus", max_length=50, extra_json_schema={"x-input": "place", "x-part": _DOCUMENTS}),
    ] = {}
    no_document: Annotated[bool, _flag("Aucun autre document n’a été reçu", part=_DOCUMENTS)] = False
