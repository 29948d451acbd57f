"""The house rules in sentences: who may import whom, what nobody may import, how long a file may grow."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "clinic_mapper"

MAY_IMPORT: dict[str, set[str]] = {
    "catalog": set(),
    "casefile": set(),
    "routing": {"catalog", "casefile"},
    "memo": {"routing", "catalog", "casefile"},
    "vault": {"casefile"},
    "ui": {
        *("vault", "memo", "routing", "catalog", "casefile"),
        *("clinic_layers", "clinic_letters", "clinic_profiles", "signed_memos"),
    },
    "clinic_layers.py": {"catalog"},
    "clinic_letters.py": {"memo"},
    "clinic_profiles.py": {"memo"},
    "signed_memos.py": {"memo", "casefile"},
}
BRIDGES = {"clinic_layers.py", "clinic_letters.py", "clinic_profiles.py", "signed_memos.py"}
FOUNDATION = {"problem", "resource_files", "gazetteer", "file_replace", "file_read", "kept_layers"}
REACHES_OUT = {
    *("socket", "socketserver", "ssl", "urllib", "http", "ftplib", "smtplib", "poplib", "imaplib", "telnetlib"),
    *("xmlrpc", "asyncio", "webbrowser", "requests", "httpx", "aiohttp", "urllib3"),
    *("PySide6.QtNetwork", "PySide6.QtWebSockets", "PySide6.QtHttpServer", "PySide6.QtNetworkAuth"),
}
DRAINS = {"utils", "util", "common", "helpers", "helper", "misc", "logic", "widgets"}
LONGEST_FILE = 400
LONGEST_FUNCTION = 60

FILES = sorted(HOUSE.rglob("*.py"))
every_file = pytest.mark.parametrize("file", FILES, ids=[f.relative_to(ROOT).as_posix() for f in FILES])


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"), str(file))


def package_of(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).parent.parts)


def imports_of(file: Path) -> set[str]:
    """Every module and name `file` imports, dotted and absolute, wherever in it the import stands."""
    return set(_imports(parsed(file), package_of(file)))


def _imports(tree: ast.Module, package: str) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = _absolute(node, package)
            yield start
            yield from (f"{start}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and _name_of(node.func) in {"import_module", "__import__"}:
            yield from (a.value for a in node.args[:1] if isinstance(a, ast.Constant) and isinstance(a.value, str))


def _absolute(node: ast.ImportFrom, package: str) -> str:
    above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
    return ".".join([*above, *([node.module] if node.module else [])])


def _name_of(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""


def is_within(imported: str, module: str) -> bool:
    return imported == module or imported.startswith(module + ".")


def own_parts_imported_by(file: Path) -> set[str]:
    """The rooms and other top-level modules of the house that `file` imports."""
    ours = {name.split(".")[1] for name in imports_of(file) if name.startswith("clinic_mapper.")}
    return {part for part in ours if (HOUSE / part).is_dir() or (HOUSE / f"{part}.py").is_file()}


def room_of(file: Path) -> str:
    return file.relative_to(HOUSE).parts[0]


def test_the_walls_are_where_this_test_looks():
    assert {"catalog", "casefile", "routing", "memo", "vault", "ui", *BRIDGES} == set(MAY_IMPORT)
    assert all((HOUSE / room / "__init__.py").is_file() or (HOUSE / room).is_file() for room in MAY_IMPORT)
    assert "PySide6.QtCore" in set(_imports(ast.parse("from PySide6.QtCore import Qt"), "clinic_mapper.ui"))
    assert "clinic_mapper.vault.x" in set(_imports(ast.parse("from ..vault import x"), "clinic_mapper.ui"))
    assert "socket" in set(_imports(ast.parse("def f():\n import_module('socket')"), "clinic_mapper"))


@every_file
def test_a_room_imports_only_the_rooms_it_may(file):
    room = room_of(file)
    if room in MAY_IMPORT:
        strangers = own_parts_imported_by(file) - MAY_IMPORT[room] - FOUNDATION - {room}
        assert not strangers, f"{room} must not know {', '.join(sorted(strangers))}"


@every_file
def test_what_every_room_stands_on_imports_no_room(file):
    if file.stem in FOUNDATION and file.parent == HOUSE:
        assert not own_parts_imported_by(file) - FOUNDATION, f"{file.stem} stands under every room"


@every_file
def test_only_the_window_knows_qt(file):
    if room_of(file) != "ui":
        qt = {name for name in imports_of(file) if name.split(".")[0] in {"PySide6", "shiboken6"}}
        assert not qt, f"{file.name} must work without a window"


@every_file
def test_nothing_of_ours_can_reach_a_network(file):
    reached = {name for name in imports_of(file) for module in REACHES_OUT if is_within(name, module)}
    assert not reached, f"{file.name} must not be able to reach out: {', '.join(sorted(reached))}"


@every_file
def test_only_the_vault_driver_knows_the_database_driver(file):
    if any(is_within(name, "sqlcipher3") for name in imports_of(file)):
        assert room_of(file) == "vault", f"{file.name} must ask the vault"


@every_file
def test_files_are_replaced_and_never_rewritten_in_place(file):
    if file.name != "file_replace.py":
        writers = [node.lineno for node in ast.walk(parsed(file)) if isinstance(node, ast.Call) and writes_a_file(node)]
        assert not writers, f"{file.name}:{writers[0]} must go through replace_file"


def writes_a_file(call: ast.Call) -> bool:
    """`open(…, "w")` and its kin, and `write_text`, `write_bytes`; the null device is not a person's file."""
    name = _name_of(call.func)
    if name in {"write_text", "write_bytes"}:
        return True
    modes = [a.value for a in [*call.args, *(k.value for k in call.keywords)] if isinstance(a, ast.Constant)]
    asks_to_write = any(isinstance(m, str) and 0 < len(m) <= 3 and m[0] in "wax" for m in modes)
    return name in {"open", "fdopen"} and asks_to_write and "devnull" not in ast.unparse(call)


@every_file
def test_no_name_is_a_drain(file):
    names = {file.stem, *file.relative_to(HOUSE).parent.parts}
    assert not names & DRAINS, "a name that fits everything collects everything"


@every_file
def test_a_file_can_be_read_in_one_sitting(file):
    length = len(file.read_text("utf-8").splitlines())
    assert length <= LONGEST_FILE, f"{file.name} has {length} lines"


@every_file
def test_a_function_fits_a_screen(file):
    functions = [n for n in ast.walk(parsed(file)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    lengths = {f.name: 1 + (f.end_lineno or f.lineno) - f.lineno for f in functions}
    long = {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION}
    assert not long, f"longer than {LONGEST_FUNCTION} lines: {long}"
