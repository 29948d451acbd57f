"""A line or route told hop by hop, as plain blocks of text. The details pane draws them; the picture says no more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.model import Catalog, Cite, Flow, System
from clinic_mapper.routing.model import ExposureMap, Hop, LawOnHop, Line, Route
from clinic_mapper.routing.relied_on import relied_on
from clinic_mapper.routing.who_answers import nobody_here
from clinic_mapper.ui import map_words as words
from clinic_mapper.ui.map_because import Explain, Reasons, becauses

BlockKind = Literal["title", "lead", "step", "said", "note"]
_SHOWN_NOT_ASKED = 8


@dataclass(frozen=True)
class Block:
    """One paragraph. `label` is its small heading ("what moves"), "" for none.

    `row`: the kind and id of the row of the catalog from which a step is told.
    """

    kind: BlockKind
    text: str
    label: str = ""
    row: tuple[str, str] = ("", "")


def _unexplained(_: str) -> None:
    return None


def story_of(
    id_: str, exposure: ExposureMap, matter: Matter, catalog: Catalog, explain: Explain = _unexplained
) -> tuple[Block, ...]:
    """The story of the line or route with this id: a line is told by its strongest route. Empty when there is none."""
    line = next((line for line in exposure.lines if line.id == id_), None)
    route = exposure.routes.get(line.routes[0] if line else id_)
    if route is None:
        return ()
    reasons = becauses(route, exposure, matter, catalog, explain)
    return tuple(
        _story(line or route, route, matter, catalog, len(line.routes) if line else 1, exposure.today, reasons)
    )


def _story(
    of: Line | Route, route: Route, matter: Matter, catalog: Catalog, routes: int, today: str, reasons: Reasons
) -> Iterator[Block]:
    label = words.label_of(route.touchpoint, matter, catalog)
    yield Block("title", f"{label} — {words.mechanism(route.mechanism, catalog)}")
    if where := _whereabouts(route.touchpoint, matter, catalog):
        yield Block("said", where)
    yield Block("lead", _standing_sentence(of, route, catalog))
    if plainly := words.plainly(of):
        yield Block("said", plainly)
    if route.set_aside:
        yield Block("lead", words.plain(route.set_aside), "Set aside by the attorney")
    for question in dict.fromkeys(words.question_for(unknown, matter, catalog, route) for unknown in of.unknown):
        yield Block("said", question, "What would settle this")
    if nobody_here(matter, catalog, of):
        yield Block("note", words.say("terminal.nobody_here"))
    if routes > 1:
        every = words.counted(routes, "route", "routes")
        yield Block("note", f"The strongest of {every}. The others stand under the line.")
    yield from _hops(route, matter, catalog, today, reasons)
    yield Block("said", f"{words.system(route.systems[-1], catalog)}, which serves {words.END[route.end]}", "Ends at")


def _whereabouts(touchpoint: str, matter: Matter, catalog: Catalog) -> str:
    given = next((each for each in matter.touchpoints if each.id == touchpoint), None)
    return words.touchpoint_whereabouts(given, catalog) if given else ""


def _standing_sentence(of: Line | Route, route: Route, catalog: Catalog) -> str:
    if of.standing == "closed":
        reason = words.closed_reason(of.closed_by, route.law, catalog)
        said = reason if reason.startswith("closed") else f"closed: {reason}"
    else:
        said = words.say(f"standing.{of.standing}")
    changes = (law for law in route.law if law.does != "show")  # what is only shown marks no route
    contested = "; contested: laws or courts disagree" if any(law.contested for law in changes) else ""
    if broken := words.broken_reason(route.law, catalog):
        said = f"{said}: {broken}"
    when = words.when_and_how(of)[0]
    return " · ".join(part for part in (f"{said[:1].upper()}{said[1:]}{contested}", when) if part)


def _hops(route: Route, matter: Matter, catalog: Catalog, today: str, reasons: Reasons) -> Iterator[Block]:
    contact = next((each for each in matter.touchpoints if each.id == route.touchpoint), None)
    if not route.hops:
        yield from _held(route, catalog, today)
    for number, (hop, because) in enumerate(zip(route.hops, reasons, strict=True), 1):
        flow = catalog.flows.get(hop.flow)
        way = f"{words.system(hop.from_, catalog)} → {words.system(hop.to, catalog)}"
        yield Block("step", f"{number}. {way} ({words.say(f'standing.{hop.standing}')})", row=("flows", hop.flow))
        yield from (Block("said", text, label) for label, text in because)
        if flow:
            yield from _flow(flow, hop, catalog, today)
            for known in relied_on(catalog, hop, contact) if contact else ():
                yield Block("said", words.known(known), "Known here")
        else:
            yield Block("note", f"This catalog no longer has the step “{words.plain(hop.flow)}”.")


def _held(route: Route, catalog: Catalog, today: str) -> Iterator[Block]:
    """A record that ICE holds itself: there is no hop to tell, only the record and its source."""
    system = catalog.systems.get(route.systems[-1])
    held = route.systems[-1]
    yield Block("step", f"ICE itself holds this record: {words.system(held, catalog)}", row=("systems", held))
    yield Block("said", words.items(route.data), "Holds")
    if system:
        yield from _sources(system, catalog)
        yield Block("said", f"as of {system.as_of}.{words.verify(system, catalog, today)}", "How sure")


def _flow(flow: Flow, hop: Hop, catalog: Catalog, today: str) -> Iterator[Block]:
    yield Block("said", words.say(f"mode_said.{flow.mode}"), "How")
    yield Block("said", _moves(hop), "What moves")
    yield Block("said", words.plain(flow.trigger), "When it happens")
    yield from _either(flow, hop, catalog)
    if hop.consults:
        consulted = words.listed(words.system(each, catalog) for each in hop.consults)
        yield Block("said", f"it consults {consulted}", "On the way")
    if hop.shown:
        yield Block("said", words.say("appendix.shown").strip(), "Shown")
    if flow.outcome:
        yield Block("said", words.plain(flow.outcome), "What comes of it")
    for law in hop.law:
        yield Block("said", _law(law, catalog, today), "Law on it")
    yield from _sources(flow, catalog)
    yield Block("said", _sure(flow, catalog, today), "How sure")


def _either(flow: Flow, hop: Hop, catalog: Catalog) -> Iterator[Block]:
    """The other step of a pair of which one or the other runs, according to an answer that is not known."""
    for other in hop.either:
        row = catalog.flows.get(other)
        if row and row.id != flow.id:
            yield Block("said", words.plain(row.trigger), "Or else")


def _sure(flow: Flow, catalog: Catalog, today: str) -> str:
    since = words.say("lines.since", since=flow.since) if flow.since else ""
    until = words.say("lines.until", until=flow.until) if flow.until else ""
    verify = words.verify(flow, catalog, today)
    return f"{words.sure(flow.confidence)} (as of {flow.as_of}{since}{until}).{verify}"


def _moves(hop: Hop) -> str:
    sure = words.items(hop.data)
    perhaps = words.items(item for item in hop.perhaps if item not in hop.data)
    if not perhaps:
        return sure or "not known"
    return f"{sure}; perhaps also {perhaps}" if sure else f"perhaps {perhaps}"


def _law(law: LawOnHop, catalog: Catalog, today: str) -> str:
    row = catalog.restrictions.get(law.id)
    if not row:
        return f"{words.plain(law.id)}: {words.law_does(law, catalog)}"
    contested = " It is contested." if law.contested else ""
    verify = words.verify(row, catalog, today)
    unless = f", {words.unless(law)}." if law.unless else "."
    status = f"{words.say(f'law_status.{row.status}')}, as of {row.status_as_of}"
    named = f"{words.plain(row.name)} ({words.plain(row.citation)}; {status})"
    said = f"{words.law_does(law, catalog)}. {words.plain(row.says).rstrip('.')}{unless}"
    return f"{named}: {said}{contested}{verify}"


def _sources(row: Flow | System, catalog: Catalog) -> Iterator[Block]:
    for cite in row.cites:
        yield Block("said", source_sentence(cite, catalog), "Source")


def source_sentence(cite: Cite, catalog: Catalog) -> str:
    """A cite as it is printed: title, place in it, publisher, date, and how it was read."""
    source = catalog.sources.get(cite.source)
    if not source:
        return words.plain(cite.source)
    copy = " in a third-party copy" if source.third_party_copy else ""
    how = f"read{copy}" if cite.basis == "read" else "recalled, verify first"
    parts = (source.title, cite.at, source.publisher, source.published)
    return f"{words.plain(', '.join(part for part in parts if part))}; {how}"


def nothing_found(matter: Matter, catalog: Catalog) -> str:
    """What is said when the map has no line: that nothing was found for what was asked, and what was not asked."""
    if not matter.touchpoints:
        return "No touchpoint has been recorded yet, so nothing was assessed."
    missing = words.not_asked(matter, catalog)
    if not missing:
        return words.NOTHING_FOUND
    shown = [f"• {question}" for question in missing[:_SHOWN_NOT_ASKED]]
    more = len(missing) - len(shown)
    rest = [f"• and {words.counted(more, 'more question', 'more questions')}"] if more else []
    return "\n".join([words.NOTHING_FOUND, "", "Not assessed: we did not ask", *shown, *rest])


def notices(exposure: ExposureMap, catalog: Catalog) -> str:
    """What must stand beside the list: that it was cut, answers that disagree, what the catalog does not know."""
    said = [words.WAS_CUT] if exposure.cut else []
    for derived in exposure.derived:
        question = catalog.client_questions.get(derived.client)
        if derived.conflict:
            named = words.plain(question.en if question else derived.client)
            said.append(f"Answers disagree, so this counts as unknown: {named}")
    return "\n".join([*said, *map(words.plain, exposure.not_in_catalog)])
