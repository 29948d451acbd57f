"""The work behind the export page, done off the window's thread: make and prove a memo, save it and read it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.clinic_letters import ClinicLetters
from clinic_mapper.clinic_profiles import ClinicProfiles
from clinic_mapper.memo.letter_templates import Offered
from clinic_mapper.memo.sign_off import MEMO_READERS
from clinic_mapper.problem import Problem
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.signed_memos import Signing

if TYPE_CHECKING:
    from clinic_mapper.memo.export import Memo
    from clinic_mapper.memo.readers import Profile
    from clinic_mapper.memo.seal import Seal
    from clinic_mapper.routing.model import ExposureMap

ONE_AT_A_TIME = Lock()
"""Held by whoever makes or proves a file: what draws letters may be used by one thread at a time."""


@dataclass(frozen=True)
class Choice:
    """A reader and a language, with what the page says about them; or a letter, whose reader is `letter`."""

    reader: str
    lang: str
    title: str
    who: str

    @property
    def file_name(self) -> str:
        """A neutral name: for whom it is, and nothing about whom."""
        names = {"client": f"page-{self.lang}", "funder": "counts", "request": "request", "letter": "letter"}
        return f"{names.get(self.reader, f'memo-{self.reader}')}.pdf"


@dataclass(frozen=True)
class Chosen:
    """What was chosen for a reader: lines for a court, a contact for a request or letter, a letter and its fields."""

    lines: tuple[str, ...] = ()
    contact: str = ""
    letter: str = ""
    fields: tuple[str, ...] = ()


CHOICES = (
    Choice(
        "supervisor", "en", "Supervising attorney", "Answerable for the matter: sees the code, all facts and notes."
    ),
    Choice("file", "en", "File copy", "For the clinic's own file: all of it, but not in which city the client lives."),
    Choice("cocounsel", "en", "Co-counsel", "Another lawyer on the matter: works from the routes, law and sources."),
    Choice("court", "en", "Court", "A statement to file: the chosen routes with law and sources, no strategy."),
    Choice("request", "en", "Records request", "One page to one agency about one contact, filled in by hand."),
    Choice("letter", "en", "Letter", "To the FBI, a state bureau, USCIS, DHS fingerprints or a jail; or your own."),
    Choice("client", "en", "Client, in English", "A page to take home that would not hurt if somebody else found it."),
    Choice("client", "es", "Client, in Spanish", "The same page in Spanish."),
    Choice("funder", "en", "Funder", "Counts over all matters of this vault, small numbers withheld."),
)

LogExport = Callable[[str, str], object]
Profiles = Callable[[], ClinicProfiles]
AllMatters = Callable[[], Sequence[Matter]]
Letters = Callable[[], ClinicLetters]
SigningOf = Callable[[], Signing | None]


class Exits(NamedTuple):
    """What the way out needs of a vault. `log_export(reader, sha256)`; `all_matters` may be called from any thread.

    `letters`: those that came with the program and the clinic's own. `signing`: None where nothing is kept.
    """

    log_export: LogExport
    profiles: Profiles
    all_matters: AllMatters
    letters: Letters
    signing: SigningOf


def make_and_prove(
    matter: Matter,
    catalog: Catalog,
    today: date,
    choice: Choice,
    chosen: Chosen = Chosen(),
    profile: Profile | None = None,
    letter: Offered | None = None,
    all_matters: AllMatters | None = None,
    signing: Signing | None = None,
    told: Callable[[int, int], object] = lambda page, pages: None,
) -> Memo:
    """The file for a reader, made from what may be exported and mapped again from it, then proven.

    `profile`: the clinic's own for this reader. `letter`: the one that is chosen, where one is. `all_matters`: what is
    counted for a funder, else this matter alone. `signing`: knows which memo was signed last; a memo says what
    changed since. `told` hears how far it is (`memo.draw.Told`) and may raise to end it.

    Raises:
        Problem: a leak, or a letter that cannot be printed; nothing was saved.
    """
    from clinic_mapper.memo.export import Seen, make_counts, make_memo
    from clinic_mapper.memo.letters import letter_named, make_letter
    from clinic_mapper.memo.withhold import for_export

    def mapped(one: Matter) -> ExposureMap:
        told(0, 0)
        return map_exposure(for_export(one), catalog, today)

    told(0, 0)
    if choice.reader == "funder":
        seen = [Seen(one, mapped(one)) for one in (all_matters() if all_matters else (matter,))]
        with ONE_AT_A_TIME:
            return make_counts(seen, catalog, today, choice.lang, choice.file_name, profile, told)
    exposure = mapped(matter)
    if choice.reader == "letter":
        words, own = letter or Offered(letter_named(chosen.letter))
        contact = chosen.contact if words.contact != "none" else ""
        with ONE_AT_A_TIME:
            return make_letter(
                words, matter, catalog, exposure, contact, chosen.fields, f"letter-{words.id}.pdf", profile, own, told
            )
    last, warned = _last_signed(signing, choice.reader)
    with ONE_AT_A_TIME:
        memo = make_memo(
            matter, catalog, exposure, choice.reader, choice.lang, choice.file_name,
            profile=profile, lines=chosen.lines or None, contacts=(chosen.contact,) if chosen.contact else (),
            last=last, told=told,
        )  # fmt: skip
    return replace(memo, warnings=(*memo.warnings, *warned))


def _last_signed(signing: Signing | None, reader: str) -> tuple[Seal | None, tuple[str, ...]]:
    """The memo that was signed last, and what must be said if it cannot be read."""
    if signing is None or reader not in MEMO_READERS:
        return None, ()
    try:
        return signing.last(), ()
    except Problem as problem:
        return None, (f"The memo does not say what changed since the last signed one. {problem.sentence}",)


def how_far(page: int, pages: int) -> str:
    """How far the making of a file is, in words."""
    if not pages:
        return "Composing…"
    return f"Drawing page {page} of {pages}…" if page <= pages else f"Checking {pages} pages…"


def save_and_read_back(path: Path, memo: Memo) -> str:
    """Write a proven memo, read the file again, and give its SHA-256 in hexadecimal.

    Raises:
        Problem: a leak, also in the file's name; the disk's troubles; `memo-not-as-written` when the file that was
            read back is not the one that was proven.
    """
    from clinic_mapper.memo.export import save_memo

    with ONE_AT_A_TIME:
        save_memo(path, memo)
    return read_back(path, memo.pdf)


def save_csv_and_read_back(path: Path, memo: Memo) -> str:
    """The same of proven counts as a table for spreadsheets."""
    from clinic_mapper.memo.export_text import save_csv

    with ONE_AT_A_TIME:
        data = save_csv(path, memo)
    return read_back(path, data)


def read_back(path: Path, proven: bytes) -> str:
    """The SHA-256 of a file that was just written, in hexadecimal.

    Raises:
        Problem: `memo-not-as-written`.
    """
    try:
        written = path.read_bytes()
    except OSError as error:
        raise _not_as_written() from error
    if written != proven:
        raise _not_as_written()
    return sha256(written).hexdigest()


def text_and_hash(memo: Memo) -> tuple[str, str]:
    """The text of a proven memo, fit to be copied, and the SHA-256 of its UTF-8 bytes in hexadecimal.

    Raises:
        Problem: a leak; nothing was copied.
    """
    from clinic_mapper.memo.export_text import text_to_copy

    with ONE_AT_A_TIME:
        text = text_to_copy(memo)
    return text, sha256(text.encode("utf-8")).hexdigest()


def _not_as_written() -> Problem:
    return Problem(
        "memo-not-as-written",
        "The file that was saved could not be read back as it was checked.",
        "The matter is not affected.",
        "Do not hand this file over: delete it, and save again in another folder.",
    )
