"""Making and opening a vault. Importing this costs nothing: driver, keys and tables load when they are first needed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from clinic_mapper.vault.outcomes import Opening, VaultProblem, refusal

if TYPE_CHECKING:
    from sqlite_utils import Database

    from clinic_mapper.vault.manifest import Cost, Manifest
    from clinic_mapper.vault.occupancy import Occupancy
    from clinic_mapper.vault.store import Vault

__all__ = ["Opening", "VaultProblem", "create_vault", "load_ahead", "look", "open_vault"]


def load_ahead() -> None:
    """Load what opening will need, some 150 ms of it. Call it off the window's thread while the passphrase is typed."""
    from clinic_mapper.vault import creation, keys, recovery, store  # noqa: F401


def look(folder: Path) -> Opening | None:
    """What this folder shows without a passphrase: why it cannot be opened, or None if nothing speaks against it.

    Never raises a `VaultProblem` and never changes the folder. `open_vault` gives the sentences.
    """
    from clinic_mapper.vault.occupancy import is_in_use

    try:
        _inspected(folder)
    except VaultProblem as problem:
        return problem.opening
    return Opening.IN_USE if is_in_use(folder) else None


def create_vault(folder: Path, passphrase: str, person: str = "", *, cost: Cost | None = None) -> Vault:
    """Make a vault in a new or empty folder, wholly or not at all, and open it.

    Args:
        person: whose passphrase it is; kept inside the encrypted database only.
        cost: what a guess at the passphrase costs; Argon2id "moderate" unless told.

    Raises:
        VaultProblem: `vault-exists`, `vault-folder-not-empty`, `vault-unreadable`.
        Problem: `passphrase-missing`, `memory-short`, `encryption-missing`; as `replace_file`. Nothing is left behind.
    """
    from clinic_mapper.vault.creation import create

    return create(folder, passphrase, person, cost)


def open_vault(folder: Path, passphrase: str) -> Vault:
    """Open the vault in this folder. Takes as long as one guess at a passphrase is meant to take, once for each person.

    Raises:
        VaultProblem: one of the outcomes in `outcomes`, by `.opening` and `.code`.
        Problem: `memory-short`, `encryption-missing`, `disk-full` and the like.
    """
    folder = folder.absolute()
    manifest = _inspected(folder)
    from clinic_mapper.vault import keys
    from clinic_mapper.vault.occupancy import Occupancy

    occupancy = Occupancy(folder)
    try:
        slot, key = keys.unwrap(manifest, passphrase)
        return opened_with(folder, manifest.vault, slot.id, key, occupancy)
    except BaseException:
        occupancy.release()
        raise


def opened_with(folder: Path, vault_id: str, slot_id: str, key: bytes, occupancy: Occupancy) -> Vault:
    """The vault in this folder, by its key. `occupancy` is the caller's until this returns, then the vault's.

    Raises:
        VaultProblem: `vault-damaged`, `vault-newer`, `vault-foreign-database`.
        Problem: as `recovery.recovered` and `driver.speaking` say.
    """
    from clinic_mapper.vault import driver, migrations
    from clinic_mapper.vault.file_head import has_unfinished_change
    from clinic_mapper.vault.manifest import DATABASE_FILE
    from clinic_mapper.vault.recovery import recovered
    from clinic_mapper.vault.store import Vault

    path = folder / DATABASE_FILE

    def opened() -> Database:
        return driver.open_database(path, key)

    database = recovered(path, opened) if has_unfinished_change(path) else opened()
    try:
        migrations.bring_up_to_date(database, path, lambda copy: driver.open_database(copy, key))
        with driver.speaking():
            if [row["id"] for row in database.table("vault").rows] != [vault_id]:
                raise refusal("vault-foreign-database")
            people = {row["slot"]: row["name"] for row in database.table("people").rows}
        return Vault(folder, vault_id, people.get(slot_id, ""), database, occupancy)
    except BaseException:
        database.close()
        raise


def _inspected(folder: Path) -> Manifest:
    """The manifest, after everything was looked at that needs neither passphrase nor driver."""
    from clinic_mapper.vault.manifest import DATABASE_FILE, MANIFEST_FILE, read_manifest

    names = _names_in(folder)
    if not names:
        raise refusal("vault-missing")
    if MANIFEST_FILE not in names and DATABASE_FILE not in names:
        raise refusal("vault-foreign-folder")
    manifest = read_manifest(folder)
    _check_database(folder / DATABASE_FILE, manifest.cipher.salt)
    return manifest


def _check_database(path: Path, salt: bytes) -> None:
    from clinic_mapper.vault.file_head import PLAIN_HEADER, first_bytes, has_unfinished_change, salt_in_journal

    head = first_bytes(path)
    if head == PLAIN_HEADER:
        raise refusal("vault-not-encrypted")
    if has_unfinished_change(path):
        if salt_in_journal(path) not in (None, salt):
            raise refusal("vault-foreign-journal")
        return  # the first page may be half-written; the driver will put it back
    if not any(head):
        raise refusal("vault-damaged")
    if head != salt:
        raise refusal("vault-foreign-database")


def _names_in(folder: Path) -> set[str]:
    try:
        return {entry.name for entry in folder.iterdir()}
    except (FileNotFoundError, NotADirectoryError):
        return set()
    except OSError as error:
        raise refusal("vault-unreadable") from error
