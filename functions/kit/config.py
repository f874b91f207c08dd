"""Configuration, from the environment only, read once; a missing or wrong value is said by name."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit


class ConfigError(RuntimeError):
    """Says which variable is missing or wrong, in French: the person who starts the service reads it."""


# In a zip, the templates of the mails stand where they do in the project, and the compiled rules at the root.
_ROOT = Path(__file__).resolve().parents[2]
_LETTERS = _ROOT / "content" / "courriels"
_REGLEMENT = _ROOT / "reglement.json"
_ROBOT_COST = 5000


@dataclass(frozen=True, slots=True)
class FranceConnect:
    """What the town was given when it registered. `issuer` has no final slash; `algorithm` signs what it answers."""

    issuer: str
    client_id: str
    client_secret: str
    algorithm: str = "ES256"


@dataclass(frozen=True, slots=True)
class Config:
    """`origin` has no final slash. `session_keys`: key id -> key; the first one signs, all of them verify.
    `reglement`: the compiled rules used where none are published (functions.kit.rules). `robot_cost`: rounds of
    PBKDF2 in each try of the control against robots (functions.kit.robots). `franceconnect`: None where the town did
    not subscribe. `mail_configuration`: the configuration set of Amazon SES, which tells of letters that come back; ""
    elsewhere.
    """

    origin: str
    region: str
    table_prefix: str
    dynamodb_endpoint: str
    session_keys: dict[str, bytes]
    pepper: bytes
    health_key: bytes
    reglement: Path
    mail: str
    mail_from: str
    behind_cloudfront: bool
    letters: Path = _LETTERS
    robot_cost: int = _ROBOT_COST
    franceconnect: FranceConnect | None = None
    mail_configuration: str = ""


_SIGNATURES = ("ES256", "RS256")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_MIN_KEY_BYTES = 32
_loaded: list[Config] = []


def current() -> Config:
    if not _loaded:
        _loaded.append(load(os.environ))
    return _loaded[0]


def use(config: Config) -> None:
    """Replace the configuration of this process (the local server and the tests)."""
    _loaded[:] = [config]


def load(env: Mapping[str, str]) -> Config:
    return Config(
        origin=_text(env, "PARVIS_ORIGIN").rstrip("/"),
        region=env.get("PARVIS_REGION", "eu-west-3"),
        table_prefix=env.get("PARVIS_TABLE_PREFIX", "parvis-"),
        dynamodb_endpoint=env.get("PARVIS_DYNAMODB_ENDPOINT", ""),
        session_keys=_keys(env, "PARVIS_SESSION_KEYS"),
        pepper=_secret(env, "PARVIS_PEPPER"),
        health_key=_secret(env, "PARVIS_HEALTH_KEY"),
        reglement=Path(env.get("PARVIS_REGLEMENT", "") or _REGLEMENT),
        mail=_text(env, "PARVIS_MAIL"),
        mail_from=_text(env, "PARVIS_MAIL_FROM"),
        behind_cloudfront=env.get("PARVIS_BEHIND_CLOUDFRONT", "") == "1",
        letters=Path(env.get("PARVIS_LETTERS", "") or _LETTERS),
        robot_cost=_number(env, "PARVIS_ROBOT_COST", _ROBOT_COST),
        franceconnect=_franceconnect(env),
        mail_configuration=env.get("PARVIS_MAIL_CONFIGURATION", "").strip(),
    )


def _franceconnect(env: Mapping[str, str]) -> FranceConnect | None:
    """Off until its issuer is named; then everything is needed."""
    name = "PARVIS_FC_ISSUER"
    issuer = env.get(name, "").strip().rstrip("/")
    if not issuer:
        return None
    parts = urlsplit(issuer)
    if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
        raise ConfigError(f"La variable d’environnement {name} doit commencer par https://.")
    algorithm = env.get("PARVIS_FC_ALGORITHM", "").strip() or _SIGNATURES[0]
    if algorithm not in _SIGNATURES:
        raise ConfigError("La variable d’environnement PARVIS_FC_ALGORITHM doit valoir ES256 ou RS256.")
    return FranceConnect(issuer, _text(env, "PARVIS_FC_CLIENT_ID"), _text(env, "PARVIS_FC_CLIENT_SECRET"), algorithm)


def _text(env: Mapping[str, str], name: str) -> str:
    value = env.get(name, "").strip()
    if not value:
        raise ConfigError(f"La variable d’environnement {name} manque.")
    return value


def _number(env: Mapping[str, str], name: str, default: int) -> int:
    value = env.get(name, "").strip() or str(default)
    if not value.isascii() or not value.isdigit() or int(value) == 0:
        raise ConfigError(f"La variable d’environnement {name} doit être un nombre entier, 1 ou plus.")
    return int(value)


def _secret(env: Mapping[str, str], name: str) -> bytes:
    return _bytes(_text(env, name), name)


def _bytes(value: object, name: str) -> bytes:
    try:
        secret = bytes.fromhex(str(value))
    except ValueError as error:
        raise ConfigError(f"La variable d’environnement {name} doit être écrite en hexadécimal.") from error
    if len(secret) < _MIN_KEY_BYTES:
        raise ConfigError(f"La variable d’environnement {name} est trop courte\u202f: il faut 32 octets au moins.")
    return secret


def _keys(env: Mapping[str, str], name: str) -> dict[str, bytes]:
    try:
        found = json.loads(_text(env, name))
    except ValueError as error:
        raise ConfigError(f"La variable d’environnement {name} doit être un objet JSON.") from error
    if not isinstance(found, dict) or not found:
        raise ConfigError(f"La variable d’environnement {name} doit nommer au moins une clé.")
    return {str(key): _bytes(value, name) for key, value in found.items()}
