"""The scrolled sheet that a form lies on: it follows the focus, and shows the whole question, not only its marks."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from clinic_mapper.ui.question_row import QuestionRow

_MARGIN = 12


class FormScroll(QScrollArea):
    """Shows one form at a time, as wide as there is room, and scrolls to whatever has the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._choose_ground()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._settle = QTimer(self)  # a form that was just filled has its sizes only on the next turn
        self._settle.setSingleShot(True)
        self._settle.setInterval(0)
        self._settle.timeout.connect(self._show_focus)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)

    def changeEvent(self, event: QEvent) -> None:
        """Follows a change of colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._choose_ground()

    def _choose_ground(self) -> None:
        """White paper where the ground of fields is the lighter one; in dark colours fields must stand out instead."""
        palette = self.palette()
        base, window = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Window)
        paper = base.lightnessF() >= window.lightnessF()
        self.viewport().setBackgroundRole(QPalette.ColorRole.Base if paper else QPalette.ColorRole.Window)

    def show_form(self, form: QWidget) -> None:
        """Puts a form on the sheet; the one before is thrown away."""
        old = self.takeWidget()
        if old is not None and old is not form:
            old.hide()
            old.deleteLater()
        self.setWidget(form)
        form.setAutoFillBackground(False)
        form.show()
        self.verticalScrollBar().setValue(0)

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._holds(new):
            self._settle.start()

    def _holds(self, one: QWidget | None) -> bool:
        return one is not None and self.viewport().isAncestorOf(one)

    def _show_focus(self) -> None:
        focused, form = QApplication.focusWidget(), self.widget()
        if focused is None or form is None or not self._holds(focused):
            return
        whole = _question_of(focused) or focused
        top = whole.mapTo(form, QPoint(0, 0)).y() - _MARGIN
        bottom = top + whole.height() + 2 * _MARGIN
        bar, room = self.verticalScrollBar(), self.viewport().height()
        if bottom + 2 * _MARGIN <= room:
            bar.setValue(0)  # what fits below the top shows the top as well
        elif top < bar.value():
            bar.setValue(top)
        elif bottom > bar.value() + room:
            bar.setValue(min(top, bottom - room))


def _question_of(widget: QWidget) -> QWidget | None:
    """The question that a widget belongs to, if any."""
    whole: QWidget | None = widget
    while whole is not None and not isinstance(whole, QuestionRow):
        whole = whole.parentWidget()
    return whole
