"""Conditions made fit to be judged for one kind of touchpoint.

Atoms on questions that this kind does not ask drop out: inside `any` they are absent (`any` of nothing is false),
inside
`all` they ask nothing (`all` and `not` of nothing are true), and an `all` or `not` left empty inside an `any` is absent
too: it never becomes a way to be true.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from clinic_mapper.casefile.dates import FIRST_DAY, LAST_DAY, first_day, last_day
from clinic_mapper.catalog.model import Condition
from clinic_mapper.routing.timeline import Truth


class Test:
    """A compiled condition. `form`: all, any, not, or an atom: fact, client, place, date, agreement, practice.
    Made by `test_of`: two that ask the same are one, so that what was found of the one need not be found again.

    `key` identifies an atom ((form, id, value)); `parts` are the conditions inside; `atoms` the keys of all atoms in
    it.
    """

    __slots__ = ("atoms", "form", "key", "parts")
    atoms: frozenset[tuple[object, ...]]
    form: str
    key: tuple[Any, ...]
    parts: tuple[Test, ...]

    def __init__(self, form: str, key: tuple[Any, ...] = (), parts: tuple[Test, ...] = ()) -> None:
        self.form = form
        self.key = key
        self.parts = parts
        inside: frozenset[tuple[object, ...]] = frozenset().union(*(part.atoms for part in parts))
        self.atoms = inside | {(form, *key)} if key else inside


@lru_cache(maxsize=1 << 15)
def test_of(form: str, key: tuple[Any, ...] = (), parts: tuple[Test, ...] = ()) -> Test:
    """The test that asks this."""
    return Test(form, key, parts)


ALWAYS = test_of("all", (), ())
NEVER = test_of("any", (), ())


def compile_condition(condition: Condition | None, asked: Callable[[str], bool]) -> Test:
    """The test a condition amounts to where `asked` says which questions exist.

    Raises:
        ValueError: the condition has no form: the catalog was not checked.
    """
    if condition is None:
        return ALWAYS
    test = _compiled(condition, asked)
    return ALWAYS if test is None else test


def compile_shown(condition: Condition | None, asked: Callable[[str], bool]) -> Test:
    """The test of what an answer shows. A question that is not asked shows nothing: it does not drop out."""
    return NEVER if condition is None else compile_condition(_without(condition, asked), lambda _: True)


def _without(condition: Condition, asked: Callable[[str], bool]) -> Condition:
    if condition.fact is not None and not asked(condition.fact):
        return Condition(any=())
    if condition.all is not None:
        return Condition(all=tuple(_without(part, asked) for part in condition.all))
    if condition.any is not None:
        return Condition(any=tuple(_without(part, asked) for part in condition.any))
    return condition


def _compiled(condition: Condition, asked: Callable[[str], bool]) -> Test | None:
    if condition.all is not None:
        return _all(condition.all, asked)
    if condition.any is not None:
        parts = [_compiled(part, asked) for part in condition.any]
        return test_of("any", (), tuple(part for part in parts if part is not None))
    if condition.not_ is not None:
        inner = _compiled(condition.not_, asked)
        return None if inner is None else test_of("not", (), (inner,))
    if condition.fact is not None:
        return test_of("fact", (condition.fact, condition.is_)) if asked(condition.fact) else None
    return _atom(condition)


def _all(conditions: tuple[Condition, ...], asked: Callable[[str], bool]) -> Test | None:
    parts = [_compiled(part, asked) for part in conditions]
    kept = tuple(part for part in parts if part is not None)
    if conditions and not kept:
        return None
    return kept[0] if len(kept) == 1 else test_of("all", (), kept)


def _atom(condition: Condition) -> Test:
    if condition.client is not None:
        return test_of("client", (condition.client, condition.is_))
    if condition.place is not None:
        return test_of("place", condition.place)
    if condition.date is not None:
        first = first_day(condition.date.from_) if condition.date.from_ else FIRST_DAY
        last = last_day(condition.date.until) if condition.date.until else LAST_DAY
        return test_of("date", (first, last))
    if condition.agreement is not None:
        return test_of("agreement", (condition.agreement,))
    if condition.practice is not None:
        return test_of("practice", (condition.practice,))
    raise ValueError("a condition without a form")


class Truths(dict[Test, Truth]):
    """Whether tests hold, three-valued (Kleene between atoms), in every world and segment at once: each is judged when
    somebody first asks for it. `leaf` says it of atoms."""

    __slots__ = ("_full", "_leaf")

    def __init__(self, leaf: Callable[[Test], Truth], full: int) -> None:
        self._leaf = leaf
        self._full = full

    def __missing__(self, test: Test) -> Truth:
        if test.key:
            must, may = self._leaf(test)
        elif test.form == "all":
            must = may = self._full
            for part in test.parts:
                part_must, part_may = self[part]
                must &= part_must
                may &= part_may
                if not may:
                    break
            must &= may
        elif test.form == "any":
            must = may = 0
            for part in test.parts:
                part_must, part_may = self[part]
                must |= part_must
                may |= part_may
                if must == self._full:
                    break
        elif test.form == "not":
            part_must, part_may = self[test.parts[0]]
            must, may = self._full ^ part_may, self._full ^ part_must
        else:
            must, may = self._leaf(test)  # a place among none
        found = self[test] = must, may
        return found

    def again(self, changed: str, now: Truths) -> Truths:
        """The same now that a question, practice or agreement has another answer: what does not read it stays."""
        return _TruthsAgain(self, changed, now)


class _TruthsAgain(Truths):
    __slots__ = ("_before", "_changed")

    def __init__(self, before: Truths, changed: str, now: Truths) -> None:
        super().__init__(now._leaf, now._full)
        self._before = before
        self._changed = changed

    def __missing__(self, test: Test) -> Truth:
        if any(atom[1] == self._changed for atom in test.atoms):
            return super().__missing__(test)
        found = self[test] = self._before[test]
        return found


class TruthsIf(Truths):
    """The same if some atoms had the given truth: what reads none of them stays."""

    __slots__ = ("_atoms", "_known")

    def __init__(self, given: Mapping[tuple[object, ...], Truth], known: Truths) -> None:
        super().__init__(self._given, known._full)
        self._known = known
        self._atoms = given

    def _given(self, atom: Test) -> Truth:
        return self._atoms[atom.form, *atom.key]

    def __missing__(self, test: Test) -> Truth:
        return self._known[test] if test.atoms.isdisjoint(self._atoms) else super().__missing__(test)


def left_by_place(test: Test) -> Test:
    """What of a test the place can rule out by itself: where it is false, no answer and no day makes the test true.
    `ALWAYS` where the place alone rules out nothing."""
    return _by_place(test, ALWAYS)


def shown_by_place(test: Test) -> Test:
    """What the place shows of a test by itself: where it is true, the test is, whatever else is so. `NEVER` where the
    place alone shows nothing."""
    return _by_place(test, NEVER)


@lru_cache(maxsize=1 << 15)
def _by_place(test: Test, other: Test) -> Test:
    """A test with `other`, which is `ALWAYS` or `NEVER`, for each atom that does not ask for a place."""
    if test.form == "not":
        return _negated(_by_place(test.parts[0], _negated(other)))
    if test.form in ("all", "any"):
        decides, says_nothing = (NEVER, ALWAYS) if test.form == "all" else (ALWAYS, NEVER)
        parts = [_by_place(part, other) for part in test.parts]
        return decides if decides in parts else test_of(test.form, (), tuple(p for p in parts if p is not says_nothing))
    return test if test.form == "place" else other


def _negated(test: Test) -> Test:
    opposite = {ALWAYS: NEVER, NEVER: ALWAYS}
    return opposite.get(test) or test_of("not", (), (test,))


@lru_cache(maxsize=1 << 15)
def can_ever_hold(test: Test) -> bool:
    """Whether a test may hold if nothing is known."""
    return bool(Truths(lambda _: (0, 1), 1)[test][1])


def support(test: Test, truths: Truths, where: int) -> list[tuple[Test, int]]:
    """The atoms that leave a test unknown in the given worlds and segments, each with those in which it does."""
    found: list[tuple[Test, int]] = []
    _add_support(found, test, truths, where)
    return found


def _add_support(found: list[tuple[Test, int]], test: Test, truths: Truths, where: int) -> None:
    must, may = truths[test]
    unknown = may & ~must & where
    if unknown and test.key:
        found.append((test, unknown))
    elif unknown:
        for part in test.parts:
            _add_support(found, part, truths, unknown)
