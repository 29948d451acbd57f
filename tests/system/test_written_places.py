"""While the whole job runs, only the vault, the files that were asked for and the settings are opened for writing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Python imports a module of this name before anything else: the listener is there before the program is.
LISTENER = """
import os, sys
log = os.open(os.environ["HEARD"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT

def hear(event, args):
    if event == "open" and args[0] is not None and not isinstance(args[0], int):
        mode, flags = args[1], args[2]
        if (flags or 0) & writing if mode is None else set(mode) & set("wax+"):
            os.write(log, (os.path.abspath(os.fsdecode(args[0])) + os.linesep).encode())
    elif event in ("os.rename", "os.link", "os.symlink", "shutil.copyfile", "shutil.move"):
        os.write(log, (os.path.abspath(os.fsdecode(args[1])) + os.linesep).encode())

sys.addaudithook(hear)
"""


@pytest.fixture
def written(tmp_path):
    """Runs Python on a machine where everybody's own folders are new ones; returns what was opened for writing there
    and elsewhere, and what is left, as paths from the top."""
    for name in ("listener", "home", "temporary", "work"):
        (tmp_path / name).mkdir()
    (tmp_path / "listener" / "sitecustomize.py").write_text(LISTENER, "utf-8")
    log = tmp_path / "listener" / "heard.txt"

    def run(*arguments: str) -> tuple[set[str], set[str]]:
        env = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "HYPOTHESIS"))}
        env |= {"PYTHONPATH": os.pathsep.join([str(tmp_path / "listener"), str(ROOT)]), "PYTHONDONTWRITEBYTECODE": "1"}
        env |= {"HEARD": str(log), "HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path / "temporary")}
        env |= {"QT_QPA_PLATFORM": "offscreen"}
        done = subprocess.run(
            [sys.executable, *arguments], cwd=tmp_path / "work", env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        heard = {_from(tmp_path, Path(line)) for line in log.read_text("utf-8").splitlines()}
        left = {_from(tmp_path, path) for path in tmp_path.rglob("*") if path.is_file()}
        return heard - {os.devnull}, {path for path in left if not path.startswith("listener/")}

    return run


def _from(top: Path, path: Path) -> str:
    return path.relative_to(top).as_posix() if path.is_relative_to(top) else path.as_posix()


def _is_new(path: str) -> bool:
    """A file that `replace_file` writes under a name of its own, beside the one that it replaces."""
    return path.rpartition("/")[2].startswith(".") and path.endswith(".new")


def test_the_demo_writes_the_files_it_names_and_no_other(written):
    heard, left = written("-m", "clinic_mapper", "demo", "--out", "out")
    named = {
        "case.json",
        "map.json",
        "map.svg",
        "map.png",
        "memo-supervisor.pdf",
        "memo-cocounsel.pdf",
        "memo-client.pdf",
    }
    assert left == {f"work/out/{name}" for name in named}
    assert {path for path in heard if not _is_new(path)} <= left
    assert all(path.startswith("work/out/") for path in heard)


def test_the_self_test_leaves_nothing(written):
    heard, left = written("-m", "clinic_mapper", "self-test")
    assert heard
    assert all(path.startswith("temporary/") for path in heard)
    assert not left


def test_a_map_writes_nothing(written):
    sample = str(ROOT / "resources" / "samples" / "sample-matter.json")
    assert written("-m", "clinic_mapper", "map", sample) == (set(), set())


def test_the_whole_job_in_the_window_writes_into_the_vault_the_chosen_file_and_the_settings(written, tmp_path):
    job = str(ROOT / "tests" / "gui" / "test_main_job.py") + "::test_the_whole_job_by_keyboard"
    quiet = ["-p", "no:cacheprovider", "-p", "no:randomly", "-s", "-q", f"--basetemp={tmp_path / 'work' / 'people'}"]
    heard, left = written("-m", "pytest", *quiet, "-c", str(ROOT / "pyproject.toml"), f"--rootdir={ROOT}", job)
    places = {path.split("/", 3)[3] for path in left if path.startswith("work/people/")}
    outside = {path for path in heard | left if not path.startswith("work/people/")}
    assert not outside, "something was written where nobody asked for it"
    assert {place for place in places if not place.startswith("vault/")} <= {"memo-cocounsel.pdf", "settings.ini"}
    assert "memo-cocounsel.pdf" in places
    assert any(place.startswith("vault/") for place in places)


def test_the_listener_hears_whoever_writes(written):
    heard, left = written("-c", "open('here.txt', 'w').close(); import os; os.close(os.open('there', os.O_CREAT))")
    assert heard == left == {"work/here.txt", "work/there"}
