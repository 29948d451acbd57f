"""The way out to its end: sign the memo that was made and read, or leave it a draft, and save it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Slot
from PySide6.QtWidgets import QWidget

from clinic_mapper.clinic_letters import ClinicLetters
from clinic_mapper.clinic_profiles import ClinicProfiles
from clinic_mapper.memo.sign_off import MEMO_READERS
from clinic_mapper.problem import Problem
from clinic_mapper.ui import ask
from clinic_mapper.ui.export_making import ExportMaking
from clinic_mapper.ui.export_work import AllMatters, Chosen, Letters, LogExport, Profiles, SigningOf, save_and_read_back
from clinic_mapper.ui.letter_steps import begin_step
from clinic_mapper.ui.sign_work import Read, sign

if TYPE_CHECKING:
    from clinic_mapper.memo.export import Memo
    from clinic_mapper.ui.background import Jobs
    from clinic_mapper.ui.session import CaseSession

_ANOTHER = "The day, the catalog or what this reader sees has changed since. Nothing was signed."
_SIGNED_NOT_SAVED = "Signed, but no file was saved: the matter changed meanwhile. The seal is kept."


class ExportPage(ExportMaking):
    """Makes, proves, shows, signs and saves one memo at a time. Nothing is written before somebody chooses where.

    `log_export(reader, sha256)` is called once for each file that was saved and read back; the rest as `ExportMaking`.
    """

    def __init__(
        self,
        session: CaseSession,
        jobs: Jobs,
        log_export: LogExport,
        parent: QWidget | None = None,
        *,
        profiles: Profiles = lambda: ClinicProfiles(None),
        all_matters: AllMatters | None = None,
        letters: Letters = lambda: ClinicLetters(None),
        signing: SigningOf = lambda: None,
    ) -> None:
        super().__init__(
            session, jobs, parent, profiles=profiles, all_matters=all_matters, letters=letters, signing=signing
        )
        self._log_export = log_export
        self._folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        self.sign_open.toggled.connect(self._open_sign)
        self.sign.sign_wanted.connect(self._sign)
        self.save.clicked.connect(self._save)

    # --- sign

    @Slot(bool)
    def _open_sign(self, opened: bool) -> None:
        if opened:
            self.sign.begin(prints=self.choice.reader in MEMO_READERS)
        else:
            self.sign.hide()
            self.sign.clear()

    @Slot(str)
    def _sign(self, name: str) -> None:
        """The seal first, then the file: a signed file without a seal can never be."""
        memo, read, signing = self._memo, self._read, self._signing()
        if memo is None or read is None or signing is None or self._busy or self._is_signed:
            return
        if not self._stands(read):
            return self._drop(f"{_ANOTHER} Make and check again, read it again, then sign.")
        path = ask.file_to_save(self, "Sign and save the memo", self._folder / memo.file_name, "PDF files (*.pdf)")
        if path is None or memo is not self._memo:
            return
        self._work(True)
        self.status.setText("Signing…")

        def signed(made: Memo) -> None:
            if not self._still(read):
                return self._say_not_saved(read)
            self.sign_open.setChecked(False)
            self._is_signed, self._looked_at = True, self.preview.pages.currentRow()
            self._show_memo(made)
            self._save_at(path)

        def failed(problem: Problem) -> None:
            if self._still(read):
                self.status.setText(problem.sentence)
                self._allow()

        self._jobs.start(sign, read, memo, name, path.name, signing, done=signed, failed=failed)

    def _say_not_saved(self, read: Read) -> None:
        """The seal was kept, and meanwhile another thing came on the page: said where it is about the same matter."""
        matter = self._session.matter
        if matter is not None and matter.code == read.matter.code:
            self.status.setText(_SIGNED_NOT_SAVED)
            self.status.show()

    def _stands(self, read: Read) -> bool:
        """Whether all that the memo was made of is still so."""
        exposure = self._session.exposure
        today = exposure is not None and exposure.today == read.today.isoformat()
        return today and read.catalog is self._session.catalog and read.profile == self._profile()

    # --- save

    @Slot()
    def _save(self) -> None:
        memo = self._memo
        if memo is None or self._busy:
            return
        path = ask.file_to_save(self, "Save the memo", self._folder / memo.file_name, "PDF files (*.pdf)")
        if path is None or memo is not self._memo:  # the matter may have been locked away under the dialog
            return
        self._save_at(path)

    def _save_at(self, path: Path) -> None:
        memo, chosen = self._memo, self.options.chosen()
        if memo is None:
            return
        logged = f"letter-{chosen.letter}" if chosen.letter else memo.reader
        said = "Signed. " if self._is_signed else ""
        self._work(True)
        self.status.setText(f"{said}Saving…")

        def saved(digest: str) -> None:
            self._folder = path.parent
            self._log(logged, digest, path, said)
            if chosen.letter and memo is self._memo:
                self._begin_step(chosen)
            self._work(False)

        def failed(problem: Problem) -> None:
            again = " The seal is kept: Save writes the same signed file elsewhere." if said else ""
            self.status.setText(f"{said}{problem.sentence}{again}")
            self._work(False)

        self._jobs.start(save_and_read_back, path, memo, done=saved, failed=failed)

    def _begin_step(self, chosen: Chosen) -> None:
        """Keep the step that the letter begins. The letter says nothing of steps and stays what was made."""
        exposure, said = self._session.exposure, self.status.text()
        if exposure is None:
            return
        letter = self._offered().get(chosen.letter)
        if letter is None:
            return
        today, read, self._read = date.fromisoformat(exposure.today), self._read, None
        step = begin_step(self._session, letter.letter, chosen.contact, today)
        matter = self._session.matter
        self._read = read._replace(matter=matter) if read is not None and matter is not None else None
        self.status.setText(f"{said}. {step}")

    def _log(self, reader: str, digest: str, path: Path, said: str) -> None:
        said += f"Saved and read back: {path.name}"
        self.status.setText(said)
        try:
            self._log_export(reader, digest)
        except Problem as problem:
            self.status.setText(f"{said}. But the list of exports: {problem.sentence}")
