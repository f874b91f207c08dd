"""A parent invites the other one: at the address of the file, which stays unseen; never in somebody else's family."""

from dataclasses import replace
from typing import Any

import pytest
from support import factories, sign_up
from support.client import Browser, Portal
from support.sign_up import letters, run_jobs
from werkzeug.wrappers import Response

from functions.domain.foyer import FoyerFile, Guardian
from functions.store import foyers

KEY = "af1b7d1e-1111-4222-8333-444455556666"


@pytest.fixture
def file(portal: Portal) -> FoyerFile:
    assert portal
    guardians = (factories.guardian("Camille"), factories.guardian("Dominique", title="M."))
    return factories.family(factories.child("Léo"), guardians=guardians)


def named(file: FoyerFile, name: str) -> Guardian:
    return next(each for each in file.guardians if each.given_names == (name,))


@pytest.fixture
def camille(portal: Portal, file: FoyerFile) -> Browser:
    return factories.signed_in(portal, file.foyer_id, named(file, "Camille").person_id)


def invite(browser: Browser, guardian: Guardian, **more: Any) -> Response:
    return browser.post(f"/api/activation/guardians/{guardian.person_id}/invitation", None, **more)


def shown(browser: Browser, name: str) -> dict[str, Any]:
    page = browser.get("/api/family/dashboard").get_json()
    return next(each for each in page["guardians"] if each["given_name"] == name)


def code(answer: Response) -> tuple[int, str]:
    return answer.status_code, answer.get_json()["code"]


def test_the_other_parent_is_invited_and_both_are_told(portal: Portal, camille: Browser, file: FoyerFile) -> None:
    before = shown(camille, "Dominique")
    answer = invite(camille, named(file, "Dominique"))
    run_jobs()

    assert (before["can_invite"], before["invited_at"]) == (True, None)
    assert answer.status_code == 202
    assert shown(camille, "Dominique")["invited_at"] == answer.get_json()["invited_at"]
    [invitation] = letters(portal, named(file, "Dominique").email)
    assert "/invitation/#" in invitation.get_content()
    own = camille.get("/api/family/dashboard").get_json()["account"]["email"]
    [told] = letters(portal, own)
    assert "Votre invitation est partie" in str(told["Subject"])


def test_the_inviter_never_sees_the_address_nor_the_link(portal: Portal, camille: Browser, file: FoyerFile) -> None:
    answer = invite(camille, named(file, "Dominique"))
    run_jobs()

    own = camille.get("/api/family/dashboard").get_json()["account"]["email"]
    seen = answer.get_data(as_text=True) + camille.get("/api/family/dashboard").get_data(as_text=True)
    seen += letters(portal, own)[-1].get_content()
    assert named(file, "Dominique").email not in seen
    assert "/invitation/#" not in seen


def test_a_retry_sends_one_mail(portal: Portal, camille: Browser, file: FoyerFile) -> None:
    dominique = named(file, "Dominique")
    answers = [invite(camille, dominique, key=KEY) for _ in range(3)]
    run_jobs()

    assert {(answer.status_code, answer.data) for answer in answers} == {(202, answers[0].data)}
    assert len(letters(portal, dominique.email)) == 1


def test_inviting_again_and_again_is_bounded(camille: Browser, file: FoyerFile) -> None:
    assert [invite(camille, named(file, "Dominique")).status_code for _ in range(3)] == [202, 202, 429]


def test_two_invitations_at_once_are_both_answered(portal: Portal, camille: Browser, file: FoyerFile) -> None:
    assert camille
    account = foyers.load(file.foyer_id)
    assert account
    browsers = [factories.open_browser(portal, named(account, "Camille").account_id) for _ in range(2)]

    answers = sign_up.at_once(lambda n: invite(browsers[n], named(file, "Dominique")).status_code, 2)
    run_jobs()

    assert set(answers) <= {202, 503}
    assert len(letters(portal, named(file, "Dominique").email)) == answers.count(202) >= 1


def test_somebody_elses_guardian_is_as_unknown_as_nobodys(portal: Portal, camille: Browser, file: FoyerFile) -> None:
    other = factories.family(factories.child("Noé"), guardians=(factories.guardian("Rose"), factories.guardian("Jo")))
    stranger = factories.stranger(portal)

    refusals = [
        invite(camille, other.guardians[0]),
        invite(camille, replace(other.guardians[0], person_id="0" * 32)),
        invite(stranger, named(file, "Dominique")),
        invite(camille, replace(other.guardians[0], person_id=file.children[0].person_id)),
    ]
    run_jobs()

    assert {code(answer) for answer in refusals} == {(404, "guardian_unknown")}
    assert letters(portal) == []


def test_who_has_an_account_or_no_address_of_their_own_is_not_invited(portal: Portal, camille: Browser) -> None:
    assert camille
    first = factories.guardian("Anne")
    shared, none = replace(factories.guardian("Paul"), email=first.email), replace(factories.guardian("Zia"), email="")
    file = factories.family(factories.child(), guardians=(first, shared, none))
    anne = factories.signed_in(portal, file.foyer_id, first.person_id)

    assert code(invite(anne, first)) == (409, "already_linked")
    assert code(invite(anne, shared)) == (409, "no_address")
    assert code(invite(anne, none)) == (409, "no_address")
    assert [shown(anne, name)["can_invite"] for name in ("Anne", "Paul", "Zia")] == [False, False, False]


def test_a_parent_of_two_families_invites_in_each_and_reaches_both(portal: Portal) -> None:
    from functions.store.access import FoyerLink

    files = [
        factories.family(
            factories.child(name), guardians=(factories.guardian("Camille"), factories.guardian("Dominique"))
        )
        for name in ("Léo", "Zoé")
    ]
    links = [FoyerLink(file.foyer_id, named(file, "Camille").person_id) for file in files]
    browser = factories.open_browser(portal, factories.account(*links).account_id)

    assert [invite(browser, named(file, "Dominique")).status_code for file in files] == [202, 202]
