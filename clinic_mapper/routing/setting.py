"""Where and when something may have been: every world that a place allows, and the days of a matter, as bits."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec

from clinic_mapper.routing.conditions import Test, Truths
from clinic_mapper.routing.index import Law, Step
from clinic_mapper.routing.law_book import LawsAround, LawSet
from clinic_mapper.routing.model import LawOnHop
from clinic_mapper.routing.timeline import Grid, Timeline, Truth
from clinic_mapper.routing.worlds import ANYWHERE, World

if TYPE_CHECKING:
    from clinic_mapper.routing.verdict import HopTruth

LawsHere = list[tuple[Law, int]]
"""Laws, each with the worlds and days in which it speaks."""
_SILENCE: LawsHere = []
_BY_ID = attrgetter("row.id")
_FEDERAL = frozenset({ANYWHERE})


class Texts(msgspec.Struct, frozen=True, gc=False, eq=False):
    """Texts that are only shown beside a step. `throughout`: where all of them speak, whoever the client is; `told`: as
    they are printed there."""

    laws: LawsHere
    throughout: int
    told: tuple[LawOnHop, ...]


class StepHere(msgspec.Struct, frozen=True, gc=False):
    """The law around a step in one place: what acts on it here, the texts shown beside it. `lawless`: no law here acts
    on it or on one that is judged together with it."""

    acting: LawsHere
    lawless: bool
    texts: Texts


class _Worlds:
    """Every world that a place allows, and in which of them a name holds."""

    def __init__(self, worlds: tuple[World, ...], grid: Grid) -> None:
        self._worlds = worlds
        self._grid = grid
        self._holding: dict[tuple[object, ...], int] = {}

    def holding(self, names: tuple[object, ...]) -> int:
        found = self._holding.get(names)
        if found is None:
            here = (number for number, world in enumerate(self._worlds) if not world.isdisjoint(names))
            found = self._holding[names] = sum(map(self._grid.row, here))
        return found

    def truth(self, atom: Test) -> Truth:
        """Whether an atom holds where nothing but the place is known."""
        return (self.holding(atom.key),) * 2 if atom.form == "place" else (0, self._grid.full)


class Setting:
    """A place and all days. Contacts in one place share it, with what was found of days, places and law there.

    What was found for all of them that say nothing of what a step reads: `judged`: the step judged, by what its sender
    holds and whether it lasts; `possible`: where it can run if part of what is known were not.
    """

    def __init__(self, timeline: Timeline, worlds: tuple[World, ...]) -> None:
        self.worlds = worlds
        self.grid = Grid(timeline, len(worlds))
        self._named = _FEDERAL.union(*worlds)
        self._days: dict[tuple[int, int], int] = {}
        self._worlds = _Worlds(worlds, self.grid)
        self._by_place = Truths(self._worlds.truth, self.grid.full)
        self._speaks: dict[Law, int] = {}
        self._steps: dict[tuple[LawsAround, bool], StepHere] = {}
        self._laws: dict[tuple[LawSet, bool], LawsHere] = {}
        self._texts: dict[tuple[LawSet, bool], Texts] = {}
        self.judged: dict[tuple[object, ...], HopTruth] = {}
        self.possible: dict[tuple[str, bool, str], int] = {}
        self.absent: dict[str, frozenset[str]] = {}
        self._reach: dict[tuple[str, Test], int] = {}

    def days(self, first: int, last: int) -> int:
        """A span of days in every world."""
        found = self._days.get((first, last))
        if found is None:
            found = self._days[first, last] = self.grid.spread(self.grid.timeline.days(first, last))
        return found

    def in_places(self, names: tuple[object, ...]) -> int:
        """The worlds in which one of these places holds."""
        return self._worlds.holding(names)

    def in_jurisdiction(self, name: str) -> int:
        """The worlds that lie in a jurisdiction; federal law reaches everywhere."""
        return self.grid.full if name == ANYWHERE else self.in_places((name,))

    def of_law(self, law: Law) -> int:
        """The worlds and days in which a law speaks."""
        found = self._speaks.get(law)
        if found is None:
            there = self.in_jurisdiction(law.row.jurisdiction)
            found = self._speaks[law] = there and there & self.days(law.first, law.last)
        return found

    def reach_of(self, law: Law, about: Test) -> int:
        """The worlds in which a law can speak at all, by its jurisdiction and by the places among those it is about."""
        key = law.row.id, about
        found = self._reach.get(key)
        if found is None:
            found = self._reach[key] = self.in_jurisdiction(law.row.jurisdiction) & self._by_place[about][1]
        return found

    def step(self, step: Step, left_place: bool) -> StepHere:
        """A step here; under federal law alone once an earlier hop left the place."""
        key = step.around, left_place
        found = self._steps.get(key)
        if found is None:
            found = self._steps[key] = self._step(*key)
        return found

    def _step(self, around: LawsAround, left_place: bool) -> StepHere:
        acting = self._speaking(around.acting, left_place)
        lawless = not acting and not any(self._speaking(laws, left_place) for laws in around.others)
        return StepHere(acting, lawless, self._texts_of(around.shown, left_place))

    def _speaking(self, laws: LawSet, left_place: bool) -> LawsHere:
        """Of some laws those that speak here at all, in the order of their ids."""
        if not laws.by_place:
            return _SILENCE
        found = self._laws.get((laws, left_place))
        if found is None:
            near = (_FEDERAL if left_place else self._named) & laws.by_place.keys()
            these = [law for place in near for law in laws.by_place[place]]
            if len(near) > 1:
                these.sort(key=_BY_ID)
            known, of_law = self._speaks.get, self.of_law
            found = [(law, there) for law in these if (there := known(law) or of_law(law))]
            self._laws[laws, left_place] = found
        return found

    def _texts_of(self, laws: LawSet, left_place: bool) -> Texts:
        found = self._texts.get((laws, left_place))
        if found is None:
            speaking = self._speaking(laws, left_place)
            throughout = self.grid.full if self.grid.rows == 1 else 0
            for law, there in speaking:
                throughout &= there if law.row.client_if is None else 0
            told = tuple([law.beside for law, _ in speaking])
            found = self._texts[laws, left_place] = Texts(speaking, throughout, told)
        return found

    def can_hold(self, test: Test) -> bool:
        """Whether a test may hold where nothing but the place is known."""
        return bool(self._by_place[test][1])
