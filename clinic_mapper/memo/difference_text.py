"""What differs between two maps in words, for a terminal: each line as it was and as it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from clinic_mapper.casefile.dates import in_words
from clinic_mapper.memo.document import Run, Runs
from clinic_mapper.memo.law_text import law_does
from clinic_mapper.memo.map_text import closed_in_words
from clinic_mapper.memo.phrases import Voice, after
from clinic_mapper.memo.terminal_page import indented, page
from clinic_mapper.routing.compare import ASPECTS, Difference, LineChange, LineState
from clinic_mapper.routing.model import LawOnHop

Because = Mapping[str, Sequence[str]]
"""Sentences by line id on why it differs, from those who know: two maps alone do not tell."""


def difference_in_words(difference: Difference, before: Voice, after: Voice, because: Because | None = None) -> str:
    """The difference as text: new lines, gone ones, changed ones. `before` and `after` speak of the two maps."""
    return page(difference_lines(difference, before, after, because), after.words)


def difference_lines(
    difference: Difference, before: Voice, after: Voice, because: Because | None = None
) -> Iterator[str]:
    """The same line by line, for a page that says more."""
    if before.exposure.cut or after.exposure.cut:
        yield after.words("terminal.cut")
    if difference.is_empty:
        yield after.words("difference.none")
    why = because or {}
    parts = (
        ("appeared", [_new(state, after, why) for state in difference.appeared]),
        ("went", [_gone(state, before, why) for state in difference.went]),
        ("changed", [_changed(change, before, after, why) for change in difference.changed]),
    )
    for name, told in parts:
        if told:
            yield from _part(after, name, told)


def _part(voice: Voice, name: str, told: list[list[str]]) -> Iterator[str]:
    yield f"{voice.words(f'difference.{name}').upper()} ({len(told)})"
    for lines in told:
        yield from lines


def _new(state: LineState, after: Voice, why: Because) -> list[str]:
    now = after.words("difference.now", state=_state(state, after))
    return [_title(state, after), indented(now, 4), *_why(state.line, why)]


def _gone(state: LineState, before: Voice, why: Because) -> list[str]:
    was = before.words("difference.before", state=_state(state, before))
    return [_title(state, before), indented(was, 4), *_why(state.line, why)]


def _changed(change: LineChange, before: Voice, after: Voice, why: Because) -> list[str]:
    words = after.words
    told = [
        words("difference.before", state=_state(change.before, before)),
        words("difference.now", state=_state(change.after, after)),
    ]
    if "law" in change.aspects:
        old, new = change.before.law, change.after.law
        told += [law_in_words("law_ended", law, before) for law in old if law not in new]
        told += [law_in_words("law_began", law, after) for law in new if law not in old]
    return [_title(change.after, after), *(indented(each, 4) for each in told), *_why(change.line, why)]


def _why(line: str, why: Because) -> list[str]:
    return [indented(sentence, 4) for sentence in why.get(line, ())]


def _title(state: LineState, voice: Voice) -> str:
    touchpoint = next(each for each in voice.matter.touchpoints if each.id == state.touchpoint)
    when = in_words(touchpoint.when, voice.lang)
    return indented(f"{voice.mechanism(state.mechanism)} – {voice.label(touchpoint).text} ({when})", 2)


def _state(state: LineState, voice: Voice) -> str:
    return "".join(run.text for run in state_runs(state, voice))


def state_runs(state: LineState, voice: Voice, told: Collection[str] = ASPECTS) -> Runs:
    """What was said of a line: its standing with what closes it, its tense where one may be said, and the office.

    `told`: of tense, arrival and office, those aspects alone.
    """
    words = voice.words
    how = voice.how(state.tense, state.arrives)
    parts: list[Run] = []
    if state.standing == "closed":
        law = tuple(reason for reason in state.closed_by if reason == "law")
        others = tuple(reason for reason in state.closed_by if reason != "law")
        parts += [_of_route(said) for said in closed_in_words(voice, others, ())]
        parts += [Run(text=said, tag="law") for said in closed_in_words(voice, law, state.law)]
    else:
        parts.append(_of_route(words(f"standing.{state.standing}")))
    if state.has_tense and ("tense" in told or "arrives" in told):
        sure = state.standing == "open" or (state.standing == "closed" and state.tense == "was_within_reach")
        parts.append(_of_route(how if sure else words("terminal.if_so", how=how)))
    if "end" in told:
        parts.append(_of_route(words("difference.to", office=voice.short(state.end))))
    return after("; ", parts)


def _of_route(text: str) -> Run:
    return Run(text=text, tag="route")


def law_in_words(key: str, law: LawOnHop, voice: Voice) -> str:
    """That a law acts no longer (`law_ended`) or now too (`law_began`), and what it does."""
    effect = law_does(voice.words, voice.catalog, law)
    if law.contested:
        effect += voice.words("lines.contested")
    return voice.words(f"difference.{key}", law=voice.law(law.id), effect=effect)
