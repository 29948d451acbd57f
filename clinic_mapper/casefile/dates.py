"""Dates as people know them: a day, a month, a season, a year, about, before, after, between, or unknown.

Stored as text in the Extended Date/Time Format (ISO 8601-2), of which we use: `2012-05-14` · `2012-05` · `2012` ·
`2012-21` … `2012-24` (spring, summer, autumn, winter) · `2012~` (about) · `../2012` (before) · `2012/..` (after) ·
`2011/2012` (between) · `` (unknown). Every date is read as a span of days, both ends included.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

import msgspec

from clinic_mapper.problem import Problem

Form = Literal["day", "month", "season", "year", "about", "before", "after", "between", "unknown"]

FIRST_DAY = date(1900, 1, 1).toordinal()
"""The earliest day that is considered: no record in the catalog is older."""
LAST_DAY = date(2199, 12, 31).toordinal()

SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
MONTHS = tuple(calendar.month_name)[1:]

_POINT = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_ABOUT_DAYS = {"day": 31, "month": 92, "season": 183, "year": 366}


class PartialDate(msgspec.Struct, frozen=True):
    """A date as far as it is known. `first` and `last` are proleptic Gregorian ordinals (`date.toordinal`)."""

    text: str
    form: Form
    first: int
    last: int

    @property
    def is_known(self) -> bool:
        """Whether anything at all is known of it."""
        return self.form != "unknown"

    @property
    def is_one_day(self) -> bool:
        """Whether it names one day and no other."""
        return self.first == self.last


UNKNOWN_DATE = PartialDate("", "unknown", FIRST_DAY, LAST_DAY)


@lru_cache(maxsize=4096)  # a matter is read again for every answer that is tried, with the same few dates
def parse(text: str) -> PartialDate:
    """The partial date that a stored text stands for.

    Raises:
        Problem: `date-unreadable` when the text is no date of the forms above, or names a day that does not exist.
    """
    text = text.strip()
    if not text:
        return UNKNOWN_DATE
    if "/" in text:
        return _span(text)
    if text.endswith("~"):
        first, last, form = _point(text[:-1], text)
        give = _ABOUT_DAYS[form]
        return PartialDate(text, "about", max(FIRST_DAY, first - give), min(LAST_DAY, last + give))
    first, last, form = _point(text, text)
    return PartialDate(text, form, first, last)


def _span(text: str) -> PartialDate:
    start, _, end = text.partition("/")
    if start == ".." and end != "..":
        first, _, _ = _point(end, text)
        return PartialDate(text, "before", FIRST_DAY, max(FIRST_DAY, first - 1))
    if end == ".." and start != "..":
        _, last, _ = _point(start, text)
        return PartialDate(text, "after", min(LAST_DAY, last + 1), LAST_DAY)
    first, _, _ = _point(start, text)
    _, last, _ = _point(end, text)
    if first > last:
        raise _unreadable(text)
    return PartialDate(text, "between", first, last)


def _point(text: str, whole: str) -> tuple[int, int, Literal["day", "month", "season", "year"]]:
    match = _POINT.fullmatch(text)
    if not match:
        raise _unreadable(whole)
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    try:
        if month is None:
            return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal(), "year"
        if month in SEASONS and day is None:
            return (*_season(year, month), "season")
        if day is None:
            return (
                date(year, month, 1).toordinal(),
                date(year, month, calendar.monthrange(year, month)[1]).toordinal(),
                "month",
            )
        exact = date(year, month, day).toordinal()
        return exact, exact, "day"
    except (ValueError, calendar.IllegalMonthError) as error:
        raise _unreadable(whole) from error


def _season(year: int, code: int) -> tuple[int, int]:
    """The months people mean by a season, generously: the winter of a year is the one before it or the one after."""
    first_month, months = {21: (3, 4), 22: (6, 4), 23: (9, 4), 24: (12, 3)}[code]
    if code == 24:
        return date(year - 1, 12, 1).toordinal(), date(year + 1, 3, 31).toordinal()
    first = date(year, first_month, 1)
    last = date(year + (first_month + months - 1) // 12, (first_month + months - 1) % 12 + 1, 1) - timedelta(days=1)
    return first.toordinal(), last.toordinal()


def _unreadable(text: str) -> Problem:
    return Problem(
        "date-unreadable",
        f"“{text}” is not a date this program can read.",
        "Nothing was changed.",
        "Write a year such as 2012, a month such as 2012-05, or leave the date unknown.",
    )


def understand(said: str) -> str | None:
    """The stored text for a date as people type it ("May 2012", "spring 2014", "before 2015", "2011 or 2012"), else
    None."""
    if (stored := _checked(said.strip())) is not None:
        return stored
    words = re.sub(r"[,.]", " ", said.strip().lower())
    words = re.sub(r"\s+", " ", words)
    if not words or words in {"unknown", "don't know", "no se", "no sé", "?"}:
        return ""
    for pattern, build in _PHRASES:
        match = re.fullmatch(pattern, words)
        if match:
            parts = [_understand_point(part) for part in match.groups()]
            if all(parts):
                return _checked(build.format(*parts))
    point = _understand_point(words)
    return _checked(point) if point else _checked(words)


_PHRASES = (
    (r"(?:about|around|ca|c|circa|como|~) ?(.+)", "{}~"),
    (r"(?:before|until|antes de|<) ?(.+)", "../{}"),
    (r"(?:after|since|from|despues de|después de|desde|>) ?(.+)", "{}/.."),
    (r"(?:between|entre) (.+) (?:and|y) (.+)", "{}/{}"),
    (r"(.+) (?:or|to|until|o|a|-) (.+)", "{}/{}"),
    (r"(\d{4}) ?[-–] ?(\d{4})", "{}/{}"),
)

_SPANISH_MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
    "diciembre",
)  # fmt: skip
_SPANISH_SEASONS = {"primavera": 21, "verano": 22, "otoño": 23, "invierno": 24, "fall": 23}


def _understand_point(words: str) -> str | None:
    words = words.strip()
    if _POINT.fullmatch(words):
        return words
    if match := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", words):
        month, day, year = (int(part) for part in match.groups())
        return f"{year}-{month:02}-{day:02}"
    if match := re.fullmatch(r"(\d{1,2})/(\d{4})", words):
        return f"{match[2]}-{int(match[1]):02}"
    if match := re.fullmatch(r"(\w+) (?:(\d{1,2}) )?(?:of |de )?(\d{4})", words):
        return _named(match[1], match[2], match[3])
    if match := re.fullmatch(r"(\d{1,2}) (?:de )?(\w+) (?:de )?(\d{4})", words):
        return _named(match[2], match[1], match[3])
    return None


def _named(name: str, day: str | None, year: str) -> str | None:
    seasons = {word: code for code, word in SEASONS.items()} | _SPANISH_SEASONS
    if name in seasons and day is None:
        return f"{year}-{seasons[name]}"
    for months in (MONTHS, _SPANISH_MONTHS):
        for number, month in enumerate(months, 1):
            if month.lower() == name or (len(name) >= 3 and month.lower().startswith(name)):
                return f"{year}-{number:02}" + (f"-{int(day):02}" if day else "")
    return None


def _checked(text: str) -> str | None:
    try:
        parse(text)
    except Problem:
        return None
    return text


def from_day(day: int) -> str:
    """A first day as a date as short as it can be said: 1 January 2018 is `2018`."""
    when = date.fromordinal(day)
    if when.day > 1:
        return when.isoformat()
    return f"{when.year:04}" if when.month == 1 else f"{when.year:04}-{when.month:02}"


def until_day(day: int) -> str:
    """A last day as a date as short as it can be said: 31 December 2018 is `2018`."""
    when, after = date.fromordinal(day), date.fromordinal(day + 1)
    if after.day > 1:
        return when.isoformat()
    return f"{when.year:04}" if after.month == 1 else f"{when.year:04}-{when.month:02}"


def narrowed(text: str, day: int, *, earlier: bool) -> str:
    """What a stored date becomes once it is known whether it was before `day` (an ordinal) or from then on.

    It claims no more than both say. A date told as “about” keeps an outer end in whole months or years: nobody named
    the day to which “about” is read. `day` must lie within the date, and not be its first day.
    """
    told = parse(text)
    if not told.first < day <= told.last:
        raise ValueError(f"{text!r} does not turn on this day")
    first, last = told.first, told.last
    if told.form == "about":
        whole = _whole_year if len(text) == len("2012~") else _whole_month
        first, last = max(FIRST_DAY, whole(first)[0]), min(LAST_DAY, whole(last)[1])
    return span_of(first, day - 1) if earlier else span_of(day, last)


def span_of(first: int, last: int) -> str:
    """The stored text for all days from `first` to `last`, both included, as short as it can be written."""
    if first == FIRST_DAY or last == LAST_DAY:
        return _open_span(first, last)
    for whole in (_whole_year, _whole_month):
        if whole(first) == (first, last):
            return from_day(first)
    if first == last:
        return date.fromordinal(first).isoformat()
    start, end = from_day(first), until_day(last)
    if parse(start).last >= last:  # “between 2012 and May 14, 2012” would not say where in 2012 it begins
        start = _inside(first, last, _whole_month(first))
    if parse(end).first <= first:
        end = _inside(last, first, _whole_month(last))
    return f"{start}/{end}"


def _inside(end: int, other: int, month: tuple[int, int]) -> str:
    """An end of a span by its month, where it is an end of that and the other end lies in another; else by its day."""
    day = date.fromordinal(end).isoformat()
    return day[:7] if end in month and not month[0] <= other <= month[1] else day


def _open_span(first: int, last: int) -> str:
    if first > FIRST_DAY:
        return f"{until_day(first - 1)}/.."
    return f"../{from_day(last + 1)}" if last < LAST_DAY else ""


def _whole_year(day: int) -> tuple[int, int]:
    return _point(f"{date.fromordinal(day).year:04}", "")[:2]


def _whole_month(day: int) -> tuple[int, int]:
    return _point(date.fromordinal(day).isoformat()[:7], "")[:2]


_SAY = {
    "en": {
        "unknown": "date unknown", "about": "about {}", "before": "before {}", "after": "after {}",
        "between": "between {} and {}", "months": MONTHS, "seasons": SEASONS, "month": "{month} {year}",
        "day": "{month} {day}, {year}",
    },
    "es": {
        "unknown": "fecha desconocida", "about": "más o menos {}", "before": "antes de {}", "after": "después de {}",
        "between": "entre {} y {}", "months": _SPANISH_MONTHS,
        "seasons": {21: "primavera", 22: "verano", 23: "otoño", 24: "invierno"}, "month": "{month} de {year}",
        "day": "{day} de {month} de {year}",
    },
}  # fmt: skip


def in_words(text: str, language: str = "en") -> str:
    """A stored date as people say it: `2011/2012` → "between 2011 and 2012"."""
    say = _SAY[language]
    date_ = parse(text)
    if date_.form == "unknown":
        return str(say["unknown"])
    if date_.form in ("before", "after", "between"):
        points = [in_a_sentence(part, language) for part in text.split("/") if part != ".."]
        return str(say[date_.form]).format(*points).replace(" de el ", " del ")
    if date_.form == "about":
        return str(say["about"]).format(in_a_sentence(text[:-1], language))
    return _point_in_words(text, language)


def in_a_sentence(text: str, language: str = "en") -> str:
    """The same after a word such as “since”: Spanish puts an article before a day."""
    said = in_words(text, language)
    return f"el {said}" if language == "es" and parse(text).form == "day" else said


def _point_in_words(text: str, language: str) -> str:
    say = _SAY[language]
    parts = text.split("-")
    if len(parts) == 1:
        return text
    number = int(parts[1])
    seasons, months = say["seasons"], say["months"]
    assert isinstance(seasons, dict) and isinstance(months, tuple)
    name = seasons[number] if number in seasons else months[number - 1]
    if len(parts) == 3:
        return str(say["day"]).format(month=name, day=int(parts[2]), year=parts[0])
    return str(say["month"]).format(month=name, year=parts[0])


@lru_cache(maxsize=4096)
def first_day(text: str) -> int:
    """The first day of a catalog date (`2017`, `2017-09`, `2017-09-22`), as an ordinal."""
    return _point(text, text)[0]


@lru_cache(maxsize=4096)
def last_day(text: str) -> int:
    """The last day of a catalog date, as an ordinal."""
    return _point(text, text)[1]
