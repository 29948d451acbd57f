"""One row of the catalog as a page to read, with ways to the rows it names. Text is put in as text, never as markup."""

from __future__ import annotations

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from clinic_mapper.catalog.row_page import Item, Page
from clinic_mapper.memo.plain_text import printable

_SCHEME = "row"


class RowReader(QTextBrowser):
    """Shows a `Page`. `row_wanted(kind, id)`: somebody went to a row it names, by Tab and Enter or by pointing.

    Nothing is ever fetched: what a link leads to is a row of the same catalog.
    """

    row_wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setAccessibleName("The row chosen")
        self.document().setDocumentMargin(10)
        self.anchorClicked.connect(self._go)

    def loadResource(self, _type: int, _url: QUrl | str) -> None:
        """A page has no pictures and no styles of its own: there is nothing to load, from anywhere."""

    def show_page(self, page: Page | None, empty: str = "") -> None:
        """Draw a page, or a sentence where there is none."""
        self.document().clear()
        cursor = QTextCursor(self.document())
        if page is None:
            cursor.insertText(empty, self._letters(quiet=True))
            return
        self._paragraph(cursor, page.title, size=1.3, bold=True, level=2)
        self._paragraph(cursor, page.below, quiet=True)
        self._paragraph(cursor, page.layer, quiet=True)
        for section in page.sections:
            self._paragraph(cursor, section.heading, bold=True, level=3, above=0.7)
            for item in section.items:
                self._item(cursor, item)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _item(self, cursor: QTextCursor, item: Item) -> None:
        self._paragraph(cursor, item.text, above=0.15, to=f"{_SCHEME}:{item.kind}/{item.id}" if item.kind else "")
        if item.below:
            self._paragraph(cursor, item.below, quiet=True, indent=1)

    def _paragraph(
        self,
        cursor: QTextCursor,
        text: str,
        *,
        size: float = 1.0,
        bold: bool = False,
        quiet: bool = False,
        level: int = 0,
        above: float = 0.0,
        indent: int = 0,
        to: str = "",
    ) -> None:
        form = QTextBlockFormat()
        form.setTopMargin(self.fontMetrics().height() * above)
        form.setHeadingLevel(level)
        form.setIndent(indent)
        if self.document().isEmpty():
            cursor.setBlockFormat(form)
        else:
            cursor.insertBlock(form)
        cursor.insertText(printable(text), self._letters(size=size, bold=bold, quiet=quiet, to=to))

    def _letters(self, *, size: float = 1.0, bold: bool = False, quiet: bool = False, to: str = "") -> QTextCharFormat:
        letters = QTextCharFormat()
        letters.setFontPointSize(self.font().pointSizeF() * size)
        if bold:
            letters.setFontWeight(QFont.Weight.DemiBold)
        if quiet:
            letters.setFontItalic(True)
        if to:
            letters.setAnchor(True)
            letters.setAnchorHref(to)
            letters.setForeground(self.palette().link())
            letters.setFontUnderline(True)
        return letters

    def _go(self, url: QUrl) -> None:
        kind, _, id = url.toString().removeprefix(f"{_SCHEME}:").partition("/")
        if url.scheme() == _SCHEME and kind and id:
            self.row_wanted.emit(kind, id)
