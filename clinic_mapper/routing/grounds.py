"""Conditions as trees of grounds: each judged by the scene, with what makes the whole as it is marked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from clinic_mapper.casefile.dates import FIRST_DAY, LAST_DAY, from_day, until_day
from clinic_mapper.casefile.model import Matter
from clinic_mapper.routing.conditions import Test, Truths
from clinic_mapper.routing.explanation import Form, Ground, Outcome, Told
from clinic_mapper.routing.model import Unknown
from clinic_mapper.routing.scene import Scene
from clinic_mapper.routing.timeline import Truth
from clinic_mapper.routing.told_by import told_of, told_of_unknown

Given = dict[tuple[object, ...], Truth]
"""Atoms whose truth does not come from the answers alone: practices that a mandate may answer."""
Mandates = dict[tuple[object, ...], tuple["Weighed", ...]]
"""By practice, the laws that may answer it."""


class Weighed(msgspec.Struct, frozen=True, kw_only=True):
    """A ground with the days and places, as bits, on which it surely / possibly holds. Fields as in `Ground`."""

    form: Form
    truth: Truth
    id: str = ""
    value: str = ""
    names: tuple[str, ...] = ()
    first: str = ""
    last: str = ""
    told: tuple[Told, ...] = ()
    unknown: Unknown | None = None
    parts: tuple[Weighed, ...] = ()


class Scales:
    """Weighs the conditions of one touchpoint. The truth of every ground is the scene's own."""

    def __init__(self, scene: Scene, matter: Matter) -> None:
        self.scene = scene
        self.matter = matter
        self.full = scene.grid.full
        self.always: Truth = (self.full, self.full)
        self.open: Truth = (0, self.full)

    def condition(self, test: Test, given: Given | None = None, mandates: Mandates | None = None) -> Weighed:
        """A compiled condition as a tree. `given`, `mandates`: what law says of practices."""
        given = given or {}

        def leaf(atom: Test) -> Truth:
            key = (atom.form, *atom.key)
            return given[key] if key in given else self.scene.judge(atom)

        truths = Truths(leaf, self.full)

        def tree(part: Test) -> Weighed:
            if part.form in ("all", "any", "not"):
                below = tuple(tree(each) for each in part.parts)
                return Weighed(form=part.form, truth=truths[part], parts=below)  # type: ignore[arg-type]
            return self._atom(part, truths[part], (mandates or {}).get((part.form, *part.key), ()))

        return tree(test)

    def _atom(self, atom: Test, truth: Truth, mandates: tuple[Weighed, ...]) -> Weighed:
        unknown = self.scene.unknown_of(atom)
        told = told_of(self.scene, self.matter, atom)
        names, first, last = _place_and_days(atom)
        words = [str(word) for word in atom.key] if atom.form not in ("place", "date") else []
        return Weighed(
            form=atom.form,  # type: ignore[arg-type]
            truth=truth,
            id=words[0] if words else "",
            value=words[1] if len(words) > 1 else "",
            names=names,
            first=first,
            last=last,
            told=told,
            unknown=unknown,
            parts=mandates,
        )

    def open_questions(self, unknowns: Iterable[Unknown]) -> tuple[Weighed, ...]:
        """Things that are not known, each as a ground by itself."""
        return tuple(
            Weighed(
                form="client" if _is_of_client(each) else each.kind,
                truth=self.open,
                id=each.id,
                told=told_of_unknown(self.scene, self.matter, each),
                unknown=each,
            )
            for each in unknowns
        )

    def all_of(self, *parts: Weighed | None) -> Weighed:
        """Parts that must hold together; what asks nothing is left out."""
        kept = tuple(part for part in parts if part is not None)
        must = may = self.full
        for part in kept:
            must, may = must & part.truth[0], may & part.truth[1]
        flat = tuple(each for part in kept for each in (part.parts if part.form == "all" else (part,)))
        return Weighed(form="all", truth=(must, may), parts=flat)

    def ground(self, weighed: Weighed, days: int, focus: int) -> Ground:
        """The tree as people read it: outcomes over `days`; `focus`: the bits on which it must be explained."""
        must, may = weighed.truth
        yes, no, unsure = focus & must, focus & ~may, focus & may & ~must
        parts = tuple(
            self.ground(part, days, _share(weighed.form, part.truth, yes, no, unsure))
            for part in weighed.parts
            if part.form not in _ANSWERING or part.truth[1] & days
        )
        answering = (
            part
            for part in weighed.parts
            if part.form in _ANSWERING and weighed.form in ("practice", "agreement") and part.truth[0] & days
        )
        found = outcome(weighed.truth, days)
        return Ground(
            form=weighed.form,
            outcome=found,
            decides=bool(unsure if found == "unknown" else focus),
            id=weighed.id,
            value=weighed.value,
            names=weighed.names,
            first=weighed.first,
            last=weighed.last,
            told=(*weighed.told, *(_answered(part, days) for part in answering)),
            unknown=weighed.unknown,
            parts=parts,
        )


_ANSWERING = ("mandate", "shown")
"""What can answer a practice besides those who know the agency."""


def _answered(part: Weighed, days: int) -> Told:
    kind: Literal["mandate", "shown"] = "shown" if part.form == "shown" else "mandate"
    return Told(kind=kind, id=part.id, value="yes", sure=part.truth[0] & days == days)


def outcome(truth: Truth, days: int) -> Outcome:
    """What a truth comes to over the bits that count."""
    must, may = truth[0] & days, truth[1] & days
    if must == days:
        return "yes"
    if not may:
        return "no"
    return "at_times" if must == may else "unknown"


def _share(form: Form, part: Truth, yes: int, no: int, unsure: int) -> int:
    """On which bits a part explains the whole, which holds on `yes`, fails on `no` and is open on `unsure`."""
    must, may = part
    open_here = unsure & may & ~must
    match form:
        case "not":
            return yes | no | open_here
        case "bar" | "beaten":  # its part says that the law speaks
            return yes & ~may | no & must | open_here
        case "practice" | "agreement" | "shown":  # its part says that a mandate, or an answer, answers it
            return yes & must | open_here
    return yes & must | no & ~may | open_here


def _place_and_days(atom: Test) -> tuple[tuple[str, ...], str, str]:
    if atom.form == "place":
        return tuple(str(name) for name in atom.key), "", ""
    if atom.form == "date":
        first, last = atom.key
        return (), "" if first <= FIRST_DAY else from_day(first), "" if last >= LAST_DAY else until_day(last)
    return (), "", ""


def _is_of_client(unknown: Unknown) -> bool:
    return not unknown.touchpoint and unknown.kind in ("fact", "date")
