"""The caps on a walk, to the route and to the step; what was walked once is the same walked again."""

from __future__ import annotations

import pytest

from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.model import Record
from clinic_mapper.routing import ways
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.model import ExposureMap
from tests.unit.drawn_catalogs import catalog_of
from tests.unit.test_routing_regressions import TODAY, contact, flow, kind, system


def branching(branches: int, records: tuple[str, ...] = ("jail",), contacts: int = 1) -> ExposureMap:
    """From each record so many chains of two steps to ICE."""
    between = [f"m{number}" for number in range(branches)]
    systems = [system(name) for name in (*records, *between)]
    systems.append(system("ice", ice="operated", serves="ice-ero"))
    steps = [flow(f"{one}-{other}", one, other) for one in records for other in between]
    steps += [flow(f"{one}-ice", one, "ice") for one in between]
    first = kind(creates=tuple(Record(system=name, data=("address",)) for name in records))
    told = tuple(contact(f"t{number}") for number in range(contacts))
    return map_exposure(
        Matter(code="CASE", touchpoints=told), catalog_of(systems, steps, [], [first]), TODAY, ask=False
    )


@pytest.mark.parametrize(
    ("records", "routes", "cap", "kept", "cut"),
    [
        (("jail",), 4, 4, 4, False),
        (("jail",), 4, 3, 3, True),
        (("jail", "court"), 4, 8, 8, False),
        (("jail", "court"), 4, 7, 7, True),
        (("jail", "court"), 4, 4, 4, True),
    ],
)
def test_a_contact_has_as_many_routes_as_the_cap_allows_over_all_its_records(
    monkeypatch, records, routes, cap, kept, cut
):
    monkeypatch.setattr(ways, "MOST_ROUTES", cap)
    exposure = branching(routes, records)
    assert (len(exposure.routes), exposure.cut) == (kept, cut)


@pytest.mark.parametrize(
    ("records", "cap", "kept", "cut"),
    [
        (("jail",), 8, 4, False),
        (("jail",), 7, 3, True),
        (("jail", "court"), 16, 8, False),
        (("jail", "court"), 15, 7, True),
    ],
)
def test_steps_are_tried_up_to_the_cap_over_all_records_of_a_contact(monkeypatch, records, cap, kept, cut):
    """Four chains of two steps from each record."""
    monkeypatch.setattr(ways, "MOST_STEPS", cap)
    exposure = branching(4, records)
    assert (len(exposure.routes), exposure.cut) == (kept, cut)


def test_each_contact_has_caps_of_its_own(monkeypatch):
    monkeypatch.setattr(ways, "MOST_ROUTES", 4)
    monkeypatch.setattr(ways, "MOST_STEPS", 8)
    exposure = branching(4, contacts=3)
    assert (len(exposure.routes), exposure.cut) == (12, False)


def test_what_is_kept_of_a_walk_makes_no_difference(monkeypatch):
    whole = branching(4, ("jail", "court"), contacts=2)
    monkeypatch.setattr(ways, "MOST_KEPT", 0)
    assert branching(4, ("jail", "court"), contacts=2) == whole
