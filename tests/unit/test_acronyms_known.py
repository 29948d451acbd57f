"""Every acronym that the shipped catalog or our own words can print is spelled out, or it is known why not."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from clinic_mapper.casefile.places import states
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Question
from clinic_mapper.memo.words import LANGUAGES, load_words

_ACRONYM = re.compile(r"(?<![\w/-])(?=[A-Z0-9]*[A-Z][A-Z0-9]*[A-Z])[A-Z][A-Z0-9]{1,7}(?![\w/-])")
NOT_SPELLED_OUT = {
    "ordinary words": "ID US DNA ADN AI HQ II IV",
    "words in capitals, for stress or as a mark": """
        SAMPLE MUESTRA DRAFT BORRADOR PENDING FOR KNOW NOT BUYING POLICE OPENS
    """,
    "bills and names of acts": "HB SB AB LD SF SEA CD1 LL FY2027 REAL TRUST TRUTH PROTECT FAIRNESS",
    "citations of law, as lawyers write them": "CFR CCR CMR EO ILCS NRS ORS RCW USC",
    "parties in names of cases": "CEDC NCAA",
    "names of products and systems that nobody uses in full": """
        ATLAS BI2 CLEAR EAGLE ELITE ENFORCE FALCON IRIS ISO LEARN MORIS RISSNET
    """,
    "addresses and lines to be copied as they are": "ATTN IPA MS SCU SW",
    "explained where they stand": "NTA ORI",
}
"""Why each of these is not spelled out."""


def texts() -> Iterator[str]:
    """What the catalog says in memos, letters and questions, and our own words."""
    catalog = load_catalog()
    for system in catalog.systems.values():
        yield system.name
    yield from (text for row in catalog.mechanisms.values() for text in (row.en, row.es))
    yield from (text for row in catalog.practices.values() for text in (row.en, row.es))
    yield from (text for row in catalog.agency_kinds.values() for text in (row.en, row.es))
    for law in catalog.restrictions.values():
        yield from (law.name, law.citation, law.says, law.caveat or "", *(each.text for each in law.unless))
    for flow in catalog.flows.values():
        yield from (text for text in (flow.asked_en, flow.asked_es, flow.judge, flow.judge_es) if text)
    for remedy in (row.in_language(lang) for row in catalog.remedies.values() for lang in LANGUAGES):
        said = (remedy.title, remedy.recipient, remedy.deadline, remedy.learns, remedy.caution)
        yield from (text for text in said if text)
    for kind in catalog.touchpoints.values():
        yield from (kind.en, kind.es)
        yield from (text for record in kind.creates for text in (record.judge, record.judge_es) if text)
        yield from _asked(kind.questions)
    yield from _asked((*catalog.client_questions.values(), *catalog.shared_questions.values()))
    for lang in LANGUAGES:
        words = load_words(lang)
        yield from (words(key) for key in words.keys if not key.startswith("acronym."))


def _asked(questions: tuple[Question, ...]) -> Iterator[str]:
    for question in questions:
        yield from (question.en, question.es)
        yield from (text for choice in question.choices for text in (choice.en, choice.es))


def printed() -> set[str]:
    return {found.group() for text in texts() for found in _ACRONYM.finditer(text)}


def excepted() -> set[str]:
    return {name for names in NOT_SPELLED_OUT.values() for name in names.split()} | set(states())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_acronym_that_can_be_printed_is_spelled_out_or_known_not_to_be(lang):
    words = load_words(lang)
    assert {name for name in printed() if f"acronym.{name}" not in words} <= excepted()


def test_no_exception_is_kept_that_nothing_needs():
    words = load_words("en")
    listed = {name for names in NOT_SPELLED_OUT.values() for name in names.split()}
    assert listed <= printed()
    assert not [name for name in listed if f"acronym.{name}" in words]
