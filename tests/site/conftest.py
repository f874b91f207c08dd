"""A small town made by hand: what a page says must follow from these values and from nothing else."""

import os
import subprocess
import sys
from datetime import date, time
from pathlib import Path

import pytest
from parvis_site import paths

from functions.domain.activity import ActionRule, Activity, Capacity, Condition, Delay, RequiredDocument
from functions.domain.reglement import Calendar, Commune, Document, Reglement, School, Service
from functions.domain.spans import Span
from functions.domain.tariffs import Band, Grid, Surcharge, Tariff, TariffVersion

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
        required_documents=(RequiredDocument("assurance"),),
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


@pytest.fixture(scope="session")
def www(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the demonstration town, built once a session as the build does it (scripts and styles apart)."""
    target = tmp_path_factory.mktemp("site") / "www"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(target)]
    done = subprocess.run(  # noqa: S603 (our own tool)
        command,
        cwd=paths.ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PARVIS_CLOCK": "2026-11-21T09:00:00+00:00"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return target
