"""The work behind the export page, done off the window's thread: make and prove a memo, save it and read it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.problem import Problem
from clinic_mapper.routing.engine import map_exposure

if TYPE_CHECKING:
    from clinic_mapper.memo.export import Memo

PDF_ENGINE = Lock()
"""Held by whoever reads or draws pages: the engine below may be used by one thread at a time."""


@dataclass(frozen=True)
class Choice:
    """A reader and a language, with what the page says about them."""

    reader: str
    lang: str
    title: str
    who: str

    @property
    def file_name(self) -> str:
        """A neutral name: for whom it is, and nothing about whom."""
        return f"memo-{self.reader}.pdf" if self.reader != "client" else f"page-{self.lang}.pdf"


CHOICES = (
    Choice(
        "supervisor", "en", "Supervising attorney", "Answerable for the matter: sees the code, all facts and notes."
    ),
    Choice("cocounsel", "en", "Co-counsel", "Another lawyer on the matter: works from the routes, law and sources."),
    Choice("client", "en", "Client, in English", "A page to take home that would not hurt if somebody else found it."),
    Choice("client", "es", "Client, in Spanish", "The same page in Spanish."),
)


def make_and_prove(matter: Matter, catalog: Catalog, today: date, choice: Choice) -> Memo:
    """The memo for a reader, made from what may be exported and mapped again from it, then proven.

    Raises:
        Problem: a leak, or a letter that cannot be printed; nothing was saved.
    """
    from clinic_mapper.memo.export import make_memo
    from clinic_mapper.memo.withhold import for_export

    exposure = map_exposure(for_export(matter), catalog, today)
    with PDF_ENGINE:
        return make_memo(matter, catalog, exposure, choice.reader, choice.lang, choice.file_name)


def save_and_read_back(path: Path, memo: Memo) -> str:
    """Write a proven memo, read the file again, and give its SHA-256 in hexadecimal.

    Raises:
        Problem: a leak, also in the file's name; the disk's troubles; `memo-not-as-written` when the file that was
            read back is not the one that was proven.
    """
    from clinic_mapper.memo.export import save_memo

    with PDF_ENGINE:
        save_memo(path, memo)
    try:
        written = path.read_bytes()
    except OSError as error:
        raise _not_as_written() from error
    if written != memo.pdf:
        raise _not_as_written()
    return sha256(written).hexdigest()


def _not_as_written() -> Problem:
    return Problem(
        "memo-not-as-written",
        "The file that was saved could not be read back as it was checked.",
        "The matter is not affected.",
        "Do not hand this file over: delete it, and save again in another folder.",
    )
