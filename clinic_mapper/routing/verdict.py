"""What a chain of hops amounts to: its standing, its tense, why it is closed, what would settle it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from clinic_mapper.routing.atoms import EVERYTHING_KNOWN, FACTS_ALONE, TIME_ALONE
from clinic_mapper.routing.following import POSSIBLY, SURELY, Following, Waits
from clinic_mapper.routing.index import Step
from clinic_mapper.routing.law import NO_LAW, LawRead, can_bar, given_by_law, left_in_doubt, read_law, together
from clinic_mapper.routing.model import Reason, Standing, Tense, Unknown
from clinic_mapper.routing.open_questions import OpenQuestion, is_yes, shared_client_fact, unknown_in_hop
from clinic_mapper.routing.scene import Scene
from clinic_mapper.routing.setting import StepHere, Texts
from clinic_mapper.routing.timeline import Truth
from clinic_mapper.routing.walk import Path, unknown_items
from clinic_mapper.routing.ways import Move

IN_CUSTODY = Unknown(kind="fact", id="in-custody", touchpoint="")
ON_SUPERVISION = Unknown(kind="fact", id="on-supervision-now", touchpoint="")

_ALONE: tuple[tuple[str, Reason], ...] = ((FACTS_ALONE, "fact"), (TIME_ALONE, "time"))

_FREE = (NO_LAW,)

Supposed = dict[tuple[object, ...], Truth]
"""Atoms whose truth is taken for granted."""
Halves = tuple[tuple[Step, LawRead], ...]
"""Steps that are judged together, each with the law on it."""


class HopTruth(msgspec.Struct, gc=False):
    """A step judged for this touchpoint: its own conditions, and the same with the law on it."""

    conditions: Truth
    whole: Truth
    law: LawRead
    laws: tuple[LawRead, ...]
    """The law on the step and on those judged together with it, each by itself; `law` is what it comes to."""
    texts: Texts
    """The texts that are only shown beside it."""
    spans: bool | None
    """Whether the step can run on any day from the event on (a standing look-up, a present stay); None: not known."""
    open: tuple[OpenQuestion, ...] | None = None
    """What leaves it unknown where no law acts, once somebody has asked for it."""


class Verdict(msgspec.Struct, frozen=True, gc=False):
    """The outcome for a route."""

    standing: Standing
    tense: Tense
    hops: Sequence[HopTruth]
    spans: tuple[bool | None, ...]
    """Whether each hop can run on any day from the event on: it, or one before it, waits for somebody to look; None:
    not known."""
    closed_by: tuple[Reason, ...] = ()
    unknown: frozenset[Unknown] = frozenset()
    truth: Truth = (0, 0)
    """On which event days, in which worlds, the route surely / possibly runs."""


class Judge:
    """Judges the hops and routes of one touchpoint, each hop once."""

    def __init__(
        self,
        scene: Scene,
        in_custody: bool | None,
        on_supervision: bool | None,
        stay: Unknown = IN_CUSTODY,
    ) -> None:
        """`stay`: what would tell whether the stay that the touchpoint began goes on, where that is not known."""
        self.scene = scene
        self._stay = stay
        self._lasts = {"standing": True, "in_custody": in_custody, "on_supervision": on_supervision, "at_event": False}
        self._full = scene.grid.full
        self._chain = Following(scene).chain
        self._waits: dict[tuple[str, ...], Waits] = {}
        self._hops: dict[Move, HopTruth] = {}
        self._possible: dict[tuple[str, bool, str], int] = {}
        self._open_questions: dict[tuple[int, bool | None], set[Unknown]] = {}
        self.days = {False: scene.here, True: scene.from_event, None: scene.from_event}
        """The days on which a hop can run, by whether it waits: those of the event, or every day from it to today."""
        blank = Unknown(kind="date", id="", touchpoint=scene.touchpoint.id)
        self._blank = frozenset({blank} if scene.is_blank else ())

    def hop(self, move: Move) -> HopTruth:
        """A step as a record takes it, judged."""
        found = self._hops.get(move)
        if found is None:
            found = self._hops[move] = self._in_common(move)
        return found

    def _in_common(self, move: Move) -> HopTruth:
        """A step is judged once for all contacts in one place that say nothing of what it reads; without law it matters
        only whether its needs are surely met."""
        step, setting = move.step, self.scene.setting
        here = setting.step(step, move.left)
        if not self.scene.says_nothing_of(step):
            return self._judge(move, here)
        lasts = self._lasts[step.row.timing]
        key = (step.row.id, move.left, move.met, lasts) if here.lawless else (move, lasts)
        found = setting.judged.get(key)
        if found is None:
            found = setting.judged[key] = self._judge(move, here)
        return found

    def _judge(self, move: Move, here: StepHere) -> HopTruth:
        step = move.step
        free = here.lawless and not step.others and not step.row.shown_by
        laws = _FREE if free else self._laws(move, here)
        if step.others:
            law, conditions, whole = self._judge_halves(move, laws)
        else:
            law = laws[0]
            must, may = self._own(step, law, EVERYTHING_KNOWN)
            conditions = must if move.met else 0, may
            whole = conditions if law is NO_LAW else law.leaves(conditions)
        return HopTruth(conditions, whole, law, laws, here.texts, self._lasts[step.row.timing])

    def _laws(self, move: Move, here: StepHere) -> tuple[LawRead, ...]:
        """The law on a step and on those judged together with it, each by itself."""
        scene, step, held = self.scene, move.step, move.held
        first = read_law(scene, step, here.acting, held)
        if not step.others:
            return (first,)
        acting = [scene.setting.step(one, move.left).acting for one in step.others]
        others = zip(step.others, acting, strict=True)
        return (first, *[read_law(scene, one, laws, held) for one, laws in others])

    def _judge_halves(self, move: Move, laws: tuple[LawRead, ...]) -> tuple[LawRead, Truth, Truth]:
        step = move.step
        halves = tuple(zip((step, *step.others), laws, strict=True))
        law = together(laws)
        conditions = self._either(halves, EVERYTHING_KNOWN)
        if not move.met:
            conditions = 0, conditions[1]
        whole = law.leaves(conditions)
        if law.rows:  # a law may bar one of the two alone
            must, may = self._either(halves, EVERYTHING_KNOWN, under_law=True)
            whole = must & conditions[0], may
        return law, conditions, whole

    def _possibly(self, move: Move, hop: HopTruth, blind: str) -> int:
        """Where a step can run by its own conditions alone, if part of what is known were not. What the sender holds
        does not matter: a step whose needs cannot be met is on no path."""
        if hop.law is NO_LAW and hop.conditions[1] == self._full:
            return self._full  # with less known it can run no less
        possible = self.scene.setting.possible if self.scene.says_nothing_of(move.step) else self._possible
        key = move.step.row.id, move.left, blind
        found = possible.get(key)
        if found is None:
            found = possible[key] = self._possibly_now(move, blind)
        return found

    def _possibly_now(self, move: Move, blind: str) -> int:
        step = move.step
        if step.others:
            halves = tuple((one, self._mandates(one, move, blind)) for one in (step, *step.others))
            return self._either(halves, blind)[1]
        return self._own(step, self._mandates(step, move, blind), blind)[1]

    def _mandates(self, step: Step, move: Move, blind: str) -> LawRead:
        if not step.mandated and not step.row.shown_by:
            return NO_LAW
        return read_law(self.scene, step, self.scene.setting.step(step, move.left).acting, move.held, blind)

    def _own(self, step: Step, law: LawRead, blind: str, supposed: Supposed | None = None) -> Truth:
        scene, row = self.scene, step.row
        if law.answers or law.shown or supposed:
            given = given_by_law(scene, step, law, blind) if law.answers or law.shown else {}
            must, may = scene.judge_if(scene.when(row), given | supposed if supposed else given, blind)
        else:
            must, may = scene.runs(row, blind)
        if row.since or row.until:
            alive = scene.alive(step)
            must, may = (must & alive, may & alive) if blind != FACTS_ALONE else (0, may)
        if row.practice == "not_known_by_place":
            known_must, known_may = scene.practice(row.id, blind)
            must, may = must & (known_must | law.shown), may & (known_may | law.shown)
        if step.doubted:
            must = 0
        return must, may

    def _either(self, halves: Halves, blind: str, under_law: bool = False) -> Truth:
        """Two steps of which one or the other runs: judged together over the client fact on which they part."""
        scene = self.scene
        shared = shared_client_fact([scene.when(one.row).atoms for one, _ in halves])
        if shared is None:
            return self._any(halves, {}, blind, under_law)
        yes_must, yes_may = scene.judge(scene.test(f"split:{shared}", is_yes(shared)), blind)
        full = scene.grid.full
        if_yes = self._any(halves, _assume(shared, (full, full), full), blind, under_law)
        if_no = self._any(halves, _assume(shared, (0, 0), full), blind, under_law)
        must = (full & ~yes_may | if_yes[0]) & (yes_must | if_no[0])
        return must, yes_may & if_yes[1] | full & ~yes_must & if_no[1]

    def _any(self, halves: Halves, supposed: Supposed, blind: str, under_law: bool) -> Truth:
        must = may = 0
        for one, law in halves:
            own = self._own(one, law, blind, supposed)
            own_must, own_may = law.leaves(own) if under_law else own
            must, may = must | own_must, may | own_may
        return must, may

    def standing(self, path: Path) -> Standing:
        """The standing of a path, without the rest of the verdict."""
        return self._standing(*self.truth(path))

    def truth(self, path: Path) -> Truth:
        """On which event days, in which worlds, a path surely / possibly runs."""
        return self._truth(path, self._hops_of(path)[1], self._waits_of(path))

    def route(self, path: Path) -> Verdict:
        """The verdict on a path."""
        hops, wholes = self._hops_of(path)
        waits = self._waits_of(path)
        must, may = self._truth(path, wholes, waits)
        standing = self._standing(must, may)
        closed_by: tuple[Reason, ...] = ()
        unknown: frozenset[Unknown] = frozenset()
        if standing == "closed":
            closed_by = self._closed_by(path, hops, waits)
        elif standing == "undetermined":
            unknown = self._unknown(path, hops, waits, (must, may))
        tense = self._tense(path, hops, must, may)
        return Verdict(standing, tense, hops, waits.spans, closed_by, unknown, (must, may))

    def _hops_of(self, path: Path) -> tuple[list[HopTruth], list[Truth]]:
        """The hops of a path, judged, and the same as truths alone."""
        hops: list[HopTruth] = []
        wholes: list[Truth] = []
        judged = self._hops
        for move in path.way.moves:
            hop = judged.get(move) or self.hop(move)
            hops.append(hop)
            wholes.append(hop.whole)
        return hops, wholes

    def _waits_of(self, path: Path) -> Waits:
        timings = path.way.timings
        found = self._waits.get(timings)
        if found is None:
            found = self._waits[timings] = Waits.of(tuple([self._lasts[timing] for timing in timings]))
        return found

    def _truth(self, path: Path, wholes: Sequence[Truth], waits: Waits) -> Truth:
        """On which event days the whole chain surely / possibly runs.

        A stay of unknown length surely lasts its first day and possibly until today.
        """
        must, may = path.record.truth
        may &= self._chain(wholes, POSSIBLY, waits.possibly)
        if not may & self.scene.here:
            return 0, may
        return must and must & self._chain(wholes, SURELY, waits.surely), may

    def _standing(self, must: int, may: int) -> Standing:
        here = self.scene.here
        if not may & here:
            return "closed"
        return "open" if must & here == here and not self.scene.is_blank else "undetermined"

    def _tense(self, path: Path, hops: Sequence[HopTruth], must: int, may: int) -> Tense:
        scene = self.scene
        if not scene.past:
            return "next_time"
        way = path.way
        if not way.moves:
            return "within_reach"
        if hops[-1].law.shown and self.is_shown(hops[-1]):
            return "sent"
        if way.looked_up:
            return "within_reach" if self._today(hops[-1], must, may) else "was_within_reach"
        last = way.moves[-1].step
        if hops[-1].spans:
            return "within_reach" if last.found else "next_time"
        return "was_within_reach" if last.found else "sent"

    def is_shown(self, hop: HopTruth) -> bool:
        """Whether an answer shows that a hop happened, wherever and whenever it was."""
        shown = hop.law.shown
        return bool(shown) and not self.scene.here & ~(shown & hop.conditions[1])

    def _today(self, last: HopTruth, must: int, may: int) -> bool:
        """Whether the last look-up of a path that surely / possibly runs is possible today. Those before it can be over
        by then wherever it can run at all, so that it alone decides."""
        scene = self.scene
        sure = must & scene.past == scene.past
        today = last.whole[SURELY if sure else POSSIBLY] & scene.grid.today
        until_today = today and scene.grid.on_or_before(today) & scene.past
        return until_today == scene.past if sure else bool(until_today & may)

    def _closed_by(self, path: Path, hops: Sequence[HopTruth], waits: Waits) -> tuple[Reason, ...]:
        """Why a path is closed. What its own conditions leave open is closed by law alone: with less known they would
        leave no less."""
        reasons: list[Reason] = []
        if self._closes(path, [hop.conditions for hop in hops], waits, EVERYTHING_KNOWN):
            alone = [reason for blind, reason in _ALONE if self._closes_alone(path, hops, waits, blind)]
            reasons += alone or ["fact", "time"]
        if not reasons or self._law_closes(path, hops, waits):
            reasons.append("law")
        return tuple(reasons)

    def _closes_alone(self, path: Path, hops: Sequence[HopTruth], waits: Waits, blind: str) -> bool:
        """Whether a path is closed if part of what is known were not."""
        possible: list[Truth] = []
        for move, hop in zip(path.way.moves, hops, strict=True):
            there = self._possibly(move, hop, blind)
            if not there:
                return True
            possible.append((0, there))
        return self._closes(path, possible, waits, blind)

    def _law_closes(self, path: Path, hops: Sequence[HopTruth], waits: Waits) -> bool:
        """Whether a path is closed by what the law surely bars, its own conditions apart."""
        bars = [hop.law.bars[0] for hop in hops]
        return any(bars) and self._closes(path, [(0, self._full & ~barred) for barred in bars], waits, EVERYTHING_KNOWN)

    def _closes(self, path: Path, possible: Sequence[Truth], waits: Waits, blind: str) -> bool:
        """Whether a path cannot run where each hop could run on the given bits."""
        days = self._chain(possible, POSSIBLY, waits.possibly)
        return not days or not days & self.scene.judge(path.record.made.test, blind)[1] & self.scene.here

    def _unknown(self, path: Path, hops: Sequence[HopTruth], waits: Waits, truth: Truth) -> frozenset[Unknown]:
        """What leaves a path unknown: its record, its hops, what they need, the day and the place."""
        found = {*path.record.unknown, *self._blank, *self.scene.unknown_when_and_where(*truth)}
        for move, hop, spans in zip(path.way.moves, hops, waits.spans, strict=True):
            found |= self._open_in(move, hop, spans)
            if not move.met:
                found |= unknown_items(path, move.held, move.step)
            if hop.law.rows:
                found.update(*self._left_by_law(path, move, hop, spans))
        return frozenset(found)

    def _left_by_law(self, path: Path, move: Move, hop: HopTruth, spans: bool | None) -> Iterator[frozenset[Unknown]]:
        """What leaves it unknown whether the items that a law leaves of a record meet the needs of a hop."""
        where = self.where_it_matters(hop, spans) & ~hop.law.shown
        for one, law in zip((move.step, *move.step.others), hop.laws, strict=True):
            for row, (_, may), effect in law.rows:
                if can_bar(effect) and may & where and (taken := left_in_doubt(row, one, move.held)):
                    yield unknown_items(path, move.held, one, taken)

    def _open_in(self, move: Move, hop: HopTruth, spans: bool | None) -> set[Unknown]:
        """What leaves a hop unknown where it matters, and whether it waits."""
        key = id(hop), spans  # hops live as long as their judge
        found = self._open_questions.get(key)
        if found is None:
            where = self.where_it_matters(hop, spans)
            unsure = hop.whole[1] & ~hop.whole[0] & where
            found = unknown_in_hop(self.scene, move.step, hop, where) if unsure else set()
            if hop.spans is None:
                found.add(self.what_lasts(move.step.row.timing))
            self._open_questions[key] = found
        return found

    def where_it_matters(self, hop: HopTruth, spans: bool | None) -> int:
        """Where a hop must be known: on the event's days; of a past event, for a look-up that is possible today, today;
        where it is not known whether it waits, on both."""
        scene = self.scene
        waits = spans is not False and scene.past
        today = scene.grid.today & hop.whole[1] if waits else 0
        own = scene.coming if spans else self.days[False]
        return (today or self.days[spans]) | own

    def what_lasts(self, timing: str) -> Unknown:
        """What would tell whether a stay or a supervision goes on, where that is not known."""
        return self._stay if timing == "in_custody" else ON_SUPERVISION

    def standing_of_hop(self, hop: HopTruth, spans: bool | None) -> Standing:
        """The standing of a hop by itself: open where it surely runs wherever and whenever the event was.

        One that waits may run on a later day than the event, and need not run on every day; one of which it is not
        known whether it waits must be sure on the event's own day. What other hops leave of it the route says.
        """
        scene, (must, may) = self.scene, hop.whole
        if not may & self.days[spans]:
            return "closed"
        if spans and must:
            must = scene.grid.on_or_before(must & scene.since_event) & scene.past | must & scene.coming
        return "open" if must & scene.here == scene.here and not scene.is_blank else "undetermined"


def _assume(fact: str, yes: Truth, full: int) -> Supposed:
    return {("client", fact, "yes"): yes, ("client", fact, "no"): (full & ~yes[1], full & ~yes[0])}
