"""A matter on one page, as long as one is open; empty, with nothing left to read, when it is closed or locked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from clinic_mapper.ui.matter_desk import MatterDesk
from clinic_mapper.ui.matter_words import Language, say

if TYPE_CHECKING:
    from clinic_mapper.ui.session import CaseSession


class MatterPage(QWidget):
    """The page of the open matter. `language` is `en` or `es`: questions, labels and the words of the page.

    `removed(words, undo)`: a touchpoint was removed, said in words, and the word for undoing it: the window's bar
    shows both, and the session undoes.
    """

    removed = Signal(str, str)
    language_changed = Signal(str)

    def __init__(self, session: CaseSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._language: Language = "en"
        self._code = ""
        self.desk: MatterDesk | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.setAccessibleName(say("page", "en"))
        session.matter_changed.connect(self._refresh)
        session.catalog_changed.connect(self._renew)
        self._refresh()

    def _get_language(self) -> str:
        return self._language

    @Slot(str)
    def set_language(self, language: str) -> None:
        """Words the page in `en` or `es`; anything else counts as English."""
        self._language = "es" if language == "es" else "en"
        self.setAccessibleName(say("page", self._language))
        if self.desk is not None:
            self.desk.show_language(self._language)
        self.language_changed.emit(self._language)

    language = Property(str, _get_language, set_language, notify=language_changed)

    def focus_start(self) -> None:
        """Puts the focus on the first question: custody, in a new matter."""
        if self.desk is not None:
            self.desk.focus_start()

    def showEvent(self, event: QShowEvent) -> None:
        """Begins at the first question, unless somebody is in the middle of something here."""
        super().showEvent(event)
        self._begin()

    def _begin(self) -> None:
        focused = QApplication.focusWidget()
        if self.isVisible() and not (focused is not None and self.isAncestorOf(focused)):
            self.focus_start()

    def half_typed(self) -> str:
        """What was typed and is not yet stored, as one text to keep in the vault; "" if nothing was."""
        if self.desk is None:
            return ""
        entry, typed = self.desk.half_typed()
        return json.dumps({"entry": entry, "typed": typed}, ensure_ascii=False) if typed else ""

    def restore_half_typed(self, text: str) -> None:
        """Puts back what `half_typed` gave, where its touchpoint is still there; anything else is left alone."""
        if self.desk is None or not text:
            return
        try:
            kept = json.loads(text)
            entry, typed = str(kept["entry"]), {str(key): str(value) for key, value in kept["typed"].items()}
        except (ValueError, KeyError, TypeError, AttributeError):
            return  # written by another version: there is nothing here to put it into
        self.desk.restore(entry, typed)

    @Slot()
    def _refresh(self) -> None:
        matter, catalog = self._session.matter, self._session.catalog
        if matter is None or catalog is None or matter.code != self._code:
            self._clear()
        if matter is None or catalog is None:
            return
        if self.desk is None:
            self._code = matter.code
            self.desk = MatterDesk(self._session, catalog, self._language, self)
            self.desk.removed.connect(self.removed)
            self._column.addWidget(self.desk)
            self.desk.show()
            self._begin()
        else:
            self.desk.refresh()

    @Slot()
    def _renew(self) -> None:
        """Words and questions come from the catalog: with another one the page is made anew, half-typed text kept."""
        typed = self.half_typed()
        self._clear()
        self._refresh()
        self.restore_half_typed(typed)

    def _clear(self) -> None:
        if self.desk is not None:
            self.desk.let_go()
            self._column.removeWidget(self.desk)
            self.desk.setParent(None)
            self.desk.deleteLater()
            self.desk = None
            self._code = ""
