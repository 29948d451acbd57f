"""The export page: nothing is written before it was checked, and nothing is announced before it is true."""

from __future__ import annotations

import hashlib
from datetime import date

import pypdfium2  # type: ignore[import-untyped]
import pytest
from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from clinic_mapper.casefile.model import Agency, Answer, Identifier, Matter, Touchpoint, Where
from clinic_mapper.problem import Problem
from clinic_mapper.ui.background import Jobs
from clinic_mapper.ui.export_page import ExportPage
from clinic_mapper.ui.export_work import CHOICES, make_and_prove
from clinic_mapper.ui.session import CaseSession
from tests.gui.map_examples import example_catalog, example_matter

CODE = "ZQ-4471"
NAME = Identifier(kind="name", value="Ixchel Tzunun")


class Exports:
    """A clinic's list of exports that remembers, and fails when it is told to."""

    def __init__(self) -> None:
        self.logged: list[tuple[str, str]] = []
        self.problem: Problem | None = None

    def __call__(self, reader: str, digest: str) -> None:
        if self.problem:
            raise self.problem
        self.logged.append((reader, digest))


@pytest.fixture
def exports():
    return Exports()


@pytest.fixture
def session(qapp):
    opened = CaseSession(example_catalog(), lambda: date(2026, 3, 2), lambda _matter: "10:42")
    opened.open(structs.replace(example_matter(), code=CODE, sample=False))
    return opened


@pytest.fixture
def page(qtbot, session, inline_jobs, exports):
    shown = ExportPage(session, inline_jobs, exports)
    qtbot.addWidget(shown)
    shown.resize(1024, 544)
    shown.show()
    return shown


def choose(page: ExportPage, reader: str, lang: str = "en") -> None:
    number = next(at for at, choice in enumerate(CHOICES) if (choice.reader, choice.lang) == (reader, lang))
    page.readers.button(number).click()


def text_of(path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def test_a_memo_is_made_looked_at_and_saved(page, exports, answers, tmp_path):
    target = tmp_path / "memo-supervisor.pdf"
    page.make.click()
    assert page.preview.count >= 1
    assert not list(tmp_path.iterdir())
    answers.append(target)
    page.save.click()
    assert CODE in text_of(target)
    assert exports.logged == [("supervisor", hashlib.sha256(target.read_bytes()).hexdigest())]
    assert page.status.text() == "Saved and read back: memo-supervisor.pdf"


def test_what_a_reader_may_not_see_is_not_in_the_file(page, answers, tmp_path):
    choose(page, "client", "es")
    page.make.click()
    answers.append(tmp_path / "page.pdf")
    page.save.click()
    written = text_of(tmp_path / "page.pdf")
    for withheld in (CODE, "Fresno", "2012", "ICE"):
        assert withheld not in written
    assert b"/Author" not in (tmp_path / "page.pdf").read_bytes()


def test_what_is_left_out_is_said_before_anything_is_made(page):
    choose(page, "client")
    assert "no code" in page.left_out.text()
    choose(page, "cocounsel")
    assert "by month" in page.left_out.text()
    assert not page.save.isEnabled()


def test_what_is_left_out_follows_the_answers(page, session):
    choose(page, "cocounsel")
    before = page.left_out.text()
    session.set_note("one more thing that co-counsel does not see")
    assert page.left_out.text() != before


def test_a_leak_refuses_the_save_and_says_what_and_where(page, session, exports):
    session.set_identifiers((Identifier(kind="name", value="Fresno"),))
    page.make.click()
    assert "name" in page.status.text() and "Nothing was saved." in page.status.text()
    assert "page" in page.status.text()
    assert "Fresno" not in page.status.text()
    assert not page.save.isEnabled() and page.preview.count == 0
    assert exports.logged == []


def test_a_leak_in_the_file_s_name_refuses_the_save(page, session, exports, answers, tmp_path):
    session.set_identifiers((NAME,))
    page.make.click()
    answers.append(tmp_path / "Ixchel Tzunun.pdf")
    page.save.click()
    assert "Nothing was saved." in page.status.text()
    assert not list(tmp_path.iterdir()) and exports.logged == []


def test_no_saved_file_without_a_place(page, exports, answers):
    page.make.click()
    before = page.status.text()
    answers.append(None)
    page.save.click()
    assert page.status.text() == before
    assert exports.logged == []


def test_a_folder_that_is_not_there_is_told_and_nothing_is_logged(page, exports, answers, tmp_path):
    page.make.click()
    answers.append(tmp_path / "gone" / "memo.pdf")
    page.save.click()
    assert "Saved" not in page.status.text() and page.status.text()
    assert exports.logged == []


def test_a_file_that_is_not_as_written_is_not_called_saved(page, exports, answers, tmp_path, monkeypatch):
    def half(path, memo):
        path.write_bytes(memo.pdf[: len(memo.pdf) // 2])

    monkeypatch.setattr("clinic_mapper.memo.export.save_memo", half)
    page.make.click()
    answers.append(tmp_path / "memo.pdf")
    page.save.click()
    assert "could not be read back" in page.status.text()
    assert "Do not hand this file over" in page.status.text()
    assert exports.logged == []


def test_a_list_of_exports_that_cannot_be_written_is_said(page, exports, answers, tmp_path):
    exports.problem = Problem("disk-full", "The disk is full.", "Your last change is kept.")
    page.make.click()
    answers.append(tmp_path / "memo.pdf")
    page.save.click()
    assert page.status.text().startswith("Saved and read back: memo.pdf. But")
    assert "The disk is full." in page.status.text()


def test_the_suggested_name_says_nothing_about_the_client():
    assert [choice.file_name for choice in CHOICES] == [
        "memo-supervisor.pdf",
        "memo-file.pdf",
        "memo-cocounsel.pdf",
        "memo-court.pdf",
        "request.pdf",
        "letter.pdf",
        "page-en.pdf",
        "page-es.pdf",
        "counts.pdf",
    ]


def test_a_change_after_the_check_needs_a_new_check(page, session):
    page.make.click()
    assert page.save.isEnabled()
    session.set_note("something new")
    assert not page.save.isEnabled() and page.preview.count == 0
    assert "changed" in page.status.text()


def test_another_reader_needs_a_new_check(page):
    page.make.click()
    choose(page, "client")
    assert not page.save.isEnabled() and page.preview.count == 0


def test_a_bug_does_not_leave_the_page_waiting(qtbot, page, monkeypatch):
    def broken(*_given, **_named):
        raise RuntimeError("a bug")

    monkeypatch.setattr("clinic_mapper.memo.export.make_memo", broken)
    with qtbot.captureExceptions() as raised:
        page.make.click()
    assert [kind for kind, _, _ in raised] == [RuntimeError]
    assert page.status.text() == "The memo could not be made. Nothing was saved."
    assert not page.save.isEnabled()
    monkeypatch.undo()
    page.make.click()
    assert page.save.isEnabled()


def test_a_bug_while_saving_is_not_called_saved(qtbot, page, answers, exports, tmp_path, monkeypatch):
    def broken(*_given):
        raise RuntimeError("a bug")

    page.make.click()
    monkeypatch.setattr("clinic_mapper.memo.export.save_memo", broken)
    answers.append(tmp_path / "memo.pdf")
    with qtbot.captureExceptions() as raised:
        page.save.click()
    assert len(raised) == 1
    assert page.status.text().startswith("Saving could not be finished.")
    assert exports.logged == []


def test_a_result_that_comes_too_late_is_not_shown(qtbot, session, exports):
    jobs = Jobs()
    page = ExportPage(session, jobs, exports)
    qtbot.addWidget(page)
    with qtbot.waitSignal(jobs.idle, timeout=20_000):
        page.make.click()
        session.set_note("changed while it was made")
    assert page.preview.count == 0 and not page.save.isEnabled()
    jobs.close()


def test_how_far_it_is_is_said_page_by_page(page, monkeypatch):
    said = []
    say = page.status.setText
    monkeypatch.setattr(page.status, "setText", lambda words: (said.append(words), say(words)))
    page.make.click()
    pages = page.preview.count
    for words in (
        "Composing…",
        *(f"Drawing page {n} of {pages}…" for n in range(1, pages + 1)),
        f"Checking {pages} pages…",
    ):
        assert words in said
    assert said[-1].startswith("Checked")


def test_what_is_being_made_can_be_stopped_and_leaves_nothing(qtbot, session, exports, monkeypatch):
    def without_end(*_given, told, **_named):
        while True:
            told(3, 40)

    monkeypatch.setattr("clinic_mapper.memo.export.make_memo", without_end)
    jobs = Jobs()
    page = ExportPage(session, jobs, exports)
    qtbot.addWidget(page)
    page.show()
    assert not page.cancel.isVisible()
    page.make.click()
    qtbot.waitUntil(lambda: page.status.text() == "Drawing page 3 of 40…")
    page.cancel.click()
    assert page.status.text() == "Stopped. No file was made."
    assert page.preview.count == 0 and not page.save.isEnabled() and not page.cancel.isVisible()
    jobs.close()  # the work ended at its next step: else this would wait for ever
    monkeypatch.undo()
    with qtbot.waitSignal(jobs.idle, timeout=20_000):
        page.make.click()
    assert page.save.isEnabled()


def test_a_change_stops_what_is_being_made(qtbot, session, exports, monkeypatch):
    def without_end(*_given, told, **_named):
        while True:
            told(0, 0)

    monkeypatch.setattr("clinic_mapper.memo.export.make_memo", without_end)
    jobs = Jobs()
    page = ExportPage(session, jobs, exports)
    qtbot.addWidget(page)
    page.show()
    page.make.click()
    qtbot.waitUntil(lambda: page.status.text() == "Composing…")
    session.set_note("changed while it was made")
    assert "changed" in page.status.text()
    jobs.close()


def test_after_a_change_the_same_page_is_shown_again(page, session):
    session.set_note("A long day in the clinic. " * 400)
    page.make.click()
    assert page.preview.count > 1
    page.preview.pages.setCurrentRow(1)
    session.set_note("A longer day in the clinic. " * 400)
    page.make.click()
    assert page.preview.pages.currentRow() == 1
    choose(page, "client")
    page.make.click()
    assert page.preview.pages.currentRow() == 0


def test_warnings_need_a_tick_before_saving(page, session):
    session.change_touchpoint("t1", agency=Agency(name="Sheriff 559-555-0143"))
    page.make.click()
    assert page.warnings.text() and page.looked.isVisible()
    assert not page.save.isEnabled()
    page.looked.setChecked(True)
    assert page.save.isEnabled()


def test_names_are_added_and_removed_by_key(qtbot, page, session):
    qtbot.keyClicks(page.names.value, " Ixchel Tzunun ")
    qtbot.keyClick(page.names.value, Qt.Key.Key_Return)
    assert session.matter.identifiers == (NAME,)
    assert page.names.list.count() == 1
    page.names.list.setCurrentRow(0)
    page.names.remove.click()
    assert session.matter.identifiers == ()


def test_a_name_that_is_half_typed_survives_a_change(qtbot, page, session):
    qtbot.keyClicks(page.names.value, "Ixch")
    session.set_note("meanwhile")
    assert page.names.value.text() == "Ixch"


def test_answers_for_this_session_only_do_not_speak_in_the_memo(session, tmp_path):
    def said(answer: Answer | None) -> str:
        session.answer("t1", "birthplace-asked", answer)
        memo = make_and_prove(session.matter, session.catalog, date(2026, 3, 2), CHOICES[0])
        path = tmp_path / "memo.pdf"
        path.write_bytes(memo.pdf)
        return text_of(path)

    not_asked = said(None)
    assert said(Answer(value="yes", session_only=True)) == not_asked
    assert said(Answer(value="yes")) != not_asked


def test_a_sample_is_marked(page, session):
    assert not page.sample.isVisible()
    session.open(example_matter())
    assert page.sample.isVisible()
    page.make.click()
    assert "SAMPLE" in page.preview.area.accessibleDescription()


def test_closing_the_matter_leaves_nothing_on_the_page(qtbot, page, session):
    session.set_identifiers((NAME,))
    qtbot.keyClicks(page.names.value, "half typed")
    page.make.click()
    session.close()
    assert page.preview.count == 0 and page.names.list.count() == 0 and not page.save.isEnabled()
    assert page.preview.page.pixmap().isNull() and page.preview.area.accessibleDescription() != ""
    typed = [field for field in page.findChildren(QLineEdit) if field.objectName() != "qt_spinbox_lineedit"]
    assert [field.text() for field in typed] == ["", "", ""] and page.left_out.text() == ""
    assert page.options.contact.count() == 0 and page.options.lines.count() == 0


def test_pages_can_be_turned_and_enlarged_by_key(qtbot, page, session):
    session.set_note("A long day in the clinic. " * 400)
    page.make.click()
    before = page.preview.page.pixmap().width()
    qtbot.keyClick(page.preview, Qt.Key.Key_Plus)
    assert page.preview.page.pixmap().width() > before
    qtbot.keyClick(page.preview, Qt.Key.Key_0)
    assert page.preview.page.pixmap().width() == before
    first = page.preview.area.accessibleDescription()
    qtbot.keyClick(page.preview.pages, Qt.Key.Key_End)
    assert page.preview.count > 1
    assert page.preview.area.accessibleDescription() != first


def test_the_keyboard_goes_on_to_save(qtbot, page):
    page.make.setFocus()
    qtbot.keyClick(page.make, Qt.Key.Key_Space)
    assert page.focusWidget() is page.save


def test_every_control_has_a_name(page):
    page.make.click()
    for widget in page.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            named = widget.accessibleName() or getattr(widget, "text", lambda: "")()
            assert named, f"{widget} has no name"


def test_an_unknown_agency_does_not_stop_a_memo(page, session):
    session.open(
        Matter(
            code=CODE, touchpoints=(Touchpoint(id="t1", kind="not-known", where=Where(state="TX"), agency=Agency()),)
        )
    )
    page.make.click()
    assert page.save.isEnabled()
