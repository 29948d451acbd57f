"""Law of a county or city tells where a contact was: who does not see the place reads the law without its name."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from msgspec.structs import replace

from clinic_mapper.casefile.model import Agency, Answer, Matter, Touchpoint, Where
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo.export import make_memo
from clinic_mapper.memo.local_law import without_names_of_places
from clinic_mapper.memo.pdf_surfaces import page_texts
from clinic_mapper.memo.readers import Profile, load_profile
from clinic_mapper.memo.words import load_words
from clinic_mapper.problem import Problem
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.model import ExposureMap

TODAY = date(2026, 11, 26)
CITIES = {
    "San Francisco": (Where(state="CA", city="San Francisco"), ("San Francisco", "S.F.", "12I")),
    "New York City": (Where(state="NY", city="New York City"), ("New York City", "NYPD", "9-131")),
    "Chicago": (Where(state="IL", city="Chicago"), ("Chicago", "2-173")),
    "King County": (Where(state="WA", county="King"), ("King County", "K.C.C.")),
}

PRINTED = ("San Francisco", "New York City", "Chicago")
"""Where a law of the city acts on the strongest route of a line, which a memo prints."""


@cache
def catalog() -> Catalog:
    return load_catalog()


def booked_in(where: Where, kind: str = "jail-booking", client: dict[str, Answer | str] | None = None) -> Matter:
    booked = Touchpoint(id="t1", kind=kind, when="2024-05-11", where=where, facts={"printed": "yes"})
    return Matter(code="PL-1", touchpoints=(booked,), client=client or {})


def seeing(level: str) -> Profile:
    profile = load_profile("cocounsel")
    return replace(profile, tags={**profile.tags, "place": level})


def mapped(matter: Matter) -> ExposureMap:
    return map_exposure(matter, catalog(), TODAY)


def printed(matter: Matter, profile: Profile, lang: str = "en") -> str:
    memo = make_memo(matter, catalog(), mapped(matter), "cocounsel", lang, profile=profile)
    return " ".join(" ".join(page_texts(memo.pdf)).split())


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("city", PRINTED)
def test_where_the_place_is_not_seen_no_law_of_it_is_named(city, lang):
    where, names = CITIES[city]
    seen = printed(booked_in(where), seeing("keep"), lang)
    unseen = printed(booked_in(where), seeing("generalize:state"), lang)
    assert any(name in seen for name in names)
    assert not [name for name in names if name in unseen]
    assert load_words(lang)("place_law.name") in unseen


def test_who_sees_no_place_at_all_reads_no_law_of_a_city_either():
    unseen = printed(booked_in(CITIES["San Francisco"][0]), seeing("withhold"))
    assert "San Francisco" not in unseen and load_words("en")("place_law.name") in unseen


def test_who_sees_the_county_reads_its_law_and_not_that_of_the_city():
    matter = booked_in(Where(state="CA", county="Los Angeles", city="Los Angeles"))
    before = mapped(matter)
    told = without_names_of_places(matter, catalog(), before, seeing("generalize:county"), load_words("en"))
    named = {law.id for route in told.exposure.routes.values() for law in route.law}
    assert "law-us-ca-la-county" in named and "law-us-ca-la-city" not in named


@pytest.mark.parametrize("city", CITIES)
def test_standings_reasons_and_effects_are_as_they_were(city):
    matter = booked_in(CITIES[city][0])
    before = mapped(matter)
    after = without_names_of_places(matter, catalog(), before, seeing("generalize:state"), load_words("en")).exposure
    said = [
        [(line.id, line.standing, line.closed_by, bool(line.unknown)) for line in each.lines]
        for each in (before, after)
    ]
    assert said[0] == said[1]
    for id, route in before.routes.items():
        other = after.routes[id]
        assert [(law.effect, law.unless, law.contested) for law in route.law] == [
            (law.effect, law.unless, law.contested) for law in other.law
        ]
        assert bool(route.unknown) == bool(other.unknown)


def test_an_answer_to_a_question_that_only_such_a_law_asks_is_left_out():
    where, _ = CITIES["San Francisco"]
    matter = booked_in(where, client={"listed-offense-sf-12i": Answer("no", "attorney"), "in-custody": "before"})
    told = without_names_of_places(matter, catalog(), mapped(matter), seeing("generalize:state"), load_words("en"))
    assert told.matter.client.keys() == {"in-custody"}


def test_who_sees_the_place_has_everything_as_it_was():
    matter = booked_in(CITIES["Chicago"][0])
    before = mapped(matter)
    told = without_names_of_places(matter, catalog(), before, seeing("keep"), load_words("en"))
    assert told.matter is matter and told.catalog is catalog() and told.exposure is before


def test_a_place_that_was_not_told_is_not_hidden_and_its_possible_laws_are_named():
    matter = booked_in(Where(state="CA"))
    before = mapped(matter)
    told = without_names_of_places(matter, catalog(), before, seeing("generalize:state"), load_words("en"))
    assert told.exposure is before
    assert any(law.id == "law-us-ca-sf" for route in before.routes.values() for law in route.law)


def test_a_system_that_is_called_after_the_place_is_refused():
    matter = Matter(
        code="PL-2",
        touchpoints=(
            Touchpoint(
                id="t1", kind="told-gang-listed", when="2015", where=Where(state="IL", city="Chicago"),
                agency=Agency(kind="city police"),
            ),
        ),
    )  # fmt: skip
    exposure = mapped(matter)
    assert any("chicago-gang-data" in route.systems for route in exposure.routes.values())
    with pytest.raises(Problem) as refused:
        make_memo(matter, catalog(), exposure, "cocounsel", profile=seeing("generalize:state"))
    assert refused.value.code == "place-told"
