"""What an absence costs: each missed day billed or not, and why, in French.

An absence is the booked days missed in a row; its first day is the first of them. Hours are counted on the clock on the
wall, as those of the delays: 72 hours end at the same hour three days later, whatever the clocks did. A deadline is
itself in time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from functions.domain.activity import Absence, Activity
from functions.domain.calendar import resolve, whole_second
from functions.domain.delays import Moment, last_instant
from functions.domain.refusals import moment as in_paris

_LAST_SECOND = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class AbsentDay:
    """`reason`: why it is billed or not, a French sentence."""

    day: date
    billed: bool
    reason: str


@dataclass(frozen=True, slots=True)
class AbsenceDecision:
    """`certificate_until`, `declare_until` (for the first day): UTC, the last instants in time, included; None: at any
    time. `excused`: a certificate came in time.
    """

    first_day: date
    certificate_until: datetime | None
    declare_until: datetime | None
    excused: bool
    days: tuple[AbsentDay, ...]

    @property
    def billed(self) -> tuple[date, ...]:
        return tuple(item.day for item in self.days if item.billed)


def decide_absence(
    rule: Absence,
    activity: Activity,
    days: Iterable[date],
    declared_at: datetime | None,
    certificate_at: datetime | None,
    public_holidays: Mapping[date, str],
) -> AbsenceDecision:
    """`days`: the booked days missed. `declared_at`, `certificate_at`: aware instants, None when nothing came; a
    certificate is a declaration too. Raises ValueError without a day.
    """
    missed = sorted(set(days))
    if not missed:
        raise ValueError("an absence has at least one day")
    first = missed[0]
    until = certificate_deadline(rule, activity, first)
    sent = None if certificate_at is None else whole_second(certificate_at)
    excused = sent is not None and (until is None or sent <= until)
    told = min((whole_second(at) for at in (declared_at, certificate_at) if at is not None), default=None)
    return AbsenceDecision(
        first_day=first,
        certificate_until=until,
        declare_until=declaration_deadline(rule, activity, first, first, public_holidays),
        excused=excused,
        days=tuple(
            _late_declaration(day, told, declaration_deadline(rule, activity, day, first, public_holidays))
            or _by_certificate(rule, day, rank, sent, until, excused=excused)
            for rank, day in enumerate(missed)
        ),
    )


def certificate_deadline(rule: Absence, activity: Activity, first_day: date) -> datetime | None:
    """The last instant at which a certificate excuses, in UTC; None when the town states no time."""
    if rule.certificate_hours is None:
        return None
    starts = {
        "end_of_first_day": _LAST_SECOND,
        "start_of_first_day": time.min,
        "start_of_activity": activity.start,
        "end_of_activity": activity.end,
    }
    return resolve(datetime.combine(first_day, starts[rule.starts]) + timedelta(hours=rule.certificate_hours))


def declaration_deadline(
    rule: Absence, activity: Activity, day: date, first_day: date, public_holidays: Mapping[date, str]
) -> datetime | None:
    """The last instant at which the absence of that day can be declared, in UTC; None: at any time."""
    if rule.declared is None:
        return None
    session = next((item.first for item in activity.sessions if item.holds(day)), day)
    period = next((item.first for item in activity.booking_periods if item.holds(day)), None)
    return last_instant(rule.declared, Moment(day, activity.start, session, first_day, public_holidays, period))


def _late_declaration(day: date, told: datetime | None, until: datetime | None) -> AbsentDay | None:
    if until is None or (told is not None and told <= until):
        return None
    if told is None:
        return _day(day, billed=True, why=f"l’absence n’a pas été déclarée (au plus tard le {in_paris(until)})")
    why = f"l’absence a été déclarée le {in_paris(told)}, après le {in_paris(until)}"
    return _day(day, billed=True, why=why)


def _by_certificate(
    rule: Absence, day: date, rank: int, sent: datetime | None, until: datetime | None, *, excused: bool
) -> AbsentDay:
    billed = (rule.with_certificate if excused else rule.without_certificate) == "billed"
    if not billed and rank < rule.waiting_days:
        waiting = "le premier jour" if rule.waiting_days == 1 else f"les {rule.waiting_days} premiers jours"
        owed = "reste dû" if rule.waiting_days == 1 else "restent dus"
        return _day(day, billed=True, why=f"délai de carence, {waiting} de l’absence {owed}")
    if rule.with_certificate == rule.without_certificate:
        why = "les absences sont dues, même avec un certificat" if billed else "les absences ne sont pas dues"
        return _day(day, billed=billed, why=why)
    return _day(day, billed=billed, why=_certificate_in_words(sent, until, excused=excused))


def _certificate_in_words(sent: datetime | None, until: datetime | None, *, excused: bool) -> str:
    if excused:
        return "le certificat médical est arrivé dans les temps" if until else "un certificat médical a été reçu"
    if until is None:
        return "aucun certificat médical n’a été reçu"
    if sent is None:
        return f"aucun certificat médical n’a été reçu (au plus tard le {in_paris(until)})"
    return f"le certificat médical est arrivé le {in_paris(sent)}, après le {in_paris(until)}"


def _day(day: date, *, billed: bool, why: str) -> AbsentDay:
    return AbsentDay(day, billed, f"{'Facturé' if billed else 'Non facturé'}\u202f: {why}.")
