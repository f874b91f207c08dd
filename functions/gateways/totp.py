"""Time-based one-time passwords (RFC 6238: SHA-1, six digits, thirty seconds), and the picture a telephone scans."""

import hmac
from dataclasses import dataclass
from datetime import datetime

STEP = 30
_AROUND = (0, -1, 1)
_QUIET = 4  # light modules around the code, ISO/IEC 18004


@dataclass(frozen=True, slots=True)
class Picture:
    """A QR code: `path` is an SVG path in a square of `size` modules, quiet zone included."""

    size: int
    path: str


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The step whose code this is, among the current one, the one before and the one after."""
    import pyotp

    totp, current = pyotp.TOTP(secret), int(now.timestamp()) // STEP
    found = [current + shift for shift in _AROUND if hmac.compare_digest(totp.generate_otp(current + shift), code)]
    return found[0] if found else None


def address(secret: str, account: str, issuer: str) -> str:
    """otpauth://…, as applications read it."""
    import pyotp

    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=issuer)


def picture(text: str) -> Picture:
    import segno

    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
    drawn = [f"M{x + _QUIET} {y + _QUIET}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark]
    return Picture(len(rows) + 2 * _QUIET, "".join(drawn))
