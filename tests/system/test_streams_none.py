"""A start from an icon has no console: no stream to print to, sometimes not even a descriptor. Nothing may break."""

from __future__ import annotations

import os
import stat
import subprocess
import sys

import pytest

WITHOUT_STREAMS = """
import sys
sys.stdin = sys.stdout = sys.stderr = None
sys.argv = ["clinic-mapper", *sys.argv[1:]]
from clinic_mapper.__main__ import main
sys.exit(main())
"""
ANSWERS = [(["self-test"], 0), (["map", "no-such-file.json"], 1), (["no-such-command"], 2)]
posix = pytest.mark.skipif(os.name == "nt", reason="closing a descriptor is said in the words of a POSIX shell")


def run(command, folder):
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("arguments", "code"), ANSWERS, ids=["done", "refused", "usage"])
def test_without_streams_the_answer_is_the_same(tmp_path, arguments, code):
    done = run([sys.executable, "-c", WITHOUT_STREAMS, *arguments], tmp_path)
    assert done.returncode == code, done.stderr


@posix
@pytest.mark.parametrize(("arguments", "code"), ANSWERS, ids=["done", "refused", "usage"])
def test_with_closed_descriptors_the_answer_is_the_same(tmp_path, arguments, code):
    closed = ["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh"]
    assert run([*closed, sys.executable, "-m", "clinic_mapper", *arguments], tmp_path).returncode == code


@posix
def test_a_file_never_takes_the_place_of_a_closed_stream(tmp_path):
    script = (
        "from clinic_mapper.__main__ import occupy_standard_descriptors as occupy\n"
        "occupy()\n"
        f"kept = open({str(tmp_path / 'kept')!r}, 'w')\n"
        "kept.write(str(kept.fileno()))\n"
    )
    done = run(["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", sys.executable, "-c", script], tmp_path)
    assert done.returncode == 0
    assert int((tmp_path / "kept").read_text("utf-8")) > 2


@posix
def test_what_the_program_writes_is_its_owners_alone(tmp_path):
    done = run([sys.executable, "-m", "clinic_mapper", "demo", "--out", "out"], tmp_path)
    assert done.returncode == 0, done.stderr
    made = [tmp_path / "out", *(tmp_path / "out").iterdir()]
    assert len(made) > 1
    open_to_others = [path.name for path in made if stat.S_IMODE(path.stat().st_mode) & 0o077]
    assert not open_to_others


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_help_prints_through_a_pipe_of_any_encoding(tmp_path, encoding):
    env = {**os.environ, "PYTHONIOENCODING": encoding}
    command = [sys.executable, "-m", "clinic_mapper", "catalog", "list"]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode("utf-8")
