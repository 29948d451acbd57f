"""What else `clinic-mapper map` is asked: why a line or a route stands as it does."""

from __future__ import annotations

from datetime import date

from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo.explain_text import explanation_in_words
from clinic_mapper.memo.phrases import Voice
from clinic_mapper.memo.words import load_words
from clinic_mapper.problem import Problem
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.explain import explain


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
