"""A catalog in short: one mark for all of it, and one for each row by which another catalog can be held against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

import msgspec

from clinic_mapper.catalog.changes import ONLY_WORDS, RowChange
from clinic_mapper.catalog.decode import KINDS
from clinic_mapper.catalog.model import Catalog

MARK_LENGTH = 12
"""Hexadecimal digits of a row's mark: enough to tell two forms of one row apart, and no proof of anything."""

_MOVE_NOTHING = ("sources", "remedies", "places", "when_forms")
"""Kinds whose rows no standing turns on."""

Marks = dict[str, dict[str, str]]
"""The marks of rows by kind and id."""


def digest(catalog: Catalog) -> str:
    """SHA-256, in hexadecimal, of every row in use, the clinic's own included, with all its words."""
    whole = sha256()
    for kind in KINDS:
        for id, row in sorted(getattr(catalog, kind).items()):
            whole.update(msgspec.json.encode((kind, id, row)) + b"\n")
    return whole.hexdigest()


def marks_of(catalog: Catalog) -> Marks:
    """The mark of every row that can move a route, made from the keys that can: words and evidence leave it."""
    kinds = (kind for kind in KINDS if kind not in _MOVE_NOTHING)
    return {kind: {id: _mark(row) for id, row in sorted(getattr(catalog, kind).items())} for kind in kinds}


def changed_marks(old: Mapping[str, Mapping[str, str]], new: Mapping[str, Mapping[str, str]]) -> tuple[RowChange, ...]:
    """The rows that came, went or say something else on which a standing can turn, by kind and then by id."""
    return tuple(change for kind in KINDS for change in _of_kind(kind, old.get(kind, {}), new.get(kind, {})))


def _of_kind(kind: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[RowChange]:
    for id in sorted(old.keys() | new.keys()):
        if id not in old:
            yield RowChange(kind=kind, id=id, what="added")
        elif id not in new:
            yield RowChange(kind=kind, id=id, what="removed")
        elif old[id] != new[id]:
            yield RowChange(kind=kind, id=id, what="changed")


def _mark(row: Any) -> str:
    told = msgspec.to_builtins(row)  # without what a row leaves out, so that a key that is new to rows changes none
    telling = {key: value for key, value in told.items() if key not in ONLY_WORDS}
    return sha256(msgspec.json.encode(telling, order="sorted")).hexdigest()[:MARK_LENGTH]
