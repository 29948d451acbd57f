"""A matter and a half-typed line as the bytes that the database holds: compressed, and so with a checksum of their own.

The checksum matters: see `driver` on long values whose last page was altered.
"""

from __future__ import annotations

import zlib

from clinic_mapper.casefile.codec import decode_case, encode_case, for_storage
from clinic_mapper.casefile.model import Matter
from clinic_mapper.problem import Problem


def packed(matter: Matter) -> bytes:
    """The case file of a matter, without answers for this session only, and proven to be readable again.

    Raises:
        Problem: `text-not-storable`; `case-invalid` for what could not be read back.
    """
    try:
        case = encode_case(for_storage(matter))
    except UnicodeEncodeError as error:
        raise _not_storable() from error
    decode_case(case)
    return zlib.compress(case)


def unpacked(content: bytes) -> Matter:
    """The matter that `packed` made these bytes of.

    Raises:
        Problem: `version-damaged`; `case-newer` and the like where a later version wrote it.
    """
    return decode_case(_decompressed(content))


def packed_text(text: str) -> bytes:
    """A text as stored.

    Raises:
        Problem: `text-not-storable`.
    """
    check_storable(text)
    return zlib.compress(text.encode())


def unpacked_text(content: bytes) -> str:
    """The text that `packed_text` made these bytes of.

    Raises:
        Problem: `version-damaged`.
    """
    return _decompressed(content).decode()


def check_storable(text: str) -> None:
    """Refuse text that is no text.

    Raises:
        Problem: `text-not-storable`.
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise _not_storable() from error


def version_damaged() -> Problem:
    """The problem of a stored form that cannot be read."""
    return Problem(
        "version-damaged",
        "The last saved form of this matter is damaged and could not be read.",
        "Nothing was changed; other matters and earlier forms of this one may be whole.",
        "Lock and unlock the vault to go on with other matters; look for this one in your last copy of the folder.",
    )


def _decompressed(content: bytes) -> bytes:
    try:
        return zlib.decompress(content)
    except zlib.error as error:
        raise version_damaged() from error


def _not_storable() -> Problem:
    return Problem(
        "text-not-storable",
        "The text contains half of a character, which no file can hold; it usually comes from a faulty paste.",
        "What was saved before is kept.",
        "Delete the odd sign from what you typed last, then try again.",
    )
