"""What `pip install` gives is the working program: every resource is in the wheel, and it runs from there."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    [made] = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def names(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def files_of(folder):
    return [path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]


@pytest.mark.parametrize("folder", ["resources", "schemas"])
def test_every_file_that_travels_with_the_program_is_in_the_wheel(names, folder):
    expected = {f"clinic_mapper/{path.relative_to(ROOT).as_posix()}" for path in files_of(folder)}
    assert expected, f"{folder}/ is empty"
    assert not expected - names


def test_every_module_is_in_the_wheel_and_nothing_else_is(names):
    modules = {path.relative_to(ROOT).as_posix() for path in files_of("clinic_mapper")}
    assert not modules - names
    assert {name.split("/")[0].split("-")[0] for name in names} == {"clinic_mapper"}


def test_the_wheel_asks_for_the_one_qt_release_that_works(wheel):
    with zipfile.ZipFile(wheel) as archive:
        [metadata] = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        lines = archive.read(metadata).decode("utf-8").lower().splitlines()
    assert "requires-dist: pyside6-essentials==6.11.3" in lines
    assert "license-expression: apache-2.0" in lines


def test_the_program_runs_from_the_wheel(wheel, tmp_path):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "site"), "QT_QPA_PLATFORM": "offscreen"}
    where = "import clinic_mapper.resource_files as r; print(r.__file__, r.resources(), r.schemas(), sep='\\n')"
    for path in run([sys.executable, "-c", where], tmp_path, env).stdout.splitlines():
        assert Path(path).is_relative_to(tmp_path / "site")
        assert Path(path).exists()
    assert run([sys.executable, "-m", "clinic_mapper", "self-test"], tmp_path, env).returncode == 0


def run(command, folder, env):
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done
