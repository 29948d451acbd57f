"""Whoever makes a file, wherever and however set up: the same matter and catalog give the same bytes."""

from __future__ import annotations

import getpass
import os
import socket
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from clinic_mapper import __version__
from clinic_mapper.casefile.codec import decode_case
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.memo.export import for_export
from clinic_mapper.memo.export_picture import proved_picture, save_picture
from clinic_mapper.resource_files import resources
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.ui.export_work import CHOICES, Chosen, make_and_prove, save_csv_and_read_back, text_and_hash
from clinic_mapper.ui.picture_png import as_png
from clinic_mapper.whole_job import write_counts, write_memo

ROOT = Path(__file__).parents[2]
SAMPLE = resources() / "samples" / "sample-matter.json"
TODAY = date(2026, 1, 31)
MACHINES = {
    "one": {"HOME": "ana", "USER": "ana", "TZ": "Asia/Kathmandu", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    "another": {
        "HOME": "Zoë's laptop", "USER": "zoe", "TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8",
        "LANG": "ar_EG.UTF-8", "PYTHONHASHSEED": "77", "PYTHONUTF8": "1", "SOURCE_DATE_EPOCH": "86400", "COLUMNS": "40",
    },
}  # fmt: skip


def made_on(machine: str, folder: Path) -> dict[str, bytes]:
    """Everything that the demo writes, and a letter, by file name."""
    home = folder / MACHINES[machine]["HOME"]
    home.mkdir()
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **MACHINES[machine], "HOME": str(home)}
    letter = ["letter", str(SAMPLE), "--letter", "uscis-foia", "--confirmed", "--out", "out/letter.pdf"]
    for arguments in (["demo", "--out", "out"], letter):
        command = [sys.executable, "-m", "clinic_mapper", *arguments, "--today", TODAY.isoformat()]
        done = subprocess.run(command, cwd=home, env=env, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
    return {path.name: path.read_bytes() for path in sorted((home / "out").iterdir())}


def test_two_machines_make_the_same_files_and_leave_no_trace_of_themselves(tmp_path):
    one, another = (made_on(machine, tmp_path) for machine in MACHINES)
    assert len(one) == 8
    assert [name for name in one if one[name] != another[name]] == []
    traces = {"Asia/Kathmandu", "Zoë's", str(tmp_path), str(ROOT), f"Clinic Mapper {__version__}", "reportlab", "qpdf"}
    traces |= {"pikepdf", "ReportLab", "CreationDate", "ModDate", "Producer", "/Creator"}
    traces |= {name for name in (socket.gethostname(), getpass.getuser()) if len(name) > 5}
    for name, data in one.items():
        assert [trace for trace in traces if trace.encode() in data] == [], name


@pytest.mark.parametrize(
    "choice", [each for each in CHOICES if each.reader != "letter"], ids=lambda each: each.file_name
)
def test_the_window_and_the_command_line_make_the_same_file(choice, tmp_path):
    """As pages, as the text that is copied, and counts as a table."""
    matter, catalog, chosen = decode_case(SAMPLE.read_bytes()), load_catalog(), Chosen()
    if choice.reader == "court":
        chosen = Chosen(lines=tuple(line.id for line in map_exposure(for_export(matter), catalog, TODAY).lines[:2]))
    if choice.reader == "request":
        chosen = Chosen(contact=matter.touchpoints[0].id)
    in_the_window = make_and_prove(matter, catalog, TODAY, choice, chosen)
    forms = {".pdf": in_the_window.pdf, ".txt": text_and_hash(in_the_window)[0].encode("utf-8")}
    if choice.reader == "funder":
        save_csv_and_read_back(tmp_path / "window.csv", in_the_window)
        forms[".csv"] = (tmp_path / "window.csv").read_bytes()
    for suffix, wanted in forms.items():
        out = (tmp_path / choice.file_name).with_suffix(suffix)
        if choice.reader == "funder":
            write_counts([matter], choice.lang, out, TODAY)
        else:
            contacts = [chosen.contact] if chosen.contact else []
            write_memo(matter, choice.reader, choice.lang, out, TODAY, chosen.lines, contacts)
        assert out.read_bytes() == wanted


@pytest.mark.parametrize("name", ["map.svg", "map.png"])
def test_a_picture_is_the_same_with_a_window_and_without(name, tmp_path, qapp):
    """Here there is an application; the command line has none."""
    matter, catalog = decode_case(SAMPLE.read_bytes()), load_catalog()
    command = [sys.executable, "-m", "clinic_mapper", "picture", str(SAMPLE), "--today", TODAY.isoformat()]
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **MACHINES["another"], "HOME": str(tmp_path)}
    done = subprocess.run([*command, "--out", name], cwd=tmp_path, env=env, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    exposure = map_exposure(for_export(matter), catalog, TODAY)
    save_picture(tmp_path / f"window-{name}", proved_picture(matter, catalog, exposure), as_png)
    assert (tmp_path / name).read_bytes() == (tmp_path / f"window-{name}").read_bytes()
