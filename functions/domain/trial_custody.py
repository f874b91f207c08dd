"""Alternating custody in the answer of the rules: with whom the child is that day, who pays what, and the words."""

from collections.abc import Iterator

from functions.domain.custody import Custody, holder_on, payer_shares
from functions.domain.french import WEEKDAYS, euros
from functions.domain.reglement import Reglement
from functions.domain.trial_answer import CustodyAnswer, ShareAnswer
from functions.domain.trial_question import Question

_PARENTS = {"first": "le premier parent", "second": "le second parent"}


def answer(reglement: Reglement, question: Question, centimes: int | None) -> CustodyAnswer | None:
    """`centimes`: the price of the day, None when it has none."""
    rule = reglement.custody
    if rule is None:
        return None
    holder, shares = None, []
    if question.custody is not None:
        custody = Custody("first", "second", question.custody)
        holder = holder_on(rule, custody, question.day, reglement.calendar)
        if centimes is not None:
            shares = payer_shares(rule, custody, question.day, reglement.calendar, centimes)
    return CustodyAnswer(
        change_day=rule.change_day,
        holidays=rule.holidays,
        billing=rule.billing,
        holder=holder,
        shares=tuple(ShareAnswer(parent, part) for parent, part in shares),
        source=rule.source or None,
        choice=rule.choice or None,
    )


def words(found: CustodyAnswer | None) -> Iterator[str]:
    if found is None or found.holder is None:
        return
    changes = f"L’enfant change de maison le {WEEKDAYS[found.change_day]}"
    yield f"{changes} : ce jour-là, il est chez {_PARENTS[found.holder]}."
    for share in found.shares:
        yield f"{_PARENTS[share.parent].capitalize()} paie {euros(share.centimes)}."
