"""What can be done is told in Spanish just as in English: every key, every figure, every number that is a word."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from msgspec.structs import replace

from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import SAID_OF_A_REMEDY, Catalog, RemedyWords
from clinic_mapper.catalog.rules import broken_rules

CATALOG = load_catalog()
REMEDIES = CATALOG.remedies
ROW = REMEDIES["custody-bond"]
NUMBERS = (
    ("two", "dos"), ("three", "tres"), ("four", "cuatro"), ("five", "cinco"), ("six", "seis"), ("seven", "siete"),
    ("eight", "ocho"), ("ten", "diez"), ("15", "15"), ("20", "20"),
)  # fmt: skip
NEVER = re.compile(r"\bsegur[oa]s?\b(?! Social)|\bilegal|\bsospech|\bindocumentad", re.IGNORECASE)


def said(words: object) -> dict[str, str]:
    return {key: text for key in SAID_OF_A_REMEDY if (text := getattr(words, key))}


@pytest.mark.parametrize("id", sorted(REMEDIES))
def test_every_remedy_that_ships_is_told_in_spanish(id):
    row = REMEDIES[id]
    assert row.es is not None and said(row.es).keys() == said(row).keys()
    assert not {text for key, text in said(row.es).items() if len(text) > 40} & set(said(row).values()) - {
        row.recipient
    }


@pytest.mark.parametrize("id", sorted(REMEDIES))
def test_a_number_that_is_a_word_is_the_same_word_in_spanish(id):
    row = REMEDIES[id]
    for key, text in said(row).items():
        english, spanish = words_of(text), words_of(said(row.es)[key])
        for one, other in NUMBERS:
            assert english[one] == spanish[other], (id, key, one, text)


@pytest.mark.parametrize("id", sorted(REMEDIES))
def test_the_spanish_says_nothing_that_is_never_said(id):
    text = " ".join(said(REMEDIES[id].es).values())
    assert not NEVER.search(text), NEVER.search(text)


@pytest.mark.parametrize("id", sorted(REMEDIES))
def test_what_must_be_verified_or_was_not_read_again_is_said_in_spanish_too(id):
    row = REMEDIES[id]
    for key, text in said(row).items():
        told = said(row.es)[key].lower()
        assert text.lower().count("verify first") <= told.count("verifique primero"), (id, key)
        assert text.count("recalled)") == told.count("de memoria)"), (id, key)


def words_of(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def findings(words: RemedyWords | None, **changed: str | None) -> list[tuple[str, str]]:
    row = replace(ROW, es=words and replace(words, **changed))
    catalog: Catalog = replace(CATALOG, remedies=REMEDIES | {row.id: row})
    return [(key, what) for _, id, key, what in broken_rules(catalog) if id == row.id]


def test_a_translation_says_what_the_english_says_and_no_more():
    assert ROW.es is not None and findings(ROW.es) == [] and findings(None) == []
    ((key, what),) = findings(ROW.es, caution=None)
    assert key == "es.caution" and "says caution" in what
    ((key, what),) = findings(ROW.es, deadline="En 7 días")
    assert (key, what) == ("es.deadline", "the figures are not those of the English: none")
    ((key, _),) = findings(REMEDIES["custody-48-hours"].es, title="x", recipient="x", learns="x", caution="x")
    assert key == "es.deadline", "the figure of another row"


def test_a_remedy_is_said_in_the_language_that_it_has():
    assert ROW.in_language("en") == ROW and ROW.in_language("es").title == ROW.es.title
    assert ROW.in_language("es").in_language("es") == ROW.in_language("es")
    without = replace(ROW, es=None)
    assert without.in_language("es") == without and not without.speaks("es") and without.speaks("en")
    assert ROW.in_language("fr") == ROW and not ROW.speaks("fr")
