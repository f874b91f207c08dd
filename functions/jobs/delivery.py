"""Sending a letter, unless its address is known to give letters back."""

from datetime import datetime, timedelta

from functions.actions import bounces
from functions.gateways.mail import Letter, Mailer, NoSuchReader
from functions.kit import log
from functions.store import ephemeral

# What somebody has just asked for, and what guards an account. To a flagged address these go on, a few a day: it may
# have been flagged wrongly, and a mail service that keeps writing to nobody ends up writing to nobody else either.
ESSENTIAL = frozenset(
    {
        "activation",
        "adresse-a-confirmer",
        "adresse-a-quitter",
        "adresse-changee",
        "adresse-essayee",
        "cle-acces-ajoutee",
        "cle-acces-retiree",
        "code-de-connexion",
        "espace-existant",
        "espace-ferme",
        "invitation",
        "invitation-agent",
        "mot-de-passe-change",
        "mot-de-passe-oublie",
        "second-facteur-ajoute",
        "second-facteur-retire",
    }
)
MOST_A_DAY = 3
_PLACES_KEPT = timedelta(days=2)


def deliver(letter: Letter, template: str, subject: str, mailer: Mailer, now: datetime) -> None:
    """Raises what the mailer raises, except that nobody reads mail at this address: that is noted, and done with."""
    if bounces.failing_since(letter.to, now) and not _may_try(letter, template, now):
        log.event("mail_withheld", subject=subject, template=template)
        return
    try:
        mailer.send(letter)
    except NoSuchReader:
        bounces.report(letter.to, now, now, now)
        log.event("mail_came_back", subject=subject, template=template)
        return
    log.event("mail_sent", subject=subject, template=template)


def _may_try(letter: Letter, template: str, now: datetime) -> bool:
    """A letter that waits for the mail service takes one of the day's places, however often it is tried."""
    if template not in ESSENTIAL:
        return False
    day = f"REBOND#{bounces.digest(letter.to)}#{now:%Y-%m-%d}"
    expires = int((now + _PLACES_KEPT).timestamp())
    return any(ephemeral.spend(f"{day}#{place}", letter.key, expires) for place in range(MOST_A_DAY))
