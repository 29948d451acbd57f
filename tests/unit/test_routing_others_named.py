"""Records that name other people: which they are, that nothing is said of the people, and where the count is told."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_mapper.casefile.model import Matter, Touchpoint
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.catalog_difference import sample_matters
from clinic_mapper.memo.compose import compose
from clinic_mapper.memo.document import runs_of, text_of
from clinic_mapper.memo.map_text import map_in_words
from clinic_mapper.memo.readers import load_profile
from clinic_mapper.memo.withhold import withhold
from clinic_mapper.memo.words import LANGUAGES, load_words
from clinic_mapper.resource_files import schemas
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.model import ExposureMap, NamesOthers
from clinic_mapper.routing.wire import as_json
from tests.unit.drawn_matters import matters

TODAY = date(2026, 11, 24)


@lru_cache(maxsize=1)
def catalog() -> Catalog:
    return load_catalog()


def mapped(matter: Matter) -> ExposureMap:
    return map_exposure(matter, catalog(), TODAY, ask=False)


def matter_of(*kinds: str, **facts: str) -> Matter:
    contacts = tuple(
        Touchpoint(id=f"t{number}", kind=kind, when="2019", facts=dict(facts)) for number, kind in enumerate(kinds, 1)
    )
    return Matter(code="M-1", touchpoints=contacts)


@given(st.deferred(lambda: matters(catalog())))
def test_each_record_is_one_that_its_contact_can_leave_and_stands_once(matter):
    kinds = {touchpoint.id: catalog().touchpoints[touchpoint.kind] for touchpoint in matter.touchpoints}
    named = mapped(matter).names_others
    assert list(named) == sorted(set(named))
    for each in named:
        records = [record for record in kinds[each.touchpoint].creates if record.system == each.system]
        items = {item for record in records for item in record.data}
        items |= {item for record in records for part in record.data_when for item in part.data}
        assert "family_associates" in items


def test_an_item_that_an_answer_decides_counts_unless_the_answer_rules_it_out():
    card = NamesOthers(touchpoint="t1", system="field-interview-cards")
    for answer in ("yes", "unknown"):
        named = mapped(matter_of("field-interview-tattoos", companions=answer)).names_others
        assert card in named, answer
    alone = mapped(matter_of("field-interview-tattoos", companions="no"))
    assert card not in alone.names_others
    assert card in mapped(matter_of("field-interview-tattoos")).names_others


def test_a_contact_without_such_a_record_names_nobody():
    assert mapped(matter_of("dmv-standard-licence", "police-stop-citation")).names_others == ()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_count_stands_in_the_map_s_text_in_one_form_or_the_other(lang):
    words = load_words(lang)
    for kinds, number in ((("sent-money",), 1), (("sent-money", "sent-money"), 2), (("dmv-standard-licence",), 0)):
        matter = matter_of(*kinds)
        exposure = mapped(matter)
        assert len(exposure.names_others) == number
        text = " ".join(map_in_words(matter, catalog(), exposure, lang).split())
        said = [words.counted("count.names_others", each) for each in (1, 2)]
        assert [each in text for each in said] == [number == 1, number == 2]


@pytest.mark.parametrize("reader", ["supervisor", "cocounsel"])
def test_the_memo_counts_the_records_among_what_the_method_cannot_see(reader):
    matter, words = matter_of("sent-money", "asylum-application"), load_words("en")
    exposure = mapped(matter)
    memo = withhold(compose(matter, catalog(), exposure, reader), load_profile(reader))
    said = words.counted("count.names_others", len(exposure.names_others))
    runs = list(runs_of(memo))
    place = next(number for number, run in enumerate(runs) if run.text == said)
    assert runs[place].tag == ""  # our own wording, as every count is
    titles = [run.text for run in runs[:place]]
    assert words("limits.title") in titles and words("appendix.b") not in titles


def test_where_no_record_names_others_the_memo_says_nothing_of_it():
    matter = matter_of("dmv-standard-licence")
    text = text_of(compose(matter, catalog(), mapped(matter), "supervisor"))
    assert "other people" not in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_of_a_relative_s_contact_memo_and_map_say_that_the_map_covers_the_client_alone(lang):
    said = load_words(lang)("facts.relative")
    for kind in (each for each in catalog().touchpoints.values() if each.about == "relative"):
        matter = matter_of("dmv-standard-licence", kind.id)
        exposure = mapped(matter)
        for reader in ("supervisor", "cocounsel"):
            memo = withhold(compose(matter, catalog(), exposure, reader, lang), load_profile(reader))
            assert text_of(memo).count(said) == 1
        text = " ".join(map_in_words(matter, catalog(), exposure, lang).split())
        assert f"{getattr(kind, lang)} (2019): {said}" in text
        assert text.count(said) == 1


def test_of_the_client_s_own_contacts_it_says_no_such_thing_and_the_client_s_page_never_does():
    said, own = load_words("en")("facts.relative"), matter_of("dmv-standard-licence")
    assert said not in text_of(compose(own, catalog(), mapped(own), "supervisor"))
    assert said not in map_in_words(own, catalog(), mapped(own))
    relative = matter_of("sponsored-child", "sent-money")
    page = text_of(compose(relative, catalog(), mapped(relative), "client"))
    assert "relative" not in page and "other people" not in page


def test_what_the_map_prints_for_programs_is_what_its_schema_describes():
    schema = json.loads((schemas() / "map.schema.json").read_bytes())
    validator = jsonschema.Draft202012Validator(schema)
    named = 0
    for _, matter in sample_matters():
        plain = json.loads(as_json(map_exposure(matter, catalog(), TODAY)))
        validator.validate(plain)
        named += len(plain["names_others"])
    assert named
