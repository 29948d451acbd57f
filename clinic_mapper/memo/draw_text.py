"""Running text on a page: words broken into lines that can be drawn one by one, with a mark or a shape before them.

The drawing library's own paragraphs read markup and weigh every letter several times. A memo needs neither: runs come
with their letters chosen, and a line takes the words that fit.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from reportlab.pdfbase.pdfmetrics import stringWidth

from clinic_mapper.memo.document import Runs
from clinic_mapper.memo.draw_marks import INK, Shape, draw_shape
from clinic_mapper.memo.draw_orders import Orders
from clinic_mapper.memo.fonts import REGULAR, drawable, font_of
from clinic_mapper.memo.page_acronyms import Explained, Stretch
from clinic_mapper.memo.scripts import by_font, is_of_own_letters, is_script_font
from clinic_mapper.memo.tags import LAYOUT, REPEATED, Element, marked, piece_of

Word = list[tuple[str, str, str]]
"""Pieces of one word, each with its font and its language: a word may begin bold and end plain."""
TextLine = list[Word]


class Style(NamedTuple):
    """How a text is set, in points. `first`: how much further in its first line begins. `mark`: where its mark stands.

    `before`, `after`: the room around it; of two texts the larger one counts.
    """

    size: float
    leading: float
    before: float = 0.0
    after: float = 0.0
    font: str = REGULAR
    indent: float = 0.0
    first: float = 0.0
    mark: float = 0.0


class RunningText:
    """A text. `mark` is text left of its first line ("•"), `shape` a drawn one; both stand within the indent.

    `element` is what the text is part of, `label` the part that its mark or shape is; a shape without one repeats what
    the text says and is passed over by whoever hears it.
    """

    def __init__(
        self,
        runs: Runs,
        style: Style,
        mark: str = "",
        shape: Shape | None = None,
        element: Element | None = None,
        label: Element | None = None,
        explained: Explained | None = None,
    ) -> None:
        self.style, self.mark, self.shape = style, mark, shape
        self.explained = explained
        self.element, self.label = element, label
        self.words = list(_words(runs, style.font))
        self.lines: list[TextLine] = []
        self._blank_after: list[bool] = []  # each line: whether another word follows on the next
        self._width = 0.0

    def broken(self, width: float) -> int:
        """Breaks the text into lines for a width, in points; how many they are, and one where there is no text."""
        if width != self._width:
            self.lines, self._blank_after = self._broken(width)
            self._width = width
        return max(1, len(self.lines))

    def stretch(self, first: int, last: int) -> Iterator[Stretch]:
        """The words of the lines from `first` to before `last`, where the text has acronyms that pages explain."""
        if self.explained is not None and self.explained.uses and first < len(self.lines):
            begin, end = self._words_before(first), self._words_before(last)
            yield Stretch(self.explained, begin, end)

    def _words_before(self, line: int) -> int:
        """How many words begin before a line: one that is cut where a line ends is a word of the first of the two."""
        begun = self.lines[:line]
        cut = self._blank_after[: max(0, len(begun) - 1)].count(False)
        return sum(map(len, begun)) - cut

    def draw(self, canvas: Any, left: float, top: float, first: int, last: int, again: bool = False) -> None:
        """Draws the lines from `first` to before `last`, the first one at a height. `again`: it was drawn before."""
        element = self.element
        shape = None if first else self.shape
        if element is None or again:
            with marked(canvas, REPEATED if again else LAYOUT):
                self._draw_shape(canvas, left, top, shape)
                self._draw_lines(canvas, left, top, first, last, None)
            return
        if element.place is None:
            element.place = (canvas.getPageNumber() - 1, top)
        if shape is not None and self.label is not None:
            self.label.box = (left, top - self.style.leading, left + self.style.size, top)
            with piece_of(canvas, self.label):
                self._draw_shape(canvas, left, top, shape)
        elif shape is not None:
            with marked(canvas, LAYOUT):
                self._draw_shape(canvas, left, top, shape)
        self._draw_lines(canvas, left, top, first, last, element)

    def _draw_shape(self, canvas: Any, left: float, top: float, shape: Shape | None) -> None:
        style = self.style
        if shape is not None:
            draw_shape(canvas, shape, style.size, left, top - style.leading * 0.5 - style.size * 0.06)

    def _draw_lines(self, canvas: Any, left: float, top: float, first: int, last: int, element: Element | None) -> None:
        style = self.style
        base = top - style.size
        orders = Orders(canvas, style.size, INK)
        if self.mark and not first:
            orders.open(self.label if element else None)
            orders.at(left + style.mark, base)
            orders.say([(style.font, "", self.mark)])
        spoken = None
        for number in range(first, min(last, len(self.lines))):
            indent = style.indent if number else style.indent + style.first
            orders.at(left + indent, base - (number - first) * style.leading)
            stretches = _stretches(self.lines[number], self._blank_after[number])
            for lang, group in groupby(stretches, lambda stretch: stretch[1]):
                if lang != spoken:
                    spoken = lang
                    orders.open(element.add("Span", lang) if element and lang else element)
                orders.say(list(group))
        orders.draw()

    def _broken(self, width: float) -> tuple[list[TextLine], list[bool]]:
        """The words line by line, as many in each as fit; and of each line, whether another word follows it."""
        size, blank = self.style.size, stringWidth(" ", REGULAR, self.style.size)
        later = width - self.style.indent
        lines: list[TextLine] = []
        blank_after: list[bool] = []
        line: TextLine = []
        left = later - self.style.first
        for entire in self.words:
            for number, (word, wide) in enumerate(_fitting(entire, later, size)):
                if line and wide + blank > left:
                    lines.append(line)
                    blank_after.append(not number)
                    line, left = [], later
                left -= wide + (blank if line else 0.0)
                line.append(word)
        return ([*lines, line], [*blank_after, False]) if line else ([], [])


def _words(runs: Runs, plain: str) -> Iterator[Word]:
    word: Word = []
    for run in runs:
        font = plain if font_of(run) == REGULAR else font_of(run)
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
