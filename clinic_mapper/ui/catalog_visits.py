"""Visits to the catalog from wherever somebody is: made when first wanted, with the row that was asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from clinic_mapper.ui.background import Jobs
from clinic_mapper.ui.side_pages import SidePages

if TYPE_CHECKING:
    from clinic_mapper.ui.catalog_page import CatalogPage
    from clinic_mapper.ui.session import CaseSession


class CatalogVisits(QObject):
    """Brings the catalog page up, with the catalog that is in use.

    `note_wanted(kind, id)` and `layers_wanted()` as the page says.
    """

    note_wanted = Signal(str, str)
    layers_wanted = Signal()

    def __init__(self, side: SidePages, jobs: Jobs, today: Callable[[], date]) -> None:
        super().__init__(side)
        self.page: CatalogPage | None = None
        self._side, self._jobs, self._today = side, jobs, today
        self._session: CaseSession | None = None
        self.layers_wanted.connect(side.show_layers)
        self.note_wanted.connect(side.start_note)

    def follow(self, session: CaseSession) -> None:
        """Show the catalog of this session, and the rows it is asked to look up."""
        self._session = session
        session.look_up_wanted.connect(self.show_row)
        session.catalog_changed.connect(self._renew)

    @Slot()
    def show_catalog(self) -> None:
        """Turn to the catalog."""
        self._visit("", "")

    @Slot(str, str)
    def show_row(self, kind: str, id: str) -> None:
        """Turn to one row of the catalog."""
        self._visit(kind, id)

    def forget(self) -> None:
        """After a lock nothing of a clinic's own notes stays."""
        if self.page is not None:
            self.page.forget()

    def _visit(self, kind: str, id: str) -> None:
        if self._session is None:
            return
        if self.page is None:
            from clinic_mapper.ui.catalog_page import CatalogPage

            page = self.page = CatalogPage(self._jobs)
            page.back_wanted.connect(self._side.come_back)
            page.note_wanted.connect(self.note_wanted)
            page.layers_wanted.connect(self.layers_wanted)
        self.page.show_catalog(self._session.catalog, self._today())
        if kind:
            self.page.show_row(kind, id)
        self._side.visit(self.page)

    @Slot()
    def _renew(self) -> None:
        page = self.page
        if page is None or self._session is None:
            return
        if page.isVisible() or self._side.leads_back_to(page):
            page.show_catalog(self._session.catalog, self._today())
