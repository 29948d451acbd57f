"""`map_exposure`: what follows from a matter and the catalog on a day. No input or output, no clock of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from msgspec.structs import replace

from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.model import Catalog, Question, TouchpointKind
from clinic_mapper.routing.ask import ask_next
from clinic_mapper.routing.facts import told
from clinic_mapper.routing.law import law_on_hop
from clinic_mapper.routing.lines import lines_of, strength
from clinic_mapper.routing.model import ExposureMap, Hop, LawOnHop, Route
from clinic_mapper.routing.others_named import others_named
from clinic_mapper.routing.prospect import Prospects
from clinic_mapper.routing.reading import Reading, Walked
from clinic_mapper.routing.turning import turns_of
from clinic_mapper.routing.verdict import HopTruth, Verdict
from clinic_mapper.routing.walk import Path
from clinic_mapper.routing.ways import Move


def map_exposure(matter: Matter, catalog: Catalog, today: date, *, ask: bool = True) -> ExposureMap:
    """The exposure map of a matter as of `today`.

    A pure function: the same matter, catalog and day give the same map, byte for byte, whatever the order of
    touchpoints.
    Touchpoints, facts and answers that this catalog does not know are kept out of the reasoning and named in
    `not_in_catalog`. `ask=False` leaves `ask_next` empty (it costs more than the rest).
    """
    reading = Reading(matter, catalog, today)
    return exposure_of(reading, matter, Prospects(reading) if ask else None)


def exposure_of(reading: Reading, matter: Matter, prospects: Prospects | None) -> ExposureMap:
    """The exposure map of a matter that was read. `prospects` tries answers; None leaves `ask_next` empty."""
    catalog = reading.index.catalog
    routes: list[Route] = []
    for touchpoint in reading.touchpoints:
        routes.extend(_routes(reading.walked(touchpoint)))
    reasons = {verdict.route: verdict.reason for verdict in matter.set_aside}
    ordered: dict[str, Route] = {}
    for route in sorted(_with_verdicts(routes, reasons), key=strength):
        ordered.setdefault(route.id, route)  # two records in one system: the stronger is told
    lines = lines_of(ordered.values())
    return ExposureMap(
        catalog_version=catalog.version,
        catalog_as_of=catalog.as_of,
        today=reading.today.isoformat(),
        lines=lines,
        routes=ordered,
        ask_next=ask_next(reading.matter, catalog, lines, prospects.of) if prospects else (),
        derived=reading.clients.derived(),
        not_in_catalog=tuple(not_in_catalog(matter, catalog)),
        names_others=others_named(reading),
        cut=reading.cut,
    )


def _routes(walked: Walked) -> list[Route]:
    if not walked.routes:
        walked.routes.extend([_route(walked, path, verdict) for path, verdict in walked.verdicts])
    return walked.routes


def _with_verdicts(routes: list[Route], reasons: dict[str, str]) -> list[Route]:
    if not reasons:
        return routes
    return [replace(route, set_aside=reasons[route.id]) if route.id in reasons else route for route in routes]


def _route(walked: Walked, path: Path, verdict: Verdict) -> Route:
    scene = walked.scene
    way, chain = path.way, path.way.chain
    own = scene.touchpoint.id
    hops = tuple(map(partial(hop_of, walked), way.moves, verdict.hops, verdict.spans))
    return Route(  # nine without their names: with more than eleven names a call takes five times as long
        f"{own}.{chain.fingerprint}",
        f"{own}:{chain.mechanism}",
        own,
        chain.mechanism,
        verdict.standing,
        verdict.closed_by,
        verdict.tense,
        chain.arrives,
        chain.mode,
        confidence=chain.confidence,
        as_of=chain.as_of,
        systems=chain.systems,
        end=chain.end,
        flows=chain.flows,
        hops=hops,
        data=way.data if verdict.standing == "open" else way.data_at_most,
        law=hops[0].law if len(hops) == 1 else _distinct([hop.law for hop in hops if hop.law]),
        unknown=tuple(sorted(verdict.unknown)) if verdict.unknown else (),
        cites=chain.cites,
        turns=turns_of(scene, verdict.truth) if verdict.unknown else (),
    )


def hop_of(walked: Walked, move: Move, truth: HopTruth, spans: bool | None) -> Hop:
    """A step of a path as people are told of it."""
    key = move, spans
    found = walked.hops.get(key)
    if found is None:
        judge = walked.judge
        here = judge.days[spans]
        runs = here & truth.conditions[1] or here  # where it never runs the law is told for all those days
        shown = truth.law.shown
        found = walked.hops[key] = replace(
            move.told,
            standing=judge.standing_of_hop(truth, spans),
            law=law_on_hop(walked.scene, truth.texts, truth.law, runs, shown & truth.conditions[1]),
            shown=bool(shown) and judge.is_shown(truth),
        )
    return found


def _distinct(laws: Sequence[tuple[LawOnHop, ...]]) -> tuple[LawOnHop, ...]:
    """The law on all hops of a route, each once; on one hop no law stands twice."""
    if len(laws) < 2:
        return laws[0] if laws else ()
    return tuple({(law.id, law.effect, law.would): law for each in laws for law in each}.values())


def not_in_catalog(matter: Matter, catalog: Catalog) -> Iterator[str]:
    """Sentences on what this catalog does not know; it was kept and is shown as such."""
    for name, given in sorted(matter.client.items()):
        question = catalog.client_questions.get(name)
        if question is None:
            yield f"The client fact “{name}” is not in this catalog. It was kept."
        elif (value := told(given)) is not None and value not in question.values:
            yield f"The answer “{value}” to “{name}” is not in this catalog. It was kept."
    for touchpoint in sorted(matter.touchpoints, key=lambda touchpoint: touchpoint.id):
        kind = catalog.touchpoints.get(touchpoint.kind)
        if kind is None:
            yield f"The touchpoint kind “{touchpoint.kind}” ({touchpoint.id}) is not in this catalog. It was kept."
            continue
        if touchpoint.agency.kind and touchpoint.agency.kind not in catalog.agency_kinds:
            agency = touchpoint.agency.kind
            yield f"The kind of agency “{agency}” of {touchpoint.id} is not in this catalog. It was kept."
        for name, given in sorted(touchpoint.facts.items()):
            question = _question(catalog, kind, name)
            if question is None:
                yield f"The fact “{name}” of {touchpoint.id} is not in this catalog. It was kept."
            elif (value := told(given)) is not None and value not in question.values:
                yield f"The answer “{value}” to “{name}” of {touchpoint.id} is not in this catalog. It was kept."


def _question(catalog: Catalog, kind: TouchpointKind, name: str) -> Question | None:
    own = (each for each in kind.questions if each.id == name)
    return catalog.client_questions.get(name) or next(own, None) or catalog.shared_questions.get(name)
