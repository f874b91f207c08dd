"""Draws the PNG icons from the same shapes as site/static/icon.svg: `python -m parvis_site.icons`, when they change.

Written by hand on the standard library: three shapes do not deserve a drawing library.
"""

import struct
import zlib
from pathlib import Path

from parvis_site.paths import SITE

_GREEN, _WHITE, _SUN = (0x17, 0x58, 0x4B, 255), (255, 255, 255, 255), (0xE9, 0xA1, 0x3B, 255)
_CLEAR = (0x17, 0x58, 0x4B, 0)
_SIDE = 48.0  # the drawing's own unit, as the viewBox
_SAMPLES = 3  # per pixel and direction
Colour = tuple[int, int, int, int]

# (file, pixels, scale of the drawing in its frame, rounded corners)
ICONS = (
    ("icon-180.png", 180, 1.0, False),
    ("icon-192.png", 192, 1.0, True),
    ("icon-512.png", 512, 1.0, True),
    ("icon-maskable-512.png", 512, 0.75, False),
)


def colour_at(x: float, y: float, *, scale: float, rounded: bool) -> Colour:
    """Return the colour of a point of the frame (0..48)."""
    if rounded and not _in_rounded_square(x, y, 10):
        return _CLEAR
    x, y = (x - 24) / scale + 24, (y - 24) / scale + 24
    if (x - 24) ** 2 + (y - 35) ** 2 <= 4.6**2:
        return _SUN
    return _WHITE if _in_arch(x, y, 24, 15) and not _in_arch(x, y, 26, 7) else _GREEN


def _in_arch(x: float, y: float, top: float, radius: float) -> bool:
    """A doorway: a rectangle down to y = 40 under a half circle."""
    if y > 40:  # noqa: PLR2004 (the ground line)
        return False
    if y >= top:
        return abs(x - 24) <= radius
    return (x - 24) ** 2 + (y - top) ** 2 <= radius**2


def _in_rounded_square(x: float, y: float, radius: float) -> bool:
    dx = max(radius - x, x - (_SIDE - radius), 0)
    dy = max(radius - y, y - (_SIDE - radius), 0)
    return dx * dx + dy * dy <= radius * radius


def png(size: int, *, scale: float, rounded: bool) -> bytes:
    """Return a square RGBA picture of `size` pixels."""
    rows = bytearray()
    steps = [(i + 0.5) / _SAMPLES for i in range(_SAMPLES)]
    for row in range(size):
        rows.append(0)  # no filter
        for column in range(size):
            points = [
                colour_at((column + a) * _SIDE / size, (row + b) * _SIDE / size, scale=scale, rounded=rounded)
                for a in steps
                for b in steps
            ]
            rows.extend(sum(p[channel] for p in points) // len(points) for channel in range(4))
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(bytes(rows), 9))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def write_all(folder: Path) -> None:
    for name, size, scale, rounded in ICONS:
        (folder / name).write_bytes(png(size, scale=scale, rounded=rounded))


if __name__ == "__main__":
    write_all(SITE / "static")
