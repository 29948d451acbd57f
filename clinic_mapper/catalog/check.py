"""Everything that is wrong with a catalog, not only the first thing: for the people who write it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec

from clinic_mapper.catalog.contract import departures
from clinic_mapper.catalog.decode import KINDS, Finding, decode_file, finding
from clinic_mapper.catalog.example_references import broken_examples
from clinic_mapper.catalog.load import Files, located, merged, raw_files, shipped_folder, twice
from clinic_mapper.catalog.model import CatalogFile
from clinic_mapper.catalog.references import broken_references
from clinic_mapper.catalog.rules import broken_rules

__all__ = ["Finding", "check_catalog"]


def check_catalog(folder: Path | None = None) -> list[Finding]:
    """Every problem of the catalog in a folder (the shipped one unless said otherwise), by file; empty when in order.

    Raises:
        Problem: `catalog-unreadable` when there is no catalog file or one cannot be read from the disk.
    """
    findings: list[Finding] = []
    files: Files = []
    unread: set[str] = set()
    for name, raw in raw_files(shipped_folder() if folder is None else folder):
        file, found = _file(name, raw, unread)
        findings += found
        files.append((name, file))
    findings += twice(files)
    findings += _one_version(files)
    catalog = merged(files)
    for broken in (*broken_references(catalog), *broken_examples(catalog), *broken_rules(catalog)):
        # A name that leads to a row which could not be read is not unknown; that row has its own finding.
        if not any(f'"{row_id}"' in broken[3] for row_id in unread):
            findings.append(located(broken, files))
    return sorted(set(findings))


def _file(name: str, raw: bytes, unread: set[str]) -> tuple[CatalogFile, list[Finding]]:
    """The rows of a file that can be read, and what is wrong with the file; ids of rows that cannot go to `unread`."""
    decoded = decode_file(name, raw)
    try:
        found = list(departures(name, raw))
    except (ValueError, RecursionError):  # not JSON, or not text: the decoder has said where
        return CatalogFile(), [decoded] if isinstance(decoded, Finding) else []
    if isinstance(decoded, CatalogFile):
        return decoded, found
    return _readable_rows(json.loads(raw), unread), found or [decoded]


def _readable_rows(tree: Any, unread: set[str]) -> CatalogFile:
    """The rows that can be read in a file that as a whole cannot."""
    if not isinstance(tree, dict):
        return CatalogFile()
    kept: dict[str, Any] = {key: tree[key] for key in ("version", "as_of") if isinstance(tree.get(key), str)}
    for kind in KINDS:
        rows = tree.get(kind)
        for row in rows if isinstance(rows, list) else []:
            try:
                msgspec.convert({kind: [row]}, CatalogFile)
            except msgspec.ValidationError:
                unread.add(str(row.get("id")) if isinstance(row, dict) else "")
            else:
                kept.setdefault(kind, []).append(row)
    return msgspec.convert(kept, CatalogFile)


def _one_version(files: Files) -> list[Finding]:
    """`version` and `as_of` stand in one file."""
    homes = [name for name, file in files if file.version is not None or file.as_of is not None]
    if len(homes) == 1 and all(file.version and file.as_of for name, file in files if name in homes):
        return []
    where = ", ".join(homes) or "none"
    return [finding(homes[-1] if homes else "", "", "version", f"one file gives version and as_of; found in: {where}")]
