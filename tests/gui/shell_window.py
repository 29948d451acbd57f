"""What the tests of the shell share: the real window over a temporary folder, used by its fields, buttons and keys."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from clinic_mapper.ui.background import Jobs
from clinic_mapper.ui.export_page import ExportPage
from clinic_mapper.ui.main_window import MainWindow
from clinic_mapper.ui.settings import Settings

PASSPHRASE = "copper lantern seven otters quietly"
CODE = "M-7K3Q"
TODAY = date(2026, 3, 2)


def a_window(qtbot, folder: Path, jobs: Jobs, size: tuple[int, int] = (1280, 680)) -> MainWindow:
    """The window as it stands after its first paint, everything loaded."""
    window = MainWindow(Settings(folder / "settings.ini"), jobs, folder / "vault", lambda: TODAY)
    qtbot.addWidget(window)
    window.resize(*size)
    with qtbot.waitSignal(window.painted):
        window.show()
    window.load()
    return window


def made(qtbot, page: ExportPage) -> None:
    """Wait until the pages are those of what is chosen, or the reason why there are none stands in their place."""
    QApplication.processEvents()  # many commands in one turn make one map
    qtbot.waitUntil(lambda: not page.making)


def create_vault(qtbot, window: MainWindow) -> None:
    """Make a vault by keyboard: passphrase, Enter, again, Enter."""
    page = window.entrance.create_page
    page.first.setFocus()
    qtbot.keyClicks(page.first.line, PASSPHRASE)
    qtbot.keyClick(page.first.line, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.again.line
    qtbot.keyClicks(page.again.line, PASSPHRASE)
    qtbot.keyClick(page.again.line, Qt.Key.Key_Return)


def unlock(qtbot, window: MainWindow, passphrase: str = PASSPHRASE) -> None:
    """Type a passphrase on the lock page."""
    line = window.entrance.lock_page.passphrase.line
    assert QApplication.focusWidget() is line, "the lock page waits for a passphrase"
    qtbot.keyClicks(line, passphrase)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def new_matter(qtbot, window: MainWindow, code: str = CODE) -> None:
    """Open a new matter from wherever a vault is open."""
    window.menu.new.trigger()
    line = window.matters_page.code
    assert QApplication.focusWidget() is line
    qtbot.keyClicks(line, code)
    qtbot.keyClick(line, Qt.Key.Key_Return)
