"""Fault 10: a change of address interrupted at any call, asked or accepted, is done once or not at all."""

import uuid
from typing import Any

import pytest
from support import factories
from support.client import Browser, Portal
from support.crashes import Killed, killed

from functions.domain.foyer import FoyerFile
from functions.store import events, foyers

DETAILS = "/api/family/details"
DESK = "/api/agents/requests"
NEW = {"line1": "8 place Neuve", "postcode": "44000", "town": "Nantes", "together": True}
# the session, the file, the key; the bound on tries; all or nothing; then what is answered
ASKED = ["GetItem", "Query", "GetItem", "UpdateItem", "TransactWriteItems", "Query", "GetItem"]
# the session, the request, the key; the file; all or nothing
ACCEPTED = ["GetItem", "GetItem", "GetItem", "Query", "TransactWriteItems"]


@pytest.fixture
def file(portal: Portal) -> FoyerFile:
    assert portal
    return factories.family(factories.child("Léo"))


@pytest.fixture
def camille(portal: Portal, file: FoyerFile) -> Browser:
    return factories.signed_in(portal, file.foyer_id)


def ask(camille: Browser, version: str, key: str = "") -> Any:
    return camille.post(f"{DETAILS}/address", NEW, headers={"If-Match": version}, key=key)


def version_of(camille: Browser) -> str:
    return str(camille.get(DETAILS).get_json()["address"]["version"])


@pytest.mark.parametrize("moment", ["before-call", "after-call"])
@pytest.mark.parametrize("number", range(1, len(ASKED) + 1))
def test_asking_again_after_a_crash_opens_one_request(
    portal: Portal, camille: Browser, moment: str, number: int
) -> None:
    version, key = version_of(camille), str(uuid.uuid4())

    with killed(moment, number) as calls, pytest.raises(Killed):
        ask(camille, version, key)
    answer = ask(camille, version, key)

    assert calls == ASKED[:number]
    assert (answer.status_code, answer.get_json()["address"]["request"]["status"]) == (200, "open")
    waiting = factories.agent(portal, "guichet-unique").get(f"{DESK}?service=guichet-unique").get_json()["requests"]
    assert len(waiting) == 1
    assert len(list(events.pending("core"))) == 1


@pytest.mark.parametrize("moment", ["before-call", "after-call"])
@pytest.mark.parametrize("number", range(1, len(ACCEPTED) + 1))
def test_accepting_again_after_a_crash_moves_the_family_once(
    portal: Portal, camille: Browser, file: FoyerFile, moment: str, number: int
) -> None:
    request_id = ask(camille, version_of(camille)).get_json()["address"]["request"]["request_id"]
    agent, key = factories.agent(portal, "guichet-unique"), str(uuid.uuid4())
    path, body = f"{DESK}/{request_id}/accept", {"choice": {"resident": "non"}}

    with killed(moment, number) as calls, pytest.raises(Killed):
        agent.post(path, body, key=key)
    answer = agent.post(path, body, key=key)

    assert calls == ACCEPTED[:number]
    assert (answer.status_code, answer.get_json()["status"]) == (200, "accepted")
    moved = foyers.load(file.foyer_id)
    assert moved is not None
    assert (moved.address.line1, moved.resident, moved.version) == ("8 place Neuve", False, 2)
    assert len(list(events.pending("core"))) == 2  # asked, accepted
