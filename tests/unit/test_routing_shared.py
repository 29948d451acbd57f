"""Contacts in one place share what was found of a step: only as far as it is the same for each of them."""

from __future__ import annotations

from typing import Any

import pytest

from clinic_mapper.casefile.model import Touchpoint, Where
from clinic_mapper.catalog import model
from clinic_mapper.catalog.model import Condition, Needs
from clinic_mapper.routing.model import Unknown
from tests.unit.drawn_catalogs import question
from tests.unit.test_routing_regressions import LISTED, NOT_LISTED, contact, flow, kind, law, mapped, only_route

HERE = Where(state="CA", county="Fresno County", city="Clovis")


def both(first: str = "booking", second: str = "booking") -> tuple[Touchpoint, Touchpoint]:
    return contact("t1", first, where=HERE), contact("t2", second, where=HERE)


EITHER: dict[str, Any] = {"needs": Needs(any=("address", "fingerprints")), "carries": ("address", "fingerprints")}
PAIR = [flow(when=LISTED, **EITHER), flow("g", when=NOT_LISTED, either_with="f", **EITHER)]


@pytest.mark.parametrize(
    ("steps", "barred", "listed"), [([flow(**EITHER)], "f", "yes"), (PAIR, "f", "yes"), (PAIR, "g", "no")]
)
@pytest.mark.parametrize("order", [("little", "much"), ("much", "little")])
def test_a_law_that_takes_what_one_record_holds_alone_closes_the_way_out_of_that_one(order, steps, barred, listed):
    little = kind("little", creates=(model.Record(system="jail", data=("address",)),))
    much = kind("much", creates=(model.Record(system="jail", data=("address", "fingerprints")),))
    bar = law(flows=(barred,), items=("address",))
    exposure = mapped(steps, [bar], [little, much], {"listed": listed}, both(*order))
    standings = {name: only_route(exposure, id).standing for id, name in zip(("t1", "t2"), order, strict=True)}
    assert standings == {"little": "closed", "much": "open"}


@pytest.mark.parametrize(
    ("step", "open_"),
    [
        (flow(judge="Ask."), ("judge", "f")),
        (flow(practice="not_known_by_place"), ("practice", "f")),
        (flow(when=Condition(practice="jail-sends-list")), ("practice", "jail-sends-list")),
        (flow(when=Condition(agreement="287g-jail")), ("practice", "287g-jail")),
        (flow(when=Condition(client="minor", is_="yes")), ("fact", "minor")),
    ],
)
def test_what_a_step_turns_on_is_asked_of_each_contact_by_itself(step, open_):
    exposure = mapped([step], contacts=both())
    for own in ("t1", "t2"):
        assert set(only_route(exposure, own).unknown) == {Unknown(*open_, touchpoint=own)}


def test_what_is_asked_of_the_client_is_asked_once_for_all_contacts():
    exposure = mapped([flow(when=Condition(client="listed", is_="yes"))], contacts=both())
    for own in ("t1", "t2"):
        assert set(only_route(exposure, own).unknown) == {Unknown("fact", "listed", touchpoint="")}


@pytest.mark.parametrize(("teller", "other"), [("t1", "t2"), ("t2", "t1")])
def test_what_a_contact_tells_of_the_client_holds_for_itself_from_its_first_possible_day_and_for_no_other(
    teller, other
):
    """Some day in 2016 it was told: of that contact itself it is so; one of 2012 it says nothing of."""
    telling = kind("telling", tells=(model.Tells("listed", "yes"),))
    contacts = (contact(teller, "telling", "2016", where=HERE), contact(other, "booking", "2012", where=HERE))
    exposure = mapped([flow(when=LISTED)], kinds=[telling, kind()], contacts=contacts)
    assert {id: only_route(exposure, id).standing for id in (teller, other)} == {teller: "open", other: "undetermined"}


def test_of_two_records_of_a_contact_each_exists_on_its_own_condition():
    minor = Condition(client="minor", is_="yes")
    records = tuple(
        model.Record(system=name, data=("address",), when=when) for name, when in (("jail", LISTED), ("state", minor))
    )
    steps = [flow("f", "jail", "ice"), flow("g", "state", "ice")]
    for told, found in (("yes", {("f",): "open", ("g",): "undetermined"}), ("no", {("g",): "undetermined"})):
        exposure = mapped(steps, kinds=[kind(creates=records)], client={"listed": told})
        assert {route.flows: route.standing for route in exposure.routes.values()} == found


def test_of_two_records_of_a_contact_each_holds_an_item_on_its_own_condition():
    minor = Condition(client="minor", is_="yes")
    records = tuple(
        model.Record(system=name, data=("address",), data_when=(model.DataWhen(data=("fingerprints",), when=when),))
        for name, when in (("jail", LISTED), ("state", minor))
    )
    by_prints = Needs(all=("fingerprints",))
    steps = [flow("f", "jail", "ice", needs=by_prints), flow("g", "state", "ice", needs=by_prints)]
    exposure = mapped(steps, kinds=[kind(creates=records)], client={"listed": "yes"})
    found = {route.flows: route.standing for route in exposure.routes.values()}
    assert found == {("f",): "open", ("g",): "undetermined"}


@pytest.mark.parametrize(("yes", "no"), [("t1", "t2"), ("t2", "t1")])
def test_of_two_contacts_in_one_place_each_goes_by_its_own_answer(yes, no):
    asked = kind(questions=(question("printed"),))
    own = tuple(contact(name, where=HERE, facts={"printed": told}) for name, told in ((yes, "yes"), (no, "no")))
    exposure = mapped([flow(when=Condition(fact="printed", is_="yes"))], kinds=[asked], contacts=own)
    assert {name: only_route(exposure, name).standing for name in (yes, no)} == {yes: "open", no: "closed"}


@pytest.mark.parametrize(("earlier", "later"), [("t1", "t2"), ("t2", "t1")])
def test_of_two_stays_in_one_place_the_later_alone_goes_on(earlier, later):
    stays = (contact(earlier, when="2019", where=HERE), contact(later, when="2023", where=HERE))
    held = flow(timing="in_custody", arrives="sent")
    exposure = mapped([held], kinds=[kind(custody=True)], client={"in-custody": "now"}, contacts=stays)
    tenses = {name: only_route(exposure, name).tense for name in (earlier, later)}
    assert tenses == {earlier: "sent", later: "next_time"}
