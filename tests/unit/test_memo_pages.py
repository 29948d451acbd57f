"""Pages that a lawyer would sign: the laws of layout, on every document that the samples give and on drawn matters."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from functools import cache
from typing import NamedTuple

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic_mapper.memo.draw import draw
from clinic_mapper.memo.readers import READERS
from clinic_mapper.memo.withhold import for_export
from clinic_mapper.memo.words import LANGUAGES, load_words
from clinic_mapper.routing.engine import map_exposure
from tests.every_document import TODAY, Name, catalog, document_for, names, pdf_of
from tests.tagged_pdf import Part, opened, texts_of_pieces, tree_of
from tests.unit.drawn_matters import matters

every_document = pytest.mark.parametrize("name", list(names()), ids="-".join)

MARGIN, TOP, FOOT = 54.0, 54.0, 46.0
LEAST_FILLED = 0.25
FEWEST_LINES = 3
LETTERS_OF_A_LINE = 60
"""About half of what a line holds: a text with more than three times as many has three lines."""


class Seen(NamedTuple):
    """What stands on a page between head and foot: how much of its height, on how many lines; what lies outside."""

    filled: float
    lines: int
    outside: str


def seen_pages(data: bytes) -> list[Seen]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [_seen(page) for page in document]
    finally:
        document.close()


def _seen(page: pypdfium2.PdfPage) -> Seen:
    width, height = page.get_size()
    lowest, heights, outside = height - TOP, set(), []
    text = page.get_textpage()
    box = [ctypes.c_double() for _ in range(4)]
    for at in range(text.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(text, at))
        if letter.isspace() or not pdfium.FPDFText_GetCharBox(text, at, *map(ctypes.byref, box)):
            continue
        left, right, bottom, top = (each.value for each in box)
        in_head, in_foot = bottom > height - TOP, top < FOOT - 2
        if not MARGIN - 1 <= left <= right <= width - MARGIN + 1 or bottom < 28 or top > height - 24:
            outside.append(letter)
        elif not in_head and not in_foot:
            if bottom < FOOT - 3:
                outside.append(letter)
            lowest = min(lowest, bottom)
            heights.add(round(bottom / 4))
    text.close()
    page.close()
    return Seen((height - TOP - lowest) / (height - TOP - FOOT), len(heights), "".join(outside))


Texts = dict[tuple[int, int], str]


def heard(data: bytes) -> tuple[Part, Texts, set[int]]:
    """The tree of a file, the text of each piece, and on which pages pictures stand."""
    with opened(data) as pdf:
        root = tree_of(pdf)
        pictures = {page for part in root.all("Figure") if part.made.get("/Alt") for page, _ in part.pieces()}
    return root, texts_of_pieces(data), pictures


@cache
def heard_of(name: Name) -> tuple[Part, Texts, set[int]]:
    return heard(pdf_of(name))


def heads_repeated(root: Part, said: Texts) -> bool:
    for table in root.all("Table"):
        heads = letters("".join(said[piece] for piece in table.parts[0].pieces()))
        first = {page for page, _ in table.parts[0].pieces()}
        if any(heads not in letters(said.get((page, -1), "")) for page in {page for page, _ in table.pieces()} - first):
            return False
    return True


def letters(text: str) -> str:
    return re.sub(r"[\s\ufffe\x02]", "", text)


def alone(root: Part, said: Texts) -> list[str]:
    """Entries of lists of several, and rows of such tables, that stand alone on a page with hardly any text."""
    found = []
    for listed in (*root.all("L"), *root.all("Table")):
        entries = [part for part in listed.parts if part.role == "LI" or part.parts[0].role == "TD"]
        on_page = Counter(page for part in entries for page in {page for page, _ in part.pieces()})
        for part in entries:
            for page in {page for page, _ in part.pieces()}:
                text = "".join(said.get(piece, "") for piece in part.pieces() if piece[0] == page)
                if len(entries) > 1 and on_page[page] == 1 and len(text) <= FEWEST_LINES * LETTERS_OF_A_LINE:
                    found.append(f"page {page + 1}: {text[:60]}")
    return found


@every_document
def test_a_heading_never_ends_a_page_and_a_table_s_head_stands_on_every_page_of_it(name):
    root, said, _ = heard_of(name)
    last = dict(root.pieces())
    headings = {piece for part in root.all("H1", "H2", "H3", "H4") for piece in part.pieces()}
    assert not headings & set(last.items())
    assert heads_repeated(root, said)


@every_document
def test_no_page_is_almost_empty_and_no_text_stands_outside_its_margins(name):
    *all_but_last, last = pages = seen_pages(pdf_of(name))
    assert "".join(page.outside for page in pages) == ""
    pictures = heard_of(name)[2]
    for number, page in enumerate(all_but_last):
        assert page.filled >= LEAST_FILLED or number in pictures, f"page {number + 1}: {page.filled:.2f}"
    assert last.lines >= FEWEST_LINES


@every_document
def test_no_entry_of_a_list_and_no_row_of_a_table_stands_alone_on_a_page(name):
    assert alone(*heard_of(name)[:2]) == []


@every_document
def test_each_reader_s_document_has_the_length_it_is_meant_to_have(name):
    pages = len(seen_pages(pdf_of(name)))
    if name.reader in ("client", "request") or name.reader.startswith("letter-"):
        assert pages == 1
    elif name.reader == "funder":
        assert pages <= 2
    elif name.reader != "court":
        title = letters(load_words(name.lang)("appendix.a"))
        root, said, pictures = heard_of(name)
        begins = [part for part in root.all("H2") if letters("".join(said[each] for each in part.pieces())) == title]
        before = next(begins[0].pieces())[0] - len(pictures)
        assert 2 <= before <= 4


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(matters(catalog()), st.sampled_from(READERS), st.sampled_from(LANGUAGES))
def test_the_laws_hold_for_any_matter(matter, reader, lang):
    told = for_export(matter)
    data = draw(document_for(told, map_exposure(told, catalog(), TODAY), reader, lang)).pdf
    root, said, pictures = heard(data)
    pages = seen_pages(data)
    assert "".join(page.outside for page in pages) == ""
    assert heads_repeated(root, said)
    assert not alone(root, said)
    assert all(page.filled >= LEAST_FILLED for at, page in enumerate(pages[:-1]) if at not in pictures)
