"""What else `clinic-mapper map` is asked: why a line stands as it does, what if something were otherwise, by data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo.by_data_text import by_data_in_words
from clinic_mapper.memo.explain_text import explanation_in_words
from clinic_mapper.memo.phrases import Voice
from clinic_mapper.memo.what_if_text import what_if_in_words
from clinic_mapper.memo.words import load_words
from clinic_mapper.problem import Problem
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.explain import explain
from clinic_mapper.routing.what_if import supposed
from clinic_mapper.routing.what_if_read import change_of


def explained(matter: Matter, catalog: Catalog, today: date, id: str, lang: str = "en") -> str:
    """Why a route, or the strongest route of a line, stands as it does, as text for a terminal.

    Raises:
        Problem: `no-such-line`: the map has neither.
    """
    exposure = map_exposure(matter, catalog, today, ask=False)
    line = next((line for line in exposure.lines if line.id == id), None)
    why = explain(line.routes[0] if line else id, matter, catalog, today)
    if why is None:
        known = ", ".join(each.id for each in exposure.lines) or "none"
        raise Problem(
            "no-such-line",
            f"This map has no line or route “{id}”.",
            do=f"Its lines are: {known}. Routes and their ids are printed by --json.",
        )
    return explanation_in_words(why, Voice(matter, catalog, exposure, load_words(lang)))


def otherwise(matter: Matter, catalog: Catalog, today: date, texts: Sequence[str], lang: str = "en") -> str:
    """What the map would say if some things were otherwise, as text for a terminal.

    Raises:
        Problem: a text is no change, or names what neither the matter nor the catalog has.
    """
    changes = [change_of(text, matter, catalog) for text in texts]
    words = load_words(lang)
    other, law = supposed(matter, catalog, changes)
    before = Voice(matter, catalog, map_exposure(matter, catalog, today, ask=False), words)
    after = Voice(other, law, map_exposure(other, law, today, ask=False), words)
    return what_if_in_words(changes, before, after)


def by_data(matter: Matter, catalog: Catalog, today: date, lang: str = "en") -> str:
    """Which lines could give ICE which kind of data, as text for a terminal."""
    return by_data_in_words(Voice(matter, catalog, map_exposure(matter, catalog, today, ask=False), load_words(lang)))
