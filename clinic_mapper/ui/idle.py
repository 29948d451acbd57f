"""Notices that nobody is there: no key or pointer for some minutes, or a computer that slept."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QWindow

_LOOK_EVERY_MS = 10_000
_SLEPT_SECONDS = 90
"""Between two looks ten seconds should pass. Where more than this did, the computer slept."""

_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
        QEvent.Type.TabletPress,
    }
)


class IdleWatch(QObject):
    """`away()`: nobody was there for `minutes`, or the computer slept. Watches while started.

    It listens to the window of the desktop, not to every widget: one look for each key or movement.
    """

    away = Signal()

    def __init__(self, minutes: int, parent: QObject | None = None, clock: Callable[[], float] = time.time) -> None:
        """`clock` gives seconds and, unlike a timer, goes on while the computer sleeps."""
        super().__init__(parent)
        self.minutes = minutes
        self._clock = clock
        self._last_sign = self._last_look = clock()
        self._timer = QTimer(self)
        self._timer.setObjectName("idle")
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def listen_to(self, window: QWindow) -> None:
        """Take keys and pointer of this window as signs of life."""
        window.installEventFilter(self)

    def start(self) -> None:
        """Watch from now on."""
        self._last_sign = self._last_look = self._clock()
        self._timer.start()

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()

    @Slot()
    def look(self) -> None:
        """Say `away` if it is time."""
        now, before = self._clock(), self._last_look
        self._last_look = now
        slept = not -_SLEPT_SECONDS < now - before < _SLEPT_SECONDS
        if slept or now - self._last_sign >= self.minutes * 60:
            self.stop()
            self.away.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE:
            self._last_sign = self._clock()
        return False
