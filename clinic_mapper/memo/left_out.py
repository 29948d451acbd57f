"""What will be left out for a reader, said before anything is written: kinds and counts, never a value."""

from __future__ import annotations

from clinic_mapper.casefile.model import Matter, answer_of
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo.document import Tag
from clinic_mapper.memo.readers import Profile, load_profile
from clinic_mapper.memo.withhold import withheld_values
from clinic_mapper.memo.words import Words, load_words


def summary(
    matter: Matter, catalog: Catalog, reader: str, lang: str = "en", profile: Profile | None = None
) -> tuple[str, ...]:
    """What will be left out for a reader, in sentences: kinds and counts, never a value."""
    seen, words = profile or load_profile(reader), load_words(lang)
    if reader == "funder":
        return (words("without.only_counts", threshold=seen.threshold),)
    only = {"client": "without.only_steps", "request": "without.only_request"}.get(reader, "")
    sentences = [words(only)] if only else _generalized(seen, words)
    counts: dict[str, int] = {}
    for value in withheld_values(matter, catalog, seen):
        if not value.identifier and (reader == "client" or not seen.level(value.kind)):  # type: ignore[arg-type]
            counts[value.kind] = counts.get(value.kind, 0) + 1
    if "touchpoint-label" in counts:
        counts["touchpoint-label"] = len({touchpoint.kind for touchpoint in matter.touchpoints})
    listed = [words.counted(f"without.{kind}", number) for kind, number in counts.items()]
    if matter.identifiers:
        listed.append(words.counted("without.identifier", len(matter.identifiers)))
    if session := _session_only(matter):
        listed.append(words.counted("without.session", session))
    if listed:
        sentences.append(words("without.listed", list=words.joined(listed)))
    return tuple(sentences) or (words("without.nothing"),)


def caveats(profile: Profile, lang: str = "en") -> tuple[str, ...]:
    """What is said about a reader before a file is made for them."""
    return profile.caveats.get(lang, ())


def _generalized(profile: Profile, words: Words) -> list[str]:
    tags: tuple[Tag, ...] = ("date", "place", "home-place", "agency-name")
    return [words(f"without.{tag}_{profile.level(tag)}") for tag in tags if profile.level(tag)]


def _session_only(matter: Matter) -> int:
    answers = [*matter.client.values()]
    for touchpoint in matter.touchpoints:
        answers += [*touchpoint.facts.values(), *touchpoint.practices.values()]
    return sum(1 for given in answers if (answer := answer_of(given)) is not None and answer.session_only)
