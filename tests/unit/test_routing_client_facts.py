"""What is known of the client as such: from which day, told by whom, against what, and what is asked to settle it."""

from __future__ import annotations

from typing import Any

import pytest

from clinic_mapper.casefile.model import Agency, Answer, Matter, Touchpoint, Where
from clinic_mapper.catalog import model
from clinic_mapper.catalog.model import Condition
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.model import ExposureMap, Unknown
from tests.unit.drawn_catalogs import catalog_of, question
from tests.unit.test_routing_edges import standing
from tests.unit.test_routing_regressions import (
    LISTED,
    SYSTEMS,
    TODAY,
    contact,
    flow,
    kind,
    mapped,
    named,
    only_route,
    system,
)

HAS_PRINTS = Condition(client="dhs-prints", is_="yes")
NO_PRINTS = Condition(client="dhs-prints", is_="no")
PRINTED = Condition(fact="printed", is_="yes")
BY_PRINTS = flow(when=HAS_PRINTS)


def since(day: str) -> dict[str, Answer | str]:
    return {"dhs-prints": Answer(value="yes", since=day)}


def telling(client: str, value: str = "yes", when: Condition | None = None) -> model.TouchpointKind:
    """A kind of contact that leaves no record here and tells something of the client."""
    return kind("told", creates=(), questions=(question("printed"),), tells=(model.Tells(client, value, when),))


def unknowns(exposure: ExposureMap) -> set[Unknown]:
    return set(only_route(exposure).unknown)


# --- from which day on ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("began", "has", "has_none"),
    [
        ("2014-03-01", "open", "closed"),
        ("2016-05-01", "open", "closed"),
        ("2016-05-02", "closed", "open"),
        ("2019", "closed", "open"),
        ("2016", "undetermined", "undetermined"),
        ("", "undetermined", "undetermined"),
    ],
)
def test_prints_that_dhs_holds_since_a_day_make_an_arrest_match_from_that_day_on(began, has, has_none):
    assert only_route(mapped([BY_PRINTS], client=since(began))).standing == has
    assert only_route(mapped([flow(when=NO_PRINTS)], client=since(began))).standing == has_none


def test_of_prints_that_surely_are_there_the_first_day_is_asked_and_nothing_else():
    for began in ("", "2016"):
        exposure = mapped([BY_PRINTS], client=since(began))
        assert unknowns(exposure) == {Unknown(kind="date", id="dhs-prints", touchpoint="")}
    assert unknowns(mapped([BY_PRINTS])) == {Unknown(kind="fact", id="dhs-prints", touchpoint="")}


def test_a_no_is_a_no_on_every_day_and_one_that_a_contact_may_contradict_is_a_no_until_then():
    assert standing(mapped([BY_PRINTS], client={"dhs-prints": "no"})) == ("closed", ("fact",))
    perhaps = telling("dhs-prints", when=PRINTED)
    contacts = (contact(), contact("t2", "told", "2012-05-01"))
    exposure = mapped([BY_PRINTS], kinds=[kind(), perhaps], client={"dhs-prints": "no"}, contacts=contacts)
    assert standing(exposure) == ("closed", ("fact",))


def test_where_the_day_was_told_what_may_speak_of_an_earlier_one_is_asked():
    """The prints of 2019 do not match an arrest of 2016; those that another contact may have left in 2012 would."""
    perhaps = telling("dhs-prints", when=PRINTED)
    exposure = mapped(
        [BY_PRINTS],
        kinds=[kind(), perhaps],
        client=since("2019-03-04"),
        contacts=(contact(), contact("t2", "told", "2012-05-01")),
    )
    assert unknowns(exposure) == {Unknown(kind="fact", id="printed", touchpoint="t2")}
    surely = telling("dhs-prints")
    for when, asked in (("2012", set()), ("2012/2020", {Unknown(kind="date", id="", touchpoint="t2")})):
        contacts = (contact(), contact("t2", "told", when))
        exposure = mapped([BY_PRINTS], kinds=[kind(), surely], client=since("2019-03-04"), contacts=contacts)
        assert (only_route(exposure).standing, unknowns(exposure)) == ("undetermined" if asked else "open", asked)


def test_a_contact_that_may_have_told_it_earlier_for_a_reason_that_no_answer_there_gives_asks_for_the_day():
    perhaps = telling("dhs-prints", when=LISTED)
    contacts = (contact(), contact("t2", "told", "2012-05-01"))
    exposure = mapped([BY_PRINTS], kinds=[kind(), perhaps], client=since("2019-03-04"), contacts=contacts)
    assert unknowns(exposure) == {Unknown(kind="date", id="dhs-prints", touchpoint="")}


@pytest.mark.parametrize("later", ["2019-03-04", "2019-03-04/2020", "2020/2022"])
def test_a_contact_that_can_only_be_later_than_the_day_that_was_told_is_not_asked_about(later):
    """It is named first among the contacts, and its day is open too; only that of the other can change anything."""
    kinds = [kind(), telling("dhs-prints")]
    contacts = (contact(), contact("t2", "told", later), contact("t3", "told", "2012/2020"))
    exposure = mapped([BY_PRINTS], kinds=kinds, client=since("2019-03-04"), contacts=contacts)
    assert unknowns(exposure) == {Unknown(kind="date", id="", touchpoint="t3")}


def test_prints_given_at_one_contact_make_an_arrest_match_from_that_contact_on():
    for given, found in (("2012", "open"), ("2016-05-01", "open"), ("2020", "undetermined")):
        contacts = (contact(), contact("t2", "told", given))
        exposure = mapped([BY_PRINTS], kinds=[kind(), telling("dhs-prints")], contacts=contacts)
        assert only_route(exposure).standing == found
    assert named(exposure) == {("date", "dhs-prints")}
    contacts = (contact(), contact("t2", "told", "2012"), contact("t3", "told", "2020"))
    assert only_route(mapped([BY_PRINTS], kinds=[kind(), telling("dhs-prints")], contacts=contacts)).standing == "open"


def test_of_several_contacts_each_counts_whatever_stands_before_it():
    """Ids put the doubtful one first, then last: an answer of no and a later day do not hide it."""
    perhaps = telling("dhs-prints", when=PRINTED)
    surely = kind("surely", creates=(), tells=(model.Tells("dhs-prints", "yes"),))
    kinds = [kind(), perhaps, surely]
    for first, second in (("t0", "t2"), ("t2", "t0")):
        doubtful, sure = contact(first, "told", "2012-05-01"), contact(second, "surely", "2018-05-01")
        exposure = mapped([BY_PRINTS], kinds=kinds, client=since("2019-03-04"), contacts=(contact(), doubtful, sure))
        assert unknowns(exposure) == {Unknown(kind="fact", id="printed", touchpoint=first)}
        against = mapped([BY_PRINTS], kinds=kinds, client={"dhs-prints": "no"}, contacts=(contact(), doubtful, sure))
        assert [each.conflict for each in against.derived] == [True]
        assert only_route(against).standing == "undetermined"


def test_a_yes_without_a_day_is_a_yes_today():
    look_up = flow(timing="standing", when=HAS_PRINTS)
    exposure = mapped([look_up], client={"dhs-prints": "yes"})
    assert (standing(exposure), only_route(exposure).tense) == (("open", ()), "within_reach")


def test_prints_that_came_before_a_look_up_ended_were_found_by_it():
    for until, found in (("2014", "open"), ("2014-05", "closed")):
        look_up = flow(timing="standing", until=until, when=HAS_PRINTS)
        exposure = mapped([look_up], client=since("2014-06-01"), contacts=(contact(when="2013"),))
        assert only_route(exposure).standing == found


def test_a_detainer_speaks_of_the_booking_of_the_year_before_it_and_of_no_earlier_one():
    held = flow(when=Condition(client="detainer", is_="yes"))
    for day, found in (("2016-05-20", "open"), ("2017-05-01", "open"), ("2017-05-02", "closed"), ("2016", "open")):
        exposure = mapped([held], client={"detainer": Answer(value="yes", since=day)})
        assert only_route(exposure).standing == found, day


# --- told by contacts -------------------------------------------------------------------------------------------------


def test_what_a_contact_tells_against_an_answer_is_a_conflict_and_with_it_is_none():
    contacts = (contact(when="2020"), contact("t2", "told", "2012"))
    for answer, found, value in (("yes", "open", "yes"), ("no", "undetermined", "unknown")):
        exposure = mapped(
            [flow(when=LISTED)], kinds=[kind(), telling("listed")], client={"listed": answer}, contacts=contacts
        )
        (derived,) = exposure.derived
        assert (only_route(exposure).standing, derived.value, derived.conflict) == (found, value, answer == "no")
        assert (derived.client, derived.from_touchpoints) == ("listed", ("t2",))


def test_a_contact_that_tells_that_there_were_no_prints_then_leaves_open_whether_there_are_some():
    """None in 2012 says nothing of 2016; against an answer of yes it is a conflict."""
    told: dict[str, Any] = {
        "kinds": [kind(), telling("dhs-prints", "no")],
        "contacts": (contact(), contact("t2", "told", "2012")),
    }
    for condition in (HAS_PRINTS, NO_PRINTS):
        exposure = mapped([flow(when=condition)], **told)
        assert (standing(exposure), named(exposure)) == (("undetermined", ()), {("fact", "dhs-prints")})
    assert [(each.value, each.conflict) for each in exposure.derived] == [("no", False)]
    against = mapped([BY_PRINTS], client=since("2005"), **told)
    assert (standing(against), [each.conflict for each in against.derived]) == (("undetermined", ()), [True])


def test_two_contacts_that_tell_against_each_other_leave_it_open():
    marked, standard = (
        telling("license", "marked"),
        kind("other", creates=(), tells=(model.Tells("license", "standard"),)),
    )
    marked_card = flow(when=Condition(client="license", is_="marked"))
    contacts = (contact(when="2020"), contact("t2", "told", "2012"))
    assert standing(mapped([marked_card], kinds=[kind(), marked], contacts=contacts)) == ("open", ())
    also = (*contacts, contact("t3", "other", "2013"))
    exposure = mapped([marked_card], kinds=[kind(), marked, standard], contacts=also)
    assert standing(exposure) == ("undetermined", ())
    assert [(each.value, each.from_touchpoints) for each in exposure.derived] == [("unknown", ("t2", "t3"))]


@pytest.mark.parametrize(
    ("told_on", "found"),
    [("2016-05-01", "open"), ("2016-05-02", "undetermined"), ("2015", "open"), ("2015/2018", "undetermined")],
)
def test_a_contact_tells_a_lasting_fact_from_its_last_possible_day_on(told_on, found):
    contacts = (contact(), contact("t2", "told", told_on))
    exposure = mapped([flow(when=LISTED)], kinds=[kind(), telling("listed")], contacts=contacts)
    assert only_route(exposure).standing == found
    also = (*contacts, contact("t3", "told", "2020"))
    assert only_route(mapped([flow(when=LISTED)], kinds=[kind(), telling("listed")], contacts=also)).standing == found


def test_a_contact_that_tells_one_kind_of_card_rules_out_the_other():
    standard = flow(when=Condition(client="license", is_="standard"))
    contacts = (contact(when="2020"), contact("t2", "told", "2012"))
    exposure = mapped([standard], kinds=[kind(), telling("license", "marked")], contacts=contacts)
    assert only_route(exposure).standing == "closed"


def test_what_a_later_contact_tells_of_a_lasting_fact_leaves_the_earlier_one_to_be_asked():
    contacts = (contact(), contact("t2", "told", "2020"))
    exposure = mapped([flow(when=LISTED)], kinds=[kind(), telling("listed")], contacts=contacts)
    assert named(exposure) == {("fact", "listed")}
    otherwise = mapped(
        [flow(when=Condition(client="listed", is_="no"))], kinds=[kind(), telling("listed")], contacts=contacts
    )
    assert standing(otherwise) == ("undetermined", ())


def test_a_contact_tells_nothing_where_its_own_answer_is_no_and_perhaps_something_where_it_is_not_known():
    perhaps = telling("dhs-prints", when=PRINTED)
    for answer, found in (("yes", "open"), ("no", "undetermined"), ("unknown", "undetermined")):
        contacts = (contact(), contact("t2", "told", "2012", facts={"printed": answer}))
        exposure = mapped([BY_PRINTS], kinds=[kind(), perhaps], contacts=contacts)
        assert only_route(exposure).standing == found
        assert [each.value for each in exposure.derived] == (["yes"] if answer == "yes" else [])


def test_what_a_contact_tells_on_two_conditions_it_tells_where_both_hold():
    both = telling("dhs-prints", when=Condition(all=(PRINTED, Condition(fact="agency", is_="sheriff"))))
    for answer, agency, found in (("yes", "sheriff", "open"), ("yes", "court", "undetermined")):
        there = contact("t2", "told", "2012", facts={"printed": answer}, agency=Agency(kind=agency))
        exposure = mapped([BY_PRINTS], kinds=[kind(), both], contacts=(contact(), there))
        assert (only_route(exposure).standing, bool(exposure.derived)) == (found, found == "open")


@pytest.mark.parametrize(
    ("told_on", "derived"),
    [("2012", True), ("2010/2014", True), ("2009/2012", False), ("2014/2016", False), ("2009", False), ("2015", False)],
)
def test_a_contact_that_tells_something_in_some_years_alone_tells_it_where_it_surely_was_in_them(told_on, derived):
    in_those_years = telling("listed", when=Condition(date=model.DateSpan(from_="2010", until="2014")))
    contacts = (contact(when="2020"), contact("t2", "told", told_on))
    exposure = mapped([flow(when=LISTED)], kinds=[kind(), in_those_years], contacts=contacts)
    assert [each.value for each in exposure.derived] == (["yes"] if derived else [])
    assert only_route(exposure).standing == ("open" if derived else "undetermined")


def test_a_fact_asked_of_each_contact_is_asked_of_that_contact_and_told_by_no_other():
    minor = flow(when=Condition(client="minor", is_="yes"))
    assert unknowns(mapped([minor])) == {Unknown(kind="fact", id="minor", touchpoint="t1")}
    at_school = kind("school", creates=(), tells=(model.Tells("minor", "yes"),))
    contacts = (contact(), contact("t2", "school", "2012"))
    assert standing(mapped([minor], kinds=[kind(), at_school], contacts=contacts)) == ("undetermined", ())
    itself = kind(tells=(model.Tells("minor", "yes"),))
    exposure = mapped([minor], kinds=[itself])
    assert (standing(exposure), exposure.derived) == (("open", ()), ())
    against = mapped([minor], kinds=[itself], contacts=(contact(facts={"minor": "no"}),))
    assert standing(against) == ("undetermined", ())


# --- what was told of a contact ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (contact(when=""), "undetermined"),
        (contact(when="", facts={"printed": "unknown"}), "undetermined"),
        (contact(when="", facts={"printed": "no"}), "open"),
        (contact(when="", practices={"jail-sends-list": "no"}), "open"),
        (contact(when="", agency=Agency(kind="sheriff")), "open"),
        (contact(when="", where=Where(state="CA")), "open"),
        (contact(when="2016"), "open"),
    ],
)
def test_of_a_contact_nothing_is_open_until_something_was_told_of_it(told: Touchpoint, found: str):
    assert (
        only_route(mapped([flow()], kinds=[kind(questions=(question("printed"),))], contacts=(told,))).standing == found
    )


def test_where_only_the_place_decides_the_place_is_asked():
    exposure = mapped([flow(when=Condition(place=("US-CA",)))])
    assert unknowns(exposure) == {Unknown(kind="place", id="", touchpoint="t1")}


def test_where_the_day_of_the_contact_decides_its_day_is_asked():
    exposure = mapped([flow(until="2016-05-20")], contacts=(contact(when="2016-05"),))
    assert unknowns(exposure) == {Unknown(kind="date", id="", touchpoint="t1")}


def test_what_the_catalog_does_not_know_is_named_and_nothing_else():
    asks = kind(questions=(question("printed"),))
    known = contact(agency=Agency(kind="sheriff"), facts={"printed": "yes", "minor": "unknown"})
    strange = contact("t2", agency=Agency(kind="moon guard"), facts={"printed": "perhaps", "moon": "yes"})
    client = {"listed": "no", "order": "unknown", "license": "blue", "moon": "yes"}
    exposure = mapped([flow()], kinds=[asks], client=client, contacts=(known, strange, contact("t3", "landing")))
    assert exposure.not_in_catalog == (
        "The answer “blue” to “license” is not in this catalog. It was kept.",
        "The client fact “moon” is not in this catalog. It was kept.",
        "The kind of agency “moon guard” of t2 is not in this catalog. It was kept.",
        "The fact “moon” of t2 is not in this catalog. It was kept.",
        "The answer “perhaps” to “printed” of t2 is not in this catalog. It was kept.",
        "The touchpoint kind “landing” (t3) is not in this catalog. It was kept.",
    )


# --- what the record holds --------------------------------------------------------------------------------------------


def test_an_item_that_only_some_records_hold_is_asked_by_what_it_turns_on():
    printed = model.DataWhen(data=("fingerprints",), when=PRINTED)
    by_prints = flow(needs=model.Needs(all=("fingerprints",)), carries=("fingerprints", "address"))
    with_prints = kind(
        questions=(question("printed"),),
        creates=(model.Record(system="jail", data=("address",), data_when=(printed,)),),
    )
    assert named(mapped([by_prints], kinds=[with_prints])) == {("fact", "printed")}
    assert set(only_route(mapped([by_prints], kinds=[with_prints])).data) == {"identity", "fingerprints", "address"}
    for answer, found in (("yes", ["open"]), ("no", [])):
        exposure = mapped([by_prints], kinds=[with_prints], contacts=(contact(facts={"printed": answer}),))
        assert [route.standing for route in exposure.routes.values()] == found
    # What the step does not need decides nothing of it; an open route tells what surely arrives, its hop what may.
    exposure = mapped([flow(carries=("fingerprints", "address"))], kinds=[with_prints])
    (hop,) = only_route(exposure).hops
    assert (standing(exposure), set(only_route(exposure).data)) == (("open", ()), {"identity", "address"})
    assert (set(hop.data), hop.perhaps) == ({"identity", "address"}, ("fingerprints",))


def test_an_item_that_a_record_holds_on_either_of_two_conditions_is_asked_by_both():
    parts = tuple(model.DataWhen(data=("fingerprints",), when=when) for when in (PRINTED, LISTED))
    by_prints = flow(needs=model.Needs(all=("fingerprints",)), carries=("fingerprints",))
    either = kind(questions=(question("printed"),), creates=(model.Record(system="jail", data=(), data_when=parts),))
    assert named(mapped([by_prints], kinds=[either])) == {("fact", "printed"), ("fact", "listed")}


def test_an_item_that_the_step_does_not_need_is_not_asked_about():
    parts = tuple(
        model.DataWhen(data=(item,), when=when) for item, when in (("fingerprints", PRINTED), ("gang_label", LISTED))
    )
    record = model.Record(system="jail", data=(), data_when=parts)
    by_prints = flow(needs=model.Needs(all=("fingerprints",)))
    exposure = mapped([by_prints], kinds=[kind(questions=(question("printed"),), creates=(record,))])
    assert named(exposure) == {("fact", "printed")}


def test_each_hop_tells_what_it_brings_and_the_route_what_is_left_at_its_end():
    chain = [
        flow("f", "jail", "state", carries=("address",), adds=("gang_label",)),
        flow("g", "state", "ice", needs=model.Needs(all=("identity",)), carries=("gang_label",)),
    ]
    route = only_route(mapped(chain))
    assert [set(hop.data) for hop in route.hops] == [
        {"identity", "address", "gang_label"},
        {"identity", "gang_label"},
    ]
    assert set(route.data) == {"identity", "gang_label"}
    assert [(hop.flow, hop.from_, hop.to) for hop in route.hops] == [("f", "jail", "state"), ("g", "state", "ice")]
    assert (route.systems, route.end) == (("jail", "state", "ice"), "ice-ero")


def test_an_item_that_only_records_of_some_years_hold_asks_for_the_day():
    later = model.DataWhen(data=("fingerprints",), when=Condition(date=model.DateSpan(from_="2016-05-10")))
    record = model.Record(system="jail", data=("address",), data_when=(later,))
    by_prints = flow(needs=model.Needs(all=("fingerprints",)))
    exposure = mapped([by_prints], kinds=[kind(creates=(record,))], contacts=(contact(when="2016-05"),))
    assert unknowns(exposure) == {Unknown(kind="date", id="", touchpoint="t1")}


def test_a_record_that_nobody_at_intake_can_know_of_is_for_counsel():
    record = model.Record(system="jail", data=("address",), judge="Nobody at intake can know.")
    exposure = mapped([flow()], kinds=[kind(creates=(record,))])
    assert standing(exposure) == ("undetermined", ())
    assert unknowns(exposure) == {Unknown(kind="judge", id="jail", touchpoint="t1")}


def test_a_chain_of_eight_steps_is_told_and_one_of_nine_is_cut_and_the_map_says_so():
    for steps, routes in ((8, 1), (9, 0)):
        names = ["jail", *(f"s{number}" for number in range(1, steps)), "ice"]
        systems = [SYSTEMS[0], *(system(name) for name in names[1:-1]), SYSTEMS[-1]]
        flows = [flow(f"f{number}", names[number], names[number + 1]) for number in range(steps)]
        matter = Matter(code="CASE", touchpoints=(contact(),))
        exposure = map_exposure(matter, catalog_of(systems, flows, [], [kind()]), TODAY)
        assert (len(exposure.routes), exposure.cut) == (routes, not routes)
