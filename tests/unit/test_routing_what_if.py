"""What if: the same engine on other inputs, nothing else; and every change that is typed is read or refused."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from clinic_mapper import cli
from clinic_mapper.casefile.codec import encode_case
from clinic_mapper.casefile.model import Agency, Answer, Matter, Touchpoint, Where, answer_of
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo.phrases import Voice
from clinic_mapper.memo.terminal_page import WIDTH
from clinic_mapper.memo.what_if_text import what_if_in_words
from clinic_mapper.memo.words import LANGUAGES, load_words
from clinic_mapper.problem import Problem
from clinic_mapper.resource_files import resources
from clinic_mapper.routing.compare import Difference, compare
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.what_if import (
    At,
    Change,
    Ended,
    Otherwise,
    Practice,
    PracticeEnded,
    Without,
    supposed,
    what_if,
)
from clinic_mapper.routing.what_if_read import change_of
from clinic_mapper.whole_job import sample_matter
from tests.unit.drawn_matters import matters

TODAY = date(2026, 11, 24)
VALUES_ACT = "law-us-ca-values-act"
JAIL_MODEL = "local-jail-jms--ice-eid--287g-jail-enforcement"


@lru_cache(maxsize=1)
def catalog() -> Catalog:
    return load_catalog()


def if_(matter: Matter, *changes: Change) -> Difference:
    return what_if(matter, catalog(), TODAY, changes)


def any_matter() -> st.SearchStrategy[Matter]:
    return st.deferred(lambda: matters(catalog(), most=2))


def booked(state: str = "FL", county: str = "Orange County", when: str = "2024-05-11") -> Matter:
    jail = Touchpoint(
        id="t1",
        kind="jail-booking",
        when=when,
        where=Where(state=state, county=county),
        agency=Agency(kind="sheriff"),
        facts={"printed": "yes"},
    )
    return Matter(code="A-1", client={"dhs-prints": Answer(value="yes", since="2005")}, touchpoints=(jail,))


# --- laws ------------------------------------------------------------------------------------------------------------


@given(any_matter())
def test_nothing_supposed_or_what_is_so_anyhow_changes_nothing(matter):
    assert if_(matter).is_empty
    touchpoint = matter.touchpoints[0]
    said = [
        Otherwise(question=name, value=answer_of(given_).value, touchpoint=touchpoint.id)
        for name, given_ in touchpoint.facts.items()
        if not answer_of(given_).since
    ]
    assert if_(matter, *said, At(touchpoint=touchpoint.id, when=touchpoint.when)).is_empty


@given(any_matter(), st.sampled_from(sorted(load_catalog().restrictions)))
def test_a_law_that_ended_before_all_is_a_law_that_is_not_there(matter, law):
    assert if_(matter, Ended(row=law, day=date(1900, 1, 1))) == if_(matter, Without(row=law))


@given(any_matter())
def test_without_any_law_nothing_is_closed_by_law(matter):
    changes = [Without(row=law) for law in catalog().restrictions]
    other, law = supposed(matter, catalog(), changes)
    assert other == matter and not law.restrictions
    exposure = map_exposure(other, law, TODAY, ask=False)
    assert not any("law" in line.closed_by for line in exposure.lines)


@given(any_matter(), st.data())
def test_an_answer_supposed_is_the_map_of_the_matter_with_that_answer(matter, data):
    kind = catalog().touchpoints[matter.touchpoints[0].kind]
    if not kind.questions:
        return
    question = data.draw(st.sampled_from(kind.questions))
    value = data.draw(st.sampled_from(question.values))
    own = matter.touchpoints[0]
    changed = replace(own, facts=own.facts | {question.id: Answer(value=value)})
    by_hand = replace(matter, touchpoints=(changed, *matter.touchpoints[1:]))
    maps = [map_exposure(each, catalog(), TODAY, ask=False) for each in (matter, by_hand)]
    assert if_(matter, Otherwise(question=question.id, value=value, touchpoint=own.id)) == compare(*maps)


def test_matter_and_catalog_stay_as_they_were():
    matter, before = booked(), load_catalog()
    supposed(matter, before, [Without(row=VALUES_ACT), Practice(practice="287g-jail", value="no", touchpoint="t1")])
    assert matter == booked() and VALUES_ACT in before.restrictions


def test_what_neither_matter_nor_catalog_has_changes_nothing():
    changes = (
        Without(row="no-such-row"),
        Ended(row="no-such-row", day=TODAY),
        Otherwise(question="printed", value="no", touchpoint="t99"),
        Practice(practice="287g-jail", value="yes", touchpoint="t99"),
        PracticeEnded(practice="287g-jail", touchpoint="t99", day=TODAY),
    )
    assert if_(booked(), *changes).is_empty


# --- worked cases ----------------------------------------------------------------------------------------------------


def lines_of(matter: Matter, *changes: Change) -> dict[str, str]:
    exposure = map_exposure(*supposed(matter, catalog(), changes), TODAY, ask=False)
    return {line.mechanism: line.standing for line in exposure.lines}


def test_without_prints_there_is_no_fingerprint_line():
    difference = if_(booked(), Otherwise(question="printed", value="no", touchpoint="t1"))
    assert "t1:booking-prints" in {state.line for state in difference.went}


def test_without_the_law_that_bars_it_a_line_is_open_or_turns_on_a_question():
    matter = sample_matter()
    difference = if_(matter, Without(row=VALUES_ACT))
    turned = {change.line: change.after.standing for change in difference.changed}
    assert turned["t10:agreement-287g"] == "undetermined"
    barred = next(change.before for change in difference.changed if change.line == "t10:agreement-287g")
    assert barred.closed_by == ("law",)


def test_a_law_that_ended_before_the_contact_no_longer_bars_it_and_one_that_ended_later_does():
    matter = sample_matter()
    before, after = (if_(matter, Ended(row=VALUES_ACT, day=day)) for day in (date(2024, 1, 1), date(2025, 1, 1)))
    assert "t10:agreement-287g" in before.lines and "t10:agreement-287g" not in after.lines


def test_an_agreement_noted_opens_a_line_and_one_that_ended_before_the_booking_closes_it():
    noted = Practice(practice="287g-jail", value="yes", touchpoint="t1")
    assert lines_of(booked(), noted)["agreement-287g"] == "open"
    ended = PracticeEnded(practice="287g-jail", touchpoint="t1", day=date(2024, 1, 1))
    assert lines_of(booked(), noted, ended)["agreement-287g"] != "open"
    later = PracticeEnded(practice="287g-jail", touchpoint="t1", day=date(2024, 12, 31))
    assert lines_of(booked(), noted, later)["agreement-287g"] == "open"


def test_an_agreement_that_ended_speaks_of_no_other_agency():
    two = booked()
    other = replace(two.touchpoints[0], id="t2", where=Where(state="FL", county="Polk County"))
    both = replace(two, touchpoints=(*two.touchpoints, other))
    difference = if_(both, PracticeEnded(practice="287g-jail", touchpoint="t1", day=date(2024, 1, 1)))
    assert {line.split(":")[0] for line in difference.lines} <= {"t1"}


def test_at_another_time_other_rules_hold():
    earlier = if_(sample_matter(), At(touchpoint="t8", when="2004"))
    assert "t8:booking-prints" in {change.line for change in earlier.changed}


def test_a_flow_that_stopped_closes_what_came_by_it_later_and_one_that_is_gone_takes_it_along():
    flow = "local-jail-jms--state-id-bureau--booking-prints"
    stopped = if_(booked(), Ended(row=flow, day=date(2020, 1, 1)))
    assert next(each.after.standing for each in stopped.changed if each.line == "t1:booking-prints") == "closed"
    gone = if_(booked(), Without(row=flow))
    assert "t1:booking-prints" in {state.line for state in gone.went}


# --- as it is typed --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("t1.printed=no", Otherwise(question="printed", value="no", touchpoint="t1")),
        (" t1.printed = no ", Otherwise(question="printed", value="no", touchpoint="t1")),
        ("t1.printed=", Otherwise(question="printed", value="", touchpoint="t1")),
        ("t1.minor-at-event=yes", Otherwise(question="minor-at-event", value="yes", touchpoint="t1")),
        ("client.dhs-prints=yes@2015", Otherwise(question="dhs-prints", value="yes", since="2015")),
        ("client.dhs-prints=yes@May 2015", Otherwise(question="dhs-prints", value="yes", since="2015-05")),
        ("client.dhs-prints=unknown", Otherwise(question="dhs-prints", value="unknown")),
        ("t1.when=spring 2014", At(touchpoint="t1", when="2014-21")),
        ("t1.when=", At(touchpoint="t1", when="")),
        ("practice.t1.287g-jail=no", Practice(practice="287g-jail", value="no", touchpoint="t1")),
        (
            "practice.t1.287g-jail=ended@2025-06-30",
            PracticeEnded(practice="287g-jail", touchpoint="t1", day=date(2025, 6, 30)),
        ),
        (f"without={VALUES_ACT}", Without(row=VALUES_ACT)),
        (f"ended={VALUES_ACT}@2025-06-30", Ended(row=VALUES_ACT, day=date(2025, 6, 30))),
    ],
)
def test_a_change_as_it_is_typed(text, change):
    assert change_of(text, booked(), catalog()) == change


@pytest.mark.parametrize(
    "text",
    [
        *("", "printed", "=no", "t1=no", "t9.printed=no", "t1.nothing=no", "t1.printed=maybe", "t1.printed=yes@2015"),
        *("client.nothing=yes", "client.=yes", "client.dhs-prints=maybe", "t1.dhs-prints=yes", "t1.agency=sheriff"),
        *("practice.t1.nothing=yes", "practice.t1.287g-jail=maybe", "practice.t1.287g-jail=ended@soon"),
        *("practice.t1.287g-jail=yes@2015-01-01", "practice.287g-jail=yes", "without=nothing", "without="),
        *(f"ended={VALUES_ACT}", f"ended={VALUES_ACT}@2025", "t1.when=whenever", "client.dhs-prints=yes@whenever"),
    ],
)
def test_what_cannot_be_read_or_names_nothing_is_refused_in_a_sentence(text):
    with pytest.raises(Problem) as refused:
        change_of(text, booked(), catalog())
    assert refused.value.code in ("what-if-unreadable", "what-if-unknown", "date-unreadable")
    assert refused.value.what.endswith(".")


def test_whose_agreement_ended_must_be_known():
    nobody = replace(booked(), touchpoints=(replace(booked().touchpoints[0], agency=Agency()),))
    with pytest.raises(Problem):
        change_of("practice.t1.287g-jail=ended@2025-06-30", nobody, catalog())


def test_of_contacts_whose_ids_begin_alike_the_longest_is_meant():
    one = booked()
    both = replace(one, touchpoints=(*one.touchpoints, replace(one.touchpoints[0], id="t1.b")))
    assert change_of("t1.b.printed=no", both, catalog()) == Otherwise(question="printed", value="no", touchpoint="t1.b")


# --- in words --------------------------------------------------------------------------------------------------------

EVERY = (
    "t1.printed=no",
    "client.dhs-prints=yes@2015",
    "client.dhs-prints=",
    "t1.when=2011",
    "practice.t1.287g-jail=no",
    "practice.t1.287g-jail=ended@2025-06-30",
    f"without={VALUES_ACT}",
    f"ended={JAIL_MODEL}@2025-06-30",
)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("text", EVERY)
def test_every_change_is_said_in_both_languages(text, lang):
    matter, change = booked(), change_of(text, booked(), catalog())
    other, law = supposed(matter, catalog(), [change])
    words = load_words(lang)
    before = Voice(matter, catalog(), map_exposure(matter, catalog(), TODAY, ask=False), words)
    after = Voice(other, law, map_exposure(other, law, TODAY, ask=False), words)
    said = what_if_in_words([change], before, after)
    assert said.startswith(words("what_if.title", list="").split(":")[0]) and said.endswith("\n")
    assert max(map(len, said.splitlines())) <= WIDTH
    assert "{" not in said


def test_the_terminal_says_what_would_differ_and_refuses_the_rest(capsys, tmp_path):
    path = tmp_path / "case.json"
    path.write_bytes(encode_case(booked()))
    day = ["--today", TODAY.isoformat()]
    asked = ["map", str(path), "--what-if", "t1.printed=no", "--what-if", "practice.t1.287g-jail=yes", *day]
    assert cli.main(asked) == cli.DONE
    said = " ".join(capsys.readouterr().out.split())
    assert said.startswith("What if: fingerprints (contact 1) – no; this jail has a 287(g) jail agreement")
    assert "lines would differ." in said and "GONE (" in said and "Booking prints checked by DHS" in said
    assert cli.main(["map", str(path), "--what-if", "t1.printed=perhaps", *day]) == cli.REFUSED
    told = capsys.readouterr()
    assert not told.out and "Its answers are: yes, no, unknown, declined." in told.err
    assert cli.main(["map", str(path), "--what-if", "t1.when=2024-05-11", *day]) == cli.DONE
    assert "No line differs." in capsys.readouterr().out
    assert cli.main(["map", str(path), "--json", "--what-if", "t1.printed=no"]) == cli.USAGE


def test_the_question_that_readme_puts_to_the_sample_is_answered(capsys):
    asked = re.search(r"map CASE\.json --what-if (\S+)", (resources().parent / "README.md").read_text(encoding="utf-8"))
    assert asked is not None
    sample = resources() / "samples" / "sample-matter.json"
    assert cli.main(["map", str(sample), "--what-if", asked.group(1), "--today", "2026-03-02"]) == cli.DONE
    assert capsys.readouterr().out
