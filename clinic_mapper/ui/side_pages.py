"""Pages that are visited from wherever somebody is, and left to the same place: limits and settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from clinic_mapper.ui.preferences import Preferences
from clinic_mapper.ui.settings import Settings

if TYPE_CHECKING:
    from clinic_mapper.ui.limits_page import LimitsPage
    from clinic_mapper.ui.settings_page import SettingsPage


class SidePages(QObject):
    """Makes a page when it is first wanted. `show` is how the window turns to a page."""

    def __init__(
        self, pages: QStackedWidget, settings: Settings, preferences: Preferences, show: Callable[[QWidget], object]
    ) -> None:
        super().__init__(pages)
        self.limits_page: LimitsPage | None = None
        self.settings_page: SettingsPage | None = None
        self._pages, self._settings, self._preferences, self._show = pages, settings, preferences, show
        self._from: QWidget | None = None
        self._visited: set[QWidget] = set()

    @Slot()
    def show_limits(self) -> None:
        """Say what this does not protect from, then come back."""
        from clinic_mapper.ui.limits_page import LimitsPage

        if self.limits_page is None:
            self.limits_page = LimitsPage(self._pages)
            self.limits_page.back_wanted.connect(self.come_back)
        self.visit(self.limits_page)

    @Slot()
    def show_settings(self) -> None:
        """Show the settings, then come back."""
        from clinic_mapper.ui.settings_page import SettingsPage

        if self.settings_page is None:
            self.settings_page = SettingsPage(self._settings, self._pages)
            self.settings_page.back_wanted.connect(self.come_back)
            self.settings_page.changed.connect(self._preferences.apply)
        self.visit(self.settings_page)

    @Slot()
    def come_back(self) -> None:
        """Back to the page from which the visit began."""
        page, self._from = self._from, None
        if page is not None:
            self._show(page)

    def forget(self) -> None:
        """After a lock there is no way back to what was open."""
        self._from = None

    def visit(self, page: QWidget) -> None:
        """Turn to a page that is left to where somebody came from; from one such page to the next, that stays."""
        if self._pages.indexOf(page) < 0:
            self._pages.addWidget(page)
        if self._pages.currentWidget() not in self._visited:
            self._from = self._pages.currentWidget()
        self._visited.add(page)
        self._show(page)
