"""Brings what is half typed into the vault every few seconds; a disk that refuses is told of once, not each time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from clinic_mapper.problem import Problem

_EVERY_MS = 2000


class DraftClock(QTimer):
    """`keep` brings what is half typed into the vault; `tell` hears of a problem that is not the one told last."""

    def __init__(self, keep: Callable[[], object], tell: Callable[[Problem], object], parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("draft")
        self.setInterval(_EVERY_MS)
        self._keep, self._tell = keep, tell
        self._told = ""
        self.timeout.connect(self._keep_draft)

    def begin(self) -> None:
        """Start anew: nothing was told yet."""
        self._told = ""
        self.start()

    def _keep_draft(self) -> None:
        try:
            self._keep()
        except Problem as problem:
            if problem.code != self._told:
                self._tell(problem)
            self._told = problem.code
        else:
            self._told = ""
