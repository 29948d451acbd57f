"""The way out to its end: sign the memo that was made and read, or leave it a draft, and save it."""

from __future__ import annotations

from collections.abc import Callable
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
from clinic_mapper.ui.clipboard import OwnCopies
from clinic_mapper.ui.export_making import ExportMaking
from clinic_mapper.ui.export_more import COPIED, EMPTIED
from clinic_mapper.ui.export_work import (
    AllMatters,
    Chosen,
    Letters,
    LogExport,
    Profiles,
    SigningOf,
    save_and_read_back,
    save_csv_and_read_back,
    text_and_hash,
)
from clinic_mapper.ui.letter_steps import begin_step
from clinic_mapper.ui.picture_work import ENDINGS, save_picture_and_read_back
from clinic_mapper.ui.sign_work import Read, sign

if TYPE_CHECKING:
    from clinic_mapper.memo.export import Memo
    from clinic_mapper.ui.background import Jobs
    from clinic_mapper.ui.session import CaseSession

_ANOTHER = (
    "The day, the catalog or what this reader sees has changed since. Nothing was signed. Read it again, then sign."
)
_SIGNED_NOT_SAVED = "Signed, but no file was saved: the matter changed meanwhile. The seal is kept."
_NOT_DRAWN = "Stopped. No picture was saved."
_NOT_COPIED = "Nothing was copied: the matter changed meanwhile. Copy it again."

Save = Callable[[Path, "Memo"], str]
"""Writes a file and gives its hash once it was read back."""


class ExportPage(ExportMaking):
    """Makes, proves, shows, signs and saves one memo at a time. Nothing is written before somebody chooses where.

    `log_export(reader, sha256)` is called once for each file that was saved and read back, and for each text that was
    copied. `copies`: what empties the clipboard again; the rest as `ExportMaking`.
    """

    _drawing = 0
    """The number of the job that draws a picture, else 0."""

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
        copies: OwnCopies | None = None,
    ) -> None:
        super().__init__(
            session, jobs, parent, profiles=profiles, all_matters=all_matters, letters=letters, signing=signing
        )
        self._log_export = log_export
        self._copies = copies or OwnCopies(self)
        self._folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        self.sign_open.toggled.connect(self._open_sign)
        self.sign.sign_wanted.connect(self._sign)
        self.save.clicked.connect(self._save)
        self.more.copy_text.triggered.connect(self._copy)
        self.more.save_csv.triggered.connect(self._save_csv)
        self.more.save_picture.triggered.connect(self._save_picture)
        self._copies.emptied.connect(self._say_emptied)

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
        if memo is None or read is None or signing is None or self._writing or self._is_signed:
            return
        if not read.is_of(self._wanted()):
            self._let_go()
            self._say(_ANOTHER)
            return self._renew()
        path = ask.file_to_save(self, "Sign and save the memo", self._folder / memo.file_name, "PDF files (*.pdf)")
        if path is None or memo is not self._memo:
            return
        self._write(True)
        self.status.setText("Signing…")

        def signed(made: Memo) -> None:
            self._write(False)
            if read is not self._read:
                return self._say_not_saved(read)
            self.sign_open.setChecked(False)
            self._is_signed = True
            self._show_memo(made)
            self._save_at(path)

        def failed(problem: Problem) -> None:
            self._write(False)
            if read is self._read:
                self.status.setText(problem.sentence)
                self._allow()

        self._jobs.start(sign, read, memo, name, path.name, signing, done=signed, failed=failed)

    def _say_not_saved(self, read: Read) -> None:
        """The seal was kept, and meanwhile another thing came on the page: said where it is about the same matter."""
        matter = self._session.matter
        if matter is not None and matter.code == read.matter.code:
            self._say(_SIGNED_NOT_SAVED)

    # --- save

    @Slot()
    def _save(self) -> None:
        memo = self._memo
        if memo is None or self._writing:
            return
        path = ask.file_to_save(self, "Save the memo", self._folder / memo.file_name, "PDF files (*.pdf)")
        if path is None or memo is not self._memo:  # the matter may have been locked away under the dialog
            return
        self._save_at(path)

    @Slot()
    def _save_csv(self) -> None:
        memo = self._memo
        if memo is None or not self.more.isEnabled() or memo.reader != "funder":
            return
        suggested = self._folder / Path(memo.file_name).with_suffix(".csv")
        path = ask.file_to_save(self, "Save the counts as CSV", suggested, "CSV files (*.csv)")
        if path is not None and memo is self._memo:
            self._save_at(path, save_csv_and_read_back, "csv-")

    def _save_at(self, path: Path, save: Save = save_and_read_back, form: str = "") -> None:
        """Write what was made. `form`: how the list of exports begins what is no PDF."""
        memo, chosen, code = self._memo, self.options.chosen(), self._code
        if memo is None:
            return
        logged = f"{form}{_as_listed(memo, chosen)}"
        said = "Signed. " if self._is_signed else ""
        self._write(True)
        self.status.setText(f"{said}Saving…")

        def saved(digest: str) -> None:
            self._folder = path.parent
            told = self._log(logged, digest, f"{said}Saved and read back: {path.name}")
            if chosen.letter and memo is self._memo:
                told = f"{told}. {self._begin_step(chosen)}"
            self._tell(told, memo, code)

        def failed(problem: Problem) -> None:
            again = " The seal is kept: Save writes the same signed file elsewhere." if said else ""
            self._tell(f"{said}{problem.sentence}{again}", memo, code)

        self._jobs.start(save, path, memo, done=saved, failed=failed)

    def _tell(self, what: str, memo: Memo, code: str) -> None:
        """Say what came of it, by the matter that it is about, also where another memo is being made of it already."""
        self._write(False)
        if memo is self._memo:
            self.status.setText(what)
            self._allow()
        elif code == self._code:
            self._say(what)

    def _begin_step(self, chosen: Chosen) -> str:
        """Keep the step that the letter begins; says so. The letter says nothing of steps and stays what was made."""
        exposure, read = self._session.exposure, self._read
        if exposure is None or read is None or read.letter is None:
            return ""
        self._keeps_memo = True
        step = begin_step(self._session, read.letter.letter, chosen.contact, date.fromisoformat(exposure.today))
        self._keeps_memo, matter = False, self._session.matter
        self._read = read._replace(matter=matter) if matter is not None else None
        return step

    def _log(self, reader: str, digest: str, said: str) -> str:
        try:
            self._log_export(reader, digest)
        except Problem as problem:
            return f"{said.rstrip('.')}. But the list of exports: {problem.sentence}"
        return said

    # --- the picture

    @Slot()
    def _save_picture(self) -> None:
        """Draw the picture of what the memo was made of, and save it. Until it is written it can be stopped."""
        memo, read = self._memo, self._read
        if memo is None or read is None or not self.more.isEnabled() or not read.profile.sees_routes:
            return
        suggested = self._folder / f"picture-{read.choice.reader}.png"
        path = ask.file_to_save(self, "Save the picture", suggested, ENDINGS)
        if path is None or memo is not self._memo:
            return
        code, logged = self._code, f"picture-{memo.reader}"
        self._write(True)
        self.status.setText("Drawing and checking the picture…")

        def saved(digest: str) -> None:
            self._folder, self._drawing = path.parent, 0
            self._tell(self._log(logged, digest, f"Saved and read back: {path.name}"), memo, code)

        def failed(problem: Problem) -> None:
            self._drawing = 0
            self._tell(problem.sentence, memo, code)

        self._drawing = -1  # until it has its number
        given = path, read
        number = self._jobs.start(save_picture_and_read_back, *given, done=saved, failed=failed, progress=_unsaid)
        self._drawing = number if self._drawing else 0
        self._allow()

    @Slot()
    def _allow(self) -> None:
        super()._allow()
        if self._drawing:
            self.more.hide()
            self.cancel.show()

    @Slot()
    def _cancel(self) -> None:
        if not self._drawing:
            return super()._cancel()
        self._stop_drawing()
        self.status.setText(_NOT_DRAWN)
        self._write(False)

    def _forget(self) -> None:
        self._stop_drawing()
        super()._forget()

    @Slot()
    def _give_up(self) -> None:
        self._drawing = 0
        super()._give_up()

    def _stop_drawing(self) -> None:
        """Nothing is written any more."""
        if self._drawing:
            self._jobs.drop(self._drawing)
            self._drawing = 0

    # --- copy

    @Slot()
    def _copy(self) -> None:
        """Copy what the file says, once it was searched in that form too. After a lock nothing is copied any more."""
        memo, chosen, code = self._memo, self.options.chosen(), self._code
        if memo is None or not self.more.isEnabled():
            return
        self.status.setText("Checking the text…")

        def searched(found: tuple[str, str]) -> None:
            text, digest = found
            if memo is self._memo:
                self._copies.hand_out(text)
                self.status.setText(self._log(f"copied-{_as_listed(memo, chosen)}", digest, COPIED))
            elif code == self._code:
                self._say(_NOT_COPIED)

        def failed(problem: Problem) -> None:
            if memo is self._memo:
                self.status.setText(problem.sentence)

        self._jobs.start(text_and_hash, memo, done=searched, failed=failed)

    @Slot()
    def _say_emptied(self) -> None:
        if self.status.text() == COPIED:
            self.status.setText(EMPTIED)


def _unsaid(step: int, of: int) -> None:
    """A picture is drawn too soon for anybody to be told how far it is; each step is where it can be stopped."""


def _as_listed(memo: Memo, chosen: Chosen) -> str:
    """How the list of exports names whose file it is."""
    return f"letter-{chosen.letter}" if chosen.letter else memo.reader
