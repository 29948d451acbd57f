"""That a date, a place or an agency is not known, and to whom: the client, the paper, or whoever answers a request."""

from __future__ import annotations

from typing import Literal, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_mapper.casefile.model import DECLINED, UNKNOWN, Answer
from clinic_mapper.ui.matter_words import Language, say
from clinic_mapper.ui.question_combo import QuietCombo

_NOBODY = ("client", "paper", "clinic")


class NotKnown(QuietCombo):
    """Takes who does not know. `said(answer)`: an `Answer`, or None when it was put back to not asked."""

    said = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self.activated.connect(lambda _index: self._give())

    def show_language(self, language: Language, asked: str) -> None:
        """Words the choices in this language; `asked` is the question in words."""
        rows = [("", say("not-known-none", language))]
        rows += [(who, say(f"not-known-{who}", language)) for who in (*_NOBODY, DECLINED)]
        self.fill(rows)
        self.show_value(self._shown)
        self.setAccessibleName(say("not-known", language, question=asked))

    def show_answer(self, answer: Answer | None) -> None:
        """Shows who said that it is not known; None: nobody was asked, or it was told."""
        self._shown = _choice(answer)
        self.show_value(self._shown)

    def _give(self) -> None:
        chosen = str(self.currentData() or "")
        if chosen == self._shown:
            return
        self._shown = chosen
        if not chosen:
            self.said.emit(None)
        elif chosen == DECLINED:
            self.said.emit(Answer(value=DECLINED))
        else:
            self.said.emit(Answer(value=UNKNOWN, source=cast(Literal["client", "paper", "clinic"], chosen)))


def _choice(answer: Answer | None) -> str:
    if answer is None or answer.value not in (UNKNOWN, DECLINED):
        return ""
    if answer.value == DECLINED:
        return DECLINED
    return answer.source if answer.source in _NOBODY else "clinic"
