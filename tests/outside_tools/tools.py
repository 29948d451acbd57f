"""Programs that others wrote, run over finished files: what each of them gets out of a PDF."""

from __future__ import annotations

import csv
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

PROGRAMS = {
    "pdftotext": "poppler-utils",
    "qpdf": "qpdf",
    "exiftool": "libimage-exiftool-perl",
    "mat2": "mat2",
}
"""Each program, and the Debian package that brings it."""
ALL_MUST_BE_HERE = "CLINIC_MAPPER_ALL_TOOLS"
"""Set by the check on a clean checkout: there, a tool that is missing is a failure and no reason to skip."""

_LOOK_FOR_BAD_REDACTIONS = """
import asyncio, json, sys, warnings
warnings.simplefilter("ignore")
import xray
async def look():
    return {name: await xray.inspect(name) for name in sys.argv[1:]}
print(json.dumps(asyncio.run(look())))
"""


def missing() -> list[str]:
    """The tools that are not on this machine."""
    absent = [f"{name} (Debian: {package})" for name, package in PROGRAMS.items() if shutil.which(name) is None]
    if importlib.util.find_spec("xray") is None:
        absent.append("x-ray (a development dependency)")
    return absent


def need_all() -> None:
    """Skips the test where a tool is missing; fails it where all were promised."""
    if absent := missing():
        said = f"Programs that look into finished files are missing here: {', '.join(absent)}."
        if os.environ.get(ALL_MUST_BE_HERE):
            pytest.fail(said, pytrace=False)
        pytest.skip(said)


def run(*command: str | Path, good: Sequence[int] = (0,)) -> bytes:
    """What a program says on standard output, in a plain environment."""
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": os.environ.get("HOME", "/")}
    if command[0] == sys.executable and "PYTHONPATH" in os.environ:
        env["PYTHONPATH"] = os.environ["PYTHONPATH"]
    done = subprocess.run([str(part) for part in command], capture_output=True, check=False, env=env)
    assert done.returncode in good, f"{command[0]}: {done.stdout!r} {done.stderr!r}"
    return done.stdout


def text_of(pdf: Path, *how: str) -> str:
    """The text of a file as poppler lays it out; with `-raw` in the order in which it is drawn."""
    return run("pdftotext", *how, pdf, "-").decode("utf-8", "replace")


def opened_up(pdf: Path) -> bytes:
    """The file with every stream unpacked and every object on lines of its own. qpdf has no word to say about it."""
    return run("qpdf", "--qdf", "--object-streams=disable", "--no-original-object-ids", pdf, "-")


def check(pdf: Path) -> None:
    """qpdf finds nothing wrong in the file."""
    said = run("qpdf", "--check", pdf)
    assert b"No syntax or stream encoding errors found" in said and b"WARNING" not in said, said


def properties(pdfs: Sequence[Path]) -> dict[str, dict[str, Any]]:
    """All that exiftool finds, unknown and hidden properties among it, by file name."""
    found = json.loads(run("exiftool", "-j", "-a", "-u", "-U", "-ee3", "-G1", "-struct", *pdfs))
    return {Path(each["SourceFile"]).name: each for each in found}


def metadata(pdfs: Sequence[Path]) -> dict[str, dict[str, str]]:
    """What mat2 would take away, by file name."""
    said = run("mat2", "--show", *pdfs).decode("utf-8", "replace")
    found: dict[str, dict[str, str]] = {}
    for part in re.split(r"^\[\+\] Metadata for ", said, flags=re.MULTILINE)[1:]:
        name, _, lines = part.partition(":\n")
        rows = (line.strip().partition(": ") for line in lines.splitlines() if line.strip())
        found[Path(name).name] = {key: value for key, _, value in rows}
    return found


def bad_redactions(pdfs: Sequence[Path]) -> dict[str, Any]:
    """What the Free Law Project's x-ray finds under boxes, by file name."""
    found = json.loads(run(sys.executable, "-c", _LOOK_FOR_BAD_REDACTIONS, *pdfs))
    return {Path(name).name: pages for name, pages in found.items()}


def read(path: Path) -> str:
    """Every string in an SVG, JSON or CSV file, as a library reads it: escapes hide nothing. Text is read as it is."""
    data = path.read_bytes()
    if path.suffix == ".txt":
        return data.decode()
    if path.suffix == ".csv":
        return "\n".join(cell for row in csv.reader(StringIO(data.decode(), newline="")) for cell in row)
    if path.suffix == ".json":
        return "\n".join(_strings_of(json.loads(data)))
    return "\n".join(text for each in ElementTree.fromstring(data).iter() for text in _said_by(each))


def _strings_of(value: object) -> Iterable[str]:
    if isinstance(value, dict):
        value = [*value.keys(), *value.values()]
    if isinstance(value, list):
        for each in value:
            yield from _strings_of(each)
    else:
        yield str(value)


def _said_by(element: ElementTree.Element) -> Iterable[str]:
    return (*element.attrib.values(), element.text or "", element.tail or "")


_LITERAL = re.compile(rb"\((?:[^\\()]|\\.)*\)", re.DOTALL)
_HEX = re.compile(rb"<([0-9a-fA-F\s]{4,})>")
_NAME = re.compile(rb"/[^\s/<>\[\](){}%]+")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\n|.)", re.DOTALL)


@cache
def _numbers() -> dict[bytes, bytes]:
    return {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b""}


def strings_in(opened: bytes) -> str:
    """Every string and name of an unpacked file as text, one a line, read as each encoding it may be in."""
    return "\n".join(_decoded(_strings(opened)))


def _strings(opened: bytes) -> Iterable[bytes]:
    def meant(found: re.Match[bytes]) -> bytes:
        said = found[1]
        return bytes([int(said, 8) & 255]) if said[:1].isdigit() and said < b"8" else _numbers().get(said, said)

    for literal in _LITERAL.findall(opened):
        yield _ESCAPE.sub(meant, literal[1:-1])
    for digits in _HEX.findall(opened):
        plain = b"".join(digits.split())
        yield bytes.fromhex((plain + b"0" * (len(plain) % 2)).decode())
    for name in _NAME.findall(opened):
        yield re.sub(rb"#([0-9a-fA-F]{2})", lambda found: bytes([int(found[1], 16)]), name)


def _decoded(strings: Iterable[bytes]) -> Iterable[str]:
    for each in dict.fromkeys(strings):
        yield each.decode("latin-1")
        if not each.isascii() or b"\0" in each:
            yield each.decode("utf-8", "ignore")
            yield each.decode("utf-16-be", "ignore")
