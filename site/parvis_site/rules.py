"""The town's rules as the build reads them: compiled once, from content/commune (or PARVIS_COMMUNE)."""

import re
from functools import cache

from functions.domain import names
from functions.domain.reglement import Reglement
from functions.reglement.compiled import loads
from parvis_site.paths import CONTENT, commune_folder


def problems() -> list[str]:
    """Return what is wrong in the rules, one sentence each with file and line; empty when they can be published."""
    from functions.reglement import source

    return [str(problem) for problem in source.check(commune_folder())]


@cache
def compiled_bytes() -> bytes:
    from functions.reglement import source

    return source.compile_directory(commune_folder())


@cache
def compiled() -> Reglement:
    return loads(compiled_bytes())


def are_of_this_site() -> bool:
    """Whether the rules are those of content/: with another town's, the news of content/ are not its own."""
    return commune_folder().is_relative_to(CONTENT)


def town_title(reglement: Reglement) -> str:
    """« Ville de Nantes », as the mails write it too."""
    return names.town_title(reglement.commune.name)


def phone_link(phone: str) -> str:
    """« 02 41 74 10 81 » -> "+33241741081", for a tel: link."""
    digits = re.sub(r"[^0-9+]", "", phone)
    return re.sub(r"^0", "+33", digits)


def front_desk(reglement: Reglement) -> dict[str, str]:
    """Return whom to call when no service in particular is concerned: {id, name, phone, phone_link, email}."""
    desk = reglement.services[reglement.commune.desk]
    return {
        "id": desk.id,
        "name": desk.name,
        "phone": desk.phone,
        "phone_link": phone_link(desk.phone),
        "email": desk.email,
    }
