"""Creating an account, signing in, linking to a family file. No answer tells whether an address has an account."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from functions.accounts.new_account import NewAccount, problems
from functions.actions import activation_tokens, cles, keyed, linking, replay, signing_in
from functions.actions.cles import Proof
from functions.actions.signing_in import Caller
from functions.domain import passwords, usernames
from functions.domain.calendar import paris_day
from functions.domain.errors import FieldError, Forbidden, Invalid, Refused
from functions.gateways import hashing
from functions.kit import known_devices, log, sessions, throttle
from functions.kit.problems import HttpProblem
from functions.kit.sessions import Cookie
from functions.kit.throttle import Bound
from functions.store import access as access_store
from functions.store import accounts, events
from functions.store.access import Access, FoyerLink
from functions.store.accounts import Account
from functions.store.cles import Cle
from functions.store.events import Event
from functions.store.transactions import Busy, ConditionFailed, Transaction

PENDING_LIFE = timedelta(hours=48)
_HOUR = 3600
_QUARTER = 900
_TRIES = 5
_NOBODY = "-"


def create(typed: NewAccount, *, key: str, body_hash: str, address: str, now: datetime) -> None:
    """Keep a pending account and ask for its activation mail. Raises Invalid, Throttled, Busy.

    The id comes from the Idempotency-Key, so that a retry finds what it already did. The digest of the request is
    keyed: it holds a password.
    """
    account_id = keyed.digest("account", key)[:32]
    digest = keyed.digest("request", body_hash)
    if replay.find("credentials", f"COMPTE#{account_id}", key, digest):
        return
    throttle.check([Bound("creation-adresse", address, 60, _HOUR), Bound("creation-total", "", 1000, _HOUR)], now)
    _check(typed, account_id, now)
    cle = None
    if typed.proof:
        cle = cles.recognise(typed.proof, account="", address=address, pointer="/cle_enfance/key", now=now)
    _bound_mails(typed, key, now)
    account = _pending(account_id, typed, cle, now)
    try:
        _write_pending(account, key, digest, now)
    except ConditionFailed as failed:
        if replay.find("credentials", f"COMPTE#{account_id}", key, digest):
            return
        if "claim:IDENTIFIANT" in failed.labels:
            raise Invalid("invalid_body", "Certaines réponses sont à corriger.", errors=[_taken()]) from failed
        raise Busy from failed
    log.event("account_created", account_id=account_id)


def sign_in(typed: str, password: str, caller: Caller, now: datetime) -> tuple[Access, list[Cookie]]:
    """Open a session. Raises HttpProblem 401, Forbidden "not_activated", Throttled."""
    name = usernames.fold(typed)
    throttle.check(
        [Bound("connexion-adresse", caller.address, 50, _QUARTER), Bound("connexion-total", "", 3000, _QUARTER)], now
    )
    candidates = _candidates(name, now)
    throttle.check([_tries(name, candidates, caller)], now)
    secret = passwords.canonical(password)
    # every candidate is verified, dummies included: the delay does not tell which accounts exist
    opened = [account for account in candidates if _right(account, secret)]
    account = next((one for one in opened if one), None)
    if account is None:
        log.event("sign_in_refused", who=throttle.fingerprint(name))
        raise HttpProblem(401, "bad_credentials", "L’identifiant ou le mot de passe n’est pas le bon. Vérifiez-les.")
    if account.status == "pending":
        detail = "Votre espace n’est pas encore activé : ouvrez le lien reçu par e-mail, ou demandez-en un nouveau."
        raise Forbidden("not_activated", detail, extra={"resend": "/activation/"})
    _rehash(account, secret)
    return signing_in.open_session(account.account_id, caller, now)


def _tries(name: str, candidates: Sequence[Account | None], caller: Caller) -> Bound:
    """Ten tries a quarter of an hour on an account, whether by identifiant or by address; on a device where it has
    signed in before, ten of its own, which nobody else can use up.
    """
    account_id = next((account.account_id for account in candidates if account), "")
    device = known_devices.recognise(caller.device, account_id) if account_id else ""
    if device:
        return Bound("connexion-appareil", f"{device}|{account_id}", 10, _QUARTER)
    return Bound("connexion-compte", account_id or name, 10, _QUARTER)


def link(account_id: str, proof: Proof, *, key: str, body_hash: str, address: str, now: datetime) -> list[str]:
    """Link the account to the file that this key opens; return the children's first names.

    Raises Invalid "cle_refused", Refused "already_linked", Throttled, Busy.
    """
    subject = f"COMPTE#{account_id}"
    digest = keyed.digest("request", body_hash)
    done = replay.find("core", subject, key, digest)
    if done:
        return _children_of(done)
    cle = cles.recognise(proof, account=account_id, address=address, pointer="/key", now=now)
    for _ in range(_TRIES):
        transaction, event = _linking(
            account_id, cle, Event("core", subject, key, "foyer.linked", account_id, now, digest)
        )
        try:
            transaction.commit()
        except ConditionFailed as failed:
            done = replay.find("core", subject, key, digest)
            if done:
                return _children_of(done)
            if "cle" in failed.labels:
                raise cles.refused("/key") from failed
        else:
            log.event("foyer_linked", account_id=account_id, foyer_id=cle.foyer_id)
            return _children_of(event)
    raise Busy


def _bound_mails(typed: NewAccount, key: str, now: datetime) -> None:
    """Nobody's mailbox is flooded; one request sent again and again counts once."""
    email = usernames.fold(typed.email)
    if throttle.count(Bound("creation-demande", f"{email}|{key}", 1, _HOUR), now) == 1:
        throttle.check([Bound("creation-courriel", email, 5, _HOUR)], now)


def _check(typed: NewAccount, account_id: str, now: datetime) -> None:
    errors = problems(typed, paris_day(now))
    username = usernames.fold(typed.username)
    holder = None if usernames.is_address(username) else accounts.find_claim("IDENTIFIANT", username, now)
    if holder not in {None, account_id}:  # the same request, sent twice at once, may hold it already
        errors.append(_taken())
    if errors:
        raise Invalid("invalid_body", "Certaines réponses sont à corriger.", errors=errors)


def _taken() -> FieldError:
    return FieldError("/authentication/username", "Cet identifiant est déjà pris : choisissez-en un autre.")


def _pending(account_id: str, typed: NewAccount, cle: Cle | None, now: datetime) -> Account:
    return Account(
        account_id=account_id,
        username=usernames.fold(typed.username),
        email=usernames.fold(typed.email),
        password_hash=hashing.hash_secret(passwords.canonical(typed.password)),
        status="pending",
        created_at=now,
        profile=typed.profile(),
        expires=now + PENDING_LIFE,
        foyer_id=cle.foyer_id if cle else "",
        guardian_id=cle.guardian_id if cle else "",
    )


def _write_pending(account: Account, key: str, digest: str, now: datetime) -> None:
    transaction = Transaction()
    accounts.add(transaction, account)
    accounts.add_pending(transaction, account)
    if not usernames.is_address(account.username):  # an address is claimed by activating, never by typing it
        accounts.claim(
            transaction, "IDENTIFIANT", account.username, account.account_id, now=now, expires=account.expires
        )
    effects = activation_tokens.issue(transaction, account, now)
    subject = f"COMPTE#{account.account_id}"
    event = Event("credentials", subject, key, "account.created", account.account_id, now, digest, effects=effects)
    events.add(transaction, event)
    transaction.commit()


def _candidates(name: str, now: datetime) -> list[Account | None]:
    """Whom this name may mean: one by username; by address, the active account and the newest that waits there."""
    if usernames.is_too_long(name):
        return [None]
    if not usernames.is_address(name):
        return [_alive(accounts.find_claim("IDENTIFIANT", name, now), now)]
    waiting = accounts.pending_at(name, now, limit=1)
    holder = _alive(accounts.find_claim("COURRIEL", name, now), now)
    return [holder, waiting[0] if waiting else _alive(None, now)]


def _alive(account_id: str | None, now: datetime) -> Account | None:
    """Nobody is looked for as somebody is: the number of reads does not tell which names exist."""
    account = accounts.find(account_id or _NOBODY)
    return account if account and account.status != "closed" and account.alive(now) else None


def _right(account: Account | None, secret: str) -> bool:
    return hashing.matches(account.password_hash if account else None, secret)


def _rehash(account: Account, secret: str) -> None:
    if not hashing.outdated(account.password_hash):
        return
    transaction = Transaction()
    accounts.add(transaction, replace(account, password_hash=hashing.hash_secret(secret)))
    try:
        transaction.commit()
    except ConditionFailed:
        log.event("rehash_postponed", account_id=account.account_id)


def _linking(account_id: str, cle: Cle, event: Event) -> tuple[Transaction, Event]:
    access = access_store.find(account_id)
    if access is None:
        raise sessions.not_signed_in()
    if any(link.foyer_id == cle.foyer_id for link in access.foyers):
        detail = "Votre espace est déjà relié à ce dossier. Cette clé reste valable pour l’autre responsable."
        raise Refused("already_linked", detail)
    transaction = Transaction()
    file = linking.add(transaction, cle, account_id)
    if file is None:
        raise cles.refused("/key")
    linked = FoyerLink(cle.foyer_id, cle.guardian_id)
    access_store.add(transaction, replace(access, foyers=(*access.foyers, linked)))
    answer = json.dumps({"children": [child.first_name for child in file.children]}, ensure_ascii=False)
    event = replace(event, answer=answer, details={"foyer_id": cle.foyer_id, "guardian_id": cle.guardian_id})
    events.add(transaction, event)
    return transaction, event


def _children_of(event: Event) -> list[str]:
    children: list[str] = json.loads(event.answer)["children"]
    return children
