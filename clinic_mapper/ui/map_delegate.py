"""Paints a row of the list: the shape of its standing, its title, and under it why it stands so. All of it wraps."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from clinic_mapper.ui.line_shapes import draw_standing
from clinic_mapper.ui.map_model import ROW_ROLE
from clinic_mapper.ui.map_rows import Row

_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
_ENDLESS = 100_000
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class _Text:
    """A text of a cell with its font and the rectangle that it needs."""

    words: str
    font: QFont
    box: QRect


class LineDelegate(QStyledItemDelegate):
    """The list's delegate. With `folded` on, the words of the narrow columns stand under the title instead."""

    def __init__(self, tree: QTreeView) -> None:
        super().__init__(tree)
        self._tree = tree
        self.folded = False

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        texts = self._texts(option.font, index, QRect(0, 0, self._room(index), _ENDLESS))
        depth = texts[-1].box.bottom() if texts else QFontMetrics(option.font).height()
        return QSize(self._room(index), depth + self._gap(option.font))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        self.initStyleOption(option, index)
        option.text = ""
        self._tree.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, self._tree)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        active = bool(option.state & QStyle.StateFlag.State_Active)
        group = QPalette.ColorGroup.Active if active else QPalette.ColorGroup.Inactive
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        color = option.palette.color(group, role)
        painter.save()
        painter.setPen(color)
        for text in self._texts(option.font, index, option.rect):
            painter.setFont(text.font)
            painter.drawText(text.box, _WRAP, text.words)
        painter.restore()
        row = index.data(ROW_ROLE)
        if index.column() == 0 and row.kind != "group":
            draw_standing(painter, self._shape(option.font, option.rect), row.standing, color)

    def _texts(self, base: QFont, index: _Index, cell: QRect) -> list[_Text]:
        row: Row = index.data(ROW_ROLE)
        gap = self._gap(base)
        left = gap + (self._shape_width(base) if index.column() == 0 and row.kind != "group" else 0)
        top = cell.top() + gap
        texts = []
        for words, font in self._parts(row, index.column(), base):
            space = QRect(cell.left() + left, top, max(cell.width() - left - gap, 20), _ENDLESS)
            box = QFontMetrics(font).boundingRect(space, _WRAP, words)
            texts.append(_Text(words, font, QRect(space.left(), top, space.width(), box.height())))
            top += box.height() + 1
        return texts

    def _parts(self, row: Row, column: int, base: QFont) -> list[tuple[str, QFont]]:
        """The words of a cell from top to bottom, with their fonts."""
        title = QFont(base)
        title.setBold(column == 0 and row.kind == "group")
        if column:
            return [(row.cells[column], title)] if row.cells[column] else []
        parts = [(row.cells[0], title)]
        if self.folded and row.kind != "group":
            parts.append((" · ".join(cell for cell in row.cells[1:] if cell), self._strong(base)))
        if row.reason:
            parts.append((row.reason[:1].upper() + row.reason[1:], self._slanted(base)))
        return parts

    @staticmethod
    def _strong(base: QFont) -> QFont:
        font = QFont(base)
        font.setWeight(QFont.Weight.DemiBold)
        return font

    @staticmethod
    def _slanted(base: QFont) -> QFont:
        font = QFont(base)
        font.setItalic(True)
        return font

    def _room(self, index: _Index) -> int:
        """The width a cell has: in the first column, what the indentation leaves."""
        width = self._tree.columnWidth(index.column())
        if index.column():
            return width
        depth, above = 1, index.parent()
        while above.isValid():
            depth, above = depth + 1, above.parent()
        return max(width - depth * self._tree.indentation(), 20)

    @staticmethod
    def _gap(font: QFont) -> int:
        return max(QFontMetrics(font).height() // 4, 3)

    @staticmethod
    def _shape_width(font: QFont) -> int:
        return QFontMetrics(font).height() + 2

    def _shape(self, font: QFont, cell: QRect) -> QRectF:
        gap, side = self._gap(font), QFontMetrics(font).height()
        return QRectF(cell.left() + gap, cell.top() + gap, side - 3, side)
