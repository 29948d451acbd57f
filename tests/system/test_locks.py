"""The locks name everything exactly, with hashes, and say nothing about where it comes from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = {name: ROOT / "packaging" / "locks" / f"{name}.txt" for name in ("runtime", "dev")}


def name_of(requirement):
    return re.sub(r"[-_.]+", "-", re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]).lower()


def pinned(lock):
    """What a lock pins: version by name, and how many hashes stand under each."""
    text = re.sub(r"\s*#.*", "", lock.read_text("utf-8")).replace("\\\n", " ")
    rows = [line for line in text.splitlines() if line.strip()]
    versions = {name_of(row): row.split("==")[1].split()[0] for row in rows}
    return versions, {name_of(row): row.count("--hash=sha256:") for row in rows}


@pytest.mark.parametrize("lock", LOCKS.values(), ids=list(LOCKS))
def test_every_requirement_is_exact_and_hashed(lock):
    versions, hashes = pinned(lock)
    assert len(versions) > 10
    assert all(hashes.values())


@pytest.mark.parametrize("lock", LOCKS.values(), ids=list(LOCKS))
def test_a_lock_names_no_place(lock):
    assert not re.search(r"https?:|file:|index-url|find-links|trusted-host", lock.read_text("utf-8"))


def test_both_locks_pin_the_same_versions():
    runtime, dev = (pinned(lock)[0] for lock in LOCKS.values())
    assert runtime.items() <= dev.items()


def test_the_locks_hold_what_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    runtime, dev = (pinned(lock)[0] for lock in LOCKS.values())
    assert {name_of(asked) for asked in project["dependencies"]} <= set(runtime)
    assert {name_of(asked) for asked in project["optional-dependencies"]["dev"]} <= set(dev)


def test_qt_is_the_release_that_does_not_abort():
    assert pinned(LOCKS["runtime"])[0]["pyside6-essentials"] == "6.11.3"
