"""Copying the text of what was checked: searched before it is copied, marked, emptied again, and never after a lock."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from msgspec import structs
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from clinic_mapper.casefile.model import Identifier
from clinic_mapper.memo.copied_text import copied_text
from clinic_mapper.memo.document import Paragraph
from clinic_mapper.memo.export_text import save_csv
from clinic_mapper.memo.phrases import plain
from clinic_mapper.problem import Problem
from clinic_mapper.ui.clipboard import KEPT_IN_WORDS, KEPT_MS, OwnCopies, marks
from clinic_mapper.ui.export_more import COPIED, EMPTIED
from clinic_mapper.ui.export_page import ExportPage
from clinic_mapper.ui.export_work import CHOICES
from clinic_mapper.ui.session import CaseSession
from clinic_mapper.ui.signed_work import reader_in_words
from tests.gui.map_examples import example_catalog, example_matter
from tests.gui.shell_window import made

CODE = "ZQ-4471"


@pytest.fixture
def logged():
    return []


@pytest.fixture
def session(qapp):
    opened = CaseSession(example_catalog(), lambda: date(2026, 3, 2), lambda _matter: "10:42")
    opened.open(structs.replace(example_matter(), code=CODE, sample=False))
    return opened


@pytest.fixture
def page(qtbot, session, inline_jobs, logged):
    shown = ExportPage(session, inline_jobs, lambda *given: logged.append(given))
    qtbot.addWidget(shown)
    shown.resize(1024, 544)
    shown.show()
    made(qtbot, shown)
    yield shown
    shown._copies.forget()


def clipboard():
    return QGuiApplication.clipboard()


def choose(qtbot, page: ExportPage, reader: str, lang: str = "en") -> None:
    number = next(at for at, choice in enumerate(CHOICES) if (choice.reader, choice.lang) == (reader, lang))
    page.readers.button(number).click()
    made(qtbot, page)


def test_the_text_of_the_memo_on_the_screen_is_copied_marked_and_listed(page, logged):
    page.more.copy_text.trigger()
    text = clipboard().text()
    assert text == copied_text(page._memo.document) and f"{CODE} · DRAFT until signed" in text
    assert page.status.text() == COPIED and KEPT_IN_WORDS in COPIED and "still keep" in COPIED
    assert logged == [("copied-supervisor", hashlib.sha256(text.encode("utf-8")).hexdigest())]
    assert set(marks("linux")) <= set(clipboard().mimeData().formats())
    assert page._copies.time.isActive()


def test_what_a_reader_may_not_see_is_not_in_what_is_copied(qtbot, page, logged):
    choose(qtbot, page, "client", "es")
    page.more.copy_text.trigger()
    assert clipboard().text().startswith("Sus próximos pasos")
    assert not any(withheld in clipboard().text() for withheld in (CODE, "Fresno", "2012", "ICE"))
    assert [reader for reader, _ in logged] == ["copied-client"]


def test_a_leak_in_the_text_alone_copies_nothing_and_says_what_and_where(page, session, logged):
    clipboard().setText("before")
    document, withheld = page._memo.document, "Ixchel Tzunun"
    slipped = structs.replace(document, blocks=(*document.blocks, Paragraph(runs=(plain(withheld),))))
    session_named = structs.replace(session.matter, identifiers=(Identifier(kind="name", value=withheld),))
    from clinic_mapper.memo.readers import load_profile
    from clinic_mapper.memo.withhold import withheld_values

    values = tuple(withheld_values(session_named, example_catalog(), load_profile("supervisor")))
    page._memo = structs.replace(page._memo, document=slipped, withheld=values)
    page.more.copy_text.trigger()
    assert clipboard().text() == "before" and logged == []
    said = page.status.text()
    assert "a person's name" in said and "in the text" in said and "Nothing was copied." in said
    assert withheld not in said


def test_nothing_can_be_copied_before_what_save_waits_for(qtbot, page, session):
    assert page.more.isEnabled() and page.save.isEnabled()
    session.set_note("call 212-555-0187 about it")
    assert not page.more.isEnabled(), "it is being made anew"
    page.more.copy_text.trigger()
    assert clipboard().text() == ""
    made(qtbot, page)
    assert page.warnings.text() and not page.more.isEnabled()
    page.looked.click()
    assert page.more.isEnabled() and page.save.isEnabled()


def test_it_is_emptied_after_a_while_and_said(page):
    page.more.copy_text.trigger()
    assert page._copies.time.interval() == KEPT_MS
    page._copies.time.timeout.emit()
    assert clipboard().text() == "" and page.status.text() == EMPTIED


def test_what_somebody_else_copied_since_is_left_alone(page):
    page.more.copy_text.trigger()
    other = QMimeData()
    other.setText("a sentence from a brief")
    clipboard().setMimeData(other)
    page._copies.time.timeout.emit()
    assert clipboard().text() == "a sentence from a brief" and page.status.text() == COPIED
    clipboard().clear()


def test_a_second_copy_begins_the_time_anew(page):
    page.more.copy_text.trigger()
    first = page._copies.time.timerId()
    page.more.copy_text.trigger()
    assert page._copies.time.isActive() and page._copies.time.timerId() != first


def test_it_is_forgotten_at_lock_wherever_the_focus_is_then(page):
    """Somebody went on to the brief: no window of ours was active when the desktop told of the change."""
    page.more.copy_text.trigger()
    page._copies._ours = False
    page._copies.forget()
    assert clipboard().text() == "" and not page._copies.time.isActive()


def test_a_text_that_comes_after_the_matter_was_left_is_not_copied(qtbot, session, qapp, logged):
    from clinic_mapper.ui.background import Jobs

    jobs = Jobs()
    page = ExportPage(session, jobs, lambda *given: logged.append(given))
    qtbot.addWidget(page)
    page.show()
    made(qtbot, page)
    page.more.copy_text.trigger()
    session.close()
    with qtbot.waitSignal(jobs.idle):
        pass
    jobs.close()
    assert clipboard().text() == "" and logged == []


def test_a_list_of_exports_that_cannot_be_written_is_said(qtbot, session, inline_jobs):
    def full(*_given):
        raise Problem("disk-full", "The disk is full.", "Your last change is kept.")

    page = ExportPage(session, inline_jobs, full)
    qtbot.addWidget(page)
    page.show()
    made(qtbot, page)
    page.more.copy_text.trigger()
    assert page.status.text().startswith(COPIED.rstrip(".")) and "The disk is full." in page.status.text()
    page._copies.forget()


def test_by_keyboard_and_where_it_stands(qtbot, page):
    assert page.more.focusPolicy() & Qt.FocusPolicy.TabFocus and page.more.accessibleDescription()
    page.more.setFocus()
    qtbot.keyClick(page.more, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.save
    qtbot.keyClick(page.save, Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is page.more


@pytest.mark.qt_log_ignore("does not support (grabbing the keyboard|raise)", extend=True)
def test_a_menu_is_opened_by_keyboard_and_closes_when_what_it_is_about_is_gone(qtbot, page, session):
    menu = page.more.menu()
    page.more.setFocus()
    qtbot.keyClick(page.more, Qt.Key.Key_Space)
    qtbot.keyClick(menu, Qt.Key.Key_C)
    assert clipboard().text() and not menu.isVisible()
    qtbot.keyClick(page.more, Qt.Key.Key_Space)
    assert menu.isVisible()
    session.set_note("something new")
    assert not page.more.isEnabled() and not menu.isVisible()


def test_at_large_text_no_button_is_cut_off(page):
    font = page.font()
    font.setPointSizeF(font.pointSizeF() * 1.6)
    page.setFont(font)
    page.sign_open.show()  # as where a vault is open
    QApplication.processEvents()
    for button in (page.sign_open, page.more, page.save):
        assert button.width() >= button.minimumSizeHint().width() and button.fontInfo().pointSizeF() > 10


def test_each_platform_has_its_mark():
    windows = marks("win32")
    assert windows["CanIncludeInClipboardHistory"] == windows["CanUploadToCloudClipboard"] == b"\0\0\0\0"
    assert windows["ExcludeClipboardContentFromMonitorProcessing"] == b"\1\0\0\0"
    assert marks("linux") == {"x-kde-passwordManagerHint": b"secret"}
    assert list(marks("darwin")) == ["application/x-nspasteboard-concealed-type"]


def test_one_of_ours_that_is_handed_out_can_be_pasted_here(qapp):
    copies = OwnCopies()
    copies.hand_out("a line\nand – another")
    assert clipboard().text() == "a line\nand – another"
    copies.forget()


def test_the_list_of_exports_names_it():
    assert reader_in_words("copied-court") == "court (copied text)"
    assert reader_in_words("copied-letter-uscis-foia") == "letter: uscis-foia (copied text)"
    assert reader_in_words("letter-uscis-foia") == "letter: uscis-foia"


def test_counts_are_saved_as_a_table_read_back_and_listed(qtbot, page, logged, answers, tmp_path):
    assert not page.more.save_csv.isVisible(), "of one matter there is no table"
    choose(qtbot, page, "funder")
    assert page.more.save_csv.isVisible()
    target = tmp_path / "counts.csv"
    answers.append(target)
    page.more.save_csv.trigger()
    data = target.read_bytes()
    assert page.status.text() == "Saved and read back: counts.csv"
    assert logged == [("csv-funder", hashlib.sha256(data).hexdigest())]
    assert data == save_csv(tmp_path / "the same.csv", page._memo)
    assert reader_in_words("csv-funder") == "funder (CSV)"


def test_a_table_that_could_not_be_written_or_was_not_wanted_is_not_listed(qtbot, page, logged, answers, tmp_path):
    choose(qtbot, page, "funder")
    answers.append(None)
    page.more.save_csv.trigger()
    answers.append(tmp_path / "gone" / "counts.csv")
    page.more.save_csv.trigger()
    assert "Saved" not in page.status.text() and page.status.text() and logged == []
    choose(qtbot, page, "supervisor")
    page.more.save_csv.trigger()
    assert logged == [], "nobody was asked for a name either"
