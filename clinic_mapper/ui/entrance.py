"""The way in: unlock the vault that is known, open another, make one, or go round with the sample."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from clinic_mapper.problem import Problem
from clinic_mapper.ui import ask
from clinic_mapper.ui.background import Jobs
from clinic_mapper.ui.lock_page import LockPage
from clinic_mapper.ui.settings import VAULT_FOLDER, Settings

if TYPE_CHECKING:
    from clinic_mapper.ui.create_page import CreatePage
    from clinic_mapper.vault.store import Vault


class Entrance(QStackedWidget):
    """Shows the lock, or the first start where no vault is known.

    `opened(Vault)`: a vault was opened or made; its folder is remembered. `refused(Problem)`: it was not. `trying()`:
    somebody tries again, so that what was said before no longer holds. `sample_wanted()`, `limits_wanted()`.
    """

    opened = Signal(object)
    refused = Signal(object)
    trying = Signal()
    sample_wanted = Signal()
    limits_wanted = Signal()

    def __init__(self, settings: Settings, jobs: Jobs, default_folder: Path, parent: QWidget | None = None) -> None:
        """`default_folder` is suggested for a first vault."""
        super().__init__(parent)
        self._settings, self._jobs, self._default_folder = settings, jobs, default_folder
        self._folder: Path | None = None
        self.lock_page = LockPage(self)
        self._create_page: CreatePage | None = None
        self.addWidget(self.lock_page)
        self._wire(self.lock_page)
        self.show_start()

    @property
    def create_page(self) -> CreatePage:
        """The page on which a vault is made; built when it is first wanted, which is not at every start."""
        from clinic_mapper.ui.create_page import CreatePage

        if self._create_page is None:
            self._create_page = page = CreatePage(self)
            self.addWidget(page)
            self._common(page)
            page.create_wanted.connect(self._create)
            page.folder_wanted.connect(self._choose_new_folder)
            page.open_wanted.connect(self._choose_vault)
            page.back_wanted.connect(self.show_start)
        return self._create_page

    def _wire(self, lock: LockPage) -> None:
        self._common(lock)
        lock.unlock_wanted.connect(self._unlock)
        lock.other_folder_wanted.connect(self._choose_vault)
        lock.new_vault_wanted.connect(self.show_create)

    def _common(self, page: LockPage | CreatePage) -> None:
        page.sample_wanted.connect(self.sample_wanted)
        page.limits_wanted.connect(self.limits_wanted)

    @property
    def folder(self) -> Path | None:
        """The folder whose vault would be unlocked."""
        known = self._settings.text(VAULT_FOLDER)
        return self._folder or (Path(known) if known else None)

    @Slot()
    def show_start(self) -> None:
        """The lock where a vault is known, else the first start."""
        if self.folder is None:
            self.show_create()
        else:
            self.lock_page.show_folder(self.folder)
            self.setCurrentWidget(self.lock_page)
            self.focus_start()

    @Slot()
    def show_create(self) -> None:
        """The page on which a vault is made."""
        if not self.create_page.folder.text():
            self.create_page.show_folder(self._default_folder)
        self.create_page.start(first_start=self.folder is None)
        self.setCurrentWidget(self.create_page)
        self.focus_start()

    def focus_start(self) -> None:
        """Ready for typing."""
        page = self.lock_page if self.currentWidget() is self.lock_page else self.create_page
        page.focus_start()

    @Slot(str)
    def _unlock(self, passphrase: str) -> None:
        from clinic_mapper.vault.opening import open_vault

        if self.folder is not None:
            self._try(self.lock_page.show_busy, open_vault, self.folder, passphrase)

    @Slot(object, str)
    def _create(self, folder: Path, passphrase: str) -> None:
        from clinic_mapper.vault.opening import create_vault

        self._try(self.create_page.show_busy, create_vault, folder, passphrase)

    def _try(
        self, show_busy: Callable[[bool], None], way: Callable[[Path, str], Vault], folder: Path, passphrase: str
    ) -> None:
        def opened(vault: Vault) -> None:
            show_busy(False)
            self._remember(vault.folder)
            self.opened.emit(vault)

        def failed(problem: Problem) -> None:
            show_busy(False)
            self.focus_start()
            self.refused.emit(problem)

        self.trying.emit()
        show_busy(True)
        self._jobs.start(way, folder, passphrase, done=opened, failed=failed)

    def _remember(self, folder: Path) -> None:
        self._folder = folder
        self._settings.put(VAULT_FOLDER, str(folder))
        self.lock_page.show_folder(folder)
        if self._create_page is not None:
            self._create_page.start(first_start=False)
            self._create_page.folder.clear()

    @Slot()
    def _choose_vault(self) -> None:
        start = self.folder.parent if self.folder is not None else self._default_folder.parent
        chosen = ask.folder(self, "Choose the folder of a vault", start)
        if chosen is not None:
            self.trying.emit()
            self._folder = chosen
            self.show_start()

    @Slot()
    def _choose_new_folder(self) -> None:
        chosen = ask.folder(self, "Choose an empty folder for the vault", self.create_page.chosen_folder.parent)
        if chosen is not None:
            self.create_page.show_folder(chosen)
