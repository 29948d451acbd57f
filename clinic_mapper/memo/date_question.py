"""A contact's date asked for as before or after a day, in words; and for which readers that day may be said."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from clinic_mapper.casefile.dates import from_day, in_a_sentence
from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo.generalize import date_at
from clinic_mapper.memo.places import place_tag
from clinic_mapper.memo.readers import Profile
from clinic_mapper.memo.words import Words
from clinic_mapper.routing.model import ExposureMap


class DateQuestion(NamedTuple):
    """The question and its two answers: “Was it by May 14, 2012, or after that?” “By May 14, 2012” “After that”."""

    asked: str
    earlier: str
    later: str


def date_question(words: Words, day: str) -> DateQuestion:
    """How it is asked whether a contact was before `day` (ISO text) or from then on.

    A day that begins a month or a year is said by that; of any other the day before it is said, as the last on which
    something had not yet changed.
    """
    number = date.fromisoformat(day).toordinal()
    first = from_day(number)
    key, said = ("before", first) if first != day else ("by", date.fromordinal(number - 1).isoformat())
    named = in_a_sentence(said, words.lang)
    texts = [words(f"date_question.{key}{part}", day=named) for part in ("", "_earlier", "_later")]
    asked, earlier, later = (f"{text[:1].upper()}{text[1:]}" for text in texts)
    return DateQuestion(asked, earlier, later)


def without_days_untold(exposure: ExposureMap, matter: Matter, catalog: Catalog, profile: Profile) -> ExposureMap:
    """The map without the days by which dates would be asked for, where they would tell this reader more than he sees.

    That a date turns on a day says that it was told neither as before nor as after it, and the days on which a program
    began tell the county. So a day is left for who sees the contact's place and agency whole, and dates as exactly.
    """
    shown = {
        contact.id
        for contact in matter.touchpoints
        if profile.keeps(place_tag(catalog, contact)) and profile.keeps("agency-name")
    }
    routes = {
        id: replace(
            route,
            turns=tuple(turn for turn in route.turns if route.touchpoint in shown and _is_seen(turn.day, profile)),
        )
        for id, route in exposure.routes.items()
        if route.turns
    }
    return replace(exposure, routes={**exposure.routes, **routes}) if routes else exposure


def _is_seen(day: str, profile: Profile) -> bool:
    """Whether a day is no more exact than the dates that a reader sees."""
    if profile.keeps("date"):
        return True
    said = from_day(date.fromisoformat(day).toordinal())
    return not profile.withholds("date") and date_at(said, profile.level("date")) == said
