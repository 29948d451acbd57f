"""What follows a letter: the step that is kept in the matter, by when an answer is due, and why that day.

Also the other way: the remedies that a line of the map calls for, and the letters that they have.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from clinic_mapper.casefile.dates import parse
from clinic_mapper.casefile.follow_ups import day_after
from clinic_mapper.casefile.model import FollowUp, Matter, answer_of
from clinic_mapper.catalog.model import Catalog, Remedy
from clinic_mapper.memo.letter_templates import Due, Letter, Recipient
from clinic_mapper.problem import Problem
from clinic_mapper.routing.model import ExposureMap, Line

_KINDS: dict[str, Literal["request", "correction", "advice", "other"]] = {
    "records_request": "request", "correction": "correction", "removal": "correction", "advice": "advice",
}  # fmt: skip
_EARLIEST, _LATEST = date(1900, 1, 1).toordinal(), date(2199, 12, 31).toordinal()


def recipient_of(letter: Letter, contacts: Iterable[str], matter: Matter, catalog: Catalog) -> Recipient:
    """The recipient in the state of these contacts, else the one that serves everywhere, else the first."""
    states = {each.where.state for each in matter.touchpoints if each.id in set(contacts)}
    places = {each.remedy: _state(catalog.remedies.get(each.remedy)) for each in letter.recipients}
    fitting = [each for each in letter.recipients if places[each.remedy] in states]
    return (fitting or [each for each in letter.recipients if not places[each.remedy]] or [*letter.recipients])[0]


def _state(remedy: Remedy | None) -> str:
    return remedy.jurisdiction.partition("-")[2][:2] if remedy else ""


def time_of(letter: Letter, recipient: Recipient) -> Due:
    """The time for an answer."""
    return recipient.due or letter.due


def answer_due(due: Due, sent: str) -> str:
    """The day by which an answer is due to what left on a day, as a stored date; "" where no law gives a time.

    `sent`: a stored date; of one that is not one day nothing can be told.
    """
    try:
        left = parse(sent)
    except Problem:
        return ""
    if due.kind == "none" or not due.days or left.form != "day" or not _EARLIEST <= left.first <= _LATEST:
        return ""
    return day_after(date.fromordinal(left.first), due.days, due.kind).isoformat()


def follow_up_of(letter: Letter, contact: str, matter: Matter, catalog: Catalog, today: date) -> FollowUp:
    """The step that a letter begins, with no id yet. It was saved, not sent: the day on which it left is not known."""
    recipient = recipient_of(letter, (contact,), matter, catalog)
    remedy = catalog.remedies.get(recipient.remedy)
    return FollowUp(
        id="",
        kind=kind_of(remedy) if remedy else "request",
        about=contact,
        remedy=recipient.remedy,
        letter=letter.id,
        due=answer_due(time_of(letter, recipient), today.isoformat()),
    )


def kind_of(remedy: Remedy) -> Literal["request", "correction", "advice", "other"]:
    """What kind of step a remedy is. A letter for somebody in custody is a request like any other."""
    return _KINDS.get(remedy.kind, "other")


def same_step(one: FollowUp, other: FollowUp) -> bool:
    """Whether two are the same letter about the same contact, so that saving it again begins nothing new."""
    return (one.letter, one.remedy, one.about) == (other.letter, other.remedy, other.about)


def remedies_of(
    line: Line, matter: Matter, catalog: Catalog, exposure: ExposureMap, known: Iterable[Letter] = ()
) -> list[Remedy]:
    """What can be done about the systems and steps of a line's routes, in the places of its contact; requests first.

    Steps of a custody are for whoever is held now; a letter of `known` that fits the contact also serves afterwards. Of
    several recipients of one letter, the one that it would be addressed to.
    """
    held = answer_of(matter.client.get("in-custody"))
    custody = held is not None and held.value == "now"
    letters = list(known)
    addressed = {recipient_of(each, (line.touchpoint,), matter, catalog).remedy for each in letters}
    others = {to.remedy for each in letters for to in each.recipients} - addressed
    fitting = {to.remedy for each in letters if _fits(each, line, matter, catalog) for to in each.recipients}
    routes = [exposure.routes[id] for id in line.routes if id in exposure.routes]
    systems = {id for route in routes for id in route.systems}
    flows = {id for route in routes for id in route.flows}
    states = {each.where.state for each in matter.touchpoints if each.id == line.touchpoint}
    found = [
        row
        for row in catalog.remedies.values()
        if row.id not in others
        and (not row.in_custody or custody or row.id in fitting)
        and (systems & set(row.systems) or flows & set(row.flows))
        and (row.jurisdiction == "US" or _state(row) in states)
    ]
    order = ("records_request", "custody_step", "correction", "removal", "advice")
    return sorted(found, key=lambda row: (order.index(row.kind) if row.kind in order else len(order), row.title))


def _fits(letter: Letter, line: Line, matter: Matter, catalog: Catalog) -> bool:
    kinds = [catalog.touchpoints.get(each.kind) for each in matter.touchpoints if each.id == line.touchpoint]
    return not letter.sectors or any(kind is not None and kind.sector in letter.sectors for kind in kinds)


def letter_of(remedy: str, known: Iterable[Letter]) -> Letter | None:
    """The letter among those known that begins this remedy."""
    return next((each for each in known if any(remedy == to.remedy for to in each.recipients)), None)
