"""The drawn file: same bytes, neutral properties, every letter drawn or named, one side for the client."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from clinic_mapper.casefile.model import Agency, Matter
from clinic_mapper.memo.compose import compose
from clinic_mapper.memo.draw import draw
from clinic_mapper.memo.export import make_memo
from clinic_mapper.memo.pdf_surfaces import page_texts
from clinic_mapper.memo.plain_text import printable
from clinic_mapper.memo.readers import READERS
from clinic_mapper.memo.withhold import for_export
from clinic_mapper.memo.words import load_words
from clinic_mapper.memo.xmp import title_of
from clinic_mapper.problem import Problem
from tests.memo_corpus import sample

every_reader = pytest.mark.parametrize("reader", READERS)
every_language = pytest.mark.parametrize("lang", ["en", "es"])


def drawn(reader: str = "supervisor", lang: str = "en", matter: Matter | None = None) -> bytes:
    case, catalog = for_export(matter or sample.matter()), sample.catalog()
    return draw(compose(case, catalog, sample.exposure(case, catalog), reader, lang)).pdf


def with_agency(name: str) -> Matter:
    matter = sample.matter(1)
    return replace(matter, touchpoints=(replace(matter.touchpoints[0], agency=Agency(name=name)),))


@every_reader
@every_language
def test_every_reader_gets_pages_in_both_languages(reader, lang):
    pages = page_texts(drawn(reader, lang))
    assert all(pages)
    assert len(pages) == 1 if reader in ("client", "request", "funder") else 2 <= len(pages) <= 5


@every_reader
def test_the_same_matter_gives_the_same_bytes(reader):
    assert drawn(reader) == drawn(reader)


@every_reader
@every_language
def test_the_properties_hold_a_neutral_title_and_a_language_and_nothing_else(reader, lang):
    with pikepdf.open(BytesIO(drawn(reader, lang))) as pdf:
        assert list(pdf.docinfo.keys()) == ["/Title"]
        assert str(pdf.Root.Lang) == lang
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert title_of(pdf.Root.Metadata.read_bytes()) == str(pdf.docinfo["/Title"])
        titles = {load_words(lang)(f"{group}.title") for group in ("memo", "page", "court", "request", "funder")}
        assert str(pdf.docinfo["/Title"]) in titles


@pytest.mark.parametrize("reader", ["supervisor", "cocounsel"])
def test_every_page_says_sample_and_draft_and_its_number(reader):
    pages = page_texts(drawn(reader))
    for number, text in enumerate(pages, 1):
        assert "SAMPLE" in text and "DRAFT" in text and f"Page {number} of {len(pages)}" in text


def test_a_real_matter_does_not_say_sample():
    assert not any("SAMPLE" in text for text in page_texts(drawn(matter=sample.matter(sample=False))))


def test_every_font_is_embedded_and_ours():
    with pikepdf.open(BytesIO(drawn())) as pdf:
        fonts = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font"]
        names = {str(font.BaseFont) for font in fonts}
        assert {name.split("+")[1] for name in names} == {"NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic"}
        assert all("/FontFile2" in font.FontDescriptor for font in fonts)


@pytest.mark.parametrize(
    "name", ["Nguyễn Thị Hường", "Ọlátúnbọ̀sún", "K’iche’ Ajq’ij", "Đặng & <b>bold</b>", "Ñuñoa Güell"], ids=str
)
def test_names_can_be_printed_and_read_back(name):
    text = " ".join(" ".join(page_texts(drawn(matter=with_agency(name)))).split())
    assert printable(name) in text


@pytest.mark.parametrize("name", ["สมชาย", "မောင်", "𓀀"], ids=["thai", "burmese", "egyptian"])
def test_a_letter_that_is_missing_is_named_and_never_drawn_as_a_box(name):
    with pytest.raises(Problem) as caught:
        drawn(matter=with_agency(name))
    assert caught.value.code == "letter-missing" and name[0] in caught.value.what


@pytest.mark.parametrize(
    "name",
    [
        "x\x00y\x1b[31m",
        "abc\u202edcba\u202c",
        "line\nbreak\ttab",
        "<para><img src='file:///etc/passwd'/></para>",
        "&amp;&#0;&nbsp;",
        "W" * 3000,
        "word " * 900,
        "\ud800 lone",
    ],
    ids=["control", "bidi", "lines", "markup", "entities", "one long word", "many words", "surrogate"],
)
def test_hostile_names_are_drawn_as_plain_text(name):
    text = "".join(page_texts(drawn(matter=with_agency(name))))
    assert "\u202e" not in text and "\x1b" not in text and "Memorandum" in text
    if name.startswith("<para>"):
        assert "<img" in text


def test_a_matter_in_which_nothing_is_known_has_a_memo():
    case, catalog = Matter(code="A-1"), sample.catalog()
    made = make_memo(case, catalog, sample.exposure(case, catalog), "supervisor")
    assert "No route in the catalog for what was asked" in " ".join("".join(page_texts(made.pdf)).split())


def test_somebody_in_custody_gets_the_steps_that_run_in_hours_first():
    matter = replace(sample.matter(), client={"in-custody": "now"})
    text = page_texts(drawn(matter=matter))[0]
    assert text.index("In custody now") < text.index("Short answer")


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="the reader this test compares with is not installed")
@settings(max_examples=12)
@given(name=st.text(alphabet="abcdefghijklmnopqrstuvwxyzáéñü", min_size=7, max_size=14))
def test_another_reader_does_not_find_what_is_withheld_either(name):
    made = make_memo(
        with_agency(name), sample.catalog(), sample.exposure(with_agency(name), sample.catalog()), "client"
    )
    run = subprocess.run(["pdftotext", "-", "-"], input=made.pdf, capture_output=True, check=True)
    assert name not in run.stdout.decode("utf-8").lower()
    supervisor = drawn(matter=with_agency(name))
    run = subprocess.run(["pdftotext", "-", "-"], input=supervisor, capture_output=True, check=True)
    assert name in run.stdout.decode("utf-8").lower(), "the other reader can read such a name"
