"""“What if” in words, for a terminal: what is supposed, and what would differ."""

from __future__ import annotations

from collections.abc import Sequence

from clinic_mapper.casefile.dates import in_words
from clinic_mapper.casefile.model import Answer
from clinic_mapper.memo.difference_text import difference_in_words
from clinic_mapper.memo.map_text import indented
from clinic_mapper.memo.phrases import Voice
from clinic_mapper.routing.compare import compare
from clinic_mapper.routing.model import Unknown
from clinic_mapper.routing.what_if import NOT_ASKED, At, Change, Ended, Otherwise, Practice, PracticeEnded, Without


def what_if_in_words(changes: Sequence[Change], before: Voice, after: Voice) -> str:
    """The changes, how many lines they would change, and each of these as it is and as it would be."""
    words, difference = before.words, compare(before.exposure, after.exposure)
    supposed = "; ".join(_change(change, before) for change in changes)
    parts = [words("terminal.sample")] if before.matter.sample else []
    parts.append(indented(words("what_if.title", list=supposed), 0))
    if not difference.is_empty:
        counted = (("differ", len(difference.lines)), ("same", len(difference.same)))
        parts.append(" ".join(words.counted(f"what_if.{key}", number) for key, number in counted if number))
    return "\n".join([*parts, "", difference_in_words(difference, before, after)])


def _change(change: Change, voice: Voice) -> str:
    words = voice.words
    match change:
        case Otherwise():
            return _answer(change, voice)
        case Practice():
            return words(
                "what_if.practice",
                practice=_practice(change.practice, voice),
                whose=voice.contacts((change.touchpoint,)),
                value=_value(change.value, voice),
            )
        case PracticeEnded():
            return words(
                "what_if.practice_ended",
                practice=_practice(change.practice, voice),
                whose=voice.contacts((change.touchpoint,)),
                day=in_words(change.day.isoformat(), voice.lang),
            )
        case At():
            when = in_words(change.when, voice.lang)
            return words("what_if.at", whose=voice.contacts((change.touchpoint,)), when=when)
        case Ended():
            day = in_words(change.day.isoformat(), voice.lang)
            return words("what_if.ended", row=_row(change.row, voice), day=day)
        case Without():
            return words("what_if.without", row=_row(change.row, voice))


def _answer(change: Otherwise, voice: Voice) -> str:
    said = {
        "question": voice.gist_run(change.question, change.touchpoint).text,
        "whose": voice.contacts((change.touchpoint,) if change.touchpoint else ()),
        "value": _value(change.value, voice, change),
    }
    if change.since:
        return voice.words("what_if.answer_since", **said, since=in_words(change.since, voice.lang))
    return voice.words("what_if.answer", **said)


def _value(value: str, voice: Voice, of: Otherwise | None = None) -> str:
    if value == NOT_ASKED:
        return voice.words("answer.not_asked")
    if of is None:
        return voice.words(f"answer.{value}")
    return voice.value_run(of.question, Answer(value=value), of.touchpoint).text


def _practice(id: str, voice: Voice) -> str:
    if (row := voice.catalog.practices.get(id)) is not None:
        return voice.local(row)
    return voice.unknown(Unknown(kind="practice", id=id, touchpoint="")).text


def _row(id: str, voice: Voice) -> str:
    catalog = voice.catalog
    if (law := catalog.restrictions.get(id)) is not None:
        return law.name
    if (flow := catalog.flows.get(id)) is not None:
        return f"{voice.short(flow.from_)} → {voice.short(flow.to)}"
    known = catalog.known_practices.get(id)
    return voice.known(known) if known else id
