"""What stands on every page above and below the text: SAMPLE, the code, DRAFT, the legend, page x of y."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from clinic_mapper.memo.document import Document
from clinic_mapper.memo.fonts import REGULAR, drawable, font_of
from clinic_mapper.memo.tags import FOOTER, HEADER, LAYOUT, Element, marked, piece_of

_MARGIN = 54.0
_SIZE = 7.8


def draw_around(canvas: Any, document: Document, number: int, of: int) -> None:
    """Draws the lines above and below the text of a page."""
    width, height = canvas._pagesize
    canvas.setFillGray(0.25)
    top = height - 36
    if document.running:
        with _running(canvas, number):
            x = _MARGIN
            for run in document.running:
                text = drawable(run.text)
                canvas.setFont(font_of(run), _SIZE)
                canvas.drawString(x, top, text)
                x += canvas.stringWidth(text, font_of(run), _SIZE)
    if document.running and not document.plain:
        with marked(canvas, LAYOUT):
            canvas.setLineWidth(0.4)
            canvas.setStrokeGray(0.6)
            canvas.line(_MARGIN, top - 6, width - _MARGIN, top - 6)
    if document.footer or document.page_word:
        with marked(canvas, FOOTER):
            canvas.setFont(REGULAR, _SIZE)
            canvas.drawString(_MARGIN, 32, drawable(document.footer))
            said = document.page_word.format(number=number, of=of)
            canvas.drawRightString(width - _MARGIN, 32, said)


def _running(canvas: Any, number: int) -> AbstractContextManager[None]:
    """The line above the text: read once, at the very beginning, since it says SAMPLE and DRAFT; passed over later."""
    if number > 1:
        return marked(canvas, HEADER)
    first = Element("P")
    canvas.tags.root.kids.insert(0, first)
    return piece_of(canvas, first)
