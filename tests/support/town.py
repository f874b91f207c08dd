"""A small town for the tests of bookings: every rule that a booking meets, and dates that never move.

The tests read the clock at 21 November 2026, 10:00 in Paris, a Saturday. December's days of class end on the 18th.
"""

from dataclasses import replace
from datetime import date, time, timedelta
from hashlib import sha256
from pathlib import Path

import msgspec

from functions.domain.activity import ActionRule, Activity, Capacity, Condition, Delay
from functions.domain.reglement import Calendar, Commune, Reglement, School, Service, Welcome
from functions.domain.spans import Span
from functions.domain.tariffs import Band, Grid, Surcharge, Tariff, TariffVersion

YEAR = Span(date(2026, 9, 1), date(2027, 7, 2))
SEATS = 20
BILLED = ActionRule(Delay(7, "day"), "billed")
LEVELS = ("cp", "ce1", "ce2", "cm1", "cm2")


def _school(school_id: str, name: str, *, public: bool = True) -> School:
    return School(school_id, name, public, LEVELS)


def _activity(activity_id: str, name: str, weekdays: tuple[int, ...], **more: object) -> Activity:
    usual = Activity(
        id=activity_id,
        name=name,
        service="scolaire",
        rubric="periscolaire",
        weekdays=weekdays,
        when="school",
        period=YEAR,
        start=time(11, 30),
        end=time(13, 30),
        booking=ActionRule(Delay(2, "day", cut_off=time(9)), "refused"),
        cancelling=BILLED,
        tariff="repas",
    )
    return replace(usual, **more)


_PUBLIC_ONLY = Condition(
    "school_status", "Les repas de cette école sont gérés par son OGEC.", "ogec", values=("public",)
)

CANTEEN = _activity(
    "cantine",
    "Restauration scolaire",
    (0, 1, 3, 4),
    capacity=Capacity(per_school={"tilleuls": SEATS, "acacias": 5}),
    conditions=(_PUBLIC_ONLY,),
)
DAYCARE = _activity(
    "garderie",
    "Garderie du soir",
    (0, 1, 3, 4),
    booking=ActionRule(Delay(7, "day"), "surcharge"),
    cancelling=ActionRule(Delay(24, "hour"), "refused"),
    start=time(16, 30),
    end=time(18, 30),
    tariff="garderie",
)
WEDNESDAY = _activity(
    "mercredi",
    "Mercredi loisirs",
    (2,),
    booking=ActionRule(Delay(7, "day"), "late_request"),
    capacity=Capacity(per_day=3, per_school={"tilleuls": 2}),
    start=time(8),
    end=time(18),
)


def _versions(grid: Grid, **more: Surcharge) -> tuple[TariffVersion, ...]:
    return (TariffVersion(YEAR, grid, **more),)


def _tariffs(meal_centimes: int) -> dict[str, Tariff]:
    bands = (Band(0, 60_000, meal_centimes - 150), Band(60_001, None, meal_centimes))
    return {
        "repas": Tariff("repas", "Repas", _versions(Grid("bands", bands=bands, missing_band=1))),
        "garderie": Tariff("garderie", "Garderie", _versions(Grid("fixed", 200), late=Surcharge(centimes=100))),
    }


def _days(first: date, last: date, name: str) -> dict[date, str]:
    return {first + timedelta(days=number): name for number in range((last - first).days + 1)}


def reglement(*, meal_centimes: int = 340) -> Reglement:
    """A child of this town pays `meal_centimes` a meal, 1,50 € less under a QF of 600."""
    return Reglement(
        commune=Commune(
            "Essai-sur-Loire", "49000", "B", "scolaire", welcome=Welcome(date(2026, 11, 2), "Bienvenue", "Bonjour.")
        ),
        services={
            "scolaire": Service("scolaire", "Service scolaire", "02 41 00 00 01", "scolaire@essai.example"),
            "ogec": Service("ogec", "OGEC Saint-Joseph", "02 41 00 00 02", listed=False),
        },
        schools={
            "tilleuls": _school("tilleuls", "École des Tilleuls"),
            "acacias": _school("acacias", "École des Acacias"),
            "saint-joseph": _school("saint-joseph", "École Saint-Joseph", public=False),
        },
        activities={each.id: each for each in (CANTEEN, DAYCARE, WEDNESDAY)},
        tariffs=_tariffs(meal_centimes),
        documents={},
        calendar=Calendar(
            span=YEAR,
            public_holidays={date(2026, 12, 25): "Noël", date(2027, 1, 1): "Jour de l’an"},
            school_holidays=_days(date(2026, 12, 19), date(2027, 1, 3), "Vacances de Noël"),
            class_free={},
        ),
        hash="essai",
    )


def publish(path: Path, rules: Reglement) -> str:
    """Write the compiled file, as a publication would; return its hash."""
    compiled = msgspec.json.encode(replace(rules, hash=""))
    fresh = path.with_suffix(".new")
    fresh.write_bytes(compiled)
    fresh.replace(path)
    return sha256(compiled).hexdigest()
