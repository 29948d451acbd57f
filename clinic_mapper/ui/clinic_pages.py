"""What the clinic laid over the catalog, as pages: its lists and notes, and the form for a note."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from clinic_mapper.ui.background import Jobs
from clinic_mapper.ui.messages import MessageBar
from clinic_mapper.ui.signed_watch import SignedWatch

if TYPE_CHECKING:
    from clinic_mapper.ui.keeper import Keeper
    from clinic_mapper.ui.layers_page import LayersPage
    from clinic_mapper.ui.note_page import NotePage
    from clinic_mapper.ui.signed_page import SignedPage


class ClinicPages(QObject):
    """Makes each page when it is first wanted. `back_wanted()`: a page is done with. `note_wanted()`: a new note."""

    back_wanted = Signal()
    note_wanted = Signal()

    def __init__(
        self, keeper: Keeper, jobs: Jobs, messages: MessageBar, today: Callable[[], date], pages: QStackedWidget
    ) -> None:
        super().__init__(pages)
        self._keeper, self._jobs, self._messages, self._today, self._pages = keeper, jobs, messages, today, pages
        self._layers_page: LayersPage | None = None
        self._note_page: NotePage | None = None
        self._signed_page: SignedPage | None = None
        self.watch = SignedWatch(keeper, jobs, self)

    def layers_page(self) -> LayersPage:
        """Lists and notes."""
        if self._layers_page is None:
            from clinic_mapper.ui.layers_page import LayersPage

            page = self._layers_page = LayersPage(self._keeper, self._jobs, self._messages, self._today, self._pages)
            page.back_wanted.connect(self.back_wanted)
            page.note_wanted.connect(self.note_wanted)
            page.overview.show_touched(self.watch.touched)
            self.watch.found.connect(page.overview.show_touched)
        return self._layers_page

    def note_page(self) -> NotePage:
        """The form for a note."""
        if self._note_page is None:
            from clinic_mapper.ui.note_page import NotePage

            page = self._note_page = NotePage(self._keeper, self._messages, self._today, self._pages)
            page.back_wanted.connect(self.back_wanted)
            self._keeper.half_typed_note = page.half_typed_as_text
        return self._note_page

    def signed_page(self) -> SignedPage:
        """Signed memos, and what left the vault."""
        if self._signed_page is None:
            from clinic_mapper.ui.signed_page import SignedPage

            page = self._signed_page = SignedPage(self._keeper, self._jobs, self._today, self._pages)
            page.back_wanted.connect(self.back_wanted)
            page.show_touched(self.watch.touched)
            self.watch.found.connect(page.show_touched)
        return self._signed_page

    def forget(self) -> None:
        """Leave nothing of a vault on the pages."""
        self.watch.forget()
        if self._signed_page is not None:
            self._signed_page.forget()
        if self._layers_page is not None:
            self._layers_page.forget()
        if self._note_page is not None:
            self._note_page.forget()
