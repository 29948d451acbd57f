"""The counts for a funder as one table that a spreadsheet opens: what the pages say, not counted anew.

One file, one header row, and a first column that names the table: a spreadsheet sorts and filters by it, and nothing
has to be pasted together. A number that is withheld stands as the pages have it, never as an empty cell; what is to be
known of the numbers follows them as rows of its own, with no third cell to be added up.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from clinic_mapper.memo.document import Document, Heading, NoteBox, Paragraph, Run, Table
from clinic_mapper.memo.fonts import drawable
from clinic_mapper.memo.words import Words, load_words

ENCODING = "utf-8-sig"
"""With a mark at its beginning, without which some spreadsheets take it for another encoding."""

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def counts_csv(document: Document) -> str:
    """The counts as RFC 4180 has it: lines that end with CR LF, quotes where a cell needs them."""
    out = StringIO(newline="")
    rows = csv.writer(out)
    rows.writerows([cell(each) for each in row] for row in _rows(document, load_words(document.lang)))
    return out.getvalue()


def cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula: one that could begin one has an apostrophe before it."""
    return f"'{text}" if text.lstrip(" ").startswith(_STARTS_A_FORMULA) else text


def _rows(document: Document, words: Words) -> Iterator[tuple[str, str, str]]:
    """The header; SAMPLE, all clients, the tables; then the notes."""
    table, notes = "", []
    yield (words("funder.table"), words("funder.which"), words("funder.clients"))
    for block in document.blocks:
        match block:
            case Heading(runs=runs):
                table = _line(runs)
            case Table(rows=rows):
                yield from ((table, _line(which), _line(clients)) for which, clients in rows)
            case NoteBox(title=title, paragraphs=paragraphs):
                yield from ((_line(title), _line(each), "") for each in paragraphs)
            case Paragraph(runs=(label, clients), style="lead"):
                yield (table, _line([label]).rstrip(": "), _line([clients]))
            case Paragraph(runs=runs):
                notes.append(_line(runs))
    yield from ((words("funder.note"), note, "") for note in notes)


def _line(runs: Iterable[Run]) -> str:
    return drawable("".join(run.text for run in runs)).strip()
