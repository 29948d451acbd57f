"""Which question to ask next: the askable unknowns of undetermined lines, ranked by the lines an answer can settle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from clinic_mapper.casefile.model import DECLINED, UNKNOWN, Answer, Matter, Touchpoint, answer_of
from clinic_mapper.catalog.model import Catalog, Question
from clinic_mapper.routing.index import AGENCY
from clinic_mapper.routing.model import AskNext, Line, Standing, Unknown

Asked = Literal["client", "paper", "request", "clinic"]
WHO: tuple[Asked, ...] = ("client", "paper", "request", "clinic")

RouteAgain = Callable[[Unknown, Answer, Sequence[Line]], Iterable[tuple[str, Standing]]]
"""Gives line and standing of each route of some lines if an unknown had an answer."""


def ask_next(matter: Matter, catalog: Catalog, lines: Sequence[Line], again: RouteAgain) -> tuple[AskNext, ...]:
    """The questions worth asking, the best first.

    Order: lines that some answer settles, then the strongest line it bears on, then who can answer (client, paper,
    request, clinic). What was declined is never asked again; what counsel alone can judge is not asked at all.
    """
    bearing: dict[Unknown, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        if line.standing == "undetermined":
            for unknown in line.unknown:
                bearing[unknown].append(number)
    contacts = {touchpoint.id: touchpoint for touchpoint in matter.touchpoints}
    ranked = []
    for unknown, numbers in bearing.items():
        own = contacts.get(unknown.touchpoint)
        question = _question(catalog, own, unknown)
        given = answer_of(_answers(matter, own, unknown).get(unknown.id))
        who = _who(given, unknown, question)
        if who is None:
            continue
        settled = _settled(unknown, question, [lines[number] for number in numbers], again)
        ranked.append((-settled, numbers[0], WHO.index(who), unknown, who))
    return tuple(
        AskNext(
            kind=unknown.kind,  # type: ignore[arg-type]
            fact=unknown.id,
            touchpoint=unknown.touchpoint,
            who=who,
            lines_settled=-settled,
        )
        for settled, _, _, unknown, who in sorted(ranked)
    )


def _question(catalog: Catalog, own: Touchpoint | None, unknown: Unknown) -> Question | None:
    if unknown.kind != "fact":
        return None
    if unknown.id in catalog.client_questions:
        return catalog.client_questions[unknown.id]
    kind = catalog.touchpoints.get(own.kind) if own else None
    return next((question for question in (kind.questions if kind else ()) if question.id == unknown.id), None)


def _who(given: Answer | None, unknown: Unknown, question: Question | None) -> Asked | None:
    """Who can best answer now; None if nobody here is to be asked."""
    if unknown.kind == "judge":
        return None
    if unknown.kind == "practice":
        return _after(given, "clinic")
    if unknown.kind in ("date", "place") or unknown.id == AGENCY:
        return "client"
    if question is None:
        return None
    best: Asked = "clinic" if question.who == "attorney" else question.who
    return _after(given, best)


def _after(answer: Answer | None, best: Asked) -> Asked | None:
    """Don't know moves on to the paper, then to a request; declined is not asked again."""
    if answer is None:
        return best
    if answer.value == DECLINED:
        return None
    if answer.value == UNKNOWN:
        return "paper" if best == "client" and answer.source != "paper" else "request"
    return best


def _answers(matter: Matter, own: Touchpoint | None, unknown: Unknown) -> dict[str, Answer | str]:
    if own is None:
        return matter.client
    return own.practices if unknown.kind == "practice" else own.facts


def _settled(unknown: Unknown, question: Question | None, bearing: Sequence[Line], again: RouteAgain) -> int:
    """How many of the lines the most telling answer settles; for a date or a place, those that turn on nothing else."""
    alone = sum(line.unknown == (unknown,) for line in bearing)
    best = alone
    for value in _values(unknown, question):
        standings = defaultdict(set)
        for name, standing in again(unknown, Answer(value=value), bearing):
            standings[name].add(standing)
        best = max(best, sum(_is_settled(standings.get(line.id, set())) for line in bearing))
    return best


def _values(unknown: Unknown, question: Question | None) -> tuple[str, ...]:
    if unknown.kind == "practice":
        return ("yes", "no")
    if unknown.kind != "fact" or question is None:
        return ()
    return ("yes",) if question.only_yes else question.values


def _is_settled(standings: set[Standing]) -> bool:
    return "open" in standings or "undetermined" not in standings
