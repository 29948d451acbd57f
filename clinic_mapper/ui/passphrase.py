"""A field for a passphrase: hidden unless somebody wants to see it, never remembered by the keyboard or the desktop."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget

from clinic_mapper.ui.look import GAP


class PassphraseField(QWidget):
    """`entered()`: Enter was pressed. `changed()`: something was typed. `with_switch`: a switch shows what is typed."""

    entered = Signal()
    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None, *, with_switch: bool = True) -> None:
        super().__init__(parent)
        self.line = QLineEdit(self)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.line.setAccessibleName(name)
        self.line.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.shown = QCheckBox("Show", self)
        self.shown.setAccessibleName(f"Show {name[0].lower()}{name[1:]}")
        self.shown.setVisible(with_switch)
        self.setFocusProxy(self.line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.line, 1)
        row.addWidget(self.shown)
        self.shown.toggled.connect(self.show_letters)
        self.line.returnPressed.connect(self.entered)
        self.line.textChanged.connect(self.changed)

    @property
    def text(self) -> str:
        """What is typed."""
        return self.line.text()

    @Slot()
    def forget(self) -> None:
        """Empty the field, its undo steps too, and hide what is typed next."""
        self.shown.setChecked(False)
        self.line.setText("")

    @Slot(bool)
    def show_letters(self, shown: bool) -> None:
        """Show what is typed, or hide it."""
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
