"""One origin on one machine: every function under /api/<name>, beside the built site, as CloudFront does on AWS.

`python -m functions.local_server` serves on 127.0.0.1; `parvis serve` starts it, with its environment:
PARVIS_PORT, PARVIS_WWW (the built site), PARVIS_MAILDIR (the local mailbox), and what functions.kit.config reads.
"""

import json
import logging
import os
import signal
import sys
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from functions.console import mailbox
from functions.console.local.layout import DEFAULT_PORT, ROOT
from functions.console.static_site import StaticSite
from functions.kit import headers
from functions.kit.problems import body

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

THREADS = 8
_HEADERS = ROOT / "infra" / "headers.json"
_OWN_NAMES = ("localhost", "127.0.0.1")


def functions() -> dict[str, "WSGIApplication"]:
    """The applications by name. Imported here, so that the static part can be tried without them."""
    from functions.accounts.app import app as accounts
    from functions.activation.app import app as activation
    from functions.agents.app import app as agents
    from functions.family.app import app as family
    from functions.franceconnect.app import app as franceconnect
    from functions.passkeys.app import app as passkeys
    from functions.reservations.app import app as reservations

    return {
        "accounts": accounts,
        "activation": activation,
        "agents": agents,
        "family": family,
        "franceconnect": franceconnect,
        "passkeys": passkeys,
        "reservations": reservations,
    }


class Origin:
    """The dispatcher. Each function keeps its full path (/api/accounts/…), so nothing is cut from it.

    `host` is another name this origin answers to. Any other is refused: a foreign page whose name was made to point at
    this machine must not read the local mailbox.
    """

    def __init__(
        self,
        apps: Mapping[str, "WSGIApplication"],
        site: "WSGIApplication",
        letters: "WSGIApplication | None" = None,
        *,
        host: str = "",
    ) -> None:
        self.apps = apps
        self.site = site
        self.letters = letters
        self.hosts = {*_OWN_NAMES, host}

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if str(environ.get("HTTP_HOST", "")).partition(":")[0].lower() not in self.hosts - {""}:
            return _refuse("421 Misdirected Request", "Ce nom n’est pas celui de ce portail.", start_response)
        parts = str(environ.get("PATH_INFO", "/")).split("/")
        first, second = parts[1] if len(parts) > 1 else "", parts[2] if len(parts) > 2 else ""  # noqa: PLR2004 - /a/b
        if first == "api" and second != "docs":
            return self.apps.get(second, _unknown_function)(environ, start_response)
        if first == mailbox.PATH.strip("/") and self.letters is not None:
            return self.letters(environ, start_response)
        return self.site(environ, start_response)


def _unknown_function(_environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    return _refuse("404 Not Found", "Cette adresse n’existe pas.", start_response)


def _refuse(status: str, detail: str, start_response: "StartResponse") -> Iterable[bytes]:
    number = int(status[:3])
    content = json.dumps(body(number, f"http_{number}", detail), ensure_ascii=False).encode()
    start_response(
        status,
        [
            ("Content-Type", "application/problem+json"),
            ("Content-Length", str(len(content))),
            *headers.ALWAYS.items(),
        ],
    )
    return [content]


def make_app(www: Path, maildir: Path | None = None) -> Origin:
    """The whole origin over a built site; with the mailbox page when there is a Maildir."""
    of_pages: dict[str, str] = json.loads(_HEADERS.read_text())
    sheets = [f"/{path.relative_to(www)}" for path in sorted(www.glob("assets/stylesheets/main.*.css"))]
    letters = mailbox.Mailbox(maildir, of_pages, [*sheets, "/assets/app/parvis.css"]) if maildir else None
    own = urlsplit(os.environ.get("PARVIS_ORIGIN", "")).hostname or ""
    return Origin(functions(), StaticSite(www, of_pages), letters, host=own)


def serve(application: "WSGIApplication", port: int) -> None:
    """Serve on 127.0.0.1 until SIGTERM or SIGINT; requests under way are finished."""
    from waitress import create_server

    server: Any = create_server(application, host="127.0.0.1", port=port, threads=THREADS, ident="")
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, _leave)
    server.run()


def _leave(_sign: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _follow_parent() -> None:
    """The supervisor holds our standard input: when it dies, the pipe closes, and we leave too."""
    while os.read(sys.stdin.fileno(), 1):  # unbuffered: a lock on sys.stdin would hinder a normal end
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a full queue is no news: requests just wait
    maildir = os.environ.get("PARVIS_MAILDIR")
    application = make_app(Path(os.environ["PARVIS_WWW"]), Path(maildir) if maildir else None)
    if os.environ.get("PARVIS_SUPERVISED") == "1":
        threading.Thread(target=_follow_parent, daemon=True).start()
    serve(application, int(os.environ.get("PARVIS_PORT", DEFAULT_PORT)))


if __name__ == "__main__":
    main()
