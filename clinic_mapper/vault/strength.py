"""How good a passphrase looks, said honestly: by counting. What others could guess about a person cannot be counted."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

FEWEST_CHARACTERS = 12
FEWEST_WORDS = 5
_FEWEST_LETTERS_OF_A_WORD = 3
_FEWEST_DIFFERENT_CHARACTERS = 6
_LONGEST_RUN = 4

_ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop")
_EVERYWHERE = (
    "password",
    "passphrase",
    "passwort",
    "contraseña",
    "letmein",
    "welcome",
    "changeme",
    "iloveyou",
    "correct horse battery staple",
)


@dataclass(frozen=True)
class Hint:
    """What to say about a passphrase. `enough`: it may be used; `words`: one or two sentences, never a mark."""

    words: str
    enough: bool


def hint(passphrase: str, known: tuple[str, ...] = ()) -> Hint:
    """What can be said of a passphrase that somebody is typing.

    Args:
        known: words that an outsider would try first, such as the clinic's, the person's or the folder's name.
    """
    text = unicodedata.normalize("NFKC", passphrase).casefold()
    if not text:
        return Hint("Five or more unrelated words are easiest to remember and hard to guess.", False)
    weakness = _weakness(text, known)
    if weakness:
        return Hint(weakness, False)
    words = _words(text)
    if len(words) >= FEWEST_WORDS:
        return Hint("Good, if you chose the words by chance and not from a saying or a song.", True)
    if len(text) >= FEWEST_CHARACTERS:
        return Hint(
            "Long enough. But it is only as good as it is hard to guess: five unrelated words are better.", True
        )
    return Hint(f"Too short: use at least {FEWEST_CHARACTERS} characters, or better five unrelated words.", False)


def _weakness(text: str, known: tuple[str, ...]) -> str:
    if len(set(text)) < _FEWEST_DIFFERENT_CHARACTERS and len(text) >= FEWEST_CHARACTERS:
        return "Too easy to guess: it repeats a few signs."
    bare, what_people_try_first = text, ""
    for word in (*_EVERYWHERE, *(_plain(name) for name in known)):
        if len(word) >= _FEWEST_LETTERS_OF_A_WORD and word in bare:
            bare, what_people_try_first = bare.replace(word, ""), "a word that everyone tries first"
    shorter = _without_runs(bare)
    if shorter != bare:
        bare, what_people_try_first = shorter, what_people_try_first or "neighbours on the keyboard or in the alphabet"
    if what_people_try_first and not _is_long(bare):
        return f"Too easy to guess: apart from {what_people_try_first}, too little is left."
    return ""


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().strip()


def _is_long(text: str) -> bool:
    return len(text.strip()) >= FEWEST_CHARACTERS or len(_words(text)) >= FEWEST_WORDS


def _words(text: str) -> set[str]:
    return {word for word in text.split() if len(word) >= _FEWEST_LETTERS_OF_A_WORD}


def _without_runs(text: str) -> str:
    """The text without stretches of five or more neighbours, such as 12345, abcde, qwerty or lkjhg."""
    kept, start = "", 0
    while start < len(text):
        length = _run_at(text, start)
        if length > _LONGEST_RUN:
            start += length
        else:
            kept += text[start]
            start += 1
    return kept


def _run_at(text: str, start: int) -> int:
    rows = _ROWS + tuple(row[::-1] for row in _ROWS)
    end = start + 1
    while end < len(text) and any(text[start : end + 1] in row for row in rows):
        end += 1
    return end - start
