"""The tree of lines as Qt reads it. A changed map moves and changes rows; it never resets the tree.

A row keeps its place in selection and expansion while its key lives, also when it moves to another group.
"""

from __future__ import annotations

from itertools import count
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from clinic_mapper.ui.map_rows import COLUMNS, Row

ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The whole `Row`, for the delegate and the details."""

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class _Node:
    """A row in its present place. `children` changes; the `Row` is replaced whole.

    `number` is what an index carries. It is never given twice: a stale index finds nothing instead of a stranger.
    """

    _numbers = count(1)

    def __init__(self, row: Row, parent: _Node | None) -> None:
        self.number = next(self._numbers)
        self.row = row
        self.parent = parent
        self.children = [_Node(child, self) for child in row.children]

    @property
    def place(self) -> int:
        return self.parent.children.index(self) if self.parent else 0


class MapModel(QAbstractItemModel):
    """Groups, lines and routes of a map. `show_rows` brings it to a new state with the smallest moves."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = _Node(Row("", "group", "", "", ("", "", "", "")), None)
        self._held: dict[int, _Node] = {}

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Bring the tree to these rows."""
        self._carry_over(rows)
        self._bring(self._root, rows)

    def index_of(self, key: str, column: int = 0) -> QModelIndex:
        """The index of the row with this key, or an invalid one."""
        node = _find(self._root, key)
        return self._index_for(node, column) if node else QModelIndex()

    def row_at(self, index: _Index) -> Row | None:
        """The row at an index."""
        return self._node(index).row if index.isValid() else None

    # --- what Qt asks

    def index(self, row: int, column: int, parent: _Index = _NOWHERE) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self._index_for(self._node(parent).children[row], column)

    def parent(self, child: _Index) -> QModelIndex:  # type: ignore[override]
        node = self._node(child).parent if child.isValid() else None
        return self._index_for(node) if node and node is not self._root else QModelIndex()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.column() > 0 else len(self._node(parent).children)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        wanted = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if orientation == Qt.Orientation.Horizontal and role in wanted and section < len(COLUMNS):
            return COLUMNS[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._node(index).row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.cells[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken if index.column() == 0 else row.cells[index.column()] or row.spoken
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return row.reason
        return row if role == ROW_ROLE else None

    # --- moving from one state to the next

    def _carry_over(self, rows: tuple[Row, ...]) -> None:
        """Move lines whose group changed, so that a line answered into another group stays the same row."""
        groups = {group.row.key: group for group in self._root.children}
        for group in rows:
            for line in group.children:
                node = _find(self._root, line.key)
                target = groups.get(group.key)
                if node and node.parent and target and node.parent is not target:
                    self._move(node.parent, node.place, target, len(target.children))

    def _bring(self, parent: _Node, rows: tuple[Row, ...]) -> None:
        wanted = {row.key for row in rows}
        for place in reversed(range(len(parent.children))):
            if parent.children[place].row.key not in wanted:
                self._remove(parent, place)
        for place, row in enumerate(rows):
            found = next((at for at, node in enumerate(parent.children) if node.row.key == row.key), None)
            if found is None:
                self._insert(parent, place, row)
            elif found != place:
                self._move(parent, found, parent, place)
            self._say(parent.children[place], row)

    def _say(self, node: _Node, row: Row) -> None:
        if node.row == row:
            return
        self._bring(node, row.children)
        node.row = row
        self.dataChanged.emit(self._index_for(node, 0), self._index_for(node, len(COLUMNS) - 1))

    def _insert(self, parent: _Node, place: int, row: Row) -> None:
        self.beginInsertRows(self._index_for(parent), place, place)
        parent.children.insert(place, _Node(row, parent))
        self.endInsertRows()

    def _remove(self, parent: _Node, place: int) -> None:
        self.beginRemoveRows(self._index_for(parent), place, place)
        gone = parent.children.pop(place)
        self.endRemoveRows()
        self._forget(gone)

    def _move(self, source: _Node, place: int, target: _Node, to: int) -> None:
        """Move one row; `to` counts places before the row was taken out, and rows here only ever move up."""
        self.beginMoveRows(self._index_for(source), place, place, self._index_for(target), to)
        node = source.children.pop(place)
        target.children.insert(to, node)
        node.parent = target
        self.endMoveRows()

    def _forget(self, node: _Node) -> None:
        self._held.pop(node.number, None)
        for child in node.children:
            self._forget(child)

    def _index_for(self, node: _Node, column: int = 0) -> QModelIndex:
        if node is self._root:
            return QModelIndex()
        self._held[node.number] = node
        return self.createIndex(node.place, column, node.number)

    def _node(self, index: _Index) -> _Node:
        return self._held.get(index.internalId(), self._root) if index.isValid() else self._root


def _find(node: _Node, key: str) -> _Node | None:
    for child in node.children:
        if child.row.key == key:
            return child
        if found := _find(child, key):
            return found
    return None
