"""Routes judged for one answer more: a hop that does not read the answer stays as it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from clinic_mapper.catalog.model import Condition
from clinic_mapper.catalog.row import nodes_of
from clinic_mapper.routing.index import Index, Step
from clinic_mapper.routing.law import LawRead
from clinic_mapper.routing.scene import Scene
from clinic_mapper.routing.verdict import HopTruth, Judge
from clinic_mapper.routing.ways import Move

_TURNS_ON = {"in_custody": "in-custody", "on_supervision": "on-supervision-now"}


class JudgeAgain(Judge):
    """Judges a scene that differs from another by the answer to one question or practice, `changed`."""

    def __init__(
        self, before: Judge, changed: str, scene: Scene, in_custody: bool | None, on_supervision: bool | None
    ) -> None:
        super().__init__(scene, in_custody, on_supervision)
        self._before, self._changed = before, changed

    def hop(self, move: Move) -> HopTruth:
        """A step as a record takes it, judged; as before where nothing in it reads the answer."""
        if self._changed in _read_by(self.scene.index, move.step)[0]:
            return super().hop(move)
        return self._before.hop(move)

    def _laws(self, move: Move) -> tuple[LawRead, ...]:
        if self._changed in _read_by(self.scene.index, move.step)[1]:
            return super()._laws(move)
        return self._before.hop(move).laws


def _read_by(index: Index, step: Step) -> tuple[frozenset[str], frozenset[str]]:
    """The questions, practices, agreements and flows that a step reads, and those that the law on it reads; of those
    judged together with it too."""
    found = index.read_by.get(step.row.id)
    if found is None:
        law = frozenset(_law_reads(step))
        found = index.read_by[step.row.id] = law | frozenset(_reads(step)), law
    return found


def _reads(step: Step) -> Iterator[str]:
    for one in (step, *step.others):
        yield one.row.id
        yield _TURNS_ON.get(one.row.timing, "")
        yield from _named_in((one.row.when,))


def _law_reads(step: Step) -> Iterator[str]:
    for one in (step, *step.others):
        yield from _named_in((one.row.shown_by, *(law.row.client_if for law in one.laws)))
        for law in one.laws:
            yield from (exception.client or "" for exception in law.row.unless)


def _named_in(conditions: Iterable[Condition | None]) -> Iterator[str]:
    for node in nodes_of(conditions):
        yield node.fact or node.client or node.practice or node.agreement or ""
