"""Why a route is closed: by what was told, by days, by law; what closes it without one of these alone is no reason."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from clinic_mapper.casefile.model import Where
from clinic_mapper.catalog import model
from clinic_mapper.catalog.model import Condition
from tests.unit.drawn_catalogs import question
from tests.unit.test_routing_edges import HAS_ORDER, LIST, PRINTED, any_of, every, none_of, standing
from tests.unit.test_routing_regressions import LISTED, NOT_LISTED, contact, effects, flow, kind, law, mapped

CALIFORNIA = Where(state="CA")
ASKED = kind(questions=(question("printed"),))


def test_a_pair_of_which_one_half_is_over_and_the_other_is_not_for_this_client_is_closed_by_both_together():
    """Were the answer not known, the other half could run; were the days not known, the first could."""
    pair = [flow(when=LISTED, until="2010"), flow("g", when=NOT_LISTED, either_with="f")]
    assert standing(mapped(pair, client={"listed": "yes"})) == ("closed", ("fact", "time"))
    assert standing(mapped(pair, client={"listed": "no"})) == ("open", ())


def test_a_bar_on_one_half_of_a_pair_and_one_that_may_speak_on_the_other_are_no_reason_beside_a_fact():
    pair = [flow(when=every(LISTED, HAS_ORDER)), flow("g", when=every(NOT_LISTED, HAS_ORDER), either_with="f")]
    answers = {"on-supervision-now": "no"}
    minor = Condition(client="minor", is_="yes")
    bars = [law("a", flows=("f",)), law("b", flows=("g",), client_if=minor)]
    assert standing(mapped(pair, bars, client=answers)) == ("closed", ("fact",))
    for one in ("f", "g"):
        assert standing(mapped(pair, [law(flows=(one,))], client=answers)) == ("closed", ("fact",))
    sure = [law("a", flows=("f",)), law("b", flows=("g",))]
    assert standing(mapped(pair, sure, client=answers)) == ("closed", ("fact", "law"))


@pytest.mark.parametrize(("pooled", "reasons"), [(True, ("time",)), (False, ("fact", "time"))])
def test_a_mandate_of_the_place_that_a_record_has_left_is_no_reason(pooled, reasons):
    instead = flow("g", "state", "ice", when=none_of(LIST), until="2010")
    chain = [flow("f", "jail", "state", leaves_place=pooled), instead]
    mandate = law(jurisdiction="US-CA", effect_on_route="practice_yes", answers=(LIST,))
    exposure = mapped(chain, [mandate], contacts=(contact(where=CALIFORNIA),))
    assert standing(exposure) == ("closed", reasons)


def test_where_an_answer_shows_that_a_step_happened_a_noted_no_is_no_reason():
    printed = contact(facts={"printed": "yes"}, practices={"jail-sends-list": "no"})
    for when, until, found in (
        (LIST, None, ("open", ())),
        (LIST, "2010", ("closed", ("time",))),
        (none_of(LIST), None, ("closed", ("fact",))),
    ):
        step = flow(when=when, until=until, shown_by=PRINTED)
        assert standing(mapped([step], kinds=[ASKED], contacts=(printed,))) == found
    not_told = contact(practices={"jail-sends-list": "no"})
    step = flow(when=LIST, until="2010", shown_by=PRINTED)
    assert standing(mapped([step], kinds=[ASKED], contacts=(not_told,))) == ("closed", ("fact", "time"))


def test_of_two_conditions_each_closes_by_itself_or_only_both_together():
    either = flow(when=any_of(LISTED, PRINTED))
    printed = contact(facts={"printed": "no"})
    assert standing(mapped([either], kinds=[ASKED], client={"listed": "no"}, contacts=(printed,))) == (
        "closed",
        ("fact",),
    )


def test_a_law_that_may_leave_what_would_do_is_not_sure_to_close():
    """The record may hold fingerprints, which the law does not take."""
    perhaps = model.DataWhen(data=("fingerprints",), when=PRINTED)
    holds = replace(ASKED, creates=(model.Record(system="jail", data=("address",), data_when=(perhaps,)),))
    step = flow(needs=model.Needs(any=("address", "fingerprints")), carries=("address", "fingerprints"))
    for told, found in (
        ({}, ("undetermined", ())),
        ({"printed": "yes"}, ("open", ())),
        ({"printed": "no"}, ("closed", ("law",))),
    ):
        exposure = mapped([step], [law(items=("address",))], [holds], contacts=(contact(facts=told),))
        assert standing(exposure) == found


def test_a_step_is_shown_to_have_happened_where_it_could_on_every_day_on_which_the_contact_can_have_been():
    for until, is_shown in ((None, True), ("2016-05-31", True), ("2016-05-20", False)):
        told = contact(when="2016-05", facts={"printed": "yes"})
        (route,) = mapped([flow(until=until, shown_by=PRINTED)], kinds=[ASKED], contacts=(told,)).routes.values()
        assert [hop.shown for hop in route.hops] == [is_shown]


def test_a_law_that_is_not_about_this_client_is_told_neither_as_lifted_nor_otherwise():
    perhaps = model.Exception_(kind="client", text="t", question="q", client="minor")
    bar = law(client_if=LISTED, unless=(perhaps,))
    assert effects(mapped([flow()], [bar], client={"listed": "no"})) == []


def test_the_laws_on_all_steps_of_a_route_are_told_each_once_in_the_order_of_the_steps():
    chain = [flow("f", "jail", "state"), flow("g", "state", "ice")]
    shown = {"acts": False, "effect_on_route": "show"}
    laws = [law("b", flows=("f",), **shown), law("a", flows=("g",), **shown), law("c", flows=("f", "g"), **shown)]
    assert effects(mapped(chain, laws)) == [("b", "show"), ("c", "show"), ("a", "show")]
