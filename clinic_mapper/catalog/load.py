"""Reads the catalog: every file under a folder, typed, merged and indexed, or a sentence that names file, row and key.

The fast path decodes with msgspec alone. Files are looked at a second time only to say what is wrong with them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from operator import attrgetter
from pathlib import Path
from typing import Any

from clinic_mapper.catalog.decode import KINDS, Finding, decode_file, finding
from clinic_mapper.catalog.model import Catalog, CatalogFile
from clinic_mapper.catalog.references import Broken, broken_references
from clinic_mapper.file_read import bounded_bytes
from clinic_mapper.problem import Problem
from clinic_mapper.resource_files import resources

Files = list[tuple[str, CatalogFile]]
"""Catalog files by their path inside the folder, in the order of these paths."""


def shipped_folder() -> Path:
    """The folder of the catalog that travels with the program."""
    return resources() / "catalog"


def load_catalog(folder: Path | None = None) -> Catalog:
    """The catalog in a folder (the shipped one unless said otherwise), every row under its id.

    Raises:
        Problem: `catalog-invalid` when a file is not JSON, a row has an unknown key, a wrong type or no cite, an id
            stands twice, or a row names something that does not exist; `catalog-unreadable` when a file cannot be read.
    """
    folder = shipped_folder() if folder is None else folder
    files = read_files(folder)
    catalog = merged_once(files)
    for broken in broken_references(catalog):
        raise refusal(located(broken, files))
    return catalog


def read_files(folder: Path) -> Files:
    """Every catalog file under a folder, decoded. Raises `Problem` at the first that cannot be."""
    files: Files = []
    for name, raw in raw_files(folder):
        decoded = decode_file(name, raw)
        if isinstance(decoded, Finding):
            raise refusal(decoded)
        files.append((name, decoded))
    return files


def raw_files(folder: Path) -> list[tuple[str, bytes]]:
    """The name (path inside the folder, with `/`) and the bytes of every `*.json` there, in the order of the names.

    Raises:
        Problem: `catalog-unreadable` when the folder holds no such file or one cannot be read.
    """
    try:
        found = sorted((name, _read(path)) for name, path in _paths(folder))
    except OSError as error:
        where = f" (“{error.filename}”)" if error.filename else ""
        raise Problem(
            "catalog-unreadable", f"The catalog cannot be read{where}: {error.strerror}.", _SAFE, _DO
        ) from error
    if not found:
        raise Problem("catalog-unreadable", f"There is no catalog file in {folder}.", _SAFE, _DO)
    return found


def _paths(folder: Path) -> Iterable[tuple[str, str]]:
    """Catalog files: their names and where they are. Plain text paths take a third of the time of `rglob`."""
    if folder.is_file():
        yield folder.name, str(folder)
        return
    for place, _, names in os.walk(folder, onerror=_unreadable):
        inside = place[len(str(folder)) :].replace(os.sep, "/").strip("/")
        for name in names:
            if name.endswith(".json"):
                yield f"{inside}/{name}" if inside else name, os.path.join(place, name)  # noqa: PTH118


def _read(path: str) -> bytes:
    return bounded_bytes(path, _LARGEST_FILE)


def _unreadable(error: OSError) -> None:
    raise error


def refusal(found: Finding) -> Problem:
    """The problem that keeps a catalog from being used."""
    return Problem("catalog-invalid", f"The catalog is not in order: {found.sentence}", _SAFE, _DO)


def located(broken: Broken, files: Files) -> Finding:
    """A broken reference with the file in which its row stands; of several files the last, which counts."""
    kind, row_id, key, what = broken
    homes = [name for name, file in files if any(row.id == row_id for row in getattr(file, kind))]
    return finding(homes[-1] if homes else "", f'{KINDS[kind]} "{row_id}"', key, what)


def twice(files: Files) -> Iterable[Finding]:
    """Every id that stands twice among the rows of one kind."""
    for kind, word in KINDS.items():
        home: dict[str, str] = {}
        for name, file in files:
            for row in getattr(file, kind):
                if row.id in home:
                    yield finding(name, f'{word} "{row.id}"', "id", f"this id stands also in {home[row.id]}")
                home.setdefault(row.id, name)


ORDER_IS_MEANT = ("client_questions", "shared_questions", "agency_kinds", "when_forms")
"""Kinds whose rows are shown in the order of their file: the order in which they are asked."""


def in_order(kind: str, rows: dict[str, Any]) -> dict[str, Any]:
    """Rows by their ids, or in the order in which they are meant to be shown."""
    return rows if kind in ORDER_IS_MEANT else {row_id: rows[row_id] for row_id in sorted(rows)}


def merged(files: Files) -> Catalog:
    """The rows of all files in one catalog, as they are; where an id stands twice, the last row counts."""
    lists: dict[str, Any] = {}
    held = [file for _, file in files]
    for kind in KINDS:
        rows = {row.id: row for of_file in map(attrgetter(kind), held) for row in of_file}
        lists[kind] = in_order(kind, rows)
    return Catalog(
        version=next((file.version for _, file in files if file.version), ""),
        as_of=next((file.as_of for _, file in files if file.as_of), ""),
        notes=tuple(note for _, file in files for note in file.notes),
        **lists,
    )


def merged_once(files: Files) -> Catalog:
    """The same, refused where an id stands twice."""
    catalog = merged(files)
    for kind in KINDS:
        if len(getattr(catalog, kind)) != sum(len(getattr(file, kind)) for _, file in files):
            raise refusal(next(iter(twice(files))))
    return catalog


_LARGEST_FILE = 16 << 20
"""Bytes of one catalog file; the largest that ships has a fortieth of it."""

_SAFE = "No matter was touched, and the catalog in use before stays in use."
_DO = "Mend the named row or remove the file, then try again."
