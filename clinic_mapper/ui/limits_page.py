"""What this program does not protect you from, said before anybody relies on it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from clinic_mapper.ui.look import GAP, Column, Text, beside, button, calm, heading, page_of, title

LIMITS: tuple[tuple[str, str], ...] = (
    (
        "Somebody who has your passphrase, or can make you type it",
        "The vault keeps out those who find, steal or seize the computer while it is locked. It does nothing against a "
        "person who knows the passphrase, looks over your shoulder, or can order or force you to unlock.",
    ),
    (
        "A computer that is not yours alone",
        "Spying software, a recorded screen, or somebody with administrator rights can see what you see. While the "
        "vault is unlocked its key is in the computer's memory; sleep and hibernation may write memory to the disk. "
        "Encrypt the whole disk, and lock before you walk away.",
    ),
    (
        "Files that you export",
        "A saved memo is an ordinary PDF. What is left out for a reader is not in it, but the vault no longer guards "
        "it: not on a stick, in an e-mail, in a printer or in a bin.",
    ),
    (
        "What an outsider can still see",
        "That Clinic Mapper is on this computer, where the vault is, how large it is and when it changed. Not the "
        "matters, their codes or their number.",
    ),
    (
        "A forgotten passphrase, a broken disk",
        "Nobody can open a vault without its passphrase. Copy the whole folder to a second disk, while the vault is "
        "locked, and try to open the copy. Older copies keep what you changed or removed later.",
    ),
    (
        "A subpoena, a warrant, a border search",
        "Encryption and the word “privileged” do not decide what must be handed over; a court does. Do not destroy "
        "anything after a demand: speak to a lawyer first.",
    ),
    (
        "Routes that the catalog does not know",
        "The map follows what the catalog holds, as of the dates it shows. Practice changes, laws are broken, and not "
        "everything is written down. That no route is shown does not mean that there is none; an open route does not "
        "mean that ICE has looked. It is not legal advice: an attorney judges.",
    ),
)


class LimitsPage(QWidget):
    """`back_wanted()`: the person has read enough."""

    back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("What this does not protect you from")
        column = Column(self, letters=76)
        column.rows.addWidget(title("What this does not protect you from", column))
        column.rows.addWidget(calm("Clinic Mapper keeps matters encrypted and never goes online.", column))
        for name, words in LIMITS:
            column.rows.addSpacing(GAP // 2)
            column.rows.addWidget(heading(name, column))
            column.rows.addWidget(Text(words, column))
        self.back = button("&Back", self)
        column.rows.addSpacing(GAP)
        column.rows.addLayout(beside(self.back))
        self.area = page_of(column, self)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName("What this does not protect you from, in seven parts")
        self.back.clicked.connect(self.back_wanted)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.back_wanted)

    def focus_start(self) -> None:
        """At the top, ready to be read on by the arrow keys."""
        self.area.verticalScrollBar().setValue(0)
        self.area.setFocus(Qt.FocusReason.OtherFocusReason)
