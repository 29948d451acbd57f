"""Where somebody was on a page, so that coming back to the page is coming back to the place."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


class FocusMemory:
    """Remembers for each page which of its fields had the focus when it was left."""

    def __init__(self) -> None:
        self._left: dict[QWidget, QWidget] = {}

    def leave(self, page: QWidget) -> None:
        """Somebody goes from this page to another."""
        focused = QApplication.focusWidget()
        if focused is not None and page.isAncestorOf(focused):
            self._left[page] = focused
        else:
            self._left.pop(page, None)

    def come_back(self, page: QWidget) -> None:
        """Put the focus where it was, if that is still there; else it stays where the page put it."""
        field = self._left.pop(page, None)
        if field is not None and shiboken6.isValid(field) and field.isVisible() and field.isEnabled():
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """After a lock there is no place to come back to."""
        self._left.clear()
