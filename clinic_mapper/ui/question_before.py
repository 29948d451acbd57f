"""Below a date that is told in part: whether it was before or after the one day that decides, answered by a key."""

from __future__ import annotations

from datetime import date
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from clinic_mapper.casefile.dates import narrowed
from clinic_mapper.casefile.model import UNKNOWN, Answer, Touchpoint
from clinic_mapper.catalog.model import Choice, Question
from clinic_mapper.memo.date_question import DateQuestion, date_question
from clinic_mapper.memo.words import load_words
from clinic_mapper.routing.model import AskNext, ExposureMap
from clinic_mapper.routing.turning import asked_day, dated_routes
from clinic_mapper.ui.matter_words import Language
from clinic_mapper.ui.question_choices import AnswerChoices
from clinic_mapper.ui.question_look import ALOUD, plain_label

Source = Literal["client", "paper", "clinic"]
_EARLIER, _LATER = "earlier", "later"


class BeforeOrAfter(QWidget):
    """Asks it while the map turns on it, and is hidden otherwise.

    `dated(text)`: the date as it is after the answer. `not_known(answer)`: who was asked does not know. `go(way)`: on,
    or back.
    """

    dated = Signal(str)
    not_known = Signal(object)
    go = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language: Language = "en"
        self._day = ""
        self._when = ""
        self._who: Source = "client"
        self._asked = plain_label(self, size=ALOUD)
        self.choices: AnswerChoices | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 6, 4, 2)
        self._column.setSpacing(6)
        self._column.addWidget(self._asked)
        self.hide()

    @property
    def words(self) -> str:
        """What is asked, and of whom."""
        return self._asked.text()

    def show_asked(self, contact: Touchpoint, exposure: ExposureMap | None) -> None:
        """Asks what this map turns on; nothing where it does not turn on such a day, or nobody is to be asked."""
        asks = exposure.ask_next if exposure else ()
        ask = next((each for each in asks if (each.kind, each.touchpoint) == ("date", contact.id)), None)
        day = asked_day(contact, dated_routes(exposure, contact)) if ask and exposure else ""
        self._when = contact.when
        self._who = _source(ask)
        if day != self._day:
            self._ask(day)
        self.setVisible(bool(day))
        if ask and day:
            self._say(ask)

    def show_language(self, language: Language) -> None:
        """Words everything in this language; the question when it is asked again."""
        self._language = language

    def tab_stops(self) -> tuple[QWidget, ...]:
        """The answers, while there is something to answer."""
        return self.choices.marks if self.choices is not None else ()

    def take_focus(self) -> None:
        """Puts the focus on the first answer."""
        if self.choices is not None:
            self.choices.take_focus()

    def has_focus(self) -> bool:
        """Whether somebody is at the answers."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def _ask(self, day: str) -> None:
        self._day = day
        if self.choices is not None:
            self._column.removeWidget(self.choices)
            self.choices.hide()
            self.choices.deleteLater()  # it may be the one whose key is being handled
            self.choices = None
        if day:
            self.choices = AnswerChoices(_question(day), self)
            self.choices.chosen.connect(self._answer)
            self.choices.go.connect(self.go)
            self._column.addWidget(self.choices)

    def _say(self, ask: AskNext) -> None:
        words = load_words(self._language)
        self._asked.setText(f"{words(f'who.{ask.who}')}: {date_question(words, self._day).asked}")
        self.setAccessibleName(self._asked.text())
        if self.choices is not None:
            self.choices.show_language(self._language)

    def _answer(self, value: str) -> None:
        if value in (_EARLIER, _LATER):
            day = date.fromisoformat(self._day).toordinal()
            self.dated.emit(narrowed(self._when, day, earlier=value == _EARLIER))
        elif value == UNKNOWN:
            self.not_known.emit(Answer(value=UNKNOWN, source=self._who))
        if self.choices is not None:
            self.choices.show_value(None)  # what was answered is the date itself


def _source(ask: AskNext | None) -> Source:
    """Whose “don't know” it is; after a request nobody here knows."""
    who = ask.who if ask else "client"
    return who if who == "client" or who == "paper" else "clinic"


def _question(day: str) -> Question:
    """The question in the form in which all others are answered: by 1, 2 or D."""
    en, es = (date_question(load_words(language), day) for language in ("en", "es"))
    return Question(
        id="before-or-after",
        en=en.asked,
        es=es.asked,
        why_en="",
        why_es="",
        who="clinic",
        choices=tuple(Choice(value=value, en=_of(en, value), es=_of(es, value)) for value in (_EARLIER, _LATER)),
    )


def _of(asked: DateQuestion, value: str) -> str:
    return asked.earlier if value == _EARLIER else asked.later
