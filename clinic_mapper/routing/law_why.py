"""The law on a step, explained: which key made a law speak, whom it is about, what could lift it or come first."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from clinic_mapper.catalog.model import Exception_
from clinic_mapper.routing.explanation import LawWhy
from clinic_mapper.routing.grounds import Mandates, Scales, Weighed
from clinic_mapper.routing.index import EVERYTHING, Law, Step, items
from clinic_mapper.routing.law import LawRead, answered_by, can_bar, exception_test
from clinic_mapper.routing.model import LawOnHop, Unknown

Left = Callable[[Law], tuple[Weighed, ...]]
"""What leaves it open whether the items that a law leaves of a record still do."""


def bars(scales: Scales, step: Step, law: LawRead, days: int, left: Left) -> tuple[Weighed, ...]:
    """Each law that bars the step, or may, on some of the days: the step runs where it does not, or where an answer
    shows that it happened all the same."""
    found = (_bar(scales, step, law, left, *row) for row in law.rows if can_bar(row[2]) and row[1][1] & days)
    return tuple(_unless_shown(bar, shown_by(scales, step, law)) for bar in found)


def _unless_shown(bar: Weighed, shown: tuple[Weighed, ...]) -> Weighed:
    if not shown:
        return bar
    must, may = bar.truth[0] | shown[0].truth[0], bar.truth[1] | shown[0].truth[1]
    return Weighed(form="any", truth=(must, may), parts=(*shown, bar))


def shown_by(scales: Scales, step: Step, law: LawRead) -> tuple[Weighed, ...]:
    """That an answer shows that the step happened, where one does."""
    if not law.shown:
        return ()
    told = scales.condition(scales.scene.index.shown_by(step.row, scales.scene.kind.id))
    return (Weighed(form="shown", truth=(law.shown, law.shown), id=step.row.id, parts=(told,)),)


def _bar(
    scales: Scales, step: Step, law: LawRead, left: Left, row: Law, truth: tuple[int, int], effect: str
) -> Weighed:
    full, (must, may) = scales.full, truth
    judged = row.contested or effect == "undetermined"
    return Weighed(
        form="bar",
        truth=(full & ~may, full if judged else full & ~must),
        id=row.row.id,
        unknown=Unknown(kind="judge", id=row.row.id, touchpoint=scales.scene.touchpoint.id) if judged else None,
        parts=(*_kept(speaks(scales, step, law, row)), *left(row)),
    )


def speaks(scales: Scales, step: Step, law: LawRead, row: Law) -> Weighed:
    """What a law's speaking to a step rests on, besides place and days: the client, exceptions, law that beats it."""
    return scales.all_of(_by_itself(scales, step, row), *(_beaten(scales, step, each) for each in _beating(law, row)))


def _by_itself(scales: Scales, step: Step, row: Law) -> Weighed:
    """Whom a law is about, and its exceptions. A law beats another wherever it speaks by itself, whatever beats it."""
    about = scales.condition(scales.scene.about(row))
    excepted = (scales.condition(exception_test(each)) for each in row.row.unless if _concerns(each, step))
    lifted = [Weighed(form="not", truth=_turned(scales, each), parts=(each,)) for each in excepted]
    return scales.all_of(about, *lifted)


def _concerns(exception: Exception_, step: Step) -> bool:
    """Whether an exception is about the client and speaks of the step's mechanism."""
    if exception.kind != "client" or exception.client is None:
        return False
    return not exception.mechanisms or step.row.mechanism in exception.mechanisms


def _beating(law: LawRead, row: Law) -> Iterator[Law]:
    return (other for other, _, _ in law.rows if other.row.id in row.row.yields_to)


def _beaten(scales: Scales, step: Step, other: Law) -> Weighed:
    scene, only = scales.scene, _by_itself(scales, step, other)
    there = scene.setting.of_law(other)
    truth = scales.full & ~(only.truth[1] & there), scales.full & ~(only.truth[0] & there)
    return Weighed(form="beaten", truth=truth, id=other.row.id, parts=_kept(only))


def _kept(ground: Weighed) -> tuple[Weighed, ...]:
    return (ground,) if ground.parts else ()


def _turned(scales: Scales, ground: Weighed) -> tuple[int, int]:
    return scales.full & ~ground.truth[1], scales.full & ~ground.truth[0]


def mandates(scales: Scales, step: Step, law: LawRead) -> Mandates:
    """What may answer a practice besides those who know the agency: a law, an answer that shows that the step happened.
    By what they answer; a contested law answers nothing."""
    found: Mandates = {}
    for row, truth, effect in law.rows:
        if effect != "practice_yes" or row.contested:
            continue
        said = Weighed(form="mandate", truth=truth, id=row.row.id, parts=_kept(speaks(scales, step, law, row)))
        for key in answered_by(row):
            found[key] = (*found.get(key, ()), said)
    for atom in scales.scene.when(step.row).atoms if law.shown else ():
        if atom[0] in ("practice", "agreement"):
            found[atom] = (*found.get(atom, ()), *shown_by(scales, step, law))
    return found


def laws_of(scales: Scales, step: Step, law: LawRead, told: tuple[LawOnHop, ...], days: int) -> tuple[LawWhy, ...]:
    """Each law that speaks to a step, with the keys by which it does."""
    halves = (step, *step.others)
    return tuple(_law(scales, halves, law, each, days) for each in told)


def _law(scales: Scales, halves: tuple[Step, ...], law: LawRead, told: LawOnHop, days: int) -> LawWhy:
    step, row = next((one, each) for one in halves for each in (*one.laws, *one.shown) if each.row.id == told.id)
    systems = scales.scene.index
    sender, receiver = systems.system(step.row.from_), systems.system(step.row.to)
    by = "flow" if step.row.id in row.row.flows else "mechanism" if row.row.mechanisms else "neither"
    only = speaks(scales, step, law, row) if row.acts else None
    return LawWhy(
        law=told,
        by=by,  # type: ignore[arg-type]
        binds=tuple(sorted(set(row.row.binds) & set(sender.bound_as))),
        recipients=tuple(sorted(set(row.row.recipients) & set(receiver.received_as))),
        items=items(row.takes) if row.takes != EVERYTHING else (),
        grounds=tuple(scales.ground(part, days, 0) for part in only.parts) if only else (),
    )
