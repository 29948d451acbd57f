"""The readers' profiles of one clinic, between its vault, which keeps them as bytes, and the memos that follow them."""

from __future__ import annotations

from clinic_mapper.kept_layers import Keeping
from clinic_mapper.memo.clinic_profile import ClinicProfile, decode, encode, in_force
from clinic_mapper.memo.readers import Profile, load_profile
from clinic_mapper.problem import Problem

KIND = "profile"


class ClinicProfiles:
    """What one clinic set for its readers; without a vault, the shipped profiles. Raises `Problem` as that says."""

    def __init__(self, vault: Keeping | None) -> None:
        self._vault = vault

    @property
    def can_keep(self) -> bool:
        """Whether there is a vault to keep them in."""
        return self._vault is not None

    def kept(self, reader: str) -> ClinicProfile | None:
        """What the clinic set for a reader, as it was kept; None if nothing.

        Raises:
            Problem: `profile-invalid` when it cannot be read.
        """
        found = [layer for layer in (self._vault.layers() if self._vault else ()) if layer.id == _id(reader)]
        return decode(found[0].content) if found and found[0].kind == KIND else None

    def profile(self, reader: str) -> Profile:
        """The profile in force for a reader. What cannot be read counts as not set."""
        default = load_profile(reader)
        try:
            clinic = self.kept(reader)
        except Problem as problem:
            if problem.code != "profile-invalid":
                raise
            return default
        return in_force(default, clinic) if clinic is not None and clinic.reader == reader else default

    def keep(self, clinic: ClinicProfile) -> None:
        """Keep what the clinic set for a reader; what says nothing is taken out. Earlier forms stay in the vault."""
        if self._vault is None:
            return
        if clinic.tags or clinic.threshold is not None:
            title = f"What the reader “{clinic.reader}” sees"
            self._vault.keep_layer(_id(clinic.reader), KIND, title, encode(clinic))
        else:
            self._vault.remove_layer(_id(clinic.reader))


def _id(reader: str) -> str:
    return f"profile-{reader}"
