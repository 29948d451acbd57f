"""A document as a PDF: letter size, the shipped fonts, the same bytes for the same document."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from clinic_mapper.memo.document import Document, runs_of
from clinic_mapper.memo.draw_finish import finished
from clinic_mapper.memo.fonts import check_letters, forget_words, letters
from clinic_mapper.memo.scripts import meanings
from clinic_mapper.memo.tags import Tags

_PAGE_MARGIN = 54.0
_FOOT, _HEAD = 46.0, 54.0
_SCALES = (0.94, 0.88, 0.82, 0.76)


def draw(document: Document) -> bytes:
    """The finished PDF, tagged for screen readers. It holds no date, no maker, no file name: only the document, its
    title and its language.

    Raises:
        Problem: `letter-missing` when a character cannot be drawn.
    """
    check_letters(runs_of(document))
    letters()
    try:
        data, pages, tags = _drawn(document, 1.0)
        for scale in _SCALES if document.plain else ():
            if pages <= 1:
                break
            data, pages, tags = _drawn(document, scale)
        return finished(data, document, tags, meanings())
    finally:
        forget_words()


def _drawn(document: Document, scale: float) -> tuple[bytes, int, Tags]:
    """The pages at a scale, how many there are, and what each piece of them is."""
    from reportlab.lib.pagesizes import letter
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    from clinic_mapper.memo.draw_blocks import flowables
    from clinic_mapper.memo.draw_pages import numbered_canvas

    buffer = BytesIO()
    width, height = letter
    template = BaseDocTemplate(
        buffer,
        pagesize=letter,
        pageCompression=0,  # done once, when the file is finished
        invariant=1,
        title=document.title,
        author="",
        subject="",
        creator="",
        lang=document.lang,
    )
    for name, (wide, high) in (("page", (width, height)), ("wide", (height, width))):
        frame = Frame(_PAGE_MARGIN, _FOOT, wide - 2 * _PAGE_MARGIN, high - _FOOT - _HEAD, 0, 0, 0, 0, id=name)
        template.addPageTemplates([PageTemplate(id=name, frames=[frame], pagesize=(wide, high))])
    tags = Tags()
    story: list[Any] = flowables(document, width - 2 * _PAGE_MARGIN, scale, tags)
    template.build(story, canvasmaker=numbered_canvas(document, tags))
    return buffer.getvalue(), template.page, tags
