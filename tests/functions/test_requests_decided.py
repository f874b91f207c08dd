"""Deciding a request on the real engine: once, whole, by an agent of its service, whoever else decides meanwhile."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from functions.actions import requests
from functions.actions.request_kinds import Effects, Kind
from functions.actions.requests import Decider
from functions.domain.errors import Conflict, Invalid, NotFound, Refused
from functions.domain.requests import Decision, Request
from functions.store import events
from functions.store import requests as store
from functions.store.models import Core
from functions.store.transactions import Transaction

pytestmark = pytest.mark.usefixtures("settings")

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
KEY = "1" * 32
AGNES = Decider("a" * 32, "Agnès Roux", ("education",))
BENOIT = Decider("b" * 32, "Benoît Le Gall", ("education", "sport"))
ACCEPTED, REFUSED = Decision("accepted"), Decision("refused", "Le justificatif manque.")


def accept(transaction: Transaction, request: Request, decision: Decision, now: datetime) -> Effects:
    item = Core(request.subject, "APPLIQUE", doc=str(decision.choice), at=now.isoformat())
    transaction.put("applied", item, Core.pk.does_not_exist())
    return ({"kind": "mail", "template": "accepte"},)


def refuse(_: Transaction, request: Request, decision: Decision, now: datetime) -> Effects:
    return ({"kind": "mail", "template": "refus", "reason": decision.reason, "at": str(now), "kind_of": request.kind},)


KINDS = {"try": Kind("Essai", accept, refuse)}


@pytest.fixture
def request_id() -> str:
    opened = Request("d" * 32, "try", "education", "FOYER#1", NOW, "Camille Martin", {"town": "Chalonnes"})
    transaction = Transaction()
    store.add(transaction, opened)
    transaction.commit()
    return opened.request_id


def decide(request_id: str, decision: Decision, by: Decider, key: str = KEY, **more: Any) -> Request:
    return requests.decide(
        request_id, decision, by, key=key, body_hash=str(decision), now=NOW, **{"kinds": KINDS, **more}
    )


def applied() -> list[Core]:
    return list(Core.query("FOYER#1", Core.sk == "APPLIQUE"))


def test_an_open_request_stands_in_the_list_of_its_service_alone(request_id: str) -> None:
    assert [(line.request_id, line.summary) for line in store.to_do("education")] == [(request_id, "Camille Martin")]
    assert store.to_do("sport") == []


def test_accepting_does_what_the_kind_says_with_its_event_and_leaves_the_list(request_id: str) -> None:
    done = decide(request_id, ACCEPTED, AGNES)

    assert store.find(request_id) == Request(**{**vars_of(done), "version": 2})
    assert (done.status, done.decided_by, done.decided_by_name) == ("accepted", AGNES.account_id, "Agnès Roux")
    assert len(applied()) == 1
    assert store.to_do("education") == []
    event = events.find("core", store.partition(request_id), KEY)
    assert event is not None
    assert (event.name, event.actor) == ("request.accepted", AGNES.account_id)
    assert event.effects == ({"kind": "mail", "template": "accepte"},)
    assert event.details == {"kind": "try", "service": "education"}


def vars_of(request: Request) -> dict[str, Any]:
    return {name: getattr(request, name) for name in Request.__slots__}


def test_a_refusal_applies_nothing_and_keeps_its_reason(request_id: str) -> None:
    decide(request_id, REFUSED, AGNES)

    found = store.find(request_id)
    assert found is not None
    assert (found.status, found.reason) == ("refused", "Le justificatif manque.")
    assert applied() == []


def test_a_refusal_without_reason_changes_nothing(request_id: str) -> None:
    with pytest.raises(Invalid):
        decide(request_id, Decision("refused"), AGNES)

    assert len(store.to_do("education")) == 1


def test_a_decision_sent_again_is_answered_as_the_first_time(request_id: str) -> None:
    decide(request_id, ACCEPTED, AGNES)

    assert decide(request_id, ACCEPTED, AGNES).status == "accepted"
    assert len(applied()) == 1


def test_another_decision_under_the_same_key_is_refused(request_id: str) -> None:
    decide(request_id, ACCEPTED, AGNES)

    with pytest.raises(Invalid, match="Idempotency-Key"):
        decide(request_id, REFUSED, AGNES)


def test_an_agent_of_another_service_is_told_what_is_told_of_nothing(request_id: str) -> None:
    sport = Decider("c" * 32, "Chloé", ("sport",))

    with pytest.raises(NotFound) as of_another:
        decide(request_id, ACCEPTED, sport)
    with pytest.raises(NotFound) as of_nothing:
        decide("e" * 32, ACCEPTED, sport)

    assert of_another.value.detail == of_nothing.value.detail
    assert len(store.to_do("education")) == 1


def test_an_administrator_decides_for_every_service(request_id: str) -> None:
    assert decide(request_id, ACCEPTED, Decider("z" * 32, "Zoé", ("all",))).status == "accepted"


def test_a_kind_that_refuses_leaves_the_request_open(request_id: str) -> None:
    def impossible(*_: object) -> Effects:
        raise Refused("no_such_file", "Ce dossier n’existe pas.")

    with pytest.raises(Refused):
        decide(request_id, ACCEPTED, AGNES, kinds={"try": Kind("Essai", impossible, refuse)})

    assert len(store.to_do("education")) == 1


def interrupted(meanwhile: Callable[[], None]) -> dict[str, Kind]:
    """Between the reading and the writing of the first decision, something else happens, once."""
    left = [meanwhile]

    def accept_late(transaction: Transaction, request: Request, decision: Decision, now: datetime) -> Effects:
        if left:
            left.pop()()
        return accept(transaction, request, decision, now)

    return {"try": Kind("Essai", accept_late, refuse)}


def test_the_second_of_two_agents_is_told_who_was_faster(request_id: str) -> None:
    kinds = interrupted(lambda: decide(request_id, REFUSED, BENOIT, key="2" * 32) and None)

    with pytest.raises(Conflict) as conflict:
        decide(request_id, ACCEPTED, AGNES, kinds=kinds)

    assert conflict.value.extra["decided_by"] == "Benoît Le Gall"
    assert applied() == []


def test_without_the_version_condition_both_would_decide(request_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control of the test above."""
    put = Transaction.put
    monkeypatch.setattr(Transaction, "put", lambda self, label, item, _=None: put(self, label, item))
    kinds = interrupted(lambda: decide(request_id, REFUSED, BENOIT, key="2" * 32) and None)

    assert decide(request_id, ACCEPTED, AGNES, kinds=kinds).status == "accepted"
    assert len(applied()) == 1


def test_of_ten_agents_at_once_one_decides(request_id: str) -> None:
    start, answers = threading.Barrier(10), []

    def one(number: int) -> None:
        start.wait()
        try:
            decide(request_id, ACCEPTED if number % 2 else REFUSED, AGNES, key=f"{number}" * 32)
            answers.append("decided")
        except Conflict as conflict:
            answers.append(conflict.code)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == ["already_decided"] * 9 + ["decided"]
    found = store.find(request_id)
    assert found is not None
    assert len(applied()) == (found.status == "accepted")
