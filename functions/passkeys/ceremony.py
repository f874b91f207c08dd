"""What is asked of an authenticator and how its answer is judged, by py_webauthn. Loaded by the requests that need it:
with cryptography behind it, the library takes longer to import than everything else.
"""

import base64
import hashlib
import ipaddress
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from functions.domain.errors import Refused
from functions.kit import config

_MILLISECONDS = 5 * 60 * 1000  # as long as a challenge lives


class NotProven(Exception):
    """The answer of the authenticator does not hold; `why` is for the log alone."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Made:
    """A new passkey, as the authenticator made it: what is written in base64url is kept so."""

    credential_id: str
    public_key: str
    sign_count: int
    may_sync: bool
    synced: bool


@dataclass(frozen=True, slots=True)
class Used:
    sign_count: int
    may_sync: bool
    synced: bool


def relying_party() -> str:
    """The name that passkeys are bound to. Raises Refused where they cannot exist: an address is no name."""
    host = urlsplit(config.current().origin).hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host
    detail = "Les clés d’accès ne marchent pas à cette adresse du portail. Ouvrez-le par son nom."
    raise Refused("passkeys_unavailable", detail)


def creation(account_id: str, username: str, display: str, known: list[tuple[str, tuple[str, ...]]]) -> dict[str, Any]:
    """The options of navigator.credentials.create(); `known`: id and transports of each one that is already kept."""
    import webauthn
    from webauthn.helpers import base64url_to_bytes, options_to_json_dict, structs

    return options_to_json_dict(
        webauthn.generate_registration_options(
            rp_id=relying_party(),
            rp_name=relying_party(),
            user_id=account_id.encode(),
            user_name=username,
            user_display_name=display,
            timeout=_MILLISECONDS,
            attestation=structs.AttestationConveyancePreference.NONE,
            authenticator_selection=structs.AuthenticatorSelectionCriteria(
                resident_key=structs.ResidentKeyRequirement.REQUIRED,
                user_verification=structs.UserVerificationRequirement.REQUIRED,
            ),
            exclude_credentials=[
                structs.PublicKeyCredentialDescriptor(
                    id=base64url_to_bytes(credential_id),
                    transports=[structs.AuthenticatorTransport(transport) for transport in transports],
                )
                for credential_id, transports in known
            ],
        )
    )


def request() -> dict[str, Any]:
    """The options of navigator.credentials.get(): no passkey is named, the person chooses among their own."""
    import webauthn
    from webauthn.helpers import options_to_json_dict, structs

    return options_to_json_dict(
        webauthn.generate_authentication_options(
            rp_id=relying_party(),
            timeout=_MILLISECONDS,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        )
    )


def digest(challenge: str) -> str:
    """Of a challenge in base64url: what it is stored under."""
    return hashlib.sha256(challenge.rstrip("=").encode()).hexdigest()


def challenge_of(client_data: str) -> str:
    """The challenge that this answer says it signed, in base64url; "" when it says none."""
    try:
        said = json.loads(base64.urlsafe_b64decode(client_data + "=" * (-len(client_data) % 4)))
        challenge = str(said["challenge"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return challenge if challenge.isascii() else ""  # half a character ("\ud800" in JSON) could not even be hashed


def check_creation(credential_id: str, client_data: str, attestation: str, challenge: str) -> Made:
    """Raises NotProven."""
    import webauthn
    from webauthn import helpers
    from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

    answer = _answer(credential_id, {"clientDataJSON": client_data, "attestationObject": attestation})
    try:
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=relying_party(),
            expected_origin=config.current().origin,
            require_user_verification=True,
        )
        # the library reads its shape alone: a key that checks no signature would be kept, and open nothing
        key = helpers.decode_credential_public_key(made.credential_public_key)
        helpers.decoded_public_key_to_cryptography(key)
    except Exception as error:  # whatever a forged answer breaks in the library, it proves nothing
        raise NotProven(type(error).__name__) from error
    if bytes_to_base64url(made.credential_id) != credential_id:
        raise NotProven("credential_id")
    return Made(
        credential_id,
        bytes_to_base64url(made.credential_public_key),
        made.sign_count,
        made.credential_device_type == "multi_device",
        made.credential_backed_up,
    )


@dataclass(frozen=True, slots=True)
class Signed:
    """What navigator.credentials.get() gave, in base64url."""

    credential_id: str
    client_data: str
    authenticator_data: str
    signature: str


def check_use(signed: Signed, public_key: str, challenge: str) -> Used:
    """Raises NotProven. The counter is the caller's to judge, once it is known to be signed."""
    import webauthn
    from webauthn.helpers import base64url_to_bytes

    response = {
        "clientDataJSON": signed.client_data,
        "authenticatorData": signed.authenticator_data,
        "signature": signed.signature,
    }
    try:
        used = webauthn.verify_authentication_response(
            credential=_answer(signed.credential_id, response),
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=relying_party(),
            expected_origin=config.current().origin,
            credential_public_key=base64url_to_bytes(public_key),
            credential_current_sign_count=0,
            require_user_verification=True,
        )
    except Exception as error:  # whatever a forged answer breaks in the library, it proves nothing
        raise NotProven(type(error).__name__) from error
    return Used(used.new_sign_count, used.credential_device_type == "multi_device", used.credential_backed_up)


def _answer(credential_id: str, response: dict[str, str]) -> dict[str, Any]:
    return {"id": credential_id, "rawId": credential_id, "type": "public-key", "response": response}
