"""The way out: compose, withhold, draw, read the finished file again, and only then hand it over or save it."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import msgspec

from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.file_replace import replace_file
from clinic_mapper.memo.compose import compose
from clinic_mapper.memo.document import titles_of
from clinic_mapper.memo.draw import draw
from clinic_mapper.memo.export_map import export_case_json, export_map_json, export_map_svg
from clinic_mapper.memo.gate import LeakFound, drawable_lines, own_words
from clinic_mapper.memo.left_out import summary
from clinic_mapper.memo.pdf_surfaces import page_texts
from clinic_mapper.memo.prove import OwnWords, looks_like, prove
from clinic_mapper.memo.readers import load_profile
from clinic_mapper.memo.withhold import Withheld, for_export, withheld_values, withhold
from clinic_mapper.memo.words import load_words
from clinic_mapper.routing.model import ExposureMap

__all__ = [
    "LeakFound",
    "Memo",
    "export_case_json",
    "export_map_json",
    "export_map_svg",
    "for_export",
    "make_memo",
    "save_memo",
    "summary",
]


class Memo(msgspec.Struct, frozen=True):
    """A proven memo. `left_out`: sentences on what it does not say. `warnings`: what its reader should look at.

    `withheld` and `own` allow the saved file to be proven again; neither is ever shown or logged.
    """

    pdf: bytes
    reader: str
    file_name: str
    left_out: tuple[str, ...]
    warnings: tuple[str, ...]
    withheld: tuple[Withheld, ...]
    own: OwnWords
    never: tuple[str, ...]
    titles: str

    def __repr__(self) -> str:
        return f"Memo(for {self.reader}, {len(self.pdf)} bytes)"  # values never reach a log by accident


def make_memo(
    matter: Matter, catalog: Catalog, exposure: ExposureMap, reader: str, lang: str = "en", file_name: str = ""
) -> Memo:
    """The memo for a reader, composed, drawn and proven.

    `exposure` must be the map of `for_export(matter)`: answers for this session only must not speak through routes.

    Raises:
        LeakFound: the finished file holds something that its reader may not see.
        Problem: `no-such-reader`, `no-such-language`, `letter-missing`.
    """
    profile = load_profile(reader)
    kept = for_export(matter)
    document = withhold(compose(kept, catalog, exposure, reader, lang), profile)
    pdf = draw(document)
    pages = page_texts(pdf)
    withheld = withheld_values(matter, catalog, profile)
    own = own_words(kept, catalog, exposure, profile, lang, len(pages))
    never = profile.never.get(lang, ())
    titles = drawable_lines([titles_of(document)])
    leaks = prove(pdf, withheld, file_name, own, never, titles)
    if leaks:
        raise LeakFound(leaks, lang)
    return Memo(
        pdf=pdf,
        reader=reader,
        file_name=file_name,
        left_out=summary(matter, catalog, reader, lang),
        warnings=_warnings("\n".join(pages), own, lang),
        withheld=withheld,
        own=own,
        never=never,
        titles=titles,
    )


def save_memo(path: Path, memo: Memo) -> None:
    """Writes a proven memo in one step, after reading its bytes once more against the name it will have.

    Raises:
        LeakFound: the file name, or the file, holds something that it may not; nothing is written.
        Problem: the disk's troubles, as `replace_file` names them.
    """
    leaks = prove(memo.pdf, memo.withheld, path.name, memo.own, memo.never, memo.titles)
    if leaks:
        raise LeakFound(leaks)

    def write(file: BinaryIO) -> None:
        file.write(memo.pdf)

    replace_file(path, write)


def _warnings(text: str, own: OwnWords, lang: str) -> tuple[str, ...]:
    words = load_words(lang)
    return tuple(words("leak.looks_like", kind=words(f"kind.{kind}")) for kind in looks_like(text, own.bare))
