"""Says that the program made a mistake, what is safe, and shows the whole report, which goes nowhere by itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from clinic_mapper.ui.look import GAP, WIDE, Text, beside, button, heading


class MishapWindow(QWidget):
    """A window of its own, so that it shows whatever state the main window is in."""

    def __init__(self, log_folder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("Clinic Mapper")
        self.report = QPlainTextEdit(self)
        self.report.setReadOnly(True)
        self.report.setAccessibleName("Report")
        self.report.setTabChangesFocus(True)
        self.report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.copy = button("&Copy the report", self)
        self.leave = button("C&lose", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        column.setSpacing(GAP)
        column.addWidget(heading("Clinic Mapper made a mistake", self))
        column.addWidget(
            Text(
                "The vault was locked. What was saved is safe, and what was half typed was kept if the disk took it. "
                "Unlock to go on; if it happens again, close the program and start it anew.",
                self,
            )
        )
        column.addWidget(
            Text(
                "The report holds nothing about a client. It is not sent to anybody; copy it if you want to pass it "
                f"on. It is also kept in {log_folder}.",
                self,
            )
        )
        column.addWidget(self.report, 1)
        column.addLayout(beside(self.copy, self.leave))
        self.copy.clicked.connect(self._copy)
        self.leave.clicked.connect(self.close)
        self.resize(self.fontMetrics().averageCharWidth() * 90, self.fontMetrics().height() * 24)

    def tell(self, said: str) -> None:
        """Show a report, over those that are shown already."""
        before = self.report.toPlainText() if self.isVisible() else ""
        self.report.setPlainText("\n\n".join(filter(None, (said, before))))
        self.show()
        self.raise_()
        self.leave.setFocus()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
