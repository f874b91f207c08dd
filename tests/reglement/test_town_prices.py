"""What a day costs in the five towns, by hand: every kind of grid, both sides of each bound, in centimes.

The leaflets give no price: the amounts are the towns' choices; that they are found so is what is held here.
"""

from dataclasses import dataclass
from datetime import time

import pytest
from support.leaflet import day, paris, town

from functions.domain.decisions import ChildFacts, FamilyFacts, decide_day


@dataclass(frozen=True, slots=True)
class Who:
    """`qf` and `resources` in euros; hours as « 10:30-15:00 »; `now` is early unless said."""

    qf: float | None = None
    resources: float | None = None
    children: int = 1
    aeeh: int = 0
    rank: int = 1
    resident: bool = True
    packed: bool = False
    slot: str | None = None
    hours: str | None = None
    now: str = "2025-09-01 00:00:00"
    unbooked: bool = False


def cost(name: str, activity: str, wanted: str, who: Who) -> int | None:
    hours = None
    if who.hours:
        arrival, departure = (time.fromisoformat(text) for text in who.hours.split("-"))
        hours = arrival, departure
    found = decide_day(
        town(name),
        activity,
        day(wanted),
        paris(who.now),
        ChildFacts(sibling_rank=who.rank, packed_meal=who.packed),
        FamilyFacts(
            quotient_familial_centimes=None if who.qf is None else round(who.qf * 100),
            resident=who.resident,
            resources_centimes=None if who.resources is None else round(who.resources * 100),
            children_count=who.children,
            aeeh_children=who.aeeh,
        ),
        slot=who.slot,
        hours=hours,
        unbooked=who.unbooked,
    )
    return None if found.price is None else found.price.centimes


DAY = "2026-12-10"
CHATOU = [
    ("restauration", DAY, Who(), 530),  # no quotient: the last band
    ("restauration", DAY, Who(qf=450.99), 180),  # read to the euro
    ("restauration", DAY, Who(qf=451), 320),
    ("restauration", DAY, Who(qf=900.99), 320),
    ("restauration", DAY, Who(qf=901), 440),
    ("restauration", DAY, Who(qf=1500), 440),
    ("restauration", DAY, Who(qf=1501), 530),
    ("restauration", DAY, Who(qf=901, resident=False), 528),  # 20 % more
    ("restauration", DAY, Who(qf=901, packed=True), 160),
    ("restauration", DAY, Who(packed=True, resident=False), 192),
    # « En cas de présence sans réservation, le coût de la prestation sera majoré. »: by half, a choice
    ("restauration", DAY, Who(qf=451, unbooked=True), 480),
    ("garderie", DAY, Who(unbooked=True), 465),
    ("tap", "2026-12-11", Who(unbooked=True), 180),
    ("etude-surveillee", DAY, Who(unbooked=True), 390),
    ("loisirs-mercredi", "2026-12-09", Who(unbooked=True), 1800),
    ("loisirs-vacances", "2026-12-22", Who(unbooked=True), 2700),
    ("garderie", DAY, Who(), 310),
    ("garderie", DAY, Who(rank=2), 279),
    ("garderie", DAY, Who(rank=3), 248),
    ("garderie", DAY, Who(rank=5), 248),
    ("loisirs-mercredi", "2026-12-09", Who(qf=333.33), 300),  # 2,999 97: the floor
    ("loisirs-mercredi", "2026-12-09", Who(qf=400), 360),
    ("loisirs-mercredi", "2026-12-09", Who(qf=725), 653),  # 6,525: half a centime upwards
    ("loisirs-mercredi", "2026-12-09", Who(qf=1333.34), 1200),  # 12,000 06: the cap
    ("loisirs-mercredi", "2026-12-09", Who(), 1200),
    ("loisirs-vacances", "2026-12-22", Who(qf=500), 800),
    ("loisirs-vacances", "2026-12-22", Who(qf=500, children=2), 700),
    ("loisirs-vacances", "2026-12-22", Who(qf=500, children=3), 600),
    ("loisirs-vacances", "2026-12-22", Who(qf=500, children=5), 600),
    ("loisirs-vacances", "2026-12-22", Who(qf=100), 500),
    ("loisirs-vacances", "2026-12-22", Who(qf=2000), 1800),
    ("creche", DAY, Who(resources=2000), 1238),  # ten hours at 0,0619 %
    ("creche", DAY, Who(resources=2000, children=2), 1032),
    ("creche", DAY, Who(resources=2000, aeeh=1), 1032),  # the rate of two children
    ("creche", DAY, Who(resources=9000), 5262),  # 8 500 € at most: 52,615
    ("creche", DAY, Who(), 5262),
    ("creche", DAY, Who(resources=500), 504),  # 814,62 € at least
    ("creche", "2025-12-10", Who(resources=500), 496),  # 801,00 € the year before
]
CHANTELOUP = [
    ("apps-matin", DAY, Who(), 150),
    ("apps-soir", DAY, Who(children=2), 240),
    ("apps-soir", DAY, Who(children=3), 200),
    ("tram", DAY, Who(qf=350), 100),
    ("tram", DAY, Who(qf=350.01), 210),
    ("tram", DAY, Who(qf=700), 210),
    ("tram", DAY, Who(qf=700.01), 305),
    ("tram", DAY, Who(qf=1100.01), 400),
    ("tram", DAY, Who(), 400),
    ("tram", DAY, Who(qf=700.01, packed=True), 153),  # half of 3,05
    ("mercredi", "2026-12-09", Who(resources=2000), 600),
    ("mercredi", "2026-12-09", Who(resources=2000, children=2), 520),
    ("mercredi", "2026-12-09", Who(resources=2000, children=4), 440),
    ("mercredi", "2026-12-09", Who(resources=800), 250),
    ("mercredi", "2026-12-09", Who(resources=4000), 900),
    ("vacances", "2026-12-22", Who(), 1200),
    ("vacances", "2026-12-22", Who(resident=False), 1800),
    # « sous peine d'une éventuelle majoration »: 20 %, a choice
    ("tram", DAY, Who(qf=350.01, now="2026-11-27 00:00:00"), 252),
    ("tram", DAY, Who(qf=700.01, packed=True, now="2026-11-27 00:00:00"), 183),
    ("vacances", "2026-12-22", Who(resident=False, now="2026-11-24 00:00:00"), 2160),
]
CHALONNES = [
    ("restauration", "2026-06-29", Who(qf=600), 370),  # the grid before
    ("restauration", "2026-09-01", Who(qf=600), 240),  # the first day of the next
    ("restauration", DAY, Who(qf=600.01), 320),
    ("restauration", DAY, Who(qf=1000), 320),
    ("restauration", DAY, Who(qf=1000.01), 380),
    ("restauration", DAY, Who(), 380),
    ("restauration", DAY, Who(qf=1000, resident=False), 420),
    ("restauration", DAY, Who(qf=1000.01, resident=False), 460),
    ("restauration", DAY, Who(resident=False), 460),
    ("restauration", DAY, Who(qf=1200, packed=True), 150),
    ("accueil-periscolaire", DAY, Who(), 240),  # four half-hours
    ("multi-accueil", DAY, Who(resources=1500, slot="matin"), 371),  # four hours at 0,9285 €: 3,714
    ("multi-accueil", DAY, Who(resources=1500, slot="matin-repas"), 511),
    ("multi-accueil", DAY, Who(resources=1500, slot="apres-midi"), 418),
    ("multi-accueil", DAY, Who(resources=1500, slot="journee"), 929),  # 9,285: half a centime upwards
    ("multi-accueil", DAY, Who(resources=1500, children=3, slot="matin"), 248),
    ("multi-accueil", DAY, Who(slot="matin"), 202),  # at the floor of the resources
    ("accueil-extrascolaire", "2026-12-22", Who(), 1100),
    ("accueil-extrascolaire", "2026-12-22", Who(resident=False), 1400),
    ("accueil-extrascolaire", "2026-12-22", Who(rank=2), 950),
    ("accueil-extrascolaire", "2026-12-22", Who(rank=2, resident=False), 1250),
    ("espace-jeunesse", "2026-12-09", Who(), 300),
]
# « Simulez les tarifs en fonction de votre quotient familial. »
CHAMBLY = [
    ("alsh-mercredi", "2026-12-09", Who(qf=700), 770),
    ("alsh-mercredi", "2026-12-09", Who(qf=700, children=2), 700),
    ("alsh-vacances", "2026-12-22", Who(qf=700, children=3), 630),
    ("alsh-vacances", "2026-12-22", Who(qf=300), 400),
    ("alsh-vacances", "2026-12-22", Who(qf=1500), 1400),
    ("alsh-vacances", "2026-12-22", Who(), 1400),
    ("periscolaire", DAY, Who(qf=600.99), 120),
    ("periscolaire", DAY, Who(qf=601), 190),
    ("periscolaire", DAY, Who(qf=1201), 260),
    ("maison-de-la-petite-enfance", DAY, Who(qf=600), 800),  # ten hours
    ("maison-de-la-petite-enfance", DAY, Who(qf=601), 1500),
    ("maison-de-la-petite-enfance", DAY, Who(), 2200),
    ("restauration", DAY, Who(qf=249.99), 100),
    ("restauration", DAY, Who(qf=501.25), 201),  # 2,005
    ("restauration", DAY, Who(qf=800), 320),
    ("restauration", DAY, Who(qf=1250.01), 500),
    ("restauration", DAY, Who(), 500),
]
FONTBRUNE = [
    # « 0,36 % du quotient familial, entre 2,60 € et 4,50 €. », « 0,38 % […] au 1er janvier »
    ("restauration", DAY, Who(qf=722.22), 260),
    ("restauration", DAY, Who(qf=812.50), 293),  # 2,925
    ("restauration", DAY, Who(qf=1000), 360),
    ("restauration", DAY, Who(qf=1251), 450),
    ("restauration", DAY, Who(), 450),
    ("restauration", DAY, Who(qf=1000, resident=False), 480),
    ("restauration", DAY, Who(qf=1000, packed=True), 175),
    ("restauration", DAY, Who(qf=1000, unbooked=True), 540),
    ("restauration", "2026-12-18", Who(qf=1000), 360),  # the last meal of the year
    ("restauration", "2027-01-04", Who(qf=1000), 380),  # and the first of the next
    ("restauration", "2027-01-04", Who(qf=700), 270),
    # « 0,55 € la demi-heure, toute demi-heure commencée est due. »: an hour and a quarter is three
    ("garderie-matin", DAY, Who(), 165),
    ("garderie-matin", DAY, Who(rank=2), 149),  # 1,485
    ("garderie-matin", DAY, Who(rank=3), 90),
    ("garderie-matin", DAY, Who(now="2026-12-09 18:00:01"), 245),
    ("garderie-matin", DAY, Who(rank=3, now="2026-12-09 18:00:01"), 170),
    ("garderie-matin", DAY, Who(unbooked=True), 165),  # « paie le prix ordinaire »
    ("garderie-soir", DAY, Who(slot="premiere-heure"), 90),
    ("garderie-soir", DAY, Who(slot="deux-heures"), 220),
    ("etude", DAY, Who(qf=900.99), 240),
    ("etude", DAY, Who(qf=901), 220),  # it falls: « la commune le veut ainsi »
    ("sports", "2026-12-12", Who(), 400),
    ("sports", "2026-12-12", Who(resident=False), 600),
    ("mercredi", "2026-12-09", Who(resources=2400, slot="matin"), 480),
    ("mercredi", "2026-12-09", Who(resources=2400, children=2, slot="matin"), 408),
    ("mercredi", "2026-12-09", Who(resources=2400, children=2, aeeh=1, slot="matin"), 336),
    ("mercredi", "2026-12-09", Who(resources=2400, children=4, slot="apres-midi"), 336),
    ("mercredi", "2026-12-09", Who(resources=900, slot="matin"), 200),
    ("mercredi", "2026-12-09", Who(resources=6000, slot="matin"), 900),
    ("mercredi", "2026-12-09", Who(slot="matin"), 900),
    ("mercredi", "2026-12-09", Who(slot="matin-repas"), 840),
    ("mercredi", "2026-12-09", Who(slot="matin-repas", packed=True), 504),
    ("mercredi", "2026-12-09", Who(qf=500.99, slot="journee"), 420),  # « jamais moins de 4,20 € »
    ("mercredi", "2026-12-09", Who(qf=501, slot="journee"), 451),  # 4,509
    ("mercredi", "2026-12-09", Who(qf=1200.99, slot="journee"), 1080),
    ("mercredi", "2026-12-09", Who(qf=1201, slot="journee"), 1200),
    ("vacances", "2026-10-19", Who(qf=800), 1120),
    ("vacances", "2026-10-19", Who(qf=800, children=2), 860),  # 9,60 less one euro
    ("vacances", "2026-10-19", Who(qf=100, children=2), 400),
    ("vacances", "2026-10-19", Who(qf=800, resident=False), 2200),
    ("vacances", "2026-10-19", Who(), 2000),
    # the national scale of familial care: 0,0516 %, 0,0413 %, 0,0310 %
    ("halte", DAY, Who(resources=2000, hours="10:30-15:00"), 464),  # 4,644
    ("halte", DAY, Who(resources=2000, children=2, hours="10:30-15:00"), 372),
    ("halte", DAY, Who(resources=2000, children=3, hours="10:30-15:00"), 279),
    ("halte", DAY, Who(resources=2000, children=2, aeeh=1, hours="10:30-15:00"), 279),
    ("halte", DAY, Who(resources=9000, hours="09:00-11:00"), 877),
    ("halte", DAY, Who(resources=500, hours="10:30-15:00"), 189),
    ("halte", DAY, Who(hours="10:30-15:00"), 1974),
]
TABLE = [
    (name, *row)
    for name, rows in (
        ("chatou", CHATOU),
        ("chanteloup", CHANTELOUP),
        ("chalonnes", CHALONNES),
        ("chambly", CHAMBLY),
        ("cinquieme", FONTBRUNE),
    )
    for row in rows
]


@pytest.mark.parametrize(("name", "activity", "wanted", "who", "centimes"), TABLE)
def test_what_a_day_costs(name: str, activity: str, wanted: str, who: Who, centimes: int) -> None:
    assert cost(name, activity, wanted, who) == centimes


def test_every_kind_of_grid_is_in_a_town() -> None:
    """The five towns together say the whole language of prices."""
    versions = [
        version
        for name in ("chatou", "chanteloup", "chalonnes", "chambly", "cinquieme")
        for tariff in town(name).tariffs.values()
        for version in tariff.versions
    ]

    assert {version.grid.kind for version in versions} == {"fixed", "bands", "linear", "effort", "psu"}
    assert {"act", "hour", "half_hour"} <= {version.unit for version in versions}
    for key in ("outside", "outside_surcharge", "siblings", "packed_meal", "late", "unbooked", "minimum"):
        assert any(getattr(version, key) is not None for version in versions), key
