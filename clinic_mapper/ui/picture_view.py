"""The picture of the lines, left to right. It shows what the list shows and never more; the list is its text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QSizePolicy, QWidget

from clinic_mapper.memo.picture import DASHES, MARGIN, Picture
from clinic_mapper.routing.model import Standing
from clinic_mapper.ui.picture_parts import ArrowPart, BoxPart, Part, letters

ZOOM_STEP = 1.2
_SMALLEST, _LARGEST = 0.25, 4.0
_READABLE = 0.75
"""Letters smaller than this part of the person's own size are not shown unasked."""


class PictureView(QGraphicsView):
    """Draws a `Picture`. `line_chosen(str)`: somebody pressed a box or arrow, or moved on by key.

    Keys: up and down go through the lines, + and - zoom, 0 is full size, F fits the picture, arrows with Shift scroll.
    """

    line_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setScene(QGraphicsScene(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.setAccessibleName("Picture of the lines")
        self.setAccessibleDescription("The list tells the same lines in words. Up and down go from line to line.")
        self._order: tuple[str, ...] = ()
        self._drawn: frozenset[str] = frozenset()
        self._line = ""
        self._picture: Picture | None = None
        self._fitted = True

    def show_picture(self, picture: Picture, order: Sequence[str]) -> None:
        """Draw a picture; `order` are the lines that the keys go through, in the order of the list."""
        self._picture = picture
        self._drawn = frozenset(line for arrow in picture.arrows for line in arrow.lines)
        self._order = tuple(order)
        self._draw()

    def forget(self) -> None:
        """Draw nothing, and know nothing."""
        self.scene().clear()
        self._picture = None
        self._order, self._drawn, self._line = (), frozenset(), ""

    def select_line(self, line: str) -> None:
        """Mark the boxes and arrows of a line and bring them into view."""
        self._line = line
        marked = []
        for part in self._parts():
            part.mark(line)
            if part.marked:
                marked.append(part.sceneBoundingRect())
        # From right to left: where a line is longer than the view, its beginning is what stays in sight.
        for area in sorted(marked, key=lambda area: -area.left()):
            self.ensureVisible(area, 10, 10)

    def shows(self, line: str) -> bool:
        """Whether a line is drawn; what is closed by a fact or by time stands in the list only."""
        return line in self._drawn

    def zoom(self, factor: float) -> None:
        """Make everything larger or smaller, within reason."""
        self._fitted = False
        wanted = min(max(self.transform().m11() * factor, _SMALLEST), _LARGEST)
        self._scale_to(wanted)

    def full_size(self) -> None:
        """Letters of the picture at their own size."""
        self._fitted = False
        self._scale_to(self._letter_ratio())

    def fit(self) -> None:
        """The whole picture, as large as the view allows; never larger than full size."""
        self._fitted = True
        self._scale_to(min(max(self._whole(), _SMALLEST), self._letter_ratio()))

    def fit_to_read(self) -> None:
        """The whole picture if its letters can then still be read, otherwise a part of it at a size that can."""
        self._fitted = True
        readable = self._letter_ratio() * _READABLE
        self._scale_to(min(max(self._whole(), readable), self._letter_ratio()))

    def _whole(self) -> float:
        """The scale at which the whole picture fits the view."""
        area, room = self.sceneRect(), self.maximumViewportSize() - QSize(4, 4)
        if area.isEmpty() or room.isEmpty():
            return 1.0
        return min(room.width() / area.width(), room.height() / area.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        lines = self._lines_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and lines:
            self.line_chosen.emit(self._after(self._line, lines) if self._line in lines else lines[0])
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {
            Qt.Key.Key_Plus: lambda: self.zoom(ZOOM_STEP),
            Qt.Key.Key_Equal: lambda: self.zoom(ZOOM_STEP),
            Qt.Key.Key_Minus: lambda: self.zoom(1 / ZOOM_STEP),
            Qt.Key.Key_0: self.full_size,
            Qt.Key.Key_F: self.fit,
        }
        act = keys.get(Qt.Key(event.key()))
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if act:
            act()
        elif step and self._order and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.line_chosen.emit(self._after(self._line, self._order, step))
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted:
            self.fit_to_read()
            self.select_line(self._line)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and getattr(self, "_picture", None):
            self._draw()

    def _draw(self) -> None:
        picture = self._picture
        if picture is None:
            return
        scene = self.scene()
        scene.clear()
        palette, font = self.palette(), self.font()
        for arrow in picture.arrows:
            scene.addItem(ArrowPart(arrow, palette, font))
        for box in picture.boxes:
            scene.addItem(BoxPart(box, palette, font))
        bold = letters(font, bold=True)
        for heading in picture.headings:
            text = scene.addSimpleText(heading.text, bold)
            text.setBrush(palette.color(QPalette.ColorRole.WindowText))
            text.setPos(heading.x - QFontMetricsF(bold).horizontalAdvance(heading.text) / 2, MARGIN)
        scene.setSceneRect(0, 0, picture.width, picture.height)
        if self._fitted:
            self.fit_to_read()
        self.select_line(self._line)

    def _parts(self) -> list[Part]:
        return [item for item in self.scene().items() if isinstance(item, Part)]

    def _lines_at(self, position: QPointF) -> tuple[str, ...]:
        for item in self.items(position.toPoint()):
            if isinstance(item, Part):
                return item.lines
        return ()

    @staticmethod
    def _after(line: str, order: Sequence[str], step: int = 1) -> str:
        if line not in order:
            return order[0 if step > 0 else -1]
        return order[(order.index(line) + step) % len(order)]

    def _letter_ratio(self) -> float:
        """How much larger the person's own letters are than the picture's."""
        return max(QFontMetricsF(self.font()).height() / QFontMetricsF(letters(self.font())).height(), 1.0)

    def _scale_to(self, factor: float) -> None:
        self.resetTransform()
        self.scale(factor, factor)


class Legend(QWidget):
    """What solid, dashed and dotted mean. It stays in place when the picture is scrolled."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[tuple[Standing, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_entries(self, entries: tuple[tuple[Standing, str], ...]) -> None:
        """The standings and their words, in order."""
        self._entries = entries
        self.setAccessibleName(", ".join(f"{_STROKE[standing]}: {word}" for standing, word in entries))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        letter = self.fontMetrics()
        width = sum(letter.horizontalAdvance(word) + 3.6 * letter.height() for _, word in self._entries)
        return QSize(round(width), letter.height() + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        letter, left = self.fontMetrics(), 0.0
        middle = self.height() / 2
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        for standing, word in self._entries:
            pen = QPen(ink, 1.6)
            if dashes := DASHES[standing]:
                pen.setDashPattern([length / 1.6 for length in dashes])
            painter.setPen(pen)
            painter.drawLine(QPointF(left, middle), QPointF(left + 2.2 * letter.height(), middle))
            painter.setPen(ink)
            left += 2.6 * letter.height()
            painter.drawText(QPointF(left, middle + letter.ascent() / 2 - 1), word)
            left += letter.horizontalAdvance(word) + letter.height()
        painter.end()


_STROKE = {"open": "solid", "undetermined": "dashed", "closed": "dotted"}
