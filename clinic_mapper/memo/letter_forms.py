"""Letters and digits made alike however they were typed: case, accents, forms of compatibility, other scripts' digits.

Both what is searched for and what is searched pass through here, so that one way of typing never hides another.
"""

from __future__ import annotations

import re
import unicodedata

_SAME_AS = {"ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "œ": "oe", "ʼ": "'", "’": "'"}
_LOOK_ALIKE = dict(zip("авекмнорстухіјѕһԁԛԝαβεζηικμνορτυχ", "abekmhopctyxijshdqwabezhikmnoptyx", strict=True))
"""Cyrillic and Greek letters that look like ours, large or small: a name can be typed with one among them."""
_UNSEEN = (
    0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x180F), *range(0x200B, 0x2010),
    *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0x20F0, 0x2100), 0x3164, *range(0xFE00, 0xFE10),
    *range(0xFE20, 0xFE30), 0xFEFF, *range(0xFFF9, 0xFFFC), *range(0xE0100, 0xE01F0),
)  # fmt: skip
"""Marks that nobody sees: between letters, for the direction of reading, for another form of the letter before."""
OUR_DIGITS = {code: str(unicodedata.decimal(chr(code))) for code in range(0x660, 0xFF1A) if chr(code).isdecimal()}
"""The digits of other scripts, and the digits as we write them."""
_LETTERS: dict[int, str | None] = {
    **{ord(letter): said for letter, said in (_SAME_AS | _LOOK_ALIKE).items()},
    **{code: None for code in range(0x300, 0x20F0) if unicodedata.combining(chr(code))},
    **OUR_DIGITS,
    **{0xE0000 + code: chr(code).lower() for code in range(0x20, 0x7F)},  # a second, unseen set of our letters
    **dict.fromkeys(_UNSEEN),
}
_NOT_ALNUM = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """Lower case, without accents, compatibility forms and marks resolved; blanks become one blank."""
    return " ".join(folded_lines(text).split())


def folded_lines(text: str) -> str:
    """The same, with blanks and line ends left as they are."""
    return unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)


def without_accents(text: str) -> str:
    """Without accents and marks, the case kept."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


def squashed(text: str) -> str:
    """Only the letters and digits of the folded text."""
    return _NOT_ALNUM.sub("", folded_lines(text))


def digits(text: str) -> str:
    """Only the digits, those of other scripts as ours."""
    return "".join(letter for letter in folded_lines(text) if letter in "0123456789")
