"""From a touchpoint's record to ICE: every simple chain of flows whose needs are there."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from clinic_mapper.catalog.model import Record
from clinic_mapper.routing.conditions import Test
from clinic_mapper.routing.index import BESIDES_IDENTITY, IDENTITY, Step, bits
from clinic_mapper.routing.law import Holding
from clinic_mapper.routing.model import Unknown
from clinic_mapper.routing.scene import Scene
from clinic_mapper.routing.timeline import Truth

MOST_HOPS = 8
"""No route in the catalog is longer; a longer chain says less than the sum of its doubts. The map says when this cut
something."""
MOST_ROUTES = 1500
"""Routes of one touchpoint; a catalog that has more is cut and the map says so."""
MOST_STEPS = 20_000
"""Steps tried for one touchpoint, the vain ones too: chains that only lead back must not keep the window waiting."""


class FirstRecord(msgspec.Struct, frozen=True, gc=False):
    """The record a touchpoint leaves at its first holder. `truth`: where it exists, by `test` and by what nobody at
    intake can know; `unknown`: what is open."""

    system: str
    holding: Holding
    test: Test
    truth: Truth
    unknown: frozenset[Unknown]
    item_unknown: dict[int, frozenset[Unknown]]


class Path(msgspec.Struct, frozen=True, gc=False):
    """A chain of steps. `name`: the record's system and its flows. `held[i]` is what the sender of step i holds;
    `left[i]`: whether the place was left before it."""

    name: str
    record: FirstRecord
    steps: tuple[Step, ...]
    held: tuple[Holding, ...]
    left: tuple[bool, ...]
    arrived: Holding


def first_records(scene: Scene) -> Iterator[FirstRecord]:
    """The records this touchpoint leaves; a record whose condition is false does not exist."""
    for number, record in enumerate(scene.kind.creates):
        test = scene.test(f"record:{scene.kind.id}:{number}", record.when)
        must, may = scene.judge(test)
        here = scene.here
        if not may & here:
            continue
        unknown = set(scene.unknown_in(test, here))
        if record.judge:
            must = 0
            unknown.add(Unknown(kind="judge", id=record.system, touchpoint=scene.touchpoint.id))
        holding, item_unknown = _holding(scene, record, number, here)
        yield FirstRecord(record.system, holding, test, (must, may), frozenset(unknown), item_unknown)


def _holding(scene: Scene, record: Record, number: int, here: int) -> tuple[Holding, dict[int, frozenset[Unknown]]]:
    must = may = bits(record.data) | IDENTITY
    unknown: dict[int, frozenset[Unknown]] = {}
    for part_number, part in enumerate(record.data_when):
        test: Test = scene.test(f"data:{scene.kind.id}:{number}:{part_number}", part.when)
        surely, possibly = scene.judge(test)
        if not possibly & here:
            continue
        added = bits(part.data)
        if surely & here == here:
            must |= added
        else:
            unknown[added] = frozenset(scene.unknown_in(test, here)) | scene.unknown_when_and_where(surely, possibly)
        may |= added
    return Holding(must, may), unknown


class Walk:
    """The walk of one touchpoint. `cut` says afterwards whether a cap cut something."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._index = scene.index
        self._steps: dict[str, tuple[Step, ...]] = {}
        self._found = 0
        self._tried = 0
        self.cut = False

    def paths(self, record: FirstRecord) -> Iterator[Path]:
        """Every chain from the record to the first system that ICE runs. A record that ICE holds has one, without
        steps."""
        start = Path(record.system, record, (), (), (), record.holding)
        if self._index.system(record.system).ice == "operated":
            yield start
            return
        yield from self._onward(start, record.system, frozenset({record.system}))

    def _onward(self, path: Path, at: str, seen: frozenset[str]) -> Iterator[Path]:
        for step in self._steps_from(at):
            if step.row.to in seen or not _may_run(step, path.arrived):
                continue
            self._tried += 1
            if len(path.steps) >= MOST_HOPS or self._found >= MOST_ROUTES or self._tried > MOST_STEPS:
                self.cut = True
                return
            if step.ends:
                self._found += 1
                yield _extended(path, step)
            elif step.row.to in self._index.reaching:
                yield from self._onward(_extended(path, step), step.row.to, seen | {step.row.to})

    def _steps_from(self, at: str) -> tuple[Step, ...]:
        """The steps out of a system; those that only exist in other places are no route here, not closed ones."""
        found = self._steps.get(at)
        if found is None:
            steps = self._index.leaving_of(self._scene.kind.id, at)
            found = self._steps[at] = tuple(step for step in steps if not step.asks_place or self._is_here(step))
        return found

    def _is_here(self, step: Step) -> bool:
        scene = self._scene
        return any(scene.setting.can_hold(scene.when(one.row)) for one in (step, *step.others))


def _may_run(step: Step, holding: Holding) -> bool:
    return holding.possibly_meets(step) or any(holding.possibly_meets(other) for other in step.others)


def _extended(path: Path, step: Step) -> Path:
    before = path.arrived
    left_before = bool(path.steps) and (path.left[-1] or path.steps[-1].row.leaves_place)
    arrived = Holding(before.must & step.carries | step.adds, before.may & step.carries | step.adds)
    return Path(
        f"{path.name}>{step.row.id}",
        path.record,
        (*path.steps, step),
        (*path.held, before),
        (*path.left, left_before),
        arrived,
    )


def unknown_items(path: Path, number: int) -> frozenset[Unknown]:
    """What leaves it unknown whether the needs of a step are met: items that the first record may or may not hold."""
    step, held = path.steps[number], path.held[number]
    if held.surely_meets(step):
        return frozenset()
    wanted = (step.need_all | step.need_any or BESIDES_IDENTITY) & held.may & ~held.must
    found: frozenset[Unknown] = frozenset()
    for added, unknown in path.record.item_unknown.items():
        if added & wanted:
            found |= unknown
    return found
