"""What the rules decide of a day for a child of a family file."""

from datetime import date, datetime

from functions.domain.activity import Activity
from functions.domain.calendar import end_of_day, paris_day
from functions.domain.decisions import ChildFacts, DayDecision, FamilyFacts, decide_day
from functions.domain.foyer import Allocataire, Child, FoyerFile
from functions.domain.months import State
from functions.domain.places import Seated
from functions.domain.quotients import DatedQuotient, quotient_on
from functions.domain.reglement import Reglement
from functions.domain.units import together


def facts_of(
    reglement: Reglement, file: FoyerFile, child: Child, day: date, today: date
) -> tuple[ChildFacts, FamilyFacts]:
    """A school left empty means none; a level or a contract left empty only means that nobody wrote it down."""
    family = FamilyFacts(
        quotient_familial_centimes=_quotient(reglement, file.allocataire, day, today),
        resident=file.resident,
        children_count=len(file.children),
    )
    level, contract = child.level or None, child.contract or None
    return ChildFacts(child.birth_date, child.school, level, contract, sibling_rank=_rank(file, child)), family


def _quotient(reglement: Reglement, known: Allocataire, day: date, today: date) -> int | None:
    """The family's QF, on the days it holds by the town's rule; one that nobody dated holds always.

    A day after the end of a QF that holds today is priced with it: the family will have given another by then, and the
    price without QF, the highest, would frighten it for nothing. The invoice is made with the QF of the day.
    """
    centimes = known.quotient_familial_centimes
    rule = reglement.quotient
    if centimes is None or known.taken_on is None or rule is None:
        return centimes
    history = [DatedQuotient(known.taken_on, centimes)]
    held = quotient_on(history, day, rule)
    return quotient_on(history, today, rule) if held is None and day > today else held


def _rank(file: FoyerFile, child: Child) -> int:
    """1 for the eldest of the file. Twins follow each other, in the file's order; an unknown birth date comes last."""
    eldest_first = sorted(file.children, key=lambda each: each.birth_date or date.max)
    return [each.person_id for each in eldest_first].index(child.person_id) + 1


def seated(child: Child) -> Seated:
    return Seated(child.school, child.birth_date)


def decide_for(
    reglement: Reglement, activity: Activity, file: FoyerFile, child: Child, day: date, now: datetime
) -> DayDecision:
    """Each day is the first day of its own booking (docs/decisions/0011): however days are asked for, one by one or
    together, the answer is the same.
    """
    facts, family = facts_of(reglement, file, child, day, paris_day(now))
    return decide_day(reglement, activity.id, day, now, facts, family)


def cancel_until(
    reglement: Reglement,
    activity: Activity,
    file: FoyerFile,
    child: Child,
    decision: DayDecision,
    now: datetime,
    state: State,
) -> datetime | None:
    """The last instant at which giving back this day costs nothing (UTC), with the days that go with it: that of the
    strictest. None when the activity is closed that day.
    """
    if state == "awaiting":
        return end_of_day(decision.day)
    if activity.unit == "day":
        return decision.cancelling.until
    days = together(reglement, activity, child.school, decision.day)
    found = [decide_for(reglement, activity, file, child, day, now).cancelling.until for day in days]
    return min((until for until in found if until is not None), default=None)
