"""Picking what has happened: found by typing in either language, added with Enter, several in a row."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from clinic_mapper.ui.matter_words import say
from clinic_mapper.ui.touchpoint_picker import _OFTEN, TouchpointPicker
from tests.gui.matter_examples import shipped_catalog


@pytest.fixture
def picker(qtbot):
    shown = TouchpointPicker(shipped_catalog())
    shown.show_language("en")
    qtbot.addWidget(shown)
    shown.resize(520, 500)
    with qtbot.waitActive(shown):
        shown.show()
        shown.activateWindow()
    shown.start()
    return shown


@pytest.fixture
def picked(picker):
    kinds: list[str] = []
    picker.picked.connect(kinds.append)
    return kinds


def shown_kinds(picker: TouchpointPicker) -> list[str]:
    items = [picker.list.item(row) for row in range(picker.list.count())]
    kinds = [item.data(Qt.ItemDataRole.UserRole) for item in items if not item.isHidden()]
    return [kind for kind in kinds if kind]


def test_every_kind_of_the_catalog_is_on_the_list_once(picker):
    assert sorted(shown_kinds(picker)) == sorted(shipped_catalog().touchpoints)


def test_kinds_that_are_not_read_out_stand_last(picker):
    levels = [shipped_catalog().touchpoints[kind].sensitive == 2 for kind in shown_kinds(picker)]
    assert levels == sorted(levels)
    assert True in levels


@pytest.mark.parametrize("typed", ["tattoos", "tatuajes", "TATT", "field tattoos"])
def test_a_kind_is_found_by_a_word_of_either_language(qtbot, picker, typed):
    qtbot.keyClicks(picker.filter, typed)
    assert shown_kinds(picker) == ["field-interview-tattoos"]


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("jail", "jail-booking"),
        ("ticket", "police-stop-citation"),
        ("no ticket", "police-stop-no-citation"),
        ("license", "dmv-standard-licence"),
        ("arrest", "police-arrest"),
        ("arrest with", "arrest-with-fingerprints"),
        ("court", "criminal-court-hearing"),
        ("gang", "told-gang-listed"),
        ("border", "border-encounter"),
        ("real", "dmv-real-id"),
    ],
)
def test_enter_adds_what_most_people_mean_by_a_word(qtbot, picker, picked, typed, kind):
    qtbot.keyClicks(picker.filter, typed)
    qtbot.keyClick(picker.filter, Qt.Key.Key_Return)
    assert picked == [kind]


@pytest.mark.parametrize(
    ("typed", "kind"), [("corte de inmi", "immigration-court-hearing"), ("arresto huellas", "arrest-with-fingerprints")]
)
def test_a_label_that_denies_a_word_some_words_before_is_not_meant(qtbot, picker, picked, typed, kind):
    picker.show_language("es")
    qtbot.keyClicks(picker.filter, typed)
    qtbot.keyClick(picker.filter, Qt.Key.Key_Return)
    assert picked == [kind]


def test_enter_adds_and_stays_for_the_next(qtbot, picker, picked):
    for _ in range(2):
        qtbot.keyClicks(picker.filter, "tattoos")
        qtbot.keyClick(picker.filter, Qt.Key.Key_Return)
        assert picker.filter.text() == ""
    assert picked == ["field-interview-tattoos"] * 2
    assert "(2 ×)" in picker.list.currentItem().text()


def test_arrows_pass_over_headings(qtbot, picker, picked):
    expected = shown_kinds(picker)
    for _ in range(len(expected)):
        qtbot.keyClick(picker.filter, Qt.Key.Key_Return)
        qtbot.keyClick(picker.filter, Qt.Key.Key_Down)
    assert picked == expected


def test_nothing_found_is_said_and_adds_nothing(qtbot, picker, picked):
    qtbot.keyClicks(picker.filter, "spaceship")
    qtbot.keyClick(picker.filter, Qt.Key.Key_Return)
    assert shown_kinds(picker) == []
    assert say("pick-none", "en") in [label.text() for label in picker.findChildren(type(picker._said))]
    assert picked == []


def test_escape_goes_on(qtbot, picker):
    with qtbot.waitSignal(picker.done):
        qtbot.keyClick(picker.filter, Qt.Key.Key_Escape)


def test_every_sector_of_the_catalog_has_a_heading_in_words(picker):
    picker.show_language("es")
    headings = [picker.list.item(row).text() for row in range(picker.list.count())
                if not picker.list.item(row).data(Qt.ItemDataRole.UserRole)]  # fmt: skip
    assert say("pick-private", "es") == headings[-1]
    assert not [heading for heading in headings if "-" in heading]


def test_what_most_interviews_come_to_is_in_the_catalog():
    assert set(_OFTEN) <= set(shipped_catalog().touchpoints)
