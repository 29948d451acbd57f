"""The form for a note of the clinic. It says what is still needed, and takes nothing that the catalog cannot hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic_mapper.casefile.dates import in_words
from clinic_mapper.catalog.model import Catalog, CatalogFile
from clinic_mapper.catalog.notes import Note, faults_of, missing_in, rows_of, with_note
from clinic_mapper.problem import Problem
from clinic_mapper.ui import ask
from clinic_mapper.ui.keeper import Keeper
from clinic_mapper.ui.layer_words import IN_VAULT, notes_refused
from clinic_mapper.ui.look import GAP, WIDE, Column, Text, beside, button, calm, page_of, rule, title
from clinic_mapper.ui.messages import MessageBar
from clinic_mapper.ui.note_fields import ChoiceField, Field
from clinic_mapper.ui.note_parts import CorrectedPart, LawPart, Part, PracticePart, StepPart, ToldPart
from clinic_mapper.ui.note_words import (
    CORRECTED,
    KEPT_AT_LOCK,
    KINDS,
    LAW,
    NAMES_PRINT,
    NAMES_SOMEBODY,
    NO_NAMES,
    PRACTICE,
    STEP,
    Start,
    read_back,
    start_of,
    unprintable,
)

_SHOWN_AT_ONCE = 2
Typed = dict[str, dict[str, str]]
"""What stands in the fields, by part and field."""


class _HalfTyped(msgspec.Struct, frozen=True):
    """A form that was set aside. `origin`: kind and id of the row from which it was begun."""

    origin: tuple[str, str]
    typed: Typed


class NotePage(QWidget):
    """`back_wanted()`: noted, or set aside as it is. What is half typed stays, and is asked for at the lock."""

    back_wanted = Signal()

    def __init__(
        self, keeper: Keeper, messages: MessageBar, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName("A note of the clinic")
        self._keeper, self._messages, self._today = keeper, messages, today
        self._origin = ("", "")
        self._start = Start()
        self._fresh: Typed = {}
        self._took_up = False
        self._column = Column(self, letters=80)
        self.what = ChoiceField("What is it", KINDS, self._column, "")
        self.parts: dict[str, Part] = {
            PRACTICE: PracticePart(self._catalog, self._column),
            STEP: StepPart(self._column),
            CORRECTED: CorrectedPart(self._column),
            LAW: LawPart(self._catalog, self._column),
        }
        self.told = ToldPart(self._column)
        self.state = Text("", self)
        self.save = button("&Save the note", self)
        self.back = button("&Back", self)
        self._build()
        self._wire()
        self._reset(Start())

    def _build(self) -> None:
        rows = self._column.rows
        rows.addWidget(title("A note of the clinic", self._column))
        rows.addWidget(calm(f"{NO_NAMES} {KEPT_AT_LOCK}", self._column))
        rows.addSpacing(GAP)
        label = Text(self.what.name, self._column)
        label.setBuddy(self.what)
        rows.addWidget(label)
        rows.addWidget(self.what)
        for part in (*self.parts.values(), self.told):
            rows.addWidget(part)
        body = QWidget(self)
        self._area = page_of(self._column, body)
        foot = QVBoxLayout()
        foot.setContentsMargins(WIDE, 0, WIDE, GAP)
        foot.addWidget(rule(self))
        foot.addWidget(self.state)
        foot.addLayout(beside(self.save, self.back))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(body, 1)
        whole.addLayout(foot)
        self.state.setAccessibleName("What is still needed, or what the note will say")

    def _wire(self) -> None:
        self.what.settled.connect(self._turn)
        self.what.went_on.connect(lambda: self._go_on(self.what))
        for part in (*self.parts.values(), self.told):
            part.changed.connect(self._judge)
            part.settled.connect(self._judge_fully)
            part.went_on.connect(self._go_on)
        self.save.clicked.connect(self._save)
        self.back.clicked.connect(self.back_wanted)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.back_wanted)

    # --- beginning, setting aside, forgetting

    def begin(self, kind: str, id: str) -> None:
        """Begin from a row of the catalog, or go on with what is half typed."""
        self._take_up()
        if self.half_typed:
            again = (kind, id) == self._origin
            if again or not ask.confirm(
                self.window(), "A note is half typed.", "Begin a new one", "Go on with it", "It would be lost."
            ):
                return
        self._origin = (kind, id)
        self._reset(start_of(self._catalog, kind, id))

    @property
    def half_typed(self) -> bool:
        """Whether something was typed since the form was begun."""
        return self._typed() != self._fresh

    def half_typed_as_text(self) -> str:
        """What was typed since the form was begun, for `_take_up`; what was kept before, if nobody took it up."""
        if not self._took_up and self._keeper.layers is not None:
            return self._keeper.layers.half_typed()
        typed = _HalfTyped(self._origin, self._typed())
        return msgspec.json.encode(typed).decode() if self.half_typed else ""

    def _take_up(self) -> None:
        """Put back what was half typed at the last lock, once after each unlocking."""
        layers = self._keeper.layers
        if self._took_up or layers is None:
            return
        self._took_up = True
        try:
            kept = msgspec.json.decode(layers.half_typed(), type=_HalfTyped)
        except (Problem, msgspec.DecodeError):
            return  # nothing, or what another version wrote
        self._origin = kept.origin
        self._reset(start_of(self._catalog, *kept.origin))
        self.what.put(kept.typed.get("what", {}).get("what", PRACTICE))
        for name, part in {**self.parts, "told": self.told}.items():
            part.put(kept.typed.get(name, {}))
        self._turn()

    def forget(self) -> None:
        """Leave nothing of a vault on the page."""
        self._took_up = False
        self._clear()

    def _clear(self) -> None:
        self._origin = ("", "")
        self._reset(Start())

    def focus_start(self) -> None:
        """On the first field that is to be filled, with what is still needed said."""
        self._judge_fully()
        first = next((field for field in self._fields()[1:] if not field.typed()), self.what)
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._area.verticalScrollBar().setValue(0)
        QTimer.singleShot(0, self, partial(self._area.ensureWidgetVisible, first))  # once the parts have their places

    def _typed(self) -> Typed:
        parts = {**self.parts, "told": self.told}
        return {"what": {"what": self.what.typed()}, **{name: part.typed() for name, part in parts.items()}}

    def _reset(self, start: Start) -> None:
        self._start = start
        self.what.offer([*KINDS, (CORRECTED, "This step, corrected")] if start.flow else KINDS)
        self.what.put(start.what)
        for part in (*self.parts.values(), self.told):
            part.put({})
            part.begin(start, self._catalog)
        self.told.day.today = self._today()
        self.told.day.put(in_words(self._today().isoformat()))
        self._fresh = self._typed()
        self._turn()

    # --- while it is typed

    @property
    def _catalog(self) -> Catalog:
        return self._keeper.session.catalog

    def _part(self) -> Part:
        return self.parts[self.what.typed()]

    def _fields(self) -> list[Field]:
        return [self.what, *self._part().fields.values(), *self.told.fields.values()]

    @Slot()
    def _turn(self) -> None:
        for name, part in self.parts.items():
            part.setVisible(name == self.what.typed())
        self._judge()

    @Slot(object)
    def _go_on(self, field: Field) -> None:
        """Enter: to the next field, and from the last one to the button, if the note can be saved."""
        fields = self._fields()
        at = fields.index(field) + 1
        if at < len(fields):
            fields[at].setFocus(Qt.FocusReason.OtherFocusReason)
            self._area.ensureWidgetVisible(fields[at])
            return
        self._judge_fully()
        if self.save.isEnabled():
            self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _words(self) -> list[str]:
        return [*self._part().typed().values(), *self.told.typed().values()]

    def _note(self) -> Note:
        return self._part().note(self.told.told())

    def _lacking(self) -> Iterator[str]:
        """What keeps the note from being saved, as far as can be told with every key."""
        if self._keeper.layers is None:
            yield IN_VAULT
        elif (refused := notes_refused(self._keeper.refused)) is not None:
            yield f"The clinic's notes are not in use, so that none can be added: {refused.problem.sentence}"
        yield from self._part().troubles()
        yield from self.told.troubles()
        yield from missing_in(self._note())

    @Slot()
    def _judge(self) -> None:
        self._say(list(dict.fromkeys(self._lacking())))

    @Slot()
    def _judge_fully(self) -> None:
        """With all that the note would break in the catalog: heavier, so when a field is left and not with each key."""
        lacking = list(dict.fromkeys(self._lacking()))
        self._say(lacking or faults_of(self._note(), self._catalog) or unprintable(self._words()))

    def _say(self, lacking: list[str]) -> None:
        self.save.setEnabled(not lacking)
        if not lacking:
            self.state.setText(read_back(self._note(), self._catalog))
            return
        more = len(lacking) - _SHOWN_AT_ONCE
        said = [*lacking[:_SHOWN_AT_ONCE], *([f"And {more} more."] if more > 0 else [])]
        self.state.setText(" ".join(said))

    # --- keeping it

    @Slot()
    def _save(self) -> None:
        self._judge_fully()
        layers, note = self._keeper.layers, self._note()
        if layers is None or not self.save.isEnabled():
            return
        try:
            if self._keeper.names_somebody("\n".join(self._words())) and not ask.confirm(
                self.window(), NAMES_SOMEBODY, "Save it all the same", "Change it", NAMES_PRINT
            ):
                return
            before = layers.notes()
            layers.put_notes(with_note(before, rows_of(note, self._catalog)))
        except Problem as problem:
            self.state.setText(problem.sentence)
            return
        self._keeper.relayer()
        self._clear()
        self.back_wanted.emit()
        refused = notes_refused(self._keeper.refused)
        words = (
            "Noted; in use from now on." if refused is None else f"Noted, but not in use. {refused.problem.sentence}"
        )
        self._messages.say(words, "Undo", partial(self._put_back, before))

    def _put_back(self, before: CatalogFile) -> None:
        layers = self._keeper.layers
        if layers is None:
            return
        try:
            layers.put_notes(before)
        except Problem as problem:
            self._messages.show_problem(problem)
            return
        self._keeper.relayer()
