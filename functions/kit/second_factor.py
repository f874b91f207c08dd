"""What a session opens before and after it has proven a second factor.

An account needs one when its owner chose so, and always when it is an agent's. An agent's pages ask for a code of an
application, a recovery code or a passkey: the mailbox alone, which also gives back a lost password, would be one
factor.
"""

from functions.kit.endpoint import Access
from functions.kit.problems import HttpProblem
from functions.kit.sessions import Session
from functions.store import access as access_store

STRONG = frozenset({"totp", "recovery", "passkey"})


def is_needed(access: access_store.Access) -> bool:
    return bool(access.second_factor) or access.agent is not None


def means(access: access_store.Access) -> str:
    """How this account proves it: by the application it enrolled, else by a code sent to its address."""
    return access.second_factor or "mail"


def proven(session: Session) -> str:
    device = session.access.devices.get(session.session_id)
    return device.second_factor if device else ""


def admit(route: Access, session: Session) -> None:
    """Raises a 403: "second_factor_needed" when that is all that is missing, "agents_only" for everybody else."""
    if route == "halfway":
        return
    if is_needed(session.access) and not proven(session):
        raise HttpProblem(403, "second_factor_needed", "Saisissez votre code de connexion pour continuer.")
    if route != "agent":
        return
    if session.access.agent is None:
        raise HttpProblem(403, "agents_only", "Cette page est réservée aux agents de la mairie.")
    if proven(session) not in STRONG:
        detail = (
            "Pour ouvrir les pages des agents, connectez-vous avec votre clé d’accès, ou reliez une application de "
            "codes à votre espace."
        )
        raise HttpProblem(403, "second_factor_needed", detail, enrol="/verification-en-deux-etapes/")
