"""The typed rows and the published schema say the same: a file that one accepts, the other accepts."""

from __future__ import annotations

import copy
import json
from functools import cache
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from clinic_mapper.catalog import model
from clinic_mapper.catalog.contract import schema
from clinic_mapper.catalog.decode import decode_file
from clinic_mapper.catalog.model import CatalogFile
from clinic_mapper.catalog.vocabulary import DATA_ITEMS

STRUCTS = {
    name: struct
    for name, struct in vars(model).items()
    if isinstance(struct, type) and issubclass(struct, model.Row) and struct is not model.Row
}
WORDS = st.sampled_from(DATA_ITEMS)
DATES = st.sampled_from(["2017", "2017-09", "2017-09-22", "1999-12-31"])
NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8)


def described(name: str) -> dict[str, Any]:
    """What the schema says of one struct."""
    whole = schema()
    found: dict[str, Any] = whole if name == "CatalogFile" else whole["$defs"][name]
    return found


@cache
def validator() -> Any:
    return Draft202012Validator(schema())


def field_value(field: Any, typed: Any, wanted: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values that fit the type of a field, within what the schema asks of its texts."""
    said = json.dumps(wanted)
    return value(typed, words="DataWord" in said, dates='#/$defs/Date"' in said, least=wanted.get("minItems", 0))


def value(typed: Any, words: bool = False, dates: bool = False, least: int = 0) -> st.SearchStrategy[Any]:
    info = msgspec.inspect
    if isinstance(typed, info.StrType):
        return WORDS if words else DATES if dates else NAMES
    if isinstance(typed, info.LiteralType):
        return st.sampled_from(typed.values)
    if isinstance(typed, info.BoolType):
        return st.booleans()
    if isinstance(typed, info.NoneType):
        return st.none()
    if isinstance(typed, info.IntType):
        return st.integers(typed.ge, typed.le)
    if isinstance(typed, info.VarTupleType):
        return st.lists(value(typed.item_type, words), min_size=least, max_size=2, unique=words)
    if isinstance(typed, info.UnionType):
        return st.one_of([value(part, words, dates, least) for part in typed.types])
    if isinstance(typed, info.DictType):
        return st.dictionaries(NAMES, NAMES, max_size=2)
    assert isinstance(typed, info.StructType), typed
    return conditions() if typed.cls is model.Condition else struct_rows(typed.cls)


@cache
def struct_rows(struct: type[msgspec.Struct]) -> st.SearchStrategy[dict[str, Any]]:
    """Rows of one struct as files hold them."""
    typed = msgspec.inspect.type_info(struct)
    assert isinstance(typed, msgspec.inspect.StructType)
    wanted = described(struct.__name__)["properties"]
    fields = {field.encode_name: field_value(field, field.type, wanted[field.encode_name]) for field in typed.fields}
    needed = {field.encode_name for field in typed.fields if field.required}
    return st.fixed_dictionaries(
        {key: made for key, made in fields.items() if key in needed},
        optional={key: made for key, made in fields.items() if key not in needed},
    )


@cache
def conditions() -> st.SearchStrategy[dict[str, Any]]:
    def one(key: str, made: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
        return st.fixed_dictionaries({key: made})

    span = st.fixed_dictionaries({}, optional={"from": DATES, "until": DATES})
    leaves = st.one_of(
        st.fixed_dictionaries({"fact": NAMES, "is": NAMES}),
        st.fixed_dictionaries({"client": NAMES, "is": NAMES}),
        one("place", st.lists(NAMES, max_size=2)),
        one("date", span),
        one("agreement", NAMES),
        one("practice", NAMES),
    )
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            one("all", st.lists(inner, max_size=2)), one("any", st.lists(inner, max_size=2)), one("not", inner)
        ),
        max_leaves=3,
    )


@st.composite
def files(draw: st.DrawFn) -> dict[str, Any]:
    """A catalog file with a row or two of one kind."""
    typed = msgspec.inspect.type_info(CatalogFile)
    assert isinstance(typed, msgspec.inspect.StructType)
    lists = {
        field.encode_name: field.type.item_type.cls
        for field in typed.fields
        if isinstance(field.type, msgspec.inspect.VarTupleType)
        and isinstance(field.type.item_type, msgspec.inspect.StructType)
    }
    kind = draw(st.sampled_from(sorted(lists)))
    return {kind: draw(st.lists(struct_rows(lists[kind]), min_size=1, max_size=2))}


def test_the_schema_is_a_valid_schema_of_draft_2020_12():
    assert schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("name", sorted(STRUCTS))
def test_every_field_stands_in_the_schema_with_a_description_and_no_other_key_does(name):
    fields = {field.encode_name for field in msgspec.structs.fields(STRUCTS[name])}
    properties = described(name)["properties"]
    assert set(properties) == fields
    assert all(properties[key].get("description") for key in fields), "every key says what it means"


@pytest.mark.parametrize("name", sorted(STRUCTS))
def test_the_same_keys_are_required_and_no_unknown_key_is_allowed(name):
    required = {field.encode_name for field in msgspec.structs.fields(STRUCTS[name]) if field.required}
    assert set(described(name).get("required", ())) == required
    assert described(name)["additionalProperties"] is False


@given(files())
def test_what_fits_the_types_fits_the_schema_and_is_read(file):
    errors = [error.message for error in validator().iter_errors(file)]
    assert not errors
    assert isinstance(decode_file("x.json", json.dumps(file).encode()), CatalogFile)


@given(files(), st.data())
def test_what_the_reader_refuses_the_schema_refuses(file, data):
    broken = copy.deepcopy(file)
    (rows,) = broken.values()
    row = data.draw(st.sampled_from(rows))
    key = data.draw(st.sampled_from(sorted(row)))
    match data.draw(st.sampled_from(["leave out", "misspell", "number"])):
        case "leave out":
            del row[key]
        case "misspell":
            row[key + "x"] = row.pop(key)
        case "number":
            row[key] = 17
    read = isinstance(decode_file("x.json", json.dumps(broken).encode()), CatalogFile)
    assert read == validator().is_valid(broken)
