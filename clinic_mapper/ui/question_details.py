"""Beside an answer: who says so, which paper, since when, and whether it is kept at all."""

from __future__ import annotations

from typing import Literal, cast

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QToolButton, QVBoxLayout, QWidget

from clinic_mapper.casefile.model import DECLINED, UNKNOWN, Answer
from clinic_mapper.catalog.model import Question
from clinic_mapper.ui.matter_words import Language, say
from clinic_mapper.ui.question_combo import QuietCombo
from clinic_mapper.ui.question_date import DateEntry
from clinic_mapper.ui.question_look import plain_label

Source = Literal["client", "paper", "attorney", "clinic"]

_SOURCES = {
    "attorney": ("attorney", "paper"),
    "clinic": ("clinic", "paper"),
}
_ENDS = "clinic"
"""Who says that a record request was of no help, too: offered beside “don't know” alone."""


class AnswerDetails(QWidget):
    """The small fields beside and under an answer; hidden while there is none.

    `changed(answer)`: the answer with another source, paper, start or keeping. `cleared()`: not asked after all.
    `go_on()`: Enter in a field.
    """

    changed = Signal(object)
    cleared = Signal()
    go_on = Signal()

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question = question
        self._answer: Answer | None = None
        self._language: Language = "en"
        self._sources = _SOURCES.get(question.who, ("client", "paper"))
        self.source = QuietCombo(self)
        self.paper = QLineEdit(self)
        self.clear = QToolButton(self)
        self.clear.setAutoRaise(True)
        self.clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Backspace does it by keyboard
        self.since_words = plain_label(self)
        self.since = DateEntry(self, as_start=True, optional=True)
        self.session_only = QCheckBox(self)
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        for part in (self.source, self.clear):  # the question puts them beside the answers, where they keep their room
            keep = part.sizePolicy()
            keep.setRetainSizeWhenHidden(True)
            part.setSizePolicy(keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.paper)
        column.addWidget(self.since_words)
        column.addWidget(self.since)
        column.addWidget(self.session_only)
        self.since_words.setBuddy(self.since.first)

    def _wire(self) -> None:
        self.source.activated.connect(self._source_chosen)
        self.clear.clicked.connect(self.cleared)
        self.paper.editingFinished.connect(self._paper_typed)
        self.paper.returnPressed.connect(self.go_on)
        self.since.dated.connect(lambda text: self._give(since=text))
        self.since.go_on.connect(self.go_on)
        self.session_only.clicked.connect(lambda ticked: self._give(session_only=ticked))

    def show_language(self, language: Language, asked: str) -> None:
        """Words the fields in this language; `asked` is the question in words."""
        self._language = language
        self._offer_sources()
        self.source.setAccessibleName(say("source", language, question=asked))
        self.paper.setPlaceholderText(say("paper-hint", language))
        self.paper.setAccessibleName(say("paper", language, question=asked))
        self.since_words.setText(say("since", language))
        self.since.show_language(language, f"{asked} – {say('since', language)}")
        self.clear.setText("×")
        self.clear.setAccessibleName(say("clear-name", language, question=asked))
        self.session_only.setText(say("session-only", language))
        self.session_only.setAccessibleName(say("session-only-name", language, question=asked))

    def _offer_sources(self) -> None:
        answer = self._answer
        offered = [*self._sources]
        if answer is not None and answer.value == UNKNOWN:
            offered.append(_ENDS)
        chosen = answer.source if answer else self._sources[0]
        rows = dict.fromkeys((*offered, chosen))
        ends = answer is not None and answer.value == UNKNOWN and _ENDS not in self._sources
        names = {source: "source-ends" if ends and source == _ENDS else f"source-{source}" for source in rows}
        self.source.fill([(source, say(name, self._language)) for source, name in names.items()])
        self.source.show_value(chosen)

    def show_answer(self, answer: Answer | None) -> None:
        """Shows what belongs to this answer, nothing for none."""
        if not self._is_typing_paper(answer):
            self.paper.setText(answer.paper if answer else "")
        self._answer = answer
        self.source.setVisible(answer is not None)
        self.clear.setVisible(answer is not None)
        if answer is None:
            self.hide()
            return
        self._offer_sources()
        shows_paper = answer.source == "paper"
        started = self._question.onset and answer.value == "yes"
        may_go = self._question.admission or answer.session_only
        self.paper.setVisible(shows_paper)
        self.since_words.setVisible(started)
        self.since.setVisible(started)
        self.since.show_date(answer.since)
        self.session_only.setVisible(may_go)
        self.session_only.setChecked(answer.session_only)
        self.setVisible(shows_paper or started or may_go)

    def first_answer(self, value: str) -> Answer:
        """A fresh answer: said by whoever answers such questions; what could harm is not stored."""
        source = self._sources[0]
        if value == DECLINED:
            source = "client"
        return Answer(value=value, source=source, session_only=self._question.admission)  # type: ignore[arg-type]

    def source_for(self, value: str) -> Source:
        """Who says it, once the answer is this value: nobody's not knowing does not speak for another answer."""
        source = self._answer.source if self._answer else "client"
        ended = source == _ENDS and _ENDS not in self._sources and value != UNKNOWN
        return cast(Source, self._sources[0]) if ended else source

    def half_typed(self) -> dict[str, str]:
        """What was typed and is not yet stored."""
        if self._answer is None:
            return {}
        typed = {f"since-{name}": text for name, text in self.since.half_typed().items()}
        if self.paper.text() != self._answer.paper:
            typed["paper"] = self.paper.text()
        return typed

    def restore(self, typed: dict[str, str]) -> None:
        """Puts half-typed fields back."""
        if "paper" in typed:
            self.paper.setText(typed["paper"])
            self.paper.setModified(True)
        since = {name.removeprefix("since-"): text for name, text in typed.items() if name.startswith("since-")}
        if since:
            self.since.restore(since)

    def _is_typing_paper(self, answer: Answer | None) -> bool:
        before = self._answer.paper if self._answer else ""
        now = answer.paper if answer else ""
        return answer is not None and before == now and self.paper.text() != before

    def _source_chosen(self) -> None:
        source = str(self.source.currentData())
        self._give(source=source, paper=self.paper.text().strip() if source == "paper" else "")
        if source == "paper":
            self.paper.setFocus()

    def _paper_typed(self) -> None:
        self._give(paper=self.paper.text().strip())

    def _give(self, **changes: object) -> None:
        if self._answer is None:
            return
        answer = replace(self._answer, **changes)
        if answer != self._answer:
            self.changed.emit(answer)
