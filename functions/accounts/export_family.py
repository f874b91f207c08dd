"""What one parent may take away of a family file: the whole family, and of the other parents their names alone."""

import json
from dataclasses import asdict

from functions.accounts import export_schemas as shapes
from functions.domain.contact_details import at_home
from functions.domain.foyer import Child, FoyerFile, Guardian
from functions.domain.reglement import Reglement
from functions.store import events, foyers, months
from functions.store.access import FoyerLink
from functions.store.months import Family

_EVER = "0000-00"


def of(link: FoyerLink, rules: Reglement) -> shapes.Family | None:
    """None when the file is gone, or when this parent is no longer in it."""
    family = months.load_family(link.foyer_id, _EVER)
    me = next((one for one in family.file.guardians if one.person_id == link.guardian_id), None) if family else None
    if family is None or me is None:
        return None
    file = family.file
    home = at_home(file, me)
    return shapes.Family(
        reference=file.reference,
        address=file.address if home else None,
        allocataire=file.allocataire if home else None,
        parents=[_parent(one, is_me=one is me) for one in file.guardians],
        children=[_child(one, rules) for one in file.children],
        contacts=[
            shapes.Relative(one.usual_name, one.given_names, one.relationship, one.phones, one.may_collect)
            for one in file.contacts
        ],
        bookings=_bookings(family, rules),
        receipts=_receipts(link.foyer_id),
    )


def _parent(one: Guardian, *, is_me: bool) -> shapes.Parent:
    shown = shapes.Parent(
        is_me=is_me,
        has_account=bool(one.account_id),
        title=one.title,
        usual_name=one.usual_name,
        given_names=one.given_names,
        relationship=one.relationship,
        parental_authority=one.parental_authority,
    )
    if is_me:
        shown.birth_name, shown.birth_date, shown.birth_town = one.birth_name, one.birth_date, one.birth_town
        shown.address, shown.phones, shown.email = one.address, list(one.phones), one.email
    return shown


def _child(one: Child, rules: Reglement) -> shapes.OwnChild:
    facts = asdict(one)
    school = rules.schools.get(one.school)
    facts["school"] = school.name if school else one.school
    return shapes.OwnChild(**{name: facts[name] for name in shapes.OwnChild.__struct_fields__})


def _bookings(family: Family, rules: Reglement) -> list[shapes.Booking]:
    found = [
        shapes.Booking(
            day=entry.day,
            child=_first_name(family.file, month.child_id),
            activity=rules.activities[month.activity].name if month.activity in rules.activities else month.activity,
            state=entry.state,
            late=entry.late,
            price_centimes=entry.price_centimes,
        )
        for month in family.months
        for entry in month.days
    ]
    return sorted(found, key=lambda booking: (booking.day, booking.child, booking.activity))


def _first_name(file: FoyerFile, child_id: str) -> str:
    child = file.child(child_id)
    return child.first_name if child else ""


def _receipts(foyer_id: str) -> list[shapes.ReceiptLine]:
    found = []
    for event in events.find_by_prefix("core", foyers.partition(foyer_id), ""):
        answer = json.loads(event.answer) if event.answer else {}
        if "receipt_number" in answer:
            found.append(shapes.ReceiptLine(answer["receipt_number"], event.at))
    return sorted(found, key=lambda line: line.at)
