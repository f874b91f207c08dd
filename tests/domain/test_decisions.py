"""The decision for one day, with the rules of a small invented town."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import places_town

from functions.domain.activity import ActionRule, Activity, Condition, Delay, RequiredDocument, Session
from functions.domain.decisions import ChildFacts, DayDecision, FamilyFacts, decide_day
from functions.domain.reglement import Calendar, Closure, Commune, Reglement, School
from functions.domain.spans import Span
from functions.domain.tariffs import Grid, Surcharge, Tariff, TariffVersion

YEAR = Span(date(2026, 9, 1), date(2027, 8, 31))
BILLED = ActionRule(Delay(48, "hour"), "billed")
SURCHARGE = ActionRule(Delay(48, "hour"), "surcharge", final=Delay(0, "day", cut_off=time(9)))
VACATION = {date(2027, 2, 22) + timedelta(days=offset): "Vacances d’hiver" for offset in range(12)}


def activity(name: str, booking: ActionRule, **more: object) -> Activity:
    given: dict[str, object] = {
        "weekdays": (0, 1, 3, 4),
        "when": "school",
        "period": Span(date(2026, 9, 1), date(2027, 7, 2)),
        "start": time(13, 30),
        "end": time(15, 0),
        "cancelling": BILLED,
        "tariff": "t",
        **more,
    }
    return Activity(name, name, "mairie", "r", booking=booking, **given)  # type: ignore[arg-type]


PUBLIC_ONLY = Condition("school_status", "À réserver auprès de l’école.", "ogec", values=("public",))
WINTER = Session("hiver", "Hiver", date(2027, 2, 22), date(2027, 2, 26))
TOWN = Reglement(
    Commune("Ici", "00000", "B", "mairie"),
    services={},
    schools={
        "ile": School("ile", "Île", public=True, levels=("CP",)),
        "prive": School("prive", "Privée", public=False, levels=("CP",)),
    },
    activities={
        "surcharge": activity(
            "surcharge", SURCHARGE, conditions=(PUBLIC_ONLY,), required_documents=(RequiredDocument("assurance"),)
        ),
        "refused": activity("refused", ActionRule(Delay(48, "hour"), "refused")),
        "asked": activity("asked", ActionRule(Delay(48, "hour"), "late_request")),
        "firm": activity(
            "firm",
            ActionRule(Delay(48, "hour"), "refused"),
            cancelling=ActionRule(Delay(48, "hour"), "refused"),
        ),
        "winter": activity(
            "winter",
            ActionRule(Delay(4, "week", anchor="session"), "refused"),
            when="holidays",
            weekdays=(0, 1, 2, 3, 4),
            sessions=(WINTER,),
        ),
    },
    tariffs={"t": Tariff("t", "T", (TariffVersion(YEAR, Grid("fixed", centimes=340), late=Surcharge(centimes=100)),))},
    documents={},
    calendar=Calendar(
        YEAR,
        public_holidays={date(2027, 3, 29): "Lundi de Pâques"},
        school_holidays=VACATION,
        class_free={date(2027, 5, 7): "Pont de l’Ascension"},
        closures=(Closure(date(2027, 1, 12), date(2027, 1, 12), "travaux", schools=("ile",)),),
    ),
    hash="abc",
)
DAY = date(2027, 3, 30)  # Tuesday; its 48 h end on Sunday 28 March, 13:30 in Paris
LIMIT = datetime(2027, 3, 28, 11, 30, tzinfo=UTC)


def decide(
    name: str, day: date = DAY, now: datetime = LIMIT, school: str | None = "ile", **more: object
) -> DayDecision:
    return decide_day(TOWN, name, day, now, ChildFacts(school=school), FamilyFacts(), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "now", "booking", "cancelling", "late"),
    [
        ("surcharge", LIMIT, True, True, False),
        ("surcharge", LIMIT + timedelta(microseconds=999_999), True, True, False),  # the clock is read to the second
        ("surcharge", LIMIT + timedelta(seconds=1), True, True, True),
        ("surcharge", datetime(2027, 3, 30, 7, 0, 0, tzinfo=UTC), True, True, True),  # 9:00, the very last moment
        ("surcharge", datetime(2027, 3, 30, 7, 0, 1, tzinfo=UTC), False, True, True),
        ("surcharge", datetime(2027, 3, 30, 21, 59, 59, tzinfo=UTC), False, True, True),  # still that day: billed
        ("surcharge", datetime(2027, 3, 30, 22, 0, 0, tzinfo=UTC), False, False, True),  # the day is past
        ("refused", LIMIT, True, True, False),
        ("refused", LIMIT + timedelta(seconds=1), False, True, True),
        ("asked", LIMIT + timedelta(seconds=1), False, True, True),
        ("firm", LIMIT, True, True, False),
        ("firm", LIMIT + timedelta(seconds=1), False, False, True),
    ],
)
def test_what_can_be_done_now(name: str, now: datetime, booking: bool, cancelling: bool, late: bool) -> None:
    found = decide(name, now=now)

    assert (found.booking.allowed, found.cancelling.allowed, found.booking.late) == (booking, cancelling, late)
    assert found.booking.until == LIMIT
    assert found.rules_hash == "abc"


@pytest.mark.parametrize(
    ("day", "school", "reason"),
    [
        (date(2027, 3, 31), "ile", "L’activité n’a pas lieu le mercredi."),
        (date(2027, 3, 29), "ile", "Jour férié : Lundi de Pâques."),
        (date(2027, 2, 23), "ile", "Vacances d’hiver."),
        (date(2027, 5, 7), "ile", "Jour sans classe : Pont de l’Ascension."),
        (date(2027, 1, 12), "ile", "Fermeture : travaux."),
        (date(2027, 7, 5), "ile", "Cette date est en dehors de la période ouverte, qui va du "),
        (date(2031, 1, 6), "ile", "Cette date est en dehors de la période ouverte, qui va du "),
    ],
)
def test_a_closed_day_says_why_and_decides_nothing_else(day: date, school: str, reason: str) -> None:
    found = decide("surcharge", day, school=school)

    assert not found.open
    assert found.closed_reason.replace("\u202f", " ").startswith(reason.replace("\u202f", " "))
    assert (found.booking.allowed, found.cancelling.allowed, found.booking.until, found.price) == (
        False,
        False,
        None,
        None,
    )


def test_a_closure_of_one_school_leaves_the_others_open() -> None:
    assert not decide("refused", date(2027, 1, 12), school="ile").open
    assert decide("refused", date(2027, 1, 12), school="prive").open
    assert decide("refused", date(2027, 1, 12), school=None).open


def test_a_child_whom_no_age_group_takes_cannot_book_and_reads_why() -> None:
    baby, undated = ChildFacts(birth_date=date(2025, 1, 1)), ChildFacts()
    day, rules, now = date(2027, 2, 24), places_town.reglement(), datetime(2026, 11, 21, 9, tzinfo=UTC)

    found = decide_day(rules, "ages", day, now, baby, FamilyFacts())
    unknown = decide_day(rules, "ages", day, now, undated, FamilyFacts())

    assert (found.eligible, found.booking.allowed, found.contact) == (False, False, "scolaire")
    assert found.ineligible_reason.startswith("Aucun groupe n’accueille un enfant de cet âge ce jour-là")
    assert (unknown.eligible, unknown.booking.allowed, unknown.contact) == (True, True, "")


def test_a_child_who_is_not_eligible_cannot_book_but_can_still_cancel() -> None:
    found = decide("surcharge", school="prive")

    assert (found.eligible, found.ineligible_reason, found.contact) == (False, PUBLIC_ONLY.reason, "ogec")
    assert (found.booking.allowed, found.cancelling.allowed, found.booking.until) == (False, True, LIMIT)


def test_the_surcharge_follows_the_instant_of_booking() -> None:
    late = LIMIT + timedelta(hours=1)

    def price(**more: object) -> int | None:
        found = decide("surcharge", **more)  # type: ignore[arg-type]
        return found.price.centimes if found.price else None

    assert price(now=LIMIT) == 340
    assert price(now=late) == 440
    assert price(now=late, booked_on=LIMIT) == 340
    assert price(now=LIMIT, booked_on=late) == 440


def test_no_surcharge_where_late_booking_is_only_asked_for() -> None:
    found = decide("asked", now=LIMIT + timedelta(hours=1))

    assert found.price is not None
    assert found.price.centimes == 340


def test_holiday_sessions() -> None:
    found = decide("winter", date(2027, 2, 25), now=datetime(2027, 1, 1, tzinfo=UTC))

    assert found.open
    assert found.booking.until == datetime(2027, 1, 25, 22, 59, 59, tzinfo=UTC)
    assert decide("winter", date(2027, 2, 25), session="hiver").open
    assert decide("winter", date(2027, 3, 1)).closed_reason == "Aucune session n’a lieu ce jour-là."
    assert not decide("winter", date(2027, 3, 9)).open


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        decide("refused", now=datetime(2027, 3, 1))  # noqa: DTZ001 - that is the point


INSTANTS = st.datetimes(datetime(2026, 9, 1), datetime(2027, 8, 1)).map(  # noqa: DTZ001 - given its zone below
    lambda found: found.replace(tzinfo=UTC)
)


@given(
    st.sampled_from(sorted(TOWN.activities)),
    st.dates(date(2026, 9, 1), date(2027, 8, 1)),
    INSTANTS,
    INSTANTS,
)
def test_two_instants_never_contradict_each_other(name: str, day: date, one: datetime, other: datetime) -> None:
    earlier, later = (decide(name, day, now) for now in sorted((one, other)))

    assert (earlier.open, earlier.closed_reason, earlier.booking.until) == (
        later.open,
        later.closed_reason,
        later.booking.until,
    )
    for before, after in ((earlier.booking, later.booking), (earlier.cancelling, later.cancelling)):
        assert before.late <= after.late  # what is late stays late
        assert before.allowed >= after.allowed  # what is no longer possible does not come back
    if earlier.price and later.price:
        assert earlier.price.centimes <= later.price.centimes
