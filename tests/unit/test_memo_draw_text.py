"""Running text: every word on a line, no line wider than its room, nothing lost where a page ends."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth

from clinic_mapper.memo.document import Run
from clinic_mapper.memo.draw_text import RunningText
from clinic_mapper.memo.fonts import BOLD, REGULAR, letters

letters()
STYLE = ParagraphStyle("body", fontName=REGULAR, fontSize=9, leading=12, leftIndent=15, firstLineIndent=-15)

words = st.text(alphabet="abcdefghilmnoWñé.,", min_size=1, max_size=60)
texts = st.lists(words, max_size=40).map(" ".join)
runs = st.lists(st.builds(Run, text=texts, bold=st.booleans(), italic=st.booleans()), max_size=6).map(tuple)
widths = st.floats(60, 500)


def said(text: RunningText) -> str:
    return "".join(part for line in text.lines for word in line for _, part, _ in word)


@given(runs, widths)
def test_every_letter_stands_on_some_line_and_no_line_is_wider_than_its_room(given_runs, width):
    text = RunningText(given_runs, STYLE)
    text.wrap(width, 1000)
    assert said(text) == "".join("".join(run.text.split()) for run in given_runs)
    for number, line in enumerate(text.lines):
        wide = sum(stringWidth(part, font, 9) for word in line for font, part, _ in word)
        wide += (len(line) - 1) * stringWidth(" ", REGULAR, 9)
        assert line and wide <= width - (STYLE.leftIndent if number else 0) + 0.001


@given(runs, widths, st.floats(0, 300))
def test_a_page_end_loses_nothing_and_leaves_two_lines_on_either_side(given_runs, width, height):
    text = RunningText(given_runs, STYLE, mark="•", shape="open")
    text.wrap(width, 1000)
    parts = text.split(width, height)
    assert len(parts) in (0, 2)
    if parts:
        first, second = parts
        assert said(first) + said(second) == said(text)
        assert min(len(first.lines), len(second.lines)) >= 2
        assert first.wrap(width, height)[1] <= height
        assert (first.mark, first.shape, second.mark, second.shape) == ("•", "open", "", None)


def test_a_word_that_begins_bold_and_ends_plain_stays_one_word():
    text = RunningText((Run(text="(con", bold=True), Run(text="tact) 8")), STYLE)
    text.wrap(400, 100)
    assert text.lines == [[[(BOLD, "(con", ""), (REGULAR, "tact)", "")], [(REGULAR, "8", "")]]]


def test_no_text_is_as_high_as_one_line():
    assert RunningText((), STYLE).wrap(100, 100) == (100, STYLE.leading)
