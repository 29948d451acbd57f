"""A mark on the form: a ring to fill, drawn in the colour of the text so that it stands out on any ground."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QRadioButton, QStyle, QStyleOptionButton, QStylePainter, QWidget


class AnswerMark(QRadioButton):
    """One answer that can be marked. Keys go to the question first, so that a letter answers wherever the focus is.

    The question is the parent and offers `takes(event)` and `press(event)`.
    """

    def __init__(self, parent: KeyTaker, value: str) -> None:
        super().__init__(parent)
        self._keys = parent
        self.value = value
        self.setAutoExclusive(False)  # a second press takes the mark away: not asked

    def sizeHint(self) -> QSize:
        """With room for the frame around it."""
        return super().sizeHint() + QSize(8, 4)

    def event(self, event: QEvent) -> bool:
        """Keeps the keys of the question from being taken by the window's shortcuts."""
        shortcut = event.type() == QEvent.Type.ShortcutOverride
        if shortcut and isinstance(event, QKeyEvent) and self._keys.takes(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answers, moves or asks why; Space and the rest are the button's own."""
        if not self._keys.press(event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the ring and its filling here, the words as the style does, and a frame around what has the focus."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text = self.palette().color(QPalette.ColorRole.Text)
        option.rect = self.rect().adjusted(4, 0, -4, 0)
        ring = QRectF(self.style().subElementRect(QStyle.SubElement.SE_RadioButtonIndicator, option, self))
        ring.adjust(1.0, 1.0, -1.0, -1.0)
        painter.setPen(QPen(text, 1.8 if self.isChecked() else 1.1))
        painter.drawEllipse(ring)
        if self.isChecked():
            painter.setBrush(text)
            painter.drawEllipse(ring.adjusted(3.2, 3.2, -3.2, -3.2))
        option.rect = self.style().subElementRect(QStyle.SubElement.SE_RadioButtonContents, option, self)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawControl(QStyle.ControlElement.CE_RadioButtonLabel, option)
        if self.hasFocus():
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 1.6))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.8, 0.8, -0.8, -0.8), 4, 4)
        painter.end()


class KeyTaker(QWidget):
    """A question that its marks hand their keys to."""

    def takes(self, event: QKeyEvent) -> bool:
        """Whether a key is meant for the question."""
        raise NotImplementedError

    def press(self, event: QKeyEvent) -> bool:
        """Does what a key means here; False if it means nothing."""
        raise NotImplementedError
