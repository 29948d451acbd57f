"""An open vault: matters in and out. What is called saved has been synced to the disk."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from clinic_mapper.casefile.model import Matter
from clinic_mapper.problem import Problem
from clinic_mapper.vault import driver
from clinic_mapper.vault.codes import check_code, check_code_is_free, code_key
from clinic_mapper.vault.content import packed, packed_text, unpacked, unpacked_text, version_damaged
from clinic_mapper.vault.exports import Export, add_export, exports_of
from clinic_mapper.vault.layers import StoredLayer, add_form, current, forms, take_out
from clinic_mapper.vault.manifest import DATABASE_FILE
from clinic_mapper.vault.occupancy import Occupancy
from clinic_mapper.vault.outcomes import refusal
from clinic_mapper.vault.seals import StoredSeal, add_seal, seals_of

VERSIONS_KEPT = 200
"""Earlier versions of one matter that are kept, the latest included."""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class MatterEntry:
    """A matter as a list shows it. `touchpoints`: how many. `changed`: local day and time, as 2026-11-24 10:42."""

    id: str
    code: str
    sample: bool
    touchpoints: int
    changed: str


@dataclass(frozen=True)
class SavedAt:
    """The promise that a version is on the disk. `at`: when, with its time zone; `version`: 1, 2, 3 … of the matter."""

    at: datetime
    version: int

    @property
    def clock(self) -> str:
        """Local hour and minute, as in “Saved 10:42”."""
        return self.at.astimezone().strftime("%H:%M")


@dataclass(frozen=True)
class EarlierVersion:
    """A matter as it was once saved."""

    number: int
    at: datetime
    matter: Matter


class Vault:
    """An open vault. May be called from any thread, by one at a time; others wait.

    Every method but `close` raises `Problem` `vault-closed` once the vault is closed, and what `driver.speaking` names
    when the disk or the file fails. After any failure, what was saved before is as it was.
    """

    def __init__(
        self,
        folder: Path,
        vault_id: str,
        person: str,
        database: Database,
        occupancy: Occupancy,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        """For `opening` only. `database` is keyed and up to date; `occupancy` is held; both end with this vault."""
        self.folder = folder
        self.id = vault_id
        self.person = person
        self._database: Database | None = database
        self._occupancy = occupancy
        self._clock = clock
        self._opened_file = _file_at(folder)
        self._met_damage = False
        self._turn = threading.RLock()

    def __enter__(self) -> Vault:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def matters(self) -> list[MatterEntry]:
        """All matters, in the order of their codes."""
        with self._working() as db:
            rows = list(db.table("matters").rows_where(order_by="code_key"))
        return [
            MatterEntry(row["id"], row["code"], bool(row["sample"]), row["touchpoints"], _day_and_time(row["changed"]))
            for row in rows
        ]

    def load(self, matter_id: str) -> Matter:
        """The matter as last saved.

        Raises:
            Problem: `matter-missing`; `version-damaged` or `case-…` where what is stored cannot be read.
        """
        with self._working() as db:
            version = _row_of(db, matter_id)["version"]
            return unpacked(_content(db, matter_id, version))

    def new_matter(self, matter: Matter) -> str:
        """Save a matter for the first time.

        Returns:
            Its id, random, the same for all its life.

        Raises:
            Problem: `code-missing`, `code-too-long`, `code-taken`; as `save`.
        """
        check_code(matter.code)
        content, matter_id = packed(matter), uuid.uuid4().hex
        with self._writing() as db:
            check_code_is_free(db, matter_id, matter.code)
            db.table("matters").insert({"id": matter_id, **_listed(matter), "changed": self._stamp(), "version": 0})
            self._add_version(db, matter_id, matter, content, 1)
        return matter_id

    def save(self, matter_id: str, matter: Matter) -> SavedAt:
        """Save a matter; returns only when it is on the disk. Answers for this session only are left out, as not asked.

        Saving what is already the last version writes nothing and is answered like any other.

        Raises:
            Problem: `matter-missing`; as for a code in `new_matter`; `text-not-storable` for text that is no text;
                `case-invalid` for what could not be read back; `disk-full` and the like. Nothing is changed then.
        """
        check_code(matter.code)
        content = packed(matter)
        with self._writing() as db:
            version = int(_row_of(db, matter_id)["version"])
            if content != _content(db, matter_id, version):
                version += 1
                check_code_is_free(db, matter_id, matter.code)
                self._add_version(db, matter_id, matter, content, version)
        return SavedAt(self._clock(), version)

    def history(self, matter_id: str, limit: int = VERSIONS_KEPT) -> list[EarlierVersion]:
        """The versions before the last one, newest first, at most `limit`.

        Raises:
            Problem: `matter-missing`; `version-damaged` or `case-…` where one cannot be read.
        """
        with self._working() as db:
            last = _row_of(db, matter_id)["version"]
            rows = list(
                db.table("versions").rows_where(
                    "matter = ? AND number < ?", [matter_id, last], order_by="number DESC", limit=limit
                )
            )
        return [EarlierVersion(row["number"], _time(row["saved"]), unpacked(row["content"])) for row in rows]

    def draft(self, matter_id: str) -> str:
        """The half-typed line kept for this matter; "" if there is none."""
        with self._working() as db:
            _row_of(db, matter_id)
            for row in db.table("drafts").rows_where("matter = ?", [matter_id]):
                return unpacked_text(row["content"])
        return ""

    def keep_draft(self, matter_id: str, text: str) -> None:
        """Keep the half-typed line, in place of the one before; "" forgets it.

        Raises:
            Problem: `matter-missing`, `text-not-storable`.
        """
        content = packed_text(text)
        with self._writing() as db:
            _row_of(db, matter_id)
            if text:
                db.table("drafts").upsert({"matter": matter_id, "content": content}, pk="matter")
            else:
                db.table("drafts").delete_where("matter = ?", [matter_id])

    def log_export(self, matter_id: str, reader: str, file_sha256: str, when: datetime, who: str | None = None) -> None:
        """Note that a file left the vault. `when` carries its time zone; `who`: else the person of this vault.

        Raises:
            Problem: `matter-missing`.
        """
        person = self.person if who is None else who
        with self._writing() as db:
            _row_of(db, matter_id)
            add_export(db, matter_id, Export(reader, file_sha256, when, person))

    def exports(self, matter_id: str = "") -> list[Export]:
        """What left the vault from this matter, or from all, oldest first.

        Raises:
            Problem: `matter-missing`.
        """
        with self._working() as db:
            if matter_id:
                _row_of(db, matter_id)
            return exports_of(db, matter_id)

    def version_of(self, matter_id: str, matter: Matter) -> int:
        """The number of the last saved version, if that is this matter.

        Raises:
            Problem: `matter-missing`; `facts-changed` where something else was saved meanwhile.
        """
        content = packed(matter)
        with self._working() as db:
            version = int(_row_of(db, matter_id)["version"])
            if content != _content(db, matter_id, version):
                raise _facts_changed()
        return version

    def keep_seal(
        self, matter_id: str, version: int, reader: str, file_sha256: str, at: datetime, content: bytes
    ) -> StoredSeal:
        """Keep the seal of a signed memo, for good. `version`: of the matter it rests on, which must be the last.

        Raises:
            Problem: `matter-missing`; `facts-changed` where a later version was saved. Nothing is kept then.
        """
        given = StoredSeal(0, matter_id, version, reader, at, file_sha256, content)
        with self._writing() as db:
            if int(_row_of(db, matter_id)["version"]) != version:
                raise _facts_changed()
            return replace(given, number=add_seal(db, given))

    def seals(self, matter_id: str = "") -> list[StoredSeal]:
        """The seals of this matter, or of all, in the order in which they were kept."""
        with self._working() as db:
            return seals_of(db, matter_id)

    def layers(self) -> list[StoredLayer]:
        """What the clinic laid over the catalog and has not removed, in the order in which it was first kept."""
        with self._working() as db:
            return current(db)

    def keep_layer(self, id: str, kind: str, title: str, content: bytes) -> None:
        """Keep a layer, in place of its form before, which stays in `layer_forms`."""
        with self._writing() as db:
            add_form(db, StoredLayer(id, kind, title, self._stamp(), content))

    def remove_layer(self, id: str) -> None:
        """Take a layer out of use; keeping one of its earlier forms again brings it back. Nothing is deleted."""
        with self._writing() as db:
            take_out(db, id, self._stamp())

    def layer_forms(self, id: str) -> list[StoredLayer]:
        """Every form of a layer that was kept, newest first."""
        with self._working() as db:
            return forms(db, id)

    def damage(self) -> tuple[str, ...]:
        """Read the whole database through: what is broken, nothing if all is well. Takes as long as reading it."""
        with self._working() as db:
            return driver.damage_in(db)

    def close(self) -> None:
        """Forget the key and let others open the vault. Doing so twice is the same as once."""
        with self._turn:
            database, self._database = self._database, None
            try:
                if database is not None:
                    database.close()
            finally:
                self._occupancy.release()

    @property
    def closed(self) -> bool:
        """Whether the vault has been closed."""
        return self._database is None

    @contextmanager
    def _working(self) -> Iterator[Database]:
        with self._turn:
            if self._database is None:
                raise Problem(
                    "vault-closed", "The vault is locked.", "What was saved before is kept.", "Unlock it to go on."
                )
            try:
                with driver.speaking():
                    yield self._database
            except Problem as problem:
                self._met_damage |= problem.code in ("vault-damaged", "version-damaged")
                if self._met_damage and problem.code == "vault-read-only":
                    # Once the driver has met damage it calls a write an attempt on a read-only file.
                    raise refusal("vault-damaged") from problem
                raise

    @contextmanager
    def _writing(self) -> Iterator[Database]:
        """A transaction on the file that was opened: a database moved or put in its place meanwhile gets nothing."""
        with self._working() as database:
            if _file_at(self.folder) != self._opened_file:
                raise _moved()
            with database.atomic():
                yield database

    def _stamp(self) -> str:
        return _stored_time(self._clock())

    def _add_version(self, db: Database, matter_id: str, matter: Matter, content: bytes, number: int) -> None:
        stamp = self._stamp()
        db.table("versions").insert({"matter": matter_id, "number": number, "saved": stamp, "content": content})
        db.table("versions").delete_where("matter = ? AND number <= ?", [matter_id, number - VERSIONS_KEPT])
        db.table("matters").update(matter_id, {**_listed(matter), "changed": stamp, "version": number})


def _file_at(folder: Path) -> tuple[int, int] | None:
    """Which file the database is, whatever its name: None if there is none."""
    try:
        found = (folder / DATABASE_FILE).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _moved() -> Problem:
    return Problem(
        "vault-moved",
        "The vault's folder was moved, renamed or replaced while it was open.",
        "Your last saved change is in the moved folder; what you typed since then is still on the screen.",
        "Put the folder back where it was, then save again.",
    )


def _facts_changed() -> Problem:
    return Problem(
        "facts-changed",
        "The facts changed after this memo was made.",
        "Nothing was signed; the matter is kept as it is now.",
        "Read it again, then sign.",
    )


def _row_of(db: Database, matter_id: str) -> dict[str, Any]:
    for row in db.table("matters").rows_where("id = ?", [matter_id]):
        return dict(row)
    raise Problem(
        "matter-missing",
        "This matter is not in the vault.",
        "Nothing was changed.",
        "Go back to the list of matters and choose again.",
    )


def _content(db: Database, matter_id: str, number: int) -> bytes:
    for row in db.table("versions").rows_where("matter = ? AND number = ?", [matter_id, number]):
        return bytes(row["content"])
    raise version_damaged()


def _listed(matter: Matter) -> dict[str, str | int]:
    return {
        "code": matter.code,
        "code_key": code_key(matter.code),
        "sample": int(matter.sample),
        "touchpoints": len(matter.touchpoints),
    }


def _stored_time(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(timespec="seconds")


def _time(stored: str) -> datetime:
    return datetime.fromisoformat(stored)


def _day_and_time(stored: str) -> str:
    return _time(stored).astimezone().strftime("%Y-%m-%d %H:%M")
