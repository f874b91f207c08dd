"""A family of three guardians, two under one roof, and what « Mes coordonnées » sends."""

from dataclasses import dataclass, replace
from typing import Any
from unittest.mock import patch

import pytest
from werkzeug.wrappers import Response

from functions.domain.foyer import Address, FoyerFile, Guardian
from functions.domain.reglement import Reglement
from functions.kit import rules as kit_rules
from functions.store import foyers
from support import factories
from support.client import Browser, Portal

DETAILS = "/api/family/details"
DESK = "/api/agents/requests"
ELSEWHERE = Address("3 quai du Port", "44000", "Nantes")


@dataclass
class Family:
    """Camille and Dominique live at the address of the file; Alix lives elsewhere. Each has an account."""

    camille: Browser
    dominique: Browser
    alix: Browser
    foyer_id: str

    @property
    def file(self) -> FoyerFile:
        found = foyers.load(self.foyer_id)
        assert found is not None
        return found

    def guardian(self, name: str) -> Guardian:
        return next(each for each in self.file.guardians if each.given_names[0] == name)


@pytest.fixture
def family(portal: Portal) -> Family:
    return made(portal, "49290", "Villeparvis-sur-Loire")


def made(portal: Portal, postcode: str, commune: str) -> Family:
    people = [factories.guardian(name) for name in ("Camille", "Dominique", "Alix")]
    people = [replace(people[0], phones=("+33612345678",), birth_town="Angers"), people[1], people[2]]
    people[2] = replace(people[2], address=ELSEWHERE, phones=("+33699999999",))
    file = factories.family(factories.child("Léo"), guardians=tuple(people))
    foyers.write(replace(file, address=Address("12 rue des Tilleuls", postcode, commune)), file)
    browsers = [factories.signed_in(portal, file.foyer_id, person.person_id) for person in people]
    return Family(browsers[0], browsers[1], browsers[2], file.foyer_id)


def ruled_by(rules: Reglement) -> Any:
    return patch.object(kit_rules, "current", return_value=rules)


def see(browser: Browser) -> Any:
    answer = browser.get(DETAILS)
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def move(browser: Browser, address: Address, *, together: bool = True, key: str = "", seen: str = "") -> Response:
    body = {"line1": address.line1, "line2": address.line2, "postcode": address.postcode, "town": address.town}
    version = seen or see(browser)["address"]["version"]
    return browser.post(f"{DETAILS}/address", {**body, "together": together}, headers={"If-Match": version}, key=key)


def within(rules: Reglement) -> Address:
    return Address("8 place Neuve", rules.commune.postcode, rules.commune.name)


def save(browser: Browser, *phones: str, title: str = "Mme", seen: str = "", **more: Any) -> Response:
    version = seen or str(see(browser)["me"]["version"])
    return browser.post(DETAILS, {"title": title, "phones": list(phones), **more}, headers={"If-Match": version})
