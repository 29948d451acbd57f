"""The map in words, for a terminal: what a practitioner would read aloud, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import fill

from clinic_mapper.casefile.dates import in_words
from clinic_mapper.casefile.model import Matter, Touchpoint
from clinic_mapper.catalog.evidence import rows_of_route
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo.phrases import Voice
from clinic_mapper.memo.plain_text import printable
from clinic_mapper.memo.words import load_words
from clinic_mapper.routing.model import STANDINGS, AskNext, ExposureMap, LawOnHop, Line, Reason, Route, Unknown
from clinic_mapper.routing.who_answers import nobody_here

WIDTH = 100


def map_in_words(matter: Matter, catalog: Catalog, exposure: ExposureMap, lang: str = "en") -> str:
    """The whole map as text: lines by standing with their strongest route, then what to ask next."""
    voice = Voice(matter, catalog, exposure, load_words(lang))
    return "\n".join(_text(voice)) + "\n"


def _text(voice: Voice) -> Iterator[str]:
    exposure, words = voice.exposure, voice.words
    if voice.matter.sample:
        yield words("terminal.sample")
    yield words(
        "terminal.catalog", version=exposure.catalog_version, as_of=exposure.catalog_as_of, today=exposure.today
    )
    if not exposure.lines:
        yield words("terminal.nothing")
    for standing in STANDINGS:
        lines = [line for line in exposure.lines if line.standing == standing]
        if lines:
            yield ""
            yield f"{words(f'standing_title.{standing}').upper()} ({len(lines)})"
            for line in lines:
                yield from _line(voice, line)
    yield ""
    yield fill(words("terminal.open_means"), WIDTH)
    yield from _other_people(voice)
    yield from _questions(voice)
    for sentence in exposure.not_in_catalog:
        yield fill(printable(sentence), WIDTH)
    if exposure.cut:
        yield fill(words("terminal.cut"), WIDTH)


def _other_people(voice: Voice) -> Iterator[str]:
    """What the map leaves out because it is not about the client."""
    for touchpoint in voice.matter.touchpoints:
        if voice.is_about_relative(touchpoint):
            yield fill(printable(f"{_contact(voice, touchpoint)}: {voice.words('facts.relative')}"), WIDTH)
    if voice.exposure.names_others:
        yield fill(voice.words.counted("count.names_others", len(voice.exposure.names_others)), WIDTH)


def _contact(voice: Voice, touchpoint: Touchpoint) -> str:
    return f"{voice.label(touchpoint).text} ({in_words(touchpoint.when, voice.lang)})"


def _line(voice: Voice, line: Line) -> Iterator[str]:
    words, route = voice.words, voice.exposure.routes[line.routes[0]]
    touchpoint = next(each for each in voice.matter.touchpoints if each.id == line.touchpoint)
    yield ""
    yield indented(f"{voice.mechanism(line.mechanism)} – {_contact(voice, touchpoint)}", 2)
    if line.standing != "closed":
        how = f"{words(f'tense.{line.tense}')}; {words(f'arrives.{line.arrives}')}"
        yield indented(how if line.standing == "open" else words("terminal.if_so", how=how), 4)
    yield indented(voice.chain(route).text, 4)
    yield from (indented(part, 4) for part in _reasons(voice, route))
    if nobody_here(voice.matter, voice.catalog, line):
        yield indented(words("terminal.nobody_here"), 4)
    laws = [voice.catalog.restrictions[law.id] for law in route.law if law.effect != "show"]
    rows = [*rows_of_route(voice.catalog, route.flows, route.systems[-1]), *laws]
    yield from (indented(run.text.strip(), 4) for run in voice.verify(*rows))
    others = len(line.routes) - 1
    if others:
        yield indented(words.counted("terminal.more_routes", others), 4)


def _reasons(voice: Voice, route: Route) -> Iterator[str]:
    words = voice.words
    if route.set_aside:
        yield f"{words('standing.set_aside')}: {route.set_aside}"
    if route.standing == "closed":
        yield from closed_in_words(voice, route.closed_by, route.law)
    for unknown in route.unknown:
        yield f"? {voice.unknown(unknown).text}"


def closed_in_words(voice: Voice, closed_by: tuple[Reason, ...], law: tuple[LawOnHop, ...]) -> Iterator[str]:
    """Why a route is closed: by what nature of reason, and which laws bar it on paper."""
    words = voice.words
    plain = [words(f"closed_by.{reason}") for reason in closed_by if reason != "law"]
    if plain:
        yield "; ".join(plain)
    if "law" in closed_by:
        bars = [_law(voice, each.id, each.unless) for each in law if each.effect == "close"]
        yield words("closed_by.barred", laws=words.joined(bars))


def _law(voice: Voice, id: str, unless: tuple[str, ...]) -> str:
    row = voice.catalog.restrictions[id]
    said = voice.words("closed_by.law_as_of", name=row.name, as_of=row.status_as_of)
    if unless:
        said += ", " + voice.words("closed_by.unless", exception=" / ".join(unless))
    return said


def _questions(voice: Voice) -> Iterator[str]:
    if not voice.exposure.ask_next:
        return
    yield ""
    yield voice.words("terminal.ask_next").upper()
    for ask in voice.exposure.ask_next[:5]:
        yield indented(_question(voice, ask), 2)


def _question(voice: Voice, ask: AskNext) -> str:
    unknown = Unknown(kind=ask.kind, id=ask.fact, touchpoint=ask.touchpoint)
    settles = voice.words.counted("terminal.settles", ask.lines_settled)
    where = f" [{voice.contacts((ask.touchpoint,))}]" if ask.touchpoint else ""
    return f"{voice.unknown(unknown).text}{where} ({voice.words(f'who.{ask.who}')}; {settles})"


def indented(text: str, by: int) -> str:
    """A paragraph for the terminal, moved in; nothing in it steers a terminal."""
    return fill(printable(text), WIDTH, initial_indent=" " * by, subsequent_indent=" " * (by + 2))
