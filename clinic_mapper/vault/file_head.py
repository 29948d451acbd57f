"""The first bytes of a database file, which tell much before any driver opens it."""

from __future__ import annotations

from pathlib import Path

from clinic_mapper.vault.outcomes import refusal

SALT_LENGTH = 16

PLAIN_HEADER = b"SQLite format 3\0"
"""How a database begins that is not encrypted."""


def first_bytes(path: Path) -> bytes:
    """The first bytes of a database: random in an encrypted one, and the same for all its life.

    Raises:
        VaultProblem: `vault-database-missing`, `vault-database-emptied`, `vault-unreadable`.
    """
    try:
        with path.open("rb") as file:
            head = file.read(SALT_LENGTH)
    except FileNotFoundError as error:
        raise refusal("vault-database-missing") from error
    except OSError as error:
        raise refusal("vault-unreadable") from error
    if not head:
        raise refusal("vault-database-emptied")
    return head
