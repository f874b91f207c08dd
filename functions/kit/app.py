"""create_app: a Flask application of one function, from its route table."""

import gc
import ipaddress
import logging
import re
import secrets
import threading
from typing import Any
from urllib.parse import urlsplit

import msgspec
from flask import Flask, Request, Response, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from functions.domain.errors import DomainError
from functions.kit import clock, config, headers, log, problems, robots, second_factor, sessions
from functions.kit.endpoint import Call, Reply, Route, Routes, hash_of
from functions.kit.problems import HttpProblem
from functions.shapes.collect import convert
from functions.store import connection
from functions.store.transactions import Busy, is_overload

_MOST_BYTES = 256 * 1024
_KEY = re.compile(r"^[A-Za-z0-9\-]{16,64}$")


def create_app(routes: Routes) -> Flask:
    """The WSGI application of a function. Importing it touches neither network nor disk beyond its modules."""
    log.setup()
    app = Flask(f"parvis.{routes.function}", static_folder=None, template_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = _MOST_BYTES
    app.url_map.merge_slashes = False  # it would redirect to whatever the Host header says
    app.extensions["parvis_routes"] = routes.all
    for route in routes.all:
        rule = route.path.replace("<", "<string:")
        app.add_url_rule(
            rule,
            f"{route.method} {route.path}",
            _view(route),
            methods=[route.method],
            provide_automatic_options=False,  # no other origin is answered, not even before its request
        )
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unexpected)
    return app


_configured: list[config.Config] = []
_preparing = threading.Lock()  # the local server answers several requests at once


def prepare() -> None:
    """Point the store at its tables, at the first request of a process (not at import: the build imports apps)."""
    settings = config.current()
    if _configured == [settings]:
        return
    with _preparing:
        if _configured == [settings]:  # another thread did it while this one waited
            return
        connection.configure(connection.Settings(settings.table_prefix, settings.region, settings.dynamodb_endpoint))
        if not _configured:  # where the settings change, what served the ones before must be let go
            gc.freeze()  # what is loaded now stays: never walk it again
            gc.enable()
        _configured[:] = [settings]


def _view(route: Route) -> Any:
    def view(**params: str) -> Response:
        try:
            prepare()
            reply = route.handler(_call(route, request, params))
            return _respond(route, reply)
        except DomainError as error:
            return _problem(*problems.of_domain(error))
        except HttpProblem as problem:
            more = {"Retry-After": str(problem.extra["retry_after"])} if "retry_after" in problem.extra else {}
            return _problem(
                problem.status,
                problems.body(problem.status, problem.code, problem.detail, **problem.extra),
                more,
            )
        except Busy:
            return _busy()

    return view


def _call(route: Route, incoming: Request, params: dict[str, str]) -> Call[Any]:
    now = clock.now()
    if route.writes:
        _refuse_foreign(incoming)
    session = None
    if route.access != "public":
        session = sessions.require(incoming.cookies.get(sessions.SESSION_COOKIE, ""), now)
        second_factor.admit(route.access, session)
    key = incoming.headers.get("Idempotency-Key", "")
    if route.writes and route.idempotency == "event" and not _KEY.match(key):
        raise HttpProblem(400, "idempotency_key_missing", "L’en-tête Idempotency-Key manque ou est mal formé.")
    if_match = incoming.headers.get("If-Match", "").strip('"')
    if route.if_match and not if_match:
        raise HttpProblem(428, "version_missing", "L’en-tête If-Match manque.")
    body, digest = _body(route, incoming)
    if route.robots:
        robots.check(incoming.headers.get(robots.HEADER, ""), f"{route.method} {route.path}|{key}|{digest}", now)
    query = None
    if route.query is not None:
        query = convert(_trim(_query(incoming)), route.query, code="invalid_query")
    return Call(
        body=body,
        query=query,
        params=params,
        now=now,
        address=_address(incoming),
        cookies=dict(incoming.cookies),
        idempotency_key=key,
        body_hash=digest,
        if_match=if_match,
        user_agent=incoming.headers.get("User-Agent", ""),
        _session=session,
    )


def _refuse_foreign(incoming: Request) -> None:
    """Against forged requests: our header (which needs a preflight elsewhere), our origin, our own pages."""
    origin = incoming.headers.get("Origin")
    site = incoming.headers.get("Sec-Fetch-Site", "same-origin")
    own = config.current().origin
    if (
        incoming.headers.get("X-Parvis") != "1"
        or (origin is not None and _origin(origin) != _origin(own))
        or site not in {"same-origin", "none"}
    ):
        raise HttpProblem(403, "foreign_request", "Cette demande ne vient pas du portail.")


def _origin(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
    except ValueError:  # « http://[ » is nobody's origin
        return "", ""
    return parts.scheme, parts.netloc


def _body(route: Route, incoming: Request) -> tuple[Any, str]:
    if route.body is None:
        return None, hash_of(None)
    if incoming.mimetype != "application/json":
        raise HttpProblem(415, "not_json", "Le contenu doit être envoyé en JSON.")
    data = incoming.get_data()
    try:
        trimmed = _trim(msgspec.json.decode(data))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:  # the last: thousands of nested lists
        raise HttpProblem(400, "unreadable", "Le contenu envoyé n’est pas lisible.") from error
    return convert(trimmed, route.body), hash_of(trimmed)


def _trim(value: Any) -> Any:
    """Spaces around an answer are never meant, except in a password, which is taken as it is."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return [_trim(item) for item in value]
    if isinstance(value, dict):
        return {
            key: item if "password" in key and isinstance(item, str) else _trim(item) for key, item in value.items()
        }
    return value


def _query(incoming: Request) -> dict[str, Any]:
    """Repeated parameters become lists, under their plural name only if the shape asks for a list (`child`)."""
    return {key: values if key == "child" else values[-1] for key, values in incoming.args.lists()}


def _address(incoming: Request) -> str:
    """The caller's address. CloudFront's header counts only where CloudFront alone can reach the function."""
    if config.current().behind_cloudfront:
        viewer = incoming.headers.get("CloudFront-Viewer-Address", "")
        if viewer:
            return _network(viewer.rsplit(":", 1)[0].strip("[]"))
    return _network(incoming.remote_addr or "")


def _network(address: str) -> str:
    """What one household holds: an IPv4 address, but 2^64 IPv6 ones, which tries must not be spread over."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return address
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed.packed, 64), strict=False))


def _respond(route: Route, reply: Reply) -> Response:
    status = reply.status or route.status
    content = b"" if reply.content is None else msgspec.json.encode(reply.content)
    response = Response(content, status=status, mimetype="application/json" if content else None)
    if reply.etag:
        response.headers["ETag"] = f'"{reply.etag}"'
    if reply.filename:
        response.headers["Content-Disposition"] = f'attachment; filename="{reply.filename}"'
    for cookie in reply.cookies:
        response.set_cookie(
            cookie.name,
            cookie.value,
            max_age=cookie.max_age,
            path="/",
            secure=True,
            httponly=True,
            samesite="Lax",
        )
    return _private(response)


def _problem(status: int, body: dict[str, Any], more: dict[str, str]) -> Response:
    response = Response(msgspec.json.encode(body), status=status, mimetype="application/problem+json")
    response.headers.update(more)
    return _private(response)


def _private(response: Response) -> Response:
    """No answer of the API is ever kept by a cache, nor read as anything but what it is."""
    response.headers.update(headers.ALWAYS)
    return response


def _http_error(error: HTTPException) -> Response:
    status = error.code or 500
    details = {404: "Cette adresse n’existe pas.", 405: "Cette adresse ne s’utilise pas ainsi."}
    detail = details.get(status, "La demande n’a pas pu être lue.")
    allowed = {"Allow": ", ".join(sorted(error.valid_methods or ()))} if isinstance(error, MethodNotAllowed) else {}
    return _problem(status, problems.body(status, f"http_{status}", detail), allowed)


def _busy() -> Response:
    detail = "Le service est très demandé. Rien n’a été enregistré\u202f: recommencez dans un instant."
    return _problem(503, problems.body(503, "busy", detail), {"Retry-After": "2"})


def _unexpected(error: Exception) -> Response:
    """Say nothing of the inside; the incident number leads to the log line."""
    if is_overload(error):
        return _busy()
    incident = secrets.token_hex(6)
    where = error.__traceback__
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    place = f"{where.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{where.tb_lineno}" if where else ""
    log.event("unexpected", level=logging.ERROR, incident=incident, kind=type(error).__name__, place=place)
    detail = f"Une erreur est survenue de notre côté. Réessayez\u202f; si cela persiste, citez le numéro {incident}."
    return _problem(500, problems.body(500, "unexpected", detail, incident=incident), {})
