"""The matters of the open vault, by code; never by name."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from clinic_mapper.memo.plain_text import printable
from clinic_mapper.ui.due_steps import DAYS_AHEAD, DueStep, DueSteps
from clinic_mapper.ui.look import GAP, WIDE, Text, beside, button, calm, heading, title
from clinic_mapper.ui.signed_words import touched_in_words

if TYPE_CHECKING:
    from clinic_mapper.ui.signed_work import Touched
    from clinic_mapper.vault.store import MatterEntry

_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without those that look like others when a code is read from paper."""
_HEADINGS = ("Code", "Touchpoints", "Last changed")
_MOST_DUE = 5
Index = QModelIndex | QPersistentModelIndex


def neutral_code() -> str:
    """A code that says nothing about anybody, such as M-7K3Q."""
    return "M-" + "".join(secrets.choice(_LETTERS) for _ in range(4))


class MattersModel(QAbstractTableModel):
    """A row for each matter: its code, how many touchpoints, when it was last changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries: list[MatterEntry] = []

    def show_entries(self, entries: list[MatterEntry]) -> None:
        """Show these; an empty list leaves nothing behind."""
        self.beginResetModel()
        self.entries = list(entries)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.entries)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(_HEADINGS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            marked = f"{entry.code} (SAMPLE)" if entry.sample else entry.code
            return (marked, str(entry.touchpoints), entry.changed)[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_HEADINGS[index.column()]}: {self.data(index)}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _HEADINGS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class _Table(QTableView):
    """A table in which Enter opens the row and Tab leaves."""

    opened = Signal(QModelIndex)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Matters")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(True)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.horizontalHeader().setSectionsClickable(False)
        self.doubleClicked.connect(self.opened)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class MattersPage(QWidget):
    """`open_wanted(str)`: the id of the matter to open. `new_wanted(str)`: a new one under this code.

    `due_wanted(str)`: the id of the matter to open at its follow-ups.
    """

    due_wanted = Signal(str)
    open_wanted = Signal(str)
    new_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Matters")
        self.model = MattersModel(self)
        self.table = _Table(self)
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._give_columns_room()
        self.empty = Text(
            "No matter yet. Open one under a code that says nothing about the client: keep the list of codes and "
            "names elsewhere. Then record the client's touchpoints, in any order.",
            self,
        )
        self.touched = Text("", self, bold=True)
        self.look = button("&Look", self)
        self.due_steps: DueSteps | None = None
        self.due_heading = heading("", self)
        self.due = QListWidget(self)
        self.due.setAccessibleName("What is due")
        self.due.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.due.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.code = QLineEdit(self)
        self.code.setMaxLength(100)
        self.code.setAccessibleName("Code of the new matter")
        self.new = button("Open a &new matter", self)
        self._build()
        self.table.opened.connect(self._open)
        self.new.clicked.connect(self._new)
        self.code.returnPressed.connect(self._new)
        self.due.itemActivated.connect(lambda item: self.due_wanted.emit(str(item.data(Qt.ItemDataRole.UserRole))))
        self.show_entries([])
        self.show_touched(())

    def _build(self) -> None:
        label = QLabel("&Code", self)
        label.setBuddy(self.code)
        self.code.setMinimumWidth(self.fontMetrics().averageCharWidth() * 22)
        inner = QVBoxLayout()
        inner.setSpacing(GAP)
        inner.addWidget(title("Matters", self))
        inner.addLayout(beside(label, self.code, self.new))
        inner.addWidget(calm("A suggestion; type your own if you like. No names.", self))
        inner.addSpacing(GAP)
        inner.addWidget(self.touched)
        inner.addLayout(beside(self.look))
        inner.addWidget(self.due_heading)
        inner.addWidget(self.due)
        inner.addWidget(self.table, 1)
        inner.addWidget(self.empty)
        self._filler = QWidget(self)
        inner.addWidget(self._filler, 1)
        middle = QWidget(self)
        middle.setLayout(inner)
        middle.setMaximumWidth(self.fontMetrics().averageCharWidth() * 120)
        row = QHBoxLayout(self)
        row.setContentsMargins(WIDE, GAP, WIDE, WIDE)
        row.addStretch(1)
        row.addWidget(middle, 100)
        row.addStretch(1)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "table"):
            self._give_columns_room()

    def _give_columns_room(self) -> None:
        for column, widest in ((1, _HEADINGS[1]), (2, "2026-12-30 00:00")):
            self.table.setColumnWidth(column, self.fontMetrics().horizontalAdvance(widest) + 4 * GAP)

    def show_entries(self, entries: list[MatterEntry], chosen: str = "") -> None:
        """Show these matters, with the one of this id chosen, or the first. What is due is not known yet."""
        self.show_due([])
        self.model.show_entries(entries)
        self.table.setVisible(bool(entries))
        self.empty.setVisible(not entries)
        self._filler.setVisible(not entries)
        row = next((number for number, entry in enumerate(entries) if entry.id == chosen), 0)
        if entries:
            self.table.setCurrentIndex(self.model.index(row, 0))

    def look_for_due(self) -> None:
        """Look through the matters for what is due, and show it when it is known."""
        if self.due_steps is not None:
            self.due_steps.look()

    def show_due(self, steps: list[DueStep]) -> None:
        """Show what is due, by the codes of its matters; nothing stands there where nothing is."""
        self.due.clear()
        for step in steps:
            item = QListWidgetItem(printable(f"{step.code}  ·  {step.words}"), self.due)
            item.setData(Qt.ItemDataRole.UserRole, step.matter)
        self.due_heading.setText(f"Due within {DAYS_AHEAD} days, or overdue: {len(steps)}")
        self.due_heading.setVisible(bool(steps))
        self.due.setVisible(bool(steps))
        if steps:
            rows = min(len(steps), _MOST_DUE)
            self.due.setFixedHeight(rows * self.due.sizeHintForRow(0) + 2 * self.due.frameWidth() + 2)

    def show_touched(self, found: tuple[Touched, ...]) -> None:
        """Say how many signed memos rest on a catalog that says something else of their lines now."""
        self.touched.setText(touched_in_words(len(found)))
        self.touched.setVisible(bool(found))
        self.look.setVisible(bool(found))

    def forget(self) -> None:
        """Leave no code on the screen or behind it."""
        if self.due_steps is not None:
            self.due_steps.forget()
        self.show_entries([])
        self.code.clear()

    def start_new(self) -> None:
        """Suggest a code and be ready for typing another."""
        self.code.setText(neutral_code())
        self.code.selectAll()
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_start(self) -> None:
        """On the list, or on the code where there is nothing to choose from."""
        if self.model.entries:
            self.code.setText(neutral_code())
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.start_new()

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        self.open_wanted.emit(self.model.entries[index.row()].id)

    @Slot()
    def _new(self) -> None:
        self.new_wanted.emit(self.code.text())
