"""Read the compiled règlement. Functions import this module: no YAML, no calendar library, only msgspec.

The file holds no hash of itself: it is the SHA-256 of the bytes read.
"""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import msgspec

from functions.domain.reglement import Reglement

_DECODER = msgspec.json.Decoder(Reglement)


def loads(compiled: bytes) -> Reglement:
    """Raise msgspec.ValidationError (or DecodeError) when the bytes are not a compiled règlement."""
    return replace(_DECODER.decode(compiled), hash=sha256(compiled).hexdigest())


def load_file(path: str | Path) -> Reglement:
    return loads(Path(path).read_bytes())
