"""States and their counties: names as people pick them, and names as parts of ids. From the Census list of counties."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import msgspec

from clinic_mapper.resource_files import resources


class State(msgspec.Struct, frozen=True):
    """A state, the District of Columbia or a territory; `counties` are full names ("Orleans Parish")."""

    code: str
    name: str
    counties: tuple[str, ...] = ()


class _StateFile(msgspec.Struct):
    states: tuple[State, ...]


@lru_cache(maxsize=1)
def states() -> dict[str, State]:
    """All states, the District of Columbia and territories by their two letters, in the order of their names."""
    data = (resources() / "places" / "counties.json").read_bytes()
    found = msgspec.json.decode(data, type=_StateFile).states
    return {state.code: state for state in sorted(found, key=lambda state: state.name)}


def counties(state: str) -> tuple[str, ...]:
    """The full names of a state's counties, parishes or boroughs; empty for an unknown state."""
    found = states().get(state)
    return found.counties if found else ()


@lru_cache(maxsize=1024)
def county_named(state: str, said: str) -> str | None:
    """The full name of the county that people mean ("san mateo" → "San Mateo County"), or None if the state has none
    such."""
    wanted = re.sub(r"^saint-", "st-", slug(said))
    if not wanted:
        return None
    full = {slug(name): name for name in counties(state)}
    if wanted in full:
        return full[wanted]
    short = [name for key, name in full.items() if re.sub(_KIND, "", key) == re.sub(_KIND, "", wanted)]
    return short[0] if len(short) == 1 else None


_KIND = r"-(county|parish|borough|census-area|municipality|municipio|district|island|planning-region|city)$"


@lru_cache(maxsize=8192)
def slug(name: str) -> str:
    """A name as an id part: letters without accents and digits, joined by hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "").replace(".", "")).strip("-")


def forget_names() -> None:
    """Let go of the names that were asked for: some were told of a client."""
    county_named.cache_clear()
    slug.cache_clear()
