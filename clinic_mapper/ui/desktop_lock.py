"""Hears on Linux desktops that the screen was locked or the computer is about to sleep; elsewhere it stays silent."""

from __future__ import annotations

import os
import sys
from typing import Any

from PySide6.QtCore import SLOT, QObject, Signal, Slot

_SCREEN_SAVERS = (
    ("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver"),
    ("/ScreenSaver", "org.freedesktop.ScreenSaver"),
    ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver"),
    ("/org/cinnamon/ScreenSaver", "org.cinnamon.ScreenSaver"),
    ("/org/mate/ScreenSaver", "org.mate.ScreenSaver"),
)
_SLEEP = ("/org/freedesktop/login1", "org.freedesktop.login1.Manager")
_ANYBODY = ""
"""Whoever says it on this computer's bus: the worst that a liar can do is lock the vault."""


class DesktopLock(QObject):
    """`locked()`: the desktop locked its screen, or the computer goes to sleep. Talks only to this computer's own bus.

    Not every desktop tells; the watch for an empty chair does not depend on it.
    """

    locked = Signal()

    def listen(self) -> int:
        """Listen to every source that this desktop has. Returns how many answered."""
        if not sys.platform.startswith("linux") or "DBUS_SESSION_BUS_ADDRESS" not in os.environ:
            return 0
        from PySide6.QtDBus import QDBusConnection

        heard = 0
        slot: Any = SLOT("told(bool)")  # as text: the bindings say bytes, and refuse them
        session = QDBusConnection.sessionBus()
        if session.isConnected():
            heard += sum(
                session.connect(_ANYBODY, path, interface, "ActiveChanged", self, slot)
                for path, interface in _SCREEN_SAVERS
            )
        system = QDBusConnection.systemBus()
        if system.isConnected():
            heard += system.connect(_ANYBODY, *_SLEEP, "PrepareForSleep", self, slot)
        return heard

    @Slot(bool)
    def told(self, begins: bool) -> None:
        """The screen was locked or sleep begins (True), or the opposite."""
        if begins:
            self.locked.emit()
