"""School and level of a child, by the town's rules. No likeness is guessed: a name is known, or it is left empty."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from functions.console.import_foyers.reading import Reading
from functions.console.import_foyers.remarks import Severity
from functions.domain.foyer import fold
from functions.domain.reglement import School

_FIRST_MONTH = 8  # an export of August speaks of the rentrée that comes


@dataclass(frozen=True, slots=True)
class Schooling:
    """`schools` of the rules. `spellings` are folded names, aliases and ids."""

    schools: Mapping[str, School]
    spellings: Mapping[str, str]

    def of(self, reading: Reading, born: date | None, today: date) -> tuple[str, str]:
        """(school id, level id) of the row; "" for what is not known, with a remark."""
        school = self._school(reading)
        level = self._level(reading, school)
        if level and born:
            _plausible(reading, born, today)
        return (school.id if school else ""), level

    def _school(self, reading: Reading) -> School | None:
        raw = reading.raw("ecole").strip()
        if not raw:
            return None
        school = self.schools.get(self.spellings.get(fold(raw), ""))
        if school is None:
            reading.say(
                Severity.CHECK, "ecole", "école inconnue", f"« {raw} » n’est pas une école du règlement : laissée vide"
            )
        return school

    def _level(self, reading: Reading, school: School | None) -> str:
        raw = reading.raw("classe").strip()
        if not raw:
            return ""
        everywhere = {fold(level): level for known in self.schools.values() for level in known.levels}
        level = everywhere.get(fold(raw), "")
        if not level:
            reading.say(
                Severity.CHECK,
                "classe",
                "classe inconnue",
                f"« {raw} » n’est pas une classe du règlement : laissée vide",
            )
        elif school and level not in school.levels:
            reading.say(
                Severity.CHECK,
                "classe",
                "classe hors de l’école",
                f"{school.name} n’a pas de {raw} : classe laissée vide",
            )
            return ""
        return level


def schooling(schools: Mapping[str, School]) -> Schooling:
    spellings: dict[str, str] = {}
    for school in schools.values():
        for spelling in (school.id, school.name, *school.aliases):
            spellings[fold(spelling)] = school.id
    return Schooling(schools, spellings)


def _plausible(reading: Reading, born: date, today: date) -> None:
    """One year off happens (maintien, passage anticipé) and is noted; two or more is to be checked."""
    usual = reading.mapping.ages.get(fold(reading.raw("classe")))
    if usual is None:
        return
    year = reading.mapping.school_year or (today.year if today.month >= _FIRST_MONTH else today.year - 1)
    gap = year - born.year - usual
    if gap == 0:
        return
    direction = "de plus" if gap > 0 else "de moins"
    years = "un an" if abs(gap) == 1 else f"{abs(gap)} ans"
    reading.say(
        Severity.NOTE if abs(gap) == 1 else Severity.CHECK,
        "naissance",
        "âge et classe" if abs(gap) == 1 else "âge peu vraisemblable",
        f"{years} {direction} que l’âge habituel en {reading.raw('classe').strip()} (né en {born.year}) : gardé ainsi",
    )
