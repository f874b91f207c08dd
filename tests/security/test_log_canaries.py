"""What is written down of a family's whole life on the portal names nobody: log, audit, output of the server."""

import json
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from support import factories, sign_up
from support.client import Browser, Portal
from support.journey_bookings import family_and_bookings
from support.sign_up import Parent
from werkzeug.test import Client
from werkzeug.wrappers import Response

from functions import local_server
from functions.actions import cles
from functions.domain.foyer import FoyerFile
from functions.gateways import hashing
from functions.kit import clock, log
from functions.kit import rules as kit_rules

NAME, CHILD, EMAIL = "Zzcanarival", "Zzpoussinet", "zzcanari@exemple.fr"
PASSWORD, NEXT_PASSWORD = "zzcanari perche ce matin", "zzcanari quitte sa cage"
CANARIES = (
    NAME, NAME.lower(), NAME.upper(), CHILD, CHILD.lower(), "zzcanari", "zz.identifiant", "0612345678", "612345678",
    "06 12 34 56 78", "2018-03-17", "17/03/2018", "rue du Zzperchoir", "perche ce matin", "quitte sa cage",
)  # fmt: skip


class Kept(logging.Handler):
    """Every line of every logger, ours or a library's, with its traceback."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def logged() -> Iterator[list[str]]:
    kept = Kept()
    loggers = [logging.getLogger(), logging.getLogger("parvis")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(kept)
        logger.setLevel(logging.INFO)
    yield kept.lines
    for logger, level in zip(loggers, levels, strict=True):
        logger.removeHandler(kept)
        logger.setLevel(level)


def family_with_a_key() -> tuple[FoyerFile, str]:
    rules = kit_rules.current()
    school = next(name for each in rules.activities.values() if each.capacity for name in each.capacity.per_school)
    pupil = factories.child(CHILD, school=school, level=rules.schools[school].levels[0], usual_name=NAME)
    file = factories.family(
        replace(pupil, birth_date=date(2018, 3, 17)), guardians=(factories.guardian("Zzadulte", usual_name=NAME),)
    )
    return file, next(iter(cles.prepare_keys(file, clock.now() + timedelta(days=90), clock.now()).values()))


def parent() -> Parent:
    typed = Parent("zz.identifiant", EMAIL, PASSWORD)
    typed = typed.typed("/identity/usual_name", NAME).typed("/identity/birth_date", "1988-03-17")
    return typed.typed("/contact/mobile_phone", "06 12 34 56 78").typed("/address/line1", "3 rue du Zzperchoir")


def reset_token(portal: Portal) -> str:
    sign_up.run_jobs()
    found = re.search(r"/nouveau-mot-de-passe/#([\w-]+)", sign_up.letters(portal, EMAIL)[-1].get_content())
    assert found
    return found[1]


def passwords(new: str) -> dict[str, str]:
    return {"password": new, "password_confirmation": new}


def whole_life(portal: Portal) -> list[str]:
    """From the form to the changed password, with a mistake at each step; return the secrets that went through."""
    file, key = family_with_a_key()
    typed, browser = parent(), portal.browser()
    sign_up.create(browser, typed.typed("/identity/usual_name", f"{NAME} 🙂"))
    assert sign_up.create(browser, typed).status_code == 202
    sign_up.sign_in(browser, typed)
    activation = sign_up.last_token(portal, EMAIL)
    assert browser.post("/api/activation", {"token": activation}).status_code == 200
    sign_up.sign_in(browser, Parent("zz.identifiant", password=f"{PASSWORD} faux"))
    assert sign_up.sign_in(browser, typed).status_code == 200
    proof = {"key": key, "child_usual_name": NAME, "child_given_name": CHILD, "child_birth_date": "2018-03-17"}
    browser.post("/api/accounts/cle-enfance", {**proof, "key": "00000-AAAAA"})
    assert browser.post("/api/accounts/cle-enfance", proof).status_code == 200
    family_and_bookings(browser, file)
    cancel(browser)
    browser.post("/api/accounts/password/forgotten", {"username": EMAIL})
    forgotten = reset_token(portal)
    assert (
        browser.post("/api/accounts/password/reset", {"token": forgotten, **passwords(NEXT_PASSWORD)}).status_code
        == 200
    )
    assert sign_up.sign_in(browser, Parent(EMAIL, password=NEXT_PASSWORD)).status_code == 200
    changed = browser.post("/api/accounts/password/change", {"current_password": NEXT_PASSWORD, **passwords(PASSWORD)})
    assert changed.status_code == 200
    sign_up.run_jobs()
    cookies = [cookie.value for cookie in browser.client._cookies.values()] if browser.client._cookies else []
    return [key, key.replace("-", ""), activation, forgotten, *cookies]


def cancel(browser: Browser) -> None:
    activity = browser.get("/api/reservations/activities").get_json()["activities"][0]["id"]
    month = browser.get(f"/api/reservations/calendar?month=2027-03&activity={activity}").get_json()
    child = month["children"][0]
    booked = next(day for day in child["days"] if day["state"] == "booked")
    change = {
        "month": "2027-03",
        "activity": activity,
        "rules_hash": month["rules_hash"],
        "expected_total_centimes": -booked["price_centimes"],
        "children": [{"child_id": child["child_id"], "book": [], "cancel": [booked["day"]]}],
    }
    answer = browser.post("/api/reservations/changes", change, headers={"If-Match": month["version"]})
    assert answer.status_code == 201, answer.text[:400]


def test_nothing_written_down_names_anybody(
    portal: Portal, logged: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    secrets = whole_life(portal)

    output = "".join(capfd.readouterr())
    audit = json.dumps(sign_up.stored(portal, "audit"), ensure_ascii=False)
    assert len(logged) >= 12
    assert audit.count("password.") >= 2
    for place, text in (("log", "\n".join(logged)), ("output", output), ("audit", audit)):
        assert [canary for canary in (*CANARIES, *secrets) if canary in text] == [], place


@pytest.mark.parametrize("broken", ["matches", "hash_secret"])
def test_a_breakdown_in_the_middle_names_nobody_either(
    portal: Portal,
    logged: list[str],
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    broken: str,
) -> None:
    def fail(*arguments: Any) -> None:
        raise RuntimeError(f"{arguments} {' '.join(CANARIES)}")

    monkeypatch.setattr(hashing, broken, fail)
    act: Callable[[], Any] = {
        "matches": lambda: sign_up.sign_in(portal.browser(), parent()),
        "hash_secret": lambda: sign_up.create(portal.browser(), parent()),
    }[broken]

    answer = act()

    text = "\n".join([*logged, *capfd.readouterr(), answer.text])
    assert answer.status_code == 500
    assert answer.get_json()["incident"] in text
    assert [canary for canary in CANARIES if canary in text] == []


def test_the_server_of_one_machine_writes_no_line_for_a_request(
    portal: Portal, tmp_path: Any, logged: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert portal.settings.origin
    origin = Client(local_server.make_app(tmp_path, tmp_path / "boite"), Response)

    for path in (f"/{NAME}/?courriel={EMAIL}", f"/api/accounts/{NAME}", f"/api/rien?{EMAIL}", f"/boite-mail/{NAME}"):
        assert origin.get(path, base_url="http://localhost", headers={"Referer": EMAIL}).status_code == 404

    assert ["\n".join(logged), *capfd.readouterr()] == ["", "", ""]


def test_the_search_would_find_a_canary(logged: list[str]) -> None:
    """Negative control."""
    log.event("essai", who=NAME)

    assert any(NAME in line for line in logged)


FORGERIES = [
    "\n",
    "\r\n",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x85",
    "\u2028",
    "\u2029",
    "\x00",
    "\x1b[2J",
    "\\n",
    '"}\n{"event":"',
]


@pytest.mark.parametrize("sign", FORGERIES, ids=ascii)
def test_nothing_that_is_logged_can_make_a_second_line(logged: list[str], sign: str) -> None:
    log.event("essai", text=f'avant{sign}{{"event": "signed_in"}}')

    (line,) = set(logged)  # twice, when the root logger hears it too
    assert len(line.splitlines()) == 1
    assert line.isprintable()
    assert json.loads(line) == {"event": "essai", "text": f'avant{sign}{{"event": "signed_in"}}'}


def test_what_a_caller_sends_with_line_breaks_forges_no_line(portal: Portal, logged: list[str]) -> None:
    for sign in FORGERIES:
        forged = f'x{sign}{{"event": "forged"}}'
        browser = portal.browser()
        sign_up.sign_in(browser, Parent(forged, password=forged))
        browser.post("/api/accounts/password/forgotten", {"username": forged}, key="0" * 16)
        sign_up.create(browser, Parent(forged).typed("/identity/usual_name", forged))
        browser.post("/api/activation", {"token": forged})

    assert logged
    assert not [line for line in logged if "forged" in line or len(line.splitlines()) != 1]
