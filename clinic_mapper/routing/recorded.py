"""What a kind of touchpoint records, made ready: the conditions compiled, data items as bits."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from clinic_mapper.catalog.model import Record, TouchpointKind
from clinic_mapper.routing.conditions import Test
from clinic_mapper.routing.index import IDENTITY, Index, bits


class Recorded(msgspec.Struct, frozen=True, gc=False):
    """A record made ready. `data`: what is in it wherever it exists; `parts`: what is in it besides, and when."""

    row: Record
    test: Test
    data: int
    parts: tuple[tuple[int, Test], ...]


def recorded(index: Index, kind: TouchpointKind) -> tuple[Recorded, ...]:
    """The records that a kind of touchpoint leaves, in the order of the catalog."""
    found = index.recorded.get(kind.id)
    if found is None:
        found = index.recorded[kind.id] = tuple(
            Recorded(
                row=record,
                test=index.test(f"record:{kind.id}:{number}", record.when, kind.id),
                data=bits(record.data) | IDENTITY,
                parts=tuple(_parts(index, kind, number, record)),
            )
            for number, record in enumerate(kind.creates)
        )
    return found


def _parts(index: Index, kind: TouchpointKind, number: int, record: Record) -> Iterator[tuple[int, Test]]:
    for part_number, part in enumerate(record.data_when):
        yield bits(part.data), index.test(f"data:{kind.id}:{number}:{part_number}", part.when, kind.id)
