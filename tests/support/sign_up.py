"""What a parent does before having an account: fills in the form, reads the mail, presses the button."""

import copy
import email.policy
import mailbox
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from functions.jobs import service as jobs
from functions.kit import clock
from functions.store.transactions import Transaction
from support import iam
from support.client import Browser, Portal

PASSWORD = "trois cigognes dansent"


@dataclass
class Parent:
    """The form of a parent; `typed("/contact/email", "…")` is the same form with one answer changed."""

    username: str = "camille.martin"
    email: str = "camille@exemple.fr"
    password: str = PASSWORD
    cle_enfance: dict[str, str] | None = None
    changes: dict[str, Any] = field(default_factory=dict)

    def form(self) -> dict[str, Any]:
        form: dict[str, Any] = {
            "identity": {"title": "Mme", "usual_name": "Martin", "given_names": "Camille"},
            "address": {"line1": "12 rue des Tilleuls", "postcode": "49290", "town": "Villeparvis"},
            "contact": {"email": self.email},
            "authentication": {
                "username": self.username,
                "password": self.password,
                "password_confirmation": self.password,
            },
            "cle_enfance": copy.deepcopy(self.cle_enfance),
        }
        for pointer, value in self.changes.items():
            *groups, last = pointer.strip("/").split("/")
            place = form
            for group in groups:
                place = place[group]
            place[last] = value
        return form

    def typed(self, pointer: str, value: Any) -> "Parent":
        return Parent(self.username, self.email, self.password, self.cle_enfance, {**self.changes, pointer: value})


def run_jobs() -> int:
    """Under the role of jobs, until nothing is left."""
    with iam.acting_as("jobs"):
        return jobs.run_all(clock.now())


def letters(portal: Portal, to: str = "") -> list[EmailMessage]:
    """The letters sent so far (to this address), the oldest first."""
    folder = Path(portal.settings.mail.removeprefix("maildir://"))
    box = mailbox.Maildir(folder, create=True)
    keys = sorted(box.iterkeys(), key=lambda key: next(folder.glob(f"*/{key}*")).stat().st_mtime_ns)
    found = [message_from_bytes(box.get_bytes(key), policy=email.policy.default) for key in keys]
    return [letter for letter in found if to.lower() in str(letter["To"]).lower()]


def token_in(letter: EmailMessage) -> str:
    found = re.search(r"/activation/#([A-Za-z0-9_-]+)", letter.get_content())
    assert found, letter.get_content()
    return found[1]


def last_token(portal: Portal, to: str) -> str:
    run_jobs()
    return token_in(letters(portal, to)[-1])


def create(browser: Browser, parent: Parent, **more: Any) -> Any:
    return browser.post("/api/accounts", parent.form(), **more)


def sign_up(portal: Portal, parent: Parent) -> Browser:
    """An active account; the browser is not signed in."""
    browser = portal.browser()
    assert create(browser, parent).status_code == 202
    answer = browser.post("/api/activation", {"token": last_token(portal, parent.email)})
    assert answer.status_code == 200, answer.text
    return browser


def sign_in(browser: Browser, parent: Parent, **more: Any) -> Any:
    return browser.post("/api/accounts/sessions", {"username": parent.username, "password": parent.password}, **more)


def signed_up_and_in(portal: Portal, parent: Parent) -> Browser:
    browser = sign_up(portal, parent)
    assert sign_in(browser, parent).status_code == 200
    return browser


def errors(answer: Any) -> dict[str, str]:
    return {error["pointer"]: error["detail"] for error in answer.get_json().get("errors", [])}


def at_once(work: Any, times: int) -> list[Any]:
    """Run `work(0) … work(times - 1)` in as many threads, all let go together."""
    import threading
    from concurrent.futures import ThreadPoolExecutor

    gate = threading.Barrier(times)

    def one(number: int) -> Any:
        gate.wait(30)
        return work(number)

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


@contextmanager
def killed(monkeypatch: pytest.MonkeyPatch, *, after: bool) -> Iterator[None]:
    """The function dies just before its transaction, or just after: the caller sees a breakdown either way."""
    commit = Transaction.commit

    def die(transaction: Transaction) -> None:
        if after:
            commit(transaction)
        raise RuntimeError("killed")

    with monkeypatch.context() as crash:
        crash.setattr(Transaction, "commit", die)
        yield


def stored(portal: Portal, table: str) -> list[dict[str, Any]]:
    """Every item of a table. Only a test may scan."""
    client = _database(portal.settings.dynamodb_endpoint, portal.settings.region)
    name = f"{portal.settings.table_prefix}{table}"
    pages = client.get_paginator("scan").paginate(TableName=name)
    return [item for page in pages for item in page["Items"]]


@cache
def _database(endpoint: str, region: str) -> Any:
    import boto3

    return boto3.client(
        "dynamodb",
        endpoint_url=endpoint,
        region_name=region,
        aws_access_key_id="local",
        aws_secret_access_key="local",
    )
