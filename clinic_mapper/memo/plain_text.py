"""Text that is fit to be drawn: no control characters, nothing that turns the reading direction round."""

from __future__ import annotations

import re
import unicodedata

_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SPACES = dict.fromkeys("\t\n\r\x0b\x0c\x85\u2028\u2029\xa0\u2007\u202f", " ")
_NOT_LETTERS = ("Cc", "Cs", "Cn", "Co")
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")

_PLAIN = re.compile(r"[ -~·–—‘’“”…§›«»¿¡áéíóúüñÁÉÍÓÚÜÑ]*").fullmatch
"""Letters and signs of our own languages, composed: such a text is printable as it stands."""


def printable(text: str) -> str:
    """The text on one line, composed (NFC), without invisible marks; what cannot be drawn becomes a space or goes.

    Direction marks go because they can make a name read as another; lone surrogates and other control characters
    become a space, so that two words never run into one.
    """
    if _PLAIN(text):
        return " ".join(text.split())
    kept = []
    for character in unicodedata.normalize("NFC", text):
        if character in _DIRECTION or character in _INVISIBLE:
            continue
        blank = character in _SPACES or unicodedata.category(character) in _NOT_LETTERS
        kept.append(" " if blank else character)
    return " ".join("".join(kept).split())
