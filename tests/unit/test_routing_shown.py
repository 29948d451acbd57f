"""A step of which an answer shows that it happened: neither practice nor law closes it; the law was broken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from msgspec.structs import replace

from clinic_mapper.casefile.model import Answer, Matter, Touchpoint, Where
from clinic_mapper.catalog import model
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Catalog, Condition
from clinic_mapper.memo.compose import compose
from clinic_mapper.memo.document import text_of
from clinic_mapper.memo.explain_text import because, explanation_in_words
from clinic_mapper.memo.map_text import map_in_words
from clinic_mapper.memo.phrases import Voice
from clinic_mapper.memo.readers import load_profile
from clinic_mapper.memo.withhold import withhold
from clinic_mapper.memo.words import load_words
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.explain import explain
from clinic_mapper.routing.live import LiveMap
from clinic_mapper.routing.model import ExposureMap, Route, Unknown
from clinic_mapper.routing.reading import Reading
from clinic_mapper.routing.wire import as_json
from clinic_mapper.ui import map_words
from tests.unit.drawn_catalogs import ASKED, catalog_of, catalogs_with_matters
from tests.unit.test_routing_regressions import (
    LISTED,
    NOT_LISTED,
    SYSTEMS,
    contact,
    flow,
    kind,
    law,
    mapped,
    only_route,
)

TODAY = date(2026, 11, 24)
CALLED = Condition(fact="printed", is_="yes")
ASKS = kind(questions=ASKED)


def told(answer: str, **more: Any) -> tuple[Touchpoint, ...]:
    return (contact(facts={"printed": answer}, **more),)


def shown(**more: Any) -> model.Flow:
    return flow(shown_by=CALLED, **more)


def laws_on(route: Route) -> list[tuple[str, str]]:
    return [(each.id, each.effect) for each in route.law]


def test_law_does_not_close_what_an_answer_shows_to_have_happened():
    route = only_route(mapped([shown()], [law()], [ASKS], contacts=told("yes")))
    assert (route.standing, route.closed_by, route.tense) == ("open", (), "sent")
    assert laws_on(route) == [("law", "broken")]
    assert route.hops[0].shown


@pytest.mark.parametrize("answer", ["no", "unknown", "declined"])
def test_an_answer_that_does_not_show_it_says_nothing(answer):
    route = only_route(mapped([shown()], [law()], [ASKS], contacts=told(answer)))
    assert (route.standing, route.closed_by, laws_on(route)) == ("closed", ("law",), [("law", "close")])
    assert not route.hops[0].shown
    asked = only_route(mapped([shown()], [law(client_if=LISTED)], [ASKS], contacts=told(answer)))
    assert [unknown.id for unknown in asked.unknown] == ["listed"]


def test_a_question_that_this_contact_does_not_ask_shows_nothing():
    for condition in (CALLED, Condition(all=(CALLED, Condition(fact="charged", is_="yes")))):
        step = flow(shown_by=condition)
        for asked in ((), ASKED[1:2]):
            contacts = (contact(facts={"printed": "yes", "charged": "yes"}),)
            route = only_route(mapped([step], [law()], [kind(questions=asked)], contacts=contacts))
            assert route.closed_by == ("law",)


@pytest.mark.parametrize("when", [Condition(practice="x"), Condition(agreement="287g-jail")])
@pytest.mark.parametrize("noted", [{}, {"x": "no", "287g-jail": "no", "f": "no"}], ids=["nothing noted", "noted: no"])
def test_practice_is_answered_whatever_is_noted_of_it(when, noted):
    step = shown(when=when, practice="not_known_by_place")
    route = only_route(mapped([step], [], [ASKS], contacts=told("yes", practices=noted)))
    assert (route.standing, route.tense) == ("open", "sent")
    assert only_route(mapped([step], [], [ASKS], contacts=told("no", practices=noted))).standing != "open"


def test_on_days_that_an_answer_does_not_show_a_mandate_still_answers_the_practice():
    """An order since 2014 shows what happened from then on; the mandate speaks of the years before as well."""
    sends = Condition(practice="x")
    step = flow(when=sends, shown_by=Condition(client="order", is_="yes"))
    mandate = law(effect_on_route="practice_yes", answers=(sends,))
    client: dict[str, Answer | str] = {"order": Answer(value="yes", since="2014-03-01")}
    years = (contact(when="2012/2016"),)
    assert only_route(mapped([step], [mandate], client=client, contacts=years)).standing == "open"
    assert only_route(mapped([step], client=client, contacts=years)).standing == "undetermined"


def test_what_is_neither_practice_nor_law_still_closes_it():
    step = shown(when=LISTED)
    route = only_route(mapped([step], [law()], [ASKS], {"listed": "no"}, told("yes")))
    assert ("fact" in route.closed_by, laws_on(route)) == (True, [("law", "close")])


def test_a_bar_in_doubt_stays_for_counsel_and_leaves_the_step_open():
    for doubtful in ({"status": "contested"}, {"effect_on_route": "undetermined"}, {"client_if": LISTED}):
        route = only_route(mapped([shown()], [law(**doubtful)], [ASKS], contacts=told("yes")))
        assert (route.standing, route.unknown, laws_on(route)) == ("open", (), [("law", "undetermined")])


@pytest.mark.parametrize("client", [{}, {"in-custody": Answer(value="now")}], ids=["not told", "in custody now"])
def test_what_happened_was_sent_although_the_stay_goes_on(client):
    step, stay = shown(timing="in_custody"), kind(questions=ASKED, custody=True)
    assert only_route(mapped([step], [], [stay], client, told("yes"))).tense == "sent"
    if client:
        assert only_route(mapped([step], [], [stay], client, told("no"))).tense == "next_time"


def asked_of(route: Route) -> set[tuple[str, str]]:
    return {(unknown.kind, unknown.id) for unknown in route.unknown}


def test_neither_law_nor_practice_is_asked_about_where_an_answer_shows_the_step():
    judged = law(effect_on_route="undetermined")
    step = shown(when=LISTED, practice="not_known_by_place")
    route = only_route(mapped([step], [judged], [ASKS], contacts=told("yes")))
    assert (route.standing, asked_of(route)) == ("undetermined", {("fact", "listed")})
    not_shown = only_route(mapped([step], [judged], [ASKS], contacts=told("unknown")))
    assert asked_of(not_shown) == {("fact", "listed"), ("practice", "f"), ("judge", "law")}


def test_that_one_half_of_a_pair_is_shown_leaves_the_other_in_doubt():
    pair = [shown(when=LISTED), flow("g", when=NOT_LISTED, either_with="f")]
    route = only_route(mapped(pair, [law(effect_on_route="undetermined")], [ASKS], contacts=told("yes")))
    assert (route.standing, asked_of(route)) == ("undetermined", {("fact", "listed"), ("judge", "law")})


def test_an_answer_is_tried_with_what_it_would_show():
    """The first step asks it; that it shows the second one is no question of its own."""
    steps = [flow(to="state", when=CALLED), flow("g", "state", practice="not_known_by_place", shown_by=CALLED)]
    catalog = catalog_of(SYSTEMS, steps, [], [ASKS])
    matter = Matter(code="CASE", touchpoints=(contact(),))
    reading = Reading(matter, catalog, TODAY)
    lines = map_exposure(matter, catalog, TODAY, ask=False).lines
    asked = Unknown(kind="fact", id="printed", touchpoint="t1")
    for answer, standing in (("yes", "open"), ("no", "closed")):
        tried = reading.standings_if(asked, Answer(value=answer), lines)
        assert [found for _, found in tried] == [standing]
        assert only_route(mapped(steps, [], [ASKS], contacts=told(answer))).standing == standing


def test_the_map_that_lives_hears_what_an_answer_about_the_client_shows():
    catalog = catalog_of(SYSTEMS, [flow(shown_by=LISTED)], [law()], [kind()])
    before = Matter(code="CASE", touchpoints=(contact(),))
    after = replace(before, client={"listed": "yes"})
    live = LiveMap()
    assert only_route(live.map(before, catalog, TODAY)).standing == "closed"
    assert as_json(live.map(after, catalog, TODAY)) == as_json(map_exposure(after, catalog, TODAY))
    assert only_route(live.map(after, catalog, TODAY)).standing == "open"


@given(catalogs_with_matters())
def test_what_shows_nothing_changes_nothing(drawn):
    """Not a word of the map: an unknown answer is no evidence, and its absence is none either."""
    catalog, matter = drawn
    silent = tuple(replace(each, facts=each.facts | {"printed": "unknown"}) for each in matter.touchpoints)
    matter = replace(matter, touchpoints=silent)

    def with_shown(condition: Condition | None) -> bytes:
        flows = {name: replace(row, shown_by=condition) for name, row in catalog.flows.items()}
        return as_json(map_exposure(matter, replace(catalog, flows=flows), TODAY, ask=False))

    assert with_shown(CALLED) == with_shown(None)


# --- the shipped catalog ----------------------------------------------------------------------------------------------

CATALOG = load_catalog()


@dataclass(frozen=True)
class Account:
    """What a client tells of one contact, and the step that it shows."""

    kind: str
    facts: dict[str, Answer | str]
    step: str
    client: tuple[str, str] = ("in-custody", "unknown")

    def map(self, state: str, catalog: Catalog = CATALOG) -> tuple[Matter, ExposureMap]:
        where = Touchpoint(id="t1", kind=self.kind, when="2025-03", where=Where(state=state), facts=self.facts)
        matter = Matter(code="CASE", client=dict([self.client]), touchpoints=(where,))
        return matter, map_exposure(matter, catalog, TODAY, ask=False)


ACCOUNTS = {
    "handed over": Account("state-prison-term", {"released_to": "ICE"}, "state-prison--ice-ero--intake-referral"),
    "ICE in prison": Account(
        "state-prison-term", {"ice_talk": "ICE officer"}, "state-prison--ice-ero--institutional-removal"
    ),
    "ICE in jail": Account("jail-booking", {"ice_talk": "ICE officer"}, "local-jail-jms--ice-ero--officer-stationed"),
    "the office told ICE": Account(
        "probation-check-in", {"office-told-ice": "yes"}, "probation-parole--ice-ero--appointment-sharing",
        ("on-supervision-now", "yes"),
    ),
    "the officer called ICE": Account(
        "traffic-ticket-borrowed-car", {"ice-mentioned": "officer called"}, "local-police-rms--ice-ero--informal-call"
    ),
}  # fmt: skip


def shown_route(exposure: ExposureMap, step: str) -> Route:
    return next(route for route in exposure.routes.values() if route.flows == (step,))


@pytest.mark.parametrize("account", ACCOUNTS.values(), ids=ACCOUNTS)
def test_in_a_state_whose_law_bars_it_the_step_is_open_sent_and_the_law_broken(account):
    _, exposure = account.map("OR")
    route = shown_route(exposure, account.step)
    assert (route.standing, route.tense) == ("open", "sent")
    assert ("law-us-or-sanctuary", "broken") in laws_on(route)


@pytest.mark.parametrize("account", ACCOUNTS.values(), ids=ACCOUNTS)
def test_every_row_that_answers_show_is_told_by_an_account_and_carries_examples(account):
    assert {row.id for row in CATALOG.flows.values() if row.shown_by} == {each.step for each in ACCOUNTS.values()}
    row = CATALOG.flows[account.step]
    assert row.judge is None and row.confidence != "inferred", "what answers show is in no doubt"
    examples = row.examples
    assert {("open", "sent"), ("closed", None)} <= {(each.gives, each.tense) for each in examples}


def test_federal_officers_who_came_do_not_show_that_police_called_ice():
    asked = Account(
        "police-stop-no-citation", {"status_questions": "yes", "waited_for_ice": "yes", "name_run": "yes"},
        "local-police-rms--ice-ero--informal-call",
    )  # fmt: skip
    assert shown_route(asked.map("OR")[1], asked.step).closed_by == ("law",)


SAID = {
    "en": ("barred on paper by", "as of 2025)", "but the answers show that it happened", "a ground to challenge"),
    "es": (
        "prohibida en el papel por",
        "fecha del dato: 2025)",
        "pero las respuestas muestran que ocurrió",
        "motivo para impugnar",
    ),
}


@pytest.mark.parametrize("lang", SAID)
def test_map_memo_window_and_explanation_say_that_the_law_was_not_kept(lang):
    matter, exposure = ACCOUNTS["handed over"].map("OR")
    route = shown_route(exposure, ACCOUNTS["handed over"].step)
    voice = Voice(matter, CATALOG, exposure, load_words(lang))
    why = explain(route.id, matter, CATALOG, TODAY)
    assert why is not None
    memo = text_of(compose(matter, CATALOG, exposure, "supervisor", lang))
    for text in (map_in_words(matter, CATALOG, exposure, lang), explanation_in_words(why, voice)):
        flat = " ".join(text.split()).lower()
        assert all(part in flat for part in SAID[lang]), text
    assert load_words(lang)("grounds.bars", lines="").split(":")[0] in memo
    assert load_words(lang)("appendix.shown").strip() not in memo, "the law's sentence says so already"
    assert memo.count(load_words(lang)("lines.broken")) == 2, "with the grounds to challenge and at the step"
    assert all(part in map_words.reason_of(exposure.lines[0], route, matter, CATALOG) for part in SAID["en"])


def test_where_no_law_bars_it_the_memo_says_that_the_step_happened():
    matter, exposure = ACCOUNTS["handed over"].map("OH")
    said = load_words("en")("appendix.shown").strip()
    assert said in text_of(compose(matter, CATALOG, exposure, "supervisor"))
    assert said not in text_of(withhold(compose(matter, CATALOG, exposure, "court"), load_profile("court")))


@pytest.mark.parametrize("lang", SAID)
def test_who_may_not_read_answers_reads_the_law_alone(lang):
    matter, exposure = ACCOUNTS["handed over"].map("OR")
    profile = load_profile("court")
    page = text_of(withhold(compose(matter, CATALOG, exposure, "court", lang), profile))
    assert load_words(lang)("law_effect.close") in page
    assert not any(load_words(lang)(key).strip() in page for key in ("lines.broken", "appendix.shown"))


def test_the_explanation_answers_the_practice_by_the_answer_and_leaves_nothing_open():
    matter, exposure = ACCOUNTS["ICE in jail"].map("OR")
    route = shown_route(exposure, ACCOUNTS["ICE in jail"].step)
    why = explain(route.id, matter, CATALOG, TODAY)
    assert why is not None
    (hop,) = why.hops
    (practice,) = (each for each in hop.ground.leaves() if each.form == "practice")
    assert (practice.outcome, [each.kind for each in practice.told]) == ("yes", ["shown"])
    (bar,) = (each for each in hop.ground.leaves() if each.form == "bar" and each.id == "law-us-or-sanctuary")
    assert (bar.outcome, bar.decides) == ("no", False)
    assert any(each.form == "shown" and each.decides for each in hop.ground.leaves())
    assert why.tense.because == "shown"
    assert because(hop, Voice(matter, CATALOG, exposure, load_words("en")), "t1").not_known == ""
