"""The finished file as pictures of its pages: what is shown is what would be saved, drawn from the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from clinic_mapper.memo.pdf_surfaces import PDF_ENGINE
from clinic_mapper.ui.look import Text

if TYPE_CHECKING:
    import pypdfium2  # type: ignore[import-untyped]

_POINTS_PER_INCH = 72
_STEP = 1.25
_SMALLEST, _LARGEST = 0.3, 4.0
_EMPTY = "The pages appear here."
_FROM_BEFORE = "Below: the pages from before."


def _drawn(page: pypdfium2.PdfPage, scale: float) -> tuple[QImage, str]:
    """A page as a picture and as text."""
    bitmap = page.render(scale=scale, prefer_bgrx=True)
    size = bitmap.width, bitmap.height, bitmap.stride
    image = QImage(bytes(bitmap.buffer), *size, QImage.Format.Format_RGB32).copy()
    text = page.get_textpage()
    words = str(text.get_text_bounded())
    for opened in (bitmap, text, page):
        opened.close()
    return image, words


class PreviewPane(QWidget):
    """Pages of a PDF held in memory, one at a time, with a list of pages and a zoom. Nothing is written anywhere.

    Where there are no pages, a sentence stands in their place. The page that is looked at, and the place on it, stay
    when a PDF is shown in the place of another.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: pypdfium2.PdfDocument | None = None
        self._zoom = 0.0  # 0 stands for: as wide as the view
        self._looked_at = (0, 0)  # the page, and how far down
        self.sign = Text("", self, calm=True)
        self.sign.setWordWrap(False)
        self.sign.setAccessibleName("Whether these pages are being made anew")
        self.pages = QListWidget(self)
        self.pages.setAccessibleName("Pages of the memo")
        self.pages.setFixedWidth(self.fontMetrics().averageCharWidth() * 11)
        self.page = QLabel(_EMPTY, self)
        self.page.setTextFormat(Qt.TextFormat.PlainText)
        self.page.setWordWrap(True)
        self.page.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.page.setMargin(8)
        self.area = QScrollArea(self)
        self.area.setWidget(self.page)
        self.area.setWidgetResizable(True)
        self.area.setAccessibleName("Page of the memo")
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        columns = QHBoxLayout()
        columns.addWidget(self.pages)
        columns.addWidget(self.area, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._zoom_bar())
        layout.addLayout(columns, 1)
        self.pages.currentRowChanged.connect(self._draw)
        self.say("")

    def show_pdf(self, data: bytes, *, anew: bool) -> None:
        """Show a PDF: `anew` from its first page on, else at the place of the one before that was looked at."""
        import pypdfium2  # a heavy library, and not needed before there is something to show

        self._forget()
        page, down = (0, 0) if anew else self._looked_at
        with PDF_ENGINE:
            self._document = pypdfium2.PdfDocument(data)
        for number in range(len(self._document)):
            item = QListWidgetItem(f"Page {number + 1}")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"Page {number + 1} of {len(self._document)}")
            self.pages.addItem(item)
        self._allow(True)
        self.being_made("")
        self.pages.setCurrentRow(min(page, self.count - 1))
        if page < self.count:
            self.area.verticalScrollBar().setValue(down)

    def say(self, sentence: str) -> None:
        """Forget the pages, and say this in their place."""
        self._forget()
        self.being_made("")
        self.page.setPixmap(QPixmap())
        self.page.setText(sentence or _EMPTY)
        self.area.setAccessibleDescription(sentence or _EMPTY)
        self._allow(False)

    def being_made(self, how_far: str) -> None:
        """Say quietly that other pages will stand here; "" for: these are the ones."""
        said = f"{how_far} {_FROM_BEFORE}" if how_far and self.count else how_far
        if self.sign.text() != said:
            self.sign.setText(said)

    def _forget(self) -> None:
        if self._document is not None:
            self._looked_at = self.pages.currentRow(), self.area.verticalScrollBar().value()
            with PDF_ENGINE:
                self._document.close()
            self._document = None
        self.pages.clear()

    @property
    def count(self) -> int:
        """How many pages are shown."""
        return self.pages.count()

    def zoom(self, factor: float) -> None:
        """Make the page larger or smaller."""
        now = self._zoom or self._width_zoom(max(self.pages.currentRow(), 0))
        self._zoom = min(max(now * factor, _SMALLEST), _LARGEST)
        self._draw(self.pages.currentRow())

    def fit_width(self) -> None:
        """Make the page as wide as the view."""
        self._zoom = 0.0
        self._draw(self.pages.currentRow())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(_STEP)
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom(1 / _STEP)
        elif event.key() == Qt.Key.Key_0:
            self.fit_width()
        else:
            super().keyPressEvent(event)

    @Slot(int)
    def _draw(self, number: int) -> None:
        if self._document is None or not 0 <= number < len(self._document):
            return
        ratio = self.devicePixelRatioF()
        scale = (self._zoom or self._width_zoom(number)) * ratio * self.logicalDpiX() / _POINTS_PER_INCH
        with PDF_ENGINE:
            image, words = _drawn(self._document[number], scale)
        image.setDevicePixelRatio(ratio)
        self.page.setPixmap(QPixmap.fromImage(image))
        self.area.setAccessibleDescription(words)
        self.area.verticalScrollBar().setValue(0)

    def _width_zoom(self, number: int) -> float:
        """The zoom at which the page is as wide as the view."""
        if self._document is None:
            return 1.0
        wide = self._document.get_page_size(number)[0] * self.logicalDpiX() / _POINTS_PER_INCH
        room = self.area.maximumViewportSize().width() - 2 * self.page.margin()
        room -= self.area.verticalScrollBar().sizeHint().width() + 1  # a picture has whole pixels
        return float(min(max(room / wide, _SMALLEST), _LARGEST))

    def _allow(self, shown: bool) -> None:
        self.pages.setVisible(shown)
        for button in self._zooms:
            button.setVisible(shown)

    def _zoom_bar(self) -> QWidget:
        bar = QWidget(self)
        row = QHBoxLayout(bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.sign, 1)
        self._zooms: list[QToolButton] = []
        acts = (
            ("−", "Smaller", lambda: self.zoom(1 / _STEP)),
            ("+", "Larger", lambda: self.zoom(_STEP)),
            ("Width", "As wide as the view", self.fit_width),
        )
        for sign, name, act in acts:
            button = QToolButton(bar)
            button.setText(sign)
            button.setAccessibleName(name)
            button.setAutoRaise(True)
            button.clicked.connect(act)
            row.addWidget(button)
            self._zooms.append(button)
        bar.setFixedHeight(self._zooms[0].sizeHint().height())
        return bar
