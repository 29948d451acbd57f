"""Why a route stands as it does, as a tree: each step, what it rests on, who told it, the law on it, its sources.

Nothing is judged here: records, steps and law are taken from the walk and the judge that made the map, so that what is
explained cannot differ from what the map says. Pure; the same matter, catalog and day give the same explanation.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.catalog.vocabulary import CONFIDENCES, MODES
from clinic_mapper.routing.atoms import EVERYTHING_KNOWN
from clinic_mapper.routing.chain import Chain
from clinic_mapper.routing.conditions import test_of
from clinic_mapper.routing.engine import hop_of
from clinic_mapper.routing.explanation import (
    Explanation,
    Ground,
    HopWhy,
    ItemsWhy,
    RecordWhy,
    TenseWhy,
    Told,
    Weakest,
)
from clinic_mapper.routing.grounds import Scales, Weighed
from clinic_mapper.routing.index import BESIDES_IDENTITY, Law, Step, items
from clinic_mapper.routing.law import LawRead, given_by_law, left_in_doubt
from clinic_mapper.routing.law_why import bars, laws_of, mandates, shown_by
from clinic_mapper.routing.lines import TENSES
from clinic_mapper.routing.model import STANDINGS, Standing, Unknown
from clinic_mapper.routing.reading import Reading, Walked
from clinic_mapper.routing.recorded import Recorded
from clinic_mapper.routing.told_by import client_told
from clinic_mapper.routing.verdict import HopTruth, Verdict
from clinic_mapper.routing.walk import Path, unknown_items
from clinic_mapper.routing.ways import Move

_ASKED_OF_A_STAY = {"in_custody": "in-custody", "on_supervision": "on-supervision-now"}


def explain(route: str, matter: Matter, catalog: Catalog, today: date) -> Explanation | None:
    """Why the route with this id stands as it does today; None where the matter has no such route."""
    return explain_read(route, Reading(matter, catalog, today))


def explain_read(route: str, reading: Reading) -> Explanation | None:
    """The same for a matter that is read already."""
    touchpoint, _, fingerprint = route.rpartition(".")
    own = next((each for each in reading.touchpoints if each.id == touchpoint), None)
    if own is None:
        return None
    walked = reading.walked(own)
    same = [each for each in walked.verdicts if each[0].way.chain.fingerprint == fingerprint]
    if not same:
        return None
    path, verdict = min(same, key=_strongest)  # two records in one system: the stronger is told
    return _Explainer(reading, walked, path, verdict).explanation()


def _strongest(found: tuple[Path, Verdict]) -> tuple[int, int]:
    return STANDINGS.index(found[1].standing), TENSES.index(found[1].tense)


class _Explainer:
    """Explains one path with its verdict."""

    def __init__(self, reading: Reading, walked: Walked, path: Path, verdict: Verdict) -> None:
        self.walked, self.path, self.verdict = walked, path, verdict
        self.scene, self.judge = walked.scene, walked.judge
        self.scales = Scales(walked.scene, reading.matter)
        self.here = self.scene.here

    def explanation(self) -> Explanation:
        own, path, verdict = self.scene.touchpoint.id, self.path, self.verdict
        chain = path.way.chain
        record = self._record()
        hops = tuple(map(self._hop, path.way.moves, verdict.hops, verdict.spans))
        return Explanation(
            route=f"{own}.{chain.fingerprint}",
            line=f"{own}:{chain.mechanism}",
            touchpoint=own,
            mechanism=chain.mechanism,
            standing=verdict.standing,
            closed_by=verdict.closed_by,
            record=record,
            hops=hops,
            whole=tuple(self._whole(record, hops)),
            tense=self._tense(),
            weakest=self._weakest(chain),
            unknown=tuple(sorted(verdict.unknown)),
            cites=chain.cites,
        )

    def _record(self) -> RecordWhy:
        record, scene, scales = self.path.record, self.scene, self.scales
        own = Unknown(kind="judge", id=record.system, touchpoint=scene.touchpoint.id)
        judged = record.made.row.judge
        to_judge = Weighed(form="judge", truth=scales.open, id=record.system, unknown=own) if judged else None
        weighed = scales.all_of(scales.condition(record.made.test), to_judge)
        standing = self._standing(record.truth)
        return RecordWhy(
            system=record.system,
            standing=standing,
            data=items(record.holding.must),
            ground=scales.ground(weighed, self.here, _focus(weighed.truth, standing, self.here)),
            judged=tuple(self._items(record.made)),
        )

    def _items(self, made: Recorded) -> Iterator[ItemsWhy]:
        for added, test in made.parts:
            yield ItemsWhy(items=items(added), ground=self.scales.ground(self.scales.condition(test), self.here, 0))

    def _standing(self, truth: tuple[int, int]) -> Standing:
        """Never closed: where a record surely does not exist, no route begins."""
        return "open" if truth[0] & self.here == self.here else "undetermined"

    def _hop(self, move: Move, truth: HopTruth, spans: bool | None) -> HopWhy:
        step, days, hop = move.step, self.judge.days[spans], hop_of(self.walked, move, truth, spans)
        where = self.judge.where_it_matters(truth, spans) if hop.standing == "undetermined" else days
        weighed = self._weighed(move, truth, days)
        return HopWhy(
            hop=hop,
            ground=self.scales.ground(weighed, days, _focus(truth.whole, hop.standing, where)),
            waits=self._waits(step, truth),
            law=laws_of(self.scales, step, truth.law, hop.law, days),
            cites=tuple((cite.source, cite.at) for cite in step.row.cites),
        )

    def _weighed(self, move: Move, truth: HopTruth, days: int) -> Weighed:
        """All that a step rests on. Its truth is what the judge found."""
        step, scales = move.step, self.scales
        halves = [self._half(*each) for each in zip((step, *step.others), truth.laws, strict=True)]
        own = halves[0]
        if step.others:
            own = Weighed(form="either", truth=truth.conditions, id=step.row.id, parts=tuple(halves))
        barred = bars(scales, step, truth.law, days, partial(self._left_open, move))
        together = scales.all_of(self._needs(move), own, *barred)
        return Weighed(form="all", truth=truth.whole, parts=together.parts)

    def _half(self, step: Step, law: LawRead) -> Weighed:
        scene, scales, row = self.scene, self.scales, step.row
        given = given_by_law(scene, step, law, EVERYTHING_KNOWN) if law.answers or law.shown else {}
        test = scene.when(row)
        return scales.all_of(scales.condition(test, given, mandates(scales, step, law)), *self._own(step, law))

    def _own(self, step: Step, law: LawRead) -> Iterator[Weighed]:
        """What a flow asks besides its condition: its own days, a practice that no place tells, doubts of the row."""
        scene, scales, row = self.scene, self.scales, step.row
        contact = scene.touchpoint.id
        if row.since or row.until:
            alive = scene.days(step.first, step.last)
            told = (Told(kind="date", value=scene.touchpoint.when, touchpoint=contact),)
            yield Weighed(
                form="days", truth=(alive, alive), id=row.id, first=row.since or "", last=row.until or "", told=told
            )
        if row.practice == "not_known_by_place":
            must, may = scene.practice(row.id)
            own: tuple[object, ...] = ("practice", row.id)
            given, shown = {own: (must | law.shown, may | law.shown)}, {own: shown_by(scales, step, law)}
            yield scales.condition(test_of("practice", (row.id,)), given, shown)
        if row.judge or row.confidence == "inferred":
            form = "judge" if row.judge else "inferred"
            judged = Unknown(kind="judge", id=row.id, touchpoint=contact)
            yield Weighed(form=form, truth=scales.open, id=row.id, unknown=judged)  # type: ignore[arg-type]

    def _needs(self, move: Move) -> Weighed:
        step, held = move.step, move.held
        wanted = (step.need_all | step.need_any or BESIDES_IDENTITY) & held.may
        return Weighed(
            form="needs",
            truth=self.scales.always if move.met else self.scales.open,
            id=step.row.id,
            names=items(wanted),
            parts=self.scales.open_questions(sorted(unknown_items(self.path, held, step))),
        )

    def _left_open(self, move: Move, law: Law) -> tuple[Weighed, ...]:
        """What leaves it open whether the items that a law leaves meet the needs of a step."""
        found: set[Unknown] = set()
        for one in (move.step, *move.step.others):
            if taken := left_in_doubt(law, one, move.held):
                found |= unknown_items(self.path, move.held, one, taken)
        return self.scales.open_questions(sorted(found))

    def _waits(self, step: Step, truth: HopTruth) -> Ground:
        fact = _ASKED_OF_A_STAY.get(step.row.timing, "")
        return Ground(
            form="waits",
            outcome="unknown" if truth.spans is None else "yes" if truth.spans else "no",
            decides=truth.spans is None and not self.judge.is_shown(truth),
            id=fact,
            value=step.row.timing,
            told=tuple(client_told(self.scene, self.scales.matter, fact)) if fact else (),
            unknown=self.judge.what_lasts(step.row.timing) if truth.spans is None else None,
        )

    def _whole(self, record: RecordWhy, hops: tuple[HopWhy, ...]) -> Iterator[Ground]:
        """What no single step rests on: that something is known at all, day and place, that the steps can follow."""
        own = self.scene.touchpoint
        if self.scene.is_blank and self.verdict.standing == "undetermined":
            nothing = Unknown(kind="date", id="", touchpoint=own.id)
            yield Ground(form="blank", outcome="unknown", decides=True, unknown=nothing)
        for kind in ("date", "place"):
            unknown = Unknown(kind=kind, id="", touchpoint=own.id)
            if unknown in self.verdict.unknown:
                told = (Told(kind=kind, value=own.when if kind == "date" else "", touchpoint=own.id),)
                yield Ground(form=kind, outcome="unknown", decides=True, told=told, unknown=unknown)
        alone = max((record.standing, *(each.hop.standing for each in hops)), key=STANDINGS.index)
        if alone != self.verdict.standing and not self.scene.is_blank:
            closed = self.verdict.standing == "closed"
            yield Ground(form="order", outcome="no" if closed else "unknown", decides=True)

    def _tense(self) -> TenseWhy:
        verdict, way, tense = self.verdict, self.path.way, self.verdict.tense
        if not self.scene.past:
            return TenseWhy(tense=tense, because="to_come")
        if not way.moves:
            return TenseWhy(tense=tense, because="held")
        if self.judge.is_shown(verdict.hops[-1]):
            return TenseWhy(tense=tense, because="shown", hop=len(way.moves))
        if way.looked_up:
            return self._looked_up()
        stays = bool(verdict.hops[-1].spans)
        hop = len(way.moves)
        if way.moves[-1].step.found:
            return TenseWhy(tense=tense, because="stay_found" if stays else "looked_up_then", hop=hop)
        return TenseWhy(tense=tense, because="stay_sent" if stays else "at_event", hop=hop)

    def _looked_up(self) -> TenseWhy:
        tense, today = self.verdict.tense, self.scene.grid.today
        if tense == "within_reach":
            return TenseWhy(tense=tense, because="today")
        waiting = zip(self.verdict.hops, self.verdict.spans, strict=True)
        over = [number for number, (hop, spans) in enumerate(waiting, 1) if spans and not hop.whole[1] & today]
        return TenseWhy(tense=tense, because="over" if over else "in_doubt", hop=over[0] if over else 0)

    def _weakest(self, chain: Chain) -> Weakest:
        steps = [move.step for move in self.path.way.moves]
        if not steps:
            return Weakest(hop=0, mode=chain.mode, confidence=chain.confidence, as_of=chain.as_of)
        number, step = min(enumerate(steps, 1), key=lambda each: (-each[1].confidence, each[1].row.as_of, each[0]))
        return Weakest(hop=number, mode=MODES[step.mode], confidence=CONFIDENCES[step.confidence], as_of=step.row.as_of)


def _focus(truth: tuple[int, int], standing: Standing, where: int) -> int:
    """The bits on which a ground must be explained: those that make its standing what it is."""
    must, may = truth
    if standing == "open":
        return where & must
    return where & may & ~must or where
