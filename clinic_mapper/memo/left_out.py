"""What will be left out for a reader, said before anything is written: kinds and counts, never a value."""

from __future__ import annotations

from clinic_mapper.casefile.model import Matter, answer_of
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo.readers import Profile, load_profile
from clinic_mapper.memo.withhold import withheld_values
from clinic_mapper.memo.words import Words, load_words


def summary(matter: Matter, catalog: Catalog, reader: str, lang: str = "en") -> tuple[str, ...]:
    """What will be left out for a reader, in sentences: kinds and counts, never a value."""
    profile, words = load_profile(reader), load_words(lang)
    sentences = [words("without.only_steps")] if reader == "client" else _generalized(profile, words)
    counts: dict[str, int] = {}
    for value in withheld_values(matter, catalog, profile):
        if not value.identifier and (reader == "client" or not profile.level(value.kind)):  # type: ignore[arg-type]
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


def _generalized(profile: Profile, words: Words) -> list[str]:
    tags = ("date", "place", "agency-name")
    return [words(f"without.{tag}_{profile.level(tag)}") for tag in tags if profile.level(tag)]  # type: ignore[arg-type]


def _session_only(matter: Matter) -> int:
    answers = [*matter.client.values()]
    for touchpoint in matter.touchpoints:
        answers += [*touchpoint.facts.values(), *touchpoint.practices.values()]
    return sum(1 for given in answers if (answer := answer_of(given)) is not None and answer.session_only)
