"""The catalog arranged for walking: flows by sender, the law that can speak to each, data items as bits.

Built once for a catalog; what only a walk needs, when a walk first comes by.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache, reduce
from operator import and_
from typing import TYPE_CHECKING

import msgspec

from clinic_mapper.casefile.dates import FIRST_DAY, LAST_DAY, first_day, last_day
from clinic_mapper.catalog.model import (
    Catalog,
    Condition,
    Flow,
    Restriction,
    System,
    TouchpointKind,
)
from clinic_mapper.catalog.row import nodes_of
from clinic_mapper.catalog.vocabulary import CONFIDENCES, DATA_ITEMS, MODES
from clinic_mapper.routing.conditions import (
    ALWAYS,
    Test,
    can_ever_hold,
    compile_condition,
    compile_shown,
    left_by_place,
)
from clinic_mapper.routing.known_practices import PracticeBook
from clinic_mapper.routing.law_book import LawBook, LawsAround, speaks_to
from clinic_mapper.routing.model import LawOnHop
from clinic_mapper.routing.worlds import NamedPlaces

if TYPE_CHECKING:
    from clinic_mapper.routing.chain import Chain
    from clinic_mapper.routing.recorded import Recorded
    from clinic_mapper.routing.ways import Move, Ways

BIT = {item: 1 << number for number, item in enumerate(DATA_ITEMS)}
IDENTITY = BIT["identity"]
EVERYTHING = (1 << len(DATA_ITEMS)) - 1
BESIDES_IDENTITY = EVERYTHING & ~IDENTITY

AGENCY = "agency"
"""The fact every touchpoint has: the kind of agency."""


def bits(items: Iterable[str]) -> int:
    """Data items as bits."""
    total = 0
    for item in items:
        total |= BIT[item]
    return total


@lru_cache(maxsize=4096)
def items(mask: int) -> tuple[str, ...]:
    """Data items of a bit set, in the order of the vocabulary."""
    return tuple(item for item in DATA_ITEMS if mask & BIT[item])


class Law(msgspec.Struct, frozen=True, gc=False, eq=False):
    """A restriction made ready: the days on which it acts, what it takes out of a hop.

    `names`: the same before its text saves some items, which never saves work under an agreement. `beside`: as it is
    printed beside a hop of which it changes nothing.
    """

    row: Restriction
    first: int
    last: int
    takes: int
    names: int
    acts: bool
    contested: bool
    beside: LawOnHop


class Step(msgspec.Struct, frozen=True, gc=False):
    """A flow made ready. `others`: flows judged together with it (`either_with`); `either`: their ids.

    `carries`, `adds`: what arrives whichever of them runs. `found`: somebody at ICE has to look. `doubted`: it is
    inferred, or counsel must judge it.
    """

    row: Flow
    need_all: int
    need_any: int
    carries: int
    adds: int
    first: int
    last: int
    found: bool
    ends: bool
    laws: tuple[Law, ...]
    shown: tuple[Law, ...]
    around: LawsAround
    others: tuple[Step, ...]
    either: tuple[str, ...]
    asks_place: bool
    mode: int
    confidence: int
    mandated: bool
    doubted: bool


class Index:
    """Everything about a catalog that does not depend on a matter."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._laws = LawBook(_law(row) for row in catalog.restrictions.values())
        self._partners = _partners(catalog)
        self._leaving = self._flows_by_sender()
        self._steps: dict[str, tuple[Step, ...]] = {}
        self._steps_of: dict[tuple[str, str], tuple[Step, ...]] = {}
        self.reaching = self._reaching_ice()
        every = nodes_of(self._conditions())
        self.edges = tuple(sorted(self._edges(every)))
        self.places = NamedPlaces(catalog.places.values(), sorted(self._place_names(every)))
        self.known = PracticeBook(catalog.known_practices.values())
        self.told: dict[tuple[str, str, str, bool], LawOnHop] = {}
        self.recorded: dict[str, tuple[Recorded, ...]] = {}
        self.chains: dict[str, Chain] = {}
        self.ways: dict[tuple[object, ...], Ways] = {}
        self.moves: dict[tuple[object, ...], Move] = {}
        self.read_by: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
        self.read_beyond: dict[str, dict[str, frozenset[str] | None]] = defaultdict(dict)
        questions = catalog.client_questions.values()
        self.asked_each_time = frozenset(question.id for question in questions if question.per_touchpoint)
        self._tests: dict[tuple[str, str], Test] = {}
        self.whens: dict[str, dict[str, Test]] = defaultdict(dict)
        self._asked: dict[str, frozenset[str]] = {}
        self._client_facts: dict[str, frozenset[str]] = {}
        self._asking_place: dict[str, tuple[tuple[str, tuple[Test, ...]], ...]] = {}

    def test(self, name: str, condition: Condition | None, kind: str) -> Test:
        """A condition compiled for a kind of touchpoint; `name` is unique for the condition."""
        if condition is None:
            return ALWAYS
        key = (name, kind)
        found = self._tests.get(key)
        if found is None:
            found = self._tests[key] = compile_condition(condition, self.asked(kind).__contains__)
        return found

    def when(self, flow: Flow, kind: str) -> Test:
        """The condition of a flow, compiled for a kind of touchpoint."""
        tests = self.whens[kind]
        found = tests.get(flow.id)
        if found is None:
            found = tests[flow.id] = compile_condition(flow.when, self.asked(kind).__contains__)
        return found

    def shown_by(self, flow: Flow, kind: str) -> Test:
        """What shows that a flow happened, compiled for a kind of touchpoint."""
        key = (f"shown:{flow.id}", kind)
        found = self._tests.get(key)
        if found is None:
            found = self._tests[key] = compile_shown(flow.shown_by, self.asked(kind).__contains__)
        return found

    def asked(self, kind: str) -> frozenset[str]:
        """The questions that a kind of touchpoint asks."""
        if kind not in self._asked:
            row = self.catalog.touchpoints.get(kind)
            self._asked[kind] = frozenset({AGENCY} | {question.id for question in row.questions} if row else {AGENCY})
        return self._asked[kind]

    def client_facts_read(self, kind: str) -> frozenset[str]:
        """Every fact about the client that a condition or a law can read on a way out of this kind's records."""
        if kind not in self._client_facts:
            self._client_facts[kind] = frozenset(self._facts_read(self.catalog.touchpoints[kind]))
        return self._client_facts[kind]

    def _facts_read(self, kind: TouchpointKind) -> Iterator[str]:
        for record in kind.creates:
            yield from _facts_of((record.when, *(part.when for part in record.data_when)))
        seen: set[str] = set()
        ahead = [record.system for record in kind.creates]
        while ahead:
            at = ahead.pop()
            if at in seen:
                continue
            seen.add(at)
            for step in self.leaving(at):
                ahead.append(step.row.to)
                for one in (step, *step.others):
                    yield from _facts_of_step(one)

    def system(self, name: str) -> System:
        """A system by id."""
        return self.catalog.systems[name]

    def leaving(self, sender: str) -> tuple[Step, ...]:
        """The steps out of a system, in the order of their ids; made ready when they are asked for first."""
        found = self._steps.get(sender)
        if found is None:
            found = self._steps[sender] = tuple(self._joined(flow) for flow in self._leaving.get(sender, ()))
        return found

    def leaving_of(self, kind: str, sender: str) -> tuple[Step, ...]:
        """Those that a record of a kind of touchpoint can take in some place."""
        found = self._steps_of.get((kind, sender))
        if found is None:
            found = self._steps_of[kind, sender] = tuple(
                step
                for step in self.leaving(sender)
                if any(can_ever_hold(self.when(one.row, kind)) for one in (step, *step.others))
            )
        return found

    def asking_place(self, kind: str) -> tuple[tuple[str, tuple[Test, ...]], ...]:
        """Of the steps ahead of the records of a kind of touchpoint those that exist in some places alone: the flow,
        and of it and of those judged together with it what the place can rule out."""
        found = self._asking_place.get(kind)
        if found is None:
            ahead = [record.system for record in self.catalog.touchpoints[kind].creates]
            steps: dict[str, tuple[Step, ...]] = {}
            while ahead:
                at = ahead.pop()
                if at not in steps:
                    steps[at] = self.leaving_of(kind, at)
                    ahead.extend(step.row.to for step in steps[at] if step.row.to in self.reaching and not step.ends)
            asking = [step for leaving in steps.values() for step in leaving if step.asks_place]
            tests = {
                step.row.id: tuple(left_by_place(self.when(one.row, kind)) for one in (step, *step.others))
                for step in asking
            }
            found = self._asking_place[kind] = tuple(each for each in tests.items() if ALWAYS not in each[1])
        return found

    def _joined(self, flow: Flow) -> Step:
        others = (self.catalog.flows[other] for other in self._partners.get(flow.id, ()))
        return self._step(flow, tuple(self._step(other) for other in others if self._walkable(other)))

    def _walkable(self, flow: Flow) -> bool:
        sender = self.catalog.systems[flow.from_]
        return flow.reply_to is None and sender.ice != "operated"

    def _step(self, flow: Flow, others: tuple[Step, ...] = ()) -> Step:
        laws = [law for law in self._laws.speaking_to(flow) if speaks_to(law, flow, self.catalog.systems)]
        acting, shown = tuple(law for law in laws if law.acts), tuple(law for law in laws if not law.acts)
        receiver = self.catalog.systems[flow.to]
        found = flow.arrives == "found" if flow.arrives else flow.timing == "standing"
        return Step(
            row=flow,
            need_all=bits(flow.needs.all),
            need_any=bits(flow.needs.any) or (0 if flow.needs.all else BESIDES_IDENTITY),
            carries=reduce(and_, (other.carries for other in others), bits(flow.carries) | IDENTITY),
            adds=reduce(and_, (other.adds for other in others), bits(flow.adds) | IDENTITY),
            first=first_day(flow.since) if flow.since else FIRST_DAY,
            last=last_day(flow.until) if flow.until else LAST_DAY,
            found=found,
            ends=receiver.ice == "operated",
            laws=acting,
            shown=shown,
            around=self._laws.around(acting, shown, [other.around.acting for other in others]),
            others=others,
            asks_place=_asks_place(flow) or any(other.asks_place for other in others),
            either=tuple(other.row.id for other in others),
            mode=MODES.index(flow.mode),
            confidence=CONFIDENCES.index(flow.confidence),
            doubted=bool(flow.judge) or flow.confidence == "inferred",
            mandated=any(law.row.effect_on_route == "practice_yes" for law in acting),
        )

    def _flows_by_sender(self) -> dict[str, list[Flow]]:
        """The flows that a walk can take; one that is judged together with another goes with that one."""
        flows, found = self.catalog.flows, defaultdict(list)
        seconds = {name for names in self._partners.values() for name in names}
        for name in sorted(flows.keys() - seconds):
            if self._walkable(flows[name]):
                found[flows[name].from_].append(flows[name])
        return found

    def _reaching_ice(self) -> frozenset[str]:
        """Systems from which some chain of flows leads to a system that ICE runs; a walk need not enter the others."""
        senders: dict[str, set[str]] = defaultdict(set)
        for sender, flows in self._leaving.items():
            for flow in flows:
                senders[flow.to].add(sender)
        reaching: set[str] = set()
        more = {name for name, system in self.catalog.systems.items() if system.ice == "operated"}
        while more:
            reaching |= more
            more = set[str]().union(*(senders[name] for name in more)) - reaching
        return frozenset(reaching)

    def _conditions(self) -> Iterator[Condition | None]:
        for flow in self.catalog.flows.values():
            yield flow.when
            yield flow.shown_by
        for row in self.catalog.restrictions.values():
            yield row.client_if
        for kind in self.catalog.touchpoints.values():
            yield from (tells.when for tells in kind.tells)
            for record in kind.creates:
                yield record.when
                yield from (part.when for part in record.data_when)

    def _edges(self, every: list[Condition]) -> set[int]:
        edges = {law.first for law in self._laws.all} | {law.last + 1 for law in self._laws.all}
        spans = {(each.date.from_, each.date.until) for each in every if each.date is not None}
        for since, until in spans | {(flow.since, flow.until) for flow in self.catalog.flows.values()}:
            edges.update(_span_edges(since, until))
        return edges

    def _place_names(self, every: list[Condition]) -> set[str]:
        named = {row.jurisdiction for row in self.catalog.restrictions.values()}
        return named.union(*(each.place for each in every if each.place))


def _partners(catalog: Catalog) -> dict[str, list[str]]:
    """By the flow that leads, those judged together with it (`either_with`)."""
    found: dict[str, list[str]] = defaultdict(list)
    for flow in catalog.flows.values():
        if flow.either_with in catalog.flows:
            found[flow.either_with].append(flow.id)
    return found


def _facts_of_step(step: Step) -> Iterator[str]:
    laws = (*step.laws, *step.shown)
    yield from _facts_of((step.row.when, step.row.shown_by, *(law.row.client_if for law in laws)))
    yield from (exception.client for law in laws for exception in law.row.unless if exception.client)


def _facts_of(conditions: Iterable[Condition | None]) -> Iterator[str]:
    yield from (node.client for node in nodes_of(conditions) if node.client)


def _asks_place(flow: Flow) -> bool:
    return any(node.place is not None for node in nodes_of((flow.when,)))


def _span_edges(since: str | None, until: str | None) -> Iterator[int]:
    if since:
        yield first_day(since)
    if until:
        yield last_day(until) + 1


def _law(row: Restriction) -> Law:
    acts = row.acts and row.effect_on_route != "show" and row.status in ("in_force", "contested", "ended")
    since, until = row.acts_from or row.since, row.until
    if row.status == "ended" and not until:
        acts = False  # nobody knows until when it held: it may not close anything
    names = EVERYTHING if row.items == "all" else bits(row.items)
    return Law(
        row=row,
        first=first_day(since) if since else FIRST_DAY,
        last=last_day(until) if until else LAST_DAY,
        takes=names & ~bits(row.not_items),
        names=names,
        acts=acts,
        contested=row.status == "contested",
        beside=LawOnHop(
            id=row.id,
            effect="show",
            unless=tuple(exception.text for exception in row.unless if exception.kind == "process"),
            contested=row.status == "contested",
        ),
    )


_built: dict[int, Index] = {}


def index_of(catalog: Catalog) -> Index:
    """The index of a catalog, built once for each catalog in memory."""
    found = _built.get(id(catalog))
    if found is None or found.catalog is not catalog:
        if len(_built) >= 8:
            _built.clear()
        found = _built[id(catalog)] = Index(catalog)
    return found


def forget_laid_over() -> None:
    """Let go of the catalogs that hold what a clinic laid over the shipped one."""
    for key in [key for key, index in _built.items() if index.catalog.origins]:
        del _built[key]
