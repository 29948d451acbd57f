"""Every control has a name for a screen reader, every page can be walked by Tab, every action has its own key."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLabel, QScrollBar, QTabBar, QWidget

from clinic_mapper.casefile.model import FollowUp
from clinic_mapper.catalog.agreement_reading import Slip
from clinic_mapper.catalog.agreement_workbook import Reading
from tests.gui.shell_window import CODE, a_window, create_vault, new_matter
from tests.gui.test_window_layers import LIST

PAGES = (
    "create",
    "lock",
    "matters",
    "matter",
    "export",
    "follow-ups",
    "steps",
    "limits",
    "settings",
    "catalog",
    "message",
    "layers",
    "report",
    "note",
    "step",
    "law",
)


@pytest.fixture
def window(qtbot, tmp_path, inline_jobs, quick_keys):
    opened = a_window(qtbot, tmp_path, inline_jobs, (1024, 544))
    create_vault(qtbot, opened)
    new_matter(qtbot, opened)
    return opened


def show(window, page: str) -> None:
    if page == "create":
        window.lock()
        window.entrance.lock_page.new_vault.click()
    elif page == "lock":
        window.lock()
    elif page == "matters":
        window.show_matters()
    elif page == "matter":
        window.keeper.session.add_touchpoint("police-stop-no-citation")
    elif page == "steps":
        window.follow_ups()
        window.view.follow_ups.start_pick("")
    elif page == "follow-ups":
        window.keeper.session.add_follow_up(FollowUp(id="", letter="uscis-foia", remedy="req-uscis-afile"))
        window.follow_ups()
    elif page == "message":
        window.messages.say("Removed.", "Undo", window.undo)
    elif page in ("note", "step", "law"):
        begun = {"note": ("", ""), "step": ("systems", "local-jail-jms"), "law": ("restrictions", "any")}[page]
        window.side.start_note(*begun)
    elif page == "report":
        window.side.show_layers()
        panel = window.side.clinic.layers_page()
        panel._show_report("list.xlsx", Reading(LIST, 3, 1, (Slip(3, "“X”: no state. The row was left out."),)))
    else:
        pages = {
            "export": window.export,
            "limits": window.side.show_limits,
            "settings": window.side.show_settings,
            "layers": window.side.show_layers,
            "catalog": window.visits.show_catalog,
        }
        pages[page]()


def focusable(window) -> list[QWidget]:
    return [
        part
        for part in window.findChildren(QWidget)
        if part.isVisible()
        and part.focusPolicy() & Qt.FocusPolicy.TabFocus
        and part.focusProxy() is None
        and not isinstance(part, QScrollBar)
        and not (isinstance(part.parent(), QAbstractScrollArea) and part.parent().viewport() is part)
    ]


def name_of(part: QWidget) -> str:
    heard = QAccessible.queryAccessibleInterface(part)
    return heard.text(QAccessible.Text.Name) if heard is not None else part.accessibleName()


@pytest.mark.parametrize("page", PAGES)
def test_every_control_has_a_name(window, page):
    show(window, page)
    found = focusable(window)
    assert found, "there is something to reach by keyboard"
    assert not [part for part in found if not name_of(part).strip()]


@pytest.mark.parametrize("page", PAGES)
def test_the_focus_stands_somewhere_and_tab_leads_on(window, qtbot, page):
    show(window, page)
    first = window.focusWidget()
    assert first is not None and first.isVisible()
    seen = [first]
    for _ in range(200):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        if window.focusWidget() in seen:
            break
        seen.append(window.focusWidget())
    assert len(seen) > 1, "Tab moves on"
    assert all(part.isVisible() for part in seen)


@pytest.mark.parametrize("page", PAGES)
def test_words_from_people_are_never_read_as_markup(window, page):
    show(window, page)
    rich = [
        part.text()
        for part in window.findChildren(QLabel)
        if part.buddy() is None and part.textFormat() is not Qt.TextFormat.PlainText and part.text()
    ]
    assert not rich


@pytest.mark.parametrize("page", PAGES)
def test_a_page_fits_a_small_screen(window, page):
    show(window, page)
    needed = window.minimumSizeHint()
    assert (needed.width() <= 1024, needed.height() <= 544) == (True, True)


@pytest.mark.parametrize("page", PAGES)
def test_the_code_is_in_no_title(window, page):
    show(window, page)
    assert CODE not in window.windowTitle()


def test_every_action_has_a_key_of_its_own(window):
    actions = [action for action in window.findChildren(QAction) if action.text() and action.menu() is None]
    ours = [action for action in actions if action in window.actions()]
    keys = Counter(key.toString() for action in ours for key in action.shortcuts())
    assert len(ours) == 17
    assert all(action.shortcuts() for action in ours)
    assert not [key for key, times in keys.items() if times > 1]


@pytest.mark.parametrize("page", PAGES)
def test_no_letter_with_alt_means_two_things(window, page):
    show(window, page)
    menus = [action.text() for action in window.menuBar().actions()]
    buttons = [part.text() for part in window.findChildren(QAbstractButton) if part.isVisible()]
    labels = [part.text() for part in window.findChildren(QLabel) if part.isVisible() and part.buddy()]
    tabs = [bar.tabText(at) for bar in window.findChildren(QTabBar) if bar.isVisible() for at in range(bar.count())]
    letters = Counter(QKeySequence.mnemonic(words).toString() for words in (*menus, *buttons, *labels, *tabs))
    assert [letter for letter, times in letters.items() if letter and times > 1] == []
