"""Sealing of health data before it is stored: AES-256-GCM, bound to what it belongs to.

`context` (a person's id) is authenticated: a sealed text copied to another person does not open.
"""

import secrets

_NONCE = 12


def seal(text: str, context: str, key: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, text.encode(), context.encode())


def unseal(sealed: bytes, context: str, key: bytes) -> str:
    """Raises cryptography.exceptions.InvalidTag when the key or the context is another."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], context.encode()).decode()
