"""Hops that follow one another, against every order of days tried one by one."""

from __future__ import annotations

from datetime import date
from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_mapper.casefile.dates import FIRST_DAY, LAST_DAY
from clinic_mapper.routing.following import POSSIBLY, SURELY, Following, Waits
from clinic_mapper.routing.timeline import Grid, Timeline

TODAY = date(2026, 11, 24).toordinal()
ROWS = 2
TIMELINE = Timeline([date(year, 1, 1).toordinal() for year in (2016, 2020, 2028)], TODAY)
GRID = Grid(TIMELINE, ROWS)
WIDTH, NOW = TIMELINE.width, TIMELINE.today
bits = st.integers(0, GRID.full)


def scene(past: int, coming: int) -> Any:
    """Only what is asked of it: the event's days, and those from the first of them to today."""
    first = next((day for day in range(NOW + 1) if past >> day & 1), NOW + 1)
    since = sum(1 << day for day in range(first, NOW + 1))
    whole = SimpleNamespace(grid=GRID, past=GRID.spread(past), coming=GRID.spread(coming))
    return SimpleNamespace(**vars(whole), since_event=GRID.spread(since))


def can_follow(hops: list[int], row: int, event: int, at_event: int, since: int, last: int | None) -> bool:
    """Whether some days, each on or after the one before it, let every hop run."""
    runs = [[day for day in range(WIDTH) if hop >> (row * WIDTH + day) & 1] for hop in hops]
    if event > NOW:
        return all(event in days for days in runs)
    at_once = all(event in days for days in runs[:at_event])
    later = [[day for day in days if since <= day <= NOW] for days in runs[at_event:]]
    if later and last is not None:
        later[-1] = [day for day in later[-1] if day == last]
    return at_once and any(list(days) == sorted(days) and (not days or days[0] >= event) for days in product(*later))


@given(
    st.lists(bits, min_size=1, max_size=3),
    st.integers(0, 3),
    st.integers(0, 2 ** (NOW + 1) - 1),
    st.integers(0, 2 ** (WIDTH - NOW - 1) - 1),
    st.booleans(),
)
def test_hops_can_follow_one_another_where_some_days_in_order_let_each_run(hops, at_event, past, coming, today):
    at_event = min(at_event, len(hops))
    today = today and at_event < len(hops)
    own = scene(past, coming << (NOW + 1))
    found = Following(own).chain([(0, hop) for hop in hops], POSSIBLY, at_event)
    assert found == Following(own).chain([(hop, GRID.full) for hop in hops], SURELY, at_event)
    if today:  # what a verdict rests on: where hops can follow one another at all, the last decides whether today
        found &= GRID.on_or_before(hops[-1] & GRID.today)
    since = next((day for day in range(WIDTH) if own.since_event >> day & 1), WIDTH)
    for row, event in product(range(ROWS), range(WIDTH)):
        bit = row * WIDTH + event
        if (own.past | (0 if today else own.coming)) >> bit & 1:
            expected = can_follow(hops, row, event, at_event, since, NOW if today else None)
            assert bool(found >> bit & 1) == expected, (row, event)


@pytest.mark.parametrize(
    ("lasts", "surely", "possibly", "spans"),
    [
        ([], 0, 0, ()),
        ([False, False], 2, 2, (False, False)),
        ([True], 0, 0, (True,)),
        ([False, True, False], 1, 1, (False, True, True)),
        ([None, False], 2, 0, (None, None)),
        ([False, None, True, False], 2, 1, (False, None, True, True)),
        ([False, None, None, False, True, None], 4, 1, (False, None, None, None, True, True)),
        ([True, None, False], 0, 0, (True, True, True)),
    ],
)
def test_from_the_first_hop_that_waits_all_wait(lasts, surely, possibly, spans):
    assert Waits.of(tuple(lasts)) == Waits(surely, possibly, spans)


# --- days and places as bits -----------------------------------------------------------------------------------------


def test_days_are_cut_wherever_something_begins_and_around_today():
    assert TIMELINE.starts == [
        FIRST_DAY, *(date(year, 1, 1).toordinal() for year in (2016, 2020)), TODAY, TODAY + 1,
        date(2028, 1, 1).toordinal(),
    ]  # fmt: skip
    assert (WIDTH, NOW) == (6, 3)
    edges = [FIRST_DAY - 1, FIRST_DAY, FIRST_DAY + 1, LAST_DAY, LAST_DAY + 1]
    assert Timeline(edges, TODAY).starts == [FIRST_DAY, FIRST_DAY + 1, TODAY, TODAY + 1, LAST_DAY]


@pytest.mark.parametrize(
    ("first", "last", "segments", "wholly"),
    [
        ("2016-01-01", "2016-01-01", [1], [1, 2, 3, 4, 5]),
        ("2015-12-31", "2016-01-01", [0, 1], [1, 2, 3, 4, 5]),
        ("2016-01-02", "2019-12-31", [1], [2, 3, 4, 5]),
        ("2016-01-02", "2026-11-24", [1, 2, 3], [2, 3, 4, 5]),
        ("2026-11-25", "2199-12-31", [4, 5], [4, 5]),
        ("2028-01-02", "2030-01-01", [5], []),
        ("2020-01-02", "2020-01-01", [], [3, 4, 5]),
    ],
)
def test_a_span_of_days_is_the_segments_that_it_touches_and_a_beginning_those_wholly_after_it(
    first, last, segments, wholly
):
    begins, ends = (date.fromisoformat(day).toordinal() for day in (first, last))
    assert TIMELINE.days(begins, ends) == sum(1 << number for number in segments)
    assert TIMELINE.wholly_from(begins) == sum(1 << number for number in wholly)


def test_a_day_before_all_days_is_in_the_first_segment():
    assert TIMELINE.segment(FIRST_DAY - 1) == TIMELINE.segment(FIRST_DAY) == 0


@given(st.integers(1, 5), st.data())
def test_a_grid_is_a_row_of_days_for_each_place(places, data):
    grid = Grid(TIMELINE, places)

    def rows_of(value: int) -> list[list[int]]:
        return [[day for day in range(WIDTH) if value >> (row * WIDTH + day) & 1] for row in range(places)]

    value = data.draw(st.integers(0, grid.full))
    rows, every = rows_of(value), list(range(WIDTH))
    assert rows_of(grid.on_or_before(value)) == [list(range(max(days) + 1)) if days else [] for days in rows]
    assert grid.rows_with(value) == sum(1 << number * WIDTH for number, days in enumerate(rows) if days)
    assert grid.days_with(value) == sum(1 << day for day in {day for days in rows for day in days})
    assert rows_of(grid.spread(value & ((1 << WIDTH) - 1))) == [rows[0]] * places
    assert (rows_of(grid.full), grid.full.bit_length()) == ([every] * places, places * WIDTH)
    assert rows_of(grid.row(places - 1)) == [[]] * (places - 1) + [every]
    assert rows_of(grid.today) == [[NOW]] * places
