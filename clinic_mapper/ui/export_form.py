"""What stands on the export page: the readers, what is left out for one, the buttons, the pages that were made."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from clinic_mapper.ui.export_more import MoreWays
from clinic_mapper.ui.export_names import NameList
from clinic_mapper.ui.export_options import ReaderOptions
from clinic_mapper.ui.export_preview import PreviewPane
from clinic_mapper.ui.export_work import CHOICES, Choice
from clinic_mapper.ui.look import GAP, Text, calm, heading, rule, title
from clinic_mapper.ui.reader_settings import ReaderSettings
from clinic_mapper.ui.sign_panel import SignPanel

_LETTERS_OF_FORM = 54


class ExportForm(QWidget):
    """The parts of the page and where they stand. What they do is `ExportPage`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make_parts()
        self._build()

    @property
    def choice(self) -> Choice:
        """The reader and language that are chosen."""
        return CHOICES[self.readers.checkedId()]

    def _make_parts(self) -> None:
        self.sample = Text("SAMPLE: an invented client. Every page says so.", self, bold=True)
        self.readers = QButtonGroup(self)
        self.options = ReaderOptions(self)
        self.left_out = Text("", self)
        self.settings_open = QPushButton("What this reader sees…", self)
        self.settings_open.setCheckable(True)
        self.settings = ReaderSettings(self)
        self.settings.hide()
        self.names = NameList(self)
        self.make = QPushButton("Ma&ke and check", self)
        self.make.hide()
        self.cancel = QPushButton("Cancel", self)
        self.cancel.setShortcut(QKeySequence(Qt.Key.Key_Escape))
        self.cancel.setAccessibleName("Stop making and checking")
        self.cancel.hide()
        self.status = Text("", self, bold=True)
        self.warnings = Text("", self)
        self.looked = QCheckBox("I looked at this; it may stand in the file.", self)
        self.sign_open = QPushButton("Si&gn…", self)
        self.sign_open.setCheckable(True)
        self.sign = SignPanel(self)
        self.sign.hide()
        self.more = MoreWays(self)
        self.save = QPushButton("&Save…", self)
        self.preview = PreviewPane(self)
        self.status.setAccessibleName("What happened")
        self.left_out.setAccessibleName("What will be left out")
        self.warnings.setAccessibleName("What to look at before saving")

    def _build(self) -> None:
        form = QWidget(self)
        column = QVBoxLayout(form)
        column.setSpacing(GAP)
        column.addWidget(title("Export: who will read it?", form))
        column.addWidget(self.sample)
        for number, choice in enumerate(CHOICES):
            column.addLayout(self._reader(number, choice, form))
        column.addWidget(self.options)
        column.addWidget(heading("What is left out for this reader", form))
        column.addWidget(self.left_out)
        column.addWidget(self.settings_open)
        column.addWidget(self.settings)
        column.addWidget(heading("Must never appear", form))
        column.addWidget(self.names)
        column.addStretch(1)
        self._form = QScrollArea(self)
        self._form.setWidget(form)
        self._form.setWidgetResizable(True)
        self._form.setFrameShape(QFrame.Shape.NoFrame)
        self._form.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._form.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        left = QWidget(self)
        rows = QVBoxLayout(left)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self._form, 1)
        rows.addWidget(self._foot(left))
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self.preview)
        split.setStretchFactor(1, 1)
        width = self.fontMetrics().averageCharWidth() * _LETTERS_OF_FORM
        split.setSizes([width, 10 * width])
        self._form.setMinimumWidth(width * 3 // 4)  # not of what is left: the buttons below can need more
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)
        self._order_keys()

    def _foot(self, parent: QWidget) -> QWidget:
        """What is done and what came of it, always in sight."""
        foot = QWidget(parent)
        rows = QVBoxLayout(foot)
        rows.setContentsMargins(GAP, 0, GAP, GAP)
        for widget in (rule(foot), self.status, self.warnings, self.looked, self.sign):
            rows.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.addWidget(self.make, 1)
        buttons.addWidget(self.cancel, 1)
        buttons.addWidget(self.sign_open, 1)
        buttons.addWidget(self.more, 1)
        buttons.addWidget(self.save, 1)
        rows.addLayout(buttons)
        return foot

    def _order_keys(self) -> None:
        """Tab goes through the page as it is read."""
        names = (self.names.kind, self.names.value, self.names.add, self.names.list, self.names.remove)
        options = (self.options.letter, self.options.contact, self.options.lines, self.options.fields)
        asked = (*options, self.options.confirmed, self.settings_open)
        order = [
            *self.readers.buttons(),
            *asked,
            *names,
            self.make,
            self.cancel,
            self.looked,
            self.sign.name,
            self.sign.confirmed,
            self.sign.sign,
            self.sign_open,
            self.more,
            self.save,
            self.preview.pages,
        ]
        for one, next_ in pairwise([*order, self.preview.area]):
            self.setTabOrder(one, next_)

    def _reader(self, number: int, choice: Choice, parent: QWidget) -> QVBoxLayout:
        """A reader to choose, and under it who that is."""
        button = QRadioButton(choice.title, parent)
        button.setAccessibleDescription(choice.who)
        button.setChecked(number == 0)
        self.readers.addButton(button, number)
        who = calm(choice.who, parent)
        who.setContentsMargins(3 * GAP, 0, 0, 0)
        who.setVisible(number == 0)
        button.toggled.connect(who.setVisible)
        rows = QVBoxLayout()
        rows.setSpacing(0)
        rows.addWidget(button)
        rows.addWidget(who)
        return rows

    def show_options(self) -> None:
        """Scrolls to what is asked for before a file for this reader is made."""
        if (form := self._form.widget()) is not None:
            self._form.verticalScrollBar().setValue(self.options.mapTo(form, QPoint(0, 0)).y())

    def focus_start(self) -> None:
        """Puts the focus on the chosen reader: the question of this page."""
        self.readers.button(self.readers.checkedId()).setFocus(Qt.FocusReason.OtherFocusReason)
