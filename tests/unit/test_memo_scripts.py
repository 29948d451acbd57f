"""Names in scripts that join their letters or run leftward: drawn, read back, and found where they may not stand."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache

import pytest
from msgspec.structs import replace

from clinic_mapper.casefile.model import Agency, Identifier, Matter
from clinic_mapper.memo.document import Document, Heading, Paragraph, Run
from clinic_mapper.memo.draw import draw
from clinic_mapper.memo.export import LeakFound, for_export, make_memo
from clinic_mapper.memo.fonts import letters
from clinic_mapper.memo.haystack import Haystack
from clinic_mapper.memo.pdf_surfaces import lines_as_they_stand, page_texts
from clinic_mapper.memo.prove import names_any
from clinic_mapper.memo.scripts import fonts_read, in_line_order, script_font
from clinic_mapper.memo.spellings import folded, spellings_of
from clinic_mapper.memo.withhold import identifier_values
from clinic_mapper.problem import Problem
from tests.memo_corpus import sample
from tests.tagged_pdf import opened, texts_of_pieces, tree_of

NAMES = {
    "arabic": "صلاح الدين علاء",
    "persian": "پرویز گلی",
    "hebrew": "שרה כהן",
    "amharic": "አበበ ቢቂላ",
    "armenian": "Արմեն Սարգսյան",
    "georgian": "გიორგი მელაძე",
    "punjabi": "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "nepali": "क्रिष्ण श्रेष्ठ",
    "bengali": "রহিম উদ্দিন",
    "russian": "Дмитрий Елкин",
    "vietnamese": "Nguyễn Thị Hường",
    "chinese": "欧阳 小明",
    "traditional": "麗華 張",
    "japanese": "さくら やまだ",
    "katakana": "ロドリゲス タロウ",
    "korean": "김철수 박",
}
every_name = pytest.mark.parametrize("name", NAMES.values(), ids=list(NAMES))


@cache
def drawn(name: str) -> bytes:
    runs = (Run(text="The agency is "), Run(text=name), Run(text=", then of "), Run(text="aquí", lang="es"))
    blocks = (Heading(runs=(Run(text="Title"),), level=0), Paragraph(runs=runs))
    return draw(Document(title="t", lang="en", reader="x", running=(), footer="", page_word="", blocks=blocks)).pdf


@every_name
def test_every_word_of_a_name_can_be_read_back_by_others(name):
    text = folded("".join(page_texts(drawn(name))))
    assert "\ue000" not in text and not re.search("[\ue000-\uf8ff]", text)
    for word in folded(name).split():
        assert word in text


@every_name
def test_a_name_is_heard_as_it_was_written(name):
    data = drawn(name)
    said = texts_of_pieces(data)
    with opened(data) as pdf:
        (paragraph,) = tree_of(pdf).all("P")
        heard = "".join(spoken(part, said) for part in paragraph.order)
        assert "".join(heard.split()) == "".join(f"The agency is {name}, then of aquí".split())
        assert [str(part.made.Lang) for part in paragraph.all("Span") if "/Lang" in part.made] == ["es"]


def spoken(part, said) -> str:
    if isinstance(part, tuple):
        return said[part]
    if "/ActualText" in part.made:
        return str(part.made.ActualText)
    return "".join(spoken(each, said) for each in part.order)


@every_name
def test_a_name_that_may_not_stand_in_a_memo_is_found_in_its_own_script(name):
    matter, catalog = sample.matter(1), sample.catalog()
    first = replace(matter.touchpoints[0], agency=Agency(name=f"Office of {name}, Fresno"))
    named = replace(matter, touchpoints=(first,), identifiers=(Identifier(kind="name", value=name),))
    with pytest.raises(LeakFound) as caught:
        make_memo(named, catalog, sample.exposure(for_export(named), catalog), "supervisor")
    assert "page text" in {leak.where for leak in caught.value.leaks}
    one_word = replace(named, identifiers=(Identifier(kind="name", value=name.split()[0]),))
    with pytest.raises(LeakFound):
        make_memo(one_word, catalog, sample.exposure(for_export(one_word), catalog), "supervisor")


def test_what_was_drawn_before_changes_no_byte_and_nothing_of_it_is_kept():
    fresh = {name: drawn(name) for name in NAMES.values()}
    drawn.cache_clear()
    assert {name: drawn(name) for name in reversed(NAMES.values())} == fresh
    for font in (*letters().values(), *fonts_read().values()):
        assert not font.widths and not getattr(font, "meanings", None)


ARABIC, PLAIN = script_font("ع"), "Memo"


def in_order(*texts: str) -> list[str]:
    """The texts of a line from left to right, those of one group joined; each in the font of its first letter."""
    stretches = [(script_font(text.strip()[:1] or " ") or PLAIN, "", text) for text in texts]
    return ["".join(text for _, _, text in group) for _, group in in_line_order(stretches)]


def test_words_that_run_leftward_stand_the_other_way_round_and_numbers_among_them_as_they_are():
    assert in_order("of ", "علي", " ", "عمر", " said") == ["of ", "عمر علي", " said"]
    assert in_order("علي", " 12.5 ", "عمر") == ["عمر 12.5 علي"]
    assert in_order("علي", " (2014)") == ["علي", " (2014)"]
    assert in_order("علي", " (", "عمر", ") said") == ["(عمر) علي", " said"]
    assert in_order("علي", " and ", "عمر") == ["علي", " and ", "عمر"]
    assert in_order("עלי", "-", "כהן") == ["כהן-עלי"]


DIGITS = {"arabic": "٠", "persian": "۰", "devanagari": "०", "bengali": "০", "gurmukhi": "੦", "wide": "０"}


@pytest.mark.parametrize("zero", DIGITS.values(), ids=list(DIGITS))
def test_numbers_are_written_with_our_digits_and_never_turned_round(zero):
    number = "9QKX587".translate({ord("0") + value: chr(ord(zero) + value) for value in range(10)})
    heading = Heading(runs=(Run(text=f"({number})"),), level=0)
    blocks = (heading, Paragraph(runs=(Run(text=f"Of {NAMES['arabic']} {number}."),)))
    made = draw(Document(title="t", lang="en", reader="x", running=(), footer="", page_word="", blocks=blocks)).pdf
    (page,) = page_texts(made)
    assert "(9QKX587)" in page and number not in page
    assert "9QKX587" in lines_as_they_stand(made, [page])


@pytest.mark.parametrize("told", ["{} {} 7 ABC {}", "(7 ABC) {} {} {} {}", "{} {} {}, of 7-ABC and {} {} {}"])
@pytest.mark.parametrize("name", ["arabic", "persian", "hebrew"])
def test_a_short_number_is_found_on_a_line_of_which_most_runs_leftward(told, name):
    """A reader of the page turns round what stands on such a line: “ABC 7”."""
    matter, catalog = sample.matter(), sample.catalog()
    plate = Identifier(kind="plate", value="7 ABC")
    noted = replace(matter, note=told.replace("{}", NAMES[name]), identifiers=(plate,))
    with pytest.raises(LeakFound) as caught:
        make_memo(noted, catalog, sample.exposure(for_export(noted), catalog), "supervisor")
    assert {leak.value_kind for leak in caught.value.leaks} == {"plate"}
    for words in range(17, 21):  # with one of these its second half begins a line
        wrapped = replace(noted, note=f"{NAMES[name]} " * words + "7 ABC")
        with pytest.raises(LeakFound):
            make_memo(wrapped, catalog, sample.exposure(for_export(wrapped), catalog), "supervisor")
    other = replace(noted, identifiers=(replace(plate, value="7 ABD"),))
    make_memo(other, catalog, sample.exposure(for_export(other), catalog), "supervisor")


_ALONE = """
from tests.unit.test_memo_scripts import NAMES, drawn, fonts_read
drawn("Nguyễn Дмитрий")
print(list(fonts_read()))
drawn(NAMES["chinese"])
print(list(fonts_read()))
"""


def test_the_large_font_is_read_by_a_document_that_has_its_letters_and_by_no_other():
    done = subprocess.run([sys.executable, "-c", _ALONE], capture_output=True, text=True, check=True, encoding="utf-8")
    assert done.stdout.split("\n")[:2] == ["[]", "['Memo-CJK']"]


def test_only_the_letters_that_are_drawn_are_in_the_file():
    with opened(drawn(NAMES["chinese"])) as pdf:
        fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
        assert "DroidSansFallback" in {str(font.BaseFont).split("+")[1] for font in fonts}
        assert all(len(font.FontDescriptor.FontFile2.read_bytes()) < 60_000 for font in fonts)


@pytest.mark.parametrize("text", ["王小明先生昨天来了", "她认识王小明。", "王\n小明", "王 小明"])
def test_a_chinese_name_is_found_within_words_that_no_blank_ends(text):
    assert [names_any(text, values_of(name)) for name in ("王小明", "王 小明", "李小明")] == [True, True, False]


def test_one_korean_syllable_is_no_name_that_can_be_searched_for():
    assert names_any("김철수씨가", values_of("김철수")) and not names_any("박물관", values_of("박지민"))
    assert not any(Haystack("박물관").count(each) for each in spellings_of("name", "박 지민"))


def values_of(name: str):
    return identifier_values(Matter(code="A", identifiers=(Identifier(kind="name", value=name),)))


@pytest.mark.parametrize("kind", ["other", "address", "agency-name"])
def test_other_words_without_blanks_are_found_too(kind):
    assert any(Haystack("住在弗雷斯诺市东区").count(each) for each in spellings_of(kind, "弗雷斯诺"))


def test_a_copied_piece_of_a_note_without_blanks_is_found():
    note = "他的哥哥去年在弗雷斯诺被捕后来被释放"
    spellings = spellings_of("note", note)
    assert any(Haystack("x 去年在弗雷斯诺被捕 y").count(each) for each in spellings)
    assert not any(Haystack("去年在洛杉矶").count(each) for each in spellings)


@pytest.mark.parametrize("text", ["ไทย", "\U00020000", "ꯃꯤ"])
def test_a_letter_that_no_font_has_is_named_and_nothing_is_drawn(text):
    with pytest.raises(Problem) as refused:
        drawn(text)
    assert refused.value.code == "letter-missing" and text[0] in refused.value.sentence
