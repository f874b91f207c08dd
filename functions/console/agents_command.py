"""`parvis agents`: who decides for which service. An agent chooses a password by a link; none is ever sent."""

import click

from functions.actions import agents as actions
from functions.actions.requests import EVERY_SERVICE
from functions.console import tables
from functions.console.rules_publish import current_user
from functions.kit import clock, rules
from functions.store import agents as store


@click.group("agents")
def agents_group() -> None:
    """Les agents de la mairie et les services pour lesquels ils décident."""


@agents_group.command()
@click.option("--email", required=True, metavar="ADRESSE", help="Son adresse professionnelle.")
@click.option("--name", required=True, metavar="NOM", help="Le nom que liront ses collègues : « Agnès Roux ».")
@click.option(
    "--service",
    "services",
    required=True,
    multiple=True,
    metavar="SERVICE",
    help=f"Un service des règles (à répéter), ou « {EVERY_SERVICE} » pour un administrateur.",
)
@tables.AWS
def add(email: str, name: str, services: tuple[str, ...], *, aws: bool) -> None:
    """Invite un agent, ou remplace les services d’un agent.

    Un message lui donne un lien, valable une fois, pour choisir son mot de passe. Un compte qui existe déjà garde le
    sien.
    """
    with tables.opened(aws=aws):
        known = rules.current().services
        added = actions.add(email, name, services, known=known, by=current_user(), now=clock.now())
    agent = added.agent
    click.echo(f"{agent.name} ({agent.email}) décide pour : {', '.join(agent.services)}.")
    if added.invited:
        click.echo("Une invitation part à cette adresse : son lien sert une fois, pendant sept jours.")


@agents_group.command("list")
@tables.AWS
def list_agents(*, aws: bool) -> None:
    """Donne les agents et leurs services."""
    with tables.opened(aws=aws):
        found = store.every()
    if not found:
        click.echo("Aucun agent. Invitez-en un : parvis agents add --email … --name … --service …")
    for agent in found:
        click.echo(f"{agent.name:<30} {agent.email:<40} {', '.join(agent.services)}")


@agents_group.command()
@click.option("--email", required=True, metavar="ADRESSE", help="Son adresse.")
@tables.AWS
def remove(email: str, *, aws: bool) -> None:
    """Retire ses services à un agent et le déconnecte de partout. Son compte reste."""
    with tables.opened(aws=aws):
        agent = actions.remove(email, by=current_user(), now=clock.now())
    click.echo(f"{agent.name} ({agent.email}) n’est plus agent.")


@agents_group.command()
@tables.AWS
def services(*, aws: bool) -> None:
    """Donne les services des règles, avec leurs agents."""
    with tables.opened(aws=aws):
        known, found = rules.current().services, store.every()
    for identifier, service in known.items():
        names = [each.name for each in found if {identifier, EVERY_SERVICE} & set(each.services)]
        click.echo(f"{identifier:<24} {service.name:<40} {', '.join(names) or 'aucun agent'}")
