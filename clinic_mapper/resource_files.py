"""Where the files that travel with the program stand: in a checkout, in a wheel and in a packaged folder."""

from __future__ import annotations

import sys
from pathlib import Path

_HERE = Path(__file__).resolve().parent


def _root() -> Path:
    bundle = getattr(sys, "_MEIPASS", None)  # set by PyInstaller
    if bundle:
        return Path(bundle) / "clinic_mapper"
    if (_HERE / "resources").is_dir():  # installed wheel
        return _HERE
    return _HERE.parent  # checkout


def resources() -> Path:
    """The folder `resources/`: catalog, profiles, fonts, places, sample matters."""
    return _root() / "resources"


def schemas() -> Path:
    """The folder `schemas/`: the published contract of every file this program reads."""
    return _root() / "schemas"
