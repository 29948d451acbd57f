"""What came of reading a list, before any of it is kept: counts, slips row by row, changes against the list before."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QGridLayout, QListWidget, QVBoxLayout, QWidget

from clinic_mapper.catalog.agreement_workbook import AgreementList, Reading, slips_in_words
from clinic_mapper.ui.layer_words import compared_in_words, kind_in_words, reading_in_words, use_in_words
from clinic_mapper.ui.look import GAP, WIDE, Text, beside, button, calm, rule, title

_NO_SLIPS = "Every row could be read."
_SLIPS = "Look at these rows of the workbook; what was made of each is told."
_REPLACES = "A list of this kind and day is kept already. This one takes its place."


class _Lines(QListWidget):
    """Lines to read, one below the other; Enter goes on."""

    went_on = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMinimumHeight(self.fontMetrics().lineSpacing() * 3)

    def show_lines(self, lines: list[str]) -> None:
        self.clear()
        self.addItems(lines)
        if lines:
            self.setCurrentRow(0)
        self.setVisible(bool(lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.went_on.emit()
        else:
            super().keyPressEvent(event)


class ListReport(QWidget):
    """`use_wanted()`: keep the list that is shown. `leave_wanted()`: keep nothing."""

    use_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.about = Text("", self, bold=True)
        self.counts = Text("", self)
        self.replaces = Text(_REPLACES, self)
        self.slips_said, self.changes_said = calm("", self), calm("", self)
        self.slips = _Lines("What was not as it should be, row by row", self)
        self.changes = _Lines("What changed since the list before", self)
        self.status = Text("", self, bold=True)
        self.use = button("&Use this list", self)
        self.leave = button("&Leave it", self)
        self._build()
        self.slips.went_on.connect(self._after_slips)
        self.changes.went_on.connect(self._to_use)
        self.use.clicked.connect(self.use_wanted)
        self.leave.clicked.connect(self.leave_wanted)
        self.clear()

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(WIDE)
        for column, (words, said, lines) in enumerate(
            (
                ("Not as it should be", self.slips_said, self.slips),
                ("Against the list before", self.changes_said, self.changes),
            )
        ):
            grid.addWidget(Text(words, self, bold=True), 0, column)
            grid.addWidget(said, 1, column, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(lines, 2, column)
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(2, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(WIDE, GAP, WIDE, GAP)
        rows.setSpacing(GAP)
        for part in (title("What stands in the list", self), self.about, self.counts, self.replaces):
            rows.addWidget(part)
        rows.addLayout(grid, 1)
        rows.addWidget(rule(self))
        rows.addWidget(self.status)
        rows.addLayout(beside(self.use, self.leave))

    def show_reading(self, name: str, reading: Reading, before: AgreementList | None, *, replaces: bool) -> None:
        """Show what stands in a list; it is kept nowhere yet. `before`: the one to hold it against."""
        self.about.setText(f"{name}: {kind_in_words(reading.list)}")
        self.counts.setText(f"{reading_in_words(reading)} Nothing is kept yet. {use_in_words(reading.list)}")
        self.replaces.setVisible(replaces)
        slips = list(slips_in_words(reading))
        self.slips_said.setText(_SLIPS if slips else "")
        self.slips.show_lines(slips or [_NO_SLIPS])
        said, changed = compared_in_words(before, reading.list)
        self.changes_said.setText(said)
        self.changes.show_lines(changed)
        self.use.setEnabled(bool(reading.list.agreements))
        self.say("" if reading.list.agreements else "No agreement could be read: there is nothing to use.")

    def say(self, words: str) -> None:
        """Say something beside the buttons."""
        self.status.setText(words)
        self.status.setVisible(bool(words))

    def clear(self) -> None:
        """Leave nothing on the page."""
        for text in (self.about, self.counts, self.slips_said, self.changes_said):
            text.setText("")
        self.slips.show_lines([])
        self.changes.show_lines([])
        self.say("")
        self.use.setEnabled(False)

    def focus_start(self) -> None:
        """On what is to be read first; a second Enter must not take a list that nobody looked at."""
        self.slips.setFocus(Qt.FocusReason.OtherFocusReason)

    def _after_slips(self) -> None:
        if self.changes.count():
            self.changes.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._to_use()

    def _to_use(self) -> None:
        (self.use if self.use.isEnabled() else self.leave).setFocus(Qt.FocusReason.OtherFocusReason)
