"""Faults of the engine that the slow reference engine or an example found, each as the smallest case that showed it."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec.structs import replace

from clinic_mapper.casefile.model import Agency, Answer, Matter, Touchpoint, Where
from clinic_mapper.catalog import model
from clinic_mapper.catalog.model import Condition, DateSpan
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.model import ExposureMap, Route
from tests.unit.drawn_catalogs import CITES, catalog_of, question

TODAY = date(2026, 11, 24)
FRESNO_COUNTY = "US-CA-fresno-county"
LISTED = Condition(client="listed", is_="yes")
NOT_LISTED = Condition(client="listed", is_="no")


def system(name: str, **more: Any) -> model.System:
    return model.System(
        id=name, name=name, operator="o", level="local", sector="jail", holds=("address",), summary="s", as_of="2026",
        cites=CITES, bound_as=("local",), received_as=("ice",), **more,
    )  # fmt: skip


SYSTEMS = [system("jail"), system("state"), system("ice", ice="operated", serves="ice-ero")]


def flow(name: str = "f", from_: str = "jail", to: str = "ice", **more: Any) -> model.Flow:
    described: dict[str, Any] = {
        "mechanism": "jail-tells-ice", "mode": "routine", "confidence": "documented", "timing": "at_event",
        "practice": "everywhere",
        "needs": model.Needs(any=("address",)), "carries": ("address",), "trigger": "t", "authority": "a",
        "as_of": "2026",
        "cites": CITES,
    }  # fmt: skip
    return model.Flow(id=name, from_=from_, to=to, **(described | more))


def law(name: str = "law", jurisdiction: str = "US", **more: Any) -> model.Restriction:
    described: dict[str, Any] = {
        "name": "n", "citation": "c", "effect": "blocks", "says": "s", "status": "in_force", "status_as_of": "2026",
        "as_of": "2026",
        "cites": CITES, "acts": True, "effect_on_route": "close", "binds": ("local",), "recipients": ("ice",),
        "acts_from": "2008",
    }  # fmt: skip
    return model.Restriction(id=name, jurisdiction=jurisdiction, **(described | more))


def kind(name: str = "booking", **more: Any) -> model.TouchpointKind:
    record = model.Record(system="jail", data=("address",))
    return model.TouchpointKind(id=name, en="e", es="e", sector="police", **({"creates": (record,)} | more))


def contact(name: str = "t1", kind: str = "booking", when: str = "2016-05-01", **more: Any) -> Touchpoint:
    return Touchpoint(id=name, kind=kind, when=when, **more)


def mapped(
    flows: list[model.Flow],
    laws: list[model.Restriction] | None = None,
    kinds: list[model.TouchpointKind] | None = None,
    client: dict[str, Answer | str] | None = None,
    contacts: tuple[Touchpoint, ...] = (contact(),),
) -> ExposureMap:
    catalog = catalog_of(SYSTEMS, flows, laws or [], kinds or [kind()])
    return map_exposure(Matter(code="CASE", client=client or {}, touchpoints=contacts), catalog, TODAY)


def only_route(exposure: ExposureMap, touchpoint: str = "t1") -> Route:
    (route,) = (route for route in exposure.routes.values() if route.touchpoint == touchpoint)
    return route


def test_an_item_that_a_law_saves_meets_a_need_even_if_it_is_identity_alone():
    sent = flow(needs=model.Needs(all=("identity",)))
    assert only_route(mapped([sent], [law(not_items=("identity",))])).standing == "open"
    assert only_route(mapped([sent], [law()])).closed_by == ("law",)


def test_what_a_text_saves_does_not_save_work_under_an_agreement_whatever_it_takes():
    work = flow(mechanism="agreement-287g")
    taken = law(items=("address",), not_items=("address",))
    assert only_route(mapped([work], [taken])).closed_by == ("law",)
    assert only_route(mapped([flow()], [taken])).standing == "open"


def test_a_city_tells_its_county_even_if_no_rule_names_the_city():
    here = flow(when=Condition(place=(FRESNO_COUNTY,)))
    fresno = contact(where=Where(state="CA", city="Fresno"))
    assert only_route(mapped([here], contacts=(fresno,))).standing == "open"


def test_a_route_possible_only_where_a_law_bars_it_is_closed_by_that_law():
    here = flow(when=Condition(place=(FRESNO_COUNTY,)), since="2014-03-01")
    route = only_route(mapped([here], [law(jurisdiction="US-CA")], contacts=(contact(when=""),)))
    assert (route.standing, route.closed_by) == ("closed", ("law",))


def test_a_bar_does_not_hide_that_facts_and_dates_close_a_route_as_well():
    never = flow(when=Condition(any=(NOT_LISTED, Condition(date=DateSpan(until="2014")))))
    route = only_route(mapped([never], [law()], client={"listed": "yes"}))
    assert route.closed_by == ("fact", "time", "law")


def test_a_record_that_begins_when_the_hop_has_ended_closes_by_time_beside_a_fact():
    late = model.Record(system="jail", data=("address",), when=Condition(date=DateSpan(from_="2012")))
    ended = flow(until="2010", when=LISTED)
    route = only_route(mapped([ended], kinds=[kind(creates=(late,))], client={"listed": "no"}))
    assert route.closed_by == ("fact", "time")


def test_a_touchpoint_tells_a_lasting_fact_from_its_date_on_and_not_before():
    tells = kind("told", creates=(), tells=(model.Tells(client="listed", is_="yes"),))
    for when, standing in (("2012", "open"), ("2020", "undetermined")):
        exposure = mapped([flow(when=LISTED)], kinds=[kind(), tells], contacts=(contact(), contact("t2", "told", when)))
        assert only_route(exposure).standing == standing


def test_a_contact_of_unknown_date_tells_a_fact_by_today():
    tells = kind("told", creates=(), tells=(model.Tells(client="dhs-prints", is_="yes"),))
    look_up = flow(timing="standing", when=Condition(client="dhs-prints", is_="yes"))
    exposure = mapped([look_up], kinds=[kind(), tells], contacts=(contact(), contact("t2", "told", "")))
    assert (only_route(exposure).standing, only_route(exposure).tense) == ("open", "within_reach")


def test_a_yes_since_some_day_after_2016_is_a_yes_today():
    look_up = flow(timing="standing", when=Condition(client="order", is_="yes"))
    exposure = mapped([look_up], client={"order": Answer(value="yes", since="2016/..")})
    assert only_route(exposure).standing == "open"


def test_a_stay_followed_by_another_is_over_whether_or_not_the_client_is_in_custody():
    held = flow(timing="in_custody", since="2018")
    exposure = mapped([held], kinds=[kind(custody=True)], contacts=(contact(), contact("t2", when="2023")))
    assert only_route(exposure).closed_by == ("time",)


def test_a_stay_to_come_does_not_end_the_present_one():
    held = flow(timing="in_custody", since="2018")
    stays = (contact(), contact("t2", when="2027"))
    exposure = mapped([held], kinds=[kind(custody=True)], client={"in-custody": "now"}, contacts=stays)
    assert only_route(exposure).standing == "open"


def test_a_record_that_exists_only_where_a_law_bars_its_look_up_today_was_within_reach():
    new_york = model.Record(system="jail", data=("address",), when=Condition(place=("US-NY",)))
    exposure = mapped(
        [flow(timing="standing")],
        [law(jurisdiction="US-NY")],
        [kind(creates=(new_york,))],
        contacts=(contact(when=""),),
    )
    assert (only_route(exposure).standing, only_route(exposure).tense) == ("undetermined", "was_within_reach")


def test_a_look_up_that_was_sure_everywhere_and_is_possible_today_in_some_places_alone_was_within_reach():
    there = Condition(any=(Condition(place=("US-CA",)), Condition(date=DateSpan(until="2020"))))
    for where, tense in ((Where(), "was_within_reach"), (Where(state="CA"), "within_reach")):
        route = only_route(mapped([flow(timing="standing", when=there)], contacts=(contact(where=where),)))
        assert (route.standing, route.tense) == ("open", tense)


def test_a_law_on_one_half_of_a_pair_leaves_the_other_half():
    pair = [flow(when=LISTED), flow("g", when=NOT_LISTED, either_with="f")]
    for named, standing in ((("f",), "undetermined"), (("g",), "undetermined"), (("f", "g"), "closed")):
        assert only_route(mapped(pair, [law(flows=named)])).standing == standing
    assert only_route(mapped(pair, [law(flows=("f",))], client={"listed": "no"})).standing == "open"


MANDATE = law(effect_on_route="practice_yes", answers=(Condition(practice="jail-sends-list"),))
BY_PRACTICE = flow(when=Condition(practice="jail-sends-list"))


def test_what_the_clinic_knows_of_an_agency_stands_against_a_mandate():
    noted = contact(practices={"jail-sends-list": "no"})
    assert only_route(mapped([BY_PRACTICE], [MANDATE])).standing == "open"
    assert only_route(mapped([BY_PRACTICE], [MANDATE], contacts=(noted,))).closed_by == ("fact",)


def test_a_contested_mandate_answers_nothing():
    contested = law(
        effect_on_route="practice_yes", status="contested", answers=(Condition(practice="jail-sends-list"),)
    )
    assert only_route(mapped([BY_PRACTICE], [contested])).standing == "undetermined"


def test_an_answer_that_the_catalog_does_not_know_is_never_a_no():
    red = flow(when=Condition(fact="kind", is_="red"))
    asked = kind(questions=(question("kind", "red", "blue"),))
    strange = contact(facts={"kind": "green"}, agency=Agency(kind="moon guard"), practices={"f": "sometimes"})
    exposure = mapped([red], kinds=[asked], contacts=(strange,))
    assert only_route(exposure).standing == "undetermined"
    assert len(exposure.not_in_catalog) == 2
    exposure = mapped([flow(when=LISTED)], client={"listed": "perhaps"})
    assert only_route(exposure).standing == "undetermined"
    by_court = flow(when=Condition(fact="agency", is_="court"))
    assert only_route(mapped([by_court], contacts=(strange,))).standing == "undetermined"


def test_a_check_of_a_system_that_the_record_came_through_ends_no_route():
    there = flow("f", "jail", "state", consults=("ice",))
    back = flow("g", "state", "ice", consults=("jail",))
    route = only_route(mapped([there, back]))
    assert route.systems == ("jail", "state", "ice")
    assert [hop.consults for hop in route.hops] == [("ice",), ("jail",)]


def test_of_two_records_in_one_system_the_stronger_route_is_told():
    unsure = model.Record(system="jail", data=("address",), judge="Nobody at intake can know.")
    sure = model.Record(system="jail", data=("address",))
    for records in ((unsure, sure), (sure, unsure)):
        assert only_route(mapped([flow()], kinds=[kind(creates=records)])).standing == "open"


def hop_standings(exposure: ExposureMap) -> list[str]:
    route = only_route(exposure)
    return [hop.standing for hop in route.hops]


def test_a_look_up_that_is_sure_in_one_of_the_possible_places_alone_is_no_open_hop():
    look_up = flow(timing="standing", when=Condition(place=("US-CA",)))
    exposure = mapped([look_up])
    assert (only_route(exposure).standing, hop_standings(exposure)) == ("undetermined", ["undetermined"])
    exposure = mapped([look_up], contacts=(contact(where=Where(state="CA")),))
    assert (only_route(exposure).standing, hop_standings(exposure)) == ("open", ["open"])


def test_a_look_up_that_ended_before_some_of_the_possible_days_of_the_event_is_no_open_hop():
    for until, standing in (("2016-05-20", "undetermined"), ("2016-05-31", "open"), ("2016-04", "closed")):
        exposure = mapped([flow(timing="standing", until=until)], contacts=(contact(when="2016-05"),))
        assert (only_route(exposure).standing, hop_standings(exposure)) == (standing, [standing])


def test_a_look_up_that_ends_before_some_of_the_days_to_come_is_no_open_hop():
    may_come = [kind(when_form="coming-or-past")]
    for until, standing in (("2026-12", "undetermined"), ("2027-02", "open")):
        told = contact(when="2026-10/2027-02")
        exposure = mapped([flow(timing="standing", until=until)], kinds=may_come, contacts=(told,))
        assert (only_route(exposure).standing, hop_standings(exposure)) == (standing, [standing])


def test_a_look_up_that_began_after_the_event_is_open_from_then_on():
    exposure = mapped([flow(timing="standing", since="2020", until="2021")])
    assert (only_route(exposure).standing, hop_standings(exposure)) == ("open", ["open"])
    assert only_route(exposure).tense == "was_within_reach"


def test_a_step_in_a_stay_of_unknown_length_is_sure_on_the_first_day_of_the_stay_alone():
    held = flow(timing="in_custody", since="2018")
    for answers, standing in (
        ({}, "undetermined"),
        ({"in-custody": "now"}, "open"),
        ({"in-custody": "past"}, "closed"),
    ):
        exposure = mapped([held], kinds=[kind(custody=True)], client=answers)
        assert (only_route(exposure).standing, hop_standings(exposure)) == (standing, [standing])


def test_of_a_contact_that_tells_nothing_no_hop_is_open_either():
    for timing in ("standing", "at_event"):
        exposure = mapped([flow(timing=timing)], contacts=(contact(when=""),))
        assert (only_route(exposure).standing, hop_standings(exposure)) == ("undetermined", ["undetermined"])


def named(exposure: ExposureMap) -> set[tuple[str, str]]:
    return {(unknown.kind, unknown.id) for unknown in only_route(exposure).unknown}


def test_what_a_mandate_turns_on_is_asked_beside_the_practice_that_it_answers():
    practice = ("practice", "jail-sends-list")
    lifted = model.Exception_(kind="client", text="t", question="q", client="listed")
    answers = (Condition(practice="jail-sends-list"),)
    for more, settled_by in (({"client_if": LISTED}, "yes"), ({"unless": (lifted,)}, "no")):
        mandate = law(effect_on_route="practice_yes", answers=answers, **more)
        exposure = mapped([BY_PRACTICE], [mandate])
        assert named(exposure) == {practice, ("fact", "listed")}
        assert {(ask.kind, ask.fact) for ask in exposure.ask_next if ask.lines_settled} == named(exposure)
        assert only_route(mapped([BY_PRACTICE], [mandate], client={"listed": settled_by})).standing == "open"
        noted = contact(practices={"jail-sends-list": "yes"})
        assert only_route(mapped([BY_PRACTICE], [mandate], contacts=(noted,))).standing == "open"
        other = "no" if settled_by == "yes" else "yes"
        assert named(mapped([BY_PRACTICE], [mandate], client={"listed": other})) == {practice}


def test_a_practice_that_a_mandate_surely_answers_is_not_asked():
    both = flow(when=Condition(all=(Condition(practice="jail-sends-list"), LISTED)))
    assert named(mapped([both], [MANDATE])) == {("fact", "listed")}


def test_what_a_law_turns_on_that_beats_another_is_asked():
    beating = law("other", effect_on_route="practice_yes", answers=(Condition(practice="x"),), client_if=LISTED)
    exposure = mapped([flow()], [law(yields_to=("other",)), beating])
    assert (only_route(exposure).standing, named(exposure)) == ("undetermined", {("fact", "listed")})


def test_a_law_that_bites_on_one_half_of_a_pair_is_told_and_asked_about():
    pair = [
        flow(when=LISTED, needs=model.Needs(all=("address",))),
        flow("g", when=NOT_LISTED, either_with="f", needs=model.Needs(all=("identity",))),
    ]
    order = Condition(client="minor", is_="yes")
    exposure = mapped(pair, [law(items=("address",), client_if=order)], client={"listed": "yes"})
    assert named(exposure) == {("fact", "minor")}
    assert [(told.id, told.effect) for told in only_route(exposure).law] == [("law", "undetermined")]


def test_which_half_of_a_pair_runs_is_asked_where_a_law_bars_one_of_them():
    pair = [flow(when=LISTED), flow("g", when=NOT_LISTED, either_with="f")]
    exposure = mapped(pair, [law(flows=("f",))])
    assert (only_route(exposure).standing, named(exposure)) == ("undetermined", {("fact", "listed")})
    assert named(mapped(pair, [law(flows=("f", "g"))])) == set(), "closed either way"


def test_where_it_is_not_known_whether_a_stay_lasts_its_first_day_is_asked_about_too():
    """Not listed, the step ran on the day of the booking, whatever became of the stay."""
    held = flow(timing="in_custody", when=Condition(any=(NOT_LISTED, Condition(date=DateSpan(from_="2020")))))
    exposure = mapped([held], kinds=[kind(custody=True)])
    assert named(exposure) == {("fact", "in-custody"), ("fact", "listed")}


def effects(exposure: ExposureMap) -> list[tuple[str, str]]:
    return [(told.id, told.effect) for told in only_route(exposure).law]


def test_a_law_is_told_for_the_days_on_which_the_hop_can_run_alone():
    look_up = flow(timing="standing", until="2018-11-07")
    for effect in ("close", "undetermined"):
        later = law(acts_from="2023-09", effect_on_route=effect)
        exposure = mapped([look_up], [later])
        assert (only_route(exposure).standing, effects(exposure)) == ("open", [])
    shown = law(acts_from="2023-09", effect_on_route="show", acts=False, flows=("f",))
    assert effects(mapped([look_up], [shown])) == []
    in_its_days = law(acts_from="2018-01")
    exposure = mapped([look_up], [in_its_days])
    assert (only_route(exposure).standing, effects(exposure)) == ("open", [("law", "close")])


def test_an_exception_that_is_told_on_a_day_on_which_the_hop_does_not_run_is_not_asked():
    look_up = flow(timing="standing", until="2018-11-07", judge="Ask.")
    later = law(acts_from="2023-09", client_if=LISTED)
    exposure = mapped([look_up], [later])
    assert (named(exposure), effects(exposure)) == ({("judge", "f")}, [])


def test_where_the_hop_never_runs_the_law_on_it_is_told_all_the_same():
    exposure = mapped([flow(when=LISTED)], [law()], client={"listed": "no"})
    assert (only_route(exposure).closed_by, effects(exposure)) == (("fact", "law"), [("law", "close")])


def test_a_look_up_at_a_coming_event_is_asked_about_as_of_that_event():
    """Until today one half or the other runs; from tomorrow on only the one."""
    pair = [
        flow(timing="standing", when=LISTED),
        flow("g", timing="standing", when=NOT_LISTED, either_with="f", until="2026-11-24"),
    ]
    assert named(mapped(pair, contacts=(contact(when="2027"),))) == {("fact", "listed")}


def test_law_that_is_shown_stands_beside_the_steps_of_those_whom_it_binds_alone():
    """It may bind who gives or who asks; keys that narrow a row narrow it whether or not it acts."""

    def shown(effect: str = "show", **more: Any) -> list[tuple[str, str]]:
        named: dict[str, Any] = {"acts": False, "effect_on_route": effect, "recipients": ()}
        named["mechanisms"] = ("jail-tells-ice",)
        return effects(mapped([flow()], [law(**(named | more))]))

    assert shown(binds=()) == shown(binds=("local",)) == [("law", "show")]
    assert shown(binds=("federal",)) == shown(binds=("state",)) == []
    assert shown(sectors=("police",)) == shown(recipients=("private-buyer",)) == []
    assert shown(sectors=("jail",), recipients=("ice",)) == [("law", "show")]
    assert shown(binds=("state",), flows=("f",), mechanisms=()) == [("law", "show")]
    enjoined = law(status="enjoined", mechanisms=("jail-tells-ice",), binds=("state",))
    assert effects(mapped([flow()], [enjoined])) == []


def test_law_that_is_shown_and_binds_who_asks_stands_beside_that_step():
    asks = law(acts=False, effect_on_route="show", binds=("federal",), recipients=(), mechanisms=("jail-tells-ice",))
    federal = system("ice", ice="operated", serves="ice-ero")
    systems = [SYSTEMS[0], replace(federal, bound_as=("federal",))]
    matter = Matter(code="CASE", touchpoints=(contact(),))
    exposure = map_exposure(matter, catalog_of(systems, [flow()], [asks], [kind()]), TODAY)
    assert effects(exposure) == [("law", "show")]
