"""The work of saving the picture of the map, off the window's thread: made, proved, drawn, written and read back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.ui.export_work import ONE_AT_A_TIME, read_back
from clinic_mapper.ui.sign_work import Read

ENDINGS = "PNG images (*.png);;SVG images, to be enlarged or read aloud (*.svg)"


def save_picture_and_read_back(path: Path, read: Read, told: Callable[[int, int], object]) -> str:
    """The picture of what a memo was made of, for the same reader, as a file; gives its SHA-256 in hexadecimal.

    `told` is called before each step and once more before anything is written; it may raise to end the work.

    Raises:
        Problem: a leak, also in the file's name; `picture-ending`, `picture-too-large`, `place-told`; the disk's
            troubles; `memo-not-as-written`.
    """
    from clinic_mapper.memo.export_picture import ending_of, proved_picture, save_picture
    from clinic_mapper.memo.withhold import for_export
    from clinic_mapper.ui.picture_png import as_png

    def drawn(svg: str) -> bytes:
        told(0, 0)
        png = as_png(svg)
        told(0, 0)
        return png

    ending_of(path)
    told(0, 0)
    exposure = map_exposure(for_export(read.matter), read.catalog, read.today)
    told(0, 0)
    with ONE_AT_A_TIME:
        picture = proved_picture(
            read.matter, read.catalog, exposure, read.choice.reader, read.choice.lang,
            profile=read.profile, lines=read.chosen.lines or None,
        )  # fmt: skip
        told(0, 0)
        data = save_picture(path, picture, drawn)
    return read_back(path, data)
