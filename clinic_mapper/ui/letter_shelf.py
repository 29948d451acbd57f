"""The clinic's own letters: brought as files, taken out and put back, an earlier form taken into use again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from clinic_mapper.clinic_letters import OwnLetter
from clinic_mapper.memo.letter_claims import claims_of, takes_the_place_of
from clinic_mapper.memo.letter_templates import Letter, read_letter, texts_of
from clinic_mapper.memo.plain_text import printable
from clinic_mapper.problem import Problem
from clinic_mapper.ui import ask
from clinic_mapper.ui.layer_words import kept_at
from clinic_mapper.ui.look import GAP, Text, beside, button, calm, heading

if TYPE_CHECKING:
    from clinic_mapper.ui.keeper import Keeper
    from clinic_mapper.ui.messages import MessageBar

_ABOUT = (
    "Letters as the clinic words them, brought as a file. They stand in the list of letters as the clinic's own; what "
    "they claim that the catalog does not say is shown before one is kept and before one is sent."
)
_NONE = "No letter of its own yet. How such a file looks is described in schemas/letter.schema.json."
_NAMES = "A name or number that a matter lists stands in this letter. It would go to every agency that gets the letter."


class LetterShelf(QWidget):
    """Shows the letters of the open vault, each with what can be done about it. `shown()`: others than before stand
    here, with other buttons (`doing`)."""

    shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keeper: Keeper | None = None
        self._messages: MessageBar | None = None
        self._folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation))
        self._parts: list[QWidget] = []
        self.doing: list[QPushButton] = []
        self.bring = button("Bring a &letter…", self)
        self.rows = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(heading("The clinic's own letters", self))
        column.addWidget(calm(_ABOUT, self))
        column.addLayout(beside(self.bring))
        column.addLayout(self.rows)
        self.bring.clicked.connect(self._bring)

    def attend(self, keeper: Keeper, messages: MessageBar) -> None:
        """Show and change what this keeper's vault keeps; say in the bar what was done."""
        self._keeper, self._messages = keeper, messages

    def show_letters(self) -> None:
        """Show what is kept now; nothing can be brought where no vault is open."""
        self.clear()
        if self._keeper is None:
            return
        letters = self._keeper.letters()
        self.bring.setEnabled(letters.can_keep)
        try:
            found = letters.own()
        except Problem as problem:
            self._say(problem.sentence)
            return
        for own in found:
            self._add(own)
        if not found and letters.can_keep:
            self._say(_NONE)
        self.shown.emit()

    def clear(self) -> None:
        """Leave nothing of a vault on the page."""
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts.clear()
        self.doing.clear()

    def _say(self, words: str) -> None:
        said = calm(words, self)
        self._parts.append(said)
        self.rows.addWidget(said)
        said.show()

    def _add(self, own: OwnLetter) -> None:
        part = QWidget(self)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text(printable(own.title), part))
        below = self._below(own)
        words.addWidget(calm(below, part))
        row = QHBoxLayout(part)
        row.setContentsMargins(0, GAP // 2, 0, GAP // 2)
        row.addLayout(words, 1)
        acts: list[tuple[str, Callable[[], object]]] = []
        if own.earlier:
            acts.append(("Earlier form", lambda: self._earlier(own)))
        acts.append(("Take out", lambda: self._take_out(own)) if own.in_use else ("Put back", lambda: self._back(own)))
        for name, act in acts:
            does = button(name, part)
            does.setAccessibleName(f"{name}: {printable(own.title)}")
            does.setAccessibleDescription(below)
            does.clicked.connect(act)
            row.addWidget(does, 0, Qt.AlignmentFlag.AlignTop)
            self.doing.append(does)
        self.rows.addWidget(part)
        part.show()
        self._parts.append(part)

    def _below(self, own: OwnLetter) -> str:
        said = [f"kept {kept_at(own.saved)}"]
        if own.letter is None:
            said.append("cannot be read")
        elif place := takes_the_place_of(own.letter):
            said.append(place.rstrip("."))
        said += [f"{own.earlier} earlier form{'s' if own.earlier > 1 else ''}"] if own.earlier else []
        said += [] if own.in_use else ["taken out"]
        return " · ".join(said)

    # --- what people do

    def _bring(self) -> None:
        file = ask.file_to_open(self, "Bring a letter of the clinic", self._folder, "Letters (*.json)")
        keeper = self._keeper
        if file is None or keeper is None or not keeper.letters().can_keep:  # locked under the dialog
            return
        self._folder = file.parent
        try:
            letter = read_letter(file)
            if not self._agreed(letter, keeper):
                return
            undo = keeper.letters().keep(letter)
        except Problem as problem:
            self._tell(problem)
            return
        self._done(f"Kept: {printable(letter.title['en'])}", undo)

    def _agreed(self, letter: Letter, keeper: Keeper) -> bool:
        said = [takes_the_place_of(letter), *claims_of(letter, keeper.session.catalog)]
        if keeper.names_somebody("\n".join(texts_of(letter))):
            said.insert(0, _NAMES)
        more = "\n".join(sentence for sentence in said if sentence)
        question = f"Keep the letter “{printable(letter.title['en'])}” as the clinic's own?"
        return ask.confirm(self, question, "Keep it", "Leave it", more)

    def _take_out(self, own: OwnLetter) -> None:
        self._change(f"Taken out of use: {printable(own.title)}", lambda keeper: keeper.letters().take_out(own.id))

    def _back(self, own: OwnLetter) -> None:
        self._change(f"In use again: {printable(own.title)}", lambda keeper: keeper.letters().put_back(own.id))

    def _earlier(self, own: OwnLetter) -> None:
        words = f"An earlier form is in use: {printable(own.title)}"
        self._change(words, lambda keeper: keeper.letters().put_earlier_form(own.id))

    def _change(self, words: str, change: Callable[[Keeper], object]) -> None:
        if self._keeper is None:
            return
        try:
            change(self._keeper)
        except Problem as problem:
            self._tell(problem)
            return
        self._done(words, None)

    def _done(self, words: str, undo: Callable[[], object] | None) -> None:
        self.show_letters()
        self.bring.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._messages is not None:
            if undo is None:
                self._messages.say(words)
            else:
                self._messages.say(words, "Undo", lambda: self._undo(undo))

    def _undo(self, undo: Callable[[], object]) -> None:
        try:
            undo()
        except Problem as problem:
            self._tell(problem)
            return
        self.show_letters()

    def _tell(self, problem: Problem) -> None:
        if self._messages is not None:
            self._messages.show_problem(problem)
