"""The rows of the catalog that were found, as a table: what they are called, what kind they are, how old they are."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from clinic_mapper.catalog.search import KINDS, Entry

_Index = QModelIndex | QPersistentModelIndex
_HEADINGS = ("Name", "What it is", "As of")


class FoundRows(QAbstractTableModel):
    """Entries of the catalog; the whole list is put in the place of the one before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []

    def show_entries(self, entries: list[Entry]) -> None:
        """Show these, in this order."""
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def entry_at(self, index: _Index) -> Entry | None:
        """The entry of a table row; None where there is none."""
        return self._entries[index.row()] if index.isValid() and index.row() < len(self._entries) else None

    def place_of(self, kind: str, id: str) -> int:
        """The number of a row in the table, -1 if it is not among those found."""
        places = (number for number, entry in enumerate(self._entries) if (entry.kind, entry.id) == (kind, id))
        return next(places, -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_HEADINGS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entry_at(index)
        if entry is None:
            return None
        said = (entry.title, KINDS[entry.kind], entry.as_of)
        if role == Qt.ItemDataRole.DisplayRole:
            return said[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (said if index.column() == 0 else (said[index.column()],)) if part)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADINGS[section]
        return None


class ResultList(QTreeView):
    """Shows `FoundRows`. `chosen(Entry | None)`: another row is current. `entered()`: Enter on a row."""

    chosen = Signal(object)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found = FoundRows(self)
        self.setModel(self.found)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setAccessibleName("Rows found")
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._share_width()

    def show_entries(self, entries: list[Entry]) -> None:
        """Show what was found; the first row becomes current, unless nothing was found."""
        self.found.show_entries(entries)
        self.setCurrentIndex(self.found.index(0, 0))
        if not entries:
            self.chosen.emit(None)

    def select(self, kind: str, id: str) -> None:
        """Make a row current; where it is not among those found no row is marked, since another one is read."""
        place = self.found.place_of(kind, id)
        if place < 0:
            self.clearSelection()
            return
        self.setCurrentIndex(self.found.index(place, 0))
        self.scrollTo(self.currentIndex())

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        self.chosen.emit(self.found.entry_at(current))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return
        super().keyPressEvent(event)

    def _share_width(self) -> None:
        letters = self.fontMetrics()
        widest = max(letters.horizontalAdvance(word) for word in (*KINDS.values(), _HEADINGS[1]))
        self.setColumnWidth(1, widest + letters.height())
        self.setColumnWidth(2, letters.horizontalAdvance("2026-11-26") + letters.height())
