"""A memo for everyone: whoever hears it hears all of its text, once, in order, and can find their way in it."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

import pytest
from pdfua import Validator

from clinic_mapper.memo.export import make_memo
from clinic_mapper.memo.letter_templates import letter_named
from clinic_mapper.memo.letter_templates import letters as templates
from clinic_mapper.memo.letters import contacts_for, make_letter
from clinic_mapper.memo.pdf_surfaces import page_texts
from clinic_mapper.memo.readers import READERS
from clinic_mapper.memo.words import LANGUAGES
from tests.tagged_pdf import opened, painted, texts_of_pieces, tree_of
from tests.unit.test_memo_shipped import shipped

every_memo = pytest.mark.parametrize(("reader", "lang"), [(r, each) for r in READERS for each in LANGUAGES], ids=str)
"""Of the shipped sample, for every reader in both languages."""

_TEXT = ("Tj", "TJ", "'", '"')
_MOST_ROLES = {
    "Document", "Sect", "H1", "H2", "H3", "H4", "P", "Span", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD",
    "Figure",
}  # fmt: skip


@cache
def memo(reader: str, lang: str) -> bytes:
    return make_memo(*shipped(), reader, lang).pdf


def letters(text: str) -> str:
    return re.sub(r"[\s\ufffe\x02]", "", text)


@every_memo
def test_a_validator_that_nobody_here_wrote_finds_nothing(reader, lang, tmp_path):
    (tmp_path / "memo.pdf").write_bytes(memo(reader, lang))
    assert not Validator().validate(tmp_path / "memo.pdf").findings


@every_memo
def test_all_that_is_painted_lies_in_a_part_or_says_nothing(reader, lang):
    with opened(memo(reader, lang)) as pdf:
        for page in pdf.pages:
            for order in painted(page):
                assert (order.number is not None) != order.artifact, order


@every_memo
def test_every_part_says_what_the_page_says_in_the_same_order(reader, lang):
    data = memo(reader, lang)
    said = texts_of_pieces(data)
    with opened(data) as pdf:
        order = list(tree_of(pdf).pieces())
    assert len(order) == len(set(order)), "no piece is read twice"
    assert {piece for piece in said if piece[1] >= 0} <= set(order)
    for number, text in enumerate(page_texts(data)):
        heard = letters("".join(said.get(piece, "") for piece in order if piece[0] == number))
        seen = letters(text)
        head = letters(said[order[0]])
        if not number:  # the line above the text is drawn last and read first
            heard = heard.removeprefix(head)
            seen = "".join(seen.rsplit(head, 1))
        assert heard and heard in seen
        around = letters(said.get((number, -1), ""))
        assert sorted(seen.replace(heard, "", 1)) == sorted(around), "what is left is the frame of the page"


@every_memo
def test_headings_skip_no_level_and_each_has_a_bookmark(reader, lang):
    data = memo(reader, lang)
    said = texts_of_pieces(data)
    with opened(data) as pdf:
        headings = list(tree_of(pdf).all("H1", "H2", "H3", "H4", "H5", "H6"))
        levels = [int(part.role[1]) for part in headings]
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(below <= above + 1 for above, below in pairwise(levels))
        texts = [" ".join("".join(said[piece] for piece in part.pieces()).split()) for part in headings]
        assert all(texts)
        marks = [mark for first in pdf.open_outline().root for mark in all_below(first)]
        assert [" ".join(mark.title.split()) for mark in marks] == texts
        for mark, part in zip(marks, headings, strict=True):
            page, _ = next(part.pieces())
            assert mark.destination[0].objgen == pdf.pages[page].obj.objgen


def all_below(mark):
    yield mark
    for each in mark.children:
        yield from all_below(each)


@every_memo
def test_every_cell_names_its_head_and_every_row_is_as_long_as_the_head(reader, lang):
    with opened(memo(reader, lang)) as pdf:
        root = tree_of(pdf)
        ids = pdf.Root.StructTreeRoot.get("/IDTree", {}).get("/Names", [])
        known = {str(id): made.objgen for id, made in zip(*[iter(ids)] * 2, strict=True)}
        tables = list(root.all("Table"))
        assert bool(tables) == (reader not in ("client", "request", "funder"))
        for table in tables:
            top, *rows = table.parts
            assert [part.role for part in table.parts] == ["TR"] * len(table.parts) and rows
            heads = [str(head.made.ID) for head in top.parts]
            for head in top.parts:
                assert head.role == "TH" and head.made.A.Scope == "/Column" and list(head.pieces())
                assert known[str(head.made.ID)] == head.made.objgen
            for row in rows:
                assert [cell.role for cell in row.parts] == ["TD"] * len(heads)
                assert [[str(id) for id in cell.made.A.Headers] for cell in row.parts] == [[id] for id in heads]


@every_memo
def test_lists_are_lists_and_every_drawing_has_words(reader, lang):
    with opened(memo(reader, lang)) as pdf:
        root = tree_of(pdf)
        assert {part.role for part in root.all()} <= _MOST_ROLES
        for listed in root.all("L"):
            assert listed.parts and {item.role for item in listed.parts} == {"LI"}
            for item in listed.parts:
                assert [part.role for part in item.parts] in (["Lbl", "LBody"], ["LBody"])
        for figure in root.all("Figure"):
            assert figure.made.get("/Alt") or figure.made.get("/ActualText")
            assert len(figure.made.A.BBox) == 4


@every_memo
def test_text_stands_out_from_what_is_behind_it(reader, lang):
    """At least 4.5 to 1, against the darkest ground of a memo: the tint of a box."""
    with opened(memo(reader, lang)) as pdf:
        inks = {order.colour for page in pdf.pages for order in painted(page) if order.operator in _TEXT}
    assert inks and min(contrast(ink, (0.96, 0.96, 0.957)) for ink in inks) >= 4.5


def contrast(one, other):
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour):
    parts = colour if len(colour) == 3 else colour * 3
    red, green, blue = (part / 12.92 if part <= 0.04 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@every_memo
def test_fonts_are_embedded_and_every_letter_drawn_has_its_meaning(reader, lang):
    data = memo(reader, lang)
    with opened(data) as pdf:
        for page in pdf.pages:
            for font in page.Resources.Font.values():
                assert re.fullmatch(r"/[A-Z]{6}\+NotoSans-\w+", str(font.BaseFont))
                assert "/FontFile2" in font.FontDescriptor and "/Encoding" not in font
                meanings = re.findall(rb"^<..> <(\w+)>$", font.ToUnicode.read_bytes(), re.MULTILINE)
                assert meanings and b"0000" not in meanings
    assert not re.search("[\x00\ufffd]", "".join(page_texts(data)))


def test_the_file_says_that_it_is_made_for_everyone():
    with opened(memo("supervisor", "en")) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked) and pdf.pdf_version == "1.7"
        assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf.Root.Metadata.read_bytes()
        assert all(page.Tabs == "/S" for page in pdf.pages)


def test_the_english_in_a_spanish_memo_is_heard_as_english():
    catalog = shipped()[1]
    data = memo("supervisor", "es")
    said = texts_of_pieces(data)
    with opened(data) as pdf:
        root = tree_of(pdf)
        english = [part for part in root.all("Span") if part.lang() == "en"]
        heard = letters(" ".join("".join(said[piece] for piece in part.pieces()) for part in english))
        spanish = letters(" ".join("".join(said[piece] for piece in part.pieces()) for part in root.all("H1", "H2")))
    named = [row.says for row in catalog.restrictions.values() if letters(row.says or "-") in heard]
    assert len(named) > 1 and "Sourcesandmaterials" not in spanish
    assert "Estado:" not in heard and "Leídoenunacopia" not in heard
    with opened(memo("supervisor", "en")) as pdf:
        assert not [part for part in tree_of(pdf).all() if part.lang()]


@every_memo
def test_no_heading_stands_alone_at_the_foot_of_a_page_and_no_table_goes_on_without_its_head(reader, lang):
    data = memo(reader, lang)
    said = texts_of_pieces(data)
    with opened(data) as pdf:
        root = tree_of(pdf)
        last = dict(root.pieces())
        headings = {piece for part in root.all("H1", "H2", "H3", "H4") for piece in part.pieces()}
        assert not headings & set(last.items())
        for table in root.all("Table"):
            top, first, *_ = table.parts
            heads = letters("".join(said[piece] for piece in top.pieces()))
            assert {page for page, _ in top.pieces()} == {next(first.pieces())[0]}
            for page in {page for page, _ in table.pieces()} - {page for page, _ in top.pieces()}:
                assert heads in letters(said[page, -1])


@pytest.mark.parametrize("id", list(templates()))
def test_a_letter_is_for_everyone_too(id, tmp_path):
    matter, catalog, exposure = shipped()
    letter = letter_named(id)
    about = contacts_for(letter, matter, catalog)[0].id if letter.contact != "none" else ""
    made = make_letter(letter, matter, catalog, exposure, about)
    (tmp_path / "letter.pdf").write_bytes(made.pdf)
    assert not Validator().validate(tmp_path / "letter.pdf").findings
    with opened(made.pdf) as pdf:
        assert all((order.number is not None) != order.artifact for page in pdf.pages for order in painted(page))
        levels = [int(part.role[1]) for part in tree_of(pdf).all("H1", "H2", "H3")]
        assert levels[:1] == [1] and all(below <= above + 1 for above, below in pairwise(levels))
