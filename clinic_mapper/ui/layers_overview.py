"""What the clinic laid over the catalog, row by row, each with the button that takes it out of use."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from clinic_mapper.catalog.layers import Refused
from clinic_mapper.clinic_layers import LayerEntry
from clinic_mapper.ui.layer_words import IN_VAULT, NoteLine, entry_below, notes_refused, refused_in_words
from clinic_mapper.ui.letter_shelf import LetterShelf
from clinic_mapper.ui.look import GAP, Column, Text, beside, button, calm, heading, page_of, title
from clinic_mapper.ui.signed_words import touched_in_words

if TYPE_CHECKING:
    from clinic_mapper.ui.signed_work import Touched

_ABOUT = (
    "What this clinic laid over the catalog that travels with the program. It is kept in the vault and in use here."
)
_ABOUT_NOTES = "What somebody told the clinic: kept as told, never as proven. A note never closes a route by itself."
_NO_LIST = "No list yet. Without one, 287(g) agreements are asked for in each matter."
_NO_NOTE = "No note yet."
_ALL_NOTES = "All notes of the clinic"


class LayersOverview(QWidget):
    """`taken_out(kind, id, title)`: out of use with it; `kind` is "list", "notes" for all notes, or a note's kind.

    `bring_wanted()`, `note_wanted()`, `back_wanted()`: the buttons.
    """

    taken_out = Signal(str, str, str)
    bring_wanted = Signal()
    note_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = Column(self, letters=84)
        self.state = Text("", column, bold=True)
        self.touched = Text("", column, bold=True)
        self.bring = button("Bring &ICE's list of 287(g) agencies…", self)
        self.new_note = button("&New note…", self)
        self.letters = LetterShelf(self)
        self.back = button("&Back", self)
        self.taking: list[QPushButton] = []
        self._lists_shown = 0
        self._parts: list[QWidget] = []
        self._lists, self._notes = QVBoxLayout(), QVBoxLayout()
        column.rows.addWidget(title("Lists and notes", column))
        column.rows.addWidget(calm(_ABOUT, column))
        column.rows.addWidget(self.state)
        column.rows.addWidget(self.touched)
        column.rows.addSpacing(GAP)
        column.rows.addWidget(heading("ICE's lists of 287(g) agencies", column))
        column.rows.addLayout(self._lists)
        column.rows.addLayout(beside(self.bring))
        column.rows.addSpacing(GAP)
        column.rows.addWidget(heading("The clinic's own notes", column))
        column.rows.addWidget(calm(_ABOUT_NOTES, column))
        column.rows.addLayout(beside(self.new_note))
        column.rows.addLayout(self._notes)
        column.rows.addSpacing(GAP)
        column.rows.addWidget(self.letters)
        column.rows.addSpacing(GAP)
        column.rows.addLayout(beside(self.back))
        self._column = column
        self._area = page_of(column, self)
        self.show_touched(())
        self.letters.shown.connect(self.order_keys)
        self.bring.clicked.connect(self.bring_wanted)
        self.new_note.clicked.connect(self.note_wanted)
        self.back.clicked.connect(self.back_wanted)

    def show_sample(self) -> None:
        """Say why nothing can be laid over the catalog here."""
        self.clear()
        self.state.setText(IN_VAULT)
        self._allow(False)

    def show_trouble(self, sentence: str) -> None:
        """Say that what is kept cannot be listed."""
        self.clear()
        self.state.setText(sentence)
        self._allow(True)

    def show_layers(self, entries: list[LayerEntry], notes: list[NoteLine], refused: tuple[Refused, ...]) -> None:
        """Show these lists and notes, and what of them is not in use."""
        at = next((number for number, each in enumerate(self.taking) if each.hasFocus()), -1)
        self.clear()
        said = refused_in_words(refused, entries)
        self.state.setText("\n".join([f"Not in use. {sentence}" for sentence in said]))
        lists = [entry for entry in entries if entry.kind == "list"]
        for entry in lists:
            self._add(self._lists, "list", entry.id, entry.title, entry_below(entry, refused))
        if not lists:
            self._say(self._lists, _NO_LIST)
        out_of_use = notes_refused(refused) is not None
        for entry in entries:
            if entry.kind == "notes" and out_of_use:
                self._add(self._notes, "notes", entry.id, _ALL_NOTES, entry_below(entry, refused))
        for line in notes:
            below = f"{line.below} · not in use" if out_of_use else line.below
            self._add(self._notes, line.kind, line.id, line.title, below)
        if not any(entry.kind == "notes" for entry in entries):
            self._say(self._notes, _NO_NOTE)
        self._allow(True)
        self._lists_shown = len(lists)
        self.order_keys()
        if at >= 0:
            self.back.setFocus(Qt.FocusReason.OtherFocusReason)  # a second Enter must not take out the next one

    def show_touched(self, found: tuple[Touched, ...]) -> None:
        """Say how many signed memos rest on a catalog that says something else of their lines now."""
        said = touched_in_words(len(found))
        self.touched.setText(f"{said} See Signed memos." if said else "")
        self.touched.setVisible(bool(found))

    def clear(self) -> None:
        """Leave nothing of a vault on the page."""
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts.clear()
        self.letters.clear()
        self.taking.clear()
        self.state.setText("")
        self.state.hide()

    def focus_start(self) -> None:
        """On the first thing that can be done."""
        first = self.bring if self.bring.isEnabled() else self.back
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._area.verticalScrollBar().setValue(0)

    def _allow(self, allowed: bool) -> None:
        self.state.setVisible(bool(self.state.text()))
        self.bring.setEnabled(allowed)
        self.new_note.setEnabled(allowed)

    def _say(self, rows: QVBoxLayout, words: str) -> None:
        said = calm(words, self._column)
        self._parts.append(said)
        rows.addWidget(said)
        said.show()

    def _add(self, rows: QVBoxLayout, kind: str, id: str, title_: str, below: str) -> None:
        part = QWidget(self._column)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text(title_, part))
        words.addWidget(calm(below, part))
        out = button("Take out", part)
        out.setAccessibleName(f"Take out: {title_}")
        out.setAccessibleDescription(below)
        out.clicked.connect(self._taker(kind, id, title_))
        row = QHBoxLayout(part)
        row.setContentsMargins(0, GAP // 2, 0, GAP // 2)
        row.addLayout(words, 1)
        row.addWidget(out, 0, Qt.AlignmentFlag.AlignTop)
        rows.addWidget(part)
        part.show()
        self._parts.append(part)
        self.taking.append(out)

    def order_keys(self) -> None:
        """Tab goes through the page as it is read."""
        lists, letters = self._lists_shown, (self.letters.bring, *self.letters.doing)
        order = [*self.taking[:lists], self.bring, self.new_note, *self.taking[lists:], *letters, self.back]
        for one, next_ in pairwise(order):
            self.setTabOrder(one, next_)

    def _taker(self, kind: str, id: str, title_: str) -> Callable[[], None]:
        return lambda: self.taken_out.emit(kind, id, title_)
