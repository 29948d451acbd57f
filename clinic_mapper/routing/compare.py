"""Two maps held against each other: what changed since the last memo, or what another catalog makes of the same facts.

Lines are the same line where contact and mechanism are the same. What a line says is what its strongest route says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from clinic_mapper.routing.model import (
    Arrives,
    ExposureMap,
    LawOnHop,
    Line,
    Reason,
    Standing,
    Tense,
    Value,
)

Aspect = Literal["standing", "closed_by", "tense", "arrives", "end", "law"]

ASPECTS: tuple[Aspect, ...] = ("standing", "closed_by", "tense", "arrives", "end", "law")
"""What of a line is compared, in the order in which it is told."""

_WITHOUT_TENSE = tuple(aspect for aspect in ASPECTS if aspect not in ("tense", "arrives"))


class LineState(Value, frozen=True):
    """What one map says of a line. `end` and `law` are those of its strongest route.

    `law` holds what does something to the route, in the order of ids: law that is only shown beside it is left out.
    """

    line: str
    touchpoint: str
    mechanism: str
    standing: Standing
    closed_by: tuple[Reason, ...]
    tense: Tense
    arrives: Arrives
    end: Literal["ice-ero", "ice-hsi"]
    law: tuple[LawOnHop, ...]

    @property
    def has_tense(self) -> bool:
        """Whether a tense may be said: of a line closed by fact or time only that it was within reach."""
        return self.standing != "closed" or self.closed_by == ("law",) or self.tense == "was_within_reach"


class LineChange(Value, frozen=True):
    """A line that both maps have and of which they say different things. `aspects`: which, never empty; tense and
    arrival count only where one of the maps may say them."""

    line: str
    aspects: tuple[Aspect, ...]
    before: LineState
    after: LineState


class Difference(Value, frozen=True):
    """Every line of two maps, each once. `went` stands in the order of the map before, all else in that of the map
    after: the strongest first. `same` holds ids."""

    appeared: tuple[LineState, ...]
    went: tuple[LineState, ...]
    changed: tuple[LineChange, ...]
    same: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether both maps say the same of the same lines."""
        return not self.lines

    @property
    def lines(self) -> tuple[str, ...]:
        """The ids of the lines that differ: those that appeared, those that changed, those that went."""
        appeared, went = ((state.line for state in side) for side in (self.appeared, self.went))
        return (*appeared, *(change.line for change in self.changed), *went)


def compare(before: ExposureMap, after: ExposureMap) -> Difference:
    """What differs between two maps, line by line. A pure function; the maps may come from other matters, catalogs
    and days."""
    return compare_states(states_of(before), states_of(after))


def states_of(exposure: ExposureMap) -> tuple[LineState, ...]:
    """What a map says of each of its lines, the strongest first: all that is compared, and small enough to be kept."""
    return tuple(_state(line, exposure) for line in exposure.lines)


def compare_states(before: Iterable[LineState], after: Iterable[LineState]) -> Difference:
    """What differs between what was said of lines and what is said of them. Each line stands once on each side."""
    old = {state.line: state for state in before}
    new = {state.line: state for state in after}
    changed = tuple(_changes(old, new))
    differing = {change.line for change in changed}
    return Difference(
        appeared=tuple(state for name, state in new.items() if name not in old),
        went=tuple(state for name, state in old.items() if name not in new),
        changed=changed,
        same=tuple(name for name in new if name in old and name not in differing),
    )


def _changes(old: dict[str, LineState], new: dict[str, LineState]) -> Iterator[LineChange]:
    for name, after in new.items():
        before = old.get(name)
        if before is None:
            continue
        compared = ASPECTS if before.has_tense or after.has_tense else _WITHOUT_TENSE
        aspects = tuple(aspect for aspect in compared if getattr(before, aspect) != getattr(after, aspect))
        if aspects:
            yield LineChange(line=name, aspects=aspects, before=before, after=after)


def _state(line: Line, exposure: ExposureMap) -> LineState:
    strongest = exposure.routes[line.routes[0]]
    acting = {(law.id, law.effect, law.does): law for law in strongest.law if law.does != "show"}
    return LineState(
        line=line.id,
        touchpoint=line.touchpoint,
        mechanism=line.mechanism,
        standing=line.standing,
        closed_by=line.closed_by,
        tense=line.tense,
        arrives=line.arrives,
        end=strongest.end,
        law=tuple(law for _, law in sorted(acting.items(), key=lambda item: item[0])),
    )
