"""Counts for those who pay: clients, each once in a row; no small number, and none that can be worked out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import product

import pytest
from msgspec.structs import replace

from clinic_mapper.casefile.model import Identifier, Matter, Touchpoint
from clinic_mapper.memo.counts import SECTOR_ROWS, STANDING_ROWS, Seen, counted, overlapping, shared_out, year_rows
from clinic_mapper.memo.export import LeakFound, Memo, make_counts
from clinic_mapper.memo.pdf_surfaces import page_texts
from tests.memo_corpus import sample

THRESHOLD = 3
TODAY = date(2026, 11, 26)


def splits(total: int, rows: int) -> Iterator[tuple[int, ...]]:
    for values in product(range(total + 1), repeat=rows - 1):
        if sum(values) <= total:
            yield (*values, total - sum(values))


@pytest.mark.parametrize(
    ("groups", "rows"), [(((0,), (1, 2)), 3), (((0, 1), (2, 3)), 4)], ids=["by standing", "by number of contacts"]
)
@pytest.mark.parametrize("total", range(THRESHOLD, 13))
def test_nobody_can_work_out_a_number_that_is_withheld(groups, rows, total):
    """Whoever knows the way of withholding, too: every withheld number could be another one with the same page."""
    worlds = defaultdict(list)
    for values in splits(total, rows):
        worlds[tuple(shared_out(values, total, THRESHOLD, groups))].append(values)
    for told, possible in worlds.items():
        for row, value in enumerate(told):
            assert value is None or value >= THRESHOLD
            if value is None:
                assert len({values[row] for values in possible}) > 1, (told, possible)
        withheld = total - sum(value for value in told if value is not None)
        assert None not in told or withheld >= THRESHOLD


@pytest.mark.parametrize("base", range(THRESHOLD, 9))
def test_nor_one_of_rows_that_overlap(base):
    worlds = defaultdict(list)
    for values in product(range(base + 1), repeat=3):
        if sum(values) >= base:  # everybody is in a row
            worlds[tuple(overlapping(values, base, THRESHOLD))].append(values)
    for told, possible in worlds.items():
        for row, value in enumerate(told):
            assert value is None or (value >= THRESHOLD and base - value >= THRESHOLD)
            if value is None:
                assert len({values[row] for values in possible}) > 1, (told, possible)


def seen(number: int, code: str = "M", **changes) -> list[Seen]:
    case = replace(sample.matter(3, sample=False), **changes)
    return [
        Seen(replace(case, code=f"{code}-{each}"), sample.exposure(case, sample.catalog())) for each in range(number)
    ]


def test_the_menu_is_always_the_same():
    catalog = sample.catalog()
    one, other = (counted(seen(number), catalog, 2, 2026) for number in (5, 40))
    names = [[(table.key, [row.key for row in table.rows]) for table in each.tables] for each in (one, other)]
    assert names[0] == names[1]
    rows = dict(names[0])
    assert rows["sectors"] == [*SECTOR_ROWS] and rows["standing"] == [*STANDING_ROWS]
    assert rows["years"] == [*year_rows(2026)] and rows["open"] == [*catalog.mechanisms]


def test_below_the_threshold_not_even_their_number_is_told():
    counts = counted(seen(10), sample.catalog(), 11, 2026)
    assert counts.clients is None and counts.tables == ()


def test_an_invented_client_never_counts_among_others():
    mixed = [*seen(12), *(Seen(replace(each.matter, sample=True), each.exposure) for each in seen(5, "S"))]
    assert counted(mixed, sample.catalog(), 11, 2026).clients == 12
    assert counted(mixed[12:] * 3, sample.catalog(), 11, 2026).sample


def test_a_matter_without_a_contact_is_not_counted():
    bare = Seen(Matter(code="M-99"), sample.exposure(Matter(code="M-99"), sample.catalog()))
    assert counted([*seen(12), bare], sample.catalog(), 11, 2026).clients == 12


def row(counts, table: str, key: str) -> int | None:
    rows = {each.key: each for each in counts.tables}[table].rows
    return {each.key: each.clients for each in rows}[key]


def test_each_client_counts_once_in_a_row_by_years_of_contact():
    def dated(*when: str) -> list[Seen]:
        touchpoints = tuple(
            Touchpoint(id=f"t{number}", kind="police-stop-citation", when=each) for number, each in enumerate(when)
        )
        return seen(12, when[0] or "x", touchpoints=touchpoints)

    counts = counted(
        [*dated("2012-05-14", "2013"), *dated("2009/2011", ""), *dated("1999")], sample.catalog(), 11, 2026
    )
    assert row(counts, "years", "2010") == 12
    assert row(counts, "years", "unknown") == 12 and row(counts, "years", "before") == 12
    assert row(counts, "years", "2005") is None
    assert row(counts, "contacts", "1") is None, "two rows of a group go together"


def test_clients_whose_map_was_cut_are_counted_and_a_small_number_of_them_is_not_told():
    def cut(number: int) -> list[Seen]:
        return [Seen(each.matter, replace(each.exposure, cut=True)) for each in seen(number, "C")]

    def told(uncut: int, others: int) -> int | None:
        return counted([*seen(uncut), *cut(others)], sample.catalog(), 11, 2026).cut

    assert told(20, 12) == 12
    assert [told(20, 0), told(20, 10), told(10, 12), told(0, 12)] == [None] * 4
    for number, said in ((12, "followed: 12."), (0, "followed: –."), (10, "followed: –.")):
        assert said in " ".join(" ".join(page_texts(made([*seen(20), *cut(number)]).pdf)).split())


def test_what_an_attorney_set_aside_counts_as_no_open_line():
    def aside(each: Seen) -> Seen:
        routes = {id: replace(route, set_aside="why") for id, route in each.exposure.routes.items()}
        return Seen(each.matter, replace(each.exposure, routes=routes))

    counts = counted([*seen(30), *map(aside, seen(30, "A"))], sample.catalog(), 11, 2026)
    assert row(counts, "standing", "open") == 30


def made(matters: list[Seen], lang: str = "en") -> Memo:
    return make_counts(matters, sample.catalog(), TODAY, lang, "memo-funder.pdf")


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_page_holds_numbers_and_nothing_of_anybody(lang):
    memo = made(seen(40), lang)
    text = " ".join(" ".join(page_texts(memo.pdf)).split())
    assert "40" in text
    for value in ("Fresno", "M-1", "officer who spoke", "certificate of disposition", "Ximena"):
        assert value not in text
    assert ("not of the community" in text) or ("no de la comunidad" in text)
    assert memo.reader == "funder"


def test_a_name_is_looked_for_in_the_counts_too():
    named = (Identifier(kind="name", value="Quetzal Seen"),)
    assert made(seen(40, identifiers=named)).pdf
    with pytest.raises(LeakFound):
        make_counts(seen(40, identifiers=named), sample.catalog(), TODAY, "en", "Quetzal.pdf")


def test_the_page_of_few_clients_says_only_that_they_are_few():
    text = " ".join(page_texts(made(seen(4)).pdf))
    assert "fewer than 11" in text and "–" not in text and "Police" not in text
