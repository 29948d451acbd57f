"""Grounds to challenge: each law once, with the lines it bears on, for those who work with routes and law."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from clinic_mapper.memo.compose import compose
from clinic_mapper.memo.compose_lines import acting, is_aside, strongest
from clinic_mapper.memo.document import Block, Document, Entry, Heading, Items, Paragraph, Runs, text_of, with_runs
from clinic_mapper.memo.phrases import Voice
from clinic_mapper.memo.readers import READERS, load_profile
from clinic_mapper.memo.withhold import withhold
from clinic_mapper.memo.words import LANGUAGES, load_words
from clinic_mapper.routing.model import ExposureMap
from tests.every_document import SAMPLES, Name, case, catalog, document_of
from tests.unit.test_routing_shown import ACCOUNTS, CATALOG

every_sample = pytest.mark.parametrize("sample", SAMPLES)
every_language = pytest.mark.parametrize("lang", LANGUAGES)
HANDED_OVER = ACCOUNTS["handed over"]


def titles(document: Document) -> dict[str, int]:
    """Where the headings of a memo stand."""
    return {
        "".join(run.text for run in block.runs): at
        for at, block in enumerate(document.blocks)
        if isinstance(block, Heading)
    }


def section(document: Document) -> tuple[Block, ...]:
    """The part of a memo under the heading of the grounds."""
    heads = titles(document)
    at = heads[load_words(document.lang)("grounds.title")]
    return document.blocks[at + 1 : min(other for other in heads.values() if other > at)]


def flat(blocks: tuple[Block, ...]) -> str:
    """What these blocks say, on one line."""
    said: list[str] = []

    def hear(runs: Runs) -> Runs:
        said.append("".join(run.text for run in runs))
        return runs

    for block in blocks:
        with_runs(block, hear)
    return " ".join(" ".join(said).split())


def bare(text: str) -> str:
    """A law's name without what is in brackets, where acronyms are spelled out: within each other too."""
    shorter = re.sub(r" \([^()]*\)", "", text)
    return shorter if shorter == text else bare(shorter)


def barred_where_it_was(sample: str, exposure: ExposureMap) -> set[str]:
    """The laws that bar, or may, a step of the strongest route of a line that is not closed, where the step was."""
    matter, _ = case(sample)
    voice = Voice(matter, catalog(), exposure, load_words("en"))
    routes = [strongest(voice, line) for line in exposure.lines if not is_aside(voice, line)]
    found = (law for route in routes if route.standing != "closed" for law in acting(route))
    return {law.id for law in found if law.does in ("close", "broken", "undetermined") and not law.if_place}


@every_sample
@every_language
def test_each_law_stands_once_and_none_is_left_out(sample, lang):
    matter, exposure = case(sample)
    part = section(compose(matter, catalog(), exposure, "supervisor", lang))
    listed = [item for block in part if isinstance(block, Items) for item in block.items]
    named = ["".join(run.text for run in item) for item in listed]
    expected = {row.name for row in map(catalog().restrictions.get, barred_where_it_was(sample, exposure)) if row}
    assert len(named) == len(expected)
    assert {bare(text.partition(" [L")[0]) for text in named} == {bare(text) for text in expected}


@every_language
def test_what_the_line_said_before_it_says_by_a_mark_alone(lang):
    matter, exposure = HANDED_OVER.map("OR")
    document, words = compose(matter, CATALOG, exposure, "supervisor", lang), load_words(lang)
    unless = next(iter(CATALOG.restrictions["law-us-or-sanctuary"].unless)).text
    before = document.blocks[: titles(document)[words("grounds.title")]]
    line = flat(tuple(block for block in before if isinstance(block, Entry) and block.standing == "open"))
    assert words("lines.grounds", laws="L1") in line and unless not in line
    part = flat(section(document))
    assert unless in part and words("lines.broken") in part and part.count("[L1]") == 1


@every_language
def test_who_may_not_read_answers_reads_what_the_law_bars_and_not_that_it_happened(lang):
    matter, exposure = HANDED_OVER.map("OR")
    profile = load_profile("supervisor")
    tight = replace(profile, tags={**profile.tags, "answer": "withhold"})
    part = flat(section(withhold(compose(matter, CATALOG, exposure, "supervisor", lang), tight)))
    words = load_words(lang)
    assert words("lines.broken") not in part
    assert words("grounds.bars", lines="").split(":")[0] in part


@every_sample
@every_language
@pytest.mark.parametrize("reader", READERS)
def test_only_those_who_work_with_routes_and_law_read_of_grounds(sample, lang, reader):
    title = load_words(lang)("grounds.title")
    text = text_of(document_of(Name(sample, reader, lang)))
    assert (title in text) == (reader in ("supervisor", "file", "cocounsel"))


def test_without_a_place_no_law_is_a_ground_and_the_memo_says_why():
    part = section(document_of(Name("everything-unknown", "supervisor", "en")))
    assert [type(block) for block in part] == [Paragraph]
    assert flat(part).startswith("Place not known: contacts 1, 2, 3 and 4.")


def test_no_ground_is_said_in_one_sentence_that_claims_no_more():
    assert flat(section(document_of(Name("in-custody-in-texas", "supervisor", "en")))) == load_words("en")(
        "grounds.none"
    )


def test_a_line_that_was_set_aside_bears_no_ground():
    matter, exposure = HANDED_OVER.map("OR")
    routes = {id: replace(route, set_aside="not ours") for id, route in exposure.routes.items()}
    part = section(compose(matter, CATALOG, replace(exposure, routes=routes), "supervisor"))
    assert flat(part) == load_words("en")("grounds.none")
