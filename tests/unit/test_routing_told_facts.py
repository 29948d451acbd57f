"""What contacts tell of the client, each for the days from which it speaks; what is asked of what was told in part."""

from __future__ import annotations

import pytest

from clinic_mapper.casefile.model import Answer
from clinic_mapper.catalog import model
from clinic_mapper.catalog.model import Condition
from clinic_mapper.routing.model import Unknown
from tests.unit.drawn_catalogs import question
from tests.unit.test_routing_client_facts import BY_PRINTS, HAS_PRINTS, since, telling, unknowns
from tests.unit.test_routing_edges import LIST, PRINTED, any_of, between, every, standing
from tests.unit.test_routing_regressions import LISTED, NOT_LISTED, contact, flow, kind, mapped, named, only_route

ASKED = (question("printed"),)
PRINTS_BEGAN = Unknown(kind="date", id="dhs-prints", touchpoint="")


@pytest.mark.parametrize(("first", "last"), [("2010", "2020"), ("2020", "2010")])
def test_what_two_contacts_tell_is_so_from_the_earlier_of_them_on(first, last):
    contacts = (contact("t0", "told", first), contact(), contact("t2", "told", last))
    exposure = mapped([flow(when=LISTED)], kinds=[kind(), telling("listed")], contacts=contacts)
    assert standing(exposure) == ("open", ())


def test_that_a_contact_tells_a_yes_makes_no_condition_true_that_asks_for_a_no():
    tells = kind(questions=ASKED, tells=(model.Tells("listed", "yes"),))
    exposure = mapped([flow(when=any_of(NOT_LISTED, PRINTED))], kinds=[tells])
    assert (standing(exposure), named(exposure)) == (("undetermined", ()), {("fact", "printed")})


@pytest.mark.parametrize("told", ["2026-11-23/..", "2026-11-24/2027"])
def test_what_is_so_since_a_day_that_may_be_to_come_began_by_today(told):
    exposure = mapped([flow(timing="standing", when=HAS_PRINTS)], client=since(told))
    assert (standing(exposure), only_route(exposure).tense) == (("open", ()), "within_reach")


@pytest.mark.parametrize(("when", "found"), [("2026-06-01", set()), ("2025-06-01", {("date", "detainer")})])
def test_a_yes_without_its_day_began_by_today_and_speaks_of_what_came_so_long_before_for_sure(when, found):
    """Whenever a hold was lodged, it speaks of each stay of the year before it."""
    step = flow(when=Condition(client="detainer", is_="yes"))
    exposure = mapped([step], client={"detainer": "yes"}, contacts=(contact(when=when),))
    assert (standing(exposure)[0], named(exposure)) == ("undetermined" if found else "open", found)


def test_of_what_is_to_begin_in_a_year_to_come_the_day_is_asked():
    coming = kind(when_form="coming")
    exposure = mapped([BY_PRINTS], kinds=[coming], client=since("2027"), contacts=(contact(when="2027-05-01"),))
    assert (standing(exposure), unknowns(exposure)) == (("undetermined", ()), {PRINTS_BEGAN})


def test_what_a_contact_only_may_tell_is_not_derived_and_hides_nothing_that_another_tells():
    tells = kind(questions=ASKED, tells=(model.Tells("dhs-prints", "yes", PRINTED), model.Tells("listed", "yes")))
    exposure = mapped([flow()], kinds=[tells])
    assert [(each.client, each.value, each.conflict) for each in exposure.derived] == [("listed", "yes", False)]


@pytest.mark.parametrize(
    ("when", "told_on", "found"),
    [
        (between("2010", "2012"), "2009-12-31", "closed"),
        (between("2010", "2012"), "2009-12-31/2010-01-01", "undetermined"),
        (between("2010", "2012"), "2012-12-31/2013-01-01", "undetermined"),
        (between("2010", "2012"), "2013-01-01", "closed"),
        # What is noted of the agency, whatever it is, is not read here: it leaves open what is told.
        (every(PRINTED, LIST), "2012-01-01", "undetermined"),
        (LIST, "2012-01-01", "undetermined"),
    ],
)
def test_a_contact_may_tell_what_it_would_on_one_of_its_possible_days(when, told_on, found):
    """The prints of 2015 do not match an arrest of 2014; those that the other contact may have left would."""
    kinds = [kind(), telling("dhs-prints", when=when)]
    contacts = (contact(when="2014-05-01"), contact("t2", "told", told_on, facts={"printed": "yes"}))
    exposure = mapped([BY_PRINTS], kinds=kinds, client=since("2015-01-01"), contacts=contacts)
    assert only_route(exposure).standing == found


def test_where_only_the_year_was_told_its_day_is_asked_before_that_of_a_contact():
    contacts = (contact(when="2011-05-01"), contact("t2", "told", "2010/2012"))
    exposure = mapped([BY_PRINTS], kinds=[kind(), telling("dhs-prints")], client=since("2014"), contacts=contacts)
    assert unknowns(exposure) == {PRINTS_BEGAN}


def test_a_detainer_of_some_day_in_a_year_bears_on_no_day_more_than_a_year_before_it():
    held = flow(when=Condition(client="detainer", is_="yes"))
    client = {"detainer": Answer(value="yes", since="2016")}
    exposure = mapped([held], client=client, contacts=(contact(when="2014-08/2015-06"),))
    asked = {Unknown(kind="date", id="detainer", touchpoint=""), Unknown(kind="date", id="", touchpoint="t1")}
    assert unknowns(exposure) == asked
