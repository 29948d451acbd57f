"""The one module that knows SQLCipher: how to connect, and which of its errors are the world's fault.

SQLCipher opens an empty file with any key, writes plain text when it was given no key, and has one error for a wrong
key, a damaged file and a file that is no database. So what can be known is checked before and after the key is set.
Of a value so long that it fills pages of its own, it gives back zeros where the last page was altered, and no error;
then it refuses everything until the next opening. So long values carry a checksum of their own (see `content`).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2
from sqlite_utils import Database

from clinic_mapper.problem import Problem
from clinic_mapper.vault.file_head import PLAIN_HEADER, first_bytes
from clinic_mapper.vault.outcomes import refusal

COMPATIBILITY = 4

_SETTINGS = (
    # One file at rest: a folder that people copy must not need a -wal beside it. EXTRA, because in this mode FULL does
    # not sync the folder after the journal is gone, and a power cut could take back a change that we called saved.
    "PRAGMA journal_mode = DELETE",
    "PRAGMA synchronous = EXTRA",
    "PRAGMA fullfsync = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
)


def create_database(path: Path, key: bytes) -> Database:
    """A new encrypted database at `path`, where no file may be yet. Only its owner may read it from the first byte on.

    Raises:
        Problem: `encryption-missing`, or as `speaking` says.
        OSError: the file could not be made.
    """
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    return _connected(path, key)


def open_database(path: Path, key: bytes) -> Database:
    """The encrypted database at `path`, proven to be readable with this key.

    Raises:
        VaultProblem: `vault-database-missing`, `vault-database-emptied`, `vault-not-encrypted`, `vault-damaged`,
            `vault-unreadable`.
        Problem: `encryption-missing`, or as `speaking` says.
    """
    if first_bytes(path) == PLAIN_HEADER:
        raise refusal("vault-not-encrypted")
    return _connected(path, key)


def encryption_missing() -> Problem:
    """The problem of a driver that would write plain text."""
    return Problem(
        "encryption-missing",
        "This installation of Clinic Mapper cannot encrypt: a part of it is missing.",
        "Nothing about a client was written.",
        "Install Clinic Mapper again.",
    )


@contextmanager
def speaking() -> Iterator[None]:
    """Within: errors of the driver that are the world's fault become problems. The others are bugs and pass through.

    Raises:
        VaultProblem: `vault-damaged`, `vault-in-use`, `vault-read-only`, `vault-unreadable`.
        Problem: `disk-full`, `disk-failed`, `memory-short`.
    """
    try:
        yield
    except dbapi2.Error as error:
        problem = _problem_for(error)
        if problem is None:
            raise
        raise problem from error


def damage_in(database: Database) -> tuple[str, ...]:
    """What a reading of every page finds wrong, nothing if all is well. Takes as long as reading the file.

    Raises:
        VaultProblem, Problem: as `speaking` says.
    """
    with speaking():
        broken_pages = database.execute("PRAGMA cipher_integrity_check").fetchall()
        if broken_pages:
            return tuple(str(row[0]) for row in broken_pages)
        found = database.execute("PRAGMA quick_check").fetchall()
        return tuple(str(row[0]) for row in found if row[0] != "ok")


def _connected(path: Path, key: bytes) -> Database:
    with speaking():
        connection = dbapi2.connect(
            str(path.absolute()),
            flags=dbapi2.SQLITE_OPEN_READWRITE,  # a path that vanished meanwhile is an error, not a new database
            isolation_level=None,  # nothing begins or ends a transaction but `atomic`
            check_same_thread=False,  # the vault sees to it that one thread works at a time
            timeout=2,
        )
        try:
            _set_key(connection, key)
            database = Database(connection, execute_plugins=False)
            for setting in _SETTINGS:
                connection.execute(setting)
            return database
        except BaseException:
            connection.close()
            raise


def _set_key(connection: Any, key: bytes) -> None:
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise encryption_missing()
    connection.execute("PRAGMA cipher_log_level = NONE")  # otherwise it writes to the standard error of its own accord
    connection.execute("PRAGMA cipher_memory_security = ON")  # pages are wiped from memory once they are done with
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute(f"PRAGMA cipher_compatibility = {COMPATIBILITY}")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # the first read, which proves the key


def _problem_for(error: dbapi2.Error) -> Problem | None:
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    if code in (dbapi2.SQLITE_CORRUPT, dbapi2.SQLITE_NOTADB):
        return refusal("vault-damaged")
    if code in (dbapi2.SQLITE_BUSY, dbapi2.SQLITE_LOCKED):
        return refusal("vault-in-use")
    if code == dbapi2.SQLITE_READONLY:
        return refusal("vault-read-only")
    if code in (dbapi2.SQLITE_CANTOPEN, dbapi2.SQLITE_PERM, dbapi2.SQLITE_AUTH):
        return refusal("vault-unreadable")
    return _shortage_for(code)


def _shortage_for(code: int) -> Problem | None:
    kept = "Your last saved change is kept; what you typed since then is still on the screen."
    if code == dbapi2.SQLITE_FULL:
        return Problem("disk-full", "The disk is full.", kept, "Free some space, then try again.")
    if code == dbapi2.SQLITE_IOERR:
        return Problem("disk-failed", "The disk did not answer.", kept, "Check the disk or its cable, then try again.")
    if code == dbapi2.SQLITE_NOMEM:
        return Problem("memory-short", "The computer's memory is full.", kept, "Close other programs, then try again.")
    return None
