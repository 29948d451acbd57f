"""The map and the case file as JSON. They pass the same gate as a memo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
from msgspec.structs import replace

from clinic_mapper.casefile.codec import encode_case
from clinic_mapper.casefile.model import Answer, Matter, answer_of
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.file_replace import replace_file
from clinic_mapper.memo.gate import LeakFound, without_reasons
from clinic_mapper.memo.own_rows import ids_laid_over
from clinic_mapper.memo.prove import OwnWords, prove_text
from clinic_mapper.memo.withhold import Withheld, bare, for_export, identifier_values
from clinic_mapper.routing.model import ExposureMap
from clinic_mapper.routing.wire import as_json


def export_map_json(path: Path, matter: Matter, catalog: Catalog, exposure: ExposureMap) -> None:
    """Saves the map as JSON, as the command line prints it, for the supervising attorney.

    Raises:
        LeakFound: a name or number that no file may contain stands in it; nothing is written.
        Problem: the disk's troubles.
    """
    data = as_json(exposure)
    ours = _text_of_json(as_json(without_reasons(exposure, keep=False)))
    own = _without(ids_laid_over(catalog), _without_ids(ours, matter))
    _prove(_text_of_json(data), identifier_values(matter), path.name, own)
    _save(path, data)


def export_case_json(path: Path, matter: Matter) -> None:
    """Saves the case file for another copy of this program, without the list of names and numbers that no file may
    contain and without answers for this session only.

    Raises:
        LeakFound: a name or number of that list stands elsewhere in the matter; nothing is written.
        Problem: the disk's troubles.
    """
    data = encode_case(replace(for_export(matter), identifiers=()))
    plain = replace(bare(for_export(matter)), set_aside=())
    own = _without_ids(_text_of_json(encode_case(plain)), matter)
    named = _without_ids(_text_of_json(encode_case(_with_places_and_ids(plain, for_export(matter)))), matter)
    _prove(_text_of_json(data), identifier_values(matter), path.name, own, named)
    _save(path, data)


def _with_places_and_ids(plain: Matter, told: Matter) -> Matter:
    """The matter in nobody's words with its places, agencies and ids: a part of a name can be a part of one of these,
    such as “ice” of `waited_for_ice`."""

    def unworded(answers: Mapping[str, Answer | str]) -> dict[str, Answer | str]:
        full = ((id, answer_of(given)) for id, given in answers.items())
        return {id: replace(answer, paper="") for id, answer in full if answer}

    contacts = tuple(
        replace(each, note="", facts=unworded(each.facts), practices=unworded(each.practices))
        for each in told.touchpoints
    )
    return replace(plain, client=unworded(told.client), touchpoints=contacts, set_aside=bare(told).set_aside)


def _without_ids(text: str, matter: Matter) -> str:
    """Without the ids of touchpoints: one may have been typed by hand in a case file."""
    return _without((touchpoint.id for touchpoint in matter.touchpoints if len(touchpoint.id) > 3), text)


def _without(ids: Iterable[str], text: str) -> str:
    for id in sorted(ids, key=len, reverse=True):
        text = text.replace(id, "")
    return text


def _prove(text: str, withheld: tuple[Withheld, ...], file_name: str, own: str, named: str = "") -> None:
    """`named`: the same with agencies and places, where the file holds them."""
    leaks = prove_text(text, withheld, file_name, OwnWords(own, own, named or own))
    if leaks:
        raise LeakFound(leaks)


def _save(path: Path, data: bytes) -> None:
    def write(file: BinaryIO) -> None:
        file.write(data)

    replace_file(path, write)


def _text_of_json(data: bytes) -> str:
    """The file's text, and once more every string in it as people read it: escapes must hide nothing."""
    return "\n".join([data.decode("utf-8"), *_strings(msgspec.json.decode(data))])


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
