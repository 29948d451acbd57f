"""The answers of one question side by side, as on a paper form: one stop for Tab, letters and digits answer."""

from __future__ import annotations

from textwrap import wrap

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from clinic_mapper.casefile.model import DECLINED, UNKNOWN
from clinic_mapper.catalog.model import Question
from clinic_mapper.ui.matter_words import Language, capital, say
from clinic_mapper.ui.question_flow import FlowLayout
from clinic_mapper.ui.question_keys import CLEAR, answer_for, side_for, way_for
from clinic_mapper.ui.question_mark import AnswerMark, KeyTaker

_LINE_LETTERS = 30


def _others(question: Question) -> tuple[str, ...]:
    """Besides the question's own answers: of some questions only a yes is kept; only a client can decline."""
    if question.only_yes:
        return ()
    return (UNKNOWN,) if question.who in ("attorney", "clinic") else (UNKNOWN, DECLINED)


def _in_lines(words: str) -> str:
    """A long answer in lines of a width that the narrowest form has."""
    return "\n".join(wrap(words, _LINE_LETTERS, break_long_words=False))


class AnswerChoices(KeyTaker):
    """The marks of one question: its own values, don't know and declined.

    `chosen(value)`: the person chose; `CLEAR` means not asked. `go(way)`: on to the next question or back.
    `why_wanted()`: F1 was pressed.
    """

    chosen = Signal(str)
    go = Signal(int)
    why_wanted = Signal()

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question = question
        self._values = ("yes",) if question.only_yes else question.values
        self._others = _others(question)
        layout = FlowLayout(self)
        self.marks = tuple(AnswerMark(self, value) for value in self._values + self._others)
        for mark in self.marks:
            mark.clicked.connect(lambda checked, value=mark.value: self.choose(value if checked else CLEAR))
            layout.addWidget(mark)
        self.show_value(None)

    def show_language(self, language: Language) -> None:
        """Words the answers in this language."""
        asked = self._asked(language)
        for number, mark in enumerate(self.marks, 1):
            words = capital(self.words_of(mark.value, language))
            own = mark.value in self._values and bool(self._question.choices)
            mark.setText(_in_lines(f"{number}  {words}" if own else words).replace("&", "&&"))
            mark.setAccessibleName(f"{asked} – {words}")

    def words_of(self, value: str, language: Language) -> str:
        """What people see for a value of this question."""
        for choice in self._question.choices:
            if choice.value == value:
                return choice.es if language == "es" else choice.en
        return say(value, language)

    def knows(self, value: str) -> bool:
        """Whether this value is one of the answers offered."""
        return any(mark.value == value for mark in self.marks)

    def show_value(self, value: str | None) -> None:
        """Marks this answer and no other; None marks nothing."""
        for mark in self.marks:
            mark.setChecked(mark.value == value)
        self._set_tab_stop(self._marked() or self.marks[0])

    def choose(self, value: str) -> None:
        """Takes an answer as given by the person."""
        self.show_value(value or None)
        for mark in self.marks:
            if mark.value == value and any(other.hasFocus() for other in self.marks):
                mark.setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.emit(value)

    def take_focus(self) -> None:
        """Puts the focus on the marked answer, or on the first."""
        (self._marked() or self.marks[0]).setFocus(Qt.FocusReason.TabFocusReason)

    def takes(self, event: QKeyEvent) -> bool:
        """Whether a key is meant for the question."""
        if event.key() == Qt.Key.Key_F1:
            return True
        return answer_for(event, self._values, self._others) is not None

    def press(self, event: QKeyEvent) -> bool:
        """Does what a key means here; False if it means nothing."""
        answer = answer_for(event, self._values, self._others)
        if answer is not None:
            self.choose(answer)
        elif way := way_for(event):
            self.go.emit(way)
        elif side := side_for(event):
            self._move(side)
        elif event.key() == Qt.Key.Key_F1:
            self.why_wanted.emit()
        else:
            return False
        return True

    def _move(self, side: int) -> None:
        focused = [number for number, mark in enumerate(self.marks) if mark.hasFocus()]
        target = self.marks[max(0, min(len(self.marks) - 1, (focused[0] if focused else 0) + side))]
        self._set_tab_stop(target)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_tab_stop(self, stop: AnswerMark) -> None:
        for mark in self.marks:
            mark.setFocusPolicy(Qt.FocusPolicy.StrongFocus if mark is stop else Qt.FocusPolicy.ClickFocus)

    def _marked(self) -> AnswerMark | None:
        return next((mark for mark in self.marks if mark.isChecked()), None)

    def _asked(self, language: Language) -> str:
        return self._question.es if language == "es" else self._question.en
