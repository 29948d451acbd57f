"""`map_exposure`: what follows from a matter and the catalog on a day. No input or output, no clock of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import blake2b

from msgspec.structs import replace

from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.model import CONFIDENCES, MODES, Catalog, Flow, System
from clinic_mapper.routing.ask import ask_next
from clinic_mapper.routing.facts import told
from clinic_mapper.routing.index import items
from clinic_mapper.routing.law import law_on_hop
from clinic_mapper.routing.lines import lines_of, strength
from clinic_mapper.routing.model import ExposureMap, Hop, LawOnHop, Route, Standing
from clinic_mapper.routing.reading import Reading, mechanism_of
from clinic_mapper.routing.scene import Scene
from clinic_mapper.routing.verdict import HopTruth, Judge, Verdict
from clinic_mapper.routing.walk import Path


def map_exposure(matter: Matter, catalog: Catalog, today: date, *, ask: bool = True) -> ExposureMap:
    """The exposure map of a matter as of `today`.

    A pure function: the same matter, catalog and day give the same map, byte for byte, whatever the order of
    touchpoints.
    Touchpoints, facts and answers that this catalog does not know are kept out of the reasoning and named in
    `not_in_catalog`. `ask=False` leaves `ask_next` empty (it costs more than the rest).
    """
    reading = Reading(matter, catalog, today)
    routes: list[Route] = []
    for touchpoint in reading.touchpoints:
        walked = reading.walked(touchpoint)
        routes.extend(_route(walked.scene, walked.judge, path, verdict) for path, verdict in walked.verdicts)
    reasons = {verdict.route: verdict.reason for verdict in matter.set_aside}
    ordered = {route.id: route for route in sorted((_with_verdict(route, reasons) for route in routes), key=strength)}
    lines = lines_of(ordered.values())
    return ExposureMap(
        catalog_version=catalog.version,
        catalog_as_of=catalog.as_of,
        today=today.isoformat(),
        lines=lines,
        routes=ordered,
        ask_next=ask_next(matter, catalog, lines, reading.standings_if) if ask else (),
        derived=reading.clients.derived(),
        not_in_catalog=tuple(not_in_catalog(matter, catalog)),
        cut=reading.cut,
    )


def _with_verdict(route: Route, reasons: dict[str, str]) -> Route:
    return replace(route, set_aside=reasons[route.id]) if route.id in reasons else route


def _route(scene: Scene, judge: Judge, path: Path, verdict: Verdict) -> Route:
    catalog = scene.index.catalog
    systems = _systems(path)
    end = catalog.systems[systems[-1]]
    hops = tuple(_hop(scene, judge, path, number) for number in range(len(path.steps)))
    held = end.held
    flows = [step.row for step in path.steps]
    mechanism = mechanism_of(path, scene.index)
    found = any(step.found for step in path.steps) if flows else (held.arrives if held else "found") == "found"
    rows: Sequence[Flow | System] = flows or [end]
    own = scene.touchpoint.id
    return Route(
        id=f"{own}.{_fingerprint(path)}",
        line=f"{own}:{mechanism}",
        touchpoint=own,
        mechanism=mechanism,
        standing=verdict.standing,
        closed_by=verdict.closed_by,
        tense=verdict.tense,
        arrives="found" if found else "sent",
        mode=MODES[max(step.mode for step in path.steps)] if flows else (held.mode if held else "on_request"),
        confidence=_confidence(path, held.confidence if held else "documented"),
        as_of=min(row.as_of for row in rows),
        systems=systems,
        end=end.serves or "ice-ero",
        flows=tuple(flow.id for flow in flows),
        hops=hops,
        data=items(path.arrived.must) if verdict.standing == "open" else items(path.arrived.may),
        law=_distinct(hop.law for hop in hops),
        unknown=tuple(sorted(verdict.unknown)),
        cites=tuple(dict.fromkeys((cite.source, cite.at) for row in rows for cite in row.cites)),
    )


def _systems(path: Path) -> tuple[str, ...]:
    names = [path.record.system]
    for step in path.steps:
        names.extend(step.row.consults)
        names.append(step.row.to)
    return tuple(names)


def _confidence(path: Path, held: str) -> str:
    return CONFIDENCES[max(step.confidence for step in path.steps)] if path.steps else held


def _fingerprint(path: Path) -> str:
    chain = ">".join((path.record.system, *(step.row.id for step in path.steps)))
    return blake2b(chain.encode(), digest_size=5).hexdigest()


def _hop(scene: Scene, judge: Judge, path: Path, number: int) -> Hop:
    step = path.steps[number]
    truth = judge.hop(path, number)
    after = path.held[number + 1] if number + 1 < len(path.steps) else path.arrived
    spans = judge.spans(path, number)
    here = judge.days_of(spans)
    return Hop(
        flow=step.row.id,
        either=tuple(other.row.id for other in step.others),
        from_=step.row.from_,
        to=step.row.to,
        consults=step.row.consults,
        data=items(after.must),
        perhaps=items(after.may & ~after.must),
        standing=_standing(truth, here, spans),
        law=law_on_hop(scene, truth.law, here),
    )


def _standing(truth: HopTruth, here: int, spans: bool) -> Standing:
    must, may = truth.whole
    if not may & here:
        return "closed"
    enough = must & here if spans else must & here == here
    return "open" if enough else "undetermined"


def _distinct(laws: Iterable[tuple[LawOnHop, ...]]) -> tuple[LawOnHop, ...]:
    found: dict[tuple[str, str], LawOnHop] = {}
    for each in laws:
        for law in each:
            found.setdefault((law.id, law.effect), law)
    return tuple(found.values())


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
        known = {question.id: question for question in kind.questions} | catalog.client_questions
        for name, given in sorted(touchpoint.facts.items()):
            if name not in known:
                yield f"The fact “{name}” of {touchpoint.id} is not in this catalog. It was kept."
            elif (value := told(given)) is not None and value not in known[name].values:
                yield f"The answer “{value}” to “{name}” of {touchpoint.id} is not in this catalog. It was kept."
