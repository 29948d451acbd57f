"""The facts: each contact with its source, what is not known, what disagrees."""

from __future__ import annotations

from collections.abc import Mapping

from clinic_mapper.casefile.model import DECLINED, UNKNOWN, Answer, Touchpoint, answer_of
from clinic_mapper.memo.document import Block, Heading, Items, Paragraph, Run, Runs, Table
from clinic_mapper.memo.phrases import Voice, after, plain


def facts_part(voice: Voice) -> list[Block]:
    """The section on facts."""
    words = voice.words
    blocks: list[Block] = [Heading(runs=(plain(words("facts.title")),))]
    if voice.matter.touchpoints:
        blocks.append(
            Table(
                head=(words("facts.no"), words("facts.when"), words("facts.contact"), words("facts.said")),
                rows=tuple(_row(voice, touchpoint) for touchpoint in voice.matter.touchpoints),
                widths=(0.045, 0.125, 0.36, 0.47),
                style="fine",
            )
        )
    about_client = _told(voice, voice.matter.client)
    if about_client:
        title = plain(words("facts.client") + ". ", bold=True)
        blocks.append(Paragraph(runs=(title, *about_client), style="small"))
    blocks += _unknown_part(voice)
    blocks += _conflicts(voice)
    if voice.matter.note:
        note: Runs = (plain(words("facts.note"), bold=True), Run(text=voice.matter.note, tag="note"))
        blocks.append(Paragraph(runs=note, style="small", discloses="note"))
    return blocks


def _row(voice: Voice, touchpoint: Touchpoint) -> tuple[Runs, ...]:
    place: Runs = (voice.place(touchpoint),)
    contact: Runs = (voice.label(touchpoint, bold=True), plain(" · "), *voice.agency(touchpoint), plain(" · "))
    return (
        (plain(str(voice.number[touchpoint.id])),),
        (voice.date(touchpoint.when),),
        (*contact, *place),
        _said(voice, touchpoint),
    )


def _said(voice: Voice, touchpoint: Touchpoint) -> Runs:
    runs = [*_told(voice, touchpoint.facts, touchpoint.id)]
    for name, given in sorted(touchpoint.practices.items()):
        answer = answer_of(given)
        if answer is not None:
            said = voice.practised(name)
            runs += [Run(text=said + ": ", tag="answer"), *voice.answer_runs(name, answer), plain(". ")]
    not_known = [voice.gist_run(name, touchpoint.id) for name in _unknown_in(touchpoint.facts)]
    if not_known:
        runs += [plain(voice.words("facts.unknown_here"), italic=True), *after(", ", not_known), plain(". ")]
    if touchpoint.note:
        note = Run(text=voice.words("facts.note") + touchpoint.note, tag="note", italic=True)
        runs += [*(() if runs else (plain(voice.words("facts.nothing") + " ", italic=True),)), note]
    told = tuple(runs) or (plain(voice.words("facts.nothing"), italic=True),)
    return (*_whose(voice, touchpoint), *told)


def _whose(voice: Voice, touchpoint: Touchpoint) -> Runs:
    """Of a relative's contact, that the map covers the client alone; it says no more than the kind of contact does."""
    if not voice.is_about_relative(touchpoint):
        return ()
    said = voice.words("facts.relative") + " "
    return (Run(text=said, tag="third-person", forms=(("role", said),), bold=True),)


def _told(voice: Voice, answers: Mapping[str, Answer | str], touchpoint: str = "") -> Runs:
    """The answers that say something, under who or what says so: “Client said: prints – yes; photo – no.”"""
    groups: dict[tuple[str, str], list[Runs]] = {}
    for name, given in sorted(answers.items()):
        answer = answer_of(given)
        if answer is not None and answer.value not in (UNKNOWN, DECLINED):
            groups.setdefault((answer.source, answer.paper), []).append(_answered(voice, name, answer, touchpoint))
    runs: list[Run] = []
    for (source, paper), items in groups.items():
        said = voice.words(f"source.{source}")
        runs.append(plain(f"{said[:1].upper()}{said[1:]}", italic=True))
        if paper:
            runs += [plain(" ("), Run(text=paper, tag="paper"), plain(")")]
        runs.append(plain(": "))
        for number, item in enumerate(items):
            runs += [plain("; ") if number else plain(""), *item]
        runs.append(plain(". "))
    return tuple(runs)


def _answered(voice: Voice, name: str, answer: Answer, touchpoint: str) -> Runs:
    """“fingerprints taken – yes, since May 2012”; a question without a short form is said in full."""
    asked = voice.gist_run(name, touchpoint)
    between = plain(" ") if asked.text.endswith("?") else plain(" – ")
    runs = [asked, between, voice.value_run(name, answer, touchpoint)]
    if answer.since:
        runs += [plain(voice.words("facts.since")), voice.date(answer.since)]
    return tuple(runs)


def _unknown_in(answers: Mapping[str, Answer | str]) -> list[str]:
    return [name for name, given in sorted(answers.items()) if _value(given) == UNKNOWN]


def _value(given: Answer | str) -> str:
    answer = answer_of(given)
    return answer.value if answer else ""


def _unknown_part(voice: Voice) -> list[Block]:
    """What the client does not know or declined to say, as such; what was not asked is counted, never guessed."""
    words, matter = voice.words, voice.matter
    unknown = [voice.gist_run(name) for name in _unknown_in(matter.client)]
    declined = [voice.gist_run(name) for name, given in sorted(matter.client.items()) if _value(given) == DECLINED]
    items: list[Runs] = []
    for title, questions in ((words("facts.unknown"), unknown), (words("facts.declined"), declined)):
        if questions:
            items.append((plain(title, bold=True), *after(", ", questions), plain(".")))
    undated = [each.id for each in matter.touchpoints if not each.when]
    if undated:
        items.append((plain(words("facts.undated"), bold=True), plain(voice.contacts(undated) + ".")))
    not_asked = [id for id in voice.catalog.client_questions if id not in matter.client]
    if not_asked:
        items.append((plain(words.counted("count.not_asked", len(not_asked))),))
    return [Items(items=tuple(items), style="small")] if items else []


def _conflicts(voice: Voice) -> list[Block]:
    items: list[Runs] = []
    for derived in voice.exposure.derived:
        if derived.conflict:
            told = answer_of(voice.matter.client.get(derived.client))
            said = voice.answer_runs(derived.client, told) if told else (plain(voice.words("answer.not_asked")),)
            seen = voice.words("facts.conflict", contacts=voice.contacts(derived.from_touchpoints))
            items.append((voice.question_run(derived.client), plain(" "), *said, plain(seen)))
    if not items:
        return []
    return [
        Heading(runs=(plain(voice.words("facts.conflicts")),), level=2),
        Items(items=tuple(items), style="small"),
    ]
