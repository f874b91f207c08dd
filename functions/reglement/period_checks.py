"""What can be wrong with the dates from which, and until which, one books: booking periods, openings, closings."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from functions.domain.activity import Activity
from functions.domain.french import long_day
from functions.reglement.words import moment
from functions.reglement.yaml_activities import ActivityYaml, BookingYaml, CancellingYaml, SessionYaml

Wrong = tuple[str, str]
_LAST_SECOND = time(23, 59, 59)
_NAMES = {"sessions": ("session", "session"), "periodes_reservation": ("période", "période de réservation")}


def check(activity: ActivityYaml) -> Iterator[Wrong]:
    for section in _NAMES:
        yield from _check_spans(activity, section)
        for rank, item in enumerate(getattr(activity, section)):
            for key, message in _check_dates(item):
                yield f"{section}/{rank}/{key}", message
    if not activity.periodes_reservation:
        for key in _anchored_on_a_period(activity):
            message = (
                "Ce délai compte depuis une période de réservation, mais « periodes_reservation » n’est pas donné."
            )
            yield key, message


def check_days(activity: Activity, days: Sequence[date]) -> Iterator[Wrong]:
    """Open days that no booking period holds."""
    if not activity.booking_periods:
        return
    lost = [day for day in days if not any(period.holds(day) for period in activity.booking_periods)]
    if lost:
        others = "un autre jour" if len(lost) == 2 else f"{len(lost) - 1} autres jours"  # noqa: PLR2004 - one and one
        more = f" (et {others})" if len(lost) > 1 else ""
        message = (
            f"L’activité est ouverte le {long_day(lost[0])}{more}, mais aucune période de réservation ne le contient."
        )
        yield "periodes_reservation", message


def _check_spans(activity: ActivityYaml, section: str) -> Iterator[Wrong]:
    """Of sessions and of booking periods alike: each in the activity's own dates, after the one before it."""
    short, full = _NAMES[section]
    taken: set[str] = set()
    latest: date | None = None
    for rank, item in enumerate(getattr(activity, section)):
        where = f"{section}/{rank}"
        if item.id in taken:
            yield f"{where}/id", f"L’identifiant « {item.id} » est déjà pris par une autre {short}."
        taken.add(item.id)
        if item.au < item.du:
            yield f"{where}/au", f"Cette date est avant le premier jour de la {short}."
        elif not (activity.periode.du <= item.du and item.au <= activity.periode.au):
            yield f"{where}/du", f"Cette {full} sort de la période de l’activité."
        elif latest is not None and item.du <= latest:
            yield f"{where}/du", f"Cette {short} chevauche la précédente, ou n’est pas écrite dans l’ordre des dates."
        latest = max(latest or item.au, item.au)


def _check_dates(given: SessionYaml) -> Iterator[Wrong]:
    read: dict[str, datetime] = {}
    for key, usual in (("ouverture", time.min), ("cloture", _LAST_SECOND)):
        text = getattr(given, key)
        if text is not None:
            try:
                read[key] = moment(text, usual)
            except ValueError:
                yield key, "Une date qui existe est attendue ici, par exemple 2026-12-01 ou 2026-12-01 09:00."
    opens, closes = read.get("ouverture"), read.get("cloture")
    end = datetime.combine(given.au, _LAST_SECOND)
    if opens is not None and closes is not None and opens >= closes:
        yield "ouverture", "Les réservations s’ouvriraient après leur clôture : personne ne pourrait réserver."
    elif opens is not None and opens > end:
        yield "ouverture", "Les réservations s’ouvriraient après le dernier jour : personne ne pourrait réserver."
    if closes is not None and closes > end:
        yield "cloture", "Cette clôture tombe après le dernier jour qu’elle règle."


def _anchored_on_a_period(activity: ActivityYaml) -> Iterator[str]:
    rules: dict[str, BookingYaml | CancellingYaml]
    rules = {"reservation": activity.reservation, "annulation": activity.annulation}
    for name, rule in rules.items():
        if rule.avant == "periode":
            yield f"{name}/avant"
        if rule.derniere_limite is not None and rule.derniere_limite.avant == "periode":
            yield f"{name}/derniere_limite/avant"
    booking = activity.reservation
    if booking.ouverture is not None and booking.ouverture.avant == "periode":
        yield "reservation/ouverture/avant"
    for rank, window in enumerate(booking.fenetres):
        if window.avant == "periode":
            yield f"reservation/fenetres/{rank}/avant"
    declared = activity.absence.declaration if activity.absence is not None else None
    if declared is not None and declared.avant == "periode":
        yield "absence/declaration/avant"
