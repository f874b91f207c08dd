"""The control against robots: a solution is ours and fresh; it serves once, or again for the same request."""

import json
import uuid
from base64 import b64decode, b64encode
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from support import proofs
from support.client import Portal
from support.sign_up import Parent
from werkzeug.test import Client

from functions.kit import clock, config, robots
from functions.kit.app import create_app
from functions.kit.endpoint import Reply, Routes

CREATE = "/api/accounts"


def sent(portal: Portal, proof: str, *, username: str = "camille.martin", key: str = "") -> Any:
    form = Parent(username=username, email=f"{username}@exemple.fr").form()
    return portal.browser().post(CREATE, form, headers={robots.HEADER: proof}, key=key)


def refused(answer: Any) -> bool:
    return (answer.status_code, answer.get_json().get("code")) == (422, "robot_check")


def spoiled(proof: str, **changes: Any) -> str:
    """The same solution with other parameters in its challenge."""
    payload = json.loads(b64decode(proof))
    payload["challenge"]["parameters"].update(changes)
    return b64encode(json.dumps(payload).encode()).decode()


def test_the_challenge_that_the_portal_gives_opens_the_form_once_solved(portal: Portal) -> None:
    given = portal.browser().get("/api/accounts/robot-challenge").get_json()

    assert sent(portal, proofs.solved(msgspec.convert(given, robots.Challenge))).status_code == 202


@pytest.mark.parametrize("proof", ["", "rien", "\xe9\xff", "e30=", b64encode(b"[" * 900).decode(), "A" * 5000])
def test_what_is_no_solution_is_refused(portal: Portal, proof: str) -> None:
    assert refused(sent(portal, proof))


def test_a_solution_serves_one_request_only(portal: Portal) -> None:
    proof = proofs.solved()

    assert sent(portal, proof).status_code == 202
    assert refused(sent(portal, proof, username="autre.parent"))


def test_the_same_request_is_sent_again_with_the_solution_it_had_or_another(portal: Portal) -> None:
    proof, key = proofs.solved(), str(uuid.uuid4())

    assert [sent(portal, proof, key=key).status_code for _ in range(2)] == [202, 202]
    assert sent(portal, proofs.solved(), key=key).status_code == 202


def test_a_challenge_that_was_changed_or_made_elsewhere_is_refused(portal: Portal) -> None:
    proof = proofs.solved()
    settings = config.current()
    config.use(replace(settings, pepper=b"q" * 32))
    foreign = proofs.solved()
    config.use(settings)

    assert refused(sent(portal, spoiled(proof, data={"ends": 4_000_000_000})))
    assert refused(sent(portal, spoiled(proof, nonce="00" * 16)))
    assert refused(sent(portal, foreign))


def test_a_solution_runs_out(portal: Portal) -> None:
    proof = proofs.solved()

    with clock.at(clock.now() + robots.LIFE - timedelta(seconds=1)):
        assert sent(portal, proof).status_code == 202
    with clock.at(clock.now() + robots.LIFE):
        assert refused(sent(portal, proof, username="autre.parent"))


def test_of_twenty_requests_at_once_with_one_solution_one_passes(portal: Portal) -> None:
    proof = proofs.solved()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda number: sent(portal, proof, username=f"parent.{number}"), range(20)))

    assert Counter(answer.status_code for answer in answers) == {202: 1, 422: 19}


def test_a_field_to_correct_is_said_before_the_solution_is_spent(portal: Portal) -> None:
    proof = proofs.solved()
    form = Parent(username="camille.martin", email="camille@exemple").form()

    answer = portal.browser().post(CREATE, form, headers={robots.HEADER: proof})

    assert answer.get_json()["code"] == "invalid_body"
    assert sent(portal, proof).status_code == 202


def test_a_solution_spent_at_one_address_is_not_taken_at_another(portal: Portal) -> None:
    """The same body and key besides: two routes may take the same words."""
    assert portal
    routes, proof = Routes("essai"), proofs.solved()
    for path in ("/one", "/other"):
        routes.add("POST", path, access="public", summary="", robots=True)(lambda _call: Reply({}))
    client = Client(create_app(routes))
    given = {"X-Parvis": "1", "Idempotency-Key": str(uuid.uuid4()), robots.HEADER: proof}

    answers = [client.post(f"/api/essai{path}", headers=given).status_code for path in ("/one", "/other", "/one")]

    assert answers == [200, 422, 200]


def test_asking_for_the_activation_of_an_account_needs_a_solution_too(portal: Portal) -> None:
    asked = {
        "usual_name": "Martin",
        "given_names": "Camille",
        "postal_address": "12 rue des Tilleuls, 49290 Villeparvis",
        "email": "camille@exemple.fr",
        "children": "Léo",
        "structure": "guichet-unique",
    }

    answer = portal.browser().post("/api/activation/requests", asked, headers={robots.HEADER: "rien"})

    assert refused(answer)
