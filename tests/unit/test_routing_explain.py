"""Why a route stands as it does: never other than the map says, nothing open left out, and told in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_mapper import cli
from clinic_mapper.casefile.codec import encode_case
from clinic_mapper.casefile.dates import from_day, until_day
from clinic_mapper.casefile.model import Agency, Answer, Matter, Touchpoint, Where
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Catalog, KnownPractice
from clinic_mapper.memo.explain_text import because, explanation_in_words
from clinic_mapper.memo.ground_text import GroundWords
from clinic_mapper.memo.phrases import Voice
from clinic_mapper.memo.terminal_page import WIDTH
from clinic_mapper.memo.words import LANGUAGES, load_words
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.examples import case_of
from clinic_mapper.routing.explain import explain, explain_read
from clinic_mapper.routing.explanation import Explanation, Form, Ground, Outcome, Told
from clinic_mapper.routing.live import LiveMap
from clinic_mapper.routing.model import ExposureMap, Route, Unknown
from clinic_mapper.routing.reading import Reading
from clinic_mapper.ui.map_because import becauses
from clinic_mapper.ui.map_story import story_of
from clinic_mapper.whole_job import sample_matter
from tests.unit.drawn_matters import matters

TODAY = date(2026, 11, 24)
FRESNO = Where(state="CA", county="Fresno County")
MOST_ROUTES = 12


@lru_cache(maxsize=1)
def catalog() -> Catalog:
    return load_catalog()


def any_matter() -> st.SearchStrategy[Matter]:
    return st.deferred(lambda: matters(catalog(), most=2))


def explained(matter: Matter, first: int = 0) -> Iterator[tuple[Route, Explanation]]:
    """Routes of the map with their explanations, at most some of them, from one on."""
    exposure, reading = map_exposure(matter, catalog(), TODAY, ask=False), Reading(matter, catalog(), TODAY)
    routes = list(exposure.routes.values())
    start = first % max(len(routes), 1)
    for route in (routes[start:] + routes[:start])[:MOST_ROUTES]:
        why = explain_read(route.id, reading)
        assert why is not None
        yield route, why


@given(any_matter(), st.integers(0, 500))
def test_an_explanation_says_of_every_route_what_the_map_says(matter, first):
    for route, why in explained(matter, first):
        for name in ("standing", "closed_by", "touchpoint", "mechanism", "line", "unknown", "cites"):
            assert getattr(why, name) == getattr(route, name), name
        assert why.route == route.id and why.record.system == route.systems[0]
        assert tuple(each.hop for each in why.hops) == route.hops
        assert tuple(tuple(law.law for law in each.law) for each in why.hops) == tuple(hop.law for hop in route.hops)
        assert why.tense.tense == route.tense
        assert why.weakest.confidence == route.confidence and why.weakest.as_of >= route.as_of


@given(any_matter(), st.integers(0, 500))
def test_every_unknown_of_a_route_stands_in_its_tree(matter, first):
    for route, why in explained(matter, first):
        told = {ground.unknown for ground in why.grounds()}
        assert set(route.unknown) <= told, (route.id, set(route.unknown) - told)


@given(any_matter(), st.integers(0, 500))
def test_whatever_is_open_and_decides_is_among_the_unknowns_of_its_route(matter, first):
    for route, why in explained(matter, first):
        if route.standing != "undetermined":
            continue
        for ground in why.grounds():
            if ground.decides and ground.outcome == "unknown" and ground.unknown:
                assert ground.unknown in route.unknown, (route.id, ground)


@given(any_matter(), st.integers(0, 500))
def test_what_joins_grounds_is_what_they_amount_to(matter, first):
    for _, why in explained(matter, first):
        for hop in why.hops:
            assert (hop.ground.outcome == "no") == (hop.hop.standing == "closed")
            if not hop.hop.either:
                adds_up(hop.ground)
        adds_up(why.record.ground)


def adds_up(ground: Ground) -> None:
    outcomes = {part.outcome for part in ground.parts}
    if ground.form == "not":
        turned = {"yes": "no", "no": "yes"}
        assert {turned.get(each, each) for each in outcomes} == {ground.outcome}
    if ground.form in ("all", "any"):
        sure, never = ("yes", "no") if ground.form == "all" else ("no", "yes")
        if never in outcomes:
            assert ground.outcome == never, ground
        if outcomes <= {sure}:
            assert ground.outcome == sure, ground
        assert "unknown" in outcomes or ground.outcome != "unknown", ground
    for part in ground.parts:
        adds_up(part)


@given(any_matter(), st.integers(0, 500))
def test_standing_follows_from_record_hops_and_the_whole(matter, first):
    for route, why in explained(matter, first):
        parts = [why.record.standing, *(each.hop.standing for each in why.hops)]
        if route.standing == "open":
            assert set(parts) == {"open"} and not why.whole
        elif route.standing == "closed":
            assert "closed" in parts or any(each.outcome == "no" for each in why.whole)
        else:
            assert "closed" not in parts
            assert "undetermined" in parts or why.whole


@given(any_matter(), st.integers(0, 500))
def test_the_same_matter_gives_the_same_explanation_and_each_can_be_told(matter, first):
    exposure = map_exposure(matter, catalog(), TODAY, ask=False)
    for route, why in list(explained(matter, first))[:4]:
        again = explain(route.id, matter, catalog(), TODAY)
        assert msgspec.json.encode(why) == msgspec.json.encode(again)
        for lang in LANGUAGES:
            voice = Voice(matter, catalog(), exposure, load_words(lang))
            text = explanation_in_words(why, voice)
            assert max(map(len, text.splitlines())) <= WIDTH
            assert voice.words(f"explain.title_{route.standing}").upper() in text
            for hop in why.hops:
                because(hop, voice, route.touchpoint)


def test_a_route_that_the_map_does_not_have_has_no_explanation():
    matter = sample_matter()
    for id in ("", "t9", "t9.0000000000", "nobody.483c1cb897", "."):
        assert explain(id, matter, catalog(), TODAY) is None


# --- worked cases ----------------------------------------------------------------------------------------------------


def booked(when: str, client: dict[str, Answer | str] | None = None) -> Matter:
    jail = Touchpoint(
        id="t1", kind="jail-booking", when=when, where=FRESNO, agency=Agency(kind="sheriff"), facts={"printed": "yes"}
    )
    return Matter(code="A-1", client=client or {}, touchpoints=(jail,))


def through(matter: Matter, flow: str, today: date = TODAY) -> tuple[Route, Explanation]:
    """The strongest route that holds a step, with its explanation."""
    exposure = map_exposure(matter, catalog(), today, ask=False)
    route = next(each for each in exposure.routes.values() if flow in each.flows)
    why = explain(route.id, matter, catalog(), today)
    assert why is not None
    return route, why


def grounds(why: Explanation, form: str, id: str = "") -> list[Ground]:
    return [each for each in why.grounds() if each.form == form and id in ("", each.id)]


def test_an_answer_that_decides_is_told_with_who_gave_it():
    matter = booked(
        "2024-05-11", client={"dhs-prints": Answer(value="yes", since="2005", source="paper", paper="I-94")}
    )
    route, why = through(matter, "ngi--ice-acrime-lesc--biometric-iaq")
    assert route.standing == "open"
    known = next(each for each in grounds(why, "client", "dhs-prints") if each.value == "yes")
    assert known.outcome == "yes" and known.decides
    (told,) = known.told
    assert (told.kind, told.value, told.source, told.paper, told.since) == ("answer", "yes", "paper", "I-94", "2005")


def test_a_contact_that_tells_a_fact_is_named_and_a_conflict_shows_both_sides():
    visa = Touchpoint(id="t2", kind="visa-entry", when="2015")
    plain = booked("2024-05-11")
    told = msgspec.structs.replace(plain, touchpoints=(*plain.touchpoints, visa))
    _, why = through(told, "ngi--ice-acrime-lesc--biometric-iaq")
    known = next(each for each in grounds(why, "client", "dhs-prints") if each.value == "yes")
    assert [(each.kind, each.touchpoint, each.value, each.sure) for each in known.told] == [
        ("contact", "t2", "yes", True)
    ]
    against = msgspec.structs.replace(told, client={"dhs-prints": "no"})
    _, why = through(against, "ngi--ice-acrime-lesc--biometric-iaq")
    conflict = next(each for each in grounds(why, "client", "dhs-prints") if each.value == "yes")
    assert conflict.outcome == "unknown"
    assert {(each.kind, each.value) for each in conflict.told} == {("answer", "no"), ("contact", "yes")}


def test_of_two_flows_that_part_on_one_fact_the_tree_shows_both():
    route, why = through(booked("2024-05-11"), "ngi--ice-acrime-lesc--biometric-iaq")
    number = next(number for number, hop in enumerate(route.hops) if hop.either)
    (either,) = [part for part in why.hops[number].ground.parts if part.form == "either"]
    asked = [{(leaf.id, leaf.value) for leaf in part.leaves()} for part in either.parts]
    assert ("dhs-prints", "yes") in asked[0] and ("dhs-prints", "no") in asked[1]


def test_a_law_that_bars_says_by_which_keys_it_speaks_and_that_it_decides():
    example = next(each for each in catalog().restrictions["law-us-ca-values-act"].examples if each.law == "close")
    matter, today = case_of(example), date.fromisoformat(example.today)
    route, why = through(matter, example.flow or "", today)
    assert "law" in route.closed_by
    bar = next(each for each in grounds(why, "bar", "law-us-ca-values-act") if each.outcome == "no")
    assert bar.decides
    law = next(each for hop in why.hops for each in hop.law if each.law.id == "law-us-ca-values-act")
    assert law.law.effect == "close" and law.by == "mechanism" and "local" in law.binds and "ice" in law.recipients
    assert law.law.unless


def test_a_mandate_that_answers_a_practice_is_told_as_who_told_it():
    example = catalog().restrictions["law-us-tx-sb4"].examples[1]
    route, why = through(case_of(example), example.flow or "law-us-tx-sb4", date.fromisoformat(example.today))
    told = [each for ground in grounds(why, "practice", "jail-notifies-ice") for each in ground.told]
    assert [(each.kind, each.id) for each in told] == [("mandate", "law-us-tx-sb4")]
    (mandate,) = grounds(why, "mandate", "law-us-tx-sb4")
    asked = {leaf.id: leaf.outcome for leaf in mandate.leaves() if leaf.form == "client"}
    assert asked["detainer-ever"] == "yes" and "shown-lawful-status-proof" in asked
    assert "law-us-tx-sb4" in {law.id for law in route.law}


def test_a_step_that_was_not_in_use_then_is_what_closes_and_says_since_when():
    row = catalog().flows["local-police-rms--ice-eid--287g-task-force"]
    arrest = Touchpoint(id="t1", kind="arrest-with-fingerprints", when="2024-05-11", where=Where(state="TX"))
    route, why = through(Matter(code="A-1", touchpoints=(arrest,)), row.id)
    assert route.standing == "closed" and "time" in route.closed_by
    (days,) = grounds(why, "days", row.id)
    assert days.outcome == "no" and days.decides and days.first == row.since
    assert [(each.kind, each.value) for each in days.told] == [("date", "2024-05-11")]


def test_where_nothing_is_told_the_tree_says_so():
    matter = Matter(code="A-1", touchpoints=(Touchpoint(id="t1", kind="jail-booking"),))
    route, why = through(matter, "local-jail-jms--state-id-bureau--booking-prints")
    assert route.standing == "undetermined"
    assert why.whole[0].form == "blank"
    fingerprints = [each for each in why.record.judged if each.items == ("fingerprints",)]
    assert fingerprints and all(each.ground.outcome == "unknown" and not each.ground.told for each in fingerprints)


def test_the_record_says_what_is_in_it_on_a_condition():
    _, why = through(booked("2024-05-11"), "local-jail-jms--state-id-bureau--booking-prints")
    (prints,) = [each for each in why.record.judged if each.items == ("fingerprints",)]
    assert prints.ground.outcome == "yes"
    assert [(each.id, each.value) for each in prints.ground.told] == [("printed", "yes")]
    assert "fingerprints" in why.record.data


def test_what_a_list_says_of_an_agency_is_told_as_who_told_it():
    row = KnownPractice(
        id="list-orange",
        answers="287g-jail",
        is_="yes",
        state="FL",
        county="Orange County",
        agency_kind="sheriff",
        since="2019-05-01",
        says="a list",
        as_of="2026-06-30",
    )
    laid = msgspec.structs.replace(catalog(), known_practices={row.id: row})
    where = Where(state="FL", county="Orange County")
    matter = booked("2024-05-11")
    matter = msgspec.structs.replace(matter, touchpoints=(msgspec.structs.replace(matter.touchpoints[0], where=where),))
    flow = "local-jail-jms--ice-eid--287g-jail-enforcement"
    exposure = map_exposure(matter, laid, TODAY, ask=False)
    route = next(each for each in exposure.routes.values() if flow in each.flows)
    why = explain(route.id, matter, laid, TODAY)
    agreed = grounds(why, "agreement", "287g-jail")
    assert [(each.kind, each.id, each.value) for each in agreed[0].told] == [("known", "list-orange", "yes")]
    assert agreed[0].outcome == "yes" and agreed[0].decides


@pytest.mark.parametrize(
    ("matter", "flow", "tense", "because_"),
    [
        (booked("2024-05-11"), "state-id-bureau--ngi--criminal-prints", "sent", "at_event"),
        (booked("2024-05-11"), "nlets--ice-ero--state-criminal-history", "within_reach", "today"),
        (
            Matter(code="A", touchpoints=(Touchpoint(id="t1", kind="immigration-court-hearing", when="2027"),)),
            "",
            "next_time",
            "to_come",
        ),
    ],
    ids=["at the event", "today", "to come"],
)
def test_a_tense_has_its_reason(matter, flow, tense, because_):
    exposure = map_exposure(matter, catalog(), TODAY, ask=False)
    routes = [each for each in exposure.routes.values() if (flow in each.flows or not flow) and each.tense == tense]
    assert routes
    found = [explain(each.id, matter, catalog(), TODAY) for each in routes]
    assert because_ in {each.tense.because for each in found if each}


def test_a_look_up_that_stopped_names_the_step_that_can_no_longer_be_made():
    exposure = map_exposure(sample_matter(), catalog(), TODAY, ask=False)
    over = [
        (route, why)
        for route in exposure.routes.values()
        if (why := explain(route.id, sample_matter(), catalog(), TODAY)) and why.tense.because == "over"
    ]
    assert over
    for route, why in over:
        assert route.tense == "was_within_reach" and 1 <= why.tense.hop <= len(route.hops)


def test_the_weakest_step_is_the_one_whose_evidence_is_weakest():
    for route, why in explained(sample_matter()):
        rows = [catalog().flows[hop.flow] for hop in route.hops]
        if rows:
            row = rows[why.weakest.hop - 1]
            assert (why.weakest.confidence, why.weakest.as_of) == (row.confidence, row.as_of)
            assert row.as_of == min(each.as_of for each in rows if each.confidence == row.confidence)


def test_first_and_last_days_are_said_as_short_as_they_can_be():
    assert from_day(date(2018, 1, 1).toordinal()) == "2018" and until_day(date(2018, 12, 31).toordinal()) == "2018"
    assert from_day(date(2018, 5, 1).toordinal()) == "2018-05" and until_day(date(2020, 2, 29).toordinal()) == "2020-02"
    assert from_day(date(2018, 5, 2).toordinal()) == "2018-05-02"
    assert until_day(date(2020, 2, 28).toordinal()) == "2020-02-28"


# --- in words --------------------------------------------------------------------------------------------------------


def in_words(matter: Matter, flow: str, lang: str = "en") -> str:
    exposure: ExposureMap = map_exposure(matter, catalog(), TODAY, ask=False)
    _, why = through(matter, flow)
    return " ".join(explanation_in_words(why, Voice(matter, catalog(), exposure, load_words(lang))).split())


def test_the_text_says_what_was_told_what_would_be_needed_and_what_was_not_asked():
    text = in_words(booked("2024-05-11"), "ngi--ice-acrime-lesc--biometric-iaq")
    assert (
        "WHY THIS IS UNDETERMINED" in text
        and "if open: sent, because every step belongs to the day of the event" in text
    )
    assert "not known: prints held by immigration – not asked; needed: yes" in text
    assert "yes: fingerprints – yes (client said)" in text
    assert "Weakest step: " in text and "Sources: " in text
    spanish = in_words(booked("2024-05-11"), "ngi--ice-acrime-lesc--biometric-iaq", "es")
    assert (
        "POR QUÉ NO ESTÁ DETERMINADA" in spanish
        and "huellas en inmigración – no se preguntó; hace falta: sí" in spanish
    )


def test_the_window_says_beside_a_step_what_it_rests_on_in_a_line_or_two():
    matter = booked("2024-05-11", client={"dhs-prints": Answer(value="yes", since="2005")})
    live = LiveMap()
    exposure = live.map(matter, catalog(), TODAY)
    route, _ = through(matter, "ngi--ice-acrime-lesc--biometric-iaq")
    blocks = story_of(route.id, exposure, matter, catalog(), live.explain)
    said = [block.text for block in blocks if block.label == "Because"]
    assert said == ["prints held by immigration: yes (client said), since 2005"]
    assert not [block for block in blocks if block.label == "Not known"]
    matter = booked("2024-05-11")
    exposure = live.map(matter, catalog(), TODAY)
    route, _ = through(matter, "ngi--ice-acrime-lesc--biometric-iaq")
    told = becauses(route, exposure, matter, catalog(), live.explain)
    assert all(len(each) <= 2 for each in told)
    assert [label for each in told for label, _ in each] == ["Not known"]


def test_beside_a_map_of_other_answers_no_reason_stands():
    matter, live = booked("2024-05-11"), LiveMap()
    route, _ = through(matter, "ngi--ice-acrime-lesc--biometric-iaq")
    assert live.explain(route.id) is None
    exposure = map_exposure(matter, catalog(), TODAY, ask=False)
    live.map(booked("2024-05-11", client={"dhs-prints": Answer(value="yes", since="2005")}), catalog(), TODAY)
    assert live.explain(route.id) is not None
    assert not any(becauses(route, exposure, matter, catalog(), live.explain))
    live.forget()
    assert live.explain(route.id) is None


def test_a_live_map_explains_as_a_fresh_one_does_also_where_it_walked_nothing_again():
    live, matter = LiveMap(), sample_matter()
    live.map(matter, catalog(), TODAY)
    matter = msgspec.structs.replace(matter, client=matter.client | {"prior-removal-order": "no"})
    exposure = live.map(matter, catalog(), TODAY)
    for id in list(exposure.routes)[::7]:
        assert live.explain(id) == explain(id, matter, catalog(), TODAY)


def test_the_terminal_explains_a_line_or_a_route_and_names_the_lines_otherwise(capsys, tmp_path):
    path = tmp_path / "case.json"
    path.write_bytes(encode_case(booked("2024-05-11")))
    day = ["--today", "2026-11-24"]
    assert cli.main(["map", str(path), "--explain", "t1:booking-prints", *day]) == cli.DONE
    by_line = capsys.readouterr().out
    route, _ = through(booked("2024-05-11"), "ngi--ice-acrime-lesc--biometric-iaq")
    assert cli.main(["map", str(path), "--explain", route.id, *day]) == cli.DONE
    assert capsys.readouterr().out == by_line
    assert cli.main(["map", str(path), "--explain", "t1:nothing", *day]) == cli.REFUSED
    assert "t1:booking-prints" in capsys.readouterr().err


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_ground_and_everyone_who_tells_has_words(lang):
    matter = sample_matter()
    voice = Voice(matter, catalog(), map_exposure(matter, catalog(), TODAY, ask=False), load_words(lang))
    say, law = GroundWords(voice, "t9"), "law-us-ca-values-act"
    of = {"bar": law, "mandate": law, "beaten": law, "practice": "287g-jail", "agreement": "287g-jail"}
    flow = "local-jail-jms--state-id-bureau--booking-prints"
    judge = Unknown(kind="judge", id=flow, touchpoint="t9")
    everyone = tuple(
        Told(
            kind=kind,
            id=law if kind == "mandate" else "printed",
            value="2018" if kind == "date" else "yes",
            touchpoint="t9",
            source="client",
            sure=sure,
        )
        for kind in ("answer", "contact", "noted", "known", "mandate", "date", "place")
        for sure in (True, False)
    )
    for form in get_args(Form):
        for found in get_args(Outcome):
            ground = Ground(
                form=form,
                outcome=found,
                decides=True,
                id=of.get(form, flow if form in ("needs", "days", "judge", "inferred") else "printed"),
                value="in_custody" if form == "waits" else "yes",
                names=("fingerprints",) if form == "needs" else ("US-CA", "US"),
                first="2018",
                told=everyone,
                unknown=judge if form == "judge" else None,
            )
            for said in (say.line(ground), say.short(ground)):
                assert said and "{" not in said
