"""The laws that the lines name, the sources with their dates, the catalog's date, and what the method cannot see."""

from __future__ import annotations

from collections.abc import Collection

from clinic_mapper.memo.document import Block, Heading, Items, Paragraph, Run, Runs
from clinic_mapper.memo.phrases import Voice, plain

_MOST_NOT_ASKED = 8
_TOGETHER = 10
"""How many sources stand in one paragraph."""


def laws_part(voice: Voice, title: str = "appendix.b") -> list[Block]:
    """Each law once, under the mark by which the lines name it: what it says, its status and since when.

    Law that merely speaks to a step is named with its status; what it says stands in the catalog.
    """
    items: list[Runs] = []
    shown: list[Runs] = []
    for id, number in voice.references.laws.items():
        row = voice.catalog.restrictions.get(id)
        mark = plain(f"L{number} ", bold=True)
        if row is None:
            items.append((mark, Run(text=id, tag="law")))
            continue
        status = voice.words(f"law_status.{row.status}")
        dated = voice.words("laws.status", status=status, as_of=voice.day(row.status_as_of))
        name = Run(text=f"{row.name}, {row.citation}. ", tag="law", bold=id in voice.references.acting)
        if id not in voice.references.acting:
            shown.append((mark, name, Run(text=dated, tag="law"), *voice.verify(row)))
            continue
        said = f"{row.says} {dated}" + (f" {row.caveat}" if row.caveat else "")
        if unless := voice.references.unless.get(id):
            said += voice.words("appendix.unless", exception="; ".join(unless))
        cites = voice.references.cited((cite.source, cite.at) for cite in row.cites[:2])
        items.append((mark, name, Run(text=said, tag="law"), Run(text=cites, tag="source"), *voice.verify(row)))
    blocks: list[Block] = []
    if items or shown:
        blocks.append(Heading(runs=(plain(voice.words(title)),)))
    for part, laws in (("laws.title", items), ("laws.shown", shown)):
        if laws:
            blocks.append(Heading(runs=(plain(voice.words(part)),), level=2))
            blocks.append(Items(items=tuple(laws), marks="none", style="fine"))
    return blocks


def sources_part(voice: Voice, title: str = "appendix.c") -> list[Block]:
    """Each source once: title, publisher, date, the places read; copies and memory are named as such."""
    recalled = _recalled(voice)
    items: list[Runs] = []
    for number, (id, places) in enumerate(voice.references.sources.items(), 1):
        row = voice.catalog.sources.get(id)
        if row is None:
            continue
        said = f"{row.title}. {row.publisher}, {row.published}"
        if places:
            said += f" ({'; '.join(places[:3])})"
        notes = [voice.words("sources.copy")] if row.third_party_copy else []
        notes += [voice.words("sources.recalled")] if id in recalled else []
        tail = " " + " ".join(notes) if notes else ""
        runs: list[Run] = [plain(f"C{number} ", bold=True), Run(text=said + ".", tag="source")]
        items.append((*runs, Run(text=tail, tag="source", italic=True)))
    if not items:
        return []
    head = Heading(runs=(plain(voice.words(title)),))
    return [head, *(_running_on(items[start : start + _TOGETHER]) for start in range(0, len(items), _TOGETHER))]


def _running_on(items: list[Runs]) -> Paragraph:
    """Short notes one after the other, each with its mark in front."""
    runs: list[Run] = []
    for item in items:
        runs += [*item, plain("  ")]
    return Paragraph(runs=tuple(runs), style="fine")


def _recalled(voice: Voice) -> set[str]:
    """The sources that a row named here rests on from memory alone."""
    catalog = voice.catalog
    rows = [catalog.restrictions[id] for id in voice.references.laws if id in catalog.restrictions]
    flows = {hop.flow for route in voice.exposure.routes.values() for hop in route.hops}
    cites = [cite for row in rows for cite in row.cites]
    cites += [cite for id in flows if id in catalog.flows for cite in catalog.flows[id].cites]
    read = {cite.source for cite in cites if cite.basis == "read"}
    return {cite.source for cite in cites if cite.basis == "recalled"} - read


def limits_part(voice: Voice, asked: Collection[str] = ()) -> list[Block]:
    """What the catalog is, and what this way of working cannot see. `asked`: questions that were said above."""
    words, exposure = voice.words, voice.exposure
    dated = words("limits.catalog", version=exposure.catalog_version, as_of=voice.day(exposure.catalog_as_of))
    if voice.lang != "en":
        dated += " " + words("limits.catalog_language")
    items: list[Runs] = [(plain(words(f"limits.{name}")),) for name in ("only_catalog", "only_asked", "not_advice")]
    if exposure.names_others:
        items.append((plain(words.counted("count.names_others", len(exposure.names_others))),))
    items += [(Run(text=sentence, tag="note"),) for sentence in exposure.not_in_catalog]
    not_asked = [question for id, question in voice.catalog.client_questions.items() if id not in voice.matter.client]
    others = [text for each in not_asked if not each.admission and (text := voice.local(each)) not in asked]
    if others:
        said = words("limits.not_asked_besides" if asked else "limits.not_asked")
        items.append((plain(said, bold=True), Run(text="  ".join(others[:_MOST_NOT_ASKED]), tag="question")))
    return [
        Heading(runs=(plain(words("limits.title")),)),
        Paragraph(runs=(plain(dated),), style="small"),
        Items(items=tuple(items), style="small"),
    ]
