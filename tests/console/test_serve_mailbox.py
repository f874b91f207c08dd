"""The mailbox page of one machine."""

import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest
from werkzeug.test import Client

from functions.console.mailbox import Mailbox


def _letter(subject: str, text: str) -> EmailMessage:
    letter = EmailMessage()
    letter["From"] = "Ville <ne-pas-repondre@villeparvis.example>"
    letter["To"] = "lucie@example.net"
    letter["Subject"] = subject
    letter["Date"] = "Sat, 21 Nov 2026 09:00:00 +0000"
    letter.set_content(text)
    letter.add_alternative(f"<p>{text}</p>", subtype="html")
    return letter


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    return tmp_path / "courriel"


@pytest.fixture
def client(maildir: Path) -> Client:
    return Client(Mailbox(maildir, {"Content-Security-Policy": "default-src 'none'"}))


def test_an_empty_mailbox_says_so(client: Client) -> None:
    answer = client.get("/boite-mail/")

    assert "Aucun message" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'"


def test_a_letter_is_listed_then_read_with_its_link_clickable(client: Client, maildir: Path) -> None:
    link = "http://localhost:8000/activation/#abc_DEF-123"
    key = mailbox.Maildir(maildir).add(_letter("Création de votre espace", f"Bonjour,\n\nOuvrez {link}.\n\nÀ bientôt"))

    assert "Création de votre espace" in client.get("/boite-mail/").text
    page = client.get(f"/boite-mail/{key}").text

    assert f'<a href="{link}">{link}</a>.' in page
    assert "le 21/11/2026 à 10:00" in page


def test_a_letter_cannot_write_into_the_page(client: Client, maildir: Path) -> None:
    key = mailbox.Maildir(maildir).add(_letter("<script>x</script>", "<img src=x onerror=y> javascript:alert(1)"))

    for page in (client.get("/boite-mail/").text, client.get(f"/boite-mail/{key}").text):
        assert "<script" not in page
        assert "<img" not in page
        assert 'href="javascript' not in page


@pytest.mark.parametrize("key", ["inconnu", "../../etc/passwd", "a b", "%00"])
def test_an_unknown_letter_is_not_found(client: Client, maildir: Path, key: str) -> None:
    mailbox.Maildir(maildir).add(_letter("Objet", "Texte"))

    assert client.get(f"/boite-mail/{key}").status_code == 404


def test_the_mailbox_is_only_read(client: Client) -> None:
    assert client.post("/boite-mail/").status_code == 405
