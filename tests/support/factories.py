"""Families and accounts in the store, and browsers already signed in: what a test needs before it begins.

Nothing goes through the accounts' routes, so that a test of bookings fails only when bookings are wrong.
"""

import itertools
from dataclasses import replace
from datetime import date

from functions.domain.foyer import Address, Allocataire, Child, FoyerFile, Guardian
from functions.kit import clock, sessions
from functions.store import access as access_store
from functions.store import accounts, foyers
from functions.store.access import Access, AgentGrant, FoyerLink
from functions.store.accounts import Account
from functions.store.transactions import Transaction
from support.client import Browser, Portal

_numbers = itertools.count(1)


def child(given_name: str = "Léo", *, school: str = "", level: str = "", usual_name: str = "Martin") -> Child:
    number = next(_numbers)
    return Child(
        person_id=foyers.person_id_for("E", f"{usual_name}|{given_name}|{number}"),
        usual_name=usual_name,
        given_names=(given_name,),
        birth_date=date(2018, 3, 14),
        school=school,
        level=level,
    )


def guardian(given_name: str = "Camille", *, usual_name: str = "Martin", title: str = "Mme") -> Guardian:
    number = next(_numbers)
    return Guardian(
        person_id=foyers.person_id_for("A", f"{usual_name}|{given_name}|{number}"),
        title=title,
        usual_name=usual_name,
        given_names=(given_name,),
        email=f"parent{number}@exemple.fr",
    )


def family(
    *children: Child,
    guardians: tuple[Guardian, ...] = (),
    quotient_familial_centimes: int | None = 65_000,
    resident: bool = True,
) -> FoyerFile:
    """A family file written to the store."""
    reference = f"F{next(_numbers):05}"
    file = FoyerFile(
        foyer_id=foyers.foyer_id_for(reference),
        reference=reference,
        address=Address("12 rue des Tilleuls", "49290", "Villeparvis"),
        allocataire=Allocataire("CAF", "1234567", quotient_familial_centimes, date(2026, 9, 1)),
        resident=resident,
        guardians=guardians or (guardian(),),
        children=children,
    )
    return foyers.write(file, None)


def account(*links: FoyerLink, guardian: Guardian | None = None) -> Access:
    """An active account that reaches these families (none: somebody who has not entered the clé enfance)."""
    number = next(_numbers)
    made = Access(
        account_id=f"{number:032x}",
        title=guardian.title if guardian else "Mme",
        given_name=guardian.given_names[0] if guardian else "Camille",
        usual_name=guardian.usual_name if guardian else "Martin",
        email=f"compte{number}@exemple.fr",
        foyers=links,
    )
    transaction = Transaction()
    access_store.add(transaction, made)
    accounts.add(transaction, _credentials(number, made))
    transaction.commit()
    return replace(made, version=1)


def _credentials(number: int, made: Access) -> Account:
    """What the account signs in with; no password opens it (a digest takes long, and tests sign in without)."""
    return Account(
        account_id=made.account_id,
        username=f"compte{number}",
        email=made.email,
        password_hash="",
        status="active",
        created_at=clock.now(),
        profile={"title": made.title, "given_names": [made.given_name], "usual_name": made.usual_name},
    )


def open_browser(portal: Portal, account_id: str) -> Browser:
    """A browser with the cookies of a fresh session of this account."""
    browser = portal.browser()
    browser.account_id = account_id
    return sign_in_again(browser)


def sign_in_again(browser: Browser) -> Browser:
    """The same browser with a fresh session: after the clock has moved, the first one has run out."""
    for cookie in sessions.open_session(browser.account_id, clock.now())[1]:
        browser.client.set_cookie(cookie.name, cookie.value, domain="localhost", secure=True)
    return browser


def signed_in(portal: Portal, foyer_id: str, guardian_id: str = "") -> Browser:
    """A browser signed in as this guardian of the family (the first one when none is named)."""
    file = foyers.load(foyer_id)
    assert file is not None
    known = {person.person_id: person for person in file.guardians}
    person = known[guardian_id] if guardian_id else file.guardians[0]
    made = account(FoyerLink(foyer_id, person.person_id), guardian=person)
    linked = replace(person, account_id=made.account_id)
    others = tuple(linked if each is person else each for each in file.guardians)
    foyers.write(replace(file, guardians=others), file)
    return open_browser(portal, made.account_id)


def stranger(portal: Portal) -> Browser:
    """A browser signed in with an account that no family file is linked to yet."""
    return open_browser(portal, account().account_id)


def agent(portal: Portal, *services: str, second_factor: str = "totp") -> Browser:
    """A browser signed in as an agent of these services (every one when none is named); `second_factor` is what its
    session has proven, "" when it stopped after the password.
    """
    made = account()
    access_store.save(replace(made, agent=AgentGrant("Agnès Roux", services or ("all",)), second_factor=second_factor))
    browser = open_browser(portal, made.account_id)
    known = access_store.find(made.account_id)
    assert known is not None
    proven = {key: replace(device, second_factor=second_factor) for key, device in known.devices.items()}
    access_store.save(replace(known, devices=proven))
    return browser
