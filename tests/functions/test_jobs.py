"""After the action: its mail and its line in the audit, at most twice and never zero times, whatever breaks between."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from support import factories, sign_up
from support.client import Portal
from support.sign_up import Parent, create, letters, run_jobs

from functions.gateways import mail
from functions.jobs import app as jobs_app
from functions.jobs import service
from functions.kit import clock, config
from functions.store import accounts, audit, events
from functions.store.events import Event
from functions.store.transactions import Transaction

EMAIL = "camille@exemple.fr"


class Killed(BaseException):
    """Not an Exception: nothing catches it, as nothing catches the end of a process."""


def dying(work: Callable[..., Any], *, after: bool) -> Callable[..., Any]:
    def once(*arguments: Any) -> Any:
        if after:
            work(*arguments)
        raise Killed

    return once


def round_of_jobs() -> int:
    from support import iam

    with iam.acting_as("jobs"):
        return service.run_once(clock.now())


def put(*effects: dict[str, Any], table: str = "core", key: str = "k" * 16, name: str = "essai") -> Event:
    event = Event(table, "COMPTE#essai", key, name, "essai", clock.now(), "", effects=effects)
    transaction = Transaction()
    events.add(transaction, event)
    transaction.commit()
    return event


def left(table: str = "credentials") -> list[Event]:
    return list(events.pending(table))


def lines(portal: Portal) -> list[dict[str, Any]]:
    return [json.loads(item["doc"]["S"]) for item in sign_up.stored(portal, "audit")]


def test_a_creation_becomes_one_mail_and_one_line_of_audit(portal: Portal) -> None:
    create(portal.browser(), Parent())

    handled, again = round_of_jobs(), round_of_jobs()

    assert (handled, again) == (1, 0)
    assert [str(letter["To"]) for letter in letters(portal)] == [EMAIL]
    assert [line["name"] for line in lines(portal)] == ["account.created"]
    assert left() == []


def test_the_schedule_empties_the_outbox(portal: Portal) -> None:
    for number in range(120):
        put(key=f"{number:016}")

    assert jobs_app.handle({"command": "x"}, None) == {"handled": 120}
    assert len(lines(portal)) == 120


def test_the_oldest_goes_first(portal: Portal) -> None:
    for minutes, key in ((5, "b" * 16), (0, "a" * 16), (9, "c" * 16)):
        with clock.at(clock.now() + timedelta(minutes=minutes)):
            put(key=key)

    assert [event.key[0] for event in left("core")] == ["a", "b", "c"]
    assert portal


@pytest.mark.parametrize(
    ("module", "name", "after", "mails"),
    [
        (mail._Maildir, "send", False, 1),  # killed before the letter left
        (mail._Maildir, "send", True, 2),  # killed once it had left: it leaves again, and no more
        (events, "advance", False, 2),
        (events, "advance", True, 1),
        (audit, "append", False, 1),
        (audit, "append", True, 1),
        (events, "done", False, 1),
        (events, "done", True, 1),
    ],
)
def test_killed_anywhere_the_mail_goes_once_or_twice_and_never_zero_times(
    portal: Portal, monkeypatch: pytest.MonkeyPatch, module: Any, name: str, after: bool, mails: int
) -> None:
    """Faults 9 and 10."""
    create(portal.browser(), Parent())
    with monkeypatch.context() as crash:
        crash.setattr(module, name, dying(getattr(module, name), after=after))
        with pytest.raises(Killed):
            round_of_jobs()

    run_jobs()
    run_jobs()

    assert len(letters(portal)) == mails
    assert len({str(letter["Message-ID"]) for letter in letters(portal)}) == 1
    assert len(lines(portal)) == 1
    assert left() == []


def test_without_the_note_of_what_is_done_a_broken_audit_would_write_again_and_again(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The audit fails four times: one letter. Negative control: with the note off, four."""
    for note, mails in ((events.advance, 1), (lambda event, _: event, 4)):
        email = f"audit{mails}@exemple.fr"
        create(portal.browser(), Parent(f"audit{mails}", email))
        with monkeypatch.context() as broken:
            broken.setattr(events, "advance", note)
            broken.setattr(audit, "append", lambda _: 1 / 0)
            for _ in range(4):
                round_of_jobs()

        assert len(letters(portal, email)) == mails


def test_two_rounds_at_once_write_at_most_twice(portal: Portal) -> None:
    create(portal.browser(), Parent())

    sign_up.at_once(lambda _: service.run_once(clock.now()), 2)

    assert len(letters(portal)) in {1, 2}
    assert len(lines(portal)) == 1


def test_a_poisoned_event_is_set_aside_and_the_rest_goes_on(portal: Portal, caplog: pytest.LogCaptureFixture) -> None:
    """Fault 12."""
    put({"kind": "telegramme"}, key="poison-" + "p" * 10)
    put({"kind": "mail", "template": "inconnu", "account_id": "x"}, key="sans-lecteur-" + "p" * 5)
    create(portal.browser(), Parent())

    first = round_of_jobs()
    for _ in range(6):
        round_of_jobs()

    assert first == 2
    assert len(letters(portal)) == 1
    assert left() == left("core") == []
    assert [event.key for event in events.aside("core")] == ["poison-" + "p" * 10]
    assert len(lines(portal)) == 2
    assert caplog is not None


@pytest.mark.parametrize("template", ["inconnu", "../commune/commune", "/etc/passwd"])
def test_an_unknown_template_is_set_aside(portal: Portal, template: str) -> None:
    create(portal.browser(), Parent())
    run_jobs()
    account_id = accounts.pending_at(EMAIL, clock.now(), 1)[0].account_id
    put({"kind": "mail", "template": template, "account_id": account_id})

    for _ in range(service.MOST_FAILURES):
        round_of_jobs()

    assert len(letters(portal)) == 1
    assert len(list(events.aside("core"))) == 1


def test_while_the_mail_service_is_away_letters_wait(portal: Portal, settings: config.Config) -> None:
    from support.engine import free_port

    create(portal.browser(), Parent())
    config.use(replace(settings, mail=f"smtp://127.0.0.1:{free_port()}"))
    away = [round_of_jobs() for _ in range(2 * service.MOST_FAILURES)]
    put(key="sans-courriel-" + "x" * 4)
    others = round_of_jobs()
    config.use(settings)

    back = round_of_jobs()

    assert set(away) == {0}
    assert others == 1
    assert back == 1
    assert len(letters(portal)) == 1
    assert list(events.aside("credentials")) == []


def test_the_address_is_the_one_of_the_moment_of_sending(portal: Portal) -> None:
    sign_up.sign_up(portal, Parent())
    file = factories.family(
        factories.child(), guardians=(replace(factories.guardian("Anne"), email="anne@exemple.fr"),)
    )
    guardian = file.guardians[0]
    put(
        {
            "kind": "mail",
            "template": "espace-existant",
            "foyer_id": file.foyer_id,
            "guardian_id": guardian.person_id,
        }
    )

    run_jobs()

    assert [str(letter["To"]) for letter in letters(portal, "anne")] == ["anne@exemple.fr"]


@pytest.mark.parametrize("who", [{"account_id": "f" * 32}, {"foyer_id": "x", "guardian_id": "y"}])
def test_a_letter_to_somebody_who_left_is_nobodys_fault(portal: Portal, who: dict[str, str]) -> None:
    put({"kind": "mail", "template": "activation", **who})

    assert run_jobs() == 1
    assert letters(portal) == []
    assert left("core") == list(events.aside("core")) == []


def test_what_stands_in_the_outbox_and_the_audit_is_no_secret(portal: Portal) -> None:
    sign_up.signed_up_and_in(portal, Parent())
    run_jobs()

    written = repr(sign_up.stored(portal, "audit"))
    assert "account.activated" in written
    for secret in (EMAIL, "Martin", "Camille", sign_up.PASSWORD):
        assert secret not in written


def test_an_account_that_exists_is_told_so_and_gets_no_link(portal: Portal) -> None:
    sign_up.sign_up(portal, Parent())

    answer = create(portal.browser(), Parent("autre.nom"))
    run_jobs()

    letter = letters(portal)[-1]
    assert answer.status_code == 202
    assert "Vous avez déjà un espace" in str(letter["Subject"])
    assert "#" not in letter.get_content()
    assert "/connexion/" in letter.get_content()
