"""One question of the form: the words to read aloud, the answers, who says so, and why we ask."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from clinic_mapper.casefile.model import DECLINED, Answer
from clinic_mapper.catalog.model import Question
from clinic_mapper.ui.matter_words import Language, say
from clinic_mapper.ui.question_choices import AnswerChoices
from clinic_mapper.ui.question_details import AnswerDetails
from clinic_mapper.ui.question_keys import CLEAR
from clinic_mapper.ui.question_look import ALOUD, SMALL, plain_label
from clinic_mapper.ui.question_toggle import QuietToggle


class QuestionRow(QWidget):
    """Shows a question and the answer given, and takes another.

    `answered(id, answer)`: an `Answer`, or None for not asked. `go(way)`: Enter or an arrow asks for the next question
    or the one before.
    """

    answered = Signal(str, object)
    go = Signal(int)

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question = question
        self._answer: Answer | None = None
        self._language: Language = "en"
        self._asked = plain_label(self, size=ALOUD)
        self._hint = plain_label(self, size=SMALL, muted=True)
        self._why = plain_label(self, muted=True)
        self._strange = plain_label(self, muted=True)
        self._note = plain_label(self, size=SMALL, muted=True)
        self._note.hide()
        self._list = plain_label(self, "\n".join(f"•  {line}" for line in question.list_))
        self.why_button = QuietToggle(self)
        self.choices = AnswerChoices(question, self)
        self.details = AnswerDetails(question, self)
        self._lay_out()
        self._wire()
        self.show_answer(None)
        self.show_language("en")

    def _lay_out(self) -> None:
        self.why_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # F1 does it by keyboard
        top = QHBoxLayout()
        top.addWidget(self._asked, 1)
        top.addWidget(self.why_button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 4, 10)
        column.setSpacing(6)
        answers = QHBoxLayout()
        answers.addWidget(self.choices, 1)
        answers.addWidget(self.details.source, 0, Qt.AlignmentFlag.AlignTop)
        answers.addWidget(self.details.clear, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        for part in (self._hint, self._note, self._why, self._list):
            column.addWidget(part)
        column.addLayout(answers)
        column.addWidget(self._strange)
        column.addWidget(self.details)
        self._list.setVisible(bool(self.question.list_))
        self._why.hide()

    def _wire(self) -> None:
        self.why_button.toggled.connect(self._why.setVisible)
        self.choices.chosen.connect(self._chosen)
        self.choices.go.connect(self.go)
        self.choices.why_wanted.connect(self._tell_why)
        self.details.changed.connect(self._details_changed)
        self.details.cleared.connect(lambda: self.choices.choose(CLEAR))
        self.details.go_on.connect(lambda: self.go.emit(1))
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)

    def show_language(self, language: Language) -> None:
        """Words the question, the answers and the reason in this language."""
        self._language = language
        spanish = language == "es"
        asked = self.question.es if spanish else self.question.en
        why = self.question.why_es if spanish else self.question.why_en
        self._asked.setText(asked)
        self.setAccessibleName(asked)
        self._why.setText(why)
        self.why_button.setText(say("why-key", language))
        self.why_button.setAccessibleName(f"{say('why', language)}: {asked}")
        self.why_button.setVisible(bool(why))
        self._hint.setText(say("from-paper", language))
        self._hint.setVisible(self.question.who == "paper")
        self.choices.show_language(language)
        self.details.show_language(language, asked)
        self._show_strange()

    def show_answer(self, answer: Answer | None) -> None:
        """Shows the answer as it is stored; None is not asked."""
        self._answer = answer
        self.choices.show_value(answer.value if answer else None)
        self.details.show_answer(answer)
        self._show_strange()

    @property
    def is_answered(self) -> bool:
        """Whether there is an answer, be it that nobody knows."""
        return self._answer is not None

    def show_note(self, words: str) -> None:
        """Says something beside the question, such as what already follows from touchpoints; "" says nothing."""
        self._note.setText(words)
        self._note.setVisible(bool(words))

    def words_of(self, value: str) -> str:
        """What people see for an answer to this question."""
        return self.choices.words_of(value, self._language)

    def take_focus(self) -> None:
        """Puts the focus on the answers."""
        self.choices.take_focus()

    def take_focus_on_start(self) -> None:
        """Puts the focus on the day from which a yes holds, if there is a yes; else on the answers."""
        if self.details.since.isVisibleTo(self):
            self.details.since.first.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.take_focus()

    def tab_stops(self) -> tuple[QWidget, ...]:
        """The answers and the fields beside them in the order of Tab."""
        details = self.details
        return (
            *self.choices.marks,
            details.source,
            details.paper,
            *details.since.tab_stops(),
            details.session_only,
        )

    def half_typed(self) -> dict[str, str]:
        """What was typed beside the answer and is not yet stored."""
        return self.details.half_typed()

    def restore(self, typed: dict[str, str]) -> None:
        """Puts half-typed fields back."""
        self.details.restore(typed)

    def _tell_why(self) -> None:
        if self._why.text():
            self.why_button.toggle()

    def _chosen(self, value: str) -> None:
        if value == CLEAR:
            answer = None
        elif self._answer is None:
            answer = self.details.first_answer(value)
        else:
            since = self._answer.since if value != DECLINED else ""
            answer = replace(self._answer, value=value, since=since, source=self.details.source_for(value))
        self._give(answer)

    def _details_changed(self, answer: Answer) -> None:
        if self._answer is not None:
            self._give(answer)

    def _give(self, answer: Answer | None) -> None:
        self.show_answer(answer)
        self.answered.emit(self.question.id, answer)

    def _show_strange(self) -> None:
        value = self._answer.value if self._answer else ""
        strange = bool(value) and not self.choices.knows(value)
        self._strange.setVisible(strange)
        if strange:
            self._strange.setText(say("other-value", self._language, value=value))

    def _focus_moved(self, old: QObject | None, new: QObject | None) -> None:
        if any(isinstance(one, QWidget) and self.isAncestorOf(one) for one in (old, new)):
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A bar beside the question that has the focus, so that the eye finds the line to read."""
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            painter = QPainter(self)
            ground = QColor(self.palette().color(QPalette.ColorRole.Highlight))
            painter.fillRect(0, 4, 4, self.height() - 8, ground)
            ground.setAlphaF(0.07)
            painter.fillRect(4, 4, self.width() - 4, self.height() - 8, ground)
            painter.end()
        super().paintEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follows a change of colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
