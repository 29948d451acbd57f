"""Larger and smaller text for the whole window, headings and pictures included."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QWidget

STEP = 10
_usual = 0.0


def set_text_size(percent: int) -> None:
    """Show all text at this share of the desktop's usual size. A part with a size of its own keeps its proportion."""
    global _usual
    font = QFont(QApplication.font())
    _usual = _usual or font.pointSizeF()
    wanted = _usual * percent / 100
    ratio = wanted / font.pointSizeF()
    if abs(ratio - 1) < 0.001:
        return
    before = [(part, part.font().pointSizeF()) for part in _parts_from_the_top()]
    font.setPointSizeF(wanted)
    QApplication.setFont(font)
    for part, size in before:
        if part.testAttribute(Qt.WidgetAttribute.WA_SetFont) and abs(part.font().pointSizeF() - size) < 0.01:
            own = QFont(part.font())
            own.setPointSizeF(size * ratio)
            part.setFont(own)


def _parts_from_the_top() -> list[QWidget]:
    """Every widget, parents before children: a parent's letters can change its children's."""
    found: list[QWidget] = []
    waiting: list[QWidget] = list(QApplication.topLevelWidgets())
    while waiting:
        part = waiting.pop()
        found.append(part)
        waiting.extend(
            child
            for child in part.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
            if not child.isWindow()
        )
    return found
