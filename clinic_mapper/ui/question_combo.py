"""A combo box for forms that scroll: the wheel turns the page, never the answer."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget


class QuietCombo(QComboBox):
    """A combo box that leaves the wheel to the page it stands on. `went_on()`: Enter was pressed in it."""

    went_on = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Passes the wheel on."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on; Space and Alt+Down open the list."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.went_on.emit()
        else:
            super().keyPressEvent(event)

    def fill(self, rows: list[tuple[str, str]]) -> None:
        """Offers these rows of (value, words) and keeps what is chosen, without a signal."""
        chosen = self.currentData()
        before = self.blockSignals(True)
        self.clear()
        for value, words in rows:
            self.addItem(words, value)
        self.setCurrentIndex(max(0, self.findData(chosen)))
        self.blockSignals(before)

    def show_value(self, value: str) -> None:
        """Shows a value without a signal; a value that is not offered shows the first row."""
        before = self.blockSignals(True)
        self.setCurrentIndex(max(0, self.findData(value)))
        self.blockSignals(before)


class TypingCombo(QuietCombo):
    """A combo box in which people type to find a row, by any part of its words.

    `settled()`: the field was left, Enter was pressed or a row was picked.
    """

    settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.field = QLineEdit(self)
        self.setLineEdit(self.field)
        self.field.editingFinished.connect(self.settled)
        self.field.returnPressed.connect(self._entered)  # Enter while the list of what fits stands open
        self._completer = QCompleter(self.model(), self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(self._completer)
        self.activated.connect(lambda _index: self.settled.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes what stands in the field and goes on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._entered()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What stands in the field counts, however it was left; the list of what fits eats the field's own signal."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settled.emit()

    def _entered(self) -> None:
        popup = self._completer.popup()
        if popup is not None:
            popup.hide()
        self.settled.emit()
        self.went_on.emit()

    def typed(self) -> str:
        """What stands in the field."""
        return self.currentText().strip()

    def show_text(self, text: str) -> None:
        """Shows a text, listed or not, without a signal."""
        before = self.blockSignals(True)
        self.setCurrentIndex(self.findText(text, Qt.MatchFlag.MatchFixedString))
        self.setEditText(text)
        self.field.setCursorPosition(0)  # a long name shows its beginning
        self.blockSignals(before)
