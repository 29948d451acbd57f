"""Reading the catalog: what is read, and how each way of being broken is named."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from clinic_mapper.catalog.decode import decode_file
from clinic_mapper.catalog.layout import canonical
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import CatalogFile
from clinic_mapper.problem import Problem

CITE = [{"source": "manual", "at": "page 1", "basis": "read"}]


def system(system_id: str, **more: Any) -> dict[str, Any]:
    return {
        "id": system_id,
        "name": system_id,
        "operator": "Somebody",
        "level": "local",
        "sector": "jail",
        "holds": ["identity", "fingerprints"],
        "summary": "Invented.",
        "as_of": "2024",
        "cites": CITE,
        **more,
    }


def flow(flow_id: str, **more: Any) -> dict[str, Any]:
    return {
        "id": flow_id,
        "from": "jail",
        "to": "ice-acrime-lesc",
        "mechanism": "prints",
        "mode": "automatic",
        "confidence": "documented",
        "timing": "at_event",
        "practice": "everywhere",
        "needs": {"all": ["fingerprints"]},
        "carries": ["fingerprints"],
        "trigger": "Booking.",
        "authority": "none published",
        "as_of": "2024",
        "cites": CITE,
        **more,
    }


def question(question_id: str, **more: Any) -> dict[str, Any]:
    words = {
        "en": "Were prints taken?",
        "es": "¿Le tomaron las huellas?",
        "why_en": "It matters.",
        "why_es": "Importa.",
    }
    return {"id": question_id, **words, **more}


SMALL: dict[str, Any] = {
    "base.json": {
        "version": "1",
        "as_of": "2024",
        "sources": [
            {"id": "manual", "title": "A manual", "publisher": "Somebody", "published": "2024", "kind": "government"}
        ],
        "mechanisms": [{"id": "prints", "en": "Prints", "es": "Huellas"}],
        "systems": [
            system("jail"),
            system("ice-acrime-lesc", level="federal", sector="ice", ice="operated", serves="ice-ero"),
        ],
        "client_questions": [question("listed-offense")],
    },
    "flows/jail.json": {"flows": [flow("jail-to-ice", when={"fact": "fingerprinted", "is": "yes"})]},
    "law.json": {
        "restrictions": [
            {
                "id": "a-law",
                "jurisdiction": "US-CA",
                "name": "A law",
                "citation": "1 Code 1",
                "effect": "blocks",
                "says": "No.",
                "status": "in_force",
                "status_as_of": "2024",
                "as_of": "2024",
                "cites": CITE,
                "acts": True,
                "effect_on_route": "close",
                "binds": ["local"],
                "recipients": ["ice"],
                "acts_from": "2018-01-04",
                "unless": [{"kind": "client", "text": "listed", "question": "Listed?", "client": "listed-offense"}],
            }
        ]
    },
    "touchpoints.json": {
        "touchpoints": [
            {
                "id": "booking",
                "en": "Booked into jail",
                "es": "Ingreso en la cárcel",
                "sector": "jail",
                "creates": [{"system": "jail", "data": ["identity", "fingerprints"]}],
                "questions": [question("fingerprinted")],
            }
        ]
    },
}
"""A small catalog that is in order."""


def written(folder: Path, files: dict[str, Any]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return folder


def small(**changes: Any) -> dict[str, Any]:
    """The small catalog with files replaced; `__` in a name stands for `/`, and `.json` is added."""
    return copy.deepcopy(SMALL) | {name.replace("__", "/") + ".json": content for name, content in changes.items()}


def refusal(folder: Path, files: dict[str, Any]) -> str:
    with pytest.raises(Problem) as caught:
        load_catalog(written(folder, files))
    assert caught.value.code == "catalog-invalid"
    return caught.value.what


def test_rows_of_all_files_are_merged_under_their_ids_in_order(tmp_path):
    catalog = load_catalog(written(tmp_path, SMALL))
    assert list(catalog.systems) == ["ice-acrime-lesc", "jail"]
    assert catalog.flows["jail-to-ice"].needs.all == ("fingerprints",)
    assert (catalog.version, catalog.as_of) == ("1", "2024")


def test_questions_about_the_client_keep_the_order_in_which_they_are_asked(tmp_path):
    asked = [question("listed-offense"), question("a-number"), question("in-custody")]
    catalog = load_catalog(written(tmp_path, small(base=SMALL["base.json"] | {"client_questions": asked})))
    assert list(catalog.client_questions) == ["listed-offense", "a-number", "in-custody"]


def test_a_row_without_a_cite_does_not_load(tmp_path):
    said = refusal(tmp_path, small(flows__jail={"flows": [flow("x", cites=[])]}))
    assert 'flows/jail.json, flow "x": a row without a cite does not load' in said


def test_an_unknown_system_is_named_with_file_row_and_a_suggestion(tmp_path):
    said = refusal(tmp_path, small(flows__jail={"flows": [flow("x", to="acrim")]}))
    assert said.endswith('flows/jail.json, flow "x": unknown system "acrim"; did you mean "ice-acrime-lesc"?')


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        pytest.param(flow("x", mode="by fax"), 'key "mode": unknown word "by fax"', id="word of a fixed list"),
        pytest.param(flow("x", carries=["prints"]), 'unknown data word "prints"', id="data word"),
        pytest.param(flow("x", tto="y"), 'unknown key "tto"', id="key"),
        pytest.param(flow("x", trigger=3), 'key "trigger": expected str, found int', id="type"),
        pytest.param(flow("x", needs={"al": []}), 'unknown key "needs.al"', id="key inside"),
        pytest.param(flow("x", when={"fact": "printed", "is": "yes"}), 'unknown question "printed"', id="question"),
        pytest.param(flow("x", when={"fact": "fingerprinted", "is": "y"}), 'unknown answer "y"', id="answer"),
        pytest.param(flow("x", when={"fact": "fingerprinted"}), "unknown answer", id="no answer"),
        pytest.param(flow("x", when={"client": "who", "is": "yes"}), 'unknown client question "who"', id="client"),
        pytest.param(flow("x", when={"place": ["US-XX"]}), 'unknown place "US-XX"', id="place"),
        pytest.param(flow("x", when={"date": {"from": "May"}}), '"May" is not a date', id="date"),
        pytest.param(flow("x", when={"practice": "faxes"}), 'unknown practice "faxes"', id="practice"),
        pytest.param(
            flow("x", when={"all": [], "any": []}), "exactly one form; this one has: all, any", id="two forms"
        ),
        pytest.param(flow("x", when={"not": {}}), "exactly one form; this one has: none", id="no form"),
        pytest.param(
            flow("x", when={"place": ["US"], "is": "yes"}), '"is" goes with "fact" or "client"', id="is alone"
        ),
    ],
)
def test_a_wrong_word_is_named_by_file_and_row(tmp_path, row, sentence):
    said = refusal(tmp_path, small(flows__jail={"flows": [row]}))
    assert 'flows/jail.json, flow "x": ' in said
    assert sentence in said


def test_a_missing_key_is_named(tmp_path):
    row = flow("x")
    del row["mode"]
    assert 'flows/jail.json, flow "x": key "mode" is missing' in refusal(tmp_path, small(flows__jail={"flows": [row]}))


def test_a_row_without_an_id_is_named_by_its_number(tmp_path):
    row = flow("x")
    del row["id"]
    files = small(flows__jail={"flows": [flow("jail-to-ice"), row]})
    assert 'flows/jail.json, flow number 2: key "id" is missing' in refusal(tmp_path, files)


def test_an_id_that_stands_twice_is_named_with_both_files(tmp_path):
    said = refusal(tmp_path, small(more={"flows": [flow("jail-to-ice")]}))
    assert 'more.json, flow "jail-to-ice": this id stands also in flows/jail.json' in said


def test_broken_json_is_named_by_file_line_and_column(tmp_path):
    said = refusal(tmp_path, small(flows__jail='{"flows": [\n  {"id": "x",}\n]}'))
    assert "flows/jail.json: this is not JSON: line 2, column 14" in said


def test_bytes_that_are_not_text_are_named_by_file(tmp_path):
    written(tmp_path, SMALL)
    (tmp_path / "law.json").write_bytes(b'{"notes": ["\xff"]}')
    with pytest.raises(Problem, match=r"law\.json: this is not UTF-8 text: byte 13"):
        load_catalog(tmp_path)


@pytest.mark.parametrize("depth", [60, 400, 5000])
def test_conditions_too_deep_inside_each_other_are_refused_and_stop_nothing(tmp_path, depth):
    deep = '{"not":' * depth + '{"place": ["US"]}' + "}" * depth
    row = json.dumps(flow("x", when="HERE")).replace('"HERE"', deep)
    said = refusal(tmp_path, small(flows__jail=f'{{"flows": [{row}]}}'))
    assert "flows/jail.json" in said
    assert said.endswith("its conditions stand too deep inside each other")


def test_a_byte_order_mark_means_nothing():
    assert decode_file("x.json", b"\xef\xbb\xbf{}") == CatalogFile()


def test_a_file_that_is_a_list_is_said_to_be_one(tmp_path):
    assert refusal(tmp_path, small(law="[]")).endswith("law.json: expected object, found array")


def test_a_folder_without_a_catalog_is_said_to_be_one(tmp_path):
    with pytest.raises(Problem) as caught:
        load_catalog(tmp_path)
    assert caught.value.code == "catalog-unreadable"


def test_the_layout_changes_no_meaning_and_does_not_change_twice():
    raw = json.dumps(SMALL["law.json"]).encode()
    laid_out = canonical(raw)
    assert decode_file("law.json", laid_out) == decode_file("law.json", raw)
    assert canonical(laid_out) == laid_out
    assert b'      "binds": ["local"],\n' in laid_out, "what fits on a line stands on one"


def test_the_layout_leaves_out_defaults_and_orders_the_keys():
    raw = b'{"mechanisms": [{"es": "b", "en": "a", "id": "x"}], "notes": []}'
    ordered = canonical(raw).decode()
    assert ordered == '{\n  "mechanisms": [\n    {"id": "x", "en": "a", "es": "b"}\n  ]\n}\n'


def test_the_layout_of_a_file_that_is_none_is_refused():
    with pytest.raises(Problem):
        canonical(b"[]")


def test_an_empty_file_of_the_catalog_holds_nothing():
    assert decode_file("x.json", b"{}") == CatalogFile()
