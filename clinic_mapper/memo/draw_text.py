"""Running text on a page: words broken into lines, cut where a page ends, with a mark or a shape before them.

The drawing library's own paragraphs read markup and weigh every letter several times. A memo needs neither: runs come
with their letters chosen, and a line takes the words that fit.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from clinic_mapper.memo.document import Runs
from clinic_mapper.memo.draw_marks import Shape, draw_shape
from clinic_mapper.memo.draw_orders import Orders
from clinic_mapper.memo.fonts import REGULAR, drawable, font_of
from clinic_mapper.memo.scripts import by_font, is_of_own_letters, is_script_font
from clinic_mapper.memo.tags import LAYOUT, REPEATED, Element, marked, piece_of

Word = list[tuple[str, str, str]]
"""Pieces of one word, each with its font and its language: a word may begin bold and end plain."""
TextLine = list[Word]

_FEWEST_LINES = 2
"""A page end leaves at least so many lines on either side."""


class RunningText(Flowable):  # type: ignore[misc]
    """A paragraph. `mark` is text left of its first line ("•"), `shape` a drawn one; both stand within the indent.

    `element` is what the text is part of, `label` the part that its mark or shape is; a shape without one repeats what
    the text says and is passed over by whoever hears it.
    """

    def __init__(
        self,
        runs: Runs,
        style: ParagraphStyle,
        mark: str = "",
        shape: Shape | None = None,
        element: Element | None = None,
        label: Element | None = None,
    ) -> None:
        super().__init__()
        self.style, self.mark, self.shape = style, mark, shape
        self.element, self.label = element, label
        self.words = list(_words(runs, style))
        self.lines: list[TextLine] = []
        self.first_indent = style.leftIndent + style.firstLineIndent
        self._blank_after: list[bool] = []  # each line: whether another word follows on the next
        self._broken_for = -1.0
        self._drawn = False

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """The width given and the height that the text takes in it, in points."""
        if available_width != self._broken_for:
            self.lines, self._blank_after = self._broken(available_width)
            self._broken_for = available_width
        self.width, self.height = available_width, max(1, len(self.lines)) * self.style.leading
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Any]:
        """The two parts of a text that a page end cuts; nothing where too few lines would stand on either side."""
        self.wrap(available_width, available_height)
        fit = min(int(available_height // self.style.leading), len(self.lines) - _FEWEST_LINES)
        if fit < _FEWEST_LINES:
            return []
        first, rest = self._part(0, fit), self._part(fit, len(self.lines))
        first.mark, first.shape, first.label = self.mark, self.shape, self.label
        first.first_indent, rest.first_indent = self.first_indent, self.style.leftIndent
        return [first, rest]

    def _part(self, start: int, end: int) -> RunningText:
        part = RunningText((), self.style, element=self.element)
        part.lines, part._blank_after = self.lines[start:end], self._blank_after[start:end]
        part.words = [word for line in part.lines for word in line]
        part._broken_for = self._broken_for
        return part

    def draw(self) -> None:
        """The mark or shape, then line under line. What is drawn once more says nothing new."""
        canvas, element = self.canv, self.element
        if element is None or self._drawn:
            with marked(canvas, REPEATED if self._drawn else LAYOUT):
                self._draw_shape()
                self._draw_words(None)
            return
        self._drawn = True
        if element.place is None:
            element.place = (canvas.getPageNumber() - 1, canvas.absolutePosition(0, self.height)[1])
        if self.shape is not None and self.label is not None:
            lower = canvas.absolutePosition(0, self.height - self.style.leading)
            self.label.box = (*lower, *canvas.absolutePosition(self.style.fontSize, self.height))
            with piece_of(canvas, self.label):
                self._draw_shape()
        elif self.shape is not None:
            with marked(canvas, LAYOUT):
                self._draw_shape()
        self._draw_words(element)

    def _draw_shape(self) -> None:
        style = self.style
        if self.shape is not None:
            draw_shape(self.canv, self.shape, style.fontSize, self.height - style.leading * 0.5 - style.fontSize * 0.06)

    def _draw_words(self, element: Element | None) -> None:
        style = self.style
        top = self.height - style.fontSize
        orders = Orders(self.canv, style.fontSize, style.textColor)
        if self.mark:
            orders.open(self.label if element else None)
            orders.at(style.bulletIndent, top)
            orders.say([(style.bulletFontName, "", self.mark)])
        spoken = None
        for number, line in enumerate(self.lines):
            orders.at(style.leftIndent if number else self.first_indent, top - number * style.leading)
            stretches = _stretches(line, self._blank_after[number])
            for lang, group in groupby(stretches, lambda stretch: stretch[1]):
                if lang != spoken:
                    spoken = lang
                    orders.open(element.add("Span", lang) if element and lang else element)
                orders.say(list(group))
        orders.draw()

    def _broken(self, width: float) -> tuple[list[TextLine], list[bool]]:
        """The words line by line, as many in each as fit; and of each line, whether another word follows it."""
        size, blank = self.style.fontSize, stringWidth(" ", REGULAR, self.style.fontSize)
        later = width - self.style.leftIndent
        lines: list[TextLine] = []
        blank_after: list[bool] = []
        line: TextLine = []
        left = width - self.first_indent
        for entire in self.words:
            for number, (word, wide) in enumerate(_fitting(entire, later, size)):
                if line and wide + blank > left:
                    lines.append(line)
                    blank_after.append(not number)
                    line, left = [], later
                left -= wide + (blank if line else 0.0)
                line.append(word)
        return ([*lines, line], [*blank_after, False]) if line else ([], [])


def _words(runs: Runs, style: ParagraphStyle) -> Iterator[Word]:
    word: Word = []
    for run in runs:
        font = style.fontName if font_of(run) == REGULAR else font_of(run)
        text = drawable(run.text)
        one_font = is_of_own_letters(text)
        for number, part in enumerate(text.split(" ")):
            if number and word:
                yield word
                word = []
            if part and one_font:
                word.append((font, part, run.lang))
            elif part:
                word += [(own, piece, run.lang) for own, piece in by_font(part, font)]
    if word:
        yield word


def _width(word: Word, size: float) -> float:
    if len(word) == 1:
        return float(stringWidth(word[0][1], word[0][0], size))
    return float(sum(stringWidth(part, font, size) for font, part, _ in word))


def _fitting(word: Word, room: float, size: float) -> Iterator[tuple[Word, float]]:
    """The word and its width; cut into pieces where it is wider than a line."""
    whole = _width(word, size)
    if whole <= room:
        yield word, whole
        return
    piece: Word = []
    wide = 0.0
    for font, part, lang in word:
        for letter in part:
            step = stringWidth(letter, font, size)
            if piece and wide + step > room:
                yield piece, wide
                piece, wide = [], 0.0
            if piece and piece[-1][::2] == (font, lang):
                piece[-1] = (font, piece[-1][1] + letter, lang)
            else:
                piece.append((font, letter, lang))
            wide += step
    yield piece, wide


def _stretches(line: TextLine, goes_on: bool) -> list[tuple[str, str, str]]:
    """A line as stretches of one font and language, blanks between its words, and one at its end if the text goes on.

    Whoever hears a text, or copies it, has no line ends to tell two words by.
    """
    stretches: list[tuple[str, str, list[str]]] = []

    def add(font: str, lang: str, part: str) -> None:
        if stretches and stretches[-1][:2] == (font, lang):
            stretches[-1][2].append(part)
        else:
            stretches.append((font, lang, [part]))

    for number, word in enumerate(line):
        for place, (font, part, lang) in enumerate(word):
            if number and not place:
                before, spoken, _ = stretches[-1]
                add(REGULAR if is_script_font(before) else before, spoken, " ")
            add(font, lang, part)
    if goes_on:
        stretches[-1][2].append(" ")
    return [(font, lang, "".join(parts)) for font, lang, parts in stretches]
