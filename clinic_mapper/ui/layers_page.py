"""Lists and notes: what the clinic laid over the catalog, and the way by which one of ICE's lists is brought."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from clinic_mapper.catalog.agreement_workbook import Reading, read_workbook
from clinic_mapper.catalog.layers import Refused
from clinic_mapper.catalog.model import Catalog, CatalogFile
from clinic_mapper.catalog.notes import without_note
from clinic_mapper.clinic_layers import ClinicLayers
from clinic_mapper.problem import Problem
from clinic_mapper.ui import ask
from clinic_mapper.ui.background import Jobs
from clinic_mapper.ui.keeper import Keeper
from clinic_mapper.ui.layer_words import ALL_LISTS, earlier_list, note_lines, notes_refused
from clinic_mapper.ui.layers_overview import LayersOverview
from clinic_mapper.ui.list_bring import BringList
from clinic_mapper.ui.list_report import ListReport
from clinic_mapper.ui.messages import MessageBar

_WORKBOOKS = "Workbooks (*.xlsx)"
_STOPPED = "Reading was stopped. Nothing was kept."
_BROKE_OFF = "The list could not be read. Nothing was kept."
_NEEDED = "Another note speaks of this one; take that one out first. Nothing was changed."


class LayersPage(QWidget):
    """`back_wanted()`: done. `note_wanted()`: a new note. Nothing is kept before somebody says so."""

    back_wanted = Signal()
    note_wanted = Signal()

    def __init__(
        self,
        keeper: Keeper,
        jobs: Jobs,
        messages: MessageBar,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName("Lists and notes")
        self._keeper, self._jobs, self._messages = keeper, jobs, messages
        self._folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation))
        self._job = 0
        self._reading: Reading | None = None
        self.overview = LayersOverview(self)
        self.bring = BringList(today, self)
        self.report = ListReport(self)
        self.panels = QStackedWidget(self)
        for panel in (self.overview, self.bring, self.report):
            self.panels.addWidget(panel)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.panels)
        self._wire()

    def _wire(self) -> None:
        self.overview.letters.attend(self._keeper, self._messages)
        self.overview.taken_out.connect(self._take_out)
        self.overview.bring_wanted.connect(self._choose)
        self.overview.note_wanted.connect(self.note_wanted)
        self.overview.back_wanted.connect(self.back_wanted)
        self.bring.read_wanted.connect(self._read)
        self.bring.file_wanted.connect(self._choose)
        self.bring.leave_wanted.connect(self._leave)
        self.report.use_wanted.connect(self._use)
        self.report.leave_wanted.connect(self._leave)
        self._jobs.idle.connect(self._give_up)
        self._keeper.session.catalog_changed.connect(self._follow)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self._escape)

    def focus_start(self) -> None:
        """Show what is kept now, or go on where a list was being brought."""
        shown = self.panels.currentWidget()
        if shown is self.overview:
            self._show_layers()
        for panel in (self.overview, self.bring, self.report):
            if panel is shown:
                panel.focus_start()

    def forget(self) -> None:
        """Leave nothing of a vault on the page."""
        self._stop()
        self._reading = None
        self.report.clear()
        self.bring.clear()
        self.overview.clear()
        self.panels.setCurrentWidget(self.overview)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._job and not event.spontaneous():
            self._stop()
            self.bring.show_stopped(_STOPPED)

    # --- what is kept

    def _layers(self) -> ClinicLayers:
        assert self._keeper.layers is not None, "only a vault keeps lists and notes"
        return self._keeper.layers

    def _show_layers(self) -> None:
        layers = self._keeper.layers
        if layers is None:
            self.overview.show_sample()
            self.overview.letters.show_letters()
            return
        try:
            entries = layers.entries()
            self.overview.show_layers(entries, note_lines(_readable(layers), self._catalog), self._keeper.refused)
        except Problem as problem:
            self.overview.show_trouble(problem.sentence)
        self.overview.letters.show_letters()

    @Slot()
    def _follow(self) -> None:
        """Another catalog is in use: also by an undo from elsewhere."""
        if self.overview.isVisible():
            self._show_layers()

    @property
    def _catalog(self) -> Catalog:
        return self._keeper.session.catalog

    @Slot(str, str, str)
    def _take_out(self, kind: str, id: str, title: str) -> None:
        layers = self._layers()
        put_back: Callable[[], object] = partial(layers.put_back, id)
        try:
            if kind in ("list", "notes"):
                layers.remove(id)
            else:
                put_back = self._without(layers.notes(), kind, id)
        except Problem as problem:
            self._messages.show_problem(problem)
            return
        self._relayer()
        self._messages.say(f"Taken out of use: {title}", "Undo", lambda: self._undo(put_back))

    def _without(self, before: CatalogFile, kind: str, id: str) -> Callable[[], object]:
        """Take one note out; returns what puts it back."""
        layers = self._layers()
        in_use = notes_refused(self._keeper.refused) is None
        layers.put_notes(without_note(before, kind, id))
        self._keeper.relayer()
        if in_use and notes_refused(self._keeper.refused) is not None:
            layers.put_notes(before)
            self._keeper.relayer()
            raise Problem("note-needed", _NEEDED)
        return partial(layers.put_notes, before)

    def _undo(self, put_back: Callable[[], object]) -> None:
        try:
            put_back()
        except Problem as problem:
            self._messages.show_problem(problem)
            return
        self._relayer()

    def _relayer(self) -> None:
        self._keeper.relayer()
        self._show_layers()

    # --- a list that is brought

    @Slot()
    def _choose(self) -> None:
        file = ask.file_to_open(self, "Bring ICE's list of 287(g) agencies", self._folder, _WORKBOOKS)
        if file is None or self._keeper.layers is None:  # the vault may have been locked under the dialog
            return
        self._folder = file.parent
        self._messages.clear()
        self.panels.setCurrentWidget(self.bring)
        self.bring.show_file(file)

    @Slot(object, str)
    def _read(self, file: Path, day: str) -> None:
        self._stop()
        self.bring.show_reading()
        self._job = -1  # so that a job that runs within `start` finds itself awaited
        number = self._jobs.start(
            read_workbook,
            file,
            day,
            done=lambda reading: self._show_report(file.name, reading),
            failed=self._show_problem,
            progress=self.bring.show_step,
        )
        if self._job:
            self._job = number

    def _show_report(self, name: str, reading: Reading) -> None:
        self._job = 0
        try:
            lists = self._layers().lists()
        except Problem as problem:
            self.bring.show_problem(problem)
            return
        self._reading = reading
        of_day = any((each.kind, each.as_of) == (reading.list.kind, reading.list.as_of) for each in lists)
        self.bring.show_stopped("")
        self.report.show_reading(name, reading, earlier_list(lists, reading.list), replaces=of_day)
        self.panels.setCurrentWidget(self.report)
        self.report.focus_start()

    def _show_problem(self, problem: Problem) -> None:
        self._job = 0
        self.bring.show_problem(problem)

    @Slot()
    def _use(self) -> None:
        reading = self._reading
        if reading is None:
            return
        try:
            id = self._layers().add_list(reading.list)
        except Problem as problem:
            self.report.say(problem.sentence)
            return
        self._leave()
        self._relayer()
        out_of_use = self._out_of_use(id)
        if out_of_use is not None:
            self._messages.say(f"The list is kept, but it is not in use. {out_of_use.problem.sentence}")
            return
        day = reading.list.as_of
        self._messages.say(f"Kept; in use from now on: ICE's list of {reading.list.kind} 287(g) agencies, {day}")

    def _out_of_use(self, id: str) -> Refused | None:
        return next((each for each in self._keeper.refused if each.layer in (id, ALL_LISTS, "")), None)

    @Slot()
    def _leave(self) -> None:
        """Back to what is kept; a list that was brought is dropped."""
        self._stop()
        self._reading = None
        self.report.clear()
        self.bring.clear()
        self.panels.setCurrentWidget(self.overview)
        self.focus_start()

    @Slot()
    def _escape(self) -> None:
        if self.panels.currentWidget() is self.overview:
            self.back_wanted.emit()
        else:
            self._leave()

    def _stop(self) -> None:
        if self._job:
            self._jobs.drop(self._job)
            self._job = 0

    @Slot()
    def _give_up(self) -> None:
        """Nothing runs any more and no result came: the work met a bug, which is told elsewhere. The page goes on."""
        if self._job:
            self._job = 0
            self.bring.show_stopped(_BROKE_OFF)


def _readable(layers: ClinicLayers) -> CatalogFile:
    """The notes; none where they cannot be read, which the overview tells from what is refused."""
    try:
        return layers.notes()
    except Problem:
        return CatalogFile()
