"""Places and waiting lists: from the town's words to the domain's values."""

from functions.domain.activity import AgeGroup, Capacity, WaitingList
from functions.reglement.words import number
from functions.reglement.yaml_activities import AgeGroupYaml, CapacityYaml, WaitingListYaml

_MODES = {"manuelle": "manual", "automatique": "automatic", "proposition": "offer"}


def build(capacity: CapacityYaml | None) -> Capacity | None:
    if capacity is None:
        return None
    return Capacity(
        per_day=_count(capacity.par_jour),
        per_school={school: int(places) for school, places in capacity.par_ecole.items()} or None,
        per_session=_count(capacity.par_session),
        groups=tuple(_group(group) for group in capacity.groupes),
        waiting=_waiting(capacity.liste_attente),
    )


def _group(given: AgeGroupYaml) -> AgeGroup:
    return AgeGroup(
        given.id,
        given.nom,
        number(given.age_minimum),
        number(given.age_maximum),
        per_day=_count(given.par_jour),
        per_session=_count(given.par_session),
    )


def _waiting(given: WaitingListYaml | None) -> WaitingList | None:
    return (
        None
        if given is None
        else WaitingList(
            _MODES[given.mode],
            offer_hours=None if given.delai_reponse is None else number(given.delai_reponse),
            source=given.source or "",
            choice=given.choix or "",
        )
    )


def _count(given: str | None) -> int | None:
    return None if given is None else int(given)
