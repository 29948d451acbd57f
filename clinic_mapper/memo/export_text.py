"""The other forms in which a proven memo leaves: as text to copy, as a text file, counts as a table. Each is searched.

A form is searched for the same values as the pages were, and excused only by what the same document says in that very
form when it is made from matters that never held them.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import BinaryIO

from clinic_mapper.file_replace import replace_file
from clinic_mapper.memo.copied_text import copied_text
from clinic_mapper.memo.counts_csv import ENCODING, counts_csv
from clinic_mapper.memo.export import Memo
from clinic_mapper.memo.gate import LeakFound, Said
from clinic_mapper.memo.prove import Leak, prove_text
from clinic_mapper.problem import Problem


def text_to_copy(memo: Memo) -> str:
    """What a proven memo says, as text for the clipboard.

    Raises:
        LeakFound: the text holds something that its reader may not see; it is given to nobody.
    """
    text, leaks = _searched(memo, copied_text, "")
    if leaks:
        raise LeakFound(leaks, memo.document.lang, copied=True)
    return text


def save_text(path: Path, memo: Memo) -> bytes:
    """Saves what `text_to_copy` gives as a file in UTF-8, and gives its bytes.

    Raises:
        LeakFound: the text, or the file's name, holds something that it may not; nothing is written.
        Problem: the disk's troubles, as `replace_file` names them.
    """
    return _save_form(path, memo, copied_text, "utf-8")


def save_csv(path: Path, memo: Memo) -> bytes:
    """Saves proven counts as a table for spreadsheets (`counts_csv`), and gives its bytes.

    Raises:
        LeakFound: as `save_text`.
        Problem: `csv-of-counts-only`; the disk's troubles.
    """
    if memo.reader != "funder":
        raise Problem(
            "csv-of-counts-only",
            "Only the counts for a funder can be a table for spreadsheets.",
            "Nothing was saved.",
            "Save it as a PDF, or as text.",
        )
    return _save_form(path, memo, counts_csv, ENCODING, _with_cells)


def _with_cells(text: str) -> str:
    """A table as it stands in the file, and once more as a spreadsheet reads it: quotes must hide nothing."""
    cells = (cell for row in csv.reader(StringIO(text, newline="")) for cell in row)
    return "\n".join((text, *cells))


def _save_form(path: Path, memo: Memo, form: Said, encoding: str, also: Callable[[str], str] = str) -> bytes:
    text, leaks = _searched(memo, form, path.name, also)
    if leaks:
        raise LeakFound(leaks, memo.document.lang)
    data = text.encode(encoding)

    def write(file: BinaryIO) -> None:
        file.write(data)

    replace_file(path, write)
    return data


def _searched(memo: Memo, form: Said, file_name: str, also: Callable[[str], str] = str) -> tuple[str, list[Leak]]:
    """A form of the memo and what was found in it. `also`: the text with its other readings."""
    text = form(memo.document)
    own = memo.own_as(lambda twin: also(form(twin)))
    return text, prove_text(also(text), memo.withheld, file_name, own, memo.never)
