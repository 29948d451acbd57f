"""A question that every touchpoint has, over the fields that answer it; F1 tells why we ask."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinic_mapper.ui.matter_words import Language, say
from clinic_mapper.ui.question_look import ALOUD, plain_label
from clinic_mapper.ui.question_not_known import NotKnown
from clinic_mapper.ui.question_toggle import QuietToggle


class AskedSection(QWidget):
    """The words of a question, the reason on request, the field below, and beside it who does not know.

    `buddy` is what the words name.
    """

    def __init__(self, field: QWidget, buddy: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.not_known = NotKnown(self)
        self._asked = plain_label(self, size=ALOUD)
        self._asked.setBuddy(buddy)
        self._why = plain_label(self, muted=True)
        self._why.hide()
        self.why_button = QuietToggle(self)
        self.why_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # F1 does it by keyboard
        self.why_button.toggled.connect(self._why.setVisible)
        top = QHBoxLayout()
        top.addWidget(self._asked, 1)
        top.addWidget(self.why_button, 0, Qt.AlignmentFlag.AlignTop)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self._why)
        fields = QHBoxLayout()
        fields.setSpacing(8)
        fields.addWidget(field, 1)
        fields.addWidget(self.not_known, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(fields)

    def add_below(self, part: QWidget) -> None:
        """Puts something that belongs to the same question under its fields."""
        self._column.addWidget(part)

    def show_words(self, asked: str, why: str, language: Language) -> None:
        """Sets the question and the reason."""
        self._asked.setText(asked)
        self.setAccessibleName(asked)
        self._why.setText(why)
        self.why_button.setText(say("why-key", language))
        self.why_button.setAccessibleName(f"{say('why', language)}: {asked}")
        self.why_button.setVisible(bool(why))
        self.not_known.show_language(language, asked)

    def event(self, event: QEvent) -> bool:
        """Keeps F1 for the reason, before the window takes it."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._asks_why(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1 shows or hides the reason."""
        if self._asks_why(event):
            self.why_button.toggle()
        else:
            super().keyPressEvent(event)

    def _asks_why(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_F1 and bool(self._why.text())
