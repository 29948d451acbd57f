"""Which question to ask next: the askable unknowns of undetermined lines, ranked by the lines an answer settles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.model import Catalog, Question
from clinic_mapper.routing.model import AskNext, Line, Unknown
from clinic_mapper.routing.prospect import Prospect
from clinic_mapper.routing.who_answers import WHO, Asked, question_of, who_answers

Try = Callable[[Unknown, Question | None, Sequence[Line]], Prospect]
"""Says what an answer would settle among the lines that turn on it."""


class _Ask(NamedTuple):
    """A question with what its place in the order hangs on."""

    unknown: Unknown
    who: Asked
    settles: int
    worth: float
    strongest: int

    @property
    def place(self) -> tuple[object, ...]:
        """Its place in the order, the best first; no two are equal."""
        return -round(self.worth, 6), self.strongest, WHO.index(self.who), self.unknown


def ask_next(matter: Matter, catalog: Catalog, lines: Sequence[Line], try_: Try) -> tuple[AskNext, ...]:
    """The questions worth asking, the best first.

    Order: the lines an answer settles on average, and of each line that it bears on its share among all that can be
    asked about that line; then the strongest line, then who can answer (client, paper, request, clinic).
    """
    contacts = {touchpoint.id: touchpoint for touchpoint in matter.touchpoints}
    open_ = {unknown for line in lines if line.standing == "undetermined" for unknown in line.unknown}
    who = {unknown: best for unknown in open_ if (best := who_answers(matter, catalog, unknown)) is not None}
    bearing: dict[Unknown, list[int]] = defaultdict(list)
    shares: dict[int, float] = {}
    for number, line in enumerate(lines):
        askable = [each for each in line.unknown if each in who] if line.standing == "undetermined" else []
        for unknown in askable:
            bearing[unknown].append(number)
            shares[number] = 1 / len(askable)
    asks = []
    for unknown, numbers in bearing.items():
        question = question_of(catalog, contacts.get(unknown.touchpoint), unknown)
        prospect = try_(unknown, question, [lines[number] for number in numbers])
        worth = prospect.expected + sum(shares[number] for number in numbers)
        asks.append(_Ask(unknown, who[unknown], prospect.most, worth, numbers[0]))
    return tuple(
        AskNext(
            kind=ask.unknown.kind,  # type: ignore[arg-type]
            fact=ask.unknown.id,
            touchpoint=ask.unknown.touchpoint,
            who=ask.who,
            lines_settled=ask.settles,
        )
        for ask in sorted(asks, key=lambda ask: ask.place)
    )
