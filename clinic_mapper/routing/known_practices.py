"""What is known of single agencies (`known_practices`), read for one contact: on which days it surely is so.

A row speaks for a contact only where place and agency surely match; where either is open it settles nothing and is
shown as a hint. What no row tells is unknown, never a no.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from clinic_mapper.casefile.dates import LAST_DAY, first_day, last_day
from clinic_mapper.casefile.model import Agency, Touchpoint, Where
from clinic_mapper.casefile.places import county_id
from clinic_mapper.catalog.model import KnownPractice
from clinic_mapper.gazetteer import slug

Match = Literal["surely", "possibly", "no"]


class Said(msgspec.Struct, frozen=True, gc=False):
    """A row that speaks of a contact: whether it is so, and from which day to which."""

    is_so: bool
    first: int
    last: int


class PracticeBook:
    """The known practices, by what they answer and their state."""

    def __init__(self, rows: Iterable[KnownPractice]) -> None:
        self._rows: dict[tuple[str, str], list[KnownPractice]] = defaultdict(list)
        for row in rows:
            self._rows[row.answers, row.state].append(row)
        self._answered = {answers for answers, _ in self._rows}
        self._answered_in: dict[str, frozenset[str]] = {}
        for answers, state in self._rows:
            self._answered_in[state] = self._answered_in.get(state, frozenset()) | {answers}

    def speaks_of(self, answers: str, touchpoint: Touchpoint) -> bool:
        """Whether anything is known about a practice in the state of this contact."""
        return (answers, touchpoint.where.state) in self._rows

    def answered_in(self, state: str) -> frozenset[str]:
        """The practices, agreements and flows about which anything is known in a state."""
        return self._answered_in.get(state, frozenset())

    def said(self, answers: str, touchpoint: Touchpoint) -> list[Said]:
        """What is surely known of this contact's agency about a practice, an agreement or a flow."""
        rows = self._rows.get((answers, touchpoint.where.state), ())
        surely = (row for row in rows if row.is_ != "asked for" and match(row, touchpoint) == "surely")
        return [Said(row.is_ == "yes", *_days(row)) for row in surely]

    def hints(self, answers: str, touchpoint: Touchpoint) -> tuple[KnownPractice, ...]:
        """Rows that speak, or may speak, of this contact's agency: what people are shown with the question."""
        rows = self._rows.get((answers, touchpoint.where.state), ())
        return tuple(row for row in rows if match(row, touchpoint) != "no")

    def edges(self, touchpoint: Touchpoint) -> Iterator[int]:
        """The days on which something that is known of this contact's agency begins or ends."""
        for answers in sorted(self._answered):
            for said in self.said(answers, touchpoint):
                yield from (said.first, said.last + 1)


def _days(row: KnownPractice) -> tuple[int, int]:
    """The days on which it is surely so: from the end of an inexact first day to the beginning of an inexact last."""
    return last_day(row.since or row.as_of), first_day(row.until) if row.until else LAST_DAY


def match(row: KnownPractice, touchpoint: Touchpoint) -> Match:
    """Whether a row is about the agency of this contact."""
    parts = (_county(row, touchpoint.where), _city(row, touchpoint.where), _agency(row, touchpoint.agency))
    if row.state != touchpoint.where.state or "no" in parts:
        return "no"
    return "surely" if all(part == "surely" for part in parts) else "possibly"


def _county(row: KnownPractice, where: Where) -> Match:
    if not row.county:
        return "surely"
    if not where.county:
        return "possibly"
    return "surely" if county_id(where) == county_id(Where(state=row.state, county=row.county)) else "no"


def _city(row: KnownPractice, where: Where) -> Match:
    if not row.city:
        return "surely"
    if not where.city:
        return "possibly"
    return "surely" if slug(where.city) == slug(row.city) else "no"


def _agency(row: KnownPractice, agency: Agency) -> Match:
    """By the name where both have one, else by the kind: a county has one sheriff and a town one police."""
    if row.agency and agency.name and slug(row.agency) == slug(agency.name):
        return "surely"
    if not row.agency_kind:
        return "possibly" if row.agency else "surely"
    if not agency.kind:
        return "possibly"
    if agency.kind != row.agency_kind:
        # A sheriff may run the jail; that this is so here is for the clinic to say.
        return "possibly" if {agency.kind, row.agency_kind} == {"sheriff", "jail or prison"} else "no"
    if not row.agency:
        return "surely"
    is_the_only_one = (row.agency_kind == "sheriff" and row.county) or (row.agency_kind == "city police" and row.city)
    return "surely" if is_the_only_one and not agency.name else "possibly"
