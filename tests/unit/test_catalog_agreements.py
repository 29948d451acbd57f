"""The list of 287(g) agencies as ICE publishes it: every row is taken or named, and two lists say what changed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from clinic_mapper.catalog.agreement_history import changes, changes_in_words, known_from
from clinic_mapper.catalog.agreement_reading import ListedAgreement, agency_kind, read_county, read_day
from clinic_mapper.catalog.agreement_workbook import AgreementList, Reading, day_in_name, read_workbook
from clinic_mapper.cli import main
from clinic_mapper.problem import Problem

PUBLISHED = Path(__file__).parents[3] / "shared" / "data"
HEADING = ("STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE", "SIGNED", "MOA")
POLK = ("FLORIDA", "Polk County Sheriff's Office", "County", "Polk County", "Jail Enforcement Model")
DAY = datetime(2025, 2, 26)


def sheet(tmp_path: Path, *rows: tuple[Any, ...], name: str = "list.xlsx") -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    path = tmp_path / name
    book.save(path)
    return path


def read(tmp_path: Path, *rows: tuple[Any, ...], as_of: str = "2025-07-18") -> Reading:
    return read_workbook(sheet(tmp_path, *rows), as_of)


def said(reading: Reading) -> list[str]:
    return [slip.sentence for slip in reading.slips]


def test_a_row_is_an_agency_a_place_a_model_and_a_day(tmp_path):
    reading = read(tmp_path, HEADING, (*POLK, DAY, "link"))
    (one,) = reading.list.agreements
    assert (one.state, one.county, one.agency_kind) == ("FL", "Polk County", "sheriff")
    assert (one.model, one.signed, reading.list.kind) == ("287g-jail", "2025-02-26", "participating")
    assert reading.slips == ()


def test_every_row_is_taken_blank_or_told(tmp_path):
    reading = read(
        tmp_path,
        HEADING,
        (*POLK, DAY),
        (None,) * 7,
        ("ATLANTIS", "Deep Sheriff", "County", "#N/A", "Task Force Model", DAY),
        (*POLK[:4], "Moon Model", DAY),
        ("FLORIDA", None, "County", "Polk County", "Task Force Model", DAY),
    )
    told = {slip.row for slip in reading.slips}
    assert (reading.rows, reading.blank, len(reading.list.agreements), told) == (5, 1, 1, {4, 5, 6})
    assert "“ATLANTIS” is no state. The row was left out." in said(reading)[0]


def test_a_misspelt_county_is_read_by_the_name_of_the_agency_and_told():
    county, told = read_county("AL", "Franklin County Sheriff's Office", "sheriff", "Frankin County")
    assert county == "Franklin County"
    (said_so,) = told
    assert said_so.endswith("is no county of Alabama; the agency's name says Franklin County, which was taken.")


def test_a_county_that_cannot_be_read_is_left_open_with_a_suggestion():
    county, (told,) = read_county("FL", "Bunnell Police Department", "city police", "Flagere County")
    assert county == ""
    assert told.endswith("Did they mean Flagler County?")


def test_two_counties_for_one_agency_are_neither_taken():
    county, (told,) = read_county("TN", "Madison County Sheriff's Office", "sheriff", "Macon County")
    assert (county, told[-18:]) == ("", "Neither was taken.")


@pytest.mark.parametrize(
    ("cell", "day"),
    [(DAY, "2025-02-26"), ("02/26/2025", "2025-02-26"), ("7/72025", ""), ("05/082025", ""), (None, ""), (17, "")],
)
def test_no_part_of_a_day_is_guessed(cell, day):
    assert read_day(cell) == day


def test_spaces_at_the_ends_change_nothing_and_several_models_are_several_agreements(tmp_path):
    reading = read(
        tmp_path,
        HEADING,
        (*(f" {cell} " for cell in POLK), DAY),
        (*POLK[:4], "Warrant Service Officer ", DAY),
        (*POLK, DAY),
    )
    assert [one.model for one in reading.list.agreements] == ["287g-jail", "287g-warrant", "287g-jail"]
    assert said(reading) == ["“Polk County Sheriff's Office”: the same agreement stands in row 2."]


def test_columns_may_stand_in_another_order(tmp_path):
    order = (5, 4, 0, 3, 1, 2)
    row = (*POLK, DAY)
    reading = read(tmp_path, tuple(HEADING[at] for at in order), tuple(row[at] for at in order))
    (one,) = reading.list.agreements
    assert (one.state, one.county, one.signed) == ("FL", "Polk County", "2025-02-26")


def test_a_renamed_column_is_read_by_what_stands_in_it_and_told(tmp_path):
    heading = ("REGION", "AGENCY", "TYPE", "PARISH", "WHAT THEY DO", "SINCE WHEN")
    reading = read(tmp_path, ("Participating agencies",), heading, (*POLK, DAY), (*POLK[:4], "Task Force Model", DAY))
    assert len(reading.list.agreements) == 2
    assert said(reading) == [
        "The column “REGION” was read as the state.",
        "The column “WHAT THEY DO” was read as the model.",
        "The column “SINCE WHEN” was read as the signed.",
    ]


def test_a_list_without_days_of_signing_is_a_list_of_pending_requests(tmp_path):
    reading = read(tmp_path, HEADING[:5], POLK)
    assert reading.list.kind == "pending"
    (row,) = known_from([reading.list])
    assert row.is_ == "asked for", "a request is not an agreement"


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("participatingAgencies07182025pm.xlsx", "2025-07-18"),
        ("list.xlsx", ""),
        ("x13452025.xlsx", ""),
        ("1234567890.xlsx", ""),
    ],
)
def test_the_day_of_a_list_stands_in_its_name(name, day):
    assert day_in_name(name) == day


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "agreements-unreadable"), (b"PK\x03\x04 not really", "agreements-unreadable")]
)
def test_a_file_that_is_no_workbook_is_told(tmp_path, content, code):
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    with pytest.raises(Problem) as caught:
        read_workbook(path, "2025-07-18")
    assert (caught.value.code, caught.value.safe) == (code, "Nothing was changed; what was imported before is kept.")


def test_a_file_that_is_not_there_a_list_that_is_none_and_a_missing_day_are_told(tmp_path):
    with pytest.raises(Problem, match="cannot be read"):
        read_workbook(tmp_path / "none.xlsx", "2025-07-18")
    with pytest.raises(Problem, match="No sheet"):
        read(tmp_path, ("A", "B"), (1, 2))
    with pytest.raises(Problem, match="no date"):
        read(tmp_path, HEADING, (*POLK, DAY), as_of="")


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_does(tmp_path, monkeypatch):
    monkeypatch.setattr("clinic_mapper.catalog.agreement_workbook._LARGEST_UNPACKED", 1000)
    with pytest.raises(Problem) as caught:
        read(tmp_path, HEADING, (*POLK, DAY))
    assert caught.value.code == "agreements-unreadable"


def test_progress_is_told_to_the_end(tmp_path):
    steps: list[tuple[int, int]] = []
    path = sheet(tmp_path, HEADING, *[(*POLK, DAY)] * 120)
    read_workbook(path, "2025-07-18", lambda step, of: steps.append((step, of)))
    assert steps[-1] == (121, 121)
    assert len(steps) > 2


def test_a_name_that_would_steer_a_screen_is_plain_and_of_bounded_length(tmp_path):
    evil = "\u202eFFIREHS\u202c \x1b[31m<b>Polk</b>\r\n=cmd()" + "x" * 5000
    (one,) = read(tmp_path, HEADING, (POLK[0], evil.replace("\x1b", "\u2066"), *POLK[2:], DAY)).list.agreements
    assert one.agency.startswith("FFIREHS [31m<b>Polk</b> =cmd()x")
    assert len(one.agency) <= 200
    assert not {"\u202e", "\u2066"} & set(one.agency)


@pytest.mark.parametrize(
    ("agency", "type_", "kind"),
    [
        ("Polk County Sheriff's Office", "County", "sheriff"),
        ("Bullitt County Detention Center", "County", "jail or prison"),
        ("Missouri Highway Patrol", "State Agency", "state patrol"),
        ("Daytona Beach Shores Public Safety", "Municipality", "city police"),
        ("University of Central Florida Board of Trustees", "State Agency", "school officer"),
        ("Florida National Guard", "State Agency", "other"),
        ("Alachua Police Departent", "Municipality", "city police"),
    ],
)
def test_the_kind_of_agency_is_read_from_its_name(agency, type_, kind):
    assert agency_kind(agency, type_) == kind


def listed(tmp_path: Path, as_of: str, *rows: tuple[Any, ...]) -> AgreementList:
    return read(tmp_path, HEADING, *rows, as_of=as_of).list


def test_two_lists_say_what_began_what_is_gone_and_what_has_another_day(tmp_path):
    lee = ("FLORIDA", "Lee County Sheriff's Office", "County", "Lee County", "Task Force Model")
    bay = ("FLORIDA", "Bay County Sheriff's Office", "County", "Bay County", "Task Force Model")
    before = listed(tmp_path, "2025-05-16", (*POLK, DAY), (*lee, DAY))
    after = listed(tmp_path, "2025-07-18", (*POLK, datetime(2025, 2, 27)), (*bay, DAY))
    found = changes(before, after)
    assert [one.agency for one in found.began] == [bay[1]]
    assert [one.agency for one in found.ended] == [lee[1]]
    assert [one.agency for _, one in found.redated] == [POLK[1]]
    words = list(changes_in_words(before, after))
    assert words[1] == (
        "No longer listed on 2025-07-18: Lee County Sheriff's Office, Lee County, Florida: task force model, "
        "signed 2025-02-26"
    )
    rows = {row.county: row for row in known_from([after, before])}
    assert (rows["Lee County"].until, rows["Polk County"].until) == ("2025-05-16", None)


def test_an_agency_that_comes_back_is_known_for_both_times_and_not_between(tmp_path):
    lists = [
        listed(tmp_path, day, *([(*POLK, datetime(2025, 8, 1) if day > "2025-07" else DAY)] if there else []))
        for day, there in (("2025-03-01", True), ("2025-05-01", False), ("2025-09-01", True))
    ]
    first, second = known_from(lists)
    assert (first.since, first.until) == ("2025-02-26", "2025-03-01")
    assert (second.since, second.until) == ("2025-08-01", None)


@given(st.lists(st.sets(st.integers(0, 4)), max_size=5))
def test_the_order_in_which_lists_are_brought_changes_nothing(present):
    names = ["Bay", "Lee", "Polk", "Clay", "Leon"]
    lists = [
        AgreementList(
            f"2025-0{number + 1}-01",
            "participating",
            tuple(_agreement(number, f"{names[at]} County") for at in sorted(there)),
        )
        for number, there in enumerate(present)
    ]
    assert known_from(lists) == known_from(reversed(lists))


def _agreement(row: int, county: str) -> ListedAgreement:
    return ListedAgreement(row, "FL", f"{county} Sheriff's Office", "sheriff", "287g-jail", county, "", "2025-01-01")


@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published workbooks are not beside this checkout")
@pytest.mark.parametrize(
    ("name", "rows", "taken", "kind"),
    [
        ("participatingAgencies05162025am.xlsx", 585, 571, "participating"),
        ("participatingAgencies07182025pm.xlsx", 905, 832, "participating"),
        ("pendingAgencies07182025pm.xlsx", 26, 26, "pending"),
    ],
)
def test_the_published_workbooks_are_taken_to_the_last_row(name, rows, taken, kind):
    reading = read_workbook(PUBLISHED / name, day_in_name(name))
    assert (reading.rows, len(reading.list.agreements), reading.list.kind) == (rows, taken, kind)
    assert reading.rows == reading.blank + len(reading.list.agreements), "no row was dropped"
    assert known_from([reading.list])


def test_the_command_tells_what_it_read_and_what_changed(tmp_path, capsys):
    lee = ("FLORIDA", "Lee County Sheriff's Office", "County", "Lee County", "Task Force Model")
    before = sheet(tmp_path, HEADING, (*POLK, DAY), name="participatingAgencies05162025am.xlsx")
    after = sheet(tmp_path, HEADING, (*lee, "7/72025"), name="participatingAgencies07182025pm.xlsx")
    assert main(["catalog", "agreements", str(after), "--against", str(before)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[:3] == [
        "Participating 287(g) agencies as of 2025-07-18.",
        "1 row: 1 taken (task force model 1), 0 blank.",
        "1 thing was not as it should be.",
    ]
    assert said[3].startswith("Row 2: “Lee County Sheriff's Office”: “7/72025” is no date.")
    assert said[-2].startswith("Began: Lee County")
    assert said[-1].startswith("No longer listed on 2025-07-18: Polk County")
    both = sheet(tmp_path, HEADING, (*lee, "7/72025"), (*POLK, "05/082025"), name="participatingAgencies08012025.xlsx")
    assert main(["catalog", "agreements", str(both)]) == 0
    assert "2 things were not as they should be." in capsys.readouterr().out
    assert main(["catalog", "agreements", str(tmp_path / "none.xlsx")]) == 1
    assert "The list has no date." in capsys.readouterr().err
