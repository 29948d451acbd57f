"""What a catalog must also hold to be right, beyond that every row can be read and every name is known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from clinic_mapper.catalog.model import (
    SAID_OF_A_REMEDY,
    Catalog,
    Condition,
    Question,
    Remedy,
    RemedyWords,
    Restriction,
)
from clinic_mapper.catalog.references import Broken, in_order
from clinic_mapper.catalog.row import nodes_of

ASKED_ANYWAY = frozenset({"when", "where", "agency", "in-custody", "on-supervision-now"})
"""Questions that the window and the engine read without a condition."""

_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_FIGURES = re.compile(r"\d+(?:[.,]\d+)*")


def broken_rules(catalog: Catalog) -> Iterator[Broken]:
    """Every row that breaks a rule."""
    yield from _spans(catalog)
    yield from _pairs(catalog)
    yield from _shown(catalog)
    yield from _begun(catalog)
    yield from _acting_law(catalog)
    yield from _remedies(catalog)
    yield from _held_data(catalog)
    yield from _once_inside(catalog)
    yield from _unread_questions(catalog)
    yield from _uncited_sources(catalog)
    yield from _translations(catalog)
    yield from _cities(catalog)


def _spans(catalog: Catalog) -> Iterator[Broken]:
    spanned = ("systems", "flows", "restrictions", "known_practices")
    for kind, rows in ((kind, getattr(catalog, kind)) for kind in spanned):
        for row_id, row in rows.items():
            if not in_order(row.since, row.until):
                yield kind, row_id, "until", f"it ends ({row.until}) before it starts ({row.since})"
    for law in catalog.restrictions.values():
        if not in_order(law.acts_from, law.until):
            yield "restrictions", law.id, "acts_from", f"it ends ({law.until}) before it acts ({law.acts_from})"


def _pairs(catalog: Catalog) -> Iterator[Broken]:
    """Two flows that are one step of a route join the same two systems; it is enough that one names the other."""
    for flow in catalog.flows.values():
        other = catalog.flows.get(flow.either_with or "")
        if other is None:
            continue
        if (other.from_, other.to) != (flow.from_, flow.to):
            yield "flows", flow.id, "either_with", f'flow "{other.id}" does not join the same two systems'
        if other.either_with not in (None, flow.id):
            yield "flows", flow.id, "either_with", f'flow "{other.id}" is one step with another flow'


def _shown(catalog: Catalog) -> Iterator[Broken]:
    """What shows that a step happened is answers that were given, and nothing else."""
    for flow in catalog.flows.values():
        if flow.shown_by is None:
            continue
        forms = (node.all or node.any or node.fact or node.client for node in nodes_of([flow.shown_by]))
        if not all(forms):
            yield "flows", flow.id, "shown_by", 'only answers show a step: "fact" and "client", in "all" and "any"'


def _begun(catalog: Catalog) -> Iterator[Broken]:
    """A contact can show that something has begun, never that it has not: it may begin the day after."""
    for kind in catalog.touchpoints.values():
        for tells in kind.tells:
            question = catalog.client_questions.get(tells.client)
            if question is not None and question.onset and tells.is_ != "yes":
                what = f'"{tells.client}" begins on some day: a contact tells "yes" to it or nothing'
                yield "touchpoints", kind.id, "tells", what


def _acting_law(catalog: Catalog) -> Iterator[Broken]:
    for row in catalog.restrictions.values():
        for key, what in _law_faults(row):
            yield "restrictions", row.id, key, what


def _law_faults(row: Restriction) -> Iterator[tuple[str, str]]:
    if not row.acts:
        if row.effect_on_route != "show":
            yield "effect_on_route", "a row that does not act is shown, no more"
        return
    if row.effect_on_route == "show":
        yield "effect_on_route", "a row that acts closes, leaves undetermined or answers a practice"
    if not row.binds:
        yield "binds", "a row that acts says whose duty it is"
    if not row.recipients:
        yield "recipients", "a row that acts says to whom nothing may go"
    if not (row.acts_from or row.since):
        yield "acts_from", "a row that acts has a day from which it acts"
    if row.status in ("pending", "ended"):
        yield "status", f"a law that is {row.status} does not act"
    if row.effect_on_route == "practice_yes" and not row.answers:
        yield "answers", "a mandate says which practice or agreement it answers"
    for exception in row.unless:
        if (exception.kind == "client") != (exception.client is not None):
            yield "unless", 'an exception about the client, and no other, names a client question in "client"'
        if exception.kind == "client" and not exception.question:
            yield "unless", "an exception about the client prints a question"


def _remedies(catalog: Catalog) -> Iterator[Broken]:
    """Whoever is told to do a thing is told who learns what by it, and in a custody by when."""
    for row in catalog.remedies.values():
        if not (row.learns or "").strip():
            yield "remedies", row.id, "learns", "a remedy says who learns what if it is done, also that nobody does"
        if row.in_custody and not row.deadline:
            yield "remedies", row.id, "deadline", "a step of a custody says by when"
        if row.es is not None:
            yield from (("remedies", row.id, f"es.{key}", what) for key, what in _translation_faults(row, row.es))


def _translation_faults(row: Remedy, said: RemedyWords) -> Iterator[tuple[str, str]]:
    """Whoever reads a remedy in another language is told just as much, with the same figures."""
    for key in SAID_OF_A_REMEDY:
        here, there = getattr(row, key) or "", getattr(said, key) or ""
        if bool(here.strip()) != bool(there.strip()):
            yield key, f"the English says {key} and the translation does not, or the other way round"
        elif sorted(_FIGURES.findall(here)) != sorted(_FIGURES.findall(there)):
            yield key, f"the figures are not those of the English: {', '.join(_FIGURES.findall(here)) or 'none'}"


def _held_data(catalog: Catalog) -> Iterator[Broken]:
    """A touchpoint puts into a system only what such a system holds."""
    for kind in catalog.touchpoints.values():
        for record in kind.creates:
            system = catalog.systems.get(record.system)
            if system is None:
                continue
            data = {*record.data, *(item for part in record.data_when for item in part.data)}
            for item in sorted(data - set(system.holds)):
                yield "touchpoints", kind.id, "creates", f'system "{system.id}" does not hold "{item}"'


def _once_inside(catalog: Catalog) -> Iterator[Broken]:
    for kind in catalog.touchpoints.values():
        yield from (
            ("touchpoints", kind.id, "questions", f'question "{question_id}" stands twice')
            for question_id in _repeated(question.id for question in kind.questions)
        )
        for question in kind.questions:
            for value in _repeated(choice.value for choice in question.choices):
                yield "touchpoints", kind.id, "questions", f'choice "{value}" of question "{question.id}" stands twice'


def _repeated(names: Iterable[str]) -> list[str]:
    seen = list(names)
    return sorted({name for name in seen if seen.count(name) > 1})


def _unread_questions(catalog: Catalog) -> Iterator[Broken]:
    """A question that no condition reads must not be asked."""
    facts, clients = _read_everywhere(catalog)
    for kind in catalog.touchpoints.values():
        own = {node.fact for node in nodes_of(_conditions_of_touchpoint(kind)) if node.fact}
        for question in kind.questions:
            if question.id not in own | facts | ASKED_ANYWAY:
                yield "touchpoints", kind.id, "questions", f'question "{question.id}" is asked and nothing reads it'
    for question_id in catalog.client_questions:
        if question_id not in clients | ASKED_ANYWAY:
            yield "client_questions", question_id, "", "this question is asked and nothing reads it"


def _read_everywhere(catalog: Catalog) -> tuple[set[str], set[str]]:
    """Questions of touchpoints that flows and law read, and client questions that anything reads."""
    everywhere: list[Condition | None] = [
        condition for flow in catalog.flows.values() for condition in (flow.when, flow.shown_by)
    ]
    clients: set[str] = set()
    for row in catalog.restrictions.values():
        everywhere += [row.client_if, *row.answers]
        clients |= {exception.client for exception in row.unless if exception.client}
    nodes = nodes_of(everywhere)
    facts = {node.fact for node in nodes if node.fact}
    for kind in catalog.touchpoints.values():
        nodes += nodes_of(_conditions_of_touchpoint(kind))
    return facts, clients | {node.client for node in nodes if node.client}


def _conditions_of_touchpoint(kind: Any) -> Iterator[Condition | None]:
    for record in kind.creates:
        yield record.when
        yield from (part.when for part in record.data_when)
    yield from (told.when for told in kind.tells)


def _uncited_sources(catalog: Catalog) -> Iterator[Broken]:
    cited = {
        cite.source
        for rows in (catalog.systems, catalog.flows, catalog.restrictions, catalog.remedies, catalog.touchpoints)
        for row in rows.values()
        for cite in row.cites
    }
    for source_id in catalog.sources:
        if source_id not in cited:
            yield "sources", source_id, "id", "no row cites this source"


def _translations(catalog: Catalog) -> Iterator[Broken]:
    """English and Spanish have the same placeholders, so that no translation drops or adds a value."""
    for kind in ("mechanisms", "touchpoints", "agency_kinds", "when_forms", "practices"):
        for row_id, row in getattr(catalog, kind).items():
            yield from ((kind, row_id, key, what) for key, what in _differing("", row.en, row.es))
    for flow in catalog.flows.values():
        if flow.asked_en is not None or flow.asked_es is not None:
            told = _differing("", flow.asked_en or "", flow.asked_es or "")
            yield from (("flows", flow.id, f"asked_{key}", what) for key, what in told)
    for kind in ("client_questions", "shared_questions"):
        for row_id, question in getattr(catalog, kind).items():
            yield from ((kind, row_id, key, what) for key, what in _question_texts(question))
    for touchpoint in catalog.touchpoints.values():
        for question in touchpoint.questions:
            yield from (("touchpoints", touchpoint.id, key, what) for key, what in _question_texts(question))


def _question_texts(question: Question) -> Iterator[tuple[str, str]]:
    yield from _differing(question.id, question.en, question.es)
    yield from _differing(question.id, question.why_en, question.why_es)
    for choice in question.choices:
        yield from _differing(question.id, choice.en, choice.es)


def _differing(where: str, en: str, es: str) -> Iterator[tuple[str, str]]:
    if not en.strip() or not es.strip():
        yield "es", f'a text of "{where}" is empty' if where else "a text is empty"
    if sorted(_PLACEHOLDER.findall(en)) != sorted(_PLACEHOLDER.findall(es)):
        yield "es", f'the placeholders of "{en}" and "{es}" differ'


def _cities(catalog: Catalog) -> Iterator[Broken]:
    for place in catalog.places.values():
        if (place.kind == "city") != bool(place.counties):
            yield "places", place.id, "counties", "a city, and nothing else, names the counties it lies in"
        if place.fills and place.kind != "city":
            yield "places", place.id, "fills", "only a city can fill its counties"
        for county in place.counties:
            if county[:5] != place.id[:5]:
                yield "places", place.id, "counties", f'"{county}" lies in another state'
