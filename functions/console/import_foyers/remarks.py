"""What an import has to say about a file, one remark at a time. Health words never enter a message."""

from dataclasses import dataclass
from enum import StrEnum

from functions.console.failures import Failure


class Severity(StrEnum):
    ERROR = "erreur"  # the family is not imported
    CHECK = "à vérifier"  # imported, somebody must look
    NOTE = "note"  # written in another form, or worth knowing


@dataclass(frozen=True, slots=True)
class Remark:
    """`line` is the line of the file where the row begins (the header is line 1); `column` its title there.

    `kind` is a few French words: remarks of one kind are counted together in the summary.
    """

    line: int
    column: str
    severity: Severity
    kind: str
    message: str
    reference: str = ""  # the town's file number


class Unusable(Failure):
    """The whole file or its mapping cannot be used; the message is one French sentence."""
