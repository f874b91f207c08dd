"""A guardian's postal address: changed at once, or asked of an agent, as the town's rules say."""

from dataclasses import replace

from functions.actions import address_changes, address_requests, keyed, requests
from functions.actions.address_requests import in_force, in_words
from functions.domain import contact_details
from functions.domain import requests as request_rules
from functions.domain.contact_details import AddressChange
from functions.domain.errors import NotFound, Refused
from functions.domain.foyer import Address
from functions.family import details
from functions.family.details import Mine
from functions.family.details_writes import Sent, check_problems, difference, once, stale
from functions.kit import rules
from functions.store import foyers
from functions.store import requests as store
from functions.store.events import Event
from functions.store.transactions import Transaction


def change(sent: Sent, typed: Address, *, together: bool) -> Mine:
    """Raises Invalid, Stale, Refused "address_request_open", Throttled, Busy."""
    new = contact_details.tidy_address(typed)
    check_problems(contact_details.address_problems(new, None))

    def write(own: Mine, transaction: Transaction) -> Event:
        _check_seen(own, sent.seen, new)
        check_problems(contact_details.address_problems(new, in_force(own.file, own.guardian)))
        _check_none_open(own)
        asked = _asked(own, new, together=together)
        current = rules.current()
        inside = contact_details.inside(new, current.commune.name, current.commune.postcode)
        if contact_details.waits(current.details, asked, in_commune=inside):
            return _open(own, transaction, asked, sent)
        effects = address_changes.add(transaction, own.file, own.guardian, asked, resident=own.file.resident)
        event = Event("core", own.subject, sent.key, "address.changed", own.account_id, sent.now, "")
        about = {"guardian_id": asked.guardian_id, "together": asked.together}
        return replace(event, effects=effects, details=about)

    return once(sent, write)


def withdraw(sent: Sent, request_id: str) -> Mine:
    """Take one's own request back while it is open. Raises NotFound, Conflict "already_decided", Throttled, Busy."""

    def write(own: Mine, transaction: Transaction) -> Event:
        known = own.file.address_requests.get(own.guardian.person_id)
        request = store.find(request_id) if known and known.request_id == request_id else None
        if request is None:
            raise NotFound("request_unknown", "Cette demande n’est pas dans votre dossier.")
        done = request_rules.withdraw(request, by=sent.access.account_id, now=sent.now)
        store.add(transaction, done)
        event = Event("core", own.subject, sent.key, "request.withdrawn", own.account_id, sent.now, "")
        return replace(event, details={"kind": request.kind, "service": request.service})

    return once(sent, write)


def _asked(own: Mine, new: Address, *, together: bool) -> AddressChange:
    """Who lives alone at the address of the file is the household; who lives elsewhere moves alone."""
    file, me = own.file, own.guardian
    everybody = contact_details.at_home(file, me) and (together or not contact_details.companions(file, me))
    old = in_force(file, me)
    return AddressChange(
        file.foyer_id, me.person_id, own.access.account_id, old, new, together=everybody, resident=file.resident
    )


def _open(own: Mine, transaction: Transaction, asked: AddressChange, sent: Sent) -> Event:
    identifier = requests.request_id(keyed.digest("adresse", f"{own.guardian.person_id}|{sent.key}"))
    request = address_requests.opened(identifier, own.file, own.guardian, asked, rules.current(), sent.now)
    store.add(transaction, request)
    foyers.add_address_request(transaction, own.file, own.guardian.person_id, identifier)
    event = Event("core", own.subject, sent.key, "request.opened", own.account_id, sent.now, "")
    return replace(event, details={"kind": request.kind, "service": request.service})


def _check_seen(own: Mine, seen: str, new: Address) -> None:
    version = details.address_version(own.file, own.guardian)
    if version == seen:
        return
    now = in_force(own.file, own.guardian)
    raise stale(now, difference("/line1", "Adresse", in_words(new), in_words(now)), version)


def _check_none_open(own: Mine) -> None:
    last = details.last_request(own.file, own.guardian)
    if last is not None and last.status == "open":
        raise Refused(
            "address_request_open",
            "Votre demande précédente attend encore la réponse du service\u202f: annulez-la pour en envoyer une autre.",
        )
