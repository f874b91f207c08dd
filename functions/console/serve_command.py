"""`parvis serve`: the whole portal on this machine."""

import click

from functions.console.local import layout, supervisor


@click.command()
def serve() -> None:
    """Lance le portail sur cette machine.

    Base de données, boîte mail, tâches de fond et serveur web (http://localhost:8000) démarrent et s’arrêtent
    ensemble, par Ctrl-C. Au premier démarrage, la commune de démonstration est chargée par l’import. Variables :
    PARVIS_PORT (8000), PARVIS_VAR (dossier des données), PARVIS_DYNAMODB_ENDPOINT (une autre base compatible).
    """
    supervisor.run(layout.current())
