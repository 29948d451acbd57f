"""Lists and notes: nothing of a list is kept before somebody read what stands in it and said so; all can be undone."""

from __future__ import annotations

import threading
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QListWidget

from clinic_mapper.casefile.model import Agency, Where
from clinic_mapper.catalog.agreement_workbook import AgreementList
from clinic_mapper.catalog.model import CatalogFile
from clinic_mapper.catalog.notes import At, NotedPractice, Told, rows_of, with_note
from clinic_mapper.problem import Problem
from clinic_mapper.ui.background import Jobs
from clinic_mapper.ui.layer_words import day_typed
from tests.gui.shell_window import TODAY, a_window, create_vault, new_matter, unlock

ICE_FILES = Path(__file__).parents[2].parent / "shared" / "data"
HEADING = ("STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE", "SIGNED")
HALL = (
    "GEORGIA",
    "Hall County Sheriff's Office",
    "County",
    "Hall County",
    "Jail Enforcement Model",
    datetime(2020, 2, 3),
)
COBB = (
    "GEORGIA",
    "Cobb County Sheriff's Office",
    "County",
    "Cobb County",
    "Jail Enforcement Model",
    datetime(2021, 2, 3),
)
NO_STATE = ("GEORGA", "Bibb County Sheriff's Office", "County", "Bibb County", "Task Force Model", datetime(2022, 2, 3))
NOTE = NotedPractice("jail-sends-list", True, At("GA", "Hall County"), Told("jail staff", "a call", "2026-02-01"))


def workbook(folder: Path, name: str, *rows: tuple[object, ...]) -> Path:
    book = Workbook()
    for row in (HEADING, *rows):
        book.active.append(row)
    book.save(folder / name)
    return folder / name


@pytest.fixture
def window(qtbot, tmp_path, inline_jobs, quick_keys):
    opened = a_window(qtbot, tmp_path, inline_jobs, (1024, 544))
    create_vault(qtbot, opened)
    opened.menu.layers.trigger()
    yield opened
    opened.close()


@pytest.fixture
def page(window):
    return window.side.clinic.layers_page()


def press(qtbot, key=Qt.Key.Key_Return) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key)


def bring(qtbot, page, answers, file: Path) -> None:
    """By keyboard as far as the report: choose the file, take the day that its name tells."""
    answers.append(file)
    assert QApplication.focusWidget() is page.overview.bring
    press(qtbot)
    assert QApplication.focusWidget() is page.bring.day
    press(qtbot)


def use(qtbot, page) -> None:
    """On by Enter from what is to be read to the button, and press it."""
    while QApplication.focusWidget() is not page.report.use:
        assert isinstance(QApplication.focusWidget(), QListWidget)
        press(qtbot)
    press(qtbot)


def texts(page) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def note(window, *notes) -> None:
    keeper, rows = window.keeper, CatalogFile()
    for each in notes:
        rows = with_note(rows, rows_of(each, keeper.session.catalog))
    keeper.layers.put_notes(rows)
    keeper.relayer()
    window.side.clinic.layers_page().focus_start()


def agreement_asked(window, qtbot) -> bool:
    """Whether a matter with a booking by the sheriff of Hall County still leaves the jail agreement open."""
    new_matter(qtbot, window)
    session = window.keeper.session
    name = session.add_touchpoint("jail-booking")
    where, agency = Where(state="GA", county="Hall County"), Agency(kind="sheriff")
    session.change_touchpoint(name, where=where, agency=agency, when="2025-05")
    with qtbot.waitSignal(session.map_changed):
        pass
    return any(each.id == "287g-jail" for route in session.exposure.routes.values() for each in route.unknown)


def test_without_a_list_the_agreement_is_asked_for(qtbot, window):
    assert agreement_asked(window, qtbot)


def test_a_list_is_brought_read_and_used_by_keyboard(qtbot, window, page, answers, tmp_path):
    bring(qtbot, page, answers, workbook(tmp_path, "participatingAgencies07182025pm.xlsx", HALL, NO_STATE))
    assert "2 rows read, 1 agreements taken, 0 rows blank, 1 rows left out" in page.report.counts.text()
    assert ["Row 3" in page.report.slips.item(at).text() for at in range(page.report.slips.count())] == [True]
    assert window.keeper.layers.entries() == []
    use(qtbot, page)
    assert [entry.id for entry in window.keeper.layers.entries()] == ["287g-participating-2025-07-18"]
    assert "in use from now on" in window.messages.text
    assert "2025-07-18" in texts(page.overview)
    assert not agreement_asked(window, qtbot)


def test_a_list_that_is_left_is_not_kept(qtbot, window, page, answers, tmp_path):
    bring(qtbot, page, answers, workbook(tmp_path, "participatingAgencies07182025pm.xlsx", HALL))
    press(qtbot, Qt.Key.Key_Escape)
    assert page.panels.currentWidget() is page.overview
    assert window.keeper.layers.entries() == [] and window.messages.text == ""
    assert page.report.slips.count() == page.report.changes.count() == 0


def test_one_enter_too_many_does_not_take_an_unread_list(qtbot, window, page, answers, tmp_path):
    bring(qtbot, page, answers, workbook(tmp_path, "participatingAgencies07182025pm.xlsx", HALL))
    press(qtbot)
    assert window.keeper.layers.entries() == []


def test_what_began_and_what_ended_is_told_against_the_list_before(qtbot, window, page, answers, tmp_path):
    bring(qtbot, page, answers, workbook(tmp_path, "participatingAgencies05162025am.xlsx", HALL))
    assert "no earlier list" in page.report.changes_said.text().lower()
    page.report.use.click()
    bring(qtbot, page, answers, workbook(tmp_path, "participatingAgencies07182025pm.xlsx", COBB))
    told = [page.report.changes.item(at).text() for at in range(page.report.changes.count())]
    assert page.report.changes_said.text() == "Since the list of 2025-05-16: 1 began, 1 no longer listed."
    assert told[0].startswith("Began: Cobb County") and told[1].startswith(
        "No longer listed on 2025-07-18: Hall County"
    )


def test_a_list_of_the_same_day_takes_the_place_of_the_one_before_and_says_so(qtbot, window, page, answers, tmp_path):
    for row in (HALL, COBB):
        bring(qtbot, page, answers, workbook(tmp_path, "participatingAgencies07182025pm.xlsx", row))
        assert page.report.replaces.isVisible() is (row is COBB)
        page.report.use.click()
    assert len(window.keeper.layers.entries()) == 1


def test_a_list_is_taken_out_and_brought_back_by_undo(qtbot, window, page, answers, tmp_path):
    bring(qtbot, page, answers, workbook(tmp_path, "participatingAgencies07182025pm.xlsx", HALL))
    page.report.use.click()
    page.overview.taking[0].click()
    assert window.keeper.session.catalog.known_practices == {} and "No list yet" in texts(page.overview)
    window.messages.action.click()
    assert len(window.keeper.session.catalog.known_practices) == 1 and "2025-07-18" in texts(page.overview)


def test_a_note_is_taken_out_alone_and_brought_back_by_undo(qtbot, window, page):
    other = NotedPractice("jail-feeds-vine", False, At("GA"), Told("a nurse", "was told", "2026-02-02"))
    note(window, NOTE, other)
    assert "jail staff: a call, 2026-02-01" in texts(page.overview)
    taking = {out.accessibleName(): out for out in page.overview.taking}
    assert len(taking) == 2
    taking["Take out: This jail feeds the VINE custody service"].click()
    assert [row.answers for row in window.keeper.session.catalog.known_practices.values()] == ["jail-sends-list"]
    window.messages.action.click()
    assert len(window.keeper.session.catalog.known_practices) == 2


def test_a_damaged_file_is_told_and_another_can_be_chosen(qtbot, window, page, answers, tmp_path):
    broken = tmp_path / "participatingAgencies07182025pm.xlsx"
    broken.write_bytes(b"PK no workbook")
    bring(qtbot, page, answers, broken)
    assert "no workbook that can be read" in page.bring.status.text()
    assert QApplication.focusWidget() is page.bring.other
    assert window.keeper.layers.entries() == []


def test_a_disk_that_refuses_is_told_and_nothing_is_claimed(qtbot, window, page, answers, tmp_path, monkeypatch):
    def full(*_given: object) -> None:
        raise Problem("disk-full", "The disk is full.", "What was kept is safe.")

    bring(qtbot, page, answers, workbook(tmp_path, "participatingAgencies07182025pm.xlsx", HALL))
    monkeypatch.setattr(window.keeper._vault, "keep_layer", full)
    use(qtbot, page)
    assert page.report.status.text() == "The disk is full. What was kept is safe."
    assert window.messages.text == "" and page.panels.currentWidget() is page.report
    assert window.keeper.session.catalog.known_practices == {}


@pytest.mark.parametrize(
    ("typed", "iso"),
    [("July 18, 2025", "2025-07-18"), ("2025-07-18", "2025-07-18"), ("7/18/2025", "2025-07-18"),
     ("July 2025", ""), ("", ""), ("soon", ""), ("2026-03-03", "")],
)  # fmt: skip
def test_only_one_day_that_has_come_can_be_the_day_of_a_list(typed, iso):
    meant = day_typed(typed, TODAY)
    assert (meant.iso, bool(meant.said)) == (iso, True)


def test_a_file_whose_name_tells_no_day_waits_for_one(qtbot, window, page, answers, tmp_path):
    bring(qtbot, page, answers, workbook(tmp_path, "agencies.xlsx", HALL))
    assert page.panels.currentWidget() is page.bring and not page.bring.read.isEnabled()
    qtbot.keyClicks(page.bring.day, "July 18, 2025")
    press(qtbot)
    assert page.panels.currentWidget() is page.report


def test_no_file_is_no_change(qtbot, page, answers):
    answers.append(None)
    page.overview.bring.click()
    assert page.panels.currentWidget() is page.overview


def test_what_is_refused_is_shown_with_its_reason(qtbot, window, page):
    window.keeper._vault.keep_layer("notes", "notes", "The clinic's own notes", b"half a")
    window.keeper._vault.keep_layer("287g-x", "list", "A list from the moon", b'{"moon": 1}')
    window.keeper.relayer()
    page.focus_start()
    shown = texts(page.overview)
    assert "A list from the moon" in shown and "kept by another version" in shown and "not in use" in shown
    while page.overview.taking:
        page.overview.taking[0].click()
    assert window.keeper.refused == () and "Not in use" not in texts(page.overview)


def test_in_the_sample_it_is_said_that_nothing_is_kept(qtbot, tmp_path, inline_jobs):
    window = a_window(qtbot, tmp_path, inline_jobs)
    assert not window.menu.layers.isEnabled()
    window.entrance.sample_wanted.emit()
    window.menu.layers.trigger()
    page = window.side.clinic.layers_page()
    assert "kept in a vault" in texts(page.overview)
    assert not page.overview.bring.isEnabled() and not page.overview.new_note.isEnabled()
    assert QApplication.focusWidget() is page.overview.back
    press(qtbot)
    assert window.pages.currentWidget() is window.view


def test_a_lock_leaves_nothing_on_the_page(qtbot, window, page, answers, tmp_path):
    note(window, NOTE)
    bring(qtbot, page, answers, workbook(tmp_path, "participatingAgencies07182025pm.xlsx", HALL, NO_STATE))
    window.lock()
    assert not window.menu.layers.isEnabled()
    shown = "\n".join(label.text() for label in page.findChildren(QLabel) if not label.parent().isHidden())
    assert "jail staff" not in shown and "07182025" not in shown and page.report.slips.count() == 0
    unlock(qtbot, window)
    window.menu.layers.trigger()
    assert "jail staff" in texts(page.overview) and page.panels.currentWidget() is page.overview


def test_leaving_the_page_stops_the_reading(qtbot, tmp_path, quick_keys, answers, monkeypatch):
    jobs, gate, ended = Jobs(), threading.Event(), threading.Event()

    def slow(_file, _day, progress):
        try:
            gate.wait(20)
            progress(1, 2)
            pytest.fail("nobody waits any more")
        finally:
            ended.set()

    monkeypatch.setattr("clinic_mapper.ui.layers_page.read_workbook", slow)
    window = a_window(qtbot, tmp_path, jobs)
    with qtbot.waitSignal(window.entered, timeout=30_000):
        create_vault(qtbot, window)
    window.menu.layers.trigger()
    page = window.side.clinic.layers_page()
    answers.append(tmp_path / "participatingAgencies07182025pm.xlsx")
    page.overview.bring.click()
    page.bring.read.click()
    assert page.bring.progress.isVisible()
    window.menu.settings.trigger()
    with qtbot.waitSignal(jobs.idle, timeout=20_000):
        gate.set()
    assert ended.is_set()
    window.side.come_back()
    assert "stopped" in page.bring.status.text() and page.bring.read.isEnabled()
    window.close()


def test_a_bug_does_not_leave_the_page_waiting(qtbot, window, page, answers, tmp_path, monkeypatch):
    def broken(*_given: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("clinic_mapper.ui.layers_page.read_workbook", broken)
    with qtbot.captureExceptions() as raised:
        bring(qtbot, page, answers, tmp_path / "participatingAgencies07182025pm.xlsx")
    assert [kind for kind, *_ in raised] == [RuntimeError]
    assert "Nothing was kept" in page.bring.status.text() and page.bring.read.isEnabled()


@pytest.mark.skipif(not ICE_FILES.is_dir(), reason="ICE's files are not here")
def test_lists_as_ice_publishes_them_settle_what_is_known(qtbot, window, page, answers):
    for name in ("participatingAgencies05162025am", "participatingAgencies07182025pm", "pendingAgencies07182025pm"):
        bring(qtbot, page, answers, ICE_FILES / f"{name}.xlsx")
        use(qtbot, page)
    assert len(window.keeper.layers.entries()) == 3
    known = window.keeper.session.catalog.known_practices.values()
    assert {row.is_ for row in known} == {"yes", "asked for"}
    assert date.fromisoformat(max(row.as_of for row in known)) == date(2025, 7, 18)


def test_a_second_enter_after_taking_out_takes_out_nothing_more(qtbot, window):
    for day in ("2025-05-16", "2025-07-18"):
        window.keeper.layers.add_list(AgreementList(day, "participating", ()))
    window.keeper.relayer()
    window.side.show_layers()
    page = window.side.clinic.layers_page()
    page.overview.taking[0].setFocus()
    qtbot.keyClick(page.overview.taking[0], Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.overview.back
    assert len(window.keeper.layers.entries()) == 1
