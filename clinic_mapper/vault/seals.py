"""Seals of signed memos as the vault keeps them: bytes beside what must be readable even where those are damaged.

A seal is written once. No step of this program changes or deletes one, and the tables refuse it.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlite_utils import Database


@dataclass(frozen=True)
class StoredSeal:
    """A seal. `version`: of the matter that it rests on; `content` is for whoever kept it.

    `damaged`: what was kept cannot be read; `content` is empty then, and what stands beside it is whole.
    """

    number: int
    matter: str
    version: int
    reader: str
    at: datetime
    file_sha256: str
    content: bytes
    damaged: bool = False


def add_seal(db: Database, seal: StoredSeal) -> int:
    """Add a seal after those before; its own number does not count. Returns the number it has from now on."""
    table = db.table("seals").insert(
        {
            "matter": seal.matter,
            "version": seal.version,
            "reader": seal.reader,
            "at": seal.at.astimezone(UTC).isoformat(timespec="seconds"),
            "file_sha256": seal.file_sha256,
            "content": zlib.compress(seal.content),
        }
    )
    return int(table.last_pk)  # type: ignore[arg-type]


def seals_of(db: Database, matter: str) -> list[StoredSeal]:
    """Every seal, in the order in which they were kept: of one matter, or of all ("")."""
    return [_seal(row) for row in db.table("seals").rows_where("? IN ('', matter)", [matter], order_by="id")]


def _seal(row: dict[str, object]) -> StoredSeal:
    content = row["content"]
    assert isinstance(content, bytes)
    try:
        plain, damaged = zlib.decompress(content), False
    except zlib.error:
        plain, damaged = b"", True
    return StoredSeal(
        number=int(str(row["id"])),
        matter=str(row["matter"]),
        version=int(str(row["version"])),
        reader=str(row["reader"]),
        at=datetime.fromisoformat(str(row["at"])),
        file_sha256=str(row["file_sha256"]),
        content=plain,
        damaged=damaged,
    )
