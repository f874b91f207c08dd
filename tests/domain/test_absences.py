"""What an absence costs: deadlines written from the calendar with a pencil, through both changes of hour."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.absences import AbsenceDecision, certificate_deadline, decide_absence
from functions.domain.activity import Absence, ActionRule, Activity, Delay, Session
from functions.domain.calendar import PARIS
from functions.domain.spans import Span

RULE = ActionRule(Delay(24, "hour"), "refused")
CANTEEN = Activity(
    "cantine", "Cantine", "s", "r", (0, 1, 2, 3, 4), "all", Span(date(2026, 9, 1), date(2028, 8, 31)),
    time(11, 45), time(13, 30), RULE, RULE, "t",
    sessions=(Session("mars", "Mars", date(2027, 3, 8), date(2027, 3, 19)),),
)  # fmt: skip
# « En cas de maladie, vous ne serez pas facturé si vous transmettez un certificat médical dans les 72h qui suivent le
# 1er jour d'absence »
CHATOU = Absence(72, "end_of_first_day")
MONDAY = date(2027, 3, 8)
MONDAY_TO_WEDNESDAY = (MONDAY, date(2027, 3, 9), date(2027, 3, 10))
THURSDAY_NIGHT = datetime(2027, 3, 11, 22, 59, 59, tzinfo=UTC)  # 23:59:59 in Paris, in winter


def decide(
    rule: Absence,
    days: tuple[date, ...] = MONDAY_TO_WEDNESDAY,
    certificate: datetime | None = None,
    declared: datetime | None = None,
    holidays: dict[date, str] | None = None,
) -> AbsenceDecision:
    return decide_absence(rule, CANTEEN, days, declared, certificate, holidays or {})


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\xa0", " ")


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=PARIS).astimezone(UTC)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("starts", "first", "until"),
    [
        ("end_of_first_day", MONDAY, THURSDAY_NIGHT),
        ("start_of_first_day", MONDAY, local(2027, 3, 11, 0, 0)),
        ("start_of_activity", MONDAY, local(2027, 3, 11, 11, 45)),
        ("end_of_activity", MONDAY, local(2027, 3, 11, 13, 30)),
        # the night of 27 to 28 March 2027 is an hour short: the hour on the wall stays
        ("end_of_first_day", date(2027, 3, 25), datetime(2027, 3, 28, 21, 59, 59, tzinfo=UTC)),
        ("end_of_first_day", date(2027, 3, 26), datetime(2027, 3, 29, 21, 59, 59, tzinfo=UTC)),
        ("end_of_first_day", date(2027, 3, 24), datetime(2027, 3, 27, 22, 59, 59, tzinfo=UTC)),
        ("start_of_activity", date(2027, 3, 26), datetime(2027, 3, 29, 9, 45, tzinfo=UTC)),
        # the night of 30 to 31 October 2027 is an hour long
        ("end_of_first_day", date(2027, 10, 28), datetime(2027, 10, 31, 22, 59, 59, tzinfo=UTC)),
        ("end_of_first_day", date(2027, 10, 29), datetime(2027, 11, 1, 22, 59, 59, tzinfo=UTC)),
        ("end_of_first_day", date(2027, 10, 27), datetime(2027, 10, 30, 21, 59, 59, tzinfo=UTC)),
        ("end_of_activity", date(2027, 10, 29), datetime(2027, 11, 1, 12, 30, tzinfo=UTC)),
        ("end_of_first_day", date(2027, 12, 30), datetime(2028, 1, 2, 22, 59, 59, tzinfo=UTC)),
        ("end_of_first_day", date(2028, 2, 28), datetime(2028, 3, 2, 22, 59, 59, tzinfo=UTC)),  # leap year
    ],
)
def test_until_when_a_certificate_excuses(starts: str, first: date, until: datetime) -> None:
    assert certificate_deadline(Absence(72, starts), CANTEEN, first) == until


@pytest.mark.parametrize(
    ("hours", "first", "until"),
    [
        (13, date(2027, 3, 27), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),  # 2:30 does not exist: 3:30 in summer time
        (13, date(2027, 10, 30), datetime(2027, 10, 31, 1, 30, tzinfo=UTC)),  # 2:30 exists twice: the second
    ],
)
def test_a_deadline_within_the_hour_that_changes(hours: int, first: date, until: datetime) -> None:
    assert certificate_deadline(Absence(hours, "end_of_activity"), CANTEEN, first) == until


@pytest.mark.parametrize(
    ("certificate", "excused"),
    [
        (datetime(2027, 3, 7, 9, tzinfo=UTC), True),  # the doctor was seen on Sunday
        (THURSDAY_NIGHT, True),
        (THURSDAY_NIGHT + timedelta(microseconds=999_999), True),  # the clock is read to the second
        (THURSDAY_NIGHT + timedelta(seconds=1), False),
        (None, False),
    ],
)
def test_absent_on_monday_the_certificate_is_in_time_until_thursday_night(
    certificate: datetime | None, excused: bool
) -> None:
    found = decide(CHATOU, certificate=certificate)

    assert (found.excused, found.certificate_until) == (excused, THURSDAY_NIGHT)
    assert found.billed == (() if excused else MONDAY_TO_WEDNESDAY)
    assert found.declare_until is None


def test_the_first_day_is_the_first_booked_day_missed_in_whatever_order_they_come() -> None:
    found = decide(CHATOU, days=(date(2027, 3, 11), MONDAY, date(2027, 3, 11)))

    assert found.first_day == MONDAY
    assert [item.day for item in found.days] == [MONDAY, date(2027, 3, 11)]


def test_an_absence_has_a_day() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        decide(CHATOU, days=())


@pytest.mark.parametrize(
    ("rule", "certificate", "reason"),
    [
        (CHATOU, THURSDAY_NIGHT, "Non facturé : le certificat médical est arrivé dans les temps."),
        (
            CHATOU,
            None,
            "Facturé : aucun certificat médical n’a été reçu (au plus tard le jeudi 11 mars 2027 à 23 h 59).",
        ),
        (
            CHATOU,
            THURSDAY_NIGHT + timedelta(hours=9),
            (
                "Facturé : le certificat médical est arrivé le vendredi 12 mars 2027 à 8 h 59, "
                "après le jeudi 11 mars 2027 à 23 h 59."
            ),
        ),
        (Absence(None, "end_of_first_day"), THURSDAY_NIGHT, "Non facturé : un certificat médical a été reçu."),
        (Absence(None, "end_of_first_day"), None, "Facturé : aucun certificat médical n’a été reçu."),
        (
            Absence(None, "end_of_first_day", with_certificate="billed"),
            THURSDAY_NIGHT,
            "Facturé : les absences sont dues, même avec un certificat.",
        ),
        (
            Absence(None, "end_of_first_day", without_certificate="not_billed"),
            None,
            "Non facturé : les absences ne sont pas dues.",
        ),
    ],
)
def test_each_day_says_why(rule: Absence, certificate: datetime | None, reason: str) -> None:
    found = decide(rule, certificate=certificate)

    assert {plain(item.reason) for item in found.days} == {reason}


def test_without_a_stated_time_a_certificate_excuses_whenever_it_comes() -> None:
    found = decide(Absence(None, "end_of_first_day"), certificate=datetime(2027, 6, 30, tzinfo=UTC))

    assert (found.certificate_until, found.billed) == (None, ())


@pytest.mark.parametrize(("waiting", "billed"), [(0, 0), (1, 1), (2, 2), (3, 3), (5, 3)])
def test_the_waiting_days_are_the_first_booked_ones(waiting: int, billed: int) -> None:
    found = decide(Absence(72, "end_of_first_day", waiting_days=waiting), certificate=THURSDAY_NIGHT)

    assert found.billed == MONDAY_TO_WEDNESDAY[:billed]


@pytest.mark.parametrize(
    ("waiting", "reason"),
    [
        (1, "Facturé : délai de carence, le premier jour de l’absence reste dû."),
        (2, "Facturé : délai de carence, les 2 premiers jours de l’absence restent dus."),
    ],
)
def test_a_waiting_day_is_named(waiting: int, reason: str) -> None:
    found = decide(Absence(72, "end_of_first_day", waiting_days=waiting), certificate=THURSDAY_NIGHT)

    assert plain(found.days[0].reason) == reason
    assert plain(found.days[2].reason) == "Non facturé : le certificat médical est arrivé dans les temps."


EVE = Absence(None, "end_of_first_day", without_certificate="not_billed", declared=Delay(1, "day", cut_off=time(18)))
SUNDAY_EVENING = local(2027, 3, 7, 18, 0)


@pytest.mark.parametrize(
    ("declared", "billed"),
    [
        (SUNDAY_EVENING, ()),
        (SUNDAY_EVENING + timedelta(seconds=1), MONDAY_TO_WEDNESDAY[:1]),  # Tuesday's absence is told in time
        (local(2027, 3, 8, 18, 0, 1), MONDAY_TO_WEDNESDAY[:2]),
        (local(2027, 3, 12, 9, 0), MONDAY_TO_WEDNESDAY),
        (None, MONDAY_TO_WEDNESDAY),
    ],
)
def test_each_day_is_declared_before_its_own_limit(declared: datetime | None, billed: tuple[date, ...]) -> None:
    found = decide(EVE, declared=declared)

    assert (found.declare_until, found.billed) == (SUNDAY_EVENING, billed)


def test_a_declaration_too_late_or_never_made_says_so() -> None:
    assert plain(decide(EVE, declared=local(2027, 3, 8, 8, 15)).days[0].reason) == (
        "Facturé : l’absence a été déclarée le lundi 8 mars 2027 à 8 h 15, après le dimanche 7 mars 2027 à 18 h."
    )
    assert plain(decide(EVE).days[0].reason) == (
        "Facturé : l’absence n’a pas été déclarée (au plus tard le dimanche 7 mars 2027 à 18 h)."
    )


def test_a_certificate_is_a_declaration_too() -> None:
    both = Absence(72, "end_of_first_day", declared=Delay(1, "day", cut_off=time(18)))

    assert decide(both, certificate=SUNDAY_EVENING).billed == ()
    assert decide(both, certificate=SUNDAY_EVENING, declared=THURSDAY_NIGHT).billed == ()
    assert decide(both, certificate=THURSDAY_NIGHT, declared=SUNDAY_EVENING).billed == ()
    assert decide(both, certificate=THURSDAY_NIGHT).billed == MONDAY_TO_WEDNESDAY


@pytest.mark.parametrize(
    ("delay", "until"),
    [
        (Delay(1, "working_day", working_weekdays=(0, 1, 2, 3, 4)), local(2027, 3, 4, 23, 59, 59)),  # Friday is off
        (Delay(48, "hour"), local(2027, 3, 6, 11, 45)),
        (Delay(0, "day", cut_off=time(9)), local(2027, 3, 8, 9, 0)),
        (Delay(1, "week", anchor="session"), local(2027, 3, 1, 23, 59, 59)),
        (Delay(1, "day", anchor="booking"), local(2027, 3, 7, 23, 59, 59)),
    ],
)
def test_a_declaration_is_a_delay_like_the_others(delay: Delay, until: datetime) -> None:
    rule = Absence(None, "end_of_first_day", declared=delay)

    assert decide(rule, holidays={date(2027, 3, 5): "jour férié inventé"}).declare_until == until


INSTANTS = st.datetimes(datetime(2027, 3, 1), datetime(2027, 4, 20)).map(  # noqa: DTZ001 - given its zone below
    lambda found: found.replace(tzinfo=UTC)
)
RULES = st.builds(
    Absence,
    st.none() | st.integers(0, 200),
    st.sampled_from(["end_of_first_day", "start_of_first_day", "start_of_activity", "end_of_activity"]),
    waiting_days=st.integers(0, 4),
    declared=st.none() | st.builds(Delay, st.integers(0, 5), st.sampled_from(["day", "hour", "week"])),
)
DAYS = st.lists(st.dates(date(2027, 3, 8), date(2027, 4, 2)), min_size=1, max_size=6)


@given(RULES, DAYS, INSTANTS, INSTANTS)
def test_what_is_sent_later_never_costs_less(rule: Absence, days: list[date], one: datetime, other: datetime) -> None:
    earlier, later = sorted((one, other))
    soon, late, never = (decide(rule, tuple(days), certificate=sent) for sent in (earlier, later, None))

    assert set(soon.billed) <= set(late.billed) <= set(never.billed)
    assert [item.day for item in soon.days] == sorted(set(days))


@given(RULES, DAYS, INSTANTS)
def test_a_certificate_in_time_leaves_only_the_waiting_days_to_pay(
    rule: Absence, days: list[date], sent: datetime
) -> None:
    found = decide(rule, tuple(days), certificate=sent, declared=datetime(2026, 9, 1, tzinfo=UTC))

    in_time = found.certificate_until is None or sent <= found.certificate_until.replace(microsecond=999_999)
    assert found.excused == in_time
    assert len(found.billed) == (min(rule.waiting_days, len(set(days))) if in_time else len(set(days)))
