"""The whole job, done in a process that is listened to, opens no internet socket and looks up no name."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Python imports a module of this name before anything else: the listener is there before the program is.
LISTENER = """
import atexit, os, sys
log = os.open(os.environ["HEARD"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)

def write(line):
    os.write(log, (line + os.linesep).encode())

def hear(event, args):
    if event.startswith("socket."):
        family = args[1] if event == "socket.__new__" else getattr(args[0], "family", None)
        if event != "socket.gethostname" and (family is None or int(family) in (2, 10, 23, 30)):
            write(f"{event} {args[1:]}")

def libraries():
    if "PySide6.QtNetwork" in sys.modules:
        write("PySide6.QtNetwork imported")
    if os.path.exists("/proc/self/maps"):
        with open("/proc/self/maps") as maps:
            if "libQt6Network" in maps.read():
                write("libQt6Network loaded")

atexit.register(libraries)
sys.addaudithook(hear)
write("listening")
"""


@pytest.fixture
def heard_from(tmp_path):
    """Runs a Python process in `tmp_path` and returns (the finished process, what the listener heard)."""
    (tmp_path / "listener").mkdir()
    (tmp_path / "listener" / "sitecustomize.py").write_text(LISTENER, "utf-8")

    def run(*arguments: str) -> tuple[subprocess.CompletedProcess[str], list[str]]:
        log = tmp_path / "heard.txt"
        paths = os.pathsep.join([str(tmp_path / "listener"), str(ROOT)])
        env = {**os.environ, "PYTHONPATH": paths, "HEARD": str(log), "QT_QPA_PLATFORM": "offscreen"}
        command = [sys.executable, *arguments]
        done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
        return done, log.read_text("utf-8").splitlines()

    return run


@pytest.mark.parametrize("arguments", [["self-test"], ["demo", "--out", "out"]], ids=lambda given: given[0])
def test_the_whole_job_opens_no_internet_socket(heard_from, arguments):
    done, heard = heard_from("-m", "clinic_mapper", *arguments)
    assert done.returncode == 0, done.stderr
    assert heard == ["listening"]


@pytest.mark.parametrize(
    "reach",
    [
        "socket.create_connection(('127.0.0.1', 9), timeout=1)",
        "socket.socket(socket.AF_INET6)",
        "socket.getaddrinfo('localhost', 80)",
    ],
    ids=["connection", "socket", "name"],
)
def test_the_listener_hears_whoever_reaches_out(heard_from, reach):
    _, heard = heard_from("-c", f"import socket\ntry:\n    {reach}\nexcept OSError:\n    pass")
    assert len(heard) > 1


def test_the_listener_sees_a_network_library(heard_from):
    _, heard = heard_from("-c", "import PySide6.QtNetwork")
    assert "PySide6.QtNetwork imported" in heard
