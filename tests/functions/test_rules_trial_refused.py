"""« Essayer les règles »: wrong questions, tries without end, and nothing of a question left behind."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from support.client import Portal

from functions.store.models import Audit, Core, Credentials, Ephemeral

PATH = "/api/reservations/essai"
QUESTION = {"activity": "restauration", "day": "2026-12-10", "now": "2026-11-21T09:00:00Z"}
PERSONAL = {
    "birth": "2017-03-27",
    "qf": "841,23",
    "resources": "2468,17",
    "children": "7",
    "aeeh": "1",
    "packed_meal": True,
    "documents": {"assurance-responsabilite-civile": "2026-09-13"},
}


def ask(portal: Portal, **question: Any) -> Any:
    return portal.browser().post(PATH, question)


def errors_of(answer: Any) -> dict[str, str]:
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json"), answer.text
    return {each["pointer"]: each["detail"] for each in answer.get_json(force=True)["errors"]}


WRONG = [
    ("activity", "restoration", "inconnue"),
    ("activity", "", "Choisissez une activité"),
    ("day", "2026-02-30", "n’existe pas"),
    ("day", "30/2/2026", "n’existe pas"),
    ("day", "demain", "n’existe pas"),
    ("day", "0001-01-01", "n’existe pas"),
    ("day", "31/12/9999", "n’existe pas"),
    ("birth", "9999-12-31", "n’existe pas"),
    ("now", "9999-12-31T23:59:59Z", "ne se lit pas"),
    ("booked_on", "1/1/0001", "ne se lit pas"),
    ("day", "", "jour d’accueil"),
    ("now", "tantôt", "ne se lit pas"),
    ("now", "31/2/2026 8:00", "ne se lit pas"),
    ("now", "10/12/2026 25:00", "ne se lit pas"),
    ("now", "2026-12-01T25:00", "ne se lit pas"),
    ("now", "0001-01-01T00:00:00+23:59", "ne se lit pas"),
    ("booked_on", "hier", "ne se lit pas"),
    ("booking_start", "2026-13-01", "n’existe pas"),
    ("custody", "2026-02-30", "n’existe pas"),
    ("birth", "2018-13-01", "n’existe pas"),
    ("school", "hogwarts", "inconnue"),
    ("level", "CP9", "inconnu"),
    ("session", "hiver", "inconnue"),
    ("slot", "matin", "inconnu"),
    ("from_hour", "8h75", "ne se lit pas"),
    ("to_hour", "midi", "ne se lit pas"),
    ("contract", "parfois", "Choisissez un contrat"),
    ("qf", "-3", "montant"),
    ("qf", "1e9", "montant"),
    ("resources", "beaucoup", "montant"),
    ("children", "0", "nombre d’enfants"),
    ("aeeh", "un", "nombre d’enfants"),
    ("rank", "0", "rang"),
    ("outside", "oui", "par oui ou par non"),
    ("day", 20261210, "Donnez un jour"),
    ("activity", None, "Choisissez une activité"),
    ("qf", "9" * 65, "ne se lit pas"),
]


@pytest.mark.parametrize(("field", "value", "words"), WRONG)
def test_a_wrong_answer_is_named_and_said_in_french(portal: Portal, field: str, value: Any, words: str) -> None:
    errors = errors_of(ask(portal, **{**QUESTION, field: value}))

    assert [*errors] == [f"/{field}"]
    assert words in errors[f"/{field}"]


def test_documents_are_known_ones_with_dates_that_exist(portal: Portal) -> None:
    given = {"carte": "2026-09-01", "assurance-responsabilite-civile": "2026-02-30"}
    errors = errors_of(ask(portal, **QUESTION, documents=given))

    assert "inconnu" in errors["/documents/carte"]
    assert "n’existe pas" in errors["/documents/assurance-responsabilite-civile"]


def test_everything_wrong_is_said_at_once(portal: Portal) -> None:
    errors = errors_of(ask(portal, activity="x", day="y", now="z", school="t", qf="u", children="v"))

    assert [*errors] == ["/activity", "/day", "/now", "/school", "/qf", "/children"]


def test_an_unknown_key_is_refused(portal: Portal) -> None:
    assert "/nom" in errors_of(ask(portal, **QUESTION, nom="Dupont"))


def test_what_is_left_empty_is_not_examined_and_now_is_now(portal: Portal) -> None:
    """As a form sends what nobody filled in."""
    empty = {"school": "", "level": "", "qf": "", "birth": None, "contract": "", "documents": {"vaccins": None}}
    answer = ask(portal, activity="restauration", day="10/12/2026", now="", **empty).get_json()

    assert (answer["day"], answer["now"], answer["eligible"]) == ("2026-12-10", "2026-11-21T09:00:00Z", True)
    assert answer["missing_documents"] == []


@pytest.mark.parametrize(
    "typed",
    ["2026-12-01T08:30", "2026-12-01T07:30:00Z", "1/12/2026 8:30", "01/12/2026 à 8 h 30", "01/12/2026 08:30:00"],
)
def test_an_instant_is_read_in_paris_as_agents_write_it(portal: Portal, typed: str) -> None:
    assert ask(portal, **{**QUESTION, "now": typed}).get_json()["now"] == "2026-12-01T07:30:00Z"


def test_one_address_may_not_ask_without_end(portal: Portal) -> None:
    browser = portal.browser()
    answers = [browser.post(PATH, QUESTION, address="192.0.2.9") for _ in range(301)]

    assert {answer.status_code for answer in answers[:300]} == {200}
    assert answers[300].status_code == 429
    assert int(answers[300].headers["Retry-After"]) > 0
    assert browser.post(PATH, QUESTION, address="192.0.2.10").status_code == 200


@pytest.fixture
def logged() -> Iterator[list[str]]:
    kept: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            kept.append(self.format(record))

    handler = Keep(logging.DEBUG)
    loggers = [logging.getLogger(), logging.getLogger("parvis"), logging.getLogger("werkzeug")]
    for logger in loggers:
        logger.addHandler(handler)
    yield kept
    for logger in loggers:
        logger.removeHandler(handler)


def test_nothing_of_a_question_is_kept_or_logged(portal: Portal, logged: list[str]) -> None:
    assert ask(portal, **QUESTION, **PERSONAL).status_code == 200
    assert ask(portal, **QUESTION, **{**PERSONAL, "qf": "841,23 ?"}).status_code == 422
    for _ in range(300):
        refused = ask(portal, **QUESTION, **PERSONAL)
    assert refused.status_code == 429

    stored = [str(item.to_dynamodb_dict()) for model in (Core, Credentials, Audit, Ephemeral) for item in model.scan()]
    assert stored, "the tries are counted"
    assert any("throttled" in line for line in logged)
    for secret in ("2017-03-27", "841", "2468", "84123", "246817", "2026-09-13", "assurance"):
        assert not [text for text in (*stored, *logged) if secret in text], secret


def test_the_rules_that_can_be_asked_name_nobody(portal: Portal) -> None:
    answer = portal.browser().get("/api/reservations/regles")

    assert answer.status_code == 200
    assert {*answer.get_json()} == {"now", "activities", "schools", "levels", "documents", "rules_hash"}
