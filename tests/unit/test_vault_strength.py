"""The hint counts honestly and says what it cannot know."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_mapper.vault.strength import FEWEST_CHARACTERS, hint


@pytest.mark.parametrize(
    "passphrase",
    [
        "mango ladder seven quiet river",
        "zapato lluvia puente nueve tambor",
        "h7#Kd0q!vLx2",
        "my password is a blue whale in the attic",
        "Ñandú 鳥 🐦 ptica vogel fugl",
    ],
)
def test_long_and_varied_is_enough(passphrase: str):
    assert hint(passphrase).enough


@pytest.mark.parametrize(
    "passphrase",
    [
        *("", "h7#Kd0q!vLx", "a b c d e", "aaaaaaaaaaaaaaaa", "password1234", "Password 12345", "qwertyuiop12345"),
        *("abcabcabcabcabc", "lkjhgfdsa54321", "correct horse battery staple", "cat cat cat cat cat"),
    ],
)
def test_short_or_worn_is_not_enough(passphrase: str):
    assert not hint(passphrase).enough


def test_words_that_an_outsider_knows_do_not_count():
    assert hint("riverside legal aid").enough
    assert not hint("Riverside Legal Aid 1", known=("Riverside Legal Aid",)).enough


@given(st.text(max_size=FEWEST_CHARACTERS - 1).filter(lambda text: len(text.split()) < 4))
def test_fewer_than_twelve_characters_without_words_are_never_enough(text: str):
    from unicodedata import normalize

    if len(normalize("NFKC", text).casefold()) < FEWEST_CHARACTERS:
        assert not hint(text).enough


@given(st.text(max_size=60))
def test_the_hint_speaks_in_words_and_gives_no_mark(text: str):
    words = hint(text).words
    assert words.endswith(".")
    assert "%" not in words and "/" not in words and "safe" not in words.lower()
