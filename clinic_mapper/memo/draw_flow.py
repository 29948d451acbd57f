"""Rows one under another, in parts that begin on pages of their own, each with what a page end above it costs.

A heading stays with what it is about, a list or a table is not cut so that one entry stands alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from clinic_mapper.memo.draw_pieces import HeadRow, Piece, Row
from clinic_mapper.memo.page_breaks import NEVER

BEFORE_SECTION, BEFORE_PART, BEFORE_TEXT = 0.0, 5.0, 15.0
"""What a page end costs above a section, a part of one, and anything else."""
_BEFORE_ENTRY = 10.0
_ALONE = 120.0
_SHORT = 6
"""The first and the last entry of a list are not cut if they have at most so many lines."""
_WITH_SIGNATURE = 4
"""How many rows stay with a line to sign: nobody signs a page on which nothing else stands."""


class PagePart:
    """Rows that begin on a page of their own. `lies`: on pages that lie on their side."""

    def __init__(self, lies: bool = False) -> None:
        self.lies = lies
        self.rows: list[Row] = []


class Flow:
    """All parts of a document, filled from its beginning."""

    def __init__(self) -> None:
        self.parts = [PagePart()]
        self._after = 0.0
        self._tied = False

    @property
    def rows(self) -> list[Row]:
        """The rows of the part that is being filled."""
        return self.parts[-1].rows

    def turn(self, lies: bool = False) -> None:
        """What follows begins on a page of its own."""
        if self.rows:
            self.parts.append(PagePart(lies))
        self.parts[-1].lies = lies
        self._after, self._tied = 0.0, False

    def put(self, piece: Piece, cost: float = BEFORE_TEXT) -> list[Row]:
        """The piece under the last one; its rows. `cost`: of a page end above it."""
        rows = piece.rows()
        rows[0].before = max(self._after, piece.before)
        rows[0].cost = NEVER if self._tied else cost
        self.rows.extend(rows)
        self._after, self._tied = piece.after, False
        return rows

    def tie(self) -> None:
        """No page ends above what is put next."""
        self._tied = True

    def room(self, height: float) -> None:
        """At least so much room above what is put next."""
        self._after = max(self._after, height)

    def put_list(self, pieces: Sequence[Piece], cost: float = BEFORE_TEXT) -> None:
        """The entries of a list: none of several stands alone on a page. One that is alone anyway stays where it is."""
        last = len(pieces) - 1
        for number, piece in enumerate(pieces):
            edge = last > 0 and number in (1, last)
            first_cost = (_ALONE if not last else cost) if not number else NEVER if edge else _BEFORE_ENTRY
            rows = self.put(piece, first_cost)
            if last > 0 and number in (0, last) and len(rows) <= _SHORT:
                for row in rows[1:]:
                    row.cost = NEVER

    def put_table(self, head: HeadRow, pieces: Sequence[Piece]) -> None:
        """The head of a table and its rows, each of which can stand under the head on a further page."""
        self.put(head)
        self.tie()
        self.put_list(pieces)

    def sign(self, piece: Piece) -> None:
        """A line to sign, with what stands before it."""
        for row in self.rows[-_WITH_SIGNATURE + 1 :]:
            row.cost = NEVER
        self.put(piece, NEVER)
