"""What is told in its own way: a delay with a day it moves, another tariff with the prices that come with it."""

from collections.abc import Iterator
from datetime import date, time

from functions.domain.activity import Delay
from functions.domain.calendar import PARIS, at_paris
from functions.domain.decisions import ChildFacts, DayDecision, FamilyFacts, decide_day
from functions.domain.french import long_day
from functions.domain.open_days import open_days
from functions.domain.reglement import Reglement
from functions.domain.tariffs import Tariff
from functions.reglement import difference_prices
from functions.reglement.difference_change import Change, Thing, leaf
from functions.reglement.difference_words import label_of, moment, tell

_NOON = time(12)


def delay(thing: Thing, before: Delay, after: Delay, what: str) -> Iterator[Change]:
    """With a day for which the limit is no longer the same, where there is one."""
    old, new = thing.names.old, thing.names.new
    booking = what.startswith(label_of("Activity.booking"))
    told = [tell("ActionRule.delay", value, thing.names) for value in (before, after)]
    period = new.activities[thing.id].period
    for day in open_days(new.calendar, new.activities[thing.id], period, None):
        limits = [_limit(_decided(rules, thing.id, day), booking=booking) for rules in (old, new)]
        if all(limits) and limits[0] != limits[1]:
            told = [
                f"{words} (pour le {long_day(day)} : jusqu’au {limit})"
                for words, limit in zip(told, limits, strict=True)
            ]
            break
    yield thing.change(what, told[0], told[1])


def _decided(rules: Reglement, activity: str, day: date) -> DayDecision:
    noon = at_paris(day, _NOON)
    return decide_day(rules, activity, day, noon, ChildFacts(), FamilyFacts())


def _limit(decision: DayDecision, *, booking: bool) -> str:
    until = (decision.booking if booking else decision.cancelling).until
    return moment(until.astimezone(PARIS)) if until is not None else ""


def other_tariff(thing: Thing, before: str, after: str, what: str) -> Iterator[Change]:
    """Another tariff: what families pay changes with it."""
    yield from leaf(thing, "Activity.tariff", before, after, what)
    old, new = thing.names.old.tariffs.get(before), thing.names.new.tariffs.get(after)
    if old is not None and new is not None:
        yield from _prices(thing, old, new)


def same_tariff(thing: Thing, old: Tariff, new: Tariff) -> Iterator[Change]:
    yield from leaf(thing, "Tariff.name", old.name, new.name, label_of("Tariff.name"))
    yield from _prices(thing, old, new)


def _prices(thing: Thing, old: Tariff, new: Tariff) -> Iterator[Change]:
    for found in difference_prices.changes(old, new):
        line = found.line
        yield thing.change(line.what, line.before, line.after, first=found.first, last=found.last, whom=line.whom)
