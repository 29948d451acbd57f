"""Worked cases on the shipped catalog: what a practitioner would sign."""

from __future__ import annotations

from datetime import date

import pytest

from clinic_mapper.casefile.model import Agency, Answer, Matter, Touchpoint, Where
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.model import ExposureMap, Line, Route

TODAY = date(2026, 11, 24)
PRINTS_SINCE_2005 = {"in-custody": "past", "dhs-prints": Answer(value="yes", since="2005")}


@pytest.fixture(scope="module")
def catalog():
    return load_catalog()


@pytest.fixture(scope="module")
def mapped(catalog):
    return lambda client, *contacts: map_exposure(
        Matter(code="CASE", client=client, touchpoints=contacts), catalog, TODAY
    )


def contact(kind, when="", where=None, agency="", **facts):
    told = {name.replace("__", "-"): value for name, value in facts.items()}
    return Touchpoint(id="t1", kind=kind, when=when, where=where or Where(), agency=Agency(kind=agency), facts=told)


def line(exposure: ExposureMap, mechanism: str) -> Line | None:
    return next((line for line in exposure.lines if line.mechanism == mechanism), None)


def route_by(exposure: ExposureMap, *flows: str) -> Route:
    found = [route for route in exposure.routes.values() if set(flows) <= set(route.flows)]
    assert found, flows
    return found[0]


SAN_MATEO = Where(state="CA", county="San Mateo County")
FRESNO = Where(state="CA", county="Fresno County")


@pytest.mark.parametrize(("year", "standing"), [("2009", "closed"), ("2012", "open")])
def test_booking_prints_are_sent_only_after_the_county_began(mapped, year, standing):
    exposure = mapped(PRINTS_SINCE_2005, contact("jail-booking", year, SAN_MATEO, printed="yes"))
    prints, rap_sheet = line(exposure, "booking-prints"), line(exposure, "rap-sheet-lookup")
    assert prints.standing == standing
    assert prints.closed_by == (("time",) if standing == "closed" else ())
    assert (rap_sheet.standing, rap_sheet.tense) == ("open", "within_reach")


def test_2011_or_2012_against_a_start_in_between_turns_on_the_date_alone(mapped):
    new_york = Where(state="NY", city="New York City")
    exposure = mapped(PRINTS_SINCE_2005, contact("arrest-with-fingerprints", "2011/2012", new_york))
    prints = line(exposure, "booking-prints")
    assert prints.standing == "undetermined"
    assert [(unknown.kind, unknown.touchpoint) for unknown in prints.unknown] == [("date", "t1")]


def test_since_2012_and_until_2010_is_never(mapped):
    exposure = mapped(PRINTS_SINCE_2005, contact("arrest-with-fingerprints", "2015/2018", Where(state="TX")))
    assert line(exposure, "agreement-287g").closed_by == ("time",)


def test_a_list_that_was_deleted_was_within_reach(mapped):
    cook = Where(state="IL", county="Cook County")
    exposure = mapped({}, contact("told-gang-listed", "2015", cook, agency="sheriff"))
    gang = route_by(exposure, "cook-rgid--ice-ero--access")
    assert (gang.standing, gang.tense) == ("open", "was_within_reach")


def test_cite_and_release_without_prints_has_no_fingerprint_line(mapped):
    austin = Where(state="TX", county="Travis County", city="Austin")
    facts = {"printed": "no", "face_photo": "no", "status_questions": "no"}
    exposure = mapped({}, contact("cite-and-release", "2024-05", austin, "city police", **facts))
    assert line(exposure, "booking-prints") is None
    assert line(exposure, "field-biometrics") is None
    tells = line(exposure, "police-tell-ice")
    assert tells.standing == "undetermined"
    assert {unknown.kind for unknown in tells.unknown} == {"practice"}


@pytest.fixture
def booked_in_fresno(mapped):
    def build(**client):
        told = {name.replace("_", "-"): value for name, value in client.items()}
        booking = contact("jail-booking", "2024-05-11", FRESNO, "jail or prison", printed="yes", roster="yes")
        since = Answer(value="yes", since="2024-05-10")
        return mapped({**PRINTS_SINCE_2005, "detainer-ever": since, **told}, booking)

    return build


def test_california_bars_the_private_notice_on_paper_and_asks_for_the_list(booked_in_fresno):
    notice = "local-jail-jms--ice-ero--release-notification"
    assert route_by(booked_in_fresno(listed_offense_ca_7282_5="no"), notice).closed_by == ("law",)
    unsure = route_by(booked_in_fresno(), notice)
    assert unsure.standing == "undetermined"
    assert ("fact", "listed-offense-ca-7282-5", "") in [(u.kind, u.id, u.touchpoint) for u in unsure.unknown]
    lifted = route_by(booked_in_fresno(listed_offense_ca_7282_5="yes"), notice)
    assert (lifted.standing, {u.kind for u in lifted.unknown}) == ("undetermined", {"practice"})


def test_the_public_roster_and_the_booking_prints_are_not_touched_by_that_law(booked_in_fresno):
    exposure = booked_in_fresno(listed_offense_ca_7282_5="no")
    assert route_by(exposure, "jail-roster-public--ice-ero--web-lookup").standing == "open"
    assert line(exposure, "booking-prints").standing == "open"


def test_washington_closes_the_query_by_ice_and_leaves_the_border_patrol_path(mapped):
    exposure = mapped({}, contact("dmv-standard-licence", "2022", Where(state="WA", county="King County")))
    direct = [route for route in exposure.routes.values() if route.flows[-1] == "nlets--ice-ero--dmv-lookup"]
    assert direct
    assert all(route.standing != "open" or route.tense == "was_within_reach" for route in direct)
    through_cbp = [
        route for route in exposure.routes.values() if "cbp-field" in route.systems and route.standing == "open"
    ]
    assert {route.tense for route in through_cbp} == {"within_reach"}


def test_first_prints_ever_still_start_the_search_by_birthplace(mapped):
    client = {"in-custody": "past", "dhs-prints": "no"}
    booked = contact("arrest-with-fingerprints", "2024", FRESNO, birthplace_told="foreign country")
    prints = line(mapped(client, booked), "booking-prints")
    assert (prints.standing, prints.tense) == ("open", "sent")
    born_here = contact("arrest-with-fingerprints", "2024", FRESNO, birthplace_told="US")
    client = {**client, "born-abroad-on-record": "no"}
    assert line(mapped(client, born_here), "booking-prints").closed_by == ("fact",)


def test_with_a_foreign_birthplace_one_of_the_two_print_queries_runs_whatever_dhs_holds(mapped):
    booked = contact("arrest-with-fingerprints", "2024", FRESNO, birthplace_told="foreign country")
    assert line(mapped({"in-custody": "past"}, booked), "booking-prints").standing == "open"


def test_prints_first_given_later_do_not_make_an_earlier_arrest_match(mapped):
    client = {
        "in-custody": "past",
        "dhs-prints": Answer(value="yes", since="2016"),
        "born-abroad-on-record": "no",
    }
    arrest = contact("arrest-with-fingerprints", "2014-02", FRESNO, birthplace_told="US")
    assert line(mapped(client, arrest), "booking-prints").standing == "closed"
    later = contact("arrest-with-fingerprints", "2018-02", FRESNO, birthplace_told="US")
    assert line(mapped(client, later), "booking-prints").standing == "open"


def test_in_custody_now_in_texas_a_mandate_answers_practice_and_the_release_is_next_time(mapped):
    harris = Where(state="TX", county="Harris County")
    client = {
        "in-custody": "now",
        "detainer-ever": Answer(value="yes", since="2026-11-20"),
        "shown-lawful-status-proof": "no",
    }
    booking = contact("jail-booking", "2026-11-20", harris, "jail or prison", printed="yes")
    notice = route_by(mapped(client, booking), "local-jail-jms--ice-ero--release-notification")
    assert (notice.standing, notice.tense) == ("open", "next_time")
    assert ("law-us-tx-sb4", "practice_yes") in [(law.id, law.effect) for law in notice.law]


def test_a_conflict_is_unknown_and_both_sides_are_named(catalog):
    contacts = (
        contact("visa-overstay", "2014", Where(state="TX")),
        Touchpoint(
            id="t2", kind="arrest-with-fingerprints", when="2024", where=FRESNO, facts={"birthplace_told": "US"}
        ),
    )
    client = {"in-custody": "past", "dhs-prints": "no", "born-abroad-on-record": "no"}
    exposure = map_exposure(Matter(code="CASE", client=client, touchpoints=contacts), catalog, TODAY)
    told = next(derived for derived in exposure.derived if derived.client == "dhs-prints")
    assert (told.conflict, told.value, told.from_touchpoints) == (True, "unknown", ("t1",))
    prints = next(each for each in exposure.lines if each.id == "t2:booking-prints")
    assert prints.standing == "undetermined"


def test_what_this_catalog_does_not_know_is_kept_and_said(catalog):
    stranger = Touchpoint(id="t1", kind="moon-landing", facts={"dust": "yes"})
    known = Touchpoint(id="t2", kind="jail-booking", when="2024", facts={"colour": "red", "printed": "perhaps"})
    exposure = map_exposure(
        Matter(code="CASE", client={"star-sign": "yes"}, touchpoints=(stranger, known)), catalog, TODAY
    )
    said = " ".join(exposure.not_in_catalog)
    for name in ("moon-landing", "colour", "perhaps", "star-sign"):
        assert f"“{name}”" in said


def test_a_set_aside_route_keeps_its_place_and_its_reason(catalog):
    arrest = contact("arrest-with-fingerprints", "2024", FRESNO)
    matter = Matter(code="CASE", touchpoints=(arrest,))
    before = map_exposure(matter, catalog, TODAY)
    chosen = next(iter(before.routes))
    from msgspec.structs import replace

    from clinic_mapper.casefile.model import Verdict

    after = map_exposure(replace(matter, set_aside=(Verdict(route=chosen, reason="wrong person"),)), catalog, TODAY)
    assert after.routes[chosen].set_aside == "wrong person"
    assert list(after.routes) == list(before.routes)


def test_a_hold_lodged_days_after_the_booking_speaks_of_that_stay(mapped):
    client = {
        "in-custody": "past",
        "detainer-ever": Answer(value="yes", since="2024-05-14"),
        "listed-offense-ca-7282-5": "no",
    }
    booking = contact(
        "jail-booking", "2024-05-11", Where(state="TX", county="Harris County"), "jail or prison", printed="yes"
    )
    notice = route_by(mapped(client, booking), "local-jail-jms--ice-ero--release-notification")
    assert notice.standing != "closed"
    years_before = contact(
        "jail-booking", "2019", Where(state="TX", county="Harris County"), "jail or prison", printed="yes"
    )
    for since in ("2024-05-14", "2024-05", "2024"):  # a hold that began later: neither alone, however exactly told
        client["detainer-ever"] = Answer(value="yes", since=since)
        assert route_by(mapped(client, years_before), *notice.flows).closed_by == ("fact", "time")
