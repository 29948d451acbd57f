"""What can come of opening a vault, each with its own three sentences."""

from __future__ import annotations

from enum import Enum

from clinic_mapper.problem import Problem


class Opening(Enum):
    """What opening a vault came to."""

    OPENED = "opened"
    NO_VAULT = "no vault here"
    EMPTIED = "a file of the vault is empty"
    DAMAGED = "damaged"
    WRONG_PASSPHRASE = "wrong passphrase"
    NEWER = "made by a newer version"
    IN_USE = "open elsewhere"
    FOREIGN = "holds something else"
    UNREADABLE = "no permission"


class VaultProblem(Problem):
    """A vault that cannot be opened or made here. `opening` says which of the named outcomes it is."""

    def __init__(self, opening: Opening, code: str, what: str, safe: str, do: str) -> None:
        self.opening = opening
        super().__init__(code, what, safe, do)


_UNTOUCHED = "Nothing in the folder was changed."
_USE_COPY = "Keep this folder as it is, and open your last copy of the whole folder."

_SENTENCES: dict[str, tuple[Opening, str, str, str]] = {
    "vault-missing": (
        Opening.NO_VAULT,
        "There is no vault in this folder.",
        _UNTOUCHED,
        "Choose the folder that holds the file vault.json, or make a new vault.",
    ),
    "vault-manifest-missing": (
        Opening.NO_VAULT,
        "The file vault.json is missing; without it no passphrase can open the database beside it.",
        "The database is still there and was not touched.",
        "Bring vault.json back from your last copy of the folder.",
    ),
    "vault-manifest-emptied": (
        Opening.EMPTIED,
        "The file vault.json is empty; without its content no passphrase can open the database beside it.",
        "The database is still there and was not touched.",
        "Bring vault.json back from your last copy of the folder.",
    ),
    "vault-database-emptied": (
        Opening.EMPTIED,
        "The vault's database is empty: the file is there, its content is gone.",
        "Nothing was written to it, so that whatever emptied it can still be found out.",
        _USE_COPY,
    ),
    "vault-manifest-damaged": (
        Opening.DAMAGED,
        "The file vault.json is damaged and cannot be read.",
        "The database beside it was not touched.",
        "Bring vault.json back from your last copy of the folder.",
    ),
    "vault-database-missing": (
        Opening.DAMAGED,
        "The vault's database, matters.db, is missing.",
        _UNTOUCHED,
        "Bring the whole folder back from your last copy, or look for matters.db where the folder was before.",
    ),
    "vault-damaged": (
        Opening.DAMAGED,
        "The vault's database is damaged and could not be read. The passphrase is not the cause.",
        "Nothing was written to it.",
        _USE_COPY,
    ),
    "vault-wrong-passphrase": (
        Opening.WRONG_PASSPHRASE,
        "This passphrase does not open this vault.",
        "The vault was not touched, and you can try as often as you like.",
        "Check capital letters and the keyboard's language, then type it again.",
    ),
    "vault-newer": (
        Opening.NEWER,
        "This vault was made or changed by a newer version of Clinic Mapper.",
        _UNTOUCHED,
        "Open it with the newer version.",
    ),
    "vault-in-use": (
        Opening.IN_USE,
        "This vault is open already: in another window, for another person, or on another computer that shares it.",
        "What is being worked on there was not touched.",
        "Close it there first, then open it here.",
    ),
    "vault-foreign-folder": (
        Opening.FOREIGN,
        "This folder holds other files and no vault.",
        _UNTOUCHED,
        "Choose the folder that holds the file vault.json, or an empty folder for a new vault.",
    ),
    "vault-foreign-manifest": (
        Opening.FOREIGN,
        "The file vault.json in this folder belongs to another program.",
        _UNTOUCHED,
        "Choose another folder.",
    ),
    "vault-foreign-database": (
        Opening.FOREIGN,
        "The database in this folder is not the one that vault.json belongs to: it came from another vault, or its "
        "beginning was overwritten.",
        _UNTOUCHED,
        "Bring vault.json and matters.db together from one copy of the whole folder.",
    ),
    "vault-foreign-journal": (
        Opening.FOREIGN,
        "The file matters.db-journal, an unfinished change, belongs to the database of another vault.",
        "It was not applied; nothing in the folder was changed.",
        "Move matters.db-journal to another folder, keep it, and open this vault again.",
    ),
    "vault-not-encrypted": (
        Opening.FOREIGN,
        "The database in this folder is not encrypted, so it is not a vault's.",
        "Nothing was read from it or written to it.",
        "Find out who put it there, and open your last copy of the whole folder.",
    ),
    "vault-unreadable": (
        Opening.UNREADABLE,
        "You have no permission to read this folder, or the disk did not answer.",
        _UNTOUCHED,
        "Check the disk, or ask who looks after this computer.",
    ),
    "vault-read-only": (
        Opening.UNREADABLE,
        "This folder can be read but not written, so nothing you typed could be kept.",
        _UNTOUCHED,
        "Copy the whole folder to a disk where you can write, and open the copy.",
    ),
    "vault-exists": (
        Opening.FOREIGN,
        "There is a vault in this folder already.",
        "It was not touched.",
        "Open it, or choose an empty folder for a new vault.",
    ),
    "vault-folder-not-empty": (
        Opening.FOREIGN,
        "This folder is not empty; a vault needs a folder of its own.",
        _UNTOUCHED,
        "Choose an empty folder, or type the name of a new one.",
    ),
}


def refusal(code: str) -> VaultProblem:
    """The problem with this code, ready to be raised."""
    opening, what, kept, do = _SENTENCES[code]
    return VaultProblem(opening, code, what, kept, do)


def refusal_codes() -> tuple[str, ...]:
    """Every code that a refused opening can carry."""
    return tuple(_SENTENCES)
