"""The first start: make a vault, open one that is there already, or look around with an invented client."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from clinic_mapper.ui.look import GAP, Column, beside, button, calm, heading, page_of, rule, title
from clinic_mapper.ui.passphrase import PassphraseField

_SYNCED = ("dropbox", "onedrive", "google drive", "googledrive", "icloud", "nextcloud", "owncloud", "syncthing", "box")
_PURPOSE = (
    "By which routes a client's records can reach ICE, and what would settle it. All of it stays on this computer."
)
_WHAT_A_VAULT_IS = (
    "An encrypted folder that holds your matters. A forgotten passphrase cannot be replaced by anybody. Write it "
    "down and keep it in the clinic's safe."
)


class CreatePage(QWidget):
    """`create_wanted(Path, str)`: a vault in this folder with this passphrase. The others name other ways on."""

    create_wanted = Signal(object, str)
    folder_wanted = Signal()
    open_wanted = Signal()
    sample_wanted = Signal()
    limits_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sample = button("E&xplore with a sample matter", self)
        self.open = button("&Open a vault that is there already…", self)
        self.limits = button("&What this does not protect you from", self)
        self.folder = QLineEdit(self)
        self.folder.setAccessibleName("Folder for the vault")
        self.choose = button("Choose &folder…", self)
        self.synced = calm("", self)
        self.first = PassphraseField("Passphrase", self)
        self.again = PassphraseField("Passphrase again", self, with_switch=False)
        self.hint = calm("", self)
        self.hint.setAccessibleName("About this passphrase")
        self.make = button("Ma&ke the vault", self)
        self.back = button("&Back", self)
        self._build()
        self._wire()
        self._follow_folder()

    def _build(self) -> None:
        column = Column(self, letters=74)
        rows = column.rows
        rows.addWidget(title("Clinic Mapper", column))
        rows.addWidget(calm(_PURPOSE, column))
        rows.addLayout(beside(self.sample, self.open))
        rows.addSpacing(GAP)
        rows.addWidget(rule(column))
        rows.addWidget(heading("Make a vault", column))
        rows.addWidget(calm(_WHAT_A_VAULT_IS, column))
        rows.addLayout(self._form(column))
        rows.addLayout(beside(self.make, self.back))
        rows.addSpacing(GAP)
        rows.addWidget(rule(column))
        rows.addLayout(beside(self.limits))
        page_of(column, self)

    def _form(self, parent: QWidget) -> QGridLayout:
        form = QGridLayout()
        form.setHorizontalSpacing(GAP + GAP // 2)
        form.setVerticalSpacing(GAP)
        form.setColumnStretch(1, 1)
        form.addWidget(_label("Fol&der", self.folder, parent), 0, 0)
        form.addLayout(beside(self.folder, self.choose, stretch=False), 0, 1)
        form.addWidget(self.synced, 1, 1)
        form.addWidget(_label("&Passphrase", self.first.line, parent), 2, 0)
        form.addWidget(self.first, 2, 1)
        form.addWidget(_label("A&gain", self.again.line, parent), 3, 0)
        form.addWidget(self.again, 3, 1)
        form.addWidget(self.hint, 4, 1)
        return form

    def _wire(self) -> None:
        self.sample.clicked.connect(self.sample_wanted)
        self.open.clicked.connect(self.open_wanted)
        self.limits.clicked.connect(self.limits_wanted)
        self.back.clicked.connect(self.back_wanted)
        self.choose.clicked.connect(self.folder_wanted)
        self.folder.textChanged.connect(self._follow_folder)
        self.folder.returnPressed.connect(self.first.setFocus)
        self.first.changed.connect(self._follow_passphrase)
        self.first.entered.connect(self.again.setFocus)
        self.first.shown.toggled.connect(self.again.show_letters)
        self.again.changed.connect(self._follow_passphrase)
        self.again.entered.connect(self._create)
        self.make.clicked.connect(self._create)

    @property
    def chosen_folder(self) -> Path:
        """The folder as it is typed; the home folder may be written as ~."""
        return Path(self.folder.text().strip()).expanduser()

    def show_folder(self, folder: Path) -> None:
        """Suggest a folder."""
        self.folder.setText(str(folder))

    def start(self, *, first_start: bool) -> None:
        """Empty what was typed; on a first start there is nothing to go back to."""
        self.first.forget()
        self.again.forget()
        self.hint.setText(_hint("", self.chosen_folder)[0])
        self.back.setVisible(not first_start)

    def show_busy(self, busy: bool) -> None:
        """Wait while a vault is being made."""
        for part in (self.folder, self.choose, self.first, self.again, self.make, self.back, self.open, self.sample):
            part.setEnabled(not busy)
        self.make.setText("Making the vault…" if busy else "Ma&ke the vault")

    def focus_start(self) -> None:
        """Ready for the first choice."""
        part = self.sample if self.back.isHidden() else self.first
        part.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _follow_folder(self) -> None:
        name = next((part for part in self.chosen_folder.parts if _is_synced(part)), "")
        self.synced.setText(
            f"“{name}” looks like a folder that is copied to other computers. Copies made while the vault is open can "
            "be damaged, and the other side keeps old versions. A folder of this computer alone is better."
        )
        self.synced.setVisible(bool(name))

    @Slot()
    def _follow_passphrase(self) -> None:
        words, _ = _hint(self.first.text, self.chosen_folder)
        if self.again.text and self.again.text != self.first.text:
            words = "The two are not the same yet."
        self.hint.setText(words)

    @Slot()
    def _create(self) -> None:
        words, enough = _hint(self.first.text, self.chosen_folder)
        if not self.folder.text().strip():
            self.folder.setFocus()
        elif not enough:
            self.hint.setText(words)
            self.first.setFocus()
        elif self.again.text != self.first.text:
            self.hint.setText("The two are not the same yet." if self.again.text else "Type it a second time.")
            self.again.setFocus()
        else:
            self.create_wanted.emit(self.chosen_folder, self.first.text)


def _label(words: str, buddy: QWidget, parent: QWidget) -> QLabel:
    label = QLabel(words, parent)
    label.setBuddy(buddy)
    return label


def _is_synced(part: str) -> bool:
    return any(part.casefold() == name or part.casefold().startswith(f"{name} ") for name in _SYNCED)


def _hint(passphrase: str, folder: Path) -> tuple[str, bool]:
    from clinic_mapper.vault.strength import hint

    said = hint(passphrase, (folder.name,))
    return said.words, said.enough
