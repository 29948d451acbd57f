"""The names and numbers that no exported file may contain: typed here so that the check can look for them."""

from __future__ import annotations

from typing import get_args, get_type_hints

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from clinic_mapper.casefile.model import Identifier
from clinic_mapper.memo.plain_text import printable
from clinic_mapper.ui.look import calm

_WHY = "Kept only so that the check can look for them. They are printed nowhere."
_LABELS = {
    "name": "name",
    "a-number": "A-number",
    "ssn": "social security number",
    "birth-date": "birth date",
    "phone": "phone",
    "e-mail": "e-mail",
    "address": "address",
    "license": "license number",
    "plate": "plate",
    "other": "other",
}
_MOST_ROWS = 4


class NameList(QWidget):
    """Shows and changes a matter's identifiers. `changed(tuple[Identifier, ...])`: a person added or removed one."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._identifiers: tuple[Identifier, ...] = ()
        self.kind = QComboBox(self)
        self.kind.setAccessibleName("What it is")
        for kind in get_args(get_type_hints(Identifier)["kind"]):
            self.kind.addItem(_LABELS[kind], kind)
        self.value = QLineEdit(self)
        self.value.setAccessibleName("Name or number that must never appear")
        self.value.setPlaceholderText("Name or number")
        self.add = QPushButton("Add", self)
        self.add.setAccessibleName("Add to what must never appear")
        self.list = QListWidget(self)
        self.list.setAccessibleName("What must never appear")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.remove = QPushButton("Remove", self)
        self.remove.setAccessibleName("Remove the selected name or number")
        self._build()
        self.add.clicked.connect(self._add)
        self.value.returnPressed.connect(self._add)
        self.value.textChanged.connect(self._allow)
        self.remove.clicked.connect(self._remove)
        self.list.currentRowChanged.connect(self._allow)
        self.show_identifiers(())

    def _build(self) -> None:
        entry = QVBoxLayout()  # a name needs the whole width
        entry.setSpacing(4)
        entry.addWidget(self.kind)
        typed = QHBoxLayout()
        typed.addWidget(self.value, 1)
        typed.addWidget(self.add)
        entry.addLayout(typed)
        known = QHBoxLayout()
        known.addWidget(self.list, 1)
        known.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(calm(_WHY, self))
        column.addLayout(entry)
        column.addLayout(known)

    def show_identifiers(self, identifiers: tuple[Identifier, ...]) -> None:
        """Show these; what is being typed stays."""
        self._identifiers = identifiers
        chosen = self.list.currentRow()
        self.list.clear()
        for each in identifiers:
            self.list.addItem(QListWidgetItem(f"{_LABELS[each.kind]}: {printable(each.value)}"))
        self.list.setCurrentRow(min(chosen, len(identifiers) - 1))
        rows = max(1, min(len(identifiers), _MOST_ROWS))
        height = self.fontMetrics().height() + 4
        self.list.setFixedHeight(rows * height + 2 * self.list.frameWidth() + 4)
        self.list.setVisible(bool(identifiers))
        self.remove.setVisible(bool(identifiers))
        self._allow()

    def forget(self) -> None:
        """Leave nothing on the screen, not even what was being typed."""
        self.value.clear()
        self.show_identifiers(())

    @Slot()
    def _add(self) -> None:
        value = self.value.text().strip()
        if not value:
            return
        self.value.clear()
        given = Identifier(kind=self.kind.currentData(), value=value)
        if given not in self._identifiers:
            self.changed.emit((*self._identifiers, given))

    @Slot()
    def _remove(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._identifiers):
            self.changed.emit(self._identifiers[:row] + self._identifiers[row + 1 :])

    @Slot()
    def _allow(self) -> None:
        self.add.setEnabled(bool(self.value.text().strip()))
        self.remove.setEnabled(self.list.currentRow() >= 0)
