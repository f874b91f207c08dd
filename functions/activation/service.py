"""Activating a pending account, once, in one transaction; and sending its link again."""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from functions.actions import activation_tokens, bounces, keyed, linking, replay
from functions.domain import usernames
from functions.domain.errors import Conflict, FieldError, Gone, Invalid, NotFound
from functions.kit import log, throttle
from functions.kit.throttle import Bound
from functions.store import access as access_store
from functions.store import accounts, cles, events
from functions.store.access import Access, FoyerLink
from functions.store.accounts import Account
from functions.store.events import Event
from functions.store.transactions import Busy, ConditionFailed, Transaction

Key = Literal["none", "linked", "refused"]
_HOUR = 3600
_TRIES = 5
_MOST_AT_ONE_ADDRESS = 3
_WRITES_OF_ONE = 5
_PENDING_LIFE = timedelta(hours=48)
_LONGEST_WAIT = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Activated:
    given_name: str
    cle_enfance: Key = "none"


def activate(token: str, *, key: str, body_hash: str, address: str, now: datetime) -> Activated:
    """Use the token. Raises NotFound "token_unknown", Gone "token_expired", Conflict "already_active" or
    "email_taken", Throttled, Busy.
    """
    token_hash = activation_tokens.stored_hash(token)
    digest = keyed.digest("request", body_hash)
    found = accounts.find_token(token_hash)
    if found is not None:
        done = replay.find("credentials", f"COMPTE#{found.account_id}", key, digest)
        if done:
            return _answer_of(done)
    bounds = [Bound("activation-adresse", address, 30, _HOUR // 2), Bound("activation-total", "", 2000, _HOUR // 2)]
    throttle.check(bounds, now)
    for attempt in range(_TRIES):
        account = _account_of(token_hash, now)
        # a file that others are changing must not hold up the activation: the last tries leave the key for later
        with_key = attempt < _TRIES - 1
        transaction, event = _activation(account, token_hash, key, digest, now, with_key=with_key)
        try:
            transaction.commit()
        except ConditionFailed as failed:
            done = replay.find("credentials", f"COMPTE#{account.account_id}", key, digest)
            if done:
                return _answer_of(done)
            if "claim:COURRIEL" in failed.labels:
                raise _email_taken() from failed
        else:
            log.event("account_activated", account_id=account.account_id)
            return _answer_of(event)
    raise Busy


def resend(email: str, *, key: str, address: str, now: datetime) -> None:
    """Send another link to each account that waits at this address. Says nothing of whether there is one.

    Raises Invalid for an address no mail can reach, Throttled.
    """
    problem = usernames.address_problem(email)
    if problem:
        raise Invalid("invalid_body", "Certaines réponses sont à corriger.", errors=[FieldError("/email", problem)])
    folded = usernames.fold(email)
    bounds = [
        Bound("renvoi-adresse", address, 10, _HOUR),
        Bound("renvoi-courriel", folded, 3, _HOUR),
        Bound("renvoi-total", "", 500, _HOUR),
    ]
    throttle.check(bounds, now)
    # the address alone: a retry typed in capitals must not be refused only where an account waits
    digest = keyed.digest("request", folded)
    waiting = accounts.pending_at(folded, now, limit=_MOST_AT_ONE_ADDRESS)
    if not waiting:
        _as_if_one_waited(folded, key, digest, now)
    for account in waiting:
        if not replay.find("credentials", f"COMPTE#{account.account_id}", key, digest):
            _resend_to(account, key, digest, now)


def _as_if_one_waited(email: str, key: str, digest: str, now: datetime) -> None:
    """What an address where nobody waits costs: the reads and writes of one account that does, opening nothing."""
    nobody = keyed.digest("unknown", email)[:32]
    accounts.find(nobody)
    replay.find("credentials", f"COMPTE#{nobody}", key, digest)
    accounts.find_claim("COURRIEL", email, now)
    transaction = Transaction()
    for _ in range(_WRITES_OF_ONE):
        activation_tokens.decoy(transaction, now)
    transaction.commit()


def _resend_to(account: Account, key: str, digest: str, now: datetime) -> None:
    """A new token, and time to use it; the account changed meanwhile (activated, or the same retry) is left alone."""
    end = min(now + _PENDING_LIFE, account.created_at + _LONGEST_WAIT)
    waiting = replace(account, expires=max(end, account.expires or end))
    transaction = Transaction()
    accounts.add(transaction, waiting)
    accounts.add_pending(transaction, waiting)
    if not usernames.is_address(account.username):
        accounts.claim(
            transaction, "IDENTIFIANT", account.username, account.account_id, now=now, expires=waiting.expires
        )
    effects = activation_tokens.issue(transaction, account, now)
    subject = f"COMPTE#{account.account_id}"
    event = Event("credentials", subject, key, "activation.resent", account.account_id, now, digest, effects=effects)
    events.add(transaction, event)
    try:
        transaction.commit()
    except ConditionFailed:
        log.event("activation_not_resent", account_id=account.account_id)


def _account_of(token_hash: str, now: datetime) -> Account:
    token = accounts.find_token(token_hash)
    account = accounts.find(token.account_id) if token else None
    if token is None or (account is None and token.expires > now):
        raise NotFound(
            "token_unknown", "Ce lien n’est pas reconnu. Ouvrez le dernier message reçu, ou demandez un lien."
        )
    if account is not None and account.status != "pending":
        raise Conflict("already_active", "Votre espace est déjà activé : vous pouvez vous connecter.")
    if account is None or token.used or token.expires <= now or not account.alive(now):
        raise Gone("token_expired", "Ce lien a expiré. Demandez-en un nouveau : il arrive en quelques minutes.")
    return account


def _activation(
    account: Account, token_hash: str, key: str, digest: str, now: datetime, *, with_key: bool
) -> tuple[Transaction, Event]:
    if accounts.find_claim("COURRIEL", account.email, now) not in {None, account.account_id}:
        raise _email_taken()
    transaction = Transaction()
    accounts.use_token(transaction, token_hash)
    accounts.add(transaction, replace(account, status="active", expires=None, foyer_id="", guardian_id=""))
    accounts.add_pending(transaction, replace(account, expires=now))  # it waits no longer
    accounts.claim(transaction, "COURRIEL", account.email, account.account_id, now=now)
    bounces.proven(transaction, account.email, now)
    if not usernames.is_address(account.username):
        accounts.claim(transaction, "IDENTIFIANT", account.username, account.account_id, now=now)
    links = _links(transaction, account, now) if with_key else ()
    given_name = account.profile["given_names"][0]
    access_store.add(
        transaction,
        Access(
            account_id=account.account_id,
            title=account.profile["title"],
            given_name=given_name,
            usual_name=account.profile["usual_name"],
            email=account.email,
            foyers=links,
        ),
    )
    outcome: Key = "none" if not account.foyer_id else "linked" if links else "refused"
    event = Event(
        table="credentials",
        subject=f"COMPTE#{account.account_id}",
        key=key,
        name="account.activated",
        actor=account.account_id,
        at=now,
        body_hash=digest,
        answer=json.dumps({"given_name": given_name, "cle_enfance": outcome}, ensure_ascii=False),
        details={"foyer_id": links[0].foyer_id, "guardian_id": links[0].guardian_id} if links else {},
    )
    events.add(transaction, event)
    return transaction, event


def _links(transaction: Transaction, account: Account, now: datetime) -> tuple[FoyerLink, ...]:
    """The family of the clé enfance given at creation, unless the key was used, withdrawn or ran out meanwhile."""
    cle = cles.find(account.foyer_id, account.guardian_id) if account.foyer_id else None
    if cle is None or cle.used or cle.expires <= now or linking.add(transaction, cle, account.account_id) is None:
        return ()
    return (FoyerLink(account.foyer_id, account.guardian_id),)


def _email_taken() -> Conflict:
    return Conflict(
        "email_taken",
        "Un autre espace utilise déjà cette adresse e-mail. Connectez-vous avec cette adresse et son mot de passe.",
    )


def _answer_of(event: Event) -> Activated:
    return Activated(**json.loads(event.answer))
