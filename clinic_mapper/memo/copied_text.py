"""A document as plain text that can be pasted into a brief: what its pages say, in their order, each thing once.

Headings stand on lines of their own and lists have dashes. Of a table each row is one line with tabs between its cells:
cells hold dashes and commas of their own but never a tab, and a word processor makes a table of such lines again. What
stands above every page is said first, what stands below it last unless it was said before; a picture is what it says to
whoever cannot see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

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
    Table,
)
from clinic_mapper.memo.fonts import drawable

_BY_HAND = "_" * 24


def copied_text(document: Document) -> str:
    """What the document says, as lines that end with a newline; parts are set apart by one empty line.

    Acronyms are in full where the document first uses them: this is one page, however long.
    """
    parts = [[_line(document.running)], *_parts(document.blocks)]
    foot = drawable(document.footer)
    told = [lines for part in parts if (lines := list(filter(None, part)))]
    if foot and not any(foot in lines for lines in told):
        told.append([foot])
    return "\n".join("".join(f"{line}\n" for line in lines) for lines in told)


def _parts(blocks: Iterable[Block]) -> Iterator[list[str]]:
    for listed, group in groupby(blocks, lambda block: isinstance(block, Entry) and not block.blocks):
        if listed:
            yield [f"- {line}" for block in group for line in _lines(block)]
        else:
            for block in group:
                yield list(_lines(block))


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(runs=runs) | Paragraph(runs=runs):
            yield _line(runs)
        case Items():
            yield from _items(block)
        case Table(head=head, rows=rows):
            yield "\t".join(map(drawable, head))
            for row in rows:
                yield "\t".join(map(_line, row))
        case Hops(rows=rows):
            for number, row in enumerate(rows, 1):
                yield f"{number}. {_line(run for cell in row for run in cell)}"
        case NoteBox(title=title, paragraphs=paragraphs):
            yield _line(title)
            yield from map(_line, paragraphs)
        case Entry(word=word, title=title, blocks=inner):
            yield f"{drawable(word).upper()} · {_line(title)}" if word else _line(title)
            for each in inner:
                yield from _lines(each)
        case Blank(label=label):
            yield f"{drawable(label)}: {_BY_HAND}"
        case Drawing(title=title, says=says, alt=alt, key=key):
            yield from (_line(title), _line(says), drawable(alt), _line(key))


def _items(block: Items) -> Iterator[str]:
    marks = {"dot": "- ", "box": "[ ] ", "none": ""}
    for number, item in enumerate(block.items, 1):
        yield marks.get(block.marks, f"{number}. ") + _line(item)


def _line(runs: Iterable[Run]) -> str:
    """Runs on one line, as they are drawn next to each other."""
    return " ".join("".join(drawable(run.text) for run in runs).split())
