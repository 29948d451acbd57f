"""Conditions made fit to be judged for one kind of touchpoint.

Atoms on questions that this kind does not ask drop out: inside `any` they are absent (`any` of nothing is false),
inside
`all` they ask nothing (`all` and `not` of nothing are true), and an `all` or `not` left empty inside an `any` is absent
too: it never becomes a way to be true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from clinic_mapper.casefile.dates import FIRST_DAY, LAST_DAY, first_day, last_day
from clinic_mapper.catalog.model import Condition
from clinic_mapper.routing.timeline import Truth


class Test:
    """A compiled condition. `form`: all, any, not, or an atom: fact, client, place, date, agreement, practice.

    `key` identifies an atom ((form, id, value)); `parts` are the conditions inside; `atoms` the keys of all atoms in
    it.
    """

    __slots__ = ("atoms", "form", "key", "parts")
    atoms: frozenset[tuple[object, ...]]
    form: str
    key: tuple[object, ...]
    parts: tuple[Test, ...]

    def __init__(self, form: str, key: tuple[object, ...] = (), parts: tuple[Test, ...] = ()) -> None:
        self.form = form
        self.key = key
        self.parts = parts
        inside: frozenset[tuple[object, ...]] = frozenset().union(*(part.atoms for part in parts))
        self.atoms = inside | {(form, *key)} if key else inside


ALWAYS = Test("all")
NEVER = Test("any")


def compile_condition(condition: Condition | None, asked: Callable[[str], bool]) -> Test:
    """The test a condition amounts to where `asked` says which questions exist.

    Raises:
        ValueError: the condition has no form: the catalog was not checked.
    """
    if condition is None:
        return ALWAYS
    test = _compiled(condition, asked)
    return ALWAYS if test is None else test


def _compiled(condition: Condition, asked: Callable[[str], bool]) -> Test | None:
    if condition.all is not None:
        return _all(condition.all, asked)
    if condition.any is not None:
        parts = [_compiled(part, asked) for part in condition.any]
        return Test("any", parts=tuple(part for part in parts if part is not None))
    if condition.not_ is not None:
        inner = _compiled(condition.not_, asked)
        return None if inner is None else Test("not", parts=(inner,))
    if condition.fact is not None:
        return Test("fact", (condition.fact, condition.is_)) if asked(condition.fact) else None
    return _atom(condition)


def _all(conditions: tuple[Condition, ...], asked: Callable[[str], bool]) -> Test | None:
    parts = [_compiled(part, asked) for part in conditions]
    kept = tuple(part for part in parts if part is not None)
    if conditions and not kept:
        return None
    return kept[0] if len(kept) == 1 else Test("all", parts=kept)


def _atom(condition: Condition) -> Test:
    if condition.client is not None:
        return Test("client", (condition.client, condition.is_))
    if condition.place is not None:
        return Test("place", condition.place)
    if condition.date is not None:
        first = first_day(condition.date.from_) if condition.date.from_ else FIRST_DAY
        last = last_day(condition.date.until) if condition.date.until else LAST_DAY
        return Test("date", (first, last))
    if condition.agreement is not None:
        return Test("agreement", (condition.agreement,))
    if condition.practice is not None:
        return Test("practice", (condition.practice,))
    raise ValueError("a condition without a form")


def judge(test: Test, leaf: Callable[[Test], Truth], full: int) -> Truth:
    """Whether a test holds, three-valued (Kleene between atoms), in every world and segment at once."""
    if test.form == "all":
        must = may = full
        for part in test.parts:
            part_must, part_may = judge(part, leaf, full)
            must &= part_must
            may &= part_may
            if not may:
                break
        return must & may, may
    if test.form == "any":
        must = may = 0
        for part in test.parts:
            part_must, part_may = judge(part, leaf, full)
            must |= part_must
            may |= part_may
        return must, may
    if test.form == "not":
        must, may = judge(test.parts[0], leaf, full)
        return full & ~may, full & ~must
    return leaf(test)


def support(test: Test, leaf: Callable[[Test], Truth], full: int, where: int) -> Iterator[tuple[Test, int]]:
    """The atoms that leave a test unknown in the given worlds and segments, each with those in which it does."""
    must, may = judge(test, leaf, full)
    unknown = may & ~must & where
    if not unknown:
        return
    if not test.parts:
        if test.key:
            yield test, unknown
        return
    for part in test.parts:
        yield from support(part, leaf, full, unknown)
