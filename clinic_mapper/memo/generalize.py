"""Dates and places made less exact: a day becomes its month, year or five years, a city its county or state."""

from __future__ import annotations

import re

from msgspec.structs import replace

from clinic_mapper.casefile.model import Where

_POINT = re.compile(r"(\d{4})(-\d{2})?(-\d{2})?")


def date_at(text: str, level: str) -> str:
    """A stored date, no more exact than `level` (`month`, `year` or `band`); the same for any other level.

    “Between” keeps its two ends, each cut short; two ends that have become one are that one. A band is five years that
    begin with a 0 or a 5: “2012” becomes “2010/2014”.
    """
    if level == "band":
        return _banded(text)
    if level not in ("month", "year"):
        return text
    cut = _POINT.sub(lambda point: point[1] + (point[2] or "" if level == "month" else ""), text)
    start, slash, end = cut.partition("/")
    return start if slash and start == end else cut


def band_of(year: int) -> tuple[int, int]:
    """The five years in which a year lies: 2012 → 2010, 2014."""
    first = year - year % 5
    return first, first + 4


def _banded(text: str) -> str:
    start, slash, end = text.partition("/")
    if not slash:
        end = start
    years = [_POINT.search(part) for part in (start, end)]
    first = str(band_of(int(years[0][1]))[0]) if years[0] else start
    last = str(band_of(int(years[1][1]))[1]) if years[1] else end
    return f"{first}/{last}" if text else ""


def place_at(where: Where, level: str) -> Where:
    """A place, no more exact than `level` (`county` or `state`); the same for any other level."""
    if level == "county":
        return replace(where, city="")
    if level == "state":
        return replace(where, city="", county="")
    return where
