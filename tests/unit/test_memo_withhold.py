"""What a reader may not see is not in the document at all, and profiles answer for every kind of disclosure."""

from __future__ import annotations

import json
from functools import partial

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from clinic_mapper.casefile.dates import parse
from clinic_mapper.casefile.model import Agency, Answer, Touchpoint, Where
from clinic_mapper.memo.compose import compose
from clinic_mapper.memo.document import TAGS, runs_of, spoken_of, text_of
from clinic_mapper.memo.gate import as_drawn, drawable_lines, own_words
from clinic_mapper.memo.generalize import date_at, place_at
from clinic_mapper.memo.haystack import Haystack
from clinic_mapper.memo.left_out import summary
from clinic_mapper.memo.prove import ONLY_HEARD
from clinic_mapper.memo.readers import READERS, load_profile
from clinic_mapper.memo.spellings import spellings_of
from clinic_mapper.memo.with_pictures import with_pictures
from clinic_mapper.memo.withhold import bare, for_export, reduced, withheld_values, withhold
from clinic_mapper.problem import Problem
from clinic_mapper.resource_files import resources, schemas
from tests.memo_corpus import sample

every_reader = pytest.mark.parametrize("reader", READERS)
every_language = pytest.mark.parametrize("lang", ["en", "es"])


def kept_document(reader: str, lang: str = "en", matter=None):
    case = for_export(matter or sample.matter())
    catalog = sample.catalog()
    exposure = sample.exposure(case, catalog)
    return withhold(compose(case, catalog, exposure, reader, lang), load_profile(reader))


@every_reader
def test_a_profile_is_valid_against_its_published_schema(reader):
    schema = json.loads((schemas() / "profile.schema.json").read_text("utf-8"))
    profile = json.loads((resources() / "profiles" / f"{reader}.json").read_text("utf-8"))
    jsonschema.validate(profile, schema)
    assert set(schema["properties"]["tags"]["properties"]) == set(TAGS)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(profile | {"tags": profile["tags"] | {"date": "shorten"}}, schema)


def test_an_unknown_reader_is_named_as_such():
    with pytest.raises(Problem) as caught:
        load_profile("neighbor")
    assert caught.value.code == "no-such-reader"


@every_reader
@every_language
def test_a_run_that_is_withheld_is_gone_and_one_generalized_says_less(reader, lang):
    profile = load_profile(reader)
    for run in runs_of(kept_document(reader, lang)):
        assert not profile.withholds(run.tag), run.text
        assert not run.forms, "a kept run carries nothing more exact with it"


@every_reader
@every_language
def test_both_ways_of_withholding_say_the_same(reader, lang):
    case, catalog = for_export(sample.matter()), sample.catalog()
    exposure, profile = sample.exposure(case, catalog), load_profile(reader)
    own = own_words(case, catalog, exposure, profile, lang, says=partial(as_drawn, pages=0))
    said = withhold(compose(case, catalog, exposure, reader, lang), profile)
    said = with_pictures(said, reduced(case, profile, catalog), catalog, exposure, profile)
    on_pages, _, heard = own.reduced.partition(ONLY_HEARD)
    assert heard.strip() == drawable_lines(spoken_of(said)).strip()
    assert Haystack(on_pages)._words[0] == Haystack(text_of(said))._words[0]


@every_reader
@every_language
def test_no_withheld_value_is_in_the_document(reader, lang):
    matter, catalog = sample.matter(), sample.catalog()
    text = Haystack(text_of(kept_document(reader, lang)))
    own = Haystack(text_of(kept_document(reader, lang, bare(matter))))
    for value in withheld_values(matter, catalog, load_profile(reader)):
        for spelling in value.spellings:
            assert text.count(spelling) <= own.count(spelling), (value.kind, spelling)


def test_cocounsel_sees_months_and_agencies_but_no_note_and_no_reason():
    text = text_of(kept_document("cocounsel"))
    assert "May 2012" in text and "May 14" not in text
    assert "Fresno Police Department" in text
    assert "second officer" not in text and "calls after six" not in text
    assert "set aside by the attorney" in text and "County counsel" not in text


def test_the_supervisor_sees_what_was_told_and_never_an_identifier():
    text = text_of(kept_document("supervisor"))
    assert "May 14, 2012" in text and "second officer" in text and "County counsel" in text
    assert "Ximena" not in text and "087" not in text


def test_the_client_page_says_nothing_of_what_happened():
    matter = sample.matter()
    text = text_of(kept_document("client"))
    assert matter.code not in text and "20" not in text and "Fresno" not in text
    assert text == text_of(kept_document("client", matter=replace(matter, code="other", note="other")))


def test_answers_for_this_session_only_are_not_asked_in_any_file():
    matter = sample.matter()
    assert any(isinstance(a, Answer) and a.session_only for a in matter.client.values())
    assert "Did an officer look at your papers? no" not in text_of(kept_document("supervisor"))


def test_reducing_leaves_no_text_that_the_profile_withholds():
    case = reduced(sample.matter(), load_profile("cocounsel"), sample.catalog())
    assert case.note == "" and all(each.note == "" for each in case.touchpoints)
    assert case.touchpoints[0].when == "2012-05" and case.touchpoints[0].agency.name
    assert all(verdict.reason == "" for verdict in case.set_aside) and case.identifiers == ()


@pytest.mark.parametrize(
    ("stored", "month", "year"),
    [
        ("2012-05-14", "2012-05", "2012"),
        ("2012-22", "2012-22", "2012"),
        ("2012-05-14~", "2012-05~", "2012~"),
        ("../2012-05-14", "../2012-05", "../2012"),
        ("2012-05-14/..", "2012-05/..", "2012/.."),
        ("2012-05-01/2012-05-20", "2012-05", "2012"),
        ("2011-12-31/2012-01-02", "2011-12/2012-01", "2011/2012"),
        ("", "", ""),
    ],
    ids=str,
)
def test_dates_become_less_exact(stored, month, year):
    assert (date_at(stored, "month"), date_at(stored, "year")) == (month, year)
    parse(date_at(stored, "month")), parse(date_at(stored, "year"))


def test_places_become_less_exact():
    where = Where(state="CA", county="Fresno", city="Clovis")
    assert place_at(where, "county") == Where(state="CA", county="Fresno")
    assert place_at(where, "state") == Where(state="CA")


def test_the_summary_counts_and_never_quotes():
    matter, catalog = sample.matter(), sample.catalog()
    cocounsel = " ".join(summary(matter, catalog, "cocounsel"))
    assert "Dates are shown by month." in cocounsel
    assert "2 notes" in cocounsel and "one reason" in cocounsel and "4 names and numbers" in cocounsel
    assert "this session only" in cocounsel
    client = " ".join(summary(matter, catalog, "client", "es"))
    assert "3 nombres de oficinas" in client
    for said in (cocounsel, client):
        assert "Fresno" not in said and "Ximena" not in said and matter.code not in said


def test_nothing_to_leave_out_is_said_too():
    plain = replace(sample.matter(), identifiers=(), client={})
    assert summary(plain, sample.catalog(), "supervisor") == (
        "Nothing is left out for this reader, except what no file may contain.",
    )


words = st.text(alphabet=st.characters(categories=["Lu", "Ll"]), min_size=5, max_size=12)


@given(name=words, city=words, note=words)
def test_whatever_is_typed_never_reaches_the_client_page(name, city, note):
    case = replace(
        sample.matter(1),
        touchpoints=(
            Touchpoint(
                id="t1", kind="jail-booking", when="2012-05-14", where=Where(state="CA", city=city),
                agency=Agency(name=name), note=note,
            ),
        ),
    )  # fmt: skip
    assert text_of(kept_document("client", matter=case)) == text_of(kept_document("client", matter=sample.matter(1)))


@given(st.text(max_size=60), st.sampled_from(["name", "agency-name", "note", "place", "a-number", "address", "code"]))
def test_every_value_is_found_in_a_text_that_holds_it(value, kind):
    spellings = spellings_of(kind, value)
    if spellings:
        haystack = Haystack(f"Before {value} after.")
        assert any(haystack.count(spelling) for spelling in spellings)
