"""Which parts of a Spanish memo are English: laws, sources, and remedies that nobody translated, stand as they are.

Whoever hears the memo hears each part in its own language.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from clinic_mapper.catalog.model import SAID_OF_A_REMEDY, Catalog
from clinic_mapper.memo.document import Document, Run, Runs, with_runs

_SPOKEN = "en"
_KEY = 12
"""So many letters tell where a text of the catalog may begin; shorter texts are the same in both languages."""

Index = dict[str, list[str]]
_KEPT: list[tuple[Catalog, Index]] = []
"""The index of the catalog that was last asked: four memos are made of it before one is proven."""


def with_languages(document: Document, catalog: Catalog) -> Document:
    """The document with the catalog's English told apart, where the document is not in English itself."""
    if document.lang == _SPOKEN:
        return document
    if not (_KEPT and _KEPT[0][0] is catalog):
        _KEPT[:] = [(catalog, _index(catalog))]
    index = _KEPT[0][1]

    def told_apart(runs: Runs) -> Runs:
        return tuple(part for run in runs for part in ((run,) if run.forms else _parts(run, index)))

    return replace(document, blocks=tuple(with_runs(block, told_apart) for block in document.blocks))


def _index(catalog: Catalog) -> Index:
    """The catalog's English texts by how they begin, the longest first."""
    index: dict[str, set[str]] = {}
    for text in _texts(catalog):
        if len(text) >= _KEY:
            index.setdefault(text[:_KEY], set()).add(text)
    return {key: sorted(texts, key=lambda text: (-len(text), text)) for key, texts in index.items()}


def _texts(catalog: Catalog) -> Iterator[str]:
    for law in catalog.restrictions.values():
        yield from (law.name, law.citation, law.says, law.caveat or "", *(each.text for each in law.unless))
        yield from (cite.at for cite in law.cites)
    for remedy in catalog.remedies.values():
        if not remedy.speaks("es"):
            yield from (getattr(remedy, key) or "" for key in SAID_OF_A_REMEDY)
        yield from (cite.at for cite in remedy.cites)
    for source in catalog.sources.values():
        yield from (source.title, source.publisher, source.published)
    for flow in catalog.flows.values():
        yield flow.judge or ""
        yield from (cite.at for cite in flow.cites)
    for kind in catalog.touchpoints.values():
        yield from (record.judge or "" for record in kind.creates)


def _parts(run: Run, index: Index) -> Iterator[Run]:
    text, said, place = run.text, 0, 0
    while place + _KEY <= len(text):
        found = next((each for each in index.get(text[place : place + _KEY], ()) if text.startswith(each, place)), "")
        if found:
            if place > said:
                yield replace(run, text=text[said:place])
            yield replace(run, text=found, lang=_SPOKEN)
            said = place = place + len(found)
        else:
            place += 1
    if said < len(text) or not text:
        yield replace(run, text=text[said:]) if said else run
