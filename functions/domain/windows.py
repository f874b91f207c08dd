"""From when and until when a day can be booked or cancelled, and what happens after."""

from dataclasses import dataclass
from datetime import datetime

from functions.domain.activity import ActionRule, Session
from functions.domain.calendar import end_of_day, paris_day, resolve
from functions.domain.delays import Moment, first_instant, last_instant

_STILL_POSSIBLE = ("surcharge", "billed")


@dataclass(frozen=True, slots=True)
class Window:
    """`opens` and `until`: UTC, both included; `opens` None: it always was open; `until` None: the day is closed.
    `late`: `until` has passed. `after`: what happens then. `allowed`: it can be done now, at whatever price.
    `lenient`: the name of the window that makes `until` later than the usual delay, "" when none does.
    `final`: until when it stays possible once late, None when it does not.
    """

    allowed: bool
    until: datetime | None
    late: bool
    after: str
    opens: datetime | None = None
    lenient: str = ""
    final: datetime | None = None


def closed_window(rule: ActionRule) -> Window:
    return Window(allowed=False, until=None, late=False, after=rule.after)


def window_of(rule: ActionRule, moment: Moment, at: datetime, *, may: bool, dates: Session | None = None) -> Window:
    """`dates`: the session or booking period whose own opening and closing stand in place of the rule's."""
    opens = _opens(rule, moment, dates)
    until, lenient = _until(rule, moment, dates)
    late = at > until
    allowed = may and paris_day(at) <= moment.day and (opens is None or at >= opens)
    final = _final(rule, moment) if rule.after in _STILL_POSSIBLE else None
    if late:
        allowed = allowed and final is not None and at <= final
    return Window(allowed=allowed, until=until, late=late, after=rule.after, opens=opens, lenient=lenient, final=final)


def _opens(rule: ActionRule, moment: Moment, dates: Session | None) -> datetime | None:
    if dates is not None and dates.opens is not None:
        return resolve(dates.opens)
    return None if rule.opening is None else first_instant(rule.opening, moment)


def _until(rule: ActionRule, moment: Moment, dates: Session | None) -> tuple[datetime, str]:
    if dates is not None and dates.closes is not None:
        return resolve(dates.closes), ""
    usual = last_instant(rule.delay, moment), ""
    wider = [
        (min(end_of_day(window.last_request), last_instant(window.delay, moment)), window.name)
        for window in rule.windows
        if window.days.holds(moment.day)
    ]
    return max([usual, *wider], key=lambda found: found[0])


def _final(rule: ActionRule, moment: Moment) -> datetime:
    return end_of_day(moment.day) if rule.final is None else last_instant(rule.final, moment)
