"""One touchpoint with everything known about it: on which days and in which worlds each atom holds."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy

from clinic_mapper.casefile.dates import LAST_DAY
from clinic_mapper.casefile.model import Touchpoint
from clinic_mapper.catalog.model import Condition, Flow, TouchpointKind
from clinic_mapper.routing.atoms import EVERYTHING_KNOWN, Known
from clinic_mapper.routing.conditions import ALWAYS, Test, Truths, TruthsIf, support, test_of
from clinic_mapper.routing.event_days import past_and_coming
from clinic_mapper.routing.facts import ClientFacts, told
from clinic_mapper.routing.index import Index, Law, Step
from clinic_mapper.routing.model import LawOnHop, Unknown
from clinic_mapper.routing.reads import read_beyond
from clinic_mapper.routing.setting import Setting, Texts
from clinic_mapper.routing.timeline import Truth

_NONE: frozenset[Unknown] = frozenset()


class Scene:
    """A touchpoint seen by the rules.

    As bits: the days on which it may have happened, `past` and `coming` apart, `here` together; `since_event`: from the
    first of them to today; `from_event`: all days on which a record of it can move.
    """

    def __init__(
        self, index: Index, clients: ClientFacts, setting: Setting, touchpoint: Touchpoint, kind: TouchpointKind
    ) -> None:
        self.index = index
        self.setting = setting
        self.worlds = setting.worlds
        self.grid = setting.grid
        self.kind = kind
        self._whens = index.whens[kind.id]
        timeline = self.grid.timeline
        past, coming = past_and_coming(index.catalog, touchpoint, timeline.starts[timeline.today])
        self.past = self.days(*past) if past else 0
        self.coming = self.days(*coming) if coming else 0
        first = past[0] if past else LAST_DAY
        self.since_event = self.days(first, timeline.starts[timeline.today])
        self.here = self.past | self.coming
        self.from_event = self.since_event | self.coming
        self._told(touchpoint, clients)
        self._is_tried = False
        self._read_beyond = index.read_beyond[kind.id]
        self._says = clients.told_by(touchpoint.id).union(
            touchpoint.practices, index.known.answered_in(touchpoint.where.state)
        )

    def _told(self, touchpoint: Touchpoint, clients: ClientFacts) -> None:
        self.touchpoint = touchpoint
        self.clients = clients
        self.is_blank = _is_blank(touchpoint, self.kind)
        self.law_reach: dict[tuple[str, str, str], Truth] = {}
        self.beside: dict[tuple[Texts, int], tuple[LawOnHop, ...]] = {}
        self._when_and_where: dict[Truth, frozenset[Unknown]] = {}
        self._truths = Known(self.setting, self.index.known, clients, touchpoint)

    def with_answer(self, name: str, touchpoint: Touchpoint, clients: ClientFacts) -> Scene:
        """The same contact, at the same time and place, with another answer to the question or practice `name`."""
        other = copy(self)
        other._is_tried = True
        other._told(touchpoint, clients)
        for blind, truths in self._truths.items():
            other._truths[blind] = truths.again(name, other._truths[blind])
        return other

    def says_nothing_of(self, step: Step) -> bool:
        """Whether a step is the same for all contacts in this place that say nothing of what it reads. Where an answer
        is only tried, none is."""
        if self._is_tried:
            return False
        name = step.row.id
        if name not in self._read_beyond:
            self._read_beyond[name] = read_beyond(self.index, self.kind.id, step)
        read = self._read_beyond[name]
        return read is not None and self._says.isdisjoint(read)

    def test(self, name: str, condition: Condition | None) -> Test:
        """A condition compiled for this kind of touchpoint."""
        return self.index.test(name, condition, self.touchpoint.kind)

    def about(self, law: Law) -> Test:
        """Whom a law is about, as a test."""
        client_if = law.row.client_if
        return ALWAYS if client_if is None else self.test(f"client_if:{law.row.id}", client_if)

    def when(self, flow: Flow) -> Test:
        """The condition of a flow, compiled."""
        return self._whens.get(flow.id) or self.index.when(flow, self.kind.id)

    def runs(self, flow: Flow, blind: str = EVERYTHING_KNOWN) -> Truth:
        """Whether the condition of a flow holds."""
        return self._truths[blind][self._whens.get(flow.id) or self.index.when(flow, self.kind.id)]

    def shown(self, flow: Flow, blind: str = EVERYTHING_KNOWN) -> int:
        """Where an answer shows that a flow happened. That it does not show it says nothing."""
        return self.judge(self.index.shown_by(flow, self.kind.id), blind)[0] if flow.shown_by else 0

    def judge(self, test: Test, blind: str = EVERYTHING_KNOWN) -> Truth:
        """Whether a test holds; `blind` takes part of what is known as unknown (see the constants above)."""
        return self._truths[blind][test]

    def judge_if(self, test: Test, given: dict[tuple[object, ...], Truth], blind: str = EVERYTHING_KNOWN) -> Truth:
        """Whether a test holds if some atoms had the given truth."""
        if not given or given.keys().isdisjoint(test.atoms):
            return self._truths[blind][test]
        return self._truths_if(given, blind)[test]

    def _truths_if(self, given: dict[tuple[object, ...], Truth], blind: str) -> Truths:
        return TruthsIf(given, self._truths[blind])

    def unknown_in(self, test: Test, where: int) -> Iterator[Unknown]:
        """What leaves a test unknown on the given bits."""
        for atom, _ in self.open_atoms(test, where, {}):
            if (unknown := self.unknown_of(atom)) is not None:
                yield unknown

    def open_atoms(self, test: Test, where: int, given: dict[tuple[object, ...], Truth]) -> list[tuple[Test, int]]:
        """The atoms that leave a test unknown on the given bits if some atoms had the given truth; on which bits."""
        truths = self._truths_if(given, EVERYTHING_KNOWN) if given else self._truths[EVERYTHING_KNOWN]
        return support(test, truths, where)

    def practice(self, name: str, blind: str = EVERYTHING_KNOWN) -> Truth:
        """Whether this agency is known to have a practice or an agreement, or to use a flow."""
        return self._truths[blind][test_of("practice", (name,))]

    def days(self, first: int, last: int) -> int:
        """A span of days in every world."""
        return self.setting.days(first, last)

    def alive(self, step: Step) -> int:
        """The days on which a flow exists, in every world."""
        return self.setting.days(step.first, step.last) if step.row.since or step.row.until else self.grid.full

    def unknown_when_and_where(self, must: int, may: int) -> frozenset[Unknown]:
        """The date or the place is open where one day or world leads elsewhere than another."""
        key = must & self.here, may & self.here
        found = self._when_and_where.get(key)
        if found is None:
            found = self._when_and_where[key] = self._unknown_when_and_where(*key)
        return found

    def _unknown_when_and_where(self, must: int, may: int) -> frozenset[Unknown]:
        grid, own, here = self.grid, self.touchpoint.id, self.here
        dated = frozenset({Unknown(kind="date", id="", touchpoint=own)})
        if grid.rows == 1:
            return _NONE if must in (0, here) and may in (0, here) else dated
        found: set[Unknown] = set()
        if any(grid.rows_with(side) & grid.rows_with(here & ~side) for side in (must, may)):
            found |= dated
        if any(side != grid.spread(side & grid.row(0)) for side in (must, may)):
            found.add(Unknown(kind="place", id="", touchpoint=own))
        return frozenset(found)

    def unknown_of(self, atom: Test) -> Unknown | None:
        """An unknown atom as people are told of it; None for dates and places, which are told once for a route."""
        own = self.touchpoint.id
        name = atom.key[0] if atom.key else ""
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


def _is_blank(touchpoint: Touchpoint, kind: TouchpointKind) -> bool:
    """Whether nothing at all was told of a contact: no date, no state, no answer, no agency but the only one that such
    a contact can be with. Then nothing may be called open."""
    where, answers = touchpoint.where, (*touchpoint.facts.values(), *touchpoint.practices.values())
    told_agency = touchpoint.agency.kind not in ("", kind.agency)
    return not (touchpoint.when or where.state or told_agency or any(told(answer) for answer in answers))
