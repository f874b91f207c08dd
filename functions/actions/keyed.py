"""Keyed digests (HMAC-SHA-256 under the pepper), one purpose never serving another.

What the database alone must not reveal, nor let anyone test: a child's identity, an activation token, a password
inside the digest of a request.
"""

import base64
import hashlib
import hmac

from functions.kit import config


def digest(purpose: str, value: str) -> str:
    """64 hexadecimal digits."""
    return _mac(purpose, value).hex()


def token(purpose: str, value: str) -> str:
    """43 characters that an address can carry."""
    return base64.urlsafe_b64encode(_mac(purpose, value)).rstrip(b"=").decode()


def _mac(purpose: str, value: str) -> bytes:
    return hmac.new(config.current().pepper, f"{purpose}|{value}".encode(), hashlib.sha256).digest()
