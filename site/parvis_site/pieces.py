"""What every macro has at hand: the town's rules, the way to the root of the site, the fragment templates."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, TypeVar

from functions.domain.activity import Activity
from functions.domain.french import clock, euros
from functions.domain.reglement import Reglement, Service
from functions.domain.tariffs import Tariff
from parvis_site import forms, words
from parvis_site.rules import phone_link

T = TypeVar("T")


class UnknownId(KeyError):
    """A macro names something that the rules do not have; the message lists what they have."""


class Pieces:
    """The macros of one page. `base` leads from the page to the root of the site ("../../").

    `example_from` is the first day of the month that follows the build: examples and school years start there.
    """

    def __init__(self, reglement: Reglement, base: str, example_from: date) -> None:
        self._rules = reglement
        self._base = base
        self._example_from = example_from

    @property
    def _month(self) -> date:
        """The first day of the month of the build."""
        return (self._example_from - timedelta(days=1)).replace(day=1)

    def _html(self, template: str, **values: Any) -> str:
        """Render a fragment. No blank line and no indent: Markdown leaves such a block as it is."""
        page = forms.environment().get_template(f"fragments/{template}.html.j2")
        text = page.render(
            **values, base=self._base, words=words, clock=clock, euros=euros, phone_link=phone_link, page_of=page_of
        )
        return "\n".join(line.strip() for line in text.splitlines() if line.strip())

    def _activity(self, activity_id: str) -> Activity:
        return known(self._rules.activities, activity_id, "activité")

    def _service(self, service_id: str) -> Service:
        return known(self._rules.services, service_id, "service")

    def _tariff(self, tariff_id: str) -> Tariff:
        return known(self._rules.tariffs, tariff_id, "tarif")


def known(table: Mapping[str, T], wanted: str, what: str) -> T:
    if wanted not in table:
        raise UnknownId(f"« {wanted} » n’est pas un identifiant connu ({what} : {', '.join(sorted(table))})")
    return table[wanted]


_pages: dict[str, str] = {}


def set_activity_pages(pages: Mapping[str, str]) -> None:
    """Tell where each activity's page is: {activity id: address from the root of the site}."""
    _pages.clear()
    _pages.update(pages)


def page_of(activity: Activity) -> str:
    return _pages.get(activity.id, f"activites/{activity.id}/")
