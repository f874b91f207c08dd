"""What a signed-in person sees of their family. One query for the dashboard, one read for a child."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from functions.actions import address_requests, request_kinds, rights
from functions.actions.rights import FoyerChoice
from functions.domain import agenda, contact_details
from functions.domain.agenda import Entry
from functions.domain.calendar import paris_day
from functions.domain.errors import NotFound
from functions.domain.foyer import Address, Child, FoyerFile, Guardian, fold
from functions.domain.invitations import Way, way_to
from functions.domain.reglement import Reglement, Welcome
from functions.family import details
from functions.family.details import RequestView
from functions.kit import rules
from functions.store import foyers, invitations, months
from functions.store.access import Access
from functions.store.invitations import Invitation
from functions.store.months import Family

_MOST_BOOKINGS = 10
_DETAILS_PAGE = "/mes-coordonnees/"
_COMING = ("booked", "awaiting")


@dataclass(frozen=True, slots=True)
class AccountView:
    """`previous_sign_in`: the sign-in before this one (UTC), None at the first."""

    title: str
    given_name: str
    usual_name: str
    email: str
    previous_sign_in: datetime | None


@dataclass(frozen=True, slots=True)
class FoyerView:
    """`reference` is the town's own file number. `address` and `phones` are those of the guardian signed in (None: not
    known); `address_asked_at`: since when another address waits for an agent.
    """

    foyer_id: str
    reference: str
    address: Address | None
    phones: tuple[str, ...]
    address_asked_at: datetime | None


@dataclass(frozen=True, slots=True)
class GuardianView:
    """`can_invite`: no account, and the town has an address of theirs, last written to at `invited_at` (UTC)."""

    person_id: str
    given_name: str
    usual_name: str
    is_me: bool
    has_account: bool
    can_invite: bool
    invited_at: datetime | None


@dataclass(frozen=True, slots=True)
class SchoolView:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class NextView:
    day: date
    activity: str
    activity_name: str


@dataclass(frozen=True, slots=True)
class ChildSummary:
    """`next` is the child's next booking that is sure: what awaits an agent is among the family's bookings."""

    person_id: str
    given_name: str
    usual_name: str
    birth_date: date | None
    school: SchoolView | None
    level: str | None
    next: NextView | None


@dataclass(frozen=True, slots=True)
class BookingView:
    """`status`: "booked", or "awaiting" (an agent must accept it; the price is owed from then on)."""

    day: date
    child_id: str
    given_name: str
    activity: str
    activity_name: str
    status: str
    price_centimes: int


@dataclass(frozen=True, slots=True)
class LastRequest:
    """What this guardian asked of a service. `label`: of what kind; `status`: "open", "accepted", "refused" (with a
    reason) or "withdrawn"; `at`, `decided_at`: UTC; `path`: the page where it was asked.
    """

    label: str
    status: str
    at: datetime
    decided_at: datetime | None
    reason: str
    path: str


@dataclass(frozen=True, slots=True)
class Dashboard:
    """`foyer` is None, and the lists empty, until a clé enfance has been accepted; `foyers` when there are several."""

    account: AccountView
    foyer: FoyerView | None
    guardians: tuple[GuardianView, ...]
    children: tuple[ChildSummary, ...]
    next_bookings: tuple[BookingView, ...]
    last_requests: tuple[LastRequest, ...]
    welcome: Welcome | None
    foyers: tuple[FoyerChoice, ...]


@dataclass(frozen=True, slots=True)
class ChildFile:
    person_id: str
    given_names: tuple[str, ...]
    usual_name: str
    birth_date: date | None
    school: SchoolView | None
    level: str | None
    version: int


def dashboard(access: Access, now: datetime, asked: str = "") -> Dashboard:
    """The family asked for, else the first of the account, with what is booked from today on. Raises NotFound."""
    current = rules.current()
    account = AccountView(access.title, access.given_name, access.usual_name, access.email, access.previous_sign_in)
    today = paris_day(now)
    for link in rights.links(access, asked):
        family = months.load_family(link.foyer_id, f"{today:%Y-%m}", consistent=False)
        if family is not None:
            shown = _of_family(current, account, family, link.guardian_id, now)
            return replace(shown, foyers=rights.choices(access, link.foyer_id))
    return Dashboard(account, None, (), (), (), (), current.commune.welcome, ())


def child(access: Access, child_id: str) -> ChildFile:
    """Raises NotFound in the same words whether the child is unknown or somebody else's."""
    for link in access.foyers:
        found = foyers.find_child(link.foyer_id, child_id)
        if found is not None:
            school = _school(rules.current(), found)
            return ChildFile(
                found.person_id,
                found.given_names,
                found.usual_name,
                found.birth_date,
                school,
                found.level or None,
                found.version,
            )
    raise NotFound("child_unknown", "Cet enfant n’est pas dans votre dossier.")


def _of_family(current: Reglement, account: AccountView, family: Family, guardian_id: str, now: datetime) -> Dashboard:
    file = family.file
    planned = agenda.entries(current, file, family.months, paris_day(now), now)
    coming = [entry for entry in planned if entry.status in _COMING]
    sure = [entry for entry in coming if entry.status == "booked"]
    me = next((person for person in file.guardians if person.person_id == guardian_id), None)
    asked = details.last_request(file, me) if me else None
    return Dashboard(
        account=_known_as(account, me),
        foyer=_foyer(file, me, asked),
        guardians=_guardians(file, guardian_id),
        children=tuple(_child(current, each, sure) for each in file.children),
        next_bookings=tuple(_booking(entry) for entry in coming[:_MOST_BOOKINGS]),
        last_requests=_requests(asked),
        welcome=current.commune.welcome,
        foyers=(),
    )


def _known_as(account: AccountView, me: Guardian | None) -> AccountView:
    """The civilité may have been changed in the file since the account was made; it goes with the name there."""
    same = me is not None and me.title and fold(me.usual_name) == fold(account.usual_name)
    return replace(account, title=me.title) if me and same else account


def _requests(asked: RequestView | None) -> tuple[LastRequest, ...]:
    if asked is None:
        return ()
    label = request_kinds.label(address_requests.KIND)
    return (LastRequest(label, asked.status, asked.at, asked.decided_at, asked.reason, _DETAILS_PAGE),)


def _foyer(file: FoyerFile, me: Guardian | None, asked: RequestView | None) -> FoyerView:
    """Of the family's addresses, the one where this guardian lives."""
    if me is None:
        return FoyerView(file.foyer_id, file.reference, None, (), None)
    asked_at = asked.at if asked and asked.status == "open" else None
    address = contact_details.address_of(file, me)
    return FoyerView(file.foyer_id, file.reference, address, me.phones, asked_at)


def _guardians(file: FoyerFile, me: str) -> tuple[GuardianView, ...]:
    """The invitations are read only where there is somebody to invite."""
    ways = {person.person_id: way_to(file, person) for person in file.guardians}
    sent = invitations.of_foyer(file.foyer_id) if "mail" in ways.values() else {}
    return tuple(_guardian(person, me, ways[person.person_id], sent) for person in file.guardians)


def _guardian(person: Guardian, me: str, way: Way, sent: Mapping[str, Invitation]) -> GuardianView:
    invitable = way == "mail"
    return GuardianView(
        person.person_id,
        person.given_names[0] if person.given_names else "",
        person.usual_name,
        is_me=person.person_id == me,
        has_account=bool(person.account_id),
        can_invite=invitable,
        invited_at=sent[person.person_id].at if invitable and person.person_id in sent else None,
    )


def _child(current: Reglement, each: Child, sure: Sequence[Entry]) -> ChildSummary:
    entry = next((entry for entry in sure if entry.child_id == each.person_id), None)
    return ChildSummary(
        person_id=each.person_id,
        given_name=each.first_name,
        usual_name=each.usual_name,
        birth_date=each.birth_date,
        school=_school(current, each),
        level=each.level or None,
        next=NextView(entry.day, entry.activity, entry.activity_name) if entry else None,
    )


def _school(current: Reglement, each: Child) -> SchoolView | None:
    if not each.school:
        return None
    known = current.schools.get(each.school)
    return SchoolView(each.school, known.name if known else each.school)


def _booking(entry: Entry) -> BookingView:
    return BookingView(
        entry.day,
        entry.child_id,
        entry.given_name,
        entry.activity,
        entry.activity_name,
        entry.status,
        entry.price_centimes,
    )
