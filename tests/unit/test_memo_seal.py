"""The seal of a signed memo: read back it is the same, and what it says is bound to no catalog but the one it had."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from functools import lru_cache

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from clinic_mapper.casefile.model import Answer, Identifier, Matter
from clinic_mapper.catalog.digest import changed_marks, digest, marks_of
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo.readers import load_profile
from clinic_mapper.memo.seal import ALL, Chosen, Seal, decode, encode, seal
from clinic_mapper.memo.sign_off import SIGNED_READERS, initials_of
from clinic_mapper.problem import Problem
from clinic_mapper.resource_files import schemas
from clinic_mapper.routing.compare import compare, compare_states, states_of
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.whole_job import sample_matter
from tests.unit.drawn_matters import matters

TODAY = date(2026, 11, 26)
AT = datetime(2026, 11, 26, 15, 0, tzinfo=UTC)


@lru_cache(maxsize=1)
def catalog() -> Catalog:
    return load_catalog()


def sealed(matter: Matter, reader: str = "supervisor", lang: str = "en", chosen: Chosen = ALL) -> Seal:
    exposure = map_exposure(matter, catalog(), TODAY, ask=False)
    return seal(
        matter, 3, catalog(), exposure, load_profile(reader), lang, b"the file", "Rosa María Ejemplo", AT, chosen
    )


def drawn() -> st.SearchStrategy[Matter]:
    return st.deferred(lambda: matters(catalog(), most=2))


@given(drawn(), st.sampled_from(SIGNED_READERS), st.sampled_from(("en", "es")), st.lists(st.text(max_size=9)))
def test_a_seal_read_back_is_the_same(matter, reader, lang, chosen):
    made = sealed(matter, reader, lang, Chosen(lines=tuple(chosen)))
    assert decode(encode(made)) == made
    assert encode(decode(encode(made))) == encode(made)


@given(drawn(), drawn())
def test_seals_tell_the_same_difference_as_the_maps_they_were_made_of(one, other):
    maps = [map_exposure(matter, catalog(), TODAY, ask=False) for matter in (one, other)]
    kept = [decode(encode(sealed(matter))).states for matter in (one, other)]
    assert compare_states(*kept) == compare(*maps)
    assert compare_states(kept[0], kept[0]).is_empty


def test_a_seal_is_as_its_schema_says():
    plain = json.loads(encode(sealed(sample_matter())))
    jsonschema.validate(plain, json.loads((schemas() / "seal.schema.json").read_bytes()))
    jsonschema.validate(plain["case"], json.loads((schemas() / "case.schema.json").read_bytes()))


def test_a_seal_keeps_no_answer_for_this_session_only():
    matter = Matter(code="M", client={"voted": Answer(value="yes", session_only=True), "daca-ever": Answer(value="no")})
    assert sealed(matter).case.client == {"daca-ever": Answer(value="no")}


def test_every_line_has_its_rows_and_everything_that_is_told_of_it_its_name():
    made = sealed(sample_matter())
    marks = made.catalog.marks
    for line in made.lines:
        assert f"mechanisms/{line.state.mechanism}" in line.rows
        assert all(id in marks[kind] for kind, id in (row.split("/", 1) for row in line.rows))
        assert {f"mechanisms/{line.state.mechanism}", *(f"restrictions/{law.id}" for law in line.state.law)} <= set(
            made.names
        )


@pytest.mark.parametrize(
    "spoilt", [b"", b"{}", b"[]", b"null", b"\xff", b'{"schema": "clinic-mapper/seal/1"}', b"[" * 9000]
)
def test_a_damaged_seal_says_so(spoilt: bytes):
    with pytest.raises(Problem) as caught:
        decode(spoilt)
    assert caught.value.code == "seal-unreadable"


@given(st.data())
def test_a_seal_with_a_part_gone_or_of_another_kind_says_so(data: st.DataObject):
    plain = json.loads(encode(sealed(Matter(code="M"))))
    key = data.draw(st.sampled_from(sorted(set(plain) - {"schema"})))
    if data.draw(st.booleans()):
        del plain[key]
    else:
        plain[key] = 7.5
    with pytest.raises(Problem) as caught:
        decode(json.dumps(plain).encode())
    assert caught.value.code == "seal-unreadable"


def test_a_seal_of_a_later_version_says_so_and_keys_that_it_added_are_left_alone():
    made = sealed(Matter(code="M"))
    plain = json.loads(encode(made))
    assert decode(json.dumps({**plain, "later": 1}).encode()) == made
    with pytest.raises(Problem) as caught:
        decode(json.dumps({**plain, "schema": "clinic-mapper/seal/2"}).encode())
    assert caught.value.code == "seal-newer"


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Rosa María Ejemplo", "R.M.E."),
        ("RE", "R.E."),
        ("R. E.", "R.E."),
        ("  ana   lópez-vega ", "A.L.V."),
        ("Li", "L."),
        ("王小明", "王."),
        ("O’Neill", "O."),
    ],
)
def test_initials_are_those_of_a_name(name: str, initials: str):
    assert initials_of(name) == initials


@pytest.mark.parametrize("name", ["", "  ", "123", "…", "-", "x" * 81])
def test_what_is_no_name_signs_nothing(name: str):
    with pytest.raises(Problem) as caught:
        initials_of(name)
    assert caught.value.code in ("nobody-signed", "name-too-long")


def test_what_was_told_reaches_no_log():
    matter = Matter(code="M", identifiers=(Identifier(kind="name", value="Somebody Real"),), note="told in confidence")
    assert "told" not in repr(sealed(matter)) and "Real" not in repr(sealed(matter))


def test_a_word_in_a_row_changes_the_digest_and_no_mark_and_a_key_that_can_move_a_route_both():
    before = catalog()
    id, flow = next(iter(before.flows.items()))
    worded = replace(before, flows=before.flows | {id: replace(flow, note="told again")})
    ended = replace(before, flows=before.flows | {id: replace(flow, until="1999")})
    assert digest(worded) != digest(before) != digest(ended)
    assert marks_of(worded) == marks_of(before)
    (change,) = changed_marks(marks_of(before), marks_of(ended))
    assert (change.kind, change.id, change.what) == ("flows", id, "changed")


def test_marks_tell_rows_that_came_and_went():
    whole = marks_of(catalog())
    id = next(iter(whole["flows"]))
    less = {**whole, "flows": {key: mark for key, mark in whole["flows"].items() if key != id}}
    assert [(each.id, each.what) for each in changed_marks(less, whole)] == [(id, "added")]
    assert [(each.id, each.what) for each in changed_marks(whole, less)] == [(id, "removed")]
    assert changed_marks(whole, whole) == ()


def test_a_digest_is_the_same_for_the_same_rows_however_they_were_put_together():
    before = catalog()
    turned = replace(before, flows=dict(reversed(before.flows.items())))
    assert digest(turned) == digest(before)


def test_states_are_those_that_the_map_has():
    exposure = map_exposure(sample_matter(), catalog(), TODAY, ask=False)
    assert [state.line for state in states_of(exposure)] == [line.id for line in exposure.lines]
