"""The boxes and arrows of the picture: drawn, pressed, marked. Colours come from the palette."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPainterPathStroker, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from clinic_mapper.memo.picture import DASHES, LINE_HEIGHT, PADDING, TEXT_SIZE, Arrow, Box, curve
from clinic_mapper.routing.model import Standing

_ROUND = {"touchpoint": 10.0, "system": 3.0, "ice": 0.0}
_TIP = 8.0
_GRASP = 12.0


def letters(base: QFont, *, bold: bool = False) -> QFont:
    """The font in which the picture was measured."""
    font = QFont(base)
    font.setPixelSize(round(TEXT_SIZE))
    font.setBold(bold)
    return font


class Part(QGraphicsItem):
    """A box or an arrow. `lines` are the ids of the lines it belongs to; `marked`: the chosen line is one of them."""

    def __init__(self, lines: tuple[str, ...], palette: QPalette, font: QFont) -> None:
        super().__init__()
        self.lines = lines
        self.marked = False
        self._palette = palette
        self._font = letters(font)

    def mark(self, line: str) -> None:
        """Show whether this part belongs to the chosen line."""
        marked = line in self.lines
        if marked != self.marked:
            self.marked = marked
            self.setZValue(self.zValue() + (10 if marked else -10))
            self.update()

    def _ink(self, standing: Standing) -> QPen:
        role = QPalette.ColorRole.Highlight if self.marked else QPalette.ColorRole.WindowText
        pen = QPen(self._palette.color(role), 3.0 if self.marked else 1.4)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if dashes := DASHES[standing]:
            pen.setDashPattern([length / pen.widthF() for length in dashes])
        return pen


class BoxPart(Part):
    """A touchpoint (round corners), a system, or a system that ICE runs (square, double edge)."""

    def __init__(self, box: Box, palette: QPalette, font: QFont) -> None:
        super().__init__(box.lines, palette, font)
        self.box = box
        self._area = QRectF(box.x, box.y, box.width, box.height)
        self.setZValue(2)

    def boundingRect(self) -> QRectF:
        return self._area.adjusted(-3, -3, 3, 3)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        radius = _ROUND[self.box.kind]
        painter.setPen(self._ink("open"))
        painter.setBrush(self._palette.color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(self._area, radius, radius)
        if self.box.kind == "ice":
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self._area.adjusted(4, 4, -4, -4))
        painter.setPen(self._palette.color(QPalette.ColorRole.Text))
        painter.setFont(self._font)
        for number, text in enumerate(self.box.text):
            baseline = self._area.top() + PADDING + LINE_HEIGHT * (number + 0.75)
            painter.drawText(QPointF(self._area.left() + PADDING, baseline), text)


class ArrowPart(Part):
    """One step, drawn solid, dashed or dotted by its standing, with a grasp wide enough for a tired hand."""

    def __init__(self, arrow: Arrow, palette: QPalette, font: QFont) -> None:
        super().__init__(arrow.lines, palette, font)
        self.arrow = arrow
        self._path = QPainterPath(QPointF(*arrow.points[0]))
        for first, second, end in curve(arrow.points):
            self._path.cubicTo(QPointF(*first), QPointF(*second), QPointF(*end))
        stroker = QPainterPathStroker()
        stroker.setWidth(_GRASP)
        self._grasp = stroker.createStroke(self._path)
        self.setZValue(1)

    def boundingRect(self) -> QRectF:
        return self._grasp.boundingRect()

    def shape(self) -> QPainterPath:
        return self._grasp

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        pen = self._ink(self.arrow.standing)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self._path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(pen.color())
        painter.drawPolygon(self._tip())

    def _tip(self) -> QPolygonF:
        end, before = QPointF(*self.arrow.points[-1]), self.arrow.points[-2]
        back = -_TIP if end.x() >= before[0] else _TIP
        return QPolygonF([end, end + QPointF(back, _TIP / 2), end + QPointF(back, -_TIP / 2)])
