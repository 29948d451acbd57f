"""The tree of lines keeps Qt's laws, and a row stays the same row while its key lives."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from clinic_mapper.ui.map_model import MapModel
from clinic_mapper.ui.map_rows import Row, line_key, rows_of
from tests.gui.map_examples import BARRED, PRINTED, PRINTS, example_catalog, example_map, example_matter, map_of, route


def rows_from(groups: list[list[tuple[int, int]]]) -> tuple[Row, ...]:
    """Three groups of lines; a line is a number and how many routes it has."""
    names = ("open", "undetermined", "closed")
    return tuple(
        Row(f"group:{name}", "group", "", name, (name, "", "", ""), children=tuple(_line(*each) for each in lines))
        for name, lines in zip(names, groups, strict=True)
    )


def _line(number: int, routes: int) -> Row:
    children = tuple(
        Row(f"route:{number}.{at}", "route", f"{number}.{at}", "open", ("r", "", "", "")) for at in range(routes)
    )
    return Row(
        line_key(str(number)), "line", str(number), "open", (f"{number}/{routes}", "", "", ""), children=children
    )


def as_rows(model: MapModel, parent: QModelIndex | None = None) -> list[tuple[str, list]]:
    """What Qt can reach of the model: keys and children."""
    above = parent or QModelIndex()
    indexes = [model.index(place, 0, above) for place in range(model.rowCount(above))]
    return [(getattr(model.row_at(index), "key", ""), as_rows(model, index)) for index in indexes]


def as_wanted(rows: tuple[Row, ...]) -> list[tuple[str, list]]:
    return [(row.key, as_wanted(row.children)) for row in rows]


@st.composite
def groups(draw):
    numbers = draw(st.lists(st.integers(0, 9), unique=True, max_size=8))
    lines = [(number, draw(st.integers(0, 3))) for number in numbers]
    cuts = sorted(draw(st.tuples(st.integers(0, len(lines)), st.integers(0, len(lines)))))
    return [lines[: cuts[0]], lines[cuts[0] : cuts[1]], lines[cuts[1] :]]


@given(st.lists(groups(), min_size=2, max_size=5))
def test_any_map_can_follow_any_other_within_the_laws_of_qt(states):
    model = MapModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    for state in states:
        model.show_rows(rows_from(state))
        assert as_rows(model) == as_wanted(rows_from(state))
    assert tester.model() is model


@given(st.lists(groups(), min_size=2, max_size=5))
def test_a_line_that_lives_on_keeps_its_place_in_selection_and_expansion(states):
    model = MapModel()
    for before, after in pairwise(states):
        model.show_rows(rows_from(before))
        living = {str(number) for group in before for number, _ in group}
        living &= {str(number) for group in after for number, _ in group}
        held = {line: QPersistentModelIndex(model.index_of(line_key(line))) for line in living}
        model.show_rows(rows_from(after))
        for line, index in held.items():
            row = model.row_at(index)
            assert row is not None and row.id == line


def test_a_map_without_lines_empties_the_tree():
    model = MapModel()
    model.show_rows(rows_from([[(1, 2)], [], []]))
    model.show_rows(())
    assert model.rowCount() == 0


def test_every_cell_has_words_for_a_screen_reader():
    catalog = example_catalog()
    model = MapModel()
    model.show_rows(rows_of(example_map(catalog), example_matter(), catalog))

    def check(parent: QModelIndex) -> int:
        seen = 0
        for place in range(model.rowCount(parent)):
            for column in range(model.columnCount(parent)):
                assert model.index(place, column, parent).data(Qt.ItemDataRole.AccessibleTextRole)
            seen += 1 + check(model.index(place, 0, parent))
        return seen

    assert check(QModelIndex()) == 3 + 4 + 5
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Line"


def cells_of(rows: tuple[Row, ...], standing: str) -> list[Row]:
    return [line for group in rows if group.standing == standing for line in group.children]


def test_groups_are_counted_in_words():
    catalog = example_catalog()
    rows = rows_of(example_map(catalog), example_matter(), catalog)
    assert [row.cells[0] for row in rows] == ["Open: one line", "Undetermined: one line", "Closed: two lines"]


def test_a_line_says_what_when_and_how_in_words():
    catalog = example_catalog()
    line = cells_of(rows_of(example_map(catalog), example_matter(), catalog), "open")[0]
    assert line.cells == (
        "1. Arrest with fingerprints, May 2012 — booking prints to DHS",
        "open",
        "sent",
        "sent without asking",
    )
    assert line.reason == ""
    assert "two routes" in line.spoken


def test_sent_is_never_said_of_a_line_that_may_not_be_open():
    catalog = example_catalog()
    rows = rows_of(example_map(catalog), example_matter(), catalog)
    assert cells_of(rows, "undetermined")[0].cells[2] == "if so, within reach"
    barred, ended = cells_of(rows, "closed")
    assert barred.cells[2] == "if done anyway, next time"
    assert ended.cells[2] == "was within reach"
    never = route(catalog, "t1", ("jail--ero",), "closed", closed_by=("fact",), tense="sent")
    assert cells_of(rows_of(map_of((never,)), example_matter(), catalog), "closed")[0].cells[2:] == ("", "")


def test_a_route_closed_by_law_alone_is_barred_on_paper():
    catalog = example_catalog()
    barred, ended = cells_of(rows_of(example_map(catalog), example_matter(), catalog), "closed")
    assert barred.reason == (
        "barred on paper by SB 54, the California Values Act (as of April 2025), unless a judicial warrant"
    )
    assert ended.reason == "closed by time"


@pytest.mark.parametrize(
    ("closed_by", "said"),
    [
        (("fact",), "closed by fact"),
        (("fact", "time"), "closed by fact and time"),
        (("time", "law"), "closed by time; also barred on paper by SB 54"),
    ],
    ids=["fact", "fact and time", "time and law"],
)
def test_several_reasons_are_all_said(closed_by, said):
    catalog = example_catalog()
    exposure = map_of((route(catalog, "t1", ("jail--ero",), "closed", closed_by=closed_by, law=BARRED),))
    line = cells_of(rows_of(exposure, example_matter(), catalog), "closed")[0]
    assert line.reason.startswith(said)


def test_an_undetermined_line_names_what_would_settle_it():
    catalog = example_catalog()
    line = cells_of(rows_of(example_map(catalog), example_matter(), catalog), "undetermined")[0]
    assert "Did immigration officers ever take your fingerprints?" in line.reason
    assert "Did they take your fingerprints? (1. Arrest with fingerprints, May 2012)" in line.reason


def test_a_route_that_was_set_aside_stays_with_its_reason():
    catalog = example_catalog()
    aside = route(catalog, "t1", PRINTS, set_aside="Wrong person.")
    other = route(catalog, "t1", PRINTS[1:])
    line = cells_of(rows_of(map_of((aside, other)), example_matter(), catalog), "open")[0]
    assert line.reason == "one route of 2 set aside by the attorney"
    assert line.children[0].reason == "set aside by the attorney: Wrong person."
    assert line.children[0].set_aside and not line.children[1].set_aside


def test_the_rest_of_many_questions_is_counted():
    catalog = example_catalog()
    asked = tuple(PRINTED.__class__(kind="fact", id=f"q{at}", touchpoint="") for at in range(5))
    exposure = map_of((route(catalog, "t1", PRINTS, "undetermined", unknown=asked),))
    line = cells_of(rows_of(exposure, example_matter(), catalog), "undetermined")[0]
    assert line.reason.endswith("and three more questions")
