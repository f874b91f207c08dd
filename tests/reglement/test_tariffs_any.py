"""Whatever a town writes in a grid: the check never stumbles, and what it takes can be compiled and priced."""

from datetime import date

from hypothesis import event, given
from hypothesis import strategies as st

from functions.domain.prices import PriceRequest, price_of
from functions.reglement import tariff_checks, tariffs
from functions.reglement.yaml_tariffs import (
    BandYaml,
    EffortYaml,
    OutsideYaml,
    PackedMealYaml,
    PsuYaml,
    ReductionYaml,
    SiblingsYaml,
    SurchargeYaml,
    TariffVersionYaml,
    TariffYaml,
)

MONEY = st.sampled_from(["0", "1", "2,60", "4.5", "400", "400,01", "900"])
RATES = st.sampled_from(["0 %", "0,36 %", "1 %", "12,345678 %"])
PERCENTS = st.sampled_from(["0 %", "10 %", "100 %", "150 %"])
STEPS = st.sampled_from(["1", "2", "3", "1 à 2", "3 à 2", "1 et plus", "2 et plus", "3 et plus", "un", "0"])


def maybe(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.one_of(st.none(), values)


def scale(values: st.SearchStrategy[object]) -> st.SearchStrategy[dict[str, object]]:
    sound = st.sampled_from([("1 et plus",), ("1", "2 et plus"), ("1 à 2", "3", "4 et plus"), ("2", "3 et plus")])
    return st.one_of(
        st.dictionaries(STEPS, values, max_size=3),
        sound.flatmap(lambda keys: st.fixed_dictionaries(dict.fromkeys(keys, values))),
    )


BANDS = st.builds(BandYaml, de=MONEY, a=maybe(MONEY), prix=maybe(MONEY), taux=maybe(RATES), nom=maybe(st.just("A")))
SOUND_BANDS = st.tuples(RATES, MONEY, st.booleans()).map(
    lambda drawn: [
        BandYaml(de="0", a="400", prix="1", nom="A"),
        BandYaml(de="400,01", taux=drawn[0], nom="B") if drawn[2] else BandYaml(de="400,01", prix=drawn[1], nom="B"),
    ]
)
SURCHARGES = st.builds(SurchargeYaml, montant=maybe(MONEY), pourcentage=maybe(PERCENTS))
GRID = {
    "prix": maybe(MONEY),
    "tranches": st.one_of(st.just([]), SOUND_BANDS, st.lists(BANDS, max_size=3)),
    "taux": maybe(RATES),
    "taux_effort": maybe(
        st.builds(
            EffortYaml,
            sur=st.sampled_from(["ressources", "quotient_familial"]),
            enfants=scale(RATES),
            aeeh=st.sampled_from(["oui", "non"]),
        )
    ),
    "psu": maybe(
        st.builds(
            PsuYaml,
            structure=st.sampled_from(["collectif", "familial"]),
            plancher_ressources=maybe(MONEY),
            plafond_ressources=maybe(MONEY),
            enfants=maybe(scale(RATES)),
        )
    ),
    "precision_qf": maybe(st.sampled_from(["euro", "centime"])),
    "sans_qf": maybe(st.sampled_from(["A", "B", "plafond", "plancher", "3,50", "autre"])),
    "plancher": maybe(MONEY),
    "plafond": maybe(MONEY),
    "degressif": maybe(st.sampled_from(["oui", "non"])),
}
WITH = {
    "prix": [],
    "tranches": ["precision_qf", "sans_qf"],
    "taux": ["precision_qf", "sans_qf", "plancher", "plafond"],
    "taux_effort": ["sans_qf", "plancher", "plafond"],
    "psu": ["sans_qf"],
}
KINDS = tuple(WITH)


@st.composite
def grids(draw: st.DrawFn) -> dict[str, object]:
    """Half of them nearly sound: one way to say the price, and no key that does not go with it."""
    kept = draw(st.sampled_from(KINDS))
    keys = [kept, *WITH[kept]] if draw(st.booleans()) else [key for key in GRID if draw(st.booleans()) or key == kept]
    return {key: value for key in keys if (value := draw(GRID[key])) is not None}


@st.composite
def versions(draw: st.DrawFn) -> TariffVersionYaml:
    optional: dict[str, st.SearchStrategy[object]] = {
        "unite": st.sampled_from(["acte", "heure", "demi_heure", "session", "mois"]),
        "pas": st.sampled_from(["15 minutes", "1 heure", "0 minutes"]),
        "hors_commune": st.one_of(
            grids().map(lambda grid: OutsideYaml(**grid)),  # type: ignore[arg-type]
            SURCHARGES.map(lambda surcharge: OutsideYaml(majoration=surcharge)),
        ),
        "fratrie": st.builds(
            SiblingsYaml,
            selon=st.sampled_from(["rang", "nombre"]),
            reductions=scale(
                st.builds(ReductionYaml, montant=maybe(MONEY), pourcentage=maybe(PERCENTS), prix=maybe(MONEY))
            ),
        ),
        "panier_repas": st.builds(PackedMealYaml, prix=maybe(MONEY), pourcentage=maybe(PERCENTS)),
        "majoration_retard": SURCHARGES,
        "majoration_sans_reservation": SURCHARGES,
        "minimum": MONEY,
        "maximum": MONEY,
    }
    chosen = draw(st.sets(st.sampled_from(sorted(optional)), max_size=2))
    more = {key: draw(optional[key]) for key in sorted(chosen)}
    grid = draw(grids())
    if "psu" in grid and draw(st.booleans()):
        more |= {"unite": "heure", "pas": "30 minutes"}
    first = draw(st.sampled_from([date(2024, 9, 1), date(2025, 1, 1), date(2026, 9, 1)]))
    return TariffVersionYaml(du=first, au=date(2027, 8, 31), **{**grid, **more})  # type: ignore[arg-type]


REQUESTS = st.builds(
    PriceRequest,
    quotient_familial_centimes=maybe(st.integers(-1000, 200_000)),
    resources_centimes=maybe(st.integers(-1000, 2_000_000)),
    children_count=st.integers(0, 9),
    aeeh_children=st.integers(0, 3),
    sibling_rank=st.integers(0, 5),
    resident=st.booleans(),
    late=st.booleans(),
    unbooked=st.booleans(),
    packed_meal=st.booleans(),
    minutes=maybe(st.integers(0, 700)),
    quantity=st.integers(0, 12),
)


@given(versions(), REQUESTS, st.dates(date(2026, 9, 1), date(2027, 8, 31)))
def test_a_grid_is_refused_with_a_reason_or_gives_a_price(
    version: TariffVersionYaml, request_: PriceRequest, day: date
) -> None:
    wrong = list(tariff_checks.check(version))
    event("refused" if wrong else "taken")
    assert all(key and not key.endswith("/") and message for key, message in wrong)
    if wrong:
        return
    tariff = tariffs.build(TariffYaml("t", "T", [version]))
    found = tariff.on(day)

    assert found is not None
    assert price_of(found, request_).centimes >= 0
    assert tariff.versions[0].span.first == version.du
    assert tariff.versions[-1].span.last == version.au
