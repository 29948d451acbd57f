"""What is known of signed memos, read off the window's thread: the list, differences in words, whose file a file is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from clinic_mapper.casefile.dates import in_words
from clinic_mapper.catalog.digest import digest
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.file_read import bounded_bytes
from clinic_mapper.memo.compose_since import difference_blocks
from clinic_mapper.memo.document import Block, Items, Paragraph, Run
from clinic_mapper.memo.plain_text import printable
from clinic_mapper.memo.seal import Seal
from clinic_mapper.memo.since import Since, between, by_catalog_alone, since_signed
from clinic_mapper.memo.withhold import for_export
from clinic_mapper.memo.words import load_words
from clinic_mapper.problem import Problem
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.signed_memos import SignedMemo, newest_signed, signed_memos
from clinic_mapper.vault.exports import Export
from clinic_mapper.vault.store import Vault

LARGEST_PDF = 1 << 28
"""Bytes of a file that is held against the signed ones; a memo of forty pages has a thousandth of it."""
HASH_SHOWN = 12
_FORMS = {"copied": "copied text", "csv": "CSV", "picture": "picture"}
"""How the list of exports begins what left in another form than as a PDF, in words."""

Told = Callable[[int, int], object]


class Row(NamedTuple):
    """A signed memo in the list. `code`: of its matter today; `saved`: whether the list of exports has its file."""

    memo: SignedMemo
    code: str
    saved: bool


class Shelf(NamedTuple):
    """All that was signed and all that left the vault, the newest first."""

    rows: tuple[Row, ...]
    exports: tuple[Export, ...]


class Touched(NamedTuple):
    """A signed memo of whose lines the catalog in use says something else. `says`: one sentence for each way in which
    lines differ, after one that counts."""

    number: int
    title: str
    says: tuple[str, ...]


def read_shelf(vault: Vault) -> Shelf:
    """Everything that was signed or let out.

    Raises:
        Problem: as the vault says. A seal that cannot be read is in the list, and says so.
    """
    codes = {entry.id: entry.code for entry in vault.matters()}
    exports = vault.exports()
    saved = {export.file_sha256 for export in exports}
    rows = [Row(memo, codes.get(memo.matter_id, ""), memo.file_sha256 in saved) for memo in signed_memos(vault)]
    return Shelf(tuple(reversed(rows)), tuple(reversed(exports)))


def since_in_words(vault: Vault, memo: SignedMemo, catalog: Catalog, today: date, lang: str) -> str:
    """What changed since a memo was signed, from the matter as it is saved.

    Raises:
        Problem: the seal or the matter cannot be read.
    """
    matter = for_export(vault.load(memo.matter_id))
    exposure = map_exposure(matter, catalog, today, ask=False)
    return _in_words(since_signed(_readable(memo), matter, catalog, exposure), catalog, lang)


def between_in_words(old: SignedMemo, new: SignedMemo, catalog: Catalog, lang: str) -> str:
    """What differs between two signed memos of one matter.

    Raises:
        Problem: a seal cannot be read.
    """
    return _in_words(between(_readable(old), _readable(new), catalog), catalog, lang)


def touched(vault: Vault, catalog: Catalog, told: Told = lambda step, of: None) -> tuple[Touched, ...]:
    """The memos that somebody may still rely on, and of whose lines the catalog in use says something else.

    Of each matter and reader the memo that was signed last is mapped again, on its own day. `told` may raise to end it.
    """
    memos = newest_signed(vault)
    codes = {entry.id: entry.code for entry in vault.matters()}
    now, found = digest(catalog), []
    for step, memo in enumerate(memos):
        told(step, len(memos))
        if memo.seal is not None and memo.seal.catalog.sha256 != now:
            says = _by_catalog(memo.seal, catalog)
            if says:
                found.append(Touched(memo.number, _title(memo.seal, codes.get(memo.matter_id, "")), says))
    return tuple(found)


def told_of_file(path: Path, shelf: Shelf) -> str:
    """Whether a file is, byte for byte, one that was signed in this vault.

    Raises:
        Problem: `file-unreadable`.
    """
    try:
        found = sha256(bounded_bytes(path, LARGEST_PDF)).hexdigest()
    except OSError as error:
        what = f"The file “{path.name}” cannot be read: {error.strerror}."
        raise Problem("file-unreadable", what, "Nothing was changed.", "Choose another file.") from error
    name = printable(path.name)
    for row in shelf.rows:
        if row.memo.file_sha256 == found:
            return f"Yes. “{name}” is, byte for byte, {_signed_in_words(row)}\nSHA-256: {found}"
    for export in shelf.exports:
        if export.file_sha256 == found:
            when = export.at.astimezone().strftime("%Y-%m-%d %H:%M")
            return (
                f"Not signed. “{name}” is, byte for byte, a file that left this vault on {when} for "
                f"{reader_in_words(export.reader)} (matter {export.code}).\nSHA-256: {found}"
            )
    return (
        f"No. The bytes of “{name}” are those of no memo that was signed in this vault and of no file that left it. It "
        f"may have been changed since, or come from another vault.\nSHA-256: {found}"
    )


def reader_in_words(reader: str) -> str:
    """A reader as the list of exports names it: “supervisor”, “letter: state-rap-sheet”, “court (copied text)”."""
    kind, _, rest = reader.partition("-")
    if rest and kind in _FORMS:
        return f"{reader_in_words(rest)} ({_FORMS[kind]})"
    return f"{kind}: {rest}" if kind == "letter" and rest else reader


def _signed_in_words(row: Row) -> str:
    memo = row.memo
    if memo.seal is None:
        return f"the file of the memo for {memo.reader} (matter {row.code}) whose seal cannot be read"
    return f"the file that was signed: {_title(memo.seal, row.code)}"


def _title(seal: Seal, code: str) -> str:
    reader, day = load_words("en")(f"memo.reader_{seal.reader}"), in_words(seal.today)
    return f"{code}, for {reader}, signed {day} by {seal.signed.initials}"


def _by_catalog(seal: Seal, catalog: Catalog) -> tuple[str, ...]:
    if by_catalog_alone(seal, catalog).is_empty:
        return ()
    exposure = map_exposure(seal.case, catalog, date.fromisoformat(seal.today), ask=False)
    since = since_signed(seal, seal.case, catalog, exposure)
    return tuple(_lines(difference_blocks(since, catalog, load_words("en"))[1:]))


def _readable(memo: SignedMemo) -> Seal:
    if memo.seal is None:
        raise memo.problem or Problem("seal-unreadable", "This seal cannot be read.")
    return memo.seal


def _in_words(since: Since, catalog: Catalog, lang: str) -> str:
    return "\n".join(_lines(difference_blocks(since, catalog, load_words(lang))))


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield _text(block.runs)
        elif isinstance(block, Items):
            yield from (f"• {_text(item)}" for item in block.items)


def _text(runs: Sequence[Run]) -> str:
    return printable("".join(run.text for run in runs))
