"""Dates as people know them: each form is a span of days, survives being stored, and is never made more exact."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_mapper.casefile.dates import FIRST_DAY, LAST_DAY, in_words, narrowed, parse, span_of, understand
from clinic_mapper.problem import Problem


def span(text: str) -> tuple[date, date]:
    known = parse(text)
    return date.fromordinal(known.first), date.fromordinal(known.last)


@pytest.mark.parametrize(
    ("text", "form", "first", "last"),
    [
        ("2012-05-14", "day", date(2012, 5, 14), date(2012, 5, 14)),
        ("2012-02", "month", date(2012, 2, 1), date(2012, 2, 29)),
        ("2012", "year", date(2012, 1, 1), date(2012, 12, 31)),
        ("2012-21", "season", date(2012, 3, 1), date(2012, 6, 30)),
        ("2012-24", "season", date(2011, 12, 1), date(2013, 3, 31)),
        ("2011/2012", "between", date(2011, 1, 1), date(2012, 12, 31)),
        ("../2012", "before", date.fromordinal(FIRST_DAY), date(2011, 12, 31)),
        ("2012-05/..", "after", date(2012, 6, 1), date.fromordinal(LAST_DAY)),
        ("", "unknown", date.fromordinal(FIRST_DAY), date.fromordinal(LAST_DAY)),
    ],
)
def test_a_form_stands_for_its_span_of_days(text, form, first, last):
    assert parse(text).form == form
    assert span(text) == (first, last)


def test_about_a_year_reaches_a_year_to_both_sides():
    first, last = span("2012~")
    assert first <= date(2011, 1, 1)
    assert last >= date(2013, 12, 31)


@pytest.mark.parametrize(
    "text", ["soon", "2012-13", "2012-02-30", "2012/2011", "12", "../..", "/", "0000", "2012-21-01"]
)
def test_what_is_no_date_is_refused_in_a_sentence(text):
    with pytest.raises(Problem, match="is not a date"):
        parse(text)


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        ("2011", "2011"), ("May 2012", "2012-05"), ("may 3, 2012", "2012-05-03"), ("5/3/2012", "2012-05-03"),
        ("spring 2014", "2014-21"), ("fall 2014", "2014-23"), ("before 2015", "../2015"), ("since 2015", "2015/.."),
        ("2011 or 2012", "2011/2012"), ("between May 2011 and 2012", "2011-05/2012"), ("about 2010", "2010~"),
        ("don't know", ""), ("mayo de 2012", "2012-05"), ("antes de 2015", "../2015"), ("verano 2013", "2013-22"),
        ("2011-2012", "2011/2012"), ("3 de mayo de 2012", "2012-05-03"),
    ],
)  # fmt: skip
def test_typed_dates_are_understood(said, stored):
    assert understand(said) == stored


@pytest.mark.parametrize("said", ["last week", "the day my son was born", "2012 2013 2014", "31/31/2012"])
def test_what_is_not_understood_is_not_guessed(said):
    assert understand(said) is None


dates = st.one_of(
    st.dates(date(1950, 1, 1), date(2030, 12, 31)).map(date.isoformat),
    st.integers(1950, 2030).map(str),
    st.tuples(st.integers(1950, 2030), st.integers(1, 12)).map(lambda parts: f"{parts[0]}-{parts[1]:02}"),
    st.tuples(st.integers(1950, 2030), st.integers(21, 24)).map(lambda parts: f"{parts[0]}-{parts[1]}"),
)


@given(dates)
def test_wider_forms_hold_the_narrower_ones(text):
    known, about = parse(text), parse(f"{text}~")
    assert about.first < known.first <= known.last < about.last
    before, after = parse(f"../{text}"), parse(f"{text}/..")
    assert before.last == known.first - 1
    assert after.first == known.last + 1


@given(dates, st.sampled_from(("{}", "{}~", "../{}", "{}/..", "{}/2031")), st.sampled_from(("en", "es")))
def test_every_date_can_be_said(text, form, language):
    said = in_words(form.format(text), language)
    assert text[:4] in said
    assert "{" not in said


@given(dates, st.sampled_from(("{}", "{}~", "../{}", "{}/..")))
def test_stored_text_is_understood_as_itself(text, form):
    assert understand(form.format(text)) == form.format(text)


def test_a_date_is_said_as_people_say_it():
    assert in_words("2011/2012") == "between 2011 and 2012"
    assert in_words("2012-05-03") == "May 3, 2012"
    assert in_words("2012-05-03", "es") == "3 de mayo de 2012"
    assert in_words("") == "date unknown"


@given(dates, st.sampled_from(("{}", "../{}", "{}/..", "{}/2031", "{}~")), st.data())
def test_before_and_after_a_day_are_the_two_parts_of_what_was_told(text, form, data):
    told = parse(form.format(text))
    if told.is_one_day:
        return
    day = data.draw(st.integers(told.first + 1, told.last))
    before, after = (parse(narrowed(told.text, day, earlier=earlier)) for earlier in (True, False))
    assert (before.last, after.first) == (day - 1, day)
    outer = (before.first, after.last)
    if told.form == "about":  # nobody named the day to which “about” is read
        assert outer[0] <= told.first and told.last <= outer[1]
    else:
        assert outer == (told.first, told.last)


@given(st.integers(FIRST_DAY, LAST_DAY), st.integers(0, 4000))
def test_a_span_of_days_is_written_as_that_span_and_no_other(first, more):
    last = min(first + more, LAST_DAY)
    found = parse(span_of(first, last))
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize(
    ("told", "day", "earlier", "later"),
    [
        ("2011/2012", date(2012, 5, 15), "between 2011 and May 14, 2012", "between May 15, 2012 and December 2012"),
        ("2012", date(2012, 5, 15), "between January 2012 and May 14, 2012", "between May 15, 2012 and December 2012"),
        ("2011/2012", date(2012, 1, 1), "2011", "2012"),
        ("2012-05", date(2012, 5, 2), "May 1, 2012", "between May 2, 2012 and May 31, 2012"),
        ("../2015", date(2012, 5, 15), "before May 15, 2012", "between May 15, 2012 and 2014"),
        ("2010/..", date(2012, 5, 15), "between 2011 and May 14, 2012", "after May 14, 2012"),
        ("2012~", date(2012, 5, 15), "between 2010 and May 14, 2012", "between May 15, 2012 and 2014"),
        ("2012-21", date(2012, 5, 15), "between March 2012 and May 14, 2012", "between May 15, 2012 and June 2012"),
    ],
)
def test_a_narrowed_date_is_said_as_people_would(told, day, earlier, later):
    number = day.toordinal()
    assert in_words(narrowed(told, number, earlier=True)) == earlier
    assert in_words(narrowed(told, number, earlier=False)) == later


@pytest.mark.parametrize("day", [date(2011, 1, 1), date(2013, 1, 1)])
def test_a_day_outside_what_was_told_narrows_nothing(day):
    with pytest.raises(ValueError, match="does not turn"):
        narrowed("2011/2012", day.toordinal(), earlier=True)
