"""A table of plain text to read and choose rows from, by keyboard too; each cell is named for a screen reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from clinic_mapper.ui.look import GAP

Index = QModelIndex | QPersistentModelIndex


class TextModel(QAbstractTableModel):
    """Rows of text under headings."""

    def __init__(self, headings: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headings = tuple(headings)
        self.rows: list[tuple[str, ...]] = []

    def show_rows(self, rows: Sequence[tuple[str, ...]]) -> None:
        """Show these; none leaves nothing behind."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        text = self.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.headings[index.column()]}: {text}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class TextTable(QTableView):
    """`went_on()`: Enter on the rows that are chosen. Tab leaves the table."""

    went_on = Signal()

    def __init__(
        self, name: str, headings: Sequence[str], widest: Sequence[str], parent: QWidget | None = None, *, many: bool
    ) -> None:
        """`widest`: for each column a text that must have room; the column of "" takes what is left."""
        super().__init__(parent)
        self._widest = tuple(widest)
        self.model_ = TextModel(headings, self)
        self.setModel(self.model_)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if many else mode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(True)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        header.setSectionsClickable(False)
        for column, text in enumerate(self._widest):
            if not text:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self._give_columns_room()

    def show_rows(self, rows: Sequence[tuple[str, ...]]) -> None:
        """Show these, the first one chosen."""
        self.model_.show_rows(rows)
        if rows:
            self.selectRow(0)

    def chosen(self) -> list[int]:
        """The rows that are chosen, from above."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.went_on.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_widest"):
            self._give_columns_room()

    def _give_columns_room(self) -> None:
        metrics = self.fontMetrics()
        for column, (heading, text) in enumerate(zip(self.model_.headings, self._widest, strict=True)):
            if text:
                wide = max(metrics.horizontalAdvance(heading), metrics.horizontalAdvance(text))
                self.setColumnWidth(column, wide + 2 * GAP)
