"""The facts: each contact with its source, what is not known, what disagrees."""

from __future__ import annotations

from collections.abc import Mapping

from clinic_mapper.casefile.model import DECLINED, UNKNOWN, Answer, Touchpoint, answer_of
from clinic_mapper.memo.document import Block, Heading, Items, Paragraph, Run, Runs, Table
from clinic_mapper.memo.phrases import Voice, plain


def facts_part(voice: Voice) -> list[Block]:
    """The section on facts."""
    words = voice.words
    blocks: list[Block] = [Heading(runs=(plain(words("facts.title")),))]
    if voice.matter.touchpoints:
        blocks.append(
            Table(
                head=(words("facts.no"), words("facts.when"), words("facts.contact"), words("facts.said")),
                rows=tuple(_row(voice, touchpoint) for touchpoint in voice.matter.touchpoints),
                widths=(0.055, 0.145, 0.32, 0.48),
            )
        )
    about_client = _known(voice, voice.matter.client)
    if about_client:
        blocks.append(Heading(runs=(plain(words("facts.client")),), level=2))
        together = tuple(run for item in about_client for run in (*item, plain("  ")))
        blocks.append(Paragraph(runs=together, style="small"))
    blocks += _unknown_part(voice)
    blocks += _conflicts(voice)
    if voice.matter.note:
        note: Runs = (plain(words("facts.note"), bold=True), Run(text=voice.matter.note, tag="note"))
        blocks.append(Paragraph(runs=note, style="small", discloses="note"))
    return blocks


def _row(voice: Voice, touchpoint: Touchpoint) -> tuple[Runs, ...]:
    where = touchpoint.where
    place: Runs = (voice.place(where),)
    contact: Runs = (voice.label(touchpoint, bold=True), plain(" · "), *voice.agency(touchpoint.agency), plain(" · "))
    return (
        (plain(str(voice.number[touchpoint.id])),),
        (voice.date(touchpoint.when),),
        (*contact, *place),
        _said(voice, touchpoint),
    )


def _said(voice: Voice, touchpoint: Touchpoint) -> Runs:
    runs: list[Run] = []
    for item in _known(voice, touchpoint.facts, touchpoint.id):
        runs += [*item, plain("  ")]
    for name, given in sorted(touchpoint.practices.items()):
        practice, answer = voice.catalog.practices.get(name), answer_of(given)
        if answer is not None:
            said = voice.local(practice) if practice else name
            runs += [Run(text=said + ": ", tag="answer"), *voice.answer_runs(name, answer), plain("  ")]
    not_known = [name for name, given in touchpoint.facts.items() if _value(given) == UNKNOWN]
    if not_known:
        runs += [plain(voice.words.counted("count.not_known", len(not_known)) + " ", italic=True)]
    if touchpoint.note:
        runs += [Run(text=voice.words("facts.note") + touchpoint.note, tag="note", italic=True)]
    return tuple(runs) or (plain(voice.words("facts.nothing"), italic=True),)


def _known(voice: Voice, answers: Mapping[str, Answer | str], touchpoint: str = "") -> list[Runs]:
    """The answers that say something, each with who or what says so."""
    items: list[Runs] = []
    for name, given in sorted(answers.items()):
        answer = answer_of(given)
        if answer is not None and answer.value not in (UNKNOWN, DECLINED):
            asked = voice.question_run(name, touchpoint)
            items.append((asked, plain(" "), *voice.answer_runs(name, answer, touchpoint), plain(".")))
    return items


def _value(given: Answer | str) -> str:
    answer = answer_of(given)
    return answer.value if answer else ""


def _unknown_part(voice: Voice) -> list[Block]:
    """What the client does not know or declined to say, as such; what was not asked is counted, never guessed."""
    words, matter = voice.words, voice.matter
    unknown = [voice.question_run(name) for name, given in sorted(matter.client.items()) if _value(given) == UNKNOWN]
    declined = [voice.question_run(name) for name, given in sorted(matter.client.items()) if _value(given) == DECLINED]
    items: list[Runs] = []
    for title, questions in ((words("facts.unknown"), unknown), (words("facts.declined"), declined)):
        if questions:
            items.append((plain(title, bold=True), *_one_after_another(questions)))
    undated = [each.id for each in matter.touchpoints if not each.when]
    if undated:
        items.append((plain(words("facts.undated"), bold=True), plain(voice.contacts(undated) + ".")))
    not_asked = [id for id in voice.catalog.client_questions if id not in matter.client]
    if not_asked:
        items.append((plain(words.counted("count.not_asked", len(not_asked))),))
    if not items:
        return []
    return [Heading(runs=(plain(words("facts.unknown_title")),), level=2), Items(items=tuple(items), style="small")]


def _one_after_another(questions: list[Run]) -> Runs:
    runs: list[Run] = []
    for question in questions:
        runs += [question, plain("  ")]
    return tuple(runs)


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
