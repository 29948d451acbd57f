"""The caps on a walk, to the route and to the step; what was walked once is the same walked again."""

from __future__ import annotations

from collections import Counter

import pytest
from msgspec.structs import replace

from clinic_mapper.casefile.model import Matter, Touchpoint
from clinic_mapper.catalog.model import Condition, Record
from clinic_mapper.routing import ways
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.model import ExposureMap
from tests.unit.drawn_catalogs import ASKED, catalog_of
from tests.unit.test_routing_regressions import TODAY, contact, flow, kind, system

TWO = (contact("t1"), contact("t2"))


def branching(
    branches: int,
    records: tuple[str, ...] = ("jail",),
    contacts: tuple[Touchpoint, ...] = (contact(),),
    first_if: Condition | None = None,
) -> ExposureMap:
    """From each record so many chains of two steps to ICE."""
    between = [f"m{number}" for number in range(branches)]
    systems = [system(name) for name in (*records, *between)]
    systems.append(system("ice", ice="operated", serves="ice-ero"))
    steps = [flow(f"{one}-{other}", one, other) for one in records for other in between]
    steps += [flow(f"{one}-ice", one, "ice") for one in between]
    made = [Record(system=name, data=("address",)) for name in records]
    made[0] = replace(made[0], when=first_if)
    catalog = catalog_of(systems, steps, [], [kind(creates=tuple(made), questions=ASKED)])
    return map_exposure(Matter(code="CASE", touchpoints=contacts), catalog, TODAY, ask=False)


@pytest.mark.parametrize(
    ("records", "routes", "cap", "kept", "cut"),
    [
        (("jail",), 4, 4, 4, False),
        (("jail",), 4, 3, 3, True),
        (("jail", "court"), 4, 8, 8, False),
        (("jail", "court"), 4, 7, 7, True),
        (("jail", "court"), 4, 4, 4, True),
        (("jail", "court", "school"), 4, 11, 11, True),
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
        (("jail", "court", "school"), 24, 12, False),
        (("jail", "court", "school"), 23, 11, True),
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
    exposure = branching(4, contacts=tuple(contact(f"t{number}") for number in range(3)))
    assert (len(exposure.routes), exposure.cut) == (12, False)


def test_what_is_kept_of_a_walk_makes_no_difference(monkeypatch):
    whole = branching(4, ("jail", "court"), contacts=TWO)
    monkeypatch.setattr(ways, "MOST_KEPT", 0)
    assert branching(4, ("jail", "court"), contacts=TWO) == whole


@pytest.mark.parametrize("order", [("yes", "no"), ("no", "yes"), ("no", "yes", "no", "yes")])
@pytest.mark.parametrize(("name", "cap"), [("MOST_ROUTES", 7), ("MOST_STEPS", 15)])
def test_a_walk_that_is_kept_counts_against_the_caps_of_each_contact_as_a_new_one_does(monkeypatch, order, name, cap):
    """Four routes, eight steps, from each of two records; the first of them exists for those who say yes alone."""
    monkeypatch.setattr(ways, name, cap)
    told = tuple(contact(f"t{number}", facts={"printed": said}) for number, said in enumerate(order))
    exposure = branching(4, ("jail", "court"), told, Condition(fact="printed", is_="yes"))
    found = Counter(route.touchpoint for route in exposure.routes.values())
    assert found == {f"t{number}": 7 if said == "yes" else 4 for number, said in enumerate(order)}
    assert exposure.cut
