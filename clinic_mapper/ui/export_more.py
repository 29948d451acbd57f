"""The button behind which a proven file's other ways out stand, each for the readers for whom it is there."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from clinic_mapper.ui.clipboard import KEPT_IN_WORDS

COPIED = (
    f"Copied. The clipboard is emptied after {KEPT_IN_WORDS} and at lock; a clipboard history of this computer may "
    "still keep the text."
)
EMPTIED = "The clipboard was emptied. What was pasted elsewhere stays there."


class MoreWays(QPushButton):
    """A button with a menu, whose actions are triggered only while the button is enabled."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Other &ways out", parent)
        self.setAccessibleDescription("Copy the text of what was checked, or save it in another form.")
        menu = QMenu(self)
        self.copy_text = menu.addAction("&Copy the text")
        self.save_picture = menu.addAction("Save the &picture…")
        self.save_csv = menu.addAction("Save as CS&V…")
        self.setMenu(menu)

    def offer(self, reader: str, allowed: bool, *, sees_routes: bool) -> None:
        """What there is for this reader, where something was made that may leave."""
        self.save_picture.setVisible(sees_routes)
        self.save_csv.setVisible(reader == "funder")
        self.setEnabled(allowed)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange and not self.isEnabled():
            self.menu().close()  # what it was opened for has been let go of, or the vault was locked
