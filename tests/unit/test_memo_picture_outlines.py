"""A picture's letters as shapes: every text of it, with the shipped fonts, as wide and in the order that memos have."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from clinic_mapper.memo.draw_orders import Orders
from clinic_mapper.memo.fonts import BOLD, REGULAR, drawable, letters, width_of
from clinic_mapper.memo.picture import TEXT_SIZE, lay_out
from clinic_mapper.memo.picture_outlines import _placed, with_outlines
from clinic_mapper.memo.picture_svg import _text, svg
from clinic_mapper.memo.scripts import by_font, fonts_read, in_line_order
from clinic_mapper.problem import Problem
from tests.memo_corpus import sample

ELSEWHERE = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = (
    '</text><script>alert("x")</script><text x="0" y="0" fill="#000000">&amp;amp; <!-- --> <![CDATA[x]]> &lt;',
    '<text x="1" y="2" font-weight="bold" fill="#1c1917">',
    "\u202eyrtnuoc eht fo ecila \u2066 ',\" onload=\"x\" href='y' url(z)",
    "محمد الأمين בן־ציון Նարեկ გიორგი ਸਿੰਘ अमित শেখ ተስፋዬ 王小明 홍길동 Nguyễn Łukasz Ђорђе Ελένη",
)


def picture_with(name: str) -> str:
    matter, catalog = sample.matter(), sample.catalog()
    rows = replace(catalog, systems=catalog.systems | {"ngi": replace(catalog.systems["ngi"], name=name)})
    return svg(lay_out(sample.exposure(matter, rows), rows, matter, text_width=lambda text: 6.0 * len(text)))


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_a_name_holds_is_drawn_as_letters_and_nothing_else(name):
    plain = picture_with(name)
    outlined = with_outlines(plain)
    root = ElementTree.fromstring(outlined)
    assert not list(root.iter(f"{SVG}text")) and not list(root.iter(f"{SVG}script"))
    assert "href" not in re.sub(r"<title>.*?</title>", "", outlined)
    shapes = [each for each in root.iter(f"{SVG}g") if each.get("transform")]
    assert len(shapes) == len(list(ElementTree.fromstring(plain).iter(f"{SVG}text")))
    assert all(list(each) for each in shapes), "a text became nothing"


def test_all_but_the_texts_stays_as_it_is():
    plain = picture_with("Nlets")
    without = re.sub(r"<text .*?</text>", "", plain)
    assert re.sub(r"<g transform=.*?</g>", "", with_outlines(plain)) == without


@pytest.mark.parametrize("text", ["ไทย", "ភាសាខ្មែរ"])
def test_what_no_shipped_font_has_is_named_and_not_drawn(text):
    with pytest.raises(Problem) as caught:
        with_outlines(_text(text, 0, 0))
    assert caught.value.code == "letter-missing" and text[0] in caught.value.sentence


KNOWN = "AaÁñőłЖΩ .,;:-–()/0123456789אבגمحمدՆգअसਸਿ王홍ተა"


@given(st.text(KNOWN, max_size=30), st.sampled_from([REGULAR, BOLD]))
def test_a_text_is_as_wide_as_a_memo_makes_it(text, font):
    wide = sum(advance for *_, advance in _placed(text, font)) * TEXT_SIZE / 1000
    assert wide == pytest.approx(width_of(text, font, TEXT_SIZE))


@given(st.text(KNOWN, min_size=1, max_size=30))
def test_glyphs_stand_in_the_order_in_which_a_memo_draws_them(text):
    """What the orders of a page show, font by font, is what the shapes are of."""
    shown: list[str] = []

    class Listening(Orders):
        def __init__(self) -> None:
            self.part = None

        def _show(self, name: str, text: str) -> None:
            shown.extend([name] * len(text.replace("\u200b", "")))

    Listening().say([(own, "", part) for own, part in by_font(drawable(text), REGULAR)])
    fonts = [font for font, *_ in _placed(text, REGULAR)]
    assert list(dict.fromkeys(fonts)) == list(dict.fromkeys(shown))


@pytest.mark.parametrize("letter", ["अ", "王"])
def test_a_script_that_nobody_drew_yet_can_be_measured(letter):
    """The picture of a memo is laid out before anything of it is drawn."""
    measured = f"from clinic_mapper.memo.fonts import REGULAR, width_of; print(width_of({letter!r}, REGULAR, 11) > 4)"
    done = subprocess.run([sys.executable, "-c", measured], capture_output=True, text=True, check=False, env=ELSEWHERE)
    assert (done.stdout.strip(), done.stderr) == ("True", "")


def test_names_that_run_leftward_stand_as_a_memo_has_them():
    drawn = [part for _, group in in_line_order([("Memo-Hebrew", "", "אב")]) for _, _, part in group]
    first, second = (glyph for _, glyph, *_ in _placed("אב", REGULAR))
    face = fonts_read()["Memo-Hebrew"].shaper
    assert drawn == ["אב"]
    assert (face.get_nominal_glyph(ord("ב")), face.get_nominal_glyph(ord("א"))) == (first, second)


@pytest.mark.parametrize(("anchor", "left"), [("start", 0.0), ("middle", -0.5), ("end", -1.0)])
@pytest.mark.parametrize("bold", [True, False])
def test_a_text_begins_where_its_anchor_says(anchor, left, bold):
    shapes = with_outlines(_text("HHHH", 100, 50, anchor, bold))
    assert "translate(100 50)" in shapes
    (path,) = re.findall(r'd="M(-?\d+) ', shapes)
    wide = width_of("HHHH", BOLD if bold else REGULAR, 1000)
    assert left * wide <= float(path) <= left * wide + 800


def test_no_word_stays_behind():
    with_outlines(picture_with("محمد"))
    assert not any(font.meanings or font.widths for font in fonts_read().values())
    assert not any(font.widths for font in letters().values())


def test_a_text_that_is_written_otherwise_is_no_text_without_letters():
    with pytest.raises(AssertionError):
        with_outlines("<text>Left to the machine's own letters</text>")
