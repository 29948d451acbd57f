"""The law of every state stands in a file of its own, and every row that acts carries the cases it must decide."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from clinic_mapper.catalog.load import load_catalog, raw_files, shipped_folder
from clinic_mapper.catalog.model import Example, Exception_, Restriction
from clinic_mapper.catalog.references import STATES

TERRITORIES = {"PR", "GU", "VI", "AS", "MP"}
LAW = {
    name.removeprefix("law/").removesuffix(".json"): json.loads(raw).get("restrictions", ())
    for name, raw in raw_files(shipped_folder())
    if name.startswith("law/")
}
ACTING = {row.id: row for row in load_catalog().restrictions.values() if row.acts}
NOT_KNOWN = {"unknown", "declined"}


@pytest.mark.parametrize("state", sorted(STATES - TERRITORIES))
def test_every_state_and_the_district_has_a_file_with_a_row(state):
    assert LAW.get(f"us-{state.lower()}"), f"law/us-{state.lower()}.json says nothing of {state}"


@pytest.mark.parametrize("name", sorted(LAW))
def test_a_file_holds_the_law_of_its_own_place_and_no_other(name):
    place = name.upper()
    strangers = {row["id"]: row["jurisdiction"] for row in LAW[name] if not _lies_in(row["jurisdiction"], place)}
    assert strangers == {}


def _lies_in(jurisdiction: str, place: str) -> bool:
    return jurisdiction == place if place == "US" else jurisdiction[:5] == place


@pytest.mark.parametrize("law", sorted(ACTING))
def test_a_row_that_acts_shows_where_it_is_silent_what_it_does_and_each_answer_to_its_exceptions(law):
    assert list(_missing(ACTING[law])) == []


def _missing(row: Restriction) -> Iterator[str]:
    does = _main_effect(row)
    yield from (f"no example in which the row is {effect}" for effect in (does, "silent") if effect not in _shown(row))
    for exception in row.unless:
        if exception.kind == "client":
            cases = {(_answer(exception, example), example.law) for example in row.examples}
            wanted = {("yes", "lifted"), ("no", does), ("not known", _in_doubt(does))}
            yield from (f'no example in which "{exception.client}" is {case}' for case in sorted(wanted - cases))


def _shown(row: Restriction) -> set[str | None]:
    return {example.law for example in row.examples}


def _main_effect(row: Restriction) -> str:
    """What the row does to a step; a contested bar leaves it to counsel."""
    if row.effect_on_route == "close" and row.status == "contested":
        return "undetermined"
    return row.effect_on_route


def _in_doubt(effect: str) -> str:
    """What the row does while an exception is not known: a bar is doubtful, a mandate speaks only perhaps."""
    return {"close": "undetermined", "practice_yes": "perhaps"}.get(effect, effect)


def _answer(exception: Exception_, example: Example) -> str:
    given = (example.facts | example.client).get(exception.client or "", "unknown")
    if given in NOT_KNOWN:
        return "not known"
    return "yes" if given == (exception.is_ or "yes") else "no"
