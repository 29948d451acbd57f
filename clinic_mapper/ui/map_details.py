"""The details of a line or route: its story, and the attorney's verdict on a route."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QKeySequence,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from clinic_mapper.routing.model import Route
from clinic_mapper.ui.map_story import Block

_NOTHING_CHOSEN = "Choose a line to read how the record travels, what law stands on it and where that is written."
_LABEL_IN_LETTERS = 13
_KEYS_THAT_COPY = (
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.SelectAll,
)


class StoryView(QTextEdit):
    """Read-only text that a screen reader can walk through and that nobody can copy: copies leave no record here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAccessibleName("How the record travels")
        self.document().setDocumentMargin(8)
        self._shown: tuple[Block, ...] | None = None
        self._last_label = ""

    def show_blocks(self, blocks: tuple[Block, ...]) -> None:
        """Draw these blocks. The same blocks again change nothing, not even what is scrolled to."""
        if blocks == self._shown:
            return
        self._shown = blocks
        document = self.document()
        document.clear()
        cursor = QTextCursor(document)
        table: QTextTable | None = None
        for number, block in enumerate(blocks):
            if block.label:
                table = self._labelled(cursor, block, table)
                continue
            if table is not None:
                cursor.movePosition(QTextCursor.MoveOperation.End)
                table = None
            self._paragraph(cursor, block, first=number == 0)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def createMimeDataFromSelection(self) -> QMimeData:
        return QMimeData()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if any(event.matches(key) for key in _KEYS_THAT_COPY):
            event.accept()
            return
        super().keyPressEvent(event)

    def _paragraph(self, cursor: QTextCursor, block: Block, first: bool) -> None:
        form = QTextBlockFormat()
        line = self.fontMetrics().height()
        form.setTopMargin(0 if first else line * (0.6 if block.kind == "step" else 0.2))
        form.setHeadingLevel({"title": 2, "step": 3}.get(block.kind, 0))
        if cursor.document().isEmpty():
            cursor.setBlockFormat(form)
        else:
            cursor.insertBlock(form)
        cursor.insertText(block.text, self._letters(block.kind))

    def _labelled(self, cursor: QTextCursor, block: Block, table: QTextTable | None) -> QTextTable:
        if table is None:
            self._last_label = ""
            form = QTextTableFormat()
            form.setBorder(0)
            form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
            form.setCellPadding(self.fontMetrics().height() / 8)
            form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
            label = QTextLength(QTextLength.Type.FixedLength, self.fontMetrics().averageCharWidth() * _LABEL_IN_LETTERS)
            form.setColumnWidthConstraints([label, QTextLength(QTextLength.Type.VariableLength, 0)])
            table = cursor.insertTable(1, 2, form)
        else:
            table.appendRows(1)
        row = table.rows() - 1
        if block.label != self._last_label:
            table.cellAt(row, 0).firstCursorPosition().insertText(block.label, self._letters("label"))
        self._last_label = block.label
        table.cellAt(row, 1).firstCursorPosition().insertText(block.text, self._letters(block.kind))
        return table

    def _letters(self, kind: str) -> QTextCharFormat:
        letters = QTextCharFormat()
        if kind in ("title", "lead", "step"):
            letters.setFontWeight(QFont.Weight.DemiBold)
        if kind in ("note", "label"):
            letters.setFontItalic(True)
        return letters


class SetAsideForm(QFrame):
    """The attorney's own verdict on one route. `decided(route, reason)`; an empty reason takes the verdict back."""

    decided = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ("", "")
        self._reason = QLineEdit(self)
        self._reason.setAccessibleName("Reason for setting this route aside")
        self._reason.setPlaceholderText("The attorney's reason; the route stays visible")
        self._aside = QPushButton("Set aside", self)
        self._back = QPushButton("Take back", self)
        self._back.setAccessibleName("Take back the verdict: this route is no longer set aside")
        label = QLabel("Set aside because", self)
        label.setBuddy(self._reason)
        row = QHBoxLayout()
        row.addWidget(self._reason, 1)
        row.addWidget(self._aside)
        row.addWidget(self._back)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 2, 8, 4)
        column.setSpacing(2)
        column.addWidget(label)
        column.addLayout(row)
        self._reason.textChanged.connect(self._allow)
        self._reason.returnPressed.connect(self._decide)
        self._aside.clicked.connect(self._decide)
        self._back.clicked.connect(lambda: self.decided.emit(self._shown[0], ""))
        self.show_route(None)

    def show_route(self, route: Route | None) -> None:
        """The route that the form is about; without one the form is not there. What is being typed is kept."""
        shown = (route.id, route.set_aside) if route else ("", "")
        if shown != self._shown:
            self._reason.setText(shown[1])
            self._reason.setCursorPosition(0)
        self._shown = shown
        self._back.setVisible(bool(route and route.set_aside))
        self._aside.setText("Change reason" if route and route.set_aside else "Set aside")
        self.setVisible(route is not None)
        self._allow()

    def _allow(self) -> None:
        self._aside.setEnabled(bool(self._reason.text().strip()))

    def _decide(self) -> None:
        if reason := self._reason.text().strip():
            self.decided.emit(self._shown[0], reason)


class DetailsPane(QWidget):
    """Story above, verdict below. `set_aside(route, reason)` when the attorney has decided."""

    set_aside = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.story = StoryView(self)
        self.verdict = SetAsideForm(self)
        self.verdict.decided.connect(self.set_aside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.story, 1)
        layout.addWidget(self.verdict)
        self.show_story((), None)

    def show_story(self, blocks: tuple[Block, ...], route: Route | None) -> None:
        """A story and the route that a verdict would be about, if it is about one route."""
        self.story.show_blocks(blocks or (Block("note", _NOTHING_CHOSEN),))
        self.verdict.show_route(route)
