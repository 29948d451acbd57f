"""A journal left beside the database by a program that died: taken back by the driver, but never at the price of both.

The driver plays back any journal of the right name. One that was left by another vault, or by another day's copy of
this one, would overwrite good pages. So a stranger's is refused (see `opening`), and what was there is kept until the
result has been read through.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from sqlite_utils import Database

from clinic_mapper.file_replace import replace_file
from clinic_mapper.vault import driver
from clinic_mapper.vault.file_head import journal_of
from clinic_mapper.vault.outcomes import refusal


def recovered(path: Path, opened: Callable[[], Database]) -> Database:
    """The database at `path`, opened by `opened`, which lets the driver take back the unfinished change.

    A copy of both files stands beside them meanwhile; it stays there if the result cannot be read through. A copy that
    an earlier attempt left is never overwritten.

    Raises:
        VaultProblem: `vault-damaged`.
        Problem: as `replace_file` and `opened`.
    """
    copies = [_copied(source) for source in (path, journal_of(path))]
    database = opened()
    try:
        if driver.damage_in(database):
            raise refusal("vault-damaged")
    except BaseException:
        database.close()
        raise
    for copy in copies:
        copy.unlink(missing_ok=True)
    return database


def _copied(source: Path) -> Path:
    copy = source.with_name(f"before-recovery.{source.name}")
    if not copy.exists():
        replace_file(copy, lambda target: _copy_into(target, source))
    return copy


def _copy_into(target: BinaryIO, source: Path) -> None:
    with source.open("rb") as file:
        shutil.copyfileobj(file, target, 1 << 20)
