"""Routes of « Mes préférences »."""

from functions.accounts import preferences
from functions.accounts import preferences_schemas as own
from functions.domain.preferences import Preferences
from functions.kit.endpoint import Call, Reply, Routes

_PATH = "/preferences"


def add_to(routes: Routes) -> None:
    @routes.add("GET", _PATH, access="account", summary="Mes préférences", answer=own.Preferences)
    def shown(call: Call[None]) -> Reply:
        return _shown(preferences.own(call.session), call.session.access.email)

    @routes.add(
        "POST",
        _PATH,
        access="account",
        summary="Choisir ses préférences",
        body=own.ChoosePreferences,
        answer=own.Preferences,
        if_match=True,
    )
    def choose(call: Call[own.ChoosePreferences]) -> Reply:
        body = call.body
        wanted = Preferences(body.invoice, body.deadline_reminders, body.gap_alerts, tuple(body.news))
        made = preferences.choose(
            call.session,
            wanted,
            seen=call.if_match,
            key=call.idempotency_key,
            body_hash=call.body_hash,
            now=call.now,
        )
        return _shown(made, call.session.access.email)


def _shown(found: Preferences, email: str) -> Reply:
    news = [
        own.NewsService(service.id, service.name, chosen=service.id in found.news) for service in preferences.services()
    ]
    content = own.Preferences(found.invoice, found.deadline_reminders, found.gap_alerts, news, email, found.version)
    return Reply(content, etag=str(found.version))
