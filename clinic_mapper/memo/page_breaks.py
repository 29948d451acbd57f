"""Where pages end. Each row of a document says how bad a page end above it would be; the best ends are chosen together.

A page is never chosen alone: what stands on the last one of a part depends on where the first one ends, so that a part
that is a little longer than its pages ends on a page that is worth turning to.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple, Protocol

NEVER = 10_000.0
"""A page ends above such a row only where there is no other way: a part longer than a page that nothing may cut."""
_PAGE = 300.0
"""What one page more costs: much more than any end that is merely not nice."""
_FREE = 160.0
_LEAST_FILLED = 0.28
"""The share of the last page of a part below which that page is almost empty."""
_WELL_FILLED = 0.4
_WORTH_TURNING = 0.15
"""The same of the very last page, below which it takes some rows of the page before it."""
_ALMOST_EMPTY = 250.0
_FEWEST_ROWS = 3
_HALF = 0.5


class Row(Protocol):
    """A line of text, or something else that no page end cuts. Heights in points.

    `before`: the room above it, which it does not take at the top of a page. `cost`: how bad a page end above it is.
    `again`: the height of what is drawn once more where a page begins with it.
    """

    height: float
    before: float
    cost: float
    again: float


class _Choice(NamedTuple):
    cost: float
    start: int


def pages_of(rows: Sequence[Row], room: float, *, ends: bool) -> list[tuple[int, int]]:
    """The rows of each page as (first, one after the last), for pages on which text has `room`, in points.

    `ends`: whether the document ends with these rows; else something begins on a page of its own after them.
    """
    if not rows:
        return []
    tops = [0.0]
    for row in rows:
        tops.append(tops[-1] + row.before + row.height)
    good = [place for place in range(1, len(rows)) if rows[place].cost < NEVER]
    good.append(len(rows))
    best: list[_Choice | None] = [None] * (len(rows) + 1)
    best[0] = _Choice(0.0, 0)
    for start in range(len(rows)):
        choice = best[start]
        if choice is None:
            continue
        base = tops[start] + rows[start].before - rows[start].again
        for end in _ends(start, base + room, tops, good, base + room * _HALF):
            cost = choice.cost + _cost(rows, start, end, (tops[end] - base) / room, ends)
            known = best[end]
            if known is None or cost < known.cost:
                best[end] = _Choice(cost, start)
    pages = []
    end = len(rows)
    while end:
        made = best[end]
        assert made is not None  # every row can end a page
        pages.append((made.start, end))
        end = made.start
    return pages[::-1]


def _ends(start: int, lowest: float, tops: list[float], good: list[int], half: float) -> Sequence[int]:
    """Where a page that begins with a row can end: well where that is possible, else wherever it must."""
    last = bisect_right(tops, lowest + 0.01, start + 1) - 1
    if last <= start:
        return (start + 1,)
    fitting = good[bisect_right(good, start) : bisect_right(good, last)]
    filled = [end for end in fitting if tops[end] >= half or end == len(tops) - 1]
    return filled or fitting or range(start + 1, last + 1)


def _cost(rows: Sequence[Row], start: int, end: int, filled: float, ends: bool) -> float:
    if end < len(rows):
        free = 1.0 - filled
        return _PAGE + rows[end].cost + _FREE * free * free
    if not start:
        return _PAGE
    if ends:
        missing = max(0.0, _WORTH_TURNING - filled) / _WORTH_TURNING
        return _PAGE + _FREE * missing + (_ALMOST_EMPTY if end - start < _FEWEST_ROWS else 0.0)
    missing = max(0.0, _WELL_FILLED - filled) / _WELL_FILLED
    return _PAGE + _FREE * missing + (_ALMOST_EMPTY if filled < _LEAST_FILLED else 0.0)
