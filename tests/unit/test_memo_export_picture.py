"""The picture as a file of its own: proved for its reader, with all that must be said beside it."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from clinic_mapper.casefile.model import Identifier
from clinic_mapper.memo.export import LeakFound, for_export
from clinic_mapper.memo.export_picture import ending_of, proved_picture, save_picture
from clinic_mapper.memo.fonts import letters
from clinic_mapper.memo.readers import READERS, load_profile
from clinic_mapper.memo.words import load_words
from clinic_mapper.problem import Problem
from tests import every_document
from tests.memo_corpus import sample

SVG = "{http://www.w3.org/2000/svg}"
NOT_ALL = {"court", "request", "client", "funder"}


@pytest.fixture
def case():
    matter, catalog = sample.matter(), sample.catalog()
    return matter, catalog, sample.exposure(for_export(matter), catalog)


def drawn(svg: str) -> bytes:
    """Stands for what draws PNG files, and shows that it was given the proved text."""
    return b"drawn from " + svg.encode()


def with_system(catalog, name: str):
    return replace(catalog, systems=catalog.systems | {"ngi": replace(catalog.systems["ngi"], name=name)})


def texts(svg: str) -> str:
    return " ".join(each.text or "" for each in ElementTree.fromstring(svg).iter(f"{SVG}text"))


@pytest.mark.parametrize("reader", READERS)
def test_only_who_sees_routes_gets_a_picture(case, reader):
    if reader in NOT_ALL:
        with pytest.raises(Problem) as caught:
            proved_picture(*case, reader)
        assert caught.value.code == "not-for-reader"
    else:
        assert texts(proved_picture(*case, reader).svg)


def test_a_reader_sees_dates_as_exactly_as_he_may(case):
    months, days = proved_picture(*case, "cocounsel").svg, proved_picture(*case, "supervisor").svg
    assert "May 2012" in months and "May 14" not in months
    assert "May 14, 2012" in days


def test_a_clinic_that_shows_a_reader_no_routes_shows_no_picture(case):
    tighter = load_profile("cocounsel")
    tighter = replace(tighter, tags=tighter.tags | {"route": "withhold"})
    with pytest.raises(Problem) as caught:
        proved_picture(*case, "cocounsel", profile=tighter)
    assert caught.value.code == "not-for-reader"


def test_a_court_sees_the_chosen_lines_and_the_rest_of_the_matter_is_searched_for(case):
    matter, catalog, exposure = case
    line = next(line for line in exposure.lines if line.touchpoint == "t2")
    others = [each for each in matter.touchpoints if each.id != "t2"]
    picture = proved_picture(*case, "court", lines=[line.id])
    (contact,) = [each for each in matter.touchpoints if each.id == "t2"]
    named = [each.text or "" for each in ElementTree.fromstring(picture.svg).iter(f"{SVG}title")]
    assert [name for name in named if name.startswith("1. ")] == [
        f"1. {catalog.touchpoints[contact.kind].en} · summer 2014"
    ]
    assert not [name for name in named if name.startswith("2. ")]
    searched = {value.value for value in picture.withheld}
    assert {each.when for each in others if each.when not in ("", contact.when)} <= searched
    assert {catalog.touchpoints[each.kind].en for each in others} <= searched


def test_a_line_that_is_not_on_the_map_is_named(case):
    for reader in ("court", "supervisor"):
        with pytest.raises(Problem) as caught:
            proved_picture(*case, reader, lines=["t1--nothing"])
        assert caught.value.code == "no-such-line" and "t1--nothing" in caught.value.sentence


@pytest.mark.parametrize("reader", ["supervisor", "cocounsel", "court"])
def test_a_person_named_in_a_box_is_caught(case, reader):
    matter, catalog, exposure = case
    rows = replace(with_system(catalog, "Records of X. Quetzal"), origins={("systems", "ngi"): "The clinic's notes"})
    with pytest.raises(LeakFound) as caught:
        proved_picture(matter, rows, exposure, reader, lines=[line.id for line in exposure.lines])
    assert "Quetzal" not in caught.value.sentence


@pytest.mark.parametrize("ending", [".svg", ".png"])
def test_what_was_changed_after_the_proof_is_not_written(case, tmp_path, ending):
    picture = proved_picture(*case)
    slipped = replace(picture, svg=picture.svg.replace("Police records system", "X. Quetzal"))
    assert slipped.svg != picture.svg
    for path, what in ((tmp_path / f"map{ending}", slipped), (tmp_path / f"Quetzal{ending}", picture)):
        with pytest.raises(LeakFound) as caught:
            save_picture(path, what, drawn)
        assert "Quetzal" not in caught.value.sentence
    assert list(tmp_path.iterdir()) == []


def test_both_files_are_of_the_proved_text(case, tmp_path):
    picture = proved_picture(*case)
    svg, png = tmp_path / "map.svg", tmp_path / "Map.PNG"
    assert save_picture(svg, picture, drawn) == svg.read_bytes() == picture.svg.encode()
    assert save_picture(png, picture, drawn) == png.read_bytes() == drawn(picture.svg)


@pytest.mark.parametrize("name", ["map", "map.pdf", "map.svg.zip", ".png", "map.svgz"])
def test_a_name_that_ends_otherwise_is_refused_in_a_sentence(case, tmp_path, name):
    with pytest.raises(Problem) as caught:
        save_picture(tmp_path / name, proved_picture(*case), drawn)
    assert caught.value.code == "picture-ending" and f"“{name}”" in caught.value.sentence
    assert list(tmp_path.iterdir()) == []


def test_endings_in_any_case(tmp_path):
    assert [ending_of(tmp_path / name) for name in ("a.SVG", "a.b.Png")] == [".svg", ".png"]


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_picture_by_itself_says_what_a_memo_says_beside_it(case, lang):
    """That nobody signed it, whose it is, of which day, what open means, what its short names mean."""
    words = load_words(lang)
    for reader in ("supervisor", "court"):
        matter, catalog, exposure = case
        lines = None if reader == "supervisor" else [exposure.lines[0].id]
        said = texts(proved_picture(*case, reader, lang, lines=lines).svg)
        for key in ("memo.draft", "memo.sample", "memo.open_means"):
            assert words(key) in said, key
        assert words("picture.chosen" if lines else "picture.not_closed") in said
        assert (words("memo.footer") in said) == (reader == "supervisor")
        assert ("2012" in said) and exposure.today[:4] in said
        real = proved_picture(replace(matter, sample=False), catalog, exposure, reader, lang, lines=lines)
        assert words("memo.sample") not in texts(real.svg) and words("memo.draft") in texts(real.svg)


def test_who_cannot_see_it_hears_every_arrow(case):
    root = ElementTree.fromstring(proved_picture(*case).svg)
    arrows = [each.findtext(f"{SVG}title") or "?" for each in root.iter(f"{SVG}g") if each.get("id")]
    assert arrows and root.get("role") == "img" and root.findtext(f"{SVG}title")
    assert all(f"{arrow}." in (root.findtext(f"{SVG}desc") or "") for arrow in arrows)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_where_nothing_is_drawn_the_picture_says_so(lang):
    matter, catalog = sample.matter(0), sample.catalog()
    said = proved_picture(matter, catalog, sample.exposure(matter, catalog), lang=lang).svg
    assert load_words(lang)("picture.nothing") in texts(said)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_no_date_is_cut(lang):
    (matter, exposure), catalog = every_document.case("twelve-touchpoints"), every_document.catalog()
    whens = ("2019-09/2024-11", "2025-02/..", "about 2020")
    told = replace(
        matter,
        touchpoints=tuple(replace(each, when=whens[number % 2]) for number, each in enumerate(matter.touchpoints)),
    )
    said = texts(proved_picture(told, catalog, exposure, lang=lang).svg)
    for year in ("2019", "2024", "2025"):
        assert f"{year}…" not in said and year in said
    assert "de…" not in said and "and…" not in said


def test_nothing_of_a_matter_stays_behind_in_what_measures_letters(case):
    proved_picture(*case)
    assert not any(font.widths for font in letters().values())


def test_a_picture_shows_nothing_in_a_log(case):
    assert "Quetzal" not in repr(proved_picture(*case)) and "svg=" not in repr(proved_picture(*case))


def test_a_name_that_is_also_a_word_of_ours_stops_no_picture(case):
    matter, catalog, exposure = case
    named = replace(matter, identifiers=(Identifier(kind="name", value="May Draft"),))
    assert proved_picture(named, catalog, exposure).svg
