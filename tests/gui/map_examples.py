"""Hand-made maps for the tests of the map panel and the export page: invented law, invented people, every standing."""

from __future__ import annotations

from typing import Any

from msgspec import structs
from PySide6.QtCore import QObject, Signal

from clinic_mapper.casefile.model import Agency, Matter, Touchpoint, Verdict, Where
from clinic_mapper.catalog.model import (
    AgencyKind,
    Catalog,
    Cite,
    Flow,
    Mechanism,
    Needs,
    Practice,
    Question,
    Restriction,
    Source,
    System,
    TouchpointKind,
)
from clinic_mapper.routing.model import ExposureMap, Hop, LawOnHop, Line, Route, Unknown

CITE = (Cite(source="pia", at="section 2", basis="read"), Cite(source="sheet", at="page 1", basis="recalled"))
LONG_NAME = (
    "Combined Regional Law Enforcement Records, Evidence and Jail Information Management System of the "
    "Greater San Joaquin Valley Joint Powers Authority"
)


def _system(id_: str, name: str, **more: Any) -> System:
    return System(
        id=id_, name=name, operator=name, level="local", sector="police", holds=("identity",), summary=name,
        as_of="2025-03", cites=CITE, **more,
    )  # fmt: skip


def _flow(from_: str, to: str, mechanism: str, **more: Any) -> Flow:
    given: dict[str, Any] = {
        "mode": "automatic", "confidence": "documented", "timing": "at_event", "practice": "everywhere",
        "trigger": "A booking with fingerprints.", "authority": "28 CFR 20", "carries": ("fingerprints", "identity"),
    }  # fmt: skip
    given.update(more)
    return Flow(
        id=f"{from_}--{to}", from_=from_, to=to, mechanism=mechanism, needs=Needs(), as_of="2025-03", cites=CITE,
        **given,
    )  # fmt: skip


def _question(id_: str, en: str) -> Question:
    return Question(id=id_, en=en, es=f"¿{en}", why_en="The rules differ.", why_es="Las reglas cambian.")


def _kind(id_: str, en: str, questions: tuple[Question, ...]) -> TouchpointKind:
    return TouchpointKind(id=id_, en=en, es=f"({en})", sector="police", creates=(), questions=questions)


def example_catalog() -> Catalog:
    """Two mechanisms to ICE's own systems, and one that a state's law bars."""
    rows = [
        _system("jail", "County jail records"),
        _system("bureau", "California DOJ fingerprint and criminal history files"),
        _system("ngi", "FBI Next Generation Identification (NGI)"),
        _system("ident", "DHS fingerprint system (IDENT)"),
        _system("long", LONG_NAME),
        _system("ero", "ICE deportation officers' case system", ice="operated", serves="ice-ero"),
        _system("lesc", "ICE Law Enforcement Support Center", ice="operated", serves="ice-ero"),
    ]
    flows = [
        _flow("jail", "bureau", "booking-prints"),
        _flow("bureau", "ngi", "booking-prints"),
        _flow("ngi", "lesc", "booking-prints", consults=("ident",), outcome="An Immigration Alien Query."),
        _flow("jail", "ero", "jail-tells-ice", mode="informal", confidence="reported", practice="not_known_by_place"),
        _flow("long", "ero", "gang-data", mode="on_request", confidence="inferred"),
        _flow("jail", "lesc", "name-check", mode="routine"),
    ]
    law = Restriction(
        id="ca-sb54", jurisdiction="US-CA", name="SB 54, the California Values Act", citation="Gov. Code 7284.6",
        effect="blocks", says="Jails may not give ICE a release date that is not public.", status="in_force",
        status_as_of="2025-04", as_of="2025-04", cites=CITE,
    )  # fmt: skip
    questions = (
        _question("fingerprinted", "Did they take your fingerprints?"),
        _question("birthplace-asked", "Did they ask where you were born?"),
    )
    client = _question("dhs-prints", "Did immigration officers ever take your fingerprints?")
    pia = Source(id="pia", title="Privacy Impact Assessment, NGI", publisher="FBI", published="2012", kind="government")
    sheet = Source(
        id="sheet", title="Jail fact sheet", publisher="Norte Legal Aid", published="2019-05-14", kind="ngo",
        third_party_copy=True,
    )  # fmt: skip
    kinds = (_kind("arrest", "Arrest with fingerprints", questions), _kind("card", "Field interview card", ()))
    return Catalog(
        version="2026.1", as_of="2026-11", notes=(),
        sources={"pia": pia, "sheet": sheet},
        systems={row.id: row for row in rows},
        mechanisms={
            id_: Mechanism(id=id_, en=en, es=en)
            for id_, en in (
                ("booking-prints", "booking prints to DHS"), ("jail-tells-ice", "jail tells ICE"),
                ("gang-data", "gang data"), ("name-check", "name check"),
            )
        },
        flows={row.id: row for row in flows}, restrictions={law.id: law}, remedies={},
        touchpoints={kind.id: kind for kind in kinds},
        client_questions={client.id: client}, shared_questions={}, places={},
        agency_kinds={"sheriff": AgencyKind(id="sheriff", en="sheriff", es="sheriff")}, when_forms={},
        known_practices={},
        practices={"jail-shares": Practice(id="jail-shares", en="this jail tells ICE release dates", es="…")},
    )  # fmt: skip


def example_matter(**more: Any) -> Matter:
    """Two touchpoints of an invented client."""
    touchpoints = (
        Touchpoint(
            id="t1", kind="arrest", when="2012-05", where=Where(state="CA", county="Fresno"),
            agency=Agency(kind="sheriff", name="Fresno County Sheriff"), facts={"fingerprinted": "yes"},
        ),
        Touchpoint(id="t2", kind="card", when="2019", where=Where(state="CA", city="Stockton")),
    )  # fmt: skip
    return Matter(code="SAMPLE-1", sample=True, touchpoints=touchpoints, **more)


def hop(catalog: Catalog, flow: str, standing: Any = "open", law: tuple[LawOnHop, ...] = ()) -> Hop:
    """One hop by the flow with this id."""
    row = catalog.flows[flow]
    return Hop(
        flow=flow, either=(), from_=row.from_, to=row.to, consults=row.consults, data=row.carries,
        perhaps=("address",), standing=standing, law=law,
    )  # fmt: skip


def route(catalog: Catalog, touchpoint: str, flows: tuple[str, ...], standing: Any = "open", **more: Any) -> Route:
    """A route over these flows."""
    rows = [catalog.flows[flow] for flow in flows]
    law = more.pop("law", ())
    hops = tuple(hop(catalog, flow, standing, law) for flow in flows)
    systems = [rows[0].from_]
    for row in rows:
        systems += [*row.consults, row.to]
    given: dict[str, Any] = {"closed_by": (), "unknown": (), "tense": "sent", "arrives": "sent"} | more
    return Route(
        id=f"{touchpoint}:{'+'.join(flows)}", line=f"{touchpoint}:{rows[-1].mechanism}", touchpoint=touchpoint,
        mechanism=rows[-1].mechanism, standing=standing, mode=rows[-1].mode, confidence=rows[-1].confidence,
        as_of="2025-03", systems=tuple(systems), end="ice-ero", flows=flows, hops=hops,
        data=("identity", "fingerprints"), law=law, cites=(("pia", "section 2"),), **given,
    )  # fmt: skip


def line_of(*routes: Route) -> Line:
    """The line of these routes, the strongest first."""
    first = routes[0]
    return Line(
        id=first.line, touchpoint=first.touchpoint, mechanism=first.mechanism, standing=first.standing,
        closed_by=first.closed_by, tense=first.tense, arrives=first.arrives, routes=tuple(each.id for each in routes),
        unknown=first.unknown,
    )  # fmt: skip


def map_of(*lines: tuple[Route, ...], **more: Any) -> ExposureMap:
    """A map with one line for each group of routes."""
    given: dict[str, Any] = {"ask_next": (), "derived": (), "not_in_catalog": ()} | more
    return ExposureMap(
        catalog_version="2026.1", catalog_as_of="2026-11", today="2026-11-24",
        lines=tuple(line_of(*routes) for routes in lines),
        routes={each.id: each for routes in lines for each in routes}, **given,
    )  # fmt: skip


BARRED = (LawOnHop(id="ca-sb54", effect="close", unless=("a judicial warrant",)),)
JAIL_SHARES = Unknown(kind="practice", id="jail-shares", touchpoint="t1")
PRINTED = Unknown(kind="fact", id="fingerprinted", touchpoint="t1")
DHS_PRINTS = Unknown(kind="fact", id="dhs-prints", touchpoint="")
PRINTS = ("jail--bureau", "bureau--ngi", "ngi--lesc")


def example_map(catalog: Catalog) -> ExposureMap:
    """An open line of two routes, an undetermined one, one barred by law and one closed by time."""
    asked = {"unknown": (DHS_PRINTS, PRINTED), "tense": "within_reach", "arrives": "found"}
    ended = {"closed_by": ("time",), "tense": "was_within_reach", "arrives": "found"}
    return map_of(
        (route(catalog, "t1", PRINTS), route(catalog, "t1", PRINTS[2:])),
        (route(catalog, "t2", ("long--ero",), "undetermined", **asked),),
        (route(catalog, "t1", ("jail--ero",), "closed", closed_by=("law",), law=BARRED, tense="next_time"),),
        (route(catalog, "t1", ("jail--lesc",), "closed", **ended),),
    )


def many_lines(catalog: Catalog, number: int = 40) -> tuple[Matter, ExposureMap]:
    """A matter with `number` touchpoints of long names, one line each, in turn open, undetermined and closed."""
    touchpoints, lines = [], []
    for at in range(number):
        standing = ("open", "undetermined", "closed")[at % 3]
        id_ = f"m{at}"
        touchpoints.append(Touchpoint(id=id_, kind="arrest", when=f"{1985 + at}-05", agency=Agency(name=LONG_NAME)))
        why: dict[str, Any] = {"undetermined": {"unknown": (DHS_PRINTS,)}, "closed": {"closed_by": ("fact",)}}
        flows = (PRINTS, ("long--ero",), ("jail--ero",))[at % 3]
        lines.append((route(catalog, id_, flows, standing, **why.get(standing, {})),))
    return Matter(code="FULL-1", touchpoints=tuple(touchpoints)), map_of(*lines)


class ExampleSession(QObject):
    """What a view needs of a session, with a map made by hand instead of by the engine."""

    map_changed = Signal()
    matter_changed = Signal()
    line_selected = Signal(str)
    steps_wanted = Signal(str)

    def __init__(self, exposure: ExposureMap | None = None, matter: Matter | None = None) -> None:
        super().__init__()
        self.catalog = example_catalog()
        self.matter = matter or example_matter()
        self.exposure = example_map(self.catalog) if exposure is None else exposure
        self.selected_line = ""
        self.looked_up: list[tuple[str, str]] = []

    def explain(self, route_id: str) -> None:
        """A map made by hand has no reasons."""

    def look_up(self, kind: str, id: str) -> None:
        self.looked_up.append((kind, id))

    def select_line(self, line: str) -> None:
        if line != self.selected_line:
            self.selected_line = line
            self.line_selected.emit(line)

    def want_steps(self) -> None:
        self.steps_wanted.emit(self.selected_line)

    def set_aside(self, route_id: str, reason: str) -> None:
        kept = tuple(each for each in self.matter.set_aside if each.route != route_id)
        verdicts = (*kept, Verdict(route=route_id, reason=reason)) if reason else kept
        self.matter = structs.replace(self.matter, set_aside=verdicts)
        changed = structs.replace(self.exposure.routes[route_id], set_aside=reason)
        self.show_map(structs.replace(self.exposure, routes={**self.exposure.routes, route_id: changed}))
        self.matter_changed.emit()

    def show_map(self, exposure: ExposureMap) -> None:
        """Answers changed: this is the map now."""
        self.exposure = exposure
        self.map_changed.emit()
