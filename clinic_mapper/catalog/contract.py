"""The published contract of catalog files, `schemas/catalog.schema.json`: every place where a file departs from it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from clinic_mapper.catalog.decode import KINDS, TOO_DEEP, Finding, finding
from clinic_mapper.catalog.references import suggestion
from clinic_mapper.resource_files import schemas


@cache
def schema() -> dict[str, Any]:
    """The schema of one catalog file."""
    loaded: dict[str, Any] = json.loads((schemas() / "catalog.schema.json").read_text("utf-8"))
    return loaded


@cache
def _validator() -> Any:
    # jsonschema takes long to import: only who checks a catalog pays for it.
    from jsonschema import Draft202012Validator

    return Draft202012Validator(schema())


def departures(name: str, raw: bytes) -> Iterator[Finding]:
    """Every departure of a file from the schema, and every key that stands twice in one object."""
    doubled: list[str] = []

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        seen = dict(items)
        if len(seen) < len(items):
            keys = [key for key, _ in items]
            owner = f'row "{seen["id"]}": ' if "id" in seen else ""
            doubled.extend(f'{owner}key "{key}" stands twice' for key in seen if keys.count(key) > 1)
        return seen

    tree = json.loads(raw, object_pairs_hook=pairs)
    for what in doubled:
        yield finding(name, "", "", what)
    try:
        errors = list(_validator().iter_errors(tree))
    except RecursionError:
        yield finding(name, "", "", TOO_DEEP)
        return
    for error in sorted(errors, key=lambda error: list(map(str, error.absolute_path))):
        yield from _told(name, tree, error)


def _told(name: str, tree: Any, error: Any) -> Iterator[Finding]:
    """One error of the validator as findings with row and key."""
    steps = list(error.absolute_path)
    row, steps = _row(tree, steps)
    key = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).removeprefix(".")
    if error.validator == "additionalProperties":
        known = error.schema.get("properties", {})
        for unknown in sorted(set(error.instance) - set(known)):
            yield finding(name, row, _under(key, unknown), f'unknown key "{unknown}"{suggestion(unknown, known)}')
    elif error.validator == "required":
        for missing in sorted(set(error.validator_value) - set(error.instance)):
            yield finding(name, row, _under(key, missing), f'key "{_under(key, missing)}" is missing')
    elif error.validator == "enum":
        words = [word for word in error.validator_value if isinstance(word, str)]
        near = suggestion(str(error.instance), words)
        yield finding(name, row, key, f'key "{key}": unknown word {json.dumps(error.instance)}{near}')
    elif error.validator == "minItems":
        yield finding(name, row, key, f'key "{key}" is empty')
    elif error.validator == "pattern":
        yield finding(name, row, key, f'key "{key}": {json.dumps(error.instance)} has not the form it must have')
    elif error.validator in ("oneOf", "anyOf", "dependentSchemas"):
        said = error.schema.get("description", "none of the allowed forms fits")
        yield finding(name, row, key, f'key "{key}": {said}')
    else:
        yield finding(name, row, key, f'key "{key}": {error.message}')


def _row(tree: Any, steps: list[Any]) -> tuple[str, list[Any]]:
    if len(steps) < 2 or steps[0] not in KINDS:
        return "", steps
    row = tree[steps[0]][steps[1]]
    named = isinstance(row, dict) and "id" in row
    kind = KINDS[steps[0]]
    return (f'{kind} "{row["id"]}"' if named else f"{kind} number {steps[1] + 1}"), steps[2:]


def _under(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name
