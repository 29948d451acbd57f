"""From a touchpoint to its records, and from each of these to ICE."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from clinic_mapper.routing.index import BESIDES_IDENTITY, Step
from clinic_mapper.routing.law import Holding
from clinic_mapper.routing.model import Unknown
from clinic_mapper.routing.recorded import Recorded, recorded
from clinic_mapper.routing.scene import Scene
from clinic_mapper.routing.timeline import Truth
from clinic_mapper.routing.ways import Way, ways_out


class FirstRecord(msgspec.Struct, frozen=True, gc=False):
    """The record a touchpoint leaves at its first holder. `truth`: where it exists, by its condition and by what nobody
    at intake can know; `unknown`: what is open."""

    system: str
    made: Recorded
    holding: Holding
    truth: Truth
    unknown: frozenset[Unknown]
    item_unknown: dict[int, frozenset[Unknown]]


class Path(msgspec.Struct, frozen=True, gc=False):
    """A record and a way out of it."""

    record: FirstRecord
    way: Way


def first_records(scene: Scene) -> Iterator[FirstRecord]:
    """The records this touchpoint leaves; a record whose condition is false does not exist."""
    here = scene.here
    for made in recorded(scene.index, scene.kind):
        must, may = scene.judge(made.test)
        if not may & here:
            continue
        unknown = set(scene.unknown_in(made.test, here)) if may & ~must & here else set()
        if made.row.judge:
            must = 0
            unknown.add(Unknown(kind="judge", id=made.row.system, touchpoint=scene.touchpoint.id))
        holding, item_unknown = _holding(scene, made, here)
        yield FirstRecord(made.row.system, made, holding, (must, may), frozenset(unknown), item_unknown)


def _holding(scene: Scene, made: Recorded, here: int) -> tuple[Holding, dict[int, frozenset[Unknown]]]:
    must = may = made.data
    unknown: dict[int, frozenset[Unknown]] = {}
    for added, test in made.parts:
        surely, possibly = scene.judge(test)
        if not possibly & here:
            continue
        if surely & here == here:
            must |= added
        else:
            open_here = scene.unknown_when_and_where(surely, possibly).union(scene.unknown_in(test, here))
            unknown[added] = unknown.get(added, frozenset()) | open_here  # two conditions may add the same items
        may |= added
    return Holding(must, may), unknown


class Walk:
    """The walk of one touchpoint. `cut` says afterwards whether a cap cut something."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._absent = absent_steps(scene)
        self._found = 0
        self._tried = 0
        self.cut = False

    def paths(self, record: FirstRecord) -> list[Path]:
        """Every chain from the record to the first system that ICE runs. A record that ICE holds has one, without
        steps."""
        scene = self._scene
        ways = ways_out(
            scene.index, scene.kind.id, self._absent, record.system, record.holding, self._found, self._tried
        )
        self._found += len(ways.found)
        self._tried += ways.tried
        self.cut = self.cut or ways.cut
        return [Path(record, way) for way in ways.found]


def absent_steps(scene: Scene) -> frozenset[str]:
    """The steps ahead of a touchpoint's records that only exist in other places."""
    known, kind = scene.setting.absent, scene.kind.id
    found = known.get(kind)
    if found is None:
        can_hold = scene.setting.can_hold
        asking = scene.index.asking_place(kind)
        found = known[kind] = frozenset([flow for flow, tests in asking if not any(map(can_hold, tests))])
    return found


def unknown_items(path: Path, held: Holding, step: Step, taken: int = 0) -> frozenset[Unknown]:
    """What leaves it unknown whether the needs of a step are met, once a law took some items out: items that the first
    record may or may not hold."""
    if held.surely_meets(step, taken):
        return frozenset()
    wanted = (step.need_all | step.need_any or BESIDES_IDENTITY) & held.may & ~held.must & ~taken
    found: frozenset[Unknown] = frozenset()
    for added, unknown in path.record.item_unknown.items():
        if added & wanted:
            found |= unknown
    return found
