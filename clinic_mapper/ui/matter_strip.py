"""The strip over a matter: how many lines are still undetermined, and the next best question. No total of danger."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.routing.model import AskNext, ExposureMap
from clinic_mapper.ui.matter_words import Language, say
from clinic_mapper.ui.question_look import plain_label
from clinic_mapper.ui.question_plan import words_for


class NextButton(QPushButton):
    """The next best question as a button; what does not fit is cut at the end, never in what is read aloud."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_words(self, words: str) -> None:
        """Sets the words."""
        self._words = words
        self.setAccessibleName(words)
        self._fit()

    @property
    def words(self) -> str:
        """All the words, also those that do not fit."""
        return self._words

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fits the words to the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = max(self.width() - 24, 40)
        cut = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        self.setText(cut.replace("&", "&&"))


class MatterStrip(QWidget):
    """Says how far the map is settled. `jump_wanted()`: on to the next question. `map_wanted()`: turn the lines."""

    jump_wanted = Signal()
    map_wanted = Signal()

    def __init__(self, catalog: Catalog, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self.count = plain_label(self, bold=True)
        self.count.setWordWrap(False)
        self.next = NextButton(self)
        self._none: QLabel = plain_label(self, muted=True)
        self.map_button = QPushButton(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(12)
        row.addWidget(self.count)
        row.addWidget(self.next, 1)
        row.addWidget(self._none, 1)
        row.addWidget(self.map_button)
        self.next.clicked.connect(self.jump_wanted)
        self.map_button.clicked.connect(self.map_wanted)

    def show_map(
        self, exposure: ExposureMap | None, matter: Matter, language: Language, *, working: bool = False
    ) -> None:
        """Says how many lines there are and which question settles most. `working`: that is being worked out again."""
        self.count.setText(progress_words(exposure, language))
        ask = next_ask(exposure)
        self.next.setVisible(ask is not None)
        self._none.setVisible(ask is None)
        self._none.setText(no_question_words(exposure, language, working=working))
        if ask is not None and exposure is not None:
            key = {"paper": "next-paper", "request": "next-request", "clinic": "next-clinic"}.get(ask.who, "next")
            words = say(key, language, question=words_for(ask, matter, self._catalog, exposure, language))
            self.next.show_words(say("next-working", language, next=words) if working else words)

    def show_map_shown(self, shown: bool, language: Language) -> None:
        """Words the button for the lines."""
        words = say("hide-lines" if shown else "show-lines", language)
        self.map_button.setText(words)
        self.map_button.setAccessibleName(words)


def next_ask(exposure: ExposureMap | None) -> AskNext | None:
    """The question worth asking next, if there is one."""
    return exposure.ask_next[0] if exposure is not None and exposure.ask_next else None


def progress_words(exposure: ExposureMap | None, language: Language) -> str:
    """How many lines there are and how many wait for an answer: progress, not danger."""
    if exposure is None:
        return say("working", language)
    lines = len(exposure.lines)
    if not lines:
        return say("no-lines", language)
    undetermined = sum(line.standing == "undetermined" for line in exposure.lines)
    return say("one-line" if lines == 1 else "lines", language, lines=lines, undetermined=undetermined)


def no_question_words(exposure: ExposureMap | None, language: Language, *, working: bool) -> str:
    """What stands in the place of the next question where there is none; what is undetermined then is for counsel."""
    if exposure is None or not exposure.lines:
        return ""
    if working:
        return say("next-working-none", language)
    left = sum(line.standing == "undetermined" for line in exposure.lines)
    if not left:
        return say("next-none", language)
    return say("next-nobody-one" if left == 1 else "next-nobody", language, lines=left)
