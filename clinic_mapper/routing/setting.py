"""Where and when something may have been: every world that a place allows, and the days of a matter, as bits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from clinic_mapper.routing.conditions import Test, Truths
from clinic_mapper.routing.index import Law
from clinic_mapper.routing.timeline import Grid, Timeline, Truth
from clinic_mapper.routing.worlds import ANYWHERE, World

if TYPE_CHECKING:
    from clinic_mapper.routing.verdict import HopTruth
    from clinic_mapper.routing.ways import Move

LawsHere = list[tuple[Law, int]]
"""Laws, each with the worlds and days in which it speaks."""
LawsByPlace = Mapping[str, tuple[Law, ...]]
"""Laws by their jurisdiction."""
_FEDERAL = frozenset({ANYWHERE})


def _id_of_law(speaking: tuple[Law, int]) -> str:
    return speaking[0].row.id


class Setting:
    """A place and all days. Contacts in one place share it, with what was found of days, places and law there."""

    def __init__(self, timeline: Timeline, worlds: tuple[World, ...]) -> None:
        self.worlds = worlds
        self.grid = Grid(timeline, len(worlds))
        self._named = _FEDERAL.union(*worlds)
        self._days: dict[tuple[int, int], int] = {}
        self._places: dict[tuple[object, ...], int] = {}
        self._speaks: dict[str, int] = {}
        self._can_hold: dict[Test, bool] = {}
        self.absent: dict[str, frozenset[str]] = {}
        self.judged: dict[tuple[Move, bool | None], HopTruth] = {}
        self._reach: dict[tuple[str, Test], int] = {}

    def days(self, first: int, last: int) -> int:
        """A span of days in every world."""
        found = self._days.get((first, last))
        if found is None:
            found = self._days[first, last] = self.grid.spread(self.grid.timeline.days(first, last))
        return found

    def in_places(self, names: tuple[object, ...]) -> int:
        """The worlds in which one of these places holds."""
        found = self._places.get(names)
        if found is None:
            here = (number for number, world in enumerate(self.worlds) if not world.isdisjoint(names))
            found = self._places[names] = sum(map(self.grid.row, here))
        return found

    def in_jurisdiction(self, name: str) -> int:
        """The worlds that lie in a jurisdiction; federal law reaches everywhere."""
        return self.grid.full if name == ANYWHERE else self.in_places((name,))

    def of_law(self, law: Law) -> int:
        """The worlds and days in which a law speaks."""
        found = self._speaks.get(law.row.id)
        if found is None:
            there = self.in_jurisdiction(law.row.jurisdiction)
            found = self._speaks[law.row.id] = there and there & self.days(law.first, law.last)
        return found

    def reach_of(self, law: Law, about: Test) -> int:
        """The worlds in which a law can speak at all, by its jurisdiction and by the places among those it is about."""
        key = law.row.id, about
        found = self._reach.get(key)
        if found is None:
            found = self._reach[key] = self.in_jurisdiction(law.row.jurisdiction) & self._by_place(about)[1]
        return found

    def speaking(self, laws: LawsByPlace, left_place: bool) -> LawsHere:
        """Of some laws those that speak here at all, in the order of their ids; federal law alone once an earlier hop
        left the place."""
        near = _FEDERAL if left_place else self._named
        places = [place for place in near if place in laws] if len(near) < len(laws) else near & laws.keys()
        found = [(law, there) for place in places for law in laws[place] if (there := self.of_law(law))]
        if len(found) > 1:
            found.sort(key=_id_of_law)
        return found

    def can_hold(self, test: Test) -> bool:
        """Whether a test may hold where nothing but the place is known."""
        found = self._can_hold.get(test)
        if found is None:
            found = self._can_hold[test] = bool(self._by_place(test)[1])
        return found

    def _by_place(self, test: Test) -> Truth:
        return Truths(self._place_alone, self.grid.full)[test]

    def _place_alone(self, atom: Test) -> Truth:
        return (self.in_places(atom.key),) * 2 if atom.form == "place" else (0, self.grid.full)
