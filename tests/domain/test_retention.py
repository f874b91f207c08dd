"""What may go and what stays: lengths from date to date, and everything that keeps a file, an account or a request."""

from datetime import date, timedelta

import pytest

from functions.domain.keeping import Category, Keeping
from functions.domain.retention import AccountSeen, FamilySeen, RequestSeen, Seen, due, undated

KEEPINGS = tuple(
    Keeping(category, category, "…", months)
    for category, months in (
        ("dossier_famille", 24),
        ("espace_ferme", 12),
        ("espace_inactif", 24),
        ("demande_decidee", 12),
    )
)
LONG_AGO = date(2020, 1, 15)
TODAY = date(2026, 12, 1)


def gone(seen: Seen, today: date = TODAY) -> set[tuple[Category, str]]:
    return {(each.category, each.id) for each in due(KEEPINGS, seen, today)}


@pytest.mark.parametrize(
    ("keeping", "start", "last"),
    [
        (Keeping("espace_ferme", "", "", 12), date(2028, 2, 29), date(2029, 2, 28)),
        (Keeping("espace_ferme", "", "", 48), date(2028, 2, 29), date(2032, 2, 29)),
        (Keeping("espace_ferme", "", "", 1), date(2027, 1, 31), date(2027, 2, 28)),
        (Keeping("espace_ferme", "", "", 0, 90), date(2027, 12, 2), date(2028, 3, 1)),
    ],
)
def test_a_length_goes_from_date_to_date_and_its_last_day_is_kept(keeping: Keeping, start: date, last: date) -> None:
    assert keeping.last_day(start) == last


@pytest.mark.parametrize(
    ("months", "days", "words"), [(24, 0, "2 ans"), (12, 0, "1 an"), (18, 0, "18 mois"), (0, 90, "90 jours")]
)
def test_a_length_is_told_as_it_is_written(months: int, days: int, words: str) -> None:
    assert Keeping("espace_ferme", "", "", months, days).words().replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("last", "first_day_without"),
    [
        (date(2026, 8, 31), date(2028, 9, 1)),  # the last day of a school year
        (date(2026, 9, 1), date(2029, 9, 1)),  # the first of the next one
        (date(2028, 2, 29), date(2030, 9, 1)),
    ],
)
def test_a_family_file_is_kept_from_the_end_of_the_school_year_it_last_served(
    last: date, first_day_without: date
) -> None:
    seen = Seen(families={"f": FamilySeen(last)})

    assert gone(seen, first_day_without - timedelta(days=1)) == set()
    assert gone(seen, first_day_without) == {("dossier_famille", "f")}


def test_a_file_with_a_parent_who_still_signs_in_stays() -> None:
    family = FamilySeen(LONG_AGO, frozenset({"a", "b"}))
    asleep = AccountSeen(closed=False, last=LONG_AGO, families=frozenset({"f"}))
    awake = AccountSeen(closed=False, last=date(2026, 11, 1), families=frozenset({"f"}))

    assert gone(Seen({"f": family}, {"a": asleep, "b": awake})) == set()
    assert ("dossier_famille", "f") in gone(Seen({"f": family}, {"a": asleep}))


def test_a_file_without_any_date_or_with_something_under_way_stays() -> None:
    seen = Seen(families={"new": FamilySeen(None), "invited": FamilySeen(LONG_AGO, busy=True)})

    assert gone(seen) == set()
    assert undated(seen) == 1


def test_a_closed_account_goes_alone_while_its_family_file_serves() -> None:
    family = FamilySeen(date(2026, 11, 20))
    closed = AccountSeen(closed=True, last=date(2025, 11, 30), families=frozenset({"f"}))

    assert gone(Seen({"f": family}, {"a": closed})) == {("espace_ferme", "a")}
    assert gone(Seen({"f": family}, {"a": closed}), date(2026, 11, 30)) == set()


def test_a_person_of_two_families_loses_neither_while_one_of_them_stays() -> None:
    """The account stays for the file that stays; the other file goes by its own dates."""
    both = AccountSeen(closed=False, last=LONG_AGO, families=frozenset({"old", "live"}))
    files = {"old": FamilySeen(LONG_AGO, frozenset({"a"})), "live": FamilySeen(date(2026, 10, 1), frozenset({"a"}))}

    assert gone(Seen(files, {"a": both})) == {("dossier_famille", "old")}


def test_an_account_asleep_goes_with_the_last_file_it_reached() -> None:
    alone = AccountSeen(closed=False, last=LONG_AGO, families=frozenset({"old"}))

    assert gone(Seen({"old": FamilySeen(LONG_AGO, frozenset({"a"}))}, {"a": alone})) == {
        ("dossier_famille", "old"),
        ("espace_inactif", "a"),
    }


def test_an_agent_or_an_account_in_use_never_goes() -> None:
    accounts = {
        "agent": AccountSeen(closed=False, last=LONG_AGO, agent=True),
        "open": AccountSeen(closed=False, last=LONG_AGO, busy=True),
        "recent": AccountSeen(closed=False, last=date(2024, 12, 1)),
    }

    assert gone(Seen(accounts=accounts)) == set()
    assert gone(Seen(accounts=accounts), date(2026, 12, 2)) == {("espace_inactif", "recent")}


def test_a_request_goes_once_decided_and_never_while_it_is_open() -> None:
    requests = {"open": RequestSeen(None), "decided": RequestSeen(date(2025, 11, 30)), "late": RequestSeen(TODAY)}

    assert gone(Seen(requests=requests)) == {("demande_decidee", "decided")}


def test_nothing_goes_of_whom_a_service_has_yet_to_decide_something() -> None:
    asleep = AccountSeen(closed=False, last=LONG_AGO)
    asked = {"one": RequestSeen(None, "FOYER#f"), "two": RequestSeen(None, "COMPTE#a")}

    assert gone(Seen({"f": FamilySeen(LONG_AGO)}, {"a": asleep}, asked)) == set()
    assert len(gone(Seen({"f": FamilySeen(LONG_AGO)}, {"a": asleep}))) == 2


def test_the_oldest_comes_first() -> None:
    seen = Seen(requests={"b": RequestSeen(date(2024, 5, 2)), "a": RequestSeen(date(2024, 5, 1))})

    assert [each.id for each in due(KEEPINGS, seen, TODAY)] == ["a", "b"]
