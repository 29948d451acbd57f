"""`clinic-mapper catalog diff`: what another catalog makes of the sample matters, exactly, and why."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from msgspec.structs import replace

from clinic_mapper import cli
from clinic_mapper.casefile.codec import decode_case, encode_case
from clinic_mapper.casefile.dates import in_words
from clinic_mapper.casefile.model import answer_of
from clinic_mapper.catalog.changes import RowChange, changed_rows
from clinic_mapper.catalog.load import load_catalog, shipped_folder
from clinic_mapper.catalog_difference import sample_matters
from clinic_mapper.resource_files import resources, schemas
from clinic_mapper.routing.engine import map_exposure, not_in_catalog
from clinic_mapper.routing.model import ExposureMap
from clinic_mapper.routing.wire import as_plain

Row = dict[str, Any]
MATTERS = sorted((resources() / "samples" / "matters").glob("*.json"))
every_sample = pytest.mark.parametrize("path", MATTERS, ids=[path.stem for path in MATTERS])

SUMMONS = "utility-data--ice-hsi--summons"
VALUES_ACT = "law-us-ca-values-act"
TODAY = date(2026, 6, 30)
DAY = ["--today", TODAY.isoformat()]


@pytest.fixture
def changed_copy(tmp_path) -> Callable[..., Path]:
    """A copy of the shipped catalog in which rows say something else."""

    def copy(name: str, **changes: Row) -> Path:
        folder = tmp_path / name
        shutil.copytree(shipped_folder(), folder)
        for path in folder.rglob("*.json"):
            tree = json.loads(path.read_bytes())
            rows = [row for rows in tree.values() if isinstance(rows, list) for row in rows if isinstance(row, dict)]
            touched = [row for row in rows if row.get("id") in changes]
            for row in touched:
                row.update(changes[row["id"]])
            if touched:
                path.write_text(json.dumps(tree), "utf-8")
        return folder

    return copy


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert cli.main(["catalog", "diff", *map(str, arguments)]) == cli.DONE
    told = capsys.readouterr()
    assert told.err == ""
    return told.out


def told_lines(text: str) -> list[str]:
    """The titles of the lines that differ, under the names of their matters."""
    told = re.findall(r"(?m)^(SAMPLE .+|  \S.*(?:\n    \s*(?!before: |now: ).*)*)$", text[text.index("SAMPLE") :])
    return [" ".join(title.split()) for title in told]


def expected_titles(new: Path) -> list[str]:
    """The same, found by putting the printed maps side by side."""
    catalogs, titles = [load_catalog(), load_catalog(new)], []
    for name, matter in sample_matters():
        before, after = (plain_lines(map_exposure(matter, catalog, TODAY, ask=False)) for catalog in catalogs)
        assert before.keys() == after.keys()
        differing = [line for line in after if before[line] != after[line]]
        titles += [f"SAMPLE {name}"] if differing else []
        contacts = {each.id: each for each in matter.touchpoints}
        for contact, mechanism in (line.split(":") for line in differing):
            kind = catalogs[0].touchpoints[contacts[contact].kind]
            when = in_words(contacts[contact].when)
            titles.append(f"{catalogs[0].mechanisms[mechanism].en} – {kind.en} ({when})")
    return titles


def plain_lines(exposure: ExposureMap) -> dict[str, tuple[object, ...]]:
    """What `map --json` prints of each line and of its strongest route."""
    plain = as_plain(exposure)
    routes = {route["id"]: route for route in plain["routes"]}
    found = {}
    for line in plain["lines"]:
        strongest = routes[line["routes"][0]]
        law = sorted((each["id"], each["effect"]) for each in strongest["law"] if each["effect"] != "show")
        said = [line[key] for key in ("standing", "closed_by", "tense", "arrives")]
        found[line["id"]] = (*said, strongest["end"], law)
    return found


# --- the sample matters ----------------------------------------------------------------------------------------------


@every_sample
def test_a_sample_matter_is_a_case_file_in_our_layout_and_marked_as_invented(path):
    data = path.read_bytes()
    matter = decode_case(data)
    schema = json.loads((schemas() / "case.schema.json").read_bytes())
    jsonschema.Draft202012Validator(schema).validate(json.loads(data))
    assert encode_case(matter) == data
    assert matter.sample and matter.code.startswith("SAMPLE-") and matter.note.startswith("SAMPLE.")
    assert not matter.identifiers and not any(each.agency.name or each.note for each in matter.touchpoints)


@every_sample
def test_the_shipped_catalog_knows_all_of_a_sample_matter(path):
    assert not list(not_in_catalog(decode_case(path.read_bytes()), load_catalog()))


def test_the_sample_matters_cover_the_people_a_clinic_sees():
    matters = dict(sample_matters())
    assert len(matters) >= 8 and len({matter.code for matter in matters.values()}) == len(matters)
    assert answer_of(matters["in-custody-in-texas"].client["in-custody"]).value == "now"
    assert len(matters["twelve-touchpoints"].touchpoints) == 12
    unknown = matters["everything-unknown"]
    assert not unknown.client
    assert not any((each.when, each.where.state, each.facts, each.agency.kind) != ("", "", {}, "")
                   for each in unknown.touchpoints)  # fmt: skip
    assert {each.where.state for matter in matters.values() for each in matter.touchpoints} >= {
        *("CA", "TX", "NY", "WA", "FL")
    }


# --- the command -----------------------------------------------------------------------------------------------------


def test_a_catalog_does_not_differ_from_itself(capsys):
    text = said(capsys, shipped_folder())
    assert "ROWS THAT DIFFER (0)" in text and "SAMPLE" not in text
    assert text.endswith(f"0 lines differ in 0 of {len(MATTERS)} sample matters; 0 rows differ.\n")


def test_a_flow_that_stopped_and_a_law_that_ended_change_exactly_their_lines(capsys, changed_copy):
    ended = {"status": "ended", "until": "2024-01-01"}
    new = changed_copy("new", **{SUMMONS: {"until": "2014"}, VALUES_ACT: ended})
    text = said(capsys, shipped_folder(), new, *DAY)
    head = text[: text.index("SAMPLE")].splitlines()
    assert head[2:5] == [
        "ROWS THAT DIFFER (2)",
        f'  flow "{SUMMONS}": changed: until',
        f'  restriction "{VALUES_ACT}": changed: status, until',
    ]
    titles = expected_titles(new)
    assert told_lines(text) == titles
    assert {"SAMPLE booked-in-california", "SAMPLE twelve-touchpoints"} <= set(titles)
    lines = sum(not title.startswith("SAMPLE ") for title in titles)
    assert text.endswith(
        f"{lines} lines differ in {len(titles) - lines} of {len(MATTERS)} sample matters; 2 rows differ.\n"
    )
    assert text.count(f'because: restriction "{VALUES_ACT}": changed: status, until') >= 1
    assert text.count(f'because: flow "{SUMMONS}": changed: until') == 1
    assert "because: no row" not in text
    assert "before: barred on paper by California Values Act" in text


def test_the_same_two_catalogs_give_the_same_bytes_and_turned_round_the_same_lines(capsys, changed_copy):
    new = changed_copy("new", **{SUMMONS: {"until": "2014"}})
    there, again, back = (
        said(capsys, *folders, *DAY)
        for folders in ((shipped_folder(), new), (shipped_folder(), new), (new, shipped_folder()))
    )
    assert there == again
    assert told_lines(there) == told_lines(back)


def test_words_that_changed_are_told_as_rows_and_move_no_line(capsys, changed_copy):
    old = changed_copy("old", **{SUMMONS: {"trigger": "Another wording."}})
    text = said(capsys, old)
    assert f'  flow "{SUMMONS}": changed: trigger\n' in text
    assert "SAMPLE" not in text and text.endswith("1 row differs.\n")


def test_the_day_is_the_new_catalog_s_own_unless_one_is_given(capsys):
    as_of = load_catalog().as_of
    assert f"Both mapped as of {as_of}." in said(capsys, shipped_folder())
    assert "Both mapped as of 2019-02-03." in said(capsys, shipped_folder(), "--today", "2019-02-03")


def test_a_folder_that_cannot_be_read_is_refused_in_a_sentence(capsys, tmp_path, changed_copy):
    (tmp_path / "empty").mkdir()
    broken = changed_copy("broken", **{SUMMONS: {"mode": "sometimes"}})
    for folders in ([tmp_path / "none"], [tmp_path / "empty"], [shipped_folder(), broken], [broken]):
        assert cli.main(["catalog", "diff", *map(str, folders)]) == cli.REFUSED
        told = capsys.readouterr()
        assert told.out == "" and told.err.count("\n") == 1
        assert folders[-1].name in told.err


def test_the_readme_names_the_command():
    readme = Path(__file__).parents[2] / "README.md"
    assert "clinic-mapper catalog diff OLD [NEW]" in readme.read_text("utf-8")


# --- rows ------------------------------------------------------------------------------------------------------------


def test_rows_that_only_one_catalog_has_are_added_or_removed(changed_copy):
    shipped = load_catalog()
    renamed = load_catalog(changed_copy("new", **{"agency-wrote-to-rgid": {"en": "it wrote"}}))
    change = RowChange(kind="practices", id="agency-wrote-to-rgid", what="changed", keys=("en",))
    assert changed_rows(shipped, renamed) == (change,)
    assert not change.can_move_a_route
    assert change.in_words == 'practice "agency-wrote-to-rgid": changed: en'


def test_each_way_of_differing_is_named_in_the_order_of_kinds_and_ids():
    shipped = load_catalog()
    flows = {name: row for name, row in shipped.flows.items() if name != SUMMONS}
    fewer = replace(shipped, flows=flows)
    removed, added = changed_rows(shipped, fewer), changed_rows(fewer, shipped)
    assert [(row.kind, row.id, row.what, row.keys) for row in removed] == [("flows", SUMMONS, "removed", ())]
    assert [row.what for row in added] == ["added"]
    assert added[0].can_move_a_route
    assert added[0].in_words == f'flow "{SUMMONS}": added'
