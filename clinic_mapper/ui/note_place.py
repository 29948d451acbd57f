"""Where a note holds and whose practice it is, over the fields by which touchpoints ask the same."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic_mapper.casefile.model import Agency, Where
from clinic_mapper.catalog.model import AgencyKind
from clinic_mapper.catalog.notes import At
from clinic_mapper.memo.plain_text import printable
from clinic_mapper.ui.note_fields import Field
from clinic_mapper.ui.touchpoint_agency import AgencyEntry
from clinic_mapper.ui.touchpoint_place import PlaceEntry
from clinic_mapper.ui.touchpoint_place_words import county_meant, state_meant

_CUT = "\n"


class PlaceField(Field):
    """A state, and as much more as is known; without `city`, a state or a county of it."""

    def __init__(self, name: str, parent: QWidget, *, city: bool) -> None:
        super().__init__(name, parent)
        self.entry = PlaceEntry(self)
        self.entry.show_language("en", name)
        self.entry.state.field.setPlaceholderText("needed")
        self.entry.county.field.setPlaceholderText("the whole state")
        if not city:
            self.entry.leave_out_city()
            self.entry.county.went_on.connect(self.went_on)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.entry)
        self.setFocusProxy(self.entry.state)
        for line in (self.entry.state.field, self.entry.county.field, self.entry.city):
            line.textEdited.connect(self.changed)
        for combo in (self.entry.state, self.entry.county):
            combo.settled.connect(self.settled)
        self.entry.city.editingFinished.connect(self.settled)
        self.entry.go_on.connect(self.went_on)

    def at(self) -> At:
        """The state and county that are meant."""
        state = state_meant(self.entry.state.typed()) or ""
        return At(state, county_meant(state, self.entry.county.typed()))

    def city(self) -> str:
        """The city."""
        return printable(self.entry.city.text())

    def typed(self) -> str:
        typed = (self.entry.state.typed(), self.entry.county.typed(), self.entry.city.text().strip())
        return _CUT.join(typed) if any(typed) else ""

    def put(self, text: str) -> None:
        state, county, city = [*text.split(_CUT), "", "", ""][:3]
        before = self.blockSignals(True)
        self.entry.restore({})
        self.entry.show_place(Where())
        self.entry.restore({"state": state, "county": county, "city": city})
        self.entry.commit()
        self.blockSignals(before)


class AgencyField(Field):
    """A kind of agency, and its name where one agency alone is meant; neither means any agency there."""

    def __init__(self, name: str, kinds: dict[str, AgencyKind], parent: QWidget) -> None:
        super().__init__(name, parent)
        self.entry = AgencyEntry(kinds, self)
        self.entry.show_language("en", name)
        self.entry.kind.setItemText(0, "any agency there")
        self.entry.name.setPlaceholderText("only if one agency alone is meant")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.entry)
        self.setFocusProxy(self.entry.kind)
        self.entry.name.textEdited.connect(self.changed)
        self.entry.name.editingFinished.connect(self.settled)
        self.entry.kind.activated.connect(lambda _at: self.settled.emit())
        self.entry.go_on.connect(self.went_on)

    def agency(self) -> Agency:
        """The agency that is meant."""
        return Agency(kind=str(self.entry.kind.currentData() or ""), name=printable(self.entry.name.text()))

    def typed(self) -> str:
        typed = (str(self.entry.kind.currentData() or ""), self.entry.name.text().strip())
        return _CUT.join(typed) if any(typed) else ""

    def put(self, text: str) -> None:
        kind, name = [*text.split(_CUT), "", ""][:2]
        self.entry.restore({})
        self.entry.show_agency(Agency(kind=kind, name=name))
        self.entry.restore({"name": name})
