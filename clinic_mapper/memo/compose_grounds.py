"""Grounds to challenge: the law that was not kept, or may bar a step, each law once with the lines it bears on.

Whether it was broken is for the attorney. What stands here is what the law bars on paper, what the answers show, and
what is not known.
"""

from __future__ import annotations

from collections.abc import Iterator

from clinic_mapper.catalog.model import Restriction
from clinic_mapper.catalog.row import nodes_of
from clinic_mapper.memo.compose_lines import acting, is_aside, strongest
from clinic_mapper.memo.document import Block, Heading, Items, Paragraph, Run, Runs
from clinic_mapper.memo.law_text import is_ground
from clinic_mapper.memo.phrases import Voice, after, plain
from clinic_mapper.routing.model import LawEffect, LawOnHop, Line, Route, Unknown

_DOES: tuple[LawEffect, ...] = ("broken", "close", "undetermined")
"""What a law may do to be a ground, the plainest first."""
Found = dict[str, dict[LawEffect, dict[str, tuple[Line, LawOnHop]]]]
"""By law and by what it does: the lines it bears on, by their ids."""


def grounds_part(voice: Voice) -> list[Block]:
    """The section; where there is no ground, one sentence that claims no more than that."""
    if not voice.exposure.lines:
        return []
    words, found = voice.words, _found(voice)
    order = sorted(found, key=lambda id: min(map(_DOES.index, found[id])))
    blocks: list[Block] = [Heading(runs=(plain(words("grounds.title")),))]
    if order:
        blocks.append(Items(items=tuple(_ground(voice, id, found[id]) for id in order), style="fine"))
    if elsewhere := _of_places_not_known(voice):
        said = words("grounds.places", contacts=voice.contacts(elsewhere))
        blocks.append(Paragraph(runs=(plain(said),), style="small"))
    elif not order:
        blocks.append(Paragraph(runs=(plain(words("grounds.none")),), style="small"))
    return blocks


def _found(voice: Voice) -> Found:
    found: Found = {}
    for line in voice.exposure.lines:
        if is_aside(voice, line):
            continue
        for law in _laws_of(voice, line):
            if is_ground(law):
                found.setdefault(law.id, {}).setdefault(law.does, {}).setdefault(line.id, (line, law))
    return found


def _laws_of(voice: Voice, line: Line) -> Iterator[LawOnHop]:
    """The law that acts on a line's strongest route unless that is closed, and the law that was not kept on any."""
    lead = strongest(voice, line)
    if lead.standing != "closed":
        yield from acting(lead)
    for route in _routes(voice, line):
        yield from (law for law in acting(route) if law.does == "broken")


def _routes(voice: Voice, line: Line) -> list[Route]:
    routes = (voice.exposure.routes[id] for id in line.routes)
    return [route for route in routes if not route.set_aside]


def _of_places_not_known(voice: Voice) -> list[str]:
    """The contacts of which it is not known whether a law speaks there, as it is not known where they were."""
    open_lines = (line for line in voice.exposure.lines if not is_aside(voice, line) and line.standing != "closed")
    return [line.touchpoint for line in open_lines if any(law.if_place for law in acting(strongest(voice, line)))]


def _ground(voice: Voice, id: str, by_effect: dict[LawEffect, dict[str, tuple[Line, LawOnHop]]]) -> Runs:
    """The law by its name and mark; which lines it bears on and how; its exceptions; what is not known of it."""
    row = voice.catalog.restrictions.get(id)
    mark = voice.references.law(id, acts=True)
    runs: list[Run] = [Run(text=f"{voice.law(id)} [{mark}]. ", tag="law", bold=True)]
    laws = [law for does in _DOES for _, law in by_effect.get(does, {}).values()]
    barred, happened = _bears(voice, by_effect.get("close", {})), _bears(voice, by_effect.get("broken", {}))
    if happened:
        runs += [_said(voice, "bars", happened), Run(text=f"{voice.words('lines.broken')} ", tag="answer", italic=True)]
    if barred:
        runs.append(_said(voice, "bars", barred))
    if may := _bears(voice, by_effect.get("undetermined", {})):
        runs.append(_said(voice, "contested" if any(law.contested for law in laws) else "may", may))
    if unless := list(dict.fromkeys(each for law in laws for each in law.unless)):
        said = voice.words("closed_by.unless", exception="; ".join(unless))
        runs.append(Run(text=f"{said[:1].upper()}{said[1:]}. ", tag="law"))
    if row and (asked := _not_known(voice, row, by_effect)):
        runs += [plain(voice.words("grounds.needs"), bold=True), *after(" · ", asked), plain(" ")]
    return (*runs, *(voice.verify(row) if row else ()))


def _said(voice: Voice, key: str, lines: str) -> Run:
    return Run(text=f"{voice.words(f'grounds.{key}', lines=lines)} ", tag="route")


def _bears(voice: Voice, on: dict[str, tuple[Line, LawOnHop]]) -> str:
    """“Jail tells ICE, contacts 8 and 9; Police tell ICE, contact 3”."""
    contacts: dict[str, list[str]] = {}
    for line, _ in on.values():
        contacts.setdefault(line.mechanism, []).append(line.touchpoint)
    return "; ".join(f"{voice.mechanism(id)}, {voice.contacts(ids)}" for id, ids in contacts.items())


def _not_known(
    voice: Voice, row: Restriction, by_effect: dict[LawEffect, dict[str, tuple[Line, LawOnHop]]]
) -> list[Run]:
    """What is not known of whom the law is about and of its exceptions, each question once."""
    reads = {exception.client for exception in row.unless}
    reads |= {name for node in nodes_of((row.client_if,)) for name in (node.fact, node.client)}
    lines = [line for on in by_effect.values() for line, _ in on.values()]
    asked: dict[Run, Unknown] = {}
    for line in lines:
        for unknown in strongest(voice, line).unknown:
            if unknown.kind == "fact" and unknown.id in reads:
                asked.setdefault(voice.unknown(unknown), unknown)
    return list(asked)
