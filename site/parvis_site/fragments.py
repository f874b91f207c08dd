"""What the macros write: small pieces of accessible HTML made from the town's rules."""

from functions.domain.french import clock, long_day
from parvis_site import forms, news, words
from parvis_site.activity_fragments import ActivityPieces
from parvis_site.calendar_fragments import CalendarPieces

# Every public method below is a macro; a page may write no other name.
MACROS = (
    "abonnements", "activites", "actualites", "annee", "annuaire", "besoin_aide", "conditions", "conservation",
    "contact", "delais", "fermetures", "formulaire", "horaires", "inscription", "inscriptions", "jours", "limites",
    "offre", "pieces", "places", "tarifs", "vacances",
)  # fmt: skip


class Fragments(ActivityPieces, CalendarPieces):
    """All the macros of one page: those of services, news and forms here, the others above."""

    def horaires(self, some_id: str) -> str:
        """The opening hours of a service, or the times of an activity."""
        if some_id in self._rules.activities:
            activity = self._rules.activities[some_id]
            return f"de {clock(activity.start)} à {clock(activity.end)}"
        return self._html("horaires", service=self._service(some_id))

    def contact(self, service_id: str) -> str:
        """Phone, e-mail, address and hours of a service."""
        return self._html("contact", service=self._service(service_id))

    def annuaire(self) -> str:
        """Every service of the town, with a link to its page."""
        return self._html("annuaire", services=[s for s in self._rules.services.values() if s.listed])

    def activites(self) -> str:
        """Every activity, by rubric, with a link to its page."""
        activities = sorted(self._rules.activities.values(), key=lambda item: words.rubric_order(item.rubric))
        names = dict.fromkeys(words.rubric(activity.rubric) for activity in activities)
        rubrics = {name: [item for item in activities if words.rubric(item.rubric) == name] for name in names}
        return self._html("activites", rubrics=rubrics)

    def actualites(self, count: int = 0) -> str:
        """The news, newest first; `count` keeps the newest only, under the headings of another page."""
        return self._html("actualites", news=news.latest(count), level=3 if count else 2, long_day=long_day)

    def conservation(self) -> str:
        """How long what the portal knows is kept, and who decided it."""
        rows = [
            (
                keeping.name,
                f"{keeping.words()} depuis {keeping.since}",
                " ".join(filter(None, ("Décision de la commune." * keeping.town, keeping.source, keeping.choice))),
            )
            for keeping in self._rules.retention
        ]
        return self._html("conservation", rows=rows)

    def offre(self, service_id: str) -> str:
        """The activities that a service runs; nothing when it runs none."""
        service = self._service(service_id)
        mine = [activity for activity in self._rules.activities.values() if activity.service == service.id]
        return self._html("offre", activities=mine)

    def besoin_aide(self, some_id: str = "") -> str:
        """« Besoin d’aide ? »: the service of an activity, a service, or the desk of the town."""
        activity = self._rules.activities.get(some_id)
        name = activity.service if activity else some_id or self._rules.commune.desk
        return self._html("besoin_aide", service=self._service(name), activity=activity)

    def formulaire(self, form_id: str) -> str:
        return str(forms.render(form_id))
