"""Signed memos of a vault, which keeps their seals as bytes: which there are, which was last, and a new one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from clinic_mapper.casefile.model import Matter
from clinic_mapper.memo.seal import Seal, decode, encode, unreadable
from clinic_mapper.memo.sign_off import MEMO_READERS
from clinic_mapper.problem import Problem


class Stored(Protocol):
    """A seal as a vault keeps it."""

    @property
    def number(self) -> int: ...
    @property
    def matter(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def reader(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def file_sha256(self) -> str: ...
    @property
    def content(self) -> bytes: ...
    @property
    def damaged(self) -> bool: ...


class Keeping(Protocol):
    """The part of a vault that keeps seals. May be called from any thread."""

    def seals(self, matter_id: str = "") -> Sequence[Stored]: ...
    def version_of(self, matter_id: str, matter: Matter) -> int: ...
    def keep_seal(
        self, matter_id: str, version: int, reader: str, file_sha256: str, at: datetime, content: bytes
    ) -> Stored: ...


class SignedMemo(NamedTuple):
    """A memo that was signed. `matter_id`: in its vault. `seal`: None where it cannot be read, and `problem` says why;
    the rest is told all the same."""

    number: int
    matter_id: str
    reader: str
    at: datetime
    file_sha256: str
    seal: Seal | None
    problem: Problem | None


def signed_memos(vault: Keeping, matter_id: str = "") -> list[SignedMemo]:
    """Every signed memo of a matter, or of all, in the order in which they were signed."""
    return [_read(stored) for stored in vault.seals(matter_id)]


def newest_signed(vault: Keeping) -> list[SignedMemo]:
    """Of each matter and reader the memo that was signed last: what somebody may still rely on."""
    return [_read(stored) for stored in {(each.matter, each.reader): each for each in vault.seals()}.values()]


class Signing:
    """Signs memos of one matter. Methods may be called from any thread and raise `Problem` as the vault says."""

    def __init__(self, vault: Keeping, matter_id: str) -> None:
        self._vault = vault
        self._matter_id = matter_id

    def last(self) -> Seal | None:
        """The memo of this matter that was signed last, for whichever reader of memos; None if none was.

        Raises:
            Problem: `seal-unreadable`, `seal-newer`: an earlier one would not be the last.
        """
        stored = [each for each in self._vault.seals(self._matter_id) if each.reader in MEMO_READERS]
        if not stored:
            return None
        memo = _read(stored[-1])
        if memo.problem is not None:
            raise memo.problem
        return memo.seal

    def version_of(self, matter: Matter) -> int:
        """The number of the saved version that this matter is.

        Raises:
            Problem: `facts-changed` where something else was saved meanwhile.
        """
        return self._vault.version_of(self._matter_id, matter)

    def keep(self, seal: Seal) -> None:
        """Keep a seal for good, unless the facts changed since its version.

        Raises:
            Problem: `facts-changed`.
        """
        at = datetime.fromisoformat(seal.signed.at)
        self._vault.keep_seal(self._matter_id, seal.version, seal.reader, seal.signed.file_sha256, at, encode(seal))


def _read(stored: Stored) -> SignedMemo:
    seal: Seal | None = None
    problem: Problem | None = None
    try:
        if stored.damaged:
            raise unreadable()
        seal = decode(stored.content)
        if seal.signed.file_sha256 != stored.file_sha256 or seal.reader != stored.reader:
            raise unreadable()
    except Problem as found:
        seal, problem = None, found
    return SignedMemo(stored.number, stored.matter, stored.reader, stored.at, stored.file_sha256, seal, problem)
