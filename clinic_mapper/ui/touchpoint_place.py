"""Where it was: state, county, city, each as far as it is known."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from clinic_mapper.casefile.model import Where
from clinic_mapper.casefile.places import counties, states
from clinic_mapper.ui.matter_words import Language, say
from clinic_mapper.ui.question_combo import TypingCombo
from clinic_mapper.ui.question_look import SMALL, plain_label
from clinic_mapper.ui.touchpoint_place_words import county_meant, state_meant, trouble_with


class PlaceEntry(QWidget):
    """Shows and takes a place. `placed(where)`: a new `Where`. `go_on()`: Enter in the last field.

    A county that is not on the list of its state is kept as typed, and a sentence says that it counts as unknown.
    """

    placed = Signal(object)
    go_on = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language: Language = "en"
        self._stored = Where()
        self.state = TypingCombo(self)
        self.county = TypingCombo(self)
        self.city = QLineEdit(self)
        self.said = plain_label(self, muted=True)
        self._labels = {name: plain_label(self, size=SMALL) for name in ("state", "county", "city")}
        self._lay_out()
        self._wire()
        self._offer_states()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        for column, (name, field) in enumerate(self._fields().items()):
            grid.addWidget(self._labels[name], 0, column)
            grid.addWidget(field, 1, column)
            grid.setColumnStretch(column, 1)
            self._labels[name].setBuddy(field)
            field.setMinimumWidth(60)
        grid.addWidget(self.said, 2, 0, 1, 3)
        self.said.hide()

    def _fields(self) -> dict[str, QWidget]:
        return {"state": self.state, "county": self.county, "city": self.city}

    def _wire(self) -> None:
        self.state.settled.connect(self.commit)
        self.county.settled.connect(self.commit)
        self.city.editingFinished.connect(self.commit)
        self.state.went_on.connect(self.county.setFocus)
        self.county.went_on.connect(self.city.setFocus)
        self.city.returnPressed.connect(self.go_on)

    def _offer_states(self) -> None:
        self.state.fill([("", ""), *((code, state.name) for code, state in states().items())])

    def show_language(self, language: Language, asked: str) -> None:
        """Words the fields in this language; `asked` is the question in words."""
        self._language = language
        for name, field in self._fields().items():
            self._labels[name].setText(say(name, language))
            field.setAccessibleName(f"{say(name, language)} – {asked}")
        for combo, words in ((self.state, "unknown-state"), (self.county, "unknown-county")):
            combo.field.setPlaceholderText(say(words, language))
            combo.field.setAccessibleName(combo.accessibleName())
        self._say()

    def show_place(self, where: Where) -> None:
        """Shows a stored place, unless the person is in the middle of typing another."""
        if where == self._stored and self.half_typed():
            return
        offered = where.state != self._stored.state or self.county.count() == 0
        self._stored = where
        state = states().get(where.state)
        self.state.show_text(state.name if state else where.state)
        if offered:
            self.county.fill([("", ""), *((name, name) for name in counties(where.state))])
        self.county.show_text(where.county)
        self.city.setText(where.city)
        self._say()

    def leave_out_city(self) -> None:
        """Ask for state and county only."""
        self.city.hide()
        self._labels["city"].hide()

    def tab_stops(self) -> tuple[QWidget, ...]:
        """The fields in the order of Tab."""
        return (self.state, self.county, self.city)

    def half_typed(self) -> dict[str, str]:
        """The fields as typed, if they say something that is not stored; else empty."""
        typed = {"state": self.state.typed(), "county": self.county.typed(), "city": self.city.text().strip()}
        return {} if self._meant() == self._stored and state_meant(typed["state"]) is not None else typed

    def restore(self, typed: dict[str, str]) -> None:
        """Puts half-typed fields back."""
        self.state.show_text(typed.get("state", ""))
        self.county.show_text(typed.get("county", ""))
        self.city.setText(typed.get("city", ""))
        self._say()

    def commit(self) -> None:
        """Hands over the place, if it is new."""
        meant = self._meant()
        if meant == self._stored:
            self._say()
            return
        if meant.state != self._stored.state and meant.county == self._stored.county:
            meant = replace(meant, county=county_meant(meant.state, meant.county))
        typed_state = self.state.typed()
        self.show_place(meant)
        if state_meant(typed_state) is None:
            self.state.show_text(typed_state)  # kept on the screen, so that it can be corrected
            self._say()
        self.placed.emit(meant)

    def _meant(self) -> Where:
        state = state_meant(self.state.typed()) or ""
        return Where(state=state, county=county_meant(state, self.county.typed()), city=self.city.text().strip())

    def _say(self) -> None:
        sentence = trouble_with(self._stored, self.state.typed(), self._language)
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))
