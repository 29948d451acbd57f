"""The ways an unknown place could be: every combination of named places that a touchpoint's place allows.

A place the catalog does not name is like any other place it does not name; so a world is a state and the set of named
places that hold in it. An unknown place is never "somewhere in the US": the world without a state stands for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from clinic_mapper.casefile.model import Where
from clinic_mapper.casefile.places import county_id, slug
from clinic_mapper.catalog.model import NamedPlace

World = frozenset[str]
"""Ids of all named places that hold: `US`, the state, a county, a city."""

NOWHERE: World = frozenset()
ANYWHERE = "US"


class NamedPlaces:
    """The counties and cities that rules name, by state."""

    def __init__(self, places: Iterable[NamedPlace], named_in_rules: Iterable[str]) -> None:
        self._rows = {place.id: place for place in places}
        self.states = sorted({state_of(name) for name in named_in_rules} - {""})
        self._counties: dict[str, set[str]] = defaultdict(set)
        self._cities: dict[str, set[str]] = defaultdict(set)
        for name in named_in_rules:
            state = state_of(name)
            if name in (ANYWHERE, state):
                continue
            is_city = name in self._rows and self._rows[name].kind == "city"
            (self._cities if is_city else self._counties)[state].add(name)
        self._by_alias = {
            (state_of(place.id), slug(alias)): place.id
            for place in self._rows.values()
            if place.kind == "city"
            for alias in (place.name, *place.aliases)
        }

    def worlds(self, where: Where) -> tuple[World, ...]:
        """All worlds that a place allows, in a fixed order."""
        if where.state:
            return self._in_state(f"US-{where.state}", where)
        found: dict[World, None] = {NOWHERE: None, frozenset({ANYWHERE}): None}
        for state in self.states:
            found.update(dict.fromkeys(self._in_state(state, where)))
        return tuple(found)

    def _in_state(self, state: str, where: Where) -> tuple[World, ...]:
        always = {ANYWHERE, state}
        city, county = self._city(state, where), county_id(where)
        if city:
            return self._in_city(always, city, county)
        if county:
            return self._in_county(always, state, county, city_is_unknown=not where.city)
        found: dict[World, None] = {frozenset(always): None}
        for name in sorted(self._counties[state]):
            found.update(dict.fromkeys(self._in_county(always, state, name, city_is_unknown=not where.city)))
        for name in sorted(self._cities[state]):
            if not where.city or self._rows[name].fills:  # a town that nobody knows may be a part of such a city
                found.update(dict.fromkeys(self._in_city(always, name, "")))
        return tuple(found)

    def _city(self, state: str, where: Where) -> str:
        """The named city that was told, if it lies in this state; a city may be told without its state."""
        if not where.city:
            return ""
        by_name, by_id = (state, slug(where.city)), f"{state}-{slug(where.city)}"
        return self._by_alias.get(by_name, "") or (by_id if by_id in self._cities[state] else "")

    def _in_city(self, always: set[str], city: str, county: str) -> tuple[World, ...]:
        if county:
            return (frozenset(always | {city, county}),)
        counties = self._rows[city].counties
        return tuple(frozenset(always | {city, name}) for name in counties) or (frozenset(always | {city}),)

    def _in_county(self, always: set[str], state: str, county: str, *, city_is_unknown: bool) -> tuple[World, ...]:
        cities = [name for name in sorted(self._cities[state]) if county in self._rows[name].counties]
        filled = [name for name in cities if self._rows[name].fills]
        outside = frozenset(always | {county} | set(filled))
        if not city_is_unknown or filled:
            return (outside,)
        return (outside, *(frozenset(always | {county, name}) for name in cities))


def state_of(place: str) -> str:
    """`US-CA` for `US-CA-san-mateo-county`; "" for `US`."""
    return place[:5] if len(place) >= 5 else ""
