"""The open matter, its undo stack and its live map. Views listen to it and send it commands; it holds no rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from clinic_mapper.casefile.model import Answer, FollowUp, Identifier, Matter, Touchpoint, Verdict
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.problem import Problem
from clinic_mapper.routing.explanation import Explanation
from clinic_mapper.routing.live import LiveMap
from clinic_mapper.routing.model import AskNext, ExposureMap
from clinic_mapper.ui.background import Jobs
from clinic_mapper.ui.next_question import NextQuestions, still_asked

UNDO_STEPS = 200
Save = Callable[[Matter], str]


class CaseSession(QObject):
    """One matter at a time, or none. Every command makes a new matter, saves it and then maps it.

    Commands raise nothing that a person could mend: a save that fails is told by `failed`, what was typed stays here,
    and the next command, or `save_again`, saves it all. A field that is taken off the screen while it has the focus
    still sends what was typed: a command about a matter or touchpoint that is gone changes nothing.

    Signals: `matter_changed(Matter | None)` · `map_changed(ExposureMap | None)`, once for all commands of one turn of
    the event loop · `next_changed(ExposureMap)`: what to ask next is worked out; until then the map holds what is left
    of the earlier questions · `saved(str)`, the time, only once it is true; "" where nothing is kept ·
    `failed(Problem)` · `line_selected(str)`, `touchpoint_selected(str)` · `catalog_changed()`: another catalog is
    in use · `look_up_wanted(kind, id)`: somebody wants to read this row of it ·
    `steps_wanted(line)`: somebody wants to see what can be done about this line · `closed()`.
    """

    matter_changed = Signal(object)
    map_changed = Signal(object)
    next_changed = Signal(object)
    saved = Signal(str)
    failed = Signal(object)
    line_selected = Signal(str)
    touchpoint_selected = Signal(str)
    catalog_changed = Signal()
    look_up_wanted = Signal(str, str)
    steps_wanted = Signal(str)
    closed = Signal()

    def __init__(
        self,
        catalog: Catalog,
        today: Callable[[], date],
        save: Save,
        parent: QObject | None = None,
        jobs: Jobs | None = None,
    ) -> None:
        """`save` writes a matter and returns the time, such as "10:42", once it is on the disk; it raises `Problem`.

        `jobs`: where it is worked out what to ask next; without them at once.
        """
        super().__init__(parent)
        self._catalog = catalog
        self._today = today
        self._save = save
        self._live = LiveMap()
        self._next = NextQuestions(jobs or Jobs(self, inline=True), self)
        self._next.found.connect(self._asked)
        self._map_soon = QTimer(self)
        self._map_soon.setSingleShot(True)
        self._map_soon.timeout.connect(self._map)
        self._forget()

    def _forget(self) -> None:
        self._live.forget()
        self._next.forget()
        self._matter: Matter | None = None
        self._exposure: ExposureMap | None = None
        self._undone: list[Matter] = []
        self._before: list[Matter] = []
        self._highest, self._highest_step = 0, 0
        self._unsaved = False
        self._line = ""
        self._touchpoint = ""

    @property
    def catalog(self) -> Catalog:
        """What is known."""
        return self._catalog

    def use_catalog(self, catalog: Catalog) -> None:
        """Put another catalog in the place of the one in use; an open matter is mapped by it."""
        if catalog is self._catalog:
            return
        self._catalog = catalog
        self.catalog_changed.emit()
        if self._matter is not None:
            self._map_soon.start(0)

    @property
    def matter(self) -> Matter | None:
        """The open matter."""
        return self._matter

    @property
    def exposure(self) -> ExposureMap | None:
        """The map of the open matter, as of the last `map_changed`."""
        return self._exposure

    @property
    def working_out_next(self) -> bool:
        """Whether it is still being worked out what to ask next."""
        return self._next.busy

    def explain(self, route: str) -> Explanation | None:
        """Why a route of that map stands as it does."""
        return self._live.explain(route)

    @property
    def selected_line(self) -> str:
        """The line that list, picture and details speak of; "" if none."""
        return self._line

    @property
    def selected_touchpoint(self) -> str:
        """The touchpoint whose questions are shown; "" for the questions about the client."""
        return self._touchpoint

    @property
    def unsaved(self) -> bool:
        """Whether the last save failed, so that something is here and nowhere else."""
        return self._unsaved

    @property
    def can_undo(self) -> bool:
        """Whether there is an earlier form of the matter to go back to."""
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        """Whether something was undone and nothing changed since."""
        return bool(self._undone)

    def open(self, matter: Matter, earlier: Iterable[Matter] = ()) -> None:
        """Take up a matter that is saved already. `earlier`: its earlier forms, oldest first, for undo."""
        self._forget()
        self._matter = matter
        self._before = list(earlier)[-UNDO_STEPS:]
        forms = (matter, *self._before)
        self._highest = max(_highest_number("t", (each.id for each in form.touchpoints)) for form in forms)
        self._highest_step = max(_highest_number("f", (each.id for each in form.follow_ups)) for form in forms)
        self._read(matter)
        self.matter_changed.emit(matter)
        self.map_changed.emit(self._exposure)

    def take_over(self, changed: Matter) -> None:
        """Put this form of the open matter in its place: one that could not be saved before."""
        self._change(lambda _: changed)

    @Slot()
    def close(self) -> None:
        """Let go of the matter and of all that follows from it. What could not be saved is lost: see `unsaved`."""
        self._map_soon.stop()
        self._forget()
        self.matter_changed.emit(None)
        self.map_changed.emit(None)
        self.closed.emit()

    def answer_client(self, question_id: str, answer: Answer | None) -> None:
        """Answer a question about the client; None puts it back to not asked."""
        self._change(lambda matter: replace(matter, client=_with_answer(matter.client, question_id, answer)))

    def add_touchpoint(self, kind_id: str) -> str:
        """Add a touchpoint of which nothing is known yet; returns its id: t1, t2, …, never one that was used before."""
        self._highest += 1
        added = Touchpoint(id=f"t{self._highest}", kind=kind_id)
        self._change(lambda matter: replace(matter, touchpoints=(*matter.touchpoints, added)))
        return added.id

    def change_touchpoint(self, touchpoint: Touchpoint | str, **changes: Any) -> None:
        """Put a changed touchpoint in the place of the one with its id, or change these fields of the one named."""
        if isinstance(touchpoint, str):
            self._change_touchpoint(touchpoint, lambda before: replace(_still_unknown(before, changes), **changes))
        else:
            self._change_touchpoint(touchpoint.id, lambda _: touchpoint)

    def answer(self, touchpoint_id: str, question_id: str, answer: Answer | None) -> None:
        """Answer a question about a touchpoint; None puts it back to not asked."""
        self._change_touchpoint(
            touchpoint_id, lambda before: replace(before, facts=_with_answer(before.facts, question_id, answer))
        )

    def answer_practice(self, touchpoint_id: str, practice_id: str, answer: Answer | None) -> None:
        """Say what the clinic knows about this agency's practice; None: nothing."""
        self._change_touchpoint(
            touchpoint_id, lambda before: replace(before, practices=_with_answer(before.practices, practice_id, answer))
        )

    def remove_touchpoint(self, touchpoint_id: str) -> None:
        """Remove a touchpoint and the verdicts on its routes; undo brings both back. Its follow-ups stay, about all."""
        self._change(
            lambda matter: replace(
                matter,
                touchpoints=tuple(each for each in matter.touchpoints if each.id != touchpoint_id),
                set_aside=tuple(each for each in matter.set_aside if not each.route.startswith(f"{touchpoint_id}.")),
                follow_ups=tuple(
                    replace(each, about="") if each.about == touchpoint_id else each for each in matter.follow_ups
                ),
            )
        )

    def add_follow_up(self, follow_up: FollowUp) -> str:
        """Add a follow-up under an id of its own, which is returned: f1, f2, …, never one that was used before."""
        self._highest_step += 1
        added = replace(follow_up, id=f"f{self._highest_step}")
        self._change(lambda matter: replace(matter, follow_ups=(*matter.follow_ups, added)))
        return added.id

    def change_follow_up(self, id: str, **changes: Any) -> None:
        """Change these fields of a follow-up; one that is gone stays gone."""
        self._change(
            lambda matter: replace(
                matter,
                follow_ups=tuple(replace(each, **changes) if each.id == id else each for each in matter.follow_ups),
            )
        )

    def remove_follow_up(self, id: str) -> None:
        """Remove a follow-up; undo brings it back."""
        self._change(
            lambda matter: replace(matter, follow_ups=tuple(each for each in matter.follow_ups if each.id != id))
        )

    def set_note(self, note: str) -> None:
        """Keep a note on the matter."""
        self._change(lambda matter: replace(matter, note=note))

    def set_identifiers(self, identifiers: tuple[Identifier, ...]) -> None:
        """Keep the names and numbers that no exported file may contain."""
        self._change(lambda matter: replace(matter, identifiers=tuple(identifiers)))

    @Slot(str, str)
    def set_aside(self, route_id: str, reason: str) -> None:
        """Set a route aside with a reason; without one, take the verdict back."""
        given = (Verdict(route=route_id, reason=reason),) if reason.strip() else ()

        def changed(matter: Matter) -> Matter:
            others = tuple(each for each in matter.set_aside if each.route != route_id)
            return replace(matter, set_aside=others + given)

        self._change(changed)

    @Slot()
    def undo(self) -> None:
        """Go back to the matter before the last change; nothing happens where there is none."""
        if self._matter is not None and self._before:
            self._undone.append(self._matter)
            self._show(self._before.pop())

    @Slot()
    def redo(self) -> None:
        """Take back the last undo; nothing happens where there is none."""
        if self._matter is not None and self._undone:
            self._before.append(self._matter)
            self._show(self._undone.pop())

    @Slot()
    def save_again(self) -> bool:
        """Try once more what could not be saved; True if nothing is left unsaved."""
        if self._unsaved and self._matter is not None:
            self._store(self._matter)
        return not self._unsaved

    @Slot(str)
    def select_line(self, line_id: str) -> None:
        """Let list, picture and details speak of this line; "" of none."""
        if line_id != self._line:
            self._line = line_id
            self.line_selected.emit(line_id)

    @Slot(str)
    def select_touchpoint(self, touchpoint_id: str) -> None:
        """Show the questions of this touchpoint; "" those about the client."""
        if touchpoint_id != self._touchpoint:
            self._touchpoint = touchpoint_id
            self.touchpoint_selected.emit(touchpoint_id)

    @Slot(str, str)
    def look_up(self, kind: str, id: str) -> None:
        """Let the window show a row of the catalog."""
        self.look_up_wanted.emit(kind, id)

    @Slot()
    def want_steps(self) -> None:
        """Let the window show what can be done about the line that list and picture speak of."""
        if self._line:
            self.steps_wanted.emit(self._line)

    def _change_touchpoint(self, touchpoint_id: str, change: Callable[[Touchpoint], Touchpoint]) -> None:
        self._change(
            lambda matter: replace(
                matter,
                touchpoints=tuple(change(each) if each.id == touchpoint_id else each for each in matter.touchpoints),
            )
        )

    def _change(self, change: Callable[[Matter], Matter]) -> None:
        before = self._matter
        changed = change(before) if before is not None else None
        if before is None or changed is None or changed == before:
            return
        self._before = [*self._before[1 - UNDO_STEPS :], before]
        self._undone.clear()
        self._show(changed)

    def _show(self, matter: Matter) -> None:
        self._matter = matter
        self._store(matter)
        if self._matter is not matter:
            return  # whoever heard of the failure closed or changed the matter meanwhile
        self._map_soon.start(0)
        self.matter_changed.emit(matter)

    def _store(self, matter: Matter) -> None:
        self._unsaved = True
        try:
            when = self._save(matter)
        except Problem as problem:
            self.failed.emit(problem)
            return
        self._unsaved = False
        self.saved.emit(when)

    @Slot()
    def _map(self) -> None:
        if self._matter is None:
            return
        exposure = self._read(self._matter)
        if self._line and all(line.id != self._line for line in exposure.lines):
            self.select_line("")
        if self._touchpoint and all(each.id != self._touchpoint for each in self._matter.touchpoints):
            self.select_touchpoint("")
        self.map_changed.emit(self._exposure)

    def _read(self, matter: Matter) -> ExposureMap:
        today = self._today()
        exposure = self._live.map(matter, self._catalog, today, ask=False)
        self._exposure = exposure = replace(exposure, ask_next=still_asked(self._exposure, exposure))
        self._next.work_out(matter, self._catalog, today)
        return exposure

    @Slot(object)
    def _asked(self, asks: tuple[AskNext, ...]) -> None:
        if self._exposure is not None:
            self._exposure = replace(self._exposure, ask_next=asks)
            self.next_changed.emit(self._exposure)


def _still_unknown(touchpoint: Touchpoint, told: Mapping[str, Any]) -> Touchpoint:
    """The touchpoint without the word that nobody knew what is told now."""
    facts = {name: given for name, given in touchpoint.facts.items() if name not in told}
    return replace(touchpoint, facts=facts)


def _with_answer(answers: dict[str, Answer | str], question_id: str, answer: Answer | None) -> dict[str, Answer | str]:
    if answer is not None:
        return {**answers, question_id: answer}
    return {question: given for question, given in answers.items() if question != question_id}


def _highest_number(letter: str, ids: Iterable[str]) -> int:
    numbered = (re.fullmatch(rf"{letter}(\d+)", id) for id in ids)
    return max((int(found[1]) for found in numbered if found), default=0)
