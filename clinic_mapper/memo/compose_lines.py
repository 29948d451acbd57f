"""The lines of the map in words: open, then undetermined, then closed or set aside, each by its strongest route.

Lines from several contacts that run the same way, with the same law and the same unknowns, are told once.
"""

from __future__ import annotations

from collections.abc import Sequence

from clinic_mapper.catalog.model import Restriction
from clinic_mapper.memo.document import Block, Entry, Heading, Hops, Items, Paragraph, Run, Runs
from clinic_mapper.memo.phrases import Voice, after, plain
from clinic_mapper.routing.model import Hop, LawOnHop, Line, Route, Standing

Group = list[Line]


def strongest(voice: Voice, line: Line) -> Route:
    """The route that gives a line its words: the first that no attorney has set aside, else the first."""
    routes = [voice.exposure.routes[id] for id in line.routes]
    return next((route for route in routes if not route.set_aside), routes[0])


def is_aside(voice: Voice, line: Line) -> bool:
    """Whether an attorney has set aside every route of a line."""
    return all(voice.exposure.routes[id].set_aside for id in line.routes)


def lines_of(voice: Voice, standing: Standing) -> list[Line]:
    """The lines of a standing, strongest first, without those set aside."""
    return [line for line in voice.exposure.lines if line.standing == standing and not is_aside(voice, line)]


def lines_aside(voice: Voice) -> list[Line]:
    """The lines that an attorney has set aside whole."""
    return [line for line in voice.exposure.lines if is_aside(voice, line)]


def lines_part(voice: Voice) -> list[Block]:
    """The section on lines, with the sentence on what open means."""
    words = voice.words
    blocks: list[Block] = []
    told: set[tuple[str, ...]] = set()
    for standing in ("open", "undetermined"):
        lines = lines_of(voice, standing)
        if lines:
            blocks.append(Heading(runs=(plain(words(f"lines.{standing}")),)))
            blocks += [_entry(voice, group, told) for group in _groups(voice, lines)]
    closed, aside = lines_of(voice, "closed"), lines_aside(voice)
    if closed or aside:
        blocks.append(Heading(runs=(plain(words("lines.closed")),)))
        blocks += [_closed_entry(voice, group) for group in _groups(voice, closed)]
        blocks += [_aside_entry(voice, line) for line in aside]
    if blocks:
        blocks.append(Paragraph(runs=(plain(words("memo.open_means"), italic=True),)))
    if voice.exposure.cut:
        blocks.append(Paragraph(runs=(plain(words("lines.cut"), bold=True),)))
    return blocks


def _groups(voice: Voice, lines: Sequence[Line]) -> list[Group]:
    groups: dict[tuple[object, ...], Group] = {}
    for line in lines:
        route = strongest(voice, line)
        unknown = tuple((each.kind, each.id) for each in route.unknown)
        law = tuple((each.id, each.effect) for hop in route.hops for each in hop.law)
        key = (line.mechanism, route.systems, route.closed_by, route.tense, route.arrives, route.standing, unknown, law)
        groups.setdefault(key, []).append(line)
    return list(groups.values())


def _title(voice: Voice, group: Group) -> Runs:
    line, route = group[0], strongest(voice, group[0])
    contacts = voice.contacts(list(dict.fromkeys(each.touchpoint for each in group)))
    how = f" · {contacts} · {voice.words(f'tense.{route.tense}')} · {voice.words(f'arrives.{route.arrives}')}"
    return (Run(text=voice.mechanism(line.mechanism), tag="route", bold=True), plain(how))


def _entry(voice: Voice, group: Group, told: set[tuple[str, ...]]) -> Entry:
    """An open or undetermined line, hop by hop; a way told before is named and not told again."""
    line, route = group[0], strongest(voice, group[0])
    blocks: list[Paragraph | Hops | Items] = []
    key = (*route.flows, *route.systems, *(each.id for hop in route.hops for each in hop.law))
    if not route.hops:
        blocks.append(Paragraph(runs=_held(voice, route), style="small"))
    elif key in told:
        again = voice.words("lines.as_above")
        blocks.append(Paragraph(runs=(voice.chain(route), plain(again)), style="small"))
    else:
        blocks.append(Hops(rows=tuple((_hop(voice, hop),) for hop in route.hops)))
    told.add(key)
    if route.unknown and line.standing == "undetermined":
        asked = after("  ", list(dict.fromkeys(voice.unknown(each) for each in route.unknown)))
        runs = (plain(voice.words("lines.turns_on"), bold=True), *asked)
        blocks.append(Paragraph(runs=runs, style="small"))
    blocks += _others(voice, group)
    return Entry(
        standing=line.standing,
        word=voice.words(f"standing.{line.standing}"),
        title=_title(voice, group),
        blocks=tuple(blocks),
    )


def _held(voice: Voice, route: Route) -> Runs:
    cites = voice.references.cited(route.cites)
    return (
        Run(text=voice.words("lines.held", system=voice.system(route.systems[-1])), tag="route"),
        plain(voice.words("lines.as_of", as_of=route.as_of)),
        Run(text=cites, tag="source"),
    )


def _hop(voice: Voice, hop: Hop) -> Runs:
    """One step: from, to, mode, what moves, how sure, since when, sources; then the law on it."""
    words, flow = voice.words, voice.catalog.flows.get(hop.flow)
    through = words("lines.consults", list=voice.words.joined([voice.system(id) for id in hop.consults]))
    way = f"{voice.system(hop.from_)} › {voice.system(hop.to)}" + (through if hop.consults else "")
    runs = [Run(text=way, tag="route", bold=False)]
    if flow is not None:
        runs.append(Run(text=f". {words(f'mode_said.{flow.mode}')}", tag="route"))
    if hop.data:
        runs.append(Run(text=words("lines.moves", data=voice.data(hop.data)), tag="route"))
    if hop.perhaps:
        runs.append(Run(text=words("lines.perhaps", data=voice.data(hop.perhaps)), tag="route"))
    if flow is not None:
        since = words("lines.since", since=flow.since) if flow.since else ""
        until = words("lines.until", until=flow.until) if flow.until else ""
        sure = words("lines.sure", confidence=words(f"confidence.{flow.confidence}"), as_of=flow.as_of)
        runs.append(Run(text=sure + since + until + ".", tag="route"))
        runs.append(Run(text=voice.references.cited((cite.source, cite.at) for cite in flow.cites), tag="source"))
    for law in hop.law:
        runs += [plain("  "), *_law_on_hop(voice, law)]
    return tuple(runs)


def _law_on_hop(voice: Voice, law: LawOnHop) -> Runs:
    mark = voice.references.law(law.id)
    unless = "; ".join(law.unless)
    said = voice.words(f"law_effect.{law.effect}")
    exceptions = ", " + voice.words("closed_by.unless", exception=unless) if unless else ""
    contested = voice.words("lines.contested") if law.contested else ""
    return (Run(text=f"{mark} {said}{exceptions}{contested}.", tag="law", italic=True),)


def _others(voice: Voice, group: Group) -> list[Paragraph | Hops | Items]:
    """How many more routes the lines have, and which of them an attorney set aside."""
    ids = [id for line in group for id in line.routes]
    aside = [voice.exposure.routes[id] for id in ids if voice.exposure.routes[id].set_aside]
    blocks: list[Paragraph | Hops | Items] = []
    if more := len(ids) - len(group):
        blocks.append(Paragraph(runs=(plain(voice.words.counted("count.further", more), italic=True),), style="small"))
    for route in aside:
        blocks.append(Paragraph(runs=(voice.chain(route), plain(": "), *_aside_reason(voice, route)), style="small"))
    return blocks


def _aside_reason(voice: Voice, route: Route) -> Runs:
    return (
        plain(voice.words("standing.set_aside"), bold=True),
        Run(text=voice.words("lines.reason", reason=route.set_aside), tag="reason"),
    )


def _closed_entry(voice: Voice, group: Group) -> Entry:
    """A closed line, shortly: the way, and what closes it. Closed by law alone never reads as more than that."""
    route = strongest(voice, group[0])
    runs = [voice.chain(route), plain(". ")]
    if route.closed_by == ("law",):
        runs += _barred(voice, route)
    else:
        said = voice.words.joined([voice.words(f"closed_by.{reason}") for reason in route.closed_by])
        runs.append(plain(said[:1].upper() + said[1:] + "."))
        if "law" in route.closed_by:
            runs += [plain(" "), *_barred(voice, route)]
    return Entry(
        standing="closed",
        word=voice.words("standing.closed"),
        title=_title(voice, group),
        blocks=(Paragraph(runs=tuple(runs), style="small"),),
    )


def _barred(voice: Voice, route: Route) -> Runs:
    laws = [law for law in (*route.law, *(each for hop in route.hops for each in hop.law)) if law.effect == "close"]
    by_id = {law.id: law for law in laws}
    names = [_law_name(voice, voice.catalog.restrictions.get(id), id) for id in by_id]
    said = voice.words("closed_by.barred", laws=voice.words.joined(names))
    unless = "; ".join(dict.fromkeys(each for law in by_id.values() for each in law.unless))
    exceptions = ", " + voice.words("closed_by.unless", exception=unless) if unless else ""
    marks = ", ".join(voice.references.law(id) for id in by_id)
    return (Run(text=f"{said[:1].upper()}{said[1:]}{exceptions} [{marks}].", tag="law"),)


def _law_name(voice: Voice, row: Restriction | None, id: str) -> str:
    if row is None:
        return id
    return voice.words("closed_by.law_as_of", name=row.name, as_of=row.status_as_of)


def _aside_entry(voice: Voice, line: Line) -> Entry:
    route = strongest(voice, line)
    runs = (voice.chain(route), plain(". "), *_aside_reason(voice, route))
    return Entry(
        standing=line.standing,
        word=voice.words(f"standing.{line.standing}"),
        title=_title(voice, [line]),
        blocks=(Paragraph(runs=runs, style="small"),),
    )
