"""What may go, as its time is over: what a walk through the tables saw and a civil day of Paris in, decisions out."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from functions.domain.keeping import Category, Keeping
from functions.domain.school_years import school_year_of, span_of_year


@dataclass(frozen=True, slots=True)
class FamilySeen:
    """`last`: its last sign of life (a booking, an event, an import), None when none is known; `accounts`: those of
    its guardians, and any that reaches it; `busy`: something is under way (a mail to send, an invitation or a clé
    enfance that still opens).
    """

    last: date | None
    accounts: frozenset[str] = frozenset()
    busy: bool = False


@dataclass(frozen=True, slots=True)
class AccountSeen:
    """An active or a closed account. `last`: its last sign-in, or the closing; `families`: the files it reaches."""

    closed: bool
    last: date
    families: frozenset[str] = frozenset()
    agent: bool = False
    busy: bool = False


@dataclass(frozen=True, slots=True)
class RequestSeen:
    """`decided` None while it is open; `subject`: whom it is about, "FOYER#…", "COMPTE#…" or ""."""

    decided: date | None
    subject: str = ""
    busy: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """All that a walk through the tables found, by identifier."""

    families: Mapping[str, FamilySeen] = field(default_factory=dict)
    accounts: Mapping[str, AccountSeen] = field(default_factory=dict)
    requests: Mapping[str, RequestSeen] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Due:
    """What goes, and the day from which its length was counted."""

    category: Category
    id: str
    start: date


def due(keepings: Iterable[Keeping], seen: Seen, today: date) -> list[Due]:
    """What goes today, the oldest first. An account that a file which goes leaves without any may go with it."""
    rules = {keeping.id: keeping for keeping in keepings}
    waiting = {request.subject for request in seen.requests.values() if request.decided is None}
    families = list(_families(rules["dossier_famille"], seen, waiting, today))
    going = {each.id for each in families}
    accounts = [each for each in _accounts(rules, seen, going, today) if f"COMPTE#{each.id}" not in waiting]
    requests = _requests(rules["demande_decidee"], seen, today)
    return sorted([*families, *accounts, *requests], key=lambda each: (each.start, each.id))


def undated(seen: Seen) -> int:
    """How many files have no date at all: they are kept, as nothing says when they were last of use."""
    return sum(_last_of(family, seen) is None for family in seen.families.values())


def _families(keeping: Keeping, seen: Seen, waiting: Container[str], today: date) -> Iterator[Due]:
    for family_id, family in seen.families.items():
        last = _last_of(family, seen)
        if last is None or family.busy or f"FOYER#{family_id}" in waiting:
            continue
        start = span_of_year(school_year_of(last)).last
        if keeping.last_day(start) < today:
            yield Due(keeping.id, family_id, start)


def _last_of(family: FamilySeen, seen: Seen) -> date | None:
    """A parent who signs in keeps the file, and so does an agent who is a parent."""
    known = (seen.accounts.get(account_id) for account_id in family.accounts)
    days = [family.last, *(account.last for account in known if account and not account.closed)]
    return max((day for day in days if day is not None), default=None)


def _accounts(rules: Mapping[Category, Keeping], seen: Seen, going: set[str], today: date) -> Iterator[Due]:
    for account_id, account in seen.accounts.items():
        reached = (account.families & seen.families.keys()) - going
        if account.busy or account.agent or (reached and not account.closed):
            continue
        keeping = rules["espace_ferme" if account.closed else "espace_inactif"]
        if keeping.last_day(account.last) < today:
            yield Due(keeping.id, account_id, account.last)


def _requests(keeping: Keeping, seen: Seen, today: date) -> Iterator[Due]:
    for request_id, request in seen.requests.items():
        if request.decided is not None and not request.busy and keeping.last_day(request.decided) < today:
            yield Due(keeping.id, request_id, request.decided)
