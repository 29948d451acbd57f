"""Places: an unknown county or city is every way it could be; a city that fills its counties is known by them."""

from __future__ import annotations

import pytest

from clinic_mapper.casefile.model import Where
from clinic_mapper.casefile.places import county_id, county_named, in_words, states
from clinic_mapper.catalog.model import NamedPlace
from clinic_mapper.routing.worlds import NOWHERE, NamedPlaces

PLACES = (
    NamedPlace(id="US-NY-kings-county", name="Kings County", kind="county"),
    NamedPlace(
        id="US-NY-new-york-city",
        name="New York City",
        kind="city",
        counties=("US-NY-kings-county", "US-NY-queens-county"),
        fills=True,
        aliases=("NYC", "Brooklyn"),
    ),
    NamedPlace(id="US-IL-cook-county", name="Cook County", kind="county"),
    NamedPlace(id="US-CA-lakeport", name="Lake Port City", kind="city"),
    NamedPlace(id="US-IL-chicago", name="Chicago", kind="city", counties=("US-IL-cook-county",)),
)
NAMED = NamedPlaces(PLACES, [place.id for place in PLACES] + ["US", "US-TX"])


def holds(where: Where, place: str) -> bool | None:
    """Three-valued: in every world, in none, or it depends."""
    found = {place in world for world in NAMED.worlds(where)}
    return found.pop() if len(found) == 1 else None


@pytest.mark.parametrize(
    ("where", "place", "expected"),
    [
        (Where(state="NY", county="Kings"), "US-NY-new-york-city", True),
        (Where(state="NY", city="nyc"), "US-NY-new-york-city", True),
        (Where(state="NY", city="Brooklyn"), "US-NY-new-york-city", True),
        (Where(state="NY", county="Albany County"), "US-NY-new-york-city", False),
        # No gazetteer stands behind this: a town we do not know may lie in any county until its county is told.
        (Where(state="NY", city="Buffalo"), "US-NY-new-york-city", None),
        (Where(state="NY", city="Buffalo", county="Erie County"), "US-NY-new-york-city", False),
        (Where(state="NY"), "US-NY-new-york-city", None),
        (Where(state="IL", county="Cook County"), "US-IL-chicago", None),
        (Where(state="IL", county="Cook County", city="Evanston"), "US-IL-chicago", False),
        (Where(state="IL", city="Chicago"), "US-IL-cook-county", True),
        (Where(state="IL", county="Sangamon County"), "US-IL-chicago", False),
        (Where(state="TX"), "US-TX", True),
        (Where(state="TX"), "US-IL-cook-county", False),
        (Where(), "US-TX", None),
        (Where(), "US", None),
        (Where(state="WY"), "US", True),
        (Where(state="NY", county="No Such County"), "US-NY-kings-county", None),
        # Told without its state it may be the city of that name: never "not there".
        (Where(city="Chicago"), "US-IL-chicago", None),
        (Where(city="Chicago"), "US-NY-new-york-city", None),
        (Where(city="Evanston"), "US-IL-chicago", False),
        # Of the counties of a city the one that was told.
        (Where(state="NY", county="Kings County", city="New York City"), "US-NY-kings-county", True),
        (Where(state="NY", county="Kings County", city="New York City"), "US-NY-queens-county", False),
        (Where(state="NY", city="New York City"), "US-NY-kings-county", None),
        # A city that no county is told of, by the name in its id.
        (Where(state="CA", city="Lakeport"), "US-CA-lakeport", True),
        (Where(state="CA", city="Lake Port City"), "US-CA-lakeport", True),
        (Where(state="CA"), "US-CA-lakeport", None),
    ],
)
def test_a_named_place_holds_does_not_hold_or_is_open(where, place, expected):
    assert holds(where, place) is expected


def test_a_city_that_fills_its_counties_holds_wherever_one_of_them_does():
    for where in (Where(), Where(state="NY"), Where(state="NY", county="Kings County")):
        assert all("US-NY-new-york-city" in world for world in NAMED.worlds(where) if "US-NY-kings-county" in world), (
            where
        )


def test_an_unknown_place_is_never_somewhere_in_the_us():
    assert NOWHERE in NAMED.worlds(Where())
    assert NAMED.states == ["US-CA", "US-IL", "US-NY", "US-TX"]


def test_all_states_the_district_and_the_territories_can_be_picked():
    assert len(states()) >= 56
    assert {"CA", "DC", "PR", "GU", "VI", "AS", "MP"} <= set(states())


@pytest.mark.parametrize(
    ("state", "said", "name"),
    [
        ("CA", "san mateo", "San Mateo County"),
        ("LA", "Orleans", "Orleans Parish"),
        ("IL", "COOK COUNTY", "Cook County"),
        ("CA", "Frankin", None),
        ("", "Cook", None),
        ("IL", "", None),
    ],
)
def test_a_county_is_found_by_what_people_say_and_never_guessed(state, said, name):
    assert county_named(state, said) == name


def test_a_county_that_does_not_exist_is_no_county():
    assert county_id(Where(state="CA", county="Atlantis")) == ""


def test_a_place_is_said_as_far_as_it_is_known():
    assert in_words(Where(state="CA", county="Alameda County", city="Oakland")) == "Oakland, Alameda County, California"
    assert in_words(Where()) == "place unknown"


def test_a_town_nobody_knows_may_be_part_of_a_city_whose_counties_no_rule_names():
    named = NamedPlaces(PLACES, ["US-NY-new-york-city", "US-IL-chicago"])
    assert {"US-NY-new-york-city" in world for world in named.worlds(Where(state="NY", city="Flushing"))} == {
        True,
        False,
    }
    assert not any("US-IL-chicago" in world for world in named.worlds(Where(state="IL", city="Evanston")))
