"""A case file comes back as it was; what cannot be read is refused in a sentence; session answers are not written."""

from __future__ import annotations

import json

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_mapper.casefile.codec import decode_case, encode_case, for_storage
from clinic_mapper.casefile.model import (
    Agency,
    Answer,
    FollowUp,
    Identifier,
    Matter,
    Touchpoint,
    Verdict,
    Where,
    answer_of,
)
from clinic_mapper.problem import Problem
from clinic_mapper.resource_files import resources, schemas

texts = st.text(st.characters(codec="utf-8"), max_size=30)
names = st.text("abc-xyz", min_size=1, max_size=8)
answers = st.builds(
    Answer,
    value=names,
    source=st.sampled_from(("client", "paper", "attorney", "clinic")),
    paper=texts,
    since=st.sampled_from(("", "2012", "2012-05")),
    session_only=st.booleans(),
)
given_answers = st.dictionaries(names, answers, max_size=4)
contacts = st.builds(
    Touchpoint,
    id=names,
    kind=names,
    when=st.sampled_from(("", "2012", "2011/2012", "../2010", "2014-21", "2015~")),
    where=st.builds(Where, state=st.sampled_from(("", "CA", "PR")), county=texts, city=texts),
    agency=st.builds(Agency, kind=names, name=texts),
    facts=given_answers,
    practices=given_answers,
    note=texts,
)
days = st.sampled_from(("", "2026-11-26", "2026-12", "2027"))
follow_ups = st.builds(
    FollowUp,
    id=names,
    kind=st.sampled_from(("request", "correction", "advice", "other")),
    about=texts,
    remedy=texts,
    letter=texts,
    owner=texts,
    due=days,
    sent=days,
    state=st.sampled_from(("open", "done", "dropped")),
    ended=days,
    note=texts,
)
matters = st.builds(
    Matter,
    code=names,
    sample=st.booleans(),
    client=given_answers,
    touchpoints=st.lists(contacts, max_size=3, unique_by=lambda each: each.id).map(tuple),
    identifiers=st.lists(st.builds(Identifier, kind=st.just("name"), value=texts), max_size=2).map(tuple),
    set_aside=st.lists(st.builds(Verdict, route=names, reason=texts), max_size=2).map(tuple),
    follow_ups=st.lists(follow_ups, max_size=2, unique_by=lambda each: each.id).map(tuple),
    note=texts,
)


@pytest.fixture(scope="module")
def schema():
    return json.loads((schemas() / "case.schema.json").read_bytes())


@given(matters)
def test_a_matter_comes_back_as_it_was(matter):
    assert decode_case(encode_case(matter)) == matter


@given(matters)
def test_what_we_write_is_a_case_file_by_the_published_contract(matter):
    jsonschema.Draft202012Validator(json.loads((schemas() / "case.schema.json").read_bytes())).validate(
        json.loads(encode_case(matter))
    )


@given(matters)
def test_an_answer_for_this_session_only_is_not_written(matter):
    stored = for_storage(matter)
    every = [
        stored.client,
        *(each.facts for each in stored.touchpoints),
        *(each.practices for each in stored.touchpoints),
    ]
    assert not any(answer_of(answer).session_only for told in every for answer in told.values())
    assert for_storage(stored) == stored


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "case-unreadable"),
        (b"{", "case-unreadable"),
        (b"\xff\xfe", "case-unreadable"),
        (b'{"code": "A", "colour": "red"}', "case-unreadable"),
        (b'{"touchpoints": []}', "case-unreadable"),
        (b'{"code": "A", "schema": "clinic-mapper/case/9"}', "case-newer"),
        (b'{"code": "A", "touchpoints": [{"id": "t1", "kind": "x", "when": "soon"}]}', "case-invalid"),
        (b'{"code": "A", "touchpoints": [{"id": "t1", "kind": "x"}, {"id": "t1", "kind": "x"}]}', "case-invalid"),
        (b'{"code": "A", "client": {"dhs-prints": {"value": "yes", "since": "when"}}}', "case-invalid"),
    ],
)
def test_what_is_no_case_file_is_refused_in_a_sentence(data, code):
    with pytest.raises(Problem) as refused:
        decode_case(data)
    assert refused.value.code == code
    assert refused.value.sentence.endswith(".")


def test_short_answers_may_be_written_by_hand(schema):
    text = b'{"schema": "clinic-mapper/case/1", "code": "A", "client": {"dhs-prints": "yes"}, "touchpoints": []}'
    jsonschema.Draft202012Validator(schema).validate(json.loads(text))
    assert decode_case(text).client == {"dhs-prints": Answer(value="yes")}


def test_the_schema_shows_an_example_that_is_a_case_file(schema):
    for example in schema["examples"]:
        jsonschema.Draft202012Validator(schema).validate(example)
        assert decode_case(json.dumps(example).encode()).touchpoints


def test_the_sample_matter_is_marked_and_in_the_layout_we_write(schema):
    data = (resources() / "samples" / "sample-matter.json").read_bytes()
    matter = decode_case(data)
    assert matter.sample
    assert encode_case(matter) == data
    assert len(matter.touchpoints) == 12
    jsonschema.Draft202012Validator(schema).validate(json.loads(data))
