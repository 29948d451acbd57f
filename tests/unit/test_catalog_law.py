"""The shipped law, walked: small cases, and what the law on the hop must do in each."""

from __future__ import annotations

import re
from datetime import date

import pytest

from clinic_mapper.casefile.model import Matter, Touchpoint, Where
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.index import index_of
from clinic_mapper.routing.model import Route

RELEASE = "local-jail-jms--ice-ero--release-notification"
LOOK_UP = "nlets--ice-ero--dmv-lookup"
FRESNO = Where(state="CA", county="Fresno County")
LOS_ANGELES = Where(state="CA", county="Los Angeles County")
BROOKLYN = Where(state="NY", county="Kings County")
HOUSTON = Where(state="TX", county="Harris County")
PEORIA = Where(state="IL", county="Peoria County")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def routes(
    catalog: Catalog, last: str, kind: str, when: str, where: Where, client: dict | None = None, **practices: str
) -> list[Route]:
    """The routes of one touchpoint that end with a flow, read on 30 June 2026. `_` in a practice stands for `-`."""
    touchpoint = Touchpoint(
        id="t1",
        kind=kind,
        when=when,
        where=where,
        practices={name.replace("_", "-"): value for name, value in practices.items()},
    )
    matter = Matter(code="X", client=dict(client or {}), touchpoints=(touchpoint,))
    found = [
        route
        for route in map_exposure(matter, catalog, date(2026, 6, 30)).routes.values()
        if route.flows[-1:] == (last,)
    ]
    assert found, f"no route ends with {last}"
    return found


def release(catalog: Catalog, when: str, where: Where, **client: str) -> Route:
    """The one route by which a jail that is known to notify ICE tells a release date."""
    told = {
        "detainer-ever": "yes",
        "in-custody": "past",
        **{name.replace("_", "-"): value for name, value in client.items()},
    }
    (route,) = routes(catalog, RELEASE, "jail-booking", when, where, told, jail_notifies_ice="yes")
    return route


def effect(route: Route, law: str) -> str:
    return next((row.effect for row in route.law if row.id == law), "silent")


@pytest.mark.parametrize(
    ("answer", "standing", "says"),
    [("no", "closed", "close"), ("unknown", "undetermined", "undetermined"), ("yes", "undetermined", "lifted")],
    ids=["no listed offense", "list not looked at", "listed offense"],
)
def test_california_lets_a_listed_offense_decide_on_release_dates(catalog, answer, standing, says):
    route = release(catalog, "2024-05", FRESNO, listed_offense_ca_7282_5=answer)
    assert (route.standing, effect(route, "law-us-ca-values-act")) == (standing, says)


def test_a_stricter_county_whose_text_nobody_read_is_for_counsel_where_the_state_list_opens(catalog):
    route = release(catalog, "2024-05", LOS_ANGELES, listed_offense_ca_7282_5="yes")
    assert route.standing == "undetermined"
    assert effect(route, "law-us-ca-la-county") == "undetermined"


def test_california_law_is_silent_before_it_began(catalog):
    assert effect(release(catalog, "2016-05", FRESNO), "law-us-ca-values-act") == "silent"


def test_a_borough_is_new_york_city(catalog):
    route = release(catalog, "2023-05", BROOKLYN, listed_offense_nyc_9_131="no")
    assert effect(route, "law-us-ny-nyc-detainer") == "close"


@pytest.mark.parametrize(("when", "says"), [("2024-05", "close"), ("2018-05", "silent")], ids=["2024", "2018"])
def test_illinois_closes_from_the_day_of_its_second_act_and_not_of_its_first(catalog, when, says):
    assert effect(release(catalog, when, PEORIA), "law-us-il-trust-act") == says


@pytest.mark.parametrize(("shown", "says"), [("no", "practice_yes"), ("yes", "lifted")], ids=["no proof", "proof"])
def test_texas_answers_the_practice_question_unless_the_jail_saw_proof(catalog, shown, says):
    told = {"detainer-ever": "yes", "shown-lawful-status-proof": shown}
    (route,) = routes(catalog, RELEASE, "jail-booking", "2024-05", HOUSTON, told)
    assert effect(route, "law-us-tx-sb4") == says
    assert route.standing == "undetermined"


@pytest.mark.parametrize(
    ("state", "standing", "law", "says"),
    [
        ("NY", "closed", "law-us-ny-green-light", "close"),
        ("CA", "undetermined", "law-us-ca-clets-ab1747", "undetermined"),
        ("TX", "open", "law-us-dppa", "show"),
    ],
)
def test_a_licence_look_up_is_barred_doubtful_or_open_by_state(catalog, state, standing, law, says):
    found = routes(catalog, LOOK_UP, "dmv-standard-licence", "2024-09", Where(state=state))
    by_licence = next(route for route in found if route.systems[0] == "dmv-driver")
    assert (by_licence.standing, effect(by_licence, law)) == (standing, says)


@pytest.mark.parametrize("where", [FRESNO, LOS_ANGELES, BROOKLYN, PEORIA], ids=["CA", "LA", "NYC", "IL"])
def test_no_state_or_city_law_bars_booking_prints(catalog, where):
    matter = Matter(
        code="X",
        client={"dhs-prints": "yes"},
        touchpoints=(Touchpoint(id="t1", kind="jail-booking", when="2024-05", where=where, facts={"printed": "yes"}),),
    )
    found = [
        hop
        for route in map_exposure(matter, catalog, date(2026, 6, 30)).routes.values()
        for hop in route.hops
        if catalog.flows[hop.flow].mechanism == "booking-prints"
    ]
    assert found
    assert not [hop.flow for hop in found if any(row.effect == "close" for row in hop.law)]


def test_an_unknown_place_closes_nothing_by_state_law(catalog):
    route = release(catalog, "2024-05", Where(), listed_offense_ca_7282_5="no")
    assert route.standing == "undetermined"
    assert not route.closed_by


def test_every_law_that_names_steps_or_mechanisms_stands_beside_one(catalog):
    """Keys that fit no step would hide the row from every map."""
    index = index_of(catalog)
    steps = [step for system in catalog.systems for step in index.leaving(system)]
    told = {law.row.id for step in steps for one in (step, *step.others) for law in (*one.laws, *one.shown)}
    named = {row.id for row in catalog.restrictions.values() if (row.flows or row.mechanisms or row.acts)}
    pending = {row.id for row in catalog.restrictions.values() if row.status == "pending"}
    assert named - pending - told == set()


def test_a_duty_is_told_beside_the_steps_of_those_who_have_it(catalog):
    index = index_of(catalog)
    told = {step.row.id: {law.row.id for law in step.shown} for name in catalog.systems for step in index.leaving(name)}
    assert {"law-us-anticommandeering", "law-us-8usc1373"} <= told[RELEASE]
    assert "law-us-anticommandeering" not in told["local-jail-jms--jail-roster-public--posting"]
    assert "law-us-8usc1373" not in told["scaap--ice-ero--status-verification"]


def test_what_a_statement_to_a_court_prints_of_a_law_gives_no_advice_on_a_client(catalog):
    """Of a law that acts on a route, what it says and its caveat stand in every document that tells the route."""
    advice = re.compile(r"\b(treat|do not promise|advise)\b|\btell(ing)? (a|the) client\b", re.IGNORECASE)
    acting = [law for law in catalog.restrictions.values() if law.acts]
    assert acting and not [law.id for law in acting if advice.search(f"{law.says} {law.caveat or ''}")]
