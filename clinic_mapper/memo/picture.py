"""The picture of an exposure map: contacts at the left, systems between, what ICE runs at the right.

Plain geometry, in units of which `TEXT_SIZE` is the height of a line's letters. The window draws it, `picture_svg`
writes it as a file, the memo prints it: all three show the same boxes and arrows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from clinic_mapper.casefile.dates import in_words
from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo import picture_layers as layers
from clinic_mapper.memo.picture_names import system_name, touchpoint_name
from clinic_mapper.memo.words import Words, load_words
from clinic_mapper.routing.model import STANDINGS, ExposureMap, Line, Route, Standing

TEXT_SIZE = 11.0
LINE_HEIGHT = 15.0
BOX_WIDTH = 168.0
PADDING = 9.0
COLUMN_GAP = 76.0
ROW_GAP = 14.0
MARGIN = 18.0
HEADING_HEIGHT = 26.0
LEGEND_HEIGHT = 30.0
_WAYPOINT_HEIGHT = 6.0
_MOST_LINES = 4
_PORT_GAP = 8.0

BoxKind = Literal["touchpoint", "system", "ice"]
Point = tuple[float, float]
TextWidth = Callable[[str], float]
"""The width of a text drawn in letters of `TEXT_SIZE`."""


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the picture."""


class Box(Shape, frozen=True, kw_only=True):
    """A touchpoint or a system. `ref` is its id in the matter or the catalog; `text` is wrapped, `name` is whole.

    `standing`: the strongest standing of the lines that touch it. `x`, `y`: its upper left corner.
    """

    id: str
    kind: BoxKind
    ref: str
    name: str
    text: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float
    standing: Standing
    lines: tuple[str, ...]


class Arrow(Shape, frozen=True, kw_only=True):
    """One step, merged over all routes that take it. `points` run from the first box to the second.

    Between two points of equal height the arrow is straight; otherwise it swings: a cubic curve whose two control
    points lie half-way across, each at the height of its own end (see `curve`).
    """

    id: str
    from_: str
    to: str
    standing: Standing
    word: str
    title: str
    points: tuple[Point, ...]
    routes: tuple[str, ...]
    lines: tuple[str, ...]


class ColumnHeading(Shape, frozen=True, kw_only=True):
    """A word above the columns it spans; `x` is its middle."""

    text: str
    x: float


class Picture(Shape, frozen=True, kw_only=True):
    """Everything to be drawn, within `width` x `height`. `legend` pairs each standing with its word.

    `mark`: says SAMPLE for an invented client, else "". `beside`: the height that text beside it takes on its page.
    `cut`: says that the map was cut, for whoever sees nothing but the picture, else "".
    """

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    headings: tuple[ColumnHeading, ...]
    legend: tuple[tuple[Standing, str], ...]
    width: float
    height: float
    mark: str = ""
    cut: str = ""
    beside: float = 0.0


DASHES: dict[Standing, tuple[float, ...]] = {"open": (), "undetermined": (7.0, 4.0), "closed": (1.5, 4.0)}
"""How an arrow of each standing is drawn: solid, dashed, dotted. Lengths of line and gap."""


def curve(points: Sequence[Point]) -> Iterator[tuple[Point, Point, Point]]:
    """The cubic pieces after the first point: two control points and the end of each."""
    for (x1, y1), (x2, y2) in pairwise(points):
        half = (x1 + x2) / 2
        yield (half, y1), (half, y2), (x2, y2)


def estimated_width(text: str) -> float:
    """A generous width for a text whose letters cannot be measured."""
    return sum(0.72 if letter.isupper() or letter in "mwMW@%" else 0.56 for letter in text) * TEXT_SIZE


def lay_out(
    exposure: ExposureMap,
    catalog: Catalog,
    matter: Matter,
    only_lines: Collection[str] | None = None,
    text_width: TextWidth = estimated_width,
    lang: str = "en",
    date_rows: int = 1,
) -> Picture:
    """The picture of a whole matter, or of the lines in `only_lines`.

    Each line is drawn by its strongest route, and equal steps of several lines are one arrow. Without `only_lines`,
    what is closed by a fact or by time is left to the list; a line barred by law alone is drawn dotted. A date that
    needs more than `date_rows` is cut: elsewhere in a memo, and in the window, it stands whole.
    """
    words = load_words(lang)
    steps = _steps(exposure, matter, only_lines)
    names = sorted({name for step in steps for name in step}, key=lambda name: _name_order(name, matter))
    turned, column, last = _columns(names, steps, catalog)
    chains, placed = layers.with_waypoints(turned.values(), column)
    order = layers.ordered_columns(placed, list(chains.values()), names)
    texts = {name: _label(name, matter, catalog, words, text_width, date_rows) for name in names}
    height = dict.fromkeys(placed, _WAYPOINT_HEIGHT)
    height |= {name: _height(name, wrapped, steps) for name, (_, wrapped) in texts.items()}
    middle = layers.heights(order, height, list(chains.values()), ROW_GAP)
    boxes = tuple(_box(name, texts[name], catalog, column, middle, height, steps) for name in names)
    arrows = _arrows(steps, turned, chains, placed, middle, {box.id: box for box in boxes}, words)
    depth = max((box.y + box.height for box in boxes), default=HEADING_HEIGHT + MARGIN)
    count = max(column.values(), default=0) + 1
    return Picture(
        boxes=boxes,
        arrows=arrows,
        headings=_headings(count, bool(last), words),
        legend=tuple((standing, words(f"standing.{standing}")) for standing in STANDINGS),
        width=2 * MARGIN + count * BOX_WIDTH + (count - 1) * COLUMN_GAP,
        height=depth + LEGEND_HEIGHT + MARGIN,
        mark=words("memo.sample") if matter.sample else "",
        cut=words("lines.cut") if exposure.cut else "",
    )


def columns_of(
    exposure: ExposureMap, catalog: Catalog, matter: Matter, only_lines: Collection[str] | None = None
) -> int:
    """How many columns the picture would have, without laying it out."""
    steps = _steps(exposure, matter, only_lines)
    names = sorted({name for step in steps for name in step}, key=lambda name: _name_order(name, matter))
    return max(_columns(names, steps, catalog)[1].values(), default=-1) + 1


def _columns(
    names: Sequence[str], steps: Iterable[layers.Step], catalog: Catalog
) -> tuple[dict[layers.Step, layers.Step], dict[str, int], frozenset[str]]:
    last = frozenset(name for name in names if _kind(name, catalog) == "ice")
    turned = layers.forward_steps(names, steps)
    return turned, layers.columns(names, turned.values(), last), last


class _Users:
    """The lines and routes that take a step, and the strongest standing among them."""

    def __init__(self) -> None:
        self.routes: list[str] = []
        self.lines: list[str] = []
        self.standing: Standing = "closed"

    def add(self, line: Line, route: Route) -> None:
        self.routes.append(route.id)
        if line.id not in self.lines:
            self.lines.append(line.id)
        self.standing = _strongest((self.standing, route.standing))


def _strongest(standings: Sequence[Standing]) -> Standing:
    return min(standings, key=STANDINGS.index)


def _steps(exposure: ExposureMap, matter: Matter, only_lines: Collection[str] | None) -> dict[layers.Step, _Users]:
    known = {touchpoint.id for touchpoint in matter.touchpoints}
    steps: dict[layers.Step, _Users] = {}
    for line in exposure.lines:
        wanted = _shown_by_default(line) if only_lines is None else line.id in only_lines
        if not wanted or not line.routes or line.touchpoint not in known:
            continue
        route = exposure.routes[line.routes[0]]
        chain = [f"t:{line.touchpoint}", *(f"s:{system}" for system in route.systems)]
        for step in pairwise(chain):
            steps.setdefault(step, _Users()).add(line, route)
    return steps


def _shown_by_default(line: Line) -> bool:
    return line.standing != "closed" or line.closed_by == ("law",)


def _name_order(name: str, matter: Matter) -> tuple[int, int, str]:
    if name.startswith("t:"):
        position = [touchpoint.id for touchpoint in matter.touchpoints].index(name[2:])
        return 0, position, name
    return 1, 0, name


def _kind(name: str, catalog: Catalog) -> BoxKind:
    if name.startswith("t:"):
        return "touchpoint"
    system = catalog.systems.get(name[2:])
    return "ice" if system is not None and system.ice == "operated" else "system"


def _label(
    name: str, matter: Matter, catalog: Catalog, words: Words, text_width: TextWidth, date_rows: int
) -> tuple[str, tuple[str, ...]]:
    if name.startswith("t:"):
        touchpoint = next(each for each in matter.touchpoints if each.id == name[2:])
        said = touchpoint_name(touchpoint, catalog, words.lang)
        number = matter.touchpoints.index(touchpoint) + 1
        text = words("picture.contact", number=number, name=said)
        when = in_words(touchpoint.when, words.lang)
        shown = _wrapped(text, text_width, _MOST_LINES - 1), _wrapped(when, text_width, date_rows)
        return f"{text} · {when}", (*shown[0], *shown[1])
    text = system_name(name[2:], catalog, words)
    return text, _wrapped(text, text_width, _MOST_LINES)


def wrapped(text: str, text_width: TextWidth, room: float) -> list[str]:
    """A text in lines that are at most `room` wide."""
    lines = [""]
    for word in text.split():
        for piece in _pieces(word, text_width, room):
            longer = f"{lines[-1]} {piece}".strip()
            if text_width(longer) <= room:
                lines[-1] = longer
            else:
                lines.append(piece)
    return [line for line in lines if line]


def _wrapped(text: str, text_width: TextWidth, most: int) -> tuple[str, ...]:
    room = BOX_WIDTH - 2 * PADDING
    lines = wrapped(text, text_width, room)
    if len(lines) > most:
        lines = lines[:most]
        while lines[-1] and text_width(lines[-1] + "…") > room:
            lines[-1] = lines[-1][:-1]
        lines[-1] += "…"
    return tuple(lines)


def _pieces(word: str, text_width: TextWidth, room: float) -> Iterator[str]:
    """A word, or parts of it where it is wider than the box."""
    while text_width(word) > room and len(word) > 1:
        fits = next((n for n in range(min(len(word) - 1, 80), 1, -1) if text_width(word[:n]) <= room), 1)
        yield word[:fits]
        word = word[fits:]
    yield word


def _height(name: str, text: tuple[str, ...], steps: Iterable[layers.Step]) -> float:
    """High enough for the words, and for the arrows that touch one side."""
    arriving, leaving = sum(step[1] == name for step in steps), sum(step[0] == name for step in steps)
    return max(len(text) * LINE_HEIGHT + 2 * PADDING, (max(arriving, leaving) + 1) * _PORT_GAP)


def _left(column: int) -> float:
    return MARGIN + column * (BOX_WIDTH + COLUMN_GAP)


def _box(
    name: str,
    label: tuple[str, tuple[str, ...]],
    catalog: Catalog,
    column: dict[str, int],
    middle: dict[str, float],
    height: dict[str, float],
    steps: dict[layers.Step, _Users],
) -> Box:
    users = [users for step, users in steps.items() if name in step]
    return Box(
        id=name,
        kind=_kind(name, catalog),
        ref=name[2:],
        name=label[0],
        text=label[1],
        x=_left(column[name]),
        y=round(MARGIN + HEADING_HEIGHT + middle[name] - height[name] / 2, 2),
        width=BOX_WIDTH,
        height=height[name],
        standing=_strongest([each.standing for each in users]),
        lines=tuple(dict.fromkeys(line for each in users for line in each.lines)),
    )


def _arrows(
    steps: dict[layers.Step, _Users],
    turned: dict[layers.Step, layers.Step],
    chains: dict[layers.Step, list[str]],
    placed: dict[str, int],
    middle: dict[str, float],
    boxes: dict[str, Box],
    words: Words,
) -> tuple[Arrow, ...]:
    ports = _ports(chains, middle, boxes)
    arrows = []
    for number, (step, users) in enumerate(sorted(steps.items())):
        forward = turned[step]
        points = _points(forward, chains[forward], placed, middle, boxes, ports)
        start, end = boxes[step[0]], boxes[step[1]]
        word = words(f"standing.{users.standing}")
        arrows.append(
            Arrow(
                id=f"a{number + 1}",
                from_=step[0],
                to=step[1],
                standing=users.standing,
                word=word,
                title=words("picture.arrow", standing=word, start=start.name, end=end.name),
                points=tuple(points if forward == step else reversed(points)),
                routes=tuple(dict.fromkeys(users.routes)),
                lines=tuple(users.lines),
            )
        )
    return tuple(arrows)


def _ports(
    chains: dict[layers.Step, list[str]], middle: dict[str, float], boxes: dict[str, Box]
) -> dict[tuple[layers.Step, str], float]:
    """Where each arrow touches its two boxes: spread along the side, in the order of where they come from or go to."""
    touching: dict[tuple[str, bool], list[tuple[float, layers.Step]]] = {}
    for step, chain in chains.items():
        touching.setdefault((step[0], True), []).append((middle[chain[1]], step))
        touching.setdefault((step[1], False), []).append((middle[chain[-2]], step))
    ports: dict[tuple[layers.Step, str], float] = {}
    for (name, _), arrows in touching.items():
        box = boxes[name]
        for number, (_, step) in enumerate(sorted(arrows)):
            ports[step, name] = round(box.y + box.height * (number + 1) / (len(arrows) + 1), 2)
    return ports


def _points(
    step: layers.Step,
    chain: list[str],
    placed: dict[str, int],
    middle: dict[str, float],
    boxes: dict[str, Box],
    ports: dict[tuple[layers.Step, str], float],
) -> list[Point]:
    start, end = boxes[step[0]], boxes[step[1]]
    if start.x == end.x:  # both run by ICE: round the outside, never through the boxes between
        aside = start.x - COLUMN_GAP / 4
        left, right = ports[step, step[0]], ports[step, step[1]]
        return [(start.x, left), (aside, left), (aside, right), (end.x, right)]
    points: list[Point] = [(start.x + start.width, ports[step, step[0]])]
    for name in chain[1:-1]:
        y = round(MARGIN + HEADING_HEIGHT + middle[name], 2)
        left = _left(placed[name])
        points += [(left, y), (left + BOX_WIDTH, y)]
    return [*points, (end.x, ports[step, step[1]])]


def _headings(count: int, has_ice: bool, words: Words) -> tuple[ColumnHeading, ...]:
    middle = BOX_WIDTH / 2
    headings = [ColumnHeading(text=words("picture.contacts"), x=_left(0) + middle)]
    inner = count - 2 if has_ice else count - 1
    if inner > 0:
        headings.append(ColumnHeading(text=words("picture.systems"), x=(_left(1) + _left(inner) + BOX_WIDTH) / 2))
    if has_ice and count > 1:
        headings.append(ColumnHeading(text=words("picture.ice"), x=_left(count - 1) + middle))
    return tuple(headings)
