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
    words = _in_order(route.standing, route.tense, route.mode, route.confidence, route.as_of)
    return (*words, len(route.hops), route.id)


@lru_cache(maxsize=4096)
def _in_order(standing: str, tense: str, mode: str, confidence: str, as_of: str) -> tuple[int, tuple[int, ...]]:
    """Four words as one number, the first deciding before the next, and the day, the newest first."""
    rank = 0
    for word in (standing, tense, mode, confidence):
        rank = rank * len(_RANK) + _RANK[word]
    return rank, tuple(-ord(letter) for letter in as_of)


def lines_of(routes: Iterable[Route]) -> tuple[Line, ...]:
    """The lines of routes that stand strongest first. A line has the words of its strongest route."""
    grouped: dict[str, list[Route]] = {}
    for route in routes:
        grouped.setdefault(route.line, []).append(route)
    ordered = sorted(grouped.items(), key=_strength_of_line)
    return tuple([_line(name, members) for name, members in ordered])


def _strength_of_line(grouped: tuple[str, list[Route]]) -> tuple[object, ...]:
    name, routes = grouped
    return (*strength(routes[0])[:-1], name)


def _line(name: str, routes: list[Route]) -> Line:
    first = routes[0]
    open_in = [route.unknown for route in routes if route.standing == first.standing and route.unknown]
    return Line(
        id=name,
        touchpoint=first.touchpoint,
        mechanism=first.mechanism,
        standing=first.standing,
        closed_by=first.closed_by,
        tense=first.tense,
        arrives=first.arrives,
        routes=tuple([route.id for route in routes]),
        unknown=open_in[0] if len(open_in) == 1 else tuple(sorted(set().union(*open_in))),
    )
