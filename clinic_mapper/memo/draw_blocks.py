"""Blocks of a document as pieces that the drawing library can lay on pages."""

from __future__ import annotations

from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, HRFlowable, KeepTogether, PageBreak, Spacer, TableStyle
from reportlab.platypus import Table as DrawnTable

from clinic_mapper.memo.document import (
    Blank,
    Block,
    Document,
    Entry,
    Heading,
    Hops,
    Items,
    NoteBox,
    Paragraph,
    Run,
    Table,
)
from clinic_mapper.memo.draw_marks import FillIn
from clinic_mapper.memo.draw_text import RunningText
from clinic_mapper.memo.fonts import BOLD, REGULAR, drawable

INK = HexColor("#1c1917")
_RULE = HexColor("#a8a29e")
_TINT = HexColor("#f5f5f4")
_INDENT = 15.0
_WITH_SIGNATURE = 4
"""How many pieces of text before a line to sign stay on its page."""


class Styles:
    """The sizes of one document. `scale` shrinks a page that must fit on one side."""

    def __init__(self, plain: bool, scale: float) -> None:
        base = (12.2 if plain else 8.9) * scale
        self.plain = plain
        self.scale = scale
        self.body = self._style("body", base, base * 1.34, after=(3.5 if plain else 2.5) * scale)
        self.lead = self._style("lead", base * 1.1, base * 1.45, after=3 * scale)
        self.small = self.body if plain else self._style("small", 7.8, 10.1, after=2)
        self.fine = self.body if plain else self._style("fine", 7.2, 9.1, after=1.5)
        self.plain_cell = self._style("cell", 7.8, 10.0)
        self.fine_cell = self._style("cell-fine", 7.4, 9.3)
        self.cell_head = self._style("cell-head", 7.6, 9.8, font=BOLD)
        self.entry = self._style("entry", 8.2, 10.7, after=1, before=2.5)
        self.brief = self._style("brief", 7.8, 10.1, after=1.5)
        self.headings = (
            self._style("h0", (21 if plain else 17) * scale, (26 if plain else 21) * scale, font=BOLD, after=5),
            self._style("h1", base * 1.2, base * 1.6, font=BOLD, before=9 * scale, after=3.5 * scale),
            self._style("h2", base, base * 1.4, font=BOLD, before=5, after=2),
        )

    @staticmethod
    def _style(
        name: str, size: float, leading: float, font: str = REGULAR, before: float = 0.0, after: float = 0.0
    ) -> ParagraphStyle:
        return ParagraphStyle(
            name, fontName=font, fontSize=size, leading=leading, spaceBefore=before, spaceAfter=after, textColor=INK,
            allowWidows=0, allowOrphans=0, splitLongWords=1, bulletFontName=font, bulletFontSize=size,
        )  # fmt: skip

    def of(self, name: str) -> ParagraphStyle:
        """The style of running text."""
        found: ParagraphStyle = getattr(self, name)
        return found

    def indented(self, name: str, indent: float = _INDENT) -> ParagraphStyle:
        """The same, further in."""
        style = self.of(name)
        return ParagraphStyle(f"{style.name}-in", parent=style, leftIndent=indent)


def flowables(document: Document, width: float, scale: float) -> list[Any]:
    """All blocks in order, fit for a column of `width` points."""
    styles = Styles(document.plain, scale)
    story: list[Any] = []
    for block in document.blocks:
        if isinstance(block, Blank) and not document.plain:  # nobody signs a page on which nothing else stands
            story, last = story[:-_WITH_SIGNATURE], story[-_WITH_SIGNATURE:]
            story.append(KeepTogether([*last, *_drawn(block, styles, width)]))
        else:
            story += _drawn(block, styles, width)
    return story


def _drawn(block: Block, styles: Styles, width: float) -> list[Any]:
    match block:
        case Heading():
            return _heading(block, styles)
        case Paragraph(runs=runs, style=style):
            return [RunningText(runs, styles.of(style))]
        case Items():
            return _items(block, styles)
        case Table():
            return [_table(block, styles, width), Spacer(1, 3)]
        case Hops():
            return _hops(block, styles, indent=0.0)
        case NoteBox():
            return [Spacer(1, 4), _box(block, styles, width), Spacer(1, 5)]
        case Entry():
            return _entry(block, styles)
        case Blank(label=label, short=short):
            return [FillIn(drawable(label), width * (0.45 if short else 1.0), styles.body.fontSize)]


def _heading(block: Heading, styles: Styles) -> list[Any]:
    """A title never stands alone at the foot of a page. It asks for room; tied to a table, it would drag it along."""
    if block.new_page:
        return [PageBreak(), RunningText(block.runs, styles.headings[1])]
    if block.level != 1 or styles.plain:
        return [CondPageBreak(48 * styles.scale), RunningText(block.runs, styles.headings[block.level])]
    style = ParagraphStyle("h1-ruled", parent=styles.headings[1], spaceBefore=2, spaceAfter=2)
    rule = HRFlowable(width="100%", thickness=0.5, color=_RULE, spaceBefore=4, spaceAfter=0)
    return [CondPageBreak(64), rule, RunningText(block.runs, style)]


def _items(block: Items, styles: Styles) -> list[Any]:
    indent = (22.0 if block.marks == "box" else _INDENT) * styles.scale
    style = styles.indented(block.style, indent)
    if block.marks == "none":
        style = ParagraphStyle("hanging", parent=style, firstLineIndent=-indent)
    drawn: list[Any] = []
    for number, item in enumerate(block.items, 1):
        if block.marks == "box":
            drawn.append(RunningText(item, style, shape="box"))
        else:
            mark = {"number": f"{number}.", "none": ""}.get(block.marks, "•")
            drawn.append(RunningText(item, style, mark))
    return drawn


def _hops(block: Hops, styles: Styles, indent: float) -> list[Any]:
    style = ParagraphStyle("hop", parent=styles.small, leftIndent=indent + 13, bulletIndent=indent, spaceAfter=1.5)
    rows = [tuple(run for cell in row for run in cell) for row in block.rows]
    return [RunningText(row, style, f"{number}.") for number, row in enumerate(rows, 1)]


def _entry(block: Entry, styles: Styles) -> list[Any]:
    """The shape and the word of the standing, the title, and what is said beneath; the first lines stay together."""
    word = (Run(text=block.word.upper(), bold=True), Run(text="  ·  ")) if block.word else ()
    style = styles.indented("entry" if block.word else "brief")
    first: list[Any] = [RunningText((*word, *block.title), style, shape=block.standing)]
    rest: list[Any] = []
    for inner in block.blocks:
        match inner:
            case Hops():
                rest += _hops(inner, styles, _INDENT)
            case Items():
                rest += _items(inner, styles)
            case Paragraph(runs=runs, style=style):
                rest.append(RunningText(runs, styles.indented(style)))
    return [KeepTogether([*first, *rest[:1]]), *rest[1:]]


def _table(block: Table, styles: Styles, width: float) -> Any:
    head = [RunningText((Run(text=word),), styles.cell_head) for word in block.head]
    rows = [[RunningText(cell, styles.of(f"{block.style}_cell")) for cell in row] for row in block.rows]
    look = TableStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, 0), 0.7, _RULE),
            ("LINEBELOW", (0, 1), (-1, -1), 0.25, _RULE),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 7),
            ("TOPPADDING", (0, 0), (-1, -1), 1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ]
    )
    widths = [share * width for share in block.widths]
    return DrawnTable([head, *rows], colWidths=widths, repeatRows=1, splitInRow=1, style=look)


def _box(block: NoteBox, styles: Styles, width: float) -> Any:
    style = styles.body
    inside = [RunningText(block.title, style), *(RunningText(each, style) for each in block.paragraphs)]
    edge = 1.6 if block.kind == "time-bound" else 0.6
    look = TableStyle(
        [
            ("BOX", (0, 0), (-1, -1), edge, INK),
            ("BACKGROUND", (0, 0), (-1, -1), _TINT),
            ("LEFTPADDING", (0, 0), (-1, -1), 9),
            ("RIGHTPADDING", (0, 0), (-1, -1), 9),
            ("TOPPADDING", (0, 0), (-1, -1), 5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ]
    )
    return DrawnTable([[inside]], colWidths=[width], style=look, splitInRow=1)
