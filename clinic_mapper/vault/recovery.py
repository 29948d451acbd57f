"""A journal left beside the database by a program that died: taken back by the driver, but never at the price of both.

The driver plays back any journal of the right name. One that was left by another vault, or by another day's copy of
this one, would overwrite good pages. So a stranger's is refused (see `opening`), and what was there is kept until the
result has been read through.
"""

from __future__ import annotations

import itertools
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

    A copy of both files stands beside them meanwhile; it stays there if the result cannot be read through.

    Raises:
        VaultProblem: `vault-damaged`.
        Problem: as `replace_file` and `opened`.
    """
    prefix = _free_prefix(path)
    copies = [_copied(source, prefix) for source in (path, journal_of(path))]
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


def _free_prefix(path: Path) -> str:
    """Copies that an earlier attempt left stay as they are."""
    prefixes = (f"before-recovery-{number}." for number in itertools.count(1))
    return next(prefix for prefix in prefixes if not list(path.parent.glob(f"{prefix}*")))


def _copied(source: Path, prefix: str) -> Path:
    copy = source.with_name(prefix + source.name)
    replace_file(copy, lambda target: _copy_into(target, source))
    return copy


def _copy_into(target: BinaryIO, source: Path) -> None:
    with source.open("rb") as file:
        shutil.copyfileobj(file, target, 1 << 20)
