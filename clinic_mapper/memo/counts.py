"""Plain counts over all matters, for those who pay for the work: a fixed menu of tables, small numbers withheld.

Every number counts clients, never contacts: many contacts can be one person. No number below the threshold is given,
and none from which one could be worked out: what is withheld goes by whole groups of rows that do not depend on the
numbers, so that neither the sum of a table nor the choice of what else is withheld tells what a withheld number is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from clinic_mapper.casefile.dates import parse
from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo.generalize import band_of
from clinic_mapper.memo.readers import load_profile
from clinic_mapper.routing.model import ExposureMap, Line

FIRST_BAND = 2005
"""Contacts before this year stand in one row."""

_SECTORS = {
    "police": "police", "biometric": "police", "jail": "jail", "court": "court", "supervision": "supervision",
    "dmv": "dmv", "gang": "gang", "immigration": "immigration", "ice": "immigration", "border": "immigration",
    "school": "services", "tax": "services", "benefits": "services", "work": "services",
    "utility": "companies", "broker": "companies", "surveillance": "companies",
}  # fmt: skip
SECTOR_ROWS = (
    "police", "jail", "court", "supervision", "dmv", "gang", "immigration", "services", "companies", "other",
)  # fmt: skip
CONTACT_ROWS = ("1", "2", "4", "7")
"""The least number of contacts in each row."""
STANDING_ROWS = ("open", "undetermined", "closed")


class Seen(NamedTuple):
    """A matter and what follows from it."""

    matter: Matter
    exposure: ExposureMap


class CountRow(msgspec.Struct, frozen=True):
    """A row: the key of its name within the table, and how many clients; None where that is withheld."""

    key: str
    clients: int | None


class CountTable(msgspec.Struct, frozen=True):
    """One table of the menu, always with the same rows."""

    key: str
    rows: tuple[CountRow, ...]


class Counts(msgspec.Struct, frozen=True):
    """What may be told. `clients` is None, and there are no tables, where even their sum is below the threshold.

    `cut`: clients whose map leaves routes out, because a cap cut it; None where that is withheld, also where none is.
    """

    threshold: int
    clients: int | None
    tables: tuple[CountTable, ...]
    sample: bool = False
    cut: int | None = None


def counted(seen: Iterable[Seen], catalog: Catalog, threshold: int, year: int) -> Counts:
    """The counts up to `year`. Invented clients count only where there are no others."""
    told = [each for each in seen if each.matter.touchpoints]
    real = [each for each in told if not each.matter.sample]
    clients, sample = real or told, bool(told) and not real
    total = len(clients)
    if total < threshold:
        return Counts(threshold, None, (), sample)
    by_mechanism = _open_by_mechanism(clients, catalog)
    standing = shared_out(_standings(clients), total, threshold, groups=((0,), (1, 2)))
    tables = (
        _table("contacts", CONTACT_ROWS, shared_out(_by_contacts(clients), total, threshold, groups=((0, 1), (2, 3)))),
        _table("sectors", SECTOR_ROWS, overlapping(_by_sector(clients, catalog), total, threshold)),
        _table("years", year_rows(year), overlapping(_by_years(clients, year), total, threshold)),
        _table("standing", STANDING_ROWS, standing),
        _table("open", tuple(catalog.mechanisms), overlapping(by_mechanism, standing[0], threshold)),
    )  # fmt: skip
    cut = sum(client.exposure.cut for client in clients)
    cut_and_whole = shared_out((cut, total - cut), total, threshold, groups=((0, 1),))
    return Counts(threshold, total, tables, sample, cut_and_whole[0])


def count_one(matter: Matter, catalog: Catalog, exposure: ExposureMap) -> Counts:
    """The counts of one matter: too few to print a number."""
    return counted([Seen(matter, exposure)], catalog, load_profile("funder").threshold, int(exposure.today[:4]))


def shared_out(values: Sequence[int], total: int, threshold: int, groups: Sequence[Sequence[int]]) -> list[int | None]:
    """Rows of which each client is in exactly one. A group goes whole where one of its rows is too small.

    Where what is withheld would add up to less than the threshold, or would be a single row, the next group goes too.
    """
    gone = [any(values[row] < threshold for row in group) for group in groups]

    def told_by_the_sum() -> bool:
        rows = [row for group, is_gone in zip(groups, gone, strict=True) if is_gone for row in group]
        return bool(rows) and (len(rows) == 1 or sum(values[row] for row in rows) < threshold)

    while told_by_the_sum() and not all(gone):
        after = max(number for number, is_gone in enumerate(gone) if is_gone) + 1
        around = (*range(after, len(gone)), *range(after))
        gone[next(number for number in around if not gone[number])] = True
    withheld = {row for group, is_gone in zip(groups, gone, strict=True) if is_gone for row in group}
    return [None if row in withheld else value for row, value in enumerate(values)]


def overlapping(values: Sequence[int], base: int | None, threshold: int) -> list[int | None]:
    """Rows of which each of `base` clients is in one or more. Who is not in a row is counted by the row as well.

    Where all rows can be told, how many clients stand in more than one row must not be a small number either.
    """
    if base is None:
        return [None] * len(values)
    told = [value if threshold <= value <= base - threshold else None for value in values]
    if None not in told and sum(values) - base < threshold:
        told[-1] = None
    return told


def year_rows(year: int) -> tuple[str, ...]:
    """The rows of the table of years: before, then five years each, then unknown."""
    return ("before", *(str(first) for first in range(FIRST_BAND, year + 1, 5)), "unknown")


def _table(key: str, names: Sequence[str], told: Sequence[int | None]) -> CountTable:
    return CountTable(key, tuple(CountRow(name, value) for name, value in zip(names, told, strict=True)))


def _by_contacts(clients: Sequence[Seen]) -> list[int]:
    least = [int(row) for row in CONTACT_ROWS]
    rows = Counter(max(each for each in least if each <= len(client.matter.touchpoints)) for client in clients)
    return [rows[each] for each in least]


def _by_sector(clients: Sequence[Seen], catalog: Catalog) -> list[int]:
    rows: Counter[str] = Counter()
    for client in clients:
        kinds = (catalog.touchpoints.get(touchpoint.kind) for touchpoint in client.matter.touchpoints)
        rows.update({_SECTORS.get(kind.sector, "other") if kind else "other" for kind in kinds})
    return [rows[name] for name in SECTOR_ROWS]


def _by_years(clients: Sequence[Seen], year: int) -> list[int]:
    names = year_rows(year)
    rows: Counter[str] = Counter()
    for client in clients:
        rows.update({_years_of(touchpoint.when, names) for touchpoint in client.matter.touchpoints})
    return [rows[name] for name in names]


def _years_of(when: str, names: Sequence[str]) -> str:
    """The row of a partial date; `unknown` where it may lie in one row or in another."""
    span = parse(when)
    first, last = date.fromordinal(span.first).year, date.fromordinal(span.last).year
    if last < FIRST_BAND:
        return "before"
    name = str(band_of(first)[0])
    return name if band_of(first) == band_of(last) and name in names else "unknown"


def _live(exposure: ExposureMap) -> list[Line]:
    """The lines that no attorney set aside."""
    return [line for line in exposure.lines if not all(exposure.routes[id].set_aside for id in line.routes)]


def _standings(clients: Sequence[Seen]) -> list[int]:
    rows: Counter[str] = Counter()
    for client in clients:
        found = {line.standing for line in _live(client.exposure)}
        rows["open" if "open" in found else "undetermined" if "undetermined" in found else "closed"] += 1
    return [rows[name] for name in STANDING_ROWS]


def _open_by_mechanism(clients: Sequence[Seen], catalog: Catalog) -> list[int]:
    rows: Counter[str] = Counter()
    for client in clients:
        rows.update({line.mechanism for line in _live(client.exposure) if line.standing == "open"})
    return [rows[id] for id in catalog.mechanisms]
