"""When to try again, as it is said: never earlier than the instant itself."""

from datetime import datetime, time, timedelta

from functions.domain.calendar import PARIS
from functions.domain.french import clock, duration, plain_day

_MINUTE = 60
_HOUR = 3600
_MIDNIGHT = time(0)


def when_in_words(now: datetime, seconds: int) -> str:
    """« dans 12 minutes », « à 15 h 30 », « demain à 10 h », « le 3 décembre 2026 à 10 h ».

    A wait of an hour or more is told by the clock of Paris.
    """
    if seconds <= _HOUR - _MINUTE:
        return f"dans {duration(max(1, -(-seconds // _MINUTE)))}"
    here = now.astimezone(PARIS)
    then = _next_minute(now + timedelta(seconds=seconds)).astimezone(PARIS)
    days = (then.date() - here.date()).days
    if days == 1 and then.time() == _MIDNIGHT:
        return "à minuit"
    at = f"à {clock(then.time())}"
    if days == 0:
        return at
    return f"demain {at}" if days == 1 else f"le {plain_day(then.date())} {at}"


def _next_minute(instant: datetime) -> datetime:
    whole = instant.replace(second=0, microsecond=0)
    return whole if whole == instant else whole + timedelta(minutes=1)
