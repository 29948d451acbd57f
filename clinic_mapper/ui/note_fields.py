"""The fields of a note's form. Each knows what was typed, what that means, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from clinic_mapper.memo.plain_text import printable
from clinic_mapper.ui.look import GAP, calm
from clinic_mapper.ui.note_words import Rows, day_meant, listed_value
from clinic_mapper.ui.question_combo import QuietCombo, TypingCombo

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Field(QWidget):
    """One field. `changed()`: with every key; `settled()`: it was left or a choice was made; `went_on()`: Enter.

    `typed` and `put` speak in text, so that a half-typed form can be set aside and taken up again.
    """

    changed = Signal()
    settled = Signal()
    went_on = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = name

    def typed(self) -> str:
        """What stands in the field; "" for nothing."""
        raise NotImplementedError

    def put(self, text: str) -> None:
        """Let this stand in the field, without a signal."""
        raise NotImplementedError

    def trouble(self) -> str:
        """What is wrong with what was typed, as a sentence; "" for nothing."""
        return ""

    def _hold(self, inner: QWidget, *below: QWidget) -> None:
        inner.setAccessibleName(self.name)
        self.setFocusProxy(inner)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        for part in (inner, *below):
            rows.addWidget(part)


class LineField(Field):
    """A line of text."""

    def __init__(self, name: str, hint: str, parent: QWidget) -> None:
        super().__init__(name, parent)
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(hint)
        self.line.setMaxLength(300)
        self._hold(self.line)
        self.line.textEdited.connect(self.changed)
        self.line.editingFinished.connect(self.settled)
        self.line.returnPressed.connect(self.went_on)

    def typed(self) -> str:
        return printable(self.line.text())

    def put(self, text: str) -> None:
        self.line.setText(text)
        self.line.setCursorPosition(0)


class DayField(Field):
    """A year, a month or a day; with `exact`, one day that has come. What was understood is said back."""

    def __init__(self, name: str, parent: QWidget, *, exact: bool = False) -> None:
        super().__init__(name, parent)
        self.today = date.max
        self._exact = exact
        self.line = QLineEdit(self)
        self.line.setPlaceholderText("such as March 2, 2026" if exact else "such as 2024, May 2024, May 14, 2024")
        self.said = calm("", self)
        self._hold(self.line, self.said)
        self.line.textChanged.connect(self._say)
        self.line.textEdited.connect(self.changed)
        self.line.editingFinished.connect(self.settled)
        self.line.returnPressed.connect(self.went_on)
        self._say()

    def typed(self) -> str:
        return self.line.text().strip()

    def put(self, text: str) -> None:
        self.line.setText(text)

    def value(self) -> str:
        """The date in ISO form, as exact as it was typed; "" for none."""
        return day_meant(self.line.text(), self.today, exact=self._exact).iso

    def trouble(self) -> str:
        meant = day_meant(self.line.text(), self.today, exact=self._exact)
        return "" if meant.iso or not (self.typed() or self._exact) else f"{self.name}: {meant.said}"

    def _say(self) -> None:
        self.said.setText(day_meant(self.line.text(), self.today, exact=self._exact).said if self.typed() else "")
        self.said.setVisible(bool(self.said.text()))


class _Sentences(QPlainTextEdit):
    went_on = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on: what is noted is a sentence, not a page."""
        if event.key() in _ENTER:
            self.went_on.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class SentenceField(Field):
    """A sentence or two."""

    def __init__(self, name: str, hint: str, parent: QWidget) -> None:
        super().__init__(name, parent)
        self.text = _Sentences(self)
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText(hint)
        self._hold(self.text)
        self._fit()
        self.text.textChanged.connect(self.changed)
        self.text.left.connect(self.settled)
        self.text.went_on.connect(self.went_on)

    def typed(self) -> str:
        return printable(self.text.toPlainText())

    def put(self, text: str) -> None:
        before = self.text.blockSignals(True)
        self.text.setPlainText(text)
        self.text.blockSignals(before)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "text"):
            self._fit()

    def _fit(self) -> None:
        self.text.setFixedHeight(self.fontMetrics().lineSpacing() * 2 + 2 * GAP)


class ChoiceField(Field):
    """One of a few, chosen from a list. The first row is no choice."""

    def __init__(self, name: str, rows: Rows, parent: QWidget, nothing: str = "choose…") -> None:
        super().__init__(name, parent)
        self._nothing = nothing
        self.combo = QuietCombo(self)
        self.combo.setSizeAdjustPolicy(QuietCombo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(16)
        self.offer(rows)
        self._hold(self.combo)
        self.combo.activated.connect(lambda _at: self._chosen())
        self.combo.went_on.connect(self.went_on)

    def offer(self, rows: Rows, nothing: str = "") -> None:
        """Offer these rows of (value, words). `nothing`: from now on the words for no choice."""
        self._nothing = nothing or self._nothing
        first = [("", self._nothing)] if self._nothing else []
        self.combo.fill([*first, *rows])

    def typed(self) -> str:
        return str(self.combo.currentData() or "")

    def put(self, text: str) -> None:
        self.combo.show_value(text)

    def _chosen(self) -> None:
        self.changed.emit()
        self.settled.emit()


class FindField(Field):
    """One of many, found by typing any part of its words."""

    def __init__(self, name: str, hint: str, parent: QWidget) -> None:
        super().__init__(name, parent)
        self._rows: Rows = []
        self.combo = TypingCombo(self)
        self.combo.field.setPlaceholderText(hint)
        self.combo.field.setAccessibleName(name)
        self._hold(self.combo)
        self.combo.field.textEdited.connect(self.changed)
        self.combo.settled.connect(self._settle)
        self.combo.went_on.connect(self.went_on)

    def offer(self, rows: Rows) -> None:
        """Offer these rows of (value, words); what stands in the field stays."""
        self._rows = rows
        text = self.typed()
        self.combo.fill([("", ""), *rows])
        self.combo.show_text(text)

    def typed(self) -> str:
        return self.combo.typed()

    def put(self, text: str) -> None:
        self.combo.show_text(text)

    def show_value(self, value: str) -> None:
        """Choose this row."""
        self.put(dict(self._rows).get(value, ""))

    def value(self) -> str:
        """The value of the row that is meant; "" while none or more than one is."""
        return listed_value(self._rows, self.typed())

    def trouble(self) -> str:
        typed = self.typed()
        return f"“{typed}” is not on the list. Type a part of it and choose." if typed and not self.value() else ""

    def _settle(self) -> None:
        if self.value():
            self.show_value(self.value())
        self.changed.emit()
        self.settled.emit()


class _Buttons(Field):
    """Buttons that are ticked by Space; Enter goes past all of them."""

    def _watch(self, buttons: Iterable[QAbstractButton]) -> None:
        for each in buttons:
            each.installEventFilter(self)
            each.clicked.connect(self._clicked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _ENTER:
            self.went_on.emit()
            return True
        return super().eventFilter(watched, event)

    def _clicked(self) -> None:
        self.changed.emit()
        self.settled.emit()


class YesNoField(_Buttons):
    """Yes or no, neither of them before somebody says so."""

    def __init__(self, name: str, yes: str, no: str, parent: QWidget) -> None:
        super().__init__(name, parent)
        self._group = QButtonGroup(self)
        self.buttons = {"yes": QRadioButton(yes, self), "no": QRadioButton(no, self)}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for each in self.buttons.values():
            each.setAccessibleName(f"{name}: {each.text()}")
            self._group.addButton(each)
            row.addWidget(each)
        row.addStretch(1)
        self.setFocusProxy(self.buttons["yes"])
        self._watch(self.buttons.values())

    def typed(self) -> str:
        return next((value for value, each in self.buttons.items() if each.isChecked()), "")

    def put(self, text: str) -> None:
        self._group.setExclusive(False)
        for value, each in self.buttons.items():
            each.setChecked(value == text)
        self._group.setExclusive(True)


class ChecksField(_Buttons):
    """Any of several. With `offer`, only some of them can be ticked and seen."""

    def __init__(self, name: str, rows: Rows, parent: QWidget) -> None:
        super().__init__(name, parent)
        self.boxes = {value: QCheckBox(words, self) for value, words in rows}
        self._offered = list(self.boxes)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * GAP)
        self._grid.setVerticalSpacing(2)
        for box in self.boxes.values():
            box.setAccessibleName(f"{name}: {box.text()}")
        self._watch(self.boxes.values())
        self.offer(self._offered)

    def offer(self, values: Iterable[str]) -> None:
        """Show the boxes of these values, in the order in which they were made."""
        wanted = set(values)
        self._offered = [value for value in self.boxes if value in wanted]
        for value, box in self.boxes.items():
            self._grid.removeWidget(box)
            box.setVisible(value in wanted)
        for number, value in enumerate(self._offered):
            self._grid.addWidget(self.boxes[value], number // 2, number % 2)
        if self._offered:
            self.setFocusProxy(self.boxes[self._offered[0]])

    def ticked(self) -> tuple[str, ...]:
        """The values that are offered and ticked."""
        return tuple(value for value in self._offered if self.boxes[value].isChecked())

    def typed(self) -> str:
        return " ".join(self.ticked())

    def put(self, text: str) -> None:
        wanted = set(text.split())
        for value, box in self.boxes.items():
            box.setChecked(value in wanted)
