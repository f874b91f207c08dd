"""Letters on the wire: readable French text, honest headers, nothing injected; SMTP, SES and Maildir alike."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email import policy as email_policy
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from parvis_infra import package
from support.engine import ROOT, free_port
from support.mail_servers import Choosy

from functions.gateways.mail import Letter, NoSuchReader, Refused, Unavailable, compose, open_mailer
from functions.jobs import letters
from functions.kit import config

LETTER = Letter(
    to="camille.d'ay@exemple.fr",
    subject="Ville de Chatou – Création de votre espace personnel",
    text="Bonjour Jean-Émile,\n\n" + "une ligne très longue " * 60 + "\n.\nFrom Paul\n« Œuvre » à 3,40 €\n",
    sender="ne-pas-repondre@chatou.example",
    sender_name="Ville de Chatou",
    key="0123456789abcdef",
    at=datetime(2026, 11, 21, 9, 0, tzinfo=UTC),
)


def read(raw: bytes) -> Any:
    return message_from_bytes(raw, policy=email_policy.default)


def text_of(raw: bytes) -> str:
    return str(read(raw).get_content()).replace("\r\n", "\n")


def test_a_letter_says_who_when_and_that_nobody_reads_the_answers() -> None:
    letter = read(compose(LETTER).as_bytes())

    assert str(letter["From"]) == "Ville de Chatou <ne-pas-repondre@chatou.example>"
    assert str(letter["To"]) == LETTER.to
    assert str(letter["Subject"]) == LETTER.subject
    assert letter["Date"].datetime == LETTER.at
    assert str(letter["Message-ID"]) == "<0123456789abcdef@chatou.example>"
    assert str(letter["Auto-Submitted"]) == "auto-generated"
    assert str(letter["Content-Language"]) == "fr"
    assert letter.get_content_type() == "text/plain"
    assert text_of(compose(LETTER).as_bytes()) == LETTER.text


def test_the_wire_is_ascii_with_short_lines_ended_by_crlf() -> None:
    raw = compose(LETTER).as_bytes()

    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 78


@pytest.mark.parametrize(
    "changed",
    [
        {"to": "a@exemple.fr\r\nBcc: b@exemple.fr"},
        {"to": "a@exemple.fr\nBcc: b@exemple.fr"},
        {"to": "a@exemple.fr, b@exemple.fr"},
        {"to": "Camille <a@exemple.fr>"},
        {"to": ""},
        {"to": "a"},
        {"to": "élève@exemple.fr"},
        {"sender": "mairie@exemple.fr\r\nBcc: b@exemple.fr"},
        {"subject": "Bonjour\r\nBcc: b@exemple.fr"},
        {"subject": "Bonjour\nBcc: b@exemple.fr"},
        {"sender_name": "Ville\r\nBcc: b@exemple.fr"},
        {"key": "a\r\nBcc: b@exemple.fr"},
    ],
)
def test_nothing_can_be_added_to_the_headers(changed: dict[str, str]) -> None:
    with pytest.raises(Refused):
        compose(replace(LETTER, **changed))


def test_a_maildir_keeps_the_letter(tmp_path: Path) -> None:
    with open_mailer(f"maildir://{tmp_path}/a/b") as mailer:
        mailer.send(LETTER)

    [kept] = (tmp_path / "a/b/new").iterdir()
    assert text_of(kept.read_bytes()) == LETTER.text


def test_an_unknown_address_of_the_mail_service_is_said_by_name() -> None:
    with pytest.raises(ValueError, match="PARVIS_MAIL"), open_mailer("pigeon://colombier"):
        raise AssertionError("nothing was opened")


@pytest.fixture
def server() -> Iterator[tuple[Choosy, str]]:
    handler = Choosy()
    port = free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield handler, f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()


def test_smtp_takes_the_letter_as_it_is_written(server: tuple[Choosy, str]) -> None:
    handler, address = server

    with open_mailer(address) as mailer:
        mailer.send(LETTER)
        mailer.send(replace(LETTER, to="autre@exemple.fr"))

    assert [str(read(raw)["To"]) for raw in handler.taken] == [LETTER.to, "autre@exemple.fr"]
    assert text_of(handler.taken[0]) == LETTER.text


def test_smtp_tells_never_from_not_now_and_goes_on(server: tuple[Choosy, str]) -> None:
    handler, address = server

    with open_mailer(address) as mailer:
        with pytest.raises(NoSuchReader):
            mailer.send(replace(LETTER, to="inconnu@exemple.fr"))
        for later in ("plus-tard", "boite-pleine"):
            with pytest.raises(Unavailable):
                mailer.send(replace(LETTER, to=f"{later}@exemple.fr"))
        for ours in ("pas-relaye", "interdit", "lettre-refusee"):
            with pytest.raises(Refused) as refused:
                mailer.send(replace(LETTER, to=f"{ours}@exemple.fr"))
            assert refused.type is Refused
        mailer.send(LETTER)

    assert len(handler.taken) == 1


def test_a_server_that_is_not_there_is_unavailable() -> None:
    with open_mailer(f"smtp://127.0.0.1:{free_port()}") as mailer, pytest.raises(Unavailable):
        mailer.send(LETTER)


def test_a_server_that_hangs_up_is_unavailable() -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listener:

        def hang_up() -> None:
            connection, _ = listener.accept()
            connection.close()

        thread = threading.Thread(target=hang_up)
        thread.start()
        with open_mailer(f"smtp://127.0.0.1:{listener.getsockname()[1]}") as mailer, pytest.raises(Unavailable):
            mailer.send(LETTER)
        thread.join(10)


@pytest.fixture
def ses(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Any, Any]]:
    import boto3
    from botocore.stub import Stubber

    client = boto3.client("ses", region_name="eu-west-3", aws_access_key_id="x", aws_secret_access_key="x")
    monkeypatch.setattr(boto3, "client", lambda *_, **__: client)
    with open_mailer("ses://eu-west-3") as mailer, Stubber(client) as stub:
        yield mailer, stub


def test_ses_gets_the_whole_letter(ses: tuple[Any, Any]) -> None:
    mailer, stub = ses
    sent = {
        "Source": LETTER.sender,
        "Destinations": [LETTER.to],
        "RawMessage": {"Data": compose(LETTER).as_bytes()},
    }
    stub.add_response("send_raw_email", {"MessageId": "1"}, sent)

    mailer.send(LETTER)

    stub.assert_no_pending_responses()


def test_ses_is_told_where_to_say_that_a_letter_came_back(ses: tuple[Any, Any]) -> None:
    _, stub = ses
    sent = {
        "Source": LETTER.sender,
        "Destinations": [LETTER.to],
        "RawMessage": {"Data": compose(LETTER).as_bytes()},
        "ConfigurationSetName": "parvis-mail",
    }
    stub.add_response("send_raw_email", {"MessageId": "1"}, sent)

    with open_mailer("ses://eu-west-3", "parvis-mail") as mailer:
        mailer.send(LETTER)

    stub.assert_no_pending_responses()


@pytest.mark.parametrize(
    ("code", "kind"), [("Throttling", Unavailable), ("ServiceUnavailable", Unavailable), ("MessageRejected", Refused)]
)
def test_ses_tells_never_from_not_now(ses: tuple[Any, Any], code: str, kind: type[Exception]) -> None:
    mailer, stub = ses
    stub.add_client_error("send_raw_email", code)

    with pytest.raises(kind):
        mailer.send(LETTER)


# Templates

NAMES: dict[str, Any] = {
    "given_name": "Jean-Émile",
    "username": "d'ay <b>",
    "commune": {"name": "Chatou", "title": "Ville de Chatou"},
    "contact": {"name": "Pôle Enfance", "phone": "01 34 80 46 62", "email": "a@b.fr", "hours": ("Le lundi",)},
    "origin": "https://famille.chatou.example",
    "link": "https://famille.chatou.example/activation/#abc",
    "link_ends": "dimanche 22 novembre 2026 à 10 h",
    "code": "012345",
    "reason": "Aucun enfant de ce nom.",
    "details": {"residence": "out"},
    "code_ends": "dimanche 22 novembre 2026 à 10 h 10",
}
TEMPLATES = sorted(path.stem for path in (ROOT / "content/courriels").glob("*.txt"))


def test_there_are_templates() -> None:
    assert {"activation", "espace-existant"} <= set(TEMPLATES)


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_reads_well(template: str) -> None:
    subject, text = letters.render(ROOT / "content/courriels", template, NAMES)

    assert subject.startswith("Ville de Chatou – ")
    assert "01 34 80 46 62" in text
    assert not any(mark in text for mark in ("{{", "{%", "None", " ;", " :", " !", " ?", "« ", " »"))
    assert max(len(line) for line in text.splitlines()) <= 160


def test_the_activation_letter_is_named_as_the_leaflet_says() -> None:
    """« qui a pour objet “Ville de Chatou – Création de votre espace personnel” » (leaflet of Chatou)."""
    subject, text = letters.render(ROOT / "content/courriels", "activation", NAMES)

    assert subject == "Ville de Chatou – Création de votre espace personnel"
    assert NAMES["link"] in text.splitlines()
    assert "d'ay <b>" in text  # plain text: nothing is escaped


def test_a_template_that_names_something_unknown_fails(tmp_path: Path) -> None:
    from jinja2 import UndefinedError

    (tmp_path / "a.txt").write_text("Objet : Bonjour\n\n{{ commune.maire }}\n", encoding="utf-8")

    with pytest.raises(UndefinedError):
        letters.render(tmp_path, "a", NAMES)


@pytest.mark.parametrize("text", ["Bonjour\n\nTexte\n", "Objet : Bonjour\n", ""])
def test_a_template_without_subject_or_body_fails(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")

    with pytest.raises(letters.BadTemplate):
        letters.render(tmp_path, "a", NAMES)


def test_the_templates_stand_beside_the_functions_unless_said_otherwise() -> None:
    """In a zip as in the project: content/courriels at the root."""
    env = {
        "PARVIS_ORIGIN": "http://localhost:8000",
        "PARVIS_SESSION_KEYS": json.dumps({"k": "11" * 32}),
        "PARVIS_PEPPER": "22" * 32,
        "PARVIS_HEALTH_KEY": "33" * 32,
        "PARVIS_REGLEMENT": "/reglement.json",
        "PARVIS_MAIL": "ses://eu-west-3",
        "PARVIS_MAIL_FROM": "a@b.fr",
    }

    assert config.load(env).letters == ROOT / "content" / "courriels"
    assert config.load({**env, "PARVIS_LETTERS": "/ailleurs"}).letters == Path("/ailleurs")


def test_the_zip_of_jobs_carries_the_templates_and_the_others_do_not(tmp_path: Path) -> None:
    for function, carried in (("jobs", TEMPLATES), ("accounts", [])):
        code = package.stage_code(function, tmp_path)

        assert sorted(path.stem for path in code.glob("content/courriels/*.txt")) == carried


def test_zappa_leaves_the_templates_in_the_zip_of_jobs() -> None:
    stages = json.loads((ROOT / "zappa_settings.json").read_text(encoding="utf-8"))

    for name in ("content", "courriels", "activation.txt"):
        assert not any(fnmatch(name, pattern) for pattern in stages["jobs"]["exclude"])
    assert set(stages["base"]["exclude"]) - {"content"} <= set(stages["jobs"]["exclude"])
