"""Every place of ours from which something can leave the program is on a short list, with the reason why it may."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "clinic_mapper"

VAULT = "the vault: encrypted, in its own folder"
SAFE = "settings or reports, without a word about a client"
GATE = "proved for its reader by the lines before"
TERMINAL = "what a person asked for on their own terminal, from a case file that they hold (docs/readers.md)"
OURS = "our own words, or words of the catalog"
FOLDER = "the folder that a person named; nothing is written in it here"
NOTHING = "the null device, or nothing at all"

WAYS_OUT: dict[str, dict[str, str]] = {
    "__main__.py": {"opens to write": NOTHING},
    "cli.py": {"prints": TERMINAL, "opens to write": NOTHING},
    "file_replace.py": {"opens to write": "the one place where files are written; who calls it is listed here too"},
    "self_test.py": {"temporary": "the sample alone, in a folder that goes at once", "prints": OURS},
    "whole_job.py": {"makes a folder": FOLDER},
    "memo/export.py": {"writes a file": GATE},
    "memo/export_map.py": {"writes a file": GATE},
    "memo/export_picture.py": {"writes a file": GATE},
    "memo/export_text.py": {"writes a file": GATE},
    "memo/pdf_surfaces.py": {"saves": "into memory, to be searched"},
    "memo/draw_finish.py": {"saves": "into memory, to be searched"},
    "vault/creation.py": {"moves": VAULT, "makes a folder": VAULT},
    "vault/driver.py": {"opens to write": VAULT, "database": VAULT},
    "vault/manifest.py": {"writes a file": VAULT},
    "vault/migrations.py": {"writes a file": VAULT, "copies": VAULT},
    "vault/occupancy.py": {"opens to write": VAULT},
    "vault/recovery.py": {"writes a file": VAULT, "copies": VAULT},
    "ui/mishaps.py": {"writes a file": SAFE, "makes a folder": SAFE, "prints": SAFE},
    "ui/clipboard.py": {"clipboard": "a text that was proved for its reader: who hands one out is tested below"},
    "ui/map_details.py": {"clipboard": NOTHING},
    "ui/mishap_window.py": {"clipboard": SAFE},
    "ui/picture_png.py": {"saves": "into memory: pixels of a picture that was proved"},
    "ui/settings.py": {"settings": SAFE},
    "ui/start.py": {"temporary": "an empty vault, to try the window", "prints": OURS},
}
"""By file: each way in which something leaves there, and why it may."""

_BY_NAME = {
    **dict.fromkeys(("write_text", "write_bytes", "replace_file"), "writes a file"),
    **dict.fromkeys(("FileHandler", "RotatingFileHandler", "TextIOWrapper", "FileIO"), "writes a file"),
    **dict.fromkeys(("rename", "link", "symlink", "symlink_to", "hardlink_to", "renames"), "moves"),
    **dict.fromkeys(("copy", "copy2", "copyfile", "copyfileobj", "copytree", "move", "make_archive"), "copies"),
    **dict.fromkeys(("TemporaryDirectory", "NamedTemporaryFile", "TemporaryFile", "mkstemp", "mkdtemp"), "temporary"),
    **dict.fromkeys(("QTemporaryFile", "QTemporaryDir", "SpooledTemporaryFile"), "temporary"),
    **dict.fromkeys(("mkdir", "makedirs", "mkpath"), "makes a folder"),
    **dict.fromkeys(("QFile", "QSaveFile", "QPdfWriter", "QPrinter", "QSvgGenerator", "QImageWriter"), "Qt writes"),
    **dict.fromkeys(("QSettings",), "settings"),
    **dict.fromkeys(("setMimeData", "QMimeData", "QDrag", "setImage", "setPixmapData"), "clipboard"),
    **dict.fromkeys(("print", "pprint", "print_exc"), "prints"),
    **dict.fromkeys(("Popen", "run_command", "check_output", "check_call", "system", "startDetached"), "programs"),
    **dict.fromkeys(("openUrl", "QDesktopServices"), "programs"),
}
_WRITING = {"O_WRONLY", "O_RDWR", "O_CREAT", "O_APPEND", "O_TRUNC"}


def ways_out(tree: ast.Module) -> Iterator[str]:
    """In which ways something can leave where this code runs."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _of_call(node)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            modules = {alias.name for alias in node.names} | {getattr(node, "module", None) or ""}
            if any(name.split(".")[0] in ("sqlite3", "sqlcipher3", "dbm", "shelve") for name in modules):
                yield "database"
            if any(name.split(".")[0] in ("subprocess", "multiprocessing") for name in modules):
                yield "programs"


def _of_call(call: ast.Call) -> Iterator[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    on = ast.unparse(call.func.value) if isinstance(call.func, ast.Attribute) else ""
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    elsewhere = {"copy": "shutil", "system": "os", "link": "os"}  # names that mean harmless things in other places
    if name in _BY_NAME and on == elsewhere.get(name, on):
        yield _BY_NAME[name]
    if name in ("open", "fdopen"):
        modes = [each.value for each in given if isinstance(each, ast.Constant) and isinstance(each.value, str)]
        flags = {part.attr for each in given for part in ast.walk(each) if isinstance(part, ast.Attribute)}
        named = {part.id for each in given for part in ast.walk(each) if isinstance(part, ast.Name)}
        if any(set(mode) & set("wax+") and len(mode) <= 3 for mode in modes) or flags & _WRITING or "flags" in named:
            yield "opens to write"
    if name == "save" and on != "painter" and "vault" not in on and call.args:
        yield "saves"
    if name in ("setText", "setPixmap") and "clipboard" in on:
        yield "clipboard"
    if name in ("write", "writelines") and on in ("sys.stdout", "sys.stderr", "sys.__stdout__"):
        yield "prints"
    if name == "write" and on == "os":
        yield "opens to write"


def test_nothing_leaves_but_by_the_ways_that_are_listed():
    found = {
        file.relative_to(HOUSE).as_posix(): set(ways_out(ast.parse(file.read_text("utf-8"))))
        for file in sorted(HOUSE.rglob("*.py"))
    }
    assert {file: ways for file, ways in found.items() if ways} == {file: set(ways) for file, ways in WAYS_OUT.items()}


def test_a_way_out_is_seen():
    for code, way in {
        "open(name, 'w')": "opens to write",
        "path.open(mode='xb')": "opens to write",
        "os.open(name, os.O_CREAT | os.O_EXCL)": "opens to write",
        "path.write_bytes(data)": "writes a file",
        "shutil.copy(one, other)": "copies",
        "QGuiApplication.clipboard().setText(name)": "clipboard",
        "drag.setMimeData(data)": "clipboard",
        "picture.save('picture.png')": "saves",
        "QSettings('us', 'ours')": "settings",
        "print(matter)": "prints",
        "tempfile.mkstemp()": "temporary",
        "import sqlite3": "database",
        "QSaveFile(name)": "Qt writes",
    }.items():
        assert way in set(ways_out(ast.parse(code))), code


def test_what_is_written_as_a_memo_was_proved():
    """The files that hand bytes to the disk for readers prove them in the same breath."""
    proofs = {"memo/export.py": "prove", "memo/export_map.py": "_prove", "memo/export_text.py": "_searched"}
    proofs |= {"memo/export_picture.py": "_prove"}
    for file, proof in proofs.items():
        tree = ast.parse((HOUSE / file).read_text("utf-8"))
        functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
        called = {
            each.name: [_name(call) for call in ast.walk(each) if isinstance(call, ast.Call)] for each in functions
        }
        writers = [name for name, calls in called.items() if {"replace_file", "_save"} & set(calls) and name != "_save"]
        assert writers
        for name in writers:
            assert proof in called[name], f"{file}: {name} writes what it did not prove"


def test_what_is_copied_for_a_reader_was_proved():
    """One place hands a text to the clipboard, and it has the text from the work that searches it."""
    handing = {file: _calls(file, "hand_out") for file in HOUSE.rglob("*.py") if _calls(file, "hand_out")}
    assert {file.name: given for file, given in handing.items()} == {"export_page.py": ["text"]}
    assert "self._jobs.start(text_and_hash, memo, done=searched" in (HOUSE / "ui/export_page.py").read_text("utf-8")
    work = ast.parse((HOUSE / "ui/export_work.py").read_text("utf-8"))
    given = next(node for node in work.body if isinstance(node, ast.FunctionDef) and node.name == "text_and_hash")
    assert "text = text_to_copy(memo)" in ast.unparse(given)
    export = ast.parse((HOUSE / "memo/export_text.py").read_text("utf-8"))
    proved = next(node for node in export.body if isinstance(node, ast.FunctionDef) and node.name == "text_to_copy")
    assert "_searched" in [_name(call) for call in ast.walk(proved) if isinstance(call, ast.Call)]


def _calls(file: Path, method: str) -> list[str]:
    """What is given to a method of this name, wherever a file calls it."""
    tree = ast.parse(file.read_text("utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _name(node) == method]
    return [", ".join(map(ast.unparse, call.args)) for call in calls]


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
