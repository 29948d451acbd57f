"""Every name in the rows' examples must exist too. Only `catalog check` and the tests ask: no map reads examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from clinic_mapper.catalog.model import Catalog, Example, Flow, Restriction
from clinic_mapper.catalog.references import Broken, Facts, Known, Say, asked, broken_by, every, ids


def broken_examples(catalog: Catalog) -> Iterator[Broken]:
    """Every id or word in an example that nothing answers to."""
    yield from broken_by({"flows": _examples_of_flows, "restrictions": _examples_of_restrictions}, catalog, catalog)


def _examples_of_flows(rows: Sequence[Flow], known: Known, say: Say) -> None:
    _examples(every("examples", rows), known, say)


def _examples_of_restrictions(rows: Sequence[Restriction], known: Known, say: Say) -> None:
    examples = tuple(every("examples", rows))
    for example in examples:
        if example.flow is None:
            say("examples", f'the example "{example.says}" names no flow')
    _examples(examples, known, say)


def _examples(examples: Iterable[Example], known: Known, say: Say) -> None:
    """An example names what exists, so that a misspelt answer is never an unknown one."""
    catalog = known.catalog
    for example in examples:
        kind = catalog.touchpoints.get(example.touchpoint)
        if kind is None:
            ids("examples", "touchpoint", (example.touchpoint,), catalog.touchpoints, say)
            continue
        records = {row.system for row in kind.creates}
        ids("examples", "flow", (example.flow,), catalog.flows, say)
        ids("examples", "record of the touchpoint", (example.record,), records, say)
        ids("examples", "kind of agency", (example.agency or None,), catalog.agency_kinds, say)
        _answered("question", example.facts, known.facts_of(kind) | known.client, say)
        _answered("client question", example.client, known.client, say)
        ids("examples", "answered client question", example.since, example.client, say)
        ids("examples", "practice", example.practices, {*catalog.practices, *catalog.flows}, say)


def _answered(noun: str, answers: dict[str, str], questions: Facts, say: Say) -> None:
    told = {(named, value) for named, value in answers.items() if value not in _NO_ANSWERS or named not in questions}
    asked("examples", noun, told, questions, say)


_NO_ANSWERS = frozenset({"unknown", "declined"})
