"""Telephone numbers, kept in E.164: « 06 12 34 56 78 » -> "+33612345678"."""

import re

# the last ones are invisible: a telephone's address book puts them around a number that is copied
_BETWEEN = re.compile("[\\s./()\\-\u2011\u200e\u202a\u202c\u2066\u2068\u2069]+")
_FRENCH = re.compile(r"^\+33[1-9][0-9]{8}$")
_ABROAD = re.compile(r"^\+(?!33)[1-9][0-9]{6,14}$")
_SUBSCRIBER = 8


def normalise(typed: str) -> str | None:
    """None when no telephone has such a number. A number without a country code is French."""
    bare = _BETWEEN.sub("", typed.replace("(0)", ""))
    if bare.startswith("00"):
        bare = "+" + bare[2:]
    elif bare.startswith("0"):
        bare = "+33" + bare[1:]
    if not (_FRENCH.match(bare) or _ABROAD.match(bare)):
        return None
    return None if len(set(bare[-_SUBSCRIBER:])) == 1 else bare
