"""The lines of the map in words: open, then undetermined, then closed or set aside, each by its strongest route.

Lines of one mechanism are told together, those that run the same way in one sentence, and each step once: where it is
first met. What is open is told step by step; what is undetermined by its way and what it turns on; what is closed by
its way and what closes it.
"""

from __future__ import annotations

from collections.abc import Sequence

from clinic_mapper.catalog.model import Restriction
from clinic_mapper.memo.document import Block, Entry, Heading, Hops, Items, Paragraph, Run, Runs
from clinic_mapper.memo.phrases import Voice, after, plain
from clinic_mapper.routing.model import Hop, LawOnHop, Line, Route, Standing

Group = list[Line]

_MOST_WAYS = 1
_MOST_ASKED = 3
_MOST_CITES = 2


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
    told: set[tuple[object, ...]] = set()
    blocks: list[Block] = []
    if opened := lines_of(voice, "open"):
        blocks += [Heading(runs=(plain(words("lines.open")),)), *_entries(voice, opened, told)]
    if undetermined := lines_of(voice, "undetermined"):
        blocks += [Heading(runs=(plain(words("lines.undetermined")),)), *_entries(voice, undetermined, told)]
    closed, aside = lines_of(voice, "closed"), lines_aside(voice)
    if closed or aside:
        blocks += [Heading(runs=(plain(words("lines.closed")),)), *_entries(voice, closed, told)]
        blocks += [_aside_entry(voice, line) for line in aside]
    if blocks:
        blocks.append(Paragraph(runs=(plain(words("memo.open_means"), italic=True),)))
        blocks.append(Paragraph(runs=(plain(words("lines.once")),), style="small"))
    if voice.exposure.cut:
        blocks.append(Paragraph(runs=(plain(words("lines.cut"), bold=True),)))
    return blocks


def _entries(voice: Voice, lines: Sequence[Line], told: set[tuple[object, ...]]) -> list[Entry]:
    """One entry for each mechanism, in the order in which the map has them."""
    families: dict[str, Group] = {}
    for line in lines:
        families.setdefault(line.mechanism, []).append(line)
    return [_entry(voice, family, told) for family in families.values()]


def _entry(voice: Voice, family: Group, told: set[tuple[object, ...]]) -> Entry:
    standing = family[0].standing
    ways = _ways(voice, family)
    most = _MOST_WAYS if standing == "undetermined" else len(ways)
    blocks: list[Paragraph | Hops | Items] = []
    for way in ways[:most]:
        blocks += _way(voice, way, told, alone=len(ways) == 1)
    if standing == "undetermined":
        blocks.append(_turns_on(voice, family))
    blocks += _aside_routes(voice, family)
    more = sum(len(line.routes) for line in family) - min(most, len(ways))
    further = (plain(" · " + voice.words.counted("count.further", more)),) if more else ()
    return Entry(
        standing=standing,
        word=voice.words(f"standing.{standing}"),
        title=(*_title(voice, family), *_how_in_title(voice, ways), *further),
        blocks=tuple(blocks),
    )


def _ways(voice: Voice, family: Group) -> list[Group]:
    """The lines of a mechanism, those together that run the same way at the same time."""
    ways: dict[tuple[object, ...], Group] = {}
    for line in family:
        route = strongest(voice, line)
        closing = tuple(law.id for law in _acting(route) if law.effect == "close")
        how = () if route.standing == "closed" else (route.tense, route.arrives)
        key = (route.systems, how, route.closed_by, closing if "law" in route.closed_by else ())
        ways.setdefault(key, []).append(line)
    return list(ways.values())


def _title(voice: Voice, group: Group) -> Runs:
    contacts = voice.contacts([each.touchpoint for each in group])
    return (Run(text=voice.mechanism(group[0].mechanism), tag="route", bold=True), plain(f" · {contacts}"))


def _how_in_title(voice: Voice, ways: list[Group]) -> Runs:
    """Where all lines of a mechanism run one way, the title says how, and the way need not."""
    route = strongest(voice, ways[0][0])
    return (plain(f" · {_how(voice, route)}"),) if len(ways) == 1 and route.standing != "closed" else ()


def _way(voice: Voice, way: Group, told: set[tuple[object, ...]], alone: bool) -> list[Paragraph | Hops | Items]:
    """One way to ICE: who, when, how it arrives, through which systems; and what its standing calls for."""
    route = strongest(voice, way[0])
    contacts = voice.contacts([each.touchpoint for each in way])
    how = f", {_how(voice, route)}" if route.standing != "closed" else ""
    lead = plain("" if alone else f"{contacts[:1].upper()}{contacts[1:]}{how}: ", bold=True)
    if not route.hops:
        return [Paragraph(runs=(lead, *_held(voice, route)), style="small")]
    if route.standing == "open":
        new = [hop for hop in route.hops if _told_key(hop) not in told]
        told.update(_told_key(hop) for hop in new)
        steps = [Hops(rows=tuple((_hop(voice, hop),) for hop in new))] if new else []
        if new and tuple(new) == route.hops[: len(new)]:  # then the steps are the chain, or its beginning
            joins = plain(voice.words("lines.joins")) if len(new) < len(route.hops) else plain("")
            said = (lead, joins) if lead.text or joins.text else ()
            return [*([Paragraph(runs=said, style="small")] if said else []), *steps]
        return [Paragraph(runs=(lead, voice.chain(route), plain(".")), style="small"), *steps]
    tail = _evidence(voice, route) if route.standing == "undetermined" else _closing(voice, route)
    return [Paragraph(runs=(lead, voice.chain(route), plain(". "), *tail), style="small")]


def _how(voice: Voice, route: Route) -> str:
    """“within reach, found if ICE looks”; what is not certain says so first."""
    tense, arrives = voice.words(f"tense.{route.tense}"), voice.words(f"arrives.{route.arrives}")
    how = arrives if route.tense == "sent" and route.arrives == "sent" else f"{tense}, {arrives}"
    return how if route.standing == "open" else voice.words("lines.if_so", how=how)


def _told_key(hop: Hop) -> tuple[object, ...]:
    return (hop.flow, hop.to, tuple((law.id, law.effect) for law in hop.law))


def _held(voice: Voice, route: Route) -> Runs:
    return (
        Run(text=voice.words("lines.held", system=voice.system(route.systems[-1])), tag="route"),
        plain(voice.words("lines.as_of", as_of=route.as_of)),
        Run(text=voice.references.cited(route.cites[:_MOST_CITES]), tag="source"),
    )


def _hop(voice: Voice, hop: Hop) -> Runs:
    """One step: from, to, mode, what moves, how sure, since when, sources; then the law on it."""
    words, flow = voice.words, voice.catalog.flows.get(hop.flow)
    through = words("lines.consults", list=voice.words.joined([voice.system(id) for id in hop.consults]))
    way = f"{voice.system(hop.from_)} › {voice.system(hop.to)}" + (through if hop.consults else "")
    runs = [Run(text=way, tag="route")]
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
        cites = [(cite.source, cite.at) for cite in flow.cites[:_MOST_CITES]]
        runs.append(Run(text=voice.references.cited(cites), tag="source"))
    return (*runs, *_law_on_hop(voice, hop))


def _law_on_hop(voice: Voice, hop: Hop) -> Runs:
    """The law on a step: what acts on it first, with its exceptions; what merely speaks to it in one list."""
    runs: list[Run] = []
    for law in hop.law:
        if law.effect != "show":
            runs += [plain(" "), Run(text=_acts(voice, law), tag="law", italic=True)]
    shown = [voice.references.law(law.id) for law in hop.law if law.effect == "show"]
    if shown:
        said = voice.words("lines.beside", laws=", ".join(shown))
        runs += [plain(" "), Run(text=said, tag="law", italic=True)]
    return tuple(runs)


def _acts(voice: Voice, law: LawOnHop) -> str:
    exceptions = ", " + voice.words("closed_by.unless", exception="; ".join(law.unless)) if law.unless else ""
    contested = voice.words("lines.contested") if law.contested else ""
    effect = voice.words(f"law_effect.{law.effect}")
    return f"{voice.references.law(law.id, acts=True)} {effect}{exceptions}{contested}."


def _acting(route: Route) -> list[LawOnHop]:
    """The laws that act on a route, each once."""
    laws = [*route.law, *(law for hop in route.hops for law in hop.law)]
    return list({(law.id, law.effect): law for law in laws if law.effect != "show"}.values())


def _evidence(voice: Voice, route: Route) -> Runs:
    """For what is undetermined: the weakest mode and evidence, the first source of each step, the law that acts."""
    words = voice.words
    flows = [voice.catalog.flows[id] for id in route.flows if id in voice.catalog.flows]
    cites = [(flow.cites[0].source, flow.cites[0].at) for flow in flows if flow.cites]
    weakest = words(
        "lines.weakest", mode=words(f"mode.{route.mode}"), confidence=words(f"confidence.{route.confidence}"),
        as_of=route.as_of,
    )  # fmt: skip
    runs = [Run(text=weakest, tag="route"), Run(text=voice.references.cited(cites), tag="source")]
    for law in _acting(route):
        runs += [plain(" "), Run(text=_acts(voice, law), tag="law", italic=True)]
    return tuple(runs)


def _turns_on(voice: Voice, family: Group) -> Paragraph:
    asked = list(dict.fromkeys(voice.unknown(each) for line in family for each in strongest(voice, line).unknown))
    runs = [plain(voice.words("lines.turns_on"), bold=True), *after(" · ", asked[:_MOST_ASKED])]
    if more := len(asked) - _MOST_ASKED:
        runs.append(plain(" · " + voice.words.counted("count.more_asked", more)) if more > 0 else plain(""))
    return Paragraph(runs=tuple(runs), style="small")


def _aside_routes(voice: Voice, family: Group) -> list[Paragraph | Hops | Items]:
    """The single routes that an attorney set aside, with the reason; the line stands by its others."""
    routes = [voice.exposure.routes[id] for line in family for id in line.routes]
    return [
        Paragraph(runs=(voice.chain(route), plain(": "), *_aside_reason(voice, route)), style="small")
        for route in routes
        if route.set_aside
    ]


def _aside_reason(voice: Voice, route: Route) -> Runs:
    return (
        plain(voice.words("standing.set_aside"), bold=True),
        Run(text=voice.words("lines.reason", reason=route.set_aside), tag="reason"),
    )


def _closing(voice: Voice, route: Route) -> Runs:
    """What closes a route. Closed by law alone never reads as more than that."""
    runs: list[Run] = []
    if route.closed_by != ("law",):
        said = voice.words.joined([voice.words(f"closed_by.{reason}") for reason in route.closed_by])
        runs += [plain(said[:1].upper() + said[1:] + "."), plain(" ")]
    if "law" in route.closed_by:
        runs += _barred(voice, route)
    return tuple(runs)


def _barred(voice: Voice, route: Route) -> Runs:
    laws = {law.id: law for law in _acting(route) if law.effect == "close"}
    names = [_law_name(voice, voice.catalog.restrictions.get(id), id) for id in laws]
    said = voice.words("closed_by.barred", laws=voice.words.joined(names))
    unless = "; ".join(dict.fromkeys(each for law in laws.values() for each in law.unless))
    exceptions = ", " + voice.words("closed_by.unless", exception=unless) if unless else ""
    marks = ", ".join(voice.references.law(id, acts=True) for id in laws)
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
