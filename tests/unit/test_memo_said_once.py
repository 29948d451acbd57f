"""The memo says a thing once, in the order in which it is needed, and its dates in words."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from clinic_mapper.memo.compose import compose
from clinic_mapper.memo.custody import time_bound
from clinic_mapper.memo.document import Document, Entry, Heading, Items, NoteBox, Paragraph, Runs, Table, text_of
from clinic_mapper.memo.words import LANGUAGES, load_words
from tests.every_document import SAMPLES, case, catalog

every_sample = pytest.mark.parametrize("sample", SAMPLES)
every_language = pytest.mark.parametrize("lang", LANGUAGES)


def memo(sample: str, lang: str = "en", reader: str = "supervisor") -> Document:
    matter, exposure = case(sample)
    return compose(matter, catalog(), exposure, reader, lang)


def said(runs: Runs) -> str:
    return "".join(run.text for run in runs)


def test_somebody_in_custody_hears_of_every_step_that_runs_in_hours_first_whether_there_is_a_detainer():
    matter, _ = case("in-custody-in-texas")
    boxes = [block for block in memo("in-custody-in-texas").blocks if isinstance(block, NoteBox)]
    (box,) = (each for each in boxes if each.kind == "time-bound")
    first, *_ = titles = [row.title for row in time_bound(matter, catalog())]
    assert first.startswith("Today: find out whether")
    assert [said(each).split(" – ")[0][:20] for each in box.paragraphs[1:]] == [title[:20] for title in titles]
    held = {row.id for row in catalog().remedies.values() if row.in_custody}
    assert {row.id for row in time_bound(matter, catalog())} == {id for id in held if not id.startswith("req-ca-")}
    there = replace(
        matter, touchpoints=tuple(replace(t, where=replace(t.where, state="CA")) for t in matter.touchpoints)
    )
    assert {row.id for row in time_bound(there, catalog())} == held


@every_sample
@every_language
def test_no_question_is_asked_again_as_one_that_was_not_asked(sample, lang):
    words, blocks = load_words(lang), memo(sample, lang).blocks
    title = words("limits.title")
    at = next(n for n, block in enumerate(blocks) if isinstance(block, Heading) and said(block.runs) == title)
    above = " ".join(said(item) for block in blocks[:at] if isinstance(block, Items) for item in block.items)
    (listed,) = (block for block in blocks[at : at + 3] if isinstance(block, Items))
    not_asked = said(listed.items[-1]).rpartition(": ")[2].split("  ")
    assert not_asked and not [question for question in not_asked if question in above]


@every_sample
def test_who_learns_what_is_said_once(sample):
    document = memo(sample)
    text = text_of(document)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    learns = {row.learns for row in catalog().remedies.values() if row.learns and row.learns in text}
    assert tables and all(text.count(each) == 1 for each in learns if len(each) > 40)


@every_sample
@every_language
def test_who_can_answer_is_said_once_before_what_they_are_asked(sample, lang):
    words = load_words(lang)
    for entry in (block for block in memo(sample, lang).blocks if isinstance(block, Entry)):
        for inner in (block for block in entry.blocks if isinstance(block, Paragraph)):
            for who in ("client", "paper", "request", "clinic"):
                assert said(inner.runs).count(words(f"who.{who}") + ": ") <= 1


@every_sample
def test_dates_of_the_catalog_are_said_in_words(sample):
    document = memo(sample, "es")  # where what the catalog itself says is told apart
    numbers = re.compile(r"\b(?:19|20)\d\d-\d\d(?:-\d\d)?\b")
    for block in document.blocks:
        for runs in block.items if isinstance(block, Items) else (block.runs,) if isinstance(block, Paragraph) else ():
            ours = [run.text for run in runs if run.tag not in ("source", "note") and not run.lang]
            assert not numbers.search("".join(ours)), ours


@every_language
def test_what_laws_of_many_places_do_is_one_sentence_and_their_exceptions_stand_with_them(lang):
    words, text = load_words(lang), text_of(memo("everything-unknown", lang))
    lead = words("appendix.by_place", said="|").partition("|")[0].strip()
    assert lead in text and "L1 (California)" in text
    unless = words("appendix.unless", exception="|").partition("|")[0].strip()
    assert unless in text


def test_an_acronym_is_in_full_again_where_the_appendices_begin():
    text = text_of(memo("sample-matter"))
    proper, _, appendix = text.partition(load_words("en")("appendix.a"))
    for each in (proper, appendix):
        assert "FBI (Federal Bureau of Investigation)" in each.replace("\n", "")


def test_the_english_of_a_spanish_memo_has_its_acronyms_in_full_too():
    text = text_of(memo("sample-matter", "es")).replace("\n", "")
    assert "CLETS (California Law Enforcement Telecommunications System) limit" in text, "a law, in English"
    assert "FOIA (Ley de Libertad de Información)" in text, "what can be done, in Spanish"
