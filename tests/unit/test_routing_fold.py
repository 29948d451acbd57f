"""Folding hides no route, standing, tense or unknown: what stands under a route says no more than it."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from msgspec.structs import replace

from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.fold import folded
from clinic_mapper.routing.model import Route, Unknown
from tests.unit.drawn_matters import matters

CATALOG = load_catalog()
ASK = Unknown(kind="fact", id="printed", touchpoint="t1")
ALSO = Unknown(kind="place", id="", touchpoint="t1")


@given(matters(CATALOG))
@settings(deadline=None)
def test_nothing_is_hidden(matter):
    exposure = map_exposure(matter, CATALOG, date(2026, 6, 30), ask=False)
    for line in exposure.lines:
        routes = [exposure.routes[id] for id in line.routes]
        parts = folded(routes)
        assert sorted(r.id for holder, under in parts for r in (holder, *under)) == sorted(line.routes)
        assert parts[0][0] == routes[0], "the strongest gives the line its words"
        told = {(holder.standing, holder.tense, holder.end) for holder, _ in parts}
        assert told == {(route.standing, route.tense, route.end) for route in routes}
        for holder, under in parts:
            for route in under:
                assert set(holder.data) >= set(route.data)
                assert set(holder.unknown) <= set(route.unknown)
                assert not route.set_aside


def example() -> Route:
    matter = next(iter(_matter()))
    return next(iter(map_exposure(matter, CATALOG, date(2026, 6, 30), ask=False).routes.values()))


def _matter():
    from clinic_mapper.casefile.model import Matter, Touchpoint

    yield Matter(code="X", touchpoints=(Touchpoint(id="t1", kind="jail-booking", when="2024"),))


def test_a_route_that_turns_on_more_stands_under_the_one_that_turns_on_less():
    plain = replace(example(), unknown=(ASK,))
    more = replace(plain, id="more", unknown=(ASK, ALSO))
    assert folded([plain, more]) == ((plain, (more,)),)
    assert folded([more, plain]) == ((more, ()), (plain, ())), "what settles the first does not settle the second"


def test_another_end_other_data_or_a_verdict_stand_apart():
    plain = example()
    for changed in (
        replace(plain, id="x", end="ice-hsi" if plain.end == "ice-ero" else "ice-ero"),
        replace(plain, id="x", data=(*plain.data, "dna")),
        replace(plain, id="x", set_aside="Wrong person."),
    ):
        assert folded([plain, changed]) == ((plain, ()), (changed, ()))
