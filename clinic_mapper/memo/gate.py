"""The gate that every file passes on its way out: what it may say by itself, and what is said when it may not go."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from msgspec.structs import replace

from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo.compose import compose
from clinic_mapper.memo.document import Document, Table, spoken_of, text_of
from clinic_mapper.memo.fonts import drawable
from clinic_mapper.memo.own_rows import without_laid_over
from clinic_mapper.memo.prove import ONLY_HEARD, Leak, OwnWords
from clinic_mapper.memo.readers import Profile
from clinic_mapper.memo.sign_off import SignOff
from clinic_mapper.memo.since import Since, seen_as
from clinic_mapper.memo.with_pictures import with_pictures
from clinic_mapper.memo.withhold import bare, reduced, withhold
from clinic_mapper.memo.words import Words, load_words
from clinic_mapper.problem import Problem
from clinic_mapper.routing.model import ExposureMap

Said = Callable[[Document], str]
"""What a document says in a form in which it can leave: on so many pages, as text, as a table."""

_INITIALS = re.compile(r"(?:[^\W\d_]\.){1,4}")
"""An attorney's, as they print. A client can have the same: they are no name that was typed where none may stand."""


class LeakFound(Problem):
    """The finished file holds something that it may not. `leaks` say what kind and where, never the value.

    `copied`: it was to be copied, and was not.
    """

    def __init__(self, leaks: Sequence[Leak], lang: str = "en", *, copied: bool = False) -> None:
        self.leaks = tuple(leaks)
        words, of = load_words(lang), "_copied" if copied else ""
        named = "; ".join(dict.fromkeys(_named(leak, words) for leak in self.leaks))
        super().__init__("leak-found", words(f"leak.what{of}", named=named), words(f"leak.safe{of}"), words("leak.do"))


def own_words(
    matter: Matter,
    catalog: Catalog,
    exposure: ExposureMap,
    profile: Profile,
    lang: str,
    says: Said,
    composed: Callable[[Matter, Catalog, ExposureMap], Document] | None = None,
    *,
    signed: SignOff | None = None,
    since: Since | None = None,
) -> OwnWords:
    """What the same memo says when made from matters, and a catalog, that never held what is searched for.

    `says`: what a document says in the form that is searched. `composed`: what makes it, where that is not the memo of
    the profile's reader. `signed`, `since`: as in the memo.
    """
    ours = without_laid_over(catalog)

    def said(twin_of: Callable[[Matter], Matter], typed: bool, by: SignOff | None) -> str:
        twin, shown = twin_of(matter), without_reasons(exposure, typed)
        if composed:
            return says(withhold(composed(twin, ours, shown), profile))
        before = seen_as(since, twin_of(since.before.matter), twin_of(since.after.matter)) if since else None
        document = compose(twin, ours, shown, profile.reader, lang, signed=by, since=before)
        document = withhold(document, profile)
        seen = reduced(twin, profile, catalog)
        return says(with_pictures(document, seen, ours, exposure, profile))

    def as_seen(told: Matter) -> Matter:
        return reduced(told, profile, catalog)

    def untyped(told: Matter) -> Matter:
        return bare(told, catalog)

    def named(told: Matter) -> Matter:
        shown = as_seen(told)
        places = zip(untyped(shown).touchpoints, shown.touchpoints, strict=True)
        contacts = tuple(replace(plain, where=each.where, agency=each.agency) for plain, each in places)
        return replace(untyped(shown), touchpoints=contacts)

    nobody = replace(signed, initials="") if signed and not _INITIALS.fullmatch(signed.initials) else signed
    return OwnWords(
        reduced=lambda: said(as_seen, profile.keeps("reason"), signed),
        bare=lambda: said(untyped, False, nobody),
        named=lambda: said(named, False, nobody),
    )


def without_reasons(exposure: ExposureMap, keep: bool) -> ExposureMap:
    """The map without a word that an attorney typed; a route set aside stays set aside."""
    if keep:
        return exposure
    routes = {id: replace(route, set_aside="–") if route.set_aside else route for id, route in exposure.routes.items()}
    return replace(exposure, routes=routes, not_in_catalog=())


def as_drawn(document: Document, pages: int) -> str:
    """The document's text, with what stands on every page as often as there are pages; behind it what is only heard."""
    around = [run.text for run in document.running] + [document.footer]
    heads = [word for block in document.blocks if isinstance(block, Table) for word in block.head]
    again = around * (pages - 1) + [document.page_word, *heads] * pages  # the text has what is around it once
    seen = drawable_lines([text_of(document), *again])
    return f"{seen}{ONLY_HEARD}{drawable_lines(spoken_of(document))}"


def drawable_lines(texts: Iterable[str]) -> str:
    """Texts as they are drawn, one a line."""
    return "\n".join(drawable(line) for text in texts for line in text.split("\n"))


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
