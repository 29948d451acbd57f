"""Two maps held against each other: nothing differs from itself, every line is told once, and what differs is said."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from clinic_mapper.casefile.model import Agency, Answer, Matter, Touchpoint, Where
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo.difference_text import difference_in_words
from clinic_mapper.memo.phrases import Voice
from clinic_mapper.memo.terminal_page import WIDTH
from clinic_mapper.memo.words import LANGUAGES, load_words
from clinic_mapper.routing.compare import Difference, compare
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.model import ExposureMap
from tests.unit.drawn_matters import matters

TODAY = date(2026, 11, 24)
FRESNO = Where(state="CA", county="Fresno County")


@lru_cache(maxsize=1)
def catalog() -> Catalog:
    return load_catalog()


def mapped(matter: Matter, today: date = TODAY) -> ExposureMap:
    return map_exposure(matter, catalog(), today, ask=False)


def maps() -> st.SearchStrategy[ExposureMap]:
    days = st.sampled_from((TODAY, date(2019, 5, 1)))
    return st.builds(mapped, st.deferred(lambda: matters(catalog(), most=2)), days)


@given(maps())
def test_a_map_does_not_differ_from_itself(exposure):
    difference = compare(exposure, exposure)
    assert difference.is_empty
    assert difference.same == tuple(line.id for line in exposure.lines)


@given(maps(), maps())
def test_the_other_way_round_what_appeared_went_and_each_change_is_turned(one, other):
    there, back = compare(one, other), compare(other, one)
    assert (there.appeared, there.went) == (back.went, back.appeared)
    assert {(each.line, each.aspects, each.before, each.after) for each in there.changed} == {
        (each.line, each.aspects, each.after, each.before) for each in back.changed
    }
    assert set(there.same) == set(back.same)


@given(maps(), maps())
def test_every_line_is_accounted_for_once(before, after):
    difference = compare(before, after)
    kept = [*difference.same, *(change.line for change in difference.changed)]
    gone, new = ([state.line for state in side] for side in (difference.went, difference.appeared))
    assert sorted([*kept, *gone]) == sorted(line.id for line in before.lines)
    assert sorted([*kept, *new]) == sorted(line.id for line in after.lines)
    assert len({*kept, *gone, *new}) == len([*kept, *gone, *new])


@given(maps(), maps())
def test_a_change_says_what_differs_and_nothing_else(before, after):
    for change in compare(before, after).changed:
        assert change.aspects
        assert all(getattr(change.before, aspect) != getattr(change.after, aspect) for aspect in change.aspects)


def booked(**facts: str) -> Matter:
    jail = Touchpoint(
        id="t1", kind="jail-booking", when="2024-05", where=FRESNO, agency=Agency(kind="sheriff"), facts=dict(facts)
    )
    return Matter(code="M-1", client={"in-custody": Answer(value="past")}, touchpoints=(jail,))


def test_one_answer_more_changes_the_standing_of_its_line_alone():
    before, after = mapped(booked()), mapped(booked(roster="yes"))
    change = next(each for each in compare(before, after).changed if each.line == "t1:jail-tells-ice")
    assert "standing" in change.aspects
    assert (change.before.standing, change.after.standing) == ("undetermined", "open")


def test_a_contact_that_was_taken_away_leaves_lines_that_went():
    matter = booked(printed="yes")
    difference = compare(mapped(matter), mapped(replace(matter, touchpoints=())))
    assert not difference.appeared and not difference.changed and not difference.same
    assert {state.touchpoint for state in difference.went} == {"t1"}
    assert difference.lines == tuple(state.line for state in difference.went)


def test_of_a_line_closed_by_fact_another_tense_is_no_change():
    exposure = mapped(booked(printed="no", roster="no"))
    line = replace(exposure.lines[0], standing="closed", closed_by=("fact",), tense="sent")
    one = replace(exposure, lines=(line,))
    assert compare(one, replace(exposure, lines=(replace(line, tense="next_time", arrives="found"),))).is_empty
    changed = compare(one, replace(exposure, lines=(replace(line, tense="was_within_reach"),))).changed
    assert [change.aspects for change in changed] == [("tense",)]


def test_of_a_line_closed_by_law_alone_another_tense_or_arrival_is_a_change():
    """Laws are broken: what is barred on paper alone has a tense all the same."""
    exposure = mapped(booked(printed="no", roster="no"))
    line = replace(exposure.lines[0], standing="closed", closed_by=("law",), tense="sent", arrives="sent")
    one = replace(exposure, lines=(line,))
    other = replace(exposure, lines=(replace(line, tense="next_time", arrives="found"),))
    assert [change.aspects for change in compare(one, other).changed] == [("tense", "arrives")]


def test_law_that_is_only_shown_beside_a_route_is_no_change():
    exposure = mapped(booked(printed="yes"))
    bare = {
        name: replace(route, law=tuple(law for law in route.law if law.effect != "show"))
        for name, route in exposure.routes.items()
    }
    assert any(law.effect == "show" for route in exposure.routes.values() for law in route.law)
    assert compare(exposure, replace(exposure, routes=bare)).is_empty


def said(before: Matter, after: Matter, lang: str = "en") -> str:
    made = mapped(before), mapped(after)
    words = load_words(lang)
    voices = [Voice(matter, catalog(), exposure, words) for matter, exposure in zip((before, after), made, strict=True)]
    return difference_in_words(compare(*made), voices[0], voices[1])


def test_in_words_a_changed_line_stands_as_it_was_and_as_it_is():
    text = " ".join(said(booked(), booked(roster="yes")).split())
    assert "CHANGED (" in text and "NEW (" not in text and "GONE (" not in text
    assert "before: undetermined; if open: " in text
    assert "now: open; was within reach, found if ICE looked; to ICE deportation officers (ERO" in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_in_words_new_and_gone_lines_are_named_with_their_contact(lang):
    words, matter = load_words(lang), booked(printed="yes")
    empty = replace(matter, touchpoints=())
    for text, head in ((said(empty, matter, lang), "appeared"), (said(matter, empty, lang), "went")):
        assert text.startswith(words(f"difference.{head}").upper())
        assert getattr(catalog().touchpoints["jail-booking"], lang)[:20] in text
    assert max(map(len, said(empty, matter, lang).splitlines())) <= WIDTH
    assert said(matter, matter, lang) == words("difference.none") + "\n"


def test_in_words_an_id_that_the_catalog_does_not_know_never_steers_the_terminal():
    matter = booked(printed="yes")
    exposure = mapped(matter)
    states = compare(exposure, replace(exposure, lines=())).went
    strange = tuple(replace(state, mechanism="odd\x1b[2J\u202e") for state in states)
    voice = Voice(matter, catalog(), exposure, load_words("en"))
    text = difference_in_words(Difference(appeared=(), went=strange, changed=(), same=()), voice, voice)
    assert "odd" in text and "\x1b" not in text and "\u202e" not in text
