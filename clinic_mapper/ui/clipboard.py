"""Forgets what was copied here, when the vault is locked; what was copied elsewhere is left alone."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QClipboard, QGuiApplication


class OwnCopies(QObject):
    """Knows whether what the clipboard holds was copied while a window of ours was the active one.

    Asking the clipboard who owns it is not enough: not every desktop answers.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ours = False
        QGuiApplication.clipboard().dataChanged.connect(self._notice)

    @Slot()
    def _notice(self) -> None:
        self._ours = QGuiApplication.focusWindow() is not None

    def forget(self) -> None:
        """Empty the clipboard, and the selection that the middle mouse button pastes, if they are ours."""
        clipboard = QGuiApplication.clipboard()
        if self._ours or clipboard.ownsClipboard():
            clipboard.clear()
        if clipboard.ownsSelection():
            clipboard.clear(QClipboard.Mode.Selection)
        self._ours = False
