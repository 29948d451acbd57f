"""A date as people know it: typed or chosen, said back in words, stored, shown again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from clinic_mapper.ui.question_date import DateEntry
from clinic_mapper.ui.question_date_words import FORMS, fields_of, read_date


@pytest.fixture
def entry(qtbot):
    shown = DateEntry()
    shown.show_language("en", "About when was it?")
    qtbot.addWidget(shown)
    with qtbot.waitActive(shown):
        shown.show()
        shown.activateWindow()
    shown.first.setFocus()
    return shown


@pytest.fixture
def stored(entry):
    dates: list[str] = []
    entry.dated.connect(dates.append)
    return dates


def choose(entry: DateEntry, form: str) -> None:
    index = entry.form.findData(form)
    entry.form.setCurrentIndex(index)
    entry.form.activated.emit(index)


@pytest.mark.parametrize(
    ("typed", "text", "form", "words"),
    [
        ("2011", "2011", "year", "2011"),
        ("May 2012", "2012-05", "month", "May 2012"),
        ("May 14, 2012", "2012-05-14", "day", "May 14, 2012"),
        ("spring 2014", "2014-21", "season", "spring 2014"),
        ("before 2015", "../2015", "before", "before 2015"),
        ("after May 2015", "2015-05/..", "after", "after May 2015"),
        ("2011 or 2012", "2011/2012", "between", "between 2011 and 2012"),
        ("about 2010", "2010~", "about", "about 2010"),
        ("mayo de 2012", "2012-05", "month", "May 2012"),
    ],
)
def test_what_is_typed_is_understood_and_said_back(qtbot, entry, stored, typed, text, form, words):
    qtbot.keyClicks(entry.first, typed)
    assert entry.said.text() == f"Understood: {words}."
    qtbot.keyClick(entry.first, Qt.Key.Key_Return)
    assert stored == [text]
    assert entry.form.currentData() == form


@pytest.mark.parametrize(
    ("form", "first", "second", "text"),
    [
        ("about", "2010", "", "2010~"),
        ("before", "May 2012", "", "../2012-05"),
        ("after", "2012", "", "2012/.."),
        ("between", "2011", "2012", "2011/2012"),
        ("month", "2012-05", "", "2012-05"),
    ],
)
def test_a_form_chosen_first_shapes_what_is_typed(qtbot, entry, stored, form, first, second, text):
    choose(entry, form)
    qtbot.keyClicks(entry.first, first)
    qtbot.keyClick(entry.first, Qt.Key.Key_Return)
    if second:
        assert entry.second.hasFocus()
        qtbot.keyClicks(entry.second, second)
        qtbot.keyClick(entry.second, Qt.Key.Key_Return)
    assert stored == [text]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    "text",
    ["", "2012-05-14", "2012-05", "2012", "2012-21", "2012-24", "2012~", "2012-05~", "../2012", "2012/..", "2011/2012"],
)
def test_a_stored_date_shown_and_read_again_is_the_same(language, text):
    form, first, second = fields_of(text, language)
    assert read_date(form, first, second).text == text


def test_what_cannot_be_read_is_said_kept_and_not_stored(qtbot, entry, stored):
    qtbot.keyClicks(entry.first, "when I was small")
    qtbot.keyClick(entry.first, Qt.Key.Key_Return)
    assert "cannot be read as a date yet" in entry.said.text()
    assert stored == []
    assert entry.half_typed()["first"] == "when I was small"


def test_the_second_date_may_not_be_before_the_first(qtbot, entry, stored):
    choose(entry, "between")
    qtbot.keyClicks(entry.first, "2015")
    qtbot.keyClicks(entry.second, "2011")
    qtbot.keyClick(entry.second, Qt.Key.Key_Return)
    assert entry.said.text() == "The second date is before the first."
    assert stored == []


def test_unknown_takes_the_date_away(qtbot, entry, stored):
    entry.show_date("2012-05")
    choose(entry, "unknown")
    assert stored == [""]
    assert entry.first.text() == ""


def test_where_something_holds_from_a_day_since_is_that_day():
    assert read_date("unknown", "since 2019", "", as_start=True).text == "2019"
    assert read_date("unknown", "since 2019", "").text == "2019/.."


def test_in_spanish_the_date_is_said_in_spanish(entry):
    entry.show_date("2014-21")
    entry.show_language("es", "¿Más o menos cuándo fue?")
    assert entry.said.text() == "Se entiende: primavera de 2014."
    assert [entry.form.itemData(row) for row in range(entry.form.count())] == list(FORMS)
    assert entry.form.currentText() == "época del año"


def test_a_date_being_typed_survives_a_refresh_and_a_change_of_language(qtbot, entry):
    qtbot.keyClicks(entry.first, "sum")
    entry.show_date("")
    entry.show_language("es", "¿Cuándo?")
    assert entry.first.text() == "sum"
