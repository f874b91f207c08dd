"""What a town's tariffs say, compiled: dated grids of prices.

Money is integer centimes; a percentage is in hundredths of a percent. Read by functions.domain.prices.
"""

from dataclasses import dataclass
from datetime import date

from functions.domain.spans import Span


@dataclass(frozen=True, slots=True)
class Band:
    """A QF from `low` to `high`, both included, in centimes of QF; `high` None: and above."""

    low: int
    high: int | None
    centimes: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """kind "fixed": `centimes`. kind "bands": `bands`, `precision` ("euro": the QF's centimes are dropped first) and
    `missing_band`, the index of the band of a family without QF.
    """

    kind: str
    centimes: int = 0
    bands: tuple[Band, ...] = ()
    precision: str = "centime"
    missing_band: int = 0


@dataclass(frozen=True, slots=True)
class Surcharge:
    """An amount, or hundredths of a percent of the price (2000 is 20 %)."""

    centimes: int = 0
    percent_hundredths: int = 0


@dataclass(frozen=True, slots=True)
class TariffVersion:
    """Prices for the days of `span`. `outside` None: families of other towns pay the same."""

    span: Span
    grid: Grid
    outside: Grid | None = None
    late: Surcharge | None = None
    unbooked: Surcharge | None = None
    source: str = ""
    choice: str = ""


@dataclass(frozen=True, slots=True)
class Tariff:
    id: str
    name: str
    versions: tuple[TariffVersion, ...]

    def on(self, day: date) -> TariffVersion | None:
        return next((version for version in self.versions if version.span.holds(day)), None)
