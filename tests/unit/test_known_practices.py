"""What is known of single agencies settles a contact where place and agency surely match, and nowhere else."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from clinic_mapper.casefile.model import Agency, Answer, Matter, Touchpoint, Where
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Catalog, KnownPractice
from clinic_mapper.memo.compose import compose
from clinic_mapper.memo.document import runs_of
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.known_practices import PracticeBook, match
from clinic_mapper.routing.model import ExposureMap, Hop
from clinic_mapper.routing.relied_on import hints_for, relied_on
from clinic_mapper.ui.map_story import story_of
from clinic_mapper.ui.question_plan import touchpoint_plan

POLK = Where(state="FL", county="Polk County")
SHERIFF = Agency(kind="sheriff")
LISTED = KnownPractice(
    id="polk",
    answers="287g-jail",
    is_="yes",
    state="FL",
    county="Polk County",
    agency_kind="sheriff",
    agency="Polk County Sheriff's Office",
    since="2019-06-12",
    says="ICE's list",
    as_of="2025-07-18",
)
SHIPPED = load_catalog()


def contact(when: str = "2024-05", where: Where = POLK, agency: Agency = SHERIFF, **practices: str) -> Touchpoint:
    named: dict[str, Answer | str] = {name.replace("_", "-"): value for name, value in practices.items()}
    return Touchpoint(id="t1", kind="jail-booking", when=when, where=where, agency=agency, practices=named)


@pytest.mark.parametrize(
    ("where", "agency", "how"),
    [
        (POLK, SHERIFF, "surely"),
        (Where(state="FL", county="polk"), SHERIFF, "surely"),
        (Where(state="FL"), SHERIFF, "possibly"),
        (Where(), SHERIFF, "no"),
        (Where(state="GA", county="Polk County"), SHERIFF, "no"),
        (Where(state="FL", county="Lee County"), SHERIFF, "no"),
        (POLK, Agency(), "possibly"),
        (POLK, Agency(kind="jail or prison"), "possibly"),
        (POLK, Agency(kind="city police"), "no"),
        (POLK, Agency(kind="jail or prison", name="Polk County Sheriffs Office"), "surely"),
        (POLK, Agency(kind="sheriff", name="Polk sheriff's annex"), "possibly"),
    ],
)
def test_a_row_speaks_for_a_contact_only_where_place_and_agency_match(where, agency, how):
    assert match(LISTED, contact(where=where, agency=agency)) == how


def known(*rows: KnownPractice) -> Catalog:
    return replace(SHIPPED, known_practices={row.id: row for row in rows})


def mapped(catalog: Catalog, touchpoint: Touchpoint) -> ExposureMap:
    matter = Matter(code="X", client={"in-custody": "past"}, touchpoints=(touchpoint,))
    return map_exposure(matter, catalog, date(2026, 6, 30))


def unknown_practices(catalog: Catalog, touchpoint: Touchpoint) -> set[str]:
    exposure = mapped(catalog, touchpoint)
    return {unknown.id for route in exposure.routes.values() for unknown in route.unknown if unknown.kind == "practice"}


def test_what_is_known_of_the_agency_is_not_asked_again():
    assert "287g-jail" in unknown_practices(SHIPPED, contact())
    assert "287g-jail" not in unknown_practices(known(LISTED), contact())


def test_before_the_day_of_signing_nothing_is_known():
    assert "287g-jail" in unknown_practices(known(LISTED), contact("2018-05"))


def test_after_the_last_list_that_named_it_nothing_is_known():
    ended = replace(LISTED, until="2023-01-31")
    assert "287g-jail" in unknown_practices(known(ended), contact())
    assert "287g-jail" not in unknown_practices(known(ended), contact("2022-05"))


def test_an_inexact_first_day_counts_from_its_end():
    assert "287g-jail" in unknown_practices(known(replace(LISTED, since="2024")), contact("2024-05"))
    assert "287g-jail" not in unknown_practices(known(replace(LISTED, since="2023")), contact("2024-05"))


def test_without_a_first_day_it_is_known_from_the_day_of_the_list():
    undated = replace(LISTED, since=None)
    assert "287g-jail" in unknown_practices(known(undated), contact())
    assert "287g-jail" not in unknown_practices(known(undated), contact("2025-09"))


def test_two_rows_against_each_other_settle_nothing():
    against = replace(LISTED, id="other", is_="no")
    assert "287g-jail" in unknown_practices(known(LISTED, against), contact())


def test_a_request_that_is_pending_settles_nothing_and_is_a_hint():
    asked = replace(LISTED, is_="asked for")
    assert "287g-jail" in unknown_practices(known(asked), contact())
    assert PracticeBook([asked]).hints("287g-jail", contact()) == (asked,)


def test_what_was_noted_for_the_contact_itself_counts_more():
    touchpoint = contact(**{"287g_jail": "no"})
    jail = "local-jail-jms--ice-eid--287g-jail-enforcement"
    (hop,) = (
        hop for route in mapped(known(LISTED), touchpoint).routes.values() for hop in route.hops if hop.flow == jail
    )
    assert hop.standing == "closed"


def test_a_practice_known_of_a_flow_settles_the_flow_that_no_place_tells():
    flow = SHIPPED.flows["fusion-center--ice-ero--records-request"]
    assert flow.practice == "not_known_by_place"
    assert flow.id in unknown_practices(SHIPPED, contact())
    row = replace(LISTED, answers=flow.id, county="", agency="", agency_kind="")
    assert flow.id not in unknown_practices(known(row), contact("2026-01"))


JAIL = "local-jail-jms--ice-eid--287g-jail-enforcement"


def jail_hop(catalog: Catalog, touchpoint: Touchpoint) -> Hop:
    hops = (hop for route in mapped(catalog, touchpoint).routes.values() for hop in route.hops if hop.flow == JAIL)
    return next(hops)


def test_a_hop_tells_the_row_on_which_it_rests():
    catalog = known(LISTED)
    assert relied_on(catalog, jail_hop(catalog, contact()), contact()) == (LISTED,)


def test_a_hop_that_rests_on_what_was_noted_for_the_contact_tells_no_row():
    catalog, touchpoint = known(LISTED), contact(**{"287g_jail": "yes"})
    assert relied_on(catalog, jail_hop(catalog, touchpoint), touchpoint) == ()


def test_a_row_that_only_may_be_about_the_agency_is_a_hint_and_no_ground():
    catalog, touchpoint = known(LISTED), contact(agency=Agency(kind="jail or prison"))
    assert relied_on(catalog, jail_hop(catalog, touchpoint), touchpoint) == ()
    assert hints_for(catalog, "287g-jail", touchpoint) == (LISTED,)
    assert hints_for(SHIPPED, "287g-jail", touchpoint) == ()


def test_window_memo_and_question_name_the_list():
    catalog, touchpoint = known(LISTED), contact()
    matter = Matter(code="X", client={"in-custody": "past"}, touchpoints=(touchpoint,))
    exposure = map_exposure(matter, catalog, date(2026, 6, 30))
    route = next(route for route in exposure.routes.values() if route.flows == (JAIL,))
    story = [block.text for block in story_of(route.id, exposure, matter, catalog) if block.label == "Known here"]
    assert story == ["Polk County Sheriff's Office, Polk County, FL: yes, since 2019-06-12 (ICE's list)"]
    document = compose(matter, catalog, exposure, "supervisor", "en")
    assert any("Known here: Polk County Sheriff's Office" in run.text for run in runs_of(document))
    jail = contact(agency=Agency(kind="jail or prison"))
    plan = touchpoint_plan(
        jail, catalog, map_exposure(replace(matter, touchpoints=(jail,)), catalog, date(2026, 6, 30))
    )
    (asked,) = (question for question in plan.practices if question.id == "287g-jail")
    assert "Lists and notes name: Polk County Sheriff's Office (Polk County), 2019-06-12 – ICE's list." in asked.why_en
    assert "Listas y notas nombran" in asked.why_es
