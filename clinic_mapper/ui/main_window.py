"""The window: lock or first start, then the matters, then one matter. Its title never says which."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from clinic_mapper.problem import Problem
from clinic_mapper.ui import ask, loading
from clinic_mapper.ui.background import Jobs
from clinic_mapper.ui.catalog_visits import CatalogVisits
from clinic_mapper.ui.clipboard import OwnCopies
from clinic_mapper.ui.desktop_lock import DesktopLock
from clinic_mapper.ui.draft_clock import DraftClock
from clinic_mapper.ui.entrance import Entrance
from clinic_mapper.ui.idle import IdleWatch
from clinic_mapper.ui.messages import MessageBar
from clinic_mapper.ui.preferences import Preferences
from clinic_mapper.ui.settings import LOCK_AFTER, Settings
from clinic_mapper.ui.side_pages import SidePages
from clinic_mapper.ui.window_menu import WindowMenu

if TYPE_CHECKING:
    from clinic_mapper.catalog.model import Catalog
    from clinic_mapper.ui.keeper import Keeper
    from clinic_mapper.ui.matters_page import MattersPage
    from clinic_mapper.ui.open_matter import Beside, MatterView
    from clinic_mapper.vault.store import Vault

_USUAL_SIZE = QSize(1280, 720)
_ABOUT_TO_PAINT = (QEvent.Type.Expose, QEvent.Type.Paint)
_HELD = (
    "Something could not be saved before the lock. It is kept in this window and nowhere else: unlock the same vault "
    "to save it, and do not close the window before."
)
_TRY_AGAIN = "Try to save again"
_AWAY = "Locked, because nobody typed or pointed for a while, or the computer slept or was locked."


class MainWindow(QMainWindow):
    """Moves between pages and passes on what they want; what is kept is the `Keeper`'s.

    `painted()`: the first page was painted for the first time. `entered()`: a vault or the sample was opened.
    `locked()`: everything was closed and forgotten.
    """

    painted = Signal()
    entered = Signal()
    locked = Signal()

    def __init__(self, settings: Settings, jobs: Jobs, default_folder: Path, today: Callable[[], date]) -> None:
        """`default_folder` is suggested for a first vault. Nothing heavy is loaded until `load`."""
        super().__init__()
        self.settings, self.jobs, self._today = settings, jobs, today
        self.keeper: Keeper | None = None
        self.matters_page: MattersPage | None = None
        self.view: MatterView | None = None
        self._when_ready: Callable[[], object] | None = None
        self._was_painted = False
        self.messages = MessageBar(self)
        self.pages = QStackedWidget(self)
        self.entrance = Entrance(settings, jobs, default_folder, self)
        self.idle = IdleWatch(settings.number(LOCK_AFTER), self)
        self._draft_timer = DraftClock(self._keep_draft, self.messages.show_problem, self)
        self._copies = OwnCopies(self)
        self.desktop_lock = DesktopLock(self)
        self.preferences = Preferences(settings, self)
        self.side = SidePages(self.pages, settings, self.preferences, self._show)
        self.visits = CatalogVisits(self.side, jobs, today)
        self.menu = WindowMenu(self)
        self._build()
        self._wire()
        self._follow()

    # --- what the window is made of

    def _build(self) -> None:
        self.pages.addWidget(self.entrance)
        ground = QWidget(self)
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.messages)
        column.addWidget(self.pages, 1)
        self.setCentralWidget(ground)
        self.resize(_USUAL_SIZE.boundedTo(self.screen().availableSize()))  # some desktops cut off what is larger

    def _wire(self) -> None:
        self.menu.wire(self)
        self.menu.spanish.setChecked(self.preferences.language == "es")
        self.preferences.language_changed.connect(self._language_changed)
        self.preferences.lock_after_changed.connect(self._lock_after_changed)
        self.entrance.opened.connect(self._opened)
        self.entrance.refused.connect(self.messages.show_problem)
        self.entrance.trying.connect(self.messages.clear)
        self.entrance.sample_wanted.connect(self._sample_wanted)
        self.entrance.limits_wanted.connect(self.side.show_limits)
        self.idle.away.connect(self._lock_for_nobody)
        self.desktop_lock.locked.connect(self._lock_for_nobody)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)

    @Slot(QWidget, QWidget)
    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Let the focus be seen also where Enter brought it (Qt shows it after Tab only), and Enter press a button."""
        self.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        if isinstance(new, QPushButton) and self.isAncestorOf(new):
            new.setAutoDefault(True)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        handle = self.windowHandle()
        if handle is not None:
            self.idle.listen_to(handle)
            if not self._was_painted:
                handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ABOUT_TO_PAINT and not self._was_painted:
            self._was_painted = True
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self.painted.emit)  # when this event has been dealt with, and painted
        return False

    # --- loading what is heavy

    @Slot()
    def load(self) -> None:
        """Load what the pages after the lock need, on other threads."""
        self.desktop_lock.listen()
        self.jobs.start(loading.load_what_opening_needs)
        self.jobs.start(loading.load_what_mapping_needs, done=self._ready, failed=self.messages.show_problem)
        self.jobs.start(loading.load_what_pages_need)
        for row in self.settings.misfits:
            self.messages.say(f"The setting “{row.words}” has a value that cannot be used; the usual one is used.")

    def _ready(self, catalog: Catalog) -> None:
        from clinic_mapper.ui.clinic_pages import ClinicPages
        from clinic_mapper.ui.due_steps import DueSteps
        from clinic_mapper.ui.keeper import Keeper
        from clinic_mapper.ui.matters_page import MattersPage

        self.keeper = Keeper(catalog, self._today, self, self.jobs)
        self.side.attend(ClinicPages(self.keeper, self.jobs, self.messages, self._today, self.pages))
        self.keeper.session.failed.connect(self._say_unsaved)
        self.keeper.session.saved.connect(lambda _when: self.messages.overcome(_TRY_AGAIN))
        self.keeper.session.matter_changed.connect(self._follow)
        self.visits.follow(self.keeper.session)
        page = self.matters_page = MattersPage(self)
        page.open_wanted.connect(self.open_matter)
        page.new_wanted.connect(self._make_matter)
        page.due_wanted.connect(self._open_due)
        self.side.watch_signed(page, self.entered)
        page.due_steps = DueSteps(self.keeper, self.jobs, page.show_due, self._today)
        self.pages.addWidget(page)
        act, self._when_ready = self._when_ready, None
        if act is not None:
            act()

    def _once_ready(self, act: Callable[[], object]) -> None:
        if self.keeper is not None:
            act()
        else:
            self._when_ready = act

    def _matter_view(self, keeper: Keeper) -> MatterView:
        if self.view is None:
            from clinic_mapper.ui.open_matter import MatterView

            view = self.view = MatterView(keeper.session, self.jobs, keeper.exits, self, self._copies)
            view.leave_wanted.connect(self.show_matters)
            view.follow(self.preferences)
            view.removed.connect(self._say_removed)
            keeper.half_typed, keeper.keep_typed = view.half_typed, view.keep_typed
            self.pages.addWidget(view)
        return self.view

    # --- going in

    @Slot(object)
    def _opened(self, vault: Vault) -> None:
        self._once_ready(lambda: self._enter(vault))

    def _enter(self, vault: Vault) -> None:
        keeper = self._keeper()
        matter_id = keeper.take(vault)
        self._begin()
        self.show_matters()
        for refused in keeper.refused:
            self.messages.show_problem(refused.problem)
        if self.pages.currentWidget() is self.entrance:  # the list could not be read: an open vault must not linger
            return self._lock_saying(self.messages.text)
        if matter_id:
            self.open_matter(matter_id)
        self.entered.emit()

    @Slot()
    def _sample_wanted(self) -> None:
        self.messages.clear()
        self._once_ready(self._enter_sample)

    def _enter_sample(self) -> None:
        keeper = self._keeper()
        view = self._matter_view(keeper)
        keeper.open_sample()
        self._begin()
        self._show(view)
        view.start("", kept=False)
        self.entered.emit()

    def _begin(self) -> None:
        self.idle.start()
        self._draft_timer.begin()

    @Slot()
    def show_matters(self) -> None:
        """Close the matter and show the list; from the sample, go back to the start."""
        keeper, page = self._keeper(), self.matters_page
        if keeper.sample or page is None:
            self.lock()
            return
        try:
            left = keeper.matter_id
            if keeper.matter_is_open:
                keeper.leave_matter()
                self.messages.clear()  # an undo that it may offer was that of the matter
            page.show_entries(keeper.matters(), left)
        except Problem as problem:
            self.messages.show_problem(problem)
            return
        self._show(page)
        page.look_for_due()

    @Slot()
    def new_matter(self) -> None:
        """Go to the list, with a new code suggested."""
        self.show_matters()
        if self.matters_page is not None and self.pages.currentWidget() is self.matters_page:
            self.matters_page.start_new()

    @Slot(str)
    def _make_matter(self, code: str) -> None:
        try:
            made = self._keeper().new_matter(code)
        except Problem as problem:
            self.messages.show_problem(problem)
        else:
            self.open_matter(made)

    @Slot(str)
    def open_matter(self, matter_id: str) -> None:
        """Open a matter of the vault, with what was half typed put back."""
        keeper = self._keeper()
        view = self._matter_view(keeper)
        self.messages.clear()
        try:
            draft = keeper.open_matter(matter_id)
        except Problem as problem:
            self.messages.show_problem(problem)
            return
        self._show(view)
        view.start(draft, kept=True)

    @Slot(str)
    def _open_due(self, matter_id: str) -> None:
        """Open a matter at its follow-ups."""
        self.open_matter(matter_id)
        if self._keeper().matter_id == matter_id:
            self.follow_ups()

    # --- locking and leaving

    @Slot()
    def lock(self) -> None:
        """Keep what is typed, close the vault and forget, at once and without a question."""
        ask.dismiss()
        self.idle.stop()
        self._draft_timer.stop()
        self._when_ready = None
        self._copies.forget()
        self.messages.clear()
        keeper = self.keeper
        try:
            if keeper is not None and keeper.is_open:
                keeper.lock()
        finally:
            if self.matters_page is not None:
                self.matters_page.forget()
            self.entrance.lock_page.say(_HELD if keeper is not None and keeper.holds_unsaved else "")
            self.side.forget()
            self.visits.forget()
            self._show(self.entrance)
            self.entrance.show_start()
            self.locked.emit()

    @Slot()
    def _lock_for_nobody(self) -> None:
        if self.keeper is not None and self.keeper.is_open:
            self._lock_saying(_AWAY)

    def _lock_saying(self, words: str) -> None:
        self.lock()
        self.messages.say(words)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.lock()
        held = self.keeper is not None and self.keeper.holds_unsaved
        if held and not ask.confirm(self, "Something could not be saved. Close all the same?", "Lose it", "Stay"):
            event.ignore()
            return
        self.jobs.close()
        super().closeEvent(event)

    def _keep_draft(self) -> None:
        if self.keeper is not None:
            self.keeper.keep_draft()

    # --- what the menu does

    @Slot()
    def export(self) -> None:
        """Turn to the export page, or back; from a page that is visited, straight to it."""
        self._turn_in_matter("export")

    @Slot()
    def follow_ups(self) -> None:
        """Turn to the follow-ups, or back; from a page that is visited, straight to them."""
        self._turn_in_matter("follow-ups")

    def _turn_in_matter(self, page: Beside) -> None:
        view = self.view
        if view is None or self._keeper().session.matter is None:
            return
        elsewhere = self.pages.currentWidget() is not view
        if elsewhere:
            self._show(view)
        view.turn(page, back=not elsewhere)

    @Slot()
    def undo(self) -> None:
        """Take the last change back."""
        self._keeper().session.undo()

    @Slot()
    def redo(self) -> None:
        """Take the last undo back."""
        self._keeper().session.redo()

    @Slot(str)
    def _language_changed(self, language: str) -> None:
        self.menu.spanish.setChecked(language == "es")
        if self.view is not None:
            self.view.page.set_language(language)

    @Slot(int)
    def _lock_after_changed(self, minutes: int) -> None:
        self.idle.minutes = minutes

    # --- pages

    def _show(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        self._follow()
        getattr(page, "focus_start", page.setFocus)()

    def _keeper(self) -> Keeper:
        assert self.keeper is not None, "nothing can be opened before the catalog is loaded"
        return self.keeper

    @Slot(object)
    def _say_unsaved(self, problem: Problem) -> None:
        self.messages.show_problem(problem, _TRY_AGAIN, self._keeper().session.save_again)

    @Slot(str, str)
    def _say_removed(self, words: str, undo: str) -> None:
        self.messages.say(words, undo, self.undo)

    @Slot()
    def _follow(self) -> None:
        """Title and menu say what is open; the title never says whose."""
        keeper = self.keeper
        session = keeper.session if keeper is not None else None
        matter = session.matter if session is not None else None
        at_work = self.pages.currentWidget() is self.view  # elsewhere nobody would see what an undo changes
        self.setWindowTitle("Clinic Mapper – SAMPLE" if matter is not None and matter.sample else "Clinic Mapper")
        self.menu.follow(
            vault=keeper is not None and keeper.is_open and not keeper.sample,
            unlocked=keeper is not None and keeper.is_open,
            matter=matter is not None,
            undo=at_work and session is not None and session.can_undo,
            redo=at_work and session is not None and session.can_redo,
        )
