"""A free note on a touchpoint. It prints for the supervisor only, and the screen says so."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from clinic_mapper.ui.matter_words import Language, say
from clinic_mapper.ui.question_look import HEADING, plain_label


class NoteField(QPlainTextEdit):
    """A few lines of plain text; Tab leaves them. `left()`: the focus went elsewhere."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * 3 + 14)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tells that the field was left."""
        super().focusOutEvent(event)
        self.left.emit()


class NoteEntry(QWidget):
    """Shows and takes the note. `noted(text)`: a new note, when the field is left."""

    noted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stored = ""
        self._heading = plain_label(self, size=HEADING, bold=True)
        self._below = plain_label(self, muted=True)
        self.field = NoteField(self)
        self._heading.setBuddy(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 0, 0)
        column.setSpacing(4)
        for part in (self._heading, self._below, self.field):
            column.addWidget(part)
        self.field.left.connect(self.commit)

    def show_language(self, language: Language) -> None:
        """Words the heading in this language."""
        self._heading.setText(say("note", language))
        self._below.setText(say("note-below", language))
        self.field.setAccessibleName(say("note", language))
        self.field.setAccessibleDescription(say("note-below", language))

    def show_note(self, text: str) -> None:
        """Shows the stored note, unless the person is typing another."""
        typing = self.field.toPlainText() != self._stored
        self._stored, before = text, self._stored
        if not (typing and before == text) and self.field.toPlainText() != text:
            self.field.setPlainText(text)

    def take_focus(self) -> None:
        """Puts the focus into the note."""
        self.field.setFocus()

    def half_typed(self) -> dict[str, str]:
        """The note as typed, if it is not stored; else empty."""
        typed = self.field.toPlainText()
        return {} if typed == self._stored else {"text": typed}

    def restore(self, typed: dict[str, str]) -> None:
        """Puts a half-typed note back, ready to be typed on."""
        self.field.setPlainText(typed.get("text", self._stored))
        self.field.moveCursor(QTextCursor.MoveOperation.End)

    def commit(self) -> None:
        """Hands over the note, if it is new."""
        typed = self.field.toPlainText()
        if typed != self._stored:
            self._stored = typed
            self.noted.emit(typed)
