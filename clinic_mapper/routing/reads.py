"""What a step reads: the answers, practices and flows on which it, or the law on it, can turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from clinic_mapper.catalog.model import Condition
from clinic_mapper.catalog.row import nodes_of
from clinic_mapper.routing.index import Index, Step

_TURNS_ON = {"in_custody": "in-custody", "on_supervision": "on-supervision-now"}


def read_by(index: Index, step: Step) -> tuple[frozenset[str], frozenset[str]]:
    """The questions, practices, agreements and flows that a step reads, and those that the law on it reads; of those
    judged together with it too."""
    found = index.read_by.get(step.row.id)
    if found is None:
        law = frozenset(_law_reads(step))
        found = index.read_by[step.row.id] = law | frozenset(_reads(step)), law
    return found


def read_beyond(index: Index, kind: str, step: Step) -> frozenset[str] | None:
    """What a step reads; None where it reads what each contact of a kind is asked by itself."""
    read = read_by(index, step)[0]
    return read if read.isdisjoint(index.asked(kind) | index.asked_each_time) else None


def _reads(step: Step) -> Iterator[str]:
    for one in (step, *step.others):
        yield one.row.id
        yield _TURNS_ON.get(one.row.timing, "")
        yield from _named_in((one.row.when,))


def _law_reads(step: Step) -> Iterator[str]:
    for one in (step, *step.others):
        yield from _named_in((one.row.shown_by, *(law.row.client_if for law in one.laws)))
        for law in one.laws:
            yield from (exception.client or "" for exception in law.row.unless)


def _named_in(conditions: Iterable[Condition | None]) -> Iterator[str]:
    for node in nodes_of(conditions):
        yield node.fact or node.client or node.practice or node.agreement or ""
