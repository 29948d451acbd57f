"""By data item: which lines could give ICE the address, the face, the plate, the custody date, the gang label."""

from __future__ import annotations

from collections.abc import Iterator

from clinic_mapper.catalog.vocabulary import DATA_ITEMS
from clinic_mapper.routing.model import STANDINGS, Arrives, ExposureMap, Line, Reason, Route, Standing, Tense, Value


class ItemLine(Value, frozen=True):
    """A line by which an item could get to ICE, as its best route that carries the item says.

    `surely`: the item is in what arrives; else it is there only if an answer that is not known is yes.
    """

    line: str
    touchpoint: str
    mechanism: str
    route: str
    standing: Standing
    closed_by: tuple[Reason, ...]
    tense: Tense
    arrives: Arrives
    surely: bool


def lines_by_item(exposure: ExposureMap) -> dict[str, tuple[ItemLine, ...]]:
    """For each item that some line carries, in the order of the vocabulary, its lines, the strongest first.

    Of a line it is the route that carries the item and stands best, then one that surely carries it; so an item can
    stand worse than its line does.
    """
    found: dict[str, list[ItemLine]] = {item: [] for item in DATA_ITEMS}
    for line in exposure.lines:
        for item in DATA_ITEMS:
            found[item].extend(_best(line, item, exposure))
    return {item: tuple(sorted(lines, key=_strength)) for item, lines in found.items() if lines}


def _best(line: Line, item: str, exposure: ExposureMap) -> Iterator[ItemLine]:
    routes = [exposure.routes[id] for id in line.routes]
    carrying = [route for route in routes if _carries(route, item) is not None]
    if carrying:
        best = min(carrying, key=lambda route: (STANDINGS.index(route.standing), not _carries(route, item)))
        yield ItemLine(
            line=line.id,
            touchpoint=line.touchpoint,
            mechanism=line.mechanism,
            route=best.id,
            standing=best.standing,
            closed_by=best.closed_by,
            tense=best.tense,
            arrives=best.arrives,
            surely=bool(_carries(best, item)),
        )


def _carries(route: Route, item: str) -> bool | None:
    """Whether an item surely arrives by a route; None: it does not. Of a record that ICE holds, by its standing."""
    if not route.hops:
        return route.standing == "open" if item in route.data else None
    last = route.hops[-1]
    return True if item in last.data else False if item in last.perhaps else None


def _strength(line: ItemLine) -> tuple[int, bool]:
    return STANDINGS.index(line.standing), not line.surely
