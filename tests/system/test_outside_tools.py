"""Tools that nobody here wrote find in a finished file no value that its reader may not see.

Each matter is invented, with values planted wherever people type; each file is made as the program makes it. Where the
gate refuses, nothing leaves and nothing is to be found; that happens only where a value was planted, and not too often.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

from clinic_mapper.casefile.model import Identifier, Matter
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo.export import for_export, make_memo
from clinic_mapper.memo.readers import READERS
from clinic_mapper.problem import Problem
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.model import ExposureMap
from clinic_mapper.ui.picture_png import as_png
from tests.memo_corpus import plant
from tests.outside_tools import tools
from tests.outside_tools.exits import SEES, TODAY, Exit, counts, exits, forbidden
from tests.outside_tools.invented import Invented, invented, with_reason
from tests.outside_tools.names import NAMES
from tests.outside_tools.recovered import Found, Needle, needles

QUICK = 24
FEW_LINES = (
    "insurance-claim", "everify-check", "ice-street-encounter", "probation-check-in", "police-camera-photo",
    "protective-order", "school-enrolment", "jail-release", "private-tip", "immigration-court-held",
)  # fmt: skip
"""Kinds of contact that make short memos: all hiding places, in half of the time."""
SOAKED, IN_ONE_GO, AT_LENGTH = 2000, 50, 10
"""How many matters in all and at a time, and how many of these have contacts of every kind and go by every way out."""


class Made(NamedTuple):
    """A file that was made, and what may not be in it."""

    number: int
    exit: Exit
    path: Path
    forbidden: tuple[tuple[str, list[Needle]], ...]
    given: tuple[Invented, ...]


class Refused(NamedTuple):
    number: int
    exit: Exit
    why: str
    given: tuple[Invented, ...]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def test_no_tool_recovers_a_withheld_value(catalog, tmp_path, record_property):
    tools.need_all()
    made, refused = written(range(QUICK), catalog, tmp_path, FEW_LINES, contacts=1, more_every=4)
    assert not look_into(made)
    tried_all(made, refused, record_property)


@pytest.mark.soak
@pytest.mark.parametrize("start", range(0, SOAKED, IN_ONE_GO))
def test_no_tool_recovers_a_withheld_value_of_many(catalog, tmp_path, start, record_property):
    tools.need_all()
    made, refused = written(range(start, start + AT_LENGTH), catalog, tmp_path)
    rest = range(start + AT_LENGTH, start + IN_ONE_GO)
    more_made, more_refused = written(rest, catalog, tmp_path, FEW_LINES, contacts=1, more_every=IN_ONE_GO // AT_LENGTH)
    made, refused = [*made, *more_made], [*refused, *more_refused]
    assert not look_into(made, thorough=True)
    tried_all(made, refused, record_property)


def written(
    numbers: range,
    catalog: Catalog,
    folder: Path,
    kinds: Sequence[str] = (),
    contacts: int = 2,
    more_every: int = 1,
) -> tuple[list[Made], list[Refused]]:
    """Every matter by every way out, and the counts over all of them, as files; what was refused.

    Every second matter is signed, and says what changed since; every third memo is in Spanish.
    """
    made: list[Made] = []
    refused: list[Refused] = []
    all_given: list[Invented] = []
    maps: list[ExposureMap] = []

    def leave(number: int, exit: Exit, given: tuple[Invented, ...]) -> None:
        path = folder / f"m{number}-{exit.name}{exit.suffix}"  # 1950 by itself is a year of birth
        try:
            exit.make(path)
        except Problem as problem:
            assert not path.exists()
            refused.append(Refused(number, exit, problem.code, given))
            return
        sought = [pair for each in given for pair in forbidden(exit, each.listed, each.signer, catalog)]
        made.append(Made(number, exit, path, tuple(sought), given))

    for number in numbers:
        given = invented(number, catalog, kinds, contacts)
        exposure = map_exposure(for_export(given.matter), catalog, TODAY)
        given = with_reason(given, sorted(exposure.routes)[:5], number)
        exposure = map_exposure(for_export(given.matter), catalog, TODAY)
        lang = "en" if number % 3 else "es"
        for exit in exits(given, catalog, exposure, lang, signed=number % 2 == 1, more=number % more_every == 0):
            leave(number, exit, (given,))
        all_given.append(given)
        maps.append(exposure)
    for exit in counts(all_given, catalog, maps):
        leave(numbers.start, exit, tuple(all_given))
    return made, refused


def look_into(made: list[Made], thorough: bool = False) -> list[str]:
    """What any tool finds in any file that may not be there. The same bytes are opened once."""
    first: dict[bytes, Path] = {}
    same = {each.path: first.setdefault(each.path.read_bytes(), each.path) for each in made}
    paths = [path for path in first.values() if path.suffix == ".pdf"]
    with ThreadPoolExecutor(2) as pool:
        found = dict(zip(paths, pool.map(lambda path: _recovered(path, thorough), paths), strict=True))
    pictures = [path for path in first.values() if path.suffix == ".png"]
    told, taken = tools.properties([*paths, *pictures]), tools.metadata([*paths, *pictures])
    boxes = tools.bad_redactions(paths)
    assert len(told) == len(taken) == len(paths) + len(pictures) and len(boxes) == len(paths)
    for path in paths:
        _says_nothing_of_its_maker(told[path.name], taken[path.name])
        assert not boxes[path.name], f"{path.name}: something stands under a box"
        found[path]["exiftool"] = Found.of(str(told[path.name]))
        found[path]["mat2"] = Found.of(str(taken[path.name]))
    for path in pictures:
        _is_a_picture_alone(told[path.name], taken[path.name])
        proved = path.with_name(path.name.replace("-png.png", "-svg.svg")).read_text("utf-8")
        assert path.read_bytes() == as_png(proved), f"{path.name}: other pixels than the proved SVG's"
        found[path] = {"exiftool": Found.of(str(told[path.name])), "mat2": Found.of(str(taken[path.name]))}
    for path in set(first.values()) - set(paths) - set(pictures):
        found[path] = {
            "the file itself": Found.of(path.read_bytes().decode()),
            "its reader": Found.of(tools.read(path)),
        }
    leaks = [leak for each in made for leak in _held(each, found[same[each.path]])]
    return leaks


def _held(made: Made, found: dict[str, Found]) -> Iterator[str]:
    for what, ways in made.forbidden:
        for tool, text in found.items():
            if any((tool != "bytes" or way.in_bytes) and text.holds(way) for way in ways):
                yield f"matter {made.number}, {made.exit.name}: {tool} finds {what}"


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


_OF_A_PNG = {
    "PNG:ImageWidth", "PNG:ImageHeight", "PNG:BitDepth", "PNG:ColorType", "PNG:Compression", "PNG:Filter",
    "PNG:Interlace", "PNG-pHYs:PixelsPerUnitX", "PNG-pHYs:PixelsPerUnitY", "PNG-pHYs:PixelUnits",
    "Composite:ImageSize", "Composite:Megapixels",
}  # fmt: skip
"""What exiftool says of pixels, and how large they are meant to be."""
_OF_A_PNG_TO_MAT2 = {"PixelUnits", "PixelsPerUnitX", "PixelsPerUnitY"}


def _is_a_picture_alone(told: dict, taken: dict) -> None:
    """Pixels and their size; no text, day, maker, machine or colours of a screen."""
    more = set(told) - _OF_THE_FILE - _OF_A_PNG
    assert not more, f"{told['SourceFile']}: exiftool tells {sorted(more)}"
    assert set(taken) <= _OF_A_PNG_TO_MAT2, f"{told['SourceFile']}: mat2 would take away {sorted(taken)}"


def tried_all(made: list[Made], refused: list[Refused], record_property: Callable[[str, object], None]) -> None:
    """Nothing was refused without a reason, and every kind of value was in the matter of a file that was made."""
    left = Counter(each.exit.name for each in made)
    kept_back = Counter(each.exit.name for each in refused)
    for name in sorted(left | kept_back):
        record_property(f"files: {name}", {"made": left[name], "refused": kept_back[name]})
    for each in refused:
        mentions = [mention for given in each.given for mention in given.mentions]
        seen = [mention for mention in mentions if each.exit.reader in SEES[mention.place]]
        assert seen, f"matter {each.number}, {each.exit.name}: refused for nothing: {each.why}"
    for reader in READERS:
        assert left[reader] >= kept_back[reader], (left, kept_back)
    for name in ("counts", "counts-text", "counts-csv"):
        assert left[name] and not kept_back[name]
    kins = {planted.kin for each in made for given in each.given for planted in given.listed}
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
    for name in ("memo.txt", "counts.csv"):
        (tmp_path / name).write_bytes(f'Which,Clients\r\n"Seen, {plant.NAME}",12\r\n'.encode())
        assert any(Found.of(tools.read(tmp_path / name)).holds(way) for way in sought), name
    for name in ("info-author.pdf", "xmp.pdf"):
        with pytest.raises(AssertionError):
            _says_nothing_of_its_maker(told[name], taken[name])
