"""Who has the vault open: a lock that the operating system holds, and drops by itself when the program ends or dies."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from clinic_mapper.vault.outcomes import refusal

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK_FILE = "in-use.lock"

_FAR_BYTE = 1 << 30
"""Windows locks bytes, and a locked byte cannot be copied: one far behind the end leaves the folder fit to copy."""


class Occupancy:
    """The right to use a vault's folder, from making this value until `release`."""

    def __init__(self, folder: Path) -> None:
        """Take the folder.

        Raises:
            VaultProblem: `vault-in-use`, or `vault-read-only` where the folder cannot be written.
        """
        try:
            self._descriptor: int | None = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise refusal("vault-read-only") from error
        try:
            _lock(self._descriptor)
        except OSError as error:
            os.close(self._descriptor)
            raise refusal("vault-in-use") from error

    def release(self) -> None:
        """Give the folder free. Doing so twice is the same as once."""
        if self._descriptor is not None:
            os.close(self._descriptor)  # closing drops the lock
            self._descriptor = None


def is_in_use(folder: Path) -> bool:
    """Whether a running program has this vault open. Makes no file."""
    try:
        descriptor = os.open(folder / LOCK_FILE, os.O_RDWR)
    except OSError:
        return False
    try:
        _lock(descriptor)
    except OSError:
        return True
    finally:
        with contextlib.suppress(OSError):
            os.close(descriptor)
    return False


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        os.lseek(descriptor, _FAR_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
