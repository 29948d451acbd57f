"""The examples that rows carry, on small catalogs: the case they stand for, what they give, and how a miss is said."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from clinic_mapper.casefile.model import Agency, Answer, Matter, Touchpoint, Where
from clinic_mapper.catalog.model import Catalog, Condition, Example, Record
from clinic_mapper.routing.examples import Miss, Outcome, case_of, difference, missed_examples, outcome
from tests.unit.drawn_catalogs import ASKED, catalog_of
from tests.unit.test_routing_regressions import LISTED, SYSTEMS, flow, kind, law


def example(**more: Any) -> Example:
    described = {
        "says": "booked",
        "touchpoint": "booking",
        "gives": "open",
        "when": "2016-05-01",
        "today": "2026-11-24",
    }
    return Example(**(described | more))


def test_an_example_is_a_matter_with_one_contact():
    told = example(
        state="CA", county="Fresno County", city="Fresno", agency="sheriff", client={"listed": "yes", "order": "no"},
        since={"listed": "2015"}, facts={"printed": "yes"}, practices={"p": "no"},
    )  # fmt: skip
    assert case_of(told) == Matter(
        code="EXAMPLE",
        sample=True,
        client={"listed": Answer(value="yes", since="2015"), "order": Answer(value="no", since="")},
        touchpoints=(
            Touchpoint(
                id="t1",
                kind="booking",
                when="2016-05-01",
                where=Where(state="CA", county="Fresno County", city="Fresno"),
                agency=Agency(kind="sheriff"),
                facts={"printed": "yes"},
                practices={"p": "no"},
            ),
        ),
    )


def rows(*examples: Example) -> Catalog:
    steps = [
        flow("a", "jail", "state", when=LISTED, timing="standing"),
        flow("b", "state", "ice", examples=examples),
        flow("c", "jail", "ice", when=Condition(client="order", is_="yes"), examples=examples),
    ]
    also = flow("d", "jail", "ice", when=Condition(client="order", is_="no"), either_with="c")
    records = Record(system="jail", data=("address",)), Record(system="state", data=("address",))
    laws = [law("bars", flows=("b",), acts_from="2017", examples=examples), law("other", flows=("c",))]
    return catalog_of(SYSTEMS, [*steps, also], laws, [kind(creates=records, questions=ASKED)])


@pytest.mark.parametrize(
    ("row", "more", "found"),
    [
        # Of the routes over a step the one on which it stands best, of equals the strongest.
        ("b", {}, Outcome("open", "silent", "sent")),
        ("b", {"record": "jail"}, Outcome("open", "silent", "was_within_reach")),
        ("b", {"record": "state"}, Outcome("open", "silent", "sent")),
        ("b", {"record": "vendor"}, Outcome("nothing", "silent", "")),
        ("b", {"when": "2020"}, Outcome("closed", "silent", "sent")),
        ("a", {}, Outcome("undetermined", "silent", "was_within_reach")),
        ("a", {"client": {"listed": "no"}}, Outcome("closed", "silent", "was_within_reach")),
        ("gone", {}, Outcome("nothing", "silent", "")),
        # A step that is judged together with another counts as that one too.
        ("d", {}, Outcome("undetermined", "silent", "sent")),
        ("d", {"client": {"order": "yes"}, "since": {"order": "2005"}}, Outcome("closed", "silent", "sent")),
        # A law looks at a step that its example names.
        ("bars", {"flow": "b"}, Outcome("open", "silent", "sent")),
        ("bars", {"flow": "b", "when": "2020"}, Outcome("closed", "close", "sent")),
        ("other", {"flow": "b", "when": "2020"}, Outcome("closed", "silent", "sent")),
        ("other", {}, Outcome("nothing", "silent", "")),
    ],
)
def test_an_example_gives_what_its_step_and_its_law_come_to(row, more, found):
    catalog = rows()
    of = catalog.restrictions.get(row) or catalog.flows.get(row) or replace(catalog.flows["a"], id="gone")
    assert outcome(of, example(**more), catalog) == found


def test_a_miss_is_said_with_all_that_differs():
    catalog = rows()
    step = catalog.flows["b"]
    assert difference(step, example(gives="open", law="silent", tense="sent"), catalog) == ""
    assert difference(step, example(gives="open"), catalog) == ""
    told = example(gives="closed", law="close", tense="next_time")
    assert difference(step, told, catalog) == (
        'the example "booked" misses: "gives" must be "closed" and is "open", '
        '"law" must be "close" and is "silent", "tense" must be "next_time" and is "sent"'
    )


def test_every_example_that_misses_is_found_with_its_row():
    misses = 'the example "{}" misses: "gives" must be "{}" and is "{}"'
    catalog = rows(example(), example(says="later", when="2020", flow="b"))
    assert list(missed_examples(catalog)) == [
        Miss("flows", "b", misses.format("later", "open", "closed")),
        Miss("flows", "c", misses.format("booked", "open", "undetermined")),
        Miss("flows", "c", misses.format("later", "open", "closed")),
        Miss("restrictions", "bars", misses.format("booked", "open", "nothing")),
        Miss("restrictions", "bars", misses.format("later", "open", "closed")),
    ]
