"""A number or address that the matter does not list is pointed out before a memo is handed over."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from clinic_mapper import cli
from clinic_mapper.casefile.codec import decode_case, encode_case
from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.memo.export import for_export, make_memo
from clinic_mapper.memo.words import load_words
from clinic_mapper.resource_files import resources
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.ui.export_work import CHOICES, make_and_prove

SAMPLE = resources() / "samples" / "sample-matter.json"
CASES = [SAMPLE, *sorted((Path(__file__).parents[1] / "data" / "worked_cases").glob("*.json"))]
TODAY = date(2026, 1, 31)
TYPED = {
    "a-number": "A 123 456 789",
    "ssn": "078-05-1120",
    "phone": "(510) 555-0187",
    "e-mail": "ximena@example.org",
    "plate": "7ABC123",
    "address": "55 Elm Street",
}


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_an_ordinary_memo_warns_of_nothing(case, lang):
    matter, catalog = decode_case(case.read_bytes()), load_catalog()
    exposure = map_exposure(for_export(matter), catalog, TODAY)
    assert make_memo(matter, catalog, exposure, "supervisor", lang, "memo.pdf").warnings == ()


def sentences() -> set[str]:
    words = load_words("en")
    return {words("leak.looks_like", kind=words(f"kind.{kind}")) for kind in TYPED}


def test_the_command_line_and_the_window_say_what_to_look_at(tmp_path, capsys):
    matter = Matter(code="M-1", note=", ".join(TYPED.values()))
    case, out = tmp_path / "case.json", tmp_path / "memo.pdf"
    case.write_bytes(encode_case(matter))
    assert cli.main(["memo", str(case), "--reader", "supervisor", "--out", str(out)]) == 0
    assert sentences() <= set(capsys.readouterr().err.splitlines())
    in_the_window = make_and_prove(matter, load_catalog(), TODAY, CHOICES[0])
    assert set(in_the_window.warnings) == sentences()
    assert make_and_prove(replace(matter, note=""), load_catalog(), TODAY, CHOICES[0]).warnings == ()
