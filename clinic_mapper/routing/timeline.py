"""Days and places as bits, so that "2011 or 2012, in one of two counties" is decided by a few integer operations.

A *timeline* cuts all days into segments at every date that any rule or answer mentions; within a segment nothing
changes.
A *world* is one way the unknown place could be. A truth value is a pair of integers `(must, may)`: bit `row * width +
day`
tells whether a statement surely / possibly holds in that world on that segment. `must` never has a bit that `may`
lacks.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from clinic_mapper.casefile.dates import FIRST_DAY, LAST_DAY

Truth = tuple[int, int]


class Timeline:
    """Segments of days, the same for every touchpoint of a matter. Days are ordinals."""

    def __init__(self, edges: Iterable[int], today: int) -> None:
        """`edges`: first days of segments (a rule that ends on day d contributes d + 1)."""
        starts = sorted({*edges, FIRST_DAY, today, today + 1})
        self.starts = starts[bisect_left(starts, FIRST_DAY) : bisect_right(starts, LAST_DAY)]
        self.width = len(self.starts)
        self.today = self.segment(today)

    def segment(self, day: int) -> int:
        """The number of the segment that holds a day."""
        return max(0, bisect_right(self.starts, day) - 1)

    def days(self, first: int, last: int) -> int:
        """The segments that lie wholly or partly in a span of days, as bits of one row."""
        if first > last:
            return 0
        low, after = bisect_right(self.starts, first) - 1, bisect_right(self.starts, last)
        return (1 << max(after, 1)) - (1 << max(low, 0))

    def wholly_from(self, first: int) -> int:
        """The segments that lie wholly on or after a day."""
        return (1 << self.width) - (1 << bisect_left(self.starts, first))


class Grid:
    """Rows of one timeline: a row for each way the unknown place could be."""

    def __init__(self, timeline: Timeline, rows: int) -> None:
        self.timeline = timeline
        self.rows = rows
        self.width = timeline.width
        self.every_row = sum(1 << (row * self.width) for row in range(rows))
        self.full = (1 << (rows * self.width)) - 1
        self.today = self.every_row << timeline.today
        self._steps = self._fill_steps() if rows > 1 else ()

    def spread(self, one_row: int) -> int:
        """The same days in every row."""
        return one_row * self.every_row

    def row(self, number: int) -> int:
        """All days of one row."""
        return ((1 << self.width) - 1) << (number * self.width)

    def rows_with(self, bits: int) -> int:
        """The first bit of each row that has one of the given days."""
        return self.on_or_before(bits) & self.every_row

    def days_with(self, bits: int) -> int:
        """The days that are among the given ones in some row, as bits of one row."""
        rows = self.rows
        while rows > 1:  # the upper half of the rows laid over the lower
            rows = (rows + 1) // 2
            half = rows * self.width
            bits = bits >> half | bits & ((1 << half) - 1)
        return bits

    def on_or_before(self, bits: int) -> int:
        """In each row, every day that has one of the given days on it or after it."""
        if self.rows == 1:
            return (1 << bits.bit_length()) - 1
        for step, keep in self._steps:
            bits |= (bits >> step) & keep
        return bits

    def _fill_steps(self) -> tuple[tuple[int, int], ...]:
        steps, step = [], 1
        while step < self.width:
            one_row = (1 << (self.width - step)) - 1  # what may come down without coming out of the row above
            steps.append((step, self.spread(one_row)))
            step *= 2
        return tuple(steps)
