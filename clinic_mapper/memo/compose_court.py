"""The statement for a court: the chosen routes step by step, with law and sources. No strategy, no confidences."""

from __future__ import annotations

from clinic_mapper.memo.acronyms import spelled_out, spelled_out_in_english
from clinic_mapper.memo.compose_hops import hops_of
from clinic_mapper.memo.compose_lines import by_mechanism, closing_runs, how_said, strongest
from clinic_mapper.memo.compose_sources import laws_part, sources_part
from clinic_mapper.memo.document import (
    Blank,
    Block,
    Document,
    Entry,
    Heading,
    Items,
    NoteBox,
    Paragraph,
    Run,
    Runs,
    Table,
)
from clinic_mapper.memo.languages import with_languages
from clinic_mapper.memo.phrases import Voice, after, plain
from clinic_mapper.memo.sign_off import SignOff
from clinic_mapper.routing.model import Line, Route, Unknown


def compose_court(voice: Voice, signed: SignOff | None = None) -> Document:
    """The statement. Counsel writes in whose case it is; this program prints no name and no number.

    Until somebody signed it every page says that it is a draft. After that nothing does, and nothing else is printed in
    its place: counsel signs the paper by hand.
    """
    words = voice.words
    blocks = (
        *_head(voice),
        *_contacts(voice),
        *_routes(voice),
        *_limits(voice),
        Blank(label=words("court.signed")),
        *laws_part(voice, "court.law"),
        *sources_part(voice, "court.sources"),
    )
    over = [plain(words("memo.sample"), bold=True)] if voice.matter.sample else []
    over += [] if signed else [plain(words("memo.draft"))]
    document = Document(
        title=words("court.title"),
        lang=voice.lang,
        reader="court",
        running=after("  ·  ", over),
        footer="",
        page_word=words("memo.page"),
        blocks=blocks,
    )
    return spelled_out_in_english(spelled_out(with_languages(document, voice.catalog), words), words)


def _head(voice: Voice) -> list[Block]:
    words = voice.words
    blocks: list[Block] = [Heading(runs=(plain(words("court.title")),), level=0)]
    if voice.matter.sample:
        said = (plain(words("memo.sample_says")),)
        blocks.append(NoteBox(title=(plain(words("memo.sample"), bold=True),), paragraphs=(said,)))
    about: Runs = (
        plain(words("court.court")),
        plain("  "),
        plain(words("court.case")),
        plain("  "),
        plain(words("court.number")),
    )
    dated = plain(words("court.dated", date=voice.date(voice.exposure.today).text))
    return [
        *blocks,
        Paragraph(runs=about),
        Paragraph(runs=(dated,)),
        Heading(runs=(plain(words("court.purpose")),)),
        Paragraph(runs=(plain(words("court.purpose_says")),)),
        Paragraph(runs=(plain(words("court.terms")),), style="small"),
        Paragraph(runs=(plain(words("court.verify"), italic=True),), style="small"),
    ]


def _contacts(voice: Voice) -> list[Block]:
    words, matter = voice.words, voice.matter
    if not matter.touchpoints:
        return []
    rows: list[tuple[Runs, ...]] = []
    for touchpoint in matter.touchpoints:
        relative: Runs = ()
        if voice.is_about_relative(touchpoint):
            said = words("court.relative") + " "
            relative = (Run(text=said, tag="third-person", forms=(("role", said),)),)
        number = plain(str(voice.number[touchpoint.id]))
        office: Runs = (*voice.agency(touchpoint), plain(" · "), voice.place(touchpoint))
        rows.append(((number,), (voice.date(touchpoint.when),), (*relative, voice.label(touchpoint)), office))
    head = (words("facts.no"), words("facts.when"), words("court.kind"), words("court.office"))
    return [
        Heading(runs=(plain(words("court.contacts")),)),
        Table(head=head, rows=tuple(rows), widths=(0.06, 0.17, 0.41, 0.36)),
    ]


def _routes(voice: Voice) -> list[Block]:
    words = voice.words
    blocks: list[Block] = [Heading(runs=(plain(words("court.routes")),))]
    if voice.exposure.cut:
        blocks.append(Paragraph(runs=(plain(words("court.cut"), bold=True),)))
    if not voice.exposure.lines:
        return [*blocks, Paragraph(runs=(plain(words("court.none")),))]
    blocks.append(Paragraph(runs=(plain(words("court.strongest")),), style="small"))
    excused: set[str] = set()
    for family in by_mechanism(voice.exposure.lines):
        for way in _ways(voice, family):
            blocks.append(_entry(voice, way, excused))
    return blocks


def _ways(voice: Voice, family: list[Line]) -> list[list[Line]]:
    """The lines of a mechanism whose strongest routes take the same steps for the same reasons."""
    ways: dict[tuple[object, ...], list[Line]] = {}
    for line in family:
        route = strongest(voice, line)
        steps = tuple((hop.flow, hop.to, hop.law) for hop in route.hops)
        asked = frozenset(voice.unknown(each) for each in route.unknown)
        key = (route.standing, route.closed_by, route.tense, route.arrives, route.systems, steps, asked)
        ways.setdefault(key, []).append(line)
    return list(ways.values())


def _entry(voice: Voice, way: list[Line], excused: set[str]) -> Entry:
    routes = [strongest(voice, line) for line in way]
    lead = routes[0]
    name = Run(text=voice.mechanism(lead.mechanism), tag="route", bold=True)
    contacts = plain(f" · {voice.contacts([line.touchpoint for line in way])}")
    how = (plain(f" · {how_said(voice, lead)}"),) if lead.standing != "closed" else (plain(". "),)
    closing = closing_runs(voice, lead, excused) if lead.standing == "closed" else ()
    return Entry(
        standing=lead.standing,
        word=voice.words(f"standing.{lead.standing}"),
        title=(name, contacts, *how, *closing),
        blocks=(hops_of(voice, routes), *_turns_on(voice, lead)),
    )


def _turns_on(voice: Voice, route: Route) -> tuple[Paragraph, ...]:
    """What an undetermined route turns on; a question that would tell a confidence is not printed, only that it is."""
    if not route.unknown:
        return ()
    shown = [each for each in dict.fromkeys(route.unknown) if not _confides(voice, each)]
    asked = list(dict.fromkeys(_named(voice, each) for each in shown))
    if len(shown) < len(set(route.unknown)):
        asked.append(plain(voice.words("court.not_stated")))
    runs = (plain(voice.words("court.turns_on"), bold=True), *after(" · ", asked))
    return (Paragraph(runs=runs, style="fine"),)


def _named(voice: Voice, unknown: Unknown) -> Run:
    """What is not known, in a few words where there are some: a court is not asked what a client is."""
    return voice.gist_run(unknown.id, unknown.touchpoint) if unknown.kind == "fact" else voice.unknown(unknown)


def _confides(voice: Voice, unknown: Unknown) -> bool:
    question = voice.question(unknown.id, unknown.touchpoint) if unknown.kind == "fact" else None
    return question is not None and question.admission


def _limits(voice: Voice) -> list[Block]:
    words, exposure = voice.words, voice.exposure
    dated = words("limits.catalog", version=exposure.catalog_version, as_of=voice.day(exposure.catalog_as_of))
    if voice.lang != "en":
        dated += " " + words("limits.catalog_language")
    items: list[Runs] = [(plain(words(f"court.limit_{name}")),) for name in ("sources", "practice", "names")]
    return [
        Heading(runs=(plain(words("court.limits")),)),
        Paragraph(runs=(plain(dated),), style="small"),
        Items(items=tuple(items), style="small"),
    ]
