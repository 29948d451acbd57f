"""What if a fact were otherwise, an agreement had ended, a law were not there: the same engine on other inputs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

from msgspec.structs import replace

from clinic_mapper.casefile.dates import last_day
from clinic_mapper.casefile.model import Answer, Matter, Touchpoint
from clinic_mapper.catalog.model import Catalog, Flow, KnownPractice, Restriction
from clinic_mapper.routing.compare import Difference, compare
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.known_practices import match
from clinic_mapper.routing.model import Value

RowT = TypeVar("RowT", Restriction, Flow, KnownPractice)
_EVER = "1900-01-01"

NOT_ASKED = ""
"""As a value: the question was not asked."""


class Otherwise(Value, frozen=True):
    """A question answered otherwise: of a touchpoint, or of the client (`touchpoint` ""). `since`: as in an answer."""

    question: str
    value: str
    touchpoint: str = ""
    since: str = ""


class Practice(Value, frozen=True):
    """An agency of a touchpoint has a practice or an agreement, or has it not."""

    practice: str
    value: str
    touchpoint: str


class PracticeEnded(Value, frozen=True):
    """An agency of a touchpoint has a practice or an agreement up to a day, and no longer after it."""

    practice: str
    touchpoint: str
    day: date


class At(Value, frozen=True):
    """A touchpoint was at another time (a partial date, "" for unknown)."""

    touchpoint: str
    when: str


class Ended(Value, frozen=True):
    """A law, a flow or a known practice ended on a day; one that ended before stays as it is."""

    row: str
    day: date


class Without(Value, frozen=True):
    """A law, a flow or a known practice is not in the catalog."""

    row: str


Change = Otherwise | Practice | PracticeEnded | At | Ended | Without


def what_if(matter: Matter, catalog: Catalog, today: date, changes: Sequence[Change]) -> Difference:
    """What the map would say otherwise. Pure; a change that names nothing in matter or catalog changes nothing."""
    other, law = supposed(matter, catalog, changes)
    return compare(map_exposure(matter, catalog, today, ask=False), map_exposure(other, law, today, ask=False))


def supposed(matter: Matter, catalog: Catalog, changes: Sequence[Change]) -> tuple[Matter, Catalog]:
    """The matter and the catalog as they would be; a later change wins over an earlier one."""
    for change in changes:
        match change:
            case Otherwise(touchpoint=""):
                matter = replace(matter, client=_answered(matter.client, change.question, _answer(change)))
            case Ended() | Without():
                catalog = _other_catalog(catalog, change)
            case PracticeEnded():
                matter, catalog = _practice_ended(matter, catalog, change)
            case _:
                matter = _other_touchpoint(matter, change)
    return matter, catalog


def _answer(change: Otherwise) -> Answer:
    return Answer(value=change.value, since=change.since)


def _answered(answers: dict[str, Answer | str], name: str, answer: Answer) -> dict[str, Answer | str]:
    kept = {each: given for each, given in answers.items() if each != name}
    return kept if answer.value == NOT_ASKED else kept | {name: answer}


def _other_touchpoint(matter: Matter, change: Otherwise | Practice | At) -> Matter:
    changed = (_changed(each, change) if each.id == change.touchpoint else each for each in matter.touchpoints)
    return replace(matter, touchpoints=tuple(changed))


def _changed(touchpoint: Touchpoint, change: Otherwise | Practice | At) -> Touchpoint:
    match change:
        case At():
            return replace(touchpoint, when=change.when)
        case Practice():
            noted = Answer(value=change.value, source="clinic")
            return replace(touchpoint, practices=_answered(touchpoint.practices, change.practice, noted))
    return replace(touchpoint, facts=_answered(touchpoint.facts, change.question, _answer(change)))


def _other_catalog(catalog: Catalog, change: Ended | Without) -> Catalog:
    """The catalog with a row ended or left out, whatever kind of row it is."""
    day = change.day if isinstance(change, Ended) else None
    return replace(
        catalog,
        restrictions=_without(catalog.restrictions, change.row, day),
        flows=_without(catalog.flows, change.row, day),
        known_practices=_without(catalog.known_practices, change.row, day),
    )


def _without(rows: dict[str, RowT], id: str, day: date | None) -> dict[str, RowT]:
    """The rows without one of them; with a day that one stays, and ends then."""
    row = rows.get(id)
    if row is None:
        return rows
    if day is None:
        return {name: kept for name, kept in rows.items() if name != id}
    return rows if _is_over(row.until, day) else rows | {id: replace(row, until=day.isoformat())}


def _is_over(until: str | None, day: date) -> bool:
    return until is not None and last_day(until) <= day.toordinal()


def _practice_ended(matter: Matter, catalog: Catalog, change: PracticeEnded) -> tuple[Matter, Catalog]:
    """In the place of what was noted or known of this agency: so until the day, not so after it.

    It speaks of every contact with the same agency in the same place. Without state and agency it says nothing.
    """
    own = next((each for each in matter.touchpoints if each.id == change.touchpoint), None)
    if own is None or not own.where.state or not (own.agency.kind or own.agency.name):
        return matter, catalog
    unnoted = replace(own, practices=_answered(own.practices, change.practice, Answer(value=NOT_ASKED)))
    after = change.day + timedelta(days=1)
    said = (
        _known(own, change.practice, "yes", since=_EVER, until=change.day.isoformat()),
        _known(own, change.practice, "no", since=after.isoformat(), until=None),
    )
    replaced = {
        id
        for id, row in catalog.known_practices.items()
        if row.answers == change.practice and match(row, own) == "surely"
    }
    rows = {id: row for id, row in catalog.known_practices.items() if id not in replaced}
    known = dict(sorted((rows | {row.id: row for row in said}).items()))
    contacts = tuple(unnoted if each is own else each for each in matter.touchpoints)
    return replace(matter, touchpoints=contacts), replace(catalog, known_practices=known)


def _known(own: Touchpoint, practice: str, is_: str, since: str, until: str | None) -> KnownPractice:
    where = own.where
    return KnownPractice(
        id=f"what-if-{own.id}-{practice}-{is_}",
        answers=practice,
        is_=is_,  # type: ignore[arg-type]
        state=where.state,
        county=where.county,
        city=where.city,
        agency_kind=own.agency.kind,
        agency=own.agency.name,
        says="what if",
        as_of=since,
        since=since,
        until=until,
    )
