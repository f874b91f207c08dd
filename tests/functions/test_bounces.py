"""Letters that come back: the address is flagged, writing there is bounded, the person is told, and nobody else."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from aiosmtpd.controller import Controller
from support import iam, sign_up
from support.client import Browser, Portal
from support.engine import ROOT, free_port
from support.mail_servers import Choosy
from support.sign_up import Parent, create, letters, run_jobs

from functions.actions import bounces
from functions.jobs import delivery, service
from functions.kit import clock, config
from functions.store import events
from functions.store.events import Event
from functions.store.transactions import Transaction

GONE, LATER, FINE = "inconnu@exemple.fr", "plus-tard@exemple.fr", "camille@exemple.fr"


@pytest.fixture
def server(portal: Portal, settings: config.Config) -> Iterator[Choosy]:
    """A real server in the place of the town's; the accounts made before keep their Maildir."""
    handler, port = Choosy(), free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    config.use(replace(settings, mail=f"smtp://127.0.0.1:{port}"))
    try:
        yield handler
    finally:
        config.use(settings)
        controller.stop()
    assert portal


def since(address: str) -> datetime | None:
    return bounces.failing_since(address, clock.now())


def flag(address: str) -> None:
    now = clock.now()
    assert bounces.report(address, now, now, now)


def write_to(account_id: str, template: str, number: int) -> None:
    effect = {"kind": "mail", "template": template, "account_id": account_id, "details": {"residence": ""}}
    event = Event("core", f"COMPTE#{account_id}", f"{number:016}", "essai", "", clock.now(), "", effects=(effect,))
    transaction = Transaction()
    events.add(transaction, event)
    transaction.commit()


def test_of_three_addresses_the_one_refused_for_ever_is_flagged(portal: Portal, server: Choosy) -> None:
    """Fault 38. One event each: the refused one is done with, the delayed one waits, the third one arrives."""
    for number, email in enumerate((GONE, LATER, FINE)):
        create(portal.browser(), Parent(f"parent{number}", email))
    with iam.acting_as("jobs"):
        for _ in range(2 * service.MOST_FAILURES):
            service.run_once(clock.now())

    assert server.taken_by == [FINE]
    assert [bool(since(email)) for email in (GONE, LATER, FINE)] == [True, False, False]
    assert len(list(events.pending("credentials"))) == 1
    assert list(events.aside("credentials")) == []
    assert server.asked.count(GONE) == 1


@pytest.mark.parametrize("email", ["pas-relaye@exemple.fr", "interdit@exemple.fr", "lettre-refusee@exemple.fr"])
def test_what_is_wrong_with_the_town_s_own_server_flags_no_family(portal: Portal, server: Choosy, email: str) -> None:
    create(portal.browser(), Parent(email=email))
    with iam.acting_as("jobs"):
        for _ in range(service.MOST_FAILURES):
            service.run_once(clock.now())

    assert since(email) is None
    assert len(list(events.aside("credentials"))) == 1
    assert server.taken_by == []


def test_asking_again_for_a_flagged_address_is_answered_alike_and_writes_three_times_a_day(
    portal: Portal, server: Choosy, travel: Callable[[datetime], None]
) -> None:
    create(portal.browser(), Parent(email=GONE))
    run_jobs()
    start, answers = clock.now(), []
    for hours in range(2, 8):
        travel(start + timedelta(minutes=61 * hours))
        answers += [portal.browser().post("/api/activation/resend", {"email": email}) for email in (GONE, FINE)]
        run_jobs()

    assert len({(answer.status_code, answer.data) for answer in answers}) == 1
    assert answers[0].status_code == 202
    assert server.asked.count(GONE) == 1 + delivery.MOST_A_DAY
    assert list(events.pending("credentials")) == list(events.aside("credentials")) == []


def test_letters_that_can_be_spared_are_not_sent_while_the_address_is_flagged(portal: Portal) -> None:
    camille = sign_up.signed_up_and_in(portal, Parent())
    account_id = account_of(camille)
    before = len(letters(portal))
    flag(FINE)
    write_to(account_id, "adresse-postale-changee", 1)
    write_to(account_id, "mot-de-passe-change", 2)
    run_jobs()

    [sent] = letters(portal)[before:]
    assert "mot de passe" in str(sent["Subject"])
    assert list(events.pending("core")) == []


def test_a_letter_that_waits_for_the_mail_service_takes_one_place_of_the_day(portal: Portal, server: Choosy) -> None:
    create(portal.browser(), Parent(email=LATER))
    flag(LATER)
    with iam.acting_as("jobs"):
        for _ in range(2 * delivery.MOST_A_DAY):
            service.run_once(clock.now())

    assert server.asked.count(LATER) == 2 * delivery.MOST_A_DAY
    assert len(list(events.pending("credentials"))) == 1


def account_of(browser: Browser) -> str:
    from functions.store import accounts

    email = browser.get("/api/accounts/me").get_json()["email"]
    return str(accounts.find_claim("COURRIEL", email, clock.now()))


def test_every_essential_letter_exists() -> None:
    assert {path.stem for path in (ROOT / "content/courriels").glob("*.txt")} >= delivery.ESSENTIAL


def test_following_a_link_received_there_takes_the_flag_away(portal: Portal) -> None:
    create(portal.browser(), Parent())
    token = sign_up.last_token(portal, FINE)
    flag(FINE)

    assert portal.browser().post("/api/activation", {"token": token}).status_code == 200
    assert since(FINE) is None


def test_a_flag_passes_and_a_new_one_is_taken(portal: Portal, travel: Callable[[datetime], None]) -> None:
    flag(FINE)
    travel(clock.now() + timedelta(days=181))

    assert since(FINE) is None
    flag(FINE)
    assert since(FINE)
    assert portal


def test_the_person_sees_the_notice_and_has_the_address_tried_again(portal: Portal) -> None:
    camille = sign_up.signed_up_and_in(portal, Parent())
    stranger = sign_up.signed_up_and_in(portal, Parent("autre.parent", "autre@exemple.fr"))
    assert camille.get("/api/accounts/mail").get_json() == {"email": FINE, "failing_since": None}
    flag(FINE)

    shown = camille.get("/api/accounts/mail").get_json()
    again = [camille.post("/api/accounts/mail/retry", None, key="k" * 20).status_code for _ in range(2)]
    run_jobs()

    assert shown["failing_since"]
    assert stranger.get("/api/accounts/mail").get_json()["failing_since"] is None
    assert again == [202, 202]
    assert camille.get("/api/accounts/mail").get_json()["failing_since"] is None
    assert sum("reçoit bien" in str(letter["Subject"]) for letter in letters(portal, FINE)) == 1


def test_trying_again_is_bounded_and_comes_back_where_nobody_reads(portal: Portal, server: Choosy) -> None:
    settings = config.current()
    config.use(portal.settings)
    parent = sign_up.signed_up_and_in(portal, Parent(email=GONE))
    config.use(settings)
    flag(GONE)

    answers = []
    for _ in range(4):
        answers.append(parent.post("/api/accounts/mail/retry", None).status_code)
        run_jobs()

    assert answers == [202, 202, 202, 429]
    assert server.asked.count(GONE) == 3
    assert parent.get("/api/accounts/mail").get_json()["failing_since"]


def test_what_is_kept_of_a_bounce_names_no_address(portal: Portal) -> None:
    flag(FINE)

    kept = repr(sign_up.stored(portal, "ephemeral"))
    assert "REBOND#" in kept
    assert "exemple" not in kept
