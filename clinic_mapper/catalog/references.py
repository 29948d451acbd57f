"""Everything a row names must exist. The rules that hold between rows, for the loader and for `catalog check` alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import msgspec

from clinic_mapper.catalog.decode import TOO_DEEP
from clinic_mapper.catalog.model import (
    Catalog,
    Cite,
    Condition,
    Example,
    Flow,
    KnownPractice,
    NamedPlace,
    Record,
    Remedy,
    Restriction,
    System,
    TouchpointKind,
)
from clinic_mapper.catalog.vocabulary import DATA_ITEMS, DUTY_BEARERS, RECIPIENTS

Broken = tuple[str, str, str, str]
"""Kind of row (as in `KINDS`), id of the row, key, what is wrong."""

Say = Callable[[str, str], None]
Facts = Mapping[str, Collection[str]]
"""Questions that may be named, with the values of their answers."""

_CODES = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR "
    "PA RI SC SD TN TX UT VT VA WA WV WI WY PR GU VI AS MP"
)
STATES = frozenset(_CODES.split())
"""Two-letter codes of the states, D.C. and the territories."""

DEEPEST = 40
"""How many conditions may stand inside each other: far more than any law needs, far less than stops the program."""

ANY_AGREEMENT = "any"
"""`{"agreement": "any"}`: some model of agreement is signed, it is not known which."""

_DATA = frozenset(DATA_ITEMS)
_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?\Z")
_STATE_PLACE = re.compile(r"US(?:-([A-Z]{2}))?\Z")


def suggestion(word: str, known: Iterable[str]) -> str:
    """`; did you mean "…"?` with the nearest known word, or nothing when none is near."""
    import difflib  # needed only where something is wrong, and not at each start

    known = sorted(known)
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    near = near or [name for name in known if word and word in name][:1]
    near = near or difflib.get_close_matches(word, known, n=1, cutoff=0.4)
    return f'; did you mean "{near[0]}"?' if near else ""


@lru_cache(maxsize=2048)
def is_date(text: str) -> bool:
    """Whether a text is a year, a month or a day in ISO form."""
    return _DATE.match(text) is not None


def in_order(since: str | None, until: str | None) -> bool:
    """Whether a span does not end before it starts, at the precision that both share."""
    if not since or not until:
        return True
    length = min(len(since), len(until))
    return since[:length] <= until[:length]


class _Known:
    """The ids and words that rows may name."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.agreements = frozenset(catalog.practices) | {ANY_AGREEMENT}
        self.client = {question_id: question.values for question_id, question in catalog.client_questions.items()}
        self.shared = {question_id: set(question.values) for question_id, question in catalog.shared_questions.items()}
        self.asked: dict[str, set[str]] = {}
        """Every question of some touchpoint, with all the values it has in any of them."""
        for kind in catalog.touchpoints.values():
            for question in kind.questions:
                self.asked.setdefault(question.id, set()).update(question.values)
        for question_id, values in self.shared.items():
            self.asked.setdefault(question_id, set()).update(values)
        if "agency" in self.asked:
            self.asked["agency"].update(catalog.agency_kinds)
            self.shared["agency"] = self.asked["agency"]

    def facts_of(self, kind: TouchpointKind) -> dict[str, set[str]]:
        """The questions that one touchpoint asks, with their values."""
        return self.shared | {question.id: set(question.values) for question in kind.questions}

    def is_place(self, place: str) -> bool:
        state = _STATE_PLACE.match(place)
        return (state is not None and (state[1] is None or state[1] in STATES)) or place in self.catalog.places


def broken_references(catalog: Catalog) -> Iterator[Broken]:
    """Every id or word in the catalog that nothing answers to, and every row without a cite."""
    known = _Known(catalog)
    rules: tuple[tuple[str, dict[str, Any], Callable[[Any, _Known, Say], None]], ...] = (
        ("systems", catalog.systems, _system),
        ("flows", catalog.flows, _flow),
        ("restrictions", catalog.restrictions, _restriction),
        ("remedies", catalog.remedies, _remedy),
        ("touchpoints", catalog.touchpoints, _touchpoint),
        ("places", catalog.places, _place),
        ("known_practices", catalog.known_practices, _known_practice),
    )
    for kind, rows, rule in rules:
        found: list[tuple[str, str]] = []

        def say(key: str, what: str, found: list[tuple[str, str]] = found) -> None:
            found.append((key, what))

        for row_id, row in rows.items():
            rule(row, known, say)
            if found:
                yield from ((kind, row_id, key, what) for key, what in found)
                found.clear()


def _ids(key: str, noun: str, named: Iterable[str], known: Collection[str], say: Say) -> None:
    for word in named:
        if word not in known:
            say(key, f'unknown {noun} "{word}"{suggestion(word, known)}')


def _words(key: str, named: Iterable[str], say: Say) -> None:
    if not _DATA.issuperset(named):
        _ids(key, "data word", named, _DATA, say)


def _dates(say: Say, **dates: str | None) -> None:
    for key, text in dates.items():
        if text is not None and not is_date(text):
            say(key, f'"{text}" is not a date (year, year-month or year-month-day)')


def _cites(cites: tuple[Cite, ...], known: _Known, say: Say) -> None:
    if not cites:
        say("cites", "a row without a cite does not load")
    for cite in cites:
        if cite.source not in known.catalog.sources:
            say("cites", f'unknown source "{cite.source}"{suggestion(cite.source, known.catalog.sources)}')


def _system(row: System, known: _Known, say: Say) -> None:
    _cites(row.cites, known, say)
    _words("holds", row.holds, say)
    _ids("bound_as", "word for whose duty it is,", row.bound_as, DUTY_BEARERS, say)
    _ids("received_as", "word for a receiver,", row.received_as, RECIPIENTS, say)
    _dates(say, since=row.since, until=row.until, as_of=row.as_of)
    if row.held is not None:
        _ids("held.mechanism", "mechanism", (row.held.mechanism,), known.catalog.mechanisms, say)
    if row.ice == "operated" and row.serves is None:
        say("serves", "a system that ICE runs must say which office it serves")


def _flow(row: Flow, known: _Known, say: Say) -> None:
    catalog = known.catalog
    _cites(row.cites, known, say)
    _dates(say, since=row.since, until=row.until, as_of=row.as_of)
    for key, system in (("from", row.from_), ("to", row.to), *(("consults", consulted) for consulted in row.consults)):
        if system not in catalog.systems:
            _ids(key, "system", (system,), catalog.systems, say)
    if row.mechanism not in catalog.mechanisms:
        _ids("mechanism", "mechanism", (row.mechanism,), catalog.mechanisms, say)
    for key, words in (
        ("needs", row.needs.all),
        ("needs", row.needs.any),
        ("carries", row.carries),
        ("adds", row.adds),
    ):
        _words(key, words, say)
    for key, other in (("reply_to", row.reply_to), ("either_with", row.either_with)):
        if other is not None:
            _ids(key, "flow", (other,), catalog.flows, say)
    if row.when is not None:
        _condition("when", row.when, known.asked, known, say)
    for example in row.examples:
        _example(example, known, say)


def _restriction(row: Restriction, known: _Known, say: Say) -> None:
    catalog = known.catalog
    _cites(row.cites, known, say)
    _dates(
        say,
        since=row.since,
        until=row.until,
        as_of=row.as_of,
        acts_from=row.acts_from,
        status_as_of=row.status_as_of,
    )
    _jurisdiction(row.jurisdiction, known, say)
    _ids("binds", "word for whose duty it is,", row.binds, DUTY_BEARERS, say)
    _ids("recipients", "word for a receiver,", row.recipients, RECIPIENTS, say)
    _ids("mechanisms", "mechanism", row.mechanisms, catalog.mechanisms, say)
    if not isinstance(row.items, str):
        _words("items", row.items, say)
    _words("not_items", row.not_items, say)
    _ids("flows", "flow", row.flows, catalog.flows, say)
    _ids("not_flows", "flow", row.not_flows, catalog.flows, say)
    _ids("yields_to", "restriction", row.yields_to, catalog.restrictions, say)
    if row.client_if is not None:
        _condition("client_if", row.client_if, known.asked, known, say)
    for answer in row.answers:
        _condition("answers", answer, known.asked, known, say)
    for exception in row.unless:
        _ids("unless", "mechanism", exception.mechanisms, catalog.mechanisms, say)
        if exception.client is not None:
            _asked("unless", "client question", exception.client, exception.is_ or "yes", known.client, say)
    for example in row.examples:
        if example.flow is None:
            say("examples", f'the example "{example.says}" names no flow')
        _example(example, known, say)


def _example(example: Example, known: _Known, say: Say) -> None:
    """An example names what exists, so that a misspelt answer is never an unknown one."""
    catalog = known.catalog
    kind = catalog.touchpoints.get(example.touchpoint)
    if kind is None:
        _ids("examples", "touchpoint", (example.touchpoint,), catalog.touchpoints, say)
        return
    if example.flow is not None:
        _ids("examples", "flow", (example.flow,), catalog.flows, say)
    if example.record is not None:
        _ids("examples", "record of the touchpoint", (example.record,), {row.system for row in kind.creates}, say)
    if example.agency:
        _ids("examples", "kind of agency", (example.agency,), catalog.agency_kinds, say)
    questions = known.facts_of(kind) | known.client
    for fact, value in example.facts.items():
        _answered("examples", "question", fact, value, questions, say)
    for fact, value in example.client.items():
        _answered("examples", "client question", fact, value, known.client, say)
    _ids("examples", "answered client question", example.since, example.client, say)
    _ids("examples", "practice", example.practices, {*catalog.practices, *catalog.flows}, say)


def _answered(key: str, noun: str, named: str, value: str, questions: Facts, say: Say) -> None:
    if value not in _NO_ANSWERS or named not in questions:
        _asked(key, noun, named, value, questions, say)


_NO_ANSWERS = frozenset({"unknown", "declined"})


def _known_practice(row: KnownPractice, known: _Known, say: Say) -> None:
    catalog = known.catalog
    _dates(say, since=row.since, until=row.until, as_of=row.as_of)
    if row.answers not in catalog.practices and row.answers not in catalog.flows:
        _ids("answers", "practice or flow", (row.answers,), {*catalog.practices, *catalog.flows}, say)
    if row.state not in STATES:
        _ids("state", "state", (row.state,), STATES, say)
    if row.agency_kind:
        _ids("agency_kind", "kind of agency", (row.agency_kind,), catalog.agency_kinds, say)


def _remedy(row: Remedy, known: _Known, say: Say) -> None:
    _cites(row.cites, known, say)
    _dates(say, as_of=row.as_of)
    _ids("systems", "system", row.systems, known.catalog.systems, say)
    _ids("flows", "flow", row.flows, known.catalog.flows, say)
    _jurisdiction(row.jurisdiction, known, say)


def _touchpoint(row: TouchpointKind, known: _Known, say: Say) -> None:
    facts = known.facts_of(row)
    for cite in row.cites:
        if cite.source not in known.catalog.sources:
            say("cites", f'unknown source "{cite.source}"{suggestion(cite.source, known.catalog.sources)}')
    for record in row.creates:
        _record(record, facts, known, say)
    for told in row.tells:
        _asked("tells", "client question", told.client, told.is_, known.client, say)
        if told.when is not None:
            _condition("tells", told.when, facts, known, say)
    if known.catalog.when_forms:
        _ids("when_form", "when form", (row.when_form,), known.catalog.when_forms, say)


def _record(record: Record, facts: Facts, known: _Known, say: Say) -> None:
    _ids("creates", "system", (record.system,), known.catalog.systems, say)
    _words("creates", record.data, say)
    if record.when is not None:
        _condition("creates", record.when, facts, known, say)
    for part in record.data_when:
        _words("creates", part.data, say)
        _condition("creates", part.when, facts, known, say)


def _place(row: NamedPlace, known: _Known, say: Say) -> None:
    _ids("counties", "place", row.counties, known.catalog.places, say)


def _jurisdiction(place: str, known: _Known, say: Say) -> None:
    if not known.is_place(place):
        say("jurisdiction", f'unknown place "{place}"{suggestion(place, known.catalog.places)}')


def _client_values(known: _Known) -> dict[str, tuple[str, ...]]:
    return {question_id: question.values for question_id, question in known.catalog.client_questions.items()}


def _asked(key: str, noun: str, named: str, value: str | None, questions: Facts, say: Say) -> None:
    """The question exists and the value is one of its answers."""
    values = questions.get(named)
    if values is None:
        say(key, f'unknown {noun} "{named}"{suggestion(named, questions)}')
    elif value not in values:
        say(key, f'unknown answer "{value}" to {noun} "{named}"{suggestion(value or "", values)}')


def _condition(key: str, condition: Condition, facts: Facts, known: _Known, say: Say, depth: int = 0) -> None:
    """One form, known names, well-formed dates; then the same for the conditions inside."""
    # Counting what is not set is one step of the interpreter: this runs for a thousand conditions at each start.
    if msgspec.structs.astuple(condition).count(None) != (_ALONE if condition.is_ is None else _ALONE - 1):
        named = [form.rstrip("_") for form in _FORMS if getattr(condition, form) is not None]
        say(key, f"a condition has exactly one form; this one has: {', '.join(named) or 'none'}")
        return
    if depth > DEEPEST:
        say(key, TOO_DEEP)
        return
    if condition.fact is not None:
        _asked(key, "question", condition.fact, condition.is_, facts, say)
    elif condition.client is not None:
        _asked(key, "client question", condition.client, condition.is_, known.client, say)
    elif condition.is_ is not None:
        say(key, '"is" goes with "fact" or "client"')
    inner = condition.all or condition.any
    if inner is not None:
        for part in inner:
            _condition(key, part, facts, known, say, depth + 1)
    elif condition.not_ is not None:
        _condition(key, condition.not_, facts, known, say, depth + 1)
    else:
        _surroundings(key, condition, known, say)


_FORMS = ("all", "any", "not_", "fact", "client", "place", "date", "agreement", "practice")
_ALONE = len(_FORMS)
"""How many of a condition's fields are not set when one form is (`is` counts as a field)."""


def _surroundings(key: str, condition: Condition, known: _Known, say: Say) -> None:
    """The places, dates, agreements and practices that a condition names."""
    if condition.place is not None:
        for place in condition.place:
            if not known.is_place(place):
                say(key, f'unknown place "{place}"{suggestion(place, known.catalog.places)}')
    elif condition.date is not None:
        _dates(say, **{f"{key}.date": condition.date.from_})
        _dates(say, **{f"{key}.date": condition.date.until})
        if not in_order(condition.date.from_, condition.date.until):
            say(key, f"the span {condition.date.from_} to {condition.date.until} ends before it starts")
    elif condition.agreement is not None:
        _ids(key, "agreement", (condition.agreement,), known.agreements, say)
    elif condition.practice is not None:
        _ids(key, "practice", (condition.practice,), known.catalog.practices, say)
