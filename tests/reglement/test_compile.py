"""Compiled rules: the same bytes for the same words, read back whole, without the libraries that made them."""

import subprocess
import sys
from datetime import UTC, date, datetime, time
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from support.engine import ROOT

from functions.domain.activity import Delay
from functions.domain.decisions import ChildFacts, FamilyFacts, decide_day
from functions.domain.prices import PriceRequest, price_of
from functions.domain.reglement import Reglement
from functions.reglement import __main__ as command
from functions.reglement.compiled import load_file, loads
from functions.reglement.source import compile_directory

DEMO = ROOT / "content/commune"
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def compiled() -> bytes:
    return compile_directory(DEMO)


@pytest.fixture(scope="module")
def demo(compiled: bytes) -> Reglement:
    return loads(compiled)


def test_the_same_words_give_the_same_bytes(compiled: bytes) -> None:
    assert compile_directory(DEMO) == compiled
    assert len(compiled) < 100_000


def test_the_hash_is_that_of_the_file(compiled: bytes, tmp_path: Path) -> None:
    out = tmp_path / "un" / "dossier" / "reglement.json"

    assert command.main(["reglement", str(DEMO), str(out)]) == 0
    assert load_file(out).hash == sha256(compiled).hexdigest()


def test_nothing_is_written_when_the_rules_are_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "ville.yml").write_text("communes:\n", "utf-8")

    assert command.main(["reglement", str(tmp_path), str(tmp_path / "out.json")]) == 1
    assert "ville.yml:1: communes:" in capsys.readouterr().err
    assert not (tmp_path / "out.json").exists()
    assert command.main(["reglement"]) == 2


def test_what_is_not_compiled_rules_is_refused() -> None:
    with pytest.raises(msgspec.DecodeError):
        loads(b'{"commune": 3}')


def test_functions_read_rules_without_yaml_nor_calendar_libraries() -> None:
    code = (
        "import sys, functions.reglement.compiled, functions.domain.decisions;"
        "print(sorted({'yaml', 'holidays', 'vacances_scolaires_france'} & sys.modules.keys()))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)  # noqa: S603 - our own interpreter and code

    assert found.stdout.strip() == "[]"


def test_words_become_values(demo: Reglement) -> None:
    meals = demo.activities["restauration"]

    assert meals.start == time(11, 45)
    assert meals.weekdays == (0, 1, 3, 4)
    assert meals.booking.delay == Delay(7, "day")
    assert demo.activities["accueil-du-soir"].cancelling.delay == Delay(24, "hour")
    assert demo.commune.postcode == "49290"
    assert demo.commune.welcome is not None
    assert demo.commune.welcome.dated == date(2026, 11, 16)
    assert [service for service in demo.services.values() if not service.listed] == [demo.services["ogec-saint-joseph"]]


def test_the_demonstration_months_can_be_booked(demo: Reglement) -> None:
    child, family = ChildFacts(school="jean-rostand", level="CE1"), FamilyFacts(84_001)
    months = [date(2026, 12, 1), *(date(2027, month, 1) for month in range(1, 7))]
    for first in months:
        days = [date(first.year, first.month, number) for number in range(1, 29)]
        found = [decide_day(demo, "restauration", day, NOW, child, family) for day in days]

        assert sum(day.open and day.booking.allowed for day in found) >= 5, first
        assert {day.price.centimes for day in found if day.price} <= {340, 440}, first


def test_private_school_meals_are_not_booked_here(demo: Reglement) -> None:
    child, family = ChildFacts(school="saint-joseph", level="CP"), FamilyFacts()
    meals = decide_day(demo, "restauration", date(2026, 12, 10), NOW, child, family)
    evening = decide_day(demo, "accueil-du-soir", date(2026, 12, 10), NOW, child, family)

    assert (meals.eligible, meals.booking.allowed, meals.contact) == (False, False, "ogec-saint-joseph")
    assert (evening.eligible, evening.booking.allowed) == (True, True)


def test_a_price_of_the_demonstration_never_falls_when_the_quotient_rises(demo: Reglement) -> None:
    for tariff in demo.tariffs.values():
        for version in tariff.versions:
            bounds = sorted(
                {band.low for band in version.grid.bands} | {band.high or 300_000 for band in version.grid.bands}
            )
            prices = [price_of(version, PriceRequest(quotient_familial_centimes=bound)).centimes for bound in bounds]
            assert all(low <= high for low, high in pairwise(prices))
