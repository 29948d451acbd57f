"""Who can best answer what is unknown, as long as anybody here can: client, paper, request, clinic."""

from __future__ import annotations

from typing import Literal

from clinic_mapper.casefile.dates import parse
from clinic_mapper.casefile.model import DECLINED, UNKNOWN, Answer, Matter, Touchpoint, answer_of
from clinic_mapper.catalog.asking import agency_question
from clinic_mapper.catalog.model import Catalog, Question
from clinic_mapper.routing.index import AGENCY
from clinic_mapper.routing.model import Line, Route, Unknown

Asked = Literal["client", "paper", "request", "clinic"]
Part = Literal["whole", "part", "none"]
WHO: tuple[Asked, ...] = ("client", "paper", "request", "clinic")

_ANSWERED_REQUEST = {
    "client": ("attorney", "clinic"),
    "paper": ("attorney", "clinic"),
    "request": ("paper", "attorney", "clinic"),
    "clinic": ("paper", "attorney"),
}
"""By who is asked first, whose "don't know" says that a record request was of no help either."""


def who_answers(matter: Matter, catalog: Catalog, unknown: Unknown) -> Asked | None:
    """Who can best answer now; None if nobody here is to be asked, or no more.

    Don't know moves on to the paper, then to a request, then ends. What was declined is never asked again; what counsel
    alone can judge is not asked at all. A date or place that is told in part is looked for on the paper. That the rest
    is not known stands among the contact's facts, under `when`, `where` and `agency`.
    """
    own = next((each for each in matter.touchpoints if each.id == unknown.touchpoint), None)
    if unknown.kind == "date" and own is None:
        return _after_telling(_part_of_date(_since(matter, unknown.id)), None)
    if unknown.kind in ("date", "place"):
        return _of_contact(own, "when" if unknown.kind == "date" else "where") if own else None
    if unknown.kind == "practice":
        return _after(answer_of(own.practices.get(unknown.id)), ("yes", "no"), "clinic") if own else None
    if unknown.id == AGENCY:
        kind = catalog.touchpoints.get(own.kind) if own else None
        if own is None or kind is None or not agency_question(kind) or own.agency.kind in catalog.agency_kinds:
            return None
        return _after_telling("none", answer_of(own.facts.get(AGENCY)))
    question = question_of(catalog, own, unknown)
    if question is None:
        return None
    given = answer_of((own.facts if own else matter.client).get(unknown.id))
    return _after(given, question.values, "clinic" if question.who == "attorney" else question.who)


def nobody_here(matter: Matter, catalog: Catalog, line: Line | Route) -> bool:
    """Whether a line or route is undetermined and nobody here can answer any more what it turns on: counsel decides."""
    return line.standing == "undetermined" and all(who_answers(matter, catalog, each) is None for each in line.unknown)


def question_of(catalog: Catalog, own: Touchpoint | None, unknown: Unknown) -> Question | None:
    """The question that an unknown fact stands for; None if it is no fact, or not of this catalog."""
    if unknown.kind != "fact":
        return None
    if unknown.id in catalog.client_questions:
        return catalog.client_questions[unknown.id]
    kind = catalog.touchpoints.get(own.kind) if own else None
    return next((question for question in (kind.questions if kind else ()) if question.id == unknown.id), None)


def _after(answer: Answer | None, values: tuple[str, ...], best: Asked) -> Asked | None:
    """Who is asked after this answer. One that leaves the fact unknown is against what a contact tells: the paper
    decides."""
    if answer is None or answer.value not in (DECLINED, UNKNOWN, *values):
        return best
    if answer.value == DECLINED:
        return None
    if best == "client" and answer.source == "client":
        return "paper"
    if answer.value != UNKNOWN or answer.source in _ANSWERED_REQUEST[best]:
        return None
    return "request"


def _since(matter: Matter, fact: str) -> str:
    answer = answer_of(matter.client.get(fact))
    return answer.since if answer else ""


def told_of_contact(touchpoint: Touchpoint) -> dict[str, Part]:
    """How much is told of a contact's date (`when`), place (`where`) and agency (`agency`)."""
    place, kind = touchpoint.where, touchpoint.agency.kind
    known = (place.state, place.county, place.city)
    return {
        "when": _part_of_date(touchpoint.when),
        "where": "whole" if all(known) else "part" if any(known) else "none",
        AGENCY: "whole" if kind else "none",
    }


def _part_of_date(when: str) -> Part:
    date = parse(when)
    return "whole" if date.is_one_day else "part" if date.is_known else "none"


def _of_contact(own: Touchpoint, name: str) -> Asked | None:
    return _after_telling(told_of_contact(own)[name], answer_of(own.facts.get(name)))


def _after_telling(part: Part, not_known: Answer | None) -> Asked | None:
    """Who is asked for a date, a place or an agency, told so far and, for the rest, known by nobody who was asked."""
    if part == "whole":
        return None
    if not_known is None or not_known.value not in (DECLINED, UNKNOWN):
        return "client" if part == "none" else "paper"
    if not_known.value == DECLINED:
        return None
    return {"client": "paper", "paper": "request"}.get(not_known.source)  # type: ignore[return-value]
