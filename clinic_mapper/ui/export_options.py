"""What must be chosen for a reader before a file is made: lines for a court, a contact, a letter; what it discloses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from clinic_mapper.casefile.dates import in_words
from clinic_mapper.casefile.model import Matter, Touchpoint
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo.letter_templates import Letter, Offered
from clinic_mapper.memo.plain_text import printable
from clinic_mapper.memo.readers import Profile
from clinic_mapper.problem import Problem
from clinic_mapper.routing.about_relative import is_about_relative
from clinic_mapper.routing.model import ExposureMap
from clinic_mapper.ui.export_work import Choice, Chosen
from clinic_mapper.ui.look import Text

_ASKING = ("court", "request", "letter")
_MOST_ROWS = 8
_CONFIRMED = "I have read this, and it is meant."


class ReaderOptions(QWidget):
    """`changed()`: something else is chosen than before, so that what was made is no longer what would be saved."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._matter: Matter | None = None
        self._catalog: Catalog | None = None
        self._choice: Choice | None = None
        self._filling = False
        self._can_be_made = False
        self._offered: Mapping[str, Offered] = {}
        self.caveats = Text("", self)
        self.caveats.setAccessibleName("What to know before")
        self.lines = _check_list("Routes that the court sees", self)
        self.letter = _combo("Letter", self)
        self.contact = _combo("Contact that it is about", self)
        self.fields = _check_list("Fields to add, left out otherwise", self)
        self.disclosed = Text("", self)
        self.disclosed.setAccessibleName("What this discloses to whom")
        self.confirmed = QCheckBox(_CONFIRMED, self)
        self._build()

    def _build(self) -> None:
        self._form = QFormLayout()
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        for name, widget in (
            ("Letter", self.letter), ("About", self.contact), ("Routes to show", self.lines),
            ("Add, only where it is needed", self.fields),
        ):  # fmt: skip
            self._form.addRow(name, widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.caveats)
        column.addLayout(self._form)
        column.addWidget(self.disclosed)
        column.addWidget(self.confirmed)
        self.letter.currentIndexChanged.connect(self._letter_changed)
        self.contact.currentIndexChanged.connect(self._chosen_changed)
        self.lines.itemChanged.connect(self._chosen_changed)
        self.fields.itemChanged.connect(self._chosen_changed)
        self.confirmed.toggled.connect(self.changed)

    # --- what is chosen

    def chosen(self) -> Chosen:
        """What is chosen now, as far as the reader asks for it."""
        reader = self._choice.reader if self._choice else ""
        letter = str(self.letter.currentData() or "") if reader == "letter" else ""
        contact = str(self.contact.currentData() or "") if reader in ("request", "letter") else ""
        return Chosen(
            lines=_checked(self.lines) if reader == "court" else (),
            contact=contact,
            letter=letter,
            fields=_checked(self.fields) if letter else (),
        )

    def ready(self, choice: Choice) -> bool:
        """Whether everything that this reader asks for is chosen and confirmed."""
        if choice.reader not in _ASKING:
            return True
        chosen = self.chosen()
        if self._choice != choice or choice.reader == "court":
            return self._choice == choice and bool(chosen.lines)
        can_be_made = self._can_be_made if choice.reader == "letter" else bool(chosen.contact)
        return can_be_made and self.confirmed.isChecked()

    # --- what is shown

    def show_reader(
        self,
        choice: Choice,
        profile: Profile,
        matter: Matter,
        exposure: ExposureMap,
        catalog: Catalog,
        offered: Mapping[str, Offered],
    ) -> None:
        """Show what this reader asks for; what was ticked stays ticked where it is still there."""
        self._offered = offered
        same = self._choice == choice
        self._choice, self._matter, self._catalog = choice, matter, catalog
        self._filling = True
        if not same:
            self.confirmed.setChecked(False)
        caveats = () if choice.reader == "letter" else profile.caveats["en"]
        self.caveats.setText("\n".join(f"• {said}" for said in caveats))
        self.caveats.setVisible(bool(caveats))
        if choice.reader == "court":
            _fill(self.lines, self._line_rows(matter, exposure, catalog))
        if choice.reader == "letter":
            self._fill_letters()
        self._filling = False
        self._letter_changed() if choice.reader == "letter" else self._fill_contacts()
        self._show_rows()

    def choose_letter(self, letter: str, contact: str) -> None:
        """Show this letter, and this contact where the letter can be about it."""
        self.letter.setCurrentIndex(max(0, self.letter.findData(letter)))
        if (row := self.contact.findData(contact)) >= 0:
            self.contact.setCurrentIndex(row)

    def forget(self) -> None:
        """Leave nothing of a matter on the screen."""
        self._filling = True
        self._matter, self._choice = None, None
        for widget in (self.lines, self.fields, self.contact):
            widget.clear()
        self.caveats.setText("")
        self.disclosed.setText("")
        self.confirmed.setChecked(False)
        self._filling = False

    def _show_rows(self) -> None:
        reader = self._choice.reader if self._choice else ""
        letter = self._letter()
        about = reader == "request" or (letter is not None and letter.contact != "none")
        self._form.setRowVisible(self.letter, reader == "letter")
        self._form.setRowVisible(self.contact, about)
        self._form.setRowVisible(self.lines, reader == "court")
        self._form.setRowVisible(self.fields, letter is not None and self.fields.count() > 0)
        self.disclosed.setVisible(letter is not None)
        self.confirmed.setVisible(reader in ("request", "letter"))

    def _line_rows(self, matter: Matter, exposure: ExposureMap, catalog: Catalog) -> list[tuple[str, str]]:
        numbers = {touchpoint.id: number for number, touchpoint in enumerate(matter.touchpoints, 1)}
        rows = []
        for line in exposure.lines:
            mechanism = catalog.mechanisms.get(line.mechanism)
            name = mechanism.en if mechanism else line.mechanism
            about = f"contact {numbers[line.touchpoint]}" if line.touchpoint in numbers else "the client"
            rows.append((line.id, f"{name}, {about}: {line.standing}"))
        return rows

    def _fill_letters(self) -> None:
        """The letters that can be written; the one that is chosen stays chosen where it still can."""
        chosen = self.letter.currentData()
        self.letter.clear()
        for id, offered in self._offered.items():
            self.letter.addItem(printable(offered.title), id)
        self.letter.setCurrentIndex(max(0, self.letter.findData(chosen)))

    def _chosen_letter(self) -> Offered | None:
        if self._choice is None or self._choice.reader != "letter":
            return None
        return self._offered.get(str(self.letter.currentData() or ""))

    def _letter(self) -> Letter | None:
        offered = self._chosen_letter()
        return offered.letter if offered is not None else None

    @Slot()
    def _letter_changed(self) -> None:
        if self._filling or self._choice is None:
            return
        letter = self._letter()
        self._filling = True
        extra = [field for field in letter.fields if not field.needed] if letter else []
        _fill(self.fields, [(field.id, field.label) for field in extra])
        self._filling = False
        self._fill_contacts()
        self._show_rows()

    def _fill_contacts(self) -> None:
        matter, catalog, letter = self._matter, self._catalog, self._letter()
        if matter is None or catalog is None:
            return
        before = self.contact.currentData()
        self._filling = True
        self.contact.clear()
        for number, touchpoint in enumerate(matter.touchpoints, 1):
            kind = catalog.touchpoints.get(touchpoint.kind)
            fits = letter is None or not letter.sectors or (kind is not None and kind.sector in letter.sectors)
            if fits and not is_about_relative(touchpoint, kind):
                self.contact.addItem(_contact_words(number, touchpoint, catalog), touchpoint.id)
        self.contact.setCurrentIndex(max(0, self.contact.findData(before)))
        self._filling = False
        self._chosen_changed()

    @Slot()
    def _chosen_changed(self) -> None:
        if self._filling:
            return
        self._show_disclosed()
        self.changed.emit()

    def _show_disclosed(self) -> None:
        offered, matter, catalog = self._chosen_letter(), self._matter, self._catalog
        self._can_be_made = False
        if offered is None or matter is None or catalog is None:
            return
        letter, own = offered
        from clinic_mapper.memo.letters import disclosed  # loads what draws and reads PDF files

        chosen = self.chosen()
        contact = chosen.contact if letter.contact != "none" else ""
        try:
            said = disclosed(letter, matter, catalog, contact, chosen.fields, own)
        except Problem as problem:
            self.disclosed.setText(problem.sentence)
            return
        self._can_be_made = True
        before, text = self.disclosed.text(), "\n".join(f"• {sentence}" for sentence in said)
        if text != before:
            self.confirmed.setChecked(False)
        self.disclosed.setText(text)


def _contact_words(number: int, touchpoint: Touchpoint, catalog: Catalog) -> str:
    kind = catalog.touchpoints.get(touchpoint.kind)
    return printable(f"{number}. {kind.en if kind else touchpoint.kind}, {in_words(touchpoint.when)}")


def _combo(name: str, parent: QWidget) -> QComboBox:
    combo = QComboBox(parent)
    combo.setAccessibleName(name)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(12)
    return combo


def _check_list(name: str, parent: QWidget) -> QListWidget:
    made = QListWidget(parent)
    made.setAccessibleName(name)
    made.setWordWrap(True)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made


def _fill(widget: QListWidget, rows: Iterable[tuple[str, str]]) -> None:
    ticked = set(_checked(widget))
    widget.clear()
    for id, words in rows:
        item = QListWidgetItem(words, widget)
        item.setData(Qt.ItemDataRole.UserRole, id)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if id in ticked else Qt.CheckState.Unchecked)
    widget.setCurrentRow(0)
    shown = max(1, min(widget.count(), _MOST_ROWS))
    height = max(widget.sizeHintForRow(0), widget.fontMetrics().height() + 4)
    widget.setFixedHeight(shown * height + 2 * widget.frameWidth() + 4)


def _checked(widget: QListWidget) -> tuple[str, ...]:
    items = (widget.item(row) for row in range(widget.count()))
    return tuple(
        str(item.data(Qt.ItemDataRole.UserRole)) for item in items if item.checkState() is Qt.CheckState.Checked
    )
