"""Dates and places made less exact: a day becomes its month or year, a city its county or state."""

from __future__ import annotations

import re

from msgspec.structs import replace

from clinic_mapper.casefile.model import Where

_POINT = re.compile(r"(\d{4})(-\d{2})?(-\d{2})?")


def date_at(text: str, level: str) -> str:
    """A stored date, no more exact than `level` (`month` or `year`); the same for any other level.

    “Between” keeps its two ends, each cut short; two ends that have become one are that one.
    """
    if level not in ("month", "year"):
        return text
    cut = _POINT.sub(lambda point: point[1] + (point[2] or "" if level == "month" else ""), text)
    start, slash, end = cut.partition("/")
    return start if slash and start == end else cut


def place_at(where: Where, level: str) -> Where:
    """A place, no more exact than `level` (`county` or `state`); the same for any other level."""
    if level == "county":
        return replace(where, city="")
    if level == "state":
        return replace(where, city="", county="")
    return where
