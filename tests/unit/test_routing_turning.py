"""Before or after which day a contact was: where a route turns on one, what an answer does, what is not asked."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from clinic_mapper.casefile.dates import narrowed, parse
from clinic_mapper.casefile.model import Agency, Answer, Matter, Touchpoint, Where
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Condition, KnownPractice
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.index import index_of
from clinic_mapper.routing.model import ExposureMap, Route, Turn, Unknown
from clinic_mapper.routing.turning import asked_day, dated_routes
from tests.unit.drawn_catalogs import catalog_of
from tests.unit.drawn_matters import matters
from tests.unit.test_routing_edges import any_of, between, every
from tests.unit.test_routing_regressions import LISTED, SYSTEMS, flow, kind
from tests.unit.test_routing_regressions import contact as small_contact
from tests.unit.test_routing_regressions import mapped as small_map

CATALOG = load_catalog()
TODAY = date(2026, 11, 26)
NEW_YORK = Where(state="NY", city="New York City")
SWITCH = "2012-05-15"


def arrest(when: str = "2011/2012", where: Where = NEW_YORK, kind: str = "arrest-with-fingerprints") -> Touchpoint:
    return Touchpoint(id="t1", kind=kind, when=when, where=where, agency=Agency(kind="city police"))


def told(contact: Touchpoint, prints_since: str = "2005") -> Matter:
    client: dict[str, Answer | str] = {
        "in-custody": Answer(value="past"),
        "dhs-prints": Answer(value="yes", since=prints_since),
    }
    return Matter(code="M", client=client, touchpoints=(contact,))


def mapped(matter: Matter) -> ExposureMap:
    return map_exposure(matter, CATALOG, TODAY, ask=False)


def day_of(matter: Matter) -> str:
    return asked_day(matter.touchpoints[0], dated_routes(mapped(matter), matter.touchpoints[0]))


def standing(matter: Matter, mechanism: str) -> str:
    return next(line.standing for line in mapped(matter).lines if line.mechanism == mechanism)


def answered(matter: Matter, day: str, *, earlier: bool) -> Matter:
    contact = matter.touchpoints[0]
    when = narrowed(contact.when, date.fromisoformat(day).toordinal(), earlier=earlier)
    return replace(matter, touchpoints=(replace(contact, when=when), *matter.touchpoints[1:]))


def test_2011_or_2012_in_new_york_turns_on_the_day_the_city_began_and_either_answer_settles_the_line():
    matter = told(arrest())
    assert day_of(matter) == SWITCH and standing(matter, "booking-prints") == "undetermined"
    assert standing(answered(matter, SWITCH, earlier=True), "booking-prints") == "closed"
    assert standing(answered(matter, SWITCH, earlier=False), "booking-prints") == "open"
    for earlier in (True, False):
        assert day_of(answered(matter, SWITCH, earlier=earlier)) != SWITCH


def test_a_route_that_is_open_on_neither_side_turns_on_the_day_before_which_it_is_closed():
    contact = arrest()
    matter = Matter(code="M", client={"in-custody": "past"}, touchpoints=(contact,))
    assert day_of(matter) == SWITCH
    assert standing(answered(matter, SWITCH, earlier=True), "booking-prints") == "closed"
    assert standing(answered(matter, SWITCH, earlier=False), "booking-prints") == "undetermined"


def test_a_route_turns_on_the_day_since_which_an_agency_is_known_to_do_it():
    row = KnownPractice(
        id="row", answers="jail-sends-list", is_="yes", state="CA", agency_kind="sheriff", since=SWITCH, says="s",
        as_of="2026",
    )  # fmt: skip
    rows = catalog_of(SYSTEMS, [flow(when=Condition(practice="jail-sends-list"))], [], [kind(when_form="past")])
    own = small_contact(when="2011/2012", where=Where(state="CA"), agency=Agency(kind="sheriff"))
    exposure = map_exposure(Matter(code="M", touchpoints=(own,)), replace(rows, known_practices={"row": row}), TODAY)
    assert [[turn.day for turn in route.turns] for route in exposure.routes.values()] == [[SWITCH]]


@pytest.mark.parametrize(
    ("when", "days"),
    [
        (any_of(LISTED, between(SWITCH, None)), (SWITCH,)),
        (every(LISTED, between(SWITCH, None)), (SWITCH,)),
        (every(LISTED, between("2011-06-01", "2011-12-31")), ("2011-06-01", "2012-01-01")),
        (between("2011-12-31", "2011-12-31"), ("2011-12-31", "2012-01-01")),
        (any_of(LISTED, between(SWITCH, "2012-06-30")), (SWITCH, "2012-07-01")),
        (any_of(LISTED, between("2013", None)), ()),
        (any_of(LISTED, between("2012-12-31", None)), ("2012-12-31",)),
    ],
)
def test_a_route_turns_on_every_day_on_which_it_becomes_or_ceases_to_be_sure_or_possible(when, days):
    """An answer that is not known leaves it possible where it is not sure."""
    for where in (Where(state="CA"), Where()):
        contacts = (small_contact(when="2011/2012", where=where),)
        (route,) = small_map([flow(when=when)], kinds=[kind(when_form="past")], contacts=contacts).routes.values()
        assert tuple(turn.day for turn in route.turns) == days


def test_a_turn_counts_the_days_before_it_and_those_from_it_on():
    for when, before, after in (("2011/2012", 500, 231), ("2012-05", 14, 17), ("2012-05-14/2012-05-15", 1, 1)):
        routes = mapped(told(arrest(when))).routes.values()
        (turn,) = {turn for route in routes for turn in route.turns if turn.day == SWITCH}
        assert (turn.before, turn.after) == (before, after), when


def test_of_days_more_than_twenty_years_ago_none_counts():
    step = flow(when=any_of(LISTED, between("2001-01-01", None)))
    for when, after in (("1999/2002", 0), ("2000/2006-12-08", 10)):
        contacts = (small_contact(when=when, where=Where(state="CA")),)
        (route,) = small_map([step], kinds=[kind(when_form="past")], contacts=contacts).routes.values()
        assert route.turns == (Turn(day="2001-01-01", before=0, after=after),)


def test_how_the_date_was_told_does_not_matter_as_long_as_both_sides_are_in_it():
    for when in ("2012", "2012-05", "2012~", "../2013", "2011/..", "2012-21"):
        matter = told(arrest(when))
        found = {turn.day for route in mapped(matter).routes.values() for turn in route.turns}
        assert SWITCH in found, when


def test_a_date_of_which_nothing_was_told_is_asked_for_plainly():
    assert day_of(told(arrest(""))) == ""
    assert all(route.turns == () for route in mapped(told(arrest(""))).routes.values())
    assert day_of(told(arrest("2012-05-14"))) == ""


def test_where_the_place_is_open_too_no_day_is_named_that_holds_in_one_of_them_alone():
    unplaced = told(arrest(where=Where(state="NY")))
    (prints, *_) = [route for route in mapped(unplaced).routes.values() if route.mechanism == "booking-prints"]
    assert any(unknown.kind == "date" for unknown in prints.unknown) and prints.turns == ()


def test_a_day_that_was_told_of_the_client_is_never_asked_about():
    """Else the question would give away since when immigration has the prints, and keep it in the contact's date."""
    matter = told(arrest("2013"), prints_since="2013-08-20")
    lines = [line for line in mapped(matter).lines if line.mechanism == "booking-prints"]
    assert Unknown(kind="date", id="", touchpoint="t1") in lines[0].unknown
    assert day_of(matter) == ""


def test_what_goes_on_for_longer_than_a_day_is_never_cut_at_one():
    long = [each.id for each in CATALOG.touchpoints.values() if not CATALOG.when_forms[each.when_form].one_day]
    assert long
    for name in long:
        matter = told(arrest("2008/2020", kind=name))
        assert all(route.turns == () for route in mapped(matter).routes.values()), name


def route_with(*days: str, before: int = 100, after: int = 100) -> Route:
    some = next(iter(mapped(told(arrest())).routes.values()))
    turns = tuple(Turn(day=day, before=before, after=after) for day in days)
    return replace(some, turns=turns, unknown=(Unknown(kind="date", id="", touchpoint="t1"),))


def test_of_two_days_that_is_asked_first_whose_answer_leaves_fewest_routes_in_doubt():
    contact = arrest("2008/2016")
    early, late = Turn(day="2010-06-02", before=500, after=2500), Turn(day="2015-01-01", before=2500, after=500)
    one = replace(route_with(), turns=(early, late))
    assert asked_day(contact, [one, replace(one, turns=(late,))]) == late.day
    assert asked_day(contact, [one, replace(one, turns=(early,))]) == early.day
    assert asked_day(contact, [one]) == early.day  # the longer part lies after neither; equal, so the earliest


def test_of_days_that_settle_as_much_the_one_in_the_middle_is_asked():
    contact = arrest("2008/2016")
    turns = (
        Turn(day="2009-05-01", before=500, after=2500),
        Turn(day="2011-01-01", before=1000, after=2000),
        Turn(day="2012-06-01", before=1500, after=1500),
    )
    assert asked_day(contact, [replace(route_with(), turns=(turn,)) for turn in turns]) == "2012-06-01"


def test_an_answer_settles_a_route_wherever_it_leaves_none_of_its_days_inside():
    contact = arrest("2008/2016")
    early, late = "2010-06-02", "2012-01-01"
    of_early, of_late = route_with(early, before=1000, after=2000), route_with(late, before=1600, after=1400)
    assert asked_day(contact, [of_early, of_early, of_late]) == early
    of_early, of_late = route_with(early, before=1400, after=1600), route_with(late, before=2000, after=1000)
    assert asked_day(contact, [of_early, of_late, of_late]) == late


def test_only_the_routes_that_give_lines_their_words_are_asked_about_as_long_as_one_of_them_turns_on_a_day():
    exposure = mapped(told(arrest()))
    line = next(each for each in exposure.lines if len(each.routes) > 1)
    first, second = line.routes[:2]
    strongest, beneath = (replace(route_with(day), id=id) for day, id in (("2011-05-01", first), (SWITCH, second)))
    of_line = replace(exposure, lines=(line,), routes=exposure.routes | {first: strongest, second: beneath})
    assert dated_routes(of_line, arrest()) == [strongest]
    settled = replace(of_line, routes={first: replace(strongest, unknown=()), second: beneath})
    assert dated_routes(settled, arrest()) == [beneath]


def test_a_day_outside_of_what_is_told_by_now_is_not_asked_about():
    """A map is worked out after the answer: until then it still names the day that was answered."""
    assert asked_day(arrest("2011/2012"), [route_with(SWITCH)]) == SWITCH
    assert asked_day(arrest("2011/2012-05-15"), [route_with(SWITCH)]) == SWITCH
    for when in ("2011/2012-05-14", "2012-05-15/2012-12", "2016", ""):
        assert asked_day(arrest(when), [route_with(SWITCH)]) == ""


@given(matters(CATALOG, most=2))
def test_every_day_that_is_named_is_a_rules_own_and_an_answer_leaves_fewer_of_them(matter):
    edges = {date.fromordinal(edge).isoformat() for edge in index_of(CATALOG).edges}
    exposure = mapped(matter)
    for contact in matter.touchpoints:
        mine = {id: route for id, route in exposure.routes.items() if route.touchpoint == contact.id and route.turns}
        assert all(route.standing == "undetermined" for route in mine.values())
        days = {turn.day for route in mine.values() for turn in route.turns}
        assert days <= edges
        when = parse(contact.when)
        assert all(when.first < date.fromisoformat(day).toordinal() <= when.last for day in days)
        day = asked_day(contact, mine.values())
        assert bool(day) == bool(days)
        if day:
            alone = replace(matter, touchpoints=(contact,))
            before = mapped(alone)
            for earlier in (True, False):
                after = mapped(answered(alone, day, earlier=earlier))
                for id, route in after.routes.items():
                    was = {turn.day for turn in before.routes[id].turns} if id in before.routes else set()
                    if contact.when[-1:] != "~":  # its outer end is kept in whole years
                        assert {turn.day for turn in route.turns} <= was - {day}


@given(st.sampled_from(("2008/2016", "2010/..", "../2016", "2012~", "2009")), st.booleans(), st.booleans())
def test_asking_from_day_to_day_ends_with_nothing_left_to_ask(when, first, rest):
    matter, earlier, asked = told(arrest(when)), first, []
    while day := day_of(matter):
        assert day not in asked
        asked.append(day)
        matter, earlier = answered(matter, day, earlier=earlier), rest
    assert len(asked) < 20
