"""The list of lines: groups, lines, routes, by keyboard and for a screen reader."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from clinic_mapper.ui import map_words as words
from clinic_mapper.ui.map_delegate import LineDelegate
from clinic_mapper.ui.map_model import MapModel
from clinic_mapper.ui.map_rows import COLUMNS, Row, line_key

_TITLE_IN_LETTERS = 40
_Index = QModelIndex | QPersistentModelIndex
_WIDEST = (
    ("standing.undetermined",),
    ("tense.was_within_reach",),
    ("arrives.sent", "arrives.found"),
)
"""The longest words of each narrow column, by their keys."""


class MapTree(QTreeView):
    """Shows a `MapModel`. `chosen(row)`: another row is current, or none.

    In little width the narrow columns are folded into the first one, so that nothing is cut off.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.map_model = MapModel(self)
        self._delegate = LineDelegate(self)
        self.setModel(self.map_model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("Lines")
        self.setAccessibleDescription("Groups of lines, the routes under each line. Press right to open a line.")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setUniformRowHeights(False)
        self.setAllColumnsShowFocus(True)
        self.setTabKeyNavigation(False)
        self.setIndentation(self.fontMetrics().horizontalAdvance("mm"))
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.sectionResized.connect(self._measure_again)
        self.map_model.rowsInserted.connect(self._open_new_groups)

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Bring the list to these rows; what is selected and opened stays so."""
        self.map_model.show_rows(rows)

    def select_line(self, line: str) -> None:
        """Make a line current, unless it or one of its routes already is."""
        index = self.map_model.index_of(line_key(line))
        if not index.isValid():
            self.setCurrentIndex(QModelIndex())
            self.clearSelection()
        elif self.current_line() != line:
            self.setCurrentIndex(index)
            self.selectionModel().select(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            )
            self.scrollTo(index)

    def current_row(self) -> Row | None:
        """The current row, or none."""
        return self.map_model.row_at(self.currentIndex())

    def current_line(self) -> str:
        """The id of the line that is current, also when one of its routes is; "" for none."""
        index = self.currentIndex()
        row = self.map_model.row_at(index)
        while row and row.kind == "route":  # a route can stand under one that says the same
            index = index.parent()
            row = self.map_model.row_at(index)
        return row.id if row and row.kind == "line" else ""

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        row = self.map_model.row_at(current)
        if row is not self.map_model.row_at(previous):
            self.chosen.emit(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._share_width()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_delegate"):
            self.setIndentation(self.fontMetrics().horizontalAdvance("mm"))
            self._share_width()

    def drawBranches(self, painter: QPainter, rect: QRect, index: _Index) -> None:
        """The arrow stands beside the title, also where the row is tall."""
        title = QRect(rect)
        title.setHeight(min(rect.height(), self.fontMetrics().height() * 3 // 2))
        super().drawBranches(painter, title, index)

    def _share_width(self) -> None:
        letters = self.fontMetrics()
        widest = [max(letters.horizontalAdvance(words.say(key)) for key in keys) for keys in _WIDEST]
        narrow = [0, *(width + letters.height() for width in widest)]
        title = self.viewport().width() - sum(narrow)
        folded = title < _TITLE_IN_LETTERS * letters.averageCharWidth()
        self._delegate.folded = folded
        self.header().setVisible(not folded)
        for column in range(1, len(COLUMNS)):
            self.setColumnHidden(column, folded)
            self.setColumnWidth(column, narrow[column])
        self.setColumnWidth(0, self.viewport().width() if folded else title)
        self._measure_again()

    def _measure_again(self) -> None:
        """Wrapped text changes the rows' heights when a column's width changes."""
        self.scheduleDelayedItemsLayout()

    def _open_new_groups(self, parent: QModelIndex, first: int, last: int) -> None:
        if not parent.isValid():
            for place in range(first, last + 1):
                self.expand(self.map_model.index(place, 0))
