"""The map in words, for a terminal: what a practitioner would read aloud, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from clinic_mapper.casefile.dates import in_words, parse
from clinic_mapper.casefile.model import Matter, Touchpoint, answer_of
from clinic_mapper.catalog.evidence import rows_of_route
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo.custody import held_now, time_bound
from clinic_mapper.memo.law_text import bars_of, broken_of, law_only_if, law_told
from clinic_mapper.memo.phrases import Voice
from clinic_mapper.memo.reasons import Reasons
from clinic_mapper.memo.terminal_page import as_it_stands, indented, page
from clinic_mapper.memo.words import load_words
from clinic_mapper.routing.model import STANDINGS, AskNext, ExposureMap, LawOnHop, Line, Reason, Route, Unknown
from clinic_mapper.routing.who_answers import nobody_here

_MOST_ASKED = 5
_MOST_BESIDE = 3
_PAST = ("sent", "was_within_reach")
_FIRST = ("in-custody", "dhs-prints", "arrest-ever")
"""Client questions that are put before anything is known; of a matter with contacts, the first alone."""


def map_in_words(matter: Matter, catalog: Catalog, exposure: ExposureMap, lang: str = "en") -> str:
    """The whole map as text: lines by standing with their strongest route, then what to ask next."""
    voice = Voice(matter, catalog, exposure, load_words(lang))
    return page(_Telling(voice).lines(), voice.words)


class _Telling:
    """Tells one map, and remembers what it said: lists for the attorney, exceptions of laws."""

    def __init__(self, voice: Voice) -> None:
        self.voice, self.words, self.exposure = voice, voice.words, voice.exposure
        self.reasons = Reasons(voice)
        self.contacts = {each.id: each for each in voice.matter.touchpoints}
        self.lists: dict[str, tuple[str, ...]] = {}
        self.excused: set[str] = set()

    def lines(self) -> Iterator[str]:
        exposure, words = self.exposure, self.words
        if self.voice.matter.sample:
            yield words("terminal.sample")
        as_of, today = (in_words(day, self.voice.lang) for day in (exposure.catalog_as_of, exposure.today))
        yield words("terminal.catalog", version=exposure.catalog_version, as_of=as_of, today=today)
        yield from self._custody()
        if not exposure.lines:
            yield words("terminal.nothing" if self.contacts else "terminal.nothing_told")
        for standing in STANDINGS:
            lines = [line for line in exposure.lines if line.standing == standing]
            if lines:
                yield ""
                yield f"{words(f'standing_title.{standing}').upper()} ({len(lines)})"
                for line in lines:
                    yield from self._line(line)
        if exposure.lines:
            yield ""
            yield words("terminal.open_means")
        yield from self._other_people()
        yield from self._questions()
        yield from self._lists()
        yield from (as_it_stands(sentence, 0) for sentence in exposure.not_in_catalog)
        if exposure.cut:
            yield words("terminal.cut")
        if self.voice.lang != "en":
            yield words("limits.catalog_language")

    def _custody(self) -> Iterator[str]:
        """What runs in hours, before anything else."""
        if held_now(self.voice.matter):
            yield ""
            yield self.words("memo.custody").upper()
            yield indented(self.words("terminal.custody_says"), 2)
            for row in time_bound(self.voice.matter, self.voice.catalog, self.voice.lang):
                by_when = f" – {row.deadline}" if row.deadline else ""
                told = f"{row.title}{by_when}. {row.recipient}."
                yield indented(told, 4) if row.speaks(self.voice.lang) else as_it_stands(told, 4)

    def _english(self, text: str, by: int) -> str:
        """What the catalog says in English alone: no words of another language are put into it."""
        return indented(text, by) if self.voice.lang == "en" else as_it_stands(text, by)

    def _other_people(self) -> Iterator[str]:
        """What the map leaves out because it is not about the client."""
        for touchpoint in self.voice.matter.touchpoints:
            if self.voice.is_about_relative(touchpoint):
                yield indented(f"{self._contact(touchpoint)}: {self.words('facts.relative')}", 0)
        if self.exposure.names_others:
            yield self.words.counted("count.names_others", len(self.exposure.names_others))

    def _contact(self, touchpoint: Touchpoint) -> str:
        return f"{self.voice.label(touchpoint).text} ({in_words(touchpoint.when, self.voice.lang)})"

    def _line(self, line: Line) -> Iterator[str]:
        voice, routes = self.voice, [self.exposure.routes[id] for id in line.routes]
        yield ""
        yield indented(f"{voice.mechanism(line.mechanism)} – {self._contact(self.contacts[line.touchpoint])}", 2)
        yield indented(voice.chain(routes[0]).text, 4)
        yield from self._route(routes[0], 4)
        if nobody_here(voice.matter, voice.catalog, line):
            yield indented(self.words("terminal.nobody_here"), 4)
        laws = [voice.catalog.restrictions[law.id] for law in routes[0].law if law.does != "show"]
        rows = [*rows_of_route(voice.catalog, routes[0].flows, routes[0].systems[-1]), *laws]
        yield from (indented(run.text.strip(), 4) for run in voice.verify(*rows))
        beside = _worth_a_word(routes)
        for route in beside:
            standing = self.words(f"standing.{route.standing}")
            yield indented(self.words("terminal.also", standing=standing, chain=voice.chain(route).text), 4)
            yield from self._route(route, 6)
        others = len(routes) - 1 - len(beside)
        if others:
            yield indented(self.words.counted("terminal.more_routes", others), 4)

    def _route(self, route: Route, by: int) -> Iterator[str]:
        """How a route goes and what it rests on, what closes it, or what it turns on."""
        words = self.words
        if route.set_aside:
            yield as_it_stands(f"{words('standing.set_aside')}: {route.set_aside}", by)
        if route.standing != "closed":
            how = self.voice.how(route.tense, route.arrives)
            yield indented(how if route.standing == "open" else words("terminal.if_so", how=how), by)
        if over := self.reasons.over(route) if route.standing == "open" else "":
            yield indented(over, by)
        if told := self.reasons.told(route):
            yield indented(words("terminal.because", list=told), by)
        if route.standing == "closed":
            why = {reason: self.reasons.closed(route, reason) for reason in route.closed_by}
            closed = closed_in_words(self.voice, route.closed_by, route.law, why, self.excused)
            yield from (self._english(part, by) for part in closed)
        for unknown in dict.fromkeys(route.unknown):
            yield indented(f"? {self._asked(unknown, (route,))}", by)
        yield from (self._english(said, by) for said in self._law(route))

    def _law(self, route: Route) -> Iterator[str]:
        """What a law does to a route that it does not close."""
        yield from broken_in_words(self.voice, route.law, self.excused)
        for law in {each.id: each for each in route.law}.values() if route.standing != "closed" else ():
            if law.does not in ("show", "broken"):
                yield self._law_said(law)

    def _law_said(self, law: LawOnHop) -> str:
        if law.effect != "perhaps":
            return self.words(f"terminal.law_{law.does}", law=law_named(self.voice, law, self.excused))
        only_if = law_only_if(self.words, self.voice.catalog, law)
        named = self.voice.law_dated(law.id) + _exceptions(self.voice, law, self.excused)
        key = "closed_by.barred" if law.does == "close" else f"terminal.law_{law.does}"
        return self.words("law_if.does", only_if=only_if, does=self.words(key, law=named, laws=named))

    def _asked(self, unknown: Unknown, routes: Sequence[Route]) -> str:
        """What would settle these routes, put so that it can be answered: of a past practice, as of that time."""
        voice, contact = self.voice, self.contacts.get(unknown.touchpoint)
        asked = voice.unknown(unknown, routes)
        question = voice.question(unknown.id, unknown.touchpoint) if unknown.kind == "fact" else None
        if question and question.list_:
            self.lists.setdefault(asked.text, question.list_)
        if unknown.kind == "judge":
            return voice.lead("attorney", asked).text + asked.text
        past = contact is not None and parse(contact.when).is_known and all(route.tense in _PAST for route in routes)
        if unknown.kind == "practice" and contact and past:
            when = in_words(contact.when, voice.lang)
            return self.words("terminal.at_the_time", when=when, asked=asked.text[:1].lower() + asked.text[1:])
        return asked.text

    def _questions(self) -> Iterator[str]:
        first = list(self._first())
        if first or self.exposure.ask_next:
            yield ""
            yield self.words("terminal.ask_next" if self.contacts else "terminal.ask_first").upper()
        yield from first
        for ask in self.exposure.ask_next[: _MOST_ASKED - len(first)]:
            yield indented(self._question(ask), 2)

    def _first(self) -> Iterator[str]:
        """The first question of every matter; before anything was told, what to begin with."""
        voice, told = self.voice, self.voice.matter.client
        for id in _FIRST[:1] if self.contacts else _FIRST:
            question = voice.catalog.client_questions.get(id)
            if question and answer_of(told.get(id)) is None:
                yield indented(f"{voice.local(question)} ({self.words(f'who.{question.who}')})", 2)
        if not self.contacts:
            yield indented(self.words("terminal.first_contact"), 2)

    def _question(self, ask: AskNext) -> str:
        unknown = Unknown(kind=ask.kind, id=ask.fact, touchpoint=ask.touchpoint)
        strongest = [self.exposure.routes[line.routes[0]] for line in self.exposure.lines]
        turning = [route for route in strongest if unknown in route.unknown]
        turning = turning or [route for route in self.exposure.routes.values() if unknown in route.unknown]
        who = self.words(f"who.{ask.who}")
        if ask.lines_settled:
            who += f"; {self.words.counted('terminal.settles', ask.lines_settled)}"
        where = f" [{self.voice.contacts((ask.touchpoint,))}]" if ask.touchpoint else ""
        return f"{self._asked(unknown, turning)}{where} ({who})"

    def _lists(self) -> Iterator[str]:
        """The lists without which the attorney's questions cannot be answered."""
        for asked, items in self.lists.items():
            yield ""
            yield indented(asked, 0)
            yield from (self._english(f"– {item}", 2) for item in items)


def _worth_a_word(routes: Sequence[Route]) -> list[Route]:
    """Of the other routes of a line those that stand otherwise and should be heard: open ones, and where law acts."""
    found: dict[tuple[object, ...], list[Route]] = {}
    for route in routes:
        found.setdefault((route.standing, route.tense if route.standing == "open" else "", _acting(route)), []).append(
            route
        )
    heard = []
    for same in found.values():
        first = same[0]
        acted_on = _acting(first) and (first.standing != "closed" or "law" in first.closed_by)
        if routes[0] not in same and (first.standing == "open" or acted_on) and not first.set_aside:
            heard.append(min(same, key=lambda route: len(route.unknown)))
    return heard[:_MOST_BESIDE]


def _acting(route: Route) -> frozenset[tuple[str, str]]:
    return frozenset((law.id, law.does) for law in route.law if law.does != "show")


def closed_in_words(
    voice: Voice,
    closed_by: tuple[Reason, ...],
    law: tuple[LawOnHop, ...],
    because: Mapping[Reason, str] | None = None,
    excused: set[str] | None = None,
) -> Iterator[str]:
    """Why a route is closed: by what nature of reason, with the reason where it is known, and which laws bar it.

    `excused`: laws whose exceptions were said before, to which those said here are added.
    """
    words = voice.words
    for reason in closed_by:
        if reason != "law":
            why = (because or {}).get(reason, "")
            yield words(f"closed_by.{reason}") + (words("lines.reason", reason=why) if why else "")
    if "law" in closed_by:
        heard = set() if excused is None else excused
        bars = [law_named(voice, each, heard) for each in bars_of(law).values()]
        yield words("closed_by.barred", laws=words.joined(bars))


def broken_in_words(voice: Voice, law: Sequence[LawOnHop], excused: set[str]) -> Iterator[str]:
    """Each law that bars a step of which an answer shows that it happened: a ground to challenge."""
    for each in broken_of(law).values():
        said = voice.words("closed_by.broken", laws=law_told(voice, each))
        yield said + _exceptions(voice, each, excused)


def law_named(voice: Voice, law: LawOnHop, excused: set[str]) -> str:
    """A law with its place, day, what it turns on, and exceptions; those that were said before are not said again."""
    return law_told(voice, law) + _exceptions(voice, law, excused)


def _exceptions(voice: Voice, law: LawOnHop, excused: set[str]) -> str:
    if not law.unless:
        return ""
    if law.id in excused:
        return f", {voice.words('lines.same_unless')}"
    excused.add(law.id)
    return f", {voice.words('closed_by.unless', exception=' / '.join(law.unless))}"
