"""Wire shapes of the family function: what the service answers, as it is."""

from functions.family.service import ChildFile, Dashboard

__all__ = ["ChildFile", "Dashboard"]
