"""Every way out of the program for an invented matter, and what may not be in the file that leaves by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from clinic_mapper.casefile.model import Matter, Touchpoint, answer_of
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo.export import (
    Memo,
    Seen,
    export_case_json,
    export_map_json,
    for_export,
    make_counts,
    make_memo,
)
from clinic_mapper.memo.export_picture import proved_picture, save_picture
from clinic_mapper.memo.export_text import save_csv, save_text
from clinic_mapper.memo.letter_templates import Letter
from clinic_mapper.memo.letters import contacts_for, letters, make_letter
from clinic_mapper.memo.readers import READERS, load_profile
from clinic_mapper.memo.seal import Seal, seal
from clinic_mapper.memo.sign_off import MEMO_READERS, SIGNED_READERS, SignOff, initials_of
from clinic_mapper.problem import Problem
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.model import ExposureMap
from clinic_mapper.ui.picture_png import as_png
from tests.outside_tools.invented import Invented, Planted
from tests.outside_tools.recovered import Needle, needles

TODAY, SIGNED_ON = date(2026, 1, 31), date(2026, 1, 5)

_INSIDE = {"supervisor", "file"}
_AGENCIES = {"court", "request", "letter", "own letter"}
SEES = {
    "code": {*_INSIDE, "cocounsel", "case"},
    "note": {*_INSIDE, "case"},
    "reason": {*_INSIDE, "case"},
    "paper": {*_INSIDE, "cocounsel", "case"},
    "staff": {*_INSIDE, "cocounsel", "case"},
    "day": {*_INSIDE, "case", "request", "letter", "own letter"},
    "agency": {*_INSIDE, "cocounsel", "case", *_AGENCIES},
    "city": {*_INSIDE, "cocounsel", "case", *_AGENCIES},
    "home": {"supervisor", "case"},
    "letter": {"own letter"},
}
"""Who sees what, as docs/readers.md has it. Whoever is not named may not. `home`: where the client lives, and the
agency that tells it; `letter`: what the clinic wrote in a letter of its own; the reader `case`: of the case file."""
_AT_HOME = ("utility", "broker", "tax", "benefits", "school", "surveillance")
_EVERY_STEP = {*_INSIDE, "case"}
"""Who sees the days of steps and answers; of contacts, `day` says it."""


class Exit(NamedTuple):
    """A way out. `reader`: whose file it is. `contacts`: about which it is. `make` writes the file, or refuses.
    `matters`: all that what leaves was made of."""

    name: str
    reader: str
    contacts: set[str]
    matters: tuple[Matter, ...]
    make: Callable[[Path], None]
    suffix: str = ".pdf"


def exits(given: Invented, catalog: Catalog, exposure: ExposureMap, lang: str, signed: bool, more: bool) -> list[Exit]:
    """Those of one matter. `signed`: memos are, with what changed since; `more`: their text, letters, other files."""
    found = [*_memos(given, catalog, exposure, lang, signed, more)]
    if more:
        found += [*_letters(given, catalog, exposure), *_files(given.matter, catalog, exposure, lang)]
    return found


def _saved(made: Callable[[], Memo]) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.write_bytes(made().pdf)

    return make


def _with_text(made: Callable[[], Memo], exit: Exit) -> Iterator[Exit]:
    """The file, and the text that can be copied instead of it, of the same memo."""
    once = _once(made)
    yield exit._replace(make=_saved(once))
    yield exit._replace(name=f"{exit.name}-text", make=lambda path: _discard(save_text(path, once())), suffix=".txt")


def _once(made: Callable[[], Memo]) -> Callable[[], Memo]:
    """Makes a memo when it is first asked for, and gives it, or refuses it, again."""
    kept: list[Memo | Problem] = []

    def given() -> Memo:
        if not kept:
            try:
                kept.append(made())
            except Problem as problem:
                kept.append(problem)
        if isinstance(kept[0], Problem):
            raise kept[0]
        return kept[0]

    return given


def _discard(_data: bytes) -> None:
    """What was written is looked for on the disk."""


def _memos(
    given: Invented, catalog: Catalog, exposure: ExposureMap, lang: str, signed: bool, more: bool
) -> Iterator[Exit]:
    matter, first = given.matter, given.matter.touchpoints[0].id
    by = SignOff(initials=initials_of(given.signer), on=TODAY.isoformat()) if signed else None
    last = _signed_before(given, catalog, lang) if signed else None
    for reader in READERS:
        lines = [line.id for line in exposure.lines if line.touchpoint == first][:3] if reader == "court" else None
        about = {first} if reader in ("request", "court") else {each.id for each in matter.touchpoints}
        since = last if reader in MEMO_READERS else None

        def memo(reader: str = reader, lines=lines, about=about, since=since) -> Memo:
            asked = about if reader == "request" else None
            sign = by if reader in SIGNED_READERS else None
            name = f"memo-{reader}.pdf"
            return make_memo(
                matter, catalog, exposure, reader, lang, name, lines=lines, contacts=asked, signed=sign, last=since
            )

        matters = (matter, given.earlier) if since else (matter,)
        file = Exit(reader, reader, about | {"t9"} if since else about, matters, _saved(memo))
        yield from _with_text(memo, file) if more else [file]


def _signed_before(given: Invented, catalog: Catalog, lang: str) -> Seal:
    earlier = map_exposure(for_export(given.earlier), catalog, SIGNED_ON)
    at = datetime(2026, 1, 5, 12, tzinfo=UTC)
    profile = load_profile("supervisor")
    return seal(given.earlier, 1, catalog, earlier, profile, lang, b"the file", given.signer, at)


def _letters(given: Invented, catalog: Catalog, exposure: ExposureMap) -> Iterator[Exit]:
    matter = given.matter
    offered = [*((letter, False) for letter in letters().values()), *((letter, True) for letter in given.letters)]
    for letter, own in offered:
        possible = contacts_for(letter, matter, catalog)
        if letter.contact == "named" and not possible:
            continue
        contact = possible[0].id if possible else ""

        def page(letter: Letter = letter, own: bool = own, contact: str = contact) -> Memo:
            return make_letter(letter, matter, catalog, exposure, contact, file_name="letter.pdf", own=own)

        about = {contact} if letter.contact == "named" else set()
        file = Exit(f"letter-{letter.id}", "own letter" if own else "letter", about, (matter,), _saved(page))
        yield from _with_text(page, file)


def _files(matter: Matter, catalog: Catalog, exposure: ExposureMap, lang: str) -> Iterator[Exit]:
    everything = {each.id for each in matter.touchpoints}
    first = matter.touchpoints[0].id
    seen_by_court = [line.id for line in exposure.lines if line.touchpoint == first][:3]
    for reader, kinds in {"supervisor": (".svg",), "court": (".svg",), "cocounsel": (".svg", ".png")}.items():
        lines = seen_by_court if reader == "court" else None
        about = {first} if reader == "court" else everything

        def picture(path: Path, reader: str = reader, lines: list[str] | None = lines) -> None:
            save_picture(path, proved_picture(matter, catalog, exposure, reader, lang, lines=lines), as_png)

        for kind in kinds:
            yield Exit(f"picture-{reader}-{kind[1:]}", reader, about, (matter,), picture, kind)
    yield Exit(
        "map", "case", everything, (matter,), lambda path: export_map_json(path, matter, catalog, exposure), ".json"
    )
    yield Exit("case", "case", everything, (matter,), lambda path: export_case_json(path, matter), ".json")


def counts(given: Sequence[Invented], catalog: Catalog, maps: Sequence[ExposureMap]) -> Iterator[Exit]:
    """The counts over many matters: as pages, as text, as a table for spreadsheets."""
    matters = tuple(each.matter for each in given)
    seen = [Seen(matter, exposure) for matter, exposure in zip(matters, maps, strict=True)]
    made = _once(lambda: make_counts(seen, catalog, TODAY))
    file = Exit("counts", "funder", set(), matters, _saved(made))
    yield from _with_text(made, file)
    yield file._replace(name="counts-csv", make=lambda path: _discard(save_csv(path, made())), suffix=".csv")


def forbidden(
    exit: Exit, listed: Sequence[Planted], signer: str, catalog: Catalog
) -> Iterator[tuple[str, list[Needle]]]:
    """What may not be in this file: the listed values and who signed always, the rest by reader and contact."""
    for each in listed:
        yield f"{each.kin}: {each.value}", needles(each.kind, each.value, each.parts)
    if len(signer.split()) > 2:
        yield "who signed", needles("name", signer)
    told = [contact for matter in exit.matters for contact in matter.touchpoints]
    chosen = [contact for contact in told if contact.id in exit.contacts]
    for matter in exit.matters:
        if exit.reader not in SEES["code"]:
            yield "code", needles("code", matter.code)
        yield from _typed(exit.reader, matter)
        yield from _days(exit.reader, matter, chosen)
    for contact in told:
        yield from _whereabouts(exit.reader, contact, chosen, catalog)


def _typed(reader: str, matter: Matter) -> Iterator[tuple[str, list[Needle]]]:
    """What somebody wrote in their own words. Of an answer for this session only nobody reads."""
    notes = [matter.note, *(told.note for told in matter.touchpoints), *(step.note for step in matter.follow_ups)]
    yield from _texts("note", notes, reader)
    yield from _texts("reason", [verdict.reason for verdict in matter.set_aside], reader)
    answers = [matter.client, *(told.facts for told in matter.touchpoints)]
    for answer in filter(None, (answer_of(given) for group in answers for given in group.values())):
        yield from _texts("paper", [answer.paper], "nobody" if answer.session_only else reader)
    if reader not in SEES["staff"]:
        for owner in {step.owner for step in matter.follow_ups if len(step.owner) > 2}:
            yield f"staff {owner}", needles("staff", owner)


def _texts(what: str, texts: list[str], reader: str) -> Iterator[tuple[str, list[Needle]]]:
    for text in texts if reader not in SEES[what] else ():
        if len(text) > 12:
            yield f"{what}: {text}", needles(what, text)


def _days(reader: str, matter: Matter, chosen: list[Touchpoint]) -> Iterator[tuple[str, list[Needle]]]:
    if reader in _EVERY_STEP:
        return
    shown = {contact.when for contact in chosen} if reader in SEES["day"] else set()
    answers = [matter.client, *(told.facts for told in matter.touchpoints)]
    since = [answer.since for group in answers for given in group.values() if (answer := answer_of(given))]
    steps = [day for step in matter.follow_ups for day in (step.sent, step.due)]
    for day in {*since, *steps, *(told.when for told in matter.touchpoints)} - shown:
        if len(day) == 10:
            yield f"day {day}", needles("date", day)


def _whereabouts(
    reader: str, contact: Touchpoint, chosen: list[Touchpoint], catalog: Catalog
) -> Iterator[tuple[str, list[Needle]]]:
    for what, value in (("agency", contact.agency.name), ("city", contact.where.city)):
        near = [each for each in chosen if value in f"{each.agency.name}\n{each.where.city}"]
        shown = any(reader in SEES["home" if _at_home(each, catalog) else what] for each in near)
        if value and not shown:
            yield f"{what} {value}", needles(what, value)


def _at_home(contact: Touchpoint, catalog: Catalog) -> bool:
    return catalog.touchpoints[contact.kind].sector in _AT_HOME
