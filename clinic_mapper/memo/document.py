"""A memo before it is drawn: blocks of text runs, each tagged with what it discloses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

import msgspec
from msgspec.structs import replace

from clinic_mapper.memo.picture import Picture
from clinic_mapper.memo.picture_page import texts_of
from clinic_mapper.routing.model import Standing

Tag = Literal[
    "",
    "code",
    "agency-kind",
    "agency-name",
    "date",
    "place",
    "home-place",
    "touchpoint-label",
    "third-person",
    "answer",
    "admission",
    "paper",
    "note",
    "reason",
    "staff",
    "route",
    "law",
    "source",
    "question",
    "remedy",
]
"""What a run discloses; "" is the memo's own wording, the same in every matter."""

TAGS: tuple[Tag, ...] = Tag.__args__[1:]  # type: ignore[attr-defined]

Kind = Literal["time-bound", "note", "plain"]


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a document."""


class Run(Part, frozen=True, kw_only=True):
    """A stretch of text. `forms`: what to say instead when the tag is generalized to a level (`month`, `kind`, …).

    `lang`: its language where that is not the document's, so that it is read aloud rightly.
    """

    text: str
    tag: Tag = ""
    forms: tuple[tuple[str, str], ...] = ()
    bold: bool = False
    italic: bool = False
    lang: str = ""

    def at(self, level: str) -> str:
        """The text at a level of generality, "" when there is none."""
        return dict(self.forms).get(level, "")


Runs = tuple[Run, ...]


class Heading(Part, frozen=True, kw_only=True, tag="heading"):
    """A title of a section (`level` 1) or of a part of one (2). Level 0 is the title of the document.

    `new_page`: what follows starts on a page of its own.
    """

    runs: Runs
    level: int = 1
    new_page: bool = False


class Paragraph(Part, frozen=True, kw_only=True, tag="paragraph"):
    """Running text. `style`: from `lead` down to `fine`."""

    runs: Runs
    style: Literal["body", "small", "lead", "fine"] = "body"
    discloses: Tag = ""


class Items(Part, frozen=True, kw_only=True, tag="items"):
    """A list: dots, numbers, empty boxes to tick, or marks of its own (`none`)."""

    items: tuple[Runs, ...]
    marks: Literal["dot", "number", "box", "none"] = "dot"
    style: Literal["body", "small", "lead", "fine"] = "body"


class Table(Part, frozen=True, kw_only=True, tag="table"):
    """Rows under a head; `widths` are shares of the line. `style`: the size of its letters."""

    head: tuple[str, ...]
    rows: tuple[tuple[Runs, ...], ...]
    widths: tuple[float, ...]
    style: Literal["plain", "fine"] = "plain"


class Hops(Part, frozen=True, kw_only=True, tag="hops"):
    """The steps of a route, one row each: what happens, and the law on it underneath."""

    rows: tuple[tuple[Runs, ...], ...]


class NoteBox(Part, frozen=True, kw_only=True, tag="note-box"):
    """Framed text that must be seen."""

    title: Runs
    paragraphs: tuple[Runs, ...]
    kind: Kind = "note"


class Entry(Part, frozen=True, kw_only=True, tag="entry"):
    """A line of the map: its standing as a shape and a word, its title, and what is said about it.

    `word` is "" where the heading above has said it.
    """

    standing: Standing
    word: str
    title: Runs
    blocks: tuple[Paragraph | Hops | Items, ...] = ()


class Blank(Part, frozen=True, kw_only=True, tag="blank"):
    """A line to be filled in by hand, with a word before it."""

    label: str
    short: bool = False


class Drawing(Part, frozen=True, kw_only=True, tag="drawing"):
    """A picture of the map on a page of its own. `alt` says what it shows, `key` what its acronyms mean."""

    title: Runs
    says: Runs
    picture: Picture
    alt: str
    key: Runs = ()


Block = Heading | Paragraph | Items | Table | Hops | NoteBox | Entry | Blank | Drawing


class Document(Part, frozen=True, kw_only=True):
    """A memo. `title` and `running` (the line above every page) are our own words; `running_runs` may hold the code."""

    title: str
    lang: str
    reader: str
    running: Runs
    footer: str
    page_word: str
    blocks: tuple[Block, ...]
    plain: bool = False
    """A page for the client: larger letters, one side."""


def runs_of(document: Document) -> Iterator[Run]:
    """Every run on the pages of a document in reading order, words of tables and blanks included."""
    yield Run(text=document.title)
    yield from document.running
    yield Run(text=document.footer)
    for block in document.blocks:
        yield from _runs_in(block)


def _runs_in(block: Block) -> Iterator[Run]:
    match block:
        case Heading(runs=runs) | Paragraph(runs=runs):
            yield from runs
        case Items(items=items):
            for item in items:
                yield from item
        case Table(head=head, rows=rows):
            yield from (Run(text=word) for word in head)
            for row in rows:
                for cell in row:
                    yield from cell
        case Hops(rows=rows):
            for row in rows:
                for cell in row:
                    yield from cell
        case NoteBox(title=title, paragraphs=paragraphs):
            yield from title
            for paragraph in paragraphs:
                yield from paragraph
        case Entry(word=word, title=title, blocks=blocks):
            yield Run(text=word)
            yield from title
            for inner in blocks:
                yield from _runs_in(inner)
        case Blank(label=label):
            yield Run(text=label)
        case Drawing(title=title, says=says, picture=picture, key=key):
            yield from (*title, *says, *key)
            yield from (Run(text=text) for text in texts_of(picture))


def spoken_of(document: Document) -> Iterator[str]:
    """What the document says instead of its pictures to whoever cannot see them."""
    return (block.alt for block in document.blocks if isinstance(block, Drawing))


def with_runs(block: Block, change: Callable[[Runs], Runs]) -> Block:
    """The block with every text in it changed."""
    match block:
        case Heading(runs=runs) | Paragraph(runs=runs):
            return replace(block, runs=change(runs))
        case Items(items=items):
            return replace(block, items=tuple(change(item) for item in items))
        case Table(rows=rows) | Hops(rows=rows):
            return replace(block, rows=tuple(tuple(change(cell) for cell in row) for row in rows))
        case NoteBox(title=title, paragraphs=paragraphs):
            return replace(block, title=change(title), paragraphs=tuple(change(each) for each in paragraphs))
        case Entry(title=title, blocks=inner):
            return replace(block, title=change(title), blocks=tuple(with_runs(each, change) for each in inner))
        case _:
            return block


def titles_of(document: Document) -> str:
    """The document's title and those of its parts, one a line: what its properties and bookmarks say."""
    titles = [document.title]
    for block in document.blocks:
        match block:
            case Heading(runs=runs):
                titles.append("".join(run.text for run in runs))
            case Drawing(title=title):
                titles.append("".join(run.text for run in title))
            case Entry(word=word, title=title):
                titles.append(f"{word} · {''.join(run.text for run in title)}")
    return "\n".join(titles)


def text_of(document: Document) -> str:
    """Everything that the pages of the document say, as plain text, one run after the other."""
    return "\n".join(run.text for run in runs_of(document) if run.text)
