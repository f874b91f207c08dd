"""Routes of « Mes données »."""

from functions.accounts import export
from functions.accounts import export_schemas as shapes
from functions.kit.endpoint import Call, Reply, Routes

_NAME = "mes-donnees.json"


def add_to(routes: Routes) -> None:
    @routes.add(
        "POST",  # it leaves an event
        "/export",
        access="account",
        summary="Télécharger une copie de ses données",
        answer=shapes.Export,
    )
    def make(call: Call[None]) -> Reply:
        made = export.make(call.session, key=call.idempotency_key, body_hash=call.body_hash, now=call.now)
        return Reply(made, filename=_NAME)
