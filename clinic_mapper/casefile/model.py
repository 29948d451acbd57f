"""A matter and what was told in it. Immutable values; a change makes a new matter (`msgspec.structs.replace`)."""

from __future__ import annotations

from typing import Literal

import msgspec

SCHEMA = "clinic-mapper/case/1"

UNKNOWN = "unknown"
"""The client does not know. An answer, not a gap."""
DECLINED = "declined"
"""The client chose not to answer. Never asked again; not a no."""


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A value that people entered."""


class Answer(Told, frozen=True):
    """One answer. `value`: `yes`, `no`, a choice of the question, `unknown` or `declined`. No answer at all = not
    asked.

    `source`: who or what says so; `paper` names the paper. `since`: for a fact that began on some day, that day as a
    partial date. `session_only`: used by the live map, stored as not asked, gone at lock.
    """

    value: str
    source: Literal["client", "paper", "attorney", "clinic"] = "client"
    paper: str = ""
    since: str = ""
    session_only: bool = False


class Where(Told, frozen=True):
    """A place as far as it is known. `state`: two letters ("" = unknown); county and city as plain names."""

    state: str = ""
    county: str = ""
    city: str = ""


class Agency(Told, frozen=True):
    """Which police, jail or office. `kind`: an agency kind of the catalog, "" = unknown; `name` as people say it."""

    kind: str = ""
    name: str = ""


class Touchpoint(Told, frozen=True):
    """One contact with an agency or company that made or used a record.

    `when`: a partial date (see `dates`), "" = unknown. `facts`: answers by question id. `practices`: what the clinic
    knows
    about this agency, by practice, agreement or flow id. `note` is free text; it prints for the supervisor only.
    """

    id: str
    kind: str
    when: str = ""
    where: Where = Where()
    agency: Agency = Agency()
    facts: dict[str, Answer | str] = msgspec.field(default_factory=dict)
    practices: dict[str, Answer | str] = msgspec.field(default_factory=dict)
    note: str = ""


class Verdict(Told, frozen=True):
    """An attorney's own view of a route: set aside, with the reason. The route stays visible and prints as set
    aside."""

    route: str
    reason: str


class Identifier(Told, frozen=True):
    """A name or number that no exported file may contain. Kept only so that the check can look for it."""

    kind: Literal["name", "a-number", "ssn", "birth-date", "phone", "e-mail", "address", "license", "plate", "other"]
    value: str


class FollowUp(Told, frozen=True):
    """Something to do about the matter. What it is, is said by `remedy` (an id of the catalog), else by `note`.

    `about`: the id of a contact, "" = the whole matter. `letter`: the id of the letter that it began with. `owner`: a
    person's initials. `due`, `sent` and `ended` are partial dates (see `dates`), "" = none; `ended`: when it was done
    or dropped.
    """

    id: str
    kind: Literal["request", "correction", "advice", "other"] = "request"
    about: str = ""
    remedy: str = ""
    letter: str = ""
    owner: str = ""
    due: str = ""
    sent: str = ""
    state: Literal["open", "done", "dropped"] = "open"
    ended: str = ""
    note: str = ""


class Matter(Told, frozen=True):
    """One client's file, under a code. `client`: answers to client-level questions, asked once."""

    code: str
    schema: str = SCHEMA
    sample: bool = False
    client: dict[str, Answer | str] = msgspec.field(default_factory=dict)
    touchpoints: tuple[Touchpoint, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    set_aside: tuple[Verdict, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    note: str = ""


def answer_of(given: Answer | str | None) -> Answer | None:
    """The full form of an answer that a file may hold in short form (`"yes"`)."""
    return Answer(value=given) if isinstance(given, str) else given
