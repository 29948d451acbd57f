"""The first bytes of a database file, which tell much before any driver opens it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from clinic_mapper.vault.outcomes import refusal

SALT_LENGTH = 16

PLAIN_HEADER = b"SQLite format 3\0"
"""How a database begins that is not encrypted."""

_JOURNAL_HEADER = bytes.fromhex("d9d505f920a163d7")
_PAGE = 4096
_JOURNAL_HEADER_LENGTH = 28


def first_bytes(path: Path) -> bytes:
    """The first bytes of a database: random in an encrypted one, and the same for all its life.

    Raises:
        VaultProblem: `vault-database-missing`, `vault-database-emptied`, `vault-unreadable`.
    """
    try:
        with path.open("rb") as file:
            head = file.read(SALT_LENGTH)
    except FileNotFoundError as error:
        raise refusal("vault-database-missing") from error
    except OSError as error:
        raise refusal("vault-unreadable") from error
    if not head:
        raise refusal("vault-database-emptied")
    return head


def journal_of(path: Path) -> Path:
    """Where the driver keeps what it needs to take back a change of the database at `path`."""
    return path.with_name(f"{path.name}-journal")


def has_unfinished_change(path: Path) -> bool:
    """Whether a program died in the middle of a change, which the driver will take back at the next opening.

    Raises:
        VaultProblem: `vault-unreadable`.
    """
    try:
        with journal_of(path).open("rb") as file:
            return file.read(len(_JOURNAL_HEADER)) == _JOURNAL_HEADER
    except FileNotFoundError:
        return False
    except OSError as error:
        raise refusal("vault-unreadable") from error


def salt_in_journal(path: Path) -> bytes | None:
    """The first bytes of the database that the journal beside `path` was made for; None if it holds no first page.

    Raises:
        VaultProblem: `vault-unreadable`.
    """
    try:
        with journal_of(path).open("rb") as file:
            return next((page[:SALT_LENGTH] for number, page in _journal_pages(file) if number == 1), None)
    except OSError as error:
        raise refusal("vault-unreadable") from error


def _journal_pages(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The pages kept in a journal, with their numbers.

    It is made of parts. Each has a header that fills one sector of the disk, saying how many pages follow and how large
    a sector is; then for each page its number, the page as it was, and a checksum. The next part begins at a sector.
    """
    while len(header := file.read(_JOURNAL_HEADER_LENGTH)) == _JOURNAL_HEADER_LENGTH:
        count, sector = _number(header[8:12]), _number(header[20:24])
        if not header.startswith(_JOURNAL_HEADER) or sector == 0:
            return
        file.seek(-len(header) + sector, os.SEEK_CUR)
        for _ in range(count):
            if len(record := file.read(4 + _PAGE + 4)) < 4 + _PAGE + 4:
                return
            yield _number(record[:4]), record[4:-4]
        file.seek(-file.tell() % sector, os.SEEK_CUR)


def _number(data: bytes) -> int:
    return int.from_bytes(data, "big")
