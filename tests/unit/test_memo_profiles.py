"""Profiles that the shipped readers do not use: every verdict does what it says, and a bad one is refused by name."""

from __future__ import annotations

import json

import msgspec
import pytest

from clinic_mapper.memo import readers
from clinic_mapper.memo.compose import compose
from clinic_mapper.memo.document import Document, Heading, Items, Paragraph, Run, text_of
from clinic_mapper.memo.readers import Profile, load_profile
from clinic_mapper.memo.withhold import for_export, reduced, withheld_values, withhold
from clinic_mapper.problem import Problem
from tests.memo_corpus import sample


def profile(**tags: str) -> Profile:
    base = load_profile("supervisor")
    return msgspec.structs.replace(base, tags=base.tags | {name.replace("_", "-"): word for name, word in tags.items()})


def text(chosen: Profile) -> str:
    case, catalog = for_export(sample.matter()), sample.catalog()
    return text_of(withhold(compose(case, catalog, sample.exposure(case, catalog), "supervisor"), chosen))


def test_agencies_by_kind():
    chosen = profile(agency_name="generalize:kind")
    assert "Fresno Police Department" not in text(chosen) and "city or town police" in text(chosen)
    assert reduced(sample.matter(), chosen, sample.catalog()).touchpoints[0].agency.name == ""


def test_places_by_county_and_by_state():
    assert "Bakersfield" in text(profile())
    assert "Bakersfield" not in text(profile(place="generalize:county"))
    assert "Fresno County" in text(profile(place="generalize:county"))
    assert "Fresno County" not in text(profile(place="generalize:state"))


def test_dates_by_year():
    said = text(profile(date="generalize:year"))
    assert "2012" in said and "May" not in said and "summer" not in said


def test_papers_and_answers_withheld():
    assert "certificate of disposition" not in text(profile(paper="withhold"))
    assert reduced(sample.matter(), profile(answer="withhold"), sample.catalog()).client == {}


def test_a_matter_without_anything_typed_has_nothing_to_withhold():
    from clinic_mapper.casefile.model import Matter, Touchpoint

    bare = Matter(code="", touchpoints=(Touchpoint(id="t1", kind="not-in-this-catalog"),))
    assert withheld_values(bare, sample.catalog(), load_profile("client")) == ()


def test_a_block_of_which_nothing_is_left_is_gone_and_what_has_no_less_exact_form_too():
    runs = (Run(text="May 14", tag="date"),)
    blocks = (Heading(runs=runs), Paragraph(runs=runs), Items(items=(runs,)))
    document = Document(title="t", lang="en", reader="x", running=runs, footer="", page_word="", blocks=blocks)
    kept = withhold(document, profile(date="generalize:month"))
    assert kept.blocks == () and kept.running == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"schema": "clinic-mapper/profile/9"}, "schema"),
        ({"tags": {"code": "keep"}}, "nothing is said about"),
        ({"tags": {"colour": "keep"}}, "“colour” is not a tag"),
        ({"tags": {"date": "generalize:week"}}, "generalize:week"),
        ({"tags": {"note": "generalize:month"}}, "note"),
        ({"extra": 1}, "extra"),
    ],
    ids=["schema", "unanswered", "unknown tag", "unknown level", "level of another tag", "unknown key"],
)
def test_a_bad_profile_is_named_by_file_and_key(change, said):
    full = json.loads(msgspec.json.encode(load_profile("supervisor")))
    merged = (
        full["tags"] | change["tags"] if "tags" in change and said != "nothing is said about" else change.get("tags")
    )
    broken = full | change | ({"tags": merged} if merged else {})
    with pytest.raises(Problem) as caught:
        readers._decoded(json.dumps(broken).encode(), "resources/profiles/x.json")
    assert caught.value.code == "profile-invalid"
    assert "resources/profiles/x.json" in caught.value.what and said in caught.value.what
