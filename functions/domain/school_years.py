"""School years as the trade counts them: « 2026-2027 » runs from 1 September 2026 to 31 August 2027."""

from datetime import date

from functions.domain.spans import Span

_SEPTEMBER = 9


def first_year_of(day: date) -> int:
    """The civil year in which the school year that holds the day begins."""
    return day.year if day.month >= _SEPTEMBER else day.year - 1


def school_year_of(day: date) -> str:
    first = first_year_of(day)
    return f"{first}-{first + 1}"


def span_of_year(school_year: str) -> Span:
    """« 2026-2027 » -> 1 September 2026 to 31 August 2027. Raises ValueError for anything else, « 2026-2028 » too."""
    first, _, second = school_year.partition("-")
    if int(second) != int(first) + 1:
        raise ValueError(f"not a school year: {school_year}")
    return Span(date(int(first), 9, 1), date(int(second), 8, 31), school_year)


def previous_year(school_year: str) -> str:
    first = span_of_year(school_year).first.year
    return f"{first - 1}-{first}"
