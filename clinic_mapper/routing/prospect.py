"""What an answer that nobody has given yet would settle, tried answer by answer, each as likely as the next."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from clinic_mapper.casefile.model import Answer
from clinic_mapper.catalog.model import Question
from clinic_mapper.routing.index import AGENCY
from clinic_mapper.routing.model import Line, Standing, Unknown
from clinic_mapper.routing.reading import Reading, Walked
from clinic_mapper.routing.scene import Scene
from clinic_mapper.routing.verdict import IN_CUSTODY

LONG_AGO_DAYS = 20 * 365
FAR_AHEAD_DAYS = 5 * 365
"""Dates are tried back and ahead to here, a day as likely as another; what lies further off counts as one day more."""

Outcome = dict[str, set[Standing]]
"""By line, the standings that its routes would have."""


class Prospect(msgspec.Struct, frozen=True):
    """How many lines an answer settles: `expected`, the mean over all answers; `most`, by the most telling one."""

    expected: float
    most: int


class _Tried(NamedTuple):
    """What was tried of a question, and all that it hangs on: how many lines turn on it alone, which others bear on it,
    and their contacts as they were walked."""

    alone: int
    others: tuple[str, ...]
    walked: tuple[Walked, ...]
    prospect: Prospect

    def holds(self, alone: int, others: tuple[str, ...], walked: tuple[Walked, ...]) -> bool:
        """Whether nothing is otherwise now. A contact that was not walked again is the same in all that it reads."""
        return (self.alone, self.others) == (alone, others) and list(map(id, self.walked)) == list(map(id, walked))


class Prospects:
    """Tries answers on a matter that was read. `before`: of an earlier reading; what that tried of contacts that were
    not walked again since is not tried again."""

    def __init__(self, reading: Reading, before: Prospects | None = None) -> None:
        self._reading = reading
        self._before = before._tried if before else {}
        self._tried: dict[Unknown, _Tried] = {}

    def forget_before(self) -> None:
        """Let go of what was tried earlier: what could be taken from it has been."""
        self._before = {}

    def of(self, unknown: Unknown, question: Question | None, bearing: Sequence[Line]) -> Prospect:
        """What an answer to `unknown` would do to the undetermined lines that turn on it."""
        others = [line for line in bearing if any(each != unknown and each.kind != "judge" for each in line.unknown)]
        contacts = {unknown.touchpoint, *(line.touchpoint for line in others)}
        walked = tuple(self._reading.walked(each) for each in self._reading.touchpoints if each.id in contacts)
        now = len(bearing) - len(others), tuple(line.id for line in others), walked
        kept = self._before.get(unknown) if unknown != IN_CUSTODY else None  # which stay is the last, others say too
        prospect = kept.prospect if kept and kept.holds(*now) else self._try(unknown, question, now[0], others)
        self._tried[unknown] = _Tried(*now, prospect)
        return prospect

    def _try(self, unknown: Unknown, question: Question | None, alone: int, others: Sequence[Line]) -> Prospect:
        expected, weights, most = 0.0, 0.0, alone
        for weight, settles in self._outcomes(unknown, question, others):
            settled = alone + settles
            expected, weights, most = expected + weight * settled, weights + weight, max(most, settled)
        return Prospect(expected / weights if weights else float(alone), most)

    def _outcomes(
        self, unknown: Unknown, question: Question | None, lines: Sequence[Line]
    ) -> Iterator[tuple[float, int]]:
        """Each answer's weight, and how many of some lines it settles."""
        if unknown.kind in ("date", "place") and unknown.touchpoint:
            yield from self._by_day_or_place(unknown, lines)
            return
        for answer in self._answers(unknown, question):
            outcome = _grouped(self._reading.standings_if(unknown, answer, lines))
            yield 1.0, sum(_is_settled(outcome.get(line.id, set())) for line in lines)

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

    def _by_day_or_place(self, unknown: Unknown, lines: Sequence[Line]) -> Iterator[tuple[float, int]]:
        """A contact's date or place: its routes are judged for every day and place already, one is picked."""
        contact = next(each for each in self._reading.touchpoints if each.id == unknown.touchpoint)
        walked = self._reading.walked(contact)
        pick = _Days(walked.scene) if unknown.kind == "date" else _Places(walked.scene)
        open_, undetermined = (
            dict.fromkeys((line.id for line in lines), 0),
            dict.fromkeys((line.id for line in lines), 0),
        )
        for line, path in self._reading.undetermined(walked, lines):
            must, may = walked.judge.truth(path)
            closed, sure = pick.never(may), pick.always(must)
            open_[line] |= sure
            undetermined[line] |= pick.all & ~sure & ~closed
        settled = [pick.all & (open_[line] | ~undetermined[line]) for line in open_]
        for weight, bit in pick.weights():
            yield weight, sum(bool(each & bit) for each in settled)


_YES_NO = (Answer(value="yes"), Answer(value="no"))


class _Days:
    """The days of a contact, one to be picked: segments of its timeline as bits, whatever the place."""

    def __init__(self, scene: Scene) -> None:
        self._grid, self._here = scene.grid, scene.here
        self.all = self._grid.days_with(scene.here)

    def never(self, may: int) -> int:
        """The segments in no world of which something can be."""
        return self.all & ~self._grid.days_with(may & self._here)

    def always(self, must: int) -> int:
        """The segments in every world of which something is surely so."""
        return self.all & ~self._grid.days_with(self._here & ~must)

    def weights(self) -> Iterator[tuple[float, int]]:
        """Each segment by its days."""
        starts = self._grid.timeline.starts
        today = starts[self._grid.timeline.today]
        oldest, latest = today - LONG_AGO_DAYS, today + FAR_AHEAD_DAYS
        ends = [*starts[1:], starts[-1] + 1]
        for number, (first, after) in enumerate(zip(starts, ends, strict=True)):
            if self.all >> number & 1:
                yield float(max(min(after, latest) - max(first, oldest), 1)), 1 << number


class _Places:
    """The places of a contact, one to be picked: its worlds as bits, each at the start of its row, whatever the day."""

    def __init__(self, scene: Scene) -> None:
        self._grid, self._worlds, self._here = scene.grid, scene.worlds, scene.here
        self.all = scene.grid.rows_with(scene.here)

    def never(self, may: int) -> int:
        """The worlds in which something can be on no day."""
        return self.all & ~self._grid.rows_with(may & self._here)

    def always(self, must: int) -> int:
        """The worlds in which something is surely so on every day."""
        return self.all & ~self._grid.rows_with(self._here & ~must)

    def weights(self) -> Iterator[tuple[float, int]]:
        """Each world, a state as likely as another."""
        states = [min((name for name in world if len(name) == _STATE), default="") for world in self._worlds]
        of_state = Counter(states)
        for number, state in enumerate(states):
            bit = 1 << number * self._grid.width
            if self.all & bit:
                yield 1 / of_state[state], bit


_STATE = len("US-CA")


def _grouped(standings: Iterable[tuple[str, Standing]]) -> Outcome:
    found: Outcome = defaultdict(set)
    for line, standing in standings:
        found[line].add(standing)
    return found


def _is_settled(standings: set[Standing]) -> bool:
    return "open" in standings or "undetermined" not in standings
