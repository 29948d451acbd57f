"""The one place that hears of bugs: lock the vault, write a log without case data, tell the person once."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from PySide6.QtCore import QCoreApplication, QMessageLogContext, QObject, Qt, QtMsgType, Signal, Slot
from PySide6.QtCore import qInstallMessageHandler as install_message_handler

from clinic_mapper import __version__
from clinic_mapper.problem import Problem

NO_WINDOW = (
    "Clinic Mapper cannot open a window here: there is no display, or a library that the window needs is missing. "
    "Nothing was changed. `clinic-mapper demo --out FOLDER` does the whole job without a window."
)


class Mishaps(QObject):
    """Hears of exceptions that nobody caught, on any thread, and of what Qt itself calls critical.

    `lock` is called first, `show` with the report last and once for each kind of mishap. A report names places in this
    program and kinds of errors, never the text of an error, which could hold a word somebody typed.
    """

    _heard = Signal(str)

    def __init__(self, log_folder: Path, lock: Callable[[], object], show: Callable[[str], object]) -> None:
        super().__init__()
        self._folder = log_folder
        self._lock = lock
        self._show = show
        self._told: set[str] = set()
        self._heard.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Become the place where all three roads end."""
        sys.excepthook = self.exception
        threading.excepthook = lambda given: self.exception(given.exc_type, given.exc_value, given.exc_traceback)
        install_message_handler(self.qt_says)

    def exception(self, kind: type[BaseException], _: BaseException | None, trace: TracebackType | None, /) -> None:
        """An exception that nobody caught."""
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.exit(1)
        else:
            self._heard.emit(report(kind, trace))

    def qt_says(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        """A message of Qt. A fatal one ends the process as soon as this returns."""
        if kind is QtMsgType.QtFatalMsg:
            fatal()
        elif kind is QtMsgType.QtCriticalMsg:
            self._heard.emit(f"{_head()}\nQt, {context.category or 'default'}: critical")
        elif sys.stderr is not None and sys.stderr.isatty():
            print(message, file=sys.stderr)

    @Slot(str)
    def _tell(self, said: str) -> None:
        try:
            self._lock()
        finally:
            if said not in self._told:
                self._told.add(said)
                self._write(said)
                self._show(said)

    def _write(self, said: str) -> None:
        from datetime import datetime

        from clinic_mapper.file_replace import replace_file

        name = f"mishap-{datetime.now():%Y%m%d-%H%M%S}-{len(self._told)}.txt"

        def write(file: BinaryIO) -> None:
            file.write(said.encode())

        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            replace_file(self._folder / name, write)
        except (OSError, Problem):
            return  # the window still shows it


def report(kind: type[BaseException], trace: TracebackType | None) -> str:
    """What went wrong and where in the program: no text of the error and no values."""
    import traceback

    places = [
        f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace, limit=-30)
    ]
    return "\n".join([_head(), f"{kind.__module__}.{kind.__qualname__}", *places])


def fatal() -> None:
    """Say that no window can be opened, and end: Qt would end the process without a word that helps."""
    if QCoreApplication.instance() is None or QCoreApplication.startingUp():
        print(NO_WINDOW, file=sys.stderr, flush=True)
        os._exit(1)


def before_qt_starts(kind: QtMsgType, _: QMessageLogContext, __: str) -> None:
    """Hears Qt while it starts: its long lines are replaced by one sentence if it cannot."""
    if kind is QtMsgType.QtFatalMsg:
        fatal()


def _head() -> str:
    import platform

    return f"Clinic Mapper {__version__}, Python {platform.python_version()}, {platform.system()} {platform.release()}"
