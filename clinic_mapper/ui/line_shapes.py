"""The shape of each standing beside its word: a full disc, a half disc, a ring with a bar. Never by colour alone."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen


def draw_standing(painter: QPainter, box: QRectF, standing: str, color: QColor) -> None:
    """Draw the shape of a standing within `box`, in one colour: that of the text beside it."""
    side = min(box.width(), box.height()) - 2
    disc = QRectF(0, 0, side, side)
    disc.moveCenter(box.center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color, 1.5))
    painter.setBrush(QBrush(color) if standing == "open" else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(disc)
    if standing == "undetermined":
        painter.setBrush(QBrush(color))
        painter.drawPie(disc, 90 * 16, 180 * 16)
    elif standing == "closed":
        reach = side / 4
        painter.drawLine(disc.center() - QPointF(reach, 0), disc.center() + QPointF(reach, 0))
    painter.restore()
