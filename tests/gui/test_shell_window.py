"""The real window: make a vault, work, lock, be refused, unlock, and find everything where it was."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QStyle, QStyleOptionComboBox

from clinic_mapper.casefile.model import Answer
from clinic_mapper.problem import Problem
from clinic_mapper.ui.background import Jobs
from clinic_mapper.ui.look import Text
from clinic_mapper.ui.main_window import MainWindow
from clinic_mapper.ui.settings import Settings
from clinic_mapper.vault.store import Vault
from tests.gui.shell_window import CODE, PASSPHRASE, TODAY, a_window, create_vault, new_matter, unlock

STOP = "police-stop-no-citation"


@pytest.fixture
def window(qtbot, tmp_path, inline_jobs, quick_keys):
    return a_window(qtbot, tmp_path, inline_jobs)


@pytest.fixture
def at_work(qtbot, window):
    create_vault(qtbot, window)
    new_matter(qtbot, window)
    return window


def shown_words(window) -> str:
    return "\n".join(
        part.text() for part in window.findChildren(object) if hasattr(part, "text") and callable(part.text)
    )


def test_from_the_first_start_to_an_open_matter_by_keyboard(window, qtbot):
    create_vault(qtbot, window)
    assert window.pages.currentWidget() is window.matters_page
    new_matter(qtbot, window)
    assert window.pages.currentWidget() is window.view
    assert window.keeper.session.matter.code == CODE


def test_after_lock_and_unlock_the_matter_is_open_again(at_work, qtbot):
    session = at_work.keeper.session
    touchpoint = session.add_touchpoint(STOP)
    session.answer(touchpoint, "name_run", Answer(value="yes"))
    before = session.matter
    at_work.menu.lock.trigger()
    assert session.matter is None
    unlock(qtbot, at_work)
    assert at_work.pages.currentWidget() is at_work.view
    assert session.matter == before


def test_a_new_process_finds_the_vault_and_everything_in_it(at_work, qtbot, tmp_path, inline_jobs):
    at_work.keeper.session.set_note("said at the first meeting")
    at_work.close()
    again = a_window(qtbot, tmp_path, inline_jobs)
    unlock(qtbot, again)
    page = again.matters_page
    assert [entry.code for entry in page.model.entries] == [CODE]
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert again.keeper.session.matter.note == "said at the first meeting"


def test_the_keys_of_the_matter_page_work_from_the_buttons_above_it_too(at_work, qtbot):
    at_work.view.leave.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is at_work.view.page.desk.picker.filter


def test_undo_goes_back_over_a_lock(at_work, qtbot):
    at_work.keeper.session.set_note("one")
    at_work.keeper.session.set_note("two")
    at_work.lock()
    unlock(qtbot, at_work)
    at_work.menu.undo.trigger()
    assert at_work.keeper.session.matter.note == "one"


def test_a_wrong_passphrase_is_said_in_a_sentence_and_can_be_tried_again(at_work, qtbot):
    at_work.lock()
    unlock(qtbot, at_work, "something else entirely")
    assert "This passphrase does not open this vault." in at_work.messages.text
    assert not at_work.keeper.is_open
    unlock(qtbot, at_work)
    assert at_work.keeper.is_open and at_work.messages.text == ""


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda vault: (vault / "matters.db").write_bytes(b""), "database is empty"),
        (lambda vault: (vault / "vault.json").write_bytes(b""), "vault.json is empty"),
        (lambda vault: (vault / "vault.json").unlink(), "vault.json is missing"),
        (lambda vault: vault.rename(vault.with_name("elsewhere")), "There is no vault in this folder."),
    ],
    ids=["database-emptied", "manifest-emptied", "manifest-missing", "folder-gone"],
)
def test_each_way_a_vault_can_be_spoilt_has_its_own_sentence(at_work, qtbot, tmp_path, spoil, says):
    at_work.lock()
    spoil(tmp_path / "vault")
    unlock(qtbot, at_work)
    assert says in at_work.messages.text
    assert QApplication.focusWidget() is at_work.entrance.lock_page.passphrase.line


def test_a_vault_that_is_open_in_another_window_is_refused_there(at_work, qtbot, tmp_path, inline_jobs):
    other = a_window(qtbot, tmp_path, inline_jobs)
    other.activateWindow()
    other.entrance.focus_start()
    other.entrance.lock_page.unlock_wanted.emit(PASSPHRASE)
    assert "open already" in other.messages.text


def test_lock_leaves_no_word_of_the_matter_in_the_window(at_work):
    at_work.keeper.session.set_note("canary-word")
    at_work.show_matters()
    assert CODE in str(at_work.matters_page.model.entries)
    at_work.lock()
    assert CODE not in shown_words(at_work)
    assert at_work.matters_page.model.entries == []


def test_the_title_never_says_whose_matter_is_open(at_work):
    assert at_work.windowTitle() == "Clinic Mapper"
    assert at_work.windowFilePath() == ""


def test_the_sample_says_so_in_title_and_banner_and_is_kept_nowhere(window, qtbot, tmp_path):
    qtbot.mouseClick(window.entrance.create_page.sample, Qt.MouseButton.LeftButton)
    assert window.windowTitle() == "Clinic Mapper – SAMPLE"
    assert window.view.sample.isVisible()
    assert "An invented client. Nothing here is saved." in window.view.sample.text()
    window.keeper.session.set_note("changed")
    assert window.view.saved.text() == "", "nothing may be called saved"
    window.menu.lock.trigger()
    assert window.pages.currentWidget() is window.entrance
    assert not (tmp_path / "vault").exists()


def test_saved_is_said_after_the_vault_said_so(at_work, monkeypatch):
    session, saved = at_work.keeper.session, at_work.view.saved
    session.set_note("one")
    assert saved.text().startswith("Saved ")
    with monkeypatch.context() as broken:
        broken.setattr(Vault, "save", full_disk)
        session.set_note("two")
    assert not saved.text().startswith("Saved")
    assert "The disk is full." in at_work.messages.text
    at_work.messages.action.click()
    assert saved.text().startswith("Saved ") and at_work.messages.text == ""


def full_disk(*_):
    raise Problem("disk-full", "The disk is full.")


def test_what_the_disk_refused_at_lock_is_saved_at_the_next_unlocking(at_work, qtbot, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(Vault, "save", full_disk)
        at_work.keeper.session.set_note("not on the disk yet")
        at_work.lock()
    assert "could not be saved" in at_work.entrance.lock_page.notice.text()
    unlock(qtbot, at_work)
    assert at_work.keeper.session.matter.note == "not on the disk yet"
    assert not at_work.keeper.holds_unsaved
    assert at_work.entrance.lock_page.notice.text() == "" or at_work.keeper.is_open


def test_closing_with_something_unsaved_asks_and_no_means_no(at_work, answers, monkeypatch):
    monkeypatch.setattr(Vault, "save", full_disk)
    at_work.keeper.session.set_note("not on the disk yet")
    answers.append(False)
    assert not at_work.close()
    assert at_work.isVisible()
    answers.append(True)
    assert at_work.close()


def test_what_is_half_typed_is_there_after_lock_and_unlock(at_work, qtbot, monkeypatch):
    put_back: list[str] = []
    monkeypatch.setattr(at_work.view.page, "half_typed", lambda: '{"entry": "", "typed": {"x": "Fres"}}')
    monkeypatch.setattr(at_work.view.page, "restore_half_typed", put_back.append)
    at_work.lock()
    unlock(qtbot, at_work)
    assert put_back == ['{"entry": "", "typed": {"x": "Fres"}}']


def test_what_is_half_typed_is_in_the_vault_before_anybody_locks(at_work, monkeypatch):
    monkeypatch.setattr(at_work.view.page, "half_typed", lambda: "Fresno Cou")
    at_work._draft_timer.timeout.emit()
    keeper = at_work.keeper
    assert keeper._vault.draft(keeper.matter_id) == "Fresno Cou"


def test_a_vault_whose_list_cannot_be_read_is_closed_again(at_work, qtbot, monkeypatch):
    at_work.lock()
    with monkeypatch.context() as broken:
        broken.setattr(Vault, "matters", full_disk)
        unlock(qtbot, at_work)
    assert "The disk is full." in at_work.messages.text
    assert not at_work.keeper.is_open
    unlock(qtbot, at_work)
    assert at_work.keeper.is_open, "and can be opened as soon as the disk allows"


def test_a_page_that_fails_while_locking_does_not_leave_the_vault_open(at_work, monkeypatch):
    def broken() -> str:
        raise ValueError("a mistake in a page")

    monkeypatch.setattr(at_work.view.page, "half_typed", broken)
    with pytest.raises(ValueError, match="a mistake"):
        at_work.lock()
    assert not at_work.keeper.is_open
    assert at_work.keeper.session.matter is None
    assert at_work.pages.currentWidget() is at_work.entrance


def test_lock_empties_the_clipboard_that_was_filled_here(at_work):
    QGuiApplication.clipboard().setText("a code")
    at_work.lock()
    assert QGuiApplication.clipboard().text() == ""


def test_nobody_there_means_lock(at_work):
    at_work.idle.away.emit()
    assert not at_work.keeper.is_open
    assert "nobody typed" in at_work.messages.text


def test_a_locked_desktop_locks_the_vault_and_an_unlocked_one_changes_nothing(at_work):
    at_work.desktop_lock.told(False)
    assert at_work.keeper.is_open
    at_work.desktop_lock.told(True)
    assert not at_work.keeper.is_open


def test_a_removed_touchpoint_can_be_brought_back_from_the_message(at_work, qtbot):
    session = at_work.keeper.session
    touchpoint = session.add_touchpoint(STOP)
    session.remove_touchpoint(touchpoint)
    at_work.view.page.removed.emit("Removed.", "Undo")
    qtbot.mouseClick(at_work.messages.action, Qt.MouseButton.LeftButton)
    assert [each.id for each in session.matter.touchpoints] == [touchpoint]
    assert at_work.messages.text == ""


def test_a_code_that_is_taken_is_said_and_the_list_stays(at_work, qtbot):
    new_matter(qtbot, at_work, CODE.lower())
    assert "Another matter in this vault has this code." in at_work.messages.text
    assert at_work.pages.currentWidget() is at_work.matters_page


def test_export_is_reached_and_left_by_key(at_work, qtbot):
    at_work.menu.export.trigger()
    assert at_work.view.exporting
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not at_work.view.exporting


def test_an_export_finished_after_the_lock_is_noted_at_the_next_unlocking(at_work, qtbot):
    at_work.lock()
    at_work.keeper.log_export("supervisor", "ab" * 32)
    unlock(qtbot, at_work)
    vault = at_work.keeper._vault
    assert [(each.reader, each.file_sha256) for each in vault.exports(at_work.keeper.matter_id)] == [
        ("supervisor", "ab" * 32)
    ]


def test_from_a_side_page_the_way_leads_back_but_not_past_a_lock(at_work):
    at_work.menu.limits.trigger()
    at_work.menu.settings.trigger()
    at_work.side.settings_page.back.click()
    assert at_work.pages.currentWidget() is at_work.view
    at_work.menu.limits.trigger()
    at_work.menu.lock.trigger()
    at_work.side.come_back()
    assert at_work.pages.currentWidget() is at_work.entrance


def test_another_vault_can_be_chosen(at_work, qtbot, tmp_path, answers):
    at_work.lock()
    (tmp_path / "vault").rename(tmp_path / "moved")
    answers.append(tmp_path / "moved")
    at_work.entrance.lock_page.other_folder.click()
    unlock(qtbot, at_work)
    assert at_work.keeper.is_open


def test_larger_text_is_larger_everywhere_and_comes_back(at_work, qtbot):
    parts = at_work.matters_page.findChildren(Text)[0], at_work.view.saved, at_work.view.code
    before = [part.font().pointSizeF() for part in parts]

    def times(factor: float) -> bool:
        return [part.font().pointSizeF() for part in parts] == pytest.approx([size * factor for size in before])

    at_work.menu.larger.trigger()
    qtbot.waitUntil(lambda: times(1.1))
    at_work.menu.usual.trigger()
    qtbot.waitUntil(lambda: times(1.0))


def test_questions_in_spanish_are_remembered(at_work, qtbot, tmp_path, inline_jobs):
    at_work.menu.spanish.trigger()
    assert at_work.view.page.property("language") == "es"
    at_work.close()
    again = a_window(qtbot, tmp_path, inline_jobs)
    assert again.menu.spanish.isChecked()


def test_with_real_threads_a_vault_is_made_locked_and_unlocked(qtbot, tmp_path, quick_keys):
    window = a_window(qtbot, tmp_path, Jobs())
    with qtbot.waitSignal(window.entered, timeout=30_000):
        create_vault(qtbot, window)
    new_matter(qtbot, window)
    window.keeper.session.add_touchpoint(STOP)
    window.lock()
    with qtbot.waitSignal(window.entered, timeout=30_000):
        unlock(qtbot, window)
    assert len(window.keeper.session.matter.touchpoints) == 1


def test_a_window_closed_while_it_still_loads_leaves_nothing_running(qtbot, tmp_path):
    window = a_window(qtbot, tmp_path, Jobs())
    assert window.close()
    assert not window.jobs.busy


def test_the_focus_shows_also_where_enter_brought_it(at_work, qtbot):
    touchpoint = at_work.keeper.session.add_touchpoint(STOP)
    at_work.view.page.desk.entries.chosen.emit(touchpoint)
    form = at_work.view.page.desk.form
    form.place.city.setFocus()
    qtbot.keyClick(form.place.city, Qt.Key.Key_Return)
    focused = QApplication.focusWidget()
    assert isinstance(focused, QComboBox)
    option = QStyleOptionComboBox()
    focused.initStyleOption(option)
    assert option.state & QStyle.StateFlag.State_KeyboardFocusChange


def test_enter_presses_the_button_that_has_the_focus(at_work, qtbot):
    desk = at_work.view.page.desk
    desk.entries.add_button.setFocus()
    qtbot.keyClick(desk.entries.add_button, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is desk.picker.filter


def test_the_export_page_begins_at_its_reader_each_time(at_work):
    for number in (0, 1):
        reader = at_work.view.export_page.readers.button(number)
        reader.setChecked(True)
        at_work.menu.export.trigger()
        assert QApplication.focusWidget() is reader
        at_work.menu.export.trigger()


def test_the_window_is_never_larger_than_the_screen_at_first(qtbot, tmp_path, inline_jobs):
    window = MainWindow(Settings(tmp_path / "settings.ini"), inline_jobs, tmp_path / "vault", lambda: TODAY)
    qtbot.addWidget(window)
    screen = window.screen().availableSize()
    assert (window.width(), window.height()) == (min(1280, screen.width()), min(720, screen.height()))


def test_a_memo_is_exported_by_key_also_from_a_field(at_work, qtbot):
    touchpoint = at_work.keeper.session.add_touchpoint(STOP)
    at_work.view.page.desk.entries.chosen.emit(touchpoint)
    field = at_work.view.page.desk.form.place.city
    field.setFocus()
    key = at_work.menu.export.shortcuts()[0][0]
    qtbot.keyClick(field, key.key(), key.keyboardModifiers())
    assert at_work.view.exporting
