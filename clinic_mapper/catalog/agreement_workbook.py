"""ICE's published workbook of 287(g) agencies, read from a file. No network: the clinic brings the file."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import msgspec

from clinic_mapper.catalog.agreement_reading import (
    NEEDED,
    ListedAgreement,
    Slip,
    columns_by_content,
    columns_of,
    plain,
    read_row,
)
from clinic_mapper.file_read import bounded_bytes
from clinic_mapper.problem import Problem

Progress = Callable[[int, int], None]
Rows = list[tuple[Any, ...]]


class AgreementList(msgspec.Struct, frozen=True):
    """One published list. `as_of`: its day. `kind`: agreements that are signed, or requests that are pending."""

    as_of: str
    kind: Literal["participating", "pending"]
    agreements: tuple[ListedAgreement, ...]


class Reading(msgspec.Struct, frozen=True):
    """What came of a workbook: the list, how many rows stood in it, and what was not as it should be."""

    list: AgreementList
    rows: int
    blank: int
    slips: tuple[Slip, ...]


def day_in_name(name: str) -> str:
    """The day that ICE writes into the names of its files (participatingAgencies07182025pm.xlsx), "" if none is."""
    found = re.search(r"(?<!\d)(\d{2})(\d{2})(\d{4})(?!\d)", name)
    try:
        return datetime.strptime("".join(found.groups()), "%m%d%Y").date().isoformat() if found else ""
    except ValueError:
        return ""


def read_workbook(path: Path, as_of: str, progress: Progress = lambda step, of: None) -> Reading:
    """The list in a workbook, as of the ISO day `as_of`.

    Raises:
        Problem: `agreements-unreadable` when the file cannot be read or is no workbook; `agreements-not-a-list` when no
            sheet has the columns for state, agency and model; `agreements-no-date` without a day.
    """
    if not as_of:
        raise Problem(
            "agreements-no-date",
            "The list has no date.",
            _SAFE,
            "Type the day on which ICE published it; it stands on the page and mostly in the file's name.",
        )
    sheets = dict(_sheets(_content(path), progress))
    for name, rows in sheets.items():
        found = _columns(rows)
        if found is not None:
            start, columns, told = found
            left_out = [other for other in sheets if other != name]
            slips = [*told, *([Slip(1, _only(name, left_out))] if left_out else [])]
            return _read(rows, start, columns, slips, as_of, progress)
    raise Problem(
        "agreements-not-a-list",
        "No sheet of this workbook has columns for state, agency and kind of agreement.",
        _SAFE,
        "Choose the list of participating or of pending agencies as ICE publishes it.",
    )


def _read(
    rows: Rows, start: int, columns: dict[str, int], slips: list[Slip], as_of: str, progress: Progress
) -> Reading:
    agreements: list[ListedAgreement] = []
    blank = 0
    seen: dict[tuple[str, ...], int] = {}
    for place, row in enumerate(rows[start:], start + 1):
        if place % 50 == 0:
            progress(place, len(rows))
        cells = {column: row[at] for column, at in columns.items() if at < len(row)}
        if not any(plain(cell) for cell in row):
            blank += 1
            continue
        agreement, said = read_row(place, cells)
        slips += said
        if agreement is None:
            continue
        if agreement.signed > as_of:
            slips.append(
                Slip(place, f"“{agreement.agency}”: signed on {agreement.signed}, after the date of the list.")
            )
        if agreement.key in seen:
            slips.append(Slip(place, f"“{agreement.agency}”: the same agreement stands in row {seen[agreement.key]}."))
        seen.setdefault(agreement.key, place)
        agreements.append(agreement)
    kind: Literal["participating", "pending"] = "participating" if "signed" in columns else "pending"
    progress(len(rows), len(rows))
    return Reading(AgreementList(as_of, kind, tuple(agreements)), len(rows) - start, blank, tuple(slips))


def _columns(rows: Rows) -> tuple[int, dict[str, int], tuple[Slip, ...]] | None:
    """Where the rows begin and what their columns hold, by the heading; where it lacks one, by what stands in them."""
    for number, row in enumerate(rows[:_HEADING_WITHIN]):
        by_heading = columns_of(row)
        if "agency" not in by_heading:
            continue
        below = [each for each in rows[number + 1 :] if any(plain(cell) for cell in each)]
        missing = {column: at for column, at in columns_by_content(below, by_heading) if at not in by_heading.values()}
        columns = by_heading | missing
        if all(column in columns for column in NEEDED):
            told = tuple(
                Slip(number + 1, f"The column “{plain(row[at]) if at < len(row) else ''}” was read as the {column}.")
                for column, at in missing.items()
            )
            return number + 1, columns, told
    return None


def _content(path: Path) -> bytes:
    try:
        return bounded_bytes(str(path), _LARGEST_FILE)
    except OSError as error:
        raise Problem(
            "agreements-unreadable",
            f"The file cannot be read: {error.strerror}.",
            _SAFE,
            "Copy it here once more.",
        ) from error


def _sheets(content: bytes, progress: Progress) -> Iterator[tuple[str, Rows]]:
    """The name and all rows of each sheet that has any; formulas count as what they last showed, and nothing is run.

    `progress` is called while rows are read, so that whoever gave it can end it.
    """
    from openpyxl import load_workbook  # takes long to import: only who brings a list pays for it

    try:
        _refuse_bombs(content)
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            for sheet in book.worksheets:
                if rows := _rows(sheet, progress):
                    yield sheet.title, rows
        finally:
            book.close()
    except Problem:
        raise
    except Exception as error:  # a damaged workbook fails in as many ways as it has parts
        raise _no_workbook() from error


def _rows(sheet: Any, progress: Progress) -> Rows:
    """The rows of a sheet without the empty cells at their ends; none if no cell holds anything."""
    sheet.reset_dimensions()  # a sheet can say that it is smaller than it is, or as large as a sheet can be
    rows: Rows = []
    for number, row in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True)):
        if number >= _MOST_ROWS:
            raise _no_workbook()
        if number % _ROWS_A_STEP == 0:
            progress(0, 0)
        rows.append(tuple(row[: max((at for at, cell in enumerate(row, 1) if cell is not None), default=0)]))
    return rows if any(any(row) for row in rows) else []


def _refuse_bombs(content: bytes) -> None:
    """A workbook is a packed folder; one that unpacks to far more than any list needs is refused before it does."""
    with zipfile.ZipFile(BytesIO(content)) as packed:
        parts = packed.infolist()
    rest = [part.file_size for part in parts if not re.search(_HOLDS_ROWS, part.filename, re.IGNORECASE)]
    if sum(part.file_size for part in parts) > _LARGEST_UNPACKED or sum(rest) > _LARGEST_REST:
        raise _no_workbook()


def _only(name: str, left_out: list[str]) -> str:
    others = ", ".join(f"“{plain(other)}”" for other in left_out[:_MOST_NAMED])
    more = f" and {len(left_out) - _MOST_NAMED} more" if len(left_out) > _MOST_NAMED else ""
    return f"Only the sheet “{plain(name)}” was read. Left out: {others}{more}."


def _no_workbook() -> Problem:
    return Problem(
        "agreements-unreadable",
        "This file is no workbook that can be read.",
        _SAFE,
        "Choose the .xlsx file as ICE publishes it.",
    )


def slips_in_words(reading: Reading) -> Iterator[str]:
    """The slips of a list, one a line, with their rows."""
    for slip in reading.slips:
        yield f"Row {slip.row}: {slip.sentence}"


_SAFE = "Nothing was changed; what was imported before is kept."
_HEADING_WITHIN = 20
_MOST_ROWS = 20_000
_MOST_COLUMNS = 64
_ROWS_A_STEP = 200
_MOST_NAMED = 5
_LARGEST_FILE = 8 << 20
_LARGEST_UNPACKED = 24 << 20
_LARGEST_REST = 4 << 20
_HOLDS_ROWS = r"worksheets/|sharedStrings\.xml$"
"""The parts of a workbook that grow with its rows; a list of all police of the country takes a few million bytes."""
