"""About the client: custody first, then what immigration may already have, then what else would settle a line."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from clinic_mapper.casefile.model import Matter, answer_of
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.routing.model import Derived, ExposureMap
from clinic_mapper.ui.matter_custody import CustodyBox
from clinic_mapper.ui.matter_words import Language, say
from clinic_mapper.ui.question_fold import Fold
from clinic_mapper.ui.question_look import FORM_TITLE, GAP, HEADING, SMALL, WIDE_GAP, plain_label
from clinic_mapper.ui.question_plan import CUSTODY, DHS_HOLDS, client_plan, kind_label
from clinic_mapper.ui.question_row import QuestionRow
from clinic_mapper.ui.question_sheet import QuestionSheet
from clinic_mapper.ui.question_tabs import chain


class ClientForm(QWidget):
    """Shows what is asked once about the client. `answered(id, answer)`; `pick_wanted()`: on to the touchpoints."""

    answered = Signal(str, object)
    pick_wanted = Signal()

    def __init__(self, matter: Matter, catalog: Catalog, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._matter = matter
        self._catalog = catalog
        self._in_hand = False
        self._language: Language = "en"
        self._title = plain_label(self, size=FORM_TITLE, bold=True)
        self._keys = plain_label(self, size=SMALL, muted=True)
        names = ("before-all", "dhs-holds", "also")
        self._headings = {name: plain_label(self, size=HEADING, bold=True) for name in names}
        self.first = QuestionSheet(self)
        self.custody = CustodyBox(catalog, self)
        self.later = QWidget(self)
        self.holds = QuestionSheet(self.later)
        self.also = QuestionSheet(self.later)
        self.private = QuestionSheet(self.later)
        self.attorney = QuestionSheet(self.later)
        self.folds = {"private": Fold(self.private, self.later), "attorney": Fold(self.attorney, self.later)}
        self.pick = QPushButton(self.later)
        self._kept_heading = plain_label(self.later, size=HEADING, bold=True)
        self.kept = plain_label(self.later)
        self._lay_out()
        self._wire()
        self._add_first_questions()

    def _lay_out(self) -> None:
        later = QVBoxLayout(self.later)
        later.setContentsMargins(0, 0, 0, 0)
        later.setSpacing(GAP)
        first: tuple[QWidget, ...] = (self._headings["dhs-holds"], self.holds, self._headings["also"], self.also)
        for part in first:
            later.addWidget(part)
        later.addSpacing(10)
        later.addWidget(self.pick, 0, Qt.AlignmentFlag.AlignLeft)
        for fold in self.folds.values():
            later.addWidget(fold)
        later.addWidget(self._kept_heading)
        later.addWidget(self.kept)
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE_GAP, 14, WIDE_GAP, WIDE_GAP)
        column.setSpacing(GAP)
        for part in (self._title, self._keys, self._headings["before-all"], self.first, self.custody, self.later):
            column.addWidget(part)
        column.addStretch(1)

    def _wire(self) -> None:
        self.pick.setAutoDefault(True)
        self.pick.clicked.connect(self.pick_wanted)
        self.custody.go_on.connect(self._take_in_hand)
        for sheet in self._sheets():
            sheet.answered.connect(self.answered)
        self.first.past.connect(self._after_first)
        self.holds.past.connect(lambda way: self._after_holds() if way > 0 else self.first.focus_end(-1))
        self.also.past.connect(lambda way: self.pick.setFocus() if way > 0 else self.holds.focus_end(-1))
        for fold, sheet in ((self.folds["private"], self.private), (self.folds["attorney"], self.attorney)):
            fold.opened.connect(lambda is_open, sheet=sheet: is_open and sheet.focus_end(1))
            sheet.past.connect(lambda way, fold=fold: fold.button.setFocus() if way < 0 else self.pick.setFocus())

    def _sheets(self) -> tuple[QuestionSheet, ...]:
        return (self.first, self.holds, self.also, self.private, self.attorney)

    def _add_first_questions(self) -> None:
        questions = self._catalog.client_questions
        self.first.add_questions([questions[CUSTODY]] if CUSTODY in questions else [])
        self.holds.add_questions([questions[name] for name in DHS_HOLDS if name in questions])

    def show_matter(self, matter: Matter) -> None:
        """Shows what is stored; what is being typed stays."""
        self._matter = matter
        for sheet in self._sheets():
            sheet.show_answers(matter.client)
        custody = answer_of(matter.client.get(CUSTODY))
        now = custody is not None and custody.value == "now"
        self.custody.setVisible(now and not self._in_hand)
        self.later.setVisible(not now or self._in_hand)

    def show_map(self, exposure: ExposureMap | None) -> None:
        """Adds the questions that the map has come to turn on, and says what this catalog does not know."""
        plan = client_plan(self._matter, self._catalog, exposure)
        self.also.add_questions(plan.ordinary)
        self.private.add_questions(plan.private)
        self.attorney.add_questions(plan.attorney)
        chain(self.tab_stops())
        self._headings["also"].setVisible(bool(self.also.rows))
        for fold, sheet in ((self.folds["private"], self.private), (self.folds["attorney"], self.attorney)):
            fold.setVisible(bool(sheet.rows))
            sheet.setVisible(fold.is_open)
        self._show_derived(exposure)
        kept = exposure.not_in_catalog if exposure else ()
        self._kept_heading.setVisible(bool(kept))
        self.kept.setVisible(bool(kept))
        self.kept.setText("\n".join(f"•  {sentence}" for sentence in kept))
        self.show_matter(self._matter)

    def tab_stops(self) -> tuple[QWidget, ...]:
        """Every field in the order of Tab: down the page."""
        asked = (*self.first.tab_stops(), self.custody.button, *self.holds.tab_stops(), *self.also.tab_stops())
        private = (self.folds["private"].button, *self.private.tab_stops())
        attorney = (self.folds["attorney"].button, *self.attorney.tab_stops())
        return (*asked, self.pick, *private, *attorney)

    def _show_derived(self, exposure: ExposureMap | None) -> None:
        """Says under a question what touchpoints already tell, and where that differs from the direct answer."""
        derived = {each.client: each for each in exposure.derived} if exposure else {}
        for sheet in self._sheets():
            for name, row in sheet.rows.items():
                row.show_note(self._reason(derived[name], row) if name in derived else "")

    def _reason(self, derived: Derived, row: QuestionRow) -> str:
        kinds = {touchpoint.id: touchpoint.kind for touchpoint in self._matter.touchpoints}
        labels = [kind_label(kinds.get(each, each), self._catalog, self._language) for each in derived.from_touchpoints]
        key = "conflict" if derived.conflict else "derived"
        return say(key, self._language, touchpoints=", ".join(labels), value=row.words_of(derived.value))

    def show_language(self, language: Language) -> None:
        """Words everything in this language."""
        self._language = language
        self._title.setText(say("about-client", language))
        self._keys.setText(say("keys", language))
        for name, label in self._headings.items():
            label.setText(say(name, language))
        self.pick.setText(say("go-to-pick", language))
        self.pick.setAccessibleName(say("go-to-pick", language))
        self._kept_heading.setText(say("kept", language))
        self.custody.show_language(language)
        for sheet in self._sheets():
            sheet.show_language(language)
        for name, sentence in (("private", "permission"), ("attorney", "attorney-note")):
            self.folds[name].show_words(say(name, language), say(sentence, language))

    def focus_start(self) -> None:
        """Puts the focus on the first question."""
        self.first.focus_end(1)

    def focus_on(self, kind: str, name: str) -> None:
        """Puts the focus on a question by its id, or on its `date`; folds open for it."""
        if not self.first.focus_question(name):
            self._take_in_hand()
        for sheet in (self.holds, self.also):
            if kind == "date":
                sheet.focus_start_of(name)
            else:
                sheet.focus_question(name)
        for fold, sheet in ((self.folds["private"], self.private), (self.folds["attorney"], self.attorney)):
            if name in sheet.rows:
                fold.open()
                sheet.focus_question(name)

    def half_typed(self) -> dict[str, str]:
        """What was typed beside answers and is not yet stored."""
        return {key: text for sheet in self._sheets() for key, text in sheet.half_typed().items()}

    def restore(self, typed: Mapping[str, str]) -> None:
        """Puts half-typed fields back."""
        for sheet in self._sheets():
            sheet.restore(typed)

    def _take_in_hand(self) -> None:
        if not self._in_hand and not self.later.isVisibleTo(self):
            self._in_hand = True
            self.show_matter(self._matter)
            self.holds.focus_end(1)

    def _after_first(self, way: int) -> None:
        if way < 0:
            return
        if self.custody.isVisibleTo(self):
            self.custody.button.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.holds.focus_end(1)

    def _after_holds(self) -> None:
        if not self.also.focus_end(1):
            self.pick.setFocus(Qt.FocusReason.TabFocusReason)
