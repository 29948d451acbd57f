"""Which agency it was: its kind from a list, its name only if people know it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from clinic_mapper.casefile.model import Agency
from clinic_mapper.catalog.model import AgencyKind
from clinic_mapper.ui.matter_words import Language, say
from clinic_mapper.ui.question_combo import QuietCombo
from clinic_mapper.ui.question_look import SMALL, plain_label


class AgencyEntry(QWidget):
    """Shows and takes an agency. `named(agency)`: a new `Agency`. `go_on()`: Enter in the last field."""

    named = Signal(object)
    go_on = Signal()

    def __init__(self, kinds: dict[str, AgencyKind], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds = kinds
        self._stored = Agency()
        self.kind = QuietCombo(self)
        self.kind.setSizeAdjustPolicy(QuietCombo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.kind.setMinimumContentsLength(16)
        self.name = QLineEdit(self)
        self._labels = (plain_label(self, size=SMALL), plain_label(self, size=SMALL))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        fields: tuple[QWidget, ...] = (self.kind, self.name)
        for column, field in enumerate(fields):
            grid.addWidget(self._labels[column], 0, column)
            grid.addWidget(field, 1, column)
            grid.setColumnStretch(column, 1)
            self._labels[column].setBuddy(field)
        self.kind.activated.connect(lambda _index: self.commit())
        self.kind.went_on.connect(self.name.setFocus)
        self.name.editingFinished.connect(self.commit)
        self.name.returnPressed.connect(self.go_on)

    def show_language(self, language: Language, asked: str) -> None:
        """Words the fields in this language; `asked` is the question in words."""
        rows = [("", say("unknown-agency", language))]
        rows += [(row.id, row.es if language == "es" else row.en) for row in self._kinds.values()]
        if self._stored.kind and self._stored.kind not in self._kinds:
            rows.append((self._stored.kind, self._stored.kind))
        self.kind.fill(rows)
        self.kind.show_value(self._stored.kind)
        self._labels[0].setText(say("agency-kind", language))
        self._labels[1].setText(say("agency-name", language))
        self.kind.setAccessibleName(f"{say('agency-kind', language)} – {asked}")
        self.name.setAccessibleName(f"{say('agency-name', language)} – {asked}")
        self.name.setPlaceholderText(say("agency-hint", language))

    def show_agency(self, agency: Agency) -> None:
        """Shows a stored agency, unless the person is in the middle of typing a name."""
        if agency == self._stored and self.half_typed():
            return
        self._stored = agency
        if self.kind.findData(agency.kind) < 0:
            self.kind.addItem(agency.kind, agency.kind)
        self.kind.show_value(agency.kind)
        self.name.setText(agency.name)
        self.name.setCursorPosition(0)  # a long name shows its beginning

    def tab_stops(self) -> tuple[QWidget, ...]:
        """The fields in the order of Tab."""
        return (self.kind, self.name)

    def half_typed(self) -> dict[str, str]:
        """The name as typed, if it is not stored; else empty."""
        return {} if self.name.text().strip() == self._stored.name else {"name": self.name.text()}

    def restore(self, typed: dict[str, str]) -> None:
        """Puts a half-typed name back."""
        self.name.setText(typed.get("name", self._stored.name))

    def commit(self) -> None:
        """Hands over the agency, if it is new."""
        meant = Agency(kind=str(self.kind.currentData() or ""), name=self.name.text().strip())
        if meant != self._stored:
            self._stored = meant
            self.named.emit(meant)
