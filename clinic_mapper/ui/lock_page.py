"""The lock: a passphrase, and nothing about anybody."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QWidget

from clinic_mapper.ui.look import GAP, WIDE, Column, Text, beside, button, calm, page_of, rule, title
from clinic_mapper.ui.passphrase import PassphraseField


class LockPage(QWidget):
    """`unlock_wanted(str)`: this passphrase, for the folder that is shown. The other signals name other ways on."""

    unlock_wanted = Signal(str)
    other_folder_wanted = Signal()
    new_vault_wanted = Signal()
    sample_wanted = Signal()
    limits_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notice = Text("", self)
        self.place = calm("", self)
        self.place.setAccessibleName("Folder of the vault")
        self.label = QLabel("&Passphrase", self)
        self.passphrase = PassphraseField("Passphrase", self)
        self.label.setBuddy(self.passphrase.line)
        self.unlock = button("&Unlock", self)
        self.unlock.setDefault(True)
        self.other_folder = button("Choose another &folder…", self)
        self.new_vault = button("Make a &new vault…", self)
        self.sample = button("E&xplore with a sample matter", self)
        self.limits = button("&What this does not protect you from", self)
        self._build()
        self._wire()
        self.say("")

    def _build(self) -> None:
        column = Column(self, letters=60)
        rows = column.rows
        rows.addWidget(title("Clinic Mapper is locked", column))
        rows.addWidget(self.notice)
        rows.addSpacing(GAP)
        rows.addWidget(self.label)
        rows.addWidget(self.passphrase)
        rows.addLayout(beside(self.unlock))
        rows.addWidget(self.place)
        rows.addSpacing(WIDE)
        rows.addWidget(rule(column))
        rows.addLayout(beside(self.other_folder, self.new_vault))
        rows.addLayout(beside(self.sample, self.limits))
        page_of(column, self)

    def _wire(self) -> None:
        self.passphrase.entered.connect(self._unlock)
        self.unlock.clicked.connect(self._unlock)
        self.other_folder.clicked.connect(self.other_folder_wanted)
        self.new_vault.clicked.connect(self.new_vault_wanted)
        self.sample.clicked.connect(self.sample_wanted)
        self.limits.clicked.connect(self.limits_wanted)

    def show_folder(self, folder: Path) -> None:
        """The folder whose vault would be unlocked."""
        self.place.setText(f"The vault in {folder}")

    @Slot(str)
    def say(self, words: str) -> None:
        """A sentence over the passphrase, such as why it is locked; "" for none."""
        self.notice.setText(words)
        self.notice.setVisible(bool(words))

    def show_busy(self, busy: bool) -> None:
        """Wait while a vault is being opened; the fields are empty and ready afterwards."""
        self.passphrase.forget()
        for part in (self.passphrase, self.unlock, self.other_folder, self.new_vault, self.sample):
            part.setEnabled(not busy)
        self.unlock.setText("Unlocking…" if busy else "&Unlock")
        if not busy:
            self.focus_start()

    def focus_start(self) -> None:
        """Ready for typing."""
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _unlock(self) -> None:
        if self.passphrase.text:
            self.unlock_wanted.emit(self.passphrase.text)
        else:
            self.focus_start()
