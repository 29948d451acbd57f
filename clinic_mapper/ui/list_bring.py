"""A list of 287(g) agencies that somebody brings: the file, the day it was published, and how far its reading is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QProgressBar, QWidget

from clinic_mapper.casefile.dates import in_words
from clinic_mapper.catalog.agreement_workbook import day_in_name
from clinic_mapper.problem import Problem
from clinic_mapper.ui.layer_words import Day, day_typed
from clinic_mapper.ui.look import GAP, Column, Text, beside, button, calm, page_of, title

_ABOUT = "Nothing is kept before you have seen what stands in it."
_READING = "Reading… Leaving this page stops it."


class BringList(QWidget):
    """`read_wanted(Path, str)`: read this file as of this ISO day. `file_wanted()`: another one. `leave_wanted()`."""

    read_wanted = Signal(object, str)
    file_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._file: Path | None = None
        column = Column(self)
        self.file = Text("", column, bold=True)
        self.day = QLineEdit(column)
        self.day.setAccessibleName("The day on which ICE published the list")
        self.said = calm("", column)
        self.progress = QProgressBar(column)
        self.progress.setAccessibleName("How far the list is read")
        self.status = Text("", column, bold=True)
        self.read = button("&Read it", column)
        self.other = button("Choose another &file…", column)
        self.leave = button("&Leave it", column)
        label = Text("The day on which ICE published it", column)
        label.setBuddy(self.day)
        for part in (title("Bring ICE's list", column), calm(_ABOUT, column), self.file, label, self.day, self.said):
            column.rows.addWidget(part)
        column.rows.addWidget(self.progress)
        column.rows.addWidget(self.status)
        column.rows.addSpacing(GAP)
        column.rows.addLayout(beside(self.read, self.other, self.leave))
        page_of(column, self)
        self.day.textChanged.connect(self._follow)
        self.day.returnPressed.connect(self._read)
        self.read.clicked.connect(self._read)
        self.other.clicked.connect(self.file_wanted)
        self.leave.clicked.connect(self.leave_wanted)
        self.clear()

    def show_file(self, file: Path) -> None:
        """Show a file that was chosen, with the day that its name tells."""
        self._file = file
        self.file.setText(file.name)
        told = day_in_name(file.name)
        self.day.setText(in_words(told) if told else "")
        self.status.setText("")
        self._work(False)
        self.focus_start()

    def show_reading(self) -> None:
        """The file is being read."""
        self.progress.setRange(0, 0)
        self.status.setText(_READING)
        self._work(True)
        self.leave.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int, int)
    def show_step(self, step: int, of: int) -> None:
        """How far the reading is."""
        self.progress.setRange(0, of)
        self.progress.setValue(step)

    def show_problem(self, problem: Problem) -> None:
        """Why it could not be read; another file, or another day, can be tried."""
        self.show_stopped(problem.sentence)
        self.other.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_stopped(self, words: str) -> None:
        """Reading ended without a list."""
        self.status.setText(words)
        self._work(False)

    def clear(self) -> None:
        """Leave nothing on the page."""
        self._file = None
        self.file.setText("")
        self.day.clear()
        self.status.setText("")
        self._work(False)

    def focus_start(self) -> None:
        """On the day, ready to be typed over."""
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)
        self.day.selectAll()

    def _meant(self) -> Day:
        return day_typed(self.day.text(), self._today())

    @Slot()
    def _follow(self) -> None:
        meant = self._meant()
        self.said.setText(meant.said)
        self.read.setEnabled(bool(meant.iso) and self._file is not None and self.day.isEnabled())

    def _work(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        self.status.setVisible(bool(self.status.text()))
        self.day.setEnabled(not busy)
        self.other.setEnabled(not busy)
        self._follow()

    @Slot()
    def _read(self) -> None:
        meant = self._meant()
        if meant.iso and self._file is not None and self.day.isEnabled():
            self.read_wanted.emit(self._file, meant.iso)
