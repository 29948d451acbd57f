"""The letters that ask for records, as data: to whom, what is asked, what is written in by hand, what is left out."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from clinic_mapper.file_read import bounded_bytes
from clinic_mapper.problem import Problem
from clinic_mapper.resource_files import resources

SCHEMA = "clinic-mapper/letter/1"
LARGEST_FILE = 256 << 10
"""Bytes. A letter of ten pages is smaller."""
_MOST_WORDS = 20_000
"""Letters and signs in all texts of a letter together: two pages hold some six thousand."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MAY_BE_EMPTY = ("recipients.law", "fields.text", "due.text", "recipients.due.text")
_PLACES = re.compile(r"\{[^}]*\}")
_KNOWN_PLACES = ("{law}", "{contact}")


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A part of a template."""


class Field(_Part, frozen=True):
    """A blank to fill in by hand, or with `text` a sentence. What is not needed is left out unless it is chosen."""

    id: str
    label: str
    needed: bool
    text: str = ""


class Due(_Part, frozen=True):
    """What the letter says about the time for an answer; `days` of 0 where no law sets one."""

    text: str
    days: int
    kind: Literal["working", "calendar", "none"]


class Recipient(_Part, frozen=True):
    """To whom, as a remedy of the catalog has it. `to` and `law` empty: the contact's agency, or a blank.

    `due`: the time for an answer where it is not the letter's.
    """

    remedy: str
    to: tuple[str, ...]
    law: str
    due: Due | msgspec.UnsetType = msgspec.UNSET


class Letter(_Part, frozen=True):
    """A template. `contact`: what it takes from a contact: nothing, its state, or what, when and where it was."""

    schema: str
    id: str
    title: dict[str, str]
    recipients: tuple[Recipient, ...]
    contact: Literal["none", "state", "named"]
    sectors: tuple[str, ...]
    signs: Literal["counsel", "client"]
    subject: str
    opening: tuple[str, ...]
    asks: tuple[str, ...]
    fields: tuple[Field, ...]
    closing: tuple[str, ...]
    enclose: tuple[str, ...]
    leave_out: tuple[str, ...]
    due: Due
    signoff_if: dict[str, tuple[str, ...]]


class Offered(NamedTuple):
    """A letter that can be written. `own`: its words are the clinic's, not the program's."""

    letter: Letter
    own: bool = False

    @property
    def title(self) -> str:
        """How lists name it."""
        return f"{self.letter.title['en']} (the clinic's own)" if self.own else self.letter.title["en"]


@lru_cache(maxsize=1)
def letters() -> dict[str, Letter]:
    """The shipped letters by id, in the order in which they are offered.

    Raises:
        Problem: `letter-invalid`, naming the file that cannot be used.
    """
    folder = resources() / "letters"
    files = [path for path in sorted(folder.iterdir()) if path.suffix == ".json"]
    found = [decode_letter(path.read_bytes(), path.name, "Restore the file as shipped.") for path in files]
    return {letter.id: letter for letter in found}


@lru_cache(maxsize=1)
def texts_of_ours() -> frozenset[str]:
    """Every text of the shipped letters."""
    return frozenset(text for letter in letters().values() for _, text in _texts(msgspec.to_builtins(letter), ""))


def letter_named(id: str) -> Letter:
    """The shipped letter with this id.

    Raises:
        Problem: `no-such-letter`, naming those that exist.
    """
    known = letters()
    if id not in known:
        raise Problem(
            "no-such-letter",
            f"There is no letter called “{id}”.",
            "Nothing was written.",
            f"Choose one of: {', '.join(known)}.",
        )
    return known[id]


def read_letter(path: Path) -> Letter:
    """The letter in a file that somebody made.

    Raises:
        Problem: `letter-unreadable` when the file is missing, too large or no file; as `decode_letter`.
    """
    try:
        data = bounded_bytes(path, LARGEST_FILE)
    except OSError as error:
        what = f"The letter “{path.name}” cannot be read: {error.strerror}."
        do = f"Choose a file of at most {LARGEST_FILE >> 10} KB, as schemas/letter.schema.json describes it."
        raise Problem("letter-unreadable", what, "Nothing was changed.", do) from error
    return decode_letter(data, path.name)


def decode_letter(data: bytes, name: str, do: str = "Compare it with schemas/letter.schema.json.") -> Letter:
    """The letter in these bytes, as the published schema has it. `name`: how it is called in a problem.

    Raises:
        Problem: `letter-invalid`, naming what is wrong.
    """
    try:
        letter = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=Letter)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _invalid(name, str(error), do) from error
    if wrong := _wrong_in(letter):
        raise _invalid(name, wrong, do)
    return letter


def encode_letter(letter: Letter) -> bytes:
    """A letter as `decode_letter` reads it."""
    return msgspec.json.format(msgspec.json.encode(letter), indent=2) + b"\n"


def _wrong_in(letter: Letter) -> str:
    """What is wrong with a letter, in a few words; "" for nothing."""
    if letter.schema != SCHEMA:
        return f"schema is “{letter.schema}”, not “{SCHEMA}”"
    if set(letter.title) != {"en", "es"}:
        return "title must have “en” and “es”, and no more"
    if not letter.recipients or not letter.opening:
        return "recipients and opening must each hold something"
    for id in (letter.id, *(field.id for field in letter.fields)):
        if not _ID.fullmatch(id):
            return f"“{id}” is no id: small letters, digits and hyphens"
    if len({field.id for field in letter.fields}) < len(letter.fields):
        return "two fields have the same id"
    if any(due.days < 0 for due in (letter.due, *(to.due for to in letter.recipients if to.due))):
        return "due.days is less than 0"
    if not all(letter.signoff_if.values()):
        return "signoff_if has a question without a value"
    return _wrong_in_texts(letter)


def _wrong_in_texts(letter: Letter) -> str:
    texts = list(_texts(msgspec.to_builtins(letter), ""))
    if empty := [place for place, text in texts if not text and place not in _MAY_BE_EMPTY]:
        return f"{empty[0]} is empty"
    if sum(len(text) for _, text in texts) > _MOST_WORDS:
        return f"its texts are longer than {_MOST_WORDS:,} letters together"
    for place, text in texts:
        strange = [each for each in _PLACES.findall(text) if place != "opening" or each not in _KNOWN_PLACES]
        if strange:
            return f"{place}: “{strange[0]}” is no place that can be filled in; {{law}} and {{contact}} are, in opening"
    if letter.contact != "named" and any("{contact}" in text for text in letter.opening):
        return "opening speaks of {contact}, but contact is not “named”"
    return ""


def _texts(value: Any, place: str) -> list[tuple[str, str]]:
    """Every text with the keys that lead to it."""
    if isinstance(value, str):
        return [(place, value)]
    if isinstance(value, dict):
        return [found for key, inner in value.items() for found in _texts(inner, f"{place}.{key}".lstrip("."))]
    if isinstance(value, list | tuple):
        return [found for inner in value for found in _texts(inner, place)]
    return []


def texts_of(letter: Letter) -> list[str]:
    """Every text that stands in a letter, also its ids."""
    return [text for _, text in _texts(msgspec.to_builtins(letter), "")]


def _invalid(name: str, what: str, do: str) -> Problem:
    return Problem("letter-invalid", f"The letter “{name}” cannot be used: {what}.", "Nothing was changed.", do)
