"""One follow-up: what it is, who learns what by it, whose it is, when it left and is due, and how it ended."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QVBoxLayout, QWidget

from clinic_mapper.casefile.dates import in_words, parse, understand
from clinic_mapper.casefile.model import FollowUp
from clinic_mapper.ui.look import GAP, Text, beside, button, calm, heading
from clinic_mapper.ui.touchpoint_note import NoteField

_MOST_INITIALS = 8
_WITH_AN_END = ("day", "month", "season", "year", "between", "unknown")


class DayLine(QWidget):
    """A line for a date, with what was understood said back. `dated(stored)`: a new one, when the line is left."""

    dated = Signal(str)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._stored = ""
        self.line = QLineEdit(self)
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText("such as December 24, 2026")
        self.said = calm("", self)
        self.setFocusProxy(self.line)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        rows.addWidget(self.line)
        rows.addWidget(self.said)
        self.line.textEdited.connect(self._say)
        self.line.editingFinished.connect(self.commit)

    def show_day(self, stored: str, *, anew: bool) -> None:
        """Show a stored date; what is being typed stays, unless the date is another one or of another step (`anew`)."""
        if stored == self._stored and not anew:
            return
        self._stored = stored
        self.line.setText(in_words(stored) if stored else "")
        self._say()

    def commit(self) -> None:
        """Hand over what was typed, if it can be read and is new."""
        typed = self._typed()
        if typed is not None and typed != self._stored:
            self._stored = typed
            self.dated.emit(typed)

    def _typed(self) -> str | None:
        """What was typed as a stored date; None where it cannot be read, or has no end by which to be done."""
        stored = understand(self.line.text())
        return stored if stored is not None and parse(stored).form in _WITH_AN_END else None

    def _say(self) -> None:
        typed = self._typed()
        said = f"Understood: {in_words(typed)}." if typed else ""
        self.said.setText("This cannot be read as a day yet." if typed is None else said)
        self.said.setVisible(bool(self.said.text()) and self.line.isModified())


class FollowUpForm(QWidget):
    """`changed(id, fields)`: fields of the follow-up that is shown, by name. The buttons: `ended(state)` with "done",
    "dropped" or "open"; `letter_wanted()`; `removed()`.
    """

    changed = Signal(str, dict)
    ended = Signal(str)
    letter_wanted = Signal()
    removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self._note = ""
        self.title = heading("", self)
        self.standing = calm("", self)
        self.learns = Text("", self)
        self.learns.setAccessibleName("Who learns what if we do this")
        self.time = calm("", self)
        self.time.setAccessibleName("Time for an answer")
        self.letter = button("Write the &letter…", self)
        self.owner = QLineEdit(self)
        self.owner.setMaxLength(_MOST_INITIALS)
        self.owner.setAccessibleName("Owner: a person's initials")
        self.owner.setPlaceholderText("initials")
        self.sent = DayLine("Sent on", self)
        self.due = DayLine("Due", self)
        self.note = NoteField(self)
        self.note.setAccessibleName("Note")
        self.done = button("&Done today", self)
        self.drop = button("Dro&p", self)
        self.open = button("&Open again", self)
        self.remove = button("&Remove", self)
        self._build()
        self._wire()

    def _build(self) -> None:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for name, part in (("Owner", self.owner), ("Sent on", self.sent), ("Due", self.due), ("Note", self.note)):
            form.addRow(name, part)
        column = QVBoxLayout(self)
        column.setSpacing(GAP)
        for text in (self.title, self.standing, Text("Who learns what if we do this", self, bold=True), self.learns):
            column.addWidget(text)
        column.addWidget(self.time)
        column.addLayout(beside(self.letter))
        column.addLayout(form)
        column.addWidget(calm("Notes print for the supervising attorney and the file copy only. No names.", self))
        column.addLayout(beside(self.done, self.drop, self.open, self.remove))
        column.addStretch(1)

    def _wire(self) -> None:
        self.owner.editingFinished.connect(self.commit)
        self.sent.dated.connect(lambda day: self.changed.emit(self._shown, {"sent": day}))
        self.due.dated.connect(lambda day: self.changed.emit(self._shown, {"due": day}))
        self.note.left.connect(self.commit)
        self.done.clicked.connect(lambda: self._end("done"))
        self.drop.clicked.connect(lambda: self._end("dropped"))
        self.open.clicked.connect(lambda: self._end("open"))
        self.letter.clicked.connect(self.letter_wanted)
        self.remove.clicked.connect(self.removed)

    def show_follow_up(
        self, step: FollowUp, title: str, standing: str, learns: str, time: str, *, letter: bool
    ) -> None:
        """Show a follow-up and what is known of it; what is being typed in it stays. `letter`: one can be written."""
        other = step.id != self._shown
        self._shown = step.id
        self.title.setText(title)
        self.standing.setText(standing)
        self.learns.setText(learns)
        self.time.setText(time)
        self.time.setVisible(bool(time))
        self.letter.setVisible(letter and step.state == "open")
        if other or not self.owner.hasFocus():
            self.owner.setText(step.owner)
        self.sent.show_day(step.sent, anew=other)
        self.due.show_day(step.due, anew=other)
        typed = self.note.toPlainText()
        if typed != step.note and (other or typed == self._note):
            self.note.setPlainText(step.note)
        self._note = step.note
        for part in (self.done, self.drop):
            part.setVisible(step.state == "open")
        self.open.setVisible(step.state != "open")

    def forget(self) -> None:
        """Leave nothing of a matter on the form, and hand nothing over."""
        before = self.blockSignals(True)
        self._shown, self._note = "", ""
        for part in (self.title, self.standing, self.learns, self.time):
            part.setText("")
        self.owner.clear()
        self.note.clear()
        self.sent.show_day("", anew=True)
        self.due.show_day("", anew=True)
        self.blockSignals(before)

    def commit(self) -> None:
        """Hand over what was typed and is not yet kept."""
        if not self._shown:
            return
        self.keep_note()
        self.changed.emit(self._shown, {"owner": self.owner.text().strip()})
        self.sent.commit()
        self.due.commit()

    def keep_note(self) -> None:
        """Hand over the note that is being typed, if it is new."""
        note = self.note.toPlainText()
        if self._shown and note != self._note:
            self._note = note
            self.changed.emit(self._shown, {"note": note})

    def _end(self, state: str) -> None:
        self.commit()
        self.ended.emit(state)
