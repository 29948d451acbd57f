"""The parts of a note's form: one for each kind of note, and one for who told it. Each makes its part of the note."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic_mapper.casefile.dates import in_words
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.catalog.notes import CorrectedStep, Note, NotedLaw, NotedPractice, NotedStep, Told
from clinic_mapper.catalog.references import in_order
from clinic_mapper.ui.look import GAP, Text, calm, heading
from clinic_mapper.ui.note_fields import (
    ChecksField,
    ChoiceField,
    DayField,
    Field,
    FindField,
    LineField,
    SentenceField,
    YesNoField,
)
from clinic_mapper.ui.note_place import AgencyField, PlaceField
from clinic_mapper.ui.note_words import (
    DUTIES,
    TIMINGS,
    Start,
    data_rows,
    known_rows,
    mechanism_rows,
    mode_in_words,
    mode_rows,
    span_in_words,
    step_in_words,
    system_rows,
)


class Part(QWidget):
    """Some fields below each other. `changed()`, `settled()` and `went_on(Field)` as the fields say."""

    changed = Signal()
    settled = Signal()
    went_on = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.fields: dict[str, Field] = {}
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, GAP, 0, 0)
        self.rows.setSpacing(2)

    def add(self, key: str, field: Field, below: str = "") -> None:
        """Put a field under its name, with a sentence that explains it."""
        label = Text(field.name, self)
        label.setBuddy(field)
        self.rows.addWidget(label)
        if below:
            self.rows.addWidget(calm(below, self))
        self.rows.addWidget(field)
        self.rows.addSpacing(GAP // 2)
        self.fields[key] = field
        field.changed.connect(self.changed)
        field.settled.connect(self.settled)
        field.went_on.connect(lambda: self.went_on.emit(field))

    def typed(self) -> dict[str, str]:
        """What stands in the fields, those left out in which nothing does."""
        return {key: text for key, field in self.fields.items() if (text := field.typed())}

    def put(self, typed: dict[str, str]) -> None:
        """Let this stand in the fields, and nothing in the others."""
        for key, field in self.fields.items():
            field.put(typed.get(key, ""))

    def begin(self, start: Start, catalog: Catalog) -> None:
        """Offer what the catalog holds, with the row chosen from which the form began."""

    def troubles(self) -> Iterator[str]:
        """What is wrong with what was typed, or not chosen yet, as sentences."""
        for field in self.fields.values():
            if said := field.trouble():
                yield said

    def note(self, told: Told) -> Note:
        """The note as far as it was typed; it can be taken only where there are no troubles."""
        raise NotImplementedError


class _Spanned(Part):
    """A part that says since when and until when."""

    def add_span(self, below: str) -> None:
        self.since = DayField("Since", self)
        self.until = DayField("Until, if it has ended", self)
        self.add("since", self.since, below)
        self.add("until", self.until)

    def troubles(self) -> Iterator[str]:
        yield from super().troubles()
        since, until = self.since.value(), self.until.value()
        if not in_order(since, until):
            yield f"It ends ({in_words(until)}) before it starts ({in_words(since)})."


class PracticePart(_Spanned):
    """What an agency does or does not do."""

    def __init__(self, catalog: Catalog, parent: QWidget) -> None:
        super().__init__(parent)
        self.answers = FindField("What is known", "type a part of it: “sends lists”, “287(g)”", self)
        self.is_so = YesNoField("Is it so", "Yes, it is so", "No, it is not so", self)
        self.place = PlaceField("Where", self, city=True)
        self.agency = AgencyField("Whose practice", catalog.agency_kinds, self)
        self.add("answers", self.answers)
        self.add("is_so", self.is_so)
        self.add("place", self.place)
        self.add("agency", self.agency, "Say no more than was told: what is left open counts for every agency there.")
        self.add_span("A year is enough. Left empty, it is known from the day on which it was told.")

    def begin(self, start: Start, catalog: Catalog) -> None:
        self.answers.offer(known_rows(catalog, start.answers))
        if len(start.answers) == 1:
            self.answers.show_value(start.answers[0])

    def troubles(self) -> Iterator[str]:
        yield from super().troubles()
        if not self.is_so.typed():
            yield "Say whether it is so."

    def note(self, told: Told) -> NotedPractice:
        agency = self.agency.agency()
        return NotedPractice(
            answers=self.answers.value(),
            is_so=self.is_so.typed() == "yes",
            at=self.place.at(),
            told=told,
            city=self.place.city(),
            agency_kind=agency.kind,
            agency=agency.name,
            since=self.since.value(),
            until=self.until.value(),
        )


class StepPart(_Spanned):
    """A step of our own, from one system to another."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.from_ = FindField("From", "whose records: type a part of the name", self)
        self.to = FindField("To", "who gets to know: type a part of the name", self)
        self.mechanism = ChoiceField("Family of steps", [], self)
        self.mode = ChoiceField("How", mode_rows(), self)
        self.timing = ChoiceField("When", TIMINGS, self)
        self.carries = ChecksField("What moves", data_rows(), self)
        self.happens = SentenceField("What happens", "in a sentence: who gives what to whom", self)
        self.place = PlaceField("Where", self, city=False)
        self.add("from", self.from_)
        self.add("to", self.to)
        self.add("mechanism", self.mechanism)
        self.add("mode", self.mode)
        self.add("timing", self.timing)
        self.add("carries", self.carries, "Of what the sender holds. Space ticks, Enter goes on.")
        self.add("happens", self.happens)
        self.add("place", self.place)
        self.add_span("A year is enough. If nobody knows, type the day on which it was told.")
        self._holds: dict[str, tuple[str, ...]] = {}
        self.from_.settled.connect(self._offer_data)

    def begin(self, start: Start, catalog: Catalog) -> None:
        systems = system_rows(catalog)
        self._holds = {row.id: row.holds for row in catalog.systems.values()}
        self.from_.offer(systems)
        self.to.offer(systems)
        self.mechanism.offer(mechanism_rows(catalog))
        if start.system:
            self.from_.show_value(start.system)
        self._offer_data()

    def put(self, typed: dict[str, str]) -> None:
        super().put(typed)
        self._offer_data()

    def _offer_data(self) -> None:
        held = self._holds.get(self.from_.value(), tuple(self.carries.boxes))
        self.carries.offer((*held, "identity"))

    def troubles(self) -> Iterator[str]:
        yield from super().troubles()
        if not self.from_.value():
            yield "Choose where it begins."
        if not self.to.value():
            yield "Choose where it leads."
        for field, words in ((self.mechanism, "the family of steps"), (self.mode, "how"), (self.timing, "when")):
            if not field.typed():
                yield f"Choose {words}."

    def note(self, told: Told) -> NotedStep:
        return NotedStep(
            from_=self.from_.value() or "?",  # so that two ends that are not chosen yet are not called the same
            to=self.to.value(),
            mechanism=self.mechanism.typed(),
            mode=self.mode.typed() or "informal",  # type: ignore[arg-type]
            timing=self.timing.typed() or "standing",  # type: ignore[arg-type]
            carries=self.carries.ticked(),
            what_happens=self.happens.typed(),
            at=self.place.at(),
            told=told,
            since=self.since.value(),
            until=self.until.value(),
        )


class CorrectedPart(_Spanned):
    """A step of the catalog as it is here."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.step = Text("", self, bold=True)
        self.mode = ChoiceField("How", mode_rows(), self, "as the catalog says")
        self.judge = SentenceField("What counsel must judge", "a question; it leaves the step undetermined", self)
        self.rows.addWidget(self.step)
        self.rows.addWidget(calm("This changes the step in every matter of this clinic, in every place.", self))
        self.add("mode", self.mode)
        self.add_span("Left empty, it stays.")
        self.add("judge", self.judge)
        self._flow = ""

    def begin(self, start: Start, catalog: Catalog) -> None:
        self._flow = start.flow if start.flow in catalog.flows else ""
        self.step.setText(step_in_words(catalog, start.flow))
        self.mode.offer(mode_rows(), mode_in_words(catalog, start.flow))
        for field, hint in zip((self.since, self.until), span_in_words(catalog, start.flow), strict=True):
            field.line.setPlaceholderText(hint)

    def troubles(self) -> Iterator[str]:
        yield from super().troubles()
        if not self._flow:
            yield self.step.text()

    def note(self, told: Told) -> CorrectedStep:
        return CorrectedStep(
            flow=self._flow,
            told=told,
            mode=self.mode.typed() or None,  # type: ignore[arg-type]
            since=self.since.value() or None,
            until=self.until.value() or None,
            judge=self.judge.typed(),
        )


class LawPart(_Spanned):
    """A law, order or policy of ours."""

    def __init__(self, catalog: Catalog, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = LineField("Its name", "such as: jail policy 4.2", self)
        self.citation = LineField("Where it is written", "such as: county jail manual, section 4.2", self)
        self.says = SentenceField("What it says", "in a sentence", self)
        self.place = PlaceField("Where it holds", self, city=False)
        self.binds = ChecksField("Whom it binds", DUTIES, self)
        self.mechanisms = ChecksField("Which families of steps it touches", mechanism_rows(catalog), self)
        self.effect = ChecksField(
            "What it does", [("judge", "Counsel must judge these routes; else it is shown beside them")], self
        )
        self.add("title", self.title)
        self.add("citation", self.citation)
        self.add("says", self.says)
        self.add("place", self.place)
        self.add("binds", self.binds)
        self.add("mechanisms", self.mechanisms, "With none, it stands in the catalog and beside no route.")
        self.add("effect", self.effect, "A note never closes a route.")
        self.add_span("A year is enough.")

    def note(self, told: Told) -> NotedLaw:
        return NotedLaw(
            name=self.title.typed(),
            citation=self.citation.typed(),
            says=self.says.typed(),
            at=self.place.at(),
            told=told,
            binds=self.binds.ticked(),
            mechanisms=self.mechanisms.ticked(),
            since=self.since.value(),
            until=self.until.value(),
            to_judge=bool(self.effect.ticked()),
        )


class ToldPart(Part):
    """Who told it, how it is known, and when it was told."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.who = LineField("Who told it", "a role is enough: public defender, jail staff", self)
        self.source = LineField("How it is known", "a letter, a phone call, what was seen", self)
        self.day = DayField("When it was told", self, exact=True)
        self.rows.addWidget(heading("Who says so", self))
        self.add("who", self.who)
        self.add("source", self.source)
        self.add("day", self.day)

    def told(self) -> Told:
        """Who told it."""
        return Told(self.who.typed(), self.source.typed(), self.day.value())
