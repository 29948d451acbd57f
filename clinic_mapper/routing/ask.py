"""Which question to ask next: the askable unknowns of undetermined lines, ranked by the lines an answer can settle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal

from msgspec.structs import replace

from clinic_mapper.casefile.model import DECLINED, UNKNOWN, Answer, Matter, Touchpoint, answer_of
from clinic_mapper.catalog.model import Catalog, Question
from clinic_mapper.routing.index import AGENCY
from clinic_mapper.routing.model import AskNext, Line, Standing, Unknown

Asked = Literal["client", "paper", "request", "clinic"]
WHO: tuple[Asked, ...] = ("client", "paper", "request", "clinic")

RouteAgain = Callable[[Matter, Unknown, Sequence[Line]], Iterable[tuple[str, Standing]]]
"""Gives line and standing of each route of some lines in a matter changed by one answer."""


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
    ranked = []
    for unknown, numbers in bearing.items():
        question = _question(catalog, matter, unknown)
        who = _who(matter, unknown, question)
        if who is None:
            continue
        settled = _settled(matter, unknown, question, [lines[number] for number in numbers], again)
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


def _question(catalog: Catalog, matter: Matter, unknown: Unknown) -> Question | None:
    if unknown.kind != "fact":
        return None
    if unknown.id in catalog.client_questions:
        return catalog.client_questions[unknown.id]
    own = next((touchpoint for touchpoint in matter.touchpoints if touchpoint.id == unknown.touchpoint), None)
    kind = catalog.touchpoints.get(own.kind) if own else None
    return next((question for question in (kind.questions if kind else ()) if question.id == unknown.id), None)


def _who(matter: Matter, unknown: Unknown, question: Question | None) -> Asked | None:
    """Who can best answer now; None if nobody here is to be asked."""
    if unknown.kind == "judge":
        return None
    if unknown.kind == "practice":
        return _after(_given(matter, unknown), "clinic")
    if unknown.kind in ("date", "place") or unknown.id == AGENCY:
        return "client"
    if question is None:
        return None
    best: Asked = "clinic" if question.who == "attorney" else question.who
    return _after(_given(matter, unknown), best)


def _after(answer: Answer | None, best: Asked) -> Asked | None:
    """Don't know moves on to the paper, then to a request; declined is not asked again."""
    if answer is None:
        return best
    if answer.value == DECLINED:
        return None
    if answer.value == UNKNOWN:
        return "paper" if best == "client" and answer.source != "paper" else "request"
    return best


def _given(matter: Matter, unknown: Unknown) -> Answer | None:
    if not unknown.touchpoint:
        return answer_of(matter.client.get(unknown.id))
    own = next(touchpoint for touchpoint in matter.touchpoints if touchpoint.id == unknown.touchpoint)
    return answer_of((own.practices if unknown.kind == "practice" else own.facts).get(unknown.id))


def _settled(
    matter: Matter, unknown: Unknown, question: Question | None, bearing: Sequence[Line], again: RouteAgain
) -> int:
    """How many of the lines the most telling answer settles; for a date or a place, those that turn on nothing else."""
    alone = sum(line.unknown == (unknown,) for line in bearing)
    best = alone
    for changed in _answered(matter, unknown, question):
        standings = defaultdict(set)
        for name, standing in again(changed, unknown, bearing):
            standings[name].add(standing)
        best = max(best, sum(_is_settled(standings.get(line.id, set())) for line in bearing))
    return best


def _is_settled(standings: set[Standing]) -> bool:
    return "open" in standings or "undetermined" not in standings


def _answered(matter: Matter, unknown: Unknown, question: Question | None) -> Iterator[Matter]:
    """The matter with each possible answer given."""
    if unknown.kind == "practice":
        values: tuple[str, ...] = ("yes", "no")
    elif unknown.kind == "fact" and question is not None:
        values = ("yes",) if question.only_yes else question.values
    else:
        return
    for value in values:
        answer = Answer(value=value)
        if not unknown.touchpoint:
            yield replace(matter, client=matter.client | {unknown.id: answer})
        else:
            yield replace(
                matter, touchpoints=tuple(_with(touchpoint, unknown, answer) for touchpoint in matter.touchpoints)
            )


def _with(touchpoint: Touchpoint, unknown: Unknown, answer: Answer) -> Touchpoint:
    if touchpoint.id != unknown.touchpoint:
        return touchpoint
    if unknown.kind == "practice":
        return replace(touchpoint, practices=touchpoint.practices | {unknown.id: answer})
    return replace(touchpoint, facts=touchpoint.facts | {unknown.id: answer})
