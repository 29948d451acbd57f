"""What all pages share of their look: distances, headings, and colours mixed from the palette; none is fixed here."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

GAP = 8
"""Between things that belong together, in logical pixels; twice as much between parts of a page."""
WIDE = 2 * GAP
TITLE, HEADING, SMALL = 1.6, 1.2, 0.92
"""Letters of a page's title, of a part's heading, and of what may be overlooked, times the size a person chose."""
READABLE_LETTERS = 66
"""A line of running text is at most this many average letters long."""


def mixed(one: QColor, other: QColor, share: float) -> QColor:
    """A colour between two: `share` (0 to 1) of `one`, the rest of `other`."""
    parts = zip(one.getRgbF()[:3], other.getRgbF()[:3], strict=True)  # type: ignore[index]
    return QColor.fromRgbF(*(a * share + b * (1 - share) for a, b in parts))


def tinted(palette: QPalette, share: float = 0.12) -> QPalette:
    """A palette whose ground leans by `share` to the colour of what is selected, for bars and banners."""
    changed = QPalette(palette)
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled):
        ground = palette.color(group, QPalette.ColorRole.Window)
        lead = palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.Highlight)
        changed.setColor(group, QPalette.ColorRole.Window, mixed(lead, ground, share))
    return changed


def quiet(palette: QPalette, share: float = 0.75) -> QPalette:
    """Text that stands back a little and stays readable: three parts text, one part ground; all else as around it."""
    changed = QPalette()  # with the text alone, so that a part that wears it still hears of other colours
    text, ground = palette.color(QPalette.ColorRole.WindowText), palette.color(QPalette.ColorRole.Window)
    changed.setColor(QPalette.ColorRole.WindowText, mixed(text, ground, share))
    return changed


class Text(QLabel):
    """Plain text that wraps, in letters relative to the size a person chose, and follows it when it changes."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        size: float = 1.0,
        bold: bool = False,
        calm: bool = False,
    ) -> None:
        super().__init__(parent)
        self._size, self._bold, self._calm = size, bold, calm
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setText(text)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationFontChange or (
            event.type() == QEvent.Type.PaletteChange and self._calm and self._is_of_other_colours()
        ):
            self._dress()

    def _is_of_other_colours(self) -> bool:
        """Whether the desktop turned dark or light meanwhile; also ends the change that dressing itself makes."""
        text = QPalette.ColorRole.WindowText
        return self.palette().color(text) != quiet(QApplication.palette()).color(text)

    def _dress(self) -> None:
        font = QFont(QApplication.font())
        font.setPointSizeF(font.pointSizeF() * self._size)
        font.setBold(self._bold)
        self.setFont(font)
        if self._calm:
            self.setPalette(quiet(QApplication.palette()))


def title(text: str, parent: QWidget | None = None) -> Text:
    """The title of a page."""
    return Text(text, parent, size=TITLE)


def heading(text: str, parent: QWidget | None = None) -> Text:
    """The heading of a part of a page."""
    return Text(text, parent, size=HEADING, bold=True)


def calm(text: str, parent: QWidget | None = None) -> Text:
    """Words that explain and may be overlooked."""
    return Text(text, parent, calm=True)


def rule(parent: QWidget | None = None) -> QFrame:
    """A thin line between two parts."""
    line = QFrame(parent)
    line.setFrameShape(QFrame.Shape.HLine)
    line.setFrameShadow(QFrame.Shadow.Plain)
    line.setForegroundRole(QPalette.ColorRole.Mid)
    return line


class Column(QWidget):
    """A column of running width in the middle of a page, as wide as text is pleasant to read."""

    def __init__(self, parent: QWidget | None = None, *, letters: int = READABLE_LETTERS) -> None:
        super().__init__(parent)
        self._letters = letters
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        self.rows.setSpacing(GAP)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self.setMaximumWidth(self.fontMetrics().averageCharWidth() * self._letters + 2 * WIDE)


def page_of(column: Column, page: QWidget) -> QScrollArea:
    """Lay a column out in the middle of a page, a little above its centre, and let it scroll where it does not fit."""
    ground = QWidget(page)
    rows = QVBoxLayout(ground)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.addStretch(2)
    middle = QHBoxLayout()
    middle.addStretch(1)
    middle.addWidget(column, 100)
    middle.addStretch(1)
    rows.addLayout(middle)
    rows.addStretch(3)
    area = QScrollArea(page)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(ground)
    whole = QVBoxLayout(page)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addWidget(area)
    return area


def button(words: str, parent: QWidget | None = None) -> QPushButton:
    """A button that the Enter key presses when it has the focus, named by its words."""
    made = QPushButton(words, parent)
    made.setAccessibleName(words.replace("&", "").rstrip("…"))
    made.setAutoDefault(True)
    return made


def beside(*parts: QWidget, stretch: bool = True) -> QHBoxLayout:
    """Parts in one row, from the left, as wide as they need to be."""
    row = QHBoxLayout()
    row.setSpacing(GAP)
    for part in parts:
        row.addWidget(part)
    if stretch:
        row.addStretch(1)
    return row
