"""The left side of a matter: about the client, then the touchpoints by date."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from clinic_mapper.casefile.dates import in_words, parse
from clinic_mapper.casefile.model import Matter, Touchpoint
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.problem import Problem
from clinic_mapper.ui.matter_words import Language, say
from clinic_mapper.ui.question_look import GAP, SMALL, plain_label
from clinic_mapper.ui.question_plan import kind_label
from clinic_mapper.ui.touchpoint_place_words import place_words

CLIENT = ""
"""Stands for the client where a touchpoint's id would stand."""

_ID = Qt.ItemDataRole.UserRole
BELOW = Qt.ItemDataRole.UserRole + 1
_PAD = 8
_Index = QModelIndex | QPersistentModelIndex


class EntryDelegate(QStyledItemDelegate):
    """Draws an entry as a label with smaller words below, both wrapped, as plain text."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draws the ground as the style does, then the two texts."""
        self.initStyleOption(option, index)
        label, option.text = option.text, ""
        style = QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        room = option.rect.adjusted(_PAD, _PAD - 2, -_PAD, -_PAD + 2)
        upper = _height(option.font, label, room.width())
        painter.save()
        painter.setPen(option.palette.color(role))
        painter.setFont(option.font)
        painter.drawText(QRect(room.topLeft(), QSize(room.width(), upper)), _FLAGS, label)
        painter.setFont(_small(option.font))
        painter.setOpacity(0.8)
        painter.drawText(room.adjusted(0, upper + 2, 0, 0), _FLAGS, str(index.data(BELOW) or ""))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """As tall as both texts at the width of the list."""
        view = option.widget
        width = (view.viewport().width() if isinstance(view, QListWidget) else option.rect.width()) - 2 * _PAD
        height = _height(option.font, str(index.data() or ""), width)
        below = _height(_small(option.font), str(index.data(BELOW) or ""), width)
        return QSize(0, height + below + 2 + 2 * (_PAD - 2))


_FLAGS = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * SMALL)
    return small


def _height(font: QFont, text: str, width: int) -> int:
    return QFontMetrics(font).boundingRect(QRect(0, 0, max(width, 40), 10000), _FLAGS, text).height()


class MatterList(QWidget):
    """The entries of a matter. `chosen(id)`: a touchpoint, or `CLIENT`. `entered()`: Enter, on to its questions.

    `add_wanted()`: the button to add was pressed.
    """

    chosen = Signal(str)
    entered = Signal()
    add_wanted = Signal()

    def __init__(self, catalog: Catalog, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self._heading: QLabel = plain_label(self, size=SMALL, muted=True)
        self.list = QListWidget(self)
        self.list.setItemDelegate(EntryDelegate(self.list))
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setWordWrap(True)
        self._heading.setBuddy(self.list)
        self.add_button = QPushButton(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(6)
        column.addWidget(self._heading)
        column.addWidget(self.list, 1)
        column.addWidget(self.add_button)
        self.list.currentItemChanged.connect(self._tell)
        self.list.itemActivated.connect(lambda _item: self.entered.emit())
        self.add_button.clicked.connect(self.add_wanted)

    def show_matter(self, matter: Matter, language: Language) -> None:
        """Lists the matter's entries in this language; the chosen one stays chosen."""
        chosen = self.current()
        before = self.list.blockSignals(True)
        self.list.clear()
        self._add(CLIENT, say("about-client", language), say("about-client-below", language))
        number = {touchpoint.id: at for at, touchpoint in enumerate(matter.touchpoints, 1)}  # as lines and memos say it
        for touchpoint in by_date(matter.touchpoints):
            below = f"{_date_words(touchpoint, language)} · {place_words(touchpoint.where, language)}"
            label = kind_label(touchpoint.kind, self._catalog, language)
            self._add(touchpoint.id, f"{number[touchpoint.id]}. {label}", below)
        self.list.blockSignals(before)
        self.show_chosen(chosen)
        self._heading.setText(say("list", language))
        self.list.setAccessibleName(say("list", language))
        self.add_button.setText(f"{say('add', language)}  (Ctrl+T)")
        self.add_button.setAccessibleName(say("add", language))

    def show_chosen(self, name: str) -> None:
        """Marks an entry without telling anybody; the client if there is no such entry."""
        before = self.list.blockSignals(True)
        rows = [row for row in range(self.list.count()) if self.list.item(row).data(_ID) == name]
        self.list.setCurrentRow(rows[0] if rows else 0)
        self.list.blockSignals(before)

    def current(self) -> str:
        """The id of the marked touchpoint, or `CLIENT`."""
        return CLIENT if self.list.currentRow() < 0 else str(self.list.currentItem().data(_ID))

    def _add(self, name: str, label: str, below: str) -> None:
        item = QListWidgetItem(label)
        item.setData(_ID, name)
        item.setData(BELOW, below)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{label}, {below}")
        self.list.addItem(item)

    def _tell(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(str(item.data(_ID)))


def by_date(touchpoints: tuple[Touchpoint, ...]) -> list[Touchpoint]:
    """The touchpoints by date, a stretch of time by its middle; those without a date last, as they were entered.

    So “about 2020” stands after 2019, though it may have begun before.
    """
    return sorted(touchpoints, key=_about_when)


def _about_when(touchpoint: Touchpoint) -> tuple[bool, int]:
    try:
        date = parse(touchpoint.when)
    except Problem:
        return True, 0
    if not date.is_known:
        return True, 0
    ends = {"before": 2 * date.last, "after": 2 * date.first}
    return False, ends.get(date.form, date.first + date.last)


def _date_words(touchpoint: Touchpoint, language: Language) -> str:
    try:
        return in_words(touchpoint.when, language)
    except Problem:
        return touchpoint.when
