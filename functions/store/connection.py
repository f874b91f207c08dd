"""Where the tables are. Configured once per process, before the first call; a test or the local run may do it again."""

from dataclasses import dataclass

from pynamodb.connection import Connection, TableConnection

from functions.store import models


@dataclass(frozen=True, slots=True)
class Settings:
    """`endpoint` is empty on AWS; elsewhere any DynamoDB-compatible address."""

    prefix: str
    region: str
    endpoint: str = ""


def configure(settings: Settings) -> None:
    """Point every model at the tables of `settings`. All share one client, kept as long as it leads to the same place:
    making one costs 100 ms.
    """
    place = settings.region, settings.endpoint
    connection = _shared[0] if _place[0] == place else None
    if connection is None:
        connection = _connect(settings)
        _described.clear()
    for name, model in models.MODELS:
        model.Meta.table_name = f"{settings.prefix}{name}"
        model.Meta.region = settings.region
        model.Meta.host = settings.endpoint or None
        model._connection = None  # noqa: SLF001 - PynamoDB caches one per class and has no public reset
        table: TableConnection = model._get_connection()  # noqa: SLF001 - same
        if table.table_name not in _described:  # `core` has two models
            connection.add_meta_table(table.get_meta_table())
            _described.add(table.table_name)
        table.connection = connection
    _shared[0], _place[0] = connection, place


def _connect(settings: Settings) -> Connection:
    return Connection(
        region=settings.region,
        host=settings.endpoint or None,
        connect_timeout_seconds=2,
        read_timeout_seconds=10,
        max_retry_attempts=3,
        # A local engine checks no key; without these botocore would look for a profile or an instance.
        aws_access_key_id="local" if settings.endpoint else None,
        aws_secret_access_key="local" if settings.endpoint else None,
    )


_described: set[str] = set()
_place: list[tuple[str, str]] = [("", "")]
_shared: list[Connection | None] = [None]


def shared() -> Connection:
    connection = _shared[0]
    if connection is None:
        raise RuntimeError("store.connection.configure() must run first")
    return connection
