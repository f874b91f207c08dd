"""The town's calendar as a family uses it: a sheet on the fridge, dates in an agenda, the page without a network."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.request import urlopen

import pytest
from looking import CAPTURES, asked, look_at_both_sizes, offline_is_ready
from playwright.sync_api import BrowserContext
from serving import Serving
from support.engine import ROOT

from functions.reglement import ics
from functions.reglement.compiled import load_file

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-public")]

Launch = Callable[..., AbstractContextManager[BrowserContext]]


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def test_a_school_year_prints_on_one_sheet(serving: Serving, open_browser: Launch, tmp_path: Path) -> None:
    with open_browser(tmp_path / "profile", "1280") as context:
        page = context.new_page()
        page.goto(f"{serving.origin}/calendrier/")
        for year in page.get_by_role("link", name=re.compile("sur une page")).all():
            sheet = context.new_page()
            sheet.goto(f"{serving.origin}{year.evaluate('link => link.pathname')}")
            look_at_both_sizes(sheet, "calendrier-annee")
            printed = sheet.pdf(format="A4", path=CAPTURES / "calendrier-annee.pdf")

            assert pages_of(printed) == 1
            sheet.close()
        assert page.get_by_role("link", name=re.compile("sur une page")).count() >= 1


def test_the_year_reads_in_words_without_its_colours(serving: Serving, open_browser: Launch, tmp_path: Path) -> None:
    with open_browser(tmp_path / "profile", "390") as context:
        page = context.new_page()
        page.goto(f"{serving.origin}/calendrier/2026-2027/")
        december = page.get_by_role("table", name="décembre 2026")

        assert december.get_by_role("columnheader").count() == 7
        assert december.get_by_role("cell", name="25 Noël").count() == 1
        assert december.get_by_role("cell", name="21 Vacances de Noël").count() == 1


def test_calendars_are_served_for_agendas_as_the_rules_make_them(serving: Serving) -> None:
    rules = load_file(ROOT / "build/reglement/reglement.json")
    for name, content in ics.files(rules).items():
        with urlopen(f"{serving.origin}/calendrier/{name}") as answer:  # noqa: S310 - our own loopback address
            assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
            assert answer.read() == content


def test_the_calendar_and_its_files_stay_without_a_network(
    serving: Serving, open_browser: Launch, tmp_path: Path
) -> None:
    with open_browser(tmp_path / "profile", "390") as context:
        page = context.new_page()
        page.goto(f"{serving.origin}/")
        offline_is_ready(page)
        page.reload()
        context.set_offline(True)
        page.goto(f"{serving.origin}/calendrier/")

        assert page.get_by_role("heading", level=1).inner_text() == "Calendrier"
        text = asked(page, "async () => (await (await fetch('vacances.ics')).text())")
        assert text.startswith("BEGIN:VCALENDAR")
