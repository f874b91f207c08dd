"""The account of the person who is signed in, and the password asked again before what opens it changes."""

from datetime import datetime

from functions.domain import passwords
from functions.domain.errors import FieldError, Forbidden, Invalid
from functions.gateways import hashing
from functions.kit import second_factor, sessions, throttle
from functions.kit.sessions import Session
from functions.kit.throttle import Bound
from functions.store import accounts, passkeys
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


def check_strength(session: Session) -> None:
    """Before what opens the agents' pages changes: an agent who has a passkey has signed in with as much. The mailbox
    gives back the password and receives the code; it must not add a passkey beside theirs. Raises Forbidden.
    """
    weak = session.access.agent is not None and second_factor.proven(session) not in second_factor.STRONG
    if weak and passkeys.find(session.account_id).all:
        detail = (
            "Déconnectez-vous, puis connectez-vous avec votre clé d’accès pour changer ce qui ouvre les pages des "
            "agents. Si vous ne l’avez plus, demandez à un administrateur."
        )
        raise Forbidden("passkey_needed", detail)


def check_password(account: Account, password: str, pointer: str) -> None:
    """Raises Invalid."""
    if not hashing.matches(account.password_hash, passwords.canonical(password)):
        wrong = FieldError(pointer, "Ce n’est pas votre mot de passe actuel.")
        raise Invalid("invalid_body", "Certaines réponses sont à corriger.", errors=[wrong])
