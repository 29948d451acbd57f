"""What the place can rule out of a condition by itself: the same as the whole condition with all else unknown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_mapper.routing.conditions import ALWAYS, NEVER, Truths, left_by_place, shown_by_place
from clinic_mapper.routing.conditions import Test as Compiled
from clinic_mapper.routing.conditions import test_of as asking

WORLDS = (frozenset({"US"}), frozenset({"US", "CA"}), frozenset({"US", "NY"}), frozenset({"US", "NY", "NYC"}))
FULL = (1 << len(WORLDS)) - 1

CALIFORNIA, NEW_YORK = asking("place", ("CA",)), asking("place", ("NY",))
CITED = asking("fact", ("cited", "yes"))

atoms = st.one_of(
    st.sets(st.sampled_from(["US", "CA", "NY", "NYC"])).map(lambda names: asking("place", tuple(sorted(names)))),
    st.sampled_from([CITED, asking("practice", ("tells",)), asking("date", (1, 2))]),
)
tests = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: asking("all", (), tuple(parts))),
        st.lists(inner, max_size=3).map(lambda parts: asking("any", (), tuple(parts))),
        inner.map(lambda part: asking("not", (), (part,))),
    ),
    max_leaves=8,
)


def in_worlds(atom: Compiled) -> tuple[int, int]:
    if atom.form != "place":
        return 0, FULL
    there = sum(1 << number for number, world in enumerate(WORLDS) if not world.isdisjoint(atom.key))
    return there, there


def places_alone(atom: Compiled) -> tuple[int, int]:
    assert atom.form == "place", "something else than the place is asked for"
    return in_worlds(atom)


@given(tests)
def test_the_place_rules_out_what_is_false_there_with_all_else_unknown(test):
    must, may = Truths(in_worlds, FULL)[test]
    assert Truths(places_alone, FULL)[left_by_place(test)] == (may, may)
    assert Truths(places_alone, FULL)[shown_by_place(test)] == (must, must)


@pytest.mark.parametrize(
    ("test", "left"),
    [
        (CALIFORNIA, CALIFORNIA),
        (CITED, ALWAYS),
        (asking("all", (), (CITED, CALIFORNIA)), asking("all", (), (CALIFORNIA,))),
        (asking("any", (), (CITED, CALIFORNIA)), ALWAYS),
        (asking("any", (), (asking("all", (), (CITED, NEW_YORK)), CALIFORNIA)), None),
        (asking("not", (), (asking("all", (), (CITED, CALIFORNIA)),)), ALWAYS),
        (asking("not", (), (asking("any", (), (CITED, CALIFORNIA)),)), None),
        (NEVER, NEVER),
        (ALWAYS, ALWAYS),
    ],
)
def test_a_condition_that_no_place_can_rule_out_is_left_always(test, left):
    found = left_by_place(test)
    assert (found is ALWAYS) == (left is ALWAYS)
    assert left is None or found is left
