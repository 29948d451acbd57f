"""The clinic's own notes over the catalog: a practice of an agency, a step, a law; and what keeps one from being taken.

A note becomes ordinary rows of the catalog with a source of its own that says who told it. It never claims more than
that: its steps are at most `reported`, and a law of ours is shown or left to counsel; it closes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from msgspec.structs import replace

from clinic_mapper.catalog.layers import Layer, stacked
from clinic_mapper.catalog.model import (
    Catalog,
    CatalogFile,
    Cite,
    Condition,
    Flow,
    KnownPractice,
    NamedPlace,
    Needs,
    Restriction,
    Source,
)
from clinic_mapper.catalog.references import in_order
from clinic_mapper.catalog.rules import broken_rules
from clinic_mapper.catalog.vocabulary import Mode, Timing
from clinic_mapper.gazetteer import county_named, slug

NOTES_ID = "notes"
NOTES_TITLE = "The clinic's own notes"
NOTED = ("known_practices", "flows", "restrictions")
"""The kinds of row that a note can be."""


class Told(msgspec.Struct, frozen=True):
    """Who says so and how it is known: what every note must tell. `day`: when it was told, an ISO day."""

    who: str
    source: str
    day: str


class At(msgspec.Struct, frozen=True):
    """Where a note holds: a state and, where it is one county's, its full name."""

    state: str = ""
    county: str = ""

    @property
    def id(self) -> str:
        """The place as the catalog names it; "US" where no state is given."""
        if not self.state:
            return "US"
        county = county_named(self.state, self.county) if self.county else None
        return f"US-{self.state}-{slug(county)}" if county else f"US-{self.state}"


class NotedPractice(msgspec.Struct, frozen=True):
    """What an agency does or does not do. `answers`: a practice, agreement or flow. `agency`: its name, "" = any."""

    answers: str
    is_so: bool
    at: At
    told: Told
    city: str = ""
    agency_kind: str = ""
    agency: str = ""
    since: str = ""
    until: str = ""


class NotedStep(msgspec.Struct, frozen=True):
    """A step of our own, from one system to another, in a place."""

    from_: str
    to: str
    mechanism: str
    mode: Mode
    timing: Timing
    carries: tuple[str, ...]
    what_happens: str
    at: At
    told: Told
    since: str = ""
    until: str = ""


class CorrectedStep(msgspec.Struct, frozen=True):
    """A step of the catalog as it is here: another mode, other dates, a doubt that counsel must judge."""

    flow: str
    told: Told
    mode: Mode | None = None
    since: str | None = None
    until: str | None = None
    judge: str = ""


class NotedLaw(msgspec.Struct, frozen=True):
    """A law, order or policy of ours. `to_judge`: counsel must judge steps of these mechanisms; else it is shown."""

    name: str
    citation: str
    says: str
    at: At
    told: Told
    binds: tuple[str, ...]
    mechanisms: tuple[str, ...]
    since: str = ""
    until: str = ""
    to_judge: bool = False


Note = NotedPractice | NotedStep | CorrectedStep | NotedLaw


def rows_of(note: Note, catalog: Catalog) -> CatalogFile:
    """The rows that a note becomes, under ids that no row of the catalog has (a corrected step keeps its own).

    Raises:
        KeyError: a corrected step that is not in the catalog.
    """
    match note:
        case NotedPractice():
            return CatalogFile(known_practices=(_practice(note, catalog),))
        case NotedStep():
            return _with_place(note.at, catalog, flows=(_step(note, catalog),), sources=(_source(note.told, catalog),))
        case CorrectedStep():
            source = _source(note.told, catalog)
            return CatalogFile(flows=(_corrected(note, catalog.flows[note.flow], source),), sources=(source,))
        case NotedLaw():
            return _with_place(
                note.at, catalog, restrictions=(_law(note, catalog),), sources=(_source(note.told, catalog),)
            )


def missing_in(note: Note) -> Iterator[str]:
    """What a note must still tell before it can be taken, as sentences."""
    if isinstance(note, NotedPractice):
        yield from ["Choose what is known."] if not note.answers else []
    if not isinstance(note, CorrectedStep):
        yield from _missing_in_place(note.at)
    if isinstance(note, NotedStep):
        yield from ["Say in a sentence what happens."] if not note.what_happens.strip() else []
        yield from ["Choose what moves."] if not set(note.carries) - {"identity"} else []
        yield from ["A step leads from one system to another."] if note.from_ == note.to else []
        if not note.since:  # a step without a first day would run in every year
            yield "Say since when; if nobody knows, type the day on which it was told."
    if isinstance(note, CorrectedStep) and not (note.mode or note.since or note.until or note.judge.strip()):
        yield "Say what is different here."
    if isinstance(note, NotedLaw):
        yield from ["Give it a name."] if not note.name.strip() else []
        yield from ["Say where it is written."] if not note.citation.strip() else []
        yield from ["Say in a sentence what it says."] if not note.says.strip() else []
        if note.to_judge and not (note.binds and note.mechanisms and note.since):
            yield "For counsel to judge it must say whom it binds, which routes it touches and since when."
    if not note.told.who.strip():
        yield "Say who told it (a role is enough: “public defender”, “jail staff”)."
    if not note.told.source.strip():
        yield "Say how it is known: a letter, a phone call, what was seen."


def _missing_in_place(at: At) -> Iterator[str]:
    """Nobody told the clinic of the whole country; and a county that is misspelt must not become its whole state."""
    if not at.state:
        yield "Choose the state."
    if at.county and county_named(at.state, at.county) is None:
        yield "This county is not on the list of its state."


def faults_of(note: Note, catalog: Catalog) -> list[str]:
    """All that keeps a note from being taken: what it lacks, or what its rows would break; empty when it can be."""
    lacking = list(missing_in(note))
    return lacking or broken_by(rows_of(note, catalog), catalog)


def broken_by(rows: CatalogFile, catalog: Catalog) -> list[str]:
    """What rows laid over a catalog would break, as sentences."""
    stack = stacked(catalog, [Layer("tried", "notes", "This note", rows)])
    if stack.refused:
        return [refused.problem.what for refused in stack.refused]
    before = set(broken_rules(catalog))
    return [f"{broken[1]}: {broken[3]}" for broken in broken_rules(stack.catalog) if broken not in before]


def with_note(notes: CatalogFile, rows: CatalogFile) -> CatalogFile:
    """The notes with these rows in them; a row of the same id is replaced."""
    lists: dict[str, Any] = {}
    for kind in ("sources", "places", *NOTED):
        merged = {row.id: row for row in (*getattr(notes, kind), *getattr(rows, kind))}
        lists[kind] = tuple(row for _, row in sorted(merged.items()))
    return _without_orphans(replace(notes, **lists))


def without_note(notes: CatalogFile, kind: str, id: str) -> CatalogFile:
    """The notes without one row, and without the source that only it had."""
    kept: dict[str, Any] = {kind: tuple(row for row in getattr(notes, kind) if row.id != id)}
    return _without_orphans(replace(notes, **kept))


def _without_orphans(notes: CatalogFile) -> CatalogFile:
    cites = [*(row.cites for row in notes.flows), *(row.cites for row in notes.restrictions)]
    cited = {cite.source for each in cites for cite in each}
    return replace(notes, sources=tuple(source for source in notes.sources if source.id in cited))


def note_ids(notes: CatalogFile) -> list[tuple[str, str]]:
    """Kind and id of every note, in the order in which they are listed."""
    return [(kind, row.id) for kind in NOTED for row in getattr(notes, kind)]


def _practice(note: NotedPractice, catalog: Catalog) -> KnownPractice:
    parts = (note.answers, note.at.id, note.city, note.agency_kind, note.agency)
    wanted = "note-" + "-".join(slug(part) for part in parts if part)
    return KnownPractice(
        id=_free(wanted, catalog.known_practices),
        answers=note.answers,
        is_="yes" if note.is_so else "no",
        state=note.at.state,
        county=county_named(note.at.state, note.at.county) or "",
        city=note.city.strip(),
        agency_kind=note.agency_kind,
        agency=note.agency.strip(),
        since=note.since or None,
        until=note.until or None,
        says=f"{note.told.who.strip()}: {note.told.source.strip()}",
        as_of=note.told.day,
    )


def _step(note: NotedStep, catalog: Catalog) -> Flow:
    receiver = catalog.systems[note.to]
    return Flow(
        id=_free(f"{note.from_}--{note.to}--noted", catalog.flows),
        from_=note.from_,
        to=note.to,
        mechanism=note.mechanism,
        mode=note.mode,
        confidence="reported",
        timing=note.timing,
        practice="by_place",
        needs=Needs(any=tuple(item for item in note.carries if item != "identity")),
        carries=note.carries,
        trigger=note.what_happens.strip(),
        authority="none published",
        as_of=note.told.day,
        cites=(_cite(note.told, catalog),),
        leaves_place=receiver.ice != "operated" and receiver.level in ("federal", "private"),
        when=Condition(place=(note.at.id,)),
        since=note.since or None,
        until=note.until or None,
    )


def _corrected(note: CorrectedStep, flow: Flow, source: Source) -> Flow:
    """The step as it was told: what was told stands first among its sources, and makes no more of it than told. What
    counsel had to judge stays to be judged."""
    doubts = [doubt for doubt in (flow.judge or "", note.judge.strip()) if doubt]
    changed = note.mode or note.since or note.until
    return replace(
        flow,
        mode=note.mode or flow.mode,
        since=note.since or flow.since,
        until=note.until or flow.until,
        confidence="reported" if changed and flow.confidence == "documented" else flow.confidence,
        judge=" ".join(dict.fromkeys(doubts)) or None,
        judge_es=None if note.judge.strip() else flow.judge_es,
        cites=(Cite(source=source.id, at=_how(note.told), basis="recalled"), *flow.cites),
        examples=(),
    )


def _law(note: NotedLaw, catalog: Catalog) -> Restriction:
    ended = bool(note.until) and not in_order(note.told.day, note.until)
    acts = note.to_judge and not ended
    return Restriction(
        id=_free(f"note-law-{slug(note.name)}", catalog.restrictions),
        jurisdiction=note.at.id,
        name=note.name.strip(),
        citation=note.citation.strip(),
        effect="limits",
        says=note.says.strip(),
        status="ended" if ended else "in_force",
        status_as_of=note.told.day,
        as_of=note.told.day,
        cites=(_cite(note.told, catalog),),
        acts=acts,
        effect_on_route="undetermined" if acts else "show",
        binds=note.binds,
        mechanisms=note.mechanisms,
        recipients=("ice", "immigration-agency"),
        since=note.since or None,
        until=note.until or None,
    )


def _source(told: Told, catalog: Catalog) -> Source:
    wanted = f"note-{slug(told.who)}-{told.day}"
    return Source(
        id=_free(wanted, catalog.sources),
        title=_how(told),
        publisher=f"told by {told.who.strip()}, noted by the clinic",
        published=told.day,
        kind="clinic",
    )


def _cite(told: Told, catalog: Catalog) -> Cite:
    """Told is not read: whoever relies on it verifies it first."""
    return Cite(source=_source(told, catalog).id, at="as told to the clinic", basis="recalled")


def _how(told: Told) -> str:
    return told.source.strip()


def _with_place(at: At, catalog: Catalog, **rows: Any) -> CatalogFile:
    """The rows, with the county they name where the catalog has no row for it."""
    if not at.county or at.id in catalog.places:
        return CatalogFile(**rows)
    name = county_named(at.state, at.county) or at.county
    return CatalogFile(places=(NamedPlace(id=at.id, name=name, kind="county"),), **rows)


def _free(wanted: str, taken: Iterable[str]) -> str:
    """The id, or the first of its numbered forms that no row has."""
    ids = set(taken)
    if wanted not in ids:
        return wanted
    return next(name for number in range(2, len(ids) + 3) if (name := f"{wanted}-{number}") not in ids)
