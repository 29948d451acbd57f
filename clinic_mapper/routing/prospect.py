"""What an answer that nobody has given yet would settle, tried answer by answer, each as likely as the next."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import msgspec

from clinic_mapper.casefile.model import Answer
from clinic_mapper.catalog.model import Question
from clinic_mapper.routing.index import AGENCY
from clinic_mapper.routing.model import Line, Standing, Unknown
from clinic_mapper.routing.reading import Reading, Walked

LONG_AGO_DAYS = 20 * 365
"""Dates are tried back to here, a day as likely as another; what lies further back counts as one day more."""

Outcome = dict[str, set[Standing]]
"""By line, the standings that its routes would have."""


class Prospect(msgspec.Struct, frozen=True):
    """How many lines an answer settles: `expected`, the mean over all answers; `most`, by the most telling one."""

    expected: float
    most: int


class Prospects:
    """Tries answers on a matter that was read."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def of(self, unknown: Unknown, question: Question | None, bearing: Sequence[Line]) -> Prospect:
        """What an answer to `unknown` would do to the undetermined lines that turn on it."""
        alone = {line.id for line in bearing if all(each == unknown or each.kind == "judge" for each in line.unknown)}
        expected, weights, most = 0.0, 0.0, len(alone)
        for weight, outcome in self._outcomes(unknown, question, bearing):
            settled = sum(line.id in alone or _is_settled(outcome.get(line.id, set())) for line in bearing)
            expected, weights, most = expected + weight * settled, weights + weight, max(most, settled)
        return Prospect(expected / weights if weights else float(len(alone)), most)

    def _outcomes(
        self, unknown: Unknown, question: Question | None, bearing: Sequence[Line]
    ) -> Iterator[tuple[float, Outcome]]:
        if unknown.kind in ("date", "place") and unknown.touchpoint:
            yield from self._by_day_or_place(unknown, bearing)
            return
        for answer in self._answers(unknown, question):
            yield 1.0, _grouped(self._reading.standings_if(unknown, answer, bearing))

    def _answers(self, unknown: Unknown, question: Question | None) -> Iterable[Answer]:
        if unknown.kind == "date":
            return self._onsets()
        if unknown.kind == "practice":
            return _YES_NO
        if unknown.id == AGENCY:
            return [Answer(value=kind) for kind in self._reading.index.catalog.agency_kinds]
        if question is None:
            return ()
        return [Answer(value=value) for value in (("yes",) if question.only_yes else question.values)]

    def _onsets(self) -> list[Answer]:
        """Days on which a fact can have begun: long ago, today, and one between them that matters."""
        starts, today = self._reading.timeline.starts, self._reading.timeline.today
        first = bisect_left(starts, starts[today] - LONG_AGO_DAYS)
        days = (starts[number] for number in (first, (first + today) // 2, today))
        return [Answer(value="yes", since=date.fromordinal(day).isoformat()) for day in days]

    def _by_day_or_place(self, unknown: Unknown, bearing: Sequence[Line]) -> Iterator[tuple[float, Outcome]]:
        """A contact's date or place: its routes are judged for every day and place already, one is picked."""
        contact = next(each for each in self._reading.touchpoints if each.id == unknown.touchpoint)
        walked, wanted = self._reading.walked(contact), {line.id for line in bearing}
        scene = walked.scene
        truths = [(line, walked.judge.truth(path)) for line, path in self._reading.undetermined(walked, wanted)]
        here = scene.past | scene.coming
        for weight, bits in _days(walked) if unknown.kind == "date" else _places(walked):
            if bits & here:
                yield weight, _grouped((line, _standing(must, may, bits & here)) for line, (must, may) in truths)


_YES_NO = (Answer(value="yes"), Answer(value="no"))


def _days(walked: Walked) -> Iterator[tuple[float, int]]:
    """Each segment of the timeline in every world, weighed by its days."""
    grid, starts = walked.scene.grid, walked.scene.grid.timeline.starts
    oldest = starts[grid.timeline.today] - LONG_AGO_DAYS
    ends = [*starts[1:], starts[-1] + 365]
    for number, (first, after) in enumerate(zip(starts, ends, strict=True)):
        yield float(max(after - max(first, oldest), 1)), grid.spread(1 << number)


def _places(walked: Walked) -> Iterator[tuple[float, int]]:
    """Each way the place could be, a state as likely as another."""
    grid, worlds = walked.scene.grid, walked.scene.worlds
    states = [min((name for name in world if len(name) == _STATE), default="") for world in worlds]
    for number, state in enumerate(states):
        yield 1 / states.count(state), grid.row(number)


_STATE = len("US-CA")


def _standing(must: int, may: int, here: int) -> Standing:
    if not may & here:
        return "closed"
    return "open" if must & here == here else "undetermined"


def _grouped(standings: Iterable[tuple[str, Standing]]) -> Outcome:
    found: Outcome = defaultdict(set)
    for line, standing in standings:
        found[line].add(standing)
    return found


def _is_settled(standings: set[Standing]) -> bool:
    return "open" in standings or "undetermined" not in standings
