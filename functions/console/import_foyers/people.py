"""A row becomes a guardian, a child or a contact. Wrong dates are errors; the rest is left empty and said."""

from dataclasses import dataclass
from datetime import date

from functions.console.import_foyers import normalise
from functions.console.import_foyers.normalise import Cleaned
from functions.console.import_foyers.reading import Reading
from functions.console.import_foyers.remarks import Severity
from functions.console.import_foyers.schooling import Schooling
from functions.domain.foyer import Address, Child, Contact, Guardian, fold, identity_key
from functions.store.foyers import person_id_for

_TITLES = {"madame": "Mme", "monsieur": "M."}
_CUSTODY = {"garde_semaines_paires": "even", "garde_semaines_impaires": "odd"}
_CONTRACTS = {"regulier": "regular", "occasionnel": "occasional"}
_OLDEST_GUARDIAN, _YOUNGEST_GUARDIAN, _OLDEST_CHILD = 100, 15, 18


@dataclass(frozen=True, slots=True)
class Context:
    """What the rows of one family are read with. `today` is a civil date in Paris."""

    foyer_id: str
    today: date
    schooling: Schooling
    commune_name: str
    commune_postcode: str


def guardian(reading: Reading, context: Context) -> Guardian:
    usual_name, given_names = _names(reading)
    born = _birth_date(reading, context, required=False)
    if born is None and not reading.raw("naissance").strip():
        reading.say(Severity.CHECK, "naissance", "date absente", "date de naissance absente : laissée vide")
    if born and not _YOUNGEST_GUARDIAN <= _age(born, context.today) <= _OLDEST_GUARDIAN:
        reading.say(
            Severity.CHECK,
            "naissance",
            "date peu vraisemblable",
            f"{_age(born, context.today)} ans pour un responsable : gardé, à vérifier",
        )
    email = reading.take("courriel", normalise.email)
    if not email:
        reading.say(
            Severity.NOTE,
            "courriel",
            "courrier à envoyer",
            f"{_full(given_names, usual_name)} n’a pas d’e-mail : courrier",
        )
    _unknown_note(reading)
    identity = f"{fold(usual_name)}|{fold(given_names[0]) if given_names else ''}|{born or ''}"
    return Guardian(
        person_id=person_id_for("guardian", identity, context.foyer_id),
        title=_title(reading),
        usual_name=usual_name,
        given_names=given_names,
        birth_name=reading.take("nom_naissance", normalise.name),
        birth_date=born,
        birth_town=reading.take("commune_naissance", normalise.line),
        address=_address(reading, context),
        phones=reading.phones(),
        email=email,
        parental_authority=_authority(reading),
        relationship=reading.take("lien", normalise.line),
    )


def child(reading: Reading, context: Context) -> tuple[Child, str]:
    """The child, without sealed notes, and the remark to seal ("" when there is none)."""
    usual_name, given_names = _names(reading)
    born = _birth_date(reading, context, required=True)
    if born and _age(born, context.today) >= _OLDEST_CHILD:
        reading.say(
            Severity.CHECK,
            "naissance",
            "date peu vraisemblable",
            f"{_age(born, context.today)} ans pour un enfant : gardé, à vérifier",
        )
    school, level = context.schooling.of(reading, born, context.today)
    custody, note = _child_note(reading)
    identity = identity_key(usual_name, given_names[0], born) if born and given_names else f"ligne {reading.line}"
    made = Child(
        person_id=person_id_for("child", identity),
        usual_name=usual_name,
        given_names=given_names,
        birth_date=born,
        birth_name=reading.take("nom_naissance", normalise.name),
        birth_town=reading.take("commune_naissance", normalise.line),
        relationship=reading.take("lien", normalise.line),
        school=school,
        level=level,
        custody=custody,
        contract=_contract(reading),
    )
    return made, note


def contact(reading: Reading, context: Context) -> Contact:
    usual_name, given_names = _names(reading)
    phones = reading.phones()
    if not phones:
        reading.say(Severity.CHECK, "telephones", "contact sans téléphone", "aucun téléphone pour ce contact")
    may_collect = _note_meaning(reading) == "peut_recuperer"
    if not may_collect:
        _unknown_note(reading)
    identity = f"{fold(usual_name)}|{fold(given_names[0]) if given_names else ''}"
    return Contact(
        person_id=person_id_for("contact", identity, context.foyer_id),
        usual_name=usual_name,
        given_names=given_names,
        relationship=reading.take("lien", normalise.line),
        phones=phones,
        may_collect=may_collect,
    )


def _names(reading: Reading) -> tuple[str, tuple[str, ...]]:
    usual_name = reading.take("nom", normalise.name)
    given_names = reading.take("prenoms", normalise.given_names)
    if not fold(usual_name):
        reading.say(Severity.ERROR, "nom", "nom absent", "le nom manque")
    if not given_names or not fold(given_names[0]):
        reading.say(Severity.ERROR, "prenoms", "prénom absent", "le prénom manque")
    return usual_name, given_names


def _full(given_names: tuple[str, ...], usual_name: str) -> str:
    return f"{given_names[0] if given_names else ''} {usual_name}".strip()


def _birth_date(reading: Reading, context: Context, *, required: bool) -> date | None:
    born = reading.take("naissance", normalise.civil_date)
    if born is None and required and not reading.raw("naissance").strip():
        reading.say(Severity.ERROR, "naissance", "date absente", "la date de naissance de l’enfant manque")
    if born and born > context.today:
        reading.say(
            Severity.ERROR, "naissance", "date à venir", f"« {born:%d/%m/%Y} » est une date de naissance à venir"
        )
    return born


def _age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _title(reading: Reading) -> str:
    raw = reading.raw("civilite").strip()
    title = _TITLES.get(reading.word("civilite"), "")
    if raw and not title:
        reading.say(Severity.CHECK, "civilite", "civilité inconnue", f"« {raw} » n’est pas connu : laissée vide")
    return title


def _authority(reading: Reading) -> bool:
    """A responsable holds parental authority unless the export says no; silence or an unknown word is reported."""
    meaning = reading.word("autorite_parentale")
    raw = reading.raw("autorite_parentale").strip()
    if meaning not in {"oui", "non"} and "autorite_parentale" in reading.mapping.columns:
        said = f"« {raw} » n’est pas compris" if raw else "rien n’est indiqué"
        reading.say(
            Severity.CHECK, "autorite_parentale", "autorité parentale non dite", f"{said} : comptée comme exercée"
        )
    return meaning != "non"


def _contract(reading: Reading) -> str:
    raw = reading.raw("contrat").strip()
    contract = _CONTRACTS.get(reading.word("contrat"), "")
    if raw and not contract:
        reading.say(Severity.CHECK, "contrat", "contrat inconnu", f"« {raw} » n’est pas connu : laissé vide")
    return contract


def _address(reading: Reading, context: Context) -> Address | None:
    line1 = reading.take("adresse", normalise.line)
    line2 = reading.take("complement", normalise.line)
    postcode = reading.take("code_postal", normalise.postcode)
    town = reading.take("ville", normalise.line)
    if not (line1 or postcode or town):
        return None
    known = reading.mapping.towns.get(fold(town))
    if known and known != town:
        reading.say(
            Severity.NOTE, "ville", "commune réécrite", f"« {town} » est enregistré « {known} » (fichier des colonnes)"
        )
        town = known
    elif postcode == context.commune_postcode and fold(town) != fold(context.commune_name):
        reading.say(
            Severity.CHECK,
            "ville",
            "commune à vérifier",
            f"« {town} » n’est pas « {context.commune_name} », la commune du code postal {postcode} : "
            "gardé ainsi, compté hors commune",
        )
    return Address(line1=line1, postcode=postcode, town=town, line2=line2)


def _note_meaning(reading: Reading) -> str:
    return reading.mapping.notes.get(fold(reading.raw("observations")), "")


def _unknown_note(reading: Reading) -> None:
    if reading.raw("observations").strip():
        reading.say(
            Severity.CHECK,
            "observations",
            "observation non reprise",
            "une observation sur un adulte n’est pas reprise (contenu non affiché) : à reporter à la main",
        )


def _child_note(reading: Reading) -> tuple[str, str]:
    """(custody, note to seal). A known phrase becomes data; anything else may speak of health and is sealed."""
    raw = reading.take("observations", _kept)
    meaning = _note_meaning(reading)
    if meaning in _CUSTODY:
        weeks = "paires" if _CUSTODY[meaning] == "even" else "impaires"
        reading.say(
            Severity.NOTE,
            "observations",
            "garde alternée",
            f"garde alternée, semaines {weeks}, enregistrée pour cet enfant",
        )
        return _CUSTODY[meaning], ""
    if raw:
        reading.say(
            Severity.NOTE,
            "observations",
            "observation chiffrée",
            "observation gardée chiffrée (elle peut parler de santé : son contenu n’est pas affiché)",
        )
    return "", raw


def _kept(raw: str) -> Cleaned[str]:
    return Cleaned(raw.strip())
