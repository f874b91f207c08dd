"""Wire shapes of the family function: what the service answers, as it is."""

from typing import Annotated

import msgspec
from msgspec import Meta

from functions.family.service import ChildFile, Dashboard

__all__ = ["ChildFile", "Dashboard", "DashboardQuery"]


class DashboardQuery(msgspec.Struct, forbid_unknown_fields=True):
    """`foyer`: one of the account's families; none means the first."""

    foyer: Annotated[str, Meta(max_length=64)] = ""
