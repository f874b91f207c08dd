"""Letters: a template of content/courriels and what it names, read at the moment of sending.

The first line of a template is its subject (« Objet : … »); the body follows after an empty line.
"""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from functions.actions import activation_tokens, agent_invitations, invitations, mail_links, sign_in_codes
from functions.domain.calendar import PARIS
from functions.domain.french import clock as clock_text
from functions.domain.french import long_day
from functions.domain.names import town_title
from functions.domain.reglement import Reglement
from functions.domain.requests import Request
from functions.gateways.mail import Letter
from functions.kit import config, rules
from functions.store import access as access_store
from functions.store import accounts, email_changes, foyers, requests

_SUBJECT = "Objet :"


class BadTemplate(ValueError):
    """A template that cannot be read: no subject, an unknown name."""


def write(effect: dict[str, Any], key: str, event_at: datetime, now: datetime) -> Letter | None:
    """The letter that this effect asks for; None when whom it was for is gone."""
    person = _person(effect)
    if person is None:
        return None
    settings, reglement = config.current(), rules.current()
    names = {**_names(reglement, settings.origin), **person, "details": effect.get("details", {})}
    if "token_id" in effect:
        names["link"], life = _link(effect)
        names["link_ends"] = _instant(event_at + life)
    if "code_id" in effect:
        names["code"] = sign_in_codes.mailed(effect["code_id"])
        names["code_ends"] = _instant(event_at + sign_in_codes.MAIL_LIFE)
    subject, text = render(settings.letters, effect["template"], names)
    return Letter(
        to=person["email"],
        subject=subject,
        text=text,
        sender=settings.mail_from,
        sender_name=town_title(reglement.commune.name),
        key=key,
        at=now,
    )


def render(folder: Path, template: str, names: dict[str, Any]) -> tuple[str, str]:
    """Subject and body. Raises BadTemplate for a template without subject, jinja2.UndefinedError for a wrong name."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    # plain text: nothing is HTML here, and escaping would spoil « d'Aÿ »
    environment = Environment(loader=FileSystemLoader(folder), undefined=StrictUndefined, autoescape=False)  # noqa: S701
    first, _, body = environment.get_template(f"{template}.txt").render(names).partition("\n")
    if not first.replace("\u202f", " ").startswith(_SUBJECT) or not body.strip():
        raise BadTemplate(f"{template}.txt\u202f: la première ligne doit commencer par «\u202f{_SUBJECT}\u202f».")
    return " ".join(first[len(_SUBJECT) :].split(" ")).strip(), body.strip() + "\n"


def _link(effect: dict[str, Any]) -> tuple[str, timedelta]:
    """The address of the link, and how long it opens something."""
    for known in (mail_links.PASSWORD, mail_links.EMAIL, agent_invitations.AGENT, invitations.INVITATION):
        if effect.get("purpose") == known.purpose:
            return known.address(effect["token_id"]), known.life
    return activation_tokens.link(effect["token_id"]), activation_tokens.LIFE


def _person(effect: dict[str, Any]) -> dict[str, str] | None:
    """Where the letter goes and how it greets: an account, a guardian of a family file, or who sent a request. An
    account that sent one reads its reason.
    """
    if "request_id" in effect:
        request = requests.find(effect["request_id"])
        if "account_id" not in effect:
            return _applicant(request)
        person = _person({name: value for name, value in effect.items() if name != "request_id"})
        return {**person, "reason": request.reason} if person and request else None
    if "account_id" not in effect:
        guardian = foyers.find_guardian(effect["foyer_id"], effect["guardian_id"])
        if guardian is None or not guardian.email:
            return None
        return {"email": guardian.email, "given_name": guardian.given_names[0], "username": ""}
    access = access_store.find(effect["account_id"]) if "token_id" not in effect else None
    if access is not None:
        return {"email": access.email, "given_name": access.given_name, "username": ""}
    account = accounts.find(effect["account_id"])
    if account is None or (account.status == "closed" and effect.get("to") != "closed_account"):
        return None
    email = account.email
    if effect.get("to") == "new_email":
        change = email_changes.find(effect["account_id"])
        if change is None:
            return None
        email = change.email
    return {"email": email, "given_name": account.profile["given_names"][0], "username": account.username}


def _applicant(request: Request | None) -> dict[str, str] | None:
    if request is None or "email" not in request.applicant:
        return None
    known = {name: request.applicant[name] for name in ("email", "given_name")}
    return {**known, "username": "", "reason": request.reason}


def _names(reglement: Reglement, origin: str) -> dict[str, Any]:
    desk = reglement.services.get(reglement.commune.desk)
    commune = {"name": reglement.commune.name, "title": town_title(reglement.commune.name)}
    return {"commune": commune, "contact": desk, "origin": origin}


def _instant(at: datetime) -> str:
    """« dimanche 22 novembre 2026 à 10 h »."""
    local = at.astimezone(PARIS)
    return f"{long_day(local.date())} à {clock_text(local.time())}"
