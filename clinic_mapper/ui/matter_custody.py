"""In custody now: what has a limit of hours, before any questionnaire. Calm, short, in the order of doing."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from clinic_mapper.catalog.model import Catalog, Remedy
from clinic_mapper.ui.matter_words import Language, say
from clinic_mapper.ui.question_look import ALOUD, GAP, HEADING, plain_label

_STEPS = ("custody-tell", "custody-where", "custody-detainer")


class CustodyBox(QFrame):
    """The steps for somebody who is in custody now. `go_on()`: these are in hand, the questions may follow."""

    go_on = Signal()

    def __init__(self, catalog: Catalog, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._remedies = custody_remedies(catalog.remedies.values())
        self._title = plain_label(self, size=ALOUD, bold=True)
        self._steps = tuple(plain_label(self, size=HEADING) for _ in _STEPS)
        self._heading = plain_label(self, bold=True)
        self.remedies = plain_label(self)
        self.button = QPushButton(self)
        self.button.setAutoDefault(True)
        self.button.clicked.connect(self.go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 14)
        column.setSpacing(GAP)
        for part in (self._title, *self._steps, self._heading, self.remedies):
            column.addWidget(part)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self._heading.setVisible(bool(self._remedies))
        self.remedies.setVisible(bool(self._remedies))

    def show_language(self, language: Language) -> None:
        """Words the steps in this language; what the catalog says of remedies is in English."""
        self._title.setText(say("custody-title", language))
        for number, (label, key) in enumerate(zip(self._steps, _STEPS, strict=True), 1):
            label.setText(f"{number}.  {say(key, language)}")
        self._heading.setText(say("custody-remedies", language))
        self.remedies.setText("\n".join(_told(remedy, language) for remedy in self._remedies))
        self.button.setText(say("custody-go-on", language))
        self.setAccessibleName(say("custody-title", language))
        self.button.setAccessibleName(say("custody-go-on", language))
        self.button.setAccessibleDescription(" ".join(say(key, language) for key in _STEPS))


def custody_remedies(remedies: Iterable[Remedy]) -> tuple[Remedy, ...]:
    """What counsel can do while the client is in custody, those with a time limit first."""
    found = [remedy for remedy in remedies if remedy.in_custody]
    return tuple(sorted(found, key=lambda remedy: (remedy.deadline is None, remedy.title)))


def _told(remedy: Remedy, language: Language) -> str:
    parts = [f"•  {remedy.title}"]
    if remedy.deadline:
        parts.append(say("custody-deadline", language, deadline=remedy.deadline))
    if remedy.caution:
        parts.append(say("custody-caution", language, caution=remedy.caution))
    return "\n     ".join(parts)
