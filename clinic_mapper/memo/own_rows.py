"""The catalog without what somebody laid over it in words of their own: such words excuse nothing in a finished file.

A clinic's note is printed with every memo that rests on it, so it is searched like everything else that people typed.
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from clinic_mapper.catalog.layers import LISTS_TITLE
from clinic_mapper.catalog.model import Catalog, RemedyWords

_WORDS = (
    "title", "publisher", "name", "operator", "summary", "en", "es", "citation", "says", "caveat", "allows_when",
    "trigger", "authority", "practice_note", "asked_en", "asked_es", "judge", "judge_es", "outcome", "recipient",
    "deadline", "caution", "learns", "who", "note",
)  # fmt: skip
"""Keys of rows under which people write sentences and names."""


def without_laid_over(catalog: Catalog) -> Catalog:
    """The same catalog where every row from a layer says nothing; a published list, whose words are ours, stays.

    Agencies and places stay with the rows: what is known of one speaks for a contact that names it.
    """
    changed: dict[str, dict[str, Any]] = {}
    for kind, id in _laid_over(catalog):
        rows = changed.setdefault(kind, dict(getattr(catalog, kind)))
        rows[id] = _silent(rows[id])
    return replace(catalog, **changed) if changed else catalog


def ids_laid_over(catalog: Catalog) -> set[str]:
    """The ids of these rows: they are made from what was typed."""
    return {id for _, id in _laid_over(catalog)}


def _laid_over(catalog: Catalog) -> list[tuple[str, str]]:
    return [row for row, layer in catalog.origins.items() if layer != LISTS_TITLE]


def _silent(row: Any) -> Any:
    said: dict[str, Any] = {key: "" for key in _WORDS if isinstance(getattr(row, key, None), str)}
    if isinstance(getattr(row, "es", None), RemedyWords):
        said["es"] = None
    cites = getattr(row, "cites", ())
    if cites:
        said["cites"] = tuple(replace(cite, at="") for cite in cites)
    return replace(row, **said)
