"""The map beside the questions: the list of lines, the picture of the same, and the details of what is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLabel, QSplitter, QStackedWidget, QTabBar, QTabWidget, QVBoxLayout, QWidget

from clinic_mapper.routing.model import Route
from clinic_mapper.ui import map_words as words
from clinic_mapper.ui.map_details import DetailsPane
from clinic_mapper.ui.map_rows import Row, rows_of
from clinic_mapper.ui.map_story import nothing_found, notices, story_of
from clinic_mapper.ui.map_tree import MapTree
from clinic_mapper.ui.picture_panel import PicturePanel

if TYPE_CHECKING:
    from clinic_mapper.ui.session import CaseSession

_SIDE_BY_SIDE_IN_LETTERS = 120


class MapTabs(QTabBar):
    """The tabs of list and picture. `called()`: one was called by its letter, also the one that is shown already."""

    called = Signal()

    def event(self, event: QEvent) -> bool:
        """Tells of a letter after the tab was turned to."""
        done = super().event(event)
        if event.type() == QEvent.Type.Shortcut:
            self.called.emit()
        return done


class MapPanel(QWidget):
    """Shows the session's live map and keeps up with it. Every choice goes through the session.

    List, picture and details always speak of the same line; a route under it can be chosen in the list.
    """

    def __init__(self, session: CaseSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.tree = MapTree(self)
        self.picture = PicturePanel(self)
        self.details = DetailsPane(self)
        self._nothing = _sentence(self, "Nothing found")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._nothing.setMargin(12)
        self._notices = _sentence(self, "Notices")
        self._notices.setMargin(6)
        self._others = _sentence(self, "Other people")
        self._others.setMargin(4)
        self._build()
        self._wire()
        self._show_map()

    def _build(self) -> None:
        self._list = QStackedWidget(self)
        self._list.addWidget(self.tree)
        self._list.addWidget(self._nothing)
        self.tabs = QTabWidget(self)
        self.bar = MapTabs(self.tabs)
        self.tabs.setTabBar(self.bar)
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self._list, "&Lines")
        self.tabs.addTab(self.picture, "&Picture")
        self.tabs.setCornerWidget(self.picture.buttons)
        meaning = _sentence(self, "What open means")
        meaning.setText(words.WHAT_OPEN_MEANS)
        meaning.setMargin(4)
        upper = QWidget(self)
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for widget in (self._notices, self.tabs, meaning, self._others):
            column.addWidget(widget, 1 if widget is self.tabs else 0)
        self._split = QSplitter(Qt.Orientation.Vertical, self)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(upper)
        self._split.addWidget(self.details)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._split)

    def _wire(self) -> None:
        self._session.map_changed.connect(self._show_map)
        self._session.line_selected.connect(self._show_line)
        self.tree.chosen.connect(self._choose_row)
        self.picture.line_chosen.connect(self._session.select_line)
        self.tabs.currentChanged.connect(self._turn)
        self.bar.called.connect(self.focus_shown)
        self.details.set_aside.connect(self._session.set_aside)
        self.details.look_up_wanted.connect(self._session.look_up)
        self.details.steps_wanted.connect(self._session.want_steps)
        steps = QShortcut(QKeySequence("F6"), self)
        steps.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        steps.activated.connect(self._session.want_steps)
        look_up = QShortcut(QKeySequence("F2"), self)
        look_up.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        look_up.activated.connect(self.details.look_up_step)

    @Slot()
    def focus_shown(self) -> None:
        """Puts the focus into the list or the picture, whichever is shown."""
        shown = self.picture.view if self.tabs.currentWidget() is self.picture else self.tree
        shown.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._turn()
        super().resizeEvent(event)

    @Slot()
    def _turn(self) -> None:
        """Details stand beside a list where there is room, and under a picture, which is wide itself."""
        self.picture.buttons.setVisible(self.tabs.currentWidget() is self.picture)
        roomy = self.width() > _SIDE_BY_SIDE_IN_LETTERS * self.fontMetrics().averageCharWidth()
        beside = roomy and self.tabs.currentWidget() is self._list
        wanted = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if self._split.orientation() != wanted:
            self._split.setOrientation(wanted)
            whole = self.width() if beside else self.height()
            self._split.setSizes([whole * 3 // 5, whole * 2 // 5])

    @Slot()
    def _show_map(self) -> None:
        exposure, matter, catalog = self._session.exposure, self._session.matter, self._session.catalog
        if exposure is None or matter is None or catalog is None:
            self._forget()
            return
        self.tree.show_rows(rows_of(exposure, matter, catalog))
        self._list.setCurrentWidget(self.tree if exposure.lines else self._nothing)
        self._nothing.setText("" if exposure.lines else nothing_found(matter, catalog))
        said = notices(exposure, catalog)
        self._notices.setText(said)
        self._notices.setVisible(bool(said))
        others = words.names_others(exposure)
        self._others.setText(others)
        self._others.setVisible(bool(others))
        self.picture.show_map(exposure, matter, catalog)
        self._show_line(self._session.selected_line or "")

    def _forget(self) -> None:
        """Leave nothing of a matter on the screen."""
        self.tree.show_rows(())
        self.picture.forget()
        self.details.show_story((), None)
        self._nothing.clear()
        self._notices.clear()
        self._notices.hide()
        self._others.clear()
        self._others.hide()

    @Slot(str)
    def _show_line(self, line: str) -> None:
        self.tree.select_line(line)
        self.picture.select_line(line)
        self._tell(self.tree.current_row())

    @Slot(object)
    def _choose_row(self, row: Row | None) -> None:
        line = self.tree.current_line()
        if line and line != self._session.selected_line:
            self._session.select_line(line)
        self._tell(row)

    def _tell(self, row: Row | None) -> None:
        exposure, matter, catalog = self._session.exposure, self._session.matter, self._session.catalog
        if row is None or row.kind == "group" or exposure is None or matter is None or catalog is None:
            self.details.show_story((), None)
            return
        self.details.show_story(story_of(row.id, exposure, matter, catalog, self._session.explain), self._route_of(row))

    def _route_of(self, row: Row) -> Route | None:
        """The one route that a verdict would be about; a line with several has none until one of them is chosen."""
        exposure = self._session.exposure
        if exposure is None:
            return None
        line = next((line for line in exposure.lines if line.id == row.id), None)
        routes = line.routes if line else (row.id,)
        return exposure.routes.get(routes[0]) if len(routes) == 1 else None


def _sentence(parent: QWidget, name: str) -> QLabel:
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setAccessibleName(name)
    return label
