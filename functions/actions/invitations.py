"""Inviting a guardian whom the town already knows: a mail to the address of the family file, whose link, once and for
fourteen days, makes an account linked to that file. No password is ever sent.
"""

import dataclasses
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from functions.actions import keyed
from functions.actions.mail_links import MailLink
from functions.domain import usernames
from functions.domain.errors import Conflict, Gone, NotFound
from functions.domain.foyer import FoyerFile, Guardian
from functions.store import foyers
from functions.store import invitations as store
from functions.store.accounts import MailToken
from functions.store.events import Event
from functions.store.events import add as add_event
from functions.store.invitations import Invitation
from functions.store.transactions import ConditionFailed, Transaction

INVITATION = MailLink("invitation", "/invitation/", timedelta(days=14), "INVITATION")
TEMPLATE = "invitation"


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom a link invites. `email` is folded: the link proves it, as only this address received it."""

    file: FoyerFile
    guardian: Guardian
    email: str


def still_open(known: Mapping[str, Invitation], guardian: Guardian, now: datetime) -> bool:
    """Whether the last link sent to this guardian still opens something: sending another would help nobody."""
    invitation = known.get(guardian.person_id)
    return invitation is not None and invitation.expires > now


def send(file: FoyerFile, guardian: Guardian, known: Mapping[str, Invitation], *, by: str, now: datetime) -> bool:
    """Send the invitation, unless somebody sends it at the same time (False)."""
    event = Event("core", foyers.partition(file.foyer_id), str(uuid.uuid4()), "invitation.sent", by, now, "")
    transaction = Transaction()
    effects = add(transaction, file, guardian, known, now)
    details = {"guardian_id": guardian.person_id}
    add_event(transaction, dataclasses.replace(event, effects=effects, details=details))
    try:
        transaction.commit()
    except ConditionFailed:
        return False
    return True


def add(
    transaction: Transaction, file: FoyerFile, guardian: Guardian, known: Mapping[str, Invitation], now: datetime
) -> tuple[dict[str, Any], ...]:
    """Add the link and what remembers it; return the effects that send it. Labels: "token", "invitation"."""
    foyer_id, guardian_id, expires = file.foyer_id, guardian.person_id, now + INVITATION.life
    # bound to the address: a link sent to one that the town has replaced since proves nothing of the new one
    about = f"{foyer_id}:{guardian_id}:{_address(guardian)}"
    token_id = INVITATION.add(transaction, MailToken("", expires, about=about))
    last = known.get(guardian_id)
    store.add(transaction, Invitation(foyer_id, guardian_id, now, expires, last.version if last else 0))
    effect = {
        "kind": "mail",
        "template": TEMPLATE,
        "purpose": INVITATION.purpose,
        "foyer_id": foyer_id,
        "guardian_id": guardian_id,
        "token_id": token_id,
    }
    return (effect,)


def subject_of(token: str) -> str:
    """The partition of the file that this link, used or not, belongs to; "" for an unknown one."""
    known = INVITATION.find(token)
    return foyers.partition(known.about.split(":")[0]) if known else ""


def find(token: str, now: datetime) -> Invited:
    """Raises NotFound "token_unknown", Conflict "already_linked", Gone "token_expired"."""
    known = INVITATION.find(token)
    if known is None:
        raise NotFound("token_unknown", "Ce lien n’est pas reconnu. Ouvrez le dernier message reçu de la mairie.")
    foyer_id, guardian_id, address = known.about.split(":")
    file = foyers.load(foyer_id)
    guardian = next((one for one in file.guardians if one.person_id == guardian_id), None) if file else None
    if guardian is not None and guardian.account_id:
        detail = "Cette invitation a déjà servi : votre dossier est relié à un espace. Vous pouvez vous connecter."
        raise Conflict("already_linked", detail)
    stale = guardian is None or _address(guardian) != address
    if file is None or guardian is None or stale or known.used or known.expires <= now:
        raise Gone("token_expired", "Cette invitation a expiré. Demandez-en une autre au service.")
    return Invited(file, guardian, usernames.fold(guardian.email))


def _address(guardian: Guardian) -> str:
    return keyed.digest("invited", usernames.fold(guardian.email))[:32]
