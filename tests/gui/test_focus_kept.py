"""The keyboard always has a place: coming back from a page that was visited, closing a message, after saving."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from tests.gui.shell_window import a_window, create_vault, new_matter


@pytest.fixture
def window(qtbot, tmp_path, inline_jobs, quick_keys):
    window = a_window(qtbot, tmp_path, inline_jobs)
    create_vault(qtbot, window)
    new_matter(qtbot, window)
    window.activateWindow()
    yield window
    window.close()


def focus() -> QWidget:
    focused = QApplication.focusWidget()
    assert focused is not None, "the keyboard must always have somewhere to go"
    return focused


def press(qtbot, key: Qt.Key) -> None:
    qtbot.keyClick(focus(), key)


@pytest.mark.parametrize("visited", ["catalog", "layers", "settings", "limits", "export"])
def test_coming_back_is_coming_back_to_the_place(qtbot, window, visited):
    session = window.keeper.session
    session.select_touchpoint(session.add_touchpoint("jail-booking"))
    note = window.view.page.desk.form.note.field
    note.setFocus()
    getattr(window.menu, visited).trigger()
    assert focus() is not note
    press(qtbot, Qt.Key.Key_Escape)
    assert focus() is note


def test_a_field_that_is_gone_is_not_come_back_to(qtbot, window):
    session = window.keeper.session
    session.select_touchpoint(session.add_touchpoint("jail-booking"))
    window.view.page.desk.form.note.field.setFocus()
    window.menu.catalog.trigger()
    session.undo()
    press(qtbot, Qt.Key.Key_Escape)
    assert window.view.isAncestorOf(focus())


def test_undo_in_a_message_leaves_the_keyboard_where_it_was(qtbot, window):
    window.menu.layers.trigger()
    before = focus()
    done: list[str] = []
    window.messages.say("Taken out of use: a list", "Undo", lambda: done.append("undone"))
    window.messages.action.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert done == ["undone"]
    assert focus() is before
    press(qtbot, Qt.Key.Key_Escape)
    assert window.pages.currentWidget() is window.view


def test_export_leads_from_every_page_to_the_export_of_the_open_matter(window):
    window.menu.catalog.trigger()
    window.menu.export.trigger()
    assert window.pages.currentWidget() is window.view
    assert window.view.exporting
    window.menu.settings.trigger()
    window.menu.export.trigger()
    assert window.view.exporting


def test_escape_leaves_the_export_from_the_bar_above_it_too(qtbot, window):
    window.menu.export.trigger()
    window.view.leave.setFocus()
    press(qtbot, Qt.Key.Key_Escape)
    assert not window.view.exporting


def test_a_name_that_must_never_appear_can_be_read_while_it_is_typed(qtbot, window):
    window.resize(1024, 544)
    window.menu.export.trigger()
    field = window.view.export_page.names.value
    qtbot.wait(20)
    assert field.width() >= 18 * field.fontMetrics().averageCharWidth()
