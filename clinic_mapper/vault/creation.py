"""A new vault is built beside its place and then renamed into it, so that half a vault never exists."""

from __future__ import annotations

import secrets
import shutil
import sys
import uuid
from datetime import date
from pathlib import Path

from clinic_mapper.file_replace import file_problem, sync_folder
from clinic_mapper.problem import Problem
from clinic_mapper.vault import driver, keys, migrations
from clinic_mapper.vault.content import check_storable
from clinic_mapper.vault.file_head import PLAIN_HEADER, first_bytes
from clinic_mapper.vault.manifest import DATABASE_FILE, MANIFEST_FILE, Cost, new_manifest, write_manifest
from clinic_mapper.vault.occupancy import LOCK_FILE, Occupancy
from clinic_mapper.vault.opening import opened_with
from clinic_mapper.vault.outcomes import VaultProblem, refusal
from clinic_mapper.vault.store import Vault


def create(folder: Path, passphrase: str, person: str, cost: Cost | None) -> Vault:
    """As `opening.create_vault`."""
    if not passphrase:
        raise Problem(
            "passphrase-missing",
            "A vault needs a passphrase.",
            "Nothing was made.",
            "Type one of at least twelve characters or five words.",
        )
    check_storable(person)
    folder = folder.absolute()
    _check_vacant(folder)
    key, vault_id = secrets.token_bytes(keys.KEY_LENGTH), uuid.uuid4().hex
    try:
        slot_id = _built_in_place(folder, passphrase, person, cost or keys.MODERATE, key, vault_id)
    except OSError as error:
        raise _not_made(file_problem(error)) from error
    except VaultProblem:
        raise
    except Problem as problem:
        raise _not_made(problem) from problem
    occupancy = Occupancy(folder)
    try:
        return opened_with(folder, vault_id, slot_id, key, occupancy)
    except BaseException:
        occupancy.release()
        raise


def _not_made(problem: Problem) -> Problem:
    """What kept the vault from being made; elsewhere its sentences speak of saved changes, and here are none yet."""
    return Problem(problem.code, problem.what, "No vault was made, and nothing was left behind.", problem.do)


def _check_vacant(folder: Path) -> None:
    try:
        names = {entry.name for entry in folder.iterdir()}
    except FileNotFoundError:
        return
    except NotADirectoryError as error:
        raise refusal("vault-folder-not-empty") from error
    except OSError as error:
        raise refusal("vault-unreadable") from error
    if MANIFEST_FILE in names or DATABASE_FILE in names:
        raise refusal("vault-exists")
    if names:
        raise refusal("vault-folder-not-empty")


def _built_in_place(folder: Path, passphrase: str, person: str, cost: Cost, key: bytes, vault_id: str) -> str:
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.new")
    beside.mkdir(mode=0o700)
    try:
        slot = keys.new_slot(passphrase, key, vault_id, cost)
        _fill_database(beside / DATABASE_FILE, key, vault_id, slot.id, person)
        salt = first_bytes(beside / DATABASE_FILE)
        (beside / LOCK_FILE).touch(mode=0o600)
        write_manifest(beside, new_manifest(vault_id, date.today(), salt, (slot,)))
        if sys.platform == "win32" and folder.exists():
            folder.rmdir()  # there, a rename does not replace even an empty folder
        beside.rename(folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    sync_folder(folder.parent)
    return slot.id


def _fill_database(path: Path, key: bytes, vault_id: str, slot_id: str, person: str) -> None:
    database = driver.create_database(path, key)
    try:
        migrations.make_tables(database)
        with driver.speaking(), database.atomic():
            database.table("vault").insert({"id": vault_id})
            database.table("people").insert({"slot": slot_id, "name": person})
    finally:
        database.close()
    if first_bytes(path) == PLAIN_HEADER:
        raise driver.encryption_missing()
