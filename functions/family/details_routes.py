"""Routes of « Mes coordonnées »."""

from typing import Any

from functions.domain.foyer import Address
from functions.family import address, contacts, details, details_writes
from functions.family import details_schemas as schemas
from functions.family.contacts import Typed
from functions.family.details import Mine
from functions.family.details_writes import Sent
from functions.kit.endpoint import Call, Reply, Routes

_PATH = "/details"


def add_to(routes: Routes) -> None:
    _add_own(routes)
    _add_address(routes)
    _add_contacts(routes)


def _add_own(routes: Routes) -> None:
    @routes.add(
        "GET",
        _PATH,
        access="account",
        summary="Mes coordonnées et l’entourage de ma famille",
        query=schemas.FoyerQuery,
        answer=schemas.Details,
    )
    def own_details(call: Call[None]) -> Reply:
        return _shown(details.mine(call.session.access, call.query.foyer))

    @routes.add(
        "POST",
        _PATH,
        access="account",
        summary="Changer sa civilité et ses téléphones",
        body=schemas.SaveOwn,
        answer=schemas.Details,
        if_match=True,
    )
    def save_details(call: Call[schemas.SaveOwn]) -> Reply:
        return _shown(details_writes.save_own(_sent(call, "own"), call.body.title, tuple(call.body.phones)))


def _add_address(routes: Routes) -> None:
    @routes.add(
        "POST",
        f"{_PATH}/address",
        access="account",
        summary="Changer d’adresse postale\u202f: aussitôt, ou par une demande à un agent, selon les règles",
        body=schemas.ChangeAddress,
        answer=schemas.Details,
        if_match=True,
    )
    def change_address(call: Call[schemas.ChangeAddress]) -> Reply:
        body = call.body
        typed = Address(body.line1, body.postcode, body.town, body.line2)
        return _shown(address.change(_sent(call, "address"), typed, together=body.together))

    @routes.add(
        "POST",
        f"{_PATH}/address/requests/<request_id>/withdraw",
        access="account",
        summary="Annuler sa demande de changement d’adresse",
        body=schemas.InFoyer,
        answer=schemas.Details,
    )
    def withdraw_address(call: Call[schemas.InFoyer]) -> Reply:
        request_id = call.params["request_id"]
        return _shown(address.withdraw(_sent(call, f"withdraw|{request_id}"), request_id))


def _add_contacts(routes: Routes) -> None:
    @routes.add(
        "POST",
        f"{_PATH}/contacts",
        access="account",
        summary="Ajouter une personne à l’entourage",
        body=schemas.SaveContact,
        answer=schemas.Details,
    )
    def add_contact(call: Call[schemas.SaveContact]) -> Reply:
        return _shown(contacts.add(_sent(call, "contact"), _typed(call.body)))

    @routes.add(
        "POST",
        f"{_PATH}/contacts/<person_id>",
        access="account",
        summary="Modifier une personne de l’entourage",
        body=schemas.SaveContact,
        answer=schemas.Details,
        if_match=True,
    )
    def change_contact(call: Call[schemas.SaveContact]) -> Reply:
        person_id = call.params["person_id"]
        return _shown(contacts.change(_sent(call, f"contact|{person_id}"), person_id, _typed(call.body)))

    @routes.add(
        "POST",
        f"{_PATH}/contacts/<person_id>/remove",
        access="account",
        summary="Retirer une personne de l’entourage",
        body=schemas.InFoyer,
        answer=schemas.Details,
        if_match=True,
    )
    def remove_contact(call: Call[schemas.InFoyer]) -> Reply:
        person_id = call.params["person_id"]
        return _shown(contacts.remove(_sent(call, f"remove|{person_id}"), person_id))


def _typed(body: schemas.SaveContact) -> Typed:
    return Typed(body.usual_name, body.given_name, body.relationship, tuple(body.phones), body.may_collect)


def _sent(call: Call[Any], about: str) -> Sent:
    foyer = call.body.foyer
    return Sent(call.session.access, foyer, call.if_match, call.idempotency_key, call.body_hash, about, call.now)


def _shown(own: Mine) -> Reply:
    content = details.shown(own)
    return Reply(content, etag=str(content.me.version))
