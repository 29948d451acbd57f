"""Appendix A: of each mechanism the strongest way to ICE hop by hop, the others in a line each, closed ones counted."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from clinic_mapper.memo.compose_hops import hops_of, step_of
from clinic_mapper.memo.compose_lines import Group, acting, aside_reason, by_mechanism, how_said, is_aside, strongest
from clinic_mapper.memo.document import Block, Entry, Heading, Items, Paragraph, Run, Runs
from clinic_mapper.memo.law_text import bars_of
from clinic_mapper.memo.phrases import Voice, after, plain
from clinic_mapper.routing.model import Route

_SHORT = 90
"""How many letters a question may have to stand beside its route."""


def routes_part(voice: Voice) -> list[Block]:
    """The appendix. Open mechanisms first, then undetermined, then closed, as the map has them."""
    words, exposure = voice.words, voice.exposure
    if not exposure.lines:
        return []
    return [
        Heading(runs=(plain(words("appendix.a")),), new_page=True),
        Paragraph(runs=(plain(words("appendix.a_says")),), style="small"),
        *(_entry(voice, family) for family in by_mechanism(exposure.lines)),
    ]


def _entry(voice: Voice, family: Group) -> Entry:
    """A mechanism: its strongest way in full, then all others."""
    lead = strongest(voice, next((line for line in family if not is_aside(voice, line)), family[0]))
    routes = [voice.exposure.routes[id] for line in family for id in line.routes]
    ways = {route.id: _way(voice, route) for route in routes}
    told = [route for route in routes if ways[route.id] == ways[lead.id]]
    others = [route for route in routes if ways[route.id] != ways[lead.id]]
    counted = [route for route in others if _merely_counted(route, lead)]
    named = [route for route in others if not _merely_counted(route, lead)]
    return Entry(
        standing=lead.standing,
        word=voice.words(f"standing.{lead.standing}"),
        title=_title(voice, told),
        blocks=(
            hops_of(voice, told),
            *_turns_on(voice, lead),
            *_also(voice, named, counted),
        ),
    )


def _way(voice: Voice, route: Route) -> tuple[object, ...]:
    """What routes told together share: everything but the first holder and what moves."""
    steps = tuple(step_of(hop) for hop in (route.hops[1:] if len(route.hops) > 1 else route.hops))
    where = (steps, route.systems[1:2]) if steps else route.systems
    asked = frozenset(_asked(voice, route))
    return (route.standing, route.closed_by, route.tense, route.arrives, route.set_aside, len(route.hops), where, asked)


def _merely_counted(route: Route, lead: Route) -> bool:
    return route.standing == "closed" and lead.standing != "closed" and not route.set_aside


def _title(voice: Voice, told: Sequence[Route]) -> Runs:
    lead = told[0]
    contacts = voice.contacts([route.touchpoint for route in told])
    name = Run(text=voice.mechanism(lead.mechanism), tag="route", bold=True)
    said = _closing(voice, lead) if lead.standing == "closed" else plain(how_said(voice, lead))
    aside = (plain(" · "), *aside_reason(voice, lead)) if lead.set_aside else ()
    return (name, plain(f" · {contacts} · "), said, *aside)


def _closing(voice: Voice, route: Route) -> Run:
    """What closes a route, with the marks of the laws that bar it on paper."""
    words = voice.words
    reasons = [words(f"closed_by.{reason}") for reason in route.closed_by if reason != "law"]
    if "law" in route.closed_by:
        bars = bars_of(acting(route))
        marks = ", ".join(voice.references.law(id, acts=True) for id in bars)
        reasons.append(words("closed_by.barred", laws=marks))
    return Run(text=words.joined(reasons), tag="law")


def _asked(voice: Voice, route: Route) -> dict[Run, Run]:
    """What a route turns on, each question once, with who can answer it."""
    runs = ((voice.unknown(unknown, (route,)), voice.asked_of(unknown)) for unknown in dict.fromkeys(route.unknown))
    return {run: voice.lead(who, run) for run, who in runs}


def _turns_on(voice: Voice, route: Route) -> tuple[Paragraph, ...]:
    """Everything that the way told in full turns on."""
    asked = _asked(voice, route)
    if not asked:
        return ()
    together: dict[str, list[Run]] = {}
    for question, who in asked.items():
        together.setdefault(who.text, []).append(question)
    runs: list[Run] = [plain(voice.words("lines.turns_on"), bold=True)]
    for number, (lead, questions) in enumerate(together.items()):
        runs += [plain(" · " if number else ""), Run(text=lead, italic=True), *after(" · ", questions)]
    return (Paragraph(runs=tuple(runs), style="fine"),)


def _also(voice: Voice, named: Sequence[Route], counted: Sequence[Route]) -> list[Items]:
    """Every other way in one line, those with the same chain together; the closed ones by their number."""
    chains: dict[tuple[object, ...], list[Route]] = {}
    for route in named:
        start = route.systems[1:] if len(route.systems) > 2 else route.systems
        manner = (route.tense, route.arrives) if route.standing == "open" else route.closed_by
        chains.setdefault((route.standing, manner, start, route.set_aside), []).append(route)
    items = [_line(voice, routes) for routes in chains.values()]
    if counted:
        items.append(_counts(voice, counted))
    if not items:
        return []
    items[0] = (plain(voice.words("appendix.also"), bold=True), *items[0])
    return [Items(items=tuple(items), style="fine")]


def _line(voice: Voice, routes: Sequence[Route]) -> Runs:
    """“undetermined, contacts 3 and 4: court records › FBI NCIC › ICE – turns on 2 questions”."""
    lead = routes[0]
    starts: dict[str, list[str]] = {}
    for route in routes:
        starts.setdefault(route.systems[0], []).append(route.touchpoint)
    shared = len({frozenset(ids) for ids in starts.values()}) == 1
    contacts = f", {voice.contacts([route.touchpoint for route in routes])}" if shared else ""
    said = how_said(voice, lead) if lead.standing == "open" else voice.words(f"standing.{lead.standing}")
    head = _closing(voice, lead) if lead.standing == "closed" else plain(said, italic=True)
    aside = (plain(" – "), *aside_reason(voice, lead)) if lead.set_aside else ()
    chain = _chain(voice, lead, starts, shared)
    return (head, plain(f"{contacts}: "), chain, *_ways(voice, routes, starts), *aside)


def _chain(voice: Voice, route: Route, starts: dict[str, list[str]], shared: bool) -> Run:
    """The systems in order; first holders that differ stand before the rest, with their contacts where those differ."""
    named = [voice.short(id) if shared else f"{voice.short(id)} ({voice.contacts(ids)})" for id, ids in starts.items()]
    return Run(text=" › ".join([voice.words.joined(named), *map(voice.short, route.systems[1:])]), tag="route")


def _ways(voice: Voice, routes: Sequence[Route], starts: dict[str, list[str]]) -> Runs:
    """How many ways lead along these systems, and what they turn on where that is short."""
    words = voice.words
    number = max(ids.count(id) for ids in starts.values() for id in ids)
    ways = (plain(words("appendix.ways", number=number)),) if number > 1 else ()
    asked = list(dict.fromkeys(frozenset(_asked(voice, route)) for route in routes))
    if not asked[0]:
        return ways
    if len(asked) > 1:
        return (*ways, plain(words("appendix.turns_on_map")))
    questions = list(_asked(voice, routes[0]))
    if sum(len(question.text) for question in questions) <= _SHORT:
        return (*ways, plain(words("appendix.turns_on")), *after(" · ", questions))
    return (*ways, plain(words.counted("count.turns_on", len(questions))))


def _counts(voice: Voice, counted: Sequence[Route]) -> Runs:
    """“4 more, closed by time (contacts 8 and 9); one more, barred on paper (contact 7)”."""
    said: list[str] = []
    for reasons, group in groupby(sorted(counted, key=lambda route: route.closed_by), lambda route: route.closed_by):
        routes = list(group)
        one_or_many = "one" if len(routes) == 1 else "many"
        why = voice.words.joined([voice.words(f"appendix.closed.{each}.{one_or_many}") for each in reasons])
        contacts = voice.contacts([route.touchpoint for route in routes])
        said.append(f"{voice.words.counted('count.more_asked', len(routes))}, {why} ({contacts})")
    return (plain("; ".join(said)),)
