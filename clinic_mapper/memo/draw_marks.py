"""Shapes beside the words: a standing, a box to tick, a line to fill in. A shape never stands without its word."""

from __future__ import annotations

from typing import Any, Literal

from reportlab.platypus import Flowable, HRFlowable, Table

from clinic_mapper.memo.fonts import REGULAR
from clinic_mapper.memo.tags import LAYOUT, Element, marked, piece_of

_TOP = 60.0
"""How far down the text of a page begins, in points, and a little more."""

Shape = Literal["open", "undetermined", "closed", "box"]


def draw_shape(canvas: Any, shape: Shape, size: float, middle: float) -> None:
    """A shape left of a text of `size` points, around the height `middle`.

    Open: a full disc. Undetermined: a half disc. Closed: a ring. To tick: a square.
    """
    across = size * (0.84 if shape == "box" else 0.72)
    radius, x = across / 2, across / 2 + 0.5
    canvas.saveState()
    canvas.setLineWidth(0.9)
    if shape == "box":
        canvas.rect(x - radius, middle - radius, across, across, stroke=1, fill=0)
    else:
        canvas.circle(x, middle, radius, stroke=1, fill=1 if shape == "open" else 0)
    if shape == "undetermined":
        half = canvas.beginPath()
        half.arc(x - radius, middle - radius, x + radius, middle + radius, 90, 180)
        half.close()
        canvas.drawPath(half, stroke=0, fill=1)
    canvas.restoreState()


class FillIn(Flowable):  # type: ignore[misc]
    """A word and a line to write on."""

    def __init__(self, label: str, width: float, size: float, element: Element) -> None:
        super().__init__()
        self.label, self.line, self.size, self.element = label, width, size, element

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Two lines high, so that a hand can write."""
        return self.line, self.size * 2.3

    def draw(self) -> None:
        """The word, then the line to the right of it."""
        with piece_of(self.canv, self.element):
            self.canv.setFont(REGULAR, self.size)
            self.canv.drawString(0, 4, self.label)
        start = self.canv.stringWidth(self.label, REGULAR, self.size) + 8
        with marked(self.canv, LAYOUT):
            self.canv.setLineWidth(0.6)
            self.canv.line(start, 2, self.line, 2)


class Rule(HRFlowable):  # type: ignore[misc]
    """A line across the column. It says nothing; right under the line at the top of a page there is none."""

    def draw(self) -> None:
        """The line, as an artifact."""
        below_top = self.canv._pagesize[1] - self.canv.absolutePosition(0, 0)[1]
        if below_top > _TOP:
            with marked(self.canv, LAYOUT):
                super().draw()


class Grid(Table):  # type: ignore[misc]
    """A table whose frames, rules and tints say nothing; its cells tell what they are themselves."""

    def _drawBkgrnd(self) -> None:
        with marked(self.canv, LAYOUT):
            super()._drawBkgrnd()

    def _drawLines(self) -> None:
        with marked(self.canv, LAYOUT):
            super()._drawLines()
