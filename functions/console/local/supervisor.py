"""Starts the parts of a portal on one machine, watches them, and stops them in order: the web server first."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import click

from functions.console.failures import Failure
from functions.console.local import access, demonstration, engine, processes, settings
from functions.console.local.jobs_loop import JobsLoop, log_to
from functions.console.local.layout import Layout, Running
from functions.console.local.mail import smtp
from functions.console.local.processes import Child
from functions.console.mailbox import PATH as MAILBOX_PATH
from functions.kit import app, config

_WEB_PATIENCE = 30.0
_LOOK_EVERY = 1.0
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run(layout: Layout) -> None:
    """Serve until Ctrl-C or SIGTERM. Raises Failure when something does not start or stops by itself."""
    port = settings.port()
    _check_built(layout)
    with layout.held(), ExitStack() as stack:
        processes.check_free(port)
        stop = stack.enter_context(_stop_asked())
        database = _database(layout, stack)
        letters = stack.enter_context(smtp(layout.maildir))
        env = settings.environment(layout, endpoint=database.endpoint, mail=letters, web_port=port)
        os.environ.update(env)
        config.use(config.load(env))
        _say("boîte mail locale")
        made = access.create_tables(config.current())
        app.prepare()
        _say(f"tables ({len(made)} créées)" if made else "tables")
        demonstration.import_families(layout)
        log_to(layout.logs / "taches.log")
        jobs = JobsLoop()
        jobs.start()
        stack.callback(jobs.stop)
        web = _web(layout, env, port)
        stack.callback(web.stop)
        _say("serveur web")
        layout.write_running(Running(os.getpid(), port, database.endpoint, database.engine_pid))
        stack.callback(layout.state.unlink, missing_ok=True)
        sign_ins = demonstration.prepare(layout, port)
        click.echo(_banner(port, sign_ins))
        stop.ready = True
        _watch(stop, [web, *database.children])
        click.echo("\nArrêt…")
    click.echo("Tout est arrêté. Les données restent dans le dossier var/.")


class _Database:
    def __init__(self, endpoint: str, child: Child | None = None) -> None:
        self.endpoint = endpoint
        self.children = [child] if child else []
        self.engine_pid = child.popen.pid if child else None


def _database(layout: Layout, stack: ExitStack) -> _Database:
    given = settings.given_endpoint()
    if given:
        _say(f"base de données à {given}")
        return _Database(given)
    child, endpoint = engine.start(layout)
    stack.callback(child.stop)
    _say("base de données")
    return _Database(endpoint, child)


def _web(layout: Layout, env: dict[str, str], port: int) -> Child:
    own = {
        "PARVIS_PORT": str(port),
        "PARVIS_WWW": str(layout.www),
        "PARVIS_MAILDIR": str(layout.maildir),
        "PARVIS_SUPERVISED": "1",
    }
    log = layout.logs / "web.log"
    child = processes.start("serveur web", [sys.executable, "-m", "functions.local_server"], log, {**env, **own})
    processes.wait_until(lambda: not child.alive or processes.listens(port), _WEB_PATIENCE)
    if not child.alive or not processes.listens(port):
        child.stop()
        raise Failure(f"Le serveur web ne démarre pas : {child.last_words()} (voir {log}).")
    return child


def _watch(stop: threading.Event, children: list[Child]) -> None:
    while not stop.wait(_LOOK_EVERY):
        for child in children:
            if not child.alive:
                raise Failure(f"{child.name} s’est arrêté tout seul : {child.last_words()} (voir {child.log}).")


class _Stop(threading.Event):
    """Set by the first signal once everything runs (`ready`); before that, the signal interrupts the start.

    Further signals change nothing: stopping goes on to its end.
    """

    ready = False

    def hear(self, _sign: int, _frame: object) -> None:
        for sign in _SIGNALS:
            signal.signal(sign, signal.SIG_IGN)
        if not self.ready:
            raise KeyboardInterrupt
        self.set()


@contextmanager
def _stop_asked() -> Iterator[_Stop]:
    stop = _Stop()
    before = {sign: signal.signal(sign, stop.hear) for sign in _SIGNALS}
    try:
        yield stop
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)


def _check_built(layout: Layout) -> None:
    if not (layout.www / "index.html").is_file() or not layout.reglement.is_file():
        raise Failure("Le site n’est pas construit. Lancez « make run », ou « make build » puis « parvis serve ».")


def _say(part: str) -> None:
    click.echo(f"  ✓ {part}")


def _banner(port: int, sign_ins: str) -> str:
    origin = f"http://localhost:{port}"
    return (
        f"\nParvis est prêt.\n\n"
        f"  Portail           {origin}/\n"
        f"  Boîte mail        {origin}{MAILBOX_PATH}   (les courriels du portail y arrivent)\n"
        f"  API               {origin}/api/docs/\n\n"
        f"{sign_ins}\n"
        "Ctrl-C arrête tout ; les données restent dans var/ (make reset les efface)."
    )
