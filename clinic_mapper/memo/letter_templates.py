"""The letters that ask for records, as data: to whom, what is asked, what is written in by hand, what is left out."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import msgspec

from clinic_mapper.problem import Problem
from clinic_mapper.resource_files import resources

SCHEMA = "clinic-mapper/letter/1"


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
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
    due: Due | None = None


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


@lru_cache(maxsize=1)
def letters() -> dict[str, Letter]:
    """The shipped letters by id, in the order in which they are offered.

    Raises:
        Problem: `letter-invalid`, naming the file that cannot be used.
    """
    folder = resources() / "letters"
    found = [_decoded(path.read_bytes(), path.name) for path in sorted(folder.iterdir()) if path.suffix == ".json"]
    return {letter.id: letter for letter in found}


def letter_named(id: str) -> Letter:
    """The letter with this id.

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


def _decoded(data: bytes, file: str) -> Letter:
    try:
        letter = msgspec.json.decode(data, type=Letter)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _invalid(file, str(error)) from error
    if letter.schema != SCHEMA:
        raise _invalid(file, f"schema is “{letter.schema}”, not “{SCHEMA}”")
    return letter


def _invalid(file: str, what: str) -> Problem:
    return Problem(
        "letter-invalid", f"{file} cannot be used: {what}.", "Nothing was written.", "Restore the file as shipped."
    )
