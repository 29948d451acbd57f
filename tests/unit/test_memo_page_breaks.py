"""Where pages end: nothing lost, nothing too high, and no page almost empty where that can be had."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from clinic_mapper.memo.document import Run
from clinic_mapper.memo.draw_flow import Flow
from clinic_mapper.memo.draw_pieces import TextPiece
from clinic_mapper.memo.draw_text import RunningText, Style
from clinic_mapper.memo.fonts import letters
from clinic_mapper.memo.page_breaks import NEVER, pages_of

ROOM = 100.0


@dataclass
class OneRow:
    height: float = 10.0
    before: float = 0.0
    cost: float = 15.0
    again: float = 0.0


rows_of_any_kind = st.lists(
    st.builds(
        OneRow,
        st.floats(1, 60),
        st.floats(0, 12),
        st.sampled_from([0.0, 15.0, 60.0, NEVER]),
        st.sampled_from([0.0, 11.0]),
    ),
    max_size=120,
)


def high(rows: list[OneRow]) -> float:
    return rows[0].again + sum(row.before + row.height for row in rows) - rows[0].before


@given(rows_of_any_kind, st.booleans())
def test_every_row_stands_on_one_page_in_order_and_no_page_is_higher_than_its_room(rows, ends):
    pages = pages_of(rows, ROOM, ends=ends)
    assert [place for first, last in pages for place in range(first, last)] == list(range(len(rows)))
    for first, last in pages:
        assert high(rows[first:last]) <= ROOM + 0.02 or last - first == 1


@given(st.lists(st.integers(1, 9), min_size=1, max_size=30))
def test_what_stays_together_is_never_cut_where_it_fits_a_page(groups):
    rows = [OneRow(cost=NEVER if number else 10.0) for size in groups for number in range(size)]
    assert all(rows[first].cost < NEVER for first, _ in pages_of(rows, ROOM, ends=True))


@given(st.integers(1, 200))
def test_rows_alike_take_as_few_pages_as_they_can(number):
    assert len(pages_of([OneRow() for _ in range(number)], ROOM, ends=True)) == -(-number // 10)


@given(st.integers(11, 120))
def test_before_a_page_of_its_own_no_page_is_almost_empty(number):
    pages = pages_of([OneRow() for _ in range(number)], ROOM, ends=False)
    assert all(last - first >= 3 for first, last in pages)


def test_the_last_page_is_worth_turning_to():
    rows = [OneRow(height=2.0) for _ in range(104)]
    *_, (first, last) = pages_of(rows, ROOM, ends=True)
    assert last - first >= 7


def test_a_section_begins_on_a_new_page_rather_than_in_its_last_lines():
    rows = [OneRow(cost=0.0 if number in (9, 18) else 15.0) for number in range(25)]
    assert pages_of(rows, ROOM, ends=True) == [(0, 9), (9, 18), (18, 25)]


def test_more_than_a_page_that_nothing_may_cut_is_cut_all_the_same():
    pages = pages_of([OneRow(cost=NEVER) for _ in range(35)], ROOM, ends=True)
    assert len(pages) == 4 and all(last - first <= 10 for first, last in pages)


def test_a_head_that_is_drawn_once_more_takes_its_room():
    rows = [OneRow(again=20.0) for _ in range(20)]
    assert all(last - first <= 8 for first, last in pages_of(rows, ROOM, ends=True))


def test_no_rows_take_no_page():
    assert pages_of([], ROOM, ends=True) == []
    assert all(before[1] == after[0] for before, after in pairwise(pages_of([OneRow()] * 50, ROOM, ends=False)))


def test_no_entry_of_a_list_stands_alone_wherever_the_list_begins():
    letters()

    def line(words: str) -> TextPiece:
        return TextPiece(RunningText((Run(text=words),), Style(9, 10)), 400)

    for before in range(1, 24):
        for entries in range(2, 9):
            flow = Flow()
            for number in range(before):
                flow.put(line(f"Before {number}"))
            listed = [line(f"Entry {number}") for number in range(entries)]
            flow.put_list(listed)
            for first, last in pages_of(flow.rows, ROOM, ends=True):
                on_page = {row.piece for row in flow.rows[first:last]} & set(listed)
                assert len(on_page) != 1, (before, entries)


def test_a_heading_stays_with_what_it_is_about_wherever_it_stands():
    letters()
    for before in range(1, 24):
        flow = Flow()
        pieces = [TextPiece(RunningText((Run(text="words"),), Style(9, 10)), 400) for _ in range(before + 2)]
        for piece in pieces[:-1]:
            flow.put(piece)
        flow.tie()
        flow.put(pieces[-1])
        assert all(flow.rows[first].piece is not pieces[-1] for first, _ in pages_of(flow.rows, ROOM, ends=True))
