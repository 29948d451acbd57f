"""Appendix A: every route of the map by its steps, every step once, and everything that undetermined routes turn on."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from clinic_mapper.memo.compose_lines import acting, acts, aside_reason, by_mechanism, how_said
from clinic_mapper.memo.document import Block, Heading, Items, Paragraph, Run, Runs
from clinic_mapper.memo.phrases import Step, Voice, plain
from clinic_mapper.routing.model import Hop, Line, Route

_MOST_CITES = 2


def routes_part(voice: Voice) -> list[Block]:
    """The appendix. It numbers laws, sources, steps and questions that the memo proper has not named."""
    words, exposure = voice.words, voice.exposure
    if not exposure.lines:
        return []
    blocks: list[Block] = [
        Heading(runs=(plain(words("appendix.a")),), new_page=True),
        Paragraph(runs=(plain(words("appendix.a_says")),), style="small"),
        Heading(runs=(plain(words("appendix.routes")),), level=2),
    ]
    blocks += [_family(voice, family) for family in by_mechanism(exposure.lines)]
    blocks.append(Heading(runs=(plain(words("appendix.steps")),), level=2))
    blocks.append(Items(items=_steps(voice), marks="none", style="fine"))
    if voice.references.questions:
        blocks.append(Heading(runs=(plain(words("appendix.questions")),), level=2))
        blocks.append(Items(items=_questions(voice), marks="none", style="fine"))
    return blocks


def _family(voice: Voice, family: Sequence[Line]) -> Paragraph:
    """All routes of one mechanism, contact after contact."""
    runs: list[Run] = [Run(text=f"{voice.mechanism(family[0].mechanism)}. ", tag="route", bold=True)]
    for line in family:
        contact = voice.contacts([line.touchpoint])
        runs.append(plain(f"{contact[:1].upper()}{contact[1:]}: ", bold=True))
        routes = [voice.exposure.routes[id] for id in line.routes]
        for number, route in enumerate(routes):
            before = routes[number - 1] if number else None
            runs += [plain("; ") if number else plain(""), *_route(voice, route, before)]
        runs.append(plain(". "))
    return Paragraph(runs=tuple(runs), style="fine")


def _route(voice: Voice, route: Route, before: Route | None) -> Runs:
    """A route by its steps. Standing and manner are said where they differ from the route before."""
    steps = " › ".join(voice.references.step(hop) for hop in route.hops) or voice.words(
        "lines.held", system=voice.system(route.systems[-1])
    )
    said = ""
    if before is None or _manner(before) != _manner(route):
        how = "" if route.standing == "closed" else f", {how_said(voice, route)}"
        said = f"{voice.words(f'standing.{route.standing}')}{how}: "
    runs = [plain(said), Run(text=steps, tag="route"), *_why(voice, route)]
    return (*runs, plain(" – "), *aside_reason(voice, route)) if route.set_aside else tuple(runs)


def _manner(route: Route) -> tuple[str, str, str]:
    return (route.standing, route.tense, route.arrives) if route.standing != "closed" else ("closed", "", "")


def _why(voice: Voice, route: Route) -> Runs:
    """What closes a route, or the questions that it turns on."""
    words = voice.words
    if route.standing == "closed":
        reasons = [words(f"closed_by.{reason}") for reason in route.closed_by if reason != "law"]
        if "law" in route.closed_by:
            bars = dict.fromkeys(law.id for law in acting(route) if law.effect == "close")
            marks = ", ".join(voice.references.law(id, acts=True) for id in bars)
            reasons.append(words("closed_by.barred", laws=marks))
        return (Run(text=f" ({words.joined(reasons)})", tag="law"),)
    asked = dict.fromkeys(_mark(voice, route, number) for number in range(len(route.unknown)))
    return (plain(f" ({words('appendix.turns_on', list=', '.join(asked))})"),) if asked else ()


def _mark(voice: Voice, route: Route, number: int) -> str:
    unknown = route.unknown[number]
    return voice.references.question(voice.who(unknown), voice.unknown(unknown))


def _steps(voice: Voice) -> tuple[Runs, ...]:
    """Each step once: from, to, mode, what moves for which contact, how sure, since when, sources, law."""
    hops: dict[Step, dict[Hop, list[str]]] = {key: {} for key in voice.references.steps}
    for route in voice.exposure.routes.values():
        for hop in route.hops:
            hops[(hop.flow, hop.to, hop.law)].setdefault(hop, []).append(route.touchpoint)
    return tuple(_step(voice, number, hops[key]) for key, number in voice.references.steps.items())


def _step(voice: Voice, number: int, seen: dict[Hop, list[str]]) -> Runs:
    words, hop = voice.words, next(iter(seen))
    flow = voice.catalog.flows.get(hop.flow)
    through = (
        words("lines.consults", list=words.joined([voice.system(id) for id in hop.consults])) if hop.consults else ""
    )
    runs = [plain(f"S{number} ", bold=True)]
    runs.append(Run(text=f"{voice.system(hop.from_)} › {voice.system(hop.to)}{through}. ", tag="route"))
    moves = words("appendix.moves", data=_moved(voice, seen))
    runs.append(Run(text=(words(f"mode_said.{flow.mode}") + "." if flow else "") + moves, tag="route"))
    if flow is not None:
        since = words("lines.since", since=flow.since) if flow.since else ""
        until = words("lines.until", until=flow.until) if flow.until else ""
        confidence = words(f"confidence.{flow.confidence}").capitalize()
        sure = words("appendix.sure", confidence=confidence, as_of=flow.as_of, since=since, until=until)
        cites = [(cite.source, cite.at) for cite in flow.cites[:_MOST_CITES]]
        runs += [Run(text=sure, tag="route"), Run(text=voice.references.cited(cites), tag="source")]
    return (*runs, *_law_on_step(voice, hop))


def _moved(voice: Voice, seen: dict[Hop, list[str]]) -> str:
    """What moves; where contacts differ, for whom."""
    said: dict[str, list[str]] = {}
    for hop, contacts in seen.items():
        parts = [voice.data(hop.data)] if hop.data else []
        if hop.perhaps:
            parts.append(voice.words("appendix.perhaps", data=voice.data(hop.perhaps)))
        said.setdefault("; ".join(parts) or voice.words("appendix.nothing_sure"), []).extend(contacts)
    if len(said) == 1:
        return next(iter(said))
    named = (voice.words("appendix.moves_for", data=data, contacts=voice.contacts(ids)) for data, ids in said.items())
    return " / ".join(named)


def _law_on_step(voice: Voice, hop: Hop) -> Runs:
    """The law on a step: what acts on it first, with its exceptions; what merely speaks to it in one list."""
    runs: list[Run] = []
    for law in hop.law:
        if law.effect != "show":
            runs += [plain(" "), Run(text=acts(voice, law), tag="law", italic=True)]
    shown = [voice.references.law(law.id) for law in hop.law if law.effect == "show"]
    if shown:
        runs.append(Run(text=voice.words("appendix.beside", laws=", ".join(shown)), tag="law", italic=True))
    return tuple(runs)


def _questions(voice: Voice) -> tuple[Runs, ...]:
    """Every question by its mark, with who can answer it."""
    return tuple(
        (plain(f"Q{number} ", bold=True), replace(voice.lead(who, text), bold=False), text)
        for (who, text), number in voice.references.questions.items()
    )
