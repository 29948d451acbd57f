"""The ways out of a record to ICE: every simple chain of flows whose needs are there.

A way hangs on what the record holds and on the place alone, not on whose record it is: it is walked once for a catalog.
"""

from __future__ import annotations

import msgspec

from clinic_mapper.routing.chain import Chain, chain_of
from clinic_mapper.routing.index import Index, Step, items
from clinic_mapper.routing.law import Holding
from clinic_mapper.routing.model import Hop

MOST_HOPS = 8
"""No route in the catalog is longer; a longer chain says less than the sum of its doubts. The map says when this cut
something."""
MOST_ROUTES = 1500
"""Routes of one touchpoint; a catalog that has more is cut and the map says so."""
MOST_STEPS = 20_000
"""Steps tried for one touchpoint, the vain ones too: chains that only lead back must not keep the window waiting."""
MOST_KEPT = 4000
"""Ways that are kept for a catalog."""


class Move(msgspec.Struct, frozen=True, gc=False, eq=False):
    """A step as a record takes it, one for each step and what its sender holds.

    `left`: whether the place was left before it. `met`: whether the needs are surely met. `told`: the hop as people are
    told of it, without what hangs on the contact.
    """

    step: Step
    held: Holding
    left: bool
    met: bool
    arrived: Holding
    told: Hop


class Way(msgspec.Struct, frozen=True, gc=False, eq=False):
    """Moves that follow one another, the last to a system that ICE runs; none where ICE holds the record itself.

    `data`: what surely arrives, `data_at_most`: what may. `timings`: those of its steps, in their order. `looked_up`:
    one of them can be taken at any time.
    """

    chain: Chain
    moves: tuple[Move, ...]
    data: tuple[str, ...]
    data_at_most: tuple[str, ...]
    timings: tuple[str, ...]
    looked_up: bool


class Ways(msgspec.Struct, frozen=True, gc=False):
    """All ways out of a record, and how many steps it took to try them. `cut`: a cap left some out."""

    found: tuple[Way, ...]
    tried: int
    cut: bool


def ways_out(
    index: Index, kind: str, absent: frozenset[str], system: str, holding: Holding, found: int, tried: int
) -> Ways:
    """All ways out of a record of a kind of touchpoint, for which some steps do not exist where it was made.

    `found`, `tried`: ways and steps of the touchpoint's other records, which count against the same caps.
    """
    key = (kind, absent, system, holding)
    kept = index.ways.get(key)
    if kept is None or found + len(kept.found) >= MOST_ROUTES or tried + kept.tried > MOST_STEPS:
        kept = _Walk(index, kind, absent, system, found, tried).ways(holding)
        if not kept.cut:
            _keep(index, key, kept)
    return kept


def _keep(index: Index, key: tuple[object, ...], ways: Ways) -> None:
    if sum(len(each.found) for each in index.ways.values()) > MOST_KEPT:
        index.ways.clear()
        index.moves.clear()
    index.ways[key] = ways


class _Walk:
    """One walk from a record."""

    def __init__(self, index: Index, kind: str, absent: frozenset[str], system: str, found: int, tried: int) -> None:
        self._index, self._kind, self._absent, self._system = index, kind, absent, system
        self._steps: dict[str, tuple[Step, ...]] = {}
        self._ways: list[Way] = []
        self._before = found
        self._tried = self._tried_before = tried
        self._cut = False

    def ways(self, holding: Holding) -> Ways:
        """Every chain from the record to the first system that ICE runs."""
        if self._index.system(self._system).ice == "operated":
            self._ways.append(self._way((), holding))
        else:
            self._onward((), holding, self._system, frozenset({self._system}))
        return Ways(tuple(self._ways), self._tried - self._tried_before, self._cut)

    def _onward(self, moves: tuple[Move, ...], holding: Holding, at: str, seen: frozenset[str]) -> None:
        left = bool(moves) and (moves[-1].left or moves[-1].step.row.leaves_place)
        for step in self._steps_from(at):
            if step.row.to in seen or not _may_run(step, holding):
                continue
            self._tried += 1
            found = self._before + len(self._ways)
            if len(moves) >= MOST_HOPS or found >= MOST_ROUTES or self._tried > MOST_STEPS:
                self._cut = True
                return
            if step.ends or step.row.to in self._index.reaching:
                move = _move(self._index, step, holding, left)
                if step.ends:
                    self._ways.append(self._way((*moves, move), move.arrived))
                else:
                    self._onward((*moves, move), move.arrived, step.row.to, seen | {step.row.to})

    def _steps_from(self, at: str) -> tuple[Step, ...]:
        """The steps out of a system; those that only exist in other places are no route here, not closed ones."""
        found = self._steps.get(at)
        if found is None:
            steps = self._index.leaving_of(self._kind, at)
            found = self._steps[at] = tuple(step for step in steps if step.row.id not in self._absent)
        return found

    def _way(self, moves: tuple[Move, ...], arrived: Holding) -> Way:
        steps = tuple(move.step for move in moves)
        timings = tuple(step.row.timing for step in steps)
        chain = chain_of(self._index, self._system, steps)
        return Way(chain, moves, items(arrived.must), items(arrived.may), timings, "standing" in timings)


def _may_run(step: Step, holding: Holding) -> bool:
    return holding.possibly_meets(step) or any(holding.possibly_meets(other) for other in step.others)


def _move(index: Index, step: Step, held: Holding, left: bool) -> Move:
    key = (step.row.id, held, left)
    found = index.moves.get(key)
    if found is None:
        arrived = Holding(held.must & step.carries | step.adds, held.may & step.carries | step.adds)
        found = index.moves[key] = Move(
            step=step,
            held=held,
            left=left,
            met=all(held.surely_meets(one) for one in (step, *step.others)),
            arrived=arrived,
            told=_told(step, arrived),
        )
    return found


def _told(step: Step, arrived: Holding) -> Hop:
    return Hop(
        flow=step.row.id,
        either=step.either,
        from_=step.row.from_,
        to=step.row.to,
        consults=step.row.consults,
        data=items(arrived.must),
        perhaps=items(arrived.may & ~arrived.must),
        standing="undetermined",
        law=(),
    )
