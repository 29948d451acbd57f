"""“What if” in words, for a terminal: what is supposed, and what would differ."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from clinic_mapper.casefile.dates import in_words
from clinic_mapper.casefile.model import Answer
from clinic_mapper.memo.difference_text import difference_lines
from clinic_mapper.memo.map_text import closed_in_words
from clinic_mapper.memo.phrases import Voice
from clinic_mapper.memo.terminal_page import indented, page
from clinic_mapper.routing.compare import compare
from clinic_mapper.routing.model import Route
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
    within = _within(frozenset(difference.same), before, after)
    return page([*parts, *_undated(changes, before), "", *difference_lines(difference, before, after), *within], words)


def _undated(changes: Sequence[Change], voice: Voice) -> Iterator[str]:
    """That a yes to what begins on some day says nothing of the days before, where none was given."""
    for change in changes:
        if isinstance(change, Otherwise) and change.value == "yes" and not change.since and not change.touchpoint:
            question = voice.catalog.client_questions.get(change.question)
            if question is not None and question.onset:
                yield indented(voice.words("what_if.undated", change=f"client.{change.question}=yes"), 0)


def _within(same: Container[str], before: Voice, after: Voice) -> Iterator[str]:
    """The routes that would stand otherwise although their line does not, because a stronger one speaks for it."""
    old, words = before.exposure.routes, after.words
    moved = [
        (old[id], route)
        for id, route in after.exposure.routes.items()
        if route.line in same and id in old and _stands(old[id]) != _stands(route)
    ]
    if not moved:
        return
    yield ""
    yield f"{words('what_if.within').upper()} ({len(moved)})"
    told: dict[tuple[str, str, str, str], list[str]] = {}
    for was, now in moved:
        way = after.mechanism(now.mechanism), after.chain(now).text, _standing(was, before), _standing(now, after)
        told.setdefault(way, []).append(now.touchpoint)
    for (mechanism, chain, was_so, is_so), contacts in told.items():
        number = words.counted("what_if.routes", len(contacts))
        yield indented(f"{mechanism} ({after.contacts(contacts)}; {number}): {chain}", 2)
        yield indented(words("difference.before", state=was_so), 4)
        yield indented(words("difference.now", state=is_so), 4)


def _stands(route: Route) -> tuple[str, tuple[str, ...]]:
    return route.standing, route.closed_by


def _standing(route: Route, voice: Voice) -> str:
    if route.standing == "closed":
        return "; ".join(closed_in_words(voice, route.closed_by, route.law))
    return voice.words(f"standing.{route.standing}")


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
    return voice.practised(id)


def _row(id: str, voice: Voice) -> str:
    catalog = voice.catalog
    if (law := catalog.restrictions.get(id)) is not None:
        return law.name
    if (flow := catalog.flows.get(id)) is not None:
        return f"{voice.short(flow.from_)} → {voice.short(flow.to)}"
    known = catalog.known_practices.get(id)
    return voice.known(known) if known else id
