"""The engine against a second one that is slow and plain, and its laws, on small catalogs drawn at random."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from clinic_mapper.casefile.model import DECLINED, UNKNOWN, Answer, Matter, Touchpoint, answer_of
from clinic_mapper.catalog.model import Catalog, Condition, Needs, Record
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.model import ExposureMap
from clinic_mapper.routing.ways import MOST_ROUTES
from clinic_mapper.routing.wire import as_json
from tests.unit.drawn_catalogs import WHENS, WHERES, Drawing, catalog_of, catalogs_with_matters
from tests.unit.reference_engine import Judged, Reference, Route
from tests.unit.test_routing_regressions import contact, flow, kind, system

TODAY = date(2026, 11, 24)
MANY = max(100, settings.default.max_examples if settings.default else 0)
"""Examples for the comparison: some more than a law needs, and all that a long run asks for."""
KINDS_OF_ROWS = ("systems", "flows", "restrictions", "touchpoints", "client_questions", "places", "practices")


def mapped(matter: Matter, catalog: Catalog) -> ExposureMap:
    return map_exposure(matter, catalog, TODAY, ask=False)


def as_judged(exposure: ExposureMap, catalog: Catalog, expected: dict[Route, Judged]) -> dict[Route, Judged]:
    """The engine's map in the terms of the reference; what the texts leave open is taken as the reference has it."""
    found = {}
    for route in exposure.routes.values():
        flows = tuple(hop.flow for hop in route.hops)
        key = (route.touchpoint, route.hops[0].from_ if route.hops else route.systems[0], flows)
        like = expected.get(key)
        closed = route.standing == "closed"
        found[key] = Judged(
            route.standing,
            tuple(hop.standing for hop in route.hops),
            None if closed or (like and like.tense is None) else route.tense,
            by_law_alone=route.closed_by == ("law",),
            by_time="time" in route.closed_by and (like is None or like.by_time),
        )
    return found


def compare(catalog: Catalog, matter: Matter) -> None:
    expected = Reference(matter, catalog, TODAY).routes()
    assert as_judged(mapped(matter, catalog), catalog, expected) == expected


@given(catalogs_with_matters())
@settings(max_examples=MANY)
def test_the_engine_agrees_with_the_slow_one(drawn):
    compare(*drawn)


@pytest.mark.parametrize("seed", range(60))
def test_the_engine_agrees_with_the_slow_one_on_catalogs_full_of_rows(seed):
    drawing = Drawing(Random(seed))
    catalog = drawing.catalog()
    compare(catalog, drawing.matter(catalog))


@given(catalogs_with_matters(), st.randoms(use_true_random=False))
def test_one_law_more_that_bars_something_never_opens_a_route(drawn, random):
    catalog, matter = drawn
    more = Drawing(random).restriction(9, tuple(catalog.flows), effect_on_route="close", acts=True, yields_to=())
    before = mapped(matter, catalog).routes
    after = mapped(matter, replace(catalog, restrictions=catalog.restrictions | {more.id: more})).routes
    assert set(after) == set(before)
    for name, route in after.items():
        assert route.standing != "open" or before[name].standing == "open"
        assert route.standing == "closed" or before[name].standing != "closed"


@given(catalogs_with_matters(), st.randoms(use_true_random=False), st.sampled_from(("yes", "no")))
def test_a_question_that_an_undetermined_route_does_not_name_does_not_settle_it(drawn, random, value):
    """Of steps that do not wait; of a look-up that is possible today only what bears on today is asked."""
    catalog, matter = drawn
    mandate = Drawing(random).restriction(
        9, (), effect_on_route="practice_yes", acts=True, yields_to=(), status="in_force", jurisdiction="US",
        client_if=Condition(client="listed", is_=value),
    )  # fmt: skip
    catalog = replace(catalog, restrictions=catalog.restrictions | {mandate.id: mandate})
    before = mapped(matter, catalog)
    assert all(route.unknown for route in before.routes.values() if route.standing == "undetermined")
    told = {fact.client for fact in before.derived} | {name for name, given in matter.client.items() if is_told(given)}
    for asked in catalog.client_questions.values():
        if asked.per_touchpoint or asked.id in told:
            continue
        for answer in asked.values:
            also = replace(matter, client=matter.client | {asked.id: Answer(value=answer)})
            after = mapped(also, catalog).routes
            for name, route in before.routes.items():
                waits = any(catalog.flows[flow].timing != "at_event" for flow in route.flows)
                names = any(unknown.id == asked.id for unknown in route.unknown)
                if route.standing == "undetermined" and name in after and not names and not waits:
                    assert after[name].standing == "undetermined", (asked.id, answer, route)


def is_told(given: Answer | str) -> bool:
    answer = answer_of(given)
    return answer is not None and answer.value not in (UNKNOWN, DECLINED)


@given(catalogs_with_matters(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(drawn, random):
    catalog, matter = drawn
    shuffled = {}
    for rows in KINDS_OF_ROWS:
        names = list(getattr(catalog, rows))
        random.shuffle(names)
        shuffled[rows] = {name: getattr(catalog, rows)[name] for name in names}
    assert as_json(mapped(matter, replace(catalog, **shuffled))) == as_json(mapped(matter, catalog))


@given(catalogs_with_matters(), st.sampled_from(WHENS), st.sampled_from(WHERES))
def test_a_contact_that_tells_nothing_of_the_client_changes_no_other_contact(drawn, when, where):
    catalog, matter = drawn
    quiet = replace(next(iter(catalog.touchpoints.values())), id="quiet", tells=(), custody=False)
    catalog = replace(catalog, touchpoints=catalog.touchpoints | {"quiet": quiet})
    before = mapped(matter, catalog).routes
    also = Touchpoint(id="t8", kind="quiet", when=when, where=where)
    after = mapped(replace(matter, touchpoints=(*matter.touchpoints, also)), catalog).routes
    assert {name: route for name, route in after.items() if route.touchpoint != "t8"} == before


def clique(size: int) -> list[str]:
    return [f"s{number:02}" for number in range(size)]


def with_flows(names: list[str], pairs: list[tuple[str, str]], start: str) -> ExposureMap:
    systems = [*(system(name) for name in names), system("ice", ice="operated", serves="ice-ero")]
    flows = [flow(f"{one}--{other}", one, other, needs=Needs()) for one, other in pairs]
    first = kind(creates=(Record(system=start, data=("address",)),))
    return mapped(Matter(code="CASE", touchpoints=(contact(),)), catalog_of(systems, flows, [], [first]))


def test_a_ring_of_flows_is_walked_once():
    ring = clique(6)
    exposure = with_flows(ring, [*zip(ring, [*ring[1:], ring[0]], strict=True), ("s03", "ice")], "s00")
    assert [route.systems for route in exposure.routes.values()] == [("s00", "s01", "s02", "s03", "ice")]
    assert not exposure.cut


def test_very_many_flows_are_cut_and_the_map_says_so():
    names = clique(14)
    pairs = [(one, other) for one in names for other in [*names, "ice"] if one != other]
    exposure = with_flows(names, pairs, "s00")
    assert exposure.cut
    assert len(exposure.routes) <= MOST_ROUTES


def test_many_ways_that_lead_nowhere_are_cut_and_the_map_says_so():
    """All reach ICE only through the system where the walk began, so that no chain among them ever ends."""
    names = clique(25)
    pairs = [(one, other) for one in names for other in names if one != other]
    exposure = with_flows(names, [*pairs, ("s00", "ice")], "s00")
    assert exposure.cut
    assert [route.systems for route in exposure.routes.values()] == [("s00", "ice")]


def test_dead_ends_are_not_entered():
    names = clique(25)
    pairs = [(one, other) for one in names[1:] for other in names[1:] if one != other]
    exposure = with_flows(names, [*pairs, ("s00", "s01"), ("s00", "ice")], "s00")
    assert not exposure.cut
    assert len(exposure.routes) == 1
