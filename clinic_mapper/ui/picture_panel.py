"""The picture with its legend and its buttons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo.picture import lay_out
from clinic_mapper.routing.model import ExposureMap
from clinic_mapper.ui.picture_parts import letters
from clinic_mapper.ui.picture_view import ZOOM_STEP, Legend, PictureView

_NOT_DRAWN = "This line is closed. It is told in the list and not drawn."
_NOTHING_DRAWN = "No line is open or undetermined: there is nothing to draw. The list says what was found."
_SHOWN = (
    "Lines closed by fact or by time stand in the list only. Up and down go from line to line, + and − zoom, "
    "0 is full size, F fits the picture."
)


class PicturePanel(QWidget):
    """Shows a map as a picture. It is laid out when somebody looks at it, not at every answer.

    `line_chosen(str)`: a line was chosen in the picture. `buttons`: the zoom buttons, for whoever has room.
    """

    line_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._map: tuple[ExposureMap, Matter, Catalog] | None = None
        self._stale = False
        self._only = False
        self._line = ""
        self.view = PictureView(self)
        self.view.line_chosen.connect(self.line_chosen)
        self._legend = Legend(self)
        self._note = QLabel(self)
        self._note.setWordWrap(True)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self.buttons = self._zoom_buttons()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 4)
        layout.addWidget(self._legend)
        layout.addWidget(self.view, 1)
        layout.addWidget(self._note)
        self.setFocusProxy(self.view)

    def show_map(self, exposure: ExposureMap, matter: Matter, catalog: Catalog) -> None:
        """The map to be drawn, now or when the picture is next looked at."""
        self._map = (exposure, matter, catalog)
        self._stale = True
        if self.isVisible():
            self._lay_out()

    def forget(self) -> None:
        """Leave nothing of a matter on the screen."""
        self._map = None
        self._stale = False
        self._line = ""
        self.view.forget()
        self._note.clear()

    def select_line(self, line: str) -> None:
        """Mark a line."""
        another, self._line = line != self._line, line
        if self._only and another:
            self._stale = True
            if self.isVisible():
                self._lay_out()
        elif not self._stale:
            self.view.select_line(line)
            self._say()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._lay_out()

    def _lay_out(self) -> None:
        if self._map is None:
            return
        exposure, matter, catalog = self._map
        metrics = QFontMetricsF(letters(self.view.font()))
        lines = {self._line} if self._only and self._line else None
        picture = lay_out(exposure, catalog, matter, only_lines=lines, text_width=metrics.horizontalAdvance)
        drawn = {line for arrow in picture.arrows for line in arrow.lines}
        every = [line.id for line in exposure.lines]
        self.view.show_picture(picture, every if self._only else [line for line in every if line in drawn])
        self._legend.show_entries(picture.legend)
        self._stale = False
        self.view.select_line(self._line)
        self._say()

    def _say(self) -> None:
        if self._map is None or not any(self.view.shows(line.id) for line in self._map[0].lines):
            self._note.setText(_NOTHING_DRAWN)
        elif self._line and not self.view.shows(self._line):
            self._note.setText(_NOT_DRAWN)
        else:
            self._note.setText(_SHOWN)

    def _zoom_buttons(self) -> QWidget:
        """The zoom by mouse, in a row of its own that stands where there is room for it."""
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        acts: tuple[tuple[str, str, Callable[[], None]], ...] = (
            ("−", "Zoom out", lambda: self.view.zoom(1 / ZOOM_STEP)),
            ("+", "Zoom in", lambda: self.view.zoom(ZOOM_STEP)),
            ("100 %", "Full size", self.view.full_size),
            ("Fit", "Fit the whole picture", self.view.fit),
        )
        for sign, name, act in acts:
            button = QToolButton(row)
            button.setText(sign)
            button.setAccessibleName(name)
            button.setAutoRaise(True)
            button.clicked.connect(act)
            layout.addWidget(button)
        only = QCheckBox("Only this line", row)
        only.setAccessibleName("Draw only the chosen line")
        only.toggled.connect(self._draw_only)
        layout.insertWidget(0, only)
        return row

    @Slot(bool)
    def _draw_only(self, only: bool) -> None:
        self._only = only
        self._lay_out()
