"""In custody now: what has a limit of hours, before any questionnaire. Calm, short, in the order of doing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from clinic_mapper.casefile.dates import in_words
from clinic_mapper.catalog.evidence import verify_first
from clinic_mapper.catalog.model import Catalog, Remedy
from clinic_mapper.memo.custody import in_the_order_of_a_day
from clinic_mapper.memo.phrases import verify_said
from clinic_mapper.memo.words import load_words
from clinic_mapper.ui.matter_words import Language, say
from clinic_mapper.ui.question_look import ALOUD, GAP, HEADING, SMALL, plain_label

_STEPS = ("custody-tell", "custody-where", "custody-paper")


class CustodyBox(QFrame):
    """The steps for somebody who is in custody now. `go_on()`: these are in hand, the questions may follow."""

    go_on = Signal()

    def __init__(self, catalog: Catalog, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._remedies = custody_remedies(catalog.remedies.values())
        self._catalog = catalog
        self._title = plain_label(self, size=ALOUD, bold=True)
        self._steps = tuple(plain_label(self, size=HEADING) for _ in _STEPS)
        self._heading = plain_label(self, bold=True)
        self.titles = tuple(plain_label(self) for _ in self._remedies)
        self._below = tuple(plain_label(self, size=SMALL, muted=True) for _ in self._remedies)
        self.button = QPushButton(self)
        self.button.setAutoDefault(True)
        self.button.clicked.connect(self.go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 14)
        column.setSpacing(2)
        column.addWidget(self._title)
        for step in self._steps:
            column.addSpacing(GAP)
            column.addWidget(step)
        column.addSpacing(GAP)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(GAP)
        column.addWidget(self._heading)
        for title, below in zip(self.titles, self._below, strict=True):
            column.addSpacing(4)
            column.addWidget(title)
            column.addWidget(below)
        self._heading.setVisible(bool(self._remedies))

    def show_language(self, language: Language) -> None:
        """Words the steps in this language; a remedy that has no words in it stays in English."""
        self._title.setText(say("custody-title", language))
        for number, (label, key) in enumerate(zip(self._steps, _STEPS, strict=True), 1):
            label.setText(f"{number}.  {say(key, language)}")
        self._heading.setText(say("custody-remedies", language))
        for title, below, row in zip(self.titles, self._below, self._remedies, strict=True):
            remedy = row.in_language(language)
            title.setText(remedy.title)
            below.setText(_told(remedy, self._catalog, language))
        self.button.setText(say("custody-go-on", language))
        self.setAccessibleName(say("custody-title", language))
        self.button.setAccessibleName(say("custody-go-on", language))
        self.button.setAccessibleDescription(" ".join(say(key, language) for key in _STEPS))


def custody_remedies(remedies: Iterable[Remedy]) -> tuple[Remedy, ...]:
    """What can be done everywhere while the client is in custody, in the order in which the memo has it."""
    everywhere = (remedy for remedy in remedies if remedy.in_custody and remedy.jurisdiction == "US")
    return tuple(in_the_order_of_a_day(everywhere))


def _told(remedy: Remedy, catalog: Catalog, language: Language) -> str:
    parts = [say("custody-deadline", language, deadline=remedy.deadline)] if remedy.deadline else []
    parts += [say("custody-learns", language, learns=remedy.learns)] if remedy.learns else []
    parts += [remedy.caution] if remedy.caution else []
    parts.append(say("custody-as-of", language, date=in_words(remedy.as_of, language)))
    parts.append(verify_said(load_words(language), verify_first(remedy, catalog, date.today().isoformat())))
    return " ".join(part for part in parts if part)
