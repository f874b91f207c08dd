"""Routes of the family function: parse, ask the service, answer."""

from typing import Any

from functions.family import details_routes, schemas, service
from functions.kit.endpoint import Call, Reply, Routes

routes = Routes("family")
details_routes.add_to(routes)


@routes.add(
    "GET",
    "/dashboard",
    access="account",
    summary="« Mon espace »\u202f: compte, famille, prochaines réservations, message de la ville",
    query=schemas.DashboardQuery,
    answer=schemas.Dashboard,
)
def dashboard(call: Call[None]) -> Reply:
    return Reply(service.dashboard(call.session.access, call.now, call.query.foyer))


@routes.add(
    "GET",
    "/children/<child_id>",
    access="account",
    summary="La fiche d’un enfant de la famille",
    answer=schemas.ChildFile,
)
def child(call: Call[Any]) -> Reply:
    found = service.child(call.session.access, call.params["child_id"])
    return Reply(found, etag=str(found.version))
