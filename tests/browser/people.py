"""Accounts that a test needs but is not about: made by the calls that the pages make. The journey tries the pages."""

import hmac
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import boto3
from playwright.sync_api import Page
from serving import Serving
from town_files import Letter

from functions.actions.activation_tokens import stored_hash
from functions.console.local import demonstration
from functions.console.local.browser import Browser
from functions.console.local.layout import Layout
from functions.console.mailbox import letters_of

PASSWORD = "le portail de la place"
_MAIL_PATIENCE = 20


@dataclass(frozen=True)
class Account:
    username: str
    password: str


def portal_now(serving: Serving) -> datetime:
    """The instant on the portal's clock, which goes on from where the tests set it."""
    question = {"activity": "restauration", "day": "2026-12-10"}
    return datetime.fromisoformat(Browser(serving.port).post("/api/reservations/essai", question)["now"])


def demonstration_account(serving: Serving) -> Account:
    """Two children in public schools."""
    return Account(serving.demonstration["username"], demonstration.PASSWORD)


def pending_account(serving: Serving, username: str) -> str:
    """An account that waits for its activation; the token of its link."""
    email = f"{username}@exemple.example"
    Browser(serving.port).post(
        "/api/accounts",
        {
            "identity": {"title": "M.", "usual_name": "Lefèvre", "given_names": "Marc"},
            "address": {"line1": "2 rue de l’Île", "postcode": "49290", "town": "Villeparvis-sur-Loire"},
            "contact": {"email": email},
            "authentication": {"username": username, "password": PASSWORD, "password_confirmation": PASSWORD},
        },
        robots=True,
    )
    return _token(serving, email)


def active_account(serving: Serving, username: str, letter: Letter | None = None) -> Account:
    """`letter` links it to that family."""
    browser = Browser(serving.port)
    browser.post("/api/activation", {"token": pending_account(serving, username)})
    browser.post("/api/accounts/sessions", {"username": username, "password": PASSWORD})
    if letter:
        day, month, year = letter.birth_dates[0].split("/")
        proof = {
            "key": letter.key,
            "child_usual_name": letter.usual_name,
            "child_given_name": letter.children[0],
            "child_birth_date": f"{year}-{month}-{day}",
        }
        browser.post("/api/accounts/cle-enfance", proof)
    return Account(username, PASSWORD)


def signed_in(page: Page, serving: Serving, account: Account | None = None, address: str = "/mon-espace/") -> Page:
    """The page `address`, reached through the sign-in page; the demonstration account unless told."""
    page.goto(serving.origin + address)
    page.wait_for_url("**/connexion/?suite=*")
    fill_sign_in(page, account or demonstration_account(serving))
    page.wait_for_url(f"**{address}*")
    return page


_kept: dict[str, tuple[list[Any], str]] = {}


def resumed(page: Page, serving: Serving, address: str = "/mon-espace/") -> Page:
    """The page `address` for the demonstration account, in a session that several tests share: signing in is limited
    by account, and rightly so. A test that signs out takes a session of its own, with `signed_in`.
    """
    return in_shared_session(page, serving, address, "demonstration", lambda: signed_in(page, serving, address=address))


def in_shared_session(page: Page, serving: Serving, address: str, who: str, sign_in: Callable[[], object]) -> Page:
    """The page `address` as `who`, who signs in the first time only."""
    name = f"{serving.origin}|{who}"
    if name not in _kept:
        sign_in()
        _kept[name] = page.context.cookies(serving.origin), page.evaluate("localStorage.getItem('parvis.connecte')")
        page.goto(serving.origin + address)
        return page
    cookies, owner = _kept[name]
    page.context.add_cookies(
        [
            {
                "name": cookie["name"],
                "value": cookie["value"],
                "url": serving.origin.replace("http:", "https:"),  # the only way to set a __Host- cookie
                "httpOnly": True,
                "secure": True,
                "sameSite": "Lax",
            }
            for cookie in cookies
        ]
    )
    page.goto(f"{serving.origin}/manifest.webmanifest")
    page.evaluate("(owner) => localStorage.setItem('parvis.connecte', owner)", owner)
    page.goto(serving.origin + address)
    return page


def fill_sign_in(page: Page, account: Account) -> None:
    page.get_by_label("Identifiant ou adresse e-mail").fill(account.username)
    page.get_by_label("Mot de passe", exact=True).fill(account.password)
    page.locator("form button[type=submit]").click()


def let_link_run_out(serving: Serving, token: str) -> None:
    """As if a day had passed: what is stored of this link says that it ended."""
    table = _table(serving, "credentials")
    key = {"pk": f"JETON#{stored_hash(token)}", "sk": "JETON"}
    document = table.get_item(Key=key)["Item"]["doc"]
    past = re.sub(r'("expires":")\d{4}', r"\g<1>2020", document)
    assert past != document
    table.update_item(
        Key=key,
        UpdateExpression="SET #doc = :past",
        ExpressionAttributeNames={"#doc": "doc"},
        ExpressionAttributeValues={":past": past},
    )


def letters_come_back(serving: Serving, email: str) -> None:
    """As the mail service would have told the portal of this address."""
    secrets = json.loads((serving.var / "secrets.json").read_text(encoding="utf-8"))
    digest = hmac.new(bytes.fromhex(secrets["pepper"]), f"bounce|{email}".encode(), sha256).hexdigest()
    now = portal_now(serving).astimezone(UTC)
    _table(serving, "ephemeral").put_item(
        Item={
            "pk": f"REBOND#{digest}",
            "sk": "ETAT",
            "doc": json.dumps(now.isoformat()),
            "at": now.isoformat(timespec="microseconds"),
            "version": 2,
            "expires": int(now.timestamp()) + 86_400,
        }
    )


def _table(serving: Serving, name: str) -> Any:
    running = Layout(serving.var).running()
    assert running is not None
    database: Any = boto3.resource(
        "dynamodb",
        endpoint_url=running.endpoint,
        region_name="eu-west-3",
        aws_access_key_id="local",
        aws_secret_access_key="local",
    )
    return database.Table(f"parvis-{name}")


def last_letter(serving: Serving, email: str, holding: str) -> str:
    """The text of the newest letter to this address that holds these words, waited for."""
    maildir = Layout(serving.var).maildir
    end = time.monotonic() + _MAIL_PATIENCE
    while time.monotonic() < end:
        for letter in letters_of(maildir).values():
            body = letter.get_body(preferencelist=("plain",))
            text = str(body.get_content()) if body else ""
            if holding in text and email in str(letter["To"]):
                return text
        time.sleep(0.1)
    raise AssertionError(f"no letter with {holding} came for {email}")


def _token(serving: Serving, email: str) -> str:
    found = re.search(r"/activation/#([A-Za-z0-9_\-]+)", last_letter(serving, email, "/activation/#"))
    assert found is not None
    return found.group(1)
