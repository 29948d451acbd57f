"""Why a route stands as it does, in words: the whole tree for a terminal, and the few words beside a step."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from clinic_mapper.casefile.dates import in_words
from clinic_mapper.memo.ground_text import GroundWords, says_day_and_place
from clinic_mapper.memo.law_text import law_does, law_only_if
from clinic_mapper.memo.map_text import broken_in_words, closed_in_words
from clinic_mapper.memo.phrases import Voice
from clinic_mapper.memo.terminal_page import as_it_stands, indented, page
from clinic_mapper.routing.explanation import Explanation, Ground, HopWhy, LawWhy

_MOST_IN_A_LINE = 3
_MOST_BESIDE = 3
_TOLD_BY_PEOPLE = ("fact", "client", "practice", "agreement")
_OF_DAY_AND_PLACE = ("place", "date", "days")


class Because(msgspec.Struct, frozen=True):
    """The answers that make a step stand as it does, and what is not known of it; either may be empty."""

    answers: str
    not_known: str


def explanation_in_words(why: Explanation, voice: Voice) -> str:
    """The whole explanation as nested lines of text."""
    return page(_text(why, voice), voice.words)


def _text(why: Explanation, voice: Voice) -> Iterator[str]:
    words = voice.words
    touchpoint = next(each for each in voice.matter.touchpoints if each.id == why.touchpoint)
    if voice.matter.sample:
        yield words("terminal.sample")
    if voice.exposure.cut:
        yield indented(words("terminal.cut"), 0)
    yield indented(
        words(
            "explain.contact",
            mechanism=voice.mechanism(why.mechanism),
            contact=voice.label(touchpoint).text,
            when=in_words(touchpoint.when, voice.lang),
            where=voice.place(touchpoint).text,
        ),
        0,
    )
    yield f"{words(f'explain.title_{why.standing}').upper()}"
    law = tuple(each.law for hop in why.hops for each in hop.law)
    if why.standing == "closed":
        yield from (indented(said, 2) for said in closed_in_words(voice, why.closed_by, law))
    yield from (indented(said, 2) for said in broken_in_words(voice, law, set()))
    if tense := _tense(why, voice):
        yield indented(tense, 2)
    yield indented(_weakest(why, voice), 2)
    yield indented(words("explain.marks"), 2)
    say = GroundWords(voice, why.touchpoint)
    yield ""
    yield from _record(why, voice, say)
    for number, hop in enumerate(why.hops, 1):
        yield ""
        yield from _hop(hop, number, voice, say)
    if why.whole:
        yield ""
        yield words("explain.whole")
        for ground in why.whole:
            yield from _tree(ground, say, 2)


def _tense(why: Explanation, voice: Voice) -> str:
    """The tense with its reason; nothing where a closed route has none that may be said."""
    words, tense = voice.words, why.tense
    because = words(f"explain.because_{tense.because}", **({"number": tense.hop} if tense.because == "over" else {}))
    said = words("explain.tense_line", tense=words(f"tense.{tense.tense}"), because=because)
    if why.standing == "open" or (why.standing == "closed" and tense.tense == "was_within_reach"):
        return said
    if why.standing == "closed" and why.closed_by != ("law",):
        return ""
    return words("terminal.if_so", how=said)


def _weakest(why: Explanation, voice: Voice) -> str:
    words, weakest = voice.words, why.weakest
    evidence = {"confidence": words(f"confidence.{weakest.confidence}"), "as_of": in_words(weakest.as_of, voice.lang)}
    if len(why.hops) < 2:
        return words("explain.evidence", **evidence)
    hop = why.hops[weakest.hop - 1].hop
    start, end = voice.short(hop.from_), voice.short(hop.to)
    return words("explain.weakest", number=weakest.hop, start=start, end=end, **evidence)


def _record(why: Explanation, voice: Voice, say: GroundWords) -> Iterator[str]:
    words, record = voice.words, why.record
    standing = words(f"standing.{record.standing}")
    yield indented(words("explain.record", system=voice.short(record.system), standing=standing), 0)
    yield from _tree(record.ground, say, 2, alone=True)
    yield indented(words("explain.holds", items=voice.data(record.data)), 2)
    for judged in record.judged:
        yield indented(words("explain.perhaps", items=voice.data(judged.items)), 2)
        yield from _tree(judged.ground, say, 4)


def _hop(why: HopWhy, number: int, voice: Voice, say: GroundWords) -> Iterator[str]:
    words, hop = voice.words, why.hop
    standing = words(f"standing.{hop.standing}")
    start, end = voice.short(hop.from_), voice.short(hop.to)
    yield indented(words("explain.hop", number=number, start=start, end=end, standing=standing), 0)
    if hop.consults:
        yield indented(words("explain.consults", list=words.joined([voice.short(id) for id in hop.consults])), 2)
    for other in hop.either:
        if (flow := voice.catalog.flows.get(other)) is not None:
            yield indented(words("explain.either_flow", trigger=flow.trigger), 2)
    yield from _tree(why.ground, say, 2, alone=True)
    if why.waits.id:
        yield from _tree(why.waits, say, 2)
    beside = [law for law in why.law if law.law.does == "show"]
    for law in why.law:
        if law not in beside:
            yield from _law(law, why, voice, say)
    if beside:
        yield _english(words("explain.beside", list="; ".join(_beside(law, voice) for law in beside)), 2, voice)
    if why.cites:
        yield as_it_stands(words("explain.sources", list="; ".join(_cite(voice, *cite) for cite in why.cites)), 2)


def _law(why: LawWhy, hop: HopWhy, voice: Voice, say: GroundWords) -> Iterator[str]:
    words, law = voice.words, why.law
    effect = law_does(words, voice.catalog, law) + (words("lines.contested") if law.contested else "")
    if law.unless:
        effect += ", " + words("closed_by.unless", exception=" / ".join(law.unless))
    yield _english(words("explain.law", law=_named(why, voice), effect=effect), 2, voice)
    keys = [words(f"explain.by_{why.by}")]
    for key, said in (("binds", why.binds), ("recipients", why.recipients)):
        keys += [words(f"explain.{key}", list=", ".join(words(f"law_key.{word}") for word in said))] if said else []
    moving = (*hop.hop.data, *hop.hop.perhaps)
    taken = tuple(item for item in why.items if item in moving)
    keys += [words("explain.takes", items=voice.data(taken))] if 0 < len(taken) < len(moving) else []
    yield indented("; ".join(keys), 4)
    told = {ground.id for ground in hop.ground.leaves() if ground.form in ("bar", "mandate")}
    if law.id not in told:  # else it stands in the tree above
        for ground in why.grounds:
            yield from _tree(ground, say, 4)


def _english(text: str, by: int, voice: Voice) -> str:
    """Names of laws are English: no words of another language are put into them."""
    return indented(text, by) if voice.lang == "en" else as_it_stands(text, by)


def _named(why: LawWhy, voice: Voice) -> str:
    row = voice.catalog.restrictions.get(why.law.id)
    return row.name if row else why.law.id


def _beside(why: LawWhy, voice: Voice) -> str:
    only_if = law_only_if(voice.words, voice.catalog, why.law)
    return f"{_named(why, voice)} ({only_if})" if only_if else _named(why, voice)


def _cite(voice: Voice, source: str, at: str) -> str:
    row = voice.catalog.sources.get(source)
    return ", ".join(part for part in (row.title if row else source, at) if part)


def _tree(ground: Ground, say: GroundWords, by: int, alone: bool = False) -> Iterator[str]:
    """A ground and what is below it; of one that joins, or stands alone for, its parts nothing but these."""
    if ground.form in ("all", "any") and (len(ground.parts) == 1 or (alone and ground.form == "all")):
        yield from _parts(ground, say, by)
        return
    mark = ">" if ground.decides else "-"
    yield indented(f"{mark} {say.line(ground)}", by)
    if not says_day_and_place(ground):
        yield from _parts(ground, say, by + 2)


def _parts(ground: Ground, say: GroundWords, by: int) -> Iterator[str]:
    """The parts of a ground; beside some that decide, those that do not are counted where they are many or deep."""
    beside = [part for part in ground.parts if not part.decides]
    fold = len(beside) < len(ground.parts) and (len(beside) > _MOST_BESIDE or any(part.parts for part in beside))
    for part in ground.parts:
        if part.decides or not fold:
            yield from _tree(part, say, by, alone=ground.form == "bar")
    if fold and beside:
        yield indented(f"- {say.words.counted('explain.folded', len(beside))}", by)


def because(why: HopWhy, voice: Voice, touchpoint: str) -> Because:
    """What makes one step stand as it does, in a line or two."""
    say = GroundWords(voice, touchpoint)
    closed = why.hop.standing == "closed"
    forms = (*_TOLD_BY_PEOPLE, *_OF_DAY_AND_PLACE) if closed else _TOLD_BY_PEOPLE
    deciding = [ground for ground in (*why.ground.leaves(), why.waits) if ground.decides]
    answers = [say.short(each) for each in deciding if each.form in forms and each.outcome not in ("unknown",)]
    unknown = [say.short(each) for each in deciding if each.outcome == "unknown" and each.form != "needs"]
    return Because(_in_a_line(answers, voice), _in_a_line(unknown, voice))


def _in_a_line(parts: list[str], voice: Voice) -> str:
    said = list(dict.fromkeys(parts))
    more = len(said) - _MOST_IN_A_LINE
    rest = [voice.words("explain.more", number=more)] if more > 0 else []
    return " · ".join([*said[:_MOST_IN_A_LINE], *rest])
