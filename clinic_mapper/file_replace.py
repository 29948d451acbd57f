"""Files that people own are replaced, never rewritten: after any failure the old file is still there, whole."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from clinic_mapper.problem import Problem

_OLD_FILE_KEPT = "Nothing was half-written; an earlier file of that name is as it was."

_NO_ROOM = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_NO_FOLDER_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF})


def replace_file(path: Path, write: Callable[[BinaryIO], None], mode: int = 0o600) -> None:
    """Put a file at `path`, written by `write`, in one step: whole and on the disk, or not at all.

    `write` gets a binary file opened beside `path`; its permissions are `mode` before the first byte goes in. A link at
    `path` stays a link: what it points to is replaced.

    Raises:
        Problem: `disk-full`, `read-only-folder`, `no-permission`, `folder-missing`, `file-in-use`, `file-not-written`.
            Whatever `write` raises passes through, except an `OSError`, which becomes one of these.
    """
    try:
        _replace(_target(path), write, mode)
    except OSError as error:
        raise file_problem(error) from error


def _target(path: Path) -> Path:
    """Where the file is to stand, links followed. What stands there already must be a file: whoever may rename in
    `/dev` would put a memo in the place of the device."""
    try:
        target = path.resolve()
    except RuntimeError as error:  # Python 3.12 and older on links that lead round
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from error
    try:
        told = target.stat()
    except FileNotFoundError:
        return target
    if not stat.S_ISREG(told.st_mode):
        number = errno.EISDIR if stat.S_ISDIR(told.st_mode) else errno.EINVAL
        raise OSError(number, os.strerror(number))
    return target


def sync_folder(folder: Path) -> None:
    """Bring the names in `folder` to the disk, where the system can do that for a folder.

    Raises:
        OSError: the disk refused.
    """
    if sys.platform == "win32":
        return  # Windows opens no folder for this; it writes names with its own journal.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(descriptor)


def file_problem(error: OSError) -> Problem:
    """The sentences for a failure to write a file or a folder. Never its path, which people may have given a name."""
    if error.errno in _NO_ROOM:
        return Problem("disk-full", "The disk is full.", _OLD_FILE_KEPT, "Free some space, then try again.")
    if error.errno == errno.EROFS:
        return Problem(
            "read-only-folder", "This disk can only be read.", _OLD_FILE_KEPT, "Choose a folder on another disk."
        )
    if isinstance(error, PermissionError):
        return _permission_problem(error)
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return Problem(
            "folder-missing", "The folder is not there.", _OLD_FILE_KEPT, "Make it first, or choose another folder."
        )
    return Problem(
        "file-not-written",
        f"The file could not be written: {os.strerror(error.errno or 0)}.",
        _OLD_FILE_KEPT,
        "Choose another name or folder, then try again.",
    )


def _permission_problem(error: PermissionError) -> Problem:
    if getattr(error, "winerror", None) == 32:  # Windows: another program holds the file
        return Problem(
            "file-in-use", "Another program has this file open.", _OLD_FILE_KEPT, "Close it there, then try again."
        )
    return Problem(
        "no-permission",
        "You have no permission to write in this folder.",
        _OLD_FILE_KEPT,
        "Choose another folder, or ask who looks after this computer.",
    )


def _replace(path: Path, write: Callable[[BinaryIO], None], mode: int) -> None:
    beside = path.with_name(f".{secrets.token_hex(8)}.new")
    try:
        with _opened(beside, mode) as file:
            write(file)
            file.flush()
            sync_file(file)
        beside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def _opened(path: Path, mode: int) -> BinaryIO:
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    descriptor = os.open(path, flags, 0o600)
    try:
        if sys.platform != "win32":
            os.fchmod(descriptor, mode)  # the mode asked for, whatever the umask
        return os.fdopen(descriptor, "w+b")
    except BaseException:
        os.close(descriptor)
        raise


def sync_file(file: BinaryIO) -> None:
    """Bring what was written to `file` to the disk itself, not only to the system.

    Raises:
        OSError: the disk refused.
    """
    if sys.platform == "darwin":
        import fcntl

        fcntl.fcntl(file.fileno(), fcntl.F_FULLFSYNC)  # there, fsync stops at the disk's own cache
    else:
        os.fsync(file.fileno())
