"""The words people see: the same keys and places in both languages, none of the words this house does not use."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from clinic_mapper.catalog.vocabulary import DATA_ITEMS, MODES
from clinic_mapper.memo.prove import words_found
from clinic_mapper.memo.readers import load_profile
from clinic_mapper.memo.words import LANGUAGES, load_words
from clinic_mapper.problem import Problem
from clinic_mapper.routing.model import STANDINGS

NOT_OURS = (
    "safe", "risk score", "suspect", "target", "violator", "criminal alien", "clean record", "no exposure", "node",
    "edge", "entity", "null", "sync", "récord limpio", "ilegal", "illegal", "%",
)  # fmt: skip

OFFICIAL_NAMES = ("acronym.IIRIRA", "acronym.SCAAP")
"""What Congress called a law and a program, as everybody who needs it knows it."""


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_have_the_same_words_and_places():
    english, spanish = load_words("en"), load_words("es")
    assert set(english.keys) == set(spanish.keys)
    for key in english.keys:
        assert places(english(key)) == places(spanish(key)), key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_uses_a_word_that_is_not_ours(lang):
    words = load_words(lang)
    for key in words.keys:
        assert key in OFFICIAL_NAMES or not words_found(words(key), NOT_OURS), key
        assert "%" not in words(key), key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_the_map_can_say_has_a_word(lang):
    words = load_words(lang)
    for group, names in {
        "data": DATA_ITEMS,
        "mode": MODES,
        "mode_said": MODES,
        "standing": STANDINGS,
        "tense": ("sent", "within_reach", "was_within_reach", "next_time"),
        "arrives": ("sent", "found"),
        "closed_by": ("fact", "time", "law"),
        "law_effect": ("close", "broken", "undetermined", "practice_yes", "show", "lifted", "yields"),
        "law_status": ("in_force", "enjoined", "contested", "pending", "ended"),
        "who": ("client", "paper", "request", "clinic", "attorney"),
        "source": ("client", "paper", "attorney", "clinic"),
    }.items():
        assert all(f"{group}.{name}" in words for name in names), group


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_of_the_client_page_holds_a_word_that_could_hurt(lang):
    words, never = load_words(lang), load_profile("client").never[lang]
    for key in words.keys:
        if key.split(".")[0] in ("page", "step", "bring", "think"):
            assert not words_found(words(key), never), key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sentences_of_the_client_page_are_short(lang):
    words = load_words(lang)
    for key in words.keys:
        if key.split(".")[0] in ("page", "step", "bring", "think"):
            for sentence in re.split(r"[.:?]\s", words(key)):
                assert len(sentence.split()) <= 20, sentence


def test_a_language_that_is_not_there_is_named_as_such():
    with pytest.raises(Problem) as caught:
        load_words("fr")
    assert caught.value.code == "no-such-language"


def test_lists_read_as_people_say_them():
    words = load_words("en")
    assert words.joined(["a"]) == "a" and words.joined(["a", "b", "c"]) == "a, b and c"
    assert words.counted("count.line", 1) == "one line" and words.counted("count.line", 3) == "3 lines"


@pytest.mark.parametrize(
    ("last", "said"),
    [
        ("historial migratorio", "foto e historial migratorio"),
        ("investigadores de ICE", "foto e investigadores de ICE"),
        ("índice", "foto e índice"),
        ("hielo", "foto y hielo"),
        ("Iowa", "foto y Iowa"),
        ("huellas", "foto y huellas"),
    ],
)
def test_a_spanish_list_says_e_before_a_word_that_begins_with_the_sound_of_i(last, said):
    assert load_words("es").joined(["foto", last]) == said
