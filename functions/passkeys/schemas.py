"""What the passkeys function receives and answers. Bytes are written in base64url, as the browsers' JSON has them."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from functions.shapes import fields

_BASE64URL = r"^[A-Za-z0-9_\-]+$"


def _bytes(title: str, most: int) -> Meta:
    extra = {"x-message": "La clé d’accès n’a pas pu être lue\u202f: recommencez.", "x-input": "hidden"}
    return Meta(title=title, pattern=_BASE64URL, min_length=1, max_length=most, extra_json_schema=extra)


CredentialId = Annotated[str, _bytes("Identifiant de la clé", 1400)]
ClientData = Annotated[str, _bytes("Ce qui a été signé (clientDataJSON)", 4000)]
Name = Annotated[
    str, fields.line("Nom de la clé", "Donnez un nom de 60 caractères au plus, sans < ni >.", low=1, high=60)
]


class AskPasskey(msgspec.Struct, forbid_unknown_fields=True):
    current_password: Annotated[
        str,
        fields.password("Votre mot de passe", "Saisissez votre mot de passe actuel.", autocomplete="current-password"),
    ]


class Options(msgspec.Struct):
    """`public_key`: what navigator.credentials.create() or get() takes, in the JSON of WebAuthn 3 (§5.1.8, §5.1.9)."""

    public_key: dict[str, Any]


class NewPasskey(msgspec.Struct, forbid_unknown_fields=True):
    """What navigator.credentials.create() gave. Without a name, it is called after the device."""

    credential_id: CredentialId
    client_data: ClientData
    attestation: Annotated[str, _bytes("Clé (attestationObject)", 20_000)]
    transports: Annotated[
        list[Literal["ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"]], Meta(max_length=8)
    ] = []
    name: Annotated[
        str, fields.line("Nom de la clé", "Donnez un nom de 60 caractères au plus, sans < ni >.", low=0, high=60)
    ] = ""


class Rename(msgspec.Struct, forbid_unknown_fields=True):
    name: Name


class Passkey(msgspec.Struct):
    """Instants are UTC, ISO 8601. `synced`: it is on the other devices of its owner too."""

    passkey_id: str
    name: str
    created_at: str
    last_used_at: str | None
    synced: bool
    version: int


class Passkeys(msgspec.Struct):
    passkeys: list[Passkey]
    most: int


class SignInPasskey(msgspec.Struct, forbid_unknown_fields=True):
    """What navigator.credentials.get() gave."""

    credential_id: CredentialId
    client_data: ClientData
    authenticator_data: Annotated[str, _bytes("Données de l’authentificateur", 4000)]
    signature: Annotated[str, _bytes("Signature", 2000)]
    user_handle: Annotated[str, _bytes("Compte", 100)]
