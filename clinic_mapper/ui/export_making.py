"""The way out, up to the saving: choose the reader, see what is left out, make and check, look at the pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QShowEvent
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

_MAKING_BROKE_OFF = "The memo could not be made. Nothing was saved."
_CHECKED = "Checked: nothing that is left out was found in the file. It is not saved yet."
_CHECKED_DRAFT = "Checked: nothing that is left out was found in the file. It is a draft: not signed, not saved yet."
_SAVING_BROKE_OFF = "Saving could not be finished. Do not hand a file over before it was saved again."


class ExportMaking(ExportForm):
    """Makes, proves and shows one memo at a time. What can be done with it then is `ExportPage`.

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
        self._is_signed = False
        self._profiles = profiles
        self._letters = letters
        self._all_matters = all_matters
        self._session = session
        self._jobs = jobs
        self._memo: Memo | None = None
        self._busy = False
        self._making = 0
        self._looked_at = 0
        self._wire()
        self._show_matter()

    def _wire(self) -> None:
        self._session.matter_changed.connect(self._show_matter)
        self._session.map_changed.connect(self._show_left_out)
        self._session.catalog_changed.connect(self._catalog_changed)
        self.readers.idClicked.connect(self._change_reader)
        self.options.changed.connect(self._options_changed)
        self.settings_open.toggled.connect(self._show_settings)
        self.settings.kept.connect(self._keep_profile)
        self.names.changed.connect(self._session.set_identifiers)
        self.make.clicked.connect(self._make)
        self.cancel.clicked.connect(self._cancel)
        self.looked.toggled.connect(self._allow)
        self._jobs.idle.connect(self._give_up)

    def _profile(self) -> Profile:
        """The profile in force for the chosen reader; the shipped one where the vault cannot say."""
        reader = "request" if self.choice.reader == "letter" else self.choice.reader
        try:
            return self._profiles().profile(reader)
        except Problem as problem:
            self.status.setText(problem.sentence)
            return load_profile(reader)

    def _offered(self) -> Mapping[str, Offered]:
        """The letters that can be written; those that came with the program where the vault cannot say."""
        try:
            return self._letters().offered()
        except Problem as problem:
            self.status.setText(problem.sentence)
            return ClinicLetters(None).offered()

    # --- what changes

    @Slot()
    def _show_matter(self) -> None:
        matter = self._session.matter
        if matter is None:
            self._forget()
            return
        self.sample.setVisible(matter.sample)
        self.names.show_identifiers(matter.identifiers)
        self._show_left_out()
        if self._read is not None and self._read.matter != matter:
            self._drop("The matter has changed since. Make and check again.")

    @Slot()
    def _catalog_changed(self) -> None:
        if self._read is not None and self._read.catalog is not self._session.catalog:
            self._drop("The catalog has changed since. Make and check again.")

    @Slot()
    def _change_reader(self) -> None:
        self._drop("")
        self._looked_at = 0
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

    @Slot()
    def _options_changed(self) -> None:
        if self._read is not None and self._read[3:5] != (self.choice, self.options.chosen()):
            self._drop("Something else is chosen now. Make and check again.")
        self._allow()

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
            self.status.setText(problem.sentence)
            self.status.show()
            return
        self.settings_open.setChecked(False)
        self._drop("Kept for this reader. Make and check again.")
        self._show_left_out()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_left_out()

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
            self._allow()

    def _forget(self) -> None:
        """Leave nothing of a matter on the screen."""
        self._busy = False
        self._drop("")
        self._looked_at = 0
        self.names.forget()
        self.options.forget()
        self.settings.forget()
        self.settings_open.setChecked(False)
        self.left_out.setText("")

    def _drop(self, why: str) -> None:
        """Let go of the memo that was made, or is being made: it is not, or no longer, what would be saved."""
        if self._making:
            self._jobs.drop(self._making)
            self._making, self._busy = 0, False
        self._memo, self._read, self._is_signed = None, None, False
        self.sign_open.setChecked(False)
        if self.preview.count:
            self._looked_at = self.preview.pages.currentRow()
        self.preview.clear()
        self.looked.setChecked(False)
        self.warnings.setText("")
        self.status.setText(why)
        self._allow()

    @Slot()
    def _allow(self) -> None:
        ready = self._memo is not None and not self._busy
        warned = bool(self._memo and self._memo.warnings)
        self.preview.setEnabled(not self._busy)
        self.make.setEnabled(self.options.ready(self.choice))
        self.cancel.setVisible(self._busy and self._memo is None)
        looked = not warned or self.looked.isChecked()
        self.save.setEnabled(ready and looked)
        signable = self.choice.reader in SIGNED_READERS and self._signing() is not None
        self.sign_open.setVisible(signable)
        self.sign_open.setEnabled(ready and looked and not self._is_signed)
        self.sign.setEnabled(ready and looked)
        if not self.sign_open.isEnabled() and not self._busy:
            self.sign_open.setChecked(False)
        self.status.setVisible(bool(self.status.text()))
        self.warnings.setVisible(warned)
        self.looked.setVisible(warned)

    # --- make, look, save

    @Slot()
    def _make(self) -> None:
        matter, exposure = self._session.matter, self._session.exposure
        if matter is None or exposure is None or self._busy or not self.options.ready(self.choice):
            return
        self._drop("Making and checking…")
        today, chosen = date.fromisoformat(exposure.today), self.options.chosen()
        read = Read(matter, self._session.catalog, today, self.choice, chosen, self._profile())
        self._read = read
        self._work(True)

        def made(memo: Memo) -> None:
            if self._still(read):
                self._show_memo(memo)

        def failed(problem: Problem) -> None:
            if self._still(read):
                self._drop(problem.sentence)

        letter = self._offered().get(chosen.letter)
        given = (*read, self._all_matters, letter, self._signing())
        number = self._jobs.start(make_and_prove, *given, done=made, failed=failed, progress=self._show_how_far)
        self._making = number if self._busy else 0

    def _show_how_far(self, page: int, pages: int) -> None:
        said = how_far(page, pages)
        if said != self.status.text():
            self.status.setText(said)

    @Slot()
    def _cancel(self) -> None:
        """Stop what is being made; it leaves nothing behind."""
        if self._making:
            self._drop("Stopped. No file was made.")
            self.make.setFocus()

    def _still(self, read: Read) -> bool:
        """Whether a result that came back is about what is on the page now."""
        self._making = 0
        self._work(False)
        wanted = (self.choice, self.options.chosen()) == read[3:5] and read.matter == self._session.matter
        return wanted and read is self._read

    def _show_memo(self, memo: Memo) -> None:
        self._memo = memo
        self.preview.show_pdf(memo.pdf, self._looked_at)
        self.warnings.setText("\n".join(f"• {warning}" for warning in memo.warnings))
        self.status.setText(_CHECKED_DRAFT if self.sign_open.isVisibleTo(self) else _CHECKED)
        self._allow()
        if self.make.hasFocus():
            (self.looked if memo.warnings else self.save).setFocus()

    @Slot()
    def _give_up(self) -> None:
        """Nothing runs any more and no result came: the work met a bug, which is told elsewhere. The page goes on."""
        if self._busy:
            self._busy = False
            self._drop(_SAVING_BROKE_OFF if self._memo else _MAKING_BROKE_OFF)

    def _work(self, busy: bool) -> None:
        self._busy = busy
        self._allow()
