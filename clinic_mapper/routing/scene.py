"""One touchpoint with everything known about it: on which days and in which worlds each atom holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy

from clinic_mapper.casefile.dates import LAST_DAY
from clinic_mapper.casefile.model import Touchpoint
from clinic_mapper.catalog.model import Condition, TouchpointKind
from clinic_mapper.routing.conditions import Test, judge, support
from clinic_mapper.routing.event_days import past_and_coming
from clinic_mapper.routing.facts import ClientFacts, fact_told, told
from clinic_mapper.routing.index import Index
from clinic_mapper.routing.model import Unknown
from clinic_mapper.routing.timeline import Grid, Timeline, Truth

EVERYTHING_KNOWN = "full"
FACTS_ALONE = "fact"
"""Dates are taken as unknown: what is false now is false by fact."""
TIME_ALONE = "time"
"""Answers are taken as unknown: what is false now is false by time."""
PLACE_ALONE = "place"


class Scene:
    """A touchpoint seen by the rules. `event`: the bits on which it may have happened, past and coming apart."""

    def __init__(
        self, index: Index, clients: ClientFacts, timeline: Timeline, touchpoint: Touchpoint, kind: TouchpointKind
    ) -> None:
        self.index = index
        self.clients = clients
        self.touchpoint = touchpoint
        self.kind = kind
        self.worlds = index.places.worlds(touchpoint.where)
        self.grid = Grid(timeline, len(self.worlds))
        past, coming = past_and_coming(index.catalog, touchpoint, timeline.starts[timeline.today])
        self.past = self.grid.spread(timeline.days(*past) if past else 0)
        self.coming = self.grid.spread(timeline.days(*coming) if coming else 0)
        first = past[0] if past else LAST_DAY
        self.since_event = self.grid.spread(timeline.days(first, timeline.starts[timeline.today]))
        self.is_blank = _is_blank(touchpoint)
        self.law_reach: dict[tuple[str, str, str], Truth | None] = {}
        self._days: dict[tuple[int, int], int] = {}
        self._places: dict[tuple[object, ...], int] = {}
        self._leaves: dict[tuple[str, Test], Truth] = {}
        self._judged: dict[tuple[str, Test], Truth] = {}
        self._before: tuple[Scene, str] | None = None
        """The scene that this one differs from by one answer, and to what: the rest need not be judged again."""

    def with_answer(self, name: str, touchpoint: Touchpoint, clients: ClientFacts) -> Scene:
        """The same contact, at the same time and place, with another answer to the question or practice `name`."""
        other = copy(self)
        other.touchpoint, other.clients = touchpoint, clients
        other.is_blank = _is_blank(touchpoint)
        other._leaves, other._judged, other.law_reach = {}, {}, {}
        other._before = self, name
        return other

    def test(self, name: str, condition: Condition | None) -> Test:
        """A condition compiled for this kind of touchpoint."""
        return self.index.test(name, condition, self.touchpoint.kind)

    def judge(self, test: Test, blind: str = EVERYTHING_KNOWN) -> Truth:
        """Whether a test holds; `blind` takes part of what is known as unknown (see the constants above)."""
        key = (blind, test)
        found = self._judged.get(key)
        if found is None:
            found = self._judged[key] = self._judge(test, blind)
        return found

    def _judge(self, test: Test, blind: str) -> Truth:
        if self._before is not None:
            before, changed = self._before
            if not any(atom[1] == changed for atom in test.atoms):
                return before.judge(test, blind)
        return judge(test, lambda atom: self.leaf(atom, blind), self.grid.full)

    def judge_if(self, test: Test, given: dict[tuple[object, ...], Truth], blind: str = EVERYTHING_KNOWN) -> Truth:
        """Whether a test holds if some atoms had the given truth."""
        if not any(key in test.atoms for key in given):
            return self.judge(test, blind)
        return judge(test, self._leaf_if(given, blind), self.grid.full)

    def _leaf_if(self, given: dict[tuple[object, ...], Truth], blind: str) -> Callable[[Test], Truth]:
        def leaf(atom: Test) -> Truth:
            key = (atom.form, *atom.key)
            return given[key] if key in given else self.leaf(atom, blind)

        return leaf

    def unknown_in(self, test: Test, where: int) -> Iterator[Unknown]:
        """What leaves a test unknown on the given bits."""
        for atom, _ in self.open_atoms(test, where, {}):
            if (unknown := self.unknown_of(atom)) is not None:
                yield unknown

    def open_atoms(self, test: Test, where: int, given: dict[tuple[object, ...], Truth]) -> Iterator[tuple[Test, int]]:
        """The atoms that leave a test unknown on the given bits if some atoms had the given truth; on which bits."""
        leaf = self._leaf_if(given, EVERYTHING_KNOWN) if given else self.leaf
        return support(test, leaf, self.grid.full, where)

    def leaf(self, atom: Test, blind: str = EVERYTHING_KNOWN) -> Truth:
        """Whether an atom holds, bit by bit."""
        key = (blind, atom)
        found = self._leaves.get(key)
        if found is None:
            if self._before is not None and atom.key[0] != self._before[1]:
                found = self._before[0].leaf(atom, blind)
            else:
                found = self._leaf(atom, blind)
            self._leaves[key] = found
        return found

    def _leaf(self, atom: Test, blind: str) -> Truth:
        nothing_known = (0, self.grid.full)
        if atom.form == "place":
            return (self._in_places(atom.key),) * 2
        if atom.form == "date":
            if blind in (FACTS_ALONE, PLACE_ALONE):
                return nothing_known
            first, last = atom.key
            return (self.days(int(str(first)), int(str(last))),) * 2
        if blind in (TIME_ALONE, PLACE_ALONE):
            return nothing_known
        if atom.form == "fact":
            return self._constant(fact_told(self.touchpoint, str(atom.key[0])), str(atom.key[1]))
        if atom.form == "client":
            return self._client(str(atom.key[0]), str(atom.key[1]), blind)
        return self._practice(str(atom.key[0]), blind)

    def practice(self, name: str, blind: str = EVERYTHING_KNOWN) -> Truth:
        """Whether this agency is known to have a practice or an agreement, or to use a flow."""
        return self.leaf(self.index.practice_test(name), blind)

    def _practice(self, name: str, blind: str) -> Truth:
        """As noted for this contact; where nothing was, as known of its agency for every matter."""
        noted = told(self.touchpoint.practices.get(name))
        if noted is not None:
            return self._constant(noted, "yes")
        so = not_so = 0
        for said in self.index.known.said(name, self.touchpoint):
            days = self.days(said.first, said.last)
            so, not_so = (so | days, not_so) if said.is_so else (so, not_so | days)
        must, may = so & ~not_so, self.grid.full & ~(not_so & ~so)  # two rows against each other settle nothing
        if blind == FACTS_ALONE and must != may:
            return 0, self.grid.full
        return must, may

    def days(self, first: int, last: int) -> int:
        """A span of days in every world."""
        found = self._days.get((first, last))
        if found is None:
            found = self._days[first, last] = self.grid.spread(self.grid.timeline.days(first, last))
        return found

    def _constant(self, known: str | None, value: str) -> Truth:
        if known is None:
            return 0, self.grid.full
        return (self.grid.full, self.grid.full) if known == value else (0, 0)

    def _client(self, fact: str, value: str, blind: str) -> Truth:
        must, may = self.clients.truth(fact, value, self.touchpoint)
        if blind == FACTS_ALONE and must != may:
            return 0, self.grid.full
        return self.grid.spread(must), self.grid.spread(may)

    def _in_places(self, names: tuple[object, ...]) -> int:
        found = self._places.get(names)
        if found is None:
            wanted = set(names)
            found = sum(self.grid.row(number) for number, world in enumerate(self.worlds) if world & wanted)
            self._places[names] = found
        return found

    def in_jurisdiction(self, name: str) -> int:
        """The worlds that lie in a jurisdiction; federal law reaches everywhere."""
        return self.grid.full if name == "US" else self._in_places((name,))

    def unknown_when_and_where(self, must: int, may: int) -> frozenset[Unknown]:
        """The date or the place is open where one day or world leads elsewhere than another."""
        grid, own, here = self.grid, self.touchpoint.id, self.past | self.coming
        found: set[Unknown] = set()
        patterns = set()
        for row in range(grid.rows):
            days = grid.row(row) & here
            outcome = (must & days) >> (row * grid.width), (may & days) >> (row * grid.width)
            patterns.add(outcome)
            whole_day = days >> (row * grid.width)
            if any(side not in (0, whole_day) for side in outcome):
                found.add(Unknown(kind="date", id="", touchpoint=own))
        if len(patterns) > 1:
            found.add(Unknown(kind="place", id="", touchpoint=own))
        return frozenset(found)

    def unknown_of(self, atom: Test) -> Unknown | None:
        """An unknown atom as people are told of it; None for dates and places, which are told once for a route."""
        own = self.touchpoint.id
        name = str(atom.key[0]) if atom.key else ""
        if atom.form == "fact":
            return Unknown(kind="fact", id=name, touchpoint=own)
        if atom.form in ("practice", "agreement"):
            return Unknown(kind="practice", id=name, touchpoint=own)
        if atom.form != "client":
            return None
        question = self.clients.question(name)
        if question and question.per_touchpoint:
            return Unknown(kind="fact", id=name, touchpoint=own)
        if self.clients.lacks_only_its_date(name):
            return self.clients.what_dates(name)
        return Unknown(kind="fact", id=name, touchpoint="")


def _is_blank(touchpoint: Touchpoint) -> bool:
    """Whether nothing at all was told of a contact: no date, no state, no answer. Then nothing may be called open."""
    where, answers = touchpoint.where, (*touchpoint.facts.values(), *touchpoint.practices.values())
    return not (touchpoint.when or where.state or touchpoint.agency.kind or any(told(answer) for answer in answers))
