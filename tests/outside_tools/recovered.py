"""Whether a text holds a value, however written: a reading of its own, which shares nothing with the program's gate.

Blunter than the gate and in other ways: all that is no letter or digit goes, then one row of letters is searched for
another. Values that are too short or too common for that are looked for as words that stand side by side.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice, permutations
from typing import NamedTuple

_MONTHS = (
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "ene feb mar abr may jun jul ago sep oct nov dic",
)
"""How the months begin, in English and in Spanish."""
_LEAST_LETTERS = 7
_LEAST_DIGITS = 7


class Needle(NamedTuple):
    """One way to find a value. `in_bytes`: it means something even in a long row of bytes. `least`: letters without
    which it is not there, which is quickly told; of a squashed one they are all."""

    form: re.Pattern[str]
    squashed: bool
    in_bytes: bool
    least: str = ""


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
        if needle.squashed:
            return needle.least in self.squashed
        return needle.least in self.plain and bool(needle.form.search(self.plain))


def needles(kind: str, value: str, parts: Sequence[str] | None = None) -> list[Needle]:
    """The ways to find a value. `parts`: those of a name that alone name the person too; None for all."""
    match kind:
        case "name":
            return _of_name(value, parts)
        case "date":
            return _of_day(date.fromisoformat(value))
        case "birth-date":
            boxes = f"{date.fromisoformat(value):%m%d%y}"
            return [*_of_day(date.fromisoformat(value)), _day(boxes, "", "", boxes)]
        case "a-number" | "ssn" | "license":
            return [_digits(_digits_of(value))]
        case "phone":
            return [_digits(_digits_of(value)[-10:], not_after="[2-9]")]
        case "other" if len(_digits_of(value)) >= _LEAST_DIGITS + 1:
            return [_digits(_digits_of(value))]
        case "staff":
            return [_initials(value)]
        case _:
            return [_letters(value)]


def _initials(value: str) -> Needle:
    """A person's initials, with or without points."""
    said = plain(value).replace(".", "")
    row = r"[. ]{0,2}".join(map(re.escape, said))
    return Needle(re.compile(rf"(?<![^\W_]){row}(?![^\W_])"), squashed=False, in_bytes=False, least=said[:1])


def _of_name(value: str, parts: Sequence[str] | None) -> list[Needle]:
    words = [word for word in value.split() if squash(word)]
    orders: Iterable[tuple[str, ...]] = (
        order for size in sorted({2, len(words)}) for order in permutations(words, size)
    )
    if parts:  # two words that stand in any file name nobody
        orders = (order for order in orders if len(order) > 2 or {*order} & {*parts})
    found = [_letters(" ".join(order)) for order in islice(orders, 12)]
    if len(words) != 2:
        found.append(_letters(value))
    naming = words if parts is None else parts
    return found + [_letters(word) for word in naming if len(squash(word)) >= 4]


def _letters(value: str) -> Needle:
    tight = squash(value)
    if len(tight) >= _LEAST_LETTERS:
        return Needle(_ANYTHING, squashed=True, in_bytes=True, least=tight)
    words = [squash(word) for word in value.split() if squash(word)]
    row = r"[ ,.\-_]{0,3}".join(map(re.escape, words if len(words) > 1 else tight))
    least = words[0] if len(words) > 1 else ""
    return Needle(re.compile(rf"(?<![^\W_]){row}(?![^\W_])"), squashed=False, in_bytes=False, least=least)


def _digits_of(value: str) -> str:
    return "".join(each for each in squash(value) if each.isdigit()).lstrip("0")


def _digits(number: str, not_after: str = "[1-9]") -> Needle:
    """The digits in a row, with little between them that is neither a letter nor the end of a sentence.

    Zeros may stand before them. What stands before is looked at after the first digit was found: much quicker.
    """
    row = r"(?:[^\w;:]|_){0,3}".join((rf"{number[0]}(?<!{not_after}{number[0]})", *number[1:]))
    return Needle(re.compile(rf"{row}(?!\d)"), squashed=False, in_bytes=False)


def _of_day(day: date) -> list[Needle]:
    year, short, m, d = f"{day:%Y}", f"{day:%y}", day.month, day.day
    apart = r"[\s./-]{1,2}"
    found = [
        _day(year, "", rf"{apart}0?{m}{apart}0?{d}", year),
        *(_day(f"{row:08}", "", "", f"{row:08}") for row in (int(f"{year}{m:02}{d:02}"), int(f"{m:02}{d:02}{year}"))),
        _day(f"{d:02}{m:02}{year}", "", "", f"{d:02}{m:02}{year}"),
    ]
    for one, two in ((m, d), (d, m)):
        found.append(_day(str(one), "[1-9]", rf"{apart}0?{two}{apart}(?:{year}|{short})", short))
    for months in _MONTHS:
        name = months.split()[m - 1]
        rest = r"[a-z]{0,7}"
        found += [
            _day(name, "", rf"{rest}[\s.,-]{{0,2}}0?{d}(?:st|nd|rd|th)?[\s.,-]{{0,2}}{year}", year),
            _day(
                str(d), "[1-9]",
                rf"(?:st|nd|rd|th)?[\s.,-]{{0,2}}(?:de |of )?{name}{rest}[\s.,-]{{0,2}}(?:del? |of )?{year}", year,
            ),
        ]  # fmt: skip
    return found


def _day(first: str, not_after: str, rest: str, least: str) -> Needle:
    form = re.compile(rf"{first}(?<!{not_after or chr(92) + 'd'}{first}){rest}(?!\d)")
    return Needle(form, squashed=False, in_bytes=False, least=least)


_ANYTHING = re.compile("")
