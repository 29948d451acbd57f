"""The worked cases as the map prints them: the sentences that an attorney would sign, in both languages."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest

from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.map_questions import by_data, explained, otherwise
from clinic_mapper.memo.map_text import map_in_words
from clinic_mapper.memo.prove import words_found
from clinic_mapper.memo.words import LANGUAGES, load_words
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.whole_job import read_case
from tests.unit.test_memo_words import NOT_OURS

TODAY = date(2026, 11, 26)
CASES = Path(__file__).parents[1] / "data" / "worked_cases"
NAMES = sorted(path.stem for path in CASES.glob("*.json"))

_TITLES = re.compile(r"^  (Sources|Fuentes|Law|Ley).*\n(    .*\n)*", re.M)
"""Titles of sources and names of laws are not our words."""


@lru_cache(maxsize=64)
def printed(name: str, lang: str = "en") -> str:
    matter, catalog = read_case(CASES / f"{name}.json"), load_catalog()
    return map_in_words(matter, catalog, map_exposure(matter, catalog, TODAY), lang)


def said(name: str, lang: str = "en") -> str:
    return " ".join(printed(name, lang).split())


def group(name: str, heading: str) -> str:
    """What stands under a heading such as “OPEN”, up to the next one."""
    found, inside = [], False
    for line in printed(name).splitlines():
        if line and not line.startswith(" "):
            inside = line.startswith(f"{heading} (") or line == heading
        elif inside:
            found.append(line)
    return " ".join(" ".join(found).split())


def line_of(name: str, mechanism: str) -> str:
    """What is printed of one line, from its mechanism to the blank line below."""
    parts = printed(name).split("\n\n")
    part = next(each for each in parts if each.startswith(f"  {mechanism}") or f"\n  {mechanism}" in each)
    return " ".join(part.split())


def asked_first(name: str) -> str:
    return group(name, "WORTH ASKING NEXT")


# --- one test for each case ------------------------------------------------------------------------------------------


def test_prints_of_2009_were_not_sent_because_the_county_began_later_and_the_rap_sheet_is_within_reach():
    prints = line_of("1-booked-2009", "Booking prints checked by DHS")
    assert prints in group("1-booked-2009", "CLOSED")
    assert (
        "closed by time: FBI fingerprints (NGI) → ICE support center (LESC): in use in San Mateo County (CA)" in prints
    )
    assert "only after May 24, 2010" in prints
    for year in ("2009", "2012"):
        assert f"Rap sheet look-up – Taken into a jail or lock-up ({year})" in group(f"1-booked-{year}", "OPEN")
        assert "within reach, found if ICE looks" in line_of(f"1-booked-{year}", "Rap sheet look-up")


def test_what_the_attorney_is_asked_says_of_the_client_nothing_that_nobody_told():
    """Nobody asked yet who talked to the client in that jail."""
    for lang, supposed in (
        ("en", "If the client met nobody from ICE"),
        ("es", "Si la persona no habló con nadie de ICE"),
    ):
        assert supposed in said("1-booked-2009", lang)
    catalog = load_catalog()
    judged = [row.judge for row in catalog.flows.values()]
    judged += [record.judge for kind in catalog.touchpoints.values() for record in kind.creates]
    assert not [text for text in judged if text and text.startswith(("The client ", "Agents spoke"))]


def test_prints_of_2012_were_sent_and_what_they_rest_on_is_said():
    prints = line_of("1-booked-2012", "Booking prints checked by DHS")
    assert prints in group("1-booked-2012", "OPEN") or prints.startswith("OPEN")
    assert "sent without asking" in prints
    assert "because: prints held by immigration: yes (client said), since 2005" in prints


def test_2011_or_2012_in_new_york_is_one_question_by_or_after_the_day_it_turns_on():
    name = "2-new-york-2011-or-2012"
    prints = line_of(name, "Booking prints checked by DHS")
    assert prints in group(name, "UNDETERMINED")
    assert prints.count("?") == 2 and "? Was it by May 14, 2012, or after that?" in prints
    assert asked_first(name).startswith("Was it by May 14, 2012, or after that? [contact 1] (Read a paper;")
    assert "¿Fue el 14 de mayo de 2012 o antes, o fue después?" in said(name, "es")


def test_what_could_be_read_until_2019_is_told_in_the_past_with_its_last_day():
    gang = line_of("3-gang-label-cook-2015", "Gang data")
    assert (
        "was within reach, found if ICE looked Cook County gang list (RGID) → ICE deportation officers (ERO): " in gang
    )
    assert "in use from 2012 to January 15, 2019" in gang
    assert "found if ICE looks" not in gang
    assert "? In what city or town it was" in gang  # state and county are told


def test_cite_and_release_without_prints_speaks_of_no_prints_and_asks_for_the_practice_of_that_time():
    name = "4-cite-and-release-austin"
    assert "fingerprint" not in said(name).casefold() and "prints" not in said(name).casefold()
    tells = line_of(name, "Police tell ICE")
    assert tells in group(name, "UNDETERMINED")
    assert "? At the time (May 2024): whether officers of this department send status questions to ICE" in tells


def test_in_california_the_roster_is_open_and_the_private_notice_is_for_the_attorney_with_the_list():
    name = "5-california-jail-release"
    for contact in ("Taken into a jail or lock-up (May 11, 2024)", "Leaving jail, coming or past (May 13, 2024)"):
        tells = line_of(name, f"Jail tells ICE – {contact}")
        assert "jail records › public jail roster › ICE deportation officers (ERO) was within reach" in tells
        assert "website: yes (client said)" in tells
        assert "also undetermined: jail records › ICE deportation officers (ERO) if open: sent without asking" in tells
        assert "? Attorney: does an exception on this list (California 7282.5) apply?" in tells
        assert (
            "counsel must judge: may be barred on paper by California Values Act (SB 54) with TRUST Act list" in tells
        )
    assert "a conviction for a serious or violent felony (Penal Code 1192.7(c), 667.5(c))" in said(name)
    prints = line_of(name, "Booking prints checked by DHS")
    assert "sent without asking" in prints and "Values Act" not in prints
    assert said(name).count("unless a judicial warrant") == 1  # said once, then “the exceptions named above”


def test_what_a_no_exception_applies_changes_is_said_although_the_line_stays_open():
    case = read_case(CASES / "5-california-jail-release.json")
    text = otherwise(case, load_catalog(), TODAY, ["client.listed-offense-ca-7282-5=no"])
    assert "barred on paper by California Values Act" in " ".join(text.split())


def test_in_washington_the_query_of_ice_is_told_in_the_past_and_the_border_patrol_path_is_within_reach():
    look_up = line_of("6-washington-license", "DMV (Department of Motor Vehicles) look-up")
    first, _, beside = look_up.partition("also open: ")
    assert "Border Patrol › ICE" in first and "within reach, found if ICE looks" in first
    assert beside.startswith(
        "DMV license records › Nlets police network › ICE deportation officers (ERO) was within reach"
    )
    assert "in use in Washington only before November 18, 2025" in beside
    assert "safe" not in said("6-washington-license").casefold().replace("safety", "")


def test_first_prints_ever_are_still_sent_because_of_the_birthplace():
    prints = line_of("7-first-prints-ever", "Booking prints checked by DHS")
    assert "sent without asking" in prints and prints in said("7-first-prints-ever")
    assert "prints held by immigration: no (client said); birthplace on booking paper: another country" in prints


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_known_opens_nothing_and_begins_with_custody(lang):
    text, words = said("8-nothing-known", lang), load_words(lang)
    assert words("standing_title.open").upper() not in text
    assert load_catalog().client_questions["in-custody"].en in said("8-nothing-known")
    asked = printed("8-nothing-known", lang).splitlines()
    first = next(number for number, line in enumerate(asked) if line == words("terminal.ask_first").upper())
    question = load_catalog().client_questions["in-custody"]
    assert " ".join(asked[first + 1].split()) in f"{getattr(question, lang)} ({words('who.client')})"


def test_in_custody_now_says_first_what_runs_in_hours_and_the_release_is_next_time_by_a_mandate():
    name = "9-in-custody-texas"
    lines = [line for line in printed(name).splitlines() if line]
    assert lines[2] == "IN CUSTODY NOW: TIME-BOUND STEPS FIRST" and "hours" in lines[3]
    assert lines[4].startswith("    Today: find out whether ICE")
    tells = line_of(name, "Jail tells ICE")
    assert "next time, sent without asking" in tells
    assert "because: hold asked by ICE: yes" in tells
    assert "required by SB 4 (2017): sanctuary ban and detainer duty (Texas, as of January 2025)" in tells
    assert "At the time" not in line_of(name, "Data brokers and company accounts")  # that is still to come


# --- of all of them --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_no_case_prints_a_word_that_is_not_ours(name, lang):
    assert not words_found(printed(name, lang), [word for word in NOT_OURS if word != "%"])
    assert "%" not in printed(name, lang) and "settle 0" not in said(name, lang)


@pytest.mark.parametrize("name", NAMES)
def test_each_acronym_is_spelled_out_once_where_it_comes_first(name):
    text, words = said(name), load_words("en")
    for key in words.keys:
        group, _, acronym = key.partition(".")
        if group == "acronym" and f" {acronym} " in text:
            assert text.count(words(key)) >= 1, acronym
            assert text.index(words(key)) <= text.index(f" {acronym} ") + len(acronym) + 8, acronym


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_line_of_every_case_can_be_explained_in_words(name, lang):
    matter, catalog = read_case(CASES / f"{name}.json"), load_catalog()
    for line in map_exposure(matter, catalog, TODAY, ask=False).lines:
        text = explained(matter, catalog, TODAY, line.id, lang)
        ours = _TITLES.sub("", text)
        assert not words_found(ours, [word for word in NOT_OURS if word != "%"])
    assert by_data(matter, catalog, TODAY, lang)


_IN_THE_PRESENT = re.compile(
    r"\b(adds|asks|buys|can|decides|enters|finds|gives|is|are|may|questions|sends|sets|wants)\b"
)


def test_a_step_that_is_over_is_told_in_the_past():
    catalog = load_catalog()
    over = [row for row in catalog.flows.values() if row.until and row.until < catalog.as_of]
    assert over
    for row in over:
        assert not _IN_THE_PRESENT.search(row.trigger), (row.id, row.trigger)


@pytest.mark.parametrize("name", NAMES)
def test_a_spanish_map_says_which_words_are_english(name):
    assert said(name, "es").endswith(load_words("es")("limits.catalog_language"))


def test_no_question_of_a_spanish_map_is_asked_in_english():
    for name in NAMES:
        for line in printed(name, "es").splitlines():
            assert not re.match(r" +\? .*\b(Whether|Was|Did|the|is)\b", line), line


def test_what_a_line_that_is_not_open_would_carry_is_not_told_as_if_it_were():
    text = " ".join(by_data(read_case(CASES / "5-california-jail-release.json"), load_catalog(), TODAY).split())
    assert "barred on paper, it would surely go along: 287(g) agreement" in text
    assert "undetermined, it surely" not in text and "open, it surely goes along" in text
