"""The map as a terminal prints it: every line, barred on paper, both languages, and nothing that steers a terminal."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from msgspec.structs import replace

from clinic_mapper.casefile.model import Agency, Matter, Touchpoint, Verdict, Where
from clinic_mapper.memo.by_data_text import by_data_in_words
from clinic_mapper.memo.difference_text import difference_in_words
from clinic_mapper.memo.explain_text import explanation_in_words
from clinic_mapper.memo.map_text import map_in_words
from clinic_mapper.memo.phrases import Voice
from clinic_mapper.memo.terminal_page import WIDTH
from clinic_mapper.memo.what_if_text import what_if_in_words
from clinic_mapper.memo.words import LANGUAGES, load_words
from clinic_mapper.routing.compare import compare
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.explain import explain
from clinic_mapper.routing.model import AskNext, ExposureMap, Unknown
from tests.memo_corpus import sample
from tests.unit.test_memo_shipped import shipped

TODAY = date(2026, 11, 24)
HOSTILE = "Sheriff\x1b[2J\x1b]0;owned\x07\r\nOPEN everything\u202edeifirev\u2066 \x9b31m\x00"


def said(lang: str = "en") -> str:
    return " ".join(map_in_words(*shipped(), lang).split())


def without_full_names(text: str, lang: str) -> str:
    """The text as it would be if no acronym were put in full."""
    words = load_words(lang)
    for full in (words(key) for key in words.keys if key.startswith("acronym.")):
        text = text.replace(f" ({full})", "").replace(f", {full})", ")")
    return text


def of_corpus(matter: Matter) -> str:
    catalog = sample.catalog()
    return map_in_words(matter, catalog, sample.exposure(matter, catalog))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_line_of_the_sample_prints_its_mechanism_and_its_contact(lang):
    matter, catalog, exposure = shipped()
    text, kinds = without_full_names(said(lang), lang), {each.id: each.kind for each in matter.touchpoints}
    for line in exposure.lines:
        mechanism = getattr(catalog.mechanisms[line.mechanism], lang)
        contact = getattr(catalog.touchpoints[kinds[line.touchpoint]], lang)
        assert f"{mechanism} – {contact} (" in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_standing_is_headed_with_the_number_of_its_lines(lang):
    exposure, words = shipped()[2], load_words(lang)
    lines = map_in_words(*shipped(), lang).splitlines()
    for standing in ("open", "undetermined", "closed"):
        number = sum(line.standing == standing for line in exposure.lines)
        assert f"{words(f'standing_title.{standing}').upper()} ({number})" in lines


def test_closed_by_law_reads_as_barred_on_paper_with_its_date_and_its_exceptions():
    assert any(line.closed_by == ("law",) for line in shipped()[2].lines)
    assert "barred on paper by California Values Act" in said() and "(as of April 2025), unless " in said()
    assert "closed by law" not in said()


def test_spanish_speaks_spanish_and_keeps_the_names_of_laws():
    words, text = load_words("es"), said("es")
    assert "California Values Act" in text
    for key in ("terminal.sample", "terminal.open_means"):
        assert words(key) in text
    assert words("terminal.ask_next").upper() in text
    assert "barred on paper" not in text and "sent without asking" not in text


def test_open_says_what_it_means_and_a_sample_says_that_it_is_one():
    assert load_words("en")("terminal.open_means") in said()
    assert said().startswith("SAMPLE.")
    real = replace(sample.matter(), sample=False)
    assert "SAMPLE" not in of_corpus(real)


def test_of_nothing_told_nothing_is_said_to_be_assessed():
    text = " ".join(of_corpus(Matter(code="A-1")).split())
    assert load_words("en")("terminal.nothing_told") in without_full_names(text, "en")


def test_contacts_without_a_route_say_that_the_catalog_has_none():
    matter, catalog = sample.matter(1), sample.catalog()
    text = map_in_words(matter, catalog, replace(sample.exposure(matter, catalog), lines=(), routes={}, ask_next=()))
    assert load_words("en")("terminal.nothing") in text


def test_no_line_is_wider_than_the_terminal():
    widest = max(map_in_words(*shipped()).splitlines(), key=len)
    assert len(widest) <= WIDTH


def hostile_matter() -> Matter:
    matter = sample.matter()
    touchpoints = tuple(
        replace(each, agency=Agency(name=HOSTILE), where=Where(state="CA", city=HOSTILE), note=HOSTILE)
        for each in matter.touchpoints
    )
    aside = tuple(Verdict(route=verdict.route, reason=HOSTILE) for verdict in matter.set_aside)
    return replace(matter, touchpoints=touchpoints, set_aside=aside)


def test_what_people_typed_never_steers_the_terminal():
    matter, catalog = hostile_matter(), sample.catalog()
    made: ExposureMap = replace(sample.exposure(matter, catalog), not_in_catalog=(f"Kept: {HOSTILE}",))
    text = map_in_words(matter, catalog, made)
    assert "Kept: Sheriff" in text and "set aside by the attorney: Sheriff" in text
    odd = {letter for letter in text if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn")}
    assert odd == {"\n"}
    assert not any(line.startswith("OPEN everything") for line in text.splitlines())


@pytest.mark.parametrize("typed", ["\x1b[31mred", "a\u202eb", "one\ntwo"], ids=["escape", "direction", "line feed"])
def test_an_id_that_this_catalog_does_not_know_is_printed_without_control_characters(typed):
    matter, catalog = sample.matter(1), sample.catalog()
    made = sample.exposure(matter, catalog)
    strange = tuple(replace(each, kind=typed) for each in matter.touchpoints)
    asked = (AskNext(kind="fact", fact=typed, touchpoint="t1", who="client", lines_settled=1),)
    lines = tuple(replace(line, mechanism=typed) for line in made.lines)
    unknown = (Unknown(kind="practice", id=typed, touchpoint="t1"),)
    routes = {id: replace(route, standing="undetermined", unknown=unknown) for id, route in made.routes.items()}
    text = map_in_words(
        replace(matter, touchpoints=strange), catalog, replace(made, lines=lines, routes=routes, ask_next=asked)
    )
    assert typed not in text and "\x1b" not in text and "\u202e" not in text


def test_a_map_that_was_cut_says_so():
    matter, catalog = sample.matter(2), sample.catalog()
    text = map_in_words(matter, catalog, replace(sample.exposure(matter, catalog), cut=True))
    assert load_words("en")("terminal.cut") in " ".join(text.split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_line_that_nobody_here_can_answer_any_more_is_left_to_the_attorney(lang):
    _, catalog, _ = shipped()
    matter = Matter(code="A", touchpoints=(Touchpoint(id="t1", kind="private-tip", when="2020-01-01"),))
    words = load_words(lang)("terminal.nobody_here")

    def text(given: Matter) -> str:
        return " ".join(map_in_words(given, catalog, map_exposure(given, catalog, TODAY), lang).split())

    assert words not in text(matter)
    contact = matter.touchpoints[0]
    asked = {ask.fact: ask.kind for ask in map_exposure(matter, catalog, TODAY).ask_next}
    facts = {name: "declined" for name, kind in asked.items() if kind == "fact"}
    practices = {name: "declined" for name, kind in asked.items() if kind == "practice"}
    declined = replace(contact, facts=facts, practices=practices, where=Where(state="CA", county="Kern", city="Delano"))
    assert words in text(replace(matter, touchpoints=(declined,), client=facts))


def test_what_was_cut_is_said_by_every_question_that_the_map_answers():
    (matter, catalog, exposure), words = shipped(), load_words("en")
    cut = Voice(matter, catalog, replace(exposure, cut=True), words)
    why = explain(cut.exposure.lines[0].routes[0], matter, catalog, date.fromisoformat(cut.exposure.today))
    assert why is not None
    texts = (
        by_data_in_words(cut),
        explanation_in_words(why, cut),
        what_if_in_words((), cut, cut),
        difference_in_words(compare(cut.exposure, cut.exposure), cut, cut),
    )
    for text in texts:
        assert words("terminal.cut") in " ".join(text.split())
