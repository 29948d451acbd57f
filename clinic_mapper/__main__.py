"""The one door: what must hold before anything else of the program runs, then the command line."""

from __future__ import annotations

import gc
import io
import os
import sys
from pathlib import Path
from typing import TextIO


def main() -> int:
    """Run the program as the process it is; returns the exit code (0 done, 1 refused, 2 usage)."""
    keep_new_files_private()
    occupy_standard_descriptors()
    give_streams()
    collect_seldom()
    from clinic_mapper.cli import main as command_line

    return command_line()


def keep_new_files_private() -> None:
    """Every file this process makes is for its owner alone, before anyone thinks of permissions."""
    os.umask(0o077)


def occupy_standard_descriptors() -> None:
    """Where the program was started with closed streams, the first file it opened would take their numbers, and
    whatever a library prints would be written into that file: into the vault."""
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number, which is this one


def give_streams() -> None:
    """Make printing work where a start without a console has no streams (None), or a pipe is not UTF-8."""
    sys.stdout = _printable(sys.stdout)
    sys.stderr = _printable(sys.stderr)


def collect_seldom() -> None:
    """Look for garbage in circles after 50,000 new objects, not after 700: a catalog or a map makes many that all stay.
    What is left of a matter is looked for when the window is locked."""
    gc.set_threshold(50_000, *gc.get_threshold()[1:])


def _printable(stream: TextIO | None) -> TextIO:
    if stream is None:
        return Path(os.devnull).open("w", encoding="utf-8")
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return stream


if __name__ == "__main__":
    sys.exit(main())
