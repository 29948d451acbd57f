"""The picture as a PNG file, drawn by Qt from the text of the proved SVG. Needs no window and no application."""

from __future__ import annotations

import re
from math import sqrt

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from clinic_mapper.memo.picture_outlines import with_outlines
from clinic_mapper.problem import Problem

LARGEST_SCALE = 3.0
"""Pixels to a unit of the picture: 288 to the inch at its own size, on which letters are 8 points high."""
SMALLEST_SCALE = 1.0
"""Below it letters cannot be read on any screen or paper."""
MOST_PIXELS = 24_000_000
"""While it is drawn a picture takes four bytes of memory for each."""
_LONGEST_SIDE = 30_000
"""Qt draws nothing further away from a corner."""
_UNITS_PER_METER = 96 / 0.0254
_SIZE = re.compile(r'<svg [^>]*viewBox="0 0 ([\d.]+) ([\d.]+)"')


def as_png(svg: str) -> bytes:
    """The picture of an SVG text that this program made, on white, with the shipped letters.

    The same text gives the same bytes. They hold the pixels and how many stand on a meter, and nothing else.

    Raises:
        Problem: `letter-missing`; `picture-too-large` where its letters could not be read; `picture-not-drawn`.
    """
    wide, high = _size_of(svg)
    scale = scale_for(wide, high)
    renderer = QSvgRenderer(QByteArray(with_outlines(svg).encode("utf-8")))
    image = QImage(round(wide * scale), round(high * scale), QImage.Format.Format_RGB32)
    if not renderer.isValid() or image.isNull():
        raise _not_drawn()
    image.fill(0xFFFFFFFF)
    image.setDotsPerMeterX(round(scale * _UNITS_PER_METER))
    image.setDotsPerMeterY(round(scale * _UNITS_PER_METER))
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]  # its stub asks for bytes, which it refuses
        raise _not_drawn()
    return bytes(buffer.data().data())


def _size_of(svg: str) -> tuple[float, float]:
    found = _SIZE.match(svg)
    if found is None:
        raise AssertionError("this SVG is not one of ours")
    return float(found[1]), float(found[2])


def scale_for(wide: float, high: float) -> float:
    """Pixels to a unit for a picture of this size: as many as memory allows.

    Raises:
        Problem: `picture-too-large`.
    """
    scale = min(LARGEST_SCALE, sqrt(MOST_PIXELS / (wide * high)), _LONGEST_SIDE / max(wide, high))
    if scale < SMALLEST_SCALE:
        raise Problem(
            "picture-too-large",
            "The picture is so large that its letters could not be read in a PNG file.",
            "Nothing was written.",
            "Save it as SVG, which can be enlarged at will.",
        )
    return scale


def _not_drawn() -> Problem:
    return Problem(
        "picture-not-drawn",
        "The picture could not be drawn as a PNG file: this machine has too little memory left.",
        "Nothing was written.",
        "Close other programs and try again, or save it as SVG.",
    )
