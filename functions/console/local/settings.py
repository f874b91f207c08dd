"""The environment of a local run: secrets made once, addresses, and what PARVIS_* variables may replace."""

import json
import os
import secrets
from pathlib import Path

from functions.console.failures import Failure
from functions.console.local.layout import DEFAULT_PORT, ROOT, Layout

_KEY_BYTES = 32
_REGION = "eu-west-3"
_PREFIX = "parvis-"


def port() -> int:
    text = os.environ.get("PARVIS_PORT", "") or str(DEFAULT_PORT)
    if not text.isdigit() or not 1 <= int(text) <= 65535:  # noqa: PLR2004 - TCP ports
        raise Failure(f"PARVIS_PORT vaut « {text} » : un numéro de port entre 1 et 65535 est attendu.")
    return int(text)


def environment(layout: Layout, *, endpoint: str, mail: str, web_port: int) -> dict[str, str]:
    """Every PARVIS_* variable of a local run. What the caller's environment already sets is kept."""
    known = _secrets(layout.secrets)
    made = {
        "PARVIS_ORIGIN": f"http://localhost:{web_port}",
        "PARVIS_REGION": _REGION,
        "PARVIS_TABLE_PREFIX": _PREFIX,
        "PARVIS_SESSION_KEYS": json.dumps({"local": known["session"]}),
        "PARVIS_PEPPER": known["pepper"],
        "PARVIS_HEALTH_KEY": known["health"],
        "PARVIS_REGLEMENT": str(layout.reglement),
        "PARVIS_LETTERS": str(ROOT / "content" / "courriels"),
        "PARVIS_MAIL_FROM": "ne-pas-repondre@parvis.example",
    }
    kept = {name: os.environ[name] for name in made if os.environ.get(name)}
    return {
        **made,
        **kept,
        "PARVIS_DYNAMODB_ENDPOINT": endpoint,
        "PARVIS_MAIL": os.environ.get("PARVIS_MAIL") or mail,
    }


def _secrets(path: Path) -> dict[str, str]:
    """Made at the first start, readable by their owner only. Losing them makes health notes unreadable."""
    names = ("session", "pepper", "health")
    if not path.exists():
        made = {name: secrets.token_hex(_KEY_BYTES) for name in names}
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(made, file)
        return made
    try:
        known = json.loads(path.read_text())
        return {name: str(known[name]) for name in names}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Failure(
            f"{path} est abîmé : les données locales ne peuvent plus être lues. "
            "Remettez ce fichier en place, ou effacez tout avec « make reset »."
        ) from error


def given_endpoint() -> str:
    """A DynamoDB-compatible address that the caller runs; "" to start the engine that comes with Parvis."""
    return os.environ.get("PARVIS_DYNAMODB_ENDPOINT", "").strip()
