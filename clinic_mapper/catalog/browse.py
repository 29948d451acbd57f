"""The catalog as text: all rows by kind and id, or one row with everything it says and where that stands."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

import msgspec

from clinic_mapper.catalog.evidence import LIMIT_YEARS, verify_first
from clinic_mapper.catalog.model import Catalog, Cite
from clinic_mapper.catalog.search import KINDS as PAGES
from clinic_mapper.problem import Problem

KINDS = (
    "systems", "mechanisms", "touchpoints", "flows", "restrictions", "remedies", "client_questions", "practices",
    "known_practices", "sources",
)  # fmt: skip


def listed(catalog: Catalog) -> str:
    """Every row, one a line: kind, id and name; counts first."""
    counts = ", ".join(f"{len(getattr(catalog, kind))} {kind.replace('_', ' ')}" for kind in KINDS)
    rows = [f"{kind[:-1]:16} {id:64} {_name(row)}" for kind in KINDS for id, row in getattr(catalog, kind).items()]
    return "\n".join((f"Catalog {catalog.version}, as of {catalog.as_of}: {counts}", *rows)) + "\n"


def listed_json(catalog: Catalog) -> str:
    """Every row in full, by kind and id, as JSON text."""
    plain = {"version": catalog.version, "as_of": catalog.as_of}
    rows = {kind: msgspec.to_builtins(getattr(catalog, kind)) for kind in KINDS}
    return msgspec.json.format(msgspec.json.encode(plain | rows), indent=2).decode() + "\n"


def kind_of(catalog: Catalog, id: str) -> str:
    """The kind of the row with this id, of those that can be read as pages.

    Raises:
        Problem: `catalog-no-such-row`, with the nearest ids.
    """
    for kind in PAGES:
        if id in getattr(catalog, kind):
            return kind
    raise _no_such_row(id, [name for kind in PAGES for name in getattr(catalog, kind)])


def shown(catalog: Catalog, id: str, today: str) -> str:
    """One row with all its keys; its cites name title, publisher and date of the source. Says what to verify first.

    Raises:
        Problem: `catalog-no-such-row`, with the nearest ids.
    """
    for kind in KINDS:
        row = getattr(catalog, kind).get(id)
        if row is not None:
            return _shown(catalog, kind, row, today)
    raise _no_such_row(id, [name for kind in KINDS for name in getattr(catalog, kind)])


def _no_such_row(id: str, ids: list[str]) -> Problem:
    near = get_close_matches(id, ids, n=3, cutoff=0.5)
    return Problem(
        "catalog-no-such-row",
        f"The catalog has no row “{id}”.",
        do=f"Did you mean {' or '.join(f'“{name}”' for name in near)}?" if near else "`catalog list` shows all ids.",
    )


def _shown(catalog: Catalog, kind: str, row: Any, today: str) -> str:
    layer = catalog.origins.get((kind, row.id), "shipped with the program")
    lines = [f"{kind[:-1]} {row.id}", f"  layer: {layer}"]
    for key, value in msgspec.to_builtins(row).items():
        if key not in ("id", "cites"):
            text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
            lines.append(f"  {key}: {text}")
    lines.extend(f"  cite: {_cited(catalog, cite)}" for cite in getattr(row, "cites", ()))
    if getattr(row, "cites", ()) and hasattr(row, "as_of"):
        lines.extend(f"  verify first: {_WHY[reason]}" for reason in verify_first(row, catalog, today))
    return "\n".join(lines) + "\n"


_WHY = {
    "recalled": "recalled, no source was read again",
    "copies": "read in copies alone",
    "told": "in part told to the clinic",
    "old": f"older than {LIMIT_YEARS} years",
}


def _cited(catalog: Catalog, cite: Cite) -> str:
    source = catalog.sources[cite.source]
    copy = "; read in a third-party copy" if source.third_party_copy else ""
    recalled = "; recalled, verify first" if cite.basis == "recalled" else ""
    return f"{source.title}. {source.publisher}, {source.published}. At: {cite.at}{copy}{recalled}"


def _name(row: Any) -> str:
    for key in ("name", "en", "title", "trigger"):
        if getattr(row, key, None):
            return str(getattr(row, key))
    return ""
