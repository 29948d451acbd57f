"""What leaves a step unknown is asked where it bears on it: not on days on which it is settled, not of another half."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from clinic_mapper.casefile.model import Agency, Matter, Where
from clinic_mapper.catalog import model
from clinic_mapper.catalog.model import Condition, KnownPractice
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.model import Unknown
from tests.unit.drawn_catalogs import catalog_of, question
from tests.unit.test_routing_edges import (
    HAS_ORDER,
    LIST,
    LISTED_IS_OPEN,
    NOT_PRINTED,
    OTHER_IS_OPEN,
    PRINTED,
    any_of,
    between,
    every,
    standing,
)
from tests.unit.test_routing_regressions import (
    LISTED,
    NOT_LISTED,
    SYSTEMS,
    TODAY,
    contact,
    flow,
    kind,
    law,
    mapped,
    named,
    only_route,
)

NO_ORDER = Condition(client="on-supervision-now", is_="no")
FOR_COUNSEL = ("judge", "law")
PAIR = [flow(when=LISTED), flow("g", when=NOT_LISTED, either_with="f")]


def test_on_days_on_which_the_agency_surely_does_not_do_it_nothing_is_asked():
    """Since 2015 it does it no more; whether the client is on the list would bear on those days alone."""
    since_2015 = KnownPractice(
        id="row", answers="f", is_="no", state="CA", agency_kind="sheriff", since="2015-01-01", says="s", as_of="2026"
    )
    step = flow(practice="not_known_by_place", when=any_of(LISTED, between(None, "2014")))
    catalog = replace(catalog_of(SYSTEMS, [step], [], [kind()]), known_practices={"row": since_2015})
    own = contact(when="2014/2016", where=Where(state="CA"), agency=Agency(kind="sheriff"))
    exposure = map_exposure(Matter(code="CASE", touchpoints=(own,)), catalog, TODAY)
    assert named(exposure) == {("practice", "f"), ("date", "")}


def test_on_days_on_which_a_law_surely_bars_it_nothing_is_asked():
    step = flow(when=any_of(LISTED, between("2015", None)))
    exposure = mapped([step], [law(until="2014")], contacts=(contact(when="2014/2015"),))
    assert (standing(exposure), named(exposure)) == (("undetermined", ()), {("date", "")})


def test_which_half_of_a_pair_runs_is_asked_where_their_laws_are_not_the_same():
    """Either half runs: that it is not known which leaves the step itself in no doubt."""
    both, first = law(status="contested"), law(flows=("f",), status="contested")
    assert named(mapped(PAIR, [both])) == {FOR_COUNSEL}
    assert named(mapped(PAIR, [first])) == {FOR_COUNSEL, LISTED_IS_OPEN}
    barred = mapped(PAIR, [law(flows=("f",))])
    assert (standing(barred), named(barred)) == (("undetermined", ()), {LISTED_IS_OPEN})


def test_which_half_runs_is_not_asked_of_days_before_the_contact():
    """Of the days before 2012 nobody knows whether the client was on the list; since then the client is."""
    telling = kind("told", creates=(), tells=(model.Tells("listed", "yes"),))
    contacts = (contact(), contact("t2", "told", "2012"))
    exposure = mapped(PAIR, [law(flows=("f",), status="contested")], [kind(), telling], contacts=contacts)
    assert named(exposure) == {FOR_COUNSEL}


def test_halves_that_part_on_nothing_about_the_client_are_asked_about_each_by_itself():
    asked = kind(questions=(question("printed"),))
    pair = [flow(when=PRINTED), flow("g", when=NOT_PRINTED, either_with="f")]
    exposure = mapped(pair, [law(flows=("f",), status="contested")], [asked])
    assert named(exposure) == {FOR_COUNSEL, ("fact", "printed")}


def test_two_pairs_on_a_way_part_each_on_its_own_fact():
    def chain(when: Condition) -> list[model.Flow]:
        first = [flow("f", "jail", "state", when=LISTED), flow("g", "jail", "state", when=NOT_LISTED, either_with="f")]
        second = [flow("h", "state", "ice", when=when), flow("i", "state", "ice", when=NO_ORDER, either_with="h")]
        return first + second

    assert named(mapped(chain(HAS_ORDER), [law(flows=("f", "h"))])) == {LISTED_IS_OPEN, OTHER_IS_OPEN}
    answers = {"listed": "yes", OTHER_IS_OPEN[1]: "no"}
    exposure = mapped(chain(every(HAS_ORDER, LIST)), client=answers)
    assert standing(exposure) == ("open", ())


def test_under_a_law_too_what_is_asked_of_a_step_is_asked_of_this_contact():
    exposure = mapped([flow(practice="not_known_by_place", judge="Ask.")], [law(status="contested")])
    asked = (("practice", "f"), ("judge", "f"), ("judge", "law"))
    assert set(only_route(exposure).unknown) == {Unknown(*each, touchpoint="t1") for each in asked}


def test_of_a_contested_law_that_surely_is_about_the_client_nothing_is_asked_but_counsel():
    """Another law would beat it; whatever the client's age, an answer takes that one away."""
    saved = model.Exception_(kind="client", text="t", question="q", client="listed")
    beats = law("b", client_if=Condition(client="minor", is_="yes"), unless=(saved,))
    exposure = mapped([flow()], [law("a", status="contested", yields_to=("b",)), beats], client={"listed": "yes"})
    assert (standing(exposure), named(exposure)) == (("undetermined", ()), {("judge", "a")})


@pytest.mark.parametrize(("when", "asked"), [("2016-05-01", set()), ("2021", {LISTED_IS_OPEN})])
def test_whom_a_mandate_is_about_is_not_asked_of_days_before_it(when, asked):
    mandate = law(effect_on_route="practice_yes", answers=(LIST,), client_if=LISTED, acts_from="2020")
    exposure = mapped([flow(when=LIST)], [mandate], contacts=(contact(when=when),))
    assert named(exposure) == {("practice", "jail-sends-list"), *asked}
