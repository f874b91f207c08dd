"""The PynamoDB models: one per table, plus two of `core`'s own (counters, published rules). Nothing above this package
sees them.

An item is its keys, what conditions and indexes need (version, outbox, at, expires), and one JSON document.
The version is ours and explicit: PynamoDB's own version attribute can reset itself and is never used.
"""

from typing import Any

from pynamodb.attributes import BinaryAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection
from pynamodb.models import Model


class _Item(Model):
    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    doc = UnicodeAttribute(null=True)
    version = NumberAttribute(null=True)
    at = UnicodeAttribute(null=True)
    expires = NumberAttribute(null=True)


def _outbox(name: str) -> Any:
    """A sparse index: an event stands in it only while something remains to be sent."""
    meta = type("Meta", (), {"index_name": "outbox", "projection": KeysOnlyProjection()})
    fields = {
        "Meta": meta,
        "outbox": UnicodeAttribute(hash_key=True),
        "at": UnicodeAttribute(range_key=True),
    }
    return type(name, (GlobalSecondaryIndex,), fields)()


class Core(_Item):
    class Meta:
        table_name = "core"

    outbox = UnicodeAttribute(null=True)
    outbox_index = _outbox("CoreOutbox")


class PublishedRules(_Item):
    """The items of REGLEMENT in `core`: `data` holds a compiled file, gzip."""

    class Meta:
        table_name = "core"

    data = BinaryAttribute(null=True, legacy_encoding=False)


class Credentials(_Item):
    class Meta:
        table_name = "credentials"

    outbox = UnicodeAttribute(null=True)
    outbox_index = _outbox("CredentialsOutbox")


class Ephemeral(_Item):
    class Meta:
        table_name = "ephemeral"

    hits = NumberAttribute(null=True)


class Audit(_Item):
    class Meta:
        table_name = "audit"


DAYS = tuple(f"d{day:02}" for day in range(1, 32))

# Seats taken, per day of a month (d01 … d31). No version here: only conditional additions.
Counter: Any = type(
    "Counter",
    (Model,),
    {
        "Meta": type("Meta", (), {"table_name": "core"}),
        "pk": UnicodeAttribute(hash_key=True),
        "sk": UnicodeAttribute(range_key=True),
        **{name: NumberAttribute(null=True) for name in DAYS},
    },
)

MODELS: tuple[tuple[str, Any], ...] = (
    ("core", Core),
    ("core", Counter),
    ("core", PublishedRules),
    ("credentials", Credentials),
    ("ephemeral", Ephemeral),
    ("audit", Audit),
)
