"""A part of a form that stays folded until somebody opens it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic_mapper.ui.question_look import plain_label
from clinic_mapper.ui.question_toggle import QuietToggle


class Fold(QWidget):
    """A heading with an arrow, a sentence that is always readable, and a body that opens.

    `opened(open)`: the person opened or closed it.
    """

    opened = Signal(bool)

    def __init__(self, body: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body = body
        self.button = QuietToggle(self)
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setArrowType(Qt.ArrowType.RightArrow)
        font = QFont()
        font.setBold(True)
        self.button.setFont(font)
        self._sentence = plain_label(self, muted=True)
        self._sentence.setIndent(22)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(4)
        for part in (self.button, self._sentence, body):
            column.addWidget(part)
        body.hide()
        self.button.toggled.connect(self._turn)

    def show_words(self, heading: str, sentence: str) -> None:
        """Sets the heading and the sentence under it."""
        self.button.setText(heading)
        self.button.setAccessibleName(heading)
        self.button.setAccessibleDescription(sentence)
        self._sentence.setText(sentence)

    def open(self) -> None:
        """Opens it."""
        self.button.setChecked(True)

    @property
    def is_open(self) -> bool:
        """Whether the body is shown."""
        return self.button.isChecked()

    def _turn(self, is_open: bool) -> None:
        self.button.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        self.body.setVisible(is_open)
        self.opened.emit(is_open)
