"""Blocks of a document as pieces that the drawing library can lay on pages."""

from __future__ import annotations

from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, KeepTogether, NextPageTemplate, PageBreak, Spacer, TableStyle

from clinic_mapper.memo.document import (
    Blank,
    Block,
    Document,
    Drawing,
    Entry,
    Heading,
    Hops,
    Items,
    NoteBox,
    Paragraph,
    Run,
    Runs,
    Table,
)
from clinic_mapper.memo.draw_marks import FillIn, Grid, Rule
from clinic_mapper.memo.draw_picture import DrawnPicture
from clinic_mapper.memo.draw_text import RunningText
from clinic_mapper.memo.fonts import BOLD, REGULAR, drawable
from clinic_mapper.memo.picture_page import lies
from clinic_mapper.memo.plain_text import printable
from clinic_mapper.memo.tags import Element, Tags

INK = HexColor("#1c1917")
_RULE = HexColor("#a8a29e")
_TINT = HexColor("#f5f5f4")
_INDENT = 15.0
_WITH_SIGNATURE = 4
"""How many pieces of text before a line to sign stay on its page."""
_LEAST_HEADING = 6
_QUIET = (("VALIGN", (0, 0), (-1, -1), "TOP"), ("FONTNAME", (0, 0), (-1, -1), REGULAR))
"""Cells draw their text themselves; the table's own font is named so that no foreign one is."""


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


def flowables(document: Document, width: float, scale: float, tags: Tags) -> list[Any]:
    """All blocks in order, fit for a column of `width` points, each made known to the tags as what it is."""
    drawing = _Drawing(Styles(document.plain, scale), width, tags)
    story: list[Any] = []
    for block in document.blocks:
        if isinstance(block, Blank) and not document.plain:  # nobody signs a page on which nothing else stands
            story, last = story[:-_WITH_SIGNATURE], story[-_WITH_SIGNATURE:]
            story.append(KeepTogether([*last, *drawing.drawn(block)]))
        else:
            story += drawing.drawn(block)
    return story


class _Drawing:
    """Turns blocks into pieces, one after the other, in one tree of parts."""

    def __init__(self, styles: Styles, width: float, tags: Tags) -> None:
        self.styles, self.width, self.tags = styles, width, tags
        self.level = 0
        self._lines: Element | None = None  # the list in which entries without text of their own stand

    def drawn(self, block: Block) -> list[Any]:
        """The pieces of a block."""
        if not isinstance(block, Entry) or block.blocks:
            self._lines = None
        root = self.tags.root
        match block:
            case Heading():
                return self._heading(block)
            case Paragraph(runs=runs, style=style):
                return [RunningText(runs, self.styles.of(style), element=root.add("P"))]
            case Items():
                return self._items(block, root)
            case Table():
                return [self._table(block), Spacer(1, 3)]
            case Hops():
                return self._hops(block, indent=0.0)
            case NoteBox():
                return [Spacer(1, 4), self._box(block), Spacer(1, 5)]
            case Entry():
                return self._entry(block)
            case Drawing():
                return self._picture(block)
            case Blank(label=label, short=short):
                line = self.width * (0.45 if short else 1.0)
                return [FillIn(drawable(label), line, self.styles.body.fontSize, root.add("P"))]

    def _picture(self, block: Drawing) -> list[Any]:
        """A picture with its title on a page of its own, which lies on its side where that gives more room."""
        title = self._titled(2, block.title)
        self.level = 2
        says = RunningText(block.says, self.styles.small, element=self.tags.root.add("P"))
        figure = self.tags.root.add("Figure", alt=printable(block.alt))
        return [
            NextPageTemplate("wide" if lies(block.picture) else "page"),
            PageBreak(),
            RunningText(block.title, self.styles.headings[1], element=title),
            says,
            Spacer(1, 6),
            DrawnPicture(block.picture, figure),
            NextPageTemplate("page"),
        ]

    def _titled(self, level: int, runs: Runs) -> Element:
        """A heading of the tree: of the first level 1, of the others at most one below the last."""
        element = self.tags.root.add(f"H{min(level, self.level + 1, _LEAST_HEADING)}")
        element.title = " ".join(drawable("".join(run.text for run in runs)).split())
        return element

    def _heading(self, block: Heading) -> list[Any]:
        """A title never stands alone at a page's foot. It asks for room; tied to a table, it would drag it along."""
        styles, element = self.styles, self._titled(block.level + 1, block.runs)
        self.level = int(element.role[1:])
        if block.new_page:
            return [PageBreak(), RunningText(block.runs, styles.headings[1], element=element)]
        if block.level != 1 or styles.plain:
            text = RunningText(block.runs, styles.headings[block.level], element=element)
            return [CondPageBreak(48 * styles.scale), text]
        style = ParagraphStyle("h1-ruled", parent=styles.headings[1], spaceBefore=2, spaceAfter=2)
        rule = Rule(width="100%", thickness=0.5, color=_RULE, spaceBefore=4, spaceAfter=0)
        return [CondPageBreak(64), rule, RunningText(block.runs, style, element=element)]

    def _items(self, block: Items, inside: Element) -> list[Any]:
        indent = (22.0 if block.marks == "box" else _INDENT) * self.styles.scale
        style = self.styles.indented(block.style, indent)
        if block.marks == "none":
            style = ParagraphStyle("hanging", parent=style, firstLineIndent=-indent)
        listed = _list(inside, {"number": "Decimal", "dot": "Disc", "box": "Square"}.get(block.marks, "None"))
        drawn: list[Any] = []
        for number, item in enumerate(block.items, 1):
            one = listed.add("LI")
            label = None if block.marks == "none" else one.add("Lbl")
            if block.marks == "box":
                drawn.append(_ticked(item, style, one, label))
            else:
                mark = {"number": f"{number}.", "none": ""}.get(block.marks, "•")
                drawn.append(RunningText(item, style, mark, element=one.add("LBody"), label=label))
        return drawn

    def _hops(self, block: Hops, indent: float) -> list[Any]:
        small = self.styles.small
        style = ParagraphStyle("hop", parent=small, leftIndent=indent + 13, bulletIndent=indent, spaceAfter=1.5)
        listed, drawn = _list(self.tags.root, "Decimal"), []
        for number, row in enumerate(block.rows, 1):
            one = listed.add("LI")
            label = one.add("Lbl")
            runs = tuple(run for cell in row for run in cell)
            drawn.append(RunningText(runs, style, f"{number}.", element=one.add("LBody"), label=label))
        return drawn

    def _entry(self, block: Entry) -> list[Any]:
        """The shape and the word of the standing, the title, and what is said beneath; the first lines stay together.

        With something beneath, the title is a heading by which a reader can go from one entry to the next.
        """
        word = (Run(text=block.word.upper(), bold=True), Run(text="  ·  ")) if block.word else ()
        runs = (*word, *block.title)
        style = self.styles.indented("entry" if block.word else "brief")
        if block.blocks:
            element = self._titled(self.level + 1, runs)
        else:
            self._lines = self._lines or _list(self.tags.root, "None")
            element = self._lines.add("LI").add("LBody")
        first: list[Any] = [RunningText(runs, style, shape=block.standing, element=element)]
        rest: list[Any] = []
        for inner in block.blocks:
            match inner:
                case Hops():
                    rest += self._hops(inner, _INDENT)
                case Items():
                    rest += self._items(inner, self.tags.root)
                case Paragraph(runs=told, style=name):
                    rest.append(RunningText(told, self.styles.indented(name), element=self.tags.root.add("P")))
        return [KeepTogether([*first, *rest[:1]]), *rest[1:]]

    def _table(self, block: Table) -> Any:
        styles, table = self.styles, self.tags.root.add("Table")
        self.tags.tables += 1
        ids = [f"t{self.tags.tables}h{column}" for column in range(1, len(block.head) + 1)]
        top = table.add("TR")
        head = [
            _cell((Run(text=word),), styles.cell_head, top, "TH", id) for word, id in zip(block.head, ids, strict=True)
        ]
        rows = []
        for row in block.rows:
            line, style = table.add("TR"), styles.of(f"{block.style}_cell")
            rows.append([_cell(cell, style, line, "TD", id) for cell, id in zip(row, ids, strict=True)])
        look = TableStyle(
            [
                *_QUIET,
                ("LINEBELOW", (0, 0), (-1, 0), 0.7, _RULE),
                ("LINEBELOW", (0, 1), (-1, -1), 0.25, _RULE),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 7),
                ("TOPPADDING", (0, 0), (-1, -1), 1),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
            ]
        )
        widths = [share * self.width for share in block.widths]
        return Grid([head, *rows], colWidths=widths, repeatRows=1, splitInRow=1, style=look)

    def _box(self, block: NoteBox) -> Any:
        style, box = self.styles.body, self.tags.root.add("Sect")
        inside = [RunningText(each, style, element=box.add("P")) for each in (block.title, *block.paragraphs)]
        edge = 1.6 if block.kind == "time-bound" else 0.6
        look = TableStyle(
            [
                *_QUIET,
                ("BOX", (0, 0), (-1, -1), edge, INK),
                ("BACKGROUND", (0, 0), (-1, -1), _TINT),
                ("LEFTPADDING", (0, 0), (-1, -1), 9),
                ("RIGHTPADDING", (0, 0), (-1, -1), 9),
                ("TOPPADDING", (0, 0), (-1, -1), 5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
            ]
        )
        return Grid([[inside]], colWidths=[self.width], style=look, splitInRow=1)


def _list(inside: Element, numbering: str) -> Element:
    listed = inside.add("L")
    listed.numbering = numbering
    return listed


def _ticked(item: Runs, style: ParagraphStyle, one: Element, label: Element | None) -> RunningText:
    """A thing to do, after a box to tick."""
    box = label.add("Figure", said="☐") if label else None
    return RunningText(item, style, shape="box", element=one.add("LBody"), label=box)


def _cell(runs: Runs, style: ParagraphStyle, row: Element, role: str, id: str) -> RunningText:
    """A cell. A head has the id; the cells below it name it."""
    cell = row.add(role)
    if role == "TH":
        cell.id = id
    else:
        cell.heads = (id,)
    return RunningText(runs, style, element=cell)
