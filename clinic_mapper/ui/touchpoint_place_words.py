"""From what people type for a place to the place that is stored, and what to say when it is on no list."""

from __future__ import annotations

from clinic_mapper.casefile.model import Where
from clinic_mapper.casefile.places import counties, county_named, in_words, slug, states
from clinic_mapper.ui.matter_words import Language, say


def state_meant(typed: str) -> str | None:
    """The two letters of the state people mean by a name, its letters or a beginning.

    "" if nothing was typed, None if no state or more than one is meant.
    """
    wanted = typed.strip().casefold()
    if not wanted:
        return ""
    names = {state.name.casefold(): code for code, state in states().items()}
    if wanted.upper() in states():
        return wanted.upper()
    if wanted in names:
        return names[wanted]
    begun = [code for name, code in names.items() if name.startswith(wanted)]
    return begun[0] if len(begun) == 1 else None


def county_meant(state: str, typed: str) -> str:
    """The full name of the county people mean by a name or a beginning only one has, else the text as it was typed."""
    typed = typed.strip()
    named = county_named(state, typed)
    if named is not None or not slug(typed):
        return named or typed
    begun = [name for name in counties(state) if slug(name).startswith(slug(typed))]
    return begun[0] if len(begun) == 1 else typed


def trouble_with(where: Where, typed_state: str, language: Language) -> str:
    """A sentence when the place typed is on no list and therefore counts as unknown; else ""."""
    if state_meant(typed_state) is None:
        return say("state-not-listed", language, typed=typed_state.strip())
    if where.county and not where.state:
        return say("county-needs-state", language)
    if where.county and county_named(where.state, where.county) is None:
        state = states().get(where.state)
        return say("county-not-listed", language, typed=where.county, state=state.name if state else where.state)
    return ""


def place_words(where: Where, language: Language) -> str:
    """A place as it is shown in the list, in this language."""
    return in_words(where) if where != Where() else say("place-unknown", language)
