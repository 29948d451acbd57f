"""The words of follow-ups: what a step is, where it stands, why it is due on its day."""

from __future__ import annotations

from datetime import date

from clinic_mapper.casefile.dates import in_words
from clinic_mapper.casefile.follow_ups import days_until
from clinic_mapper.casefile.model import FollowUp, Matter
from clinic_mapper.catalog.model import Catalog, Remedy
from clinic_mapper.memo.letter_templates import Due, Letter
from clinic_mapper.memo.plain_text import printable
from clinic_mapper.problem import Problem

KINDS = {"request": "Record request", "correction": "Correction", "advice": "Advice", "other": "Another step"}
NOT_KNOWN = "Not said here: weigh it before the step is taken."
_NO_TIME = "No law that we know gives a time for the answer. Set a day of your own."
_NOT_COUNTED = " Saturdays, Sundays and federal holidays are not counted."


def title_of(follow_up: FollowUp, catalog: Catalog) -> str:
    """What the step is: its remedy, else the first words of its note, else its kind."""
    said = printable(follow_up.note.strip().partition("\n")[0]) if follow_up.remedy not in catalog.remedies else ""
    return f"{said[:70].rstrip()}…" if len(said) > 70 else said or name_of(follow_up, catalog)


def name_of(follow_up: FollowUp, catalog: Catalog) -> str:
    """What the step is, without a word that somebody typed: for bars and lists that all matters share."""
    remedy = catalog.remedies.get(follow_up.remedy)
    return remedy.title if remedy is not None else KINDS[follow_up.kind]


def standing_of(follow_up: FollowUp, matter: Matter, today: date) -> str:
    """About what, whose, by when: “contact 3 · AB · due December 24, 2026, in 28 days”."""
    number = {each.id: at for at, each in enumerate(matter.touchpoints, 1)}
    about = f"contact {number[follow_up.about]}" if follow_up.about in number else "the whole matter"
    owner = printable(follow_up.owner) or "nobody yet"
    return f"{about} · {owner} · {day_of(follow_up, today)}"


def day_of(follow_up: FollowUp, today: date) -> str:
    """When it is due, or when it ended."""
    if follow_up.state != "open":
        ended = f" {_said(follow_up.ended)}" if follow_up.ended else ""
        return f"{follow_up.state}{ended}"
    if not follow_up.due:
        return "no day set"
    left = days_until(follow_up.due, today)
    if left is None:
        return f"due {_said(follow_up.due)}"
    if left < 0:
        return f"was due {_said(follow_up.due)}, {_days(-left)} ago"
    return f"due {_said(follow_up.due)}, {'today' if not left else f'in {_days(left)}'}"


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def _said(day: str) -> str:
    try:
        return in_words(day)
    except Problem:
        return day


def time_said(letter: Letter | None, due: Due | None, law: str) -> str:
    """What is known of the time for an answer to a letter; "" for a step without one."""
    if letter is None:
        return ""
    if due is None or not due.days or due.kind == "none":
        return _NO_TIME
    under = f" under {law}" if law else ""
    counted = "working days" if due.kind == "working" else "days"
    rest = _NOT_COUNTED if due.kind == "working" else ""
    return f"Time for an answer: {due.days} {counted}{under}.{rest} It runs from the day the office receives it."


def catalog_says(remedy: Remedy | None) -> str:
    """What the catalog says of the time, and as of when; "" for nothing."""
    if remedy is None or not remedy.deadline:
        return ""
    return f"The catalog says: {remedy.deadline.rstrip('.')} (as of {remedy.as_of})."


def step_added(follow_up: FollowUp) -> str:
    """What is said once a letter was saved and its step kept."""
    if follow_up.due:
        return f"A step was added to the follow-ups: an answer is due {_said(follow_up.due)} if it leaves today."
    return f"A step was added to the follow-ups. {_NO_TIME}"
