"""A text made ready to be searched for spellings of a value, and how often each is found in it."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property

from clinic_mapper.memo.spellings import Spelling, folded, without_accents

_DIGIT_RUNS = re.compile(r"\d(?:[^\w,;\[\]]{0,3}\d)*")
_NOT_DIGITS = re.compile(r"\D+")
_BROKEN_WORD = re.compile("[-\u2010\u2011\u00ad\u0002\ufffe]\\s*\n\\s*")
_WORD = re.compile(r"[^\W_]+")


class Haystack:
    """One text. Each form of it is made when a spelling first needs it."""

    def __init__(self, text: str) -> None:
        self.text = text.replace("\r\n", "\n").replace("\r", "\n")

    @cached_property
    def _mended(self) -> str:
        return _BROKEN_WORD.sub("", self.text)

    @cached_property
    def _words(self) -> tuple[str, ...]:
        """The words in a row; a second reading where some were broken over two lines."""
        plain = _in_a_row(folded(self.text))
        if self._mended == self.text:
            return (plain,)
        return plain, _in_a_row(folded(self._mended))

    @cached_property
    def _squashed(self) -> str:
        return self._words[0].replace(" ", "")

    @cached_property
    def _cased(self) -> str:
        return without_accents(self.text)

    @cached_property
    def _digits(self) -> str:
        runs = _DIGIT_RUNS.findall(unicodedata.normalize("NFKD", self.text))
        return " ".join(_NOT_DIGITS.sub("", run) for run in runs)

    def count(self, spelling: Spelling) -> int:
        """How often a spelling stands in the text."""
        match spelling.how:
            case "words":
                needle = _in_a_row(spelling.text)
                return max(words.count(needle) for words in self._words) if needle.strip() else 0
            case "squashed":
                return self._squashed.count(spelling.text)
            case "digits":
                return self._digits.count(spelling.text)
            case "exact":
                return _between_word_ends(self._cased, spelling.text)


def _in_a_row(text: str) -> str:
    """“5/14/2012” → “ 5  14  2012 ”: whatever stands between words is the same, and each word has its own blanks."""
    return " " + "  ".join(_WORD.findall(text)) + " "


def _between_word_ends(text: str, needle: str) -> int:
    found, start = 0, text.find(needle)
    while start >= 0:
        end = start + len(needle)
        if not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum():
            found += 1
        start = text.find(needle, start + 1)
    return found
