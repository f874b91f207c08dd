"""The small town, with activities booked by the week and by the session, places by session and by age, and approvals.

Winter's holidays go from 20 February to 7 March 2027: their session begins in one month and ends in the next.
"""

from dataclasses import replace
from datetime import date, time, timedelta

from functions.domain.activity import ActionRule, AgeGroup, Capacity, Condition, Delay, FreeHours, Session, Slot
from functions.domain.reglement import Reglement
from support import town

SEATS = 20
WINTER = Session("hiver", "Hiver", date(2027, 2, 22), date(2027, 3, 5))
CHRISTMAS = Session("noel", "Noël", date(2026, 12, 21), date(2026, 12, 24))
SESSIONS = (CHRISTMAS, WINTER)
EVERY_DAY = (0, 1, 2, 3, 4)
SMALL = AgeGroup("petits", "Petits", 3, 5, per_day=SEATS, per_session=4)
BIG = AgeGroup("grands", "Grands", 6, 11, per_day=40)
IN_TIME = ActionRule(Delay(7, "day"), "refused")
HOLIDAYS = replace(
    town.DAYCARE,
    id="vacances",
    name="Vacances",
    weekdays=EVERY_DAY,
    when="holidays",
    sessions=SESSIONS,
    booking=IN_TIME,
    cancelling=IN_TIME,
    start=time(8),
    end=time(18),
)
CENTRE = replace(HOLIDAYS, id="centre", name="Centre de loisirs", capacity=Capacity(per_session=SEATS))
CAMP = replace(HOLIDAYS, id="sejour", name="Séjour", unit="session", capacity=Capacity(per_day=30, per_session=SEATS))
WEEKS = replace(HOLIDAYS, id="semaines", name="Semaines", unit="week", capacity=Capacity(per_day=SEATS))
AGES = replace(HOLIDAYS, id="ages", name="Par âge", capacity=Capacity(per_day=50, groups=(SMALL, BIG)))
EXAMINED = replace(
    town.DAYCARE,
    id="examinee",
    name="Sur dossier",
    booking=replace(IN_TIME, approval=True),
    cancelling=town.BILLED,
    capacity=Capacity(per_day=2),
)
LATER = replace(
    town.DAYCARE,
    id="bientot",
    name="Bientôt",
    booking=replace(IN_TIME, opening=Delay(14, "day", cut_off=time(9))),
    cancelling=ActionRule(Delay(7, "day"), "late_request"),
)
PARTS = replace(
    town.WEDNESDAY, id="creneaux", name="Créneaux", slots=(Slot("matin", "Matin", time(8), time(12), per_day=6),)
)
HOURS = replace(town.WEDNESDAY, id="creche", name="Multi-accueil", free_hours=FreeHours(30, 60, 600))
OCCASIONAL = Condition(
    "contracts",
    "Les familles sous contrat régulier n’ont aucune démarche à effectuer.",
    "scolaire",
    values=("occasional",),
)
NURSERY = replace(town.DAYCARE, id="multi-accueil", name="Multi-accueil", booking=IN_TIME, conditions=(OCCASIONAL,))
ACTIVITIES = (CENTRE, CAMP, WEEKS, AGES, EXAMINED, LATER, PARTS, HOURS, NURSERY)


def reglement() -> Reglement:
    rules = town.reglement()
    winter = {date(2027, 2, 20) + timedelta(days=number): "Vacances d’hiver" for number in range(16)}
    return replace(
        rules,
        activities={**rules.activities, **{each.id: each for each in ACTIVITIES}},
        calendar=replace(rules.calendar, school_holidays={**rules.calendar.school_holidays, **winter}),
    )
