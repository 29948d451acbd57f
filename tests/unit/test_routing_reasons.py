"""Why a route is closed: by what was told, by days, by law; what closes it without one of these alone is no reason."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from clinic_mapper.casefile.model import Answer, Where
from clinic_mapper.catalog import model
from clinic_mapper.catalog.model import Condition
from tests.unit.drawn_catalogs import question
from tests.unit.test_routing_edges import HAS_ORDER, LIST, PRINTED, any_of, between, every, none_of, standing
from tests.unit.test_routing_regressions import (
    LISTED,
    NOT_LISTED,
    contact,
    effects,
    flow,
    kind,
    law,
    mapped,
    named,
    only_route,
)

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
    for told, found, asked in (
        ({}, ("undetermined", ()), {("fact", "printed")}),
        ({"printed": "yes"}, ("open", ()), set()),
        ({"printed": "no"}, ("closed", ("law",)), set()),
    ):
        exposure = mapped([step], [law(items=("address",))], [holds], contacts=(contact(facts=told),))
        assert (standing(exposure), named(exposure)) == (found, asked)


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


def test_what_began_on_a_day_that_was_told_closes_by_neither_the_answer_nor_the_day_alone():
    """Were the answer not known, or its day, it might not have begun."""
    client = {"dhs-prints": Answer(value="yes", since="2012")}
    before = flow(when=none_of(Condition(client="dhs-prints", is_="yes")))
    assert standing(mapped([before], client=client)) == ("closed", ("fact", "time"))


def test_a_mandate_that_an_answer_takes_away_is_no_reason_without_that_answer():
    saved = model.Exception_(kind="client", text="t", question="q", client="listed")
    mandate = law(effect_on_route="practice_yes", answers=(LIST,), unless=(saved,))
    exposure = mapped([flow(when=none_of(LIST))], [mandate], client={"listed": "no"})
    assert standing(exposure) == ("closed", ("fact",))


@pytest.mark.parametrize(
    ("made_if", "reasons"),
    [(between("2012", None), ("time",)), (any_of(LISTED, between("2012", None)), ("fact", "time"))],
)
def test_a_record_that_begins_after_the_step_has_ended_closes_even_if_the_contact_may_be_of_either_time(
    made_if, reasons
):
    late = kind(creates=(model.Record(system="jail", data=("address",), when=made_if),))
    exposure = mapped(
        [flow(until="2010")], kinds=[late], client={"listed": "no"}, contacts=(contact(when="2008/2014"),)
    )
    assert standing(exposure) == ("closed", reasons)


@pytest.mark.parametrize(("no", "yes"), [("t1", "t2"), ("t2", "t1")])
def test_of_two_contacts_in_one_place_each_is_closed_by_its_own_answer(no, yes):
    own = tuple(contact(name, facts={"printed": told}) for name, told in ((no, "no"), (yes, "yes")))
    exposure = mapped([flow(when=PRINTED, until="2010")], kinds=[ASKED], contacts=own)
    reasons = {name: only_route(exposure, name).closed_by for name in (no, yes)}
    assert reasons == {no: ("fact", "time"), yes: ("time",)}


def test_each_text_is_told_to_those_whom_it_is_about_by_its_own_words():
    shown = {"acts": False, "effect_on_route": "show", "flows": ("f",)}
    texts = [law("a", client_if=LISTED, **shown), law("b", client_if=HAS_ORDER, **shown)]
    answers = {"listed": "yes", "on-supervision-now": "no"}
    assert effects(mapped([flow()], texts, client=answers)) == [("a", "show")]
    of_a_state = law("a", client_if=Condition(place=("US-CA",)), effect_on_route="undetermined")
    of_the_client = law("b", client_if=LISTED, effect_on_route="undetermined")
    told = only_route(mapped([flow()], [of_a_state, of_the_client], client=answers)).law
    assert [(each.id, each.effect, each.if_place) for each in told] == [
        ("a", "perhaps", "US"),
        ("b", "undetermined", ""),
    ]


def test_of_a_pair_ahead_of_a_pooled_holder_no_half_is_barred_by_the_law_of_the_first_place():
    bar = law(jurisdiction="US-CA", flows=("h",))
    for pooled, found in ((True, ("open", ())), (False, ("closed", ("law",)))):
        steps = [flow("f", "jail", "state", leaves_place=pooled), flow("g", "state", "ice", when=LISTED)]
        steps.append(flow("h", "state", "ice", when=NOT_LISTED, either_with="g"))
        exposure = mapped(steps, [bar], client={"listed": "no"}, contacts=(contact(where=CALIFORNIA),))
        assert standing(exposure) == found


def test_a_pair_whose_needs_may_not_be_met_is_not_open_whatever_a_law_leaves_of_it():
    perhaps = model.DataWhen(data=("fingerprints",), when=PRINTED)
    holds = replace(ASKED, creates=(model.Record(system="jail", data=("address",), data_when=(perhaps,)),))
    pair = [
        flow(name, when=when, needs=model.Needs(all=("fingerprints",)))
        for name, when in (("f", LISTED), ("g", NOT_LISTED))
    ]
    pair[1] = replace(pair[1], either_with="f")
    not_about = law(client_if=HAS_ORDER)
    exposure = mapped(pair, [not_about], [holds], {"on-supervision-now": "no", "listed": "yes"})
    assert (standing(exposure), named(exposure)) == (("undetermined", ()), {("fact", "printed")})


@pytest.mark.parametrize(("both", "is_shown"), [(True, True), (False, False)])
def test_a_pair_is_shown_to_have_happened_where_each_half_is(both, is_shown):
    pair = [flow(when=LISTED, shown_by=PRINTED), flow("g", when=NOT_LISTED, either_with="f")]
    if both:
        pair[1] = replace(pair[1], shown_by=PRINTED)
    exposure = mapped(pair, [law(flows=("f",))], [ASKED], contacts=(contact(facts={"printed": "yes"}),))
    assert [hop.shown for hop in only_route(exposure).hops] == [is_shown]
