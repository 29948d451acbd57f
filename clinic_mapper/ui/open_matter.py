"""An open matter in the window: a slim bar with its code and "Saved 10:42", the matter page, and the way out."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from clinic_mapper.casefile.model import Matter
from clinic_mapper.ui.background import Jobs
from clinic_mapper.ui.clipboard import OwnCopies
from clinic_mapper.ui.export_page import ExportPage
from clinic_mapper.ui.export_work import Exits
from clinic_mapper.ui.focus_memory import FocusMemory
from clinic_mapper.ui.follow_ups_page import FollowUpsPage
from clinic_mapper.ui.look import GAP, Text, button, tinted
from clinic_mapper.ui.matter_page import MatterPage
from clinic_mapper.ui.preferences import Preferences
from clinic_mapper.ui.session import CaseSession

Beside = Literal["export", "follow-ups"]
"""The pages beside the matter."""
SAMPLE = "SAMPLE – An invented client."
NOT_KEPT = "Nothing here is saved."


class MatterView(QWidget):
    """`leave_wanted()`: back to the list, or to the start from the sample.

    `removed(words, undo)`: something of the matter was removed or ended, said in words, and the word for undoing it.
    """

    leave_wanted = Signal()
    removed = Signal(str, str)

    def __init__(
        self,
        session: CaseSession,
        jobs: Jobs,
        exits: Exits,
        parent: QWidget | None = None,
        copies: OwnCopies | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.leave = button("‹ Ma&tters", self)
        self.leave.setAccessibleName("Back to matters")
        self.code = Text("", self, bold=True)
        self.code.setWordWrap(False)
        self.code.setAccessibleName("Code of the matter")
        self.saved = QLabel(self)
        self.saved.setTextFormat(Qt.TextFormat.PlainText)
        self.steps = button("Follow-&ups", self)
        self.export = button("E&xport memo…", self)
        self.sample = Text(SAMPLE, self, bold=True)
        self.sample.setAutoFillBackground(True)
        self.sample.setMargin(GAP // 2)
        self.sample.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.page = MatterPage(session, self)
        self.export_page = ExportPage(
            session,
            jobs,
            exits.log_export,
            self,
            profiles=exits.profiles,
            all_matters=exits.all_matters,
            letters=exits.letters,
            signing=exits.signing,
            copies=copies,
        )
        self.follow_ups = FollowUpsPage(session, exits.letters, self)
        self.pages = QStackedWidget(self)
        self._focus = FocusMemory()
        self._build()
        self._wire()
        self._show_matter(session.matter)

    def _build(self) -> None:
        self.pages.addWidget(self.page)
        self.pages.addWidget(self.export_page)
        self.pages.addWidget(self.follow_ups)
        bar = QHBoxLayout()
        bar.setContentsMargins(GAP, GAP // 2, GAP, GAP // 2)
        bar.setSpacing(GAP)
        bar.addWidget(self.leave)
        bar.addWidget(self.code)
        bar.addStretch(1)
        bar.addWidget(self.saved)
        bar.addWidget(self.steps)
        bar.addWidget(self.export)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.sample)
        column.addLayout(bar)
        column.addWidget(self.pages, 1)

    def _wire(self) -> None:
        self._session.matter_changed.connect(self._show_matter)
        self._session.saved.connect(self._show_saved)
        self._session.failed.connect(self._show_unsaved)
        self.leave.clicked.connect(self._leave)
        self.steps.clicked.connect(self.turn_follow_ups)
        self.export.clicked.connect(self.turn_export)
        self._session.steps_wanted.connect(self._show_steps)
        self.follow_ups.letter_wanted.connect(self._write_letter)
        self.follow_ups.changed.connect(self.removed)
        self.page.removed.connect(self.removed)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        # On the whole view: saving leaves the focus on the bar above the page.
        self._escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._escape.setEnabled(False)
        self._escape.activated.connect(self.show_matter_page)

    @property
    def exporting(self) -> bool:
        """Whether the export page is shown."""
        return self.pages.currentWidget() is self.export_page

    @Slot()
    def turn_export(self) -> None:
        """To the export page, or back to the matter."""
        self.turn("export")

    @Slot()
    def turn_follow_ups(self) -> None:
        """To the follow-ups, or back to the matter."""
        self.turn("follow-ups")

    def follow(self, preferences: Preferences) -> None:
        """Word the questions as it is preferred, and tell of another wish."""
        self.page.set_language(preferences.language)
        self.page.language_changed.connect(preferences.set_language)

    def turn(self, beside: Beside, *, back: bool = True) -> None:
        """To one of the pages beside the matter; where it is shown already, and with `back`, back to the matter."""
        page = self.export_page if beside == "export" else self.follow_ups
        if self.pages.currentWidget() is page:
            if back:
                self.show_matter_page()
            return
        if self.pages.currentWidget() is self.page:
            self._focus.leave(self.page)
        self._turn_to(page)
        page.focus_start()

    @Slot(str)
    def _show_steps(self, line: str) -> None:
        """What can be done about a line of the map."""
        self._focus.leave(self.page)
        self._turn_to(self.follow_ups)
        self.follow_ups.start_pick(line)

    @Slot(str, str)
    def _write_letter(self, letter: str, contact: str) -> None:
        self._turn_to(self.export_page)
        self.export_page.choose_letter(letter, contact)

    def keep_typed(self) -> None:
        """Keep what was typed into a follow-up: the view is about to be left or locked."""
        self.follow_ups.keep_typed()

    def half_typed(self) -> str:
        """What was typed on the matter page and is not yet stored; a follow-up's note is kept as it is typed."""
        self.follow_ups.keep_note()
        return self.page.half_typed()

    @Slot()
    def show_matter_page(self) -> None:
        """Back to the touchpoints and questions, where somebody was on them."""
        self._turn_to(self.page)
        self.page.focus_start()
        self._focus.come_back(self.page)

    def focus_start(self) -> None:
        """Where work on the shown page begins."""
        shown = self.pages.currentWidget()
        for page in (self.page, self.export_page, self.follow_ups):
            if page is shown:
                page.focus_start()

    def start(self, draft: str, *, kept: bool) -> None:
        """Ready for work on a matter that was just opened, with what was half typed put back. `kept`: in a vault."""
        self.sample.setText(SAMPLE if kept else f"{SAMPLE} {NOT_KEPT}")
        self.saved.clear()
        self._turn_to(self.page)
        self.page.focus_start()
        self.page.restore_half_typed(draft)

    def _turn_to(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        away = page is not self.page
        self._escape.setEnabled(away)
        self.leave.setText("‹ &Back to the matter" if away else self._way_back())
        self.leave.setAccessibleName("Back to the matter" if away else "Back to the list of matters")
        self.export.setVisible(page is not self.export_page)
        self.steps.setVisible(page is not self.follow_ups)

    def _way_back(self) -> str:
        return "‹ Leave &the sample" if self._session.matter and self._session.matter.sample else "‹ Ma&tters"

    @Slot()
    def _leave(self) -> None:
        if self.pages.currentWidget() is not self.page:
            self.show_matter_page()
        else:
            self.leave_wanted.emit()

    @Slot(object)
    def _show_matter(self, matter: Matter | None) -> None:
        self.code.setText(matter.code if matter is not None else "")
        open_ = sum(each.state == "open" for each in matter.follow_ups) if matter is not None else 0
        self.steps.setText(f"Follow-&ups ({open_})" if open_ else "Follow-&ups")
        self.steps.setAccessibleName(f"Follow-ups, {open_} open" if open_ else "Follow-ups")
        self.sample.setVisible(matter is not None and matter.sample)
        self.sample.setPalette(tinted(self.palette(), 0.2))
        if matter is None:
            self.saved.clear()
            self._focus.forget()
            self.pages.setCurrentWidget(self.page)
            self._escape.setEnabled(False)

    @Slot(str)
    def _show_saved(self, when: str) -> None:
        self.saved.setText(f"Saved {when}" if when else "")

    @Slot(object)
    def _show_unsaved(self, _: object) -> None:
        self.saved.setText("Not saved yet")
