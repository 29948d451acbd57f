"""The map of a matter that changes answer by answer: what an answer cannot have changed is not worked out again."""

from __future__ import annotations

from datetime import date

from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.routing.engine import exposure_of
from clinic_mapper.routing.explain import explain_read
from clinic_mapper.routing.explanation import Explanation
from clinic_mapper.routing.model import ExposureMap
from clinic_mapper.routing.prospect import Prospects
from clinic_mapper.routing.reading import Reading


class LiveMap:
    """Gives the map that `map_exposure` gives, and remembers the reading it came from.

    It holds what was told of a client: `forget` it with the matter.
    """

    def __init__(self) -> None:
        self._reading: Reading | None = None
        self._prospects: Prospects | None = None

    def map(self, matter: Matter, catalog: Catalog, today: date, *, ask: bool = True) -> ExposureMap:
        """The exposure map of a matter as of `today`: the same, byte for byte, whatever was mapped before."""
        reading = Reading(matter, catalog, today, self._reading)
        prospects = Prospects(reading, self._prospects) if ask else None
        exposure = exposure_of(reading, matter, prospects)
        reading.forget_before()
        if prospects:
            prospects.forget_before()
        self._reading, self._prospects = reading, prospects
        return exposure

    def explain(self, route: str) -> Explanation | None:
        """Why a route of the map that was given last stands as it does; None if it has no such route."""
        return explain_read(route, self._reading) if self._reading else None

    def forget(self) -> None:
        """Let go of everything."""
        self._reading = self._prospects = None
