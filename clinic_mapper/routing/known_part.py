"""The part of a matter that a catalog knows. What it does not know is kept in the file and out of the reasoning:
an answer nobody can read is no answer, and never a no."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from clinic_mapper.casefile.model import DECLINED, UNKNOWN, Agency, Answer, Matter, Touchpoint, answer_of
from clinic_mapper.catalog.model import Catalog, Question

Answers = dict[str, Answer | str]


def known_part(matter: Matter, catalog: Catalog) -> Matter:
    """The matter without answers that are none of their question's; the same matter where there are none such."""
    client = _readable(matter.client, catalog.client_questions)
    contacts = tuple(_known_contact(touchpoint, catalog) for touchpoint in matter.touchpoints)
    if client is matter.client and all(a is b for a, b in zip(contacts, matter.touchpoints, strict=True)):
        return matter
    return replace(matter, client=client, touchpoints=contacts)


def _known_contact(touchpoint: Touchpoint, catalog: Catalog) -> Touchpoint:
    kind = catalog.touchpoints.get(touchpoint.kind)
    own = {question.id: question for question in kind.questions} if kind else {}
    facts = _readable(touchpoint.facts, catalog.client_questions | own if touchpoint.facts else own)
    practices = _readable(touchpoint.practices, {})
    agency = touchpoint.agency
    if agency.kind and agency.kind not in catalog.agency_kinds:
        agency = Agency(name=agency.name)
    if not agency.kind and kind and kind.agency in catalog.agency_kinds:
        agency = Agency(kind=kind.agency, name=agency.name)  # the kind of contact names the only one it can be
    if facts is touchpoint.facts and practices is touchpoint.practices and agency is touchpoint.agency:
        return touchpoint
    return replace(touchpoint, facts=facts, practices=practices, agency=agency)


def _readable(answers: Answers, questions: Mapping[str, Question]) -> Answers:
    strange = {name for name, given in answers.items() if not _is_readable(given, questions.get(name))}
    return {name: given for name, given in answers.items() if name not in strange} if strange else answers


def _is_readable(given: Answer | str, question: Question | None) -> bool:
    answer = answer_of(given)
    assert answer is not None
    return answer.value in (UNKNOWN, DECLINED, *(question.values if question else ("yes", "no")))
