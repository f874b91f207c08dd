"""`parvis invite` as a town runs it, on the real engine: counts, mails once, letters with a key that opens."""

import re
import stat
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from support import factories, key_letters, sign_up
from support.client import Portal
from support.sign_up import letters, run_jobs

from functions.console.main import main
from functions.kit import clock, config
from functions.store import foyers

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def parvis(
    settings: config.Config, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Run:
    """Run the command on this test's tables; return its exit code and all that it says."""
    monkeypatch.setenv("PARVIS_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("PARVIS_DYNAMODB_ENDPOINT", settings.dynamodb_endpoint)
    monkeypatch.setenv("PARVIS_TABLE_PREFIX", settings.table_prefix)
    monkeypatch.setenv("PARVIS_REGLEMENT", str(settings.reglement))
    monkeypatch.setenv("PARVIS_PEPPER", settings.pepper.hex())
    monkeypatch.setenv("LOGNAME", "agnes")

    def run(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["parvis", "invite", *arguments])
        code: Any = 0
        try:
            main()
        except SystemExit as stop:
            code = stop.code or 0
        config.use(settings)  # the command has its own mail and origin; the portal keeps the test's
        said = capsys.readouterr()
        return int(code), (said.out + said.err).replace("\u202f", " ")

    return run


def town() -> None:
    """Two with an address of their own, one who shares it, one without, one who has an account."""
    anne, marc = sorted((factories.guardian("Anne"), factories.guardian("Anne")), key=lambda one: one.person_id)
    marc = replace(marc, title="M.", given_names=("Marc",))
    factories.family(factories.child("Léo"), guardians=(anne, replace(marc, email=anne.email.upper())))
    factories.family(
        factories.child("Zoé"),
        guardians=(
            factories.guardian("Inès"),
            replace(factories.guardian("Paul", title="M."), email=""),
            replace(factories.guardian("Rose"), account_id="f" * 32),
        ),
    )


def sent(portal: Portal) -> list[str]:
    run_jobs()
    return sorted(str(letter["To"]) for letter in letters(portal))


def test_without_option_it_counts_and_sends_nothing(portal: Portal, parvis: Run) -> None:
    town()

    for arguments in ((), ("--dry-run",)):
        code, said = parvis(*arguments)
        assert code == 0
        assert "5 responsables dans 2 dossiers" in said
        assert re.findall(r"^ +(\d+)  (.{14})", said, re.MULTILINE) == [
            ("1", "ont déjà un es"), ("2", "n’ont jamais é"), ("2", "n’ont pas d’ad"),
        ]  # fmt: skip
        assert "Rien n’est envoyé" in said
    assert sent(portal) == []


def test_each_guardian_with_an_address_of_their_own_is_written_to_once(portal: Portal, parvis: Run) -> None:
    town()

    assert "2 invitations partent" in parvis("--send")[1]
    assert len(sent(portal)) == len(set(sent(portal))) == 2
    code, again = parvis("--send")

    assert code == 0
    assert "2  ont une invitation encore valable" in again
    assert "0 invitation part" in again
    assert len(sent(portal)) == 2


def test_an_invitation_that_ran_out_is_sent_again(
    portal: Portal, parvis: Run, travel: Callable[[datetime], None]
) -> None:
    town()
    parvis("--send")
    travel(clock.now() + timedelta(days=14))

    assert "2  ont laissé expirer leur invitation" in parvis()[1]
    assert "2 invitations partent" in parvis("--send")[1]
    assert len(sent(portal)) == 4


def test_a_limit_spreads_the_mails_over_several_runs(portal: Portal, parvis: Run) -> None:
    town()

    assert "1 invitation part." in parvis("--send", "--limit", "1")[1]
    assert "1 invitation part." in parvis("--send", "--limit", "1")[1]
    assert "0 invitation part." in parvis("--send", "--limit", "1")[1]
    assert len(set(sent(portal))) == 2


def test_no_name_and_no_address_is_said(portal: Portal, parvis: Run, tmp_path: Path) -> None:
    town()

    said = parvis("--send", "--letters", str(tmp_path / "lettres.html"))[1].lower()

    assert portal
    assert not [word for word in ("anne", "marc", "inès", "paul", "rose", "martin", "léo", "zoé", "@") if word in said]


def test_each_letter_is_a_page_whose_key_opens_the_file(portal: Portal, parvis: Run, tmp_path: Path) -> None:
    town()
    path = tmp_path / "lettres.html"

    code, said = parvis("--letters", str(path))

    text = path.read_text(encoding="utf-8")
    keys = re.findall(r"<strong>(\d{5}-[A-Z]{5})</strong>", text)
    assert code == 0
    assert "2 lettres écrites" in said
    assert len(set(keys)) == text.count("<article>") == text.count("</article>") == 2
    assert "M. Marc Martin" in text
    assert "M. Paul Martin" in text
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    proof = {
        "key": keys[0] if text.index("Léo") < text.index("Zoé") else keys[1],
        "child_usual_name": "Martin",
        "child_given_name": "Léo",
        "child_birth_date": "2018-03-14",
    }
    assert key_letters.link(factories.stranger(portal), proof).status_code == 200


def test_letters_already_printed_are_not_printed_again(portal: Portal, parvis: Run, tmp_path: Path) -> None:
    town()
    parvis("--letters", str(tmp_path / "une.html"))

    assert "0 lettres écrites" in parvis("--letters", str(tmp_path / "deux.html"))[1]
    assert portal


def test_names_in_a_letter_are_text_not_markup(portal: Portal, parvis: Run, tmp_path: Path) -> None:
    odd = replace(factories.guardian("<b>Jo</b>"), email="")
    factories.family(factories.child("L&o"), guardians=(odd,))
    path = tmp_path / "lettres.html"
    parvis("--letters", str(path))

    assert "<b>" not in path.read_text(encoding="utf-8")
    assert "L&amp;o" in path.read_text(encoding="utf-8")
    assert portal


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--limit", "3"), "--limit borne les envois"),
        (("--send", "--dry-run"), "--dry-run ne fait que compter"),
        (("--send", "--letters", "lettres.pdf"), "en .html"),
        (("--send", "--limit", "0"), "--limit"),
    ],
)
def test_options_that_do_not_go_together_write_nothing(
    portal: Portal, parvis: Run, arguments: tuple[str, ...], why: str
) -> None:
    town()

    code, said = parvis(*arguments)

    assert (code, why in said) == (2, True)
    assert sent(portal) == []


def test_a_file_that_exists_is_kept_and_nothing_is_sent(portal: Portal, parvis: Run, tmp_path: Path) -> None:
    town()
    path = tmp_path / "lettres.html"
    path.write_text("des clés")

    code, said = parvis("--send", "--letters", str(path))

    assert (code, path.read_text()) == (2, "des clés")
    assert "existe déjà" in said
    assert sent(portal) == []


def test_two_commands_at_once_send_one_mail_each(portal: Portal) -> None:
    from functions.actions import invitations
    from functions.store import invitations as store

    file = factories.family(factories.child(), guardians=(factories.guardian("Anne"),))
    known = store.of_foyer(file.foyer_id)

    done = sign_up.at_once(lambda _: invitations.send(file, file.guardians[0], known, by="agnes", now=clock.now()), 3)

    assert sorted(done) == [False, False, True]
    assert len(sent(portal)) == 1
    assert [each.guardian_id for each in store.of_foyer(file.foyer_id).values()] == [file.guardians[0].person_id]
    assert list(foyers.every_id()) == [file.foyer_id]
