"""What a reader does not see: left out of the document before anything is drawn, and listed so that it can be searched.

Two ways that must agree. The document loses its runs by their tags; and the matter itself can be reduced to what the
reader may see, so that a memo made from the reduced matter says the same (a test holds this, the proof uses it).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from clinic_mapper.casefile.codec import for_storage
from clinic_mapper.casefile.model import (
    DECLINED,
    UNKNOWN,
    Agency,
    Answer,
    FollowUp,
    Matter,
    Touchpoint,
    Where,
    answer_of,
)
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo.document import (
    Block,
    Document,
    Entry,
    Heading,
    Hops,
    Items,
    NoteBox,
    Paragraph,
    Run,
    Runs,
    Table,
    Tag,
)
from clinic_mapper.memo.generalize import date_at, place_at
from clinic_mapper.memo.places import place_tag
from clinic_mapper.memo.readers import Profile
from clinic_mapper.memo.spellings import Spelling, spellings_of


class Withheld(msgspec.Struct, frozen=True, kw_only=True):
    """A value that a file may not contain. `kind`: a disclosure tag or the kind of an identifier.

    `identifier`: no file for any reader may contain it, so nothing that people typed excuses it.
    """

    value: str
    kind: str
    where: str
    spellings: tuple[Spelling, ...]
    identifier: bool = False


def for_export(matter: Matter) -> Matter:
    """The matter as it may be exported: answers for this session only count as not asked. Map it again from this."""
    return for_storage(matter)


def withhold(document: Document, profile: Profile) -> Document:
    """The document as its reader may see it. Nothing withheld is in it in any form."""
    blocks = tuple(kept for block in document.blocks for kept in _kept_block(block, profile))
    return replace(document, running=_kept(document.running, profile), blocks=blocks)


def _kept(runs: Runs, profile: Profile) -> Runs:
    kept: list[Run] = []
    for run in runs:
        level = profile.level(run.tag)
        if level:
            said = run.at(level)
            if said:
                kept.append(replace(run, text=said, forms=()))
        elif profile.keeps(run.tag):
            kept.append(replace(run, forms=()))
    return tuple(kept)


def _kept_block(block: Block, profile: Profile) -> Iterator[Block]:
    match block:
        case Heading(runs=runs):
            yield from _if_any(replace(block, runs=_kept(runs, profile)), _kept(runs, profile))
        case Paragraph(runs=runs, discloses=tag):
            if not profile.withholds(tag):
                yield from _if_any(replace(block, runs=_kept(runs, profile)), _kept(runs, profile))
        case Items(items=items):
            left = tuple(kept for item in items if (kept := _kept(item, profile)))
            yield from _if_any(replace(block, items=left), left)
        case Table(rows=rows) | Hops(rows=rows):
            cells = tuple(tuple(_kept(cell, profile) for cell in row) for row in rows)
            yield replace(block, rows=cells)
        case NoteBox(title=title, paragraphs=paragraphs):
            inside = tuple(kept for each in paragraphs if (kept := _kept(each, profile)))
            yield replace(block, title=_kept(title, profile), paragraphs=inside)
        case Entry(title=title, blocks=blocks):
            inner = tuple(kept for each in blocks for kept in _kept_block(each, profile))
            yield replace(block, title=_kept(title, profile), blocks=inner)
        case _:
            yield block


def _if_any(block: Block, what: Iterable[object]) -> Iterator[Block]:
    if any(True for _ in what):
        yield block


def reduced(matter: Matter, profile: Profile, catalog: Catalog) -> Matter:
    """The matter with nothing in it that the reader may not see (its touchpoints' kinds and choices remain)."""
    return replace(
        matter,
        code="" if profile.withholds("code") else matter.code,
        client=_reduced_answers(matter.client, profile),
        touchpoints=tuple(_reduced_touchpoint(touchpoint, profile, catalog) for touchpoint in matter.touchpoints),
        identifiers=(),
        set_aside=tuple(
            replace(verdict, reason="" if profile.withholds("reason") else verdict.reason)
            for verdict in matter.set_aside
        ),
        follow_ups=tuple(_reduced_follow_up(each, profile) for each in matter.follow_ups),
        note="" if profile.withholds("note") else matter.note,
    )


def _reduced_follow_up(follow_up: FollowUp, profile: Profile) -> FollowUp:
    return replace(
        follow_up,
        owner="" if profile.withholds("staff") else follow_up.owner,
        due=_reduced_date(follow_up.due, profile),
        sent=_reduced_date(follow_up.sent, profile),
        ended=_reduced_date(follow_up.ended, profile),
        note="" if profile.withholds("note") else follow_up.note,
    )


def _reduced_touchpoint(touchpoint: Touchpoint, profile: Profile, catalog: Catalog) -> Touchpoint:
    tag = place_tag(catalog, touchpoint)
    named = profile.keeps("agency-name") and (tag == "place" or profile.keeps(tag))
    kind = "" if profile.withholds("agency-kind") else touchpoint.agency.kind
    return replace(
        touchpoint,
        when=_reduced_date(touchpoint.when, profile),
        where=Where() if profile.withholds(tag) else place_at(touchpoint.where, profile.level(tag)),
        agency=Agency(kind=kind, name=touchpoint.agency.name if named else ""),
        facts=_reduced_answers(touchpoint.facts, profile),
        practices=_reduced_answers(touchpoint.practices, profile),
        note="" if profile.withholds("note") else touchpoint.note,
    )


def _reduced_date(when: str, profile: Profile) -> str:
    return "" if profile.withholds("date") else date_at(when, profile.level("date"))


def _reduced_answers(answers: dict[str, Answer | str], profile: Profile) -> dict[str, Answer | str]:
    if profile.withholds("answer"):
        return {}
    kept: dict[str, Answer | str] = {}
    for name, given in answers.items():
        answer = answer_of(given)
        if answer is not None and not answer.session_only:
            paper = "" if profile.withholds("paper") else answer.paper
            kept[name] = replace(answer, paper=paper, since=_reduced_date(answer.since, profile))
    return kept


def bare(matter: Matter, catalog: Catalog | None = None) -> Matter:
    """The matter without a word that somebody typed: kinds, choices, dates and states only.

    What a memo made from this says is our own wording; nothing else can excuse the name of a person. A case file that
    somebody made can hold a name where a kind, a question or a choice stands: what the catalog does not know goes too
    (without a catalog: what is not written as its ids are).
    """
    ours = _known_to(catalog) if catalog else _is_written_as_an_id
    return replace(
        matter,
        code="",
        client=_untyped(matter.client, ours),
        touchpoints=tuple(
            replace(
                touchpoint,
                kind=touchpoint.kind if ours(touchpoint.kind) else "unknown",
                where=Where(state=touchpoint.where.state if len(touchpoint.where.state) == 2 else ""),
                agency=Agency(kind=touchpoint.agency.kind if ours(touchpoint.agency.kind) else ""),
                facts=_untyped(touchpoint.facts, ours),
                practices=_untyped(touchpoint.practices, ours),
                note="",
            )
            for touchpoint in matter.touchpoints
        ),
        identifiers=(),
        set_aside=tuple(replace(verdict, reason="") for verdict in matter.set_aside),
        follow_ups=_untyped_follow_ups(matter, ours),
        note="",
    )


def _untyped_follow_ups(matter: Matter, ours: Ours) -> tuple[FollowUp, ...]:
    contacts = {touchpoint.id for touchpoint in matter.touchpoints}
    return tuple(
        replace(
            each,
            id=f"f{number}",
            about=each.about if each.about in contacts else "",
            remedy=each.remedy if ours(each.remedy) else "",
            letter=each.letter if ours(each.letter) else "",
            owner="",
            note="",
        )
        for number, each in enumerate(matter.follow_ups, 1)
    )


Ours = Callable[[str], bool]


def _untyped(answers: dict[str, Answer | str], ours: Ours) -> dict[str, Answer | str]:
    full = ((name, answer_of(given)) for name, given in answers.items())
    return {
        name: replace(answer, paper="")
        for name, answer in full
        if answer and not answer.session_only and ours(name) and ours(answer.value)
    }


def _known_to(catalog: Catalog) -> Ours:
    questions = [*catalog.client_questions.values(), *catalog.shared_questions.values()]
    questions += [question for kind in catalog.touchpoints.values() for question in kind.questions]
    known = {UNKNOWN, DECLINED, "yes", "no", *(question.id for question in questions)}
    known.update(value for question in questions for value in question.values)
    kinds = (catalog.touchpoints, catalog.agency_kinds, catalog.practices, catalog.flows, catalog.restrictions)
    for kind in (*kinds, catalog.remedies):
        known |= kind.keys()
    return known.__contains__


_ID = re.compile(r"[a-z0-9]+(?:[ -]+[a-z0-9]+)*")
_MOST_DIGITS_OF_AN_ID = 4


def _is_written_as_an_id(text: str) -> bool:
    return bool(_ID.fullmatch(text)) and sum(map(str.isdigit, text)) <= _MOST_DIGITS_OF_AN_ID


def withheld_values(matter: Matter, catalog: Catalog, profile: Profile) -> tuple[Withheld, ...]:
    """Everything in the matter that may not be in a file for this reader, each value once, in all its spellings."""
    return (*_told_values(matter, catalog, profile), *identifier_values(matter))


def values_outside(matter: Matter, kept: Matter, catalog: Catalog, profile: Profile) -> tuple[Withheld, ...]:
    """What the whole matter tells of contacts and steps that are not in `kept`, as if the reader saw nothing of it."""
    ids = {touchpoint.id for touchpoint in kept.touchpoints}
    nothing = replace(profile, tags=dict.fromkeys(profile.tags, "withhold"))
    others = tuple(touchpoint for touchpoint in matter.touchpoints if touchpoint.id not in ids)
    if not (others or matter.follow_ups != kept.follow_ups):
        return ()
    numbers = {touchpoint.id: number for number, touchpoint in enumerate(matter.touchpoints, 1)}
    steps = () if matter.follow_ups == kept.follow_ups else matter.follow_ups
    rest = replace(matter, code="", note="", client={}, set_aside=(), touchpoints=others, follow_ups=steps)
    return _told_values(rest, catalog, nothing, numbers)


def _told_values(
    matter: Matter, catalog: Catalog, profile: Profile, numbers: Mapping[str, int] | None = None
) -> tuple[Withheld, ...]:
    found: dict[tuple[str, str], Withheld] = {}
    for value in _tagged_values(matter, catalog, numbers or {}):
        if value.text.strip() and not all(map(profile.keeps, (value.kind, *value.also))):
            keep = profile.level("date") if value.kind == "date" else ""
            spellings = spellings_of(value.kind, value.text, keep=keep)
            if spellings:
                named = Withheld(value=value.text, kind=value.kind, where=value.where, spellings=spellings)
                found.setdefault((value.kind, value.text), named)
    return tuple(found.values())


def identifier_values(matter: Matter) -> tuple[Withheld, ...]:
    """The names and numbers that no file for any reader may contain."""
    listed = {(each.kind, each.value): each for each in matter.identifiers if each.value.strip()}
    return tuple(
        Withheld(
            value=each.value,
            kind=each.kind,
            where="identifiers",
            spellings=spellings_of(each.kind, each.value),
            identifier=True,
        )
        for each in listed.values()
    )


class _Value(NamedTuple):
    """A value of the matter. `also`: tags that must be kept too for it to be shown."""

    kind: Tag
    text: str
    where: str
    also: tuple[Tag, ...] = ()


def _tagged_values(matter: Matter, catalog: Catalog, numbers: Mapping[str, int]) -> Iterator[_Value]:
    """Each value with its tag and where in the matter it stands. Places come part by part, from the least exact."""
    yield _Value("code", matter.code, "matter")
    yield _Value("note", matter.note, "matter")
    for verdict in matter.set_aside:
        yield _Value("reason", verdict.reason, "set aside")
    yield from _in_answers(matter.client, "client")
    for step in matter.follow_ups:
        yield _Value("staff", step.owner, "follow-ups")
        yield _Value("note", step.note, "follow-ups")
        yield from (_Value("date", day, "follow-ups") for day in (step.due, step.sent, step.ended))
    for number, touchpoint in enumerate(matter.touchpoints, 1):
        where = f"touchpoint {numbers.get(touchpoint.id, number)}"
        tag = place_tag(catalog, touchpoint)
        yield _Value("note", touchpoint.note, where)
        yield _Value("agency-name", touchpoint.agency.name, where, (tag,) if tag == "home-place" else ())
        yield _Value("date", touchpoint.when, where)
        yield from (_Value(tag, part, where) for part in (touchpoint.where.city, touchpoint.where.county))
        kind = catalog.touchpoints.get(touchpoint.kind)
        if kind is not None:
            labels = (kind.en, kind.es, *((kind.asked_as.en, kind.asked_as.es) if kind.asked_as else ()))
            yield from (_Value("touchpoint-label", said, where) for said in labels)
        yield from _in_answers(touchpoint.facts, where)
        yield from _in_answers(touchpoint.practices, where)


def _in_answers(answers: dict[str, Answer | str], where: str) -> Iterator[_Value]:
    for answer in filter(None, map(answer_of, answers.values())):
        yield _Value("paper", answer.paper, where)
        yield _Value("date", answer.since, where)
