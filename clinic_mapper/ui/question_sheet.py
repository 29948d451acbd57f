"""Questions one under the other; Enter goes from each to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic_mapper.casefile.model import Answer, answer_of
from clinic_mapper.catalog.model import Question
from clinic_mapper.ui.matter_words import Language
from clinic_mapper.ui.question_row import QuestionRow


class QuestionSheet(QWidget):
    """A list of questions. Rows stay where they are while people answer; new questions come at the end.

    What the map no longer turns on goes only while nobody is at the questions, and never with an answer.

    `answered(id, answer)`: an `Answer` or None. `past(way)`: Enter on the last question (+1), Up on the first (-1).
    """

    answered = Signal(str, object)
    past = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language: Language = "en"
        self._rows: dict[str, QuestionRow] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)

    @property
    def rows(self) -> Mapping[str, QuestionRow]:
        """The rows by question id, in the order in which they are shown."""
        return self._rows

    def add_questions(self, questions: Sequence[Question]) -> None:
        """Adds those questions that are not there yet."""
        for question in questions:
            if question.id not in self._rows:
                self._add(question)
        self.setVisible(bool(self._rows))

    def leave_out_others(self, questions: Sequence[Question]) -> None:
        """Takes away what is not among these, unless something was answered or typed there."""
        wanted = {question.id for question in questions}
        for name, row in list(self._rows.items()):
            if name not in wanted and not row.is_answered and not row.half_typed():
                del self._rows[name]
                self._column.removeWidget(row)
                row.hide()
                row.deleteLater()
        self.setVisible(bool(self._rows))

    def show_answers(self, answers: Mapping[str, Answer | str]) -> None:
        """Shows the answers that are stored, and none where there is none."""
        for name, row in self._rows.items():
            row.show_answer(answer_of(answers.get(name)))

    def show_language(self, language: Language) -> None:
        """Words all rows in this language."""
        self._language = language
        for row in self._rows.values():
            row.show_language(language)

    def focus_question(self, name: str) -> bool:
        """Puts the focus on a question; False if it is not on this sheet."""
        row = self._rows.get(name)
        if row is not None:
            row.take_focus()
        return row is not None

    def focus_start_of(self, name: str) -> bool:
        """Puts the focus on the day from which a question's yes holds; False if it is not on this sheet."""
        row = self._rows.get(name)
        if row is not None:
            row.take_focus_on_start()
        return row is not None

    def focus_end(self, way: int) -> bool:
        """Puts the focus on the first question (+1) or the last (-1); False if the sheet is empty."""
        rows = list(self._rows.values())
        if rows:
            rows[0 if way > 0 else -1].take_focus()
        return bool(rows)

    def tab_stops(self) -> tuple[QWidget, ...]:
        """All rows' fields in the order of Tab."""
        return tuple(stop for row in self._rows.values() for stop in row.tab_stops())

    def half_typed(self) -> dict[str, str]:
        """What was typed beside answers and is not yet stored, as `question.field`."""
        return {f"{name}.{field}": text for name, row in self._rows.items() for field, text in row.half_typed().items()}

    def restore(self, typed: Mapping[str, str]) -> None:
        """Puts half-typed fields back."""
        for name, row in self._rows.items():
            mine = {key.removeprefix(f"{name}."): text for key, text in typed.items() if key.startswith(f"{name}.")}
            if mine:
                row.restore(mine)

    def _add(self, question: Question) -> None:
        row = QuestionRow(question, self)
        row.show_language(self._language)
        row.answered.connect(self.answered)
        row.go.connect(lambda way, name=question.id: self._go(name, way))
        self._rows[question.id] = row
        self._column.addWidget(row)
        row.show()  # at once: a layout would show it on the next turn, and it may be given the focus before

    def _go(self, name: str, way: int) -> None:
        names = list(self._rows)
        target = names.index(name) + way
        if 0 <= target < len(names):
            self._rows[names[target]].take_focus()
        else:
            self.past.emit(way)
