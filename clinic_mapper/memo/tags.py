"""What each piece of a page is: the parts of a document in the order in which they are read, and their pieces.

A piece is a stretch of drawing orders between two marks with a number on its page. What is drawn and says nothing (a
rule, a frame, a page number) is marked as an artifact, so that whoever hears a memo hears its text and no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

LAYOUT = "/Artifact <</Type /Layout>> BDC"
HEADER = "/Artifact <</Type /Pagination /Subtype /Header>> BDC"
FOOTER = "/Artifact <</Type /Pagination /Subtype /Footer>> BDC"
REPEATED = "/Artifact <</Type /Pagination>> BDC"
"""The head of a table once more, where it goes on on a further page."""
END = "EMC"


class Piece(NamedTuple):
    """Drawing orders of one part: their page, counted from 0, and their number on it."""

    page: int
    number: int


class Element:
    """A part: its role, its parts and pieces in reading order, and what is said about it.

    `said`: stands for what is drawn. `alt`: describes it. `heads`: the ids of the heads of a cell. `place`: page and
    height of its beginning. `box`: what a drawing takes of its page. `title`: its text, for a bookmark. `numbering`:
    of a list, how its parts are numbered.
    """

    __slots__ = ("alt", "box", "heads", "id", "kids", "lang", "numbering", "place", "role", "said", "title")

    def __init__(self, role: str, lang: str = "", alt: str = "", said: str = "") -> None:
        self.role, self.lang, self.alt, self.said = role, lang, alt, said
        self.kids: list[Element | Piece] = []
        self.id = self.title = self.numbering = ""
        self.heads: tuple[str, ...] = ()
        self.box: tuple[float, ...] = ()
        self.place: tuple[int, float] | None = None

    def add(self, role: str, lang: str = "", alt: str = "", said: str = "") -> Element:
        """A new last part of this one."""
        part = Element(role, lang, alt, said)
        self.kids.append(part)
        return part


class Tags:
    """All parts of a document that is being drawn, and for each page to which of them its pieces belong."""

    def __init__(self) -> None:
        self.root = Element("Document")
        self.owners: list[list[Element]] = []
        self.tables = 0

    def opened(self, element: Element, page: int) -> str:
        """The order that begins the next piece of a part on a page, counted from 1."""
        while len(self.owners) < page:
            self.owners.append([])
        owners = self.owners[page - 1]
        element.kids.append(Piece(page - 1, len(owners)))
        owners.append(element)
        return f"/{element.role} <</MCID {len(owners) - 1}>> BDC"


@contextmanager
def marked(canvas: Any, order: str) -> Iterator[None]:
    """What is drawn meanwhile stands between this order and its end."""
    canvas.addLiteral(order)
    yield
    canvas.addLiteral(END)


@contextmanager
def piece_of(canvas: Any, element: Element) -> Iterator[None]:
    """What is drawn meanwhile is a piece of a part."""
    with marked(canvas, canvas.tags.opened(element, canvas.getPageNumber())):
        yield
