"""The laws of the engine, on matters drawn from the shipped catalog."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from clinic_mapper.casefile.model import DECLINED, UNKNOWN, Answer, Matter, Touchpoint, answer_of
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.catalog.row import nodes_of
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.lines import strength
from clinic_mapper.routing.model import ExposureMap, Route
from clinic_mapper.routing.wire import as_json
from tests.unit.drawn_matters import matters

TODAY = date(2026, 11, 24)


@lru_cache(maxsize=1)
def catalog() -> Catalog:
    return load_catalog()


def mapped(matter: Matter) -> ExposureMap:
    return map_exposure(matter, catalog(), TODAY, ask=False)


def any_matter(most: int = 3) -> st.SearchStrategy[Matter]:
    return st.deferred(lambda: matters(catalog(), most))


@given(any_matter())
def test_the_same_matter_gives_the_same_bytes(matter):
    assert as_json(mapped(matter)) == as_json(mapped(matter))


@given(any_matter(), st.randoms(use_true_random=False))
def test_the_order_of_touchpoints_changes_nothing(matter, random):
    shuffled = list(matter.touchpoints)
    random.shuffle(shuffled)
    assert as_json(mapped(matter)) == as_json(mapped(replace(matter, touchpoints=tuple(shuffled))))


@given(any_matter())
def test_no_system_stands_twice_in_a_route(matter):
    for route in mapped(matter).routes.values():
        assert len(set(route.systems)) == len(route.systems), route.systems


@given(any_matter())
def test_every_route_ends_at_the_first_system_that_ice_runs(matter):
    systems = catalog().systems
    for route in mapped(matter).routes.values():
        run_by_ice = [systems[name].ice == "operated" for name in route.systems]
        stops = [
            name for name in (route.systems[0], *(hop.to for hop in route.hops)) if systems[name].ice == "operated"
        ]
        assert run_by_ice[-1]
        assert stops == [route.systems[-1]]
        assert systems[route.systems[-1]].serves == route.end


@given(any_matter())
def test_hops_follow_one_another_and_their_needs_were_there(matter):
    flows = catalog().flows
    for route in mapped(matter).routes.values():
        for before, after in pairwise(route.hops):
            assert before.to == after.from_
            held = {*before.data, *before.perhaps}
            needs = flows[after.flow].needs
            assert set(needs.all) <= held
            assert not needs.any or set(needs.any) & held
            assert route.standing != "open" or not needs.any or set(needs.any) & set(before.data)
            assert route.standing != "open" or set(needs.all) <= set(before.data)


@given(any_matter())
def test_an_inferred_hop_never_opens_a_route(matter):
    flows = catalog().flows
    for route in mapped(matter).routes.values():
        if route.standing == "open":
            assert all(flows[name].confidence != "inferred" for name in route.flows)


@given(any_matter())
def test_an_open_route_has_nothing_unknown_and_a_closed_one_has_a_reason(matter):
    for route in mapped(matter).routes.values():
        assert bool(route.closed_by) == (route.standing == "closed")
        assert bool(route.unknown) == (route.standing == "undetermined"), route


@given(any_matter())
def test_an_open_route_has_open_hops_alone_and_a_closed_hop_closes_its_route(matter):
    for route in mapped(matter).routes.values():
        standings = {hop.standing for hop in route.hops}
        assert route.standing != "open" or standings <= {"open"}, route
        assert route.standing == "closed" or "closed" not in standings, route


@given(any_matter())
def test_a_single_hop_out_of_a_record_that_is_always_made_stands_as_its_route_does(matter):
    """A route is more doubtful than its hops only by its record, or by the order in which the hops must follow."""
    kinds = {touchpoint.id: catalog().touchpoints[touchpoint.kind] for touchpoint in matter.touchpoints}
    for route in mapped(matter).routes.values():
        made = [row for row in kinds[route.touchpoint].creates if row.system == route.systems[0]]
        if len(route.hops) == 1 and all(row.when is None and row.judge is None for row in made):
            assert route.hops[0].standing == route.standing, route


@given(any_matter())
@example(Matter(code="D", touchpoints=(Touchpoint(id="t1", kind="jail-gang-classification", when="2023/.."),)))
def test_what_is_closed_by_law_names_the_law_that_closes_it(matter):
    """Or that would: a list that only California keeps is barred there, wherever else the contact may have been."""
    for route in mapped(matter).routes.values():
        if route.closed_by == ("law",):
            assert any("close" in (law.effect, law.would) for law in route.law), route


@given(any_matter())
def test_a_line_has_the_standing_of_its_strongest_route(matter):
    exposure = mapped(matter)
    for line in exposure.lines:
        members = [exposure.routes[name] for name in line.routes]
        assert members == sorted(members, key=strength)
        assert members[0].standing == line.standing
        assert {(route.touchpoint, route.mechanism) for route in members} == {(line.touchpoint, line.mechanism)}
    assert sorted(name for line in exposure.lines for name in line.routes) == sorted(exposure.routes)


@given(any_matter())
def test_a_past_contact_has_no_next_time_unless_a_stay_goes_on(matter):
    if (answer := answer_of(matter.client.get("in-custody"))) and answer.value == "past":
        for route in mapped(matter).routes.values():
            touchpoint = next(each for each in matter.touchpoints if each.id == route.touchpoint)
            if touchpoint.when in ("2009", "2012-05", "2018-02-03"):
                assert route.tense != "next_time"


@given(any_matter(most=2), st.data())
def test_answering_an_unknown_changes_only_undetermined_routes(matter, data):
    before = mapped(matter)
    changed, what = data.draw(answered(matter, before))
    after = mapped(changed)
    for name, route in before.routes.items():
        if route.standing == "undetermined":
            continue
        if name not in after.routes:
            assert may_vanish(route, what, matter), (what, route)
        else:
            assert after.routes[name].standing == route.standing, (what, route)


def test_a_closed_route_is_gone_once_the_client_says_that_the_record_lacks_what_it_needs():
    booked = Touchpoint(id="t1", kind="jail-gang-classification", when="2009", facts={"housed": Answer("no", "client")})
    unsaid = Matter(code="D", client={"in-custody": Answer("past", "client")}, touchpoints=(booked,))
    never = replace(unsaid, client=unsaid.client | {"gang-label-known": Answer("no", "client")})
    labels = {
        name: route.standing
        for name, route in mapped(unsaid).routes.items()
        if "local-jail-jms--cook-rgid--intake" in route.flows
    }
    assert set(labels.values()) == {"closed"}
    assert not labels.keys() & mapped(never).routes.keys()


def may_vanish(route: Route, what: tuple[str, str], matter: Matter) -> bool:
    """A closed route whose record turns out not to exist, or not to hold what its steps need, is gone, not open. So it
    may be by an answer about the contact, or by one about the client on which the record turns."""
    where, name = what
    made_by = next(touchpoint.kind for touchpoint in matter.touchpoints if touchpoint.id == route.touchpoint)
    records = catalog().touchpoints[made_by].creates
    asked = nodes_of(when for record in records for when in (record.when, *(part.when for part in record.data_when)))
    return route.standing == "closed" and (where == route.touchpoint or name in {node.client for node in asked})


@st.composite
def answered(draw, matter: Matter, exposure: ExposureMap) -> tuple[Matter, tuple[str, str]]:
    """The matter with one question answered that was not answered before."""
    options: list[tuple[str, str, tuple[str, ...]]] = []
    for touchpoint in matter.touchpoints:
        kind = catalog().touchpoints[touchpoint.kind]
        options += [
            (touchpoint.id, question.id, question.values)
            for question in kind.questions
            if open_in(touchpoint, question.id)
        ]
    for question in catalog().client_questions.values():
        known = answer_of(matter.client.get(question.id))
        told = {derived.client for derived in exposure.derived}
        if (
            not question.per_touchpoint
            and question.id not in told
            and (known is None or known.value in (UNKNOWN, DECLINED))
        ):
            options.append(("", question.id, question.values))
    where, name, values = draw(st.sampled_from(options))
    answer = Answer(value=draw(st.sampled_from(values)), since="2010" if name == "in-custody" else "")
    if not where:
        return replace(matter, client=matter.client | {name: answer}), (where, name)
    return replace(
        matter,
        touchpoints=tuple(
            replace(each, facts=each.facts | {name: answer}) if each.id == where else each
            for each in matter.touchpoints
        ),
    ), (where, name)


def open_in(touchpoint: Touchpoint, question: str) -> bool:
    known = answer_of(touchpoint.facts.get(question))
    return known is None or known.value in (UNKNOWN, DECLINED)


@pytest.mark.parametrize("kind", sorted(load_catalog().touchpoints))
def test_a_contact_of_which_nothing_is_known_opens_nothing(kind):
    exposure = mapped(Matter(code="EMPTY", touchpoints=(Touchpoint(id="t1", kind=kind),)))
    assert not [route for route in exposure.routes.values() if route.standing == "open"]


@given(any_matter(most=2))
def test_the_first_question_bears_on_an_undetermined_line_and_is_not_asked_twice(matter):
    exposure = map_exposure(matter, catalog(), TODAY)
    asked = [(ask.kind, ask.fact, ask.touchpoint) for ask in exposure.ask_next]
    assert len(set(asked)) == len(asked)
    undetermined = [line for line in exposure.lines if line.standing == "undetermined"]
    support = {(unknown.kind, unknown.id, unknown.touchpoint) for line in undetermined for unknown in line.unknown}
    assert set(asked) <= support
    for name, given_ in matter.client.items():
        if answer_of(given_).value == DECLINED:
            assert ("fact", name, "") not in asked


def test_where_nothing_is_known_the_first_question_settles_something():
    kinds = ("jail-booking", "dmv-standard-licence", "police-stop-no-citation")
    contacts = tuple(Touchpoint(id=f"t{number}", kind=kind) for number, kind in enumerate(kinds))
    first = map_exposure(Matter(code="EMPTY", touchpoints=contacts), catalog(), TODAY).ask_next[0]
    assert first.lines_settled >= 1
