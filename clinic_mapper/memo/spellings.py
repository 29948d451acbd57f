"""In how many ways one value can be written: case, accents, order, initials, groupings of digits, forms of a date.

How a spelling is looked for depends on what could hide it and on what it could be mistaken for:

- `words`: letters folded (case, accents, compatibility forms), blanks and line ends alike, and only between word ends,
  so that “CA” is not found in “because”. Every value of at least two letters or digits.
- `squashed`: nothing but letters and digits, so that hyphens, line ends and blanks inside a word hide nothing.
  Only values of six letters or more: shorter ones would be found across the ends of other words. Of Chinese, Japanese
  and Korean two are enough: no blanks stand between their words.
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
from clinic_mapper.memo.letter_forms import digits, folded, squashed, without_accents

How = Literal["words", "squashed", "digits", "exact"]

_LEAST_SQUASHED = 6
_LEAST_DIGITS = 5
_LEAST_NAME = 3
_LEAST_HALF = 4
_SHINGLE = 5
_RUN = 8
"""Letters of a text without blanks that count as a copied piece of it."""
_NUMBERS = ("a-number", "ssn", "phone", "license")


class Spelling(msgspec.Struct, frozen=True, order=True):
    """One way to write a value. `part`: only a piece of a name, which may also be a part of a place or an agency."""

    text: str
    how: How
    part: bool = False


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
            found = {*_whole(value), *_whole(value.split(",")[0]), *_street(value.split(",")[0])}
        case "e-mail":
            found = {*_whole(value), *_mailbox(value)}
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
    if len(tight) >= _LEAST_SQUASHED or _without_blanks(tight):
        yield Spelling(tight, "squashed")
    elif len(tight) >= 3:  # too short to be looked for across words: in one word, letter by letter, 7 ABC
        yield Spelling(tight, "words")
        yield Spelling(" ".join(tight), "words")
        if not tight.isalpha():
            yield Spelling(" ".join(_LETTERS_OR_DIGITS.findall(tight)), "words")


_LETTERS_OR_DIGITS = re.compile(r"\d+|\D+")
_WITHOUT_BLANKS = re.compile("[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")


def _without_blanks(tight: str) -> bool:
    """Whether these are two or more letters, Chinese, Japanese or Korean alone: no blank tells where a name ends."""
    return _WITHOUT_BLANKS.fullmatch(tight) is not None and len(unicodedata.normalize("NFC", tight)) > 1


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
    """The whole name; any two of its parts in either order; each part of three letters; initials with a surname.

    Words such as “de la” stand between the parts of many names and name nobody.
    """
    parts = [part for part in map(folded, re.split(r"[\s,;]+", value)) if squashed(part)]
    naming = [part for part in parts if part not in _SMALL_WORDS] or parts
    yield from _whole(" ".join(parts))
    for one, other in combinations(naming, 2):
        yield from _pair(one, other)
        yield from _pair(other, one)
    initials = [squashed(part)[0].upper() for part in parts]
    if len(parts) > 1:
        yield Spelling(".".join(initials) + ".", "exact")
        yield Spelling(". ".join(initials) + ".", "exact")
    if len(parts) > 2:
        yield Spelling("".join(initials), "exact")
    for part in naming:
        halves = _JOINT.split(part) if _DOUBLE.fullmatch(part) else []
        for piece in {part, *halves}:  # half of a double name is a name
            only_part = len(parts) > 1 or piece != part
            if len(squashed(piece)) >= (_LEAST_NAME if piece == part else _LEAST_HALF):
                yield Spelling(piece, "words", part=only_part)
            if len(squashed(piece)) >= _LEAST_SQUASHED or _without_blanks(squashed(piece)):
                yield Spelling(squashed(piece), "squashed", part=only_part)


_JOINT = re.compile("[-'\u2010\u05be]")
_DOUBLE = re.compile("[^\\W\\d_]+(?:[-'\u2010\u05be][^\\W\\d_]+)+")


def _pair(first: str, second: str) -> Iterator[Spelling]:
    """Two parts of a name in this order: side by side, in one word, and with one of them as an initial."""
    tight_first, tight = squashed(first), squashed(first + second)
    yield Spelling(f"{first} {second}", "words")
    yield Spelling(tight, "words")
    if len(tight) >= _LEAST_SQUASHED + 2 or _without_blanks(tight):
        yield Spelling(tight, "squashed")
    else:
        yield Spelling(" ".join(tight), "words")
    yield Spelling(f"{tight_first[0]} {second}", "words")
    yield Spelling(f"{second} {tight_first[0]}", "words")
    if len(squashed(second)) >= _LEAST_NAME:  # as in the names of mailboxes
        yield Spelling(f"{tight_first[0]}{squashed(second)}", "words")
        yield Spelling(f"{squashed(second)}{tight_first[0]}", "words")


_DIRECTIONS = frozenset(("n", "s", "e", "w", "ne", "nw", "se", "sw", "north", "south", "east", "west"))


def _street(street: str) -> Iterator[Spelling]:
    """“55 Elm” of “55 Elm Street”, which is also written “55 Elm St”, with or without what comes behind it."""
    words = folded(street).split()
    if len(words) > 2 and words[0][0].isdigit():
        yield Spelling(" ".join(words[:-1]), "words")
        named = 2 if words[1].strip(".") in _DIRECTIONS else 1
        if len(words) > named and words[named].isalpha():
            yield Spelling(" ".join(words[: named + 1]), "words")


def _mailbox(address: str) -> Iterator[Spelling]:
    """What stands before the @, and the address as people say it so that no machine reads it."""
    mailbox, _, host = folded(address).partition("@")
    if host and len(squashed(mailbox)) >= _LEAST_HALF:
        yield Spelling(mailbox, "words")
        yield Spelling(f"{mailbox} at {host}".replace(".", " dot "), "words")
        yield Spelling(f"{mailbox} at {host}", "words")


_SHORT_FORMS = (
    ("police department", "pd"),
    ("department", "dept"),
    ("sheriff's office", "so"),
    ("county", "co"),
    ("police", "pd"),
)
_SMALL_WORDS = frozenset(
    ("of", "the", "and", "for", "de", "la", "del", "y", "los", "las", "el", "da", "do", "dos", "das", "van", "von")
)


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
    for run in _WITHOUT_BLANKS.findall(folded(value)):
        yield from (Spelling(run[at : at + _RUN], "squashed") for at in range(len(run) - _RUN + 1))


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
    m, d = f"{month:02}", f"{day:02}"
    for each in (year, year[2:]):  # as in the boxes of a form
        yield from (Spelling(tight, "words") for tight in (f"{each}{m}{d}", f"{m}{d}{each}", f"{d}{m}{each}"))
    for mark in ("-", "/", ".", " "):
        for a, b in ((m, d), (str(month), str(day))):
            yield Spelling(f"{year}{mark}{a}{mark}{b}", "words")
            for each in (year, year[2:]):
                yield Spelling(f"{a}{mark}{b}{mark}{each}", "words")
                yield Spelling(f"{b}{mark}{a}{mark}{each}", "words")
    for language in ("en", "es"):
        yield Spelling(folded(in_words(stored, language)), "words")
        name = folded(in_words(f"2000-{month:02}", language)).split()[0]
        for short in {name, name[:3], name[:4]}:
            for text in (f"{day}{short}{year}", f"{d}{short}{year}", f"{d}{short}{year[2:]}", f"{short}{d}{year}"):
                yield Spelling(text, "words")
            for said in {str(day), d, *_ordinals(day)}:
                for text in (f"{said} {short}", f"{short} {said}", f"{said} of {short}", f"{said} de {short}"):
                    yield Spelling(text, "words")
    yield Spelling(squashed(in_words(stored, "en")), "squashed")


def _ordinals(day: int) -> tuple[str, ...]:
    """“23rd”; in Spanish the first alone is said so."""
    ending = "th" if 10 <= day <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return (f"{day}{ending}", "1o") if day == 1 else (f"{day}{ending}",)


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
