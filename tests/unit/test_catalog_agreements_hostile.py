"""Workbooks made to hurt: none takes the memory or the hours of the person who brings it, and none is half read in
silence."""

from __future__ import annotations

import os
import tracemalloc
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from clinic_mapper.catalog.agreement_history import known_from
from clinic_mapper.catalog.agreement_workbook import Reading, read_workbook
from clinic_mapper.problem import Problem

HEADING = ("STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE", "SIGNED")
POLK = ("FLORIDA", "Polk County Sheriff's Office", "County", "Polk County", "Jail Enforcement Model", "2/26/2025")
SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def packed(*sheets: tuple[str, tuple[tuple[Any, ...], ...]], **parts: bytes) -> bytes:
    """A workbook of these sheets, some of whose parts are replaced by others."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    plain, made = BytesIO(), BytesIO()
    book.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(Path(name).stem, old.read(name)))
    return made.getvalue()


LIST = ("list", (HEADING, POLK))


def sheet_of(rows: str, head: str = "") -> bytes:
    return f'<worksheet xmlns="{SPACE}">{head}<sheetData>{rows}</sheetData></worksheet>'.encode()


def cells(*texts: str) -> str:
    return "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)


def read(folder: Path, content: bytes) -> Reading:
    path = folder / "list.xlsx"
    path.write_bytes(content)
    return read_workbook(path, "2025-07-18")


def test_rows_that_claim_to_be_as_wide_as_a_sheet_can_be_take_no_memory(tmp_path):
    wide = "".join(f'<row r="{number}"/>' for number in range(2, 5000))
    content = packed(LIST, sheet1=sheet_of(f"<row>{cells(*HEADING)}</row>{wide}", '<dimension ref="A1:XFD1048576"/>'))
    tracemalloc.start()
    reading = read(tmp_path, content)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (reading.rows, reading.blank) == (4998, 4998)
    assert most < 64 << 20


def test_a_sheet_that_claims_to_be_smaller_than_it_is_is_read_to_its_last_row(tmp_path):
    rows = f"<row>{cells(*HEADING)}</row>" + f"<row>{cells(*POLK)}</row>" * 3
    content = packed(LIST, sheet1=sheet_of(rows, '<dimension ref="A1:B2"/>'))
    assert len(read(tmp_path, content).list.agreements) == 3


@pytest.mark.parametrize(
    "rows",
    [
        f'<row r="1">{cells(*HEADING)}</row><row r="1048576">{cells(*POLK)}</row>',
        f'<row r="1">{cells(*HEADING)}</row><row r="99999999999">{cells(*POLK)}</row>',
        f"<row>{cells(*HEADING)}</row>" + "<row/>" * 30_000,
        '<row r="x"><c r="!!"><v>1</v></c></row>',
    ],
    ids=["a last row far away", "a row beyond any sheet", "more rows than there are police", "rows without a number"],
)
def test_a_sheet_with_more_rows_than_any_list_is_refused(tmp_path, rows):
    with pytest.raises(Problem, match="no workbook that can be read"):
        read(tmp_path, packed(LIST, sheet1=sheet_of(rows)))


@pytest.mark.parametrize(
    "parts",
    [
        {"styles": b"<styleSheet>" + b"<a/>" * (2 << 20) + b"</styleSheet>"},
        {"[Content_Types]": b"<Types>" + b"<Override/>" * (1 << 20) + b"</Types>"},
        {"sheet1": sheet_of(f"<row>{cells('x' * (30 << 20))}</row>")},
        {"sheet1": packed(LIST)},
        {
            "sheet1": b'<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">'
            + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
            + b"]>"
            + sheet_of(f"<row>{cells('&j;')}</row>")
        },
        {
            "sheet1": b'<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
            + sheet_of(f"<row>{cells(*HEADING)}</row><row>{cells('FLORIDA', '&a; Police Department')}</row>")
        },
    ],
    ids=["styles", "types", "a cell", "a workbook in a workbook", "entities upon entities", "an entity from a file"],
)
def test_a_part_that_swells_or_fetches_is_refused(tmp_path, parts):
    with pytest.raises(Problem) as caught:
        read(tmp_path, packed(LIST, **parts))
    assert caught.value.code == "agreements-unreadable"


@pytest.mark.skipif(os.name == "nt", reason="pipes and links as files")
def test_a_pipe_a_device_a_folder_and_a_link_to_itself_are_no_workbook(tmp_path):
    os.mkfifo(tmp_path / "pipe.xlsx")
    (tmp_path / "link.xlsx").symlink_to("link.xlsx")
    for path in (tmp_path / "pipe.xlsx", tmp_path / "link.xlsx", tmp_path, Path("/dev/zero")):
        with pytest.raises(Problem) as caught:
            read_workbook(path, "2025-07-18")
        assert caught.value.code == "agreements-unreadable"


def test_whoever_stops_waiting_ends_the_reading_while_rows_are_read(tmp_path):
    class Stopped(BaseException):
        pass

    def stop(step: int, of: int) -> None:
        raise Stopped

    path = tmp_path / "list.xlsx"
    path.write_bytes(packed(LIST))
    with pytest.raises(Stopped):
        read_workbook(path, "2025-07-18", stop)


def test_a_list_behind_a_cover_sheet_is_found_and_what_was_left_out_is_told(tmp_path):
    cover = ("Cover", (("About this list",),))
    reading = read(tmp_path, packed(cover, LIST, ("Pend\u202eing", (HEADING[:5], POLK[:5]))))
    assert len(reading.list.agreements) == 1
    assert [slip.sentence for slip in reading.slips] == [
        "Only the sheet “list” was read. Left out: “Cover”, “Pending”."
    ]


@pytest.mark.parametrize("cell", [datetime(1900, 1, 1), "7/18/1925", datetime(1995, 2, 26)])
def test_a_day_before_the_law_is_told_and_tells_of_no_agreement_before_the_list(tmp_path, cell):
    reading = read(tmp_path, packed(("list", (HEADING, (*POLK[:5], cell)))))
    (slip,) = reading.slips
    assert "before the law of 1996. It counts from the date of the list on" in slip.sentence
    (row,) = known_from([reading.list])
    assert row.since == "2025-07-18"


def test_a_day_after_the_date_of_the_list_is_told_and_kept(tmp_path):
    reading = read(tmp_path, packed(("list", (HEADING, (*POLK[:5], "2/26/2052")))))
    assert "signed on 2052-02-26, after the date of the list" in reading.slips[0].sentence
    assert known_from([reading.list])[0].since == "2052-02-26"
