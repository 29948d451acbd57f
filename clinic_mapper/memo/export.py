"""The way out: compose, withhold, draw, read the finished file again, and only then hand it over or save it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec.structs import replace

from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.file_replace import replace_file
from clinic_mapper.memo.compose import compose
from clinic_mapper.memo.compose_funder import compose_funder
from clinic_mapper.memo.counts import Seen, counted
from clinic_mapper.memo.date_question import without_days_untold
from clinic_mapper.memo.document import Document, titles_of
from clinic_mapper.memo.draw import Told, draw, untold
from clinic_mapper.memo.export_map import export_case_json, export_map_json
from clinic_mapper.memo.gate import LeakFound, Said, as_drawn, drawable_lines, own_words, without_reasons
from clinic_mapper.memo.left_out import summary
from clinic_mapper.memo.local_law import without_names_of_places
from clinic_mapper.memo.narrow import for_reader
from clinic_mapper.memo.pdf_surfaces import page_texts
from clinic_mapper.memo.prove import OwnWords, looks_like, prove
from clinic_mapper.memo.readers import Profile, load_profile
from clinic_mapper.memo.seal import Seal
from clinic_mapper.memo.sign_off import MEMO_READERS, SignOff
from clinic_mapper.memo.since import since_signed
from clinic_mapper.memo.with_pictures import with_pictures
from clinic_mapper.memo.withhold import (
    Withheld,
    bare,
    for_export,
    reduced,
    values_outside,
    withheld_values,
    withhold,
)
from clinic_mapper.memo.words import load_words
from clinic_mapper.routing.model import ExposureMap

__all__ = [
    "LeakFound",
    "Memo",
    "Seen",
    "export_case_json",
    "export_map_json",
    "for_export",
    "make_counts",
    "make_memo",
    "proven",
    "save_memo",
    "summary",
]


class Memo(msgspec.Struct, frozen=True):
    """A proven memo. `left_out`: sentences on what it does not say. `warnings`: what its reader should look at.

    `withheld` and `own` allow the saved file to be proven again; neither is ever shown or logged. `document`: what was
    drawn, for its other forms (`export_text`), and `own_as` what excuses each. `since`: SHA-256 of the signed file
    with which it compares itself, "" for none.
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
    document: Document
    own_as: Callable[[Said], OwnWords]
    since: str = ""

    def __repr__(self) -> str:
        return f"Memo(for {self.reader}, {len(self.pdf)} bytes)"  # values never reach a log by accident


def make_memo(
    matter: Matter,
    catalog: Catalog,
    exposure: ExposureMap,
    reader: str,
    lang: str = "en",
    file_name: str = "",
    *,
    profile: Profile | None = None,
    lines: Collection[str] | None = None,
    contacts: Collection[str] | None = None,
    signed: SignOff | None = None,
    last: Seal | None = None,
    told: Told = untold,
) -> Memo:
    """The memo for a reader, composed, drawn and proven.

    `exposure` must be the map of `for_export(matter)`: answers for this session only must not speak through routes.
    `profile`: the clinic's own for this reader, else the shipped one. `lines`: the ids of those that a court sees, else
    all. `contacts`: the ids of those that a request is about, else it has blanks for them. `signed`: by whom, else it
    is a draft. `last`: the memo of this matter that was signed last; a memo says what changed since.
    `told` hears how far it is.

    Raises:
        LeakFound: the finished file holds something that its reader may not see.
        Problem: `no-such-reader`, `no-such-language`, `no-such-line`, `no-such-contact`, `letter-missing`.
    """
    seen = profile or load_profile(reader)
    kept, shown = for_reader(for_export(matter), exposure, seen, lines, contacts)
    shown = without_days_untold(shown, kept, catalog, seen)
    told(0, 0)
    since = since_signed(last, kept, catalog, shown) if last and reader in MEMO_READERS else None
    searched = [*withheld_values(matter, catalog, seen), *values_outside(matter, kept, catalog, seen)]
    searched += withheld_values(since.before.matter, catalog, seen) if since else ()
    kept, catalog, shown, since = without_names_of_places(kept, catalog, shown, seen, load_words(lang), since)
    document = withhold(compose(kept, catalog, shown, reader, lang, signed=signed, since=since), seen)
    told(0, 0)
    memo = proven(
        with_pictures(document, reduced(kept, seen, catalog), catalog, shown, seen),
        seen,
        withheld=tuple({(value.kind, value.value): value for value in reversed(searched)}.values()),
        own=lambda says: own_words(kept, catalog, shown, seen, lang, says, signed=signed, since=since),
        left_out=summary(matter, catalog, reader, lang, seen),
        file_name=file_name,
        told=told,
    )
    return replace(memo, since=since.seal.signed.file_sha256 if since else "")


def make_counts(
    seen: Sequence[Seen], catalog: Catalog, today: date, lang: str = "en", file_name: str = "",
    profile: Profile | None = None, told: Told = untold,
) -> Memo:  # fmt: skip
    """The counts over all these matters, for those who pay for the work, proven against every one of them.

    Raises:
        LeakFound: the finished file holds something of a matter. Problem: as `make_memo`.
    """
    seen_by = profile or load_profile("funder")
    words, day = load_words(lang), today.isoformat()

    def composed(matters: Sequence[Seen]) -> Document:
        counts = counted(matters, catalog, seen_by.threshold, today.year)
        return withhold(compose_funder(counts, catalog, words, day), seen_by)

    twins = [Seen(bare(each.matter, catalog), without_reasons(each.exposure, keep=False)) for each in seen]
    values = {
        (value.kind, value.value): value for each in seen for value in withheld_values(each.matter, catalog, seen_by)
    }

    def own(says: Said) -> OwnWords:
        text = cache(lambda: says(composed(twins)))
        return OwnWords(text, text, text)

    return proven(
        composed([Seen(for_export(each.matter), each.exposure) for each in seen]),
        seen_by,
        withheld=tuple(values.values()),
        own=own,
        left_out=(words("without.only_counts", threshold=seen_by.threshold),),
        file_name=file_name,
        told=told,
    )


def proven(
    document: Document,
    profile: Profile,
    *,
    withheld: tuple[Withheld, ...],
    own: Callable[[Said], OwnWords],
    left_out: tuple[str, ...],
    file_name: str,
    told: Told = untold,
) -> Memo:
    """A document that is fit for its reader, drawn, read again and searched.

    `own`: what the file says by itself, in the form that is searched. `told` hears how far it is.

    Raises:
        LeakFound: the finished file holds something that it may not. Problem: `letter-missing`.
    """
    pdf, spelled = draw(document, told)
    pages = page_texts(pdf, told)
    excused = own(partial(as_drawn, pages=len(pages))).with_more(drawable_lines(spelled))
    never = profile.never.get(document.lang, ())
    titles = drawable_lines([titles_of(document), *spelled])
    leaks = prove(pdf, withheld, file_name, excused, never, titles, pages, lambda: told(len(pages) + 1, len(pages)))
    if leaks:
        raise LeakFound(leaks, document.lang)
    return Memo(
        pdf=pdf,
        reader=profile.reader,
        file_name=file_name,
        left_out=left_out,
        warnings=_warnings("\n".join(pages), excused, document.lang),
        withheld=withheld,
        own=excused,
        never=never,
        titles=titles,
        document=document,
        own_as=own,
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
    kinds = looks_like(text, own.bare) if looks_like(text) else ()
    return tuple(words("leak.looks_like", kind=words(f"kind.{kind}")) for kind in kinds)
