"""The rules of questions, held over the shipped catalog: short, plain, in two languages, and never one too many."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Question

CATALOG = load_catalog()
MOST_WORDS = 19
MOST_QUESTIONS = 6
"""A contact must be recorded in under a minute: six short questions besides when, where and which agency."""
LONGEST_WHY = 110
NOT_KNOWING = re.compile(r"\b(unknown|unsure|not sure|(do not|don't|does not|doesn't) (know|recall|remember))\b", re.I)
NOT_KNOWING_ES = re.compile(r"\bno (sé|sabe|recuerdo|recuerda|se sabe|me acuerdo)\b|\bdesconocid[oa]\b", re.I)
NOT_SAID = re.compile(
    r"\b(illegals?|criminal alien|suspects?|targets?|violators?|risk score|safe|clear|no exposure|clean record"
    r"|nodes?|edges?|entity|entities|objects?|instances?|null|sync)\b",
    re.I,
)
NOT_SAID_ES = re.compile(r"\b(ilegal(es)?|sospechos[oa]s?|delincuentes?|objetivos?|infractor(es)?|nodos?|nulo)\b", re.I)

OF_CONTACTS = [(f"{kind.id}: {q.id}", q) for kind in CATALOG.touchpoints.values() for q in kind.questions]
OF_CLIENT = [(f"client: {q.id}", q) for q in CATALOG.client_questions.values()]
SHARED = [(f"shared: {q.id}", q) for q in CATALOG.shared_questions.values()]
EVERY = [pytest.param(question, id=name) for name, question in (*OF_CONTACTS, *OF_CLIENT, *SHARED)]
every_question = pytest.mark.parametrize("question", EVERY)
every_kind = pytest.mark.parametrize("kind", CATALOG.touchpoints.values(), ids=lambda kind: kind.id)


def asked(question: Question) -> tuple[str, str]:
    return question.en, question.es


def texts(question: Question) -> Iterator[tuple[str, str]]:
    """All that is read of a question, English beside Spanish."""
    yield asked(question)
    yield question.why_en, question.why_es
    yield from ((choice.en, choice.es) for choice in question.choices)


def labels() -> Iterator[tuple[str, str, str]]:
    rows = (CATALOG.touchpoints, CATALOG.agency_kinds, CATALOG.when_forms, CATALOG.practices, CATALOG.mechanisms)
    yield from ((row.id, row.en, row.es) for kind in rows for row in kind.values())


@every_question
def test_a_question_has_under_twenty_words_in_both_languages(question):
    assert [text for text in asked(question) if len(text.split()) > MOST_WORDS] == []


@every_question
def test_a_question_is_one_and_ends_as_one(question):
    for text in asked(question):
        assert text.endswith("?") and text.count("?") == 1, text
    assert question.es.count("¿") == 1


@every_question
def test_why_it_is_asked_is_one_line(question):
    for text in (question.why_en, question.why_es):
        assert text.endswith(".") and "\n" not in text and len(text) <= LONGEST_WHY, text
        assert len(re.findall(r"[.!?](?:\s|$)", text)) == 1, text


@every_question
def test_not_knowing_is_always_offered_and_never_listed(question):
    said = [text for choice in question.choices for text in (choice.value, choice.en)]
    assert [text for text in said if NOT_KNOWING.search(text)] == []
    assert [choice.es for choice in question.choices if NOT_KNOWING_ES.search(choice.es)] == []
    assert len(question.values) > 1


@every_question
def test_an_answer_that_could_harm_the_client_asks_permission_first(question):
    assert not question.admission or question.sensitive == 2


@every_question
def test_a_question_uses_no_word_that_people_should_not_hear(question):
    for english, spanish in texts(question):
        assert not NOT_SAID.search(english), english
        assert not NOT_SAID_ES.search(spanish), spanish
    assert not [item for item in question.list_ if NOT_SAID.search(item)]


def test_labels_use_no_word_that_people_should_not_hear():
    assert [row for row, en, es in labels() if NOT_SAID.search(en) or NOT_SAID_ES.search(es)] == []


@every_kind
def test_a_contact_asks_few_questions_and_none_twice(kind):
    assert len(kind.questions) <= MOST_QUESTIONS
    said = [text.casefold() for question in kind.questions for text in asked(question)]
    assert len(said) == len(set(said))
    assert len({question.id for question in kind.questions}) == len(kind.questions)


@every_kind
def test_what_is_asked_of_the_client_once_is_not_asked_again_at_a_contact(kind):
    once = {text.casefold() for _, question in (*OF_CLIENT, *SHARED) for text in asked(question)}
    for question in kind.questions:
        assert question.id not in CATALOG.client_questions and question.id not in CATALOG.shared_questions
        assert once.isdisjoint(text.casefold() for text in asked(question)), question.id


@every_kind
def test_a_contact_never_opens_with_a_question_that_needs_care(kind):
    levels = [question.sensitive for question in kind.questions]
    assert not kind.questions or levels[0] == min(levels)


def test_one_id_means_the_same_answers_wherever_it_is_asked_in_the_same_words():
    answers: dict[tuple[str, str], set[tuple[str, ...]]] = {}
    for _, question in OF_CONTACTS:
        answers.setdefault((question.id, question.en), set()).add(question.values)
    assert {key: found for key, found in answers.items() if len(found) > 1} == {}


def test_the_record_of_a_relative_is_marked_as_such():
    marked = {kind.id for kind in CATALOG.touchpoints.values() if kind.about == "relative"}
    assert marked == {"school-enrolment", "sponsored-child"}
