"""A parent invites the other guardian of the family file, at the address the town has, which the parent never sees."""

from dataclasses import dataclass, replace
from datetime import datetime

from functions.actions import invitations, keyed, replay
from functions.domain.errors import Conflict, NotFound, Refused
from functions.domain.foyer import FoyerFile, Guardian
from functions.domain.invitations import way_to
from functions.kit import log, throttle
from functions.kit.throttle import Bound
from functions.store import events, foyers
from functions.store import invitations as store
from functions.store.access import Access
from functions.store.events import Event
from functions.store.transactions import Busy, ConditionFailed, Transaction

_DAY = 86_400
_TOLD = "invitation-envoyee"


@dataclass(frozen=True, slots=True)
class _Asked:
    file: FoyerFile
    guardian: Guardian


def invite(access: Access, guardian_id: str, *, key: str, body_hash: str, now: datetime) -> datetime:
    """Send the invitation, tell the inviter by mail too; return when it was sent (UTC).

    Raises NotFound for a guardian of another family, in the same words as for nobody; Conflict "already_linked";
    Refused "no_address"; Throttled; Busy.
    """
    asked = _find(access, guardian_id)
    subject, digest = foyers.partition(asked.file.foyer_id), keyed.digest("request", body_hash)
    done = replay.find("core", subject, key, digest)
    if done:
        return done.at
    _refuse(asked)
    throttle.check(
        [
            Bound("inviter-compte", access.account_id, 10, _DAY),
            Bound("inviter-responsable", f"{subject}|{guardian_id}", 2, _DAY),
        ],
        now,
    )
    transaction = Transaction()
    known = store.of_foyer(asked.file.foyer_id)
    effects = invitations.add(transaction, asked.file, asked.guardian, known, now)
    told = {"kind": "mail", "template": _TOLD, "account_id": access.account_id}
    event = Event("core", subject, key, "invitation.sent", access.account_id, now, digest)
    details = {"guardian_id": guardian_id}
    events.add(transaction, replace(event, effects=(*effects, told), details=details))
    try:
        transaction.commit()
    except ConditionFailed as failed:
        done = replay.find("core", subject, key, digest)
        if done:
            return done.at
        raise Busy from failed
    log.event("co_guardian_invited", account_id=access.account_id)
    return now


def _find(access: Access, guardian_id: str) -> _Asked:
    for link in access.foyers:
        file = foyers.load(link.foyer_id)
        for guardian in file.guardians if file else ():
            if file and guardian.person_id == guardian_id:
                return _Asked(file, guardian)
    raise NotFound("guardian_unknown", "Cette personne n’est pas dans votre dossier.")


def _refuse(asked: _Asked) -> None:
    way = way_to(asked.file, asked.guardian)
    if way == "account":
        raise Conflict("already_linked", "Cette personne a déjà son espace.")
    if way == "letter":
        detail = (
            "La mairie n’a pas d’adresse e-mail propre à cette personne : le service peut lui remettre une clé enfance."
        )
        raise Refused("no_address", detail)
