"""On which days a contact can have been: its date as told, and how the date of its kind is asked for."""

from __future__ import annotations

from clinic_mapper.casefile.dates import parse
from clinic_mapper.casefile.model import Touchpoint
from clinic_mapper.catalog.model import Catalog

Span = tuple[int, int]
"""First and last day, as ordinals."""


def past_and_coming(catalog: Catalog, touchpoint: Touchpoint, today: int) -> tuple[Span | None, Span | None]:
    """The days up to today on which a touchpoint may have happened, and those after today on which it may come.

    A date that is asked for as past is not after today, and one asked for as coming is after it, unless it is told so.
    """
    name = catalog.touchpoints[touchpoint.kind].when_form
    form = catalog.when_forms.get(name)
    may_come = bool(form and form.coming)
    may_be_past = not may_come or "past" in name
    when = parse(touchpoint.when)
    first, last = when.first, when.last
    if first > today:
        return None, (first, last)
    if not may_come:
        last = min(last, today)
    if not may_be_past and last > today:
        first = today + 1
    past = (first, min(last, today)) if first <= today else None
    coming = (max(first, today + 1), last) if last > today else None
    return past, coming


def possible_days(catalog: Catalog, touchpoint: Touchpoint, today: int) -> Span:
    """The first and the last day on which a touchpoint can have been or can come to be."""
    past, coming = past_and_coming(catalog, touchpoint, today)
    first, last = past or coming, coming or past
    assert first is not None and last is not None  # every partial date has a day
    return first[0], last[1]
