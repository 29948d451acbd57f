"""Hostile and unlucky values: what is listed is found however it is written; a common name keeps nobody's memo back."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from clinic_mapper.casefile.model import Agency, Answer, Identifier, Matter, Touchpoint, Verdict, Where
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo.export import LeakFound, Memo, export_case_json, for_export, make_memo
from clinic_mapper.memo.readers import READERS
from clinic_mapper.memo.withhold import bare
from clinic_mapper.routing.engine import map_exposure


@cache
def catalog() -> Catalog:
    return load_catalog()


def matter(paper: str = "", *identifiers: tuple[str, str], **facts: str) -> Matter:
    booking = Touchpoint(
        id="t1",
        kind="jail-booking",
        when="2024-05-11",
        where=Where(state="WA", county="King County"),
        agency=Agency(kind="sheriff", name="King County Jail"),
        facts={"printed": Answer(value="yes", source="paper", paper=paper), **facts},
    )
    listed = tuple(Identifier(kind=kind, value=value) for kind, value in identifiers)  # type: ignore[arg-type]
    return Matter(code="M-1", touchpoints=(booking,), identifiers=listed)


def memo(given: Matter, reader: str) -> Memo:
    return make_memo(
        given, catalog(), map_exposure(for_export(given), catalog(), date(2026, 1, 31)), reader, "en", "m.pdf"
    )


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "name", ["Maria Washington", "Austin Perez", "Santiago Marshall", "May Open", "Kings Law", "ICE"]
)
def test_a_name_that_is_also_a_word_of_the_memo_keeps_nothing_back(name, reader):
    assert memo(matter("", ("name", name)), reader).pdf


WRITTEN = {
    ("name", "Ximena Quetzal"): (
        "Xi-mena", "Quet-\nzal", "X i m e n a", "X. Q.", "Ximena\u0301", "Xi\u200bmena", "quetzal",
    ),
    ("phone", "(510) 555-0187"): ("555-0187", "5550187", "510.555.0187"),
    ("address", "55 Elm Street, Oakland"): ("55 Elm", "55 Elm St.", "55, elm street"),
}  # fmt: skip


@pytest.mark.parametrize("identifier", WRITTEN, ids=lambda each: each[0])
def test_a_listed_value_in_the_name_of_a_paper_is_found_however_it_is_written(identifier):
    for written in WRITTEN[identifier]:
        with pytest.raises(LeakFound):
            memo(matter(f"letter for {written} of May", identifier), "cocounsel")


@pytest.mark.parametrize("reader", ["supervisor", "cocounsel"])
def test_a_name_in_the_place_of_a_choice_is_found(reader):
    with pytest.raises(LeakFound):
        memo(matter("", ("name", "Ximena Quetzal"), roster="Ximena Quetzal"), reader)


def test_no_word_that_somebody_typed_excuses_a_name():
    typed = matter("Quetzal", roster="Quetzal", Quetzal="yes")
    typed = Matter(code="Quetzal", touchpoints=typed.touchpoints, set_aside=(Verdict(route="r", reason="Quetzal"),))
    left = bare(typed, catalog())
    assert "uetzal" not in repr(left)
    assert left.touchpoints[0].facts["printed"] == Answer(value="yes", source="paper")


def test_every_word_of_the_catalog_is_a_word_of_ours():
    kinds = catalog()
    words = {*kinds.touchpoints, *kinds.agency_kinds, *kinds.client_questions, *kinds.practices, *kinds.flows}
    for word in words:
        given = Touchpoint(id="t", kind=word, agency=Agency(kind=word), facts={word: word})
        kept = bare(Matter(code="", touchpoints=(given,)), kinds).touchpoints[0]
        assert (kept.kind, kept.agency.kind, set(kept.facts)) == (word, word, {word})
    for question in (question for kind in kinds.touchpoints.values() for question in kind.questions):
        told: dict[str, Answer | str] = {question.id: Answer(value=question.values[0])}
        assert bare(Matter(code="", client=told), kinds).client == told


def test_a_name_as_the_id_of_a_contact_is_found_in_a_case_file(tmp_path):
    given = matter("", ("name", "Ximena Quetzal"))
    for id in ("ximena", "Quetzal-arrest"):
        hidden = Matter(
            code="M-1", touchpoints=(Touchpoint(id=id, kind="jail-booking"),), identifiers=given.identifiers
        )
        with pytest.raises(LeakFound):
            export_case_json(tmp_path / "case.json", hidden)
    assert not any(tmp_path.iterdir())


MARKUP = [
    "<script>x()</script>",
    "%(x)s {0} {name}",
    "</para><b>",
    "&#x41;&amp;",
    "\x00\x1b[2J",
    "\u202eRTL",
    "x" * 10_000,
]


@pytest.mark.parametrize("text", MARKUP, ids=range(len(MARKUP)))
def test_markup_and_marks_are_letters_like_others(text):
    given = matter(text)
    given = Matter(code="M-1", touchpoints=given.touchpoints, note=text)
    for reader in READERS:
        assert memo(given, reader).pdf
