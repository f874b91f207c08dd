"""Runs in a process of its own: one function behind Zappa's own handler, on a file system that cannot be written.

Reads one JSON document on stdin: {"folder": of zappa_settings.py, "handler": what Lambda calls, "events": [...]}.
Prints the answers as one JSON line. Any attempt to write a file outside /tmp ends the process.
"""

import importlib
import json
import os
import sys

_WRITES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate"}


def _refuse_writes(event: str, arguments: tuple[object, ...]) -> None:
    path = str(arguments[0]) if arguments else ""
    if event == "open" and isinstance(arguments[2], int):
        writing = arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC)
        if writing and not path.startswith(("/tmp/", "/dev/")):  # noqa: S108 - Lambda's own scratch folder
            raise PermissionError(f"read-only file system: {path}")
    if event in _WRITES and not path.startswith("/tmp/"):  # noqa: S108 - same
        raise PermissionError(f"read-only file system: {path}")


def main() -> None:
    work = json.load(sys.stdin)
    sys.path.insert(0, work["folder"])
    sys.dont_write_bytecode = True
    sys.addaudithook(_refuse_writes)

    module, _, name = work["handler"].rpartition(".")
    enter = getattr(importlib.import_module(module), name)
    answers = [enter(event, None) for event in work["events"]]
    sys.stdout.write("\nANSWERS " + json.dumps(answers) + "\n")


if __name__ == "__main__":
    main()
