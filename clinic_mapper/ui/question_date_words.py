"""Between what stands in the fields of a date and the date that is stored. No widget in here."""

from __future__ import annotations

from typing import NamedTuple

from clinic_mapper.casefile.dates import Form, in_words, parse, understand
from clinic_mapper.problem import Problem
from clinic_mapper.ui.matter_words import Language

FORMS: tuple[Form, ...] = ("unknown", "day", "month", "year", "season", "about", "before", "after", "between")
"""The forms in the order in which they are offered."""

_POINTS = ("day", "month", "year", "season")
_STARTS = ("since ", "from ", "desde ")


class Reading(NamedTuple):
    """What the fields of a date say. `text`: the stored date, None while it cannot be read.

    `form`: the form to show, which may differ from the one chosen ("May 2012" is a month, whatever was chosen).
    `trouble`: a key of the page's words, "" if there is none.
    """

    text: str | None
    form: Form
    trouble: str = ""


def read_date(form: Form, first: str, second: str, *, as_start: bool = False) -> Reading:
    """What a chosen form and one or two typed dates mean.

    `as_start`: the date is the day from which something holds, so that "since 2019" means 2019 and not "after 2019".
    """
    first, second = first.strip(), second.strip()
    if as_start:
        first = _without_start(first)
    if not first:
        return Reading("", form, "date-second" if form == "between" and second else "")
    text = understand(first)
    if text is None:
        return Reading(None, form, "date-unread")
    typed = parse(text).form
    if typed not in _POINTS:
        return Reading(text, typed)
    if form == "between":
        return _between(text, second)
    wrapped = {"about": f"{text}~", "before": f"../{text}", "after": f"{text}/.."}.get(form)
    return Reading(wrapped, form) if wrapped else Reading(text, typed)


def fields_of(text: str, language: Language) -> tuple[Form, str, str]:
    """The form and the two fields that show a stored date; what cannot be read is shown as it stands."""
    try:
        form = parse(text).form
    except Problem:
        return "unknown", text, ""
    if form == "unknown":
        return form, "", ""
    if form == "about":
        return form, in_words(text[:-1], language), ""
    if form in ("before", "after", "between"):
        points = [in_words(part, language) for part in text.split("/") if part != ".."]
        return form, points[0], points[1] if len(points) > 1 else ""
    return form, in_words(text, language), ""


def _between(first: str, second: str) -> Reading:
    if not second:
        return Reading(None, "between", "date-second")
    last = understand(second)
    if not last or parse(last).form not in _POINTS:
        return Reading(None, "between", "date-unread")
    try:
        parse(f"{first}/{last}")
    except Problem:
        return Reading(None, "between", "date-order")
    return Reading(f"{first}/{last}", "between")


def _without_start(typed: str) -> str:
    for start in _STARTS:
        if typed.lower().startswith(start):
            return typed[len(start) :].strip()
    return typed
