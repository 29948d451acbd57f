"""Who may read a file, and what each of them sees: disclosure profiles as data."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import msgspec

from clinic_mapper.memo.document import TAGS, Tag
from clinic_mapper.problem import Problem
from clinic_mapper.resource_files import resources

Reader = Literal["supervisor", "file", "cocounsel", "court", "request", "client", "funder"]

READERS: tuple[Reader, ...] = Reader.__args__  # type: ignore[attr-defined]
"""All readers, in the order in which they are offered."""

SCHEMA = "clinic-mapper/profile/1"
LEVELS: dict[Tag, tuple[str, ...]] = {
    "date": ("month", "year", "band"),
    "place": ("county", "state"),
    "home-place": ("county", "state"),
    "agency-name": ("kind",),
    "third-person": ("role",),
}
"""How a tag can be generalized, from the most exact level on."""


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a reader sees.

    `lines`: which lines of the map: all, those that somebody chose, none. `confirm`: what the reader learns must be
    confirmed first. `may_loosen`: a clinic may show more, once an attorney confirmed it. `threshold`: no number below
    it is printed. `presets`: rules of court that it follows. `caveats`: what is said before a file is made, by
    language. `tags`: `keep`, `withhold` or `generalize:<level>` for every tag. `never`: words that no file holds.
    """

    schema: str
    reader: str
    title: dict[str, str]
    lines: Literal["all", "chosen", "none"]
    confirm: bool
    may_loosen: bool
    threshold: int
    presets: tuple[str, ...]
    caveats: dict[str, tuple[str, ...]]
    tags: dict[str, str]
    never: dict[str, tuple[str, ...]]

    def verdict(self, tag: Tag) -> str:
        """What holds for a tag. An agency's name gives its place away, and a place its agency: neither shows alone."""
        said = self.tags[tag]
        if tag == "agency-name" and said == "keep" and self.tags["place"] != "keep":
            return "generalize:kind"
        if tag in ("place", "home-place") and said != "withhold" and self.tags["agency-name"] != "keep":
            return "generalize:state"
        return said

    def keeps(self, tag: Tag) -> bool:
        """Whether what is tagged so is shown in full. The memo's own wording always is."""
        return tag == "" or self.verdict(tag) == "keep"

    @property
    def sees_routes(self) -> bool:
        """Whether some lines of the map, at least, are shown with their routes."""
        return self.lines != "none" and not self.withholds("route")

    def withholds(self, tag: Tag) -> bool:
        """Whether what is tagged so is left out whole."""
        return tag != "" and self.verdict(tag) == "withhold"

    def level(self, tag: Tag) -> str:
        """The level to which the tag is generalized, "" if it is not."""
        return self.verdict(tag).partition(":")[2] if tag else ""


@lru_cache(maxsize=16)
def load_profile(reader: str) -> Profile:
    """The profile of a reader, as shipped.

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


def verdicts(tag: Tag) -> tuple[str, ...]:
    """What can be said about a tag, from the loosest to the tightest."""
    return ("keep", *(f"generalize:{level}" for level in LEVELS.get(tag, ())), "withhold")


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
    if verdict not in verdicts(name):
        raise _invalid(file, f"tags, {name}: “{verdict}” is not a verdict for it")


def _invalid(file: str, what: str) -> Problem:
    return Problem(
        "profile-invalid", f"{file} cannot be used: {what}.", "Nothing was written.", "Restore the file as shipped."
    )
