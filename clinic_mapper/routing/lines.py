"""Routes as people read them: lines (touchpoint x mechanism), the strongest first."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from clinic_mapper.catalog.vocabulary import CONFIDENCES, MODES
from clinic_mapper.routing.model import STANDINGS, Line, Route

TENSES = ("sent", "within_reach", "next_time", "was_within_reach")
_RANK: dict[str, int] = {
    word: rank for words in (STANDINGS, TENSES, MODES, CONFIDENCES) for rank, word in enumerate(words)
}
"""The place of each word among its kind, the strongest first; no word is of two kinds."""


def strength(route: Route) -> tuple[object, ...]:
    """The order of routes, strongest first: standing, tense, weakest mode, weakest evidence, newest of the oldest
    evidence, fewest hops; the id decides between equals, so that the order is total."""
    return (
        _RANK[route.standing],
        _RANK[route.tense],
        _RANK[route.mode],
        _RANK[route.confidence],
        _newest_first(route.as_of),
        len(route.hops),
        route.id,
    )


@lru_cache(maxsize=4096)
def _newest_first(as_of: str) -> tuple[int, ...]:
    return tuple(-ord(letter) for letter in as_of)


def lines_of(routes: Iterable[Route]) -> tuple[Line, ...]:
    """The lines of routes that stand strongest first. A line has the words of its strongest route."""
    grouped: dict[str, list[Route]] = {}
    for route in routes:
        grouped.setdefault(route.line, []).append(route)
    lines = [_line(name, members) for name, members in grouped.items()]
    return tuple(sorted(lines, key=lambda line: (*strength(grouped[line.id][0])[:-1], line.id)))


def _line(name: str, routes: list[Route]) -> Line:
    first = routes[0]
    return Line(
        id=name,
        touchpoint=first.touchpoint,
        mechanism=first.mechanism,
        standing=first.standing,
        closed_by=first.closed_by,
        tense=first.tense,
        arrives=first.arrives,
        routes=tuple(route.id for route in routes),
        unknown=tuple(
            sorted({unknown for route in routes if route.standing == first.standing for unknown in route.unknown})
        ),
    )
