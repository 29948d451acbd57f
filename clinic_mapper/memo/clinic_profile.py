"""What a clinic made of a reader's profile: tighter at will, looser only as an attorney confirmed it."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from clinic_mapper.memo.document import TAGS, Tag
from clinic_mapper.memo.readers import Profile, verdicts
from clinic_mapper.problem import Problem

SCHEMA = "clinic-mapper/clinic-profile/1"
THRESHOLD = "threshold"
"""The name under which a lower threshold stands among what is loosened."""


class Confirmation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """That an attorney allowed a reader to see more. `loosened`: tag (or `threshold`) → what was confirmed for it."""

    attorney: str
    on: str
    loosened: dict[str, str]


class ClinicProfile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a clinic wants for a reader, over the shipped profile. `tags`: only those that differ from it."""

    schema: str = SCHEMA
    reader: str
    tags: dict[str, str] = msgspec.field(default_factory=dict)
    threshold: int | None = None
    confirmed: Confirmation | None = None


def looser(tag: Tag, one: str, other: str) -> bool:
    """Whether the first verdict on a tag shows more than the second."""
    order = verdicts(tag)
    return order.index(one) < order.index(other)


def wanted(default: Profile, clinic: ClinicProfile) -> Profile:
    """The shipped profile with the clinic's wishes put in, whether or not they may be followed."""
    threshold = default.threshold if clinic.threshold is None else clinic.threshold
    return replace(default, tags=default.tags | clinic.tags, threshold=threshold)


def loosens(default: Profile, wanted: Profile) -> dict[str, str]:
    """Where the wanted profile shows more than the default: tag → what is wanted for it. Empty if nowhere."""
    found = {tag: said for tag, said in wanted.tags.items() if looser(_tag(tag), said, default.tags[tag])}
    if wanted.threshold < default.threshold:
        found[THRESHOLD] = str(wanted.threshold)
    return found


def tighten(default: Profile, wanted: Profile) -> Profile:
    """Of each tag the tighter of both verdicts, and the higher threshold."""
    loose = loosens(default, wanted)
    tags = {tag: default.tags[tag] if tag in loose else said for tag, said in wanted.tags.items()}
    return replace(default, tags=tags, threshold=max(default.threshold, wanted.threshold))


def in_force(default: Profile, clinic: ClinicProfile) -> Profile:
    """The profile to use: what is tighter always, what is looser only where exactly that was confirmed.

    A profile that may not be loosened never is, whatever was confirmed.
    """
    hoped = wanted(default, clinic)
    tight = tighten(default, hoped)
    if clinic.confirmed is None or not default.may_loosen:
        return tight
    allowed = {
        name: said for name, said in loosens(default, hoped).items() if clinic.confirmed.loosened.get(name) == said
    }
    threshold = hoped.threshold if THRESHOLD in allowed else tight.threshold
    tags = {name: said for name, said in allowed.items() if name != THRESHOLD}
    return replace(tight, tags=tight.tags | tags, threshold=threshold)


def clinic_profile(default: Profile, tags: dict[str, str], threshold: int | None = None) -> ClinicProfile:
    """The clinic's wishes as they are kept: only what differs from the shipped profile."""
    differing = {tag: said for tag, said in tags.items() if said != default.tags[tag]}
    return ClinicProfile(
        reader=default.reader, tags=differing, threshold=None if threshold == default.threshold else threshold
    )


def confirm(default: Profile, clinic: ClinicProfile, attorney: str, on: str) -> ClinicProfile:
    """The clinic's wishes with what they loosen confirmed by an attorney, as initials or a name, on a day.

    Raises:
        Problem: `nobody-confirmed` without a name; `may-not-be-loosened` for a reader who never sees more.
    """
    loose = loosens(default, wanted(default, clinic))
    if not loose:
        return replace(clinic, confirmed=None)
    if not default.may_loosen:
        raise Problem(
            "may-not-be-loosened", "This reader never sees more than the shipped profile shows.", "Nothing was changed."
        )
    if not attorney.strip():
        raise Problem(
            "nobody-confirmed",
            "Showing this reader more needs an attorney's confirmation.",
            "Nothing was changed.",
            "Write who confirms it.",
        )
    return replace(clinic, confirmed=Confirmation(attorney=attorney.strip(), on=on, loosened=loose))


def encode(clinic: ClinicProfile) -> bytes:
    """The clinic's profile as it is kept."""
    return msgspec.json.encode(clinic)


def decode(data: bytes) -> ClinicProfile:
    """A clinic's profile that was kept.

    Raises:
        Problem: `profile-invalid` when it is not one, or answers a tag with a word that means nothing.
    """
    try:
        clinic = msgspec.json.decode(data, type=ClinicProfile)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _unreadable() from error
    known = all(tag in TAGS and said in verdicts(_tag(tag)) for tag, said in clinic.tags.items())
    if clinic.schema != SCHEMA or not known:
        raise _unreadable()
    if clinic.threshold is not None and clinic.threshold < 2:
        raise _unreadable()
    return clinic


def _tag(name: str) -> Tag:
    return name  # type: ignore[return-value]


def _unreadable() -> Problem:
    return Problem(
        "profile-invalid",
        "What this clinic set for a reader was kept by another version and cannot be read.",
        "The shipped profile is used for that reader.",
        "Set it once more.",
    )
