"""What leaves a step unknown: questions about contact and client, practices, what counsel must judge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from clinic_mapper.catalog.model import Condition
from clinic_mapper.routing.atoms import EVERYTHING_KNOWN
from clinic_mapper.routing.index import Step
from clinic_mapper.routing.law import NO_LAW, LawRead, given_by_law, unknown_in_law, unknown_in_mandates
from clinic_mapper.routing.model import Unknown
from clinic_mapper.routing.scene import Scene
from clinic_mapper.routing.timeline import Truth

if TYPE_CHECKING:
    from clinic_mapper.routing.verdict import HopTruth


class OpenQuestion(msgspec.Struct, frozen=True, gc=False):
    """What leaves a step unknown, and where. `own`: it is about the contact by itself; of another contact for which the
    step was found to be the same, it is about that one."""

    bits: int
    unknown: Unknown
    own: bool


def unknown_in_hop(scene: Scene, step: Step, hop: HopTruth, where: int) -> set[Unknown]:
    """What leaves a hop unknown on the given bits."""
    if hop.law is not NO_LAW:
        return _unknown_under_law(scene, step, hop, where)
    if hop.open is None:
        hop.open = tuple(_open_questions(scene, step, hop.conditions))
    contact = scene.touchpoint.id
    return {
        each.unknown
        if not each.own or each.unknown.touchpoint == contact
        else Unknown(kind=each.unknown.kind, id=each.unknown.id, touchpoint=contact)
        for each in hop.open
        if each.bits & where
    }


def _open_questions(scene: Scene, step: Step, conditions: Truth) -> list[OpenQuestion]:
    contact, unsure = scene.touchpoint.id, conditions[1] & ~conditions[0]
    found: list[OpenQuestion] = []
    for one in (step, *step.others):
        there = unsure & scene.alive(one) if step.others else unsure
        for atom, bits in scene.open_atoms(scene.when(one.row), there, {}):
            if (unknown := scene.unknown_of(atom)) is not None:
                found.append(OpenQuestion(bits, unknown, unknown.touchpoint == contact))
        if one.doubted or one.row.practice == "not_known_by_place":
            found += [OpenQuestion(bits, unknown, True) for bits, unknown in _doubts(scene, one, there, unsure)]
    return found


def _unknown_under_law(scene: Scene, step: Step, hop: HopTruth, where: int) -> set[Unknown]:
    alive = where & hop.conditions[1]
    found = unknown_in_law(scene, step, hop.law, alive & ~hop.law.shown)
    unsure = alive & ~hop.conditions[0]
    if unsure:
        for one, law in zip((step, *step.others), hop.laws, strict=True):
            there = unsure & scene.alive(one)
            found |= _unknown_in_condition(scene, one, law, there)
            found.update(unknown for bits, unknown in _doubts(scene, one, there & ~law.shown, unsure) if bits)
    if len({(law.bars, law.doubt) for law in hop.laws}) > 1:  # then it matters which of the two runs
        found |= _which_half(scene, step, alive & ~hop.whole[0])
    return found


def _which_half(scene: Scene, step: Step, where: int) -> set[Unknown]:
    """The client fact on which two steps part that are judged together, where it is not known."""
    shared = shared_client_fact([scene.when(one.row).atoms for one in (step, *step.others)])
    return set(scene.unknown_in(scene.test(f"split:{shared}", is_yes(shared)), where)) if shared else set()


def _unknown_in_condition(scene: Scene, step: Step, law: LawRead, where: int) -> set[Unknown]:
    """What a step turns on. A practice that a mandate may answer is asked with what the mandate turns on: either
    settles it."""
    given = given_by_law(scene, step, law, EVERYTHING_KNOWN) if law.answers or law.shown else {}
    found: set[Unknown] = set()
    for atom, there in scene.open_atoms(scene.when(step.row), where, given):
        if (unknown := scene.unknown_of(atom)) is not None:
            found.add(unknown)
        if given and (key := (atom.form, *atom.key)) in given:
            found |= unknown_in_mandates(scene, step, law, key, there)
    return found


def _doubts(scene: Scene, step: Step, there: int, unsure: int) -> Iterator[tuple[int, Unknown]]:
    """A practice that no place tells, where it is not known; what counsel must judge, wherever the step is unsure."""
    row, contact = step.row, scene.touchpoint.id
    if row.practice == "not_known_by_place":
        must, may = scene.practice(row.id)
        yield may & ~must & there, Unknown(kind="practice", id=row.id, touchpoint=contact)
    if step.doubted:
        yield unsure, Unknown(kind="judge", id=row.id, touchpoint=contact)


def shared_client_fact(atoms: Sequence[frozenset[tuple[object, ...]]]) -> str | None:
    """The client fact that all of the steps read, one asking for yes and another for no."""
    facts = [{str(key[1]) for key in each if key[0] == "client"} for each in atoms]
    for fact in sorted(set.intersection(*facts)):
        if {("client", fact, "yes"), ("client", fact, "no")} <= frozenset[tuple[object, ...]]().union(*atoms):
            return fact
    return None


def is_yes(fact: str) -> Condition:
    """Whether a fact about the client is so."""
    return Condition(client=fact, is_="yes")
