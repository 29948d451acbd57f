"""What this computer remembers, in one table. Never anything about a client: a folder, sizes, minutes, a language."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSettings


@dataclass(frozen=True)
class Setting:
    """One row of the table. A number lies between `least` and `most`; a word is one of `choices`; else any text."""

    name: str
    words: str
    default: int | str
    least: int = 0
    most: int = 0
    choices: tuple[str, ...] = ()
    unit: str = ""

    def fits(self, value: int | str) -> bool:
        """Whether a value may be used."""
        if isinstance(self.default, int):
            return isinstance(value, int) and self.least <= value <= self.most
        return isinstance(value, str) and (not self.choices or value in self.choices)


VAULT_FOLDER = Setting("vault_folder", "The folder of the vault", "")
LOCK_AFTER = Setting("lock_after_minutes", "Lock when nobody types or points for", 10, 1, 60, unit="minutes")
TEXT_SIZE = Setting("text_size_percent", "Size of text", 100, 80, 200, unit="%")
QUESTION_LANGUAGE = Setting("question_language", "Language of questions", "en", choices=("en", "es"))
TABLE = (VAULT_FOLDER, LOCK_AFTER, TEXT_SIZE, QUESTION_LANGUAGE)


def default_file() -> Path:
    """Where the settings stand on this computer."""
    from platformdirs import user_config_path

    return user_config_path("clinic-mapper", appauthor=False) / "settings.ini"


class Settings:
    """The settings of this computer. `misfits`: rows whose stored value was not usable and is left in the file."""

    def __init__(self, file: Path | None = None) -> None:
        """Read them; `file` is for tests."""
        self._file = QSettings(str(file or default_file()), QSettings.Format.IniFormat)
        self.misfits: list[Setting] = []
        self._values = {row.name: self._read(row) for row in TABLE}

    def number(self, row: Setting) -> int:
        """The value of a row that holds a number."""
        return int(self._values[row.name])

    def text(self, row: Setting) -> str:
        """The value of a row that holds words."""
        return str(self._values[row.name])

    def put(self, row: Setting, value: int | str) -> None:
        """Use this value from now on and remember it. A disk that refuses is no reason to stop."""
        assert row.fits(value), f"{row.name} cannot be {value!r}"
        self._values[row.name] = value
        self._file.setValue(row.name, value)
        self._file.sync()

    def _read(self, row: Setting) -> int | str:
        stored = self._file.value(row.name)
        if stored is None:
            return row.default
        value = _number(stored) if isinstance(row.default, int) else stored
        if value is None or not row.fits(value):
            self.misfits.append(row)
            return row.default
        return value


def _number(stored: object) -> int | None:
    try:
        return int(str(stored))
    except ValueError:
        return None
