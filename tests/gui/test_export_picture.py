"""Saving the picture of the map: of what was looked at, proved, and never written after it was stopped or locked."""

from __future__ import annotations

import hashlib
import threading
from datetime import date

import pytest
from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QFileDialog

from clinic_mapper.casefile.model import Identifier
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.clinic_profiles import ClinicProfiles
from clinic_mapper.memo.export import for_export
from clinic_mapper.memo.export_picture import proved_picture
from clinic_mapper.memo.readers import load_profile
from clinic_mapper.problem import Problem
from clinic_mapper.resource_files import resources
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.ui import ask
from clinic_mapper.ui.background import Jobs
from clinic_mapper.ui.export_page import ExportPage
from clinic_mapper.ui.export_work import CHOICES
from clinic_mapper.ui.picture_png import as_png
from clinic_mapper.ui.picture_work import ENDINGS
from clinic_mapper.ui.session import CaseSession
from clinic_mapper.ui.signed_work import reader_in_words
from clinic_mapper.whole_job import read_case
from tests.gui.shell_window import made

TODAY = date(2026, 3, 2)


@pytest.fixture
def logged():
    return []


@pytest.fixture(scope="module")
def catalog():
    return load_catalog()


@pytest.fixture
def session(qapp, catalog):
    opened = CaseSession(catalog, lambda: TODAY, lambda _matter: "10:42")
    opened.open(read_case(resources() / "samples" / "matters" / "student-visa.json"))
    return opened


def shown(qtbot, session, jobs, logged, **more) -> ExportPage:
    page = ExportPage(session, jobs, lambda *given: logged.append(given), **more)
    qtbot.addWidget(page)
    page.resize(1024, 544)
    page.show()
    made(qtbot, page)
    return page


@pytest.fixture
def page(qtbot, session, inline_jobs, logged):
    return shown(qtbot, session, inline_jobs, logged)


def choose(qtbot, page: ExportPage, reader: str) -> None:
    number = next(at for at, choice in enumerate(CHOICES) if choice.reader == reader)
    page.readers.button(number).click()
    made(qtbot, page)


def expected(session, reader="supervisor", lines=None) -> str:
    matter, catalog = session.matter, session.catalog
    exposure = map_exposure(for_export(matter), catalog, TODAY)
    return proved_picture(matter, catalog, exposure, reader, lines=lines).svg


def test_the_picture_of_what_is_on_the_screen_is_saved_read_back_and_listed(page, session, logged, answers, tmp_path):
    for name, data in (
        ("picture.png", as_png(expected(session))),
        ("Picture.SVG", expected(session).encode()),
    ):
        answers.append(tmp_path / name)
        page.more.save_picture.trigger()
        assert (tmp_path / name).read_bytes() == data
        assert page.status.text() == f"Saved and read back: {name}"
        assert logged.pop() == ("picture-supervisor", hashlib.sha256(data).hexdigest())
    assert page.save.isEnabled() and not page.cancel.isVisible()


def test_it_bears_the_marks_of_a_draft_and_of_an_invented_client(page, answers, tmp_path):
    answers.append(tmp_path / "map.svg")
    page.more.save_picture.trigger()
    assert "SAMPLE – invented client · DRAFT until signed" in (tmp_path / "map.svg").read_text("utf-8")


@pytest.mark.parametrize("reader", ["client", "funder", "request", "letter"])
def test_who_sees_no_routes_is_offered_no_picture(qtbot, page, reader):
    choose(qtbot, page, reader)
    assert not page.more.save_picture.isVisible()
    page.more.save_picture.trigger()  # nobody answers a dialog here


def test_a_clinic_that_hides_routes_from_a_reader_offers_no_picture(qtbot, session, inline_jobs, logged, monkeypatch):
    def tighter(self, reader):
        profile = load_profile(reader)
        return structs.replace(profile, tags=profile.tags | {"route": "withhold"})

    monkeypatch.setattr(ClinicProfiles, "profile", tighter)
    page = shown(qtbot, session, inline_jobs, logged)
    assert page.more.isEnabled() and not page.more.save_picture.isVisible()


def test_the_clinics_own_profile_is_the_pictures_too(
    qtbot, session, inline_jobs, logged, monkeypatch, answers, tmp_path
):
    def tighter(self, reader):
        profile = load_profile(reader)
        return structs.replace(profile, tags=profile.tags | {"date": "generalize:year"})

    monkeypatch.setattr(ClinicProfiles, "profile", tighter)
    page = shown(qtbot, session, inline_jobs, logged)
    answers.append(tmp_path / "map.svg")
    page.more.save_picture.trigger()
    text = (tmp_path / "map.svg").read_text("utf-8")
    assert "2021" in text and "August 2021" not in text and "August 2021" in expected(session)


def test_a_court_gets_the_chosen_lines_alone(qtbot, page, session, logged, answers, tmp_path):
    choose(qtbot, page, "court")
    assert not page.more.isEnabled()
    page.options.lines.item(0).setCheckState(Qt.CheckState.Checked)
    made(qtbot, page)
    assert page.more.isEnabled() and page.more.save_picture.isVisible()
    answers.append(tmp_path / "map.svg")
    page.more.save_picture.trigger()
    lines = page.options.chosen().lines
    assert len(lines) == 1
    assert (tmp_path / "map.svg").read_text("utf-8") == expected(session, "court", lines)
    assert [reader for reader, _ in logged] == ["picture-court"]


def test_no_is_an_answer(page, logged, answers, tmp_path):
    answers.append(None)
    page.more.save_picture.trigger()
    assert not logged and page.save.isEnabled()


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_a_name_in_the_name_of_the_file_writes_nothing(qtbot, page, session, logged, answers, tmp_path, ending):
    session.set_identifiers((Identifier(kind="name", value="Ixchel Tzunun"),))
    made(qtbot, page)
    answers.append(tmp_path / f"Tzunun.{ending}")
    page.more.save_picture.trigger()
    assert "the file name" in page.status.text() and "Tzunun" not in page.status.text()
    assert not list(tmp_path.iterdir()) and not logged and page.save.isEnabled()


def test_another_ending_is_refused_in_a_sentence(page, logged, answers, tmp_path):
    answers.append(tmp_path / "map.jpg")
    page.more.save_picture.trigger()
    assert "ends otherwise" in page.status.text() and not list(tmp_path.iterdir()) and not logged


def test_a_picture_too_large_to_be_read_offers_the_svg(page, answers, tmp_path, monkeypatch):
    monkeypatch.setattr("clinic_mapper.ui.picture_png.MOST_PIXELS", 1000)
    answers.append(tmp_path / "map.png")
    page.more.save_picture.trigger()
    assert "Save it as SVG" in page.status.text() and not list(tmp_path.iterdir())


@pytest.fixture
def held(monkeypatch):
    """A picture whose drawing ends when the test says so; tells when it has begun."""
    begun, finish = threading.Event(), threading.Event()

    def slowly(svg: str) -> bytes:
        begun.set()
        finish.wait()
        return as_png(svg)

    monkeypatch.setattr("clinic_mapper.ui.picture_png.as_png", slowly)
    yield begun, finish
    finish.set()


@pytest.fixture
def jobs(qapp):
    threads = Jobs()
    yield threads
    threads.close()


def test_escape_while_it_is_drawn_writes_nothing(qtbot, session, jobs, held, logged, answers, tmp_path):
    begun, finish = held
    page = shown(qtbot, session, jobs, logged)
    answers.append(tmp_path / "map.png")
    page.more.save_picture.trigger()
    qtbot.waitUntil(begun.is_set)
    assert page.cancel.isVisible() and not page.save.isEnabled() and not page.more.isEnabled()
    page.cancel.click()
    assert page.status.text() == "Stopped. No picture was saved."
    assert page.save.isEnabled() and not page.cancel.isVisible()
    with qtbot.waitSignal(jobs.idle):
        finish.set()
    assert not list(tmp_path.iterdir()) and not logged
    assert page.cancel.shortcut().toString() == "Esc"


def test_a_lock_while_it_is_drawn_writes_nothing(qtbot, session, jobs, held, logged, answers, tmp_path):
    begun, finish = held
    page = shown(qtbot, session, jobs, logged)
    answers.append(tmp_path / "map.png")
    page.more.save_picture.trigger()
    qtbot.waitUntil(begun.is_set)
    session.close()
    assert page.status.text() == ""
    with qtbot.waitSignal(jobs.idle):
        finish.set()
    assert not list(tmp_path.iterdir()) and not logged


def test_what_changes_while_it_is_drawn_is_not_in_it_and_what_came_of_it_is_said(
    qtbot, session, jobs, held, logged, answers, tmp_path
):
    begun, finish = held
    page = shown(qtbot, session, jobs, logged)
    before = expected(session)
    answers.append(tmp_path / "map.png")
    page.more.save_picture.trigger()
    qtbot.waitUntil(begun.is_set)
    session.change_touchpoint(session.matter.touchpoints[0].id, when="1999-02")
    finish.set()
    qtbot.waitUntil(lambda: bool(logged))
    made(qtbot, page)
    assert before != expected(session), "the date is in the picture"
    assert (tmp_path / "map.png").read_bytes() == as_png(before)
    assert "Saved and read back: map.png" in page.status.text() and page.save.isEnabled()


def test_a_bug_while_it_is_drawn_leaves_the_page_in_use(qtbot, session, jobs, logged, answers, tmp_path, monkeypatch):
    def broken(svg: str) -> bytes:
        raise Problem("picture-not-drawn", "It could not be drawn.")

    monkeypatch.setattr("clinic_mapper.ui.picture_png.as_png", broken)
    page = shown(qtbot, session, jobs, logged)
    answers.append(tmp_path / "map.png")
    page.more.save_picture.trigger()
    qtbot.waitUntil(page.save.isEnabled)
    assert page.status.text() == "It could not be drawn." and not page.cancel.isVisible()
    assert not list(tmp_path.iterdir())


def test_the_ground_is_white_and_the_bytes_are_the_same_in_a_dark_window(qapp, session):
    light = as_png(expected(session))
    before = qapp.palette()
    qapp.setPalette(QPalette(QColor("#202020")))
    try:
        dark = as_png(expected(session))
    finally:
        qapp.setPalette(before)
    assert dark == light and QImage.fromData(dark).pixelColor(1, 1) == QColor("white")


def test_the_ending_goes_with_the_kind_that_is_chosen(qtbot, monkeypatch, tmp_path):
    """Where a person typed no ending."""
    endings = []

    def run(dialog: QFileDialog) -> bool:
        endings.append(dialog.defaultSuffix())
        for kind in reversed(ENDINGS.split(";;")):
            dialog.filterSelected.emit(kind)
            endings.append(dialog.defaultSuffix())
        return False

    monkeypatch.setattr(ask, "replies", None)
    monkeypatch.setattr(ask, "_run", run)
    parent = QFileDialog()
    qtbot.addWidget(parent)
    assert ask.file_to_save(parent, "Save the picture", tmp_path / "picture.png", ENDINGS) is None
    assert endings == ["png", "svg", "png"]


def test_the_list_of_exports_names_it():
    assert reader_in_words("picture-court") == "court (picture)"
