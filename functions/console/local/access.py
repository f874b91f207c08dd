"""How a command reaches the data of this machine: through the running portal's engine, or one started for it."""

from collections.abc import Iterator
from contextlib import contextmanager

from functions.console.failures import Failure
from functions.console.local import engine, settings
from functions.console.local.layout import Layout
from functions.domain.errors import Stale
from functions.kit import app, config
from functions.store.transactions import Busy


@contextmanager
def store(layout: Layout) -> Iterator[config.Config]:
    """The store, configured and with its tables. Failure when no engine can be reached, or when it stops meanwhile."""
    with stopped_said():
        yield from _opened(layout)


def _opened(layout: Layout) -> Iterator[config.Config]:
    given = settings.given_endpoint()
    running = layout.running() if layout.is_held() else None
    if given or running:
        endpoint = given or (running.endpoint if running else "")
        layout.prepare()
        yield _configure(layout, endpoint)
        return
    with layout.held():
        child, endpoint = engine.start(layout)
        try:
            yield _configure(layout, endpoint)
        finally:
            child.stop()


@contextmanager
def stopped_said() -> Iterator[None]:
    from botocore.exceptions import BotoCoreError, ClientError
    from pynamodb.exceptions import PynamoDBException

    try:
        yield
    except (BotoCoreError, ClientError, PynamoDBException, Busy) as error:
        raise Failure(
            "La base de données ne répond plus. Ce qui est écrit est complet, dossier par dossier : "
            "relancez la même commande pour la suite."
        ) from error
    except Stale as error:
        raise Failure(
            "Un dossier est modifié par quelqu’un d’autre au même moment. Relancez la même commande pour la suite."
        ) from error


def _configure(layout: Layout, endpoint: str) -> config.Config:
    made = config.load(
        settings.environment(layout, endpoint=endpoint, mail="smtp://127.0.0.1:1", web_port=settings.port())
    )
    config.use(made)
    create_tables(made)
    app.prepare()
    return made


def create_tables(made: config.Config) -> list[str]:
    """The names created; Failure, with the address, when nothing answers there."""
    from botocore.exceptions import BotoCoreError, ClientError
    from parvis_infra.tables import create_all

    try:
        return create_all(made.dynamodb_endpoint, made.table_prefix, made.region)
    except (BotoCoreError, ClientError) as error:
        raise Failure(
            f"La base de données ne répond pas à {made.dynamodb_endpoint} ({type(error).__name__}). "
            "Vérifiez PARVIS_DYNAMODB_ENDPOINT, ou lancez « make run »."
        ) from error
