"""The steps that run in hours while somebody is held."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from clinic_mapper.casefile.model import Matter, answer_of
from clinic_mapper.catalog.model import Catalog, Remedy

_FIRST = (
    "custody-detainer-lodged", "custody-48-hours", "custody-bail-with-detainer", "custody-release-hour", "custody-bond",
)  # fmt: skip
"""What comes first, as the hours go: is there a detainer, how long does it hold, what bail sets off. Others follow."""


def held_now(matter: Matter) -> bool:
    """Whether the client, or the person they call for, is in custody now."""
    answer = answer_of(matter.client.get("in-custody"))
    return answer is not None and answer.value == "now"


def time_bound(matter: Matter, catalog: Catalog, lang: str = "en") -> list[Remedy]:
    """The catalog's steps while in custody that can serve where the client's contacts were, in the order of a day.

    `lang`: in which they are said, where they have words in it.
    """
    states = {touchpoint.where.state for touchpoint in matter.touchpoints}
    serving = (row for row in catalog.remedies.values() if row.in_custody and serves(row, states))
    return [row.in_language(lang) for row in in_the_order_of_a_day(serving)]


def in_the_order_of_a_day(remedies: Iterable[Remedy]) -> list[Remedy]:
    """Steps while in custody: those with a place in the hours first, then the others by their ids."""

    def place(row: Remedy) -> tuple[int, str]:
        return _FIRST.index(row.id) if row.id in _FIRST else len(_FIRST), row.id

    return sorted(remedies, key=place)


def serves(row: Remedy, states: Collection[str]) -> bool:
    """Whether a remedy of some place can serve: federal ones always, others where a contact was in that state."""
    return row.jurisdiction == "US" or row.jurisdiction.split("-")[1][:2] in states
