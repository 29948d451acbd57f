"""Which grounds decide: one bit at a time, those without which the whole would not be as it is marked."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from clinic_mapper.routing.explanation import Form, Ground
from clinic_mapper.routing.grounds import Scales, Weighed, from_day, outcome, until_day

TRUTHS = {"+": (1, 1), "?": (0, 1), "-": (0, 0)}


def weighed(form: Form, truth: str, parts: str = "") -> Weighed:
    """A ground with parts, on as many bits as `truth` has letters; parts apart by blanks."""
    must = may = 0
    for number, letter in enumerate(truth):
        bit_must, bit_may = TRUTHS[letter]
        must, may = must | bit_must << number, may | bit_may << number
    below = tuple(weighed("client", part) for part in parts.split())
    return Weighed(form=form, truth=(must, may), parts=below)


def explained(ground: Weighed, days: int, focus: int) -> Ground:
    return Scales.ground(Scales.__new__(Scales), ground, days, focus)


@pytest.mark.parametrize(
    ("form", "whole", "parts", "deciding"),
    [
        ("all", "+", "+ +", "!!"),
        ("all", "-", "- +", "!."),
        ("all", "-", "- ?", "!."),
        ("all", "-", "- -", "!!"),
        ("all", "?", "? +", "!."),
        ("any", "+", "+ -", "!."),
        ("any", "+", "+ ?", "!."),
        ("any", "-", "- -", "!!"),
        ("any", "?", "? -", "!."),
        ("either", "+", "+ -", "!."),
        ("either", "-", "- -", "!!"),
        ("either", "?", "? ?", "!!"),
        ("not", "+", "-", "!"),
        ("not", "-", "+", "!"),
        ("not", "?", "?", "!"),
        # The part of a bar, and of law that comes first, says that the law speaks.
        ("bar", "+", "-", "!"),
        ("bar", "-", "+", "!"),
        ("bar", "?", "?", "!"),
        ("bar", "+", "? -", ".!"),
        ("bar", "-", "+ ?", "!."),
        ("beaten", "+", "- +", "!."),
        ("beaten", "-", "+ -", "!."),
        # That of a practice, that something answers it with yes: where nothing does it is as it is known to be.
        ("practice", "+", "+ - ?", "!.."),
        ("practice", "-", "- -", ".."),
        ("practice", "?", "? -", "!."),
        ("agreement", "+", "+ -", "!."),
        ("agreement", "-", "-", "."),
        ("agreement", "?", "? -", "!."),
        ("shown", "+", "+ -", "!."),
        ("shown", "-", "-", "."),
        ("shown", "?", "?", "!"),
        ("needs", "+", "+ ?", "!."),
        ("needs", "-", "- +", "!."),
        ("needs", "?", "? +", "!."),
    ],
)
def test_a_part_decides_where_the_whole_is_so_because_of_it(form, whole, parts, deciding):
    found = explained(weighed(form, whole, parts), 1, 1)
    assert found.decides
    assert "".join("!" if part.decides else "." for part in found.parts) == deciding
    untold = explained(weighed(form, whole, parts), 1, 0)
    assert not untold.decides and not any(part.decides for part in untold.parts)


def test_a_ground_is_explained_on_the_bits_in_question_alone():
    """Open on the first day, failing on the second: each for a reason of its own."""
    both = weighed("all", "?-", "?+ +-")
    assert [part.decides for part in explained(both, 0b11, 0b01).parts] == [True, False]
    assert [part.decides for part in explained(both, 0b11, 0b10).parts] == [False, True]
    assert [part.decides for part in explained(both, 0b11, 0b11).parts] == [True, True]
    one_way = weighed("any", "+?", "+- -?")
    assert [part.decides for part in explained(one_way, 0b11, 0b01).parts] == [True, False]
    assert [part.decides for part in explained(one_way, 0b11, 0b10).parts] == [False, True]
    # Open on the whole, and in question where it is sure: it is not that which leaves it open.
    assert [explained(one_way, 0b11, bits).decides for bits in (0b01, 0b10)] == [False, True]


@pytest.mark.parametrize(
    ("truth", "days", "said"),
    [
        ("++", 0b11, "yes"),
        ("--", 0b11, "no"),
        ("+-", 0b11, "at_times"),
        ("+-", 0b01, "yes"),
        ("+-", 0b10, "no"),
        ("+?", 0b11, "unknown"),
        ("-?", 0b11, "unknown"),
        ("?+", 0b10, "yes"),
    ],
)
def test_a_truth_comes_to_one_word_over_the_days_that_count(truth, days, said):
    assert outcome(weighed("client", truth).truth, days) == said


@pytest.mark.parametrize("answering", ["mandate", "shown"])
def test_what_may_answer_a_practice_is_told_where_it_surely_does_and_left_out_where_it_cannot(answering):
    def practice(form: Form, truth: str) -> Weighed:
        part = Weighed(form=answering, truth=weighed("client", truth).truth, id="row")
        return Weighed(form=form, truth=(0, 0b11), parts=(part,))

    for form in ("practice", "agreement"):
        surely, on_one_day, perhaps, never = (
            explained(practice(form, truth), 0b11, 0b11) for truth in ("++", "+-", "??", "--")
        )
        assert [(each.kind, each.id, each.value, each.sure) for each in surely.told] == [
            (answering, "row", "yes", True)
        ]
        assert [each.sure for each in (*on_one_day.told, *explained(practice(form, "+?"), 0b11, 0).told)] == [False] * 2
        assert perhaps.told == () and [part.outcome for part in perhaps.parts] == ["unknown"]
        assert never.told == () and never.parts == ()
    elsewhere = explained(practice("any", "++"), 0b11, 0b11)
    assert elsewhere.told == () and len(elsewhere.parts) == 1


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        ("2018-01-01", "2018", "2018-01-01"),
        ("2018-05-01", "2018-05", "2018-05-01"),
        ("2018-05-02", "2018-05-02", "2018-05-02"),
        ("2018-05-30", "2018-05-30", "2018-05-30"),
        ("2018-05-31", "2018-05-31", "2018-05"),
        ("2018-12-31", "2018-12-31", "2018"),
    ],
)
def test_a_day_is_said_as_short_as_it_can_be(day, first, last):
    number = date.fromisoformat(day).toordinal()
    assert (from_day(number), until_day(number)) == (first, last)


@pytest.mark.parametrize("form", get_args(Form))
def test_what_joins_grounds_says_nothing_by_itself(form):
    leaf = Ground(form="client", outcome="yes", decides=True, id="listed")
    whole = Ground(form=form, outcome="yes", decides=True, parts=(leaf,))
    joins = form in ("all", "any", "not", "either")
    assert list(whole.leaves()) == ([leaf] if joins else [whole, leaf])
