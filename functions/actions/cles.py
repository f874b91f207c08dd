"""Clés enfance: made for the guardians of a file, and recognised when one is typed.

A key opens nothing by itself: it is looked for only in the files where a child of the given name and birth date
stands (the key is sent to the parents of each pupil).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from functions.actions import keyed
from functions.domain import cle_enfance
from functions.domain.errors import FieldError, Invalid
from functions.domain.foyer import Child, FoyerFile, identity_key
from functions.gateways import hashing
from functions.kit import log, throttle
from functions.kit.throttle import Bound
from functions.store import cles
from functions.store.cles import Cle

_HOUR = 3600
# Each try costs as much as this many keys, whether they exist or not.
_WORK = 4
_MOST_FILES = 4
_NO_FILE = "-"
_REFUSED = (
    "Cette clé n’est pas reconnue pour cet enfant. Vérifiez la clé, puis le nom, le prénom et la date de naissance "
    "écrits dans le courrier. Une clé ne sert qu’une fois et expire : le service peut vous en remettre une autre."
)


@dataclass(frozen=True, slots=True)
class Proof:
    """What a parent types: the key, and the child named in the letter."""

    key: str
    child_usual_name: str
    child_given_name: str
    child_birth_date: date


def prepare_keys(
    file: FoyerFile, expires: datetime, now: datetime, only: Collection[str] | None = None
) -> dict[str, str]:
    """Make the missing keys of a file; return guardian id -> key in clear, to print and then forget.

    `only`: the guardians concerned, everybody when None. Nothing for a guardian who has an account or a key still
    valid, nor for a file where no child has a birth date.
    """
    lookups = sorted({lookup for child in file.children for lookup in _lookups(child)})
    made = {}
    for guardian in file.guardians:
        if only is not None and guardian.person_id not in only:
            continue
        if guardian.account_id or not lookups or _has_key(file.foyer_id, guardian.person_id, now):
            continue
        key = cle_enfance.generate()
        cle = Cle(file.foyer_id, guardian.person_id, hashing.hash_secret(key), expires)
        if cles.prepare(cle, lookups, now):
            made[guardian.person_id] = key
    return made


def recognise(proof: Proof, *, account: str, address: str, pointer: str, now: datetime) -> Cle:
    """The key that this proof opens. Raises Invalid "cle_refused", always the same, or Throttled.

    `account` is "" for somebody who has no account yet; `pointer` is where the key stands in the request.
    """
    first = proof.child_given_name.partition(",")[0]
    identity = identity_key(proof.child_usual_name, first, proof.child_birth_date)
    bounds = [
        Bound("cle-adresse", address, 20, _HOUR),
        *([Bound("cle-compte", account, 10, _HOUR)] if account else []),
        Bound("cle-enfant", identity, 5, _HOUR),
        Bound("cle-total", "", 500, _HOUR),
    ]
    throttle.check(bounds, now)
    found = _matching(_candidates(_lookup(identity), now), cle_enfance.normalise(proof.key) or "")
    if found is None:
        log.event("cle_refused", account_id=account, child=throttle.fingerprint(identity))
        raise refused(pointer)
    return found


def refused(pointer: str) -> Invalid:
    return Invalid("cle_refused", _REFUSED, errors=[FieldError(pointer, _REFUSED)])


def _candidates(lookup: str, now: datetime) -> list[Cle]:
    files = cles.foyers_of_child(lookup)[:_MOST_FILES] or [_NO_FILE]
    found = [cle for foyer_id in files for cle in cles.of_foyer(foyer_id)]
    return [cle for cle in found if not cle.used and cle.expires > now]


def _matching(candidates: list[Cle], key: str) -> Cle | None:
    """Every hash is tried, and as many dummies as it takes: the delay tells neither the child nor the key."""
    right = [cle for cle in candidates if hashing.matches(cle.key_hash, key)]
    for _ in range(_WORK - len(candidates)):
        hashing.matches(None, key)
    return right[0] if right else None


def _has_key(foyer_id: str, guardian_id: str, now: datetime) -> bool:
    known = cles.find(foyer_id, guardian_id)
    return known is not None and known.expires > now


def _lookups(child: Child) -> set[str]:
    """Under each name a parent may give: usual or birth name, first given name or all of them."""
    if child.birth_date is None or not child.given_names:
        return set()
    names = {child.usual_name, child.birth_name} - {""}
    given = {child.given_names[0], "".join(child.given_names)}
    return {_lookup(identity_key(name, first, child.birth_date)) for name in names for first in given}


def _lookup(identity: str) -> str:
    return keyed.digest("child", identity)
