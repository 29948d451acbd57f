"""On which days hops can follow one another: those of the event, and later ones from the first hop that waits."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from clinic_mapper.routing.scene import Scene
from clinic_mapper.routing.timeline import Truth

SURELY, POSSIBLY = 0, 1
"""The sides of a truth."""


class Waits(NamedTuple):
    """How many hops run on the day of the event, before the first that waits for a later day: `surely` where a stay of
    unknown length is over by then, `possibly` where it lasts.

    `spans`: whether each hop, or one before it, waits; None: not known.
    """

    surely: int
    possibly: int
    spans: tuple[bool | None, ...]

    @classmethod
    @lru_cache(maxsize=4096)
    def of(cls, lasts: tuple[bool | None, ...]) -> Waits:
        """Of a chain of hops; `lasts`: whether each can run on any day from the event on."""
        surely = possibly = len(lasts)
        for number, each in enumerate(lasts):
            if each is not False:
                possibly = min(possibly, number)
            if each:
                surely = number
                break
        late = len(lasts) - surely
        return cls(surely, possibly, (False,) * possibly + (None,) * (surely - possibly) + (True,) * late)


class Following:
    """The days of one touchpoint, for hops that follow one another."""

    def __init__(self, scene: Scene) -> None:
        self._grid, self._full, self._one_row = scene.grid, scene.grid.full, scene.grid.rows == 1
        self._past, self._coming, self._until_today = scene.past, scene.coming, scene.since_event

    def chain(self, hops: Sequence[Truth], side: int, at_event: int) -> int:
        """Event days from which the hops can follow one another, `SURELY` or `POSSIBLY`: what was copied stays copied,
        so hops after those `at_event` may come later. What is still to come is judged on its own day."""
        if at_event == len(hops):
            return self._all(hops, side)
        days, until = self._full, self._until_today
        for truth in reversed(hops[at_event:] if at_event else hops):
            days &= truth[side] & until
            days = (1 << days.bit_length()) - 1 if self._one_row else self._grid.on_or_before(days)
        if at_event:
            days &= self._all(hops[:at_event], side)
        return days & self._past | self._all(hops, side) & self._coming if self._coming else days

    def _all(self, hops: Sequence[Truth], side: int) -> int:
        together = self._full
        for truth in hops:
            together &= truth[side]
        return together
