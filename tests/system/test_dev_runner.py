"""The developer's runner says what is missing, and the command that brings it, instead of failing in the middle."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MISSING = "ImportError: libEGL.so.1: cannot open shared object file"


@pytest.fixture
def dev():
    spec = importlib.util.spec_from_file_location("dev_runner", ROOT / "packaging" / "dev.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def debian(dev, monkeypatch):
    """A Debian on which Qt's libraries are missing until apt-get has run; returns what apt-get was asked to install."""
    asked: list[str] = []

    def answer(*command, env=None):
        if command[:2] == ("apt-cache", "policy"):
            known = command[2].endswith("t64") if "glib" in command[2] else not command[2].endswith("t64")
            return 0, f"  Candidate: {'1.0' if known else '(none)'}"
        if command[:2] == ("apt-get", "install"):
            asked.extend(part for part in command[2:] if not part.startswith("-"))
            return 0, ""
        if dev.LOAD_QT in command:
            return (0, "") if asked else (1, f"Traceback\n{MISSING}")
        return 0, ""

    monkeypatch.setattr(dev, "quietly", answer)
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(dev, "LINUX", True)
    return asked


def test_root_gets_the_libraries_by_the_names_this_system_knows(dev, debian, monkeypatch):
    monkeypatch.setattr(dev, "is_root", lambda: True)
    dev.make_qt_load()
    assert "libegl1" in debian
    assert "libglib2.0-0t64" in debian
    assert "libglib2.0-0" not in debian


def test_everybody_else_gets_the_command_and_nothing_is_installed(dev, debian, monkeypatch):
    monkeypatch.setattr(dev, "is_root", lambda: False)
    with pytest.raises(dev.Stop, match=r"sudo apt-get install .*libegl1") as stop:
        dev.make_qt_load()
    assert MISSING in str(stop.value)
    assert not debian


def test_where_there_is_no_apt_the_complaint_is_passed_on(dev, debian, monkeypatch):
    monkeypatch.setattr(dev.shutil, "which", lambda name: None)
    with pytest.raises(dev.Stop, match=r"libEGL\.so\.1"):
        dev.make_qt_load()


def test_a_python_without_venv_is_told_the_package(dev, monkeypatch):
    monkeypatch.setattr(dev, "quietly", lambda *command, env=None: (1, "No module named ensurepip"))
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(dev, "is_root", lambda: False)
    with pytest.raises(dev.Stop, match=r"sudo apt-get install python3\.\d+-venv"):
        dev.make_venv()


def test_an_older_python_is_told_so_in_a_sentence(dev, monkeypatch, capsys):
    monkeypatch.setattr(dev.sys, "version_info", (3, 9, 2))
    assert dev.main(["setup"]) == 1
    assert "needs Python 3.11 or newer; this is Python 3.9" in capsys.readouterr().err


def test_a_change_of_lock_place_or_python_is_noticed(dev, tmp_path, monkeypatch):
    lock = tmp_path / "lock.txt"
    lock.write_text("a==1", "utf-8")
    before = dev.fingerprint(lock)
    assert dev.fingerprint(lock) == before
    lock.write_text("a==2", "utf-8")
    assert dev.fingerprint(lock) != before
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    lock.write_text("a==1", "utf-8")
    assert dev.fingerprint(lock) != before


def test_without_a_display_the_reason_is_said(dev, monkeypatch):
    monkeypatch.setattr(dev, "LINUX", True)
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert "no display" in dev.display_complaint()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only there a display can be named and absent")
def test_a_display_that_does_not_answer_is_noticed(dev, monkeypatch):
    monkeypatch.setenv("DISPLAY", ":4711")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    assert "does not answer" in dev.display_complaint()


def test_an_unknown_command_shows_the_commands():
    command = [sys.executable, str(ROOT / "packaging" / "dev.py"), "dance"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=dict(os.environ))
    assert done.returncode == 2
    assert "no command dance" in done.stderr
    assert "make" in done.stderr


def test_the_runner_uses_the_standard_library_alone():
    script = "import runpy, sys; runpy.run_path(sys.argv[1])"
    command = [sys.executable, "-I", "-S", "-c", script, str(ROOT / "packaging" / "dev.py")]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
