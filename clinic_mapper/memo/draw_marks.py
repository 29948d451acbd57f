"""Shapes beside the words: a standing, a box to tick, a line to fill in. A shape never stands without its word."""

from __future__ import annotations

from typing import Any, Literal

from reportlab.platypus import Flowable
from reportlab.platypus import Paragraph as Drawn

from clinic_mapper.memo.fonts import REGULAR

Shape = Literal["open", "undetermined", "closed", "box"]


class MarkedParagraph(Drawn):  # type: ignore[misc]
    """A paragraph with a shape left of its first line, within its left indent."""

    def __init__(self, frags: list[Any], style: Any, shape: Shape) -> None:
        super().__init__("", style, frags=frags)
        self.shape = shape

    def draw(self) -> None:
        """Draws the shape, then the text."""
        size = self.style.fontSize
        across = size * (0.84 if self.shape == "box" else 0.72)
        middle = self.height - self.style.leading * 0.5 - size * 0.06
        self.canv.saveState()
        self.canv.setLineWidth(0.9)
        self._shape(across, across / 2 + 0.5, middle)
        self.canv.restoreState()
        super().draw()

    def split(self, available_width: float, available_height: float) -> list[Any]:
        """The parts of a paragraph that a page end cuts; the shape stays with the first."""
        parts = super().split(available_width, available_height)
        for number, part in enumerate(parts):
            part.__class__ = MarkedParagraph if number == 0 else Drawn
            part.shape = self.shape
        return list(parts)

    def _shape(self, across: float, x: float, y: float) -> None:
        """Open: a full disc. Undetermined: a half disc. Closed: a ring. To tick: a square."""
        canvas, radius = self.canv, across / 2
        if self.shape == "box":
            canvas.rect(x - radius, y - radius, across, across, stroke=1, fill=0)
            return
        canvas.circle(x, y, radius, stroke=1, fill=1 if self.shape == "open" else 0)
        if self.shape == "undetermined":
            half = canvas.beginPath()
            half.arc(x - radius, y - radius, x + radius, y + radius, 90, 180)
            half.close()
            canvas.drawPath(half, stroke=0, fill=1)


class FillIn(Flowable):  # type: ignore[misc]
    """A word and a line to write on."""

    def __init__(self, label: str, width: float, size: float) -> None:
        super().__init__()
        self.label, self.line, self.size = label, width, size

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Two lines high, so that a hand can write."""
        return self.line, self.size * 2.3

    def draw(self) -> None:
        """The word, then the line to the right of it."""
        self.canv.setFont(REGULAR, self.size)
        self.canv.drawString(0, 4, self.label)
        start = self.canv.stringWidth(self.label, REGULAR, self.size) + 8
        self.canv.setLineWidth(0.6)
        self.canv.line(start, 2, self.line, 2)
