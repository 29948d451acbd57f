"""Where a verdict turns: the day before and after, the half that applies, the question that bears on nothing here."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from clinic_mapper.casefile.model import Matter, Verdict, Where
from clinic_mapper.catalog import model
from clinic_mapper.catalog.model import Condition, DateSpan
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.model import ExposureMap
from tests.unit.drawn_catalogs import catalog_of, question
from tests.unit.test_routing_regressions import (
    LISTED,
    NOT_LISTED,
    SYSTEMS,
    TODAY,
    contact,
    effects,
    flow,
    kind,
    law,
    mapped,
    named,
    only_route,
)

LISTED_IS_OPEN = ("fact", "listed")
HAS_ORDER = Condition(client="on-supervision-now", is_="yes")
OTHER_IS_OPEN = ("fact", "on-supervision-now")
NEVER_ASKED = Condition(any=())
PRINTED = Condition(fact="printed", is_="yes")
NOT_PRINTED = Condition(fact="printed", is_="no")
LIST = Condition(practice="jail-sends-list")


def between(first: str | None, last: str | None) -> Condition:
    return Condition(date=DateSpan(from_=first, until=last))


def none_of(condition: Condition) -> Condition:
    return Condition(not_=condition)


def every(*conditions: Condition) -> Condition:
    return Condition(all=conditions)


def any_of(*conditions: Condition) -> Condition:
    return Condition(any=conditions)


def standing(exposure: ExposureMap) -> tuple[str, tuple[str, ...]]:
    route = only_route(exposure)
    return route.standing, route.closed_by


@pytest.mark.parametrize(
    ("timing", "when", "until", "bearing_on", "is_asked"),
    [
        ("at_event", "2016-05-01", None, ("2016", "2016"), True),
        ("at_event", "2016-05-01", None, ("2018", "2020"), False),
        ("at_event", "2016-05-01", None, ("2026-11", None), False),
        # A look-up that is possible today turns on today alone.
        ("standing", "2016-05-01", None, ("2016", "2016"), False),
        ("standing", "2016-05-01", None, ("2018", "2020"), False),
        ("standing", "2016-05-01", None, ("2026-11", None), True),
        # One that ended turns on every day on which it was possible.
        ("standing", "2016-05-01", "2022", ("2016", "2016"), True),
        ("standing", "2016-05-01", "2022", ("2018", "2020"), True),
        ("standing", "2016-05-01", "2022", ("2026-11", None), False),
        # Where it is not known whether a stay lasts: on its first day and on today.
        ("in_custody", "2016-05-01", None, ("2016", "2016"), True),
        ("in_custody", "2016-05-01", None, ("2018", "2020"), False),
        ("in_custody", "2016-05-01", None, ("2026-11", None), True),
        # At an event to come: on its own days.
        ("standing", "2027-05", None, ("2026", "2026"), False),
        ("standing", "2027-05", None, ("2027-05", None), True),
        ("at_event", "2027-05", None, ("2026", "2026"), False),
    ],
)
def test_a_question_is_asked_where_its_answer_bears_on_a_day_that_counts(timing, when, until, bearing_on, is_asked):
    turns_on_listed = any_of(LISTED, none_of(between(*bearing_on)))
    step = flow(timing=timing, until=until, when=every(HAS_ORDER, turns_on_listed))
    exposure = mapped([step], kinds=[kind(custody=True)], contacts=(contact(when=when),))
    assert (OTHER_IS_OPEN in named(exposure), LISTED_IS_OPEN in named(exposure)) == (True, is_asked)


def test_of_a_contact_that_tells_nothing_the_day_is_asked_first_of_all():
    exposure = mapped([flow()], contacts=(contact(when=""),))
    assert {(each.kind, each.id, each.touchpoint) for each in only_route(exposure).unknown} == {("date", "", "t1")}


def test_a_step_that_no_list_tells_of_this_place_asks_for_the_practice_and_once_it_is_noted_no_more():
    step = flow(practice="not_known_by_place", when=LISTED)
    assert named(mapped([step])) == {("practice", "f"), LISTED_IS_OPEN}
    noted = contact(practices={"f": "yes"})
    assert named(mapped([step], contacts=(noted,))) == {LISTED_IS_OPEN}
    assert standing(mapped([step], client={"listed": "yes"}, contacts=(noted,))) == ("open", ())
    assert standing(mapped([step], contacts=(contact(practices={"f": "no"}),))) == ("closed", ("fact",))


def test_what_is_only_inferred_is_for_counsel_and_never_open():
    for more in ({"confidence": "inferred"}, {"judge": "Ask."}):
        exposure = mapped([flow(**more)])
        assert (standing(exposure), named(exposure)) == (("undetermined", ()), {("judge", "f")})


def test_a_law_that_may_bar_is_no_reason_beside_the_fact_that_closes():
    never = flow(when=LISTED)
    for client_if, reasons in ((None, ("fact", "law")), (HAS_ORDER, ("fact",))):
        exposure = mapped([never], [law(client_if=client_if)], client={"listed": "no"})
        assert standing(exposure) == ("closed", reasons)


def test_a_record_that_begins_when_the_step_has_ended_closes_the_route_by_time():
    late = model.Record(system="jail", data=("address",), when=between("2012", None))
    for when, standing_ in (("2009/2014", ("closed", ("time",))), ("2012", ("closed", ("time",)))):
        exposure = mapped([flow(until="2010")], kinds=[kind(creates=(late,))], contacts=(contact(when=when),))
        assert standing(exposure) == standing_


def test_in_a_present_stay_what_is_looked_up_is_within_reach_and_what_is_sent_comes_next():
    for arrives, tense in (("found", "within_reach"), ("sent", "next_time")):
        step = flow(timing="in_custody", arrives=arrives)
        exposure = mapped([step], kinds=[kind(custody=True)], client={"in-custody": "now"})
        assert (standing(exposure), only_route(exposure).tense) == (("open", ()), tense)
    for arrives, tense in (("found", "was_within_reach"), ("sent", "sent")):
        step = flow(timing="in_custody", arrives=arrives)
        exposure = mapped([step], kinds=[kind(custody=True)], client={"in-custody": "past"})
        assert (standing(exposure), only_route(exposure).tense) == (("open", ()), tense)


CUSTODY = [kind(custody=True)]
HELD = flow(timing="in_custody", since="2018")


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ("2015", ("open", ())),
        ("2017", ("closed", ("time",))),
        ("2015/2020", ("undetermined", ())),
        ("2016-05-01", ("undetermined", ())),
    ],
)
def test_of_two_stays_the_later_one_is_the_present_one(other, found):
    stays = (contact(), contact("t2", when=other))
    exposure = mapped([HELD], kinds=CUSTODY, client={"in-custody": "now"}, contacts=stays)
    assert standing(exposure) == found
    if found[0] == "undetermined":
        asked = {"2015/2020": {("date", "", "t2")}, "2016-05-01": {("fact", "in-custody", "")}}[other]
        assert {(each.kind, each.id, each.touchpoint) for each in only_route(exposure).unknown} == asked


def test_of_a_stay_that_never_was_or_is_over_nothing_runs_on():
    for answer, found in (("now", "open"), ("past", "closed"), ("never", "closed"), ("unknown", "undetermined")):
        exposure = mapped([HELD], kinds=CUSTODY, client={"in-custody": answer})
        assert only_route(exposure).standing == found
    assert only_route(mapped([HELD], client={"in-custody": "now"})).standing == "closed"  # no contact that holds anyone


def test_what_runs_under_supervision_runs_as_long_as_that_lasts():
    watched = flow(timing="on_supervision", since="2018")
    for answer, found in (("yes", "open"), ("no", "closed"), ("unknown", "undetermined")):
        exposure = mapped([watched], client={"on-supervision-now": answer})
        assert only_route(exposure).standing == found
    assert named(exposure) == {("fact", "on-supervision-now")}


def test_a_no_closes_whatever_the_day_was():
    asked = kind(questions=(question("printed"),))
    exposure = mapped([flow(when=PRINTED)], kinds=[asked], contacts=(contact(when="", facts={"printed": "no"}),))
    assert standing(exposure) == ("closed", ("fact",))


MANDATE = law(effect_on_route="practice_yes", answers=(LIST,), client_if=LISTED)


def test_a_step_taken_only_where_there_is_no_such_practice_is_closed_by_the_fact_on_which_the_mandate_turns():
    instead = flow(when=none_of(LIST))
    assert standing(mapped([instead], [MANDATE], client={"listed": "yes"})) == ("closed", ("fact",))
    assert standing(mapped([instead], [MANDATE], client={"listed": "no"})) == ("undetermined", ())
    pair = [flow(when=every(LISTED, none_of(LIST))), flow("g", when=every(NOT_LISTED, LIST), either_with="f")]
    assert standing(mapped(pair, [MANDATE], client={"listed": "yes"})) == ("closed", ("fact",))


# --- two steps of which one or the other runs -------------------------------------------------------------------------


def test_of_a_pair_the_half_that_applies_must_itself_be_sure():
    pair = [flow(when=LISTED), flow("g", when=every(NOT_LISTED, HAS_ORDER), either_with="f")]
    assert standing(mapped(pair, client={"listed": "yes"})) == ("open", ())
    assert standing(mapped(pair, client={"listed": "no"})) == ("undetermined", ())
    assert named(mapped(pair, client={"listed": "no"})) == {OTHER_IS_OPEN}
    assert standing(mapped(pair, client={"listed": "no", "on-supervision-now": "no"})) == ("closed", ("fact",))
    assert standing(mapped(pair, client={"on-supervision-now": "yes"})) == ("open", ())
    assert standing(mapped([pair[0], flow("g", when=NOT_LISTED, either_with="f")])) == ("open", ())


def test_a_pair_of_which_neither_half_can_run_is_closed_whenever_the_contact_was():
    pair = [flow(when=every(LISTED, HAS_ORDER)), flow("g", when=every(NOT_LISTED, HAS_ORDER), either_with="f")]
    somewhere = contact(when="", where=Where(state="CA"))
    exposure = mapped(pair, client={"on-supervision-now": "no"}, contacts=(somewhere,))
    assert standing(exposure) == ("closed", ("fact",))


def test_halves_that_part_on_an_answer_of_the_contact_are_each_judged_by_themselves():
    asked = kind(questions=(question("printed"),))
    pair = [flow(when=PRINTED), flow("g", when=NOT_PRINTED, either_with="f")]
    for told in ("yes", "no"):
        assert standing(mapped(pair, kinds=[asked], contacts=(contact(facts={"printed": told}),))) == ("open", ())
    exposure = mapped(pair, kinds=[asked])
    assert (standing(exposure), named(exposure)) == (("undetermined", ()), {("fact", "printed")})
    barred = mapped(pair, [law(flows=("f",))], [asked], contacts=(contact(facts={"printed": "yes"}),))
    assert standing(barred) == ("closed", ("law",))


# --- law --------------------------------------------------------------------------------------------------------------

IN_CALIFORNIA = contact(where=Where(state="CA"))
NO_DAY_TOLD = contact(when="", where=Where(state="CA"))
ALWAYS_ACTED = {"acts_from": None, "since": None}


def test_once_a_pooled_holder_has_it_the_law_of_the_first_place_neither_bars_nor_stands_beside_the_next_step():
    state_law = law(jurisdiction="US-CA", flows=("g",))
    beside = law("beside", jurisdiction="US-CA", flows=("g",), acts=False, effect_on_route="show")
    for pooled, standing_, told in (
        (False, ("closed", ("law",)), [("law", "close"), ("beside", "show")]),
        (True, ("open", ()), []),
    ):
        chain = [flow("f", "jail", "state", leaves_place=pooled), flow("g", "state", "ice")]
        exposure = mapped(chain, [state_law, beside], contacts=(IN_CALIFORNIA,))
        assert (standing(exposure), effects(exposure)) == (standing_, told)
        federal = law(jurisdiction="US", flows=("g",))
        assert standing(mapped(chain, [federal], contacts=(IN_CALIFORNIA,))) == ("closed", ("law",))


def test_a_text_that_takes_what_the_step_does_not_need_leaves_it_open_whatever_it_does():
    for effect in ("close", "undetermined"):
        takes = law(effect_on_route=effect, items=("fingerprints",), **ALWAYS_ACTED)
        for told in (contact(), NO_DAY_TOLD):
            assert standing(mapped([flow()], [takes], contacts=(told,))) == ("open", ())


def test_texts_for_counsel_to_read_add_up_over_the_years_in_which_each_acts():
    early = law("early", effect_on_route="undetermined", until="2018")
    late = law("late", effect_on_route="undetermined", acts_from="2019")
    for laws in ([early, late], [late, early]):
        for when, name in (("2016", "early"), ("2020", "late")):
            exposure = mapped([flow()], laws, contacts=(contact(when=when),))
            assert (standing(exposure), named(exposure)) == (("undetermined", ()), {("judge", name)})
            assert {each.touchpoint for each in only_route(exposure).unknown} == {"t1"}


def test_a_process_that_would_lift_a_bar_leaves_it_closed_on_every_day_even_if_none_is_told():
    order = model.Exception_(kind="process", text="unless a judge orders it")
    exposure = mapped([flow()], [law(unless=(order,), **ALWAYS_ACTED)], contacts=(NO_DAY_TOLD,))
    assert standing(exposure) == ("closed", ("law",))
    assert [each.unless for each in only_route(exposure).law] == [("unless a judge orders it",)]


def test_a_bar_on_the_half_that_does_not_apply_is_no_reason():
    pair = [flow(when=LISTED), flow("g", when=every(NOT_LISTED, HAS_ORDER), either_with="f")]
    answers = {"listed": "no", "on-supervision-now": "no"}
    assert standing(mapped(pair, [law(flows=("f",))], client=answers)) == ("closed", ("fact",))
    assert standing(mapped(pair, [law(flows=("f", "g"))], client=answers)) == ("closed", ("fact", "law"))


def test_two_mandates_that_may_speak_make_no_sure_answer():
    by_order = law("other", effect_on_route="practice_yes", answers=(LIST,), client_if=HAS_ORDER)
    by_practice = flow(when=LIST)
    exposure = mapped([by_practice], [MANDATE, by_order])
    assert standing(exposure) == ("undetermined", ())
    assert named(exposure) == {("practice", "jail-sends-list"), LISTED_IS_OPEN, OTHER_IS_OPEN}
    for answers in ({"listed": "yes"}, {"on-supervision-now": "yes"}):
        assert standing(mapped([by_practice], [MANDATE, by_order], client=answers)) == ("open", ())


def test_a_mandate_to_sign_an_agreement_settles_the_model_it_names_and_some_model_settles_none():
    under_jail_model = flow(when=Condition(agreement="287g-jail"))
    for model_named, standing_ in (("287g-jail", "open"), ("any", "undetermined"), ("287g-street", "undetermined")):
        mandate = law(effect_on_route="practice_yes", answers=(Condition(agreement=model_named),))
        assert standing(mapped([under_jail_model], [mandate])) == (standing_, ())


def test_a_mandate_for_another_practice_is_not_asked_about():
    elsewhere = law("other", effect_on_route="practice_yes", answers=(Condition(practice="x"),), client_if=HAS_ORDER)
    exposure = mapped([flow(when=LIST)], [MANDATE, elsewhere])
    assert named(exposure) == {("practice", "jail-sends-list"), LISTED_IS_OPEN}


def test_a_bar_that_an_answer_lifts_is_told_as_lifted_on_the_days_on_which_it_acted():
    lifted = model.Exception_(kind="client", text="t", question="q", client="listed")
    for acts_from, told in (("2012", [("law", "lifted")]), ("2020", [])):
        exposure = mapped([flow()], [law(unless=(lifted,), acts_from=acts_from)], client={"listed": "yes"})
        assert (standing(exposure), effects(exposure)) == (("open", ()), told)


def test_an_exception_for_steps_of_another_kind_is_not_asked_and_lifts_nothing():
    for_agreements = model.Exception_(kind="client", text="t", client="listed", mechanisms=("agreement-287g",))
    bar = law(unless=(for_agreements,))
    assert standing(mapped([flow()], [bar], client={"listed": "yes"})) == ("closed", ("law",))
    assert named(mapped([flow(mechanism="agreement-287g")], [bar])) == {LISTED_IS_OPEN}
    mandate = law(effect_on_route="practice_yes", answers=(LIST,), client_if=HAS_ORDER, unless=(for_agreements,))
    assert named(mapped([flow(when=LIST)], [mandate])) == {("practice", "jail-sends-list"), OTHER_IS_OPEN}


def test_what_a_law_turns_on_is_asked_on_the_days_on_which_the_law_acts():
    lifted = model.Exception_(kind="client", text="t", question="q", client="listed")
    turns_on_listed = law("law", unless=(lifted,))
    ended = law("ended", until="2014", unless=(model.Exception_(kind="client", text="t", client="order"),))
    exposure = mapped([flow()], [turns_on_listed, ended])
    assert (standing(exposure), named(exposure)) == (("undetermined", ()), {LISTED_IS_OPEN})


def test_what_a_later_law_turns_on_that_beats_this_one_is_not_asked_of_an_earlier_contact():
    later = law("other", effect_on_route="practice_yes", answers=(LIST,), acts_from="2020", client_if=LISTED)
    bar = law(client_if=HAS_ORDER, yields_to=("other",))
    assert named(mapped([flow()], [bar, later])) == {OTHER_IS_OPEN}
    assert named(mapped([flow()], [bar, later], contacts=(contact(when="2021"),))) == {OTHER_IS_OPEN, LISTED_IS_OPEN}


def test_of_two_bars_that_may_speak_each_is_asked_about():
    exposure = mapped([flow()], [law("a", client_if=LISTED), law("b", client_if=HAS_ORDER)])
    assert named(exposure) == {LISTED_IS_OPEN, OTHER_IS_OPEN}


def test_a_place_among_none_is_nowhere():
    assert mapped([flow(when=Condition(place=()))]).routes == {}
    assert standing(mapped([flow(when=none_of(Condition(place=())))])) == ("open", ())


def test_a_route_that_counsel_set_aside_keeps_its_standing_and_carries_the_reason():
    catalog = catalog_of(SYSTEMS, [flow(), flow("g")], [], [kind()])
    matter = Matter(code="CASE", touchpoints=(contact(),))
    first, second = map_exposure(matter, catalog, TODAY).routes.values()
    verdict = Verdict(route=first.id, reason="The county answered in writing.")
    after = map_exposure(replace(matter, set_aside=(verdict,)), catalog, TODAY)
    assert after.routes == {first.id: replace(first, set_aside=verdict.reason), second.id: second}
    assert (after.catalog_version, after.catalog_as_of, after.today, after.cut) == ("1", "2026", "2026-11-24", False)


def test_what_settles_two_lines_is_asked_before_what_settles_the_strongest_alone():
    def first(when_prints: Condition, when_told: Condition, when_agreed: Condition) -> list[tuple[str, int]]:
        prints = flow("a", mechanism="booking-prints", mode="automatic", when=when_prints)
        told, agreed = flow("b", when=when_told), flow("c", mechanism="agreement-287g", when=when_agreed)
        return [(ask.fact, ask.lines_settled) for ask in mapped([prints, told, agreed]).ask_next]

    other = OTHER_IS_OPEN[1]
    assert first(HAS_ORDER, LISTED, LISTED) == [("listed", 2), (other, 1)]
    assert first(LISTED, HAS_ORDER, HAS_ORDER) == [(other, 2), ("listed", 1)]
    # Of two that settle as much the one on which the stronger line turns.
    assert first(HAS_ORDER, LISTED, NEVER_ASKED) == [(other, 1), ("listed", 1)]
    assert first(LISTED, HAS_ORDER, NEVER_ASKED) == [("listed", 1), (other, 1)]


@pytest.mark.parametrize(
    ("other", "told", "asked"),
    [
        (Condition(place=("US-CA",)), contact(), ("place", "", "t1")),
        (between(None, "2016-05-20"), contact(when="2016-05"), ("date", "", "t1")),
        (between("2027-03", None), contact(when="2026-12/2027-06"), ("date", "", "t1")),
        (LIST, contact(), ("practice", "jail-sends-list", "t1")),
        (Condition(fact="agency", is_="court"), contact(), ("fact", "agency", "t1")),
        (Condition(client="minor", is_="yes"), contact(), ("fact", "minor", "t1")),
        (Condition(client="dhs-prints", is_="yes"), contact(), ("date", "dhs-prints", "")),
        (HAS_ORDER, contact(), ("fact", OTHER_IS_OPEN[1], "")),
    ],
)
@pytest.mark.parametrize("join", [any_of, every])
def test_of_two_things_on_which_a_line_turns_each_is_promised_to_settle_it(other, told, asked, join):
    """Either of the two suffices where one of them is enough, and either rules it out where both are wanted."""
    exposure = mapped([flow(when=join(LISTED, other))], client={"dhs-prints": "yes"}, contacts=(told,))
    found = {(ask.kind, ask.fact, ask.touchpoint): ask.lines_settled for ask in exposure.ask_next}
    assert found == {asked: 1, ("fact", "listed", ""): 1}


def test_a_day_is_not_asked_where_on_each_of_them_an_answer_is_wanted_as_well():
    before, after = every(LISTED, between(None, "2016-05-20")), every(HAS_ORDER, between("2016-05-21", None))
    exposure = mapped([flow(when=any_of(before, after))], contacts=(contact(when="2016-05"),))
    assert named(exposure) == {LISTED_IS_OPEN, OTHER_IS_OPEN}


@pytest.mark.parametrize(("timing", "asked"), [("in_custody", "in-custody"), ("on_supervision", OTHER_IS_OPEN[1])])
def test_whether_a_stay_or_supervision_lasts_is_promised_to_settle_what_turns_on_it(timing, asked):
    exposure = mapped([flow(timing=timing, since="2018", when=LISTED)], kinds=CUSTODY)
    assert {ask.fact: ask.lines_settled for ask in exposure.ask_next} == {asked: 1, "listed": 1}
