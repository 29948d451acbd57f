"""What to do first and what to hold off, what would settle the unknowns, and the remedies with who learns what."""

from __future__ import annotations

from itertools import zip_longest

from clinic_mapper.catalog.model import Remedy
from clinic_mapper.memo.compose_lines import lines_of, strongest
from clinic_mapper.memo.custody import serves
from clinic_mapper.memo.document import Block, Heading, Items, Paragraph, Run, Runs, Table
from clinic_mapper.memo.phrases import Voice, plain
from clinic_mapper.routing.model import AskNext, Unknown

_MOST_FIRST = 3
_MOST_HELD = 3
_MOST_SETTLED = 8
_MOST_REMEDIES = 6
_KINDS = (
    "records_request", "correction", "removal", "freeze", "opt_out", "complaint", "litigation", "advice",
)  # fmt: skip
_IN_TURN = ("records_request", "correction", "advice")
"""Kinds that a memo always has room for, so that none crowds out the others."""
_WHO = ("client", "paper", "request", "clinic", "attorney")


def first_steps(voice: Voice) -> list[Block]:
    """What to do first; what to hold off, because somebody learns something by it."""
    words = voice.words
    ask = tuple(_asked_runs(voice, asked) for asked in _first(voice))
    held = _held(voice)
    blocks: list[Block] = []
    if ask:
        blocks += [Heading(runs=(plain(words("steps.first")),)), Items(items=ask, marks="number")]
    if held:
        blocks.append(Heading(runs=(plain(words("steps.hold")),)))
        blocks.append(Items(items=tuple(_held_runs(voice, row) for row in held), style="small"))
    return blocks


def _held(voice: Voice) -> list[Remedy]:
    """What to hold off: first what tells ICE itself."""
    risky = (row for row in _remedies(voice) if row.caution and row.kind != "advice")
    return sorted(risky, key=lambda row: not _asks_ice(voice, row))[:_MOST_HELD]


def _held_runs(voice: Voice, row: Remedy) -> Runs:
    """What to hold off, and who learns what if it is done."""
    learns = row.learns or voice.words("remedies.not_said")
    return (Run(text=f"{row.title}. ", tag="remedy", bold=True), Run(text=learns, tag="remedy"))


def _asked_runs(voice: Voice, asked: AskNext) -> Runs:
    said = _asked(voice, asked)
    lead = voice.lead(asked.who, said)
    about = f" ({voice.contacts([asked.touchpoint])})" if asked.touchpoint else ""
    settles = voice.words.counted("count.settles", asked.lines_settled) if asked.lines_settled else ""
    return (lead, said, plain(f"{about} {settles}".rstrip()))


def _asked(voice: Voice, asked: AskNext) -> Run:
    return voice.unknown(Unknown(kind=asked.kind, id=asked.fact, touchpoint=asked.touchpoint), ())


def settle_part(voice: Voice) -> list[Block]:
    """The unknowns that most undetermined lines turn on, by who can answer; all others stand in appendix A."""
    words, order = voice.words, _ranked_unknowns(voice)
    items: list[Runs] = []
    for who in _WHO:
        asked = [told for (whom, _), told in order[:_MOST_SETTLED] if whom == who]
        if asked:
            items.append((plain(words(f"who.{who}") + ": ", bold=True), *_asked_together(voice, asked)))
    if not items:
        return []
    return [
        Heading(runs=(plain(words("settle.title")),)),
        Paragraph(runs=(plain(words("settle.besides")),), style="small"),
        Items(items=tuple(items), style="small"),
    ]


def asked_above(voice: Voice) -> set[str]:
    """The questions that the memo has asked so far, as it says them."""
    return {_asked(voice, each).text for each in _first(voice)} | {
        run.text for _, (run, _, _) in _ranked_unknowns(voice)[:_MOST_SETTLED]
    }


def _first(voice: Voice) -> tuple[AskNext, ...]:
    return tuple(voice.exposure.ask_next[:_MOST_FIRST])


Told = tuple[Run, list[str], int]


def _ranked_unknowns(voice: Voice) -> list[tuple[tuple[str, str], Told]]:
    """Who can answer and what, with the contacts it is about and how many lines turn on it; most lines first."""
    first = {(asked.touchpoint, _asked(voice, asked)) for asked in _first(voice)}
    grouped: dict[tuple[str, str], Told] = {}
    for route in (strongest(voice, line) for line in lines_of(voice, "undetermined")):
        for unknown in dict.fromkeys(route.unknown):
            run, who = voice.unknown(unknown, (route,)), voice.asked_of(unknown)
            if (unknown.touchpoint, run) in first:
                continue
            _, contacts, count = grouped.get((who, run.text), (run, [], 0))
            about = [*contacts, unknown.touchpoint] if unknown.touchpoint else contacts
            grouped[who, run.text] = (run, about, count + 1)
    return sorted(grouped.items(), key=lambda item: (-item[1][2], _WHO.index(item[0][0]), item[0][1]))


def _asked_together(voice: Voice, asked: list[Told]) -> Runs:
    """The questions one after the other, each with the contacts it is about."""
    runs: list[Run] = []
    for run, touchpoints, _ in asked:
        about = f" ({voice.contacts(touchpoints)})" if touchpoints else ""
        runs += [plain(" · ")] if runs else []
        runs += [run, plain(about)]
    return tuple(runs)


def _remedies(voice: Voice) -> list[Remedy]:
    """The remedies for systems and flows on open lines: what concerns most lines first, requests before advice.

    Steps of a custody stand in their own box, and nowhere where nobody is held.
    """
    reached: dict[str, int] = {}
    states = {touchpoint.where.state for touchpoint in voice.matter.touchpoints}
    serving = (row for row in voice.catalog.remedies.values() if not row.in_custody)
    here = {row.id: row for row in serving if serves(row, states)}
    for line in lines_of(voice, "open"):
        route = strongest(voice, line)
        for id, row in here.items():
            if set(row.systems) & set(route.systems) or set(row.flows) & set(route.flows):
                reached[id] = reached.get(id, 0) + 1
    order = sorted(reached, key=lambda id: (_KINDS.index(here[id].kind), _asks_ice(voice, here[id]), -reached[id], id))
    return [here[id].in_language(voice.lang) for id in order]


def _asks_ice(voice: Voice, row: Remedy) -> bool:
    """Whether it is a request to ICE itself: of all that can be asked for, that comes last."""
    systems = (voice.catalog.systems.get(id) for id in row.systems)
    return row.kind == "records_request" and any(system is not None and system.ice == "operated" for system in systems)


def _told(found: list[Remedy]) -> list[Remedy]:
    """As many remedies as there is room for: requests, corrections and advice in turn, then what else there is."""
    turns = [[row for row in found if row.kind == kind] for kind in _IN_TURN]
    taken = [row for turn in zip_longest(*turns) for row in turn if row is not None]
    taken += [row for row in found if row.kind not in _IN_TURN]
    return [row for row in found if row in taken[:_MOST_REMEDIES]]


def remedies_part(voice: Voice) -> list[Block]:
    """Remedies for what the open lines pass through."""
    found, words = _remedies(voice), voice.words
    if not found:
        return []
    rows: list[tuple[Runs, ...]] = []
    told, held = _told(found), _held(voice)
    for number, row in enumerate(told):
        again = number > 0 and row.caution is not None and row.caution == told[number - 1].caution
        rows.append((_step(voice, row), _learned(voice, row, row in held, again)))
    blocks: list[Block] = [
        Heading(runs=(plain(words("remedies.title")),)),
        Table(
            head=(words("remedies.step"), words("remedies.learns")), rows=tuple(rows), widths=(0.5, 0.5), style="fine"
        ),
    ]
    if len(found) > _MOST_REMEDIES:
        more = words.counted("count.more_remedies", len(found) - _MOST_REMEDIES)
        blocks.append(Paragraph(runs=(plain(more),), style="small"))
    return blocks


def _step(voice: Voice, row: Remedy) -> Runs:
    """What can be done, with whom, by when, as of when."""
    words = voice.words
    said = [words(f"remedy_kind.{row.kind}"), words("remedies.to", recipient=row.recipient)]
    if row.deadline:
        said.append(words("remedies.deadline", deadline=row.deadline))
    said.append(words("remedies.as_of", as_of=voice.day(row.as_of)))
    cites = voice.references.cited((cite.source, cite.at) for cite in row.cites[:1])
    return (
        Run(text=row.title + ". ", tag="remedy", bold=True),
        Run(text=" ".join(f"{part.rstrip('.')}." for part in said), tag="remedy"),
        Run(text=cites, tag="source"),
        *voice.verify(row),
    )


def _learned(voice: Voice, row: Remedy, held: bool, again: bool) -> Runs:
    """Who learns what by it, if that was not said where it is held off; then the risk in it."""
    words = voice.words
    learns = Run(
        text=words("remedies.held", title=words("steps.hold")) if held else row.learns or words("remedies.not_said"),
        tag="remedy",
    )
    if not row.caution:
        return (learns,)
    risk = words("remedies.as_above") if again else row.caution
    return (learns, plain(f" {words('remedies.risk')} ", bold=True), Run(text=risk, tag="remedy"))
