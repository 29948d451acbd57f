"""Conditions: what is not asked drops out, dates are decided together, the rest is Kleene's logic."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_mapper.casefile.dates import first_day
from clinic_mapper.catalog.model import Condition, DateSpan
from clinic_mapper.routing.conditions import Test as Compiled
from clinic_mapper.routing.conditions import Truths, compile_condition, support
from clinic_mapper.routing.timeline import Grid, Timeline

TRUE, FALSE, UNKNOWN = (1, 1), (0, 0), (0, 1)


def fact(name: str) -> Condition:
    return Condition(fact=name, is_="yes")


def every(*parts: Condition) -> Condition:
    return Condition(all=parts)


def any_of(*parts: Condition) -> Condition:
    return Condition(any=parts)


def none_of(part: Condition) -> Condition:
    return Condition(not_=part)


def judged(condition: Condition, asked: str, known: dict[str, bool | None]) -> tuple[int, int]:
    def leaf(atom: Compiled) -> tuple[int, int]:
        value = known.get(str(atom.key[0]))
        return UNKNOWN if value is None else (int(value), int(value))

    return Truths(leaf, 1)[compile_condition(condition, set(asked).__contains__)]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (fact("x"), TRUE),  # alone, it leaves no condition
        (every(fact("x")), TRUE),
        (every(fact("x"), fact("a")), FALSE),
        (any_of(fact("x")), FALSE),
        (none_of(fact("x")), TRUE),
        (any_of(none_of(fact("x"))), FALSE),  # never becomes a way to be true
        (any_of(every(fact("x"), fact("x"))), FALSE),
        (any_of(every(fact("x")), fact("a")), FALSE),
        (every(any_of(fact("x"))), FALSE),  # an atom that must not vanish inside an `all`
        (every(any_of(fact("x")), fact("a")), FALSE),
        (every(), TRUE),
        (any_of(), FALSE),
    ],
)
def test_a_question_that_is_not_asked_drops_out(condition, expected):
    assert judged(condition, asked="a", known={"a": False}) == expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (every(fact("t"), fact("u")), UNKNOWN),
        (every(fact("u"), fact("t")), UNKNOWN),
        (every(fact("u"), fact("f")), FALSE),
        (every(fact("f"), fact("u")), FALSE),
        (any_of(fact("t"), fact("u")), TRUE),
        (any_of(fact("f"), fact("u")), UNKNOWN),
        (any_of(fact("u"), fact("f")), UNKNOWN),
        (any_of(fact("u"), fact("t")), TRUE),
        (none_of(fact("u")), UNKNOWN),
        (none_of(fact("t")), FALSE),
    ],
)
def test_unknown_is_neither_true_nor_false(condition, expected):
    assert judged(condition, asked="tfu", known={"t": True, "f": False}) == expected


conditions = st.recursive(
    st.sampled_from("abc").map(fact),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: every(*parts)),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: any_of(*parts)),
        inner.map(none_of),
    ),
    max_leaves=6,
)
known_facts = st.fixed_dictionaries({name: st.sampled_from((True, False, None)) for name in "abc"})


@given(conditions, known_facts)
def test_what_is_sure_holds_whatever_the_unknown_turns_out_to_be(condition, known):
    must, may = judged(condition, "abc", known)
    open_ = [name for name in "abc" if known[name] is None]
    outcomes = {
        judged(condition, "abc", known | dict(zip(open_, values, strict=True)))[0]
        for values in product((True, False), repeat=len(open_))
    }
    assert not (must and 0 in outcomes)
    assert not (not may and 1 in outcomes)


@given(conditions, known_facts)
def test_an_unknown_outcome_names_something_unknown(condition, known):
    def leaf(atom: Compiled) -> tuple[int, int]:
        value = known[str(atom.key[0])]
        return UNKNOWN if value is None else (int(value), int(value))

    test = compile_condition(condition, lambda _: True)
    truths = Truths(leaf, 1)
    named = {str(atom.key[0]) for atom, _ in support(test, truths, 1)}
    assert all(known[name] is None for name in named)
    assert bool(named) == (truths[test] == UNKNOWN)


def days(first: str | None, last: str | None) -> Condition:
    return Condition(date=DateSpan(from_=first, until=last))


def test_dates_are_decided_together():
    """2011 or 2012 is surely before 2012 or after 2011, although neither is sure by itself."""
    edges = [first_day("2011"), first_day("2012"), first_day("2013")]
    grid = Grid(Timeline(edges, first_day("2020")), 1)
    here = grid.timeline.days(first_day("2011"), first_day("2013") - 1)

    def leaf(atom: Compiled) -> tuple[int, int]:
        first, last = (int(str(day)) for day in atom.key)
        return (grid.timeline.days(first, last),) * 2

    def holds(condition: Condition) -> bool | None:
        must, may = Truths(leaf, grid.full)[compile_condition(condition, lambda _: True)]
        return True if must & here == here else None if may & here else False

    assert holds(days(None, "2011")) is None
    assert holds(any_of(days(None, "2011"), days("2012", None))) is True
    assert holds(every(days(None, "2011"), days("2012", None))) is False


@given(st.integers(1, 4), st.integers(1, 12), st.data())
def test_on_or_before_fills_each_row_down_from_its_last_day(rows, width, data):
    timeline = Timeline([700_000 + step for step in range(width)], 800_000)
    grid = Grid(timeline, rows)
    bits = data.draw(st.integers(0, grid.full))
    filled = grid.on_or_before(bits)
    for row in range(rows):
        own = bits >> (row * grid.width) & ((1 << grid.width) - 1)
        expected = (1 << own.bit_length()) - 1
        assert filled >> (row * grid.width) & ((1 << grid.width) - 1) == expected
