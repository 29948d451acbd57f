"""What must be verified first: what is recalled, what was read in copies alone, what is older than the limit."""

from __future__ import annotations

import re

import pytest
from msgspec import structs

from clinic_mapper.catalog.browse import shown
from clinic_mapper.catalog.evidence import is_older, rests_on_copies, rests_on_memory, rows_of_route, verify_first
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Catalog, Cite, Flow
from clinic_mapper.memo.map_text import map_in_words
from tests.memo_corpus import sample

CATALOG = load_catalog()
TODAY = "2026-11-26"
ITSELF = next(id for id, row in CATALOG.sources.items() if not row.third_party_copy)
COPY = next(id for id, row in CATALOG.sources.items() if row.third_party_copy)
ANY = next(iter(CATALOG.flows.values()))


def row(*cites: tuple[str, str], as_of: str = "2026") -> Flow:
    made = tuple(Cite(source=source, at="page 1", basis=basis) for source, basis in cites)  # type: ignore[arg-type]
    return structs.replace(ANY, cites=made, as_of=as_of)


@pytest.mark.parametrize(
    ("cites", "reasons"),
    [
        pytest.param([(ITSELF, "read")], (), id="read itself"),
        pytest.param([(COPY, "read"), (ITSELF, "read")], (), id="one of them read itself"),
        pytest.param([(COPY, "read")], ("copies",), id="a copy"),
        pytest.param([(COPY, "read"), (ITSELF, "recalled")], ("copies",), id="a copy and memory"),
        pytest.param([(ITSELF, "recalled")], ("recalled",), id="memory"),
        pytest.param([(COPY, "recalled")], ("recalled",), id="memory of a copy"),
    ],
)
def test_what_was_not_read_where_it_was_published_is_verified_first(cites, reasons):
    made = row(*cites)
    assert verify_first(made, CATALOG, TODAY) == reasons
    assert rests_on_copies(made, CATALOG) == bool(reasons)
    assert rests_on_memory(made) == (reasons == ("recalled",))


@pytest.mark.parametrize(
    ("as_of", "old"),
    [
        ("2021-11-25", True), ("2021-11-26", False), ("2021-11", True), ("2021-12", False),
        ("2021", True), ("2022", False), ("2013", True),
    ],
)  # fmt: skip
def test_what_may_be_older_than_five_years_is_verified_first(as_of, old):
    made = row((ITSELF, "read"), as_of=as_of)
    assert is_older(made, TODAY) == old
    assert verify_first(made, CATALOG, TODAY) == (("old",) if old else ())


def test_the_clinic_can_set_another_limit():
    made = row((ITSELF, "read"), as_of="2024-06")
    assert verify_first(made, CATALOG, TODAY, limit_years=2) == ("old",)


def test_a_law_is_as_old_as_the_older_of_its_dates():
    law = next(iter(CATALOG.restrictions.values()))
    assert is_older(structs.replace(law, as_of="2026", status_as_of="2019"), TODAY)


def test_the_last_day_of_february_has_a_limit_too():
    assert not is_older(row((ITSELF, "read"), as_of="2019-03-01"), "2024-02-29")
    assert is_older(row((ITSELF, "read"), as_of="2019-02-28"), "2024-02-29")


def test_a_route_rests_on_its_flows_and_without_any_on_the_system_that_holds_the_record():
    flow = next(iter(CATALOG.flows))
    assert rows_of_route(CATALOG, (flow,), "ice-eid") == [CATALOG.flows[flow]]
    assert rows_of_route(CATALOG, (), "ice-eid") == [CATALOG.systems["ice-eid"]]


def test_no_source_is_named_as_what_copied_it():
    """A copy is marked as one; whose copy it was is not printed."""
    said = re.compile(r"\((?:re)?(?:copy|copied|posted|printed)\b|\breposted by\b|\bscribd\b", re.IGNORECASE)
    found = [row.id for row in CATALOG.sources.values() if said.search(row.publisher)]
    assert not found


def test_every_source_has_title_publisher_date_and_every_cite_its_place():
    for source in CATALOG.sources.values():
        assert source.title.strip() and source.publisher.strip() and source.published.strip(), source.id
    for rows in (CATALOG.systems, CATALOG.flows, CATALOG.restrictions, CATALOG.remedies, CATALOG.touchpoints):
        for row_id, each in rows.items():
            assert all(cite.at.strip() for cite in each.cites), row_id


def sample_with(catalog: Catalog, as_of: str) -> Catalog:
    return structs.replace(
        catalog, flows={id: structs.replace(flow, as_of=as_of) for id, flow in catalog.flows.items()}
    )


def test_the_map_in_words_says_what_to_verify():
    matter, catalog = sample.matter(), sample.catalog()
    told = map_in_words(matter, sample_with(catalog, "2001"), sample.exposure(matter, catalog))
    assert "Verify first: " in told and "older than 5 years" in told


def test_a_row_that_is_shown_says_what_to_verify():
    recalled = next(row for row in CATALOG.systems.values() if rests_on_memory(row))
    assert "verify first: recalled" in shown(CATALOG, recalled.id, TODAY)
    assert "older than" in shown(CATALOG, recalled.id, "2040-01-01")
