"""`catalog check` tells every problem, each by file, row and key."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from clinic_mapper.catalog.check import check_catalog
from clinic_mapper.catalog.load import load_catalog

CITE = [{"source": "manual", "at": "page 1", "basis": "read"}]
HERE = {"as_of": "2024", "cites": CITE}
FLOW = {
    "id": "f",
    "from": "jail",
    "to": "lesc",
    "mechanism": "prints",
    "mode": "automatic",
    "confidence": "documented",
    "timing": "at_event",
    "practice": "everywhere",
    "needs": {},
    "carries": ["identity"],
    "trigger": "Booking.",
    "authority": "none",
    **HERE,
}
SYSTEM = {"operator": "X", "level": "local", "sector": "jail", "holds": ["identity"], "summary": "Invented.", **HERE}
QUESTION = {"en": "Prints?", "es": "¿Huellas?", "why_en": "It matters.", "why_es": "Importa."}
LAW = {
    "id": "law",
    "jurisdiction": "US-CA",
    "name": "A law",
    "citation": "1",
    "effect": "blocks",
    "says": "No.",
    "status": "in_force",
    "status_as_of": "2024",
    "acts": True,
    "effect_on_route": "close",
    "binds": ["local"],
    "recipients": ["ice"],
    "since": "2018",
    **HERE,
}
REMEDY = {
    "id": "ask",
    "kind": "records_request",
    "title": "Ask",
    "how": ["Write."],
    "recipient": "the jail",
    "learns": "The jail learns that somebody asks.",
    **HERE,
}
GOOD: dict[str, Any] = {
    "version": "1",
    "as_of": "2024",
    "sources": [{"id": "manual", "title": "A manual", "publisher": "X", "published": "2024", "kind": "government"}],
    "mechanisms": [{"id": "prints", "en": "Prints", "es": "Huellas"}],
    "systems": [
        {"id": "jail", "name": "Jail", **SYSTEM},
        {"id": "lesc", "name": "LESC", **SYSTEM, "ice": "operated", "serves": "ice-ero"},
    ],
    "flows": [{**FLOW, "when": {"fact": "printed", "is": "yes"}}],
    "restrictions": [LAW],
    "remedies": [REMEDY],
    "touchpoints": [
        {
            "id": "booking",
            "en": "Booked",
            "es": "Ingreso",
            "sector": "jail",
            "creates": [{"system": "jail", "data": ["identity"]}],
            "questions": [{"id": "printed", **QUESTION}],
        }
    ],
}


def sentences(folder: Path, **changes: Any) -> list[str]:
    """What the check says of the good catalog with some lists replaced."""
    (folder / "all.json").write_text(json.dumps(copy.deepcopy(GOOD) | changes), "utf-8")
    return [found.sentence for found in check_catalog(folder)]


def test_a_catalog_in_order_has_no_findings(tmp_path):
    assert sentences(tmp_path) == []


def test_all_problems_are_told_and_not_the_first(tmp_path):
    flows = [
        GOOD["flows"][0],
        {**FLOW, "id": "g", "mode": "by fax", "cites": [], "tto": 1},
        {**FLOW, "id": "h", "to": "lesk", "as_of": "spring"},
    ]
    said = sentences(tmp_path, flows=flows)
    assert 'all.json, flow "g": key "cites" is empty' in said
    assert 'all.json, flow "g": key "mode": unknown word "by fax"' in said
    assert 'all.json, flow "g": unknown key "tto"; did you mean "to"?' in said
    assert 'all.json, flow "h": unknown system "lesk"; did you mean "lesc"?' in said
    assert 'all.json, flow "h": key "as_of": "spring" has not the form it must have' in said


@pytest.mark.parametrize(
    ("example", "sentence"),
    [
        pytest.param({"touchpoint": "boking"}, 'unknown touchpoint "boking"; did you mean "booking"?', id="touchpoint"),
        pytest.param({"facts": {"printed": "y"}}, 'unknown answer "y" to question "printed"', id="answer"),
        pytest.param({"record": "lesc"}, 'unknown record of the touchpoint "lesc"', id="record"),
        pytest.param({"practices": {"faxes": "yes"}}, 'unknown practice "faxes"', id="practice"),
    ],
)
def test_names_in_examples_are_looked_up_here_and_keep_no_catalog_from_loading(tmp_path, example, sentence):
    flow = {**GOOD["flows"][0], "examples": [{"says": "x", "touchpoint": "booking", "gives": "open", **example}]}
    (said,) = sentences(tmp_path, flows=[flow])
    assert said.startswith(f'all.json, flow "f": {sentence}')
    assert load_catalog(tmp_path).flows["f"].examples


def test_a_finding_carries_file_row_and_key(tmp_path):
    (tmp_path / "all.json").write_text(json.dumps(GOOD | {"mechanisms": []}), "utf-8")
    (found,) = check_catalog(tmp_path)
    assert (found.file, found.row, found.key) == ("all.json", 'flow "f"', "mechanism")


def test_names_of_rows_that_cannot_be_read_are_not_called_unknown(tmp_path):
    systems = [GOOD["systems"][0], {**GOOD["systems"][1], "level": "county"}]
    assert sentences(tmp_path, systems=systems) == ['all.json, system "lesc": key "level": unknown word "county"']


def test_broken_json_is_told_and_the_other_files_are_checked_too(tmp_path):
    (tmp_path / "bad.json").write_text('{"flows": ', "utf-8")
    said = sentences(tmp_path, restrictions=[{**LAW, "jurisdiction": "US-CZ"}])
    assert any(sentence.startswith("bad.json: this is not JSON: line 1") for sentence in said)
    assert 'all.json, restriction "law": unknown place "US-CZ"' in said


@pytest.mark.parametrize("depth", [60, 400, 5000])
def test_conditions_too_deep_inside_each_other_are_told(tmp_path, depth):
    deep = '{"not":' * depth + '{"fact": "printed", "is": "yes"}' + "}" * depth
    text = json.dumps(GOOD | {"flows": [{**FLOW, "when": "HERE"}]}).replace('"HERE"', deep)
    (tmp_path / "all.json").write_text(text, "utf-8")
    assert any("too deep inside each other" in found.sentence for found in check_catalog(tmp_path))


def test_a_key_that_stands_twice_is_told(tmp_path):
    text = json.dumps(GOOD).replace('"says": "No."', '"says": "No.", "says": "Yes."')
    (tmp_path / "all.json").write_text(text, "utf-8")
    assert [found.sentence for found in check_catalog(tmp_path)] == [
        'all.json: row "law": key "says" stands twice',
    ]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        pytest.param({"binds": []}, "a row that acts says whose duty it is", id="binds"),
        pytest.param({"recipients": []}, "a row that acts says to whom nothing may go", id="recipients"),
        pytest.param({"since": None}, "a row that acts has a day from which it acts", id="start"),
        pytest.param({"status": "pending"}, "a law that is pending does not act", id="pending"),
        pytest.param({"effect_on_route": "show"}, "closes, leaves undetermined or answers", id="effect"),
        pytest.param({"effect_on_route": "practice_yes"}, "which practice or agreement it answers", id="answers"),
        pytest.param({"acts": False}, "a row that does not act is shown, no more", id="shown only"),
        pytest.param({"until": "2017"}, "it ends (2017) before it starts (2018)", id="ends first"),
        pytest.param({"yields_to": ["lwa"]}, 'unknown restriction "lwa"; did you mean "law"?', id="yields"),
        pytest.param({"unless": [{"kind": "client", "text": "x"}]}, "names a client question", id="exception"),
        pytest.param(
            {"unless": [{"kind": "client", "text": "x", "client": "who", "question": "?"}]},
            'unknown client question "who"',
            id="exception asks nothing",
        ),
    ],
)
def test_law_that_acts_is_complete(tmp_path, change, sentence):
    said = sentences(tmp_path, restrictions=[{**LAW, **change}])
    assert any('restriction "law": ' in told and sentence in told for told in said), said


PRINTED = {"fact": "printed", "is": "yes"}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        pytest.param({"shown_by": {"not": PRINTED}}, "only answers show a step", id="not"),
        pytest.param({"shown_by": {"all": [PRINTED, {"place": ["US-CA"]}]}}, "only answers show a step", id="place"),
        pytest.param({"shown_by": {"fact": "printed", "is": "y"}}, 'unknown answer "y" to question', id="answer"),
        pytest.param({"shown_by": {"any": [PRINTED, {"all": [PRINTED]}]}}, None, id="answers"),
    ],
)
def test_answers_alone_show_a_step(tmp_path, change, sentence):
    said = sentences(tmp_path, flows=[{**GOOD["flows"][0], **change}])
    assert any(sentence in told for told in said) if sentence else said == []


@pytest.mark.parametrize(("onset", "value", "found"), [(True, "no", True), (True, "yes", False), (False, "no", False)])
def test_of_what_begins_on_some_day_a_contact_tells_that_it_has_begun_and_never_that_it_has_not(
    tmp_path, onset, value, found
):
    client = {"id": "prints", **QUESTION, "onset": onset}
    kind = {**GOOD["touchpoints"][0], "tells": [{"client": "prints", "is": value}]}
    said = sentences(tmp_path, client_questions=[client], touchpoints=[kind])
    assert any('"prints" begins on some day' in told for told in said) is found


@pytest.mark.parametrize(
    ("questions", "sentence"),
    [
        pytest.param(
            [{"id": "printed", **QUESTION}, {"id": "why", **QUESTION}],
            'question "why" is asked and nothing',
            id="unread",
        ),
        pytest.param([{"id": "printed", **QUESTION}] * 2, 'question "printed" stands twice', id="twice"),
        pytest.param(
            [{"id": "printed", **QUESTION, "en": "{county}?"}], 'the placeholders of "{county}?"', id="placeholder"
        ),
        pytest.param([{"id": "printed", **QUESTION, "es": " "}], 'a text of "printed" is empty', id="no Spanish"),
    ],
)
def test_questions_are_read_once_and_whole(tmp_path, questions, sentence):
    said = sentences(tmp_path, touchpoints=[{**GOOD["touchpoints"][0], "questions": questions}])
    assert any('touchpoint "booking": ' in told and sentence in told for told in said), said


def test_a_touchpoint_puts_into_a_system_only_what_it_holds(tmp_path):
    creates = [{"system": "jail", "data": ["identity", "iris"]}]
    said = sentences(tmp_path, touchpoints=[{**GOOD["touchpoints"][0], "creates": creates}])
    assert said == ['all.json, touchpoint "booking": system "jail" does not hold "iris"']


def test_two_flows_that_are_one_step_join_the_same_two_systems(tmp_path):
    good = GOOD["flows"][0]
    assert sentences(tmp_path, flows=[{**good, "either_with": "g"}, {**FLOW, "id": "g"}]) == []
    turned = {**FLOW, "id": "g", "from": "lesc", "to": "jail"}
    said = sentences(tmp_path, flows=[{**good, "either_with": "g"}, turned])
    assert said == ['all.json, flow "f": flow "g" does not join the same two systems']


def test_a_flow_is_one_step_with_one_other_flow(tmp_path):
    flows = [
        {**GOOD["flows"][0], "either_with": "g"},
        {**FLOW, "id": "g", "either_with": "h"},
        {**FLOW, "id": "h"},
    ]
    said = sentences(tmp_path, flows=flows)
    assert said == ['all.json, flow "f": flow "g" is one step with another flow']


@pytest.mark.parametrize("other", ["f", "g"])
def test_of_two_flows_that_are_one_step_only_one_names_the_other(tmp_path, other):
    flows = [{**GOOD["flows"][0], "either_with": other}, {**FLOW, "id": "g", "either_with": "f"}]
    said = sentences(tmp_path, flows=flows)
    assert any(f'flow "f": flow "{other}" names it too' in told for told in said), said


def test_a_system_that_ice_runs_serves_an_office(tmp_path):
    systems = [GOOD["systems"][0], {**GOOD["systems"][1], "serves": None}]
    said = sentences(tmp_path, systems=systems)
    assert said == ['all.json, system "lesc": a system that ICE runs must say which office it serves']


def test_one_file_gives_the_version(tmp_path):
    (tmp_path / "other.json").write_text('{"version": "2", "as_of": "2025"}', "utf-8")
    assert any("one file gives version and as_of" in told for told in sentences(tmp_path))


def test_a_source_that_nothing_cites_is_told(tmp_path):
    spare = {**GOOD["sources"][0], "id": "spare"}
    assert sentences(tmp_path, sources=[*GOOD["sources"], spare]) == [
        'all.json, source "spare": no row cites this source'
    ]


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        pytest.param({"kind": "city"}, "a city, and nothing else, names the counties", id="city without county"),
        pytest.param({"kind": "county", "fills": True}, "only a city can fill its counties", id="county fills"),
        pytest.param({"kind": "city", "counties": ["US-NV-b"]}, '"US-NV-b" lies in another state', id="state"),
    ],
)
def test_places_fit_together(tmp_path, place, sentence):
    places = [{"id": "US-CA-a", "name": "A", **place}, {"id": "US-NV-b", "name": "B", "kind": "county"}]
    assert any(sentence in told for told in sentences(tmp_path, places=places))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        pytest.param({"learns": None}, "a remedy says who learns what", id="not said"),
        pytest.param({"learns": " "}, "a remedy says who learns what", id="said with nothing"),
        pytest.param({"kind": "custody_step"}, "a step of a custody says by when", id="no time"),
    ],
)
def test_a_remedy_says_who_learns_what_and_a_custody_step_by_when(tmp_path, change, sentence):
    remedy = {key: value for key, value in (REMEDY | change).items() if value is not None}
    (said,) = sentences(tmp_path, remedies=[remedy])
    assert said.startswith('all.json, remedy "ask": ') and sentence in said
