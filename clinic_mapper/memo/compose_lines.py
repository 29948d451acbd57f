"""The lines of the map in words: open, then undetermined, then closed or set aside, each by its strongest route.

Lines of one mechanism are told together. What is open is told in a paragraph: who, how, by which systems, what law acts
and how good the evidence is. What is undetermined is told by what it turns on, what is closed by what closes it. Every
route with its steps stands in appendix A.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from clinic_mapper.memo.document import Block, Entry, Heading, Paragraph, Run, Runs
from clinic_mapper.memo.law_text import bars_of, is_ground, law_does, law_told
from clinic_mapper.memo.phrases import Voice, after, plain
from clinic_mapper.routing.model import LawOnHop, Line, Route, Standing

Group = list[Line]

_MOST_CITES = 4


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


def by_mechanism(lines: Sequence[Line]) -> list[Group]:
    """The lines of each mechanism together, in the order in which the map has them."""
    families: dict[str, Group] = {}
    for line in lines:
        families.setdefault(line.mechanism, []).append(line)
    return list(families.values())


def lines_part(voice: Voice) -> list[Block]:
    """The section on lines."""
    words = voice.words
    blocks: list[Block] = []
    if opened := lines_of(voice, "open"):
        blocks += [Heading(runs=(plain(words("lines.open")),)), _small(plain(words("lines.details")))]
        blocks += [_open_entry(voice, family) for family in by_mechanism(opened)]
    if undetermined := lines_of(voice, "undetermined"):
        blocks += [Heading(runs=(plain(words("lines.undetermined")),)), _small(plain(words("lines.details_turns")))]
        blocks += [_undetermined_entry(voice, family) for family in by_mechanism(undetermined)]
    closed, aside = lines_of(voice, "closed"), lines_aside(voice)
    if closed or aside:
        excused: set[str] = set()
        blocks.append(Heading(runs=(plain(words("lines.closed")),)))
        blocks += [
            _closed_entry(voice, way, excused) for family in by_mechanism(closed) for way in _closings(voice, family)
        ]
        blocks += [_aside_entry(voice, line) for line in aside]
    if voice.exposure.cut:
        blocks.append(Paragraph(runs=(plain(words("lines.cut"), bold=True),)))
    return blocks


def _small(*runs: Run) -> Paragraph:
    return Paragraph(runs=runs, style="small")


def _title(voice: Voice, group: Group) -> Runs:
    contacts = voice.contacts([each.touchpoint for each in group])
    return (Run(text=voice.mechanism(group[0].mechanism), tag="route", bold=True), plain(f" · {contacts}"))


def how_said(voice: Voice, route: Route) -> str:
    """“within reach, found if ICE looks”; what is not certain says so first."""
    how = voice.how(route.tense, route.arrives)
    return how if route.standing == "open" else voice.words("lines.if_so", how=how)


def _open_entry(voice: Voice, family: Group) -> Entry:
    routes = [strongest(voice, line) for line in family]
    hows = list(dict.fromkeys(how_said(voice, route) for route in routes))
    how = (plain(f" · {hows[0]}"),) if len(hows) == 1 else ()
    runs: list[Run] = []
    for way in _ways(voice, family):
        runs += [*_way(voice, way, alone=way == family, how="" if how else how_said(voice, strongest(voice, way[0])))]
    runs += _law_of(voice, routes)
    if all(route.hops for route in routes):
        runs += _evidence(voice, routes)
    return Entry(
        standing="open",
        word=voice.words("standing.open"),
        title=(*_title(voice, family), *how),
        blocks=(_small(*runs), *_aside_routes(voice, family)),
    )


def _ways(voice: Voice, family: Group) -> list[Group]:
    """The lines of a mechanism, those together that differ in the first holder alone."""
    ways: dict[tuple[object, ...], Group] = {}
    for line in family:
        route = strongest(voice, line)
        start = route.systems[1:] if len(route.systems) > 2 else route.systems
        ways.setdefault((start, route.tense, route.arrives), []).append(line)
    return list(ways.values())


def _way(voice: Voice, way: Group, alone: bool, how: str) -> Runs:
    """One way to ICE: from whose records, how, through which systems."""
    route = strongest(voice, way[0])
    contacts = voice.contacts([each.touchpoint for each in way])
    said = ", ".join(part for part in ("" if alone else f"{contacts[:1].upper()}{contacts[1:]}", how) if part)
    lead = plain(f"{said}: " if said else "", bold=True)
    if not route.hops:
        return (lead, *_held(voice, route), plain(" "))
    starts: dict[str, list[str]] = {}
    for line in way:
        starts.setdefault(strongest(voice, line).systems[0], []).append(line.touchpoint)
    if len(starts) == 1:
        return (lead, _sentence(voice.chain(route)), plain(" "))
    named = voice.words.joined([f"{voice.short(id)} ({voice.contacts(ids)})" for id, ids in starts.items()])
    rest = " › ".join(voice.short(id) for id in route.systems[1:])
    return (lead if how else plain(""), _sentence(Run(text=f"{named} › {rest}", tag="route")), plain(" "))


def _sentence(run: Run) -> Run:
    return Run(text=f"{run.text[:1].upper()}{run.text[1:]}.", tag=run.tag)


def _held(voice: Voice, route: Route) -> Runs:
    return (
        Run(text=voice.words("lines.held", system=voice.system(route.systems[-1])), tag="route"),
        plain(voice.words("lines.as_of", as_of=voice.day(route.as_of))),
        Run(text=voice.references.cited(route.cites[:_MOST_CITES]), tag="source"),
        *voice.verify_routes([route]),
    )


def _law_of(voice: Voice, routes: Sequence[Route]) -> Runs:
    """The law that acts on these routes, by name, and by its mark where it is told with the grounds to challenge; what
    merely speaks to a step stands in the appendix."""
    laws = dict.fromkeys(law for route in routes for law in acting(route))
    runs: list[Run] = []
    if grounds := list(dict.fromkeys(law.id for law in laws if is_ground(law))):
        marks = ", ".join(voice.references.law(id, acts=True) for id in grounds)
        runs.append(Run(text=f"{voice.words('lines.grounds', laws=marks)} ", tag="law", italic=True))
    for law in laws:
        if is_ground(law):
            continue
        row = voice.catalog.restrictions.get(law.id)
        name = f"{row.name}: " if row else ""
        runs += [Run(text=name, tag="law", italic=True), *acts(voice, law), plain(" ")]
    return tuple(runs)


def _all_the_same(voice: Voice) -> Run:
    return Run(text=f" {voice.words('lines.broken')}", tag="answer", italic=True)


def acts(voice: Voice, law: LawOnHop) -> Runs:
    """What a law does to a step, with its exceptions: “L4 may bar this step: counsel must judge”."""
    contested = voice.words("lines.contested") if law.contested else ""
    comma = "," if law.effect == "perhaps" else ""
    effect = law_does(voice.words, voice.catalog, law, broken="close")
    said = f"{voice.references.law(law.id, acts=True)}{comma} {effect}{_exceptions(voice, law.unless)}{contested}."
    more = (_all_the_same(voice),) if law.does == "broken" else ()
    return (Run(text=said, tag="law", italic=True), *more)


def _exceptions(voice: Voice, unless: tuple[str, ...]) -> str:
    return ", " + voice.words("closed_by.unless", exception="; ".join(unless)) if unless else ""


def acting(route: Route) -> list[LawOnHop]:
    """The laws that act on a route, each once."""
    laws = [*route.law, *(law for hop in route.hops for law in hop.law)]
    return list({(law.id, law.effect, law.does): law for law in laws if law.does != "show"}.values())


def _evidence(voice: Voice, routes: Sequence[Route]) -> Runs:
    """The weakest evidence and the oldest date of all routes of a paragraph, with the sources of that weakest one."""
    words = voice.words
    ranks = ("documented", "reported", "inferred")
    weakest = max(routes, key=lambda route: ranks.index(route.confidence))
    oldest = min(route.as_of for route in routes)
    said = words("lines.weakest_short", confidence=words(f"confidence.{weakest.confidence}"), as_of=voice.day(oldest))
    cites = Run(text=voice.references.cited(_first_cites(voice, weakest)), tag="source")
    return (Run(text=said, tag="route"), cites, *voice.verify_routes(routes))


def _first_cites(voice: Voice, route: Route) -> list[tuple[str, str]]:
    flows = [voice.catalog.flows[id] for id in route.flows if id in voice.catalog.flows]
    return [(flow.cites[0].source, flow.cites[0].at) for flow in flows if flow.cites]


def _undetermined_entry(voice: Voice, family: Group) -> Entry:
    """Mechanism, contacts, and the question that most of its lines turn on."""
    routes = [strongest(voice, line) for line in family]
    asked = Counter(voice.unknown(each, (route,)) for route in routes for each in dict.fromkeys(route.unknown))
    first = [run for run, _ in asked.most_common(1)]
    turns = [plain(f" · {voice.words('lines.turns_on').lower()}"), *after(" · ", first)] if first else []
    if more := len(asked) - 1:
        turns.append(plain(f" ({voice.words('lines.and_more', more=voice.words.counted('count.more_asked', more))})"))
    laws = [law for line in family for law in acting(strongest(voice, line))]
    marks = list(dict.fromkeys(voice.references.law(law.id, acts=True) for law in laws))
    law = (Run(text=f" [{', '.join(marks)}]", tag="law"),) if marks else ()
    return Entry(
        standing="undetermined",
        word="",
        title=(*_title(voice, family), *(turns if more >= 0 else ()), *law),
        blocks=tuple(_aside_routes(voice, family)),
    )


def _closings(voice: Voice, family: Group) -> list[Group]:
    """The lines of a mechanism, those together that the same things close."""
    ways: dict[tuple[object, ...], Group] = {}
    for line in family:
        route = strongest(voice, line)
        bars = tuple(bars_of(acting(route))) if "law" in route.closed_by else ()
        ways.setdefault((route.closed_by, bars), []).append(line)
    return list(ways.values())


def _closed_entry(voice: Voice, way: Group, excused: set[str]) -> Entry:
    closing = closing_runs(voice, strongest(voice, way[0]), excused)
    blocks = tuple(_aside_routes(voice, way))
    return Entry(standing="closed", word="", title=(*_title(voice, way), plain(". "), *closing), blocks=blocks)


def closing_runs(voice: Voice, route: Route, excused: set[str]) -> Runs:
    """What closes a route. Closed by law alone never reads as more than that.

    `excused`: laws whose exceptions were said above; they are not said again. What is said here is added to it.
    """
    words = voice.words
    reasons = [words(f"closed_by.{reason}") for reason in route.closed_by if reason != "law"]
    said = words.joined(reasons)
    runs = [plain(f"{said[:1].upper()}{said[1:]}. ")] if said else []
    return (*runs, *_barred(voice, route, excused)) if "law" in route.closed_by else tuple(runs)


def _barred(voice: Voice, route: Route, excused: set[str]) -> Runs:
    laws = bars_of(acting(route))
    names = [law_told(voice, law) for law in laws.values()]
    said = voice.words("closed_by.barred", laws=voice.words.joined(names))
    unless = "; ".join(dict.fromkeys(each for law in laws.values() for each in law.unless))
    exceptions = _exceptions(voice, (unless,) if unless else ())
    if unless and set(laws) <= excused:
        exceptions = ", " + voice.words("lines.same_unless")
    excused.update(laws)
    marks = ", ".join(voice.references.law(id, acts=True) for id in laws)
    rows = [row for id in laws if (row := voice.catalog.restrictions.get(id))]
    return (Run(text=f"{said[:1].upper()}{said[1:]}{exceptions} [{marks}].", tag="law"), *voice.verify(*rows))


def _aside_routes(voice: Voice, family: Group) -> list[Paragraph]:
    """The single routes that an attorney set aside, with the reason; the line stands by its others."""
    routes = [voice.exposure.routes[id] for line in family for id in line.routes]
    return [_small(voice.chain(route), plain(": "), *aside_reason(voice, route)) for route in routes if route.set_aside]


def aside_reason(voice: Voice, route: Route) -> Runs:
    """That an attorney set a route aside, and why."""
    return (
        plain(voice.words("standing.set_aside"), bold=True),
        Run(text=voice.words("lines.reason", reason=route.set_aside), tag="reason"),
    )


def _aside_entry(voice: Voice, line: Line) -> Entry:
    """A line set aside whole keeps the word of its standing: the map has not changed its mind."""
    route = strongest(voice, line)
    return Entry(
        standing=line.standing,
        word=voice.words(f"standing.{line.standing}"),
        title=(*_title(voice, [line]), plain(" · "), *aside_reason(voice, route)),
    )
