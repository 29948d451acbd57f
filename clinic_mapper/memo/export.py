"""The way out: compose, withhold, draw, read the finished file again, and only then hand it over or save it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec.structs import replace

from clinic_mapper.casefile.model import Matter, answer_of
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.file_replace import replace_file
from clinic_mapper.memo.compose import compose
from clinic_mapper.memo.document import Document, Table, text_of
from clinic_mapper.memo.draw import draw
from clinic_mapper.memo.fonts import drawable
from clinic_mapper.memo.pdf_surfaces import page_texts
from clinic_mapper.memo.prove import Leak, OwnWords, looks_like, prove
from clinic_mapper.memo.readers import Profile, load_profile
from clinic_mapper.memo.withhold import Withheld, bare, for_export, reduced, withheld_values, withhold
from clinic_mapper.memo.words import Words, load_words
from clinic_mapper.problem import Problem
from clinic_mapper.routing.model import ExposureMap

_NOTHING_SAVED = "Nothing was saved."


class LeakFound(Problem):
    """The finished file holds something that it may not. `leaks` say what kind and where, never the value."""

    def __init__(self, leaks: Sequence[Leak], lang: str = "en") -> None:
        self.leaks = tuple(leaks)
        words = load_words(lang)
        named = "; ".join(dict.fromkeys(_named(leak, words) for leak in self.leaks))
        super().__init__("leak-found", words("leak.what", named=named), words("leak.safe"), words("leak.do"))


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
    title: str

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
    leaks = prove(pdf, withheld, file_name, own, never, document.title)
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
        title=document.title,
    )


def own_words(
    matter: Matter, catalog: Catalog, exposure: ExposureMap, profile: Profile, lang: str, pages: int = 1
) -> OwnWords:
    """What the same memo says when made from matters that never held what is searched for."""

    def said(twin: Matter, typed: bool) -> str:
        document = compose(twin, catalog, _without_reasons(exposure, typed), profile.reader, lang)
        return _as_drawn(withhold(document, profile), pages)

    named = replace(reduced(matter, profile), code="", note="", set_aside=())
    named = replace(named, touchpoints=tuple(replace(each, note="") for each in named.touchpoints))
    keeps_reasons = profile.keeps("reason")
    return OwnWords(said(reduced(matter, profile), keeps_reasons), said(bare(matter), False), said(named, False))


def _without_reasons(exposure: ExposureMap, keep: bool) -> ExposureMap:
    """The map without a word that an attorney typed; a route set aside stays set aside."""
    if keep:
        return exposure
    routes = {id: replace(route, set_aside="–") if route.set_aside else route for id, route in exposure.routes.items()}
    return replace(exposure, routes=routes, not_in_catalog=())


def _as_drawn(document: Document, pages: int) -> str:
    """The document's text, with what stands on every page as often as there are pages."""
    around = [run.text for run in document.running] + [document.footer, document.page_word]
    heads = [word for block in document.blocks if isinstance(block, Table) for word in block.head]
    return drawable_lines([text_of(document), *(around + heads) * pages])


def drawable_lines(texts: Iterable[str]) -> str:
    """Texts as they are drawn, one a line."""
    return "\n".join(drawable(line) for text in texts for line in text.split("\n"))


def save_memo(path: Path, memo: Memo) -> None:
    """Writes a proven memo in one step, after reading its bytes once more against the name it will have.

    Raises:
        LeakFound: the file name, or the file, holds something that it may not; nothing is written.
        Problem: the disk's troubles, as `replace_file` names them.
    """
    leaks = prove(memo.pdf, memo.withheld, path.name, memo.own, memo.never, memo.title)
    if leaks:
        raise LeakFound(leaks)

    def write(file: BinaryIO) -> None:
        file.write(memo.pdf)

    replace_file(path, write)


def summary(matter: Matter, catalog: Catalog, reader: str, lang: str = "en") -> tuple[str, ...]:
    """What will be left out for a reader, in sentences: kinds and counts, never a value."""
    profile, words = load_profile(reader), load_words(lang)
    sentences = [words("without.only_steps")] if reader == "client" else _generalized(profile, words)
    counts: dict[str, int] = {}
    for value in withheld_values(matter, catalog, profile):
        if not value.identifier and (reader == "client" or not profile.level(value.kind)):  # type: ignore[arg-type]
            counts[value.kind] = counts.get(value.kind, 0) + 1
    if "touchpoint-label" in counts:
        counts["touchpoint-label"] = len({touchpoint.kind for touchpoint in matter.touchpoints})
    listed = [words.counted(f"without.{kind}", number) for kind, number in counts.items()]
    if matter.identifiers:
        listed.append(words.counted("without.identifier", len(matter.identifiers)))
    if session := _session_only(matter):
        listed.append(words.counted("without.session", session))
    if listed:
        sentences.append(words("without.listed", list=words.joined(listed)))
    return tuple(sentences) or (words("without.nothing"),)


def _generalized(profile: Profile, words: Words) -> list[str]:
    tags = ("date", "place", "agency-name")
    return [words(f"without.{tag}_{profile.level(tag)}") for tag in tags if profile.level(tag)]  # type: ignore[arg-type]


def _session_only(matter: Matter) -> int:
    answers = [*matter.client.values()]
    for touchpoint in matter.touchpoints:
        answers += [*touchpoint.facts.values(), *touchpoint.practices.values()]
    return sum(1 for given in answers if (answer := answer_of(given)) is not None and answer.session_only)


def _warnings(text: str, own: OwnWords, lang: str) -> tuple[str, ...]:
    words = load_words(lang)
    return tuple(words("leak.looks_like", kind=words(f"kind.{kind}")) for kind in looks_like(text, own.bare))


def _named(leak: Leak, words: Words) -> str:
    where = words(f"leak_where.{leak.where}") if f"leak_where.{leak.where}" in words else leak.where
    if leak.value_kind == "hidden":
        return where
    if leak.value_kind == "word":
        return words("leak.word", word=leak.value_from, where=where)
    source = leak.value_from
    if source.startswith("touchpoint "):
        source = words("lines.contact", list=source.removeprefix("touchpoint "))
    elif f"leak_from.{source}" in words:
        source = words(f"leak_from.{source}")
    return words("leak.one", kind=words(f"kind.{leak.value_kind}"), source=source, where=where)
