"""Routes judged for one answer more: a hop that does not read the answer stays as it was."""

from __future__ import annotations

from clinic_mapper.routing.law import LawRead
from clinic_mapper.routing.reads import read_by
from clinic_mapper.routing.scene import Scene
from clinic_mapper.routing.setting import StepHere
from clinic_mapper.routing.verdict import HopTruth, Judge
from clinic_mapper.routing.ways import Move


class JudgeAgain(Judge):
    """Judges a scene that differs from another by the answer to one question or practice, `changed`."""

    def __init__(
        self, before: Judge, changed: str, scene: Scene, in_custody: bool | None, on_supervision: bool | None
    ) -> None:
        super().__init__(scene, in_custody, on_supervision)
        self._before, self._changed = before, changed

    def hop(self, move: Move) -> HopTruth:
        """A step as a record takes it, judged; as before where nothing in it reads the answer."""
        if self._changed in read_by(self.scene.index, move.step)[0]:
            return super().hop(move)
        return self._before.hop(move)

    def _laws(self, move: Move, here: StepHere) -> tuple[LawRead, ...]:
        if self._changed in read_by(self.scene.index, move.step)[1]:
            return super()._laws(move, here)
        return self._before.hop(move).laws
