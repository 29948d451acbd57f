"""The start of the window's process. Nothing heavy is imported before the first page is on the screen."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from clinic_mapper.ui.main_window import MainWindow

NAME = "Clinic Mapper"
DESKTOP_FILE = "clinic-mapper"


def run_window(argv: Sequence[str]) -> int:
    """Open the window and run until it is closed. Returns the exit code; 1 where no window can be opened."""
    try:
        app = application(argv)
    except ImportError as error:
        print(f"{NAME} cannot open a window: a library is missing ({error}). Nothing was changed.", file=sys.stderr)
        return 1
    from platformdirs import user_log_path

    from clinic_mapper.ui.mishaps import Mishaps
    from clinic_mapper.ui.settings import Settings

    window = _window(Settings())
    logs = user_log_path("clinic-mapper", appauthor=False)
    mishaps = Mishaps(logs, window.lock, lambda said: _tell_of_mishap(window, logs, said))
    mishaps.install()
    window.painted.connect(window.load)
    window.show()
    return app.exec()


def try_window() -> str:
    """Open the window, load everything, open the sample, close: for the self-test. Says what it found.

    Raises:
        AssertionError: a page did not come up.
    """
    import tempfile

    from PySide6.QtGui import QGuiApplication

    app = application(["clinic-mapper"])
    from clinic_mapper.ui.background import Jobs
    from clinic_mapper.ui.settings import Settings

    with tempfile.TemporaryDirectory(prefix="clinic-mapper-") as folder:
        window = _window(Settings(Path(folder) / "settings.ini"), Jobs(inline=True))
        window.show()
        app.processEvents()
        window.load()
        window.entrance.create_page.sample.click()
        app.processEvents()
        shown = window.view is not None and window.pages.currentWidget() is window.view
        window.close()
        window.deleteLater()
        app.processEvents()
    assert shown, "the sample matter did not open"
    return f"painted by {QGuiApplication.platformName()}, style {app.style().objectName()}"


def application(argv: Sequence[str]) -> QApplication:
    """The application object, made once. Its names say nothing about a client.

    Raises:
        ImportError: Qt or a library under it cannot be loaded.
    """
    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    from clinic_mapper.ui.mishaps import before_qt_starts

    there = QApplication.instance()
    if isinstance(there, QApplication):
        return there
    previous = qInstallMessageHandler(before_qt_starts)
    app = QApplication(list(argv[:1]) or ["clinic-mapper"])
    qInstallMessageHandler(previous)
    app.setApplicationName(NAME)
    app.setDesktopFileName(DESKTOP_FILE)
    if app.style().objectName() == "windows":  # the grey one of the last century, where a desktop names no other
        app.setStyle("Fusion")
    return app


def _window(settings: object, jobs: object = None) -> MainWindow:
    from PySide6.QtCore import Qt

    from clinic_mapper.ui.background import Jobs
    from clinic_mapper.ui.main_window import MainWindow
    from clinic_mapper.ui.settings import TEXT_SIZE, Settings
    from clinic_mapper.ui.text_size import set_text_size

    assert isinstance(settings, Settings)
    set_text_size(settings.number(TEXT_SIZE))
    window = MainWindow(settings, jobs if isinstance(jobs, Jobs) else Jobs(), default_vault_folder(), date.today)
    window.locked.connect(_free_circles, type=Qt.ConnectionType.QueuedConnection)  # after all pages let go
    return window


def _free_circles() -> None:
    """Free what is left of a matter and only holds itself; in the course of things that is freed late."""
    gc.collect()


def default_vault_folder() -> Path:
    """Where a first vault is suggested: in this person's documents."""
    from platformdirs import user_documents_path

    return user_documents_path() / "Clinic Mapper vault"


def _tell_of_mishap(window: MainWindow, logs: Path, said: str) -> None:
    from clinic_mapper.ui.mishap_window import MishapWindow

    shown = window.findChild(MishapWindow) or MishapWindow(str(logs), window)
    shown.tell(said)
