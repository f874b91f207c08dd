"""The account of the person who is signed in, and the password asked again before what opens it changes."""

from datetime import datetime

from functions.domain import passwords
from functions.domain.errors import FieldError, Invalid
from functions.gateways import hashing
from functions.kit import sessions, throttle
from functions.kit.sessions import Session
from functions.kit.throttle import Bound
from functions.store import accounts
from functions.store.accounts import Account

_QUARTER = 900


def find(session: Session) -> Account:
    """Raises a 401 when the account is gone."""
    account = accounts.find(session.account_id)
    if account is None or account.status != "active":
        raise sessions.not_signed_in()
    return account


def with_password(session: Session, password: str, pointer: str, now: datetime) -> Account:
    """The same, once its password is proven again; `pointer` is where it was typed. Raises Invalid, Throttled."""
    throttle.check([Bound("mot-de-passe-compte", session.account_id, 10, _QUARTER)], now)
    account = find(session)
    check_password(account, password, pointer)
    return account


def check_password(account: Account, password: str, pointer: str) -> None:
    """Raises Invalid."""
    if not hashing.matches(account.password_hash, passwords.canonical(password)):
        wrong = FieldError(pointer, "Ce n’est pas votre mot de passe actuel.")
        raise Invalid("invalid_body", "Certaines réponses sont à corriger.", errors=[wrong])
