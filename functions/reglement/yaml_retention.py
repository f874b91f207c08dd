"""The shape of « conservation »: how long what the portal knows is kept."""

from typing import Annotated

from functions.reglement import words
from functions.reglement.yaml_basics import Label, Shape, text

Kept = Annotated[str, text(words.KEPT, "Une durée s’écrit « 90 jours », « 18 mois » ou « 2 ans ».")]


class RetentionYaml(Shape):
    dossier_famille: Kept | None = None
    espace_ferme: Kept | None = None
    espace_inactif: Kept | None = None
    demande_decidee: Kept | None = None
    source: Label | None = None
    choix: Label | None = None
