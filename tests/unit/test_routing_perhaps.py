"""A law of which it is not known whether it speaks here at all: told with what that turns on, never as if it spoke."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from clinic_mapper.casefile.model import Answer, Matter, Touchpoint, Where
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Condition
from clinic_mapper.memo.compose import compose
from clinic_mapper.memo.document import text_of
from clinic_mapper.memo.explain_text import explanation_in_words
from clinic_mapper.memo.law_text import bars_of
from clinic_mapper.memo.map_text import map_in_words
from clinic_mapper.memo.phrases import Voice
from clinic_mapper.memo.words import load_words
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.explain import explain
from clinic_mapper.routing.model import LawOnHop, Route
from clinic_mapper.ui.map_story import story_of
from tests.unit.drawn_catalogs import ASKED
from tests.unit.test_routing_regressions import FRESNO_COUNTY, LISTED, contact, flow, kind, law, mapped, only_route

TODAY = date(2026, 11, 24)
FRESNO = "US-CA-fresno"
SOMEWHERE = Where(state="CA")
IN_FRESNO = Where(state="CA", county="Fresno County", city="Fresno")
ELSEWHERE = Where(state="CA", county="Kern County", city="Bakersfield")
PRACTICE = Condition(practice="jail-sends-list")


def of_fresno(**more: Any) -> Any:
    return law(jurisdiction=FRESNO, **more)


def route_at(where: Where, *laws: Any, when: Condition | None = None, client: Any = None) -> Route:
    step = flow(when=when)
    return only_route(mapped([step], list(laws), [kind(questions=ASKED)], client, (contact(where=where),)))


def perhaps(would: Any, **more: Any) -> LawOnHop:
    return LawOnHop(id="law", effect="perhaps", unless=(), would=would, **more)


@pytest.mark.parametrize(
    ("doubt", "would"),
    [({}, "close"), ({"client_if": LISTED}, "undetermined"), ({"status": "contested"}, "undetermined")],
)
def test_a_bar_of_a_city_that_is_only_possible_is_told_as_one_that_would_bar(doubt, would):
    route = route_at(SOMEWHERE, of_fresno(**doubt))
    contested = bool(doubt.get("status"))
    assert route.standing == "undetermined"
    assert route.law == (perhaps(would, if_place=FRESNO, contested=contested),)
    assert ("place", "") in {(unknown.kind, unknown.id) for unknown in route.unknown}
    assert [each.effect for each in route_at(IN_FRESNO, of_fresno(**doubt)).law] == [would]
    assert route_at(ELSEWHERE, of_fresno(**doubt)).law == ()


def test_where_each_place_has_a_bar_of_its_own_the_route_is_closed_by_all_of_them():
    """The step is one of the county alone: in the city the city's law bars it, elsewhere the other."""
    others = law("other", FRESNO_COUNTY)
    here = Condition(place=(FRESNO_COUNTY,))
    route = route_at(Where(state="CA", county="Fresno County"), of_fresno(), others, when=here)
    assert route.closed_by == ("law",)
    assert [(each.id, each.effect) for each in route.law] == [("law", "perhaps"), ("other", "close")]


def test_of_a_route_closed_by_law_the_bars_are_named_that_surely_speak_or_else_all_that_would():
    """In the city the city's law bars it, elsewhere a law that is not about the city: neither speaks everywhere."""
    elsewhere = law("other", client_if=Condition(not_=Condition(place=(FRESNO,))))
    route = route_at(SOMEWHERE, of_fresno(), elsewhere)
    assert (route.closed_by, [each.effect for each in route.law]) == (("law",), ["perhaps", "perhaps"])
    assert set(bars_of(route.law)) == {"law", "other"}
    assert set(bars_of((*route.law, LawOnHop(id="sure", effect="close", unless=())))) == {"sure"}


def test_where_the_step_is_one_of_that_place_alone_its_law_surely_speaks():
    route = route_at(SOMEWHERE, of_fresno(), when=Condition(place=(FRESNO,)))
    assert (route.closed_by, [each.effect for each in route.law]) == (("law",), ["close"])


def mandate(**more: Any) -> Any:
    return law(**({"effect_on_route": "practice_yes", "answers": (PRACTICE,)} | more))


def test_a_mandate_of_a_place_that_is_only_possible_speaks_perhaps():
    route = route_at(SOMEWHERE, mandate(jurisdiction=FRESNO), when=PRACTICE)
    assert (route.standing, route.law) == ("undetermined", (perhaps("practice_yes", if_place=FRESNO),))
    assert route_at(IN_FRESNO, mandate(jurisdiction=FRESNO), when=PRACTICE).law[0].effect == "practice_yes"


@pytest.mark.parametrize(("answer", "effect"), [("yes", "practice_yes"), ("no", None), ("unknown", "perhaps")])
def test_a_mandate_that_may_not_be_about_the_client_speaks_perhaps(answer, effect):
    route = route_at(IN_FRESNO, mandate(client_if=LISTED), when=PRACTICE, client={"listed": answer})
    assert [each.effect for each in route.law] == ([effect] if effect else [])
    if effect == "perhaps":
        assert route.law == (perhaps("practice_yes", if_client=True),)
        assert {unknown.id for unknown in route.unknown} == {"listed", "jail-sends-list"}


def shown_only(**more: Any) -> Any:
    return law(acts=False, effect_on_route="show", flows=("f",), **more)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("yes", (LawOnHop(id="law", effect="show", unless=()),)),
        ("no", ()),
        ("unknown", (perhaps("show", if_client=True),)),
    ],
)
def test_a_text_that_is_only_shown_is_shown_to_those_it_may_be_about(answer, told):
    assert route_at(IN_FRESNO, shown_only(client_if=LISTED), client={"listed": answer}).law == told
    no_answer = shown_only(client_if=Condition(fact="printed", is_="yes"))
    assert route_at(IN_FRESNO, no_answer).law == (perhaps("show", if_client=True),)


def test_a_text_of_a_place_that_is_only_possible_is_shown_as_such():
    assert route_at(SOMEWHERE, shown_only(jurisdiction=FRESNO)).law == (perhaps("show", if_place=FRESNO),)
    assert route_at(IN_FRESNO, shown_only(jurisdiction=FRESNO)).law[0].effect == "show"


def test_a_federal_row_about_some_states_speaks_perhaps_where_the_state_is_not_known():
    about = law(client_if=Condition(place=("US-CA",)), effect_on_route="undetermined")
    assert route_at(Where(), about).law == (perhaps("undetermined", if_place="US"),)
    assert [each.effect for each in route_at(SOMEWHERE, about).law] == ["undetermined"]
    assert route_at(Where(state="NY"), about).law == ()


# --- the shipped catalog ----------------------------------------------------------------------------------------------

CATALOG = load_catalog()
SAID = {
    "en": "if this was in City and County of San Francisco (CA): bars this step on paper",
    "es": "si esto fue en City and County of San Francisco (CA): prohíbe este paso en el papel",
}


def booked() -> Matter:
    """On California's own list, so that the state's law gives way; whether a city's law speaks turns on the city."""
    client: dict[str, Answer | str] = {
        "detainer-ever": Answer(value="yes", since="2024-05"), "in-custody": "past",
        "listed-offense-ca-7282-5": "yes", "listed-offense-sf-12i": "no",
    }  # fmt: skip
    jail = Touchpoint(
        id="t1", kind="jail-booking", when="2024-05", where=SOMEWHERE, practices={"jail-notifies-ice": "yes"}
    )
    return Matter(code="CASE", client=client, touchpoints=(jail,))


@pytest.mark.parametrize("lang", SAID)
def test_memo_and_explanation_say_in_which_place_the_law_would_bar_it(lang):
    matter = booked()
    exposure = map_exposure(matter, CATALOG, TODAY, ask=False)
    route = next(r for r in exposure.routes.values() if r.flows[-1] == "local-jail-jms--ice-ero--release-notification")
    assert route.standing == "undetermined"
    assert all(each.effect != "close" for each in route.law)
    why = explain(route.id, matter, CATALOG, TODAY)
    assert why is not None
    told = explanation_in_words(why, Voice(matter, CATALOG, exposure, load_words(lang)))
    memo = text_of(compose(matter, CATALOG, exposure, "supervisor", lang))
    for text in (told, memo):
        assert SAID[lang] in " ".join(text.split())
    assert any(SAID["en"] in block.text for block in story_of(route.id, exposure, matter, CATALOG))
    told = " ".join(map_in_words(matter, CATALOG, exposure).split("CLOSED")[0].split())
    bars = "barred on paper by Sanctuary City and Due Process for All"
    assert told.count(f"if this was in City and County of San Francisco (CA): {bars}") == told.count(bars) > 0
