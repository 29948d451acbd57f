"""The map as a tree of plain rows: groups, lines, routes. What the tree view shows, without a window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.routing.fold import folded
from clinic_mapper.routing.model import STANDINGS, ExposureMap, Line, Route
from clinic_mapper.ui import map_words as words

RowKind = Literal["group", "line", "route"]
COLUMNS = ("Line", "Standing", "When", "How it arrives")


@dataclass(frozen=True)
class Row:
    """One row. `key` stays the same while answers change; `id` is the line's or route's own id, "" for a group.

    `cells`: the words of the columns. `reason`: why it is closed or what would settle it, shown under the title.
    `spoken`: the whole row as one sentence, for a screen reader.
    """

    key: str
    kind: RowKind
    id: str
    standing: str
    cells: tuple[str, str, str, str]
    reason: str = ""
    spoken: str = ""
    set_aside: bool = False
    children: tuple[Row, ...] = ()


def line_key(line: str) -> str:
    """The key of a line's row."""
    return f"line:{line}"


def rows_of(exposure: ExposureMap, matter: Matter, catalog: Catalog) -> tuple[Row, ...]:
    """The three groups with their lines and routes, in the order of the map. No rows when the map has no lines."""
    if not exposure.lines:
        return ()
    groups = []
    for standing in STANDINGS:
        lines = [line for line in exposure.lines if line.standing == standing]
        children = tuple(_line_row(line, exposure, matter, catalog) for line in lines)
        title = f"{words.say(f'standing.{standing}').capitalize()}: {words.counted(len(lines), 'line', 'lines')}"
        cells = (title, "", "", "")
        groups.append(Row(f"group:{standing}", "group", "", standing, cells, spoken=title, children=children))
    return tuple(groups)


def _line_row(line: Line, exposure: ExposureMap, matter: Matter, catalog: Catalog) -> Row:
    routes = [exposure.routes[route] for route in line.routes]
    label = words.label_of(line.touchpoint, matter, catalog)
    title = f"{label} — {words.mechanism(line.mechanism, catalog)}"
    reasons = (words.reason_of(line, routes[0], matter, catalog), _set_aside_among(routes))
    numbers = {route.id: number for number, route in enumerate(routes, 1)}
    children = tuple(
        _route_row(route, numbers, matter, catalog, tuple(_route_row(each, numbers, matter, catalog) for each in under))
        for route, under in folded(routes)
    )
    count = words.counted(len(routes), "route", "routes")
    return _row(line, line_key(line.id), "line", title, _joined(reasons), children, count)


def _route_row(
    route: Route, numbers: dict[str, int], matter: Matter, catalog: Catalog, under: tuple[Row, ...] = ()
) -> Row:
    chain = " → ".join(words.system(system, catalog) for system in route.systems)
    aside = f"set aside by the attorney: {words.plain(route.set_aside)}" if route.set_aside else ""
    reason = _joined((words.reason_of(route, route, matter, catalog), aside))
    count = f"route {numbers[route.id]}"
    if under:
        more = words.counted(len(under), "route like it stands", "routes like it stand")
        count = f"{count}; {more} under it"
    return _row(route, f"route:{route.id}", "route", chain, reason, under, count, bool(route.set_aside))


def _row(
    of: Line | Route,
    key: str,
    kind: RowKind,
    title: str,
    reason: str,
    children: tuple[Row, ...],
    count: str,
    set_aside: bool = False,
) -> Row:
    tense, arrives = words.when_and_how(of)
    cells = (title, words.say(f"standing.{of.standing}"), tense, arrives)
    said = ", ".join(cell for cell in cells[1:] if cell)
    spoken = ". ".join(part for part in (title, said, reason, count) if part)
    return Row(key, kind, of.id, of.standing, cells, reason, spoken, set_aside, children)


def _set_aside_among(routes: list[Route]) -> str:
    aside = [route for route in routes if route.set_aside]
    if not aside:
        return ""
    if len(aside) == len(routes):
        return f"set aside by the attorney: {words.plain(aside[0].set_aside)}"
    return f"{words.counted(len(aside), 'route', 'routes')} of {len(routes)} set aside by the attorney"


def _joined(parts: tuple[str, ...]) -> str:
    return "; ".join(part for part in parts if part)
