"""Folders made to hurt: each is refused in a sentence that names the file, and nobody waits for it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from clinic_mapper.catalog.check import check_catalog
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.problem import Problem

DEEP = b"[" * 100_000 + b"]" * 100_000


@pytest.mark.parametrize(
    "content",
    [DEEP, b"[" * 500_000, b'{"unknown":' + DEEP + b"}", b'{"notes":[' + DEEP + b"]}", b'{"flows":' * 100_000],
    ids=["lists", "lists without end", "under an unknown key", "under a known key", "objects"],
)
def test_what_stands_too_deep_is_a_finding(tmp_path: Path, content: bytes):
    (tmp_path / "deep.json").write_bytes(content)
    assert [found.file for found in check_catalog(tmp_path) if found.file] == ["deep.json"]
    with pytest.raises(Problem, match=r"deep\.json"):
        load_catalog(tmp_path)


def test_a_file_that_is_too_large_is_named_and_not_read(tmp_path: Path):
    with (tmp_path / "large.json").open("wb") as file:
        file.truncate(1 << 36)
    with pytest.raises(Problem, match=r"large\.json.*too large"):
        load_catalog(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="pipes and links as files")
def test_pipes_and_links_that_lead_round_are_named(tmp_path: Path):
    os.mkfifo(tmp_path / "odd.json")
    with pytest.raises(Problem, match=r"odd\.json"):
        check_catalog(tmp_path)
    (tmp_path / "odd.json").unlink()
    (tmp_path / "odd.json").symlink_to("odd.json")
    with pytest.raises(Problem, match=r"odd\.json"):
        check_catalog(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="links as folders")
def test_a_folder_within_itself_is_read_once(tmp_path: Path):
    (tmp_path / "catalog.json").write_bytes(b'{"version":"1","as_of":"2026-01"}')
    (tmp_path / "again").symlink_to(".")
    assert check_catalog(tmp_path) == []
