"""In how many ways one value can be written: case, accents, order, initials, groupings of digits, forms of a date.

How a spelling is looked for depends on what could hide it and on what it could be mistaken for:

- `words`: letters folded (case, accents, compatibility forms), blanks and line ends alike, and only between word ends,
  so that “CA” is not found in “because”. Every value of at least two letters or digits.
- `squashed`: nothing but letters and digits, so that hyphens, line ends and blanks inside a word hide nothing.
  Only values of six letters or more: shorter ones would be found across the ends of other words.
- `digits`: digits only, whatever stands between them. Numbers of five digits or more.
- `exact`: as written, between word ends, case kept: initials such as “LAPD” or “J.P.L.”.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import combinations
from typing import Literal

import msgspec

from clinic_mapper.casefile.dates import in_words

How = Literal["words", "squashed", "digits", "exact"]

_LEAST_SQUASHED = 6
_LEAST_DIGITS = 5
_LEAST_NAME = 3
_SHINGLE = 5
_NUMBERS = ("a-number", "ssn", "phone", "license")


class Spelling(msgspec.Struct, frozen=True, order=True):
    """One way to write a value. `part`: only a piece of a name, which may also be a part of a place or an agency."""

    text: str
    how: How
    part: bool = False


_SAME_AS = {"ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "œ": "oe", "ʼ": "'", "’": "'"}
_LETTERS: dict[int, str | None] = {
    **{ord(letter): said for letter, said in _SAME_AS.items()},
    **{code: None for code in range(0x300, 0x20F0) if unicodedata.combining(chr(code))},
    **dict.fromkeys((0xAD, *range(0x200B, 0x200E), 0x2060, *range(0x20F0, 0x2100), *range(0xFE20, 0xFE30), 0xFEFF)),
}
_NOT_ALNUM = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """Lower case, without accents, compatibility forms and marks resolved; blanks become one blank."""
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    return " ".join(plain.split())


def without_accents(text: str) -> str:
    """Without accents and marks, the case kept."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


def squashed(text: str) -> str:
    """Only the letters and digits of the folded text."""
    return _NOT_ALNUM.sub("", folded(text))


def digits(text: str) -> str:
    """Only the digits, those of other scripts as ours."""
    return "".join(str(unicodedata.digit(letter)) for letter in text if letter.isdigit())


def spellings_of(kind: str, value: str, keep: str = "") -> tuple[Spelling, ...]:
    """The ways to write a value of a kind (a disclosure tag, or the kind of an identifier).

    `keep`: for dates, the level at which they may still be shown (`month`, `year`, `band`); what says more is listed.
    A value of less than two letters or digits has none: it could not be told from a list mark.
    """
    match kind:
        case "date" | "birth-date":
            found = set(_dates(value, keep))
        case "name":
            found = set(_names(value))
        case "staff":
            found = set(_initials(value))
        case "agency-name":
            found = {*_whole(value), *_agency(value)}
        case "note" | "reason":
            found = {*_whole(value), *_stretches(value)}
        case "address":
            found = {*_whole(value), *_whole(value.split(",")[0]), *_without_its_last_word(value.split(",")[0])}
        case _:
            found = set(_whole(value))
    if kind in _NUMBERS or kind in ("other", "plate"):
        found |= set(_numbers(value))
    if kind == "phone":
        found |= set(_numbers(digits(value)[-7:]))  # as people say it who live there
    return tuple(sorted(found))


def _whole(value: str) -> Iterator[Spelling]:
    tight = squashed(value)
    if len(tight) >= 2:
        yield Spelling(folded(value), "words")
    if len(tight) >= _LEAST_SQUASHED:
        yield Spelling(tight, "squashed")


def _initials(value: str) -> Iterator[Spelling]:
    """A person's initials as written and without points; in other letters “AS” is an everyday word."""
    tight = "".join(letter for letter in value if letter.isalnum())
    if len(tight) >= 2:
        yield from (Spelling(without_accents(each), "exact") for each in {value.strip(), tight, f"{'.'.join(tight)}."})


def _numbers(value: str) -> Iterator[Spelling]:
    number = digits(value)
    shorter = {number, number.lstrip("0")}
    if len(number) == 11 and number.startswith("1"):
        shorter.add(number[1:])
    yield from (Spelling(each, "digits") for each in shorter if len(each) >= _LEAST_DIGITS)


def _names(value: str) -> Iterator[Spelling]:
    """The whole name; any two of its parts in either order; each part of three letters; initials with a surname."""
    parts = [part for part in re.split(r"[\s,;]+", value) if squashed(part)]
    initials = [without_accents(part)[0].upper() for part in parts]
    yield from _whole(" ".join(parts))
    for one, other in combinations(parts, 2):
        for first, second in ((one, other), (other, one)):
            yield Spelling(folded(f"{first} {second}"), "words")
            if len(squashed(first + second)) >= _LEAST_SQUASHED + 2:
                yield Spelling(squashed(first + second), "squashed")
            yield Spelling(folded(f"{first[0]} {second}"), "words")
            yield Spelling(folded(f"{second} {first[0]}"), "words")
    if len(parts) > 1:
        yield Spelling(".".join(initials) + ".", "exact")
        yield Spelling(". ".join(initials) + ".", "exact")
    if len(parts) > 2:
        yield Spelling("".join(initials), "exact")
    for part in parts:
        if len(squashed(part)) >= _LEAST_NAME:
            yield Spelling(folded(part), "words", part=len(parts) > 1)
        if len(squashed(part)) >= _LEAST_SQUASHED:
            yield Spelling(squashed(part), "squashed", part=len(parts) > 1)


def _without_its_last_word(street: str) -> Iterator[Spelling]:
    """“55 Elm” of “55 Elm Street”, which is also written “55 Elm St”."""
    words = folded(street).split()
    if len(words) > 2 and words[0][0].isdigit():
        yield Spelling(" ".join(words[:-1]), "words")


_SHORT_FORMS = (
    ("police department", "pd"),
    ("department", "dept"),
    ("sheriff's office", "so"),
    ("county", "co"),
    ("police", "pd"),
)
_SMALL_WORDS = frozenset(("of", "the", "and", "for", "de", "la", "del", "y", "los", "las", "el"))


def _agency(value: str) -> Iterator[Spelling]:
    """The usual short forms of an agency's name, and its initials where there are three or more."""
    said = folded(value)
    for long, short in _SHORT_FORMS:
        if long in said and squashed(said.replace(long, "")):
            yield Spelling(" ".join(said.replace(long, short).split()), "words")
    words = [word for word in re.findall(r"\w+", without_accents(value)) if word != "s"]
    capitals = [word[0].upper() for n, word in enumerate(words) if n == 0 or word.lower() not in _SMALL_WORDS]
    if len(capitals) >= 3:
        yield Spelling("".join(capitals), "exact")


def _stretches(value: str) -> Iterator[Spelling]:
    """Every five words of a text that stand together: a copied piece of a note is a leak, a shared word is not."""
    words = folded(value).split()
    for start in range(len(words) - _SHINGLE + 1):
        piece = " ".join(words[start : start + _SHINGLE])
        if len(squashed(piece)) >= 3 * _SHINGLE:
            yield Spelling(squashed(piece), "squashed")


_POINT = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def _dates(value: str, keep: str) -> Iterator[Spelling]:
    for year, month, day in _POINT.findall(value):
        if day:
            yield from _days(year, int(month), int(day))
        if month and keep not in ("month",):
            yield from _months(year, month)
        if keep in ("", "band"):
            yield Spelling(year, "words")


def _days(year: str, month: int, day: int) -> Iterator[Spelling]:
    stored = f"{year}-{month:02}-{day:02}"
    yield Spelling(f"{year}{month:02}{day:02}", "words")
    for mark in ("-", "/", ".", " "):
        for a, b in ((f"{month:02}", f"{day:02}"), (str(month), str(day))):
            yield Spelling(f"{year}{mark}{a}{mark}{b}", "words")
            for each in (year, year[2:]):
                yield Spelling(f"{a}{mark}{b}{mark}{each}", "words")
                yield Spelling(f"{b}{mark}{a}{mark}{each}", "words")
    for language in ("en", "es"):
        yield Spelling(folded(in_words(stored, language)), "words")
        name = folded(in_words(f"2000-{month:02}", language)).split()[0]
        for short in {name, name[:3], name[:4]}:
            yield from (
                Spelling(text, "words")
                for text in (
                    f"{short} {day}, {year}", f"{short} {day} {year}", f"{day} {short} {year}", f"{day} {short}",
                    f"{short} {day}", f"{day} de {short}", f"{day} de {short} de {year}", f"{short}. {day}, {year}",
                )
            )  # fmt: skip
    yield Spelling(squashed(in_words(stored, "en")), "squashed")


def _months(year: str, month: str) -> Iterator[Spelling]:
    yield Spelling(f"{year}-{month}", "words")
    if int(month) <= 12:
        for each in {month, str(int(month))}:
            yield Spelling(f"{each}/{year}", "words")
            yield Spelling(f"{each}-{year}", "words")
    for language in ("en", "es"):
        said = folded(in_words(f"{year}-{month}", language))
        name = said.split()[0]
        for text in (said, f"{name} {year}", f"{name} de {year}", f"{name[:3]} {year}", f"{name} of {year}"):
            yield Spelling(text, "words")
