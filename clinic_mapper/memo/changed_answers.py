"""What differs between two forms of a matter in what was told: answer by answer, and each can be taken back alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec.structs import replace

from clinic_mapper.casefile.model import Agency, Answer, Matter, Touchpoint, Where, answer_of
from clinic_mapper.routing.model import Value

Answers = Mapping[str, Answer | str]
FIELDS = ("kind", "date", "place", "agency")
"""What a contact itself says, in the order in which it is told."""


class AnswerChange(Value, frozen=True, order=True):
    """Something that was told otherwise before. `touchpoint`: its id, "" for the client.

    `what`: the contact `came` or `went`; its `kind`, `date`, `place` or `agency`; an `answer` to the question `id`, or
    what was noted of the `practice` `id`.
    """

    touchpoint: str
    what: Literal["came", "went", "kind", "date", "place", "agency", "answer", "practice"]
    id: str = ""


def changed_answers(before: Matter, after: Matter) -> tuple[AnswerChange, ...]:
    """What was told otherwise before, the client's first, then contact by contact in the order of now.

    Notes, names that may not appear and reasons for setting aside move no route; they do not count.
    """
    return tuple(_changes(before, after))


def taken_back(after: Matter, before: Matter, change: AnswerChange) -> Matter:
    """The matter of now with one change undone."""
    if change.what == "came":
        return replace(after, touchpoints=tuple(each for each in after.touchpoints if each.id != change.touchpoint))
    if change.what == "went":
        return replace(after, touchpoints=(*after.touchpoints, _contacts(before)[change.touchpoint]))
    if not change.touchpoint:
        return replace(after, client=_answer_back(after.client, before.client, change.id))
    old = _contacts(before)[change.touchpoint]
    undone = (_back(each, old, change) if each.id == change.touchpoint else each for each in after.touchpoints)
    return replace(after, touchpoints=tuple(undone))


def _changes(before: Matter, after: Matter) -> Iterator[AnswerChange]:
    yield from _in_answers("", "answer", before.client, after.client)
    old, new = _contacts(before), _contacts(after)
    for id, touchpoint in new.items():
        if id in old:
            yield from _in_contact(old[id], touchpoint)
        else:
            yield AnswerChange(touchpoint=id, what="came")
    yield from (AnswerChange(touchpoint=id, what="went") for id in old if id not in new)


def _in_contact(old: Touchpoint, new: Touchpoint) -> Iterator[AnswerChange]:
    said: tuple[tuple[Literal["kind", "date", "place", "agency"], str | Where | Agency, str | Where | Agency], ...] = (
        ("kind", old.kind, new.kind),
        ("date", old.when, new.when),
        ("place", old.where, new.where),
        ("agency", old.agency, new.agency),
    )
    yield from (AnswerChange(touchpoint=new.id, what=what) for what, was, now in said if was != now)
    yield from _in_answers(new.id, "answer", old.facts, new.facts)
    yield from _in_answers(new.id, "practice", old.practices, new.practices)


def _in_answers(
    touchpoint: str, what: Literal["answer", "practice"], old: Answers, new: Answers
) -> Iterator[AnswerChange]:
    for id in sorted(old.keys() | new.keys()):
        if answer_of(old.get(id)) != answer_of(new.get(id)):
            yield AnswerChange(touchpoint=touchpoint, what=what, id=id)


def _back(now: Touchpoint, old: Touchpoint, change: AnswerChange) -> Touchpoint:
    match change.what:
        case "kind":
            return replace(now, kind=old.kind)
        case "date":
            return replace(now, when=old.when)
        case "place":
            return replace(now, where=old.where)
        case "agency":
            return replace(now, agency=old.agency)
        case "practice":
            return replace(now, practices=_answer_back(now.practices, old.practices, change.id))
    return replace(now, facts=_answer_back(now.facts, old.facts, change.id))


def _answer_back(now: Answers, old: Answers, id: str) -> dict[str, Answer | str]:
    kept = {name: given for name, given in now.items() if name != id}
    return kept | {id: old[id]} if id in old else kept


def _contacts(matter: Matter) -> dict[str, Touchpoint]:
    return {touchpoint.id: touchpoint for touchpoint in matter.touchpoints}
