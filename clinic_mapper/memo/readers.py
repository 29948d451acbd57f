"""Who may read a file, and what each of them sees: disclosure profiles as data."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import msgspec

from clinic_mapper.memo.document import TAGS, Tag
from clinic_mapper.problem import Problem
from clinic_mapper.resource_files import resources

Reader = Literal["supervisor", "cocounsel", "client"]

READERS: tuple[Reader, ...] = ("supervisor", "cocounsel", "client")
"""The readers of this version, in the order in which they are offered."""

SCHEMA = "clinic-mapper/profile/1"
_LEVELS: dict[Tag, tuple[str, ...]] = {
    "date": ("month", "year"),
    "place": ("county", "state"),
    "agency-name": ("kind",),
}


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a reader sees. `tags`: `keep`, `withhold` or `generalize:<level>` for every tag. `never`: by language."""

    schema: str
    reader: str
    title: dict[str, str]
    tags: dict[str, str]
    never: dict[str, tuple[str, ...]]

    def keeps(self, tag: Tag) -> bool:
        """Whether what is tagged so is shown in full. The memo's own wording always is."""
        return tag == "" or self.tags[tag] == "keep"

    def withholds(self, tag: Tag) -> bool:
        """Whether what is tagged so is left out whole."""
        return tag != "" and self.tags[tag] == "withhold"

    def level(self, tag: Tag) -> str:
        """The level to which the tag is generalized, "" if it is not."""
        return self.tags[tag].partition(":")[2] if tag else ""


@lru_cache(maxsize=8)
def load_profile(reader: str) -> Profile:
    """The profile of a reader.

    Raises:
        Problem: `no-such-reader`, naming those that exist; `profile-invalid` when the file leaves a tag unanswered
            or answers it with a word that means nothing.
    """
    if reader not in READERS:
        raise Problem(
            "no-such-reader",
            f"There is no reader called “{reader}”.",
            "Nothing was written.",
            f"Choose one of: {', '.join(READERS)}.",
        )
    return _decoded((resources() / "profiles" / f"{reader}.json").read_bytes(), f"resources/profiles/{reader}.json")


def _decoded(data: bytes, file: str) -> Profile:
    try:
        profile = msgspec.json.decode(data, type=Profile)
    except msgspec.DecodeError as error:
        raise _invalid(file, str(error)) from error
    if profile.schema != SCHEMA:
        raise _invalid(file, f"schema is “{profile.schema}”, not “{SCHEMA}”")
    if unanswered := set(TAGS) - set(profile.tags):
        raise _invalid(file, f"nothing is said about {', '.join(sorted(unanswered))}")
    for name, verdict in profile.tags.items():
        _check_verdict(file, name, verdict)
    return profile


def _check_verdict(file: str, name: str, verdict: str) -> None:
    if name not in TAGS:
        raise _invalid(file, f"“{name}” is not a tag")
    word, _, level = verdict.partition(":")
    levels = _LEVELS.get(name, ())
    if verdict not in ("keep", "withhold") and not (word == "generalize" and level in levels):
        raise _invalid(file, f"tags, {name}: “{verdict}” is not a verdict for it")


def _invalid(file: str, what: str) -> Problem:
    return Problem(
        "profile-invalid", f"{file} cannot be used: {what}.", "Nothing was written.", "Restore the file as shipped."
    )
