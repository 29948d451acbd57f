"""What a question is worth: a day as likely as another, a state as likely as another, and the order that follows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from msgspec.structs import replace

from clinic_mapper.casefile.model import Matter, Touchpoint
from clinic_mapper.catalog import model
from clinic_mapper.catalog.model import Catalog, Condition, DateSpan, Question
from clinic_mapper.routing.ask import ask_next
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.model import Line, Unknown
from clinic_mapper.routing.prospect import Prospect, Prospects
from clinic_mapper.routing.reading import Reading
from clinic_mapper.routing.verdict import IN_CUSTODY
from tests.unit.drawn_catalogs import ASKED, catalog_of
from tests.unit.test_routing_regressions import LISTED, SYSTEMS, TODAY, contact, flow, kind

WHEN = Unknown(kind="date", id="", touchpoint="t1")
WHERE = Unknown(kind="place", id="", touchpoint="t1")
LISTED_OPEN = Unknown(kind="fact", id="listed", touchpoint="")
ORDER_OPEN = Unknown(kind="fact", id="order", touchpoint="")
PRINTED_OPEN = Unknown(kind="fact", id="printed", touchpoint="t1")
SENDS_LIST = Unknown(kind="practice", id="jail-sends-list", touchpoint="t1")
FOR_COUNSEL = Unknown(kind="judge", id="f", touchpoint="t1")


def promised(
    unknown: Unknown, steps: Sequence[model.Flow], own: Touchpoint, question: Question | None = None, **more: Any
) -> Prospect:
    """What an answer to `unknown` promises for the lines that turn on it."""
    rows = catalog_of(SYSTEMS, list(steps), [], [kind(**more)])
    matter = Matter(code="CASE", touchpoints=(own,))
    lines = map_exposure(matter, rows, TODAY, ask=False).lines
    bearing = [line for line in lines if unknown in line.unknown]
    assert bearing
    return Prospects(Reading(matter, rows, TODAY)).of(unknown, question, bearing)


def or_listed(condition: Condition) -> Condition:
    return Condition(any=(LISTED, condition))


def days(first: str | None, last: str | None) -> Condition:
    return or_listed(Condition(date=DateSpan(from_=first, until=last)))


@pytest.mark.parametrize(
    ("when", "asked_as", "condition", "share"),
    [
        ("2016-01-01/2016-04-09", "past", days(None, "2016-01-10"), 10 / 100),
        ("2016-01-01/2016-04-09", "past", days("2016-01-11", None), 90 / 100),
        # Whatever is longer ago than twenty years counts as one day more; today is a day like the others.
        ("", "past", days(None, "1999"), 1 / (1 + 20 * 365 + 1)),
        ("", "past", days("2026-11-24", None), 1 / (20 * 365 + 1)),
        ("2028", "coming", days("2028-01-11", None), 356 / 366),
        # What is more than five years ahead counts as one day more: the two spans at the end of all days.
        ("2026-11-24/..", "coming", days(None, "2026-12-04"), 10 / (5 * 365 - 1 + 2)),
    ],
)
def test_of_an_open_date_a_day_is_as_likely_as_another(when, asked_as, condition, share):
    step = flow(when=condition)
    found = promised(WHEN, [step], contact(when=when), when_form=asked_as)
    assert (found.expected, found.most) == (pytest.approx(share, rel=1e-9), 1)


def within(first: str | None, last: str | None, *more: Condition) -> Condition:
    return Condition(all=(Condition(date=DateSpan(from_=first, until=last)), *more))


def test_a_line_is_settled_on_a_day_by_one_open_route_or_where_no_route_is_undetermined():
    """A hundred days: on the first ten one route is open, on the last ten another, on ten more no route is possible."""
    steps = [
        flow("a", when=within(None, "2016-01-10")),
        flow("b", when=within(None, "2016-01-20", LISTED)),
        flow("c", when=within("2016-01-31", "2016-03-30", LISTED)),
        flow("d", when=within("2016-03-31", None)),
        flow("e", when=within("2016-02-01", None, LISTED)),
    ]
    found = promised(WHEN, steps, contact(when="2016-01-01/2016-04-09"))
    assert (found.expected, found.most) == (pytest.approx((10 + 10 + 10) / 100), 1)


def test_of_a_fact_without_its_day_long_ago_today_and_one_day_between_are_tried():
    """Prints given before the arrest leave it to turn on the list; those given today settle that there was no match."""
    has_prints = Condition(client="dhs-prints", is_="yes")
    rows_ = catalog_of(SYSTEMS, [flow(when=Condition(all=(has_prints, LISTED)))], [], [kind()])
    matter = Matter(code="CASE", client={"dhs-prints": "yes"}, touchpoints=(contact(),))
    since = Unknown(kind="date", id="dhs-prints", touchpoint="")
    lines = map_exposure(matter, rows_, TODAY, ask=False).lines
    assert Prospects(Reading(matter, rows_, TODAY)).of(since, None, lines) == Prospect(pytest.approx(1 / 3), 1)


def test_of_an_open_place_a_state_is_as_likely_as_another_however_many_of_its_places_are_named():
    """A place in no state, California with two places that rules name, New York with none, Texas: four of them."""
    named = Condition(place=("US-CA-fresno-county", "US-CA-fresno", "US-TX"))
    elsewhere = flow("other", mechanism="booking-prints", when=or_listed(named))
    here = flow(when=or_listed(Condition(place=("US-NY",))))
    found = promised(WHERE, [here, elsewhere], contact())
    # New York settles the one line; Texas and both named places of California's three ways to be settle the other.
    assert found == Prospect(pytest.approx((1 + 1 + 2 / 3) / 4), 1)


def test_what_turns_on_one_question_alone_is_settled_by_every_answer_to_it():
    alone, counsel = flow("a", when=LISTED), flow("b", mechanism="booking-prints", when=LISTED, judge="Ask.")
    on_both = flow("c", mechanism="agreement-287g", when=Condition(all=(LISTED, Condition(client="order", is_="yes"))))
    question = catalog_of(SYSTEMS, [], [], []).client_questions["listed"]
    # Of the third line "no" settles it and "yes" leaves it open; of the second only counsel is left to say.
    steps = [alone, counsel, on_both]
    assert promised(LISTED_OPEN, steps, contact(), question) == Prospect(2.5, 3)
    # Where people only ever say yes, no other answer is tried; where there is nothing to try, nothing is added.
    assert promised(LISTED_OPEN, steps, contact(), replace(question, only_yes=True)) == Prospect(2.0, 2)
    assert promised(LISTED_OPEN, steps, contact(), None) == Prospect(2.0, 2)


def test_what_an_answer_does_not_bear_on_stays_closed_while_it_is_tried():
    on_both = flow("a", when=Condition(all=(LISTED, Condition(client="order", is_="yes"))))
    question = catalog_of(SYSTEMS, [], [], []).client_questions["listed"]
    ended = flow("b", when=LISTED, until="2010")
    assert promised(LISTED_OPEN, [on_both, ended], contact(), question) == Prospect(0.5, 1)


def test_an_answer_without_which_there_is_no_record_settles_what_leads_out_of_it():
    made = model.Record(system="jail", data=("address",), when=Condition(fact="printed", is_="yes"))
    asked = promised(PRINTED_OPEN, [flow(when=LISTED)], contact(), ASKED[0], questions=ASKED, creates=(made,))
    assert asked == Prospect(0.5, 1)


# --- the order -------------------------------------------------------------------------------------------------------

Told = dict[Unknown, Prospect]


def line(name: str, *unknown: Unknown, **more: Any) -> Line:
    described: dict[str, Any] = {"standing": "undetermined", "unknown": tuple(sorted(unknown))} | more
    return Line(
        id=name, touchpoint="t1", mechanism=name, closed_by=(), tense="sent", arrives="sent", routes=(), **described
    )


def rows() -> Catalog:
    return catalog_of(SYSTEMS, [flow()], [], [kind(questions=ASKED)])


def asked(lines: Sequence[Line], told: Told) -> list[Unknown]:
    matter = Matter(code="CASE", touchpoints=(contact(),))

    def try_(unknown: Unknown, _question: Question | None, _lines: Sequence[Line]) -> Prospect:
        return told.get(unknown, Prospect(0.0, 0))

    found = ask_next(matter, rows(), lines, try_)
    return [Unknown(kind=ask.kind, id=ask.fact, touchpoint=ask.touchpoint) for ask in found]


def test_each_question_is_tried_with_its_own_words_on_the_lines_that_turn_on_it():
    seen: dict[Unknown, tuple[str, list[str]]] = {}

    def try_(unknown: Unknown, question: Question | None, lines: Sequence[Line]) -> Prospect:
        seen[unknown] = (question.id if question else "", [line.id for line in lines])
        return Prospect(0.0, 7)

    lines = [
        line("a", PRINTED_OPEN, FOR_COUNSEL),
        line("b", PRINTED_OPEN, LISTED_OPEN, SENDS_LIST),
        line("c", PRINTED_OPEN, standing="closed"),
    ]
    found = ask_next(Matter(code="CASE", touchpoints=(contact(),)), rows(), lines, try_)
    assert seen == {PRINTED_OPEN: ("printed", ["a", "b"]), LISTED_OPEN: ("listed", ["b"]), SENDS_LIST: ("", ["b"])}
    assert [(ask.fact, ask.who, ask.lines_settled) for ask in found] == [
        ("printed", "client", 7), ("listed", "client", 7), ("jail-sends-list", "clinic", 7),
    ]  # fmt: skip


def test_a_question_gains_its_share_of_each_line_among_what_can_be_asked_about_that_line():
    """Alone on a line it gains the whole of it; what counsel must judge takes no share."""
    lines = [line("a", LISTED_OPEN, ORDER_OPEN), line("b", ORDER_OPEN, FOR_COUNSEL)]
    assert asked(lines, {}) == [ORDER_OPEN, LISTED_OPEN]
    # 0.5 + 1.1 is more than 1.5 + 0.0, and 0.5 + 0.9 less.
    assert asked(lines, {LISTED_OPEN: Prospect(1.1, 0)})[0] == LISTED_OPEN
    assert asked(lines, {LISTED_OPEN: Prospect(0.9, 0)})[0] == ORDER_OPEN
    # A half of a weaker line is more than a third of the strongest.
    lines = [line("a", LISTED_OPEN, ORDER_OPEN, SENDS_LIST), line("b", PRINTED_OPEN, WHERE)]
    assert set(asked(lines, {})[:2]) == {PRINTED_OPEN, WHERE}


def test_of_questions_worth_the_same_the_one_on_the_strongest_line_is_asked_first_then_whom_to_ask_decides():
    """Worth the same up to the way in which fractions are added up."""
    first, second = line("a", PRINTED_OPEN), line("b", LISTED_OPEN)
    a_third_more = {PRINTED_OPEN: Prospect(0.3, 0), LISTED_OPEN: Prospect(0.1 + 0.2, 0)}
    assert a_third_more[LISTED_OPEN].expected > a_third_more[PRINTED_OPEN].expected
    assert asked([first, second], a_third_more) == [PRINTED_OPEN, LISTED_OPEN]
    assert asked([second, first], a_third_more) == [LISTED_OPEN, PRINTED_OPEN]
    hardly_more = {LISTED_OPEN: Prospect(0.3000002, 0), PRINTED_OPEN: Prospect(0.3, 0)}
    assert asked([first, second], hardly_more) == [PRINTED_OPEN, LISTED_OPEN]
    more = {LISTED_OPEN: Prospect(0.300002, 0), PRINTED_OPEN: Prospect(0.3, 0)}
    assert asked([first, second], more) == [LISTED_OPEN, PRINTED_OPEN]
    assert asked([line("a", SENDS_LIST, LISTED_OPEN, ORDER_OPEN)], {}) == [LISTED_OPEN, ORDER_OPEN, SENDS_LIST]


def test_what_an_answer_about_custody_promises_is_tried_again_when_another_stay_may_have_been_the_last():
    """The last stay lasts if the client is in custody now; where another may be later, even that leaves it open."""
    lasts = flow(timing="in_custody", when=days("2024", None))
    kinds = [kind(custody=True), kind("stay", custody=True, creates=()), kind("stop", creates=())]
    catalog = catalog_of(SYSTEMS, [lasts], [], kinds)
    question = catalog.client_questions["in-custody"]
    reading, before = None, None
    for other, share in (("stop", 1 / 3), ("stay", 0), ("stop", 1 / 3)):
        matter = Matter(code="CASE", touchpoints=(contact(), contact("t2", other, "2015/2018")))
        lines = map_exposure(matter, catalog, TODAY, ask=False).lines
        assert [IN_CUSTODY in line.unknown and len(line.unknown) > 1 for line in lines] == [True]
        reading = Reading(matter, catalog, TODAY, reading)
        before = Prospects(reading, before)
        assert before.of(IN_CUSTODY, question, lines).expected == pytest.approx(share)
