"""The way out, up to the saving: choose the reader, see what is left out, look at the pages.

The pages are those of the proved file. After every change it is made again by itself, off the window's thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from clinic_mapper.clinic_letters import ClinicLetters
from clinic_mapper.memo.clinic_profile import ClinicProfile
from clinic_mapper.memo.letter_templates import Offered
from clinic_mapper.memo.readers import Profile, load_profile
from clinic_mapper.memo.sign_off import SIGNED_READERS
from clinic_mapper.problem import Problem
from clinic_mapper.ui.export_form import ExportForm
from clinic_mapper.ui.export_work import (
    CHOICES,
    AllMatters,
    Choice,
    Letters,
    Profiles,
    SigningOf,
    how_far,
    make_and_prove,
)
from clinic_mapper.ui.sign_work import Read

if TYPE_CHECKING:
    from clinic_mapper.memo.export import Memo
    from clinic_mapper.ui.background import Jobs
    from clinic_mapper.ui.session import CaseSession

_SOON_MS = 40
"""So many changes in quick succession, such as the arrow keys through the readers, make one file."""
_PATIENCE_MS = 600
"""Before that nobody needs to be told how far it is, or to stop it."""
_STATUS_LINES = 3
_BEING_MADE = "Being made and checked…"
_STOPPED = "Stopped. No file was made."
_FIRST = {
    "court": "Choose the routes that the court sees. The pages appear here then.",
    "request": "Choose the contact, read what to know before, and confirm it. The page appears here then.",
    "letter": "Read what the letter discloses to whom, and confirm it. The letter appears here then.",
}
_MAKING_BROKE_OFF = "The memo could not be made. Nothing was saved."
_CHECKED = "Checked: nothing that is left out was found in the file. It is not saved yet."
_CHECKED_DRAFT = "Checked: nothing that is left out was found in the file. It is a draft: not signed, not saved yet."
_SAVING_BROKE_OFF = "Saving could not be finished. Do not hand a file over before it was saved again."


class ExportMaking(ExportForm):
    """Makes, proves and shows one memo at a time. What can be done with it then is `ExportPage`.

    While the page is seen, what is shown is made of what is chosen, or the sign above the pages says that it is being
    made; what cannot be saved for its reader is said in the place of the pages. The newest change wins: what was being
    made before is let go of. Behind another page nothing is made.

    `profiles`: what the clinic set for its readers, where a vault is open. `all_matters`: what is counted for a funder,
    read on another thread. `letters`: those that can be written. `signing`: what signs memos of the open matter, where
    a vault keeps it.
    """

    def __init__(
        self,
        session: CaseSession,
        jobs: Jobs,
        parent: QWidget | None = None,
        *,
        profiles: Profiles,
        all_matters: AllMatters | None,
        letters: Letters,
        signing: SigningOf,
    ) -> None:
        super().__init__(parent)
        self._signing = signing
        self._read: Read | None = None
        self._code = ""
        self._shown: Choice | None = None
        self._is_signed = False
        self._profiles = profiles
        self._letters = letters
        self._all_matters = all_matters
        self._session = session
        self._jobs = jobs
        self._memo: Memo | None = None
        self._writing = False
        self._making = 0
        self._to_be_asked, self._keeps_memo = False, False
        self._notice = ""
        self._soon = self._timer("soon", _SOON_MS)
        self._patience = self._timer("patience", _PATIENCE_MS)
        self._wire()
        self._show_matter()

    def _timer(self, name: str, after: int) -> QTimer:
        timer = QTimer(self)
        timer.setObjectName(name)
        timer.setSingleShot(True)
        timer.setInterval(after)
        return timer

    def _wire(self) -> None:
        self._session.matter_changed.connect(self._show_matter)
        self._session.map_changed.connect(self._show_left_out)
        self._session.catalog_changed.connect(self._renew)
        self.readers.idClicked.connect(self._change_reader)
        self.options.changed.connect(self._renew)
        self.settings_open.toggled.connect(self._show_settings)
        self.settings.kept.connect(self._keep_profile)
        self.names.changed.connect(self._session.set_identifiers)
        self.make.clicked.connect(self._make)
        self.cancel.clicked.connect(self._cancel)
        self.looked.toggled.connect(self._allow)
        self._soon.timeout.connect(self._make)
        self._patience.timeout.connect(self._allow)
        self._jobs.idle.connect(self._give_up)

    @property
    def making(self) -> bool:
        """Whether a file is being made, or about to be."""
        return bool(self._making) or self._soon.isActive()

    def _profile(self) -> Profile:
        """The profile in force for the chosen reader; the shipped one where the vault cannot say."""
        reader = "request" if self.choice.reader == "letter" else self.choice.reader
        try:
            return self._profiles().profile(reader)
        except Problem as problem:
            self._say(problem.sentence)
            return load_profile(reader)

    def _offered(self) -> Mapping[str, Offered]:
        """The letters that can be written; those that came with the program where the vault cannot say."""
        try:
            return self._letters().offered()
        except Problem as problem:
            self._say(problem.sentence)
            return ClinicLetters(None).offered()

    def _say(self, sentence: str) -> None:
        """Say what must be read also when the pages have been made anew meanwhile."""
        self._notice = sentence
        self.status.setText(sentence)
        self.status.show()

    # --- what changes

    @Slot()
    def _show_matter(self) -> None:
        matter = self._session.matter
        if matter is None:
            self._forget()
            return
        if self._code != matter.code:
            self._code, self._shown = matter.code, None
            self._drop("")  # no page of one matter is seen beside another
        self.sample.setVisible(matter.sample)
        self.names.show_identifiers(matter.identifiers)
        self._show_left_out()

    @Slot()
    def _change_reader(self) -> None:
        self.settings_open.setChecked(False)
        self._show_left_out()

    def choose_letter(self, letter: str, contact: str) -> None:
        """Show this letter, about this contact where it is about one; nothing is made before it is confirmed."""
        button = next(each for each in self.readers.buttons() if CHOICES[self.readers.id(each)].reader == "letter")
        button.setChecked(True)
        self._change_reader()
        self.options.choose_letter(letter, contact)
        self.options.letter.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self.show_options)  # once everything has its height

    @Slot(bool)
    def _show_settings(self, shown: bool) -> None:
        """What this clinic set for the chosen reader, to be changed."""
        self.settings.setVisible(shown)
        if shown:
            exposure = self._session.exposure
            self.settings.open_for(self._profiles(), self._profile().reader, exposure.today if exposure else "")

    @Slot(object)
    def _keep_profile(self, clinic: ClinicProfile) -> None:
        try:
            self._profiles().keep(clinic)
        except Problem as problem:
            self._say(problem.sentence)
            return
        self.settings_open.setChecked(False)
        self._show_left_out()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_left_out()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.making and not event.spontaneous():
            self._drop("")

    @Slot()
    def _show_left_out(self) -> None:
        """Said when somebody looks, not at every answer that is given on another page."""
        matter = self._session.matter
        if matter is not None and self.isVisible():
            from clinic_mapper.memo.export import summary  # loads what draws and reads PDF files

            profile, exposure = self._profile(), self._session.exposure
            sentences = summary(matter, self._session.catalog, profile.reader, "en", profile)
            self.left_out.setText("\n".join(f"• {sentence}" for sentence in sentences))
            if exposure is not None:
                rows = self._session.catalog
                self.options.show_reader(self.choice, profile, matter, exposure, rows, self._offered())
            settable = self._profiles().can_keep and self.choice.reader not in ("client", "letter")
            self.settings_open.setVisible(settable)
        self._renew()

    def _wanted(self) -> Read | None:
        """What the page asks for; None while something must be chosen or confirmed first."""
        matter, exposure = self._session.matter, self._session.exposure
        if matter is None or exposure is None or not self.options.ready(self.choice):
            return None
        today, chosen = date.fromisoformat(exposure.today), self.options.chosen()
        letter = self._offered().get(chosen.letter) if chosen.letter else None
        return Read(matter, self._session.catalog, today, self.choice, chosen, self._profile(), letter)

    @Slot()
    def _renew(self) -> None:
        """Let go of what is not, or no longer, what would be saved; what is wanted now is made soon."""
        if self._session.matter is None or self._keeps_memo:
            return
        if not self.isVisible():
            if self._read is not None and self._read.matter is not self._session.matter:
                self._drop("")
            return
        wanted = self._wanted()
        if wanted is None:
            self._drop(_FIRST.get(self.choice.reader, ""))
        elif not wanted.is_of(self._read):
            self._let_go()
            self.preview.being_made(_BEING_MADE)
            self._soon.start()
        self._allow()

    def _forget(self) -> None:
        """Leave nothing of a matter on the screen."""
        self._writing = False
        self._notice = ""
        self._drop("")
        self._code, self._shown = "", None
        self.names.forget()
        self.options.forget()
        self.settings.forget()
        self.settings_open.setChecked(False)
        self.left_out.setText("")

    def _let_go(self) -> None:
        """Let go of the memo that was made, or is being made; its pages stay in sight."""
        self._soon.stop()
        self._patience.stop()
        if self._making:
            self._jobs.drop(self._making)
            self._making = 0
        self._memo, self._read, self._is_signed, self._to_be_asked = None, None, False, False
        self.sign_open.setChecked(False)
        self.looked.setChecked(False)
        self.warnings.setText("")
        self.status.setText(self._notice)

    def _drop(self, why: str) -> None:
        """Let go of the memo and of its pages; `why` stands in their place."""
        self._let_go()
        self.preview.say(why)
        self._allow()

    @Slot()
    def _allow(self) -> None:
        ready = self._memo is not None and not self._writing
        warned = bool(self._memo and self._memo.warnings)
        self.make.setVisible(self._to_be_asked)
        self.cancel.setVisible(bool(self._making) and not self._patience.isActive())
        looked = not warned or self.looked.isChecked()
        self.save.setEnabled(ready and looked)
        sees_routes = self._read is not None and self._read.profile.sees_routes
        self.more.offer(self.choice.reader, ready and looked, sees_routes=sees_routes)
        self.more.setVisible(not self.cancel.isVisibleTo(self))  # there is no room for both, and no use for it then
        signable = self.choice.reader in SIGNED_READERS and self._signing() is not None
        self.sign_open.setVisible(signable)
        self.sign_open.setEnabled(ready and looked and not self._is_signed)
        self.sign.setEnabled(ready and looked)
        if not self.sign_open.isEnabled() and not self._writing:
            self.sign_open.setChecked(False)
        self.status.setMinimumHeight(_STATUS_LINES * self.status.fontMetrics().lineSpacing())  # nothing jumps meanwhile
        self.status.setVisible(bool(self.status.text()) or self.making)
        self.warnings.setVisible(warned)
        self.looked.setVisible(warned)

    # --- make, look

    @Slot()
    def _make(self) -> None:
        read = self._wanted()
        if read is None:
            return
        self._let_go()
        self._read = read
        self.preview.being_made(_BEING_MADE)
        self._patience.start()

        def made(memo: Memo) -> None:
            self._making = 0
            if read is self._read:
                self._show_memo(memo)

        def failed(problem: Problem) -> None:
            self._making = 0
            if read is self._read:
                self._not_made(problem.sentence)

        given = (*read, self._all_matters, self._signing())
        self._making = -1  # until it has its number: a job may be done within `start`
        number = self._jobs.start(make_and_prove, *given, done=made, failed=failed, progress=self._show_how_far)
        self._making = number if self._making else 0
        self._allow()

    def _show_how_far(self, page: int, pages: int) -> None:
        if not self._patience.isActive():
            self.preview.being_made(how_far(page, pages))

    @Slot()
    def _cancel(self) -> None:
        """Stop what is being made; it leaves nothing behind, and is made again when somebody asks or changes it."""
        if self._making:
            self._not_made(_STOPPED, again=True)
            self.make.setFocus()

    def _not_made(self, why: str, *, again: bool = False) -> None:
        """Nothing can be saved of what is wanted; it is not tried by itself, but `again` when somebody asks for it."""
        read = self._read
        self._drop(why)
        self._read, self._to_be_asked = read, again
        self._allow()

    def _show_memo(self, memo: Memo) -> None:
        self._memo = memo
        self._patience.stop()
        self.preview.show_pdf(memo.pdf, anew=self._shown != self.choice)
        self._shown = self.choice
        self.warnings.setText("\n".join(f"• {warning}" for warning in memo.warnings))
        said = _CHECKED_DRAFT if self.sign_open.isVisibleTo(self) else _CHECKED
        self.status.setText(f"{self._notice} {said}".strip())
        self._notice = ""
        self._allow()

    @Slot()
    def _give_up(self) -> None:
        """Nothing runs any more and no result came: the work met a bug, which is told elsewhere. The page goes on."""
        if self._making:
            self._not_made(_MAKING_BROKE_OFF, again=True)
        if self._writing:
            self._writing = False
            self._let_go()
            self._say(_SAVING_BROKE_OFF)
            self._renew()

    def _write(self, busy: bool) -> None:
        self._writing = busy
        self._allow()
