"""The work of signing, off the window's thread: the memo once more, signed and proven, and its seal in the vault."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, NamedTuple

from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo.letter_templates import Offered
from clinic_mapper.memo.sign_off import MEMO_READERS, SignOff, initials_of
from clinic_mapper.problem import Problem
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.signed_memos import Signing
from clinic_mapper.ui.export_work import ONE_AT_A_TIME, Choice, Chosen

if TYPE_CHECKING:
    from clinic_mapper.memo.export import Memo
    from clinic_mapper.memo.readers import Profile
    from clinic_mapper.memo.seal import Seal


class Read(NamedTuple):
    """What the memo on the screen was made of: what is signed is made of the same."""

    matter: Matter
    catalog: Catalog
    today: date
    choice: Choice
    chosen: Chosen
    profile: Profile
    letter: Offered | None = None

    def is_of(self, other: Read | None) -> bool:
        """Whether the same file would be made of both."""
        return other is not None and self.catalog is other.catalog and self == other


def sign(read: Read, memo: Memo, name: str, file_name: str, signing: Signing) -> Memo:
    """The memo that was read, signed and proven under the name its file will have. When this returns, its seal is kept.

    Nothing is written outside the vault: no signed file can exist without a seal.

    Raises:
        Problem: `nobody-signed`, `facts-changed`, `read-again`; a leak; as the vault says. No seal was kept then.
    """
    from clinic_mapper.memo.export import make_memo
    from clinic_mapper.memo.seal import Chosen as Sealed
    from clinic_mapper.memo.seal import seal
    from clinic_mapper.memo.withhold import for_export

    initials = initials_of(name)
    version = signing.version_of(read.matter)
    exposure = map_exposure(for_export(read.matter), read.catalog, read.today)
    contacts = (read.chosen.contact,) if read.chosen.contact else ()
    last = _last(signing) if read.choice.reader in MEMO_READERS else None

    if (last.signed.file_sha256 if last else "") != memo.since:
        raise _read_again()
    with ONE_AT_A_TIME:
        signed = make_memo(
            read.matter, read.catalog, exposure, read.choice.reader, read.choice.lang, file_name,
            profile=read.profile, lines=read.chosen.lines or None, contacts=contacts,
            signed=SignOff(initials=initials, on=read.today.isoformat()), last=last,
        )  # fmt: skip
    chosen = Sealed(lines=read.chosen.lines, contacts=contacts)
    given = (read.matter, version, read.catalog, exposure, read.profile, read.choice.lang, signed.pdf, name)
    signing.keep(seal(*given, datetime.now(UTC), chosen))
    return signed


def _last(signing: Signing) -> Seal | None:
    try:
        return signing.last()
    except Problem:
        return None  # the memo that was read said so


def _read_again() -> Problem:
    return Problem(
        "read-again",
        "What would be signed is no longer what was read: something that it rests on changed meanwhile.",
        "Nothing was signed.",
        "Read it again, then sign.",
    )
