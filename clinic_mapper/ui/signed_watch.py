"""Watches whether the catalog in use still says of signed memos' facts what the memos said, off the window's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from clinic_mapper.ui.background import Jobs
from clinic_mapper.ui.signed_work import Touched, touched

if TYPE_CHECKING:
    from clinic_mapper.ui.keeper import Keeper


class SignedWatch(QObject):
    """`found(tuple[Touched, ...])`: those of which another thing would be said now; also when there are none."""

    found = Signal(object)

    def __init__(self, keeper: Keeper, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keeper, self._jobs = keeper, jobs
        self._job = 0
        self.touched: tuple[Touched, ...] = ()
        keeper.session.catalog_changed.connect(self.look)

    @Slot()
    def look(self) -> None:
        """Look through the open vault; a vault that cannot be read is told of elsewhere."""
        self._drop()
        vault = self._keeper.vault
        if vault is None:
            return self._tell(())
        given = (vault, self._keeper.session.catalog)
        self._job = self._jobs.start(touched, *given, done=self._tell, failed=lambda _problem: None, progress=_quietly)

    def forget(self) -> None:
        """After a lock nothing of what was found stays."""
        self._drop()
        self._tell(())

    def _tell(self, found: tuple[Touched, ...]) -> None:
        self.touched = found
        self.found.emit(found)

    def _drop(self) -> None:
        self._jobs.drop(self._job)
        self._job = 0


def _quietly(_step: int, _of: int) -> None:
    """The work tells its steps so that it can be ended between them; nobody is shown them."""
