"""Where a contact was: ids as the catalog names places (`US-CA-san-mateo-county`), and places in words."""

from __future__ import annotations

from clinic_mapper.casefile.model import Where
from clinic_mapper.gazetteer import counties as counties
from clinic_mapper.gazetteer import county_named, slug, states


def state_id(where: Where) -> str:
    """`US-CA`, or "" if the state is unknown."""
    return f"US-{where.state}" if where.state else ""


def county_id(where: Where) -> str:
    """`US-CA-san-mateo-county`, or "" if the county is unknown or not one of the state's."""
    if not where.state or not where.county:
        return ""
    full = county_named(where.state, where.county)
    return f"US-{where.state}-{slug(full)}" if full else ""


def city_id(where: Where) -> str:
    """`US-CA-los-angeles`, or "" if the city is unknown."""
    return f"US-{where.state}-{slug(where.city)}" if where.state and where.city else ""


def in_words(where: Where) -> str:
    """A place as it is printed: "Oakland, Alameda County, California"; "place unknown" where nothing is known."""
    state = states().get(where.state)
    parts = [where.city, where.county, state.name if state else where.state]
    return ", ".join(part for part in parts if part) or "place unknown"
