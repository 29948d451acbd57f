"""Nothing of the published research behind the catalog is lost: each row of it is a row, part of one, or has a reason.

`tests/data/research_rows.json` lists the research rows once. What stands there under no other key is a row of the same
id in the catalog (a fact of a contact: a question of that contact).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from clinic_mapper.catalog.load import load_catalog

CATALOG = load_catalog()
RESEARCH: dict[str, Any] = json.loads((Path(__file__).parents[1] / "data" / "research_rows.json").read_text("utf-8"))
ROWS = {
    "systems": 105, "touchpoints": 64, "flows": 288, "restrictions": 179, "remedies": 107, "sources": 910,
    "touchpoint_facts": 258, "client_facts": 55,
}  # fmt: skip
"""How many research rows there are of each kind, so that none leaves the list unseen."""
KINDS = ("systems", "touchpoints", "flows", "restrictions", "remedies", "sources")


def questions() -> dict[str, set[str]]:
    """What is asked: by contact, of the client, at every contact."""
    asked = {kind.id: {question.id for question in kind.questions} for kind in CATALOG.touchpoints.values()}
    return asked | {"client": set(CATALOG.client_questions), "shared": set(CATALOG.shared_questions)}


def is_asked(where: str) -> bool:
    contact, _, question = where.partition("/")
    return question in questions().get(contact, set())


def same(kind: str, id: str) -> bool:
    """Whether the row of this id is in the catalog; for a fact, whether it is asked under this id."""
    if kind in KINDS:
        return id in getattr(CATALOG, kind)
    return is_asked(id if kind == "touchpoint_facts" else f"client/{id}")


def told(kind: str) -> Iterator[tuple[str, str, Any]]:
    """What the list says of rows that are not in the catalog under their own id: how, id, where or why."""
    for how, rows in RESEARCH[kind].items():
        if how != "rows":
            yield from ((how, id, what) for id, what in rows.items())


@pytest.mark.parametrize("kind", ROWS)
def test_every_research_row_is_accounted_for(kind):
    elsewhere = {id for _, id, _ in told(kind)}
    lost = [id for id in RESEARCH[kind]["rows"] if id not in elsewhere and not same(kind, id)]
    assert not lost


@pytest.mark.parametrize("kind", ROWS)
def test_no_research_row_leaves_the_list(kind):
    rows = RESEARCH[kind]["rows"]
    assert len(rows) == len(set(rows)) == ROWS[kind]


@pytest.mark.parametrize("kind", ROWS)
def test_each_is_accounted_for_once_and_none_is_told_as_gone_that_is_here(kind):
    ids = [id for _, id, _ in told(kind)]
    assert len(ids) == len(set(ids))
    assert not set(ids) - set(RESEARCH[kind]["rows"])
    assert not [id for id in ids if same(kind, id)]


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_merged_or_became_a_note_stands_where_it_is_said_to_stand(kind):
    for how, id, where in told(kind):
        if how == "merged":
            assert where in getattr(CATALOG, kind), id
        elif how == "noted":
            of, _, row = where.partition("/")
            assert row in getattr(CATALOG, of), id


@pytest.mark.parametrize("kind", ["touchpoint_facts", "client_facts"])
def test_what_is_asked_in_another_place_is_asked_there(kind):
    for how, id, where in told(kind):
        if how == "asked_as":
            assert all(is_asked(each) for each in ([where] if isinstance(where, str) else where)), id


@pytest.mark.parametrize("kind", ROWS)
def test_what_is_left_out_or_not_asked_has_a_reason(kind):
    for how, id, why in told(kind):
        assert how in ("merged", "noted", "left_out", "asked_as", "not_asked"), how
        if how in ("left_out", "not_asked"):
            assert why.endswith(".") and len(why.split()) >= 4, id
