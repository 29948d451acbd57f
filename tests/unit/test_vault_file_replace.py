"""After any failure the old file is still there, whole, and nothing lies beside it."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_mapper.file_replace import file_problem, replace_file
from clinic_mapper.problem import Problem


def put(content: bytes):
    return lambda file: file.write(content)


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.pdf"
    path.write_bytes(b"the old one")
    return path


def test_a_new_file_holds_what_was_written_and_is_its_owners_only(tmp_path: Path):
    path = tmp_path / "new.pdf"
    replace_file(path, put(b"content"))
    assert path.read_bytes() == b"content"
    assert [entry.name for entry in tmp_path.iterdir()] == ["new.pdf"]
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_old_file_is_replaced(letter: Path):
    replace_file(letter, put(b"the new one"))
    assert letter.read_bytes() == b"the new one"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_the_mode_asked_for_stands_before_the_first_byte(letter: Path):
    seen: list[int] = []

    def write(file: BinaryIO) -> None:
        seen.append(stat.S_IMODE(os.fstat(file.fileno()).st_mode))
        file.write(b"x")

    before = os.umask(0o077)
    try:
        replace_file(letter, write, mode=0o644)
    finally:
        os.umask(before)
    assert seen == [0o644]
    assert stat.S_IMODE(letter.stat().st_mode) == 0o644


@given(st.integers(min_value=0, max_value=70_000))
def test_a_writer_that_fails_at_byte_n_leaves_the_old_content(tmp_path_factory: pytest.TempPathFactory, n: int):
    path = tmp_path_factory.mktemp("at-byte") / "letter.pdf"
    path.write_bytes(b"the old one")

    def write(file: BinaryIO) -> None:
        file.write(b"n" * n)
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(Problem) as caught:
        replace_file(path, write)
    assert caught.value.code == "disk-full"
    assert path.read_bytes() == b"the old one"
    assert [entry.name for entry in path.parent.iterdir()] == ["letter.pdf"]


def test_a_bug_in_the_writer_stays_a_bug_and_the_old_file_stays(letter: Path):
    def write(file: BinaryIO) -> None:
        file.write(b"half")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        replace_file(letter, write)
    assert letter.read_bytes() == b"the old one"
    assert len(list(letter.parent.iterdir())) == 1


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_disk_that_fails_at_the_end_leaves_the_old_file(letter: Path, monkeypatch: pytest.MonkeyPatch, failing: str):
    def refuse(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(*((os, "fsync", refuse) if failing == "fsync" else (Path, "replace", refuse)))
    with pytest.raises(Problem) as caught:
        replace_file(letter, put(b"new"))
    assert caught.value.code == "file-not-written"
    assert letter.read_bytes() == b"the old one"
    assert len(list(letter.parent.iterdir())) == 1


def test_a_link_stays_a_link(letter: Path, tmp_path: Path):
    link = tmp_path / "link.pdf"
    link.symlink_to(letter)
    replace_file(link, put(b"new"))
    assert link.is_symlink()
    assert letter.read_bytes() == b"new"


def test_a_missing_folder_is_said(tmp_path: Path):
    with pytest.raises(Problem) as caught:
        replace_file(tmp_path / "gone" / "letter.pdf", put(b"x"))
    assert caught.value.code == "folder-missing"


def test_a_folder_of_that_name_is_not_replaced(tmp_path: Path):
    (tmp_path / "letter.pdf").mkdir()
    with pytest.raises(Problem) as caught:
        replace_file(tmp_path / "letter.pdf", put(b"x"))
    assert caught.value.code == "file-not-written"
    assert [entry.name for entry in tmp_path.iterdir()] == ["letter.pdf"]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk-full"),
        (errno.EROFS, "read-only-folder"),
        (errno.EACCES, "no-permission"),
        (errno.EPERM, "no-permission"),
        (errno.ENOENT, "folder-missing"),
        (errno.ENAMETOOLONG, "file-not-written"),
    ],
)
def test_every_failure_has_its_sentences_and_none_repeats_the_path(number: int, code: str):
    problem = file_problem(OSError(number, "whatever", "/home/someone/Ana Lopez.pdf"))
    assert problem.code == code
    assert problem.what and problem.safe and problem.do
    assert "Ana" not in problem.sentence


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes among the files")
def test_what_is_no_file_is_never_replaced(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("pipe")
    for name in ("pipe", "link"):
        with pytest.raises(Problem, match="could not be written"):
            replace_file(tmp_path / name, put(b"content"))
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
    assert {entry.name for entry in tmp_path.iterdir()} == {"pipe", "link"}
