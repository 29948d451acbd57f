"""Pages that are visited from wherever somebody is, and left to the same place: limits, settings, lists and notes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, SignalInstance, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from clinic_mapper.ui.focus_memory import FocusMemory
from clinic_mapper.ui.preferences import Preferences
from clinic_mapper.ui.settings import Settings

if TYPE_CHECKING:
    from clinic_mapper.ui.clinic_pages import ClinicPages
    from clinic_mapper.ui.limits_page import LimitsPage
    from clinic_mapper.ui.matters_page import MattersPage
    from clinic_mapper.ui.settings_page import SettingsPage


class SidePages(QObject):
    """Makes a page when it is first wanted. `show` is how the window turns to a page."""

    def __init__(
        self, pages: QStackedWidget, settings: Settings, preferences: Preferences, show: Callable[[QWidget], object]
    ) -> None:
        super().__init__(pages)
        self.limits_page: LimitsPage | None = None
        self.settings_page: SettingsPage | None = None
        self.clinic: ClinicPages | None = None
        self._pages, self._settings, self._preferences, self._show = pages, settings, preferences, show
        self._visited: set[QWidget] = set()
        self._trail: list[QWidget] = []
        self._focus = FocusMemory()

    def attend(self, clinic: ClinicPages) -> None:
        """Show these pages of what the clinic laid over the catalog; before, there is nothing to show."""
        self.clinic = clinic
        clinic.back_wanted.connect(self.come_back)
        clinic.note_wanted.connect(lambda: self.start_note("", ""))

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
    def show_layers(self) -> None:
        """Show what the clinic laid over the catalog, then come back."""
        if self.clinic is not None:
            self.visit(self.clinic.layers_page())

    def watch_signed(self, matters: MattersPage, entered: SignalInstance) -> None:
        """Let the list of matters say which signed memos a changed catalog touches, from the opening of a vault on."""
        if self.clinic is not None:
            self.clinic.watch.found.connect(matters.show_touched)
            entered.connect(self.clinic.watch.look)
        matters.look.clicked.connect(self.show_signed)

    @Slot()
    def show_signed(self) -> None:
        """Show what was signed and what left the vault, then come back."""
        if self.clinic is not None:
            self.visit(self.clinic.signed_page())

    @Slot(str, str)
    def start_note(self, kind: str, id: str) -> None:
        """Show the form for a note of the clinic, begun from this row of the catalog; "" and "": from none."""
        if self.clinic is not None:
            page = self.clinic.note_page()
            page.begin(kind, id)
            self.visit(page)

    @Slot()
    def come_back(self) -> None:
        """Back to the page from which the visit began, and to the place on it."""
        if self._trail:
            page = self._trail.pop()
            self._show(page)
            self._focus.come_back(page)

    def leads_back_to(self, page: QWidget) -> bool:
        """Whether somebody who leaves the pages that are visited comes by this one."""
        return page in self._trail

    def forget(self) -> None:
        """After a lock there is no way back to what was open, and nothing of it on a page."""
        self._trail.clear()
        self._focus.forget()
        if self.clinic is not None:
            self.clinic.forget()

    def visit(self, page: QWidget) -> None:
        """Turn to a page that is left to where somebody came from; from one such page to the next, that stays."""
        if self._pages.indexOf(page) < 0:
            self._pages.addWidget(page)
        came_from = self._pages.currentWidget()
        assert came_from is not None, "the window always shows a page"
        if came_from is not page:
            self._focus.leave(came_from)
        if came_from not in self._visited:
            self._trail = [came_from]  # whatever led here before, it is over
        elif page in self._trail:
            del self._trail[self._trail.index(page) :]
        elif came_from not in (page, self.limits_page, self.settings_page):
            self._trail.append(came_from)
        self._visited.add(page)
        self._show(page)
