"""What all rows of the catalog share: the base they are made of, spans of days, conditions, cites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True, gc=False):
    """A value that came from a catalog file. Rows never hold themselves, so the garbage collector need not see them."""


class DateSpan(Row, frozen=True):
    """A span of days; `until` is the last day on which it holds."""

    from_: str | None = msgspec.field(default=None, name="from")
    until: str | None = None


class Condition(Row, frozen=True):
    """A condition as data. Exactly one of its forms is set (`is` goes with `fact` or `client`); `check` holds this.

    `{"all": [...]}` · `{"any": [...]}` · `{"not": X}` · `{"fact": id, "is": v}` (a question of the touchpoint) ·
    `{"client": id, "is": v}` · `{"place": [ids]}` · `{"date": span}` · `{"agreement": id}` · `{"practice": id}`
    """

    all: tuple[Condition, ...] | None = None
    any: tuple[Condition, ...] | None = None
    not_: Condition | None = msgspec.field(default=None, name="not")
    fact: str | None = None
    client: str | None = None
    is_: str | None = msgspec.field(default=None, name="is")
    place: tuple[str, ...] | None = None
    date: DateSpan | None = None
    agreement: str | None = None
    practice: str | None = None

    @property
    def parts(self) -> tuple[Condition, ...]:
        """The conditions that stand directly inside this one."""
        return self.all or self.any or ((self.not_,) if self.not_ is not None else ())


def levels_of(conditions: Iterable[Condition | None]) -> Iterator[list[Condition]]:
    """Conditions, then those directly inside them, and so on to the innermost."""
    level = [condition for condition in conditions if condition is not None]
    while level:
        yield level
        level = [part for condition in level for part in condition.parts]


def nodes_of(conditions: Iterable[Condition | None]) -> list[Condition]:
    """Conditions and all that stand inside them."""
    return [condition for level in levels_of(conditions) for condition in level]


class Cite(Row, frozen=True):
    """Where a row's claim was read (`read`) or is known from without having been seen again (`recalled`)."""

    source: str
    at: str
    basis: Literal["read", "recalled"]
