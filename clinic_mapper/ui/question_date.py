"""A date as far as people know it: a form and one or two fields, with what was understood said back in words."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from clinic_mapper.casefile.dates import Form, in_words
from clinic_mapper.ui.matter_words import Language, say
from clinic_mapper.ui.question_combo import QuietCombo
from clinic_mapper.ui.question_date_words import FORMS, Reading, fields_of, read_date
from clinic_mapper.ui.question_look import plain_label


class DateEntry(QWidget):
    """Shows and takes a partial date.

    `dated(text)`: a new date, as stored text, when a field is left or Enter is pressed; never while it cannot be read.
    `as_start`: the day from which something holds. `optional`: nothing is said of an empty date. `go_on()`: Enter.
    """

    dated = Signal(str)
    go_on = Signal()

    def __init__(self, parent: QWidget | None = None, *, as_start: bool = False, optional: bool = False) -> None:
        super().__init__(parent)
        self._as_start = as_start
        self._optional = optional
        self._language: Language = "en"
        self._asked = ""
        self._stored = ""
        self._wanted: Form = "unknown"  # as chosen or stored; what is typed may show another
        self.form = QuietCombo(self)
        self.first = QLineEdit(self)
        self.second = QLineEdit(self)
        self._and = plain_label(self)
        self.said = plain_label(self, muted=True)
        self._lay_out()
        self._wire()
        self.show_language("en", "")

    def _lay_out(self) -> None:
        fields = QHBoxLayout()
        fields.setSpacing(8)
        fields.addWidget(self.form)
        fields.addWidget(self.first, 3)
        fields.addWidget(self._and)
        fields.addWidget(self.second, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(fields)
        column.addWidget(self.said)

    def _wire(self) -> None:
        self.form.activated.connect(self._form_chosen)
        for field in (self.first, self.second):
            field.textEdited.connect(self._say_back)
            field.editingFinished.connect(self.commit)
            field.returnPressed.connect(self._enter)

    def show_language(self, language: Language, asked: str) -> None:
        """Words everything in this language; `asked` is the question in words."""
        typed = self.half_typed()
        self._language, self._asked = language, asked
        self.form.fill([(form, say(f"form-{form}", language)) for form in FORMS])
        self.form.setAccessibleName(say("form", language, question=asked))
        self.first.setAccessibleName(asked)
        self.second.setAccessibleName(say("second-date", language, question=asked))
        self._and.setText(say("and", language))
        self.second.setPlaceholderText(say("hint-second", language))
        if not typed:
            self.show_date(self._stored)
        self._say_back()

    def show_date(self, text: str) -> None:
        """Shows a stored date, unless the person is in the middle of typing another."""
        if text == self._stored and self.half_typed():
            return
        self._stored = text
        form, first, second = fields_of(text, self._language)
        if not text:
            form = self._wanted  # a form chosen before anything was typed stays chosen
        self._put(form, first, second)

    def tab_stops(self) -> tuple[QWidget, ...]:
        """The fields in the order of Tab."""
        return (self.form, self.first, self.second)

    def half_typed(self) -> dict[str, str]:
        """What was typed and is not yet stored: the form and the fields; empty if nothing is."""
        if self._reading().text == self._stored:
            return {}
        return {"form": self._wanted, "first": self.first.text(), "second": self.second.text()}

    def restore(self, typed: dict[str, str]) -> None:
        """Puts half-typed fields back."""
        self._put(_form(typed.get("form")), typed.get("first", ""), typed.get("second", ""))

    def commit(self) -> None:
        """Hands over the date, if it can be read and is new."""
        reading = self._reading()
        self._say_back()
        if reading.text is None or reading.text == self._stored:
            return
        self._wanted = reading.form
        self.show_date(reading.text)
        self.dated.emit(reading.text)

    def _enter(self) -> None:
        if self._wanted == "between" and self.first.hasFocus() and not self.second.text():
            self.second.setFocus()
        elif self._reading().text is not None:
            self.go_on.emit()

    def _form_chosen(self) -> None:
        self._wanted = _form(self.form.currentData())
        if self._wanted == "unknown":
            self.first.clear()
            self.second.clear()
        self._say_back()
        self.commit()
        if self._wanted != "unknown":
            self.first.setFocus()

    def _reading(self) -> Reading:
        return read_date(self._wanted, self.first.text(), self.second.text(), as_start=self._as_start)

    def _put(self, form: Form, first: str, second: str) -> None:
        self._wanted = form
        for field, text in ((self.first, first), (self.second, second)):
            field.setText(text)
            if not field.hasFocus():
                field.setCursorPosition(0)  # of a date that is longer than its field the beginning shows
        self._say_back()

    def _say_back(self) -> None:
        reading = self._reading()
        self.form.show_value(reading.form)
        self.second.setVisible(self._wanted == "between")
        self._and.setVisible(self._wanted == "between")
        self.first.setPlaceholderText(say(f"hint-{reading.form}", self._language))
        if reading.trouble:
            self.said.setText(say(reading.trouble, self._language))
        elif reading.text:
            self.said.setText(say("understood", self._language, date=in_words(reading.text, self._language)))
        else:
            self.said.setText("" if self._optional else say("date-open", self._language))
        self.said.setVisible(bool(self.said.text()))


def _form(name: object) -> Form:
    """The form of this name; `unknown` for any other."""
    found: Form = "unknown"
    for form in FORMS:
        if form == name:
            found = form
    return found
