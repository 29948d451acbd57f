"""The law on a hop: what it bars, what counsel must judge, what a mandate answers, and what is only printed beside
it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import and_, or_
from typing import Literal

import msgspec
from msgspec.structs import replace

from clinic_mapper.catalog.model import Exception_
from clinic_mapper.routing.atoms import EVERYTHING_KNOWN
from clinic_mapper.routing.conditions import Test, test_of
from clinic_mapper.routing.index import EVERYTHING, Law, Step
from clinic_mapper.routing.model import LawEffect, LawOnHop, Unknown
from clinic_mapper.routing.scene import Scene
from clinic_mapper.routing.setting import LawsHere, Texts
from clinic_mapper.routing.timeline import Truth

AGREEMENT = "agreement-287g"
"""Texts that save an item never save this work itself."""


class Holding(msgspec.Struct, frozen=True, gc=False):
    """What a record holds: items that are surely in it and items that may be."""

    must: int
    may: int

    def surely_meets(self, step: Step, without: int = 0) -> bool:
        """Whether the step's needs are surely met, once some items are taken out."""
        return meets(self.must & ~without, step)

    def possibly_meets(self, step: Step, without: int = 0) -> bool:
        """Whether they may be."""
        return meets(self.may & ~without, step)


def meets(held: int, step: Step) -> bool:
    """Whether items meet the step's needs."""
    return held & step.need_all == step.need_all and (not step.need_any or bool(held & step.need_any))


class LawRead(msgspec.Struct, frozen=True, gc=False):
    """The law on one hop, bit by bit. `bars`: closed by law. `doubt`: counsel must judge. `answers`: atoms a mandate
    settles.

    `rows`: each restriction with the bits on which it surely / possibly speaks, for printing. `shown`: where an answer
    shows that the step happened, so that no bar and no doubt is left there.
    """

    bars: Truth
    doubt: int
    answers: dict[tuple[object, ...], Truth]
    rows: tuple[tuple[Law, Truth, LawEffect | Literal["silent"]], ...]
    shown: int = 0

    def leaves(self, conditions: Truth) -> Truth:
        """What this law leaves of a step whose conditions hold on the given bits."""
        if self is NO_LAW:
            return conditions
        return conditions[0] & ~self.bars[1] & ~self.doubt, conditions[1] & ~self.bars[0]


NO_LAW = LawRead(bars=(0, 0), doubt=0, answers={}, rows=())


def read_law(scene: Scene, step: Step, acting: LawsHere, holding: Holding, blind: str = EVERYTHING_KNOWN) -> LawRead:
    """The law on a hop of this touchpoint, given the laws that act on it here and what the sender holds."""
    if not acting and not step.row.shown_by:
        return NO_LAW
    shown = scene.shown(step.row, blind)
    if not acting:
        return replace(NO_LAW, shown=shown) if shown else NO_LAW
    reach = {law.row.id: _reach(scene, law, there, step, blind) for law, there in acting}
    bars_must = bars_may = doubt = 0
    answers: dict[tuple[object, ...], Truth] = {}
    rows: list[tuple[Law, Truth, LawEffect | Literal["silent"]]] = []
    for law, _ in acting:
        must, may = _after_yielding(law, reach)
        if not may:
            rows.append((law, reach[law.row.id], "yields" if reach[law.row.id][1] else "silent"))
            continue
        effect = law.row.effect_on_route
        if effect in ("close", "undetermined"):
            must, may = _where_it_bites(law, step, holding, (must, may))
        if effect == "close" and not law.contested:
            bars_must, bars_may = bars_must | must, bars_may | may
        elif effect in ("close", "undetermined"):
            doubt |= may
        elif effect == "practice_yes" and not law.contested:
            _add_answers(answers, law, (must, may))
        rows.append((law, (must, may), effect))
    kept = ~shown
    return LawRead((bars_must & kept, bars_may & kept), doubt & kept, answers, tuple(rows), shown)


def together(laws: Sequence[LawRead]) -> LawRead:
    """The law on steps of which one or the other runs: together they are barred where each of them is. What mandates
    answer is read of each by itself."""
    if all(law is NO_LAW for law in laws):
        return NO_LAW
    bars_must, bars_may = laws[0].bars
    for law in laws[1:]:
        bars_must, bars_may = bars_must & law.bars[0], bars_may | law.bars[1]
    rows: dict[tuple[str, str], tuple[Law, Truth, LawEffect | Literal["silent"]]] = {}
    for row, (must, may), effect in (each for law in laws for each in law.rows):
        _, before, _ = rows.get((row.row.id, effect), (row, (0, 0), effect))
        rows[row.row.id, effect] = row, (must | before[0], may | before[1]), effect
    doubt, shown = reduce(or_, (law.doubt for law in laws)), reduce(and_, (law.shown for law in laws))
    return LawRead((bars_must, bars_may), doubt, {}, tuple(rows.values()), shown)


def _reach(scene: Scene, law: Law, there: int, step: Step, blind: str) -> Truth:
    """Where a restriction speaks, of the worlds and days in which it acts: whom it is about, exceptions."""
    key = (law.row.id, step.row.mechanism, blind)
    found = scene.law_reach.get(key)
    if found is None:
        must, may = scene.judge(scene.about(law), blind)
        for exception in law.row.unless:
            lifted_must, lifted_may = _lifted(scene, exception, step, blind)
            must, may = must & ~lifted_may, may & ~lifted_must
        found = scene.law_reach[key] = must & there, may & there
    return found


def _lifted(scene: Scene, exception: Exception_, step: Step, blind: str) -> Truth:
    if exception.kind != "client" or exception.client is None:
        return 0, 0
    if exception.mechanisms and step.row.mechanism not in exception.mechanisms:
        return 0, 0
    return scene.judge(exception_test(exception), blind)


def exception_test(exception: Exception_) -> Test:
    """The question about the client that lifts a bar, as a test."""
    return test_of("client", (exception.client, exception.is_ or "yes"))


def _after_yielding(law: Law, reach: dict[str, Truth]) -> Truth:
    must, may = reach[law.row.id]
    for name in law.row.yields_to:
        beaten_must, beaten_may = reach.get(name, (0, 0))
        must, may = must & ~beaten_may, may & ~beaten_must
    return must, may


def _where_it_bites(law: Law, step: Step, holding: Holding, reach: Truth) -> Truth:
    """A law closes a hop only if what it leaves no longer meets the hop's needs."""
    takes = _taken(law, step)
    if takes == EVERYTHING:
        return reach
    if holding.surely_meets(step, takes):
        return 0, 0
    return (0, reach[1]) if holding.possibly_meets(step, takes) else reach


def _taken(law: Law, step: Step) -> int:
    return law.names if step.row.mechanism == AGREEMENT else law.takes


def left_in_doubt(law: Law, step: Step, holding: Holding) -> int:
    """The items that a law takes out where it is open whether what it leaves still meets the needs of a step."""
    takes = _taken(law, step)
    if takes == EVERYTHING or holding.surely_meets(step, takes):
        return 0
    return takes if holding.possibly_meets(step, takes) else 0


def can_bar(effect: str) -> bool:
    """Whether a law with this effect can close a step, for sure or in counsel's judgment."""
    return effect in ("close", "undetermined")


def _add_answers(answers: dict[tuple[object, ...], Truth], law: Law, reach: Truth) -> None:
    for key in answered_by(law):
        before = answers.get(key, (0, 0))
        answers[key] = before[0] | reach[0], before[1] | reach[1]


def answered_by(law: Law) -> Iterator[tuple[object, ...]]:
    """The atoms that a mandate answers. Some model of agreement, unknown which, settles no one model."""
    for answer in law.row.answers:
        if answer.practice:
            yield "practice", answer.practice
        elif answer.agreement and answer.agreement != "any":
            yield "agreement", answer.agreement


def given_by_law(scene: Scene, step: Step, law: LawRead, blind: str) -> dict[tuple[object, ...], Truth]:
    """Practice atoms of a step as its law leaves them: yes where a mandate speaks and nothing else is known of this
    agency, and yes, whatever is known of it, where an answer shows that the step happened."""
    given = {}
    for key, (must, _) in law.answers.items():
        own_must, own_may = scene.judge(test_of(str(key[0]), key[1:]), blind)
        given[key] = own_must | must & own_may, own_may
    for key in scene.when(step.row).atoms if law.shown else ():
        if key[0] in ("practice", "agreement"):
            own_must, own_may = given.get(key) or scene.judge(test_of(str(key[0]), key[1:]), blind)
            given[key] = own_must | law.shown, own_may | law.shown
    return given


def law_on_hop(scene: Scene, texts: Texts, law: LawRead, where: int, shown: int = 0) -> tuple[LawOnHop, ...]:
    """The restrictions that speak to a hop on the given bits, as people read them; sorted by what they do, then by
    id. `texts`: those only shown beside it; `shown`: where an answer shows that the hop happened."""
    beside = texts.told if texts.throughout & where else _beside_there(scene, texts, where)
    if not law.rows:
        return beside
    found = []
    for row, (must, may), effect in law.rows:
        there = scene.setting.of_law(row) & where
        if effect == "silent":
            if _is_lifted(scene, row, there):
                found.append(_told(scene, row, "lifted", where))
        elif may & where:
            does = _bars(row, must & where, shown) if effect == "close" else effect
            found.append(_told(scene, row, does, where, if_client=does == "practice_yes" and not must & where))
    if len(found) > 1:
        found.sort(key=lambda told: (_EFFECTS.index(told.does), told.id))
    return (*found, *beside)


_EFFECTS = ("broken", "close", "undetermined", "practice_yes", "lifted", "yields")


def _beside_there(scene: Scene, texts: Texts, where: int) -> tuple[LawOnHop, ...]:
    """The same for all steps of a contact beside which these texts are shown."""
    found = scene.beside.get((texts, where))
    if found is None:
        found = scene.beside[texts, where] = tuple(_beside(scene, texts.laws, where))
    return found


def _beside(scene: Scene, laws: LawsHere, where: int) -> Iterator[LawOnHop]:
    """Texts that are only shown, without those that are surely not about this client."""
    for law, speaks in laws:
        there = speaks & where
        if there and law.row.client_if is None and scene.grid.rows == 1:
            yield law.beside
        elif there:
            must, may = scene.judge(scene.about(law))
            if may & there:
                yield _told(scene, law, "show", where, if_client=not must & there)


def _bars(law: Law, must: int, shown: int) -> LawEffect:
    """What a bar does where it surely speaks: in doubt it is for counsel."""
    if law.contested or not must:
        return "undetermined"
    return "close" if must & ~shown else "broken"


def _is_lifted(scene: Scene, law: Law, here: int) -> bool:
    exceptions = (each for each in law.row.unless if each.kind == "client" and each.client)
    return bool(here) and any(scene.judge(exception_test(each))[0] & here for each in exceptions)


def _told(scene: Scene, law: Law, does: LawEffect, where: int, if_client: bool = False) -> LawOnHop:
    """A law as people are told of it; in some of the places that it could be, it may not speak at all."""
    about = scene.about(law)
    if_place = law.row.jurisdiction if where & ~scene.setting.reach_of(law, about) else ""
    kept = scene.index.told
    key = (law.row.id, does, if_place, if_client)
    if key not in kept:
        unsure = bool(if_place) or if_client
        kept[key] = replace(
            law.beside,
            effect="perhaps" if unsure else does,
            would=does if unsure else None,
            if_place=if_place,
            if_client=if_client,
        )
    return kept[key]


def unknown_in_law(scene: Scene, step: Step, law: LawRead, where: int) -> set[Unknown]:
    """What leaves the bars on a hop unknown: exceptions about the client, whom they are about, what counsel must
    judge."""
    found: set[Unknown] = set()
    for row, (must, may), effect in law.rows:
        if effect not in ("close", "undetermined") or not may & where:
            continue
        if row.contested or effect == "undetermined":
            found.add(Unknown(kind="judge", id=row.row.id, touchpoint=scene.touchpoint.id))
        if may & ~must & where:
            found |= _unsure_of(scene, step, law, row, may & where)
    return found


def unknown_in_mandates(
    scene: Scene, step: Step, law: LawRead, practice: tuple[object, ...], where: int
) -> set[Unknown]:
    """What leaves it unknown whether a mandate answers a practice that is not known of this agency."""
    found: set[Unknown] = set()
    for row, (must, may), effect in law.rows:
        unsure = may & ~must & where
        if effect == "practice_yes" and not row.contested and unsure and practice in answered_by(row):
            found |= _unsure_of(scene, step, law, row, unsure)
    return found


def _unsure_of(scene: Scene, step: Step, law: LawRead, row: Law, where: int) -> set[Unknown]:
    """What leaves it unknown whether a row acts: whom it is about, its exceptions, the same of rows that beat it."""
    found: set[Unknown] = set()
    beating = (other for other, _, _ in law.rows if other.row.id in row.row.yields_to)
    for each in (row, *beating):
        here = where & scene.setting.of_law(each)
        found.update(scene.unknown_in(scene.about(each), here))
        for exception in each.row.unless:
            if exception.kind == "client" and exception.client and _concerns(exception, step):
                found.update(scene.unknown_in(exception_test(exception), here))
    return found


def _concerns(exception: Exception_, step: Step) -> bool:
    return not exception.mechanisms or step.row.mechanism in exception.mechanisms
