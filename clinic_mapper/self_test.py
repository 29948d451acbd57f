"""`clinic-mapper self-test`: the whole main job once, in a temporary folder, on the machine at hand."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import traceback
from collections.abc import Callable
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TextIO

from clinic_mapper import __version__

LIBRARIES = (
    "PySide6_Essentials",
    "sqlcipher3",
    "sqlite-utils",
    "PyNaCl",
    "reportlab",
    "pikepdf",
    "pypdfium2",
    "uharfbuzz",
    "msgspec",
)
FIXED_DAY = date(2026, 1, 31)


def run_self_test(out: TextIO) -> bool:
    """Run every step, print a line for each, and say whether all of them worked. Opens no socket, keeps no file."""
    print(f"Clinic Mapper {__version__}, Python {platform.python_version()}, {platform.system()}", file=out)
    for name in LIBRARIES:
        print(f"  {name} {_version(name)}", file=out)
    with tempfile.TemporaryDirectory(prefix="clinic-mapper-self-test-") as folder:
        results = [_step(out, name, step, Path(folder)) for name, step in STEPS]
    good = all(results)
    print("Everything works." if good else "Something does not work; see above.", file=out)
    return good


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "(version not recorded)"


def _step(out: TextIO, name: str, step: Callable[[Path], str], folder: Path) -> bool:
    try:
        said = step(folder)
    except Exception:  # the point of this command is to tell, whatever it is
        print(f"FAILED  {name}", file=out)
        print(traceback.format_exc(), file=out)
        return False
    print(f"ok      {name}{': ' + said if said else ''}", file=out)
    return True


def _catalog(_: Path) -> str:
    from clinic_mapper.catalog.load import load_catalog

    catalog = load_catalog()
    return f"{len(catalog.systems)} systems, {len(catalog.flows)} flows, {len(catalog.restrictions)} restrictions"


def _vault(folder: Path) -> str:
    from clinic_mapper.vault.opening import create_vault, open_vault
    from clinic_mapper.whole_job import sample_matter

    place, passphrase = folder / "vault", "an invented passphrase for this test"
    vault = create_vault(place, passphrase)
    matter = sample_matter()
    name = vault.new_matter(matter)
    vault.close()
    again = open_vault(place, passphrase)
    kept = again.load(name)
    again.close()
    if kept != matter:
        raise AssertionError("the matter that came back is not the matter that was saved")
    return "made, locked, unlocked, the matter is the same"


def _whole_job(folder: Path) -> str:
    from clinic_mapper.whole_job import write_demo

    paths = list(write_demo(folder / "demo", FIXED_DAY))
    return ", ".join(path.name for path in paths)


def _window(_: Path) -> str:
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # Qt would end the process where there is no display
    from clinic_mapper.ui.start import try_window

    return try_window()


STEPS: tuple[tuple[str, Callable[[Path], str]], ...] = (
    ("catalog loads", _catalog),
    ("vault", _vault),
    ("case, map, picture and memos", _whole_job),
    ("window", _window),
)
