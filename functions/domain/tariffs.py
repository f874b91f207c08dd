"""What a town's tariffs say, compiled: dated grids of prices.

Money is integer centimes. A percentage of a price is in hundredths of a percent (2000 is 20 %); a rate applied to a
quotient familial or to resources is in millionths of a percent (0,36 % is 360 000). functions.domain.prices reads it.
"""

from dataclasses import dataclass
from datetime import date

from functions.domain.spans import Span


@dataclass(frozen=True, slots=True)
class Band:
    """A QF from `low` to `high`, both included, in centimes of QF; `high` None: and above. Costs `centimes`, or
    `rate` of the QF where there is one.
    """

    low: int
    high: int | None
    centimes: int
    name: str = ""
    rate: int | None = None


@dataclass(frozen=True, slots=True)
class ChildrenRate:
    """The rate of families with `least` dependent children and more, until the next one begins."""

    least: int
    rate: int


@dataclass(frozen=True, slots=True)
class Grid:
    """How the price of one unit is found.

    kind      "fixed" (`centimes`) | "bands" (`bands`) | "linear" | "effort" | "psu" (`rates` of the `basis`)
    basis     "quotient_familial" | "resources" (a month's)
    precision "euro": the QF's centimes are dropped first
    missing   what a family pays whose QF (or resources) is not known: "band" (the one of index `missing_band`), "cap",
              "floor", or "amount" (`missing_centimes`)
    floor, cap                      of the unit price; "psu" has none
    least_resources, most_resources what a month's resources are brought up or down to ("psu")
    aeeh_lowers  each child with an AEEH lowers the rate by one step
    may_fall     the town means a price that falls when the QF rises (« degressif: oui »)
    """

    kind: str
    centimes: int = 0
    bands: tuple[Band, ...] = ()
    precision: str = "centime"
    missing_band: int = 0
    missing: str = "band"
    missing_centimes: int = 0
    rates: tuple[ChildrenRate, ...] = ()
    basis: str = "quotient_familial"
    floor: int | None = None
    cap: int | None = None
    least_resources: int | None = None
    most_resources: int | None = None
    aeeh_lowers: bool = False
    may_fall: bool = False


@dataclass(frozen=True, slots=True)
class Surcharge:
    """An amount, or hundredths of a percent of the price (2000 is 20 %)."""

    centimes: int = 0
    percent_hundredths: int = 0


@dataclass(frozen=True, slots=True)
class Reduction:
    """Less an amount, less a percentage, or a unit price of its own. It never makes a price higher."""

    centimes: int = 0
    percent_hundredths: int = 0
    price: int | None = None


@dataclass(frozen=True, slots=True)
class SiblingStep:
    """The reduction of the `least`th child (or of families of `least` children) and after, until the next step."""

    least: int
    reduction: Reduction


@dataclass(frozen=True, slots=True)
class Siblings:
    """by: "rank" (the child's among its brothers and sisters) | "count" (the family's dependent children)."""

    by: str
    steps: tuple[SiblingStep, ...]


@dataclass(frozen=True, slots=True)
class PackedMeal:
    """A child with a PAI who brings its meal: a unit price, or hundredths of a percent of the usual price."""

    price: int | None = None
    percent_hundredths: int = 0


@dataclass(frozen=True, slots=True)
class TariffVersion:
    """Prices for the days of `span`. Families of other towns pay the grid `outside`, or `outside_surcharge` more, or
    the same when both are None.

    unit          what a unit price is the price of: "act" | "hour" | "half_hour" | "session" | "month"
    step_minutes  durations count up to the next multiple of it ("hour", "half_hour")
    minimum, maximum  of a line, after everything else
    """

    span: Span
    grid: Grid
    outside: Grid | None = None
    late: Surcharge | None = None
    unbooked: Surcharge | None = None
    source: str = ""
    choice: str = ""
    unit: str = "act"
    step_minutes: int = 1
    outside_surcharge: Surcharge | None = None
    siblings: Siblings | None = None
    packed_meal: PackedMeal | None = None
    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, slots=True)
class Tariff:
    id: str
    name: str
    versions: tuple[TariffVersion, ...]

    def on(self, day: date) -> TariffVersion | None:
        return next((version for version in self.versions if version.span.holds(day)), None)
