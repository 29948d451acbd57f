"""The list of what left the vault: when, who let it out, from which matter, for which reader, and its hash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlite_utils import Database


@dataclass(frozen=True)
class Export:
    """One file that left the vault: for which reader, and the SHA-256 of its bytes in hexadecimal.

    `who`: the person whose passphrase was used, "" if not known. `code`: of the matter, as it is today.
    """

    reader: str
    file_sha256: str
    at: datetime
    who: str = ""
    code: str = ""


def add_export(db: Database, matter: str, export: Export) -> None:
    """Note a file after those before."""
    db.table("exports").insert(
        {
            "matter": matter,
            "reader": export.reader,
            "file_sha256": export.file_sha256,
            "at": export.at.astimezone(UTC).isoformat(timespec="seconds"),
            "who": export.who,
        }
    )


def exports_of(db: Database, matter: str) -> list[Export]:
    """What left the vault from one matter, or from all (""), oldest first."""
    codes = {row["id"]: row["code"] for row in db.table("matters").rows_where(select="id, code")}
    rows = db.table("exports").rows_where("? IN ('', matter)", [matter], order_by="id")
    return [
        Export(row["reader"], row["file_sha256"], datetime.fromisoformat(row["at"]), row["who"], codes[row["matter"]])
        for row in rows
    ]
