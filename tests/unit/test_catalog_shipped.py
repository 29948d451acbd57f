"""What the shipped catalog must be, said in sentences."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from clinic_mapper.catalog.check import check_catalog
from clinic_mapper.catalog.layout import canonical
from clinic_mapper.catalog.load import load_catalog, raw_files, shipped_folder
from clinic_mapper.catalog.model import Catalog, Restriction
from clinic_mapper.catalog.references import STATES
from clinic_mapper.resource_files import resources

FILES = dict(raw_files(shipped_folder()))
MUST_COVER = {
    "booking-prints",
    "rap-sheet-lookup",
    "name-check",
    "jail-tells-ice",
    "agreement-287g",
    "police-tell-ice",
    "police-exchanges",
    "gang-data",
    "dmv-lookup",
    "data-brokers",
}
ADDRESS = re.compile(r"https?:|www\.|[\w-]\.(?:com|org|net|gov|edu|io|info|mil|us)/", re.IGNORECASE)
WORKPLACE = re.compile(r"\bthe dossier\b|\bdossier row|this research|project seed|merge when building|\bflow keys?\b")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def acting(catalog: Catalog) -> list[Restriction]:
    return [row for row in catalog.restrictions.values() if row.acts]


def test_the_check_finds_nothing():
    assert [found.sentence for found in check_catalog()] == []


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_file_stands_in_the_one_layout(name):
    assert canonical(FILES[name]) == FILES[name], f"lay {name} out with clinic_mapper.catalog.layout.canonical"


def test_ids_are_unique():
    for kind in ("sources", "systems", "flows", "restrictions", "remedies", "touchpoints", "places"):
        ids = [row["id"] for raw in FILES.values() for row in json.loads(raw).get(kind, ())]
        assert len(ids) == len(set(ids)) > 0, kind


def test_nothing_ends_before_it_starts(catalog):
    for rows in (catalog.systems, catalog.flows, catalog.restrictions):
        for row in rows.values():
            if row.since and row.until:
                shared = min(len(row.since), len(row.until))
                assert row.since[:shared] <= row.until[:shared], row.id


def test_no_row_is_without_a_cite_and_every_cite_resolves(catalog):
    for rows in (catalog.systems, catalog.flows, catalog.restrictions, catalog.remedies):
        for row in rows.values():
            assert row.cites, row.id
            assert {cite.source for cite in row.cites} <= set(catalog.sources), row.id


def test_the_first_cut_is_as_large_as_promised(catalog):
    assert len(catalog.systems) >= 40
    assert len(catalog.flows) >= 80
    assert len(catalog.touchpoints) >= 20
    assert len(catalog.remedies) >= 30
    assert not MUST_COVER - {flow.mechanism for flow in catalog.flows.values()}


@pytest.mark.parametrize("state", ["US-CA", "US-NY", "US-TX"])
def test_the_law_of_the_promised_places_acts(catalog, state):
    assert any(row.jurisdiction.startswith(state) for row in acting(catalog))
    assert any(row.jurisdiction == "US" for row in catalog.restrictions.values())


def test_federal_law_closes_no_route(catalog):
    assert not [row.id for row in acting(catalog) if row.jurisdiction == "US" and row.effect_on_route == "close"]


def test_no_law_closes_or_opens_anything_on_what_nobody_read(catalog):
    recalled = [row for row in acting(catalog) if all(cite.basis == "recalled" for cite in row.cites)]
    assert {row.effect_on_route for row in recalled} <= {"undetermined"}


def test_no_law_closes_booking_prints(catalog):
    steps = {flow.id for flow in catalog.flows.values() if flow.mechanism == "booking-prints"}
    for row in acting(catalog):
        if row.effect_on_route == "close":
            reached = set(row.flows) & steps if row.flows else steps - set(row.not_flows)
            assert "booking-prints" not in row.mechanisms and not (row.flows and reached), row.id
            assert row.mechanisms or row.flows, f"{row.id} would touch every mechanism"


def test_steps_bound_to_the_hours_of_a_custody_are_marked(catalog):
    assert len([remedy for remedy in catalog.remedies.values() if remedy.in_custody]) >= 4


@pytest.mark.parametrize("name", sorted(FILES))
def test_no_file_holds_an_address_on_the_web_or_talk_of_how_it_was_made(name):
    text = FILES[name].decode()
    assert not ADDRESS.findall(text)
    assert not WORKPLACE.findall(text)


def test_a_place_lies_in_a_county_of_the_census_list(catalog):
    listed = json.loads((resources() / "places" / "counties.json").read_text("utf-8"))
    assert {state["code"] for state in listed["states"]} == STATES
    counties = {state["code"]: set(state["counties"]) for state in listed["states"]}
    assert sum(map(len, counties.values())) > 3200
    for place in catalog.places.values():
        if place.kind == "county":
            assert place.name in counties[place.id[3:5]], place.id


def test_new_york_city_is_five_counties_whole_and_boston_is_not_suffolk(catalog):
    new_york = catalog.places["US-NY-new-york-city"]
    assert (len(new_york.counties), new_york.fills) == (5, True)
    assert catalog.places["US-CA-san-francisco"].fills
    assert not catalog.places["US-MA-boston"].fills


def test_a_catalog_folder_holds_nothing_but_catalog_files():
    strangers = [path for path in shipped_folder().rglob("*") if path.is_file() and path.suffix != ".json"]
    assert strangers == [], [Path(path).name for path in strangers]
