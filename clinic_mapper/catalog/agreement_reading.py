"""One row of ICE's published list of 287(g) agencies, read: which agency, where, which model, signed when.

The list is typed by hand: counties are misspelt, dates lack a stroke, names end in spaces. What can be read in one way
only is read so and told; what cannot is kept without it and told. No row is dropped in silence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, Literal

import msgspec

from clinic_mapper.gazetteer import counties, county_named, slug, states

Model = Literal["287g-jail", "287g-warrant", "287g-task-force"]

MODELS: dict[str, Model] = {
    "jail enforcement model": "287g-jail",
    "warrant service officer": "287g-warrant",
    "warrant service officer model": "287g-warrant",
    "task force model": "287g-task-force",
    "task force": "287g-task-force",
    "tribal task force model": "287g-task-force",
}
"""The models as the list names them, and the agreements of our catalog."""

STATE_CODES: dict[str, str] = {state.name.casefold(): code for code, state in states().items()}


class Slip(msgspec.Struct, frozen=True):
    """Something in a list that is not as it should be, and what was made of it. `row` is the number in the sheet."""

    row: int
    sentence: str


class ListedAgreement(msgspec.Struct, frozen=True, omit_defaults=True):
    """One row of the list as it was read. `county` is a full name, "" where none could be read; `signed` an ISO day."""

    row: int
    state: str
    agency: str
    agency_kind: str
    model: Model
    county: str = ""
    city: str = ""
    signed: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What makes two rows of two lists the same agreement: a county has one sheriff and a town one police, however
        their names are written."""
        if self.agency_kind == "sheriff" and self.county:
            return self.state, "sheriff", self.county, self.model
        if self.agency_kind == "city police" and self.city:
            return self.state, "city police", slug(self.city), self.model
        return self.state, self.agency_kind, slug(self.agency), self.model


def read_row(number: int, cells: Mapping[str, Any]) -> tuple[ListedAgreement | None, tuple[Slip, ...]]:
    """A row of the sheet, its cells by column; the agreement, or None with a slip that says why there is none."""
    slips: list[Slip] = []
    texts = {column: plain(value) for column, value in cells.items() if column != "signed"}
    agency, state = texts.get("agency", ""), STATE_CODES.get(texts.get("state", "").casefold(), "")
    model = MODELS.get(texts.get("model", "").casefold())
    what = f"“{agency}”" if agency else "this row"
    if not agency:
        return None, (Slip(number, "No agency is named. The row was left out."),)
    if not state:
        return None, (Slip(number, f"{what}: “{texts.get('state', '')}” is no state. The row was left out."),)
    if model is None:
        return None, (Slip(number, f"{what}: “{texts.get('model', '')}” is no known model. The row was left out."),)
    kind = agency_kind(agency, texts.get("type", ""))
    county, said = read_county(state, agency, kind, texts.get("county", ""))
    slips += [Slip(number, f"{what}: {sentence}") for sentence in said]
    signed = read_day(cells.get("signed"))
    doubt = "is no date" if not signed else f"is before the law of {_LAW[:4]}" if signed < _LAW else ""
    if cells.get("signed") is not None and doubt:
        said_day = signed or plain(cells["signed"])
        slips.append(Slip(number, f"{what}: “{said_day}” {doubt}. It counts from the date of the list on."))
        signed = ""
    return ListedAgreement(number, state, agency, kind, model, county, _city(agency, kind), signed), tuple(slips)


def plain(value: Any) -> str:
    """A cell as one line of text without spaces at its ends; "" for the ways in which sheets write nothing.

    Signs that could steer a screen or turn round what people read are left out, and so is what no name is long enough
    to hold: a list comes from outside.
    """
    text = "" if value is None else " ".join(str(value)[:_LONGEST_CELL].split())
    if not text.isprintable():  # quick to ask of the thousands of cells that are
        text = "".join(sign for sign in text if unicodedata.category(sign)[0] != "C")
    return "" if text.upper() in ("#N/A", "#NA", "N/A", "NA", "NONE", "-") else text


def agency_kind(agency: str, type_: str) -> str:
    """The kind of agency, by its name and by what the list calls it (county, municipality, state agency)."""
    for kind, words in _KINDS:
        if re.search(words, agency, re.IGNORECASE):
            return kind
    if not _IS_POLICE.search(agency):
        return "other"
    return {"municipality": "city police", "state agency": "state patrol"}.get(type_.casefold(), "other")


_KINDS = (
    ("sheriff", r"\bsheriff"),
    ("probation or parole", r"\bprobation|\bparole"),
    ("jail or prison", r"\bjail|\bcorrection|\bdetention|\bprison"),
    ("state patrol", r"\bhighway patrol|\bstate police|\bstate patrol"),
    ("school officer", r"\buniversity|\bcollege|\bschool"),
    ("city police", r"\bpolice dep"),
)
_IS_POLICE = re.compile(r"\bpolice|\bpublic safety|\bmarshal", re.IGNORECASE)


def read_county(state: str, agency: str, kind: str, said: str) -> tuple[str, list[str]]:
    """The county of an agency, and what has to be told of how it was found."""
    by_name = _county_in_name(state, agency)
    if not said:
        told = [f"no county is given; the agency's name says {by_name}."] if by_name and kind == "sheriff" else []
        return by_name, told
    listed = county_named(state, said)
    if listed and by_name and listed != by_name:
        return "", [f"the list says {listed}, the agency's name {by_name}. Neither was taken."]
    if listed:
        return listed, []
    state_name = states()[state].name
    if by_name:
        return by_name, [f"“{said}” is no county of {state_name}; the agency's name says {by_name}, which was taken."]
    short = {name.rsplit(" ", 1)[0].casefold(): name for name in counties(state)}
    near = get_close_matches(said.rsplit(" ", 1)[0].casefold(), short, n=1, cutoff=0.8)
    hint = f" Did they mean {short[near[0]]}?" if near else ""
    return "", [f"“{said}” is no county of {state_name}. It was kept without a county.{hint}"]


def _county_in_name(state: str, agency: str) -> str:
    """The county that an agency's own name begins with: "Polk County Sheriff's Office"; "" if it names none."""
    found = re.match(r"(.+? (?:County|Parish|Borough))\b", agency)
    return (county_named(state, found[1]) or "") if found else ""


def _city(agency: str, kind: str) -> str:
    """The town whose police it is: "Boca Raton" of "Boca Raton Police Services Department"."""
    found = re.match(r"(?:(?:City|Town|Village) of )?(.+?) (?:Police|Department of|Public Safety|Marshal)", agency)
    return found[1] if found and kind == "city police" else ""


def read_day(value: Any) -> str:
    """A cell as an ISO day; "" where it is not one. No part of a date is guessed."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = plain(value)
    for form in ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y"):
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    return ""


COLUMNS: dict[str, tuple[str, ...]] = {
    "state": ("state", "state or territory"),
    "agency": ("law enforcement agency", "agency", "participating agency", "agency name", "lea"),
    "type": ("type", "agency type", "type of agency"),
    "county": ("county", "county or parish", "county/parish", "parish"),
    "model": ("support type", "model", "program model", "program type", "agreement type", "287(g) model"),
    "signed": ("signed", "date signed", "signed date", "signature date", "moa signed", "agreement signed"),
}
"""Our names of the columns, and the headings under which they have stood."""

_LONGEST_CELL = 200
_LAW = "1996-09-30"
"""The day of the act that made section 287(g): no agreement is older, so that an earlier year was mistyped."""

NEEDED = ("state", "agency", "model")


def columns_of(heading: tuple[Any, ...]) -> dict[str, int]:
    """Which column of the sheet holds what, by its heading."""
    heads = [re.sub(r"[\s_]+", " ", plain(cell)).casefold() for cell in heading]
    return {
        column: next(heads.index(name) for name in names if name in heads)
        for column, names in COLUMNS.items()
        if any(name in heads for name in names)
    }


def columns_by_content(rows: list[tuple[Any, ...]], found: Collection[str]) -> Iterator[tuple[str, int]]:
    """Columns that their content gives away, whatever their heading says: states, models and days of signing; without
    those that were found."""
    tests: tuple[tuple[str, Callable[[Any], bool]], ...] = (
        ("state", lambda cell: plain(cell).casefold() in STATE_CODES),
        ("model", lambda cell: plain(cell).casefold() in MODELS),
        ("signed", lambda cell: isinstance(cell, (date, datetime))),
    )
    width = max(map(len, rows), default=0)
    for column, is_such in tests:
        if column in found:
            continue
        counted = [sum(is_such(row[place]) for row in rows if place < len(row)) for place in range(width)]
        best = max(range(width), key=counted.__getitem__, default=0)
        if counted and counted[best] * 2 > len(rows):
            yield column, best
