"""The desk of one open matter: touchpoints at the left, the current questions in the middle, the map at the right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from clinic_mapper.casefile.model import Matter, Touchpoint
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.ui.matter_client import ClientForm
from clinic_mapper.ui.matter_list import CLIENT, MatterList
from clinic_mapper.ui.matter_scroll import FormScroll
from clinic_mapper.ui.matter_strip import MatterStrip, next_ask
from clinic_mapper.ui.matter_words import Language, say
from clinic_mapper.ui.question_look import rule
from clinic_mapper.ui.question_plan import kind_label
from clinic_mapper.ui.question_tabs import chain
from clinic_mapper.ui.touchpoint_form import TouchpointForm
from clinic_mapper.ui.touchpoint_picker import TouchpointPicker

if TYPE_CHECKING:
    from clinic_mapper.ui.session import CaseSession

_LIST_LETTERS = 30
_MIDDLE_LETTERS = 84
_LEAST_MIDDLE = 320
_NARROW_LETTERS = 155
"""In a window with fewer letters to a line the lines start hidden, so that a question keeps its room; F8 shows them."""


class MatterDesk(QWidget):
    """Shows the session's open matter and sends it what people tell; holds nothing of its own but what is half typed.

    `removed(words, undo)`: a touchpoint was removed, said in words, and the word for undoing it.
    """

    removed = Signal(str, str)

    def __init__(self, session: CaseSession, catalog: Catalog, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._catalog = catalog
        self._language: Language = language
        self._shown: str | None = None
        self._first_picked = CLIENT
        self._map_wanted: bool | None = None
        self.strip = MatterStrip(catalog, self)
        self.entries = MatterList(catalog, self)
        self.sheet = FormScroll(self)
        self.picker = TouchpointPicker(catalog, self)
        self.middle = QStackedWidget(self)
        self.panel = _map_panel(session, self)
        self.form: ClientForm | TouchpointForm | None = None
        self._lay_out()
        self._wire()
        self.show_language(language)
        self.refresh()

    def _lay_out(self) -> None:
        self.middle.addWidget(self.sheet)
        self.middle.addWidget(self.picker)
        self.middle.setMinimumWidth(_LEAST_MIDDLE)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.setChildrenCollapsible(False)
        for part in (self.entries, self.middle, self.panel):
            self.split.addWidget(part)
        self.split.setStretchFactor(0, 0)
        self.split.setStretchFactor(1, 3)
        self.split.setStretchFactor(2, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(rule(self))
        column.addWidget(self.split, 1)

    def _wire(self) -> None:
        self._session.map_changed.connect(self._map_changed)
        self._session.next_changed.connect(self._map_changed)
        self._session.touchpoint_selected.connect(self._touchpoint_selected)
        self.entries.chosen.connect(self._choose)
        self.entries.entered.connect(self.focus_start)
        self.entries.add_wanted.connect(self.pick)
        self.picker.picked.connect(self._add)
        self.picker.done.connect(self._picked)
        self.strip.jump_wanted.connect(self.jump)
        self.strip.map_wanted.connect(self.turn_map)
        for keys, act in (("Ctrl+T", self.pick), ("Ctrl+J", self.jump), ("F8", self.turn_map)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)  # wherever in the window the focus is

    @property
    def matter(self) -> Matter:
        """The open matter."""
        matter: Matter | None = self._session.matter
        assert matter is not None, "the desk lives only while a matter is open"
        return matter

    def show_language(self, language: Language) -> None:
        """Words everything in this language; what is half typed stays."""
        self._language = language
        self.picker.show_language(language)
        if self.form is not None:
            self.form.show_language(language)
            self._show_map_in(self.form)
        self._show_sides()
        self.strip.show_map_shown(self.panel.isVisibleTo(self), language)

    def refresh(self) -> None:
        """Shows the matter as it is now."""
        self._show_sides()
        if self._shown is None:
            chosen = self._session.selected_touchpoint
            self._show_entry(chosen if chosen in self._names() else CLIENT)
        elif self._shown not in self._names():
            self._leave_gone_entry()
        elif isinstance(self.form, ClientForm):
            self.form.show_matter(self.matter)
        elif isinstance(self.form, TouchpointForm):
            self.form.show_touchpoint(self._touchpoint(self._shown))

    def _leave_gone_entry(self) -> None:
        """Shows the client where the touchpoint on the page was undone, the focus on the list.

        Left to itself the focus would go to the next button of the window, which leaves the matter.
        """
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.sheet.isAncestorOf(focused)
        self._show_entry(CLIENT)
        if had_focus:
            self.entries.list.setFocus()

    @Slot()
    def _map_changed(self) -> None:
        if self._session.matter is None:
            return
        self._show_sides()
        if self.form is not None:
            self._show_map_in(self.form)

    @Slot()
    def pick(self) -> None:
        """Opens the list of what can have happened."""
        self._first_picked = CLIENT
        self.middle.setCurrentWidget(self.picker)
        self.picker.start()

    @Slot()
    def jump(self) -> None:
        """Goes to the question that would settle most."""
        ask = next_ask(self._session.exposure)
        if ask is None:
            return
        self._go_to(ask.touchpoint)
        if self.form is not None:
            self.form.focus_on(ask.kind, ask.fact)

    @Slot()
    def turn_map(self) -> None:
        """Shows or hides the lines and the picture."""
        self._map_wanted = not self.panel.isVisibleTo(self)
        self._show_panel(self._map_wanted)

    @Slot()
    def focus_start(self) -> None:
        """Puts the focus where work on this page begins."""
        if self.form is not None:
            self.form.focus_start()

    def half_typed(self) -> tuple[str, dict[str, str]]:
        """Which entry is shown, and what was typed there and is not yet stored."""
        return self._shown or CLIENT, dict(self.form.half_typed()) if self.form is not None else {}

    def let_go(self) -> None:
        """Says nothing more to the session: the matter is closed; a field that loses the focus now must not answer."""
        if self.form is not None:
            self.form.blockSignals(True)
        self._session.map_changed.disconnect(self._map_changed)
        self._session.next_changed.disconnect(self._map_changed)
        self._session.touchpoint_selected.disconnect(self._touchpoint_selected)

    def restore(self, entry: str, typed: Mapping[str, str]) -> None:
        """Goes back to an entry and puts its half-typed fields back."""
        if entry in self._names():
            self._go_to(entry)
            if self.form is not None:
                self.form.restore(typed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Gives each part its room; on a narrow screen the lines wait for F8."""
        super().resizeEvent(event)
        self._keep_form_whole()
        if self._map_wanted is None:
            self._show_panel(self.width() >= _NARROW_LETTERS * self._letter())

    def changeEvent(self, event: QEvent) -> None:
        """Larger letters need more room, once all parts have them."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            QTimer.singleShot(0, self, self._keep_form_whole)

    def _show_panel(self, shown: bool) -> None:
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.panel.isAncestorOf(focused)
        self.panel.setVisible(shown)
        self.strip.show_map_shown(shown, self._language)
        entries = max(_LIST_LETTERS * self._letter(), self.entries.minimumSizeHint().width())
        rest = self.width() - entries
        self._keep_form_whole()
        least = self.middle.minimumWidth()
        middle = max(least, min(_MIDDLE_LETTERS * self._letter(), rest * 3 // 5)) if shown else rest
        self.split.setSizes([entries, middle, max(0, rest - middle)])
        if had_focus and not shown:
            self.focus_start()

    def _keep_form_whole(self) -> None:
        """Keeps the middle as wide as the form on it, as far as list and lines leave room: large letters need it."""
        form = self.sheet.widget()
        if form is None:
            return
        needed = form.minimumSizeHint().width() + self.sheet.verticalScrollBar().sizeHint().width()
        beside = self.entries.minimumSizeHint().width() + self.panel.minimumSizeHint().width()
        room = self.width() - beside - 2 * self.split.handleWidth()
        self.middle.setMinimumWidth(max(_LEAST_MIDDLE, min(needed, room)))

    def _letter(self) -> int:
        return self.fontMetrics().averageCharWidth()

    def _show_sides(self) -> None:
        self.entries.show_matter(self.matter, self._language)
        self.entries.show_chosen(self._shown or CLIENT)
        session = self._session
        self.strip.show_map(session.exposure, self.matter, self._language, working=session.working_out_next)

    def _names(self) -> set[str]:
        return {CLIENT, *(touchpoint.id for touchpoint in self.matter.touchpoints)}

    def _touchpoint(self, name: str) -> Touchpoint:
        return next(touchpoint for touchpoint in self.matter.touchpoints if touchpoint.id == name)

    def _show_entry(self, name: str) -> None:
        self._shown = name
        form = self._client_form() if name == CLIENT else self._touchpoint_form(self._touchpoint(name))
        self.form = form
        self.sheet.show_form(form)
        form.show_language(self._language)
        self._show_map_in(form)
        self.middle.setCurrentWidget(self.sheet)
        self.entries.show_chosen(name)

    def _show_map_in(self, form: ClientForm | TouchpointForm) -> None:
        """Adds what the map has come to ask; Tab goes from the touchpoints through the questions to the lines."""
        form.show_map(self._session.exposure)
        self._keep_form_whole()
        chain((self.entries.add_button, *form.tab_stops()))

    def _client_form(self) -> ClientForm:
        form = ClientForm(self.matter, self._catalog)
        form.answered.connect(self._session.answer_client)
        form.pick_wanted.connect(self.pick)
        return form

    def _touchpoint_form(self, touchpoint: Touchpoint) -> TouchpointForm:
        form = TouchpointForm(touchpoint, self._catalog)
        name = touchpoint.id
        form.changed.connect(lambda changes: self._change(name, changes))
        form.answered.connect(lambda question, answer: self._session.answer(name, question, answer))
        form.practice_answered.connect(lambda practice, answer: self._session.answer_practice(name, practice, answer))
        form.remove_wanted.connect(lambda: self._remove(name))
        return form

    def _change(self, name: str, changes: dict[str, Any]) -> None:
        """A field tells what it holds when the focus leaves it: also when its touchpoint was just removed or undone."""
        if name in self._names():
            self._session.change_touchpoint(name, **changes)

    def _go_to(self, name: str) -> None:
        """Shows an entry, and tells the session so that list, lines and picture follow."""
        if self._shown != name:
            self._show_entry(name)
        self.middle.setCurrentWidget(self.sheet)
        self._session.select_touchpoint(name)

    @Slot(str)
    def _choose(self, name: str) -> None:
        self._go_to(name)

    @Slot(str)
    def _touchpoint_selected(self, name: str) -> None:
        if self._session.matter is not None and name in self._names() and name != self._shown:
            self._show_entry(name)

    @Slot(str)
    def _add(self, kind: str) -> None:
        added = self._session.add_touchpoint(kind)
        self._first_picked = self._first_picked or added

    @Slot()
    def _picked(self) -> None:
        self._go_to(self._first_picked or self._shown or CLIENT)
        self.focus_start()

    def _remove(self, name: str) -> None:
        words = say("removed", self._language, touchpoint=self._label(name))
        self._session.remove_touchpoint(name)
        self.entries.list.setFocus()
        self.removed.emit(words, say("undo", self._language))

    def _label(self, name: str) -> str:
        return kind_label(self._touchpoint(name).kind, self._catalog, self._language)


def _map_panel(session: CaseSession, parent: QWidget) -> QWidget:
    from clinic_mapper.ui.map_page import MapPanel  # heavy, and not needed to paint the lock screen

    return MapPanel(session, parent)
