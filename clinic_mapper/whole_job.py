"""The main job as files: a case in; a map, a picture and memos out, each written only after it was proved clean."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from clinic_mapper.casefile.codec import decode_case
from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.file_read import bounded_bytes
from clinic_mapper.memo.letter_templates import Offered
from clinic_mapper.problem import Problem
from clinic_mapper.resource_files import resources
from clinic_mapper.routing.engine import map_exposure

if TYPE_CHECKING:
    from clinic_mapper.memo.export import Memo
    from clinic_mapper.routing.model import ExposureMap

DEMO_MEMOS = (("supervisor", "en"), ("cocounsel", "en"), ("client", "es"))
"""Reader and language of the demo's three memos."""

LARGEST_CASE_FILE = 32 << 20
"""Bytes. A matter of a thousand contacts with a page of notes on each is smaller."""


def sample_matter() -> Matter:
    """The invented client that shows the whole job; marked SAMPLE wherever it shows or prints."""
    return decode_case((resources() / "samples" / "sample-matter.json").read_bytes())


def read_case(path: Path) -> Matter:
    """The matter in a case file.

    Raises:
        Problem: the file is missing, too large, cannot be read or is no valid case file.
    """
    try:
        data = bounded_bytes(path, LARGEST_CASE_FILE)
    except FileNotFoundError as error:
        raise Problem("case-missing", f"There is no file “{path}”.", do="Check the name and the folder.") from error
    except OSError as error:
        what = f"The file “{path}” cannot be read: {error.strerror}."
        raise Problem("case-unreadable", what, "Nothing was changed.", "Choose another file.") from error
    return decode_case(data)


def write_memo(
    matter: Matter,
    reader: str,
    lang: str,
    out: Path,
    today: date,
    lines: Sequence[str] = (),
    contacts: Sequence[str] = (),
) -> tuple[str, ...]:
    """Write one memo and give the warnings of the check. `lines`: for a court; `contacts`: for a request.

    It is a PDF, or its text alone where the name of `out` ends in “.txt”; so are counts and letters. Counts are a table
    for spreadsheets where it ends in “.csv”.

    Raises:
        Problem: `nothing-chosen` where a reader sees chosen lines or contacts alone; the finished file holds something
            it must not, or it cannot be written. Nothing was saved then.
    """
    return _write_memo(matter, load_catalog(), reader, lang, out, today, lines, contacts)


def write_picture(matter: Matter, reader: str, lang: str, out: Path, today: date, lines: Sequence[str] = ()) -> None:
    """Write the picture of the map as SVG or PNG, by the end of the file's name. `lines`: those to be drawn, else all.

    Raises:
        Problem: `picture-ending`; `not-for-reader`; `nothing-chosen` for a court; a leak; `picture-too-large` for a
            PNG; it cannot be written. Nothing was saved then.
    """
    _write_picture(matter, load_catalog(), reader, lang, out, today, lines)


def write_counts(matters: Sequence[Matter], lang: str, out: Path, today: date) -> tuple[str, ...]:
    """Write the counts over these matters and give the warnings of the check.

    Raises:
        Problem: as `write_memo`.
    """
    from clinic_mapper.memo.export import Seen, for_export, make_counts

    catalog = load_catalog()
    told = [for_export(matter) for matter in matters]
    seen = [Seen(matter, map_exposure(matter, catalog, today)) for matter in told]
    memo = make_counts(seen, catalog, today, lang, out.name)
    _save(out, memo)
    return tuple(memo.warnings)


def letter_discloses(matter: Matter, letter: Offered, contact: str, fields: Sequence[str]) -> tuple[str, ...]:
    """What a letter discloses to whom, in sentences, before it is made.

    Raises:
        Problem: `contact-needed`, `no-such-contact`, `no-such-field`.
    """
    from clinic_mapper.memo.letters import disclosed

    return disclosed(letter.letter, matter, load_catalog(), contact, fields, letter.own)


def write_letter(
    matter: Matter, letter: Offered, contact: str, fields: Sequence[str], out: Path, today: date
) -> tuple[str, ...]:
    """Write a letter and give the warnings of the check. What it discloses must have been confirmed.

    Raises:
        Problem: as `letter_discloses` and `write_memo`. Nothing was saved then.
    """
    from clinic_mapper.memo.export import for_export
    from clinic_mapper.memo.letters import make_letter

    catalog, told = load_catalog(), for_export(matter)
    exposure = map_exposure(told, catalog, today)
    words, own = letter
    made = make_letter(words, told, catalog, exposure, contact, fields, out.name, own=own)
    _save(out, made)
    return tuple(made.warnings)


def letter_due(matter: Matter, letter: Offered, contact: str, today: date) -> str:
    """By when an answer to a letter is due if it leaves today, as a sentence."""
    from clinic_mapper.casefile.dates import in_words
    from clinic_mapper.memo.letter_follow_up import follow_up_of

    due = follow_up_of(letter.letter, contact, matter, load_catalog(), today).due
    return f"An answer is due {in_words(due)} if it leaves today." if due else "No law that we know gives a time."


def _write_memo(
    matter: Matter,
    catalog: Catalog,
    reader: str,
    lang: str,
    out: Path,
    today: date,
    lines: Sequence[str] = (),
    contacts: Sequence[str] = (),
) -> tuple[str, ...]:
    from clinic_mapper.memo.export import for_export, make_memo

    told = for_export(matter)
    exposure = map_exposure(told, catalog, today)
    _check_lines_chosen(reader, lines, exposure)
    if reader == "request" and not contacts:
        raise _nothing_chosen("contact", [f"{each.id} ({each.kind})" for each in told.touchpoints])
    memo = make_memo(told, catalog, exposure, reader, lang, out.name, lines=lines or None, contacts=contacts)
    _save(out, memo)
    return tuple(memo.warnings)


def _save(out: Path, memo: Memo) -> None:
    """Write a proven memo in the form that its file's name asks for."""
    from clinic_mapper.memo.export import save_memo
    from clinic_mapper.memo.export_text import save_csv, save_text

    write: Callable[[Path, Memo], object] = {".txt": save_text, ".csv": save_csv}.get(out.suffix.lower(), save_memo)
    write(out, memo)


def _write_picture(
    matter: Matter,
    catalog: Catalog,
    reader: str,
    lang: str,
    out: Path,
    today: date,
    lines: Sequence[str] = (),
) -> None:
    from clinic_mapper.memo.export_picture import ending_of, proved_picture, save_picture
    from clinic_mapper.memo.withhold import for_export

    ending_of(out)
    exposure = map_exposure(for_export(matter), catalog, today)
    _check_lines_chosen(reader, lines, exposure)
    save_picture(out, proved_picture(matter, catalog, exposure, reader, lang, lines=lines or None), _as_png)


def _as_png(svg: str) -> bytes:
    """The one thing that the command line asks of the window's library."""
    try:
        from clinic_mapper.ui.picture_png import as_png
    except ImportError as error:
        if (error.name or "").startswith("clinic_mapper"):
            raise  # a bug of ours; a library of the machine that Qt needs has a name of its own
        raise Problem(
            "picture-not-drawn",
            f"What draws PNG files cannot be loaded here: {error}.",
            "Nothing was written.",
            "Save the picture as SVG.",
        ) from error
    return as_png(svg)


def _check_lines_chosen(reader: str, lines: Sequence[str], exposure: ExposureMap) -> None:
    """A court sees only lines that somebody chose."""
    if reader == "court" and not lines:
        raise _nothing_chosen("line", [f"{line.id} ({line.standing})" for line in exposure.lines])


def _nothing_chosen(what: str, known: Sequence[str]) -> Problem:
    return Problem(
        "nothing-chosen",
        f"This reader sees only the {what}s that you choose.",
        "Nothing was written.",
        f"Choose with --{what}: {', '.join(known)}." if known else f"This matter has no {what}s.",
    )


def write_demo(folder: Path, today: date) -> Iterator[Path]:
    """Do the main job with the sample matter: case.json, map.json, map.svg, map.png and a memo for each reader.

    Gives each path once its file is on disk. Raises Problem as `write_memo` does.
    """
    from clinic_mapper.memo.export import export_case_json, export_map_json, for_export

    matter, catalog = sample_matter(), load_catalog()
    exposure = map_exposure(for_export(matter), catalog, today)
    _make_folder(folder)
    export_case_json(folder / "case.json", matter)
    yield folder / "case.json"
    export_map_json(folder / "map.json", matter, catalog, exposure)
    yield folder / "map.json"
    for name in ("map.svg", "map.png"):
        _write_picture(matter, catalog, "supervisor", "en", folder / name, today)
        yield folder / name
    for reader, lang in DEMO_MEMOS:
        path = folder / f"memo-{reader}.pdf"
        _write_memo(matter, catalog, reader, lang, path, today)
        yield path


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"The folder “{folder}” cannot be made: {error.strerror}."
        raise Problem("folder-refused", what, "Nothing was written.", "Choose another folder.") from error
