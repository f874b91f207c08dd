"""Linking an account to a family file: with a clé enfance (a parent signed in, or as the account is activated), or
by an invitation.
"""

import dataclasses

from functions.domain.foyer import FoyerFile, Guardian
from functions.store import cles, foyers
from functions.store.cles import Cle
from functions.store.transactions import Transaction


def add(transaction: Transaction, cle: Cle, account_id: str) -> FoyerFile | None:
    """Use the key and name the account in the file. The caller writes the access item in the same transaction.

    None, and nothing added, when the guardian left the file or has another account. Labels: "cle", "person:<id>".
    """
    file = foyers.load(cle.foyer_id)
    guardian = next((one for one in file.guardians if one.person_id == cle.guardian_id), None) if file else None
    if file is None or guardian is None or guardian.account_id not in {"", account_id}:
        return None
    cles.use(transaction, cle)
    name(transaction, file, guardian, account_id)
    return file


def name(transaction: Transaction, file: FoyerFile, guardian: Guardian, account_id: str) -> None:
    """Name the account in the file, if this guardian is as it was read. Label: "person:<id>"."""
    linked = dataclasses.replace(guardian, account_id=account_id)
    foyers.add_person(transaction, file.foyer_id, linked, guardian.version)
