"""Beside each step of a story: the answers that make it stand as it does, and what is not known of it."""

from __future__ import annotations

from collections.abc import Callable

from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo.explain_text import because
from clinic_mapper.memo.phrases import Voice
from clinic_mapper.memo.words import load_words
from clinic_mapper.routing.explanation import Explanation
from clinic_mapper.routing.model import ExposureMap, Route
from clinic_mapper.ui import map_words as words

Labelled = tuple[str, str]
"""A label and what stands beside it."""
Explain = Callable[[str], Explanation | None]
"""Gives the explanation of a route by its id."""
Reasons = tuple[tuple[Labelled, ...], ...]
"""For each hop, what stands beside it."""


def becauses(route: Route, exposure: ExposureMap, matter: Matter, catalog: Catalog, explain: Explain) -> Reasons:
    """For each hop, one line for what was answered and one for what is not known; none for a hop that asks nothing.

    Nothing at all where the matter has changed since the map was made: a reason never stands beside another outcome.
    """
    why = explain(route.id)
    if why is None or tuple(each.hop for each in why.hops) != route.hops:
        return tuple(() for _ in route.hops)
    voice = Voice(matter, catalog, exposure, load_words("en"))
    told = (because(each, voice, route.touchpoint) for each in why.hops)
    return tuple(
        tuple(
            (words.say(f"explain.{label}"), words.plain(text))
            for label, text in (("because", each.answers), ("not_known", each.not_known))
            if text
        )
        for each in told
    )
