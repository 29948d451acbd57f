"""The attorney's own verdict on one route: set aside, with a reason. The route stays visible."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from clinic_mapper.routing.model import Route


class SetAsideForm(QFrame):
    """One button, which opens a line for the reason. `decided(route, reason)`; an empty reason takes the verdict back.

    What is being typed stays while answers change, as long as the same route is shown.
    """

    decided = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ("", "")
        self.open = QPushButton("Set aside…", self)
        self.open.setAccessibleName("Set this route aside, with the attorney's reason")
        self.fields = QWidget(self)
        self.reason = QLineEdit(self.fields)
        self.reason.setAccessibleName("Reason for setting this route aside")
        self.aside = QPushButton("Set aside", self.fields)
        self.back = QPushButton("Take back", self.fields)
        self.back.setAccessibleName("Take back the verdict: this route is no longer set aside")
        label = QLabel("The attorney sets this route aside because", self.fields)
        label.setWordWrap(True)
        label.setBuddy(self.reason)
        row = QHBoxLayout()
        row.addWidget(self.reason, 1)
        row.addWidget(self.aside)
        row.addWidget(self.back)
        fields = QVBoxLayout(self.fields)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(2)
        fields.addWidget(label)
        fields.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 2, 8, 4)
        column.addWidget(self.open, 0, Qt.AlignmentFlag.AlignRight)
        column.addWidget(self.fields)
        self.open.clicked.connect(self._unfold)
        self.reason.textChanged.connect(self._allow)
        self.reason.returnPressed.connect(self._decide)
        self.aside.clicked.connect(self._decide)
        self.back.clicked.connect(self._take_back)
        self.show_route(None)

    def show_route(self, route: Route | None) -> None:
        """The route that the form is about; without one the form is not there."""
        shown = (route.id, route.set_aside) if route else ("", "")
        if shown != self._shown or route is None:
            self.reason.setText(shown[1])
            self.reason.setCursorPosition(0)
            self._fold(True)
        self._shown = shown
        self.back.setVisible(bool(shown[1]))
        self.open.setText("Set aside: change…" if shown[1] else "Set aside…")
        self.aside.setText("Change reason" if shown[1] else "Set aside")
        self.setVisible(route is not None)
        self._allow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.fields.isHidden():
            self._fold(True)
        else:
            super().keyPressEvent(event)

    def _fold(self, folded: bool) -> None:
        writing = self.reason.hasFocus() or self.aside.hasFocus() or self.back.hasFocus()
        self.open.setVisible(folded)
        if folded and writing:  # before the fields go, or the focus would go astray
            self.open.setFocus()
        self.fields.setVisible(not folded)

    @Slot()
    def _unfold(self) -> None:
        self._fold(False)
        self.reason.setFocus()

    @Slot()
    def _allow(self) -> None:
        self.aside.setEnabled(bool(self.reason.text().strip()))

    @Slot()
    def _decide(self) -> None:
        if reason := self.reason.text().strip():
            self.decided.emit(self._shown[0], reason)

    @Slot()
    def _take_back(self) -> None:
        self.decided.emit(self._shown[0], "")
