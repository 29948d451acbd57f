"""What differs between a signed memo and what is said now, or another signed memo, and why: catalog, day or answers.

Three steps lead from the one to the other: the same facts by the catalog of now, then on the day of now, then the facts
of now. A line that differs is told with the steps in which it changed. Of answers those are named that change the line
when they alone are taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.changes import RowChange
from clinic_mapper.catalog.digest import changed_marks, digest
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo.changed_answers import AnswerChange, changed_answers, taken_back
from clinic_mapper.memo.seal import Named, Seal, SealedCatalog, SealedLine, sealed_catalog, sealed_lines
from clinic_mapper.routing.compare import Difference, compare_states, states_of
from clinic_mapper.routing.live import LiveMap
from clinic_mapper.routing.model import ExposureMap, Value

MOST_TRIED = 40
"""Changed answers that are taken back one by one; where more changed they are told together."""


class Why(Value, frozen=True):
    """Why a line differs. `catalog`: other rows, of which `rows` are named by its routes; `day`: time has passed;
    `facts`: other answers, of which each of `answers` does it alone."""

    catalog: bool = False
    rows: tuple[RowChange, ...] = ()
    day: bool = False
    facts: bool = False
    answers: tuple[AnswerChange, ...] = ()


class Side(Value, frozen=True):
    """What was said, and of what: one of the two that are compared. `names`: as in a seal, {} where the catalog in use
    has them."""

    matter: Matter
    today: str
    lines: tuple[SealedLine, ...]
    catalog: SealedCatalog
    names: dict[str, Named]
    cut: bool


class Since(Value, frozen=True):
    """What changed since a memo was signed. `rows`: how many rows differ on which a standing can turn; `cut`: one of
    the maps was.

    `sure`: the causes were worked out. Else the catalog of the later side is not at hand, and what is told of a line
    is what changed of its contact, of the client and of its rows meanwhile.
    """

    seal: Seal
    before: Side
    after: Side
    difference: Difference
    changes: tuple[AnswerChange, ...]
    rows: int
    why: dict[str, Why]
    sure: bool
    cut: bool

    def __repr__(self) -> str:
        return f"Since({self.seal!r})"  # what was told never reaches a log by accident


def since_signed(seal: Seal, matter: Matter, catalog: Catalog, exposure: ExposureMap) -> Since:
    """What changed since a memo was signed. `exposure` must come from this matter and catalog."""
    after = Side(
        matter=matter,
        today=exposure.today,
        lines=sealed_lines(exposure),
        catalog=sealed_catalog(catalog),
        names={},
        cut=exposure.cut,
    )
    return _since(seal, after, catalog, sure=True)


def between(old: Seal, new: Seal, catalog: Catalog) -> Since:
    """What differs between two signed memos. `catalog`: the one in use, which tells causes if `new` was made by it."""
    return _since(old, side_of(new), catalog, sure=new.catalog.sha256 == digest(catalog))


def by_catalog_alone(seal: Seal, catalog: Catalog) -> Difference:
    """What the catalog in use makes of the facts of a signed memo, on the day for which that was made."""
    now = LiveMap().map(seal.case, catalog, date.fromisoformat(seal.today), ask=False)
    return compare_states(seal.states, states_of(now))


def side_of(seal: Seal) -> Side:
    """A signed memo as one side."""
    return Side(
        matter=seal.case,
        today=seal.today,
        lines=seal.lines,
        catalog=seal.catalog,
        names=seal.names,
        cut=seal.cut,
    )


def _since(seal: Seal, after: Side, catalog: Catalog, *, sure: bool) -> Since:
    before = side_of(seal)
    difference = compare_states([line.state for line in before.lines], [line.state for line in after.lines])
    changes = changed_answers(before.matter, after.matter)
    rows = changed_marks(before.catalog.marks, after.catalog.marks)
    if difference.is_empty:
        why: dict[str, Why] = {}
    elif sure:
        why = _causes(before, after, catalog, difference.lines, changes, rows)
    else:
        why = {line: _nearby(line, before, after, changes, rows) for line in difference.lines}
    return Since(
        seal=seal,
        before=before,
        after=after,
        difference=difference,
        changes=changes,
        rows=len(rows),
        why=why,
        sure=sure,
        cut=before.cut or after.cut,
    )


def _causes(
    before: Side,
    after: Side,
    catalog: Catalog,
    lines: Iterable[str],
    changes: Sequence[AnswerChange],
    rows: Sequence[RowChange],
) -> dict[str, Why]:
    live = LiveMap()

    def mapped(matter: Matter, day: str) -> dict[str, SealedLine]:
        return _by_id(sealed_lines(live.map(matter, catalog, date.fromisoformat(day), ask=False)))

    then, now = _by_id(before.lines), _by_id(after.lines)
    by_catalog = mapped(before.matter, before.today)
    by_day = mapped(before.matter, after.today) if after.today != before.today else by_catalog
    moved = {line for line in lines if not _same(line, by_day, now)}
    singly: dict[str, list[AnswerChange]] = {line: [] for line in moved}
    for change in changes if moved and len(changes) <= MOST_TRIED else ():
        without = mapped(taken_back(after.matter, before.matter, change), after.today)
        for line in moved:
            if not _same(line, without, now):
                singly[line].append(change)
    return {
        line: Why(
            catalog=not _same(line, then, by_catalog),
            rows=_named(rows, line, then, by_catalog) if not _same(line, then, by_catalog) else (),
            day=not _same(line, by_catalog, by_day),
            facts=line in moved,
            answers=tuple(singly.get(line, ())),
        )
        for line in lines
    }


def _nearby(line: str, before: Side, after: Side, changes: Iterable[AnswerChange], rows: Iterable[RowChange]) -> Why:
    then, now = _by_id(before.lines), _by_id(after.lines)
    contact = (now.get(line) or then[line]).state.touchpoint
    near = tuple(change for change in changes if change.touchpoint in ("", contact))
    of_line = _named(rows, line, then, now)
    return Why(
        catalog=bool(of_line),
        rows=of_line,
        day=before.today != after.today,
        facts=bool(near),
        answers=near,
    )


def _named(rows: Iterable[RowChange], line: str, *sides: Mapping[str, SealedLine]) -> tuple[RowChange, ...]:
    """The changed rows that the routes of a line name, on either side."""
    named = {row for side in sides if line in side for row in side[line].rows}
    return tuple(row for row in rows if f"{row.kind}/{row.id}" in named)


def _same(line: str, one: Mapping[str, SealedLine], other: Mapping[str, SealedLine]) -> bool:
    pair = [[side[line].state] if line in side else [] for side in (one, other)]
    return compare_states(*pair).is_empty


def _by_id(lines: Iterable[SealedLine]) -> dict[str, SealedLine]:
    return {line.state.line: line for line in lines}


def seen_as(since: Since, before: Matter, after: Matter) -> Since:
    """The same with other words for what was told, and without the names that only the seal has: for what may excuse
    a value that is searched for."""
    sides = replace(since.before, matter=before, names={}), replace(since.after, matter=after, names={})
    return replace(since, before=sides[0], after=sides[1])
