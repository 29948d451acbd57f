"""To sign the memo that is on the screen: a name, a confirmation, a button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from clinic_mapper.memo.sign_off import MOST_LETTERS, initials_of
from clinic_mapper.problem import Problem
from clinic_mapper.ui.look import GAP, calm

_CONFIRMED = "I have read this memo and sign it."
_PRINTS = "Prints as {initials} with today’s date. The seal is kept in the vault for good."
_NOT_PRINTED = "Kept in the vault with its seal; this page itself prints no name."
_WHOSE = "The attorney’s name. Her initials are printed."


class SignPanel(QWidget):
    """`sign_wanted(name)`: somebody confirmed and pressed the button."""

    sign_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prints = True
        self.name = QLineEdit(self)
        self.name.setMaxLength(MOST_LETTERS)
        self.name.setAccessibleName("Name of the attorney who signs")
        self.name.setPlaceholderText("Attorney")
        self.said = calm(_WHOSE, self)
        self.confirmed = QCheckBox(_CONFIRMED, self)
        self.sign = QPushButton("Sign &and save…", self)
        self.sign.setAutoDefault(True)
        label = QLabel("Signed b&y", self)
        label.setBuddy(self.name)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(label)
        row.addWidget(self.name, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addLayout(row)
        rows.addWidget(self.said)
        rows.addWidget(self.confirmed)
        rows.addWidget(self.sign)
        self.name.textChanged.connect(self._allow)
        self.name.returnPressed.connect(self._go_on)
        self.confirmed.toggled.connect(self._allow)
        self.sign.clicked.connect(self._sign)
        self._allow()

    def begin(self, *, prints: bool) -> None:
        """Ready for a name. `prints`: whether the page shows who signed."""
        self._prints = prints
        self.clear()
        self.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Leave nothing of what was typed; whoever signs next confirms for herself."""
        self.name.clear()
        self.confirmed.setChecked(False)
        self._allow()

    @Slot()
    def _allow(self) -> None:
        try:
            initials = initials_of(self.name.text())
        except Problem:
            initials = ""
        said = _PRINTS.format(initials=initials) if self._prints else _NOT_PRINTED
        self.said.setText(said if initials else _WHOSE)
        self.sign.setEnabled(bool(initials) and self.confirmed.isChecked())

    @Slot()
    def _go_on(self) -> None:
        """Enter after the name goes to what must be confirmed; it signs nothing."""
        self.confirmed.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _sign(self) -> None:
        self.sign_wanted.emit(self.name.text())
