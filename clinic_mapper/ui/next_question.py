"""What to ask next, worked out off the window's thread: it takes longer than the map, which is shown meanwhile."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, Signal, Slot

from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.routing.live import LiveMap
from clinic_mapper.routing.model import AskNext, ExposureMap, Unknown
from clinic_mapper.ui.background import Jobs

Wanted = tuple[Matter, Catalog, date]


class NextQuestions(QObject):
    """Works out one matter at a time, the newest that was asked for; what was overtaken is told to nobody.

    `found(tuple[AskNext, ...])`: the questions of the matter that was asked for last.
    """

    found = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._live = LiveMap()
        self._wanted: Wanted | None = None
        self._running = False
        jobs.idle.connect(self._give_up)

    @property
    def busy(self) -> bool:
        """Whether the questions of the newest matter are still being worked out."""
        return self._wanted is not None

    def work_out(self, matter: Matter, catalog: Catalog, today: date) -> None:
        """Have the questions of this matter worked out, and of no other that waits."""
        self._wanted = (matter, catalog, today)
        self._go_on()

    def forget(self) -> None:
        """Tell nothing more of any matter. What runs ends by itself, and its reading goes with it."""
        self._wanted = None
        self._live = LiveMap()

    def _go_on(self) -> None:
        if self._running or self._wanted is None:
            return
        self._running = True
        wanted = self._wanted
        self._jobs.start(_asked, self._live, wanted, done=lambda asks: self._done(wanted, asks))

    def _done(self, wanted: Wanted, asks: tuple[AskNext, ...]) -> None:
        self._running = False
        if wanted is self._wanted:
            self._wanted = None
            self.found.emit(asks)
        else:
            self._go_on()

    @Slot()
    def _give_up(self) -> None:
        """Nothing runs any more and no result came: the work met a bug, which is told elsewhere."""
        if self._running:
            self._running, self._wanted = False, None


def _asked(live: LiveMap, wanted: Wanted) -> tuple[AskNext, ...]:
    return live.map(*wanted).ask_next


def still_asked(before: ExposureMap | None, now: ExposureMap) -> tuple[AskNext, ...]:
    """Of the questions of an earlier map those that some undetermined line still turns on."""
    undetermined = [line for line in now.lines if line.standing == "undetermined"]
    open_ = {unknown for line in undetermined for unknown in line.unknown}
    asks = before.ask_next if before else ()
    return tuple(ask for ask in asks if Unknown(kind=ask.kind, id=ask.fact, touchpoint=ask.touchpoint) in open_)
