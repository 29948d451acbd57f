"""Explanations in any catalog: what they say of a route is what the map says, whatever rows there are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hypothesis import given

from clinic_mapper.casefile.model import Answer, Matter
from clinic_mapper.catalog.model import Catalog, Condition, DateSpan
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.explain import explain_read
from clinic_mapper.routing.explanation import Explanation
from clinic_mapper.routing.model import Route
from clinic_mapper.routing.reading import Reading
from tests.unit.drawn_catalogs import catalogs_with_matters
from tests.unit.test_routing_explain import adds_up
from tests.unit.test_routing_regressions import contact, flow, law
from tests.unit.written_explanations import why

TODAY = date(2026, 11, 24)
MOST_ROUTES = 12


def explained(catalog: Catalog, matter: Matter) -> Iterator[tuple[Route, Explanation]]:
    exposure, reading = map_exposure(matter, catalog, TODAY, ask=False), Reading(matter, catalog, TODAY)
    for route in list(exposure.routes.values())[:MOST_ROUTES]:
        found = explain_read(route.id, reading)
        assert found is not None
        yield route, found


@given(catalogs_with_matters())
def test_an_explanation_says_of_every_route_what_the_map_says(drawn):
    for route, found in explained(*drawn):
        for name in ("standing", "closed_by", "touchpoint", "mechanism", "line", "unknown", "cites"):
            assert getattr(found, name) == getattr(route, name), name
        assert (found.route, found.tense.tense) == (route.id, route.tense)
        assert tuple(each.hop for each in found.hops) == route.hops
        assert tuple(tuple(law.law for law in each.law) for each in found.hops) == tuple(hop.law for hop in route.hops)


@given(catalogs_with_matters())
def test_what_is_unknown_stands_in_the_tree_and_what_is_open_and_decides_is_unknown(drawn):
    for route, found in explained(*drawn):
        told = list(found.grounds())
        assert set(route.unknown) <= {ground.unknown for ground in told}, route
        if route.standing == "undetermined":
            for ground in told:
                if ground.decides and ground.outcome == "unknown" and ground.unknown:
                    assert ground.unknown in route.unknown, (route, ground)


@given(catalogs_with_matters())
def test_standing_follows_from_record_hops_and_the_whole(drawn):
    for route, found in explained(*drawn):
        parts = [found.record.standing, *(each.hop.standing for each in found.hops)]
        if route.standing == "open":
            assert set(parts) == {"open"} and not found.whole
        elif route.standing == "closed":
            assert "closed" in parts or any(each.outcome == "no" for each in found.whole)
        else:
            assert "closed" not in parts
            assert "undetermined" in parts or found.whole
        adds_up(found.record.ground)
        for hop in found.hops:
            assert (hop.ground.outcome == "no") == (hop.hop.standing == "closed")
            if not hop.hop.either:
                adds_up(hop.ground)


def test_laws_that_yield_to_each_other_are_told_as_such():
    each_other = [law("a", yields_to=("b",)), law("b", yields_to=("a",))]
    found = why([flow()], each_other)
    assert found.standing == "open"
    told = [
        (each.law.id, each.law.effect, [(part.id, part.outcome) for part in each.grounds]) for each in found.hops[0].law
    ]
    assert told == [("a", "yields", [("b", "no")]), ("b", "yields", [("a", "no")])]


def test_a_law_beats_another_also_where_a_third_may_come_before_it():
    """As the map has it: `a` yields wherever `b` speaks, whether or not `c` does."""
    first = law("c", client_if=Condition(client="order", is_="yes"))
    found = why([flow()], [law("a", yields_to=("b",)), law("b", yields_to=("c",)), first])
    (yielding,) = (each for each in found.hops[0].law if each.law.id == "a")
    assert yielding.law.effect == "yields"
    assert [(each.form, each.outcome, each.parts) for each in yielding.grounds] == [("beaten", "no", ())]


def test_that_steps_which_are_possible_each_may_not_follow_one_another_is_a_ground_of_its_own():
    """Of a contact before 2011 the first step was possible at once; of a later one only when the second had ended."""
    early_or_late = Condition(any=(Condition(date=DateSpan(until="2010")), Condition(date=DateSpan(from_="2015"))))
    steps = [
        flow("a", "jail", "state", timing="standing", when=early_or_late),
        flow("b", "state", "ice", timing="standing", until="2012"),
    ]
    for when, standing, whole in (
        ("2010", "open", []),
        ("2010/2011", "undetermined", [("date", "unknown"), ("order", "unknown")]),
        ("2011", "closed", [("order", "no")]),
    ):
        found = why(steps, contacts=(contact(when=when),))
        assert [each.hop.standing for each in found.hops] == ["open", "open"], when
        assert (found.standing, [(each.form, each.outcome) for each in found.whole]) == (standing, whole)


def test_where_an_answer_shows_the_step_on_some_days_alone_a_bar_in_doubt_leaves_the_others_open():
    order = Condition(client="order", is_="yes")
    for since, outcome in (("2016-07-01", "unknown"), ("2015", "yes")):
        found = why(
            [flow(shown_by=order)],
            [law(effect_on_route="undetermined")],
            contacts=(contact(when="2016"),),
            client={"order": Answer(value="yes", since=since)},
        )
        (bar,) = (part for part in found.hops[0].ground.parts if part.form == "any")
        assert (bar.outcome, [part.form for part in bar.parts]) == (outcome, ["shown", "bar"])
