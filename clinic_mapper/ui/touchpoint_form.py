"""One touchpoint as a paper form: when, where, which agency, its questions, and a note."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from clinic_mapper.casefile.model import Agency, Touchpoint, answer_of
from clinic_mapper.catalog.asking import agency_question
from clinic_mapper.catalog.model import Catalog, TouchpointKind
from clinic_mapper.routing.about_relative import is_about_relative
from clinic_mapper.routing.model import ExposureMap
from clinic_mapper.routing.who_answers import told_of_contact
from clinic_mapper.ui.matter_words import Language, say
from clinic_mapper.ui.question_asked import AskedSection
from clinic_mapper.ui.question_before import BeforeOrAfter
from clinic_mapper.ui.question_date import DateEntry
from clinic_mapper.ui.question_fold import Fold
from clinic_mapper.ui.question_look import FORM_TITLE, GAP, SMALL, WIDE_GAP, plain_label, rule
from clinic_mapper.ui.question_plan import kind_label, shared_question, shared_reason, touchpoint_plan, when_question
from clinic_mapper.ui.question_sheet import QuestionSheet
from clinic_mapper.ui.question_tabs import chain
from clinic_mapper.ui.touchpoint_agency import AgencyEntry
from clinic_mapper.ui.touchpoint_note import NoteEntry
from clinic_mapper.ui.touchpoint_place import PlaceEntry

_SENTENCES = {"private": "permission", "attorney": "attorney-note", "practices": "practices-note"}


class TouchpointForm(QWidget):
    """Shows one touchpoint and takes what is told about it.

    `changed(changes)`: a dict with one of `when`, `where`, `agency`, `note`. `answered(id, answer)` and
    `practice_answered(id, answer)`: an `Answer` or None. `remove_wanted()`: the button to remove was pressed.
    """

    changed = Signal(object)
    answered = Signal(str, object)
    practice_answered = Signal(str, object)
    remove_wanted = Signal()

    def __init__(self, touchpoint: Touchpoint, catalog: Catalog, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.touchpoint = touchpoint
        self._catalog = catalog
        self._language: Language = "en"
        kind: TouchpointKind | None = catalog.touchpoints.get(touchpoint.kind)
        self._agency_question = agency_question(kind) or "agency"
        self._title = plain_label(self, size=FORM_TITLE, bold=True)
        self._unknown_kind = plain_label(self, muted=True)
        self._unknown_kind.setVisible(kind is None)
        self._about_relative = plain_label(self, bold=True)
        self._about_relative.setVisible(is_about_relative(touchpoint, kind))
        self.remove = QPushButton(self)
        self.when = DateEntry(self, as_start=kind is not None and kind.when_form == "since")
        self.place = PlaceEntry(self)
        self.agency = AgencyEntry(catalog.agency_kinds, self)
        self._asked = {
            "when": AskedSection(self.when, self.when.first, self),
            "where": AskedSection(self.place, self.place.state, self),
            "agency": AskedSection(self.agency, self.agency.kind, self),
        }
        self.before_or_after = BeforeOrAfter(self)
        self._asked["when"].add_below(self.before_or_after)
        self._exposure: ExposureMap | None = None
        self._keys = plain_label(self, size=SMALL, muted=True)
        self.questions = QuestionSheet(self)
        self.private = QuestionSheet(self)
        self.attorney = QuestionSheet(self)
        self.practices = QuestionSheet(self)
        self.folds = {
            "private": Fold(self.private, self),
            "attorney": Fold(self.attorney, self),
            "practices": Fold(self.practices, self),
        }
        self.note = NoteEntry(self)
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE_GAP, 14, WIDE_GAP, WIDE_GAP)
        column.setSpacing(GAP)
        column.addLayout(top)
        column.addWidget(self._unknown_kind)
        column.addWidget(self._about_relative)
        for section in self._asked.values():
            column.addWidget(section)
        column.addSpacing(4)
        column.addWidget(rule(self))
        column.addWidget(self._keys)
        column.addWidget(self.questions)
        for fold in self.folds.values():
            column.addWidget(fold)
        column.addWidget(self.note)
        column.addStretch(1)

    def _wire(self) -> None:
        self.when.dated.connect(lambda text: self.changed.emit({"when": text}))
        self.before_or_after.dated.connect(lambda text: self.changed.emit({"when": text}))
        self.before_or_after.not_known.connect(lambda answer: self.answered.emit("when", answer))
        self.before_or_after.go.connect(self._past_before_or_after)
        self.place.placed.connect(lambda where: self.changed.emit({"where": where}))
        self.agency.named.connect(lambda agency: self.changed.emit({"agency": agency}))
        for name, section in self._asked.items():
            section.not_known.said.connect(lambda answer, name=name: self.answered.emit(name, answer))
            section.not_known.went_on.connect(lambda name=name: self._past_not_known(name))
        self.note.noted.connect(lambda text: self.changed.emit({"note": text}))
        self.remove.clicked.connect(self.remove_wanted)
        for sheet in (self.questions, self.private, self.attorney):
            sheet.answered.connect(self.answered)
        self.practices.answered.connect(self.practice_answered)
        self.when.go_on.connect(self.place.state.setFocus)
        self.place.go_on.connect(self._past_the_place)
        self.agency.go_on.connect(lambda: self._go_past(-1, 1))
        for position, sheet in enumerate(self._sheets()):
            sheet.past.connect(lambda way, position=position: self._go_past(position, way))
        for fold, sheet in zip(self.folds.values(), self._sheets()[1:], strict=True):
            fold.opened.connect(lambda is_open, sheet=sheet: is_open and sheet.focus_end(1))

    def _sheets(self) -> tuple[QuestionSheet, ...]:
        return (self.questions, self.private, self.attorney, self.practices)

    def show_touchpoint(self, touchpoint: Touchpoint) -> None:
        """Shows what is stored; what is being typed stays."""
        self.touchpoint = touchpoint
        kind = self._catalog.touchpoints.get(touchpoint.kind)
        self._about_relative.setVisible(is_about_relative(touchpoint, kind))
        self.when.show_date(touchpoint.when)
        self._show_before_or_after()
        self.place.show_place(touchpoint.where)
        self.agency.show_agency(touchpoint.agency)
        self._asked["agency"].setVisible(self._asks_agency())
        told_whole = told_of_contact(touchpoint)
        for name, section in self._asked.items():
            section.not_known.show_answer(answer_of(touchpoint.facts.get(name)))
            section.not_known.setVisible(told_whole[name] != "whole")
        for sheet in (self.questions, self.private, self.attorney):
            sheet.show_answers(touchpoint.facts)
        self.practices.show_answers(touchpoint.practices)
        self.note.show_note(touchpoint.note)

    def _show_before_or_after(self) -> None:
        """Asks for the day that decides. An answer takes the question away: the focus stays with the date."""
        answering = self.before_or_after.has_focus()
        self.before_or_after.show_asked(self.touchpoint, self._exposure)
        if answering and self.before_or_after.choices is None:
            self.when.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_map(self, exposure: ExposureMap | None) -> None:
        """Adds the questions that the map has come to turn on.

        Those it no longer turns on, such as another state's once the place is told, go while the focus is still above
        the questions: nothing moves under the hands of somebody who answers.
        """
        self._exposure = exposure
        self._show_before_or_after()
        plan = touchpoint_plan(self.touchpoint, self._catalog, exposure)
        groups = (plan.ordinary, plan.private, plan.attorney, plan.practices)
        above = exposure is not None and self._focus_is_above()
        for sheet, questions in zip(self._sheets(), groups, strict=True):
            sheet.add_questions(questions)
            if above:
                sheet.leave_out_others(questions)
        chain(self.tab_stops())
        self.show_touchpoint(self.touchpoint)
        self._keys.setVisible(bool(self.questions.rows))
        for fold, sheet in zip(self.folds.values(), self._sheets()[1:], strict=True):
            fold.setVisible(bool(sheet.rows))
            sheet.setVisible(fold.is_open)

    def tab_stops(self) -> tuple[QWidget, ...]:
        """Every field in the order of Tab: down the page, the button to remove last."""
        parts = (("when", self.when), ("where", self.place), ("agency", self.agency))
        asked = [(name, part) for name, part in parts if name != "agency" or self._asks_agency()]
        below = {"when": self.before_or_after.tab_stops()}
        entries = [
            stop
            for name, part in asked
            for stop in (*part.tab_stops(), self._asked[name].not_known, *below.get(name, ()))
        ]
        folds = [
            (fold.button, *sheet.tab_stops())
            for fold, sheet in zip(self.folds.values(), self._sheets()[1:], strict=True)
        ]
        folded = tuple(stop for stops in folds for stop in stops)
        return (*entries, *self.questions.tab_stops(), *folded, self.note.field, self.remove)

    def show_language(self, language: Language) -> None:
        """Words everything in this language."""
        self._language = language
        label = kind_label(self.touchpoint.kind, self._catalog, language)
        asked = {
            "when": when_question(self.touchpoint.kind, self._catalog, language),
            "where": shared_question("where", self._catalog, language),
            "agency": shared_question(self._agency_question, self._catalog, language),
        }
        for name, words in asked.items():
            shared = self._agency_question if name == "agency" else name
            self._asked[name].show_words(words, shared_reason(shared, self._catalog, language), language)
        self._title.setText(label)
        self._unknown_kind.setText(say("kind-not-known", language, kind=self.touchpoint.kind))
        self._about_relative.setText(say("about-relative", language))
        self.remove.setText(say("remove", language))
        self.remove.setAccessibleName(say("remove-name", language, touchpoint=label))
        self.when.show_language(language, asked["when"])
        self.before_or_after.show_language(language)
        self.place.show_language(language, asked["where"])
        self.agency.show_language(language, asked["agency"])
        self._keys.setText(say("keys", language))
        for sheet in self._sheets():
            sheet.show_language(language)
        for name, sentence in _SENTENCES.items():
            self.folds[name].show_words(say(name, language), say(sentence, language))
        self.note.show_language(language)

    def focus_start(self) -> None:
        """Puts the focus on the date, where a new touchpoint begins."""
        self.when.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_on(self, kind: str, name: str) -> None:
        """Puts the focus where something is asked: `date`, `place`, or a question by its id; folds open for it."""
        if kind == "date" and self.before_or_after.choices is not None:
            self.before_or_after.take_focus()
        elif kind == "date":
            self.focus_start()
        elif kind == "place":
            self.place.state.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            for sheet, fold in zip(self._sheets(), (None, *self.folds.values()), strict=True):
                if name in sheet.rows:
                    if fold is not None:
                        fold.open()
                    sheet.focus_question(name)

    def half_typed(self) -> dict[str, str]:
        """What was typed and is not yet stored, as `part/field`."""
        parts: dict[str, Mapping[str, str]] = {
            "when": self.when.half_typed(),
            "where": self.place.half_typed(),
            "agency": self.agency.half_typed(),
            "note": self.note.half_typed(),
        }
        for name, sheet in zip(("questions", *self.folds), self._sheets(), strict=True):
            parts[name] = sheet.half_typed()
        return {f"{part}/{field}": text for part, fields in parts.items() for field, text in fields.items()}

    def restore(self, typed: Mapping[str, str]) -> None:
        """Puts half-typed fields back, and the focus where somebody was typing."""
        for name, entry in (("when", self.when), ("where", self.place), ("agency", self.agency), ("note", self.note)):
            mine = _part(typed, name)
            if mine:
                entry.restore(mine)
        for name, sheet in zip(("questions", *self.folds), self._sheets(), strict=True):
            sheet.restore(_part(typed, name))
        fields = {
            "note": self.note.field,
            "when": self.when.first,
            "where": self.place.state,
            "agency": self.agency.name,
        }
        begun = [field for name, field in fields.items() if _part(typed, name)]
        (begun or [self.when.first])[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_is_above(self) -> bool:
        """Whether somebody is at the date, the place or the agency, or not on this form at all."""
        focused = QApplication.focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            return True
        return any(section.isAncestorOf(focused) for section in self._asked.values())

    def _asks_agency(self) -> bool:
        """Whether there is an agency to ask for, or one was told all the same."""
        kind = self._catalog.touchpoints.get(self.touchpoint.kind)
        return agency_question(kind) is not None or self.touchpoint.agency != Agency()

    def _past_not_known(self, name: str) -> None:
        if name == "when":
            self.place.state.setFocus()
        elif name == "where":
            self._past_the_place()
        else:
            self._go_past(-1, 1)

    def _past_before_or_after(self, way: int) -> None:
        (self.place.state if way > 0 else self.when.first).setFocus()

    def _past_the_place(self) -> None:
        if self._asks_agency():
            self.agency.kind.setFocus()
        else:
            self._go_past(-1, 1)

    def _go_past(self, position: int, way: int) -> None:
        """On to the next open sheet, at last to the note; up from the first question, back to the agency.

        Enter passes over what is folded, so that nobody opens it by going on; Tab stops there.
        """
        sheets = self._sheets()
        folds: tuple[Fold | None, ...] = (None, *self.folds.values())
        position += way
        while 0 <= position < len(sheets):
            fold = folds[position]
            if sheets[position].rows and (fold is None or fold.is_open):
                sheets[position].focus_end(way)
                return
            position += way
        if way < 0:
            above = self.agency.name if self._asks_agency() else self.place.city
            above.setFocus(Qt.FocusReason.BacktabFocusReason)
        else:
            self.note.take_focus()


def _part(typed: Mapping[str, str], name: str) -> dict[str, str]:
    return {key.removeprefix(f"{name}/"): text for key, text in typed.items() if key.startswith(f"{name}/")}
