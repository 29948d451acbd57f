"""What was copied here is forgotten at lock, what was handed out after a while; what others copied is left alone."""

from __future__ import annotations

import sys
from hashlib import sha256

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QClipboard, QGuiApplication

KEPT_MS = 120_000
KEPT_IN_WORDS = "two minutes"
"""How long a text that was handed out stays: time enough to find the place in a brief where it goes."""

_NO, _YES = (0).to_bytes(4, "little"), (1).to_bytes(4, "little")


def marks(platform: str) -> dict[str, bytes]:
    """By format, what asks the clipboard histories of a platform to leave alone what it stands beside.

    KDE's Klipper and others on Linux keep to the first; Windows to those that Microsoft documents as “Cloud Clipboard
    and Clipboard History Formats”, where 0 and 1 are DWORDs, and Qt hands their names on as they stand. On macOS Qt
    changes the name, so that only what reads Qt's name keeps to it.
    """
    match platform:
        case "win32":
            return {
                "ExcludeClipboardContentFromMonitorProcessing": _YES,
                "CanIncludeInClipboardHistory": _NO,
                "CanUploadToCloudClipboard": _NO,
            }
        case "darwin":
            return {"application/x-nspasteboard-concealed-type": b"secret"}
        case _:
            return {"x-kde-passwordManagerHint": b"secret"}


class OwnCopies(QObject):
    """Knows whether what the clipboard holds was copied while a window of ours was the active one, or handed out here.

    Asking the clipboard who owns it is not enough: not every desktop answers.
    """

    emptied = Signal()
    """The time of what was handed out is over, and it was still there."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ours = False
        self._handed_out = b""
        self.time = QTimer(self)
        self.time.setObjectName("clipboard")
        self.time.setSingleShot(True)
        self.time.setInterval(KEPT_MS)
        self.time.timeout.connect(self._empty)
        QGuiApplication.clipboard().dataChanged.connect(self._notice)

    def hand_out(self, text: str) -> None:
        """Copy a text, marked for clipboard histories, for a stated time. Of the text only its hash is kept here."""
        data = QMimeData()
        data.setText(text)
        for name, value in marks(sys.platform).items():
            data.setData(name, value)
        QGuiApplication.clipboard().setMimeData(data)
        self._ours, self._handed_out = True, _hash(text)
        self.time.start()

    def forget(self) -> None:
        """Empty the clipboard, and the selection that the middle mouse button pastes, if they are ours."""
        clipboard = QGuiApplication.clipboard()
        if self._ours or clipboard.ownsClipboard() or self._still_there():
            clipboard.clear()
        if clipboard.ownsSelection():
            clipboard.clear(QClipboard.Mode.Selection)
        self._ours, self._handed_out = False, b""
        self.time.stop()

    @Slot()
    def _notice(self) -> None:
        self._ours = QGuiApplication.focusWindow() is not None

    @Slot()
    def _empty(self) -> None:
        there = self._still_there()
        self._handed_out = b""
        if there:
            QGuiApplication.clipboard().clear()
            self.emptied.emit()

    def _still_there(self) -> bool:
        """Whether nobody copied anything since."""
        return bool(self._handed_out) and _hash(QGuiApplication.clipboard().text()) == self._handed_out


def _hash(text: str) -> bytes:
    return sha256(text.encode("utf-8", "surrogatepass")).digest()
