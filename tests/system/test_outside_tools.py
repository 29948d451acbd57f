"""Tools that nobody here wrote find in a finished file no value that its reader may not see.

Each matter is invented, with values planted wherever people type; each file is made as the program makes it. Where the
gate refuses, nothing leaves and nothing is to be found; that happens only where a value was planted, and not too often.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from clinic_mapper.casefile.model import Identifier, Matter
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo.export import Memo, for_export, make_memo
from clinic_mapper.memo.letters import contacts_for, letters, make_letter
from clinic_mapper.memo.readers import READERS
from clinic_mapper.problem import Problem
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.model import ExposureMap
from tests.memo_corpus import plant
from tests.outside_tools import tools
from tests.outside_tools.invented import NAMES, Invented, invented, with_reason
from tests.outside_tools.recovered import Found, Needle, needles

TODAY = date(2026, 1, 31)
QUICK = 30
FEW_LINES = (
    "insurance-claim", "everify-check", "ice-street-encounter", "probation-check-in", "police-camera-photo",
    "protective-order", "school-enrolment", "jail-release", "private-tip", "immigration-court-held",
)  # fmt: skip
"""Kinds of contact that make short memos: all hiding places, in half of the time."""
SOAKED, IN_ONE_GO = 2000, 25

SEES = {
    "code": {"supervisor", "file", "cocounsel"},
    "note": {"supervisor", "file"},
    "reason": {"supervisor", "file"},
    "paper": {"supervisor", "file", "cocounsel"},
    "day": {"supervisor", "file", "request", "letter"},
    "agency": {"supervisor", "file", "cocounsel", "court", "request", "letter"},
    "city": {"supervisor", "file", "cocounsel", "court", "request", "letter"},
}
"""Who sees what, as docs/readers.md has it. Whoever is not named may not."""


class Made(NamedTuple):
    """A file that was made, and what may not be in it."""

    number: int
    reader: str
    path: Path
    forbidden: tuple[tuple[str, list[Needle]], ...]
    given: Invented


class Refused(NamedTuple):
    number: int
    reader: str
    why: str
    given: Invented


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def test_no_tool_recovers_a_withheld_value(catalog, tmp_path):
    tools.need_all()
    made, refused = written(range(QUICK), catalog, tmp_path, FEW_LINES, contacts=1, letter_every=4)
    look_into(made)
    tried_all(made, refused)


@pytest.mark.soak
@pytest.mark.parametrize("start", range(0, SOAKED, IN_ONE_GO))
def test_no_tool_recovers_a_withheld_value_of_many(catalog, tmp_path, start):
    tools.need_all()
    made, refused = written(range(start, start + IN_ONE_GO), catalog, tmp_path)
    look_into(made, thorough=True)
    tried_all(made, refused)


def written(
    numbers: range,
    catalog: Catalog,
    folder: Path,
    kinds: Sequence[str] = (),
    contacts: int = 2,
    letter_every: int = 1,
) -> tuple[list[Made], list[Refused]]:
    """Every matter for every reader, and every letter, as files; what was refused."""
    made: list[Made] = []
    refused: list[Refused] = []
    for number in numbers:
        given = invented(number, catalog, kinds, contacts)
        exposure = map_exposure(for_export(given.matter), catalog, TODAY)
        given = with_reason(given, sorted(exposure.routes)[:5], number)
        exposure = map_exposure(for_export(given.matter), catalog, TODAY)
        for reader, make, told in _exits(given, catalog, exposure, number % letter_every == 0):
            try:
                memo = make()
            except Problem as problem:
                refused.append(Refused(number, reader, problem.code, given))
                continue
            path = folder / f"{number}-{reader}.pdf"
            path.write_bytes(memo.pdf)
            made.append(Made(number, reader, path, tuple(_forbidden(given, reader, told)), given))
    return made, refused


def _exits(given: Invented, catalog: Catalog, exposure: ExposureMap, with_letters: bool) -> Iterator[tuple]:
    matter = given.matter
    first = matter.touchpoints[0].id
    for reader in READERS:
        lines = [line.id for line in exposure.lines if line.touchpoint == first][:3] if reader == "court" else None
        contacts = {first} if reader in ("request", "court") else {each.id for each in matter.touchpoints}
        name = f"memo-{reader}.pdf"

        def memo(reader: str = reader, lines=lines, contacts=contacts, name: str = name) -> Memo:
            asked = contacts if reader == "request" else None
            return make_memo(matter, catalog, exposure, reader, "en", name, lines=lines, contacts=asked)

        yield reader, memo, contacts
    for id, letter in letters().items() if with_letters else ():
        possible = contacts_for(letter, matter, catalog)
        if letter.contact == "named" and not possible:
            continue
        contact = possible[0].id if possible else ""

        def page(letter=letter, contact: str = contact) -> Memo:
            return make_letter(letter, matter, catalog, exposure, contact, file_name=f"letter-{letter.id}.pdf")

        yield f"letter-{id}", page, {contact} if letter.contact == "named" else set()


def _forbidden(given: Invented, reader: str, contacts: set[str]) -> Iterator[tuple[str, list[Needle]]]:
    """What may not be in this file: the listed values always, the rest by reader and contact."""
    matter, who = given.matter, reader.partition("-")[0]
    for each in given.listed:
        yield f"{each.kin}: {each.value}", needles(each.kind, each.value, each.parts)
    if who not in SEES["code"]:
        yield "code", needles("code", matter.code)
    notes = [matter.note, *(told.note for told in matter.touchpoints), *(step.note for step in matter.follow_ups)]
    yield from _texts("note", notes, who)
    yield from _texts("reason", [verdict.reason for verdict in matter.set_aside], who)
    chosen = [told for told in matter.touchpoints if told.id in contacts]
    for told in matter.touchpoints:
        yield from _texts("paper", [answer.paper for answer in told.facts.values()], who)
        if len(told.when) == 10 and not (who in SEES["day"] and told.when in [other.when for other in chosen]):
            yield f"day {told.when}", needles("date", told.when)
        for what, value in (("agency", told.agency.name), ("city", told.where.city)):
            shown = any(value in f"{other.agency.name}\n{other.where.city}" for other in chosen)
            if value and not (shown and who in SEES[what]):
                yield f"{what} {value}", needles(what, value)


def _texts(what: str, texts: list[str], who: str) -> Iterator[tuple[str, list[Needle]]]:
    for text in texts if who not in SEES[what] else ():
        if len(text) > 12:
            yield f"{what}: {text}", needles(what, text)


def look_into(made: list[Made], thorough: bool = False) -> None:
    """Runs every tool over every file; the same bytes are opened once."""
    first: dict[bytes, Path] = {}
    same = {each.path: first.setdefault(each.path.read_bytes(), each.path) for each in made}
    paths = list(first.values())
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = dict(zip(paths, pool.map(lambda path: _recovered(path, thorough), paths), strict=True))
    told, taken, boxes = tools.properties(paths), tools.metadata(paths), tools.bad_redactions(paths)
    assert len(told) == len(taken) == len(boxes) == len(paths)
    for path in paths:
        _says_nothing_of_its_maker(told[path.name], taken[path.name])
        assert not boxes[path.name], f"{path.name}: something stands under a box"
        found[path]["exiftool"] = Found.of(str(told[path.name]))
        found[path]["mat2"] = Found.of(str(taken[path.name]))
    leaks = [leak for each in made for leak in _held(each, found[same[each.path]])]
    assert not leaks, "\n".join(leaks)


def _held(made: Made, found: dict[str, Found]) -> Iterator[str]:
    for what, ways in made.forbidden:
        for tool, text in found.items():
            if any((tool != "bytes" or way.in_bytes) and text.holds(way) for way in ways):
                yield f"matter {made.number} for {made.reader}: {tool} finds {what}"


def _recovered(path: Path, thorough: bool) -> dict[str, Found]:
    """What pdftotext and qpdf get out of a file, by tool."""
    opened = tools.opened_up(path)
    found = {
        "pdftotext": Found.of(tools.text_of(path)),
        "qpdf": Found.of(tools.strings_in(opened)),
        "bytes": Found.in_bytes(opened),
    }
    if thorough:
        found["pdftotext -raw"] = Found.of(tools.text_of(path, "-raw"))
        tools.check(path)
    return found


_OF_THE_FILE = {
    "SourceFile", "ExifTool:ExifToolVersion", "System:FileName", "System:Directory", "System:FileSize",
    "System:FileModifyDate", "System:FileAccessDate", "System:FileInodeChangeDate", "System:FilePermissions",
    "File:FileType", "File:FileTypeExtension", "File:MIMEType", "PDF:PDFVersion", "PDF:Linearized", "PDF:PageCount",
}  # fmt: skip
"""What exiftool says of any PDF on a disk."""
_DELIBERATE = {"PDF:Title", "PDF:Language", "PDF:TaggedPDF", "XMP-pdfuaid:Part", "XMP-dc:Title"}
_DELIBERATE_TO_MAT2 = {"title", "format", "metadata", "creation-date", "mod-date"}


def _says_nothing_of_its_maker(told: dict, taken: dict) -> None:
    """Title, language and that it is tagged; no maker, version, day, user, machine or path."""
    more = set(told) - _OF_THE_FILE - _DELIBERATE
    assert not more, f"{told['SourceFile']}: exiftool tells {sorted(more)}"
    assert set(taken) <= _DELIBERATE_TO_MAT2, f"{told['SourceFile']}: mat2 would take away {sorted(taken)}"
    assert taken.get("creation-date", "-1") == taken.get("mod-date", "-1") == "-1"


def tried_all(made: list[Made], refused: list[Refused]) -> None:
    """Nothing was refused without a reason, and every kind of value was in the matter of a file that was made."""
    readers = Counter(each.reader for each in made)
    kept_back = Counter(each.reader for each in refused)
    both = readers | kept_back
    said = "; ".join(f"{reader}: {readers[reader]} made, {kept_back[reader]} refused" for reader in both)
    print(said)  # shown by `pytest -s`, and where it fails
    for each in refused:
        seen = [mention for mention in each.given.mentions if each.reader.partition("-")[0] in SEES[mention.place]]
        assert seen, f"matter {each.number} for {each.reader} was refused for nothing: {each.why}"
    for reader in READERS:
        assert readers[reader] >= kept_back[reader], said
    kins = {planted.kin for each in made for planted in each.given.listed}
    assert set(NAMES) <= kins
    assert any(each.why == "leak-found" for each in refused), "nothing was refused: was anything planted?"


FOUND_BY = {
    "page-text": "pdftotext",
    "invisible-text": "pdftotext",
    "outline": "qpdf",
    "alternative-text": "qpdf",
    "annotation": "qpdf",
    "orphan-stream": "bytes",
    "info-author": "exiftool",
    "xmp": "mat2",
}
"""What is planted in a clean memo, and a tool that must find it there."""


def test_the_tools_find_what_is_there(catalog, tmp_path):
    """The same look finds what was planted on purpose, each tool something; and a box with a name under it."""
    tools.need_all()
    given = Matter(code="M-1", identifiers=(Identifier(kind="name", value=plant.NAME),))
    clean = make_memo(given, catalog, map_exposure(given, catalog, TODAY), "client", "en", "memo-client.pdf").pdf
    paths = [tmp_path / f"{name}.pdf" for name in (*FOUND_BY, "covered")]
    for path in paths:
        path.write_bytes(plant.planted(clean, path.stem))
    told, taken, boxes = tools.properties(paths), tools.metadata(paths), tools.bad_redactions(paths)
    sought = needles("name", plant.NAME)
    for path in paths[:-1]:
        found = _recovered(path, thorough=False)
        found |= {"exiftool": Found.of(str(told[path.name])), "mat2": Found.of(str(taken[path.name]))}
        assert any(found[FOUND_BY[path.stem]].holds(way) for way in sought), path.stem
    assert boxes["covered.pdf"]
    for name in ("info-author.pdf", "xmp.pdf"):
        with pytest.raises(AssertionError):
            _says_nothing_of_its_maker(told[name], taken[name])
