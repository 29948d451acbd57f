"""What a person can set, drawn from the table of settings."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFormLayout, QSpinBox, QWidget

from clinic_mapper.ui.look import GAP, Column, beside, button, calm, page_of, title
from clinic_mapper.ui.settings import LOCK_AFTER, TEXT_SIZE, Setting, Settings

_SHOWN = (LOCK_AFTER, TEXT_SIZE)


class SettingsPage(QWidget):
    """`changed(Setting)`: a value was chosen and is remembered already. `back_wanted()`: done."""

    changed = Signal(object)
    back_wanted = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setAccessibleName("Settings")
        column = Column(self)
        column.rows.addWidget(title("Settings", column))
        column.rows.addWidget(calm("Kept on this computer; nothing about a client is among them.", column))
        form = QFormLayout()
        form.setSpacing(GAP)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        self.fields = {row.name: self._field(row, form) for row in _SHOWN}
        column.rows.addLayout(form)
        self.back = button("&Back", self)
        column.rows.addSpacing(GAP)
        column.rows.addLayout(beside(self.back))
        page_of(column, self)
        self.back.clicked.connect(self.back_wanted)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.back_wanted)

    def focus_start(self) -> None:
        """On the first setting, with the values as they are now."""
        for row in _SHOWN:
            self.show_value(row)
        self.fields[_SHOWN[0].name].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def show_value(self, row: Setting) -> None:
        """Show the value of a row, which somebody may have changed elsewhere."""
        if row.name in self.fields:
            self.fields[row.name].setValue(self._settings.number(row))

    def _field(self, row: Setting, form: QFormLayout) -> QSpinBox:
        field = QSpinBox(self)
        field.setRange(row.least, row.most)
        field.setSingleStep(10 if row.unit == "%" else 1)
        field.setSuffix(f" {row.unit}")
        field.setKeyboardTracking(False)
        field.setValue(self._settings.number(row))
        field.setAccessibleName(row.words)
        field.valueChanged.connect(lambda value: self._put(row, value))
        form.addRow(row.words, field)
        return field

    def _put(self, row: Setting, value: int) -> None:
        if value != self._settings.number(row):
            self._settings.put(row, value)
            self.changed.emit(row)
