"""Text as drawing orders, written once: the drawing library's own way round weighs every letter again."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from reportlab.pdfbase.pdfmetrics import getFont

from clinic_mapper.memo.scripts import Glyph, Stretch, in_line_order, is_script_font
from clinic_mapper.memo.tags import END, Element


class Orders:
    """The orders for stretches of text on one page, gathered and then drawn at once."""

    def __init__(self, canvas: Any, size: float, colour: Any) -> None:
        self.canvas, self.size = canvas, size
        self.page = canvas.getPageNumber()
        red, green, blue = colour.rgb()
        self.parts = [f"BT {number(red)} {number(green)} {number(blue)} rg"]
        self.font = ""
        self.part: Element | None = None

    def open(self, part: Element | None) -> None:
        """What follows is a piece of this part; of none, where the whole says nothing."""
        self.close()
        if part is not None:
            self.parts.append(self.canvas.tags.opened(part, self.page))
        self.part = part

    def close(self) -> None:
        """Ends the piece that is open."""
        if self.part is not None:
            self.parts.append(END)
            self.part = None

    def at(self, x: float, y: float) -> None:
        """Where the next text begins."""
        self.parts.append(f"1 0 0 1 {number(x)} {number(y)} Tm")

    def say(self, stretches: list[Stretch]) -> None:
        """Text that follows what was drawn last; what is read otherwise than it stands says so."""
        for spoken, group in in_line_order(stretches) if _has_other_scripts(stretches) else (("", stretches),):
            within = self.part
            if spoken and within is not None:
                self.open(within.add("Span", said=spoken))
            for font, _, text in group:
                self._show(font, text)
            if spoken and within is not None:
                self.open(within)

    def _show(self, name: str, text: str) -> None:
        font, document = getFont(name), self.canvas._doc
        if is_script_font(name):
            self._show_shaped(font, font.shaped(text))
        elif text.isascii():
            self._choose(font.getSubsetInternalName(0, document))
            self.parts.append(f"({_escaped(text)}) Tj")
        else:
            for subset, piece in font.splitString(text, document):
                self._choose(font.getSubsetInternalName(subset, document))
                self.parts.append(f"({self.canvas._escape(piece)}) Tj")

    def _show_shaped(self, font: Any, glyphs: Iterable[Glyph]) -> None:
        """Shapes with their own steps between them; those that stand higher or lower come each by themselves."""
        document = self.canvas._doc
        placed = [(*font.splitString(chr(glyph.code), document)[0], glyph) for glyph in glyphs]
        for (subset, up), together in groupby(placed, lambda each: (each[0], each[2].up)):
            self._choose(font.getSubsetInternalName(subset, document))
            steps = []
            for _, piece, glyph in together:
                after = glyph.width - glyph.advance + glyph.right
                steps.append(f"{number(-glyph.right)} <{piece.hex()}> {number(after)}")
            raised = f"{number(up * self.size / 1000)} Ts "
            self.parts.append(f"{raised if up else ''}[{' '.join(steps)}] TJ{' 0 Ts' if up else ''}")

    def _choose(self, font: str) -> None:
        if font != self.font:
            self.font = font
            self.parts.append(f"{font} {number(self.size)} Tf")

    def draw(self) -> None:
        """Writes all of it onto the page."""
        self.close()
        self.canvas.addLiteral(" ".join([*self.parts, "ET"]))


def number(value: float) -> str:
    """A number as short as the format allows."""
    said = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if said == "-0" else said


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _has_other_scripts(stretches: list[Stretch]) -> bool:
    return any(is_script_font(font) for font, _, _ in stretches)
