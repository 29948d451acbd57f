"""One bar of messages in the window: plain text, at most one at a time, closed by the person or by the next one."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from clinic_mapper.problem import Problem
from clinic_mapper.ui.look import GAP, tinted


class MessageBar(QWidget):
    """Says one thing until it is closed. `closed()`: the person, or the program, closed it.

    Who closes it by key goes on where they were before they came into it.

    `say` for news, `show_problem` for a `Problem`. An action ("Undo") can stand beside the words.
    """

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._act: Callable[[], object] | None = None
        self._before: QWidget | None = None
        self.setAutoFillBackground(True)
        self.setAccessibleName("Message")
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.sign = QLabel(self)
        self.action = QPushButton(self)
        self.close_button = QToolButton(self)
        self.close_button.setText("Close")
        self.close_button.setAccessibleName("Close message")
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP + GAP // 2, GAP // 2, GAP, GAP // 2)
        row.setSpacing(GAP)
        for widget in (self.sign, self.words, self.action, self.close_button):
            row.addWidget(widget, 1 if widget is self.words else 0)
        self.action.clicked.connect(self._do)
        self.close_button.clicked.connect(self.clear)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)
        self.hide()

    @Slot(str)
    def say(self, words: str, action: str = "", act: Callable[[], object] | None = None) -> None:
        """Say something that is not a problem."""
        self._show(words, "SP_MessageBoxInformation", action, act)

    @Slot(object)
    def show_problem(self, problem: Problem, action: str = "", act: Callable[[], object] | None = None) -> None:
        """Say what happened, what is safe and what to do."""
        self._show(problem.sentence, "SP_MessageBoxWarning", action, act)

    @property
    def text(self) -> str:
        """What the bar says; "" if nothing."""
        return "" if self.isHidden() else self.words.text()

    def overcome(self, action: str) -> None:
        """Close the message that offers this action, which nobody needs any more."""
        if self.action.text() == action and not self.isHidden():
            self.clear()

    @Slot()
    def clear(self) -> None:
        """Close the bar and forget what it said."""
        focused = QApplication.focusWidget()
        had = focused is not None and self.isAncestorOf(focused)
        self._act = None
        self.words.clear()
        self.hide()
        if had:
            self._give_focus_back()
        self.closed.emit()

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self.isAncestorOf(new) and old is not None and not self.isAncestorOf(old):
            self._before = old

    def _give_focus_back(self) -> None:
        before, self._before = self._before, None
        if before is not None and shiboken6.isValid(before) and before.isVisible() and before.isEnabled():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        elif QApplication.focusWidget() is None:
            self.window().setFocus()

    def _show(self, words: str, icon: str, action: str, act: Callable[[], object] | None) -> None:
        from PySide6.QtWidgets import QStyle  # costs Qt some milliseconds, which the first paint need not wait for

        self._act = act
        self.words.setText(words)
        self.words.setAccessibleName(words)
        side = self.fontMetrics().height()
        self.sign.setPixmap(self.style().standardIcon(QStyle.StandardPixmap[icon]).pixmap(side, side))
        self.action.setText(action)
        self.action.setAccessibleName(action)
        self.action.setVisible(bool(action))
        self.show()
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    @Slot()
    def _do(self) -> None:
        act = self._act
        self.clear()
        if act is not None:
            act()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.ApplicationPaletteChange, QEvent.Type.ParentChange):
            self._tint()

    def showEvent(self, event: QShowEvent) -> None:
        self._tint()
        super().showEvent(event)

    def _tint(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.setPalette(tinted(parent.palette(), 0.16))
