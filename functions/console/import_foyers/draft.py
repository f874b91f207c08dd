"""The people of one file, looked at together: repeats, twins, ages, quotient familial, address."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from itertools import combinations
from typing import TypeVar

from functions.console.import_foyers import normalise
from functions.console.import_foyers.mapping import ColumnMapping
from functions.console.import_foyers.people import Context
from functions.console.import_foyers.reading import Reading
from functions.console.import_foyers.remarks import Remark, Severity
from functions.domain.foyer import Address, Allocataire, Child, Contact, FoyerFile, Guardian, fold

P = TypeVar("P", Guardian, Child, Contact)
T = TypeVar("T")
_YOUNGEST_PARENT = 14
_FIELDS = {
    "title": "civilité",
    "usual_name": "nom",
    "given_names": "prénoms",
    "birth_name": "nom de naissance",
    "birth_town": "commune de naissance",
    "address": "adresse",
    "phones": "téléphones",
    "email": "e-mail",
    "parental_authority": "autorité parentale",
    "relationship": "lien",
    "school": "école",
    "level": "classe",
    "custody": "garde alternée",
    "contract": "contrat d’accueil",
    "may_collect": "autorisation de récupérer",
}


@dataclass(slots=True)
class Draft:
    """Filled row by row, then closed once: `close` gives the file, `remarks` what there is to say."""

    reference: str
    line: int
    mapping: ColumnMapping
    guardians: list[tuple[Reading, Guardian]] = field(default_factory=list)
    children: list[tuple[Reading, Child]] = field(default_factory=list)
    contacts: list[tuple[Reading, Contact]] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    own_remarks: list[Remark] = field(default_factory=list)

    def lines(self) -> dict[str, int]:
        """Where each person first stands in the file."""
        everybody: list[tuple[Reading, Guardian | Child | Contact]] = [
            *self.guardians,
            *self.children,
            *self.contacts,
        ]
        return {person.person_id: reading.line for reading, person in reversed(everybody)}

    def close(self, context: Context) -> FoyerFile:
        allocataire = _allocataire([reading for reading, _ in self.guardians], context.today)
        self._check_members()
        _say_twins(self.children)
        _check_ages(self.guardians, self.children)
        for reading in self.readings:
            reading.leftovers()
        address = next((guardian.address for _, guardian in self.guardians if guardian.address), None)
        if address is None or not (address.line1 and address.postcode and address.town):
            self._say(Severity.CHECK, "adresse", "adresse incomplète", "aucune adresse complète dans ce dossier")
        address = address or Address(line1="", postcode="", town="")
        return FoyerFile(
            foyer_id=context.foyer_id,
            reference=self.reference,
            address=address,
            allocataire=allocataire,
            resident=address.postcode == context.commune_postcode and fold(address.town) == fold(context.commune_name),
            guardians=_once(self.guardians, "responsable"),
            children=_once(self.children, "enfant"),
            contacts=_once(self.contacts, "contact"),
        )

    def remarks(self) -> list[Remark]:
        return [*self.own_remarks, *(remark for reading in self.readings for remark in reading.remarks)]

    def _check_members(self) -> None:
        if not self.guardians:
            self._say(Severity.ERROR, "type", "dossier sans responsable", "aucun responsable dans ce dossier")
        if not self.children:
            self._say(Severity.CHECK, "type", "dossier sans enfant", "aucun enfant dans ce dossier")

    def _say(self, severity: Severity, column: str, kind: str, message: str) -> None:
        title = self.mapping.columns.get(column, ("",))[0]
        self.own_remarks.append(Remark(self.line, title, severity, kind, message, self.reference))


def _once(found: Sequence[tuple[Reading, P]], what: str) -> tuple[P, ...]:
    """The same person on two different lines counts once: the first line stands, each difference is said."""
    first: dict[str, tuple[Reading, P]] = {}
    person: P
    for reading, person in found:
        known = first.setdefault(person.person_id, (reading, person))
        if known[0] is reading:
            continue
        differing = [
            _FIELDS[item.name]
            for item in fields(person)
            if item.name in _FIELDS and getattr(person, item.name) != getattr(known[1], item.name)
        ]
        said = f"différences non reprises : {', '.join(differing)}" if differing else "sans autre différence"
        who = " ".join((*person.given_names[:1], person.usual_name))
        reading.say(
            Severity.CHECK,
            "nom",
            f"{what} en double",
            f"{who} figure déjà ligne {known[0].line}, qui est gardée ; {said}",
        )
    return tuple(person for _, person in first.values())


def _say_twins(children: Sequence[tuple[Reading, Child]]) -> None:
    """Same name, same day, other first name: two children, not one written twice."""
    for (_, one), (reading, other) in combinations(children, 2):
        same_day = one.birth_date is not None and one.birth_date == other.birth_date
        if same_day and one.person_id != other.person_id:
            reading.say(
                Severity.NOTE,
                "naissance",
                "jumeaux",
                f"{one.first_name} et {other.first_name} sont nés le même jour : ce sont deux enfants",
            )


def _check_ages(guardians: Sequence[tuple[Reading, Guardian]], children: Sequence[tuple[Reading, Child]]) -> None:
    for reading, child in children:
        for _, guardian in guardians:
            if not (child.birth_date and guardian.birth_date):
                continue
            gap = child.birth_date.year - guardian.birth_date.year
            if gap < _YOUNGEST_PARENT:
                name = guardian.given_names[0] if guardian.given_names else guardian.usual_name
                reading.say(
                    Severity.CHECK,
                    "naissance",
                    "écart d’âge",
                    f"{gap} ans seulement entre {name} et {child.first_name} : gardé, à vérifier",
                )


def _allocataire(readings: Sequence[Reading], today: date) -> Allocataire:
    """One regime, number and quotient a file. When two rows disagree, neither is taken."""
    if not readings:
        return Allocataire()
    regime = _agreed(readings, "regime", normalise.regime)
    number = _agreed(readings, "allocataire", normalise.allocataire)
    amount = _agreed(readings, "quotient", normalise.quotient)
    taken_on = _agreed(readings, "quotient_date", _quotient_date)
    _say_quotient(readings[0], amount, taken_on, today)
    return Allocataire(regime=regime or "", number=number or "", quotient_familial_centimes=amount, taken_on=taken_on)


def _quotient_date(raw: str) -> normalise.Cleaned[date | None]:
    """A wrong date of quotient does not refuse a family: it is left empty and said."""
    cleaned = normalise.civil_date(raw)
    said = tuple(
        normalise.Said(Severity.CHECK, "date de QF illisible", f"{item.message} : laissée vide")
        for item in cleaned.said
    )
    return normalise.Cleaned(cleaned.value, said)


def _agreed(readings: Sequence[Reading], column: str, clean: Callable[[str], normalise.Cleaned[T]]) -> T | None:
    values = {value for value in (reading.take(column, clean) for reading in readings) if value not in {"", None}}
    if len(values) > 1:
        readings[0].say(
            Severity.CHECK,
            column,
            "valeurs contradictoires",
            "deux valeurs différentes dans ce dossier : aucune n’est reprise",
        )
        return None
    return next(iter(values), None)


def _say_quotient(reading: Reading, amount: int | None, taken_on: date | None, today: date) -> None:
    if amount is None:
        reading.say(Severity.CHECK, "quotient", "QF absent", "aucun quotient familial : laissé vide")
    elif taken_on is None:
        reading.say(Severity.CHECK, "quotient_date", "date de QF absente", "quotient familial sans date")
    if taken_on and taken_on > today:
        reading.say(Severity.CHECK, "quotient_date", "date de QF à venir", f"le {taken_on:%d/%m/%Y} est à venir")
