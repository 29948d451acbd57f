"""What people read of the clinic's own lists and notes, and the day they type for a list. No widget in here."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from clinic_mapper.casefile.dates import in_words, parse, understand
from clinic_mapper.catalog.agreement_history import changes, changes_in_words
from clinic_mapper.catalog.agreement_workbook import AgreementList, Reading
from clinic_mapper.catalog.layers import Refused
from clinic_mapper.catalog.model import Catalog, CatalogFile, Flow, KnownPractice
from clinic_mapper.catalog.notes import NOTES_ID, note_ids
from clinic_mapper.catalog.search import told_apart
from clinic_mapper.clinic_layers import LayerEntry

IN_VAULT = "Lists and notes are kept in a vault. This is the sample, which is kept nowhere: nothing can be added here."
ALL_LISTS = "lists"
"""The id of the layer into which all lists are joined."""


class NoteLine(NamedTuple):
    """A note as a list shows it."""

    kind: str
    id: str
    title: str
    below: str


class Day(NamedTuple):
    """A day as it was typed: in ISO form, "" while it is none; and what to say of it."""

    iso: str
    said: str


def day_typed(typed: str, today: date) -> Day:
    """The one day that people mean, not later than today."""
    stored = understand(typed)
    if stored is None:
        return Day("", "This cannot be read as a date. Type a day, such as July 18, 2025.")
    if not stored:
        return Day("", "Type the day on which ICE published it; it stands on the page and mostly in the file's name.")
    meant = parse(stored)
    if meant.form != "day":
        return Day("", f"{in_words(stored).capitalize()} is not one day. Type the day, month and year.")
    if meant.first > today.toordinal():
        return Day("", f"{in_words(stored)} has not come yet.")
    return Day(stored, f"Understood: {in_words(stored)}.")


def kept_at(saved: str) -> str:
    """When something was kept, in the time of this computer; as it stands where it cannot be read."""
    try:
        return datetime.fromisoformat(saved).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return saved


def entry_below(entry: LayerEntry, refused: tuple[Refused, ...]) -> str:
    """How many rows a layer holds, when it was kept, and whether it is in use."""
    out_of_use = {each.layer for each in refused} & {entry.id, ALL_LISTS if entry.kind == "list" else ""} - {""}
    rows = {0: "cannot be read", 1: "1 row"}.get(entry.rows, f"{entry.rows:,} rows")
    return f"{rows} · kept {kept_at(entry.saved)}{' · not in use' if out_of_use else ''}"


def refused_in_words(refused: tuple[Refused, ...], entries: list[LayerEntry]) -> list[str]:
    """Why layers are not in use, one a line."""
    titles = {entry.id: entry.title for entry in entries} | {ALL_LISTS: "All lists"}
    said = []
    for each in refused:
        title = titles.get(each.layer, "")
        named = not title or title in each.problem.sentence
        said.append(each.problem.sentence if named else f"{title}: {each.problem.sentence}")
    return said


def reading_in_words(reading: Reading) -> str:
    """What stood in a workbook, counted; every row is accounted for."""
    taken = len(reading.list.agreements)
    left_out = reading.rows - reading.blank - taken
    parts = [f"{reading.rows:,} rows read", f"{taken:,} agreements taken", f"{reading.blank:,} rows blank"]
    parts += [f"{left_out:,} rows left out, each told below"] if left_out else []
    return f"{', '.join(parts)}."


def kind_in_words(list_: AgreementList) -> str:
    """What kind of list it is, and of which day."""
    kind = "pending requests" if list_.kind == "pending" else "signed agreements"
    return f"{kind}, as of {in_words(list_.as_of)}"


def use_in_words(list_: AgreementList) -> str:
    """What a list will be used for, and what it is not."""
    if list_.kind == "pending":
        return "A pending request is shown beside a question and answers none."
    return "An agency that is not on the list stays unknown: absence is not a no."


def earlier_list(lists: list[AgreementList], list_: AgreementList) -> AgreementList | None:
    """The newest earlier list of the same kind."""
    before = [each for each in lists if each.kind == list_.kind and each.as_of < list_.as_of]
    return max(before, key=lambda each: each.as_of, default=None)


def compared_in_words(before: AgreementList | None, list_: AgreementList) -> tuple[str, list[str]]:
    """What changed since the list before: a sentence, and the changes one a line."""
    if before is None:
        return "No earlier list of this kind is kept; there is nothing to compare it with.", []
    found = changes(before, list_)
    lines = list(changes_in_words(before, list_))
    if not lines:
        return f"The same agreements as on the list of {before.as_of}.", []
    parts = {"began": found.began, "no longer listed": found.ended, "with another date": found.redated}
    counted = ", ".join(f"{len(rows):,} {words}" for words, rows in parts.items() if rows)
    return f"Since the list of {before.as_of}: {counted}.", lines


def note_lines(notes: CatalogFile, catalog: Catalog) -> list[NoteLine]:
    """Every note as a list shows it."""
    rows = {
        (kind, row.id): row for kind in ("known_practices", "flows", "restrictions") for row in getattr(notes, kind)
    }
    return [NoteLine(kind, id, *_described(rows[kind, id], notes, catalog)) for kind, id in note_ids(notes)]


def _described(row: Any, notes: CatalogFile, catalog: Catalog) -> tuple[str, str]:
    if isinstance(row, KnownPractice):
        place = ", ".join(part for part in (row.city, row.county, row.state) if part)
        whose = row.agency or (kind.en if (kind := catalog.agency_kinds.get(row.agency_kind)) else "any agency there")
        answer = "It is so" if row.is_ == "yes" else "It is not so"
        about = [answer, whose, place, _span(row.since or row.as_of, row.until)]
        return _answers(row.answers, catalog), _joined(*about, f"{row.says}, {row.as_of}")
    told = _told(row, notes)
    if isinstance(row, Flow):
        own = {source.id for source in notes.sources}
        corrected = any(cite.source not in own for cite in row.cites)
        title = f"{'Corrected' if corrected else 'A step of our own'}: {_step(row, catalog)}"
        places = [] if corrected else _places(row, catalog, notes)
        return title, _joined(row.mode.replace("_", " "), *places, _span(row.since, row.until), told)
    effect = "for counsel to judge" if row.acts else "shown, no more"
    where = _place(row.jurisdiction, catalog, notes)
    return f"Our law or policy: {row.name}", _joined(row.citation, where, _span(row.since, row.until), effect, told)


def _answers(answers: str, catalog: Catalog) -> str:
    if answers in catalog.practices:
        words = catalog.practices[answers].en
        return words[:1].upper() + words[1:]
    flow = catalog.flows.get(answers)
    return f"Step: {_step(flow, catalog)}" if flow else f"Something that is no longer in the catalog ({answers})"


def _step(flow: Flow, catalog: Catalog) -> str:
    known = flow.from_ in catalog.systems and flow.to in catalog.systems
    return told_apart(catalog, flow) if known else f"{flow.from_} → {flow.to}"


def _places(flow: Flow, catalog: Catalog, notes: CatalogFile) -> list[str]:
    ids = flow.when.place if flow.when and flow.when.place else ()
    return [_place(id, catalog, notes) for id in ids]


def _place(id: str, catalog: Catalog, notes: CatalogFile) -> str:
    named = next((place for place in notes.places if place.id == id), catalog.places.get(id))
    return f"{named.name}, {id[3:5]}" if named else id.removeprefix("US-")


def _told(row: Any, notes: CatalogFile) -> str:
    """Who told it, how it is known, and when: from the source that is the note's own."""
    own = {source.id: source for source in notes.sources}
    for cite in row.cites:  # what was told last stands first
        if (source := own.get(cite.source)) is not None:
            who = source.publisher.removeprefix("told by ").removesuffix(", noted by the clinic")
            return f"{who}: {source.title}, {source.published}"
    return ""


def _span(since: str | None, until: str | None) -> str:
    return " ".join(part for part in (f"since {since}" if since else "", f"until {until}" if until else "") if part)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def notes_refused(refused: tuple[Refused, ...]) -> Refused | None:
    """Why the notes are not in use; None when they are."""
    return next((each for each in refused if each.layer in (NOTES_ID, "")), None)
