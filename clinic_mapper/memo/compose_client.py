"""The page for the client: plain words, steps and whom to call. It would not hurt if somebody else found it.

It tells nothing of what happened. Which steps it offers follows from the lines, in groups so broad that the page does
not say what lies behind them.
"""

from __future__ import annotations

from clinic_mapper.memo.document import Blank, Block, Document, Heading, Items, Paragraph, Runs
from clinic_mapper.memo.phrases import Voice, plain
from clinic_mapper.routing.model import Unknown

_ALWAYS = ("keep_visits", "tell_us_moved", "sign_nothing", "talk_first")
_BY_MECHANISM = {
    "dmv-lookup": "before_renewing",
    "dmv-face-search": "before_renewing",
    "plate-readers": "before_renewing",
    "courts": "keep_dates",
    "supervision": "keep_dates",
    "immigration-court": "keep_dates",
    "immigration-file": "before_filing",
    "border-travel": "before_travel",
    "tax-benefits": "keep_services",
    "data-brokers": "before_accounts",
    "phone-location": "before_accounts",
    "schools-children": "keep_services",
}
_PAPERS_BY_SECTOR = {
    "police": "dates", "jail": "dates", "court": "dates", "gang": "dates", "supervision": "dates",
    "dmv": "cards", "immigration": "cards", "border": "cards",
    "utility": "bills", "broker": "bills", "tax": "bills", "benefits": "bills",
    "school": "school", "school-police": "school",
}  # fmt: skip


def compose_client(voice: Voice) -> Document:
    """One side, in the client's language."""
    words = voice.words
    blocks: list[Block] = [
        Heading(runs=(plain(words("page.title")),), level=0),
        Paragraph(runs=(plain(words("page.what")),)),
        Heading(runs=(plain(words("page.call")),)),
        Blank(label=words("page.phone")),
        Blank(label=words("page.ask_for")),
        Blank(label=words("page.next_visit")),
        Heading(runs=(plain(words("page.steps")),)),
        Items(items=_sentences(voice, "step", _steps(voice)), marks="box"),
        Heading(runs=(plain(words("page.bring")),)),
        Items(items=_sentences(voice, "bring", _papers(voice)), marks="box"),
        Paragraph(runs=(plain(words("page.bring_after")),)),
    ]
    questions = _questions(voice)
    if questions:
        blocks.append(Heading(runs=(plain(words("page.think")),)))
        blocks.append(Items(items=_sentences(voice, "think", questions)))
    blocks.append(Paragraph(runs=(plain(words("page.end")),)))
    return Document(
        title=words("page.title"),
        lang=voice.lang,
        reader="client",
        running=(plain(words("page.sample"), bold=True),) if voice.matter.sample else (),
        footer="",
        page_word="",
        blocks=tuple(blocks),
        plain=True,
    )


def _sentences(voice: Voice, group: str, names: list[str]) -> tuple[Runs, ...]:
    return tuple((plain(voice.words(f"{group}.{name}")),) for name in names)


def _steps(voice: Voice) -> list[str]:
    """The steps that always hold, and those that go with what is open or not yet known."""
    live = [line for line in voice.exposure.lines if line.standing != "closed"]
    found = {_BY_MECHANISM[line.mechanism] for line in live if line.mechanism in _BY_MECHANISM}
    if any(line.tense == "next_time" for line in live):
        found.add("keep_dates")
    return [*_ALWAYS, *sorted(found)]


def _papers(voice: Voice) -> list[str]:
    """Kinds of papers, never a paper by its name: the name alone could tell what happened."""
    kinds = {touchpoint.id: touchpoint.kind for touchpoint in voice.matter.touchpoints}
    found = {"any_letter"}
    for unknown in _unknowns(voice):
        if voice.who(unknown) == "paper":
            kind = voice.catalog.touchpoints.get(kinds.get(unknown.touchpoint, ""))
            found.add(_PAPERS_BY_SECTOR.get(kind.sector, "dates") if kind else "cards")
    return [name for name in ("any_letter", "dates", "cards", "bills", "school") if name in found]


def _questions(voice: Voice) -> list[str]:
    kinds = {unknown.kind for unknown in _unknowns(voice)}
    kinds |= {asked.kind for asked in voice.exposure.ask_next}
    return [name for name in ("date", "place", "fact") if name in kinds]


def _unknowns(voice: Voice) -> list[Unknown]:
    lines = [line for line in voice.exposure.lines if line.standing == "undetermined"]
    return [unknown for line in lines for unknown in line.unknown]
