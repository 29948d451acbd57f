"""Routes of a line that say no more than another one does stand beneath it. For display alone: nothing is dropped.

A route folds under another of its line where both have the same standing, tense and end, the other gives ICE at least
the same data, and what the other turns on is among what it turns on: whoever settles the other has settled as much as
can be said of both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from clinic_mapper.routing.model import Route


def folded(routes: Sequence[Route]) -> tuple[tuple[Route, tuple[Route, ...]], ...]:
    """The routes of one line, the strongest first, each with those that fold under it.

    Every route stands once, under the strongest that holds it; one that counsel set aside folds nowhere and holds none.
    """
    kept: list[tuple[Route, list[Route]]] = []
    for route in routes:
        home = next((under for holder, under in kept if _holds(holder, route)), None)
        if home is None:
            kept.append((route, []))
        else:
            home.append(route)
    return tuple((holder, tuple(under)) for holder, under in kept)


def _holds(holder: Route, route: Route) -> bool:
    return (
        (holder.standing, holder.tense, holder.end) == (route.standing, route.tense, route.end)
        and not (holder.set_aside or route.set_aside)
        and _among(route.data, holder.data)
        and _among(holder.unknown, route.unknown)
        and holder.closed_by == route.closed_by
    )


def _among(some: Iterable[object], others: Iterable[object]) -> bool:
    return set(some) <= set(others)
