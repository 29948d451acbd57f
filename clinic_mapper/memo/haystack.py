"""A text made ready to be searched for spellings of a value, and how often each is found in it."""

from __future__ import annotations

import re
from functools import cached_property

from clinic_mapper.memo.letter_forms import folded_lines, without_accents
from clinic_mapper.memo.spellings import Spelling

_JOINED_DIGITS = re.compile(r"(?<=\d)[,_](?=\d)")
_DIGIT_RUNS = re.compile(r"\d(?:[^\w,;\[\]]{0,3}\d)*")
_NOT_DIGITS = re.compile(r"\D+")
_BROKEN_WORD = re.compile("[-\u2010\u2011\u00ad\u0002\ufffe]\\s*\n\\s*")
_WORD = re.compile(r"[^\W_]+")


class Haystack:
    """One text. Each form of it is made when a spelling first needs it."""

    def __init__(self, text: str) -> None:
        lines = text.replace("\r\n", "\n").replace("\r", "\n")
        self.text = lines.replace("%20", " ")  # a blank in the address of a file or page

    @cached_property
    def _mended(self) -> str:
        return _BROKEN_WORD.sub("", self.text)

    @cached_property
    def _folded(self) -> str:
        return folded_lines(self.text)

    @cached_property
    def _words(self) -> tuple[str, ...]:
        """The words in a row; a second reading where some were broken over two lines."""
        plain = _in_a_row(self._folded)
        if self._mended == self.text:
            return (plain,)
        return plain, _in_a_row(folded_lines(self._mended))

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(word for words in self._words for word in words.split())

    @cached_property
    def _squashed(self) -> str:
        return self._words[0].replace(" ", "")

    @cached_property
    def _cased(self) -> str:
        return without_accents(self.text)

    @cached_property
    def _digits(self) -> str:
        runs = _DIGIT_RUNS.findall(_JOINED_DIGITS.sub("", self._folded))
        return " ".join(_NOT_DIGITS.sub("", run) for run in runs)

    def count(self, spelling: Spelling) -> int:
        """How often a spelling stands in the text."""
        match spelling.how:
            case "words":
                wanted = _WORD.findall(spelling.text)
                if not wanted or not self._known.issuperset(wanted):  # most spellings stand nowhere: quickly told
                    return 0
                needle = _row(wanted)
                return max(words.count(needle) for words in self._words)
            case "squashed":
                return self._squashed.count(spelling.text)
            case "digits":
                return self._digits.count(spelling.text)
            case "exact":
                return _between_word_ends(self._cased, spelling.text)


def _in_a_row(text: str) -> str:
    """“5/14/2012” → “ 5  14  2012 ”: whatever stands between words is the same, and each word has its own blanks."""
    return _row(_WORD.findall(text))


def _row(words: list[str]) -> str:
    return " " + "  ".join(words) + " "


def _between_word_ends(text: str, needle: str) -> int:
    found, start = 0, text.find(needle)
    while start >= 0:
        end = start + len(needle)
        if not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum():
            found += 1
        start = text.find(needle, start + 1)
    return found
