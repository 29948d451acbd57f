"""The steps that run in hours while somebody is held."""

from __future__ import annotations

from clinic_mapper.casefile.model import Matter, answer_of
from clinic_mapper.catalog.model import Catalog, Remedy

_MOST = 5


def held_now(matter: Matter) -> bool:
    """Whether the client, or the person they call for, is in custody now."""
    answer = answer_of(matter.client.get("in-custody"))
    return answer is not None and answer.value == "now"


def time_bound(catalog: Catalog) -> list[Remedy]:
    """The catalog's steps while in custody, as many as there is room for."""
    return [row for _, row in sorted(catalog.remedies.items()) if row.in_custody][:_MOST]
