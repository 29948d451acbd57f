"""One way to ICE hop by hop: from, to, mode, what moves, how good the evidence is and of when, law and sources."""

from __future__ import annotations

from collections.abc import Sequence

from clinic_mapper.casefile.dates import in_a_sentence
from clinic_mapper.memo.compose_lines import acting, acts
from clinic_mapper.memo.document import Items, Run, Runs
from clinic_mapper.memo.law_text import broken_of, law_only_if, place_named
from clinic_mapper.memo.phrases import Voice, plain
from clinic_mapper.routing.model import Hop, LawOnHop, Route
from clinic_mapper.routing.relied_on import relied_on

Step = tuple[str, str, tuple[LawOnHop, ...], bool]
Seen = dict[Hop, list[str]]

_MOST_CITES = 2
_MOST_PLACES = 3
"""Of more laws than these, each of another place, what they do is told together."""


def step_of(hop: Hop) -> Step:
    """What makes two hops one step: the same flow under the same law, whatever it moves for each contact."""
    return (hop.flow, hop.to, hop.law, hop.shown)


def hops_of(voice: Voice, routes: Sequence[Route]) -> Items:
    """Routes that share all steps but perhaps the first, hop by hop; a first hop that differs is said per contact."""
    if not routes[0].hops:
        return Items(items=(_held(voice, routes[0]),), style="fine")
    items: list[Runs] = []
    for number in range(len(routes[0].hops)):
        steps: dict[Step, Seen] = {}
        for route in routes:
            hop = route.hops[number]
            steps.setdefault(step_of(hop), {}).setdefault(hop, []).append(route.touchpoint)
        items.append(tuple(run for seen in steps.values() for run in _told(voice, seen, alone=len(steps) == 1)))
    if beside := _law_on_record(voice, routes[0]):
        items[0] = (*items[0], *beside)
    return Items(items=tuple(items), marks="number", style="fine")


def _held(voice: Voice, route: Route) -> Runs:
    """A record that stands in a system of ICE from the start."""
    return (
        Run(text=voice.words("lines.held", system=voice.short(route.systems[-1])), tag="route"),
        plain(voice.words("lines.as_of", as_of=voice.day(route.as_of))),
        Run(text=voice.references.cited(route.cites[:_MOST_CITES]), tag="source"),
        *voice.verify_routes([route]),
        *_law_on_record(voice, route),
    )


def _told(voice: Voice, seen: Seen, alone: bool) -> Runs:
    """A hop, with its contacts in front where another contact gets there by a hop of its own."""
    if alone:
        return _hop(voice, seen)
    contacts = voice.contacts([id for ids in seen.values() for id in ids])
    return (plain(f"{contacts[:1].upper()}{contacts[1:]}: ", bold=True), *_hop(voice, seen), plain("  "))


def _hop(voice: Voice, seen: Seen) -> Runs:
    words, hop = voice.words, next(iter(seen))
    flow = voice.catalog.flows.get(hop.flow)
    through = words("lines.consults", list=words.joined([voice.short(id) for id in hop.consults]))
    start = voice.short(hop.from_)
    names = f"{start[:1].upper()}{start[1:]} › {voice.short(hop.to)}{through if hop.consults else ''}. "
    said = (words(f"mode_said.{flow.mode}") + "." if flow else "") + words("appendix.moves", data=_moved(voice, seen))
    if flow is None:
        return (Run(text=names, tag="route", bold=True), Run(text=said, tag="route"), *_law_on_hop(voice, hop))
    since = words("lines.since", since=in_a_sentence(flow.since, voice.lang)) if flow.since else ""
    until = words("lines.until", until=in_a_sentence(flow.until, voice.lang)) if flow.until else ""
    confidence = words(f"confidence.{flow.confidence}").capitalize()
    said += words("appendix.sure", confidence=confidence, as_of=voice.day(flow.as_of), since=since, until=until)
    cites = voice.references.cited((cite.source, cite.at) for cite in flow.cites[:_MOST_CITES])
    return (
        Run(text=names, tag="route", bold=True),
        Run(text=said, tag="route"),
        Run(text=cites, tag="source"),
        *voice.verify(flow),
        *((Run(text=words("appendix.shown"), tag="answer"),) if hop.shown and not broken_of(hop.law) else ()),
        *_known(voice, seen),
        *_law_on_hop(voice, hop),
    )


def _known(voice: Voice, seen: Seen) -> Runs:
    """What a list or a note says of these contacts' agencies, on which the hop rests."""
    contacts = {touchpoint.id: touchpoint for touchpoint in voice.matter.touchpoints}
    rows = {
        row.id: row
        for hop, ids in seen.items()
        for id in ids
        if id in contacts
        for row in relied_on(voice.catalog, hop, contacts[id])
    }
    return tuple(Run(text=f" {voice.known(row)}", tag="agency-name") for row in rows.values())


def _moved(voice: Voice, seen: Seen) -> str:
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


def _law_on_hop(voice: Voice, hop: Hop) -> Runs:
    """The law on a hop: what acts on it first, with its exceptions; what merely speaks to it in one list."""
    doing = [law for law in hop.law if law.does != "show"]
    shown = [law for law in hop.law if law.does == "show"]
    elsewhere = [law for law in doing if _by_place_alone(law)]
    runs: list[Run] = []
    if len(elsewhere) > _MOST_PLACES:
        doing = [law for law in doing if law not in elsewhere]
        runs.append(Run(text=_by_place(voice, elsewhere), tag="law", italic=True))
    runs = [run for law in doing for run in (plain(" "), *acts(voice, law))] + runs
    if shown:
        many = sum(map(_by_place_alone, shown)) > _MOST_PLACES
        named = ", ".join(_placed(voice, law) if many else _named(voice, law) for law in shown)
        key = "appendix.beside_by_place" if many else "appendix.beside"
        runs.append(Run(text=voice.words(key, laws=named), tag="law", italic=True))
    return tuple(runs)


def _by_place_alone(law: LawOnHop) -> bool:
    """Whether a law speaks to a step if this was in its place, and on nothing else."""
    return bool(law.if_place) and not law.if_client


def _by_place(voice: Voice, laws: Sequence[LawOnHop]) -> str:
    """Laws of many places, where none is known: what each would do, in one sentence. Exceptions stand with the laws."""
    marks: dict[str, list[str]] = {}
    for law in laws:
        contested = voice.words("lines.contested") if law.contested else ""
        mark = _placed(voice, law, acts=True)
        marks.setdefault(voice.words(f"law_effect.{law.does}"), []).append(f"{mark}{contested}")
        if law.unless:
            voice.references.unless[law.id] = law.unless
    said = "; ".join(f"{effect} – {', '.join(those)}" for effect, those in marks.items())
    return voice.words("appendix.by_place", said=said)


def _placed(voice: Voice, law: LawOnHop, acts: bool = False) -> str:
    """“L4 (Oregon)”; the mark alone where a law needs no place."""
    mark = voice.references.law(law.id, acts=acts)
    if not _by_place_alone(law):
        return mark if acts else _named(voice, law)
    place = place_named(voice.catalog, law.if_place)
    return f"{mark} ({place})" if place else mark


def _named(voice: Voice, law: LawOnHop) -> str:
    only_if = law_only_if(voice.words, voice.catalog, law)
    return f"{voice.references.law(law.id)} ({only_if})" if only_if else voice.references.law(law.id)


def _law_on_record(voice: Voice, route: Route) -> Runs:
    """The law that acts on the record as a whole and stands on none of its hops."""
    on_hops = {(law.id, law.effect, law.does) for hop in route.hops for law in hop.law}
    laws = [law for law in acting(route) if (law.id, law.effect, law.does) not in on_hops]
    return tuple(run for law in laws for run in (plain(" "), *acts(voice, law)))
