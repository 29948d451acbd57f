"""The only file that opens a dialog: decisions, and files and folders to choose. Messages go to the message bar."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QDir, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget

Reply = bool | Path | None
Kind = TypeVar("Kind")

replies: deque[Reply] | None = None
"""For tests: what is answered instead of opening dialogs, in this order. None: ask the person."""
_open: list[QDialog] = []


def confirm(parent: QWidget, question: str, yes: str, no: str, more: str = "") -> bool:
    """Let a person decide. `yes` and `no` say what happens, such as "Remove" and "Keep"; Escape and Enter mean `no`."""
    if replies is not None:
        return _reply(bool)
    box = QMessageBox(parent)
    box.setWindowTitle("Clinic Mapper")
    box.setIcon(QMessageBox.Icon.Question)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(question)
    box.setInformativeText(more)
    agreed = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    kept = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(kept)
    box.setEscapeButton(kept)
    _run(box)
    decided = box.clickedButton() is agreed
    box.deleteLater()
    return decided


def folder(parent: QWidget, title: str, start: Path) -> Path | None:
    """A folder that a person chose; None if they did not."""
    if replies is not None:
        return _reply(Path)
    return _chosen(_file_dialog(parent, title, start, QFileDialog.FileMode.Directory))


def file_to_open(parent: QWidget, title: str, start: Path, kind: str) -> Path | None:
    """A file that a person chose to read; None if they did not. `kind` as "Case files (*.json)"."""
    if replies is not None:
        return _reply(Path)
    dialog = _file_dialog(parent, title, start, QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilter(kind)
    return _chosen(dialog)


def file_to_save(parent: QWidget, title: str, suggested: Path, kind: str) -> Path | None:
    """Where a person wants a file written; None if nowhere. The dialog asks before a file would be replaced.

    `kind` as "PDF files (*.pdf)", several with “;;” between them; its ending is added where none was typed.
    """
    if replies is not None:
        return _reply(Path)
    dialog = _file_dialog(parent, title, suggested.parent, QFileDialog.FileMode.AnyFile)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(kind)
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(_ending(chosen)))
    dialog.setDefaultSuffix(suggested.suffix.lstrip("."))
    dialog.selectFile(suggested.name)
    return _chosen(dialog)


def _ending(kind: str) -> str:
    """“pdf” for "PDF files (*.pdf)"."""
    return kind.rpartition("*.")[2].rstrip(")")


def dismiss() -> None:
    """Close whatever dialog is open as if the person had said no: lock and quit do not wait for an answer."""
    for dialog in reversed(_open):
        dialog.reject()


def _file_dialog(parent: QWidget, title: str, start: Path, mode: QFileDialog.FileMode) -> QFileDialog:
    dialog = QFileDialog(parent, title, str(start))
    dialog.setFileMode(mode)
    dialog.setFilter(QDir.Filter.AllDirs | QDir.Filter.Files | QDir.Filter.NoDotAndDotDot)
    if mode is QFileDialog.FileMode.Directory:
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return dialog


def _chosen(dialog: QFileDialog) -> Path | None:
    accepted = _run(dialog)
    chosen = dialog.selectedFiles()
    dialog.deleteLater()
    return Path(chosen[0]) if accepted and chosen else None


def _run(dialog: QDialog) -> bool:
    _open.append(dialog)
    try:
        return bool(dialog.exec())
    finally:
        _open.remove(dialog)


def _reply(kind: type[Kind]) -> Kind:
    assert replies, "something was asked that this test does not answer"
    given = replies.popleft()
    assert given is None or isinstance(given, kind), f"the test answers {given!r}, which is no answer to this"
    return given  # type: ignore[return-value]
