"""Making an account an agent's, changing what it decides, taking it back. Nobody but the console calls this."""

import secrets
import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from functions.actions import agent_invitations
from functions.actions.requests import EVERY_SERVICE
from functions.domain import names, usernames
from functions.domain.errors import FieldError, Invalid, NotFound, Refused
from functions.gateways import hashing
from functions.store import access as access_store
from functions.store import accounts, agents, events
from functions.store.access import Access, AgentGrant
from functions.store.accounts import Account
from functions.store.agents import Agent
from functions.store.events import Event
from functions.store.transactions import Busy, ConditionFailed, Transaction

_TRIES = 3
_GRANTED = "agent-nomme"


@dataclass(frozen=True, slots=True)
class Added:
    """`invited`: a link to choose a password was sent; else the account had one already."""

    agent: Agent
    invited: bool


def add(email: str, name: str, services: Collection[str], *, known: Collection[str], by: str, now: datetime) -> Added:
    """Invite somebody, or give an existing account these services in place of those it had. `known`: ids of the rules.

    Raises Invalid, Refused "unknown_service", Busy.
    """
    folded, shown = usernames.fold(email), names.tidy(name)
    wanted = _services(services, known)
    problem = usernames.address_problem(email) or names.name_problem(shown)
    if problem:
        raise Invalid("invalid_agent", problem, errors=[FieldError("/", problem)])
    for _ in range(_TRIES):
        account_id = accounts.find_claim("COURRIEL", folded, now)
        account = accounts.find(account_id) if account_id else None
        agent = Agent(account.account_id if account else secrets.token_hex(16), folded, shown, wanted)
        transaction = Transaction()
        agents.add(transaction, agent)
        invited = _grant(transaction, account, agent, by, now) if account else _create(transaction, agent, by, now)
        try:
            transaction.commit()
        except ConditionFailed:
            continue  # the account signed in, or was made, meanwhile
        return Added(agent, invited)
    raise Busy


def remove(email: str, *, by: str, now: datetime) -> Agent:
    """The account stays, without its services, and is signed out everywhere. Raises NotFound, Busy."""
    folded = usernames.fold(email)
    agent = next((each for each in agents.every() if each.email == folded), None)
    if agent is None:
        raise NotFound("not_an_agent", f"Aucun agent n’a l’adresse {folded}.")
    for _ in range(_TRIES):
        transaction = Transaction()
        agents.remove(transaction, agent.account_id)
        access = access_store.find(agent.account_id)
        if access is not None:
            closed = replace(access, agent=None, epoch=access.epoch + 1, sessions={}, devices={})
            access_store.add(transaction, closed)
        events.add(transaction, _event("core", "agent.removed", agent, by, now))
        try:
            transaction.commit()
        except ConditionFailed:
            continue
        return agent
    raise Busy


def _services(services: Collection[str], known: Collection[str]) -> tuple[str, ...]:
    wanted = tuple(sorted(set(services)))
    unknown = [service for service in wanted if service not in known and service != EVERY_SERVICE]
    if unknown or not wanted:
        listed = ", ".join([*sorted(known), EVERY_SERVICE])
        wrong = (
            f"Le service «\u202f{unknown[0]}\u202f» n’est pas dans les règles" if unknown else "Il manque un service"
        )
        raise Refused("unknown_service", f"{wrong} (connus\u202f: {listed}).")
    return wanted


def _grant(transaction: Transaction, account: Account, agent: Agent, by: str, now: datetime) -> bool:
    """An account that nobody has signed in to yet is sent another link."""
    access = access_store.find(account.account_id)
    if access is None:
        raise Refused("no_access", "Ce compte n’est pas activé\u202f: son titulaire doit d’abord ouvrir le lien reçu.")
    event = _event("core", "agent.granted", agent, by, now)
    invited = access.agent is not None and access.last_sign_in is None
    if invited:
        effects = agent_invitations.issue(transaction, account.account_id, account.version, now)
        event = replace(event, table="credentials", effects=effects)
    elif access.agent is None:
        event = replace(event, effects=({"kind": "mail", "template": _GRANTED, "account_id": account.account_id},))
    access_store.add(transaction, replace(access, agent=AgentGrant(agent.name, agent.services)))
    events.add(transaction, event)
    return invited


def _create(transaction: Transaction, agent: Agent, by: str, now: datetime) -> bool:
    """No password opens this account until the link in the mail lets its owner choose one."""
    account = Account(
        account_id=agent.account_id,
        username=agent.email,
        email=agent.email,
        password_hash=hashing.hash_secret(secrets.token_urlsafe(32)),
        status="active",
        created_at=now,
        profile={"title": "", "given_names": [agent.name], "usual_name": ""},
    )
    accounts.add(transaction, account)
    accounts.claim(transaction, "COURRIEL", agent.email, agent.account_id, now=now)
    grant = AgentGrant(agent.name, agent.services)
    access_store.add(transaction, Access(agent.account_id, "", agent.name, "", agent.email, agent=grant))
    effects = agent_invitations.issue(transaction, agent.account_id, 1, now)
    events.add(transaction, replace(_event("credentials", "agent.invited", agent, by, now), effects=effects))
    return True


def _event(table: str, name: str, agent: Agent, by: str, now: datetime) -> Event:
    details = {"services": list(agent.services)}
    return Event(table, f"COMPTE#{agent.account_id}", str(uuid.uuid4()), name, by, now, "", details=details)
