"""Draws the icons of the Teams app: `python -m tests.adapters.teams.drawn_icons` writes them.

Two people who overlap, as in adapters/playground/static/icon.svg. Teams wants one icon on a solid square, its symbol
well inside, and one in white outlines on nothing.
"""

import struct
import zlib
from collections.abc import Callable
from math import hypot
from pathlib import Path

FOLDER = Path(__file__).parents[3] / "adapters" / "teams" / "icons"
Pixel = tuple[int, int, int, int]
Paint = tuple[float, float, float]
GROUND: Paint = (0x1F, 0x4E, 0x4A)
LEFT: Paint = (0xF4, 0xD5, 0x8A)
RIGHT: Paint = (0x8F, 0xD0, 0xBF)
WHITE = (255, 255, 255)


def color(x: int, y: int) -> Pixel:
    """One pixel of 192 by 192: both circles on the ground."""
    left, right = _disc(x, y, 75, 96, 36), 0.9 * _disc(x, y, 117, 96, 36)
    return (*_over(_over(GROUND, LEFT, left), RIGHT, right), 255)


def outline(x: int, y: int) -> Pixel:
    """One pixel of 32 by 32: both circles as white lines."""
    covered = max(_ring(x, y, 11.3, 16, 8), _ring(x, y, 20.7, 16, 8))
    return (*WHITE, round(255 * covered))


ICONS: dict[str, tuple[int, Callable[[int, int], Pixel]]] = {"color.png": (192, color), "outline.png": (32, outline)}


def drawn(name: str) -> list[list[Pixel]]:
    """An icon's pixels, row by row."""
    size, pixel = ICONS[name]
    return [[pixel(x, y) for x in range(size)] for y in range(size)]


def png(rows: list[list[Pixel]]) -> bytes:
    """The pixels as a PNG file with an alpha channel."""
    head = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 6, 0, 0, 0)
    lines = b"".join(b"\0" + bytes(part for pixel in row for part in pixel) for row in rows)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, data) for kind, data in ((b"IHDR", head), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _disc(x: int, y: int, across: float, down: float, radius: float) -> float:
    """How much of the pixel a disc covers, from 0 to 1."""
    return _share(radius - hypot(x + 0.5 - across, y + 0.5 - down) + 0.5)


def _ring(x: int, y: int, across: float, down: float, radius: float) -> float:
    return _share(1.5 - abs(hypot(x + 0.5 - across, y + 0.5 - down) - radius))


def _share(amount: float) -> float:
    return min(1.0, max(0.0, amount))


def _over(below: Paint, above: Paint, share: float) -> tuple[int, int, int]:
    red, green, blue = (round(one + (other - one) * share) for one, other in zip(below, above, strict=True))
    return red, green, blue


if __name__ == "__main__":
    for each in ICONS:
        (FOLDER / each).write_bytes(png(drawn(each)))
