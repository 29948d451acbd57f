"""Files that others made are read with a measure: a device, a pipe or a file without end never holds the program up."""

from __future__ import annotations

import errno
import stat
from pathlib import Path


def bounded_bytes(path: Path | str, most: int) -> bytes:
    """The content of the regular file at `path`, of at most `most` bytes. A link is followed.

    Raises:
        OSError: it cannot be opened or read; EISDIR for a folder, EINVAL for a device or a pipe, EFBIG for a file
            that is longer. Nothing of a longer file is kept in memory.
    """
    path = Path(path)
    told = path.stat()  # before opening: to open a pipe is to wait for whoever writes into it
    if stat.S_ISDIR(told.st_mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder", str(path))
    if not stat.S_ISREG(told.st_mode):
        raise OSError(errno.EINVAL, "it is no regular file", str(path))
    if told.st_size <= most:
        with path.open("rb") as file:
            data = file.read(most + 1)
        if len(data) <= most:
            return data
    raise OSError(errno.EFBIG, "it is too large", str(path))
