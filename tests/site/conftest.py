"""A small town made by hand: what a page says must follow from these values and from nothing else."""

from datetime import date, time

import pytest

from functions.domain.reglement import (
    ActionRule,
    Activity,
    Band,
    Calendar,
    Capacity,
    Commune,
    Condition,
    Delay,
    Document,
    Grid,
    Reglement,
    School,
    Service,
    Span,
    Surcharge,
    Tariff,
    TariffVersion,
)

YEAR = Span(date(2026, 9, 1), date(2027, 7, 2))


def make_town() -> Reglement:
    return Reglement(
        commune=Commune("Valbourg-sur-Aure", "00000", "B", "guichet"),
        services={
            "guichet": Service("guichet", "Guichet famille", "01 99 00 10 20", "famille@valbourg.example"),
            "cantine": Service(
                "cantine", "Restauration", "01 99 00 10 30", "", "2 rue du Four", ("Du lundi au vendredi : 9 h – 12 h",)
            ),
            "ogec": Service("ogec", "OGEC Sainte-Anne", "01 99 00 10 40", listed=False),
        },
        schools={
            "lavoir": School("lavoir", "École du Lavoir", public=True, levels=("CP",)),
            "sainte-anne": School("sainte-anne", "École Sainte-Anne", public=False, levels=("CP",)),
        },
        activities={"repas": make_activity()},
        tariffs={"repas": make_tariff()},
        documents={"assurance": Document("assurance", "Assurance <RC>", "De l’année en cours.")},
        calendar=Calendar(YEAR, {date(2026, 11, 11): "Armistice"}, {}, {}),
        hash="0" * 64,
    )


def make_activity() -> Activity:
    return Activity(
        id="repas",
        name="Restauration scolaire",
        service="cantine",
        rubric="Restauration",
        weekdays=(0, 1, 3, 4),
        when="school",
        period=YEAR,
        start=time(11, 30),
        end=time(13, 30),
        booking=ActionRule(Delay(7, "day", cut_off=time(10)), "surcharge"),
        cancelling=ActionRule(Delay(48, "hour"), "billed"),
        tariff="repas",
        capacity=Capacity(per_day=120),
        documents=("assurance",),
        conditions=(
            Condition("school_status", "L’OGEC gère les repas de l’école privée.", "ogec", values=("public",)),
        ),
    )


def make_tariff() -> Tariff:
    bands = (Band(0, 40_000, 120), Band(40_001, 90_000, 340), Band(90_001, None, 510))
    version = TariffVersion(
        YEAR, Grid("bands", bands=bands, missing_band=2), Grid("fixed", 620), late=Surcharge(percent_hundredths=2000)
    )
    return Tariff("repas", "Repas", (version,))


@pytest.fixture
def town() -> Reglement:
    return make_town()
