"""Where the boxes of a layered picture stand: columns from left to right, an order within each, heights on the page.

Pure geometry. The same input gives the same numbers, because every choice between equals falls by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

Step = tuple[str, str]
"""From one box to the next, by their ids."""

_SWEEPS = 8
_ALIGNMENTS = 6


def forward_steps(names: Sequence[str], steps: Iterable[Step]) -> dict[Step, Step]:
    """Each step as it counts for the columns: a step that would close a circle is turned round."""
    after: dict[str, list[str]] = {name: [] for name in names}
    for start, end in sorted(steps):
        after[start].append(end)
    state: dict[str, int] = {}
    turned: dict[Step, Step] = {}

    def visit(name: str) -> None:
        state[name] = 1
        for end in after[name]:
            back = state.get(end) == 1
            turned[name, end] = (end, name) if back else (name, end)
            if not back and end not in state:
                visit(end)
        state[name] = 2

    for name in names:
        if name not in state:
            visit(name)
    return turned


def columns(names: Sequence[str], steps: Iterable[Step], last: frozenset[str]) -> dict[str, int]:
    """The column of each box: one to the right of the furthest box before it; those in `last` share the last column."""
    before: dict[str, list[str]] = {name: [] for name in names}
    for start, end in sorted(set(steps)):
        before[end].append(start)
    found: dict[str, int] = {}

    def column(name: str) -> int:
        if name not in found:
            found[name] = max((column(start) + 1 for start in before[name]), default=0)
        return found[name]

    for name in names:
        column(name)
    inner = max((found[name] for name in names if name not in last), default=0)
    for name in last & set(names):
        found[name] = max(inner + 1, 1)
    return found


def with_waypoints(steps: Iterable[Step], column: dict[str, int]) -> tuple[dict[Step, list[str]], dict[str, int]]:
    """Each step as a chain with one waypoint in every column that it passes, and the columns of all of them."""
    chains: dict[Step, list[str]] = {}
    placed = dict(column)
    for start, end in sorted(set(steps)):
        chain = [start]
        for between in range(column[start] + 1, column[end]):
            name = f"~{start}>{end}@{between}"
            placed[name] = between
            chain.append(name)
        chains[start, end] = [*chain, end]
    return chains, placed


def ordered_columns(
    placed: Mapping[str, int], chains: Iterable[Sequence[str]], first: Sequence[str]
) -> list[list[str]]:
    """The boxes and waypoints of each column from top to bottom, with few crossings (sweeps of averages).

    `first` gives the order that the boxes of the first column keep.
    """
    neighbours = _neighbours(chains)
    layers: list[list[str]] = [[] for _ in range(max(placed.values(), default=-1) + 1)]
    rank = {name: number for number, name in enumerate(first)}
    for name in sorted(placed, key=lambda name: (rank.get(name, len(rank)), name)):
        layers[placed[name]].append(name)
    best, fewest = [list(layer) for layer in layers], _crossings(layers, neighbours)
    for sweep in range(_SWEEPS):
        forward = sweep % 2 == 0
        for number in range(1, len(layers)) if forward else range(len(layers) - 2, 0, -1):
            beside = layers[number - 1] if forward else layers[number + 1]
            _order_by_neighbours(layers[number], beside, neighbours)
        crossings = _crossings(layers, neighbours)
        if crossings < fewest:
            best, fewest = [list(layer) for layer in layers], crossings
    return best


def heights(
    layers: Sequence[Sequence[str]], height: Mapping[str, float], chains: Iterable[Sequence[str]], gap: float
) -> dict[str, float]:
    """The middle of each box and waypoint, measured downwards: near its neighbours, never overlapping, in order."""
    neighbours = _neighbours(chains)
    middle: dict[str, float] = {}
    for layer in layers:
        top = 0.0
        for name in layer:
            middle[name] = top + height[name] / 2
            top += height[name] + gap
    for turn in range(_ALIGNMENTS):
        for layer in layers if turn % 2 == 0 else list(reversed(layers)):
            wanted = [_average([middle[other] for other in neighbours.get(name, ())], middle[name]) for name in layer]
            for name, place in zip(layer, _apart(wanted, [height[name] for name in layer], gap), strict=True):
                middle[name] = place
    top = min((middle[name] - height[name] / 2 for name in middle), default=0.0)
    return {name: place - top for name, place in middle.items()}


def _neighbours(chains: Iterable[Sequence[str]]) -> dict[str, list[str]]:
    neighbours: dict[str, list[str]] = {}
    for chain in chains:
        for one, other in pairwise(chain):
            neighbours.setdefault(one, []).append(other)
            neighbours.setdefault(other, []).append(one)
    return neighbours


def _order_by_neighbours(layer: list[str], beside: Sequence[str], neighbours: Mapping[str, Sequence[str]]) -> None:
    place = {name: number for number, name in enumerate(beside)}
    own = {name: number for number, name in enumerate(layer)}
    weight = {
        name: _average([float(place[other]) for other in neighbours.get(name, ()) if other in place], float(own[name]))
        for name in layer
    }
    layer.sort(key=lambda name: (weight[name], own[name]))


def _crossings(layers: Sequence[Sequence[str]], neighbours: Mapping[str, Sequence[str]]) -> int:
    total = 0
    for left, right in pairwise(layers):
        place = {name: number for number, name in enumerate(right)}
        groups = [sorted(place[other] for other in neighbours.get(name, ()) if other in place) for name in left]
        ends = [end for group in groups for end in group]
        total += sum(1 for i, one in enumerate(ends) for other in ends[i + 1 :] if other < one)
    return total


def _average(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _apart(wanted: Sequence[float], height: Sequence[float], gap: float) -> list[float]:
    """The places nearest to those wanted that keep order and distance (pooling neighbours that push each other)."""
    offset = [0.0]
    for upper, lower in pairwise(height):
        offset.append(offset[-1] + (upper + lower) / 2 + gap)
    pools: list[tuple[float, int]] = []  # average, how many
    for place, shift in zip(wanted, offset, strict=False):
        average, count = place - shift, 1
        while pools and pools[-1][0] > average:
            above, number = pools.pop()
            average = (above * number + average * count) / (number + count)
            count += number
        pools.append((average, count))
    spread = [average for average, count in pools for _ in range(count)]
    return [place + shift for place, shift in zip(spread, offset, strict=False)]
