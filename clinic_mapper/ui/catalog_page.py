"""The catalog to browse: search as one types, narrow, read a row, go from row to row, start a practice note."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QVBoxLayout, QWidget

from clinic_mapper.catalog.model import Catalog
from clinic_mapper.catalog.row_page import page_of
from clinic_mapper.catalog.search import Entry, Finder, forget_words
from clinic_mapper.memo.words import load_words
from clinic_mapper.ui.background import Jobs
from clinic_mapper.ui.catalog_filters import CatalogFilters
from clinic_mapper.ui.catalog_reader import RowReader
from clinic_mapper.ui.catalog_results import ResultList
from clinic_mapper.ui.look import GAP, Text, button

_NOTHING = "Nothing in this catalog holds all of these words. Fewer words find more."
_WAIT = "The catalog is being made ready for searching…"
_NOTE_ON = ("flows", "practices", "systems", "restrictions")
"""Kinds of row from which a practice note can be started."""


class CatalogPage(QWidget):
    """Shows one catalog. `back_wanted()`: done. `note_wanted(kind, id)`: start a practice note from a row.

    `layers_wanted()`: show what the clinic laid over the catalog.
    """

    back_wanted = Signal()
    note_wanted = Signal(str, str)
    layers_wanted = Signal()

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._catalog: Catalog | None = None
        self._finder: Finder | None = None
        self._today = date.today()
        self._shown = ("", "")
        self._wanted = ("", "")
        self._kept = ("", "")
        self._before: list[tuple[str, str]] = []
        self._words = load_words("en")
        self.setAccessibleName("Catalog")
        self.search = QLineEdit(self)
        self.filters = CatalogFilters(self)
        self.results = ResultList(self)
        self.count = Text("", self, calm=True)
        self.reader = RowReader(self)
        self.earlier = button("&Row before", self)
        self.note = button("Note a &practice… (F2)", self)
        self.layers = button("Lists and &notes…", self)
        self.back = button("&Back", self)
        self._build()
        self._wire()
        self._follow()

    def _build(self) -> None:
        self.search.setPlaceholderText("Names, acronyms, statutes, places …")
        self.search.setAccessibleName("Search the catalog")
        self.search.setClearButtonEnabled(True)
        self.note.setAccessibleName("Note a practice for this row")
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.results, 1)
        column.addWidget(self.count)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self.reader)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        foot = QHBoxLayout()
        foot.setSpacing(GAP)
        for part in (self.back, self.earlier):
            foot.addWidget(part)
        foot.addStretch(1)
        for part in (self.note, self.layers):
            foot.addWidget(part)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(GAP, GAP, GAP, GAP)
        rows.setSpacing(GAP // 2)
        rows.addWidget(self.search)
        rows.addWidget(self.filters)
        rows.addWidget(split, 1)
        rows.addLayout(foot)

    def _wire(self) -> None:
        self.search.textChanged.connect(self._find)
        self.search.returnPressed.connect(self.results.setFocus)
        self.search.installEventFilter(self)
        self.filters.changed.connect(self._find)
        self.results.chosen.connect(self._show_entry)
        self.results.entered.connect(self.reader.setFocus)
        self.reader.row_wanted.connect(self._go_to)
        self.earlier.clicked.connect(self.go_back)
        self.note.clicked.connect(self._want_note)
        self.layers.clicked.connect(self.layers_wanted)
        self.back.clicked.connect(self.back_wanted)
        for key, act in (
            ("Esc", self.back_wanted.emit),
            ("F2", self._want_note),
            ("Alt+Left", self.go_back),
            ("Ctrl+F", self.focus_search),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down from the search field goes into the list, where the hand expects it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Down:
            self.results.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)

    def focus_start(self) -> None:
        """In the search field; on the row that was asked for, if one was."""
        if self._shown == ("", "") or not self._before:
            self.focus_search()
        else:
            self.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def focus_search(self) -> None:
        """In the search field, what stands there selected."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def show_catalog(self, catalog: Catalog, today: date) -> None:
        """Browse this catalog. Another one is made ready for searching off the window's thread."""
        self._today = today
        if catalog is self._catalog:
            return
        if self._wanted == ("", "") and self._catalog is not None:
            self._kept = self._shown
        self._catalog, self._finder = catalog, None
        self.results.show_entries([])
        self.count.setText(_WAIT)
        names = {id: self._words(f"short.{id}") for id in catalog.systems if f"short.{id}" in self._words}
        self._jobs.start(Finder, catalog, names, done=lambda finder: self._ready(catalog, finder))

    def show_row(self, kind: str, id: str) -> None:
        """Turn to a row that somebody asked for elsewhere."""
        self._wanted = (kind, id)
        if self._finder is not None:
            self._go_to_wanted()

    def forget(self) -> None:
        """Leave nothing of a clinic's own notes on the screen, nor in what searching remembers."""
        self._catalog, self._finder = None, None
        self.count.setText("")
        forget_words()
        self._before, self._shown, self._wanted, self._kept = [], ("", ""), ("", ""), ("", "")
        self.search.clear()
        self.results.show_entries([])
        self.reader.show_page(None)

    def _ready(self, catalog: Catalog, finder: Finder) -> None:
        if catalog is not self._catalog:
            return  # locked meanwhile, and perhaps another vault is open
        self._finder = finder
        self.filters.offer(catalog, finder.sectors, self._today)
        kept, self._kept = self._kept, ("", "")
        self._find()
        if kept[0]:
            self._turn_back(*kept)  # a note was made, a list brought: the row that was read is still the one shown
        self._go_to_wanted()

    def _go_to_wanted(self) -> None:
        kind, id = self._wanted
        self._wanted = ("", "")
        if kind:
            self.search.clear()
            self.filters.clear()
            self._find()
            self._go_to(kind, id)

    @Slot()
    def _find(self) -> None:
        if self._finder is None:
            return
        found = self._finder.find(self.search.text(), self.filters.filters())
        self.results.show_entries(found)
        self.count.setText(f"{len(found)} of {len(self._finder.entries)} rows" if found else _NOTHING)

    @Slot(object)
    def _show_entry(self, entry: Entry | None) -> None:
        if entry is not None:
            self._show(entry.kind, entry.id)
        elif self._finder is not None:
            self._shown = ("", "")
            self.reader.show_page(None, _NOTHING)
            self._follow()

    @Slot(str, str)
    def _go_to(self, kind: str, id: str) -> None:
        """Follow a link: the row is shown and, where it is among those found, chosen in the list."""
        if self._shown[0]:
            self._before.append(self._shown)
        self.results.select(kind, id)
        self._show(kind, id)

    @Slot()
    def go_back(self) -> None:
        """Back to the row that was read before a link was followed."""
        if self._before:
            self._turn_back(*self._before.pop())

    def _turn_back(self, kind: str, id: str) -> None:
        self.results.select(kind, id)
        self._show(kind, id)

    def _show(self, kind: str, id: str) -> None:
        if self._catalog is None or id not in getattr(self._catalog, kind, {}):
            return
        self._shown = (kind, id)
        page = page_of(self._catalog, kind, id, self._today.isoformat(), self._data)
        self.reader.show_page(page)
        self._follow()

    def _data(self, item: str) -> str:
        return self._words(f"data.{item}")

    def _follow(self) -> None:
        """Offer what can be done with the row that is shown."""
        self.earlier.setEnabled(bool(self._before))
        self.note.setEnabled(self._shown[0] in _NOTE_ON)

    @Slot()
    def _want_note(self) -> None:
        kind, id = self._shown
        if kind in _NOTE_ON:
            self.note_wanted.emit(kind, id)
