"""Law of a county or city told without its name, for a reader who does not see in which county or city a contact was.

The name of such a law, its questions and its sources tell the place as surely as the place itself would.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from msgspec.structs import replace

from clinic_mapper.casefile.model import Matter, Touchpoint
from clinic_mapper.casefile.places import states
from clinic_mapper.catalog.model import Catalog, Restriction
from clinic_mapper.memo.generalize import place_at
from clinic_mapper.memo.places import place_tag
from clinic_mapper.memo.readers import Profile
from clinic_mapper.memo.since import Since, Why
from clinic_mapper.memo.words import Words
from clinic_mapper.problem import Problem
from clinic_mapper.routing.compare import LineState
from clinic_mapper.routing.model import ExposureMap, LawOnHop, Line, Route, Unknown

_ASKED = ("fact", "date")


class Told(NamedTuple):
    """Matter, catalog and map in which no law tells a place that the reader does not see; what changed since a signed
    memo likewise."""

    matter: Matter
    catalog: Catalog
    exposure: ExposureMap
    since: Since | None


def without_names_of_places(
    matter: Matter,
    catalog: Catalog,
    exposure: ExposureMap,
    profile: Profile,
    words: Words,
    since: Since | None = None,
) -> Told:
    """The same, where law that would tell a place stands as “a law of the county or city”, with what it does.

    Standings are as they were. A question that only such a law asks is told as that law's, and its answer is left out.

    Raises:
        Problem: `place-told` where a route passes a system that is called after the place.
    """
    levels = {touchpoint.id: _hides(touchpoint, catalog, profile) for touchpoint in matter.touchpoints}
    hidden = {contact: level for contact, level in levels.items() if level}
    for touchpoint in matter.touchpoints:
        if touchpoint.id in hidden:
            _check_systems(touchpoint, hidden[touchpoint.id], catalog, exposure)
    rows = sorted(
        {id for contact, id in _named(exposure, since) if contact in hidden and _tells(id, hidden[contact], catalog)}
    )
    if not rows:
        return Told(matter, catalog, exposure, since)
    instead = _Instead({id: f"law-of-a-place-{number}" for number, id in enumerate(rows, 1)}, hidden, catalog)
    routes = {id: instead.route(route) for id, route in exposure.routes.items()}
    lines = tuple(map(instead.line, exposure.lines))
    gone = instead.questions.keys() - _asked(lines, routes.values())
    nameless = {instead.ids[id]: _nameless(catalog.restrictions[id], instead.ids[id], words) for id in rows}
    return Told(
        replace(matter, client={id: answer for id, answer in matter.client.items() if id not in gone}),
        replace(catalog, restrictions={**catalog.restrictions, **nameless}),
        replace(
            exposure,
            lines=lines,
            routes=routes,
            ask_next=tuple(each for each in exposure.ask_next if not (each.kind in _ASKED and each.fact in gone)),
            derived=tuple(each for each in exposure.derived if each.client not in gone),
        ),
        instead.since(since, gone) if since else None,
    )


class _Instead:
    """What stands instead of laws that would tell a place, for the contacts of which that is hidden.

    `ids`: by the laws' own. `questions`: which of these laws asks what no other does.
    """

    def __init__(self, ids: dict[str, str], contacts: Container[str], catalog: Catalog) -> None:
        self.ids, self.contacts = ids, contacts
        others = {each for row in catalog.restrictions.values() if row.id not in ids for each in _questions_of(row)}
        self.questions = {
            question: id
            for id in ids
            for question in _questions_of(catalog.restrictions[id])
            if question in catalog.client_questions and question not in others
        }

    def route(self, route: Route) -> Route:
        if route.touchpoint not in self.contacts:
            return route
        return replace(
            route,
            law=self._laws(route.law),
            hops=tuple(replace(hop, law=self._laws(hop.law)) for hop in route.hops),
            unknown=self._unknowns(route.unknown, route.touchpoint),
        )

    def line(self, line: Line) -> Line:
        if line.touchpoint not in self.contacts:
            return line
        return replace(line, unknown=self._unknowns(line.unknown, line.touchpoint))

    def since(self, since: Since, gone: Container[str]) -> Since:
        """What changed, with the same laws nameless, and without what was answered to a question that is gone."""
        difference = replace(
            since.difference,
            appeared=tuple(map(self._state, since.difference.appeared)),
            went=tuple(map(self._state, since.difference.went)),
            changed=tuple(
                replace(each, before=self._state(each.before), after=self._state(each.after))
                for each in since.difference.changed
            ),
        )
        return replace(
            since, difference=difference, why={line: self._why(why, gone) for line, why in since.why.items()}
        )

    def _laws(self, laws: tuple[LawOnHop, ...]) -> tuple[LawOnHop, ...]:
        return tuple(self._law(law) if law.id in self.ids else law for law in laws)

    def _law(self, law: LawOnHop) -> LawOnHop:
        return replace(law, id=self.ids[law.id], if_place=law.if_place and "US")

    def _state(self, state: LineState) -> LineState:
        return replace(state, law=self._laws(state.law)) if state.touchpoint in self.contacts else state

    def _why(self, why: Why, gone: Container[str]) -> Why:
        rows = (replace(row, id=self.ids.get(row.id, row.id)) for row in why.rows)
        return replace(why, rows=tuple(rows), answers=tuple(each for each in why.answers if each.id not in gone))

    def _unknowns(self, unknown: tuple[Unknown, ...], touchpoint: str) -> tuple[Unknown, ...]:
        return tuple(dict.fromkeys(self._unknown(each, touchpoint) for each in unknown))

    def _unknown(self, unknown: Unknown, touchpoint: str) -> Unknown:
        if unknown.kind == "judge" and unknown.id in self.ids:
            return replace(unknown, id=self.ids[unknown.id])
        if unknown.kind in _ASKED and unknown.id in self.questions:
            return Unknown(kind="judge", id=self.ids[self.questions[unknown.id]], touchpoint=touchpoint)
        return unknown


def _hides(touchpoint: Touchpoint, catalog: Catalog, profile: Profile) -> str:
    """How exact a place of this contact may be told at most, `county` or `state`; "" as it was told.

    A reader of routes and law can always tell the state.
    """
    tag = place_tag(catalog, touchpoint)
    level = "state" if profile.withholds(tag) else profile.level(tag)
    return level if place_at(touchpoint.where, level) != touchpoint.where else ""


def _check_systems(touchpoint: Touchpoint, level: str, catalog: Catalog, exposure: ExposureMap) -> None:
    where, state = touchpoint.where, states().get(touchpoint.where.state)
    places = {where.city, "" if level == "county" else where.county} - {state.name if state else ""}
    names = [re.compile(rf"\b{re.escape(place)}\b") for place in places if place]
    for route in exposure.routes.values():
        for id in route.systems if route.touchpoint == touchpoint.id else ():
            system = catalog.systems.get(id)
            if system and any(name.search(system.name) for name in names):
                raise Problem(
                    "place-told",
                    f"A route passes {system.name}, which tells a place that this reader does not see.",
                    "Nothing was saved.",
                    "Show the place to this reader, which an attorney must confirm, or choose another reader.",
                )


def _named(exposure: ExposureMap, since: Since | None) -> Iterator[tuple[str, str]]:
    """Each contact with each law on it."""
    for route in exposure.routes.values():
        for law in (*route.law, *(law for hop in route.hops for law in hop.law)):
            yield route.touchpoint, law.id
    for side in (since.before, since.after) if since else ():
        for line in side.lines:
            yield from ((line.state.touchpoint, law.id) for law in line.state.law)
            yield from ((line.state.touchpoint, row.partition("/")[2]) for row in line.rows)


def _tells(id: str, level: str, catalog: Catalog) -> bool:
    """Whether a law's place is more exact than `level`."""
    row = catalog.restrictions.get(id)
    place = catalog.places.get(row.jurisdiction) if row else None
    return place is not None and place.kind != "state" and (level == "state" or place.kind == "city")


def _questions_of(row: Restriction) -> Iterable[str]:
    return (each.client for each in row.unless if each.client)


def _asked(lines: Iterable[Line], routes: Iterable[Route]) -> set[str]:
    """The questions that lines and routes still turn on."""
    unknown = [each for line in lines for each in line.unknown] + [each for route in routes for each in route.unknown]
    return {each.id for each in unknown if each.kind in _ASKED}


def _nameless(row: Restriction, id: str, words: Words) -> Restriction:
    """The law without what tells its place; its status, its day and its state remain."""
    return replace(
        row,
        id=id,
        jurisdiction=row.jurisdiction[:5],
        name=words("place_law.name"),
        citation=words("place_law.citation"),
        says=words("place_law.says"),
        cites=(),
        unless=(),
        caveat=None,
        allows_when=None,
        note=None,
    )
