"""Choosing a step: what the catalog knows to do about a contact or a line, who learns what by it, and its letter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from clinic_mapper.casefile.model import FollowUp, Matter
from clinic_mapper.catalog.model import Catalog, Remedy
from clinic_mapper.memo.letter_follow_up import kind_of, letter_of, remedies_of
from clinic_mapper.memo.letter_templates import Letter
from clinic_mapper.memo.plain_text import printable
from clinic_mapper.routing.model import ExposureMap, Line
from clinic_mapper.ui.follow_up_words import NOT_KNOWN
from clinic_mapper.ui.look import GAP, Text, beside, button, calm, heading
from clinic_mapper.ui.question_combo import QuietCombo

_OWN = "A step in our own words"
_WITH_LETTER = "with a letter"
_ID = Qt.ItemDataRole.UserRole


class FollowUpPick(QWidget):
    """`picked(FollowUp)`: this step, with no id yet. `letter_wanted(letter, contact)`: its letter. `left()`: none."""

    picked = Signal(object)
    letter_wanted = Signal(str, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._matter: Matter | None = None
        self._catalog: Catalog | None = None
        self._exposure: ExposureMap | None = None
        self._letters: Mapping[str, Letter] = {}
        self._line: Line | None = None
        self.title = heading("", self)
        self.about = QuietCombo(self)
        self.about.setAccessibleName("About which contact")
        self.steps = QListWidget(self)
        self.steps.setAccessibleName("Steps that the catalog knows")
        self.steps.setWordWrap(True)
        self.steps.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.steps.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.steps.setMinimumHeight(self.fontMetrics().height() * 9)
        self.learns = Text("", self)
        self.learns.setAccessibleName("Who learns what if we do this")
        self.more = calm("", self)
        self.more.setAccessibleName("Time and risk")
        self.add = button("&Add to the follow-ups", self)
        self.write = button("Write the &letter…", self)
        self.cancel = button("&Cancel", self)
        column = QVBoxLayout(self)
        column.setSpacing(GAP)
        for part in (self.title, self.about, self.steps):
            column.addWidget(part, 1 if part is self.steps else 0)
        column.addWidget(Text("Who learns what if we do this", self, bold=True))
        column.addWidget(self.learns)
        column.addWidget(self.more)
        column.addLayout(beside(self.add, self.write, self.cancel))
        self.about.activated.connect(self._fill_steps)
        self.steps.currentRowChanged.connect(self._tell)
        self.steps.itemActivated.connect(lambda _item: self._add())
        self.add.clicked.connect(self._add)
        self.write.clicked.connect(self._write)
        self.cancel.clicked.connect(self.left)

    def start(
        self, matter: Matter, catalog: Catalog, exposure: ExposureMap, letters: Mapping[str, Letter], line: str = ""
    ) -> None:
        """Offer the steps for a line of the map, or with "" for the whole matter."""
        self._matter, self._catalog, self._exposure, self._letters = matter, catalog, exposure, letters
        self._line = next((each for each in exposure.lines if each.id == line), None)
        self.title.setText(self._title())
        kinds = {each.id: catalog.touchpoints.get(each.kind) for each in matter.touchpoints}
        rows = [("", "About the whole matter")]
        for number, each in enumerate(matter.touchpoints, 1):
            kind = kinds[each.id]
            rows.append((each.id, printable(f"About contact {number}: {kind.en if kind else each.kind}")))
        self.about.fill(rows)
        self.about.show_value(self._line.touchpoint if self._line else "")
        self.about.setEnabled(self._line is None)
        self._fill_steps()
        self.steps.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Leave nothing of a matter on the form."""
        self._matter = self._exposure = self._line = None
        self.about.clear()
        self.steps.clear()
        for part in (self.title, self.learns, self.more):
            part.setText("")

    def _title(self) -> str:
        if self._line is None or self._catalog is None:
            return "Add a step"
        mechanism = self._catalog.mechanisms.get(self._line.mechanism)
        return f"Steps for this line: {mechanism.en if mechanism else self._line.mechanism}"

    @Slot()
    def _fill_steps(self) -> None:
        before = self.steps.blockSignals(True)
        self.steps.clear()
        for row in self._remedies():
            letter = letter_of(row.id, self._letters.values())
            item = QListWidgetItem(f"{row.title} – {_WITH_LETTER}" if letter else row.title, self.steps)
            item.setData(_ID, row.id)
        QListWidgetItem(_OWN, self.steps).setData(_ID, "")
        self.steps.setCurrentRow(0)
        self.steps.blockSignals(before)
        self._tell()

    def _remedies(self) -> list[Remedy]:
        """Those with a letter first, each once."""
        matter, catalog, exposure = self._matter, self._catalog, self._exposure
        if matter is None or catalog is None or exposure is None:
            return []
        about = str(self.about.currentData() or "")
        lines: Iterable[Line] = exposure.lines if not about else [e for e in exposure.lines if e.touchpoint == about]
        known: Sequence[Letter] = tuple(self._letters.values())
        found: dict[str, Remedy] = {}
        for line in [self._line] if self._line is not None else lines:
            found.update((row.id, row) for row in remedies_of(line, matter, catalog, exposure, known))
        return sorted(found.values(), key=lambda row: letter_of(row.id, known) is None)

    def _remedy(self) -> Remedy | None:
        item = self.steps.currentItem()
        id = str(item.data(_ID)) if item is not None else ""
        return self._catalog.remedies.get(id) if self._catalog is not None else None

    @Slot()
    def _tell(self) -> None:
        row = self._remedy()
        self.learns.setText((row.learns if row else "") or NOT_KNOWN)
        more = [f"Time: {row.deadline.rstrip('.')}."] if row and row.deadline else []
        more += [f"Risk: {row.caution}"] if row and row.caution else []
        more += [f"As of {row.as_of}."] if row else []
        self.more.setText(" ".join(more))
        self.write.setVisible(row is not None and letter_of(row.id, self._letters.values()) is not None)
        self.add.setEnabled(self.steps.currentRow() >= 0)

    def _about(self) -> str:
        return str(self.about.currentData() or "")

    @Slot()
    def _add(self) -> None:
        row = self._remedy()
        letter = letter_of(row.id, self._letters.values()) if row else None
        self.picked.emit(
            FollowUp(
                id="",
                kind=kind_of(row) if row else "other",
                about=self._about(),
                remedy=row.id if row else "",
                letter=letter.id if letter else "",
            )
        )

    @Slot()
    def _write(self) -> None:
        row = self._remedy()
        letter = letter_of(row.id, self._letters.values()) if row else None
        if letter is not None:
            self.letter_wanted.emit(letter.id, self._about())
