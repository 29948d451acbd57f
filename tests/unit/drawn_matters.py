"""Matters drawn at random from a catalog: every kind of contact, every answer, dates and places known or not."""

from __future__ import annotations

from functools import lru_cache

from hypothesis import strategies as st

from clinic_mapper.casefile.model import Agency, Answer, Matter, Touchpoint, Where
from clinic_mapper.catalog.model import Catalog, Question, TouchpointKind

DATES = (
    "",
    "2009",
    "2011/2012",
    "2012-05",
    "2014-21",
    "2018-02-03",
    "2020~",
    "../2008",
    "2023/..",
    "2024-05-11",
    "2027",
)
PLACES = (
    Where(),
    Where(state="CA"),
    Where(state="CA", county="San Mateo County"),
    Where(state="CA", county="Fresno County", city="Fresno"),
    Where(state="NY", city="New York City"),
    Where(state="NY", county="Albany County"),
    Where(state="TX", county="Travis County", city="Austin"),
    Where(state="IL", county="Cook County"),
    Where(state="PR"),
    Where(state="CA", county="No Such County"),
)


@lru_cache(maxsize=512)
def answers(question: Question) -> st.SearchStrategy[Answer | None]:
    """Not asked, don't know, declined, or one of the question's values, sometimes with a date."""
    values = (*question.values, *question.values, "unknown", "declined")
    since = ("", "2010", "2015-03") if question.onset else ("",)
    return st.sampled_from((None, *(Answer(value=value, since=day) for value in values for day in since)))


@lru_cache(maxsize=512)
def facts(kind: TouchpointKind, also: tuple[Question, ...]) -> st.SearchStrategy[dict[str, Answer | None]]:
    """Answers to the questions of a kind of touchpoint, and to some asked of the client once per touchpoint."""
    return st.fixed_dictionaries({question.id: answers(question) for question in (*kind.questions, *also)})


@st.composite
def touchpoints(draw: st.DrawFn, catalog: Catalog, number: int) -> Touchpoint:
    """A touchpoint of any kind, with the id t<number>."""
    kind = catalog.touchpoints[draw(st.sampled_from(tuple(catalog.touchpoints)))]
    also = tuple(question for question in catalog.client_questions.values() if question.per_touchpoint)
    told = draw(facts(kind, also[:2]))
    return Touchpoint(
        id=f"t{number}",
        kind=kind.id,
        when=draw(st.sampled_from(DATES)),
        where=draw(st.sampled_from(PLACES)),
        agency=Agency(kind=draw(st.sampled_from(("", *catalog.agency_kinds)))),
        facts={name: answer for name, answer in told.items() if answer is not None},
    )


@st.composite
def matters(draw: st.DrawFn, catalog: Catalog, most: int = 3) -> Matter:
    """A matter with one to `most` touchpoints and some client facts."""
    asked = [question for question in catalog.client_questions.values() if not question.per_touchpoint]
    picked = draw(st.lists(st.sampled_from(range(len(asked))), max_size=5, unique=True))
    told = {asked[number].id: draw(answers(asked[number])) for number in picked}
    count = draw(st.integers(1, most))
    return Matter(
        code="DRAWN",
        client={name: answer for name, answer in told.items() if answer is not None},
        touchpoints=tuple(draw(touchpoints(catalog, number)) for number in range(1, count + 1)),
    )
