"""What a search of the catalog is narrowed to: kind of row, sector, place, mechanism, age."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from clinic_mapper.casefile.places import states
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.catalog.search import KINDS, Filters
from clinic_mapper.ui.question_combo import QuietCombo

_YEARS = (2, 5, 10)


class CatalogFilters(QWidget):
    """A row of choices; each begins with "any". `changed()`: another one was chosen."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = date.today()
        self.kind = self._choice("Kind of row")
        self.sector = self._choice("Sector")
        self.place = self._choice("Place")
        self.mechanism = self._choice("Mechanism")
        self.age = self._choice("Age")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        for column, choice in enumerate(self.choices()):
            grid.addWidget(choice, 0, column)
            grid.setColumnStretch(column, 1)

    def choices(self) -> tuple[QuietCombo, ...]:
        """The fields in the order of Tab."""
        return (self.kind, self.sector, self.place, self.mechanism, self.age)

    def offer(self, catalog: Catalog, sectors: tuple[str, ...], today: date) -> None:
        """Offer what this catalog has; what was chosen stays chosen where it is still there."""
        self._today = today
        names = {code: state.name for code, state in states().items()}
        rows = {
            self.kind: [("", "Any kind"), *KINDS.items()],
            self.sector: [("", "Any sector"), *((sector, sector.replace("-", " ")) for sector in sectors)],
            self.place: [("", "Any place"), ("US", "United States (federal)"), *names.items()],
            self.mechanism: [
                ("", "Any mechanism"),
                *sorted(((row.id, row.en) for row in catalog.mechanisms.values()), key=lambda each: each[1]),
            ],
            self.age: [("", "Any age"), *((str(years), f"Older than {years} years") for years in _YEARS)],
        }
        for choice, offered in rows.items():
            kept = str(choice.currentData() or "")
            choice.fill(offered)
            choice.show_value(kept if choice.findData(kept) >= 0 else "")

    def clear(self) -> None:
        """Back to any row."""
        for choice in self.choices():
            choice.show_value("")

    def filters(self) -> Filters:
        """What is chosen now."""
        years = str(self.age.currentData() or "")
        older_than = self._today.replace(year=self._today.year - int(years), day=1).isoformat() if years else ""
        return Filters(
            kind=str(self.kind.currentData() or ""),
            sector=str(self.sector.currentData() or ""),
            place=str(self.place.currentData() or ""),
            mechanism=str(self.mechanism.currentData() or ""),
            older_than=older_than,
        )

    def _choice(self, name: str) -> QuietCombo:
        choice = QuietCombo(self)
        choice.setAccessibleName(name)
        choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choice.setMinimumContentsLength(9)
        choice.activated.connect(lambda _index: self.changed.emit())
        return choice
