"""The export page: nothing is written before it was checked, and nothing is announced before it is true."""

from __future__ import annotations

import hashlib
import threading
from datetime import date

import pypdfium2  # type: ignore[import-untyped]
import pytest
from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from clinic_mapper.casefile.model import Agency, Answer, Identifier, Matter, Touchpoint, Where
from clinic_mapper.memo.pdf_surfaces import page_texts
from clinic_mapper.problem import Problem
from clinic_mapper.ui.background import Jobs
from clinic_mapper.ui.export_page import ExportPage
from clinic_mapper.ui.export_work import CHOICES, how_far, make_and_prove
from clinic_mapper.ui.session import CaseSession
from tests.gui.map_examples import example_catalog, example_matter
from tests.gui.shell_window import made

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


def test_a_memo_is_made_looked_at_and_saved(qtbot, page, exports, answers, tmp_path):
    target = tmp_path / "memo-supervisor.pdf"
    made(qtbot, page)
    assert page.preview.count >= 1
    assert not list(tmp_path.iterdir())
    answers.append(target)
    page.save.click()
    assert CODE in text_of(target)
    assert exports.logged == [("supervisor", hashlib.sha256(target.read_bytes()).hexdigest())]
    assert page.status.text() == "Saved and read back: memo-supervisor.pdf"


def test_what_a_reader_may_not_see_is_not_in_the_file(qtbot, page, answers, tmp_path):
    choose(page, "client", "es")
    made(qtbot, page)
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


def test_a_leak_refuses_the_save_and_says_what_and_where(qtbot, page, session, exports):
    session.set_identifiers((Identifier(kind="name", value="Fresno"),))
    made(qtbot, page)
    said = page.preview.page.text()
    assert "name" in said and "Nothing was saved." in said and "page" in said and "Fresno" not in said
    assert page.preview.area.accessibleDescription() == said and page.status.text() == ""
    assert not page.make.isVisible(), "made again it would be refused again"
    assert not page.save.isEnabled() and page.preview.count == 0
    assert exports.logged == []


def test_a_leak_in_the_file_s_name_refuses_the_save(qtbot, page, session, exports, answers, tmp_path):
    session.set_identifiers((NAME,))
    made(qtbot, page)
    answers.append(tmp_path / "Ixchel Tzunun.pdf")
    page.save.click()
    assert "Nothing was saved." in page.status.text()
    assert not list(tmp_path.iterdir()) and exports.logged == []


def test_no_saved_file_without_a_place(qtbot, page, exports, answers):
    made(qtbot, page)
    before = page.status.text()
    answers.append(None)
    page.save.click()
    assert page.status.text() == before
    assert exports.logged == []


def test_a_folder_that_is_not_there_is_told_and_nothing_is_logged(qtbot, page, exports, answers, tmp_path):
    made(qtbot, page)
    answers.append(tmp_path / "gone" / "memo.pdf")
    page.save.click()
    assert "Saved" not in page.status.text() and page.status.text()
    assert exports.logged == []


def test_a_file_that_is_not_as_written_is_not_called_saved(qtbot, page, exports, answers, tmp_path, monkeypatch):
    def half(path, memo):
        path.write_bytes(memo.pdf[: len(memo.pdf) // 2])

    monkeypatch.setattr("clinic_mapper.memo.export.save_memo", half)
    made(qtbot, page)
    answers.append(tmp_path / "memo.pdf")
    page.save.click()
    assert "could not be read back" in page.status.text()
    assert "Do not hand this file over" in page.status.text()
    assert exports.logged == []


def test_a_list_of_exports_that_cannot_be_written_is_said(qtbot, page, exports, answers, tmp_path):
    exports.problem = Problem("disk-full", "The disk is full.", "Your last change is kept.")
    made(qtbot, page)
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


def seen(page) -> str:
    return page.preview.area.accessibleDescription()


def test_after_a_change_the_pages_follow_by_themselves_and_only_they_can_be_saved(
    qtbot, page, session, answers, tmp_path
):
    made(qtbot, page)
    before = page.preview.page.pixmap().cacheKey()
    session.set_note("something new")
    assert not page.save.isEnabled() and not page.sign_open.isEnabled()
    assert page.preview.page.pixmap().cacheKey() == before, "the pages from before stay in sight"
    assert page.preview.sign.text() == "Being made and checked… Below: the pages from before."
    assert page.preview.sign.isVisible()
    assert not page.cancel.isVisible() and not page.make.isVisible(), "nobody waits long enough for a button"
    made(qtbot, page)
    assert page.preview.page.pixmap().cacheKey() != before and page.preview.sign.text() == ""
    answers.append(tmp_path / "memo.pdf")
    page.save.click()
    assert "something new" in text_of(tmp_path / "memo.pdf")


def test_every_reader_s_page_comes_by_itself(qtbot, page):
    pages = {}
    for reader, lang in (("supervisor", "en"), ("cocounsel", "en"), ("client", "en"), ("client", "es")):
        choose(page, reader, lang)
        made(qtbot, page)
        pages[reader, lang] = seen(page)
    assert len(set(pages.values())) == len(pages)
    assert CODE in pages["cocounsel", "en"] and CODE not in pages["client", "en"]


def test_many_changes_in_a_row_make_one_file(qtbot, page, session, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "clinic_mapper.ui.export_making.make_and_prove",
        lambda *given: asked.append((given[3].reader, given[0].note)) or make_and_prove(*given),
    )
    made(qtbot, page)
    asked.clear()
    for choice in CHOICES[:3]:
        choose(page, choice.reader)
    for note in "abc":
        session.set_note(note)
    made(qtbot, page)
    assert asked == [("cocounsel", "c")]


def test_behind_another_page_nothing_is_made(qtbot, page, session):
    made(qtbot, page)
    page.hide()
    session.set_note("typed on another page")
    assert page.preview.count == 0 and not page.making, "pages that are no longer true are not kept"
    page.show()
    assert page.making
    made(qtbot, page)
    assert page.preview.count and page.save.isEnabled()
    page.hide()
    page.show()
    assert not page.making and page.save.isEnabled(), "nothing changed: nothing is made again"


def test_a_page_that_is_left_while_it_is_made_makes_it_when_somebody_comes_back(qtbot, page, session):
    session.set_note("before")
    page.hide()
    assert not page.making
    page.show()
    made(qtbot, page)
    assert page.save.isEnabled()


def test_the_pages_of_one_matter_are_never_seen_beside_another(qtbot, page, session):
    made(qtbot, page)
    session.set_note("being made")
    session.open(structs.replace(example_matter(), code="ZQ-9999", sample=False))
    assert page.preview.count == 0 and page.preview.page.pixmap().isNull()
    made(qtbot, page)
    assert "ZQ-9999" in seen(page) and CODE not in seen(page)


def test_a_bug_does_not_leave_the_page_waiting(qtbot, page, monkeypatch):
    def broken(*_given, **_named):
        raise RuntimeError("a bug")

    monkeypatch.setattr("clinic_mapper.memo.export.make_memo", broken)
    with qtbot.captureExceptions() as raised:
        made(qtbot, page)
    assert [kind for kind, _, _ in raised] == [RuntimeError]
    assert page.preview.page.text() == "The memo could not be made. Nothing was saved."
    assert not page.save.isEnabled() and page.make.isVisible()
    monkeypatch.undo()
    page.make.click()
    assert page.save.isEnabled()


def test_a_bug_while_saving_is_not_called_saved(qtbot, page, answers, exports, tmp_path, monkeypatch):
    def broken(*_given):
        raise RuntimeError("a bug")

    made(qtbot, page)
    monkeypatch.setattr("clinic_mapper.memo.export.save_memo", broken)
    answers.append(tmp_path / "memo.pdf")
    with qtbot.captureExceptions() as raised:
        page.save.click()
    assert len(raised) == 1
    assert page.status.text().startswith("Saving could not be finished.")
    assert exports.logged == []


def test_a_result_that_comes_too_late_is_not_shown(qtbot, session, exports, monkeypatch):
    jobs = Jobs()
    page = ExportPage(session, jobs, exports)
    qtbot.addWidget(page)
    page.show()
    finish, first = threading.Event(), []

    def held(*given):
        memo = make_and_prove(*given)
        first.append(memo)
        if len(first) == 1:
            finish.wait()
        return memo

    monkeypatch.setattr("clinic_mapper.ui.export_making.make_and_prove", held)
    qtbot.waitUntil(lambda: bool(first))
    session.set_note("changed while it was made")
    qtbot.waitUntil(lambda: len(first) == 2)
    made(qtbot, page)
    now = page.preview.page.pixmap().cacheKey()
    with qtbot.waitSignal(jobs.idle):
        finish.set()
    assert page.preview.page.pixmap().cacheKey() == now and page.save.isEnabled()
    jobs.close()


@pytest.mark.parametrize("reader", ["supervisor", "client", "funder"])
def test_how_far_it_is_is_told_page_by_page(qapp, session, reader):
    told = []
    choice = next(each for each in CHOICES if each.reader == reader)
    memo = make_and_prove(
        session.matter, session.catalog, date(2026, 3, 2), choice, told=lambda page, pages: told.append((page, pages))
    )
    pages = len(page_texts(memo.pdf))
    words = [how_far(*step) for step in told]
    assert list(dict.fromkeys(words)) == [
        "Composing…",
        *(f"Drawing page {number} of {pages}…" for number in range(1, pages + 1)),
        f"Checking {pages} pages…",
    ]


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
    qtbot.waitUntil(lambda: page.preview.sign.text() == "Drawing page 3 of 40…")
    page.cancel.click()
    assert page.preview.page.text() == "Stopped. No file was made." and page.preview.sign.text() == ""
    assert page.preview.count == 0 and not page.save.isEnabled() and not page.cancel.isVisible()
    jobs.close()  # the work ended at its next step: else this would wait for ever
    monkeypatch.undo()
    session.map_changed.emit(session.exposure)
    assert not page.making, "what somebody stopped is not begun again by itself"
    assert page.make.isVisible() and page.focusWidget() is page.make
    qtbot.keyClick(page.make, Qt.Key.Key_Space)
    made(qtbot, page)
    assert page.save.isEnabled() and not page.make.isVisible()
    assert page.focusWidget() is not None, "the keyboard goes on"
    jobs.close()


def test_a_change_stops_what_is_being_made(qtbot, session, exports, monkeypatch):
    def without_end(*_given, told, **_named):
        while True:
            told(0, 0)

    monkeypatch.setattr("clinic_mapper.memo.export.make_memo", without_end)
    jobs = Jobs()
    page = ExportPage(session, jobs, exports)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.preview.sign.text() == "Composing…")
    session.set_note("changed while it was made")
    assert not page.cancel.isVisible() and page.preview.sign.text() == "Being made and checked…"
    page.hide()
    jobs.close()


def test_after_a_change_the_same_page_is_shown_again(qtbot, page, session):
    session.set_note("A long day in the clinic. " * 400)
    made(qtbot, page)
    assert page.preview.count > 1
    page.preview.pages.setCurrentRow(1)
    session.set_note("A longer day in the clinic. " * 400)
    made(qtbot, page)
    assert page.preview.pages.currentRow() == 1
    page.preview.area.verticalScrollBar().setValue(40)
    session.set_note("The longest day in the clinic. " * 400)
    made(qtbot, page)
    assert page.preview.pages.currentRow() == 1 and page.preview.area.verticalScrollBar().value() == 40
    choose(page, "client")
    made(qtbot, page)
    assert page.preview.pages.currentRow() == 0


def test_warnings_need_a_tick_before_saving(qtbot, page, session):
    session.change_touchpoint("t1", agency=Agency(name="Sheriff 559-555-0143"))
    made(qtbot, page)
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


def test_a_sample_is_marked(qtbot, page, session):
    assert not page.sample.isVisible()
    session.open(example_matter())
    assert page.sample.isVisible()
    made(qtbot, page)
    assert "SAMPLE" in page.preview.area.accessibleDescription()


def test_closing_the_matter_leaves_nothing_on_the_page(qtbot, page, session):
    session.set_identifiers((NAME,))
    qtbot.keyClicks(page.names.value, "half typed")
    made(qtbot, page)
    session.close()
    assert page.preview.count == 0 and page.names.list.count() == 0 and not page.save.isEnabled()
    assert page.preview.page.pixmap().isNull() and page.preview.area.accessibleDescription() != ""
    typed = [field for field in page.findChildren(QLineEdit) if field.objectName() != "qt_spinbox_lineedit"]
    assert [field.text() for field in typed] == ["", "", ""] and page.left_out.text() == ""
    assert page.options.contact.count() == 0 and page.options.lines.count() == 0


def test_pages_can_be_turned_and_enlarged_by_key(qtbot, page, session):
    session.set_note("A long day in the clinic. " * 400)
    made(qtbot, page)
    before = page.preview.page.pixmap().width()
    qtbot.keyClick(page.preview, Qt.Key.Key_Plus)
    assert page.preview.page.pixmap().width() > before
    qtbot.keyClick(page.preview, Qt.Key.Key_0)
    assert page.preview.page.pixmap().width() == before
    first = page.preview.area.accessibleDescription()
    qtbot.keyClick(page.preview.pages, Qt.Key.Key_End)
    assert page.preview.count > 1
    assert page.preview.area.accessibleDescription() != first


def test_every_control_has_a_name(qtbot, page):
    made(qtbot, page)
    for widget in page.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            named = widget.accessibleName() or getattr(widget, "text", lambda: "")()
            assert named, f"{widget} has no name"


def test_an_unknown_agency_does_not_stop_a_memo(qtbot, page, session):
    session.open(
        Matter(
            code=CODE, touchpoints=(Touchpoint(id="t1", kind="not-known", where=Where(state="TX"), agency=Agency()),)
        )
    )
    made(qtbot, page)
    assert page.save.isEnabled()
