"""From the bytes of one catalog file to typed rows, and from a decoder's complaint to a sentence with an address."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

from clinic_mapper.catalog.model import CatalogFile

KINDS: dict[str, str] = {
    "sources": "source",
    "systems": "system",
    "mechanisms": "mechanism",
    "flows": "flow",
    "restrictions": "restriction",
    "remedies": "remedy",
    "touchpoints": "touchpoint",
    "client_questions": "client question",
    "shared_questions": "shared question",
    "places": "place",
    "agency_kinds": "agency kind",
    "when_forms": "when form",
    "practices": "practice",
    "known_practices": "known practice",
}
"""The lists a catalog file may hold, and the word for one row of each."""

TOO_DEEP = "its conditions stand too deep inside each other"

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_DECODER = msgspec.json.Decoder(CatalogFile)
_AT = re.compile(r"^(?P<what>.*?)(?: - at `(?P<path>[^`]*)`)?$", re.DOTALL)
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]|\[\.\.\.\]")


class Finding(msgspec.Struct, frozen=True, order=True):
    """One thing that is wrong in a catalog: the file (as a path inside the catalog), the row, the key, and a sentence.

    `row` reads `flow "x"`, or is empty where the whole file is meant; `key` may be empty.
    """

    file: str
    row: str
    key: str
    sentence: str


def finding(file: str, row: str, key: str, what: str) -> Finding:
    """A finding whose sentence has the form `flows/jail.json, flow "x": what is wrong`."""
    return Finding(file, row, key, f"{', '.join(part for part in (file, row) if part)}: {what}")


def decode_file(name: str, raw: bytes) -> CatalogFile | Finding:
    """The rows of one file, or the first thing that keeps it from being read."""
    raw = raw.removeprefix(_BYTE_ORDER_MARK)  # some editors write it; it means nothing
    try:
        return _decoded(name, raw)
    except RecursionError:  # of the decoder, or of the reader that looks for the place of its complaint
        return finding(name, "", "", TOO_DEEP)


def _decoded(name: str, raw: bytes) -> CatalogFile | Finding:
    try:
        return _DECODER.decode(raw)
    except msgspec.ValidationError as error:
        return _misfit(name, raw, str(error))
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _broken(name, raw)


def _broken(name: str, raw: bytes) -> Finding:
    """Where the text stops being JSON."""
    try:
        json.loads(raw)
    except json.JSONDecodeError as error:
        return finding(name, "", "", f"this is not JSON: line {error.lineno}, column {error.colno}: {error.msg}")
    except UnicodeDecodeError as error:
        return finding(name, "", "", f"this is not UTF-8 text: byte {error.start + 1}")
    return finding(name, "", "", "this is not JSON that can be read")


def _misfit(name: str, raw: bytes, complaint: str) -> Finding:
    """A decoder's complaint about a row, with the row's id in place of its number."""
    found = _AT.match(complaint)
    what, path = (found["what"], found["path"] or "$") if found else (complaint, "$")
    steps = [step[0] or int(step[1] or -1) for step in _STEP.findall(path)]
    row, rest = _row_of(json.loads(raw), steps)
    key = _written(rest)
    missing = re.search(r"(?:missing required|unknown) field `([^`]+)`", what)
    if missing:
        key = f"{key}.{missing[1]}" if key else missing[1]
    return finding(name, row, key, _plain(what, key))


def _row_of(tree: Any, steps: list[str | int]) -> tuple[str, list[str | int]]:
    """The name of the row that a path leads to, and the rest of the path inside that row."""
    if len(steps) < 2 or steps[0] not in KINDS or not isinstance(steps[1], int):
        return "", steps
    kind = KINDS[str(steps[0])]
    try:
        row_id = tree[steps[0]][steps[1]]["id"]
    except (KeyError, IndexError, TypeError):
        return f"{kind} number {steps[1] + 1}", steps[2:]
    return f'{kind} "{row_id}"', steps[2:]


def _written(steps: list[str | int]) -> str:
    """A path inside a row as people read it: `cites[0].source`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return text.removeprefix(".")


def _plain(what: str, key: str) -> str:
    """The decoder's words in ours."""
    if "missing required field" in what:
        return f'key "{key}" is missing'
    if "unknown field" in what:
        return f'unknown key "{key}"'
    wrong_word = re.match(r"Invalid enum value (.*)", what)
    if wrong_word:
        return f'key "{key}": unknown word {wrong_word[1].replace(chr(39), chr(34))}'
    wrong_type = re.match(r"Expected (.*), got (.*)", what)
    if wrong_type:
        said = f"expected {wrong_type[1]}, found {wrong_type[2]}".replace("`", "")
        return f'key "{key}": {said}' if key else said
    return f'key "{key}": {what}' if key else what
