"""Which rows of two catalogs differ, by kind and id, with the keys that changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from clinic_mapper.catalog.decode import KINDS
from clinic_mapper.catalog.model import Catalog

ONLY_WORDS = frozenset(
    {
        *("cites", "as_of", "status_as_of", "note", "examples", "name", "aliases", "operator", "summary", "en", "es"),
        *("title", "publisher", "published", "third_party_copy", "why_en", "why_es", "list", "who", "sensitive"),
        *("trigger", "authority", "practice_note", "outcome", "citation", "says", "caveat", "allows_when"),
    }
)
"""Keys that tell of a row and its evidence. No standing turns on them; all other keys can move a route."""


class RowChange(msgspec.Struct, frozen=True, kw_only=True):
    """A row that only one catalog has, or that both have and that says something else. `kind`: a list of a catalog
    file (`flows`). `keys`: of a changed row, the keys as the files write them, in the order of the row."""

    kind: str
    id: str
    what: Literal["added", "removed", "changed"]
    keys: tuple[str, ...] = ()

    @property
    def can_move_a_route(self) -> bool:
        """Whether more than words and evidence differs."""
        return self.what != "changed" or not ONLY_WORDS.issuperset(self.keys)

    @property
    def in_words(self) -> str:
        """`flow "x": changed: until`."""
        keys = f": {', '.join(self.keys)}" if self.keys else ""
        return f'{KINDS[self.kind]} "{self.id}": {self.what}{keys}'


def changed_rows(old: Catalog, new: Catalog) -> tuple[RowChange, ...]:
    """Every row that differs, by kind and then by id."""
    return tuple(change for kind in KINDS for change in _of_kind(kind, getattr(old, kind), getattr(new, kind)))


def _of_kind(kind: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[RowChange]:
    for name in sorted(old.keys() | new.keys()):
        if name not in old:
            yield RowChange(kind=kind, id=name, what="added")
        elif name not in new:
            yield RowChange(kind=kind, id=name, what="removed")
        elif old[name] != new[name]:
            yield RowChange(kind=kind, id=name, what="changed", keys=_keys(old[name], new[name]))


def _keys(old: Any, new: Any) -> tuple[str, ...]:
    fields = msgspec.structs.fields(old)
    return tuple(field.encode_name for field in fields if getattr(old, field.name) != getattr(new, field.name))
