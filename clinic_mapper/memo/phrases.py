"""How a memo names things: contacts, dates, places, agencies, systems, questions. Every name is tagged when made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec.structs import replace

from clinic_mapper.casefile.dates import in_a_sentence, in_words
from clinic_mapper.casefile.model import Answer, Matter, Touchpoint, Where
from clinic_mapper.casefile.places import states
from clinic_mapper.catalog.asking import agency_question
from clinic_mapper.catalog.evidence import LIMIT_YEARS, Cited, Reason, rows_of_route, verify_any
from clinic_mapper.catalog.model import Catalog, KnownPractice, Question, Remedy, Restriction
from clinic_mapper.memo.date_question import date_question
from clinic_mapper.memo.document import Run, Runs, Tag
from clinic_mapper.memo.generalize import date_at, place_at
from clinic_mapper.memo.places import place_tag
from clinic_mapper.memo.readers import LEVELS
from clinic_mapper.memo.words import Words
from clinic_mapper.routing.about_relative import is_about_relative
from clinic_mapper.routing.model import Arrives, ExposureMap, Route, Tense, Unknown
from clinic_mapper.routing.turning import asked_day, dated_routes

_NO_NAMES = ("City", "County", "New", "of", "and", "North", "South", "West", "District")
"""Words in names of places that do not tell which place it is."""


def plain(text: str, bold: bool = False, italic: bool = False) -> Run:
    """A run of the memo's own wording."""
    return Run(text=text, bold=bold, italic=italic)


def after(separator: str, parts: Iterable[Run]) -> Runs:
    """The runs with our own separator between them."""
    runs: list[Run] = []
    for part in parts:
        if runs:
            runs.append(plain(separator))
        runs.append(part)
    return tuple(runs)


def law_as_of(words: Words, catalog: Catalog, row: Restriction) -> str:
    """A law by name with its day, and with its place where the name does not tell it."""
    place, state = catalog.places.get(row.jurisdiction), states().get(row.jurisdiction[3:5])
    where = place.name if place else state.name if state else ""
    told = not where or any(word in row.name for word in where.split() if word not in _NO_NAMES)
    as_of = in_words(row.status_as_of, words.lang)
    if told:
        return words("closed_by.law_as_of", name=row.name, as_of=as_of)
    return words("closed_by.law_of", name=row.name, where=where, as_of=as_of)


def place_asked(where: Where) -> str:
    """The key of the words that ask for what is not told of a place."""
    if not where.state or where.city:
        return "unknown.place"
    return "unknown.place_of_county" if where.county else "unknown.place_of_state"


def verify_said(words: Words, reasons: Sequence[Reason]) -> str:
    """“Verify first: read in copies alone.”, or nothing."""
    why = "; ".join(words(f"verify.{reason}").format(years=LIMIT_YEARS) for reason in reasons)
    return words("verify.first", why=why) if why else ""


class References:
    """Marks for laws (L1 …) and sources (C1 …), in the order of their naming."""

    def __init__(self) -> None:
        self.laws: dict[str, int] = {}
        self.acting: set[str] = set()
        self.sources: dict[str, list[str]] = {}
        self.unless: dict[str, tuple[str, ...]] = {}  # exceptions that were not said where the law acts

    def law(self, id: str, acts: bool = False) -> str:
        """The mark of a law. `acts`: it does something to a route, so what it says is printed with it."""
        if acts:
            self.acting.add(id)
        return f"L{self.laws.setdefault(id, len(self.laws) + 1)}"

    def cited(self, cites: Iterable[tuple[str, str]]) -> str:
        """The marks of sources with the place in them noted, such as “[C1, C4]”; "" for none.

        The letter also keeps a date before the mark from reading on into it.
        """
        numbers = set()
        for source, place in cites:
            places = self.sources.setdefault(source, [])
            if place and place not in places:
                places.append(place)
            numbers.add(list(self.sources).index(source) + 1)
        return f" [{', '.join(f'C{number}' for number in sorted(numbers))}]" if numbers else ""


class Voice:
    """Speaks about one matter in one language."""

    def __init__(self, matter: Matter, catalog: Catalog, exposure: ExposureMap, words: Words) -> None:
        self.matter = matter
        self.catalog = catalog
        self.exposure = exposure
        self.words = words
        self.lang = words.lang
        self.references = References()
        self.number = {touchpoint.id: n for n, touchpoint in enumerate(matter.touchpoints, 1)}

    def local(self, row: object) -> str:
        """The text of a row that has `en` and `es`, in the memo's language."""
        return str(getattr(row, self.lang))

    def label(self, touchpoint: Touchpoint, bold: bool = False) -> Run:
        """What kind of contact it was."""
        kind = self.catalog.touchpoints.get(touchpoint.kind)
        text = self.local(kind) if kind else touchpoint.kind
        return Run(text=text, tag="touchpoint-label", bold=bold)

    def asked_as(self, touchpoint: Touchpoint) -> Run:
        """What an agency is asked for: the kind of contact, by a name that says nothing the agency need not hear."""
        kind = self.catalog.touchpoints.get(touchpoint.kind)
        label = self.label(touchpoint)
        return replace(label, text=self.local(kind.asked_as)) if kind and kind.asked_as else label

    def is_about_relative(self, touchpoint: Touchpoint) -> bool:
        """Whether the contact makes a relative's record; the map covers the client's part of it alone."""
        return is_about_relative(touchpoint, self.catalog.touchpoints.get(touchpoint.kind))

    def date(self, when: str, said: Callable[[str, str], str] = in_words) -> Run:
        """A date as people say it, with its less exact forms."""
        forms = tuple((level, said(date_at(when, level), self.lang)) for level in LEVELS["date"])
        return Run(text=said(when, self.lang), tag="date", forms=forms)

    def day(self, as_of: str) -> str:
        """A date of the catalog as people say it: the same for every reader."""
        return in_words(as_of, self.lang)

    def place(self, touchpoint: Touchpoint) -> Run:
        """Where a contact was, with its less exact forms; says so when it is unknown."""
        where, tag = touchpoint.where, place_tag(self.catalog, touchpoint)
        forms = tuple((level, self._place_text(place_at(where, level))) for level in LEVELS[tag])
        return Run(text=self._place_text(where), tag=tag, forms=forms)

    def _place_text(self, where: Where) -> str:
        named = where.county.casefold().endswith((" county", " parish", " borough"))  # people often type the word too
        county = where.county if named or not where.county else self.words("facts.county", name=where.county)
        row = states().get(where.state)
        state = row.name if row else where.state
        return ", ".join(part for part in (where.city, county, state) if part) or self.words("facts.place_unknown")

    def known(self, row: KnownPractice) -> str:
        """What is known of one agency, from a list or a note, and who says so."""
        where = ", ".join(part for part in (row.agency, row.county or row.city, row.state) if part)
        so = self.words("answer.yes" if row.is_ == "yes" else "answer.no")
        since = self.words("appendix.known_since", since=in_a_sentence(row.since or row.as_of, self.lang))
        return self.words("appendix.known", where=where, so=so, since=since, says=row.says)

    def agency(self, touchpoint: Touchpoint) -> Runs:
        """The agency by name, or by kind where only that is known or shown; a school's name tells where one lives."""
        agency, tag = touchpoint.agency, place_tag(self.catalog, touchpoint)
        row = self.catalog.agency_kinds.get(agency.kind)
        kind = self.local(row) if row else agency.kind
        if agency.name and tag == "home-place":
            return (Run(text=agency.name, tag=tag, forms=tuple((level, kind) for level in LEVELS[tag])),)
        if agency.name:
            return (Run(text=agency.name, tag="agency-name", forms=(("kind", kind),)),)
        return (Run(text=kind or self.words("facts.agency_unknown"), tag="agency-kind"),)

    def system(self, id: str) -> str:
        """The name of a system."""
        row = self.catalog.systems.get(id)
        return row.name if row else id

    def short(self, id: str) -> str:
        """A system's name as short as people say it, where the words have one."""
        key = f"short.{id}"
        return self.words(key) if key in self.words else self.system(id)

    def mechanism(self, id: str) -> str:
        """The name of a mechanism."""
        row = self.catalog.mechanisms.get(id)
        return self.local(row) if row else id

    def remedy(self, id: str) -> Remedy | None:
        """A remedy of the catalog in the words of this language, where it has them."""
        row = self.catalog.remedies.get(id)
        return row.in_language(self.lang) if row else None

    def law(self, id: str) -> str:
        """The name of a law."""
        row = self.catalog.restrictions.get(id)
        return row.name if row else id

    def law_dated(self, id: str) -> str:
        """A law by name with its day, and with its place where the name does not tell it."""
        row = self.catalog.restrictions.get(id)
        return law_as_of(self.words, self.catalog, row) if row else id

    def contacts(self, ids: Sequence[str]) -> str:
        """“contact 3”, “contacts 1, 4 and 7”: by the numbers of the table of facts."""
        numbers = [str(number) for number in sorted({self.number[id] for id in ids if id in self.number})]
        if not numbers:
            return self.words("lines.client")
        return self.words("lines.contact" if len(numbers) == 1 else "lines.contacts", list=self.words.joined(numbers))

    def question(self, id: str, touchpoint: str = "") -> Question | None:
        """The question with this id: of the touchpoint, of the client, or shared."""
        kinds = [self.catalog.touchpoints.get(each.kind) for each in self.matter.touchpoints if each.id == touchpoint]
        own = [question for kind in kinds if kind for question in kind.questions if question.id == id]
        if id == "agency" and kinds:
            id = agency_question(kinds[0]) or id
        return own[0] if own else self.catalog.client_questions.get(id) or self.catalog.shared_questions.get(id)

    def question_run(self, id: str, touchpoint: str = "") -> Run:
        """The text of a question, tagged; the id where the catalog does not know it."""
        question = self.question(id, touchpoint)
        return Run(text=self.local(question) if question else id, tag=_question_tag(question))

    def gist_run(self, id: str, touchpoint: str = "") -> Run:
        """What a question is about, in a few words; the question itself where there are none."""
        key = f"gist.{id}"
        asked = self.question_run(id, touchpoint)
        return Run(text=self.words(key), tag=asked.tag) if key in self.words else asked

    def value_run(self, id: str, answer: Answer, touchpoint: str = "") -> Run:
        """The answer itself: “yes”, or the words of the choice."""
        question = self.question(id, touchpoint)
        tag: Tag = "admission" if question and question.admission else "answer"
        choices = {choice.value: self.local(choice) for choice in question.choices} if question else {}
        key = f"answer.{answer.value}"
        said = choices.get(answer.value) or (self.words(key) if key in self.words else answer.value)
        return Run(text=said, tag=tag, bold=True)

    def answer_runs(self, id: str, answer: Answer, touchpoint: str = "") -> Runs:
        """“yes (paper shows: booking slip), since May 2012”."""
        runs = [self.value_run(id, answer, touchpoint), plain(" ("), plain(self.words(f"source.{answer.source}"))]
        if answer.paper:
            runs += [plain(": "), Run(text=answer.paper, tag="paper")]
        runs.append(plain(")"))
        if answer.since:
            runs += [plain(self.words("facts.since")), self.date(answer.since, in_a_sentence)]
        return tuple(runs)

    def unknown(self, unknown: Unknown, routes: Sequence[Route] | None = None) -> Run:
        """What is not known, as the question that would settle it.

        `routes`: those that turn on it, none of them for all of the map. Then a date is asked for as before or after
        the day that decides, where there is one.
        """
        if unknown.kind == "date" and not unknown.id and routes is not None and (day := self._day(unknown, routes)):
            return Run(text=date_question(self.words, day).asked, tag="question")
        match unknown.kind:
            case "fact":
                return self.question_run(unknown.id, unknown.touchpoint)
            case "date":
                key = "unknown.date_of" if unknown.id else "unknown.date"
                asked = self.question_run(unknown.id, unknown.touchpoint).text if unknown.id else ""
                return Run(text=self.words(key, question=asked), tag="question")
            case "place":
                own = next((each for each in self.matter.touchpoints if each.id == unknown.touchpoint), None)
                return Run(text=self.words(place_asked(own.where if own else Where())), tag="question")
            case "practice":
                return Run(text=self._practice(unknown.id), tag="question")
            case "judge":
                return Run(text=self._to_judge(unknown), tag="question")

    def _day(self, unknown: Unknown, routes: Sequence[Route]) -> str:
        contact = next((each for each in self.matter.touchpoints if each.id == unknown.touchpoint), None)
        return asked_day(contact, routes or dated_routes(self.exposure, contact)) if contact else ""

    def _practice(self, id: str) -> str:
        row, flow = self.catalog.practices.get(id), self.catalog.flows.get(id)
        if flow is not None and not flow.asked_en:
            return self.words("unknown.flow", start=self.short(flow.from_), end=self.short(flow.to))
        return self.words("unknown.practice", practice=self.practised(id)) if row or flow else id

    def practised(self, id: str) -> str:
        """What an agency does, as it is asked of the clinic: “this jail feeds the VINE custody service”."""
        row, flow = self.catalog.practices.get(id), self.catalog.flows.get(id)
        if row is not None:
            return self.local(row)
        if flow is None:
            return id
        asked = flow.asked_en if self.lang == "en" else flow.asked_es
        return asked or self.words("unknown.flow_here", start=self.short(flow.from_), end=self.short(flow.to))

    def _to_judge(self, unknown: Unknown) -> str:
        flow, law = self.catalog.flows.get(unknown.id), self.catalog.restrictions.get(unknown.id)
        if flow is not None:
            return (flow.judge_es if self.lang == "es" else None) or flow.judge or self._practice(unknown.id)
        if law is not None:
            return self.words("unknown.law", law=law.name)
        judged = record_to_judge(self.matter, self.catalog, unknown, self.lang)
        return judged or self.words("unknown.record", system=self.system(unknown.id))

    def who(self, unknown: Unknown) -> str:
        """Who can answer: client, paper, request, clinic or attorney."""
        if unknown.kind == "practice":
            return "clinic"
        if unknown.kind == "judge":
            return "attorney"
        question = self.question(unknown.id, unknown.touchpoint) if unknown.kind == "fact" else None
        return question.who if question else "client"

    def asked_of(self, unknown: Unknown) -> str:
        """The same; for the rest of a date or a place that the client has told in part, the paper."""
        own = next((each for each in self.matter.touchpoints if each.id == unknown.touchpoint), None)
        part = {"date": own.when, "place": own.where.state}.get(unknown.kind) if own and not unknown.id else ""
        return "paper" if part else self.who(unknown)

    def lead(self, who: str, asked: Run) -> Run:
        """Who can answer, before a question; nothing where the question itself begins by naming the attorney."""
        addressed = asked.text.startswith(("Attorney:", "Abogado/a:"))
        return plain("" if addressed else self.words(f"who.{who}") + ": ", bold=True)

    def how(self, tense: Tense, arrives: Arrives) -> str:
        """Whether it has happened or can, and whether ICE has to look: “within reach, found if ICE looks”."""
        return self.words(f"how.{tense}.{arrives}")

    def chain(self, route: Route) -> Run:
        """The systems of a route in order."""
        return Run(text=" › ".join(self.short(id) for id in route.systems), tag="route")

    def verify(self, *rows: Cited) -> Runs:
        """What to verify before these rows are relied on, as a run that follows a sentence; nothing for most."""
        said = verify_said(self.words, verify_any(rows, self.catalog, self.exposure.today))
        return (plain(f" {said}", italic=True),) if said else ()

    def verify_routes(self, routes: Iterable[Route]) -> Runs:
        """The same for all that these routes rest on."""
        rows = [row for route in routes for row in rows_of_route(self.catalog, route.flows, route.systems[-1])]
        return self.verify(*rows)

    def data(self, items: Sequence[str]) -> str:
        """The names of data items."""
        return self.words.joined([self.words(f"data.{item}") for item in items])


def _question_tag(question: Question | None) -> Tag:
    return "admission" if question is not None and question.admission else "question"


def record_to_judge(matter: Matter, catalog: Catalog, unknown: Unknown, lang: str = "en") -> str:
    """What counsel must judge of a record that may or may not exist, as the kind of contact says it; "" if it does not.

    `unknown` is one of kind `judge` whose id is a system. Of several records of one kind in it, all are named.
    """
    kinds = {touchpoint.id: touchpoint.kind for touchpoint in matter.touchpoints}
    kind = catalog.touchpoints.get(kinds.get(unknown.touchpoint, ""))
    records = [record for record in kind.creates if record.system == unknown.id] if kind else []
    texts = [(record.judge_es if lang == "es" else None) or record.judge for record in records]
    return " ".join(dict.fromkeys(text for text in texts if text))
