"""Whether a text holds a value, however written: a reading of its own, which shares nothing with the program's gate.

Blunter than the gate and in other ways: all that is no letter or digit goes, then one row of letters is searched for
another. Values that are too short or too common for that are looked for as words that stand side by side.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from itertools import permutations
from typing import NamedTuple

_MONTHS = (
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "ene feb mar abr may jun jul ago sep oct nov dic",
)
"""How the months begin, in English and in Spanish."""
_LEAST_LETTERS = 7
_LEAST_DIGITS = 7


class Needle(NamedTuple):
    """One way to find a value. `in_bytes`: it means something even in a long row of bytes."""

    form: re.Pattern[str]
    squashed: bool
    in_bytes: bool


def squash(text: str) -> str:
    """Only letters and digits, without case, accents or forms of compatibility; digits of every script as ours."""
    return _NEITHER.sub("", _folded(text))


def plain(text: str) -> str:
    """The text without case and accents; blanks and marks stay."""
    return "".join(each for each in _folded(text) if not unicodedata.combining(each)) if text else text


def _folded(text: str) -> str:
    lowered = unicodedata.normalize("NFKD", text).casefold().translate(_LIKE)
    return lowered if lowered.isascii() else _OTHER_DIGIT.sub(lambda found: str(unicodedata.digit(found[0])), lowered)


_NEITHER = re.compile(r"[\W_]+")
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
_LIKE = str.maketrans("łđøı", "ldoi")


class Found(NamedTuple):
    """A text that a tool got out of a file, in the forms in which it is searched."""

    plain: str
    squashed: str

    @classmethod
    def of(cls, text: str) -> Found:
        return cls(plain(text), squash(text))

    @classmethod
    def in_bytes(cls, data: bytes) -> Found:
        """Bytes as one row of letters: no words stand in them."""
        return cls("", _NEITHER.sub("", data.decode("latin-1").lower()))

    def holds(self, needle: Needle) -> bool:
        return bool(needle.form.search(self.squashed if needle.squashed else self.plain))


def needles(kind: str, value: str, parts: Sequence[str] | None = None) -> list[Needle]:
    """The ways to find a value. `parts`: those of a name that alone name the person too; None for all."""
    match kind:
        case "name":
            return _of_name(value, parts)
        case "birth-date" | "date":
            return _of_day(date.fromisoformat(value))
        case "a-number" | "ssn" | "phone" | "license":
            return [_digits("".join(each for each in squash(value) if each.isdigit())[-9:].lstrip("0"))]
        case "staff":
            return [_initials(value)]
        case _:
            return [_letters(value)]


def _initials(value: str) -> Needle:
    """A person's initials, with or without points."""
    row = r"[. ]{0,2}".join(plain(value).replace(".", ""))
    return Needle(re.compile(rf"(?<![^\W_]){row}(?![^\W_])"), squashed=False, in_bytes=False)


def _of_name(value: str, parts: Sequence[str] | None) -> list[Needle]:
    words = [word for word in value.split() if squash(word)]
    found = [_letters(" ".join(order)) for size in {2, len(words)} for order in permutations(words, size)][:12]
    if len(words) == 1:
        found.append(_letters(value))
    naming = words if parts is None else parts
    return found + [_letters(word) for word in naming if len(squash(word)) >= 4]


def _letters(value: str) -> Needle:
    tight = squash(value)
    if len(tight) >= _LEAST_LETTERS:
        return Needle(re.compile(re.escape(tight)), squashed=True, in_bytes=True)
    words = [squash(word) for word in value.split() if squash(word)]
    row = r"[ ,.\-_]{0,3}".join(map(re.escape, words if len(words) > 1 else tight))
    return Needle(re.compile(rf"(?<![^\W_]){row}(?![^\W_])"), squashed=False, in_bytes=False)


def _digits(number: str) -> Needle:
    """The digits in a row, with little between them that is neither a letter nor the end of a sentence."""
    row = r"[^\w;:]{0,3}".join(number)
    return Needle(re.compile(rf"(?<!\d){row}(?!\d)"), squashed=False, in_bytes=False)


def _of_day(day: date) -> list[Needle]:
    year, short, m, d = f"{day:%Y}", f"{day:%y}", day.month, day.day
    apart = r"[\s./-]{1,2}"
    numbers = [rf"{year}{apart}0?{m}{apart}0?{d}", f"{year}{m:02}{d:02}", f"{m:02}{d:02}{year}", f"{d:02}{m:02}{year}"]
    numbers += [rf"0?{one}{apart}0?{two}{apart}(?:{year}|{short})" for one, two in ((m, d), (d, m))]
    for months in _MONTHS:
        name = rf"{months.split()[m - 1]}[a-z]{{0,7}}"
        numbers += [
            rf"{name}[\s.,-]{{0,2}}0?{d}(?:st|nd|rd|th)?[\s.,-]{{0,2}}{year}",
            rf"0?{d}(?:st|nd|rd|th)?[\s.,-]{{0,2}}(?:de |of )?{name}[\s.,-]{{0,2}}(?:del? |of )?{year}",
        ]
    return [Needle(re.compile(rf"(?<!\d){row}(?!\d)"), squashed=False, in_bytes=False) for row in numbers]
