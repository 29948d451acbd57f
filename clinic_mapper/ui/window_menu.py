"""The menu: everything the window can do, each with its key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

if TYPE_CHECKING:
    from clinic_mapper.ui.main_window import MainWindow

Key = str | QKeySequence.StandardKey


class WindowMenu:
    """The actions of the window. Which of them can be chosen is told by `follow`."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        bar = window.menuBar()
        self.matter = bar.addMenu("&Matter")
        self.new = self._add(self.matter, "&New matter", "Ctrl+N")
        self.list = self._add(self.matter, "All &matters", "Ctrl+M")
        self.export = self._add(self.matter, "&Export memo…", "Ctrl+P", "Ctrl+E")
        self.follow_ups = self._add(self.matter, "&Follow-ups", "Ctrl+Shift+F")
        self.signed = self._add(self.matter, "&Signed memos", "Ctrl+Shift+M")
        self.matter.addSeparator()
        self.lock = self._add(self.matter, "&Lock", "Ctrl+L")
        self.quit = self._add(self.matter, "&Quit", "Ctrl+Q")
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)
        edit = bar.addMenu("&Edit")
        self.undo = self._add(edit, "&Undo", QKeySequence.StandardKey.Undo)
        self.redo = self._add(edit, "&Redo", "Ctrl+Shift+Z", "Ctrl+Y")
        view = bar.addMenu("&View")
        self.larger = self._add(view, "&Larger text", "Ctrl++", "Ctrl+=")
        self.smaller = self._add(view, "&Smaller text", "Ctrl+-")
        self.usual = self._add(view, "&Usual text size", "Ctrl+0")
        view.addSeparator()
        self.spanish = self._add(view, "Questions in S&panish", "Ctrl+Shift+E")
        self.spanish.setCheckable(True)
        view.addSeparator()
        self.catalog = self._add(view, "&Catalog", "Ctrl+K")
        self.layers = self._add(view, "Lists and &notes", "Ctrl+Shift+L")
        self.settings = self._add(view, "Se&ttings", "Ctrl+,")
        self.settings.setMenuRole(QAction.MenuRole.PreferencesRole)
        self.limits = self._add(bar.addMenu("&Help"), "&What this does not protect you from", "Ctrl+F1")

    def wire(self, window: MainWindow) -> None:
        """Let each action do what its words say."""
        for action, act in (
            (self.new, window.new_matter),
            (self.list, window.show_matters),
            (self.export, window.export),
            (self.follow_ups, window.follow_ups),
            (self.signed, window.side.show_signed),
            (self.lock, window.lock),
            (self.quit, window.close),
            (self.undo, window.undo),
            (self.redo, window.redo),
            (self.larger, window.preferences.larger_text),
            (self.smaller, window.preferences.smaller_text),
            (self.usual, window.preferences.usual_text),
            (self.spanish, window.preferences.turn_language),
            (self.catalog, window.visits.show_catalog),
            (self.layers, window.side.show_layers),
            (self.settings, window.side.show_settings),
            (self.limits, window.side.show_limits),
        ):
            action.triggered.connect(_without_arguments(act))

    def follow(self, *, vault: bool, unlocked: bool, matter: bool, undo: bool, redo: bool) -> None:
        """Offer what can be done now. `vault`: one is open; `unlocked`: that or the sample; `matter`: one is open."""
        self.new.setEnabled(vault)
        self.list.setEnabled(vault)
        self.signed.setEnabled(vault)
        self.export.setEnabled(matter)
        self.follow_ups.setEnabled(matter)
        self.lock.setEnabled(unlocked)
        self.catalog.setEnabled(unlocked)
        self.layers.setEnabled(unlocked)
        self.undo.setEnabled(matter and undo)
        self.redo.setEnabled(matter and redo)

    def _add(self, menu: QMenu, words: str, *keys: Key) -> QAction:
        action = menu.addAction(words)
        action.setShortcuts([QKeySequence(key) for key in keys])
        self._window.addAction(action)  # so that the keys work where the menu bar is the desktop's
        return action


def _without_arguments(act: Callable[[], object]) -> Callable[[], None]:
    """Qt gives an action's slot whether it is checked; most have no use for that."""

    def done(_checked: bool = False) -> None:
        act()

    return done
