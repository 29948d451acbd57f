"""`vault.json`: what anyone who holds the folder may know. Nothing about a client, no name of a person."""

from __future__ import annotations

import errno
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, Literal

import msgspec

from clinic_mapper.file_read import bounded_bytes
from clinic_mapper.file_replace import replace_file
from clinic_mapper.vault.outcomes import refusal

MANIFEST_FILE = "vault.json"
DATABASE_FILE = "matters.db"
FORMAT = 1

NOTICE = (
    "This folder holds privileged and confidential attorney work product. It is encrypted. "
    "If you found it or were asked to open it, please speak to the law office that it belongs to first."
)

_MOST_OPERATIONS = 32
_MOST_MEMORY = 1 << 30
_MOST_WORK = 4 << 30
_MOST_WORK_OF_ALL = 24 << 30
"""A manifest that asks for more memory, or for more passes times memory (bytes: some five seconds for one slot, half a
minute for all of them), was not written by us and would only hang the computer."""

_LONGEST = 1 << 20
"""Bytes of a manifest; one person's slot takes a few hundred."""


class Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A part of the manifest."""


class Cost(Written, frozen=True, kw_only=True):
    """What one guess at a passphrase costs: Argon2id passes over memory, and the memory in bytes."""

    operations: int
    memory: int


class Slot(Written, frozen=True, kw_only=True):
    """One person's way in: the vault key, wrapped under that person's passphrase. Whose it is, the database says."""

    id: str
    kdf: Literal["argon2id13"] = "argon2id13"
    cost: Cost
    salt: bytes
    wrapped: bytes


class Cipher(Written, frozen=True, kw_only=True):
    """How the database is encrypted. `salt`: its first 16 bytes, by which a database of another vault is known."""

    name: Literal["sqlcipher"] = "sqlcipher"
    compatibility: Literal[4] = 4
    salt: bytes


class Manifest(Written, frozen=True, kw_only=True):
    """The whole of `vault.json`. `vault`: the vault's random id. `created`: the day, no time."""

    notice: str = NOTICE
    format: int = FORMAT
    vault: str
    created: str
    cipher: Cipher
    slots: tuple[Slot, ...]


def new_manifest(vault: str, created: date, salt: bytes, slots: tuple[Slot, ...]) -> Manifest:
    """The manifest of a vault made today, whose database begins with `salt`."""
    return Manifest(vault=vault, created=created.isoformat(), cipher=Cipher(salt=salt), slots=slots)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Put the manifest into the folder, in one step.

    Raises:
        Problem: as `replace_file`.
    """
    text = msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"
    replace_file(folder / MANIFEST_FILE, lambda file: _put(file, text))


def _put(file: BinaryIO, text: bytes) -> None:
    file.write(text)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the vault in this folder.

    Raises:
        VaultProblem: `vault-manifest-missing`, `-emptied` or `-damaged`, `vault-foreign-manifest`, `vault-newer`,
            `vault-unreadable`.
    """
    try:
        data = bounded_bytes(folder / MANIFEST_FILE, _LONGEST)
    except FileNotFoundError as error:
        raise refusal("vault-manifest-missing") from error
    except OSError as error:
        damaged = error.errno in (errno.EFBIG, errno.EINVAL)  # too long, or no file at all
        raise refusal("vault-manifest-damaged" if damaged else "vault-unreadable") from error
    if not data.strip(b"\0 \r\n\t"):  # a power cut can leave a file of the right length that holds only zeros
        raise refusal("vault-manifest-emptied")
    return _understood(data)


def _understood(data: bytes) -> Manifest:
    try:
        loose: Any = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise refusal("vault-manifest-damaged") from error
    if not isinstance(loose, dict) or not {"format", "vault", "slots"} <= loose.keys():
        raise refusal("vault-foreign-manifest")
    if isinstance(loose["format"], int) and loose["format"] > FORMAT:
        raise refusal("vault-newer")
    try:
        manifest = msgspec.convert(loose, Manifest)
    except msgspec.ValidationError as error:
        raise refusal("vault-manifest-damaged") from error
    if manifest.format != FORMAT or not manifest.slots or not _bearable(manifest.slots):
        raise refusal("vault-manifest-damaged")
    return manifest


def _bearable(slots: tuple[Slot, ...]) -> bool:
    costs = [slot.cost for slot in slots]
    each = all(1 <= cost.operations <= _MOST_OPERATIONS and 8192 <= cost.memory <= _MOST_MEMORY for cost in costs)
    work = [cost.operations * cost.memory for cost in costs]
    return each and max(work) <= _MOST_WORK and sum(work) <= _MOST_WORK_OF_ALL
