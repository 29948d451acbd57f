"""What single keys of a row do: needs, arrival, when a law acts; on which days something begins or ends."""

from __future__ import annotations

from datetime import date

import pytest

from clinic_mapper.casefile.model import Matter, Touchpoint, Where
from clinic_mapper.catalog import model
from clinic_mapper.catalog.model import Condition, DateSpan, Needs
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.index import Index
from tests.unit.drawn_catalogs import ASKED, catalog_of
from tests.unit.test_routing_regressions import (
    FRESNO_COUNTY,
    LISTED,
    SYSTEMS,
    TODAY,
    contact,
    flow,
    kind,
    law,
    mapped,
    only_route,
    system,
)

BOTH = ("address", "gang_label")
PRINTED = Condition(fact="printed", is_="yes")


def yes(client: str) -> Condition:
    return Condition(client=client, is_="yes")


@pytest.mark.parametrize(
    ("needs", "held", "goes"),
    [
        # What needs nothing in particular needs one item besides identity.
        (Needs(), (), False),
        (Needs(), ("gang_label",), True),
        (Needs(any=("identity",)), (), True),
        (Needs(any=("address", "gang_label")), ("gang_label",), True),
        (Needs(any=("address",)), ("gang_label",), False),
        (Needs(all=("identity",)), (), True),
        (Needs(all=("address", "gang_label")), ("gang_label",), False),
        (Needs(all=("address", "gang_label")), BOTH, True),
        (Needs(all=("address",), any=("gang_label",)), ("address",), False),
        (Needs(all=("address",), any=("gang_label",)), BOTH, True),
    ],
)
def test_a_step_goes_where_the_record_holds_all_that_it_needs_and_one_of_what_would_do(needs, held, goes):
    exposure = mapped([flow(needs=needs)], kinds=[kind(creates=(model.Record(system="jail", data=held),))])
    assert bool(exposure.routes) == goes


@pytest.mark.parametrize(
    ("said", "timing", "arrives"),
    [
        (None, "at_event", "sent"),
        (None, "in_custody", "sent"),
        (None, "standing", "found"),
        ("found", "at_event", "found"),
        ("sent", "standing", "sent"),
    ],
)
def test_what_waits_for_somebody_to_look_is_found_unless_the_row_says_otherwise(said, timing, arrives):
    assert only_route(mapped([flow(arrives=said, timing=timing)])).arrives == arrives


@pytest.mark.parametrize(
    ("keys", "closes"),
    [
        ({}, True),
        ({"acts": False}, False),
        ({"effect_on_route": "show"}, False),
        ({"acts": False, "effect_on_route": "show"}, False),
        ({"status": "pending"}, False),
        ({"status": "enjoined"}, False),
        ({"status": "ended"}, False),  # nobody knows until when it held
        ({"status": "ended", "until": "2016-05-01"}, True),
        ({"status": "ended", "until": "2016-04-30"}, False),
        ({"until": "2016-04-30"}, False),
        ({"acts_from": "2016-05-01"}, True),
        ({"acts_from": "2016-05-02"}, False),
        ({"acts_from": None, "since": "2016-05-02"}, False),
        ({"acts_from": "2016-05-02", "since": "2008"}, False),
        ({"acts_from": None}, True),
    ],
)
def test_a_law_acts_while_it_is_in_force_and_where_its_row_says_so(keys, closes):
    route = only_route(mapped([flow()], [law(**keys)]))
    assert (route.standing == "closed") == closes


def test_the_days_that_count_are_those_on_which_something_begins_and_those_after_it_ended():
    conditions = Condition(all=(LISTED, Condition(date=DateSpan(from_="2011", until="2012-05"))))
    bare = flow("bare", until="2019")
    rows = [flow(since="2013-02", until="2014", when=conditions), bare]
    laws = [law(acts_from="2015-03-03", until="2016"), law("open", acts_from=None)]
    days = ("2011-01-01", "2012-06-01", "2013-02-01", "2015-01-01", "2015-03-03", "2017-01-01", "2020-01-01")
    index = Index(catalog_of(SYSTEMS, rows, laws, [kind()]))
    first, last = min(index.edges), max(index.edges)  # of the law without days: all of them
    assert index.edges == (first, *(date.fromisoformat(day).toordinal() for day in days), last)
    assert (date.fromordinal(first), date.fromordinal(last)) == (date(1900, 1, 1), date(2200, 1, 1))


def test_what_exists_in_other_places_alone_is_no_route_wherever_on_the_way_it_stands():
    """Not a closed route: a step of another county stands in no list here."""
    systems = [*SYSTEMS, system("vendor")]
    steps = [
        flow("first", "jail", "state", when=Condition(any=(PRINTED,))),
        flow("second", "state", "vendor", when=Condition(all=(Condition(place=(FRESNO_COUNTY,)), PRINTED))),
        flow("third", "vendor", "ice"),
        flow("other", "state", "ice"),
    ]
    for where, found in (
        (Where(state="CA", county="Fresno County"), {("first", "other"), ("first", "second", "third")}),
        (Where(state="CA", county="Kern County"), {("first", "other")}),
        (Where(state="CA"), {("first", "other"), ("first", "second", "third")}),
    ):
        matter = Matter(code="CASE", touchpoints=(contact(where=where),))
        exposure = map_exposure(matter, catalog_of(systems, steps, [], [kind(questions=ASKED)]), TODAY)
        assert {route.flows for route in exposure.routes.values()} == found


def test_every_fact_that_something_ahead_can_read_is_known_also_where_flows_lead_in_a_ring():
    records = model.Record(system="jail", data=(), when=yes("minor"), data_when=(model.DataWhen((), yes("license")),))
    steps = [
        flow("a", "jail", "state", when=LISTED),
        flow("back", "state", "jail", shown_by=yes("detainer")),
        flow("b", "state", "ice"),
        flow("c", "vendor", "ice", when=yes("in-custody")),
    ]
    excepted = model.Exception_(kind="client", text="t", client="dhs-prints", is_="yes", question="q")
    laws = [law("one", flows=("b",), client_if=yes("order")), law("two", flows=("a",), unless=(excepted,))]
    index = Index(catalog_of([*SYSTEMS, system("vendor")], steps, laws, [kind(creates=(records,))]))
    read = {"minor", "license", "listed", "detainer", "order", "dhs-prints"}
    assert index.client_facts_read("booking") == read


def test_a_reply_is_no_step_of_its_own():
    assert mapped([flow(reply_to="other")]).routes == {}


def test_a_kind_of_contact_that_the_catalog_has_not_asks_nothing():
    index = Index(catalog_of(SYSTEMS, [flow()], [], [kind()]))
    assert index.asked("moon-landing") == {"agency"}


@pytest.mark.parametrize("place", [("US-CA",), (FRESNO_COUNTY,), ("US",)])
def test_a_law_speaks_in_its_own_jurisdiction(place):
    fresno = Touchpoint(id="t1", kind="booking", when="2016", where=Where(state="CA", county="Fresno County"))
    texas = Touchpoint(id="t1", kind="booking", when="2016", where=Where(state="TX"))
    found = [only_route(mapped([flow()], [law(jurisdiction=place[0])], contacts=(own,))) for own in (fresno, texas)]
    assert [route.closed_by for route in found] == [("law",), ("law",) if place == ("US",) else ()]
