"""Every route of every function once, as families use them, with the jobs in between."""

import json
import mailbox
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from functions.actions import cles, invitations, request_kinds
from functions.actions.request_kinds import Kind
from functions.domain.foyer import FoyerFile
from functions.domain.requests import Request
from functions.jobs import app as jobs_app
from functions.jobs import service as jobs
from functions.kit import clock
from functions.kit import rules as kit_rules
from functions.store import events, foyers, requests
from functions.store.events import Event
from functions.store.transactions import Transaction
from support import authenticator, factories, iam, places_town, provider, sign_up
from support.client import Browser, Portal
from support.journey_bookings import expect, family_and_bookings, family_with_places, session_over_two_months
from support.provider import Provider
from support.sign_up import Parent

PASSWORD = "une place devant la mairie"


def every_action(portal: Portal, maildir: Path) -> None:
    """Raises when any of the actions is not answered as it should be."""
    file = family_with_places()
    keys = cles.prepare_keys(file, clock.now() + timedelta(days=90), clock.now())
    browser = portal.browser()
    account = _account(file, "parent.un", "un@exemple.fr")
    for _ in range(2):  # the second time is a retry: same key, same answer
        expect(browser.post("/api/accounts", account, key=_key(1)), 202)
    expect(browser.post("/api/activation/resend", {"email": "un@exemple.fr"}), 202)
    token = _token(portal, maildir, "un@exemple.fr")
    for _ in range(2):
        expect(browser.post("/api/activation", {"token": token}, key=_key(2)), 200)
    expect(browser.post("/api/accounts/sessions", {"username": "un@exemple.fr", "password": PASSWORD}), 200)
    proof = _proof(file, keys[file.guardians[0].person_id])
    for _ in range(2):
        expect(browser.post("/api/accounts/cle-enfance", proof, key=_key(3)), 200)
    family_and_bookings(browser, file)
    other = file.guardians[1].person_id
    expect(browser.post(f"/api/activation/guardians/{other}/invitation", None), 202)
    with patch.object(kit_rules, "current", return_value=places_town.reglement()):
        session_over_two_months(browser, file)
    expect(browser.post("/api/accounts/sessions/refresh"), 204)
    expect(browser.call("DELETE", "/api/accounts/sessions/current"), 204)
    _with_a_passkey(portal)
    _with_key_at_creation(portal, maildir, file, keys)
    _invited(portal, maildir)
    _decided_by_an_agent(portal)
    _activation_asked(portal)
    _own_file_changed(portal)
    _with_franceconnect(portal)
    _poisoned_event(portal, file)
    _letters_that_come_back(portal)


def _key(number: int) -> str:
    return f"11111111-2222-4333-8444-{number:012}"


def _with_a_passkey(portal: Portal) -> None:
    """Added after the password, used to sign in, removed."""
    browser = portal.browser()
    expect(browser.post("/api/accounts/sessions", {"username": "un@exemple.fr", "password": PASSWORD}), 200)
    device = authenticator.Authenticator()
    body = device.made(authenticator.options_of(authenticator.ask(browser, PASSWORD)))
    for _ in range(2):
        made = expect(browser.post(authenticator.PATH, body, key=_key(8)), 201)
    expect(authenticator.sign_in(browser, device), 200)
    expect(browser.call("DELETE", f"{authenticator.PATH}/{made['passkey_id']}"), 204)


def _with_key_at_creation(portal: Portal, maildir: Path, file: FoyerFile, keys: dict[str, str]) -> None:
    proof = _proof(file, keys[file.guardians[1].person_id])
    browser = portal.browser()
    account = {**_account(file, "parent.deux", "deux@exemple.fr"), "cle_enfance": proof}
    expect(browser.post("/api/accounts", account), 202)
    token = _token(portal, maildir, "deux@exemple.fr")
    expect(browser.post("/api/activation", {"token": token}), 200)
    _token_of_known_account(portal, browser, account)


def _token_of_known_account(portal: Portal, browser: Browser, account: dict[str, Any]) -> None:
    """An e-mail that already has an account is answered alike, and its owner is written to."""
    again = {
        **account,
        "authentication": {**account["authentication"], "username": "parent.trois"},
        "cle_enfance": None,
    }
    expect(browser.post("/api/accounts", again), 202)
    run_jobs(portal)


def _invited(portal: Portal, maildir: Path) -> None:
    """Two more families of one person: the first invitation makes an account, the second is linked to it."""
    browser, used = portal.browser(), _links(maildir, "invitation")
    for number, route in enumerate(("invitation", "invitation/link"), start=4):
        person = replace(factories.guardian(), email="quatre@exemple.fr")
        file = factories.family(factories.child(), guardians=(person,))
        invitations.send(file, file.guardians[0], {}, by="agent", now=clock.now())
        run_jobs(portal)
        [token] = _links(maildir, "invitation") - used
        used.add(token)
        expect(browser.post("/api/activation/invitation/shown", {"token": token}), 200)
        chosen = {"username": "parent.quatre", "password": PASSWORD, "password_confirmation": PASSWORD}
        body = {"token": token, **(chosen if route == "invitation" else {})}
        for _ in range(2):
            expect(browser.post(f"/api/activation/{route}", body, key=_key(number)), 200)


def _decided_by_an_agent(portal: Portal) -> None:
    """Two requests of the first service: one accepted, one refused."""
    agent, service = factories.agent(portal), next(iter(kit_rules.current().services))
    for identifier in ("a" * 32, "b" * 32):
        transaction = Transaction()
        requests.add(transaction, Request(identifier, "try", service, "", clock.now(), "Anne Martin"))
        transaction.commit()
    expect(agent.get("/api/agents/requests"), 200)
    expect(agent.get(f"/api/agents/requests/{'a' * 32}"), 200)
    kind = Kind("Essai", lambda *_: (), lambda *_: ())
    with patch.dict(request_kinds.KINDS, {"try": kind}):
        expect(agent.post(f"/api/agents/requests/{'a' * 32}/accept", {}), 200)
        expect(agent.post(f"/api/agents/requests/{'b' * 32}/refuse", {"reason": "Le justificatif manque."}), 200)


def _with_franceconnect(portal: Portal) -> None:
    """Linked, used to sign in and out, unlinked, linked again and closed with the account."""
    file = factories.family(factories.child())
    [key] = cles.prepare_keys(file, clock.now() + timedelta(days=90), clock.now()).values()
    parent = Parent("parent.six", "six@exemple.fr", cle_enfance=_proof(file, key))
    with provider.running() as answering, provider.configured(portal.settings, answering.issuer):
        browser = sign_up.signed_up_and_in(portal, parent)
        _link_franceconnect(browser, answering, parent)
        other = portal.browser()
        expect(provider.visit(other, answering), 200)
        expect(other.post(f"{provider.API}/sign-out"), 200)
        expect(browser.get(f"{provider.API}/link"), 200)
        expect(browser.post(f"{provider.API}/unlink", {"unlink_password": parent.password}), 200)
        _link_franceconnect(browser, answering, parent)
        expect(browser.post("/api/accounts/close", {"current_password": parent.password}), 200)


def _link_franceconnect(browser: Browser, answering: Provider, parent: Parent) -> None:
    start = {"link_password": parent.password}
    provider.leave(browser, answering, lambda: browser.post(f"{provider.API}/link/start", start))
    expect(provider.come_back(browser, answering), 200)
    expect(browser.get(f"{provider.API}/pending"), 200)
    expect(browser.post(f"{provider.API}/link", {"sure": True}), 204)


def _activation_asked(portal: Portal) -> None:
    """Somebody without an address in the file asks a service: one request accepted, another refused."""
    nobody = replace(factories.guardian("Camille"), email="")
    file = factories.family(factories.child(), guardians=(nobody,))
    agent, service = factories.agent(portal), next(iter(kit_rules.current().services))
    asked = {
        "usual_name": nobody.usual_name,
        "given_names": "Camille",
        "postal_address": "12 rue des Tilleuls, 49290 Villeparvis",
        "email": "cinq@exemple.fr",
        "children": "Léo",
        "structure": service,
    }
    for number in (5, 6):
        expect(portal.browser().post("/api/activation/requests", asked, key=_key(number)), 202)
    first, second = (line["request_id"] for line in expect(agent.get("/api/agents/requests"), 200)["requests"])
    expect(agent.post(f"/api/agents/requests/{first}/accept", {"choice": {"reference": file.reference}}), 200)
    expect(agent.post(f"/api/agents/requests/{second}/refuse", {"reason": "Demande reçue deux fois."}), 200)
    run_jobs(portal)


def _own_file_changed(portal: Portal) -> None:
    """A guardian's telephones, an entourage, and two changes of address: one accepted, one taken back."""
    file, path = factories.family(factories.child("Léo")), "/api/family/details"
    camille, agent = factories.signed_in(portal, file.foyer_id), factories.agent(portal)
    shown = expect(camille.get(path), 200)
    versioned = {"If-Match": str(shown["me"]["version"])}
    expect(camille.post(path, {"title": "Mme", "phones": ["06 12 34 56 78"]}, headers=versioned), 200)
    aunt = {"usual_name": "Roche", "given_name": "Anne", "phones": ["06 12 34 56 78"]}
    [contact] = expect(camille.post(f"{path}/contacts", aunt), 200)["contacts"]
    one = f"{path}/contacts/{contact['person_id']}"
    expect(camille.post(one, {**aunt, "may_collect": True}, headers={"If-Match": "1"}), 200)
    expect(camille.post(f"{one}/remove", {}, headers={"If-Match": "2"}), 200)
    for verb in ("withdraw", "accept"):
        address = expect(camille.get(path), 200)["address"]
        moved = {"line1": "8 place Neuve", "postcode": "44000", "town": "Nantes", "together": True}
        asked = expect(camille.post(f"{path}/address", moved, headers={"If-Match": address["version"]}), 200)
        request_id = asked["address"]["request"]["request_id"]
        if verb == "withdraw":
            expect(camille.post(f"{path}/address/requests/{request_id}/withdraw", {}), 200)
        else:
            expect(agent.post(f"/api/agents/requests/{request_id}/accept", {"choice": {"resident": "non"}}), 200)
    run_jobs(portal)


def _poisoned_event(portal: Portal, file: FoyerFile) -> None:
    """An effect that nobody knows is counted against its event, and stops nothing else."""
    transaction = Transaction()
    subject, effect = foyers.partition(file.foyer_id), {"kind": "unknown"}
    events.add(transaction, Event("core", subject, _key(9), "test", "", clock.now(), "", effects=(effect,)))
    transaction.commit()
    run_jobs(portal)


def _letters_that_come_back(portal: Portal) -> None:
    """An address told of by the mail service, looked at before the next letter there, and proven again."""
    file = factories.family(factories.child("Léo"))
    parent, email = factories.signed_in(portal, file.foyer_id), "quelqu.un@exemple.fr"
    at = clock.now().isoformat()
    bounce = {"bounceType": "Permanent", "timestamp": at, "bouncedRecipients": [{"emailAddress": email}]}
    message = json.dumps({"eventType": "Bounce", "mail": {"timestamp": at}, "bounce": bounce})
    with iam.acting_as("jobs"):
        jobs_app.handle({"Records": [{"EventSource": "aws:sns", "Sns": {"Message": message}}]}, None)
    expect(parent.get("/api/accounts/mail"), 200)
    expect(parent.post("/api/accounts/mail/retry", None), 202)
    run_jobs(portal)


def run_jobs(portal: Portal) -> int:
    kit_rules._own = kit_rules.Rules()  # a process of its own: it looks for the rules with its own rights
    with iam.acting_as("jobs"):
        return jobs.run_all(clock.now()) if portal else 0


def _account(file: FoyerFile, username: str, email: str) -> dict[str, Any]:
    return {
        "identity": {"title": "Mme", "usual_name": file.guardians[0].usual_name, "given_names": "Anne"},
        "address": {"line1": "12 rue des Tilleuls", "postcode": "49290", "town": "Villeparvis"},
        "contact": {"email": email},
        "authentication": {"username": username, "password": PASSWORD, "password_confirmation": PASSWORD},
        "cle_enfance": None,
    }


def _proof(file: FoyerFile, key: str) -> dict[str, str]:
    child = file.children[0]
    return {
        "key": key,
        "child_usual_name": child.usual_name,
        "child_given_name": child.first_name,
        "child_birth_date": str(child.birth_date),
    }


def _links(maildir: Path, page: str) -> set[str]:
    texts = [letter.get_payload(decode=True) for letter in mailbox.Maildir(maildir).values()]
    words = " ".join(text.decode() for text in texts if isinstance(text, bytes))
    return set(re.findall(rf"/{page}/#([A-Za-z0-9_\-]+)", words))


def _token(portal: Portal, maildir: Path, email: str) -> str:
    run_jobs(portal)
    for letter in mailbox.Maildir(maildir).values():
        text = letter.get_payload(decode=True)
        found = re.search(r"/activation/#([A-Za-z0-9_\-]+)", text.decode() if isinstance(text, bytes) else "")
        if found and email in str(letter["To"]):
            return found.group(1)
    raise LookupError(f"no activation letter for {email}")
