"""Running text: every word on a line, no line wider than its room, any of its lines drawn by themselves."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase.pdfmetrics import stringWidth

from clinic_mapper.memo.document import Run
from clinic_mapper.memo.draw_pieces import TextPiece
from clinic_mapper.memo.draw_text import RunningText, Style
from clinic_mapper.memo.fonts import BOLD, REGULAR, letters
from clinic_mapper.memo.page_breaks import NEVER

letters()
STYLE = Style(9, 12, indent=15, first=-15)

words = st.text(alphabet="abcdefghilmnoWñé.,", min_size=1, max_size=60)
texts = st.lists(words, max_size=40).map(" ".join)
runs = st.lists(st.builds(Run, text=texts, bold=st.booleans(), italic=st.booleans()), max_size=6).map(tuple)
widths = st.floats(60, 500)


def said(text: RunningText) -> str:
    return "".join(part for line in text.lines for word in line for _, part, _ in word)


@given(runs, widths)
def test_every_letter_stands_on_some_line_and_no_line_is_wider_than_its_room(given_runs, width):
    text = RunningText(given_runs, STYLE)
    assert text.broken(width) == max(1, len(text.lines))
    assert said(text) == "".join("".join(run.text.split()) for run in given_runs)
    for number, line in enumerate(text.lines):
        wide = sum(stringWidth(part, font, 9) for word in line for font, part, _ in word)
        wide += (len(line) - 1) * stringWidth(" ", REGULAR, 9)
        assert line and wide <= width - (STYLE.indent if number else 0) + 0.001


@given(runs, widths)
def test_a_page_end_leaves_two_lines_of_a_text_on_either_side(given_runs, width):
    rows = TextPiece(RunningText(given_runs, STYLE, mark="•", shape="open"), width).rows()
    assert [row.part for row in rows] == list(range(len(rows))) and {row.height for row in rows} == {STYLE.leading}
    for row in rows[1:]:
        assert (row.cost < NEVER) == (min(row.part, len(rows) - row.part) >= 2)


def test_a_word_that_begins_bold_and_ends_plain_stays_one_word():
    text = RunningText((Run(text="(con", bold=True), Run(text="tact) 8")), STYLE)
    text.broken(400)
    assert text.lines == [[[(BOLD, "(con", ""), (REGULAR, "tact)", "")], [(REGULAR, "8", "")]]]


def test_no_text_is_as_high_as_one_line():
    assert len(TextPiece(RunningText((), STYLE), 100).rows()) == 1
