"""The counts as a table for spreadsheets: the numbers of the pages and no other, through a gate of its own."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from clinic_mapper.casefile.codec import encode_case
from clinic_mapper.casefile.model import FollowUp, Identifier
from clinic_mapper.cli import main
from clinic_mapper.memo.compose_funder import compose_funder
from clinic_mapper.memo.counts import CountRow, Counts, CountTable, Seen, counted
from clinic_mapper.memo.counts_csv import cell, counts_csv
from clinic_mapper.memo.document import Paragraph, Table
from clinic_mapper.memo.export import LeakFound, Memo, make_counts, make_memo
from clinic_mapper.memo.export_text import save_csv, save_text
from clinic_mapper.memo.phrases import plain
from clinic_mapper.memo.words import load_words
from clinic_mapper.problem import Problem
from clinic_mapper.whole_job import sample_matter, write_counts
from tests.memo_corpus import sample
from tests.unit.test_memo_counts import TODAY, made, seen

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text, newline="")))


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("number", [11, 12, 30])
def test_it_holds_the_numbers_of_the_pages_and_no_other(lang, number):
    words, catalog = load_words(lang), sample.catalog()
    cut = [Seen(each.matter, replace(each.exposure, cut=True)) for each in seen(11, "C")]
    clients = [*seen(number), *(cut if number > 11 else ())]
    counts = counted(clients, catalog, 11, TODAY.year)
    told = rows_of(counts_csv(made(clients, lang).document))
    assert told[0] == [words("funder.table"), words("funder.which"), words("funder.clients")]
    assert told[1] == [words("funder.title"), words("funder.all"), str(len(clients))]
    numbers = [row.clients for table in counts.tables for row in table.rows]
    tables = [words(f"funder.table_{table.key}") for table in counts.tables for _ in table.rows]
    body = told[2 : 2 + len(numbers)]
    assert [row[2] for row in body] == ["–" if each is None else str(each) for each in numbers]
    assert [row[0] for row in body] == tables
    notes = told[2 + len(numbers) :]
    assert {row[0] for row in notes} == {words("funder.note")} and {row[2] for row in notes} == {""}
    assert words("funder.here") in [row[1] for row in notes]
    assert any(row[1].startswith(words("funder.cut", clients="")[:30]) for row in notes)


def test_of_few_clients_it_says_only_that_they_are_few():
    told = rows_of(counts_csv(made(seen(4)).document))
    assert [row[0] for row in told] == ["Table", *["Note"] * (len(told) - 1)]
    assert any("fewer than 11" in row[1] for row in told) and not any(row[2] for row in told[1:])


def test_an_invented_client_is_marked_above_the_numbers():
    invented = [Seen(replace(each.matter, sample=True), each.exposure) for each in seen(12)]
    assert rows_of(counts_csv(made(invented).document))[1][0] == load_words("en")("memo.sample")


@given(st.text())
@example("=1+1")
@example("  @SUM(A1)")
@example("-2")
@example('say "no", then\r\ngo')
def test_no_cell_is_a_formula_and_each_comes_back_as_it_was(text):
    shown = cell(text)
    assert not shown.lstrip(" ").startswith(FORMULAS)
    assert shown in (text, f"'{text}")
    out = StringIO(newline="")
    csv.writer(out).writerow([shown, "–"])
    assert rows_of(out.getvalue()) == [[shown, "–"]] and out.getvalue().endswith("\r\n")


def test_the_name_of_a_row_is_no_formula(monkeypatch):
    """A catalog that a clinic brings names its rows itself."""
    catalog = sample.catalog()
    first, *rest = catalog.mechanisms
    renamed = replace(catalog.mechanisms[first], en='=HYPERLINK("x","y")')
    catalog = replace(catalog, mechanisms={first: renamed, **{id: catalog.mechanisms[id] for id in rest}})
    counts = Counts(3, 9, (CountTable("open", (CountRow(first, 4), CountRow(rest[0], None))),))
    told = counts_csv(compose_funder(counts, catalog, load_words("en"), TODAY.isoformat()))
    assert rows_of(told)[2][1:] == ['\'=HYPERLINK("x","y")', "4"]


def save(tmp_path: Path, memo: Memo, name: str = "counts.csv") -> bytes:
    data = save_csv(tmp_path / name, memo)
    assert (tmp_path / name).read_bytes() == data
    return data


def test_the_file_is_utf_8_that_every_spreadsheet_knows_as_such(tmp_path):
    data = save(tmp_path, made(seen(40)))
    assert data.startswith(b"\xef\xbb\xbfTable,Which,Clients\r\n") and b"\n" not in data.replace(b"\r\n", b"")
    assert len({len(row) for row in rows_of(data.decode("utf-8-sig"))}) == 1, "every row has the same cells"


@pytest.mark.parametrize(
    "text", ["Fresno Police Department", "M-7", 'Quetz"al', "14 May 2012", "ICE records of Ximena", 'done by Q"X']
)
def test_a_withheld_value_in_the_table_alone_is_caught_and_nothing_is_written(tmp_path, text):
    step = FollowUp(id="f1", owner='Q"X', note="ask again")
    memo = made(seen(40, identifiers=(Identifier(kind="name", value='Ximena Quetz"al'),), follow_ups=(step,)))
    document = memo.document
    for slipped in (
        Paragraph(runs=(plain(text),)),
        Table(head=("Which", "Clients"), rows=(((plain(text),), (plain("12"),)),), widths=(0.8, 0.2)),
    ):
        planted = replace(memo, document=replace(document, blocks=(*document.blocks, slipped)))
        with pytest.raises(LeakFound) as caught:
            save_csv(tmp_path / "counts.csv", planted)
        assert text not in caught.value.sentence
        with pytest.raises(LeakFound):
            save_text(tmp_path / "counts.txt", planted)
    with pytest.raises(LeakFound, match="file name"):
        save_csv(tmp_path / "Quetz'al.csv", memo)
    assert not list(tmp_path.iterdir())


def test_only_counts_are_a_table(tmp_path):
    case = seen(1)[0]
    memo = make_memo(case.matter, sample.catalog(), case.exposure, "client")
    with pytest.raises(Problem) as caught:
        save_csv(tmp_path / "memo.csv", memo)
    assert caught.value.code == "csv-of-counts-only" and not list(tmp_path.iterdir())


def test_the_command_line_writes_the_same_table(tmp_path, capsys):
    paths = [tmp_path / f"{number}.json" for number in range(12)]
    for number, path in enumerate(paths):
        path.write_bytes(encode_case(replace(sample_matter(), code=f"Z-{number}", sample=False)))
    out = tmp_path / "counts.csv"
    assert main(["memo", *map(str, paths), "--reader", "funder", "--out", str(out), "--today", "2026-11-26"]) == 0
    told = rows_of(out.read_bytes().decode("utf-8-sig"))
    assert told[1] == ["Counts of clients", "Clients with at least one contact", "12"]
    assert main(["memo", str(paths[0]), "--reader", "client", "--out", str(tmp_path / "page.csv")]) == 1
    assert "Only the counts" in capsys.readouterr().err and not (tmp_path / "page.csv").exists()
    matters = [replace(sample_matter(), code=f"Z-{number}", sample=False) for number in range(12)]
    write_counts(matters, "en", tmp_path / "again.csv", TODAY)
    assert (tmp_path / "again.csv").read_bytes() == out.read_bytes()


def test_counts_as_text_too(tmp_path):
    memo = make_counts(seen(40), sample.catalog(), TODAY)
    assert "Clients with at least one contact: 40\n" in save_text(tmp_path / "counts.txt", memo).decode("utf-8")
