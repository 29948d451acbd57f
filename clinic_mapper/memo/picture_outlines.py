"""The letters of a picture as shapes: what draws it then needs no font, and no machine's own letters get in.

The shipped fonts give the shapes, and the letters stand as they do in a memo's picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any

from clinic_mapper.memo.document import Run
from clinic_mapper.memo.fonts import BOLD, REGULAR, check_letters, drawable, font_named, forget_words
from clinic_mapper.memo.picture import TEXT_SIZE
from clinic_mapper.memo.scripts import by_font, in_line_order, is_script_font, script_letters

_TEXT = re.compile(
    r'<text x="([\d.-]+)" y="([\d.-]+)"(?: text-anchor="(\w+)")?( font-weight="bold")? fill="([^"<>]+)">([^<]*)</text>'
)
"""As `picture_svg` writes it."""
_PER_EM = 1000
"""Widths of the fonts are told in thousandths of the letters' height."""

Order = tuple[str, tuple[tuple[float, float], ...]]
"""A letter of the language of paths, and the points that it takes."""


def with_outlines(svg: str) -> str:
    """The same picture with each text drawn as shapes; all else in it stays as it is.

    Raises:
        Problem: `letter-missing` where no shipped font has a letter.
    """
    check_letters(Run(text=unescape(text), bold=bool(bold)) for *_, bold, _, text in _TEXT.findall(svg))
    try:
        drawn = _TEXT.sub(_shapes, svg)
    finally:
        forget_words()
    if "<text" in drawn:
        raise AssertionError("a text was written otherwise than it is read here")
    return drawn


def _shapes(found: re.Match[str]) -> str:
    x, y, anchor, bold, ink, text = found.groups()
    placed = list(_placed(unescape(text), BOLD if bold else REGULAR))
    wide = sum(advance for *_, advance in placed)
    left = {"middle": -wide / 2, "end": -wide}.get(anchor, 0.0)
    paths, path = [], ""
    for font, glyph, right, up, advance in placed:
        shape = "".join(_written(order, left + right, up) for order in _outline(font, glyph))
        path += shape
        if path and not shape:  # a word is a shape of its own: a renderer takes a very long one for a broken file
            paths.append(path)
            path = ""
        left += advance
    size = TEXT_SIZE / _PER_EM
    turned = f'<g transform="translate({x} {y}) scale({size:g} {-size:g})" fill="{ink}">'
    return turned + "".join(f'<path d="{each}"/>' for each in (*paths, path) if each) + "</g>"


def _placed(text: str, own: str) -> Iterator[tuple[str, int, float, float, float]]:
    """Each glyph from left to right: its font and number, its shift to the right and up, how far the next one is."""
    stretches = [(font, "", part) for font, part in by_font(drawable(text), own)]
    for _, group in in_line_order(stretches):
        for name, _, part in group:
            face = font_named(name).face
            if is_script_font(name):
                for each in script_letters(name).shaped(part):
                    yield name, face.charToGlyph[each.code], each.right, each.up, each.advance
            else:
                for letter in part:
                    yield name, face.charToGlyph[ord(letter)], 0.0, 0.0, face.charWidths[ord(letter)]


def _written(order: Order, right: float, up: float) -> str:
    sign, points = order
    return sign + " ".join(f"{x + right:.0f} {y + up:.0f}" for x, y in points)


@lru_cache(maxsize=16)
def _shaper(name: str) -> Any:
    import uharfbuzz

    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(Path(font_named(name).face.filename).read_bytes())))


@lru_cache(maxsize=2048)
def _outline(name: str, glyph: int) -> tuple[Order, ...]:
    shaper = _shaper(name)
    pen = _Pen(_PER_EM / shaper.face.upem)
    shaper.draw_glyph_with_pen(glyph, pen)
    return tuple(pen.orders)


class _Pen:
    """Takes down the outline of a glyph; its methods have the names that the shaping library calls."""

    def __init__(self, scale: float) -> None:
        self.scale = scale
        self.orders: list[Order] = []

    def moveTo(self, point: tuple[float, float]) -> None:
        """Begins a contour."""
        self._add("M", point)

    def lineTo(self, point: tuple[float, float]) -> None:
        """A straight line."""
        self._add("L", point)

    def qCurveTo(self, *points: tuple[float, float]) -> None:
        """A quadratic curve."""
        self._add("Q", *points)

    def curveTo(self, *points: tuple[float, float]) -> None:
        """A cubic curve."""
        self._add("C", *points)

    def closePath(self) -> None:
        """Ends a contour."""
        self._add("Z")

    def _add(self, sign: str, *points: tuple[float, float]) -> None:
        self.orders.append((sign, tuple((x * self.scale, y * self.scale) for x, y in points)))
