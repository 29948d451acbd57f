"""On what a row rests, and whether to verify it before it is relied on. Map, memo and window all ask here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, Protocol

from clinic_mapper.catalog.model import Catalog, Cite, Flow, System

LIMIT_YEARS = 5
"""How old a row may be before it is verified first, unless the clinic sets another limit."""

Reason = Literal["recalled", "copies", "told", "old"]
REASONS: tuple[Reason, ...] = ("recalled", "copies", "told", "old")


class Cited(Protocol):
    """A row that cites sources and has a date: a system, a flow, a restriction, a remedy."""

    @property
    def cites(self) -> tuple[Cite, ...]: ...
    @property
    def as_of(self) -> str: ...


def rests_on_memory(row: Cited) -> bool:
    """Whether no source of the row was read again: all of it is recalled."""
    return all(cite.basis == "recalled" for cite in row.cites)


def rests_on_copies(row: Cited, catalog: Catalog) -> bool:
    """Whether none of the row's sources was read where its publisher put it: copies, or copies and memory."""
    return not any(_read_itself(cite, catalog) for cite in row.cites)


def rests_on_what_was_told(row: Cited, catalog: Catalog) -> bool:
    """Whether something of the row was told to the clinic, in whatever else it was read."""
    cited = (catalog.sources.get(cite.source) for cite in row.cites)
    return any(source is not None and source.kind == "clinic" for source in cited)


def is_older(row: Cited, today: str, limit_years: int = LIMIT_YEARS) -> bool:
    """Whether the row may be older than the limit. A year alone counts from its first day, a law from the older of
    its two dates."""
    dates = (row.as_of, getattr(row, "status_as_of", None) or row.as_of)
    limit = f"{int(today[:4]) - limit_years:04d}{today[4:]}"
    return any(_first_day(date) < limit for date in dates)


def verify_first(row: Cited, catalog: Catalog, today: str, limit_years: int = LIMIT_YEARS) -> tuple[Reason, ...]:
    """Why the row must be verified before it is relied on; nothing where it need not be."""
    memory = rests_on_memory(row)
    found: list[Reason] = ["recalled"] if memory else []
    if not memory and rests_on_copies(row, catalog):
        found.append("copies")
    if not memory and rests_on_what_was_told(row, catalog):
        found.append("told")
    if is_older(row, today, limit_years):
        found.append("old")
    return tuple(found)


def verify_any(
    rows: Iterable[Cited], catalog: Catalog, today: str, limit_years: int = LIMIT_YEARS
) -> tuple[Reason, ...]:
    """Why at least one of the rows must be verified first, each reason once."""
    found = {reason for row in rows for reason in verify_first(row, catalog, today, limit_years)}
    return tuple(reason for reason in REASONS if reason in found)


def rows_of_route(catalog: Catalog, flows: Iterable[str], end: str) -> list[Flow | System]:
    """The rows a route rests on: its flows, or the system at its end where ICE holds the record from the start."""
    rows: list[Flow | System] = [catalog.flows[id] for id in flows if id in catalog.flows]
    return rows or [catalog.systems[id] for id in (end,) if id in catalog.systems]


def _read_itself(cite: Cite, catalog: Catalog) -> bool:
    source = catalog.sources.get(cite.source)
    return cite.basis == "read" and not (source is not None and source.third_party_copy)


def _first_day(date: str) -> str:
    return date + "-01-01"[len(date) - 4 :] if len(date) < 10 else date
