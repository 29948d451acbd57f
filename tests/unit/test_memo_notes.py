"""What a clinic noted is searched like all that people type: a note that names a client stops the file it is in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from clinic_mapper.casefile.model import Agency, Identifier, Matter, Touchpoint, Where
from clinic_mapper.catalog.layers import LISTS_TITLE, Layer, stacked
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Catalog, CatalogFile
from clinic_mapper.catalog.notes import (
    NOTES_TITLE,
    At,
    CorrectedStep,
    NotedLaw,
    NotedPractice,
    NotedStep,
    Told,
    faults_of,
    rows_of,
    with_note,
)
from clinic_mapper.memo.export import LeakFound, Memo, export_map_json, make_memo
from clinic_mapper.memo.pdf_surfaces import page_texts
from clinic_mapper.routing.engine import map_exposure

SHIPPED = load_catalog()
TOLD = Told("public defender", "a call on 2 March", "2026-03-02")
HALL = At("GA", "Hall County")
STEP = NotedStep(
    "local-jail-jms", "ice-ero", "jail-tells-ice", "routine", "in_custody", ("identity", "custody_status"),
    "The sheriff faxes a list every Monday.", HALL, TOLD, since="2024-01",
)  # fmt: skip
LAW = NotedLaw(
    "Jail policy 4.2", "Hall County jail manual", "No list goes out.", HALL, TOLD, ("local",), ("jail-tells-ice",),
    since="2025-01-01", to_judge=True,
)  # fmt: skip
CORRECTED = CorrectedStep("local-jail-jms--ice-eid--287g-jail-enforcement", TOLD, judge="Who calls?")
AGREED = NotedPractice("287g-jail", True, HALL, TOLD, agency_kind="sheriff", since="2024-01-01")
NAMED = replace(TOLD, source="a call about Ximena Quetzal")
BY_NAME = replace(TOLD, who="Ximena Quetzal's brother")
MET = replace(TOLD, who="jail staff", source="a talk at the door")
NUMBERED = replace(TOLD, source="file A 123-456-789")


def with_notes(*notes: Any) -> Catalog:
    rows = CatalogFile()
    for note in notes:
        assert faults_of(note, SHIPPED) == []
        rows = with_note(rows, rows_of(note, SHIPPED))
    stack = stacked(SHIPPED, [Layer("notes", "notes", NOTES_TITLE, rows)])
    assert stack.refused == ()
    return stack.catalog


def booked(**changed: Any) -> Matter:
    contact = Touchpoint(
        id="t1", kind="jail-booking", when="2025-05-14", where=Where(state="GA", county="Hall County"),
        agency=Agency(kind="sheriff"),
    )  # fmt: skip
    listed = (
        Identifier(kind="name", value="Ximena Quetzal"),
        Identifier(kind="a-number", value="A123456789"),
    )
    matter = Matter(code="M-1", client={"in-custody": "past"}, touchpoints=(contact,), identifiers=listed)
    return replace(matter, **changed)


def made(matter: Matter, catalog: Catalog, reader: str) -> Memo:
    exposure = map_exposure(matter, catalog, date(2026, 6, 30))
    return make_memo(matter, catalog, exposure, reader, lines=[line.id for line in exposure.lines])


NAMING = {
    "who told a step": (replace(STEP, told=BY_NAME),),
    "how a step is known": (replace(STEP, told=NAMED),),
    "a number in it": (replace(STEP, told=NUMBERED),),
    "the name of a law": (STEP, replace(LAW, name="Order on Ximena Quetzal")),
    "what a law says": (STEP, replace(LAW, says="Quetzal, Ximena is not held.")),
    "where a law is written": (STEP, replace(LAW, citation="Ximena Quetzal v. Hall County")),
    "who told a law": (STEP, replace(LAW, told=BY_NAME)),
    "how a practice is known": (replace(AGREED, told=NAMED),),
    "how a practice of a whole state is known": (replace(AGREED, told=NAMED, at=At("GA")),),
    "how a correction is known": (replace(CORRECTED, told=NAMED),),
    "a doubt for counsel": (replace(CORRECTED, judge="Was Ximena Quetzal called about?"),),
}


PRINTING = ("supervisor", "file", "cocounsel", "court")
"""The readers who see routes, law and sources."""


@pytest.mark.parametrize("reader", PRINTING)
@pytest.mark.parametrize("notes", NAMING.values(), ids=NAMING.keys())
def test_a_note_that_names_a_client_stops_the_file_that_prints_it(notes, reader):
    with pytest.raises(LeakFound) as caught:
        made(booked(), with_notes(*notes), reader)
    assert {leak.value_from for leak in caught.value.leaks} == {"identifiers"}
    assert "Quetzal" not in caught.value.sentence


@pytest.mark.parametrize("reader", ["client", "request"])
def test_a_page_that_prints_no_note_is_made_whatever_was_noted(reader):
    said = plain(made(booked(), with_notes(*(note for notes in NAMING.values() for note in notes[:1])), reader))
    assert "quetzal" not in said and "456" not in said


@pytest.mark.parametrize("reader", PRINTING)
def test_a_note_that_names_nobody_is_printed_with_who_told_it(reader):
    said = plain(made(booked(), with_notes(STEP, LAW, AGREED, replace(CORRECTED, told=MET)), reader))
    for words in ("known here: hall county", "a call on 2 march", "told by public defender", "jail policy 4.2"):
        assert words in said
    assert "who calls?" in said


def test_a_name_that_is_also_an_agencys_or_a_countys_does_not_stop_the_memo():
    hall = booked(identifiers=(Identifier(kind="name", value="Ximena Hall"),))
    assert made(hall, with_notes(replace(AGREED, agency="Hall County Sheriff")), "supervisor").pdf


def test_a_stretch_of_the_matters_own_note_may_not_stand_in_a_note_of_the_clinic_for_co_counsel():
    confided = "her brother saw the deputy write a list of names"
    catalog = with_notes(replace(STEP, what_happens="x.", told=replace(TOLD, source=f"client: {confided}")))
    assert made(booked(note=confided), catalog, "supervisor").pdf
    with pytest.raises(LeakFound) as caught:
        made(booked(note=confided), catalog, "cocounsel")
    assert {leak.value_kind for leak in caught.value.leaks} == {"note"}


def test_the_map_as_json_holds_no_client_in_the_id_of_a_note(tmp_path: Path):
    matter, catalog = booked(), with_notes(replace(STEP, told=BY_NAME))
    exposure = map_exposure(matter, catalog, date(2026, 6, 30))
    with pytest.raises(LeakFound):
        export_map_json(tmp_path / "map.json", matter, catalog, exposure)
    assert list(tmp_path.iterdir()) == []
    export_map_json(tmp_path / "map.json", replace(matter, identifiers=()), catalog, exposure)


def test_a_published_lists_own_words_excuse_a_client_who_is_called_so():
    row = next(iter(rows_of(AGREED, SHIPPED).known_practices))
    row = replace(row, says="ICE's list of participating agencies, 2025-07-18, row 7", agency="Hall County Sheriff")
    catalog = stacked(SHIPPED, [Layer("lists", "list", LISTS_TITLE, CatalogFile(known_practices=(row,)))]).catalog
    named = booked(identifiers=(Identifier(kind="name", value="Franz List"),))
    assert "row 7" in plain(made(named, catalog, "supervisor"))


def plain(memo: Memo) -> str:
    return " ".join(" ".join(page_texts(memo.pdf)).casefold().split())
