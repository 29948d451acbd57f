"""The memo as a document, written for its reader from the start. Nothing is drawn here and nothing is left out here."""

from __future__ import annotations

from collections.abc import Callable

from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.model import Catalog, Remedy
from clinic_mapper.memo import compose_appendix, compose_facts, compose_lines, compose_sources, compose_steps
from clinic_mapper.memo.acronyms import spelled_out, spelled_out_in_english
from clinic_mapper.memo.compose_client import compose_client
from clinic_mapper.memo.compose_court import compose_court
from clinic_mapper.memo.compose_follow_ups import follow_ups_part
from clinic_mapper.memo.compose_funder import compose_funder
from clinic_mapper.memo.compose_grounds import grounds_part
from clinic_mapper.memo.compose_request import compose_request
from clinic_mapper.memo.compose_signed import at_the_end, in_legend, over_every_page
from clinic_mapper.memo.compose_since import since_part
from clinic_mapper.memo.counts import count_one
from clinic_mapper.memo.custody import held_now, time_bound
from clinic_mapper.memo.document import Block, Document, Heading, Items, NoteBox, Paragraph, Run, Runs
from clinic_mapper.memo.languages import with_languages
from clinic_mapper.memo.phrases import Voice, plain
from clinic_mapper.memo.sign_off import SignOff
from clinic_mapper.memo.since import Since
from clinic_mapper.memo.words import load_words
from clinic_mapper.routing.model import ExposureMap, Standing


def compose(
    matter: Matter,
    catalog: Catalog,
    exposure: ExposureMap,
    reader: str,
    lang: str = "en",
    *,
    signed: SignOff | None = None,
    since: Since | None = None,
) -> Document:
    """The document for a reader, every run tagged with what it discloses.

    `exposure` must come from the same matter without its answers for this session only (`withhold.for_export`).
    `signed`: by whom, else it is a draft. `since`: what changed since the memo that was signed last; pages that are
    no memo leave it out.
    """
    words = load_words(lang)
    voice = Voice(matter, catalog, exposure, words)
    if reader == "court":
        return compose_court(voice, signed)
    if reader in _PAGES:
        return _PAGES[reader](voice)
    if reader == "funder":
        return compose_funder(count_one(matter, catalog, exposure), catalog, words, exposure.today)
    blocks = (
        *_head(voice, reader, signed),
        *_custody(voice),
        *_short_answer(voice),
        *compose_steps.first_steps(voice),
        *since_part(since, catalog, words),
        *compose_facts.facts_part(voice),
        *compose_lines.lines_part(voice),
        *grounds_part(voice),
        *compose_steps.settle_part(voice),
        *follow_ups_part(voice),
        *compose_steps.remedies_part(voice),
        *compose_sources.limits_part(voice, compose_steps.asked_above(voice)),
        at_the_end(words, signed),
        *compose_appendix.routes_part(voice),
        *compose_sources.laws_part(voice),
        *compose_sources.sources_part(voice),
    )
    document = Document(
        title=words("memo.title"),
        lang=lang,
        reader=reader,
        running=_running(voice, signed),
        footer=words("memo.footer"),
        page_word=words("memo.page"),
        blocks=blocks,
    )
    return spelled_out_in_english(spelled_out(with_languages(document, catalog), words), words)


_PAGES: dict[str, Callable[[Voice], Document]] = {
    "client": compose_client,
    "request": compose_request,
}


def _running(voice: Voice, signed: SignOff | None) -> Runs:
    runs = [Run(text=voice.matter.code, tag="code"), plain("  ·  "), *over_every_page(voice.words, signed)]
    if voice.matter.sample:
        runs = [plain(voice.words("memo.sample"), bold=True), plain("  ·  "), *runs]
    return tuple(runs)


def _head(voice: Voice, reader: str, signed: SignOff | None) -> list[Block]:
    words = voice.words
    about: Runs = (
        plain(words("memo.matter"), bold=True),
        Run(text=voice.matter.code, tag="code"),
        plain("  ·  "),
        plain(words("memo.for"), bold=True),
        plain(words(f"memo.reader_{reader}")),
        plain("  ·  "),
        plain(words("memo.date"), bold=True),
        plain(voice.date(voice.exposure.today).text),
    )
    head: list[Block] = [Heading(runs=(plain(words("memo.title")),), level=0)]
    if voice.matter.sample:
        head.append(
            NoteBox(title=(plain(words("memo.sample"), bold=True),), paragraphs=((plain(words("memo.sample_says")),),))
        )
    return [
        *head,
        Paragraph(runs=(plain(words("memo.legend"), bold=True),), style="small"),
        Paragraph(runs=in_legend(words, signed), style="small"),
        Paragraph(runs=about),
    ]


def _custody(voice: Voice) -> list[Block]:
    if not held_now(voice.matter):
        return []
    said: Runs = (plain(voice.words("memo.custody_says")),)
    listed = [_time_bound(row) for row in time_bound(voice.matter, voice.catalog, voice.lang)]
    return [
        NoteBox(
            title=(Run(text=voice.words("memo.custody"), tag="answer", bold=True),),
            paragraphs=(said, *listed),
            kind="time-bound",
        )
    ]


def _time_bound(row: Remedy) -> Runs:
    """What to do, by when, and with whom."""
    by_when = f" – {row.deadline}" if row.deadline else ""
    return (Run(text=row.title, tag="remedy", bold=True), Run(text=f"{by_when}. {row.recipient}.", tag="remedy"))


def _short_answer(voice: Voice) -> list[Block]:
    words, exposure = voice.words, voice.exposure
    contacts = words.counted("count.contact", len(voice.matter.touchpoints))
    asked: Runs = (plain(words("memo.question_text", contacts=contacts)),)
    blocks: list[Block] = [Heading(runs=(plain(words("memo.question")),)), Paragraph(runs=asked)]
    blocks.append(Heading(runs=(plain(words("memo.answer")),)))
    if not exposure.lines:
        return [*blocks, Paragraph(runs=(plain(words("memo.nothing_found")),), style="lead")]
    counts = {standing: len(compose_lines.lines_of(voice, standing)) for standing in ("open", "undetermined", "closed")}
    aside = len(compose_lines.lines_aside(voice))
    said = words(
        "memo.answer_text",
        total=words.counted("count.line", len(exposure.lines)),
        **_numbers(voice, {standing: counts[standing] for standing in ("open", "undetermined", "closed")}),
    )
    lead = [plain(said, bold=True)]
    if aside:
        lead.append(plain(" " + words.counted("count.aside", aside), bold=True))
    blocks.append(Paragraph(runs=tuple(lead), style="lead"))
    items = [_summed_up(voice, standing) for standing in ("open", "undetermined")]
    blocks.append(Items(items=tuple(item for item in items if item)))
    blocks.append(Paragraph(runs=(plain(words("memo.open_means"), italic=True),)))
    return blocks


def _summed_up(voice: Voice, standing: Standing) -> Runs:
    """Which mechanisms, and from which contacts: “booking prints to DHS, contacts 1 and 4”."""
    found: dict[str, list[str]] = {}
    for line in compose_lines.lines_of(voice, standing):
        found.setdefault(line.mechanism, []).append(line.touchpoint)
    if not found:
        return ()
    parts = [f"{voice.mechanism(id)}, {voice.contacts(_once(ids))}" for id, ids in found.items()]
    title = plain(voice.words(f"standing_title.{standing}") + ": ", bold=True)
    return (title, Run(text="; ".join(parts) + ".", tag="route"))


def _once(ids: list[str]) -> list[str]:
    return list(dict.fromkeys(ids))


def _numbers(voice: Voice, counts: dict[str, int]) -> dict[str, str]:
    """All of them in letters; in digits where one of them is too large: a sentence does not mix the two."""
    keys = {name: f"number.{count}" for name, count in counts.items()}
    in_letters = all(key in voice.words for key in keys.values())
    return {name: voice.words(keys[name]) if in_letters else str(count) for name, count in counts.items()}
