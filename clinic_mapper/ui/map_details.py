"""The details of a line or route: its story, and the attorney's verdict on a route."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, Signal, Slot
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
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QTextEdit, QVBoxLayout, QWidget

from clinic_mapper.routing.model import Route
from clinic_mapper.ui.map_story import Block
from clinic_mapper.ui.map_verdict import SetAsideForm

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
        self._rows: list[tuple[int, tuple[str, str]]] = []

    def show_blocks(self, blocks: tuple[Block, ...]) -> None:
        """Draw these blocks. The same blocks again change nothing, not even what is scrolled to."""
        if blocks == self._shown:
            return
        self._shown = blocks
        document = self.document()
        document.clear()
        self._rows.clear()
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
            if block.row[0]:
                self._rows.append((cursor.position(), block.row))
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def row_here(self) -> tuple[str, str]:
        """The row of the step in which the reader is; of the first one above it; ("", "") where no step is told."""
        here = self.textCursor().position()
        read = [row for position, row in self._rows if position <= here]
        return (read or [row for _, row in self._rows[:1]] or [("", "")])[-1]

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


class DetailsPane(QWidget):
    """Story above, verdict below. `set_aside(route, reason)` when the attorney has decided.

    `look_up_wanted(kind, id)`: the row of the step that is being read is wanted from the catalog. `steps_wanted()`:
    what can be done about it.
    """

    set_aside = Signal(str, str)
    look_up_wanted = Signal(str, str)
    steps_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.story = StoryView(self)
        self.verdict = SetAsideForm(self)
        self.verdict.decided.connect(self.set_aside)
        self.look_up = QPushButton("Look up this step (F2)", self)
        self.look_up.setAccessibleName("Look up this step in the catalog")
        self.look_up.clicked.connect(self.look_up_step)
        self.steps = QPushButton("Steps… (F6)", self)
        self.steps.setAccessibleName("What can be done about this line, and its letters")
        self.steps.clicked.connect(self.steps_wanted)
        foot = QHBoxLayout()
        foot.setContentsMargins(8, 0, 0, 0)
        foot.addWidget(self.steps, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        foot.addWidget(self.look_up, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        foot.addWidget(self.verdict, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.story, 1)
        layout.addLayout(foot)
        self.show_story((), None)

    def show_story(self, blocks: tuple[Block, ...], route: Route | None) -> None:
        """A story and the route that a verdict would be about, if it is about one route."""
        self.story.show_blocks(blocks or (Block("note", _NOTHING_CHOSEN),))
        self.verdict.show_route(route)
        self.look_up.setVisible(any(block.row[0] for block in blocks))
        self.steps.setVisible(bool(blocks))

    @Slot()
    def look_up_step(self) -> None:
        """Ask for the row of the step that is being read; of the first step where nobody has read on."""
        kind, id = self.story.row_here()
        if kind:
            self.look_up_wanted.emit(kind, id)
