"""Follow-ups: working days as the law counts them, what is due, and case files of before follow-ups."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_mapper.casefile.codec import decode_case, encode_case
from clinic_mapper.casefile.follow_ups import day_after, days_until, due_within, in_order, is_overdue
from clinic_mapper.casefile.model import FollowUp, Matter
from clinic_mapper.problem import Problem

TODAY = date(2026, 11, 26)
days = st.dates(date(2000, 1, 1), date(2100, 12, 31))
follow_ups = st.builds(
    FollowUp,
    id=st.just("f"),
    due=st.one_of(st.just(""), days.map(str), st.sampled_from(("2026", "2026-11", "2026-24", "../2020", "2027/.."))),
    state=st.sampled_from(("open", "done", "dropped")),
)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-11-26", 20, "2026-12-24"),  # Christmas is a day later, and Thanksgiving the first day itself
        ("2026-12-21", 5, "2026-12-29"),  # Christmas and a weekend
        ("2026-06-30", 3, "2026-07-06"),  # the Fourth of July is a Saturday and is kept on Friday
        ("2026-05-22", 1, "2026-05-26"),  # Memorial Day
        ("2027-12-30", 1, "2028-01-03"),  # New Year's Day 2028 is a Saturday, kept in the year before
        ("2021-12-30", 1, "2022-01-03"),
        ("2026-01-16", 1, "2026-01-20"),  # Martin Luther King's birthday
    ],
)
def test_working_days_pass_over_weekends_and_federal_holidays(start, days, end):
    assert day_after(date.fromisoformat(start), days, "working").isoformat() == end


@given(days, st.integers(1, 60))
def test_a_working_day_is_never_earlier_than_the_same_number_of_calendar_days(start, number):
    end = day_after(start, number, "working")
    assert end >= day_after(start, number, "calendar") == start + timedelta(days=number)
    assert end.weekday() < 5
    assert day_after(start, number + 1, "working") > end


def test_a_month_is_due_at_its_end_and_what_has_no_end_is_never_overdue():
    assert days_until("2026-11", TODAY) == 4
    assert days_until("2026-11-25", TODAY) == -1
    assert [days_until(text, TODAY) for text in ("", "../2020", "2020/..", "2020~", "nonsense")] == [None] * 5
    assert is_overdue(FollowUp(id="f1", due="2026-11-25"), TODAY)
    assert not is_overdue(FollowUp(id="f1", due="2026-11-25", state="done"), TODAY)


@given(st.lists(follow_ups, max_size=6))
def test_open_ones_stand_first_by_their_day_and_none_is_lost(found):
    found = [FollowUp(id=f"f{n}", due=each.due, state=each.state) for n, each in enumerate(found)]
    order = in_order(found)
    assert sorted(each.id for each in order) == sorted(each.id for each in found)
    states = [each.state == "open" for each in order]
    assert states == sorted(states, reverse=True)
    soon = due_within(found, TODAY, 14)
    assert all(each.state == "open" and days_until(each.due, TODAY) <= 14 for each in soon)
    left = [days_until(each.due, TODAY) for each in soon]
    assert left == sorted(left)


def test_a_case_file_of_before_follow_ups_still_reads_and_is_written_as_it_was():
    old = b'{\n  "schema": "clinic-mapper/case/1",\n  "code": "M-1",\n  "note": "as it was"\n}\n'
    assert decode_case(old) == Matter(code="M-1", note="as it was")
    assert encode_case(decode_case(old)) == old


@pytest.mark.parametrize(
    "follow_ups",
    [
        '[{"id": ""}]',
        '[{"id": "f1"}, {"id": "f1"}]',
        '[{"id": "f1", "due": "soon"}]',
        '[{"id": "f1", "sent": "2026-13-01"}]',
        '[{"id": "f1", "ended": " 2026"}]',
    ],
)
def test_a_follow_up_that_makes_no_sense_is_refused_in_a_sentence(follow_ups):
    with pytest.raises(Problem) as refused:
        decode_case(f'{{"code": "A", "follow_ups": {follow_ups}}}'.encode())
    assert refused.value.code == "case-invalid"
    assert "follow-up" in refused.value.sentence
