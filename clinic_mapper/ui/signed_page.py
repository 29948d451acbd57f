"""Signed memos and what left the vault: what was signed, what changed since, and whether a file is the signed one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStandardPaths, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QTabWidget, QVBoxLayout, QWidget

from clinic_mapper.problem import Problem
from clinic_mapper.ui import ask
from clinic_mapper.ui.background import Jobs
from clinic_mapper.ui.look import GAP, WIDE, Text, beside, button, calm, title
from clinic_mapper.ui.signed_words import touched_in_words
from clinic_mapper.ui.signed_work import (
    HASH_SHOWN,
    Row,
    Shelf,
    Touched,
    between_in_words,
    read_shelf,
    reader_in_words,
    since_in_words,
    told_of_file,
)
from clinic_mapper.ui.text_table import TextTable

if TYPE_CHECKING:
    from clinic_mapper.ui.keeper import Keeper
    from clinic_mapper.vault.exports import Export

_ABOUT = "What was signed stays as it was signed: no change of facts or catalog changes it."
_NONE = "No memo was signed yet. Export a memo, read it, and sign it there."
_IN_VAULT = "Memos are signed in a vault; the sample is kept nowhere."
_DAMAGED = "cannot be read"
_NOW, _TWO = "Compare with &now", "Compare &these two"
_NOTHING = Shelf((), ())


class SignedPage(QWidget):
    """`back_wanted()`: done."""

    back_wanted = Signal()

    def __init__(self, keeper: Keeper, jobs: Jobs, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Signed memos")
        self._keeper, self._jobs, self._today = keeper, jobs, today
        self._folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        self._shelf, self._shown = _NOTHING, list[Row]()
        self._touched: tuple[Touched, ...] = ()
        self._job = 0
        self._make_parts()
        self._build()
        self._wire()

    def _make_parts(self) -> None:
        self.touched = Text("", self, bold=True)
        self.state = Text("", self)
        self.mine = QCheckBox("This &matter only", self)
        self.memos = TextTable(
            "Signed memos",
            ("Matter", "Signed", "For", "By", "Catalog", "File", "SHA-256 begins"),
            ("", "2026-12-30 00:00", "supervisor", "R.M.E.M.", _DAMAGED, "not saved", "0" * HASH_SHOWN),
            self,
            many=True,
        )
        self.exports = TextTable(
            "What left this vault",
            ("When", "Who", "Matter", "For", "SHA-256 begins"),
            ("2026-12-30 00:00", "Somebody Somewhere", "", "letter: state-rap-sheet", "0" * HASH_SHOWN),
            self,
            many=False,
        )
        self.compare = button(_NOW, self)
        self.spanish = QCheckBox("In S&panish", self)
        self.check = button("Is this a signed &file?…", self)
        self.back = button("&Back", self)
        self.told = QPlainTextEdit(self)
        self.told.setReadOnly(True)
        self.told.setAccessibleName("What differs")
        self.told.setTabChangesFocus(True)
        self.told.setPlaceholderText("Choose one memo and compare it with now, or two of one matter with each other.")

    def _build(self) -> None:
        signed = QWidget(self)
        rows = QVBoxLayout(signed)
        rows.setContentsMargins(0, GAP, 0, 0)
        rows.addLayout(beside(self.mine))
        rows.addWidget(self.memos, 3)
        rows.addLayout(beside(self.compare, self.spanish, self.check))
        rows.addWidget(self.told, 4)
        self.tabs = QTabWidget(self)
        self.tabs.addTab(signed, "&Signed memos")
        self.tabs.addTab(self.exports, "What &left this vault")
        self.tabs.setDocumentMode(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE, GAP, WIDE, GAP)
        column.setSpacing(GAP)
        for part in (title("Signed memos", self), calm(_ABOUT, self), self.touched, self.state):
            column.addWidget(part)
        column.addWidget(self.tabs, 1)
        column.addLayout(beside(self.back))
        order = (self.tabs.tabBar(), self.mine, self.memos, self.compare, self.spanish, self.check, self.told)
        for one, next_ in pairwise((*order, self.back)):
            self.setTabOrder(one, next_)

    def _wire(self) -> None:
        self.mine.toggled.connect(self._show_rows)
        self.memos.selectionModel().selectionChanged.connect(self._allow)
        self.memos.went_on.connect(self._compare)
        self.compare.clicked.connect(self._compare)
        self.spanish.toggled.connect(self._again)
        self.check.clicked.connect(self._check)
        self.back.clicked.connect(self.back_wanted)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.back_wanted)

    # --- what is shown

    def focus_start(self) -> None:
        """Read what was signed; the focus is on the list."""
        vault = self._keeper.vault
        self.mine.setVisible(bool(self._keeper.matter_id))
        self.mine.setChecked(bool(self._keeper.matter_id))
        if vault is None:
            self._show_shelf(_NOTHING)
            self.state.setText(_IN_VAULT)
            return self.back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.memos.setFocus(Qt.FocusReason.OtherFocusReason)
        self._start(self._show_shelf, read_shelf, vault)

    def show_touched(self, found: tuple[Touched, ...]) -> None:
        """Say which signed memos rest on a catalog that says something else of their lines now."""
        self.touched.setText(touched_in_words(len(found)))
        self.touched.setVisible(bool(found))
        self._touched = found
        self._show_rows()
        if found and self.isVisible():
            self._tell_touched()

    def forget(self) -> None:
        """Leave nothing of a vault on the page."""
        self._stop()
        self.show_touched(())
        self._show_shelf(_NOTHING)

    def _show_shelf(self, shelf: Shelf) -> None:
        self._shelf = shelf
        signers = {row.memo.file_sha256: row.memo.seal.signed.initials for row in shelf.rows if row.memo.seal}
        self.exports.show_rows([_export_cells(export, signers) for export in shelf.exports])
        self.told.clear()
        self._show_rows()
        if self._touched:
            self._tell_touched()

    def _tell_touched(self) -> None:
        """Sentence by sentence what the catalog in use says of them."""
        parts = [f"{each.title}\n" + "\n".join(each.says) for each in self._touched]
        self.told.setPlainText("\n\n".join(parts))

    @Slot()
    def _show_rows(self) -> None:
        only = self._keeper.matter_id if self.mine.isVisibleTo(self) and self.mine.isChecked() else ""
        self._shown = [row for row in self._shelf.rows if only in ("", row.memo.matter_id)]
        touched = {each.number for each in self._touched}
        self.memos.show_rows([_memo_cells(row, touched) for row in self._shown])
        self.state.setText("" if self._shown else _NONE)
        self.state.setVisible(not self._shown)
        self._allow()

    def _chosen(self) -> list[Row]:
        return [self._shown[number] for number in self.memos.chosen() if number < len(self._shown)]

    @Slot()
    def _allow(self) -> None:
        chosen = self._chosen()
        two = len(chosen) == 2 and chosen[0].memo.matter_id == chosen[1].memo.matter_id
        self.compare.setText(_TWO if len(chosen) == 2 else _NOW)
        self.compare.setAccessibleName(self.compare.text().replace("&", ""))
        self.compare.setEnabled(len(chosen) == 1 or two)
        self.check.setEnabled(self._keeper.vault is not None)

    # --- comparing and checking

    @Slot()
    def _compare(self) -> None:
        vault, chosen, lang = self._keeper.vault, self._chosen(), "es" if self.spanish.isChecked() else "en"
        if vault is None or not self.compare.isEnabled():
            return
        catalog, today = self._keeper.session.catalog, self._today()
        self.told.setPlainText("Comparing…")
        if len(chosen) == 2:
            new, old = (row.memo for row in chosen)
            self._start(self.told.setPlainText, between_in_words, old, new, catalog, lang)
        else:
            self._start(self.told.setPlainText, since_in_words, vault, chosen[0].memo, catalog, today, lang)

    @Slot()
    def _again(self) -> None:
        """The same in the other language, if something was compared."""
        if self.told.toPlainText():
            self._compare()

    @Slot()
    def _check(self) -> None:
        file = ask.file_to_open(self, "Is this a signed file?", self._folder, "PDF files (*.pdf);;All files (*)")
        if file is None or self._keeper.vault is None:  # the vault may have been locked under the dialog
            return
        self._folder = file.parent
        self.told.setPlainText("Reading the file…")
        self._start(self.told.setPlainText, told_of_file, file, self._shelf)

    def _start(self, done: Callable[[Any], object], work: Callable[..., object], *given: object) -> None:
        self._stop()

        def came(result: object) -> None:
            self._job = 0
            done(result)

        def failed(problem: Problem) -> None:
            self._job = 0
            self.told.setPlainText(problem.sentence)

        self._job = -1  # so that a job that runs within `start` finds itself awaited
        number = self._jobs.start(work, *given, done=came, failed=failed)
        if self._job:
            self._job = number

    def _stop(self) -> None:
        if self._job:
            self._jobs.drop(self._job)
            self._job = 0


def _memo_cells(row: Row, touched: set[int]) -> tuple[str, ...]:
    memo, seal = row.memo, row.memo.seal
    when = memo.at.astimezone().strftime("%Y-%m-%d %H:%M")
    saved = "saved" if row.saved else "not saved"
    by = seal.signed.initials if seal else "?"
    catalog = (seal.catalog.version + (" (changed)" if memo.number in touched else "")) if seal else _DAMAGED
    return (row.code, when, memo.reader, by, catalog, saved, memo.file_sha256[:HASH_SHOWN])


def _export_cells(export: Export, signers: Mapping[str, str]) -> tuple[str, ...]:
    """A file that left. Where the vault has no name for its person, who signed the file is told, if somebody did."""
    when = export.at.astimezone().strftime("%Y-%m-%d %H:%M")
    signer = signers.get(export.file_sha256)
    who = export.who or (f"signed by {signer}" if signer else "not named")
    return (when, who, export.code, reader_in_words(export.reader), export.file_sha256[:HASH_SHOWN])
