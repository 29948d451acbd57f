"""Blocks of a document as pieces that can be laid on pages, each made known to the tags as what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

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
from clinic_mapper.memo.draw_flow import BEFORE_PART, BEFORE_SECTION, BEFORE_TEXT, Flow
from clinic_mapper.memo.draw_picture import PicturePiece
from clinic_mapper.memo.draw_pieces import BoxPiece, CellsPiece, FillIn, HeadRow, TextPiece
from clinic_mapper.memo.draw_text import RunningText, Style
from clinic_mapper.memo.fonts import BOLD, drawable
from clinic_mapper.memo.page_acronyms import Explained, Marks
from clinic_mapper.memo.picture_page import lies
from clinic_mapper.memo.plain_text import printable
from clinic_mapper.memo.tags import Element, Tags

_INDENT = 15.0
_LEAST_HEADING = 6


class Styles:
    """The sizes of one document. `scale` shrinks a page that must fit on one side."""

    def __init__(self, plain: bool, scale: float) -> None:
        base = (12.2 if plain else 8.9) * scale
        self.plain = plain
        self.scale = scale
        self.body = Style(base, base * 1.34, after=(3.5 if plain else 2.5) * scale)
        self.lead = Style(base * 1.1, base * 1.45, after=3 * scale)
        self.small = self.body if plain else Style(7.8, 10.1, after=2)
        self.fine = self.body if plain else Style(7.2, 9.1, after=1.5)
        self.plain_cell = Style(7.8, 10.0)
        self.fine_cell = Style(7.4, 9.3)
        self.cell_head = Style(7.6, 9.8, font=BOLD)
        self.entry = Style(8.2, 10.7, after=1, before=2.5)
        self.brief = Style(7.8, 10.1, after=1.5)
        self.headings = (
            Style((21 if plain else 17) * scale, (26 if plain else 21) * scale, font=BOLD, after=5),
            Style(base * 1.2, base * 1.6, font=BOLD, before=(12 if plain else 8) * scale, after=3 * scale),
            Style(base, base * 1.4, font=BOLD, before=5, after=2),
        )

    def of(self, name: str) -> Style:
        """The style of running text."""
        found: Style = getattr(self, name)
        return found

    def indented(self, name: str, indent: float = _INDENT) -> Style:
        """The same, further in."""
        return self.of(name)._replace(indent=indent)


def flow_of(
    document: Document,
    widths: tuple[float, float],
    styles: Styles,
    tags: Tags,
    texts: Texts,
    told: Callable[[], object],
) -> Flow:
    """All blocks in order, fit for columns of these widths, in points: upright, and on a page that lies on its side.

    `told` is called after each block.
    """
    drawing = _Drawing(styles, widths, tags, texts)
    blocks = document.blocks
    after_heading = False
    for listed, group in groupby(range(len(blocks)), lambda at: _is_brief(blocks[at])):
        places = list(group)
        if listed:
            drawing.brief([block for at in places if isinstance(block := blocks[at], Entry)])
            after_heading = False
            continue
        for at in places:
            block, next_ = blocks[at], blocks[at + 1] if at + 1 < len(blocks) else None
            drawing.draw(block)
            if isinstance(block, Heading) or (after_heading and _leads_to(block, next_)):
                drawing.flow.tie()
            after_heading = isinstance(block, Heading)
            told()
    return drawing.flow


def _is_brief(block: Block) -> bool:
    return isinstance(block, Entry) and not block.blocks


def _leads_to(block: Block, next_: Block | None) -> bool:
    """Whether a text under a heading says what the list or table under it is."""
    return isinstance(block, Paragraph) and isinstance(next_, Items | Table | Entry)


class Texts:
    """The texts of a document in its order, with the acronyms in full that `marks` name.

    `former`: those of the last time that it was laid out in these styles; what has not changed is broken into lines
    only once.
    """

    def __init__(self, lang: str, marks: Marks = frozenset(), former: Texts | None = None) -> None:
        self._lang = lang
        self._uses: dict[int, set[int]] = {}
        for text, use in marks:
            self._uses.setdefault(text, set()).add(use)
        self._all: list[tuple[Explained, RunningText]] = []
        self._former = former._all if former else []

    def next(self, runs: Runs, style: Style, element: Element, **named: Any) -> RunningText:
        """The next text, as a part of a new tree."""
        number = len(self._all)
        in_full = frozenset(self._uses.get(number, ()))
        if number < len(self._former) and self._former[number][0].in_full == in_full:
            explained, text = self._former[number]
        else:
            explained = Explained(number, runs, self._lang, in_full)
            text = RunningText(explained.runs, style, explained=explained, **named)
        text.element, text.label = element, named.get("label")
        if element.title:
            element.title = _in_one_line(explained.runs)
        self._all.append((explained, text))
        return text

    def added(self) -> Iterator[str]:
        """What the texts say more than was composed."""
        for explained, _ in self._all:
            yield from explained.added()


class _Drawing:
    """Turns blocks into pieces, one after the other, in one tree of parts."""

    def __init__(self, styles: Styles, widths: tuple[float, float], tags: Tags, texts: Texts) -> None:
        self.styles, self.tags, self.texts = styles, tags, texts
        self.width, self.wide = widths
        self.flow = Flow()
        self.level = 0

    def draw(self, block: Block) -> None:
        """Puts a block under the last one."""
        root, flow = self.tags.root, self.flow
        match block:
            case Heading():
                self._heading(block)
            case Paragraph(runs=runs, style=style):
                flow.put(self._explained(runs, self.styles.of(style), root.add("P")))
            case Items():
                flow.put_list(list(self._items(block, root)))
            case Table():
                self._table(block)
            case Hops():
                flow.put_list(list(self._hops(block, indent=0.0)))
            case NoteBox():
                self._box(block)
            case Entry():
                self._entry(block)
            case Drawing():
                self._picture(block)
            case Blank(label=label, short=short):
                line = self.width * (0.45 if short else 1.0)
                blank = FillIn(drawable(label), line, self.styles.body, root.add("P"))
                if self.styles.plain:
                    flow.put(blank)
                else:
                    flow.sign(blank)

    def brief(self, entries: list[Entry]) -> None:
        """Entries with nothing beneath them: a list."""
        listed = _list(self.tags.root, "None")
        pieces = []
        for entry in entries:
            style = self.styles.indented("entry" if entry.word else "brief")
            pieces.append(self._standing(entry, style, listed.add("LI").add("LBody")))
        self.flow.put_list(pieces)

    def _explained(self, runs: Runs, style: Style, element: Element, **named: Any) -> TextPiece:
        """A text in which a page may spell out acronyms; headings stay as they are."""
        return TextPiece(self.texts.next(runs, style, element, **named), self.width)

    def _picture(self, block: Drawing) -> None:
        """A picture with its title on a page of its own, which lies on its side where that gives more room."""
        self.flow.turn(lies(block.picture))
        title = self._titled(2, block.title)
        self.level = 2
        across = self.width
        self.width = self.wide if lies(block.picture) else across
        self.flow.put(TextPiece(RunningText(block.title, self.styles.headings[1], element=title), self.width))
        self.flow.put(self._explained(block.says, self.styles.small, self.tags.root.add("P")))
        self.flow.room(8)
        self.flow.put(PicturePiece(block.picture, self.tags.root.add("Figure", alt=printable(block.alt))))
        if block.key:
            self.flow.put(self._explained(block.key, self.styles.fine, self.tags.root.add("P")))
        self.width = across
        self.flow.turn()

    def _titled(self, level: int, runs: Runs) -> Element:
        """A heading of the tree: of the first level 1, of the others at most one below the last."""
        element = self.tags.root.add(f"H{min(level, self.level + 1, _LEAST_HEADING)}")
        element.title = _in_one_line(runs)
        return element

    def _heading(self, block: Heading) -> None:
        styles, element = self.styles, self._titled(block.level + 1, block.runs)
        self.level = int(element.role[1:])
        if block.new_page:
            self.flow.turn()
        ruled = block.level == 1 and not styles.plain
        cost = BEFORE_SECTION if block.level < 2 else BEFORE_PART
        text = RunningText(block.runs, styles.headings[block.level], element=element)
        self.flow.put(TextPiece(text, self.width, ruled), cost)

    def _items(self, block: Items, inside: Element) -> Iterator[TextPiece]:
        indent = (22.0 if block.marks == "box" else _INDENT) * self.styles.scale
        style = self.styles.indented(block.style, indent)
        if block.marks == "none":
            style = style._replace(first=-indent)
        listed = _list(inside, {"number": "Decimal", "dot": "Disc", "box": "Square"}.get(block.marks, "None"))
        for number, item in enumerate(block.items, 1):
            one = listed.add("LI")
            label = None if block.marks == "none" else one.add("Lbl")
            if block.marks == "box":
                box = label.add("Figure", said="☐") if label else None
                yield self._explained(item, style, one.add("LBody"), shape="box", label=box)
            else:
                mark = {"number": f"{number}.", "none": ""}.get(block.marks, "•")
                yield self._explained(item, style, one.add("LBody"), mark=mark, label=label)

    def _hops(self, block: Hops, indent: float) -> Iterator[TextPiece]:
        style = self.styles.small._replace(indent=indent + 13, mark=indent, after=1.5)
        listed = _list(self.tags.root, "Decimal")
        for number, row in enumerate(block.rows, 1):
            one = listed.add("LI")
            label = one.add("Lbl")
            runs = tuple(run for cell in row for run in cell)
            yield self._explained(runs, style, one.add("LBody"), mark=f"{number}.", label=label)

    def _standing(self, block: Entry, style: Style, element: Element) -> TextPiece:
        """The shape and the word of the standing, and the title."""
        return self._explained(_entry_runs(block), style, element, shape=block.standing)

    def _entry(self, block: Entry) -> None:
        """A standing with its title, which is a heading by which a reader can go from one entry to the next."""
        style = self.styles.indented("entry" if block.word else "brief")
        element = self._titled(self.level + 1, _entry_runs(block))
        self.flow.put(self._standing(block, style, element), BEFORE_PART)
        self.flow.tie()
        for inner in block.blocks:
            match inner:
                case Hops():
                    self.flow.put_list(list(self._hops(inner, _INDENT)))
                case Items():
                    self.flow.put_list(list(self._items(inner, self.tags.root)))
                case Paragraph(runs=told, style=name):
                    text = self._explained(told, self.styles.indented(name), self.tags.root.add("P"))
                    self.flow.put(text, BEFORE_TEXT)

    def _table(self, block: Table) -> None:
        styles, table = self.styles, self.tags.root.add("Table")
        self.tags.tables += 1
        ids = [f"t{self.tags.tables}h{column}" for column in range(1, len(block.head) + 1)]
        widths = [share * self.width for share in block.widths]
        top = table.add("TR")
        words = zip(block.head, ids, strict=True)
        head = HeadRow([self._head_cell(word, top, id) for word, id in words], widths)
        rows = []
        for row in block.rows:
            line, style = table.add("TR"), styles.of(f"{block.style}_cell")
            cells = [self._cell(cell, style, line, id) for cell, id in zip(row, ids, strict=True)]
            rows.append(CellsPiece(cells, widths))
            rows[-1].head = head
        self.flow.put_table(head, rows)
        self.flow.room(3)

    def _head_cell(self, word: str, row: Element, id: str) -> RunningText:
        """A cell of the head, which the cells below it name by its id."""
        cell = row.add("TH")
        cell.id = id
        return RunningText((Run(text=word),), self.styles.cell_head, element=cell)

    def _cell(self, runs: Runs, style: Style, row: Element, head: str) -> RunningText:
        cell = row.add("TD")
        cell.heads = (head,)
        return self.texts.next(runs, style, cell)

    def _box(self, block: NoteBox) -> None:
        style, box = self.styles.body, self.tags.root.add("Sect")
        title = RunningText(block.title, style, element=box.add("P"))
        inside = [title, *(self.texts.next(each, style, box.add("P")) for each in block.paragraphs)]
        self.flow.put(BoxPiece(inside, self.width, 1.6 if block.kind == "time-bound" else 0.6))


def _entry_runs(block: Entry) -> Runs:
    word = (Run(text=block.word.upper(), bold=True), Run(text="  ·  ")) if block.word else ()
    return (*word, *block.title)


def _in_one_line(runs: Runs) -> str:
    return " ".join(drawable("".join(run.text for run in runs)).split())


def _list(inside: Element, numbering: str) -> Element:
    listed = inside.add("L")
    listed.numbering = numbering
    return listed
