"""Everything a row names must exist. The rules that hold between rows, for the loader and for `catalog check` alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import Any

import msgspec

from clinic_mapper.catalog.asking import ASK_AGENCY, ASK_OFFICERS, NO_AGENCY
from clinic_mapper.catalog.decode import TOO_DEEP
from clinic_mapper.catalog.model import (
    Catalog,
    Condition,
    Flow,
    KnownPractice,
    NamedPlace,
    Remedy,
    Restriction,
    System,
    TouchpointKind,
)
from clinic_mapper.catalog.row import levels_of
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


class Known:
    """The ids and words that rows may name."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.agreements = frozenset(catalog.practices) | {ANY_AGREEMENT}
        self.client = {question_id: question.values for question_id, question in catalog.client_questions.items()}
        self.shared: dict[str, Collection[str]] = {
            question_id: question.values for question_id, question in catalog.shared_questions.items()
        }
        self.own = {
            kind.id: {question.id: question.values for question in kind.questions}
            for kind in catalog.touchpoints.values()
        }
        """The questions that each touchpoint asks besides the shared ones, with their values."""
        self.asked: dict[str, set[str]] = {}
        """Every question of some touchpoint, with all the values it has in any of them."""
        everywhere: list[Facts] = [self.shared, *self.own.values()]
        for questions in everywhere:
            for question_id, values in questions.items():
                self.asked.setdefault(question_id, set()).update(values)
        if "agency" in self.asked:
            self.asked["agency"].update(catalog.agency_kinds)
            self.shared["agency"] = self.asked["agency"]

    def facts_of(self, kind: TouchpointKind) -> dict[str, Collection[str]]:
        """The questions that one touchpoint asks, with their values."""
        return {**self.shared, **self.own[kind.id]}

    def is_place(self, place: str) -> bool:
        state = _STATE_PLACE.match(place)
        return (state is not None and (state[1] is None or state[1] in STATES)) or place in self.catalog.places


Rule = Callable[[Sequence[Any], Known, Say], None]


def broken_references(catalog: Catalog, rows: Catalog | None = None) -> Iterator[Broken]:
    """Every id or word in the catalog that nothing answers to, and every row without a cite.

    What the rows' examples name is not among them (`broken_examples`: no map reads it). `rows`: look at these alone.
    """
    rules: dict[str, Rule] = {
        "systems": _systems,
        "flows": _flows,
        "restrictions": _restrictions,
        "remedies": _remedies,
        "touchpoints": _touchpoints,
        "places": _places,
        "known_practices": _known_practices,
    }
    yield from broken_by(rules, rows or catalog, catalog)


def broken_by(rules: dict[str, Rule], of: Catalog, catalog: Catalog) -> Iterator[Broken]:
    """A rule reads all rows of a kind together, which is quick; where it finds something, it says whose fault it is
    when it reads them one by one."""
    known = Known(catalog)
    for kind, rule in rules.items():
        rows = getattr(of, kind)
        if rows and _faults(rule, tuple(rows.values()), known):
            for row_id, row in rows.items():
                yield from ((kind, row_id, key, what) for key, what in _faults(rule, (row,), known))


def _faults(rule: Rule, rows: Sequence[Any], known: Known) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    rule(rows, known, lambda key, what: found.append((key, what)))
    return found


def ids(key: str, noun: str, named: Iterable[Any], known: Collection[str], say: Say) -> None:
    unknown = set(named).difference(known)
    unknown.discard(None)
    for word in sorted(unknown):
        say(key, f'unknown {noun} "{word}"{suggestion(word, known)}')


def _each(key: str, rows: Iterable[Any]) -> Iterator[Any]:
    """The values of one key of all rows: this and the next one run without a step of the interpreter for each row."""
    return map(attrgetter(key), rows)


def every(key: str, rows: Iterable[Any]) -> Iterator[Any]:
    """The values in the lists that stand under one key of all rows."""
    return chain.from_iterable(map(attrgetter(key), rows))


def _words(key: str, named: Iterable[str], say: Say) -> None:
    ids(key, "data word", named, _DATA, say)


def _dates(rows: Sequence[Any], keys: tuple[str, ...], say: Say) -> None:
    for key in keys:
        _are_dates(key, set(_each(key, rows)), say)


def _are_dates(key: str, texts: set[str | None], say: Say) -> None:
    for text in sorted(text for text in texts if text is not None and not is_date(text)):
        say(key, f'"{text}" is not a date (year, year-month or year-month-day)')


def _cites(rows: Sequence[Any], known: Known, say: Say) -> None:
    if not all(_each("cites", rows)):
        say("cites", "a row without a cite does not load")
    _cited(rows, known, say)


def _cited(rows: Sequence[Any], known: Known, say: Say) -> None:
    ids("cites", "source", _each("source", every("cites", rows)), known.catalog.sources, say)


def _systems(rows: Sequence[System], known: Known, say: Say) -> None:
    _cites(rows, known, say)
    _words("holds", every("holds", rows), say)
    ids("bound_as", _BEARER, every("bound_as", rows), DUTY_BEARERS, say)
    ids("received_as", "word for a receiver,", every("received_as", rows), RECIPIENTS, say)
    _dates(rows, ("since", "until", "as_of"), say)
    ids("held.mechanism", "mechanism", (row.held.mechanism for row in rows if row.held), known.catalog.mechanisms, say)
    if any(row.ice == "operated" and row.serves is None for row in rows):
        say("serves", "a system that ICE runs must say which office it serves")


def _flows(rows: Sequence[Flow], known: Known, say: Say) -> None:
    catalog = known.catalog
    _cites(rows, known, say)
    _dates(rows, ("since", "until", "as_of"), say)
    ids("from", "system", _each("from_", rows), catalog.systems, say)
    ids("to", "system", _each("to", rows), catalog.systems, say)
    ids("consults", "system", every("consults", rows), catalog.systems, say)
    ids("mechanism", "mechanism", _each("mechanism", rows), catalog.mechanisms, say)
    _words("needs", every("needs.all", rows), say)
    _words("needs", every("needs.any", rows), say)
    _words("carries", every("carries", rows), say)
    _words("adds", every("adds", rows), say)
    ids("reply_to", "flow", _each("reply_to", rows), catalog.flows, say)
    ids("either_with", "flow", _each("either_with", rows), catalog.flows, say)
    for row in rows:
        other = catalog.flows.get(row.either_with) if row.either_with else None
        if other is not None and other.either_with == row.id:
            say("either_with", f'flow "{other.id}" names it too: neither would lead, and no route would hold them')
    _conditions("when", _each("when", rows), known.asked, known, say)
    _conditions("shown_by", _each("shown_by", rows), known.asked, known, say)


def _restrictions(rows: Sequence[Restriction], known: Known, say: Say) -> None:
    catalog = known.catalog
    _cites(rows, known, say)
    _dates(rows, ("since", "until", "as_of", "acts_from", "status_as_of"), say)
    _jurisdictions(rows, known, say)
    ids("binds", _BEARER, every("binds", rows), DUTY_BEARERS, say)
    ids("recipients", "word for a receiver,", every("recipients", rows), RECIPIENTS, say)
    ids("mechanisms", "mechanism", every("mechanisms", rows), catalog.mechanisms, say)
    _words("items", every("items", (row for row in rows if row.items != "all")), say)
    _words("not_items", every("not_items", rows), say)
    ids("flows", "flow", every("flows", rows), catalog.flows, say)
    ids("not_flows", "flow", every("not_flows", rows), catalog.flows, say)
    ids("yields_to", "restriction", every("yields_to", rows), catalog.restrictions, say)
    _conditions("client_if", _each("client_if", rows), known.asked, known, say)
    _conditions("answers", every("answers", rows), known.asked, known, say)
    exceptions = tuple(every("unless", rows))
    ids("unless", "mechanism", every("mechanisms", exceptions), catalog.mechanisms, say)
    lifting = {(exception.client, exception.is_ or "yes") for exception in exceptions if exception.client is not None}
    asked("unless", "client question", lifting, known.client, say)


def _known_practices(rows: Sequence[KnownPractice], known: Known, say: Say) -> None:
    catalog = known.catalog
    _dates(rows, ("since", "until", "as_of"), say)
    ids("answers", "practice or flow", _each("answers", rows), {*catalog.practices, *catalog.flows}, say)
    ids("state", "state", _each("state", rows), STATES, say)
    kinds = (row.agency_kind for row in rows if row.agency_kind)
    ids("agency_kind", "kind of agency", kinds, catalog.agency_kinds, say)


def _remedies(rows: Sequence[Remedy], known: Known, say: Say) -> None:
    _cites(rows, known, say)
    _dates(rows, ("as_of",), say)
    ids("systems", "system", every("systems", rows), known.catalog.systems, say)
    ids("flows", "flow", every("flows", rows), known.catalog.flows, say)
    _jurisdictions(rows, known, say)


def _touchpoints(rows: Sequence[TouchpointKind], known: Known, say: Say) -> None:
    _cited(rows, known, say)
    records = tuple(every("creates", rows))
    parts = tuple(every("data_when", records))
    told = tuple(every("tells", rows))
    ids("creates", "system", _each("system", records), known.catalog.systems, say)
    _words("creates", every("data", records), say)
    _words("creates", every("data", parts), say)
    asked("tells", "client question", {(each.client, each.is_) for each in told}, known.client, say)
    if known.catalog.when_forms:
        ids("when_form", "when form", _each("when_form", rows), known.catalog.when_forms, say)
    if known.catalog.agency_kinds:
        kinds = {ASK_AGENCY, ASK_OFFICERS, NO_AGENCY, *known.catalog.agency_kinds}
        ids("agency", "kind of agency", _each("agency", rows), kinds, say)
    _conditions_of_touchpoints("creates", [(row, _of_records(row)) for row in rows], known, say)
    _conditions_of_touchpoints("tells", [(row, [each.when for each in row.tells]) for row in rows], known, say)


def _of_records(row: TouchpointKind) -> Iterator[Condition | None]:
    for record in row.creates:
        yield record.when
        yield from (part.when for part in record.data_when)


def _conditions_of_touchpoints(
    key: str, conditions: Iterable[tuple[TouchpointKind, Iterable[Condition | None]]], known: Known, say: Say
) -> None:
    """The same for conditions that may name the facts of their own touchpoint alone."""
    nodes: list[Condition] = []
    for row, of_row in conditions:
        if inside := _nodes(key, of_row, say):
            _facts(key, inside, known.facts_of(row), say)
            nodes += inside
    _names(key, nodes, known, say)


def _places(rows: Sequence[NamedPlace], known: Known, say: Say) -> None:
    ids("counties", "place", every("counties", rows), known.catalog.places, say)


_BEARER = "word for whose duty it is,"


def _jurisdictions(rows: Sequence[Restriction | Remedy], known: Known, say: Say) -> None:
    _are_places("jurisdiction", set(_each("jurisdiction", rows)), known, say)


def _are_places(key: str, places: set[str], known: Known, say: Say) -> None:
    for place in sorted(place for place in places if not known.is_place(place)):
        say(key, f'unknown place "{place}"{suggestion(place, known.catalog.places)}')


def asked(key: str, noun: str, told: set[tuple[str, Any]], questions: Facts, say: Say) -> None:
    """The questions exist and the values are among their answers."""
    for named, value in sorted((pair for pair in told if pair[1] not in questions.get(pair[0], ())), key=str):
        values = questions.get(named)
        if values is None:
            say(key, f'unknown {noun} "{named}"{suggestion(named, questions)}')
        else:
            say(key, f'unknown answer "{value}" to {noun} "{named}"{suggestion(value or "", values)}')


def _conditions(key: str, conditions: Iterable[Condition | None], facts: Facts, known: Known, say: Say) -> None:
    """One form, known names, well-formed dates; for conditions and for those inside them."""
    nodes = _nodes(key, conditions, say)
    _facts(key, nodes, facts, say)
    _names(key, nodes, known, say)


def _nodes(key: str, conditions: Iterable[Condition | None], say: Say) -> list[Condition]:
    """Conditions and those inside them, which must not stand too deep."""
    levels = list(levels_of(conditions))
    if len(levels) > DEEPEST + 1:
        say(key, TOO_DEEP)
    return list(chain.from_iterable(levels))


def _facts(key: str, nodes: list[Condition], facts: Facts, say: Say) -> None:
    asked(key, "question", {(each.fact, each.is_) for each in nodes if each.fact is not None}, facts, say)


def _names(key: str, nodes: list[Condition], known: Known, say: Say) -> None:
    """What holds for each condition by itself, besides the facts it names."""
    for condition in nodes:
        # Counting what is not set is one step of the interpreter: this runs for a thousand conditions at each start.
        if msgspec.structs.astuple(condition).count(None) != (_ALONE if condition.is_ is None else _ALONE - 1):
            named = [form.rstrip("_") for form in _FORMS if getattr(condition, form) is not None]
            say(key, f"a condition has exactly one form; this one has: {', '.join(named) or 'none'}")
        elif condition.is_ is not None and condition.fact is None and condition.client is None:
            say(key, '"is" goes with "fact" or "client"')
    clients = {(each.client, each.is_) for each in nodes if each.client is not None}
    asked(key, "client question", clients, known.client, say)
    _are_places(key, set(chain.from_iterable(each.place for each in nodes if each.place)), known, say)
    _are_spans(key, {(each.date.from_, each.date.until) for each in nodes if each.date is not None}, say)
    ids(key, "agreement", _each("agreement", nodes), known.agreements, say)
    ids(key, "practice", _each("practice", nodes), known.catalog.practices, say)


_FORMS = ("all", "any", "not_", "fact", "client", "place", "date", "agreement", "practice")
_ALONE = len(_FORMS)
"""How many of a condition's fields are not set when one form is (`is` counts as a field)."""


def _are_spans(key: str, spans: set[tuple[str | None, str | None]], say: Say) -> None:
    _are_dates(f"{key}.date", {text for span in spans for text in span}, say)
    for since, until in sorted((span for span in spans if not in_order(*span)), key=str):
        say(key, f"the span {since} to {until} ends before it starts")
