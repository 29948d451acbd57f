"""From a passphrase to the vault key, and back into a slot."""

from __future__ import annotations

import secrets
import unicodedata

import nacl.exceptions
import nacl.pwhash.argon2id as argon2id
import nacl.secret

from clinic_mapper.problem import Problem
from clinic_mapper.vault.manifest import Cost, Manifest, Slot
from clinic_mapper.vault.outcomes import refusal

KEY_LENGTH = 32

MODERATE = Cost(operations=argon2id.OPSLIMIT_MODERATE, memory=argon2id.MEMLIMIT_MODERATE)
"""Half a second and 256 MB on a laptop for each guess."""


def new_slot(passphrase: str, key: bytes, vault: str, cost: Cost) -> Slot:
    """A slot through which `passphrase` gives `key`. The vault's id is wrapped with it: no slot opens another vault.

    Raises:
        Problem: `memory-short`.
    """
    salt = secrets.token_bytes(argon2id.SALTBYTES)
    box = nacl.secret.SecretBox(_derived(passphrase, salt, cost))
    return Slot(id=secrets.token_hex(4), cost=cost, salt=salt, wrapped=bytes(box.encrypt(key + bytes.fromhex(vault))))


def unwrap(manifest: Manifest, passphrase: str) -> tuple[Slot, bytes]:
    """The slot that this passphrase opens, and the vault key in it.

    Raises:
        VaultProblem: `vault-wrong-passphrase`; `vault-foreign-database` where the key in the slot is another vault's.
        Problem: `memory-short`.
    """
    for slot in manifest.slots:
        content = _opened(slot, passphrase)
        if content is not None:
            if content[KEY_LENGTH:].hex() != manifest.vault:
                raise refusal("vault-foreign-database")
            return slot, content[:KEY_LENGTH]
    raise refusal("vault-wrong-passphrase")


def _opened(slot: Slot, passphrase: str) -> bytes | None:
    if len(slot.salt) != argon2id.SALTBYTES:
        raise refusal("vault-manifest-damaged")
    box = nacl.secret.SecretBox(_derived(passphrase, slot.salt, slot.cost))
    try:
        return box.decrypt(slot.wrapped)
    except (nacl.exceptions.CryptoError, nacl.exceptions.ValueError):
        return None


def _derived(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    try:
        return argon2id.kdf(
            nacl.secret.SecretBox.KEY_SIZE, _typed(passphrase), salt, opslimit=cost.operations, memlimit=cost.memory
        )
    except nacl.exceptions.RuntimeError as error:
        raise Problem(
            "memory-short",
            f"This computer has too little free memory to check the passphrase; it takes {cost.memory >> 20} MB.",
            "The vault was not touched.",
            "Close other programs, then try again.",
        ) from error


def _typed(passphrase: str) -> bytes:
    """The passphrase as bytes, the same from every keyboard: two ways to type an accented letter count as one.

    Spaces stay as typed. `surrogatepass`, so that text no keyboard can make is merely a wrong passphrase.
    """
    return unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
