"""A family known from the town's file: the command, the mail, the page of its link, then the children on the dashboard;
and the letter for whom no mail reaches, as it is printed.
"""

import csv
import os
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from looking import CAPTURES, listen, look_at_both_sizes, storage
from people import Account, active_account, fill_sign_in, last_letter, signed_in
from playwright.sync_api import BrowserContext, expect
from serving import Serving
from support.engine import ROOT
from town_files import import_family

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-public")]

Launch = Callable[..., AbstractContextManager[BrowserContext]]
_PATIENCE = 4  # times what one letter takes at most
PASSWORD = "sept hérons sur la Loire"


def invited_by(serving: Serving, email: str) -> str:
    """The token mailed to this address. The demonstration town's other families are written to as well."""
    for _ in range(_PATIENCE):
        try:
            return last_letter(serving, email, "/invitation/#").partition("/invitation/#")[2].split()[0]
        except AssertionError:
            continue
    raise AssertionError(f"no invitation for {email}")


def exported(path: Path) -> list[list[str]]:
    with path.open(encoding="cp1252", newline="") as opened:
        return list(csv.reader(opened, delimiter=";"))


def import_rows(serving: Serving, path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="cp1252", newline="") as made:
        csv.writer(made, delimiter=";").writerows(rows)
    subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "functions.console.main", "import", "foyers", path, "--apply"],
        cwd=ROOT,
        env={**os.environ, "PARVIS_VAR": str(serving.var), "PARVIS_PORT": str(serving.port)},
        capture_output=True,
        check=True,
    )


def invite(serving: Serving, *arguments: str | Path) -> str:
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "functions.console.main", "invite", *arguments],
        cwd=ROOT,
        env={**os.environ, "PARVIS_VAR": str(serving.var), "PARVIS_PORT": str(serving.port)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_known_parent_opens_the_space_by_the_mail(serving: Serving, open_browser: Launch, tmp_path: Path) -> None:
    family = import_family(serving, tmp_path, 8)
    invite(serving, "--send")
    token = invited_by(serving, family.email)
    with open_browser(tmp_path / "profile", "390") as context:
        page = context.new_page()
        errors = listen(page)
        page.goto(f"{serving.origin}/invitation/")
        expect(page.get_by_text("Ouvrez le lien reçu par e-mail")).to_be_visible()
        expect(page.get_by_role("button", name="Ouvrir mon espace")).to_be_hidden()
        look_at_both_sizes(page, "invitation-sans-lien")

        page.goto("about:blank")
        page.goto(f"{serving.origin}/invitation/#{token}")
        expect(page.get_by_text(family.email)).to_be_visible()
        expect(page.get_by_text(f"Jeanne {family.usual_name}")).to_be_visible()
        assert token not in page.url + str(storage(page))
        look_at_both_sizes(page, "invitation")
        page.get_by_role("button", name="Ouvrir mon espace").click()
        expect(page.locator(".p-error-summary")).to_be_focused()
        look_at_both_sizes(page, "invitation-erreurs")
        page.get_by_label("Identifiant").fill("jeanne.invitee")
        page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
        page.get_by_label("Confirmation du mot de passe").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.locator("[data-done]")).to_be_focused()
        look_at_both_sizes(page, "invitation-acceptee")

        page.get_by_role("link", name="Me connecter").last.click()
        fill_sign_in(page, Account("jeanne.invitee", PASSWORD))
        page.wait_for_url("**/mon-espace/")
        expect(page.get_by_text("Jean-Émile").first).to_be_visible()

        page.goto(f"{serving.origin}/invitation/#{token}")
        expect(page.get_by_role("heading", name="Cette invitation ne peut pas servir")).to_be_visible()
        expect(page.get_by_role("button", name="Ouvrir mon espace")).to_be_hidden()
        look_at_both_sizes(page, "invitation-deja-servie")
        assert errors == []


def test_an_account_of_that_address_gets_the_file_by_a_button(
    serving: Serving, open_browser: Launch, tmp_path: Path
) -> None:
    family = import_family(serving, tmp_path, 9)
    active_account(serving, "jeanne9")  # at jeanne9@exemple.example, the address of the file
    invite(serving, "--send")
    token = invited_by(serving, family.email)
    with open_browser(tmp_path / "profile", "1280") as context:
        page = context.new_page()
        page.goto(f"{serving.origin}/invitation/#{token}")
        button = page.get_by_role("button", name="Relier ce dossier à mon espace")
        expect(button).to_be_visible()
        expect(page.get_by_role("button", name="Ouvrir mon espace")).to_be_hidden()
        look_at_both_sizes(page, "invitation-espace-existant")
        button.press("Enter")
        expect(page.get_by_role("heading", name="Le dossier est relié à votre espace")).to_be_focused()
        look_at_both_sizes(page, "invitation-reliee")


def test_letters_print_one_page_each_and_the_key_is_large(
    serving: Serving, open_browser: Launch, tmp_path: Path
) -> None:
    family = import_family(serving, tmp_path / "un", 7)
    rows = exported(tmp_path / "un" / "export-7.csv")
    for row in rows[1:]:
        row[0] = "97777"
        row[14] = ""
        row[5] = row[5].replace("Jeanne", "Odile")
    import_rows(serving, tmp_path / "sans-courriel.csv", rows)
    path = tmp_path / "lettres.html"
    invite(serving, "--letters", path)
    with open_browser(tmp_path / "profile", "1280") as context:
        page = context.new_page()
        page.goto(path.as_uri())
        pages = page.locator("article")
        letter = pages.filter(has_text="Odile")
        expect(letter).to_contain_text(family.usual_name)
        key = letter.locator(".cle strong")
        assert re.fullmatch(r"\d{5}-[A-Z]{5}", key.inner_text().strip())
        assert float(key.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")) >= 30
        CAPTURES.mkdir(parents=True, exist_ok=True)
        printed = CAPTURES / "lettre-cle-enfance.pdf"
        page.pdf(path=printed, prefer_css_page_size=True)
        assert printed.read_bytes().count(b"/Type /Page\n") == pages.count()


def test_a_parent_invites_the_other_from_mon_espace(serving: Serving, open_browser: Launch, tmp_path: Path) -> None:
    family = import_family(serving, tmp_path, 6)
    rows = exported(tmp_path / "export-6.csv")
    other = rows[1].copy()
    other[2], other[5], other[14] = "M.", "Dominique", "dominique6@exemple.example"
    import_rows(serving, tmp_path / "deux.csv", [rows[0], rows[1], other, *rows[2:]])
    account = active_account(serving, "jeanne.six", family)
    with open_browser(tmp_path / "profile", "390") as context:
        page = signed_in(context.new_page(), serving, account)
        errors = listen(page)
        expect(page.get_by_text("Co-représentant, sans compte")).to_be_visible()
        look_at_both_sizes(page, "mon-espace-inviter")
        button = page.get_by_role("button", name="Inviter Dominique")
        button.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text("Co-représentant, invité le 21 novembre 2026")).to_be_visible()
        expect(button).to_be_hidden()
        look_at_both_sizes(page, "mon-espace-invite")
        assert "dominique6@exemple.example" not in page.content()
        assert invited_by(serving, "dominique6@exemple.example")
        assert "Vous venez d’inviter" in last_letter(serving, "jeanne.six@exemple.example", "Vous venez d’inviter")
        page.reload()
        expect(page.get_by_role("button", name="Inviter de nouveau Dominique")).to_be_visible()
        assert errors == []
