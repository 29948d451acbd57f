"""Running text on a page: words broken into lines, cut where a page ends, with a mark or a shape before them.

The drawing library's own paragraphs read markup and weigh every letter several times. A memo needs neither: runs come
with their letters chosen, and a line takes the words that fit.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from clinic_mapper.memo.document import Runs
from clinic_mapper.memo.draw_marks import Shape, draw_shape
from clinic_mapper.memo.fonts import REGULAR, drawable, font_of

Word = list[tuple[str, str]]
"""Pieces of one word, each with its font: a word may begin bold and end plain."""
TextLine = list[Word]

_FEWEST_LINES = 2
"""A page end leaves at least so many lines on either side."""


class RunningText(Flowable):  # type: ignore[misc]
    """A paragraph. `mark` is text left of its first line ("•"), `shape` a drawn one; both stand within the indent."""

    def __init__(self, runs: Runs, style: ParagraphStyle, mark: str = "", shape: Shape | None = None) -> None:
        super().__init__()
        self.style, self.mark, self.shape = style, mark, shape
        self.words = list(_words(runs, style))
        self.lines: list[TextLine] = []
        self.first_indent = style.leftIndent + style.firstLineIndent
        self._broken_for = -1.0

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """The width given and the height that the text takes in it, in points."""
        if available_width != self._broken_for:
            self.lines = self._broken(available_width)
            self._broken_for = available_width
        self.width, self.height = available_width, max(1, len(self.lines)) * self.style.leading
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Any]:
        """The two parts of a text that a page end cuts; nothing where too few lines would stand on either side."""
        self.wrap(available_width, available_height)
        fit = min(int(available_height // self.style.leading), len(self.lines) - _FEWEST_LINES)
        if fit < _FEWEST_LINES:
            return []
        return [
            self._part(self.lines[:fit], self.first_indent, self.mark, self.shape),
            self._part(self.lines[fit:], self.style.leftIndent, "", None),
        ]

    def _part(self, lines: list[TextLine], first_indent: float, mark: str, shape: Shape | None) -> RunningText:
        part = RunningText((), self.style, mark, shape)
        part.words = [word for line in lines for word in line]
        part.lines, part.first_indent, part._broken_for = lines, first_indent, self._broken_for
        return part

    def draw(self) -> None:
        """The mark or shape, then line under line."""
        style, canvas = self.style, self.canv
        top = self.height - style.fontSize
        if self.shape is not None:
            draw_shape(canvas, self.shape, style.fontSize, self.height - style.leading * 0.5 - style.fontSize * 0.06)
        text = canvas.beginText()
        text.setFillColor(style.textColor)
        if self.mark:
            text.setTextOrigin(style.bulletIndent, top)
            text.setFont(style.bulletFontName, style.fontSize)
            text.textOut(self.mark)
        for number, line in enumerate(self.lines):
            text.setTextOrigin(style.leftIndent if number else self.first_indent, top - number * style.leading)
            for font, said in _stretches(line):
                text.setFont(font, style.fontSize)
                text.textOut(said)
        canvas.drawText(text)

    def _broken(self, width: float) -> list[TextLine]:
        """The words line by line, as many in each as fit."""
        size, blank = self.style.fontSize, stringWidth(" ", REGULAR, self.style.fontSize)
        later = width - self.style.leftIndent
        room = width - self.first_indent
        lines: list[TextLine] = []
        line: TextLine = []
        left = room
        for whole in self.words:
            for word, wide in _fitting(whole, later, size):
                if line and wide + blank > left:
                    lines.append(line)
                    line, left = [], later
                left -= wide + (blank if line else 0.0)
                line.append(word)
        return [*lines, line] if line else lines


def _words(runs: Runs, style: ParagraphStyle) -> Iterator[Word]:
    word: Word = []
    for run in runs:
        font = style.fontName if font_of(run) == REGULAR else font_of(run)
        for number, part in enumerate(drawable(run.text).split(" ")):
            if number and word:
                yield word
                word = []
            if part:
                word.append((font, part))
    if word:
        yield word


def _width(word: Word, size: float) -> float:
    if len(word) == 1:
        return float(stringWidth(word[0][1], word[0][0], size))
    return float(sum(stringWidth(part, font, size) for font, part in word))


def _fitting(word: Word, room: float, size: float) -> Iterator[tuple[Word, float]]:
    """The word and its width; cut into pieces where it is wider than a line."""
    whole = _width(word, size)
    if whole <= room:
        yield word, whole
        return
    piece: Word = []
    wide = 0.0
    for font, part in word:
        for letter in part:
            step = stringWidth(letter, font, size)
            if piece and wide + step > room:
                yield piece, wide
                piece, wide = [], 0.0
            if piece and piece[-1][0] == font:
                piece[-1] = (font, piece[-1][1] + letter)
            else:
                piece.append((font, letter))
            wide += step
    yield piece, wide


def _stretches(line: TextLine) -> list[tuple[str, str]]:
    """A line as stretches of one font, blanks between its words."""
    stretches: list[tuple[str, list[str]]] = []
    for number, word in enumerate(line):
        for place, (font, part) in enumerate(word):
            if number and not place:
                stretches[-1][1].append(" ")
            if stretches and stretches[-1][0] == font:
                stretches[-1][1].append(part)
            else:
                stretches.append((font, [part]))
    return [(font, "".join(parts)) for font, parts in stretches]
