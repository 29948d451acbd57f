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

from clinic_mapper.ui.export_work import PDF_ENGINE

if TYPE_CHECKING:
    import pypdfium2  # type: ignore[import-untyped]

_POINTS_PER_INCH = 72
_STEP = 1.25
_SMALLEST, _LARGEST = 0.3, 4.0
_EMPTY = "The pages appear here when the memo has been made and checked."


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

    The engine that draws pages may be used by one thread at a time: see `PDF_ENGINE`.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: pypdfium2.PdfDocument | None = None
        self._zoom = 0.0  # 0 stands for: as wide as the view
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
        self._bar = self._zoom_bar()
        layout.addWidget(self._bar)
        layout.addLayout(columns, 1)
        self.pages.currentRowChanged.connect(self._draw)
        self.clear()

    def show_pdf(self, data: bytes, page: int = 0) -> None:
        """Show a page of a PDF, counted from 0: that one, or the last if there are fewer."""
        import pypdfium2  # a heavy library, and not needed before there is something to show

        self.clear()
        with PDF_ENGINE:
            self._document = pypdfium2.PdfDocument(data)
        for number in range(len(self._document)):
            item = QListWidgetItem(f"Page {number + 1}")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"Page {number + 1} of {len(self._document)}")
            self.pages.addItem(item)
        self._allow(True)
        self.pages.setCurrentRow(min(page, self.count - 1))

    def clear(self) -> None:
        """Forget the pages."""
        if self._document is not None:
            with PDF_ENGINE:
                self._document.close()
            self._document = None
        self.pages.clear()
        self.page.setPixmap(QPixmap())
        self.page.setText(_EMPTY)
        self.area.setAccessibleDescription(_EMPTY)
        self._allow(False)

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
        room -= self.area.verticalScrollBar().sizeHint().width()
        return float(min(max(room / wide, _SMALLEST), _LARGEST))

    def _allow(self, shown: bool) -> None:
        self.pages.setVisible(shown)
        self._bar.setVisible(shown)

    def _zoom_bar(self) -> QWidget:
        bar = QWidget(self)
        row = QHBoxLayout(bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
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
        return bar
