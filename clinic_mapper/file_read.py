"""Files that others made are read with a measure: a device, a pipe or a file without end never holds the program up."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path


def bounded_bytes(path: Path | str, most: int) -> bytes:
    """The content of the regular file at `path`, of at most `most` bytes. A link is followed.

    Raises:
        OSError: it cannot be opened or read; EISDIR for a folder, EINVAL for a device or a pipe, EFBIG for a file
            that is longer. Nothing of a longer file is kept in memory.
    """
    # A path may be plain text, which is faster. Asked before opening: to open a pipe is to wait for who writes into it.
    told = os.stat(path)  # noqa: PTH116
    if stat.S_ISDIR(told.st_mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder", str(path))
    if not stat.S_ISREG(told.st_mode):
        raise OSError(errno.EINVAL, "it is no regular file", str(path))
    if told.st_size <= most:
        data = _read(path, told.st_size, most)
        if len(data) <= most:
            return data
    raise OSError(errno.EFBIG, "it is too large", str(path))


def _read(path: Path | str, expected: int, most: int) -> bytes:
    """At most one byte more than `most`. Without Python's file objects: they take five times as long to open, and a
    catalog is a hundred small files."""
    file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        data = os.read(file, min(expected, most) + 1)
        while len(data) <= most and (more := os.read(file, most + 1 - len(data))):
            data += more
        return data
    finally:
        os.close(file)
