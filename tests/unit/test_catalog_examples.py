"""The examples that rows of the shipped catalog carry are run, each as a case of its own."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Catalog, Example, Flow, Restriction
from clinic_mapper.routing.examples import case_of, difference, missed_examples

CATALOG = load_catalog()
ROWS: dict[str, Flow | Restriction] = {
    row.id: row for rows in (CATALOG.flows, CATALOG.restrictions) for row in rows.values() if row.examples
}


@pytest.mark.parametrize("name", sorted(ROWS))
def test_a_row_gives_in_its_examples_what_it_must(name):
    row = ROWS[name]
    assert [wrong for example in row.examples if (wrong := difference(row, example, CATALOG))] == []
    assert len({example.says for example in row.examples}) == len(row.examples)


@pytest.fixture
def catalog() -> Catalog:
    return CATALOG


BOOKING = "local-jail-jms--state-id-bureau--booking-prints"
BOOKED = Example(
    says="booked with prints", touchpoint="jail-booking", gives="open", when="2024-05", state="TX",
    facts={"printed": "yes"},
)  # fmt: skip


def with_example(catalog: Catalog, **changes: str) -> Catalog:
    flow = replace(catalog.flows[BOOKING], examples=(replace(BOOKED, **changes),))
    return replace(catalog, flows=catalog.flows | {BOOKING: flow})


def test_an_example_that_gives_something_else_is_named_with_the_difference(catalog):
    assert [miss for miss in missed_examples(with_example(catalog)) if miss.row == BOOKING] == []
    (miss,) = (miss for miss in missed_examples(with_example(catalog, gives="closed")) if miss.row == BOOKING)
    assert miss.sentence == 'the example "booked with prints" misses: "gives" must be "closed" and is "open"'


def test_what_an_example_leaves_out_is_not_known():
    (touchpoint,) = case_of(Example(says="x", touchpoint="jail-booking", gives="nothing")).touchpoints
    assert (touchpoint.when, touchpoint.where.state, touchpoint.facts) == ("", "", {})
    assert date.fromisoformat(BOOKED.today)
