"""Layers over the shipped catalog: they add and override by id, and taking one away restores what was under it."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_mapper.catalog.browse import shown
from clinic_mapper.catalog.layers import Layer, kept, layer_of, pack_layer, stacked
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Catalog, CatalogFile
from clinic_mapper.problem import Problem

SHIPPED = load_catalog()
RELEASE = "local-jail-jms--ice-ero--release-notification"


@pytest.fixture
def shipped() -> Catalog:
    return SHIPPED


def rows(**lists: list[dict[str, Any]]) -> CatalogFile:
    return msgspec.json.decode(json.dumps(lists), type=CatalogFile)


def flow_row(**changes: Any) -> dict[str, Any]:
    return msgspec.to_builtins(SHIPPED.flows[RELEASE]) | changes


def notes(*flows: dict[str, Any], title: str = "The clinic's own notes") -> Layer:
    return Layer("notes", "notes", title, rows(flows=list(flows)))


def test_a_layer_adds_rows_and_overrides_rows_by_id(shipped):
    own = notes(flow_row(mode="automatic"), flow_row(id="our-sheriff-faxes"))
    catalog = stacked(shipped, [own]).catalog
    assert catalog.flows[RELEASE].mode == "automatic"
    assert "our-sheriff-faxes" in catalog.flows
    assert list(catalog.flows) == sorted(catalog.flows)
    assert shipped.flows[RELEASE].mode != "automatic", "the shipped catalog itself never changes"


def test_every_row_says_its_layer(shipped):
    catalog = stacked(shipped, [notes(flow_row(mode="automatic"))]).catalog
    assert catalog.origins == {("flows", RELEASE): "The clinic's own notes"}
    assert "layer: The clinic's own notes" in shown(catalog, RELEASE, "2026-06-30")
    assert "layer: shipped with the program" in shown(shipped, RELEASE, "2026-06-30")


def test_a_note_stands_above_a_list_and_a_list_above_a_pack_whatever_their_order(shipped):
    layers = [
        Layer(kind, kind, kind, rows(flows=[flow_row(mode=mode)]))
        for kind, mode in (("notes", "informal"), ("pack", "automatic"), ("list", "purchase"))
    ]
    assert stacked(shipped, layers).catalog.flows[RELEASE].mode == "informal"
    assert stacked(shipped, layers[1:]).catalog.flows[RELEASE].mode == "purchase"


@given(st.permutations(["automatic", "routine", "informal"]), st.integers(0, 3))
def test_taking_a_layer_away_restores_what_was_under_it(modes, most):
    layers = [notes(flow_row(mode=mode), title=mode) for mode in modes[:most]]
    with_all = [stacked(SHIPPED, layers[:count]).catalog for count in range(most + 1)]
    for count, catalog in enumerate(with_all):
        wanted = modes[count - 1] if count else SHIPPED.flows[RELEASE].mode
        assert catalog.flows[RELEASE].mode == wanted
    assert with_all[0] == SHIPPED


def test_a_layer_that_is_not_in_order_is_refused_whole_and_the_others_stay(shipped):
    good = notes(flow_row(id="good"), title="good")
    bad = Layer("bad", "notes", "bad", rows(flows=[flow_row(id="fine"), flow_row(id="bad", to="nowhere")]))
    stack = stacked(shipped, [bad, good])
    assert {"good"} == stack.catalog.flows.keys() - shipped.flows.keys()
    (refused,) = stack.refused
    assert refused.layer == "bad"
    assert 'bad, flow "bad": unknown system "nowhere"' in refused.problem.what


@pytest.mark.parametrize(("key", "word"), [("answers", "287g-boat"), ("state", "ZZ"), ("agency_kind", "navy")])
def test_a_list_that_names_what_does_not_exist_is_refused(shipped, key, word):
    row = {"id": "one", "answers": "287g-jail", "is": "yes", "state": "FL", "says": "A list", "as_of": "2025-07-18"}
    assert stacked(shipped, [Layer("l", "list", "l", rows(known_practices=[row]))]).refused == ()
    (refused,) = stacked(shipped, [Layer("l", "list", "l", rows(known_practices=[row | {key: word}]))]).refused
    assert 'l, known practice "one": unknown ' in refused.problem.what and f'"{word}"' in refused.problem.what


def test_a_layer_that_takes_an_answer_away_from_a_shipped_flow_is_refused(shipped):
    booking = msgspec.to_builtins(shipped.touchpoints["jail-booking"]) | {"questions": []}
    stack = stacked(shipped, [Layer("x", "pack", "x", rows(touchpoints=[booking]))])
    assert stack.catalog == shipped
    assert "unknown question" in stack.refused[0].problem.what


def test_a_pack_is_a_folder_or_a_single_file(shipped, tmp_path):
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "ours.json").write_bytes(kept(rows(flows=[flow_row(id="one")])))
    for path in (tmp_path / "pack", tmp_path / "pack" / "ours.json"):
        assert "one" in stacked(shipped, [pack_layer(path)]).catalog.flows


def test_a_pack_that_holds_an_id_twice_is_refused(tmp_path):
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_bytes(kept(rows(flows=[flow_row(id="one")])))
    with pytest.raises(Problem) as caught:
        pack_layer(tmp_path)
    assert caught.value.code == "catalog-invalid"


def test_what_is_kept_of_a_layer_is_read_again_as_it_was():
    layer = notes(flow_row(mode="informal"))
    assert layer_of(layer.id, layer.kind, layer.title, kept(layer.file)) == layer


def test_bytes_that_are_no_layer_are_told():
    with pytest.raises(Problem) as caught:
        layer_of("x", "notes", "The clinic's own notes", b'{"flows": [{"id": "half')
    assert "not JSON" in caught.value.what
