"""A document as a PDF: letter size, the shipped fonts, the same bytes for the same document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from clinic_mapper.memo.document import Document, runs_of
from clinic_mapper.memo.draw_finish import finished
from clinic_mapper.memo.fonts import check_letters, forget_words, letters
from clinic_mapper.memo.page_acronyms import Marks, Stretch, first_uses
from clinic_mapper.memo.scripts import meanings
from clinic_mapper.memo.tags import Tags

if TYPE_CHECKING:
    from clinic_mapper.memo.draw_flow import PagePart
    from clinic_mapper.memo.draw_pieces import Row

_PAGE_MARGIN = 54.0
_FOOT, _HEAD = 46.0, 54.0
_SIZE = (612.0, 792.0)
_SMALLEST, _STEP = 0.76, 0.02
_ATTEMPTS = 6
"""So often pages are laid out anew in the hope that no page explains an acronym twice; then each only explains more."""

Told = Callable[[int, int], object]
"""Called often while a file is made, as (page, pages): no pages while they are not known yet, then the page that is
drawn, then one more than there are while the file is read again. What it raises ends the work: nothing is made."""


def untold(page: int, pages: int) -> None:
    """For whoever does not want to know."""


class Drawn(NamedTuple):
    """A finished file. `spelled`: what it says more than was composed, where pages spell out acronyms once more."""

    pdf: bytes
    spelled: tuple[str, ...]


def draw(document: Document, told: Told = untold) -> Drawn:
    """The finished PDF, tagged for screen readers. It holds no date, no maker, no file name: only the document, its
    title and its language.

    Raises:
        Problem: `letter-missing` when a character cannot be drawn.
    """
    check_letters(runs_of(document))
    letters()
    try:
        laid_out = _laid_out(document, told)
        data = _drawn(document, laid_out, told)
        return Drawn(finished(data, document, laid_out.tags, meanings()), laid_out.spelled)
    finally:
        forget_words()


def _drawn(document: Document, laid_out: _LaidOut, told: Told) -> bytes:
    """The pages as they are drawn."""
    from reportlab.pdfgen.canvas import Canvas

    from clinic_mapper.memo.draw_pages import draw_around
    from clinic_mapper.memo.fonts import REGULAR

    pages = laid_out.pages
    buffer = BytesIO()
    canvas = Canvas(
        buffer,
        pagesize=_SIZE,
        pageCompression=0,  # done once, when the file is finished
        invariant=1,
        initialFontName=REGULAR,
        lang=document.lang,
    )
    canvas.tags = laid_out.tags
    for number, (lies, rows) in enumerate(pages, 1):
        told(number, len(pages))
        canvas.setPageSize(_SIZE[::-1] if lies else _SIZE)
        _draw_rows(canvas, rows, (_SIZE[0] if lies else _SIZE[1]) - _HEAD)
        draw_around(canvas, document, number, len(pages))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


Page = tuple[bool, "list[Row]"]
"""Whether a page lies on its side, and its rows."""


class _LaidOut(NamedTuple):
    pages: list[Page]
    tags: Tags
    spelled: tuple[str, ...]


def _laid_out(document: Document, told: Told) -> _LaidOut:
    """The rows of each page; those of a page that must fit on one side in the largest letters with which it does."""
    scale = 1.0
    while True:
        laid_out = _at_scale(document, scale, told)
        scale -= _STEP
        if not document.plain or len(laid_out.pages) <= 1 or scale < _SMALLEST:
            return laid_out


def _at_scale(document: Document, scale: float, told: Told) -> _LaidOut:
    """The pages in letters of a scale, laid out until each spells out the acronyms that it uses."""
    from clinic_mapper.memo.draw_blocks import Styles, Texts, flow_of

    styles, texts, marks = Styles(document.plain, scale), Texts(document.lang), Marks()
    widths = _SIZE[0] - 2 * _PAGE_MARGIN, _SIZE[1] - 2 * _PAGE_MARGIN
    attempt = 0
    while True:
        attempt += 1
        tags = Tags()
        pages = _paged(flow_of(document, widths, styles, tags, texts, lambda: told(0, 0)).parts)
        needed = first_uses([list(_said_on(rows)) for _, rows in pages])
        if needed == marks or (attempt > _ATTEMPTS and needed <= marks):
            return _LaidOut(pages, tags, tuple(texts.added()))
        marks = needed if attempt < _ATTEMPTS else marks | needed
        texts = Texts(document.lang, marks, texts)


def _paged(parts: list[PagePart]) -> list[Page]:
    from clinic_mapper.memo.page_breaks import pages_of

    pages: list[Page] = []
    for number, part in enumerate(parts, 1):
        room = (_SIZE[0] if part.lies else _SIZE[1]) - _FOOT - _HEAD
        found = pages_of(part.rows, room, ends=number == len(parts))
        pages += [(part.lies, part.rows[first:last]) for first, last in found]
    return pages


def _said_on(rows: list[Row]) -> Iterator[Stretch]:
    for piece, group in groupby(rows, lambda row: row.piece):
        together = list(group)
        yield from piece.stretches(together[0].part, together[-1].part + 1)


def _draw_rows(canvas: Any, rows: list[Any], top: float) -> None:
    """The rows of a page from its top on, those of one piece at once."""
    at_top = True
    head = rows[0].piece.head
    if head is not None and rows[0].again:
        head.draw_again(canvas, _PAGE_MARGIN, top)
        top -= head.height
    for piece, group in groupby(rows, lambda row: row.piece):
        together = list(group)
        if not at_top:
            top -= together[0].before
        piece.draw(canvas, _PAGE_MARGIN, top, together[0].part, together[-1].part + 1, at_top)
        top -= sum(row.height for row in together)
        at_top = False
