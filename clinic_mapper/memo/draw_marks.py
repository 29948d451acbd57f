"""Shapes beside the words: a standing, a box to tick. A shape never stands without its word."""

from __future__ import annotations

from typing import Any, Literal

from reportlab.lib.colors import HexColor

INK = HexColor("#1c1917")
"""The colour of letters and shapes."""

Shape = Literal["open", "undetermined", "closed", "box"]


def draw_shape(canvas: Any, shape: Shape, size: float, left: float, middle: float) -> None:
    """A shape left of a text of `size` points, around the height `middle`.

    Open: a full disc. Undetermined: a half disc. Closed: a ring. To tick: a square.
    """
    across = size * (0.84 if shape == "box" else 0.72)
    radius, x = across / 2, left + across / 2 + 0.5
    canvas.saveState()
    canvas.setStrokeColor(INK)
    canvas.setFillColor(INK)
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
