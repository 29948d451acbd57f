"""The live map says what a fresh one says, byte for byte, after any change, and walks only what a change can touch."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from clinic_mapper.casefile.model import Answer, Matter, Touchpoint, Where
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.routing import reading as reading_module
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.explain import explain
from clinic_mapper.routing.live import LiveMap
from clinic_mapper.routing.model import Unknown
from clinic_mapper.routing.prospect import Prospects
from clinic_mapper.routing.wire import as_json
from tests.unit.drawn_catalogs import Drawing
from tests.unit.drawn_matters import matters

CATALOG = load_catalog()
TODAY = date(2026, 6, 30)
BOOKED = Touchpoint(id="t1", kind="jail-booking", when="2024-05", where=Where(state="GA"))
STOPPED = Touchpoint(id="t2", kind="police-stop-citation", when="2020", where=Where(state="TX"))
CROSSED = Touchpoint(id="t3", kind="border-encounter", when="2015")


@given(st.lists(matters(CATALOG), min_size=2, max_size=4), st.data())
@settings(deadline=None)
def test_whatever_was_mapped_before_the_map_is_the_same(drawn, data):
    live = LiveMap()
    for matter in drawn:
        assert as_json(live.map(matter, CATALOG, TODAY)) == as_json(map_exposure(matter, CATALOG, TODAY))
        changed = _changed(matter, data)
        assert as_json(live.map(changed, CATALOG, TODAY)) == as_json(map_exposure(changed, CATALOG, TODAY))


def _changed(matter: Matter, data: st.DataObject) -> Matter:
    """One small change: an answer about the client or a touchpoint, a date, a touchpoint less."""
    if not matter.touchpoints:
        return replace(matter, client={**matter.client, "dhs-prints": Answer(value="yes")})
    at = data.draw(st.integers(0, len(matter.touchpoints) - 1))
    touchpoint = matter.touchpoints[at]
    others = (*matter.touchpoints[:at], *matter.touchpoints[at + 1 :])
    questions = CATALOG.touchpoints[touchpoint.kind].questions
    match data.draw(st.sampled_from(["client", "fact", "date", "less"])):
        case "client":
            fact = data.draw(st.sampled_from(sorted(CATALOG.client_questions)))
            value = data.draw(st.sampled_from(CATALOG.client_questions[fact].values))
            return replace(matter, client={**matter.client, fact: Answer(value=value)})
        case "fact" if questions:
            question = data.draw(st.sampled_from(questions))
            answer = Answer(value=data.draw(st.sampled_from(question.values)))
            told = replace(touchpoint, facts={**touchpoint.facts, question.id: answer})
            return replace(matter, touchpoints=(*others, told))
        case "date":
            return replace(
                matter, touchpoints=(*others, replace(touchpoint, when=data.draw(st.sampled_from(["", "2009"]))))
            )
    return replace(matter, touchpoints=others)


@given(st.randoms(use_true_random=False))
def test_in_any_catalog_whatever_was_mapped_before_the_map_is_the_same(random):
    drawing, live = Drawing(random), LiveMap()
    catalog = drawing.catalog()
    matter = drawing.matter(catalog)
    for _ in range(4):
        fresh = map_exposure(matter, catalog, TODAY)
        assert as_json(live.map(matter, catalog, TODAY)) == as_json(fresh)
        for route in list(fresh.routes)[:3]:
            assert live.explain(route) == explain(route, matter, catalog, TODAY)
        other = drawing.matter(catalog)
        one_more = (*matter.touchpoints[1:], replace(other.touchpoints[0], id="t0"))
        matter = random.choice((replace(matter, client=other.client), replace(matter, touchpoints=one_more), other))


def test_where_nothing_is_to_be_asked_nothing_is_tried_and_afterwards_all_is():
    live, matter = LiveMap(), Matter(code="X", touchpoints=(BOOKED,))
    for ask in (False, True, False):
        assert live.map(matter, CATALOG, TODAY, ask=ask) == map_exposure(matter, CATALOG, TODAY, ask=ask)
        assert bool(live.map(matter, CATALOG, TODAY, ask=ask).ask_next) == ask


def walks(monkeypatch) -> list[str]:
    walked: list[str] = []
    fresh = reading_module.Reading._walk

    def counted(self, scene):
        walked.append(scene.touchpoint.id)
        return fresh(self, scene)

    monkeypatch.setattr(reading_module.Reading, "_walk", counted)
    return walked


def test_an_answer_about_one_contact_walks_that_contact_alone(monkeypatch):
    walked, live = walks(monkeypatch), LiveMap()
    live.map(Matter(code="X", touchpoints=(BOOKED, STOPPED)), CATALOG, TODAY)
    told = replace(BOOKED, facts={"printed": "yes"})
    live.map(Matter(code="X", touchpoints=(told, STOPPED)), CATALOG, TODAY)
    assert walked == ["t1", "t2", "t1"]


def test_an_answer_that_tells_a_fact_about_the_client_walks_who_reads_it(monkeypatch):
    walked, live = walks(monkeypatch), LiveMap()
    live.map(Matter(code="X", touchpoints=(BOOKED, CROSSED)), CATALOG, TODAY)
    told = replace(CROSSED, facts={"prints": "yes"})
    live.map(Matter(code="X", touchpoints=(BOOKED, told)), CATALOG, TODAY)
    assert walked == ["t1", "t3", "t1", "t3"], "prints at the border make an arrest match"


def test_another_day_or_another_catalog_walks_everything(monkeypatch):
    walked, live = walks(monkeypatch), LiveMap()
    matter = Matter(code="X", touchpoints=(BOOKED,))
    live.map(matter, CATALOG, TODAY)
    live.map(matter, CATALOG, date(2026, 7, 1))
    live.map(matter, replace(CATALOG, version="another"), date(2026, 7, 1))
    live.forget()
    live.map(matter, CATALOG, TODAY)
    assert walked == ["t1"] * 4


def tries(monkeypatch) -> list[Unknown]:
    tried: list[Unknown] = []
    fresh = Prospects._try

    def counted(self, unknown, *rest):
        tried.append(unknown)
        return fresh(self, unknown, *rest)

    monkeypatch.setattr(Prospects, "_try", counted)
    return tried


def test_what_an_answer_cannot_have_changed_is_not_tried_again(monkeypatch):
    tried, live = tries(monkeypatch), LiveMap()
    live.map(Matter(code="X", touchpoints=(BOOKED, STOPPED)), CATALOG, TODAY)
    assert {"t1", "t2"} < {unknown.touchpoint for unknown in tried}
    tried.clear()
    told = replace(BOOKED, facts={"printed": "yes"})
    live.map(Matter(code="X", touchpoints=(told, STOPPED)), CATALOG, TODAY)
    assert {"t1"} < {unknown.touchpoint for unknown in tried} <= {"t1", ""}
