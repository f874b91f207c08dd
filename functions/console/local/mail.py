"""The local mailbox: an SMTP server on a loopback port that keeps every letter in a Maildir."""

import mailbox
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from functions.console.local import processes


class _Keeper:
    def __init__(self, maildir: Path) -> None:
        self.box = mailbox.Maildir(maildir, create=True)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.box.add(envelope.content)
        return "250 OK"


@contextmanager
def smtp(maildir: Path) -> Iterator[str]:
    """Run the server in a thread; gives its address for PARVIS_MAIL."""
    port = processes.free_port()
    controller = Controller(_Keeper(maildir), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()
