"""« Demande d’activation »: somebody without invitation nor key asks for an account.

Accepting gives the address to a guardian of the family file that the agent names, and sends the invitation there: the
link alone makes the account, so an address typed wrong opens nothing.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from functions.actions import invitations, keyed
from functions.domain import usernames
from functions.domain.errors import DomainError, FieldError, Invalid
from functions.domain.foyer import FoyerFile, Guardian, fold
from functions.domain.requests import Decision, Request
from functions.store import foyers
from functions.store import invitations as sent
from functions.store.transactions import Transaction

KIND = "activation"
_REFUSAL = "activation-refusee"


def accept(transaction: Transaction, request: Request, decision: Decision, now: datetime) -> tuple[dict[str, Any], ...]:
    """Raises Invalid: no such file, nobody of that name in it, has an account, or another address to confirm first."""
    file = _file(decision.choice.get("reference", "").strip())
    known = _guardian(file, request.applicant)
    asked = request.applicant["email"]
    same = usernames.fold(known.email) == usernames.fold(asked)
    guardian = known if same else replace(known, email=asked)
    _check_free(file, guardian)
    _check_replaced(file, known, guardian, decision.choice.get("replace", ""))
    # written even when the address stays: whoever opens a space meanwhile must not be invited to it
    foyers.add_person(transaction, file.foyer_id, guardian, known.version)
    return invitations.add(transaction, file, guardian, sent.of_foyer(file.foyer_id), now)


def refuse(_: Transaction, request: Request, __: Decision, ___: datetime) -> tuple[dict[str, Any], ...]:
    return ({"kind": "mail", "template": _REFUSAL, "request_id": request.request_id},)


def _file(reference: str) -> FoyerFile:
    if not reference:
        raise _wrong("reference", "Saisissez le numéro du dossier de cette famille.")
    file = foyers.load(foyers.foyer_id_for(reference))
    if file is None:
        raise _wrong("reference", f"Aucun dossier ne porte le numéro {reference}.")
    return file


def _guardian(file: FoyerFile, applicant: dict[str, str]) -> Guardian:
    """The one of that name; of two of the same name, the one who has no space yet."""
    named = [guardian for guardian in file.guardians if _is_named(guardian, applicant)]
    waiting = [guardian for guardian in named if not guardian.account_id]
    if len(waiting) > 1:
        raise _wrong(
            "reference",
            "Deux responsables de ce dossier portent ce nom. Complétez leurs prénoms ou leur nom de naissance dans "
            "votre logiciel, importez à nouveau le dossier, puis revenez à cette demande.",
        )
    if named:
        return (waiting or named)[0]
    known = ", ".join(" ".join((*each.given_names[:1], each.usual_name)) for each in file.guardians)
    detail = f"Ce dossier n’a pas de responsable de ce nom. Responsables connus\u202f: {known or 'aucun'}."
    raise _wrong("reference", detail)


def _is_named(guardian: Guardian, applicant: dict[str, str]) -> bool:
    given = fold(guardian.given_names[0]) if guardian.given_names else ""
    wanted = (fold(applicant["usual_name"]), fold(applicant["given_name"]))
    return wanted in {(fold(guardian.usual_name), given), (fold(guardian.birth_name), given)}


def _check_replaced(file: FoyerFile, known: Guardian, guardian: Guardian, ticked: str) -> None:
    """The box that was ticked speaks of the address that was shown: of this one, not of another file's, nor of the one
    that a colleague wrote meanwhile.
    """
    before = usernames.fold(known.email)
    if not before or known.email == guardian.email:
        return
    seen = keyed.digest("replaced", f"{file.foyer_id}|{known.person_id}|{before}")[:16]
    if ticked != seen:
        raise _wrong(
            "replace",
            f"Le dossier a déjà une autre adresse e-mail, {known.email}. Appelez la famille à un numéro du dossier, "
            "puis cochez cette case pour remplacer l’adresse.",
            value=seen,
        )


def _check_free(file: FoyerFile, guardian: Guardian) -> None:
    if guardian.account_id:
        raise _wrong("reference", "Cette personne a déjà un espace relié à ce dossier\u202f: refusez en le lui disant.")
    others = {usernames.fold(each.email) for each in file.guardians if each.person_id != guardian.person_id}
    if usernames.fold(guardian.email) in others:
        detail = "L’autre responsable du dossier a déjà cette adresse\u202f: chacun doit avoir la sienne."
        raise _wrong("reference", detail)


def _wrong(name: str, detail: str, *, value: str = "") -> DomainError:
    """`value`: what the box sends once it is ticked."""
    extra = {"values": {name: value}} if value else {}
    return Invalid("invalid_choice", detail, errors=[FieldError(f"/choice/{name}", detail)], extra=extra)
