"""Who told what a step turns on, and who said that it is not known."""

from __future__ import annotations

import pytest

from clinic_mapper.casefile.model import Answer, Matter
from clinic_mapper.catalog import model
from clinic_mapper.catalog.model import Condition
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.explain import explain
from clinic_mapper.routing.explanation import Told
from tests.unit.drawn_catalogs import catalog_of, question
from tests.unit.test_routing_edges import PRINTED, every, none_of
from tests.unit.test_routing_regressions import LISTED, SYSTEMS, TODAY, contact, flow, kind
from tests.unit.written_explanations import why

NOT_KNOWN = Answer(value="unknown", source="paper")


@pytest.mark.parametrize(
    ("turns_on", "form", "told"),
    [
        (LISTED, "client", Told(kind="answer", id="listed", value="unknown", source="paper")),
        (PRINTED, "fact", Told(kind="answer", id="printed", value="unknown", source="paper", touchpoint="t1")),
    ],
)
def test_of_an_item_that_a_record_may_hold_it_is_told_who_said_that_what_it_turns_on_is_not_known(turns_on, form, told):
    perhaps = model.DataWhen(data=("gang_label",), when=turns_on)
    record = model.Record(system="jail", data=("address",), data_when=(perhaps,))
    by_label = flow(needs=model.Needs(all=("gang_label",)))
    asked = kind(questions=(question("printed"),), creates=(record,))
    catalog = catalog_of(SYSTEMS, [by_label], [], [asked])
    contacts = (contact(facts={"printed": NOT_KNOWN}),)
    matter = Matter(code="CASE", client={"listed": NOT_KNOWN}, touchpoints=contacts)
    (route,) = map_exposure(matter, catalog, TODAY).routes
    found = explain(route, matter, catalog, TODAY)
    assert found is not None
    (hop,) = found.hops
    assert [leaf.told for leaf in hop.ground.leaves() if leaf.form == form] == [(told,)]


def test_a_condition_whose_other_part_this_contact_does_not_ask_is_explained_as_the_one_part():
    assert why([flow(when=none_of(every(LISTED, PRINTED)))]).hops == why([flow(when=none_of(LISTED))]).hops


def test_a_place_among_none_is_explained_as_one_where_nobody_is():
    (hop,) = why([flow(when=none_of(Condition(place=())))]).hops
    assert [(leaf.outcome, leaf.names) for leaf in hop.ground.leaves() if leaf.form == "place"] == [("no", ())]
