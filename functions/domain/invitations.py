"""Who may be invited by e-mail to open an account: the guardians of a family file with an address of their own."""

from typing import Literal

from functions.domain import usernames
from functions.domain.foyer import FoyerFile, Guardian

Way = Literal["account", "mail", "letter"]


def way_to(file: FoyerFile, guardian: Guardian) -> Way:
    """How this guardian comes to an account: has one already, by a mail, or by the clé enfance of a letter.

    One address makes one account: of two guardians who gave the same one, the mail is for the one who has an account
    already, else for the first of the file.
    """
    if guardian.account_id:
        return "account"
    email = usernames.fold(guardian.email)
    if usernames.address_problem(email) or not guardian.given_names:
        return "letter"
    sharing = [each for each in file.guardians if usernames.fold(each.email) == email]
    owner = next((each for each in sharing if each.account_id), sharing[0])
    return "mail" if owner.person_id == guardian.person_id else "letter"
