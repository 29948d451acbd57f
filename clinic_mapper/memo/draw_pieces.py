"""The pieces of which pages are made: each knows its rows, between which a page can end, and draws any of them.

Lengths are in points; heights count upwards from the foot of the page, as in the file.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any

from reportlab.lib.colors import HexColor

from clinic_mapper.memo.draw_marks import INK
from clinic_mapper.memo.draw_text import RunningText, Style
from clinic_mapper.memo.fonts import REGULAR
from clinic_mapper.memo.page_acronyms import Stretch
from clinic_mapper.memo.page_breaks import NEVER
from clinic_mapper.memo.tags import LAYOUT, Element, marked, piece_of

_RULE = HexColor("#a8a29e")
_TINT = HexColor("#f5f5f4")
_WITHIN_TEXT = 30.0
"""What it costs to end a page within a text, next to other ends."""
_WITHIN_CELLS = 60.0
_FEWEST_LINES = 2
"""A page end leaves at least so many lines of a text on either side."""
_ABOVE_CELLS, _BELOW_CELLS, _BESIDE_CELLS = 1.0, 2.0, 7.0
_ABOVE_BOXED, _BELOW_BOXED, _BESIDE_BOXED = 5.0, 4.0, 9.0


class Row:
    """One row of a piece: see `page_breaks.Row`. `part`: the how manieth of its piece."""

    __slots__ = ("again", "before", "cost", "height", "part", "piece")

    def __init__(self, piece: Piece, part: int, height: float, cost: float, before: float = 0.0) -> None:
        self.piece, self.part, self.height, self.cost, self.before = piece, part, height, cost, before
        self.again = 0.0


class Piece(ABC):
    """Something with rows. `before` and `after`: the room around it; of two pieces the larger one counts."""

    before = 0.0
    after = 0.0
    head: HeadRow | None = None
    """What is drawn once more above it where a page begins with it."""

    @abstractmethod
    def rows(self) -> list[Row]:
        """Its rows, the first one without the room before it."""

    @abstractmethod
    def draw(self, canvas: Any, left: float, top: float, first: int, last: int, at_top: bool) -> None:
        """Draws the rows from `first` to before `last` from a height on. `at_top`: nothing stands above on the page."""

    def stretches(self, first: int, last: int) -> Iterator[Stretch]:
        """What these rows say in texts whose acronyms a page explains, in the order in which it is read."""
        yield from ()


def _cost_within(line: int, lines: int, within: float) -> float:
    """What it costs to end a page above a line of a text that is not its first."""
    return NEVER if min(line, lines - line) < _FEWEST_LINES else within


class TextPiece(Piece):
    """A text across the column. `ruled`: with a rule above it, but for the top of a page."""

    def __init__(self, text: RunningText, width: float, ruled: bool = False) -> None:
        self.text, self.width, self.ruled = text, width, ruled
        self.before, self.after = text.style.before, text.style.after
        self.lines = text.broken(width)

    def rows(self) -> list[Row]:
        """A row for each line."""
        leading, lines = self.text.style.leading, self.lines
        costs = [0.0, *(_cost_within(line, lines, _WITHIN_TEXT) for line in range(1, lines))]
        return [Row(self, line, leading, cost) for line, cost in enumerate(costs)]

    def stretches(self, first: int, last: int) -> Iterator[Stretch]:
        """What the lines say."""
        yield from self.text.stretch(first, last)

    def draw(self, canvas: Any, left: float, top: float, first: int, last: int, at_top: bool) -> None:
        """The lines."""
        if self.ruled and not at_top:
            with marked(canvas, LAYOUT):
                canvas.setStrokeColor(_RULE)
                canvas.setLineWidth(0.5)
                canvas.line(left, top + 2, left + self.width, top + 2)
        self.text.draw(canvas, left, top, first, last)


class CellsPiece(Piece):
    """A row of a table: cells beside each other, a rule under them. It can be cut between any two lines."""

    rule = 0.25

    def __init__(self, cells: Sequence[RunningText], widths: Sequence[float]) -> None:
        self.cells, self.widths = cells, widths
        self.lines = max(cell.broken(width - _BESIDE_CELLS) for cell, width in zip(cells, widths, strict=True))
        self.leading = cells[0].style.leading

    def rows(self) -> list[Row]:
        """A row for each line of the longest cell."""
        made = [
            Row(self, line, self.leading, _cost_within(line, self.lines, _WITHIN_CELLS)) for line in range(self.lines)
        ]
        made[0].cost = 0.0
        made[0].height += _ABOVE_CELLS
        made[-1].height += _BELOW_CELLS
        if self.head is not None:
            for row in made:
                row.again = self.head.height
        return made

    def stretches(self, first: int, last: int) -> Iterator[Stretch]:
        """What the lines of each cell say."""
        for cell in self.cells:
            yield from cell.stretch(first, last)

    def draw(self, canvas: Any, left: float, top: float, first: int, last: int, at_top: bool) -> None:
        """The lines of all cells, each cell from its own left."""
        self._cells(canvas, left, top - (0.0 if first else _ABOVE_CELLS), first, last)
        if last == self.lines:
            below = top - (last - first) * self.leading - _BELOW_CELLS - (0.0 if first else _ABOVE_CELLS)
            self._ruled(canvas, left, below)

    def _cells(self, canvas: Any, left: float, top: float, first: int, last: int, again: bool = False) -> None:
        for cell, width in zip(self.cells, self.widths, strict=True):
            if first < max(1, len(cell.lines)):
                cell.draw(canvas, left, top, first, last, again)
            left += width

    def _ruled(self, canvas: Any, left: float, height: float) -> None:
        with marked(canvas, LAYOUT):
            canvas.setStrokeColor(_RULE)
            canvas.setLineWidth(self.rule)
            canvas.line(left, height, left + sum(self.widths), height)


class HeadRow(CellsPiece):
    """The head of a table, which stands above its rows on every page that they run to."""

    rule = 0.7

    @property
    def height(self) -> float:
        """The height of the head."""
        return self.lines * self.leading + _ABOVE_CELLS + _BELOW_CELLS

    def draw_again(self, canvas: Any, left: float, top: float) -> None:
        """The head on a further page: it says nothing new."""
        self._cells(canvas, left, top - _ABOVE_CELLS, 0, self.lines, again=True)
        self._ruled(canvas, left, top - self.height)


class BoxPiece(Piece):
    """Framed texts on a tint, not cut unless they are longer than a page."""

    before, after = 7.0, 7.0

    def __init__(self, texts: Sequence[RunningText], width: float, edge: float) -> None:
        self.texts, self.width, self.edge = texts, width, edge
        self.lines = [text.broken(width - 2 * _BESIDE_BOXED) for text in texts]
        self._starts: list[tuple[int, RunningText]] = []
        self._heights: list[float] = []
        for text, lines in zip(texts, self.lines, strict=True):
            self._starts.append((len(self._heights), text))
            self._heights += [text.style.leading] * (lines - 1) + [text.style.leading + text.style.after]
        self._heights[-1] += _BELOW_BOXED - texts[-1].style.after
        self._heights[0] += _ABOVE_BOXED

    def rows(self) -> list[Row]:
        """A row for each line."""
        return [Row(self, line, height, NEVER if line else 0.0) for line, height in enumerate(self._heights)]

    def stretches(self, first: int, last: int) -> Iterator[Stretch]:
        """What the lines of each text say."""
        for start, text in self._starts:
            yield from text.stretch(max(0, first - start), max(0, last - start))

    def draw(self, canvas: Any, left: float, top: float, first: int, last: int, at_top: bool) -> None:
        """The frame, then the lines in it."""
        high = sum(self._heights[first:last])
        with marked(canvas, LAYOUT):
            canvas.setFillColor(_TINT)
            canvas.setStrokeColor(INK)
            canvas.setLineWidth(self.edge)
            canvas.rect(left, top - high, self.width, high, stroke=1, fill=1)
        top -= 0.0 if first else _ABOVE_BOXED
        for (start, text), lines in zip(self._starts, self.lines, strict=True):
            begin, end = max(first, start), min(last, start + lines)
            if begin < end:
                text.draw(canvas, left + _BESIDE_BOXED, top, begin - start, end - start)
                top -= (end - begin) * text.style.leading + text.style.after


class FillIn(Piece):
    """A word and a line to write on, two lines high, so that a hand can write."""

    def __init__(self, label: str, width: float, style: Style, element: Element) -> None:
        self.label, self.width, self.size, self.element = label, width, style.size, element
        self.after = 0.45 * style.size

    def rows(self) -> list[Row]:
        """One row."""
        return [Row(self, 0, self.size * 2.1, 0.0)]

    def draw(self, canvas: Any, left: float, top: float, first: int, last: int, at_top: bool) -> None:
        """The word, then the line to the right of it."""
        foot = top - self.size * 2.1
        with piece_of(canvas, self.element):
            canvas.setFillColor(INK)
            canvas.setFont(REGULAR, self.size)
            canvas.drawString(left, foot + 4, self.label)
        start = canvas.stringWidth(self.label, REGULAR, self.size) + 8
        with marked(canvas, LAYOUT):
            canvas.setStrokeColor(INK)
            canvas.setLineWidth(0.6)
            canvas.line(left + start, foot + 2, left + self.width, foot + 2)
