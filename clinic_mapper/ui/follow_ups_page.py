"""The follow-ups of a matter: what is to be done, whose it is, by when, and who learns what by it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from clinic_mapper.casefile.follow_ups import in_order
from clinic_mapper.casefile.model import FollowUp
from clinic_mapper.clinic_letters import ClinicLetters
from clinic_mapper.memo.letter_templates import Letter
from clinic_mapper.problem import Problem
from clinic_mapper.ui.follow_up_form import FollowUpForm
from clinic_mapper.ui.follow_up_pick import FollowUpPick
from clinic_mapper.ui.follow_up_words import NOT_KNOWN, catalog_says, name_of, standing_of, time_said, title_of
from clinic_mapper.ui.letter_steps import due_when_sent, time_of_step
from clinic_mapper.ui.look import GAP, WIDE, Text, button, title
from clinic_mapper.ui.matter_list import BELOW, EntryDelegate

if TYPE_CHECKING:
    from clinic_mapper.ui.session import CaseSession

_ID = Qt.ItemDataRole.UserRole
_LIST_LETTERS = 46
_NOTHING = (
    "No step yet. Choose a line on the map and “Steps…”, or add one here: a request, a correction, advice. Saving a "
    "letter adds its step by itself."
)
_SENTENCES = {"done": "Done: {title}", "dropped": "Dropped: {title}", "open": "Open again: {title}"}


class FollowUpsPage(QWidget):
    """Shows the session's follow-ups and sends it what people change.

    `letters`: those that can be written. `letter_wanted(letter, contact)`: somebody wants to write one.
    `changed(words, undo)`: a step was ended or removed, said in words, and the word for undoing it.
    """

    letter_wanted = Signal(str, str)
    changed = Signal(str, str)

    def __init__(
        self, session: CaseSession, letters: Callable[[], ClinicLetters], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName("Follow-ups")
        self._session, self._clinic_letters = session, letters
        self.list = QListWidget(self)
        self.list.setAccessibleName("Follow-ups")
        self.list.setItemDelegate(EntryDelegate(self.list))
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.add = button("Add a &step…", self)
        self.nothing = Text(_NOTHING, self)
        self.form = FollowUpForm(self)
        self.pick = FollowUpPick(self)
        self.panels = QStackedWidget(self)
        self._build()
        self._wire()
        self._refresh()

    def _build(self) -> None:
        for part in (self.nothing, self.form, self.pick):
            self.panels.addWidget(part)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        area = QScrollArea(self)
        area.setWidget(self.panels)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        left = QVBoxLayout()
        left.setSpacing(GAP)
        left.addWidget(title("Follow-ups", self))
        left.addWidget(self.list, 1)
        left.addWidget(self.add)
        row = QHBoxLayout(self)
        row.setContentsMargins(WIDE, GAP, WIDE, GAP)
        row.setSpacing(WIDE)
        row.addLayout(left, 2)
        row.addWidget(area, 3)
        self._area = area

    def _wire(self) -> None:
        self._session.matter_changed.connect(self._refresh)
        self._session.map_changed.connect(self._refresh)
        self.list.currentItemChanged.connect(lambda *_: self._show_chosen())
        self.list.itemActivated.connect(lambda _item: self.form.owner.setFocus(Qt.FocusReason.TabFocusReason))
        self.add.clicked.connect(lambda: self.start_pick(""))
        self.pick.picked.connect(self._add)
        self.pick.left.connect(self._leave_pick)
        self.pick.letter_wanted.connect(self._leave_for_letter)
        self.form.changed.connect(self._change)
        self.form.ended.connect(self._end)
        self.form.removed.connect(self._remove)
        self.form.letter_wanted.connect(self._want_letter)

    # --- what others call

    def focus_start(self) -> None:
        """On the list, or where a step is being chosen; on the button where there is nothing to choose from."""
        if self.panels.currentWidget() is self.pick:
            self.pick.steps.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            (self.list if self.list.count() else self.add).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def start_pick(self, line: str) -> None:
        """Offer the steps for a line of the map; with "" for the whole matter."""
        matter, exposure = self._session.matter, self._session.exposure
        if matter is None or exposure is None:
            return
        self.form.commit()
        self.panels.setCurrentWidget(self.pick)
        self.pick.start(matter, self._session.catalog, exposure, self._letters(), line)

    def choose(self, id: str) -> None:
        """Show this follow-up."""
        rows = [row for row in range(self.list.count()) if self.list.item(row).data(_ID) == id]
        if rows:
            self.list.setCurrentRow(rows[0])

    def keep_note(self) -> None:
        """Keep the note that is being typed: nobody may lose a sentence by a power cut."""
        self.form.keep_note()

    def keep_typed(self) -> None:
        """Keep all that was typed and can be read."""
        self.form.commit()

    # --- what is shown

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def _letters(self) -> dict[str, Letter]:
        try:
            offered = self._clinic_letters().offered()
        except Problem:  # told where letters are kept; a step is shown all the same
            offered = ClinicLetters(None).offered()
        return {id: each.letter for id, each in offered.items()}

    def _today(self) -> date:
        exposure = self._session.exposure
        return date.fromisoformat(exposure.today) if exposure is not None else date.today()

    @Slot()
    def _refresh(self) -> None:
        matter = self._session.matter
        if matter is None:
            self._forget()
            return
        if not self.isVisible():
            return  # read when somebody looks, not at every answer that is given on another page
        chosen, at = self._chosen_id(), self.list.currentRow()
        before = self.list.blockSignals(True)
        self.list.clear()
        for step in in_order(matter.follow_ups):
            below = standing_of(step, matter, self._today())
            item = QListWidgetItem(title_of(step, self._session.catalog), self.list)
            item.setData(_ID, step.id)
            item.setData(BELOW, below)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}, {below}")
        self.list.setCurrentRow(max(0, min(at, self.list.count() - 1)))
        self.choose(chosen)
        self.list.blockSignals(before)
        self._show_chosen()

    def _chosen_id(self) -> str:
        item = self.list.currentItem()
        return str(item.data(_ID)) if item is not None else ""

    def _chosen(self) -> FollowUp | None:
        matter, id = self._session.matter, self._chosen_id()
        return next((each for each in matter.follow_ups if each.id == id), None) if matter is not None else None

    def _show_chosen(self) -> None:
        step, matter, catalog = self._chosen(), self._session.matter, self._session.catalog
        if self.panels.currentWidget() is not self.pick:
            self.panels.setCurrentWidget(self.form if step is not None else self.nothing)
        if step is None or matter is None:
            self.form.forget()
            return
        remedy = catalog.remedies.get(step.remedy)
        letter, due, law = time_of_step(step, matter, catalog, self._letters())
        self.form.show_follow_up(
            step,
            title_of(step, catalog),
            standing_of(step, matter, self._today()),
            (remedy.learns if remedy else "") or NOT_KNOWN,
            f"{time_said(letter, due, law)} {catalog_says(remedy)}".strip(),
            letter=letter is not None,
        )

    def _forget(self) -> None:
        """Leave nothing of a matter on the screen."""
        before = self.list.blockSignals(True)
        self.list.clear()
        self.list.blockSignals(before)
        self.form.forget()
        self.pick.forget()
        self.panels.setCurrentWidget(self.nothing)

    # --- what people do

    @Slot(object)
    def _add(self, step: FollowUp) -> None:
        self.panels.setCurrentWidget(self.form)
        added = self._session.add_follow_up(step)
        self.choose(added)
        first = self.form.owner if step.remedy else self.form.note
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _leave_pick(self) -> None:
        self.panels.setCurrentWidget(self.form if self._chosen() is not None else self.nothing)
        self.pick.forget()
        self.focus_start()

    @Slot(str, str)
    def _leave_for_letter(self, letter: str, contact: str) -> None:
        """Its step comes by itself once the letter is saved."""
        self.panels.setCurrentWidget(self.form if self._chosen() is not None else self.nothing)
        self.letter_wanted.emit(letter, contact)

    @Slot(str, dict)
    def _change(self, id: str, changes: dict[str, Any]) -> None:
        matter = self._session.matter
        step = next((each for each in matter.follow_ups if each.id == id), None) if matter is not None else None
        if step is None or matter is None:
            return
        if "sent" in changes:
            _, due, _ = time_of_step(step, matter, self._session.catalog, self._letters())
            changes = {**changes, "due": due_when_sent(step, changes["sent"], due)}
        self._session.change_follow_up(step.id, **changes)

    @Slot(str)
    def _end(self, state: str) -> None:
        step = self._chosen()
        if step is None:
            return
        words = _SENTENCES[state].format(title=name_of(step, self._session.catalog))
        ended = "" if state == "open" else self._today().isoformat()
        self._session.change_follow_up(step.id, state=state, ended=ended)
        self.choose(step.id)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit(words, "Undo")

    @Slot()
    def _remove(self) -> None:
        step = self._chosen()
        if step is None:
            return
        words = f"Removed: {name_of(step, self._session.catalog)}"
        self._session.remove_follow_up(step.id)
        (self.list if self.list.count() else self.add).setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit(words, "Undo")

    @Slot()
    def _want_letter(self) -> None:
        step = self._chosen()
        if step is not None:
            self.letter_wanted.emit(step.letter, step.about)
