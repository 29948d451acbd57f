"""One row of the catalog as a page to read: what it is, what leads to it and from it, what limits it, where it stands.

Pages are plain values; the window shows them and the command line prints them. Text that names another row carries its
kind and id, so that a reader can go there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from clinic_mapper.catalog.evidence import verify_first
from clinic_mapper.catalog.model import (
    Catalog,
    Cite,
    Condition,
    Flow,
    KnownPractice,
    Remedy,
    Restriction,
    System,
    TouchpointKind,
)
from clinic_mapper.catalog.row import nodes_of
from clinic_mapper.catalog.search import KINDS, step_title, told_apart


class Item(msgspec.Struct, frozen=True):
    """A line of a page. `kind` and `id`: the row it leads to, "" where it leads nowhere. `below`: a quieter line."""

    text: str
    kind: str = ""
    id: str = ""
    below: str = ""


class Section(msgspec.Struct, frozen=True):
    """A part of a page under its heading."""

    heading: str
    items: tuple[Item, ...]


class Page(msgspec.Struct, frozen=True):
    """A row as it is read. `layer`: where the row came from."""

    kind: str
    id: str
    title: str
    below: str
    layer: str
    sections: tuple[Section, ...]


SHIPPED = "Shipped with the program"
_NOTHING = Item("Nothing in this catalog.")
Named = Callable[[str], str]


def page_of(
    catalog: Catalog, kind: str, id: str, today: str, data_words: Named = lambda item: item.replace("_", " ")
) -> Page:
    """The page of a row as of `today`, an ISO day. `data_words` words the items that records hold.

    Raises:
        KeyError: the catalog has no such row.
    """
    row = getattr(catalog, kind)[id]
    title, below, sections = _PAGES[kind](catalog, row, data_words)
    parts = (Section(heading, tuple(items)) for heading, items in sections)
    layer = catalog.origins.get((kind, id), SHIPPED)
    cites = getattr(row, "cites", ())
    sources = (Section("Sources", tuple(_cited(catalog, cite) for cite in cites)),) if cites else ()
    age = getattr(row, "as_of", "")
    doubts = verify_first(row, catalog, today) if cites and age else ()
    doubt = (Section("Verify first", tuple(Item(_DOUBTS[reason]) for reason in doubts)),) if doubts else ()
    told = (Section("Note", (Item(row.note),)),) if getattr(row, "note", None) else ()
    known = f"{KINDS[kind]} · as of {age}" if age else KINDS[kind]
    return Page(
        kind, id, title, " · ".join(part for part in (known, below) if part), layer, (*doubt, *parts, *told, *sources)
    )


def as_text(page: Page) -> str:
    """A page as plain text, for the command line."""
    lines = [page.title, page.below, f"Layer: {page.layer}"]
    for section in page.sections:
        lines += ["", section.heading]
        for item in section.items:
            lines.append(f"  – {item.text}" + (f" [{item.id}]" if item.id else ""))
            lines += [f"    {item.below}"] if item.below else []
    return "\n".join(lines) + "\n"


_DOUBTS = {
    "recalled": "No source of this row was read; it is recalled.",
    "copies": "Its sources were read in third-party copies only.",
    "told": "Some of it was told to the clinic and stands in no source that was read.",
    "old": "Its sources are older than five years.",
}

Sections = Iterator[tuple[str, Iterable[Item]]]
Described = tuple[str, str, Sections]


def _system(catalog: Catalog, row: System, words: Named) -> Described:
    return row.name, row.operator, _about_system(catalog, row, words)


def _about_system(catalog: Catalog, row: System, words: Named) -> Sections:
    yield "What it is", [Item(row.summary), *([Item(f"Also called: {', '.join(row.aliases)}")] if row.aliases else [])]
    yield "What it holds", [Item(", ".join(map(words, row.holds)))]
    if row.ice:
        yield "ICE", [Item("ICE runs it." if row.ice == "operated" else "ICE has a login or a standing feed.")]
    into = [flow for flow in catalog.flows.values() if row.id in (flow.to, *flow.consults)]
    out = [flow for flow in catalog.flows.values() if flow.from_ == row.id]
    made = [kind for kind in catalog.touchpoints.values() if any(each.system == row.id for each in kind.creates)]
    yield "Touchpoints that leave a record in it", [_to("touchpoints", kind.id, kind.en) for kind in made] or [_NOTHING]
    yield "Who feeds it", [_step(catalog, flow, catalog.systems[flow.from_].name) for flow in into] or [_NOTHING]
    yield "Whom it feeds", [_step(catalog, flow, catalog.systems[flow.to].name) for flow in out] or [_NOTHING]
    names = {flow.id for flow in out}
    law = [row_ for row_ in catalog.restrictions.values() if names & set(row_.flows)]
    law += [row_ for row_ in catalog.restrictions.values() if not row_.flows and _binds(row_, row, out)]
    yield from _laws("What limits what leaves it", law)
    done = [each for each in catalog.remedies.values() if row.id in each.systems or names & set(each.flows)]
    yield "How to request, correct or remove", [_remedy(each) for each in done] or [_NOTHING]


def _binds(law: Restriction, system: System, out: list[Flow]) -> bool:
    """Whether a law that names no steps can speak to something that leaves a system: by sector, duty and mechanism."""
    if not law.binds or not set(law.binds) & set(system.bound_as):
        return False
    if law.sectors and system.sector not in law.sectors:
        return False
    return not law.mechanisms or any(flow.mechanism in law.mechanisms for flow in out)


def _flow(catalog: Catalog, row: Flow, words: Named) -> Described:
    return told_apart(catalog, row), catalog.mechanisms[row.mechanism].en, _about_flow(catalog, row, words)


def _about_flow(catalog: Catalog, row: Flow, words: Named) -> Sections:
    yield "What sets it off", [Item(row.trigger)]
    yield "From and to", [_to("systems", id, catalog.systems[id].name) for id in (row.from_, *row.consults, row.to)]
    needed = ", ".join(map(words, row.needs.all or row.needs.any)) or "anything besides identity"
    how = "all of" if row.needs.all else "any of" if row.needs.any else ""
    moved = [Item(" ".join(part for part in ("Needs", how, needed) if part))]
    moved += [Item(f"Carries {', '.join(map(words, row.carries))}")] if row.carries else []
    moved += [Item(f"Adds {', '.join(map(words, row.adds))}")] if row.adds else []
    yield "What moves", moved
    when = " ".join(
        part for part in (f"since {row.since}" if row.since else "", f"until {row.until}" if row.until else "") if part
    )
    yield (
        "How it is known",
        [
            Item(f"{row.confidence.capitalize()}; {row.mode.replace('_', ' ')}; {row.timing.replace('_', ' ')}"),
            *([Item(when.capitalize())] if when else []),
            Item(f"Authority: {row.authority}"),
        ],
    )
    if row.practice != "everywhere" or row.practice_note:
        reach = {"by_place": "Differs from place to place.", "not_known_by_place": "Where it is done is not known."}
        said = [Item(reach[row.practice])] if row.practice in reach else []
        known = [each for each in catalog.known_practices.values() if each.answers == row.id]
        said += [Item(f"Asked of the clinic: whether {row.asked_en}.")] if row.asked_en else []
        yield "Practice", [*said, *([Item(row.practice_note)] if row.practice_note else []), *map(_known, known)]
    if row.shown_by:
        answers = dict.fromkeys(_answer(catalog, node) for node in nodes_of([row.shown_by]) if node.fact or node.client)
        yield "Answers that show it, whatever practice or law says", list(answers)
    if row.judge:
        yield "For counsel to judge", [Item(row.judge)]
    if row.outcome:
        yield "What ICE can do with it", [Item(row.outcome)]
    law = [each for each in catalog.restrictions.values() if row.id in each.flows or _reaches(catalog, each, row)]
    yield from _laws("What limits it", law)
    done = [each for each in catalog.remedies.values() if row.id in each.flows]
    yield "What can be done", [_remedy(each) for each in done] or [_NOTHING]


def _answer(catalog: Catalog, node: Condition) -> Item:
    """A question with one of its answers; where several contacts ask it, as the first of them does."""
    own = (each for kind in catalog.touchpoints.values() for each in kind.questions)
    questions = (each for each in (*own, *catalog.client_questions.values()) if each.id in (node.fact, node.client))
    for question in questions:
        for choice in question.choices:
            if choice.value == node.is_:
                return Item(f"{question.en} – {choice.en}")
        if node.is_ in question.values:
            return Item(f"{question.en} – {node.is_}")
    return Item(f"{node.fact or node.client} – {node.is_}")


def _laws(heading: str, rows: Iterable[Restriction]) -> Sections:
    """Law that changes a route, then law that is only shown beside one; federal law first."""
    ordered = sorted(rows, key=lambda row: (row.jurisdiction != "US", row.jurisdiction, row.name))
    yield heading, [_law(row) for row in ordered if row.acts] or [_NOTHING]
    shown = [_law(row) for row in ordered if not row.acts]
    if shown:
        yield "Law shown beside it, which changes no route", shown


def _reaches(catalog: Catalog, law: Restriction, flow: Flow) -> bool:
    sender, receiver = catalog.systems[flow.from_], catalog.systems[flow.to]
    if law.flows or flow.id in law.not_flows or not _binds(law, sender, [flow]):
        return False
    return not law.recipients or bool(set(law.recipients) & set(receiver.received_as))


def _restriction(catalog: Catalog, row: Restriction, words: Named) -> Described:
    return row.name, row.citation, _about_law(catalog, row, words)


def _about_law(catalog: Catalog, row: Restriction, words: Named) -> Sections:
    state = f"{row.status.replace('_', ' ').capitalize()} as of {row.status_as_of}"
    span = "; ".join(
        part for part in (f"since {row.since}" if row.since else "", f"until {row.until}" if row.until else "") if part
    )
    yield "What it says", [Item(row.says), Item(f"{state}{f'; {span}' if span else ''} · {row.jurisdiction}")]
    effects = {
        "close": "Bars a step on paper.",
        "undetermined": "Leaves a step for counsel to judge.",
        "practice_yes": "Orders a step: it answers the question of practice.",
        "show": "Is shown beside a route and changes nothing.",
    }
    yield "What it does to a route", [Item(effects[row.effect_on_route])]
    if row.allows_when or row.unless:
        lifted = [Item(each.text, below=each.question or "") for each in row.unless]
        yield "What it allows", [*([Item(row.allows_when)] if row.allows_when else []), *lifted]
    if row.caveat:
        yield "Caveat", [Item(row.caveat)]
    steps = [catalog.flows[id] for id in row.flows if id in catalog.flows]
    if steps:
        yield "Steps it names", [_to("flows", flow.id, told_apart(catalog, flow)) for flow in steps]
    beaten = [catalog.restrictions[id] for id in row.yields_to if id in catalog.restrictions]
    if beaten:
        yield "Gives way to", map(_law, beaten)


def _remedy_page(catalog: Catalog, row: Remedy, words: Named) -> Described:
    return row.title, row.recipient, _about_remedy(catalog, row, words)


def _about_remedy(catalog: Catalog, row: Remedy, words: Named) -> Sections:
    yield "Who learns what", [Item(row.learns or "Not said in this catalog.")]
    yield "How", [Item(f"{number}. {step}") for number, step in enumerate(row.how, 1)]
    told = {"Authority": row.authority, "Needs": row.needs, "Time": row.deadline, "Who takes it": row.who}
    yield "What it takes", [Item(f"{name}: {text}") for name, text in told.items() if text] or [_NOTHING]
    if row.caution:
        yield "Caution", [Item(row.caution)]
    systems = [_to("systems", id, catalog.systems[id].name) for id in row.systems]
    yield (
        "For",
        [*systems, *(_to("flows", id, told_apart(catalog, catalog.flows[id])) for id in row.flows)] or [_NOTHING],
    )


def _touchpoint(catalog: Catalog, row: TouchpointKind, words: Named) -> Described:
    return row.en, row.es, _about_touchpoint(catalog, row, words)


def _about_touchpoint(catalog: Catalog, row: TouchpointKind, words: Named) -> Sections:
    records = [
        _to("systems", each.system, catalog.systems[each.system].name, ", ".join(map(words, each.data)))
        for each in row.creates
    ]
    yield "The record it leaves", records or [_NOTHING]
    if row.asked_as:
        yield "What a records request calls it", [Item(row.asked_as.en, below=row.asked_as.es)]
    yield "What is asked", [Item(each.en, below=each.why_en) for each in row.questions] or [_NOTHING]


def _practice(catalog: Catalog, row: Any, words: Named) -> Described:
    return row.en[:1].upper() + row.en[1:], "what a clinic may know of an agency", _about_practice(catalog, row, words)


def _about_practice(catalog: Catalog, row: Any, words: Named) -> Sections:
    known = [each for each in catalog.known_practices.values() if each.answers == row.id]
    yield "Known of agencies", map(_known, known) if known else [_NOTHING]
    steps = [each for each in catalog.flows.values() if any(_turns_on(node, row.id) for node in nodes_of([each.when]))]
    told = [_to("flows", each.id, step_title(catalog, each), each.trigger) for each in steps]
    yield "Steps that turn on it", told or [_NOTHING]


def _turns_on(node: Condition, practice: str) -> bool:
    return practice in (node.practice, node.agreement)


def _known_page(catalog: Catalog, row: KnownPractice, words: Named) -> Described:
    where = ", ".join(part for part in (row.agency, row.city, row.county, row.state) if part)
    return where, row.says, _about_known(catalog, row, words)


def _about_known(catalog: Catalog, row: KnownPractice, words: Named) -> Sections:
    if row.answers in catalog.practices:
        what = _to("practices", row.answers, catalog.practices[row.answers].en)
    else:
        what = _to("flows", row.answers, told_apart(catalog, catalog.flows[row.answers]))
    is_so = {"yes": "It is so.", "no": "It is not so.", "asked for": "Asked for; this settles nothing."}[row.is_]
    yield "What is known", [what, Item(is_so), Item(_span_of(row))]


def _source(catalog: Catalog, row: Any, words: Named) -> Described:
    return row.title, f"{row.publisher}, {row.published}", _about_source(catalog, row, words)


def _about_source(catalog: Catalog, row: Any, words: Named) -> Sections:
    if row.third_party_copy:
        yield "Copy", [Item("Read in a third-party copy: check the publisher's own text before quoting.")]
    citing = [
        _to(kind, each.id, _title(catalog, kind, each), f"at {cite.at}")
        for kind in ("systems", "flows", "restrictions", "remedies", "touchpoints")
        for each in getattr(catalog, kind).values()
        for cite in each.cites
        if cite.source == row.id
    ]
    yield "Rows that rest on it", citing or [_NOTHING]


def _title(catalog: Catalog, kind: str, row: Any) -> str:
    if kind == "flows":
        return told_apart(catalog, row)
    return str(getattr(row, "name", None) or getattr(row, "title", None) or row.en)


def _to(kind: str, id: str, text: str, below: str = "") -> Item:
    return Item(text, kind, id, below)


def _step(catalog: Catalog, flow: Flow, other: str) -> Item:
    how = (
        f"{catalog.mechanisms[flow.mechanism].en}; {flow.mode.replace('_', ' ')}; {flow.confidence}; as of {flow.as_of}"
    )
    return _to("flows", flow.id, other, f"{flow.trigger} ({how})")


def _law(row: Restriction) -> Item:
    return _to("restrictions", row.id, f"{row.name} ({row.jurisdiction})", f"{row.says} As of {row.as_of}.")


def _remedy(row: Remedy) -> Item:
    return _to("remedies", row.id, row.title, row.learns or "")


def _known(row: KnownPractice) -> Item:
    where = ", ".join(part for part in (row.agency, row.county, row.state) if part)
    return _to("known_practices", row.id, f"{where}: {row.is_}", f"{_span_of(row)} {row.says}.")


def _span_of(row: KnownPractice) -> str:
    start = f"Since {row.since}" if row.since else f"Known on {row.as_of}"
    return f"{start}, until {row.until}." if row.until else f"{start}; as of {row.as_of}."


def _cited(catalog: Catalog, cite: Cite) -> Item:
    source = catalog.sources[cite.source]
    copy = " Read in a third-party copy." if source.third_party_copy else ""
    recalled = " Recalled, not read: verify first." if cite.basis == "recalled" else ""
    return _to(
        "sources",
        source.id,
        f"{source.title}. {source.publisher}, {source.published}",
        f"At {cite.at}.{copy}{recalled}",
    )


_PAGES: dict[str, Callable[[Catalog, Any, Named], Described]] = {
    "systems": _system,
    "flows": _flow,
    "restrictions": _restriction,
    "remedies": _remedy_page,
    "touchpoints": _touchpoint,
    "practices": _practice,
    "known_practices": _known_page,
    "sources": _source,
}
