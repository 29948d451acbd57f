"""That an attorney read a memo and signs it: who, by initials, and on what day."""

from __future__ import annotations

import re

import msgspec

from clinic_mapper.problem import Problem

SIGNED_READERS = ("supervisor", "file", "cocounsel", "court", "request", "client")
"""Readers whose page is about one matter and can be signed here; counts are about all, letters are signed by hand."""
MEMO_READERS = ("supervisor", "file", "cocounsel")
"""Readers whose page prints that it is a draft, or by whom and when it was signed, and what changed since the last."""
MOST_LETTERS = 80
_MOST_INITIALS = 4
_BETWEEN = re.compile(r"[\s.·-]+")


class SignOff(msgspec.Struct, frozen=True, kw_only=True):
    """A signature as it prints: initials alone, and an ISO day."""

    initials: str
    on: str


def initials_of(name: str) -> str:
    """“R.M.E.” for “Rosa María Ejemplo”; initials that were typed as such stay: “RE”, “R. E.”.

    Raises:
        Problem: `nobody-signed` where no letter stands; `name-too-long`.
    """
    if len(name) > MOST_LETTERS:
        raise Problem("name-too-long", f"A name has at most {MOST_LETTERS} letters.", _NOTHING, "Shorten it.")
    parts = [part for part in _BETWEEN.split(name) if part and part[0].isalpha()]
    if len(parts) == 1 and parts[0].isupper() and len(parts[0]) <= _MOST_INITIALS:
        parts = list(parts[0])
    if not parts:
        raise Problem("nobody-signed", "A memo is signed by somebody.", _NOTHING, "Type your name or initials.")
    return "".join(f"{part[0].upper()}." for part in parts)


_NOTHING = "Nothing was signed."
