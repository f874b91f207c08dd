"""A family whose letters were sent: the file, its keys, and what a parent types from them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from werkzeug.wrappers import Response

from functions.actions import cles
from functions.domain.foyer import FoyerFile
from functions.kit import clock
from functions.store import foyers
from support import factories
from support.client import Browser


@dataclass
class Family:
    """A file with two guardians and two children, and the keys of the letters."""

    file: FoyerFile
    keys: list[str]

    def proof(self, key: str = "", **changes: str) -> dict[str, str]:
        typed = {
            "key": key or self.keys[0],
            "child_usual_name": "Martin",
            "child_given_name": "Léo",
            "child_birth_date": "2018-03-14",
        }
        return {**typed, **changes}


def with_keys() -> Family:
    guardians = (factories.guardian("Camille"), factories.guardian("Paul", title="M."))
    file = factories.family(factories.child("Léo"), factories.child("Zoé"), guardians=guardians)
    made = cles.prepare_keys(file, clock.now() + timedelta(days=90), clock.now())
    return Family(file, [made[guardian.person_id] for guardian in guardians])


def link(browser: Browser, proof: Any, **more: Any) -> Response:
    return browser.post("/api/accounts/cle-enfance", proof, **more)


def accounts_in_file(family: Family) -> list[str]:
    file = foyers.load(family.file.foyer_id)
    assert file
    return [guardian.account_id for guardian in file.guardians if guardian.account_id]
