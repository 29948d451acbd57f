"""The text of a memo, to be copied or as a file: what its pages say, each thing once, through a gate of its own."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from msgspec.structs import replace

from clinic_mapper.cli import main
from clinic_mapper.memo.copied_text import copied_text
from clinic_mapper.memo.document import (
    Blank,
    Document,
    Drawing,
    Entry,
    Heading,
    Hops,
    Items,
    NoteBox,
    Paragraph,
    Run,
    Table,
    text_of,
)
from clinic_mapper.memo.export import LeakFound, Memo, for_export, make_memo
from clinic_mapper.memo.export_text import save_text, text_to_copy
from clinic_mapper.memo.fonts import drawable
from clinic_mapper.memo.phrases import plain
from clinic_mapper.memo.picture import Picture
from clinic_mapper.memo.readers import READERS
from clinic_mapper.memo.sign_off import SignOff
from clinic_mapper.resource_files import resources
from tests.every_document import Name, document_of, names
from tests.memo_corpus import sample

WORD = re.compile(r"\w+")


def said(*blocks, **more) -> str:
    parts = {"running": (), "footer": "", **more}
    return copied_text(
        Document(title="T", lang="en", reader="supervisor", page_word="Page {number} of {of}", blocks=blocks, **parts)
    )


def test_each_kind_of_part_in_plain_text():
    text = said(
        Heading(runs=(plain("Memorandum"),), level=0),
        Paragraph(runs=(plain("Open", bold=True), plain(": two lines"))),
        Items(items=((plain("a dot"),), (plain("another"),))),
        Items(items=((plain("first"),), (plain("second"),)), marks="number"),
        Items(items=((plain("to tick"),),), marks="box"),
        Items(items=((plain("[1] has a mark"),),), marks="none"),
        Table(head=("No.", "What"), rows=(((plain("1"),), (plain("a – b"),)), ((plain("2"),), ())), widths=(0.5, 0.5)),
        Hops(rows=(((plain("goes "),), (plain("there"),)), ((plain("and on"),),))),
        NoteBox(title=(plain("Hours"),), paragraphs=((plain("Call."),),)),
        Entry(standing="open", word="Open", title=(plain("Courts"),), blocks=(Paragraph(runs=(plain("why"),)),)),
        Entry(standing="closed", word="", title=(plain("Gang data"),)),
        Entry(standing="closed", word="", title=(plain("Name check"),)),
        Blank(label="Signed"),
        Drawing(
            title=(plain("The map"),),
            says=(plain("Left to right."),),
            picture=Picture(boxes=(), arrows=(), headings=(), legend=(), width=0, height=0),
            alt="One arrow.",
            key=(plain("ICE: …"),),
        ),
        running=(Run(text="M-1", tag="code"), plain("  ·  "), plain("DRAFT until signed")),
        footer="Privileged",
    )
    assert text == (
        "M-1 · DRAFT until signed\n\nMemorandum\n\nOpen: two lines\n\n- a dot\n- another\n\n1. first\n2. second\n\n"
        "[ ] to tick\n\n[1] has a mark\n\nNo.\tWhat\n1\ta – b\n2\t\n\n1. goes there\n2. and on\n\nHours\nCall.\n\n"
        "OPEN · Courts\nwhy\n\n- Gang data\n- Name check\n\nSigned: ________________________\n\n"
        "The map\nLeft to right.\nOne arrow.\nICE: …\n\nPrivileged\n"
    )


def test_what_would_steer_a_program_or_turn_letters_round_is_not_in_it():
    text = said(Paragraph(runs=(Run(text="one\ttwo\nthree\u202e\u200b four\x07", tag="note"),)))
    assert text == "one two three four\n"


@pytest.mark.parametrize("name", [each for each in names() if not each.reader.startswith("letter")], ids="-".join)
def test_it_says_what_the_pages_say_and_each_thing_once(name: Name):
    document = document_of(name)
    drawn = [block for block in document.blocks if not isinstance(block, Drawing)]
    pictures = [block for block in document.blocks if isinstance(block, Drawing)]
    pages = drawable(text_of(replace(document, blocks=tuple(drawn), title="", footer=_foot(document))))
    heard = "\n".join(
        drawable(run.text) for each in pictures for run in (*each.title, *each.says, plain(each.alt), *each.key)
    )
    text = copied_text(document)
    wanted = Counter(WORD.findall(f"{pages}\n{heard}".casefold()))
    found = Counter(WORD.findall(text.replace("_", " ").casefold()))
    numbers = re.compile(r"\d+").fullmatch
    strange = {word for word in found - wanted if not numbers(word)}
    assert not strange and not wanted - found - Counter({word: 99 for word in wanted if set(word) == {"_"}})


def _foot(document: Document) -> str:
    """What stands below every page, where no paragraph says it."""
    lines = ("".join(run.text for run in block.runs) for block in document.blocks if isinstance(block, Paragraph))
    return "" if document.footer in lines else document.footer


@pytest.fixture
def case():
    matter, catalog = sample.matter(), sample.catalog()
    return matter, catalog, sample.exposure(for_export(matter), catalog)


def memo_for(case, reader: str) -> Memo:
    matter, catalog, exposure = case
    lines = [line.id for line in exposure.lines] if reader == "court" else None
    contacts = [matter.touchpoints[0].id] if reader == "request" else None
    return make_memo(matter, catalog, exposure, reader, lines=lines, contacts=contacts)


@pytest.mark.parametrize("reader", READERS)
def test_the_text_of_every_reader_passes_its_gate(case, reader, tmp_path):
    memo = memo_for(case, reader)
    data = save_text(tmp_path / "memo.txt", memo)
    assert (tmp_path / "memo.txt").read_bytes() == data == text_to_copy(memo).encode("utf-8")
    assert ("DRAFT until signed" in data.decode()) is (reader in ("supervisor", "file", "cocounsel", "court"))


def with_text(memo: Memo, text: str) -> Memo:
    """The memo as if composing had let a text slip into what its reader sees, and drawing alone had left it out."""
    slipped = Paragraph(runs=(plain(text),))
    return replace(memo, document=replace(memo.document, blocks=(*memo.document.blocks, slipped)))


@pytest.mark.parametrize(
    ("reader", "text", "kind"),
    [
        ("supervisor", "Client: Ximena Quetzal", "a person's name"),
        ("cocounsel", "seen on 14 May 2012", "a date"),
        ("client", "at the Fresno Police Department", "an agency's name"),
        ("client", "Ask about ICE", "the word “ICE”"),
    ],
)
def test_a_withheld_value_in_the_text_alone_is_caught_and_nothing_leaves(case, reader, text, kind, tmp_path):
    memo = with_text(memo_for(case, reader), text)
    with pytest.raises(LeakFound) as copied:
        text_to_copy(memo)
    assert kind in copied.value.what and "in the text" in copied.value.what
    assert copied.value.safe == "Nothing was copied." and text not in copied.value.sentence
    with pytest.raises(LeakFound) as saved:
        save_text(tmp_path / "memo.txt", memo)
    assert saved.value.safe == "Nothing was saved." and not list(tmp_path.iterdir())


def test_a_value_in_the_file_s_name_is_caught(case, tmp_path):
    with pytest.raises(LeakFound, match="file name"):
        save_text(tmp_path / "Quetzal.txt", memo_for(case, "supervisor"))
    assert not list(tmp_path.iterdir())


def test_a_signed_memo_says_so_in_its_text_and_is_no_draft(case):
    matter, catalog, exposure = case
    by = SignOff(initials="A.B.", on="2026-01-05")
    text = text_to_copy(make_memo(matter, catalog, exposure, "supervisor", signed=by))
    assert "Signed January 5, 2026 by A.B." in text and "DRAFT" not in text


def test_what_excuses_pages_does_not_excuse_more_in_the_text(case):
    """On many pages what stands around each is excused as often; the text says it once, and is excused once."""
    memo = memo_for(case, "supervisor")
    around = memo.document.footer
    assert copied_text(memo.document).count(around) == memo.own_as(copied_text).reduced.count(around) == 1
    assert memo.own.reduced.count(around) > 1


def test_the_command_line_writes_what_would_be_copied(tmp_path, capsys):
    path = resources() / "samples" / "sample-matter.json"
    given = ["memo", str(path), "--reader", "client", "--lang", "es", "--today", "2026-11-26"]
    assert main([*given, "--out", str(tmp_path / "page-es.txt")]) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "page-es.txt")
    assert (tmp_path / "page-es.txt").read_bytes() == copied_text(
        document_of(Name("sample-matter", "client", "es"))
    ).encode("utf-8")
    assert main([*given, "--out", str(tmp_path / "page-es.PDF")]) == 0
    assert (tmp_path / "page-es.PDF").read_bytes().startswith(b"%PDF")


def test_a_letter_as_text_too(tmp_path, capsys):
    path = resources() / "samples" / "sample-matter.json"
    given = ["letter", str(path), "--letter", "uscis-foia", "--confirmed", "--today", "2026-11-26"]
    assert main([*given, "--out", str(tmp_path / "letter.txt")]) == 0
    capsys.readouterr()
    assert "Freedom of Information Act" in (tmp_path / "letter.txt").read_text("utf-8")
