"""The picture of the map as a file: made for its reader and proved as SVG. A PNG is drawn from just that text."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache
from html import unescape
from pathlib import Path
from typing import BinaryIO, Literal

import msgspec
from msgspec.structs import replace

from clinic_mapper.casefile.dates import in_words
from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.file_replace import replace_file
from clinic_mapper.memo.fonts import REGULAR, forget_words, width_of
from clinic_mapper.memo.gate import LeakFound
from clinic_mapper.memo.local_law import without_names_of_places
from clinic_mapper.memo.narrow import check_lines, for_reader
from clinic_mapper.memo.own_rows import without_laid_over
from clinic_mapper.memo.picture import TEXT_SIZE, Picture, lay_out
from clinic_mapper.memo.picture_key import forms_of
from clinic_mapper.memo.picture_svg import svg
from clinic_mapper.memo.prove import OwnWords, prove_text
from clinic_mapper.memo.readers import Profile, load_profile
from clinic_mapper.memo.sign_off import MEMO_READERS
from clinic_mapper.memo.withhold import Withheld, bare, for_export, reduced, values_outside, withheld_values
from clinic_mapper.memo.words import Words, load_words
from clinic_mapper.problem import Problem
from clinic_mapper.routing.model import ExposureMap

Ending = Literal[".svg", ".png"]

_ROOM_FOR_OTHERS = 1.1
"""How much wider another program's letters may be, where it lacks ours, and still stand within their boxes."""

_DATE_ROWS = 3
"""Here a date stands nowhere else: “between …” and two months need that many."""


class ProvedPicture(msgspec.Struct, frozen=True):
    """A picture that was proved for its reader, as the text of an SVG file.

    `withheld` and `own` allow it to be proved again under the name of its file; neither is ever shown or logged.
    """

    svg: str
    reader: str
    lang: str
    withheld: tuple[Withheld, ...]
    own: OwnWords
    never: tuple[str, ...]

    def __repr__(self) -> str:
        return f"ProvedPicture(for {self.reader}, {len(self.svg)} letters)"  # values never reach a log by accident


def proved_picture(
    matter: Matter,
    catalog: Catalog,
    exposure: ExposureMap,
    reader: str = "supervisor",
    lang: str = "en",
    *,
    profile: Profile | None = None,
    lines: Collection[str] | None = None,
) -> ProvedPicture:
    """The picture of the map for a reader. It bears the marks of a draft: a picture by itself is signed by nobody.

    `exposure` must be the map of `for_export(matter)`. `profile`: the clinic's own for this reader, else the shipped
    one. `lines`: the ids of those to be drawn, else all that are open, undetermined or barred by law alone.

    Raises:
        LeakFound: the picture holds something that its reader may not see.
        Problem: `not-for-reader` for a reader who sees no routes; `no-such-reader`, `no-such-language`, `no-such-line`;
            `place-told`.
    """
    seen, words = profile or load_profile(reader), load_words(lang)
    if not seen.sees_routes or (seen.lines == "chosen" and lines is None):
        raise _not_for(reader)
    if lines is not None:
        check_lines(lines, exposure)
    kept, shown = for_reader(for_export(matter), exposure, seen, lines, None)
    searched = (*withheld_values(matter, catalog, seen), *values_outside(matter, kept, catalog, seen))
    kept, catalog, shown, _ = without_names_of_places(kept, catalog, shown, seen, words)

    def drawn(of: Matter, rows: Catalog) -> str:
        picture = lay_out(shown, rows, of, lines, _width, lang, _DATE_ROWS)
        return _drawn(picture, shown, words, reader, chosen=lines is not None)

    own = cache(lambda: _searched(drawn(bare(reduced(kept, seen, catalog), catalog), without_laid_over(catalog))))
    try:
        picture = ProvedPicture(
            svg=drawn(reduced(kept, seen, catalog), catalog),
            reader=reader,
            lang=lang,
            withheld=searched,
            own=OwnWords(own, own, own),
            never=seen.never.get(lang, ()),
        )
        _prove(picture)
    finally:
        forget_words()
    return picture


def ending_of(path: Path) -> Ending:
    """Which kind of picture a file is, by the end of its name.

    Raises:
        Problem: `picture-ending`.
    """
    ending = path.suffix.lower()
    if ending == ".svg":
        return ".svg"
    if ending == ".png":
        return ".png"
    raise Problem(
        "picture-ending",
        f"A picture is an SVG or a PNG file, and “{path.name}” ends otherwise.",
        "Nothing was written.",
        "Let its name end in .svg or .png.",
    )


def save_picture(path: Path, picture: ProvedPicture, as_png: Callable[[str], bytes]) -> bytes:
    """Writes a proved picture in one step, after reading it once more against the name it will have; gives its bytes.

    `as_png` draws a PNG of the text of an SVG file; it is called for a name that ends so.

    Raises:
        LeakFound: the file name, or the picture, holds something that it may not; nothing is written.
        Problem: `picture-ending`; what `as_png` says; the disk's troubles, as `replace_file` names them.
    """
    ending = ending_of(path)
    _prove(picture, path.name)
    data = picture.svg.encode("utf-8") if ending == ".svg" else as_png(picture.svg)

    def write(file: BinaryIO) -> None:
        file.write(data)

    replace_file(path, write)
    return data


def _prove(picture: ProvedPicture, file_name: str = "") -> None:
    leaks = prove_text(_searched(picture.svg), picture.withheld, file_name, picture.own, picture.never)
    if leaks:
        raise LeakFound(leaks, picture.lang)


def _searched(text: str) -> str:
    """An SVG file's text, and once more as people read it."""
    return f"{text}\n{unescape(text)}"


def _drawn(picture: Picture, exposure: ExposureMap, words: Words, reader: str, chosen: bool) -> str:
    """The picture with all that must be said beside it where no memo does."""
    day = in_words(exposure.today, words.lang)
    below = [
        words("picture.alone", day=day),
        words("picture.chosen" if chosen else "picture.not_closed" if picture.arrows else "picture.nothing"),
        words("memo.open_means"),
        forms_of(picture, words),
        words("memo.footer") if reader in MEMO_READERS else "",
    ]
    return svg(
        replace(picture, mark="  ·  ".join(filter(None, (picture.mark, words("memo.draft"))))),
        title=words("picture.title"),
        says=words("picture.alt", arrows=" ".join(f"{arrow.title}." for arrow in picture.arrows)),
        below=below,
        text_width=_width,
    )


def _width(text: str) -> float:
    return width_of(text, REGULAR, TEXT_SIZE) * _ROOM_FOR_OTHERS


def _not_for(reader: str) -> Problem:
    return Problem(
        "not-for-reader",
        f"This is not for the reader “{reader}”, who sees no routes or not all of the matter.",
        "Nothing was saved.",
        "Choose another reader, or export the page for the client.",
    )
