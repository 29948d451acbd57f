"""What a law does to a step in words, with what it turns on where it is not known whether it speaks there at all."""

from __future__ import annotations

from collections.abc import Iterable

from clinic_mapper.casefile.places import states
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo.phrases import Voice
from clinic_mapper.memo.words import Words
from clinic_mapper.routing.model import LawEffect, LawOnHop


def law_does(words: Words, catalog: Catalog, law: LawOnHop, broken: LawEffect = "broken") -> str:
    """“bars this step on paper”; “if this was in San Francisco (CA): bars this step on paper”.

    `broken`: how a law is told that bars a step of which an answer shows that it happened.
    """
    does = words(f"law_effect.{broken if law.does == 'broken' else law.does}")
    only_if = law_only_if(words, catalog, law)
    return words("law_if.does", only_if=only_if, does=does) if only_if else does


def law_only_if(words: Words, catalog: Catalog, law: LawOnHop) -> str:
    """What must be so for a law to speak to a step; empty where it does."""
    parts = [words("law_if.client")] if law.if_client else []
    if law.if_place:
        place = place_named(catalog, law.if_place)
        parts.insert(0, words("law_if.place", place=place) if place else words("law_if.somewhere"))
    return words.joined(parts)


def place_named(catalog: Catalog, id: str) -> str:
    """“San Francisco (CA)”, “Oregon”; empty for the whole country."""
    row, state = catalog.places.get(id), states().get(id[3:5])
    if row and row.kind != "state":
        return f"{row.name} ({id[3:5]})"
    return state.name if state else ""


def law_told(voice: Voice, law: LawOnHop) -> str:
    """“Values Act (as of April 2025)”, with what it turns on."""
    return with_condition(voice.law_dated(law.id), voice.words, voice.catalog, law)


def with_condition(named: str, words: Words, catalog: Catalog, law: LawOnHop) -> str:
    """The name of a law with what it turns on; the name alone where it speaks."""
    only_if = law_only_if(words, catalog, law)
    return f"{named}, {only_if}" if only_if else named


def bars_of(laws: Iterable[LawOnHop]) -> dict[str, LawOnHop]:
    """The laws that bar a step on paper; those that would, only where none surely does."""
    would = {law.id: law for law in laws if law.does == "close"}
    return {id: law for id, law in would.items() if law.effect == "close"} or would


def is_ground(law: LawOnHop) -> bool:
    """Whether a law bars a step, or may, where the step was: it is told with the grounds to challenge.

    Of a place that is not known it is not a ground yet: the law of every place that it may have been is none.
    """
    return law.does in ("broken", "close", "undetermined") and not law.if_place


def broken_of(laws: Iterable[LawOnHop]) -> dict[str, LawOnHop]:
    """The laws that bar a step of which an answer shows that it happened: grounds to challenge."""
    return {law.id: law for law in laws if law.does == "broken"}
