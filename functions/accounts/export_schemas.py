"""The copy of everything held about a person, as a file: identifiers in English, their meaning in `legend`."""

from datetime import date, datetime
from typing import Any

import msgspec

from functions.domain.foyer import Address, Allocataire


class About(msgspec.Struct):
    commune: str
    made_at: datetime
    not_included: tuple[str, ...]


class Account(msgspec.Struct):
    """`profile` is what was typed when the account was made."""

    account_id: str
    username: str
    email: str
    created_at: datetime
    profile: dict[str, Any]
    last_sign_in: datetime | None
    second_factor: str
    agent_services: tuple[str, ...]
    email_asked: str
    mail_failing_since: datetime | None


class OpenDevice(msgspec.Struct):
    name: str
    opened_at: datetime


class Passkey(msgspec.Struct):
    name: str
    created_at: datetime
    last_used_at: datetime | None
    synced: bool


class FranceConnect(msgspec.Struct):
    linked_at: datetime


class Choices(msgspec.Struct):
    invoice: str
    deadline_reminders: bool
    gap_alerts: bool
    news: tuple[str, ...]


class Parent(msgspec.Struct):
    """Another parent's address, phones, e-mail and birth are theirs alone: empty unless `is_me`."""

    is_me: bool
    has_account: bool
    title: str
    usual_name: str
    given_names: tuple[str, ...]
    relationship: str
    parental_authority: bool
    birth_name: str = ""
    birth_date: date | None = None
    birth_town: str = ""
    address: Address | None = None
    phones: list[str] = []
    email: str = ""


class OwnChild(msgspec.Struct):
    usual_name: str
    given_names: tuple[str, ...]
    birth_name: str
    birth_date: date | None
    birth_town: str
    relationship: str
    school: str
    level: str
    custody: str
    contract: str


class Relative(msgspec.Struct):
    usual_name: str
    given_names: tuple[str, ...]
    relationship: str
    phones: tuple[str, ...]
    may_collect: bool


class Booking(msgspec.Struct):
    day: date
    child: str
    activity: str
    state: str
    late: bool
    price_centimes: int


class ReceiptLine(msgspec.Struct):
    number: str
    at: datetime


class Family(msgspec.Struct):
    """`address` and `allocataire` are None for a parent who lives elsewhere: they are the other household's."""

    reference: str
    address: Address | None
    allocataire: Allocataire | None
    parents: list[Parent]
    children: list[OwnChild]
    contacts: list[Relative]
    bookings: list[Booking]
    receipts: list[ReceiptLine]


class Happened(msgspec.Struct):
    at: datetime
    what: str


class Export(msgspec.Struct):
    about: About
    legend: dict[str, str]
    account: Account
    devices: list[OpenDevice]
    passkeys: list[Passkey]
    franceconnect: FranceConnect | None
    preferences: Choices
    families: list[Family]
    history: list[Happened]
