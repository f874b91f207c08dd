"""One page per service, activity and school year of the rules; those of services and activities unless staff wrote one.

A page written by hand says whose it is in its heading (`service: restauration`, `activite: restauration`) and wins.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from functions.domain.activity import Activity
from functions.domain.reglement import Reglement, Service
from functions.domain.town_calendar import school_years

_HEADING = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


def owners(docs_dir: Path, key: str) -> dict[str, str]:
    """Return {id: Markdown file} of the pages that name their service or activity in their heading."""
    found: dict[str, str] = {}
    for path in sorted(docs_dir.rglob("*.md")):
        heading = _HEADING.match(path.read_text(encoding="utf-8-sig"))
        wanted = yaml.safe_load(heading.group(1)).get(key) if heading else None
        if isinstance(wanted, str):
            found[wanted] = path.relative_to(docs_dir).as_posix()
    return found


def pages(reglement: Reglement, docs_dir: Path) -> Iterator[tuple[str, str, str, str]]:
    """Yield (section, id, Markdown file, text); the text is empty when staff wrote the page."""
    services, activities = owners(docs_dir, "service"), owners(docs_dir, "activite")
    for service in reglement.services.values():
        if service.listed:
            written = services.get(service.id)
            name = written or f"infos-pratiques/{service.id}.md"
            yield "infos-pratiques", service.id, name, "" if written else service_page(service)
    for activity in reglement.activities.values():
        written = activities.get(activity.id)
        name = written or f"activites/{activity.id}.md"
        yield "activites", activity.id, name, "" if written else activity_page(activity)
    for year in school_years(reglement.calendar):
        yield "calendrier", year.name, f"calendrier/{year.name}.md", year_page(year.name)


def service_page(service: Service) -> str:
    """Return the Markdown of a service's page, made of the same macros as a page written by hand."""
    description = f"{service.name} : téléphone, e-mail, adresse et horaires d’ouverture."
    return "\n\n".join(
        [
            _heading(service.name, description, service=service.id),
            f"# {service.name}",
            service.description,
            f'{{{{ contact("{service.id}") }}}}',
            f'{{{{ offre("{service.id}") }}}}',
            "Ces opérations peuvent toujours être effectuées auprès des services.",
        ]
    )


def activity_page(activity: Activity) -> str:
    """Return the Markdown of an activity's page: hours, enrolment, delays, prices, places, documents, who may come."""
    description = f"{activity.name} : horaires, prix, délais pour réserver et annuler, documents à fournir."
    sections = {
        "Jours et horaires": "jours",
        **({"S’inscrire": "inscription"} if activity.enrolment else {}),
        "Réserver et annuler": "delais",
        "Prix": "tarifs",
        "Places": "places",
        "Documents à fournir": "pieces",
        "Pour qui ?": "conditions",
    }
    return "\n\n".join(
        [
            _heading(activity.name, description, activite=activity.id),
            f"# {activity.name}",
            activity.description,
            "[Réserver](../reservations.md){ .p-button .p-no-print }",
            *(f'## {title}\n\n{{{{ {macro}("{activity.id}") }}}}' for title, macro in sections.items()),
            f'{{{{ besoin_aide("{activity.id}") }}}}',
        ]
    )


def year_page(name: str) -> str:
    """Return the Markdown of a school year (« 2026-2027 »), made to be printed on one sheet."""
    description = f"L’année scolaire {name} sur une page : vacances, ponts, jours fériés et fermetures, à imprimer."
    heading = _heading(f"Année scolaire {name}", description, retour="calendrier/index.md", large=True)
    return "\n\n".join([heading, f"# Année scolaire {name}", f'{{{{ annee("{name}") }}}}'])


def _heading(title: str, description: str, **keys: str | bool) -> str:
    heading = {"title": title, "description": description, **keys}
    return f"---\n{yaml.safe_dump(heading, allow_unicode=True, sort_keys=False)}---"
