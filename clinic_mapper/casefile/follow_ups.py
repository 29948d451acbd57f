"""What is to be done about a matter: in which order it is read, what is due, and the day by which an answer is due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from clinic_mapper.casefile.dates import parse
from clinic_mapper.casefile.model import FollowUp
from clinic_mapper.problem import Problem

Counted = Literal["working", "calendar"]

_SATURDAY, _SUNDAY = 5, 6


def day_after(start: date, days: int, counted: Counted) -> date:
    """The day so many days after `start`, which is not counted itself.

    `working`: without Saturdays, Sundays and the legal public holidays of the United States, as 5 U.S.C. 552(a)(6)(A)
    counts them. States have holidays of their own, which are not known here.
    """
    if counted == "calendar":
        return start + timedelta(days=days)
    day = start
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < _SATURDAY and day not in _holidays(day.year):
            days -= 1
    return day


@lru_cache(maxsize=16)
def _holidays(year: int) -> frozenset[date]:
    """The legal public holidays of 5 U.S.C. 6103(a), those on a Saturday or Sunday on the working day beside it."""
    monday, thursday = 0, 3
    fixed = [date(year, month, day) for month, day in ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25))]
    fixed.append(date(year + 1, 1, 1))  # on a Saturday it is kept on the last day of the year before
    moved = [
        _nth(year, 1, monday, 3), _nth(year, 2, monday, 3), _last(year, 5, monday), _nth(year, 9, monday, 1),
        _nth(year, 10, monday, 2), _nth(year, 11, thursday, 4),
    ]  # fmt: skip
    return frozenset((*map(_kept_on, fixed), *moved))


def _kept_on(day: date) -> date:
    return day + timedelta(days={_SATURDAY: -1, _SUNDAY: 1}.get(day.weekday(), 0))


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


def _last(year: int, month: int, weekday: int) -> date:
    after = date(year, month + 1, 1)
    return after - timedelta(days=(after.weekday() - weekday - 1) % 7 + 1)


def days_until(due: str, today: date) -> int | None:
    """How many days are left, below zero once it is past; None where no day can be told. A month is due at its end."""
    try:
        day = parse(due)
    except Problem:
        return None
    return day.last - today.toordinal() if day.form in ("day", "month", "season", "year", "between") else None


def is_overdue(follow_up: FollowUp, today: date) -> bool:
    """Whether it is open and its day is past."""
    left = days_until(follow_up.due, today)
    return follow_up.state == "open" and left is not None and left < 0


def due_within(follow_ups: Iterable[FollowUp], today: date, days: int) -> list[FollowUp]:
    """Those that are open and overdue or due within so many days, the most urgent first."""
    left = {each.id: days_until(each.due, today) for each in follow_ups if each.state == "open"}
    soon = {id: number for id, number in left.items() if number is not None and number <= days}
    return sorted((each for each in follow_ups if each.id in soon), key=lambda each: soon[each.id])


def in_order(follow_ups: Iterable[FollowUp]) -> list[FollowUp]:
    """Open ones first, by the day on which they are due, those without one after them; then what has ended."""
    return sorted(follow_ups, key=_place)


def _place(follow_up: FollowUp) -> tuple[bool, bool, int]:
    try:
        due = parse(follow_up.due)
    except Problem:
        return follow_up.state != "open", True, 0
    return follow_up.state != "open", not due.is_known, due.last if due.is_known else 0
