"""How questions look: sizes follow the font, colours come from the palette, case data is plain text."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QFrame, QLabel, QWidget

ALOUD = 1.2
"""A question is read aloud from the screen: its letters are this much larger than the rest."""
HEADING = 1.05
SMALL = 0.92

GAP = 8
WIDE_GAP = 18


def plain_label(
    parent: QWidget | None = None, text: str = "", *, size: float = 1.0, bold: bool = False, muted: bool = False
) -> QLabel:
    """A label for any text, also from people: never read as markup, wrapped, selectable by no one."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setText(text)
    set_size(label, size, bold=bold)
    if muted:
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        mute(label)
    return label


def set_size(widget: QWidget, size: float, *, bold: bool = False) -> None:
    """Sets the letters relative to the size that the person has chosen."""
    font = QFont(widget.font())
    font.setPointSizeF(font.pointSizeF() * size)
    font.setBold(bold)
    widget.setFont(font)


def mute(label: QLabel) -> None:
    """Sets a label back a little, and keeps it readable: three parts text, one part ground."""
    palette = label.palette()
    text, ground = palette.color(QPalette.ColorRole.WindowText), palette.color(QPalette.ColorRole.Window)
    text.setRedF(text.redF() * 0.75 + ground.redF() * 0.25)
    text.setGreenF(text.greenF() * 0.75 + ground.greenF() * 0.25)
    text.setBlueF(text.blueF() * 0.75 + ground.blueF() * 0.25)
    palette.setColor(QPalette.ColorRole.WindowText, text)
    label.setPalette(palette)
    label.setForegroundRole(QPalette.ColorRole.WindowText)


def rule(parent: QWidget | None = None) -> QFrame:
    """A thin line between two parts of a form."""
    line = QFrame(parent)
    line.setFrameShape(QFrame.Shape.HLine)
    line.setFrameShadow(QFrame.Shadow.Plain)
    line.setForegroundRole(QPalette.ColorRole.Mid)
    return line
