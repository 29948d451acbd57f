"""The catalog in the window: found as one types, read row by row, reached from any hop with one key."""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import date

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QApplication

from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Catalog, CatalogFile, KnownPractice
from clinic_mapper.catalog.row_page import page_of
from clinic_mapper.catalog.search import plain
from clinic_mapper.gazetteer import county_named, slug
from clinic_mapper.ui.catalog_page import CatalogPage
from tests.gui.shell_window import a_window, create_vault, new_matter

STEP = "local-jail-jms--ice-ero--release-notification"


@pytest.fixture
def window(qtbot, tmp_path, inline_jobs, quick_keys):
    window = a_window(qtbot, tmp_path, inline_jobs)
    create_vault(qtbot, window)
    yield window
    window.close()


@pytest.fixture
def page(window):
    window.menu.catalog.trigger()
    return window.visits.page


def names(page) -> list[str]:
    found = page.results.found
    return [found.index(row, 0).data() for row in range(found.rowCount())]


def read(page) -> str:
    return page.reader.toPlainText()


def test_typing_finds_and_the_first_row_is_read(qtbot, page):
    assert QApplication.focusWidget() is page.search
    qtbot.keyClicks(page.search, "ngi")
    assert read(page).startswith("FBI Next Generation Identification (NGI)\nSystem")
    assert "Who feeds it" in read(page)
    qtbot.keyClicks(page.search, " xyzzy")
    assert names(page) == []
    assert read(page) == "Nothing in this catalog holds all of these words. Fewer words find more."


def test_filters_narrow_what_is_found(qtbot, page):
    page.filters.kind.setCurrentIndex(page.filters.kind.findData("restrictions"))
    page.filters.place.setCurrentIndex(page.filters.place.findData("CA"))
    page.filters.place.activated.emit(page.filters.place.currentIndex())
    assert any("Values Act" in name for name in names(page))
    assert len(names(page)) < 40
    assert page.count.text().startswith(f"{len(names(page))} of ")


def test_by_keyboard_from_the_search_to_the_list_to_the_row_and_along_a_link_and_back(qtbot, page):
    qtbot.keyClicks(page.search, "jail booking")
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is page.results
    qtbot.keyClick(page.results, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.reader
    first = read(page)
    qtbot.keyClick(page.reader, Qt.Key.Key_Tab)
    qtbot.keyClick(page.reader, Qt.Key.Key_Return)
    assert read(page) != first, "Tab and Enter follow the first link"
    page.earlier.click()
    assert read(page) == first


def test_escape_leads_back_to_where_somebody_came_from(qtbot, window, page):
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert window.pages.currentWidget() is window.matters_page


def test_one_key_opens_the_row_of_a_hop_and_one_more_starts_a_note(qtbot, window):
    new_matter(qtbot, window)
    session = window.keeper.session
    with qtbot.waitSignal(session.map_changed):
        session.add_touchpoint("jail-booking")
    panel = window.view.page.desk.panel
    line = next(line for line in session.exposure.lines if line.mechanism == "jail-tells-ice")
    session.select_line(line.id)
    flow = session.exposure.routes[line.routes[0]].hops[0].flow
    panel.setVisible(True)
    panel.tree.setFocus()
    qtbot.keyClick(panel.tree, Qt.Key.Key_F2)
    page = window.visits.page
    assert window.pages.currentWidget() is page
    assert session.catalog.flows[flow].trigger in read(page)
    with qtbot.waitSignal(page.note_wanted) as wanted:
        qtbot.keyClick(page.search, Qt.Key.Key_F2)
    assert wanted.args == ["flows", flow]


def test_the_hop_that_is_read_is_the_one_looked_up(qtbot, window):
    new_matter(qtbot, window)
    session = window.keeper.session
    with qtbot.waitSignal(session.map_changed):
        session.add_touchpoint("arrest-with-fingerprints")
    line = next(line for line in session.exposure.lines if line.mechanism == "booking-prints")
    session.select_line(line.id)
    story = window.view.page.desk.panel.details.story
    hops = session.exposure.routes[line.routes[0]].hops
    assert len(hops) > 2
    assert story.row_here() == ("flows", hops[0].flow)
    cursor = story.textCursor()
    cursor.movePosition(cursor.MoveOperation.End)
    story.setTextCursor(cursor)
    assert story.row_here() == ("flows", hops[-1].flow)


def test_a_row_that_is_a_script_is_text_and_nothing_is_fetched(window, page):
    catalog = window.keeper.session.catalog
    evil = '<img src="http://example.invalid/x.png"><script>alert(1)</script>'
    row = replace(catalog.systems["ngi"], name=evil, summary=evil)
    window.keeper.session.use_catalog(replace(catalog, systems=catalog.systems | {"ngi": row}))
    page.show_row("systems", "ngi")
    assert read(page).startswith(evil)
    assert page.reader.loadResource(2, QUrl("http://example.invalid/x.png")) is None


def test_the_lock_leaves_nothing_of_it(qtbot, window, page):
    qtbot.keyClicks(page.search, "ngi")
    window.lock()
    assert (read(page), page.search.text(), names(page), page.count.text()) == ("", "", [], "")
    assert not window.menu.catalog.isEnabled()


def test_the_row_that_was_read_is_still_read_when_a_note_or_a_list_changed_the_catalog(window, page):
    session = window.keeper.session
    page.show_row("flows", STEP)
    words = read(page)
    session.use_catalog(replace(session.catalog, version="another"))
    page.show_catalog(session.catalog, page._today)
    assert read(page) == words
    assert page.results.found.entry_at(page.results.currentIndex()).id == STEP


def test_a_text_with_lines_of_its_own_cannot_say_from_which_layer_a_row_is(window, page):
    catalog = window.keeper.session.catalog
    evil = "It is told.\n\nShipped with the program\u2028\u202edeppihS\x1b[31m"
    page.reader.show_page(page_of(catalog, "flows", STEP, "2026-03-02"))
    lines = len(read(page).splitlines())
    told = replace(catalog, flows=catalog.flows | {STEP: replace(catalog.flows[STEP], trigger=evil)})
    page.reader.show_page(page_of(told, "flows", STEP, "2026-03-02"))
    assert len(read(page).splitlines()) == lines
    assert "\u202e" not in read(page) and "\x1b" not in read(page)


class LateJobs:
    """Jobs that end when the test says so."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], object]] = []

    def start(self, function, *given, done):
        self.waiting.append(lambda: done(function(*given)))


def test_what_is_made_ready_for_one_vault_is_not_shown_in_the_next(qtbot):
    shipped, jobs = load_catalog(), LateJobs()
    row = KnownPractice(id="n", answers="287g-jail", is_="yes", state="GA", agency="Ours", says="x", as_of="2026")
    noted = replace(shipped, known_practices={"n": row})
    page = CatalogPage(jobs)
    qtbot.addWidget(page)
    page.show_catalog(noted, date(2026, 3, 2))
    page.forget()
    page.show_catalog(replace(shipped), date(2026, 3, 2))
    first, second = jobs.waiting
    second()
    first()
    assert names(page) and not [name for name in names(page) if name.startswith("Ours")]


def test_no_catalog_of_a_clinic_stays_in_memory_after_the_lock(qtbot, window):
    row = KnownPractice(id="n", answers="287g-jail", is_="yes", state="GA", agency="Ours", says="x", as_of="2026")
    window.keeper.layers.put_notes(CatalogFile(known_practices=(row,)))
    window.keeper.relayer()
    new_matter(qtbot, window)
    session = window.keeper.session
    with qtbot.waitSignal(session.map_changed):
        session.add_touchpoint("jail-booking")
    window.menu.catalog.trigger()
    del session
    window.lock()
    qtbot.wait(10)  # what is to be deleted later is deleted
    gc.collect()
    left = [each for each in gc.get_objects() if isinstance(each, Catalog) and each.origins]
    assert left == []
    assert plain.cache_info().currsize == 0
    assert slug.cache_info().currsize == county_named.cache_info().currsize == 0
