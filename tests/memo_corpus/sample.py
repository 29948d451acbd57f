"""An invented client, a small invented catalog and the map between them: enough to fill a memo of the usual length."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from msgspec.structs import replace

from clinic_mapper.casefile.model import Agency, Answer, Identifier, Matter, Touchpoint, Verdict, Where
from clinic_mapper.catalog.model import (
    AgencyKind,
    Catalog,
    Choice,
    Cite,
    Flow,
    Mechanism,
    Needs,
    Practice,
    Question,
    Record,
    Remedy,
    Restriction,
    Source,
    System,
    TouchpointKind,
)
from clinic_mapper.routing.model import AskNext, Derived, ExposureMap, Hop, LawOnHop, Line, Route, Unknown

CITE = (Cite(source="src-sop", at="section 2.1", basis="read"),)
RECALLED = (Cite(source="src-copy", at="p. 4", basis="recalled"),)

_SYSTEMS: dict[str, tuple[Any, ...]] = {
    "local-police-rms": ("Police records system", "city or county police", "local", "police", None, None),
    "local-jail-jms": ("Jail management system", "sheriff", "local", "jail", None, None),
    "state-id-bureau": ("State identification bureau", "state justice department", "state", "biometric", None, None),
    "ngi": ("Next Generation Identification (NGI)", "FBI", "federal", "biometric", None, None),
    "ident-hart": ("IDENT, the DHS biometric system", "DHS", "federal", "biometric", None, None),
    "ice-acrime-lesc": (
        "ACRIMe at the Law Enforcement Support Center (LESC)", "ICE", "federal", "ice", "operated", "ice-ero",
    ),
    "ice-eid": ("Enforcement Integrated Database (EID)", "ICE", "federal", "ice", "operated", "ice-ero"),
    "dmv-driver": ("Driver license database", "state DMV", "state", "dmv", None, None),
    "nlets": ("Nlets, the interstate police network", "Nlets", "regional", "network", None, None),
    "court-records": ("Court case records", "state court", "state", "court", None, None),
    "field-interview-cards": ("Field interview cards", "city police", "local", "gang", None, None),
    "calgang": ("CalGang", "California Department of Justice", "state", "gang", None, None),
    "broker-clear": ("CLEAR, a data broker", "a data company", "private", "broker", None, None),
}  # fmt: skip

_TOUCHPOINTS = {
    "jail-booking": ("Taken into a jail or lock-up", "Entrada a una cárcel o celda", "jail", "local-jail-jms"),
    "arrest-with-fingerprints": ("Arrest with fingerprints", "Arresto con huellas", "police", "local-police-rms"),
    "police-stop-citation": (
        "Police stop, with a ticket", "Parada de la policía, con multa", "police", "local-police-rms",
    ),
    "field-interview-tattoos": (
        "Police asked about tattoos, clothes or gangs", "La policía preguntó por tatuajes, ropa o pandillas", "gang",
        "field-interview-cards",
    ),
    "dmv-marked-licence": (
        "Marked license or driving card (AB 60 and others)", "Licencia marcada o tarjeta para conducir", "dmv",
        "dmv-driver",
    ),
    "criminal-court-hearing": (
        "Court date (not immigration court)", "Cita en la corte (que no es de inmigración)", "court", "court-records",
    ),
}  # fmt: skip

_FLOWS: tuple[tuple[Any, ...], ...] = (
    ("local-jail-jms", "state-id-bureau", "booking-prints", "routine", "documented", ("fingerprints", "arrest_event")),
    ("local-police-rms", "state-id-bureau", "booking-prints", "routine", "documented", ("fingerprints",)),
    ("state-id-bureau", "ngi", "booking-prints", "automatic", "documented", ("fingerprints", "arrest_event")),
    ("ngi", "ice-acrime-lesc", "booking-prints", "automatic", "documented", ("identity", "fingerprints")),
    ("local-jail-jms", "ice-eid", "jail-tells-ice", "informal", "reported", ("custody_status", "address")),
    ("dmv-driver", "nlets", "dmv-lookup", "on_request", "documented", ("identity", "address", "face_image")),
    ("nlets", "ice-acrime-lesc", "dmv-lookup", "on_request", "documented", ("identity", "address")),
    ("field-interview-cards", "calgang", "gang-data", "routine", "documented", ("gang_label", "identity")),
    ("calgang", "ice-eid", "gang-data", "on_request", "reported", ("gang_label",)),
    ("court-records", "broker-clear", "data-brokers", "purchase", "documented", ("court_case", "address")),
    ("broker-clear", "ice-eid", "data-brokers", "purchase", "documented", ("address",)),
)


def catalog() -> Catalog:
    """A catalog with the rows that the sample map names."""
    return Catalog(
        version="2026.1",
        as_of="2026-07-01",
        notes=("The Spanish has not been read by a native speaker yet.",),
        sources={
            "src-sop": Source(
                id="src-sop", title="Standard operating procedures for booking prints", publisher="ICE",
                published="2009", kind="foia",
            ),
            "src-copy": Source(
                id="src-copy", title="Data exchanges in practice", publisher="A legal center", published="2021-03",
                kind="ngo", third_party_copy=True,
            ),
        },
        systems={id: _system(id) for id in _SYSTEMS},
        mechanisms={
            id: Mechanism(id=id, en=en, es=es)
            for id, en, es in (
                ("booking-prints", "booking prints to DHS", "huellas del arresto al DHS"),
                ("jail-tells-ice", "jail tells ICE", "la cárcel avisa a ICE"),
                ("dmv-lookup", "DMV look-up", "consulta al DMV"),
                ("gang-data", "gang data", "datos de pandillas"),
                ("data-brokers", "data brokers", "compañías de datos"),
            )
        },
        flows={_flow_id(row): _flow(row) for row in _FLOWS},
        restrictions={row.id: row for row in _restrictions()},
        remedies={row.id: row for row in _remedies()},
        touchpoints={id: _touchpoint_kind(id) for id in _TOUCHPOINTS},
        client_questions={row.id: row for row in _client_questions()},
        shared_questions={
            "when": _question("when", "About when was it? A year or a season is enough.", "¿Más o menos cuándo fue?"),
            "where": _question("where", "In what city or county, and in what state?", "¿En qué ciudad o condado?"),
        },
        places={},
        agency_kinds={
            id: AgencyKind(id=id, en=en, es=es)
            for id, en, es in (
                ("city police", "city or town police", "policía de la ciudad o del pueblo"),
                ("sheriff", "sheriff", "sheriff (policía del condado)"),
                ("dmv", "DMV", "DMV (oficina de licencias)"),
                ("court", "court", "corte"),
            )
        },
        when_forms={},
        known_practices={},
        practices={
            "jail-notifies-ice": Practice(
                id="jail-notifies-ice", en="this jail tells ICE release dates", es="esta cárcel avisa a ICE",
            ),
        },
    )  # fmt: skip


def _system(id: str) -> System:
    name, operator, level, sector, ice, serves = _SYSTEMS[id]
    return System(
        id=id, name=name, operator=operator, level=level, sector=sector, holds=("identity",), summary="Records.",
        as_of="2025", cites=CITE, ice=ice, serves=serves,
    )  # fmt: skip


def _flow_id(row: tuple[Any, ...]) -> str:
    return f"{row[0]}--{row[1]}--{row[2]}"


def _flow(row: tuple[Any, ...]) -> Flow:
    start, end, mechanism, mode, confidence, carries = row
    return Flow(
        id=_flow_id(row), from_=start, to=end, mechanism=mechanism, mode=mode, confidence=confidence,
        timing="at_event", practice="everywhere", needs=Needs(), carries=carries,
        trigger="A record is made and sent on.", authority="state reporting law", as_of="2024",
        cites=CITE if confidence == "documented" else RECALLED, since="2012",
        consults=("ident-hart",) if start == "ngi" else (),
    )  # fmt: skip


def _touchpoint_kind(id: str) -> TouchpointKind:
    en, es, sector, system = _TOUCHPOINTS[id]
    questions = (
        _question("fingerprinted", "Did they take your fingerprints?", "¿Le tomaron las huellas?"),
        Question(
            id="printed", en="How did they take the prints?", es="¿Cómo le tomaron las huellas?", why_en="w",
            why_es="w", who="paper", choices=(Choice(value="scanner", en="on a scanner", es="con un aparato"),),
        ),
    )  # fmt: skip
    return TouchpointKind(id=id, en=en, es=es, sector=sector, creates=(Record(system=system),), questions=questions)


def _question(id: str, en: str, es: str, who: Any = "client", admission: bool = False) -> Question:
    return Question(
        id=id, en=en, es=es, why_en="The rules changed over the years.", why_es="Las reglas han cambiado.",
        who=who, admission=admission,
    )  # fmt: skip


def _client_questions() -> tuple[Question, ...]:
    custody = tuple(
        Choice(value=value, en=en, es=es)
        for value, en, es in (
            ("now", "yes, now", "sí, ahora"), ("past", "before, not now", "antes, ahora no"),
            ("never", "never", "nunca"),
        )
    )  # fmt: skip
    in_custody = _question("in-custody", "Are you in jail or detention now?", "¿Está ahora en la cárcel?")
    return (
        replace(in_custody, choices=custody),
        _question("dhs-prints", "Has immigration ever taken your fingerprints?", "¿Le tomaron las huellas?"),
        _question("a-number", "Does any of your papers have an A-number?", "¿Tiene un número A?", who="paper"),
        _question("prior-removal-order", "Has a judge ever given you an order?", "¿Un juez le dio una orden?"),
        _question("entered-at-port", "Did an officer look at your papers?", "¿Revisó sus papeles?", admission=True),
    )


def _restrictions() -> tuple[Restriction, ...]:
    return (
        Restriction(
            id="law-us-ca-values-act", jurisdiction="US-CA", name="California Values Act (SB 54)",
            citation="Cal. Gov. Code 7284.6", effect="blocks", status="in_force", status_as_of="2025-04",
            says="Bars California police and jails from telling ICE a release date that is not public.",
            as_of="2025-04", cites=CITE, acts=True, effect_on_route="close", since="2018-01-01",
        ),
        Restriction(
            id="law-us-interop", jurisdiction="US", name="Fingerprint interoperability", citation="8 U.S.C. 1722",
            effect="mandates", status="in_force", status_as_of="2024", as_of="2024", cites=RECALLED,
            says="Directs federal fingerprint systems to exchange data; no state limit stops this step.",
        ),
        Restriction(
            id="law-us-ca-ab60", jurisdiction="US-CA", name="AB 60 limits", citation="Cal. Veh. Code 12801.9",
            effect="limits", status="contested", status_as_of="2026-02", as_of="2026-02", cites=CITE,
            says="Limits use of the marked license by state and local offices.",
        ),
    )  # fmt: skip


def _remedies() -> tuple[Remedy, ...]:
    return (
        Remedy(
            id="rm-fbi", kind="records_request", title="Ask the FBI for the identity history summary",
            how=("File the request with prints.", "Compare every arrest with its disposition."),
            recipient="FBI, Criminal Justice Information Services", as_of="2024", cites=CITE, systems=("ngi",),
            learns="The FBI learns the prints and the address on the form.", who="attorney",
            caution="The request itself is checked against the same database.",
        ),
        Remedy(
            id="rm-calgang", kind="correction", title="Ask to be removed from CalGang",
            how=("Write to the agency that entered the label.",), recipient="the agency that entered the label",
            as_of="2023", cites=CITE, systems=("calgang",), deadline="30 days to answer", jurisdiction="US-CA",
            learns="The agency learns that the client has counsel.", who="either",
        ),
        Remedy(
            id="rm-custody", kind="custody_step", title="Ask the jail for the detainer and the notice of rights",
            how=("Call the jail the same day.",), recipient="the jail", as_of="2024", cites=CITE,
            systems=("local-jail-jms",),
        ),
    )  # fmt: skip


def matter(touchpoints: int = 12, sample: bool = True) -> Matter:
    """A matter of up to twelve touchpoints, told partly, with one paper and one note."""
    kinds = list(_TOUCHPOINTS)
    cities = ("Fresno", "Bakersfield", "Visalia", "")
    agencies = ("Fresno Police Department", "Kern County Sheriff's Office", "", "Visalia Courthouse")
    all_of_them = tuple(
        Touchpoint(
            id=f"t{number + 1}",
            kind=kinds[number % len(kinds)],
            when=("2012-05-14", "2014-22", "", "2018/2019", "2021-11", "../2016")[number % 6],
            where=Where(state="CA", county="Fresno" if number % 4 == 0 else "", city=cities[number % 4]),
            agency=Agency(kind=("city police", "sheriff", "", "court")[number % 4], name=agencies[number % 4]),
            facts={
                "fingerprinted": Answer(value="yes", source="paper", paper="certificate of disposition")
                if number % 3 == 0
                else Answer(value="unknown"),
                "printed": "scanner",
            },
            note="Client recalls a second officer who spoke with a relative." if number == 0 else "",
        )
        for number in range(touchpoints)
    )
    return Matter(
        code="M-2041",
        sample=sample,
        client={
            "in-custody": "past",
            "dhs-prints": Answer(value="yes", source="client", since="2014-03-02"),
            "a-number": "unknown",
            "prior-removal-order": "declined",
            "entered-at-port": Answer(value="no", session_only=True),
        },
        touchpoints=all_of_them,
        identifiers=(
            Identifier(kind="name", value="Ximena Quetzal Óbregon"),
            Identifier(kind="a-number", value="A 087 654 321"),
            Identifier(kind="phone", value="(559) 555-0142"),
            Identifier(kind="birth-date", value="1987-09-23"),
        ),
        set_aside=(Verdict(route="r-t1-jail-tells-ice", reason="County counsel confirmed the jail stopped in 2017."),),
        note="Prefers calls after six.",
    )


_PATHS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "jail-booking": (
        ("booking-prints", ("local-jail-jms", "state-id-bureau", "ngi", "ice-acrime-lesc")),
        ("jail-tells-ice", ("local-jail-jms", "ice-eid")),
    ),
    "arrest-with-fingerprints": (
        ("booking-prints", ("local-police-rms", "state-id-bureau", "ngi", "ice-acrime-lesc")),
    ),
    "police-stop-citation": (),
    "field-interview-tattoos": (("gang-data", ("field-interview-cards", "calgang", "ice-eid")),),
    "dmv-marked-licence": (("dmv-lookup", ("dmv-driver", "nlets", "ice-acrime-lesc")),),
    "criminal-court-hearing": (("data-brokers", ("court-records", "broker-clear", "ice-eid")),),
}
_STANDING = {
    "booking-prints": "open", "jail-tells-ice": "closed", "gang-data": "undetermined", "dmv-lookup": "open",
    "data-brokers": "undetermined",
}  # fmt: skip


def exposure(case: Matter, rows: Catalog) -> ExposureMap:
    """A map in the engine's form, built by hand from the paths above."""
    routes: dict[str, Route] = {}
    lines: list[Line] = []
    aside = {verdict.route: verdict.reason for verdict in case.set_aside}
    for touchpoint in case.touchpoints:
        for mechanism, path in _PATHS.get(touchpoint.kind, ()):
            route = _route(touchpoint.id, mechanism, path, aside)
            routes[route.id] = route
            lines.append(
                Line(
                    id=route.line, touchpoint=touchpoint.id, mechanism=mechanism, standing=route.standing,
                    closed_by=route.closed_by, tense=route.tense, arrives=route.arrives, routes=(route.id,),
                    unknown=route.unknown,
                )
            )  # fmt: skip
    order = ("open", "undetermined", "closed")
    return ExposureMap(
        catalog_version=rows.version,
        catalog_as_of=rows.as_of,
        today="2026-11-24",
        lines=tuple(sorted(lines, key=lambda line: order.index(line.standing))),
        routes=routes,
        ask_next=(
            AskNext(kind="fact", fact="a-number", touchpoint="", who="paper", lines_settled=3),
            AskNext(kind="date", fact="", touchpoint="t3", who="client", lines_settled=1),
        ),
        derived=(
            Derived(client="dhs-prints", value="yes", from_touchpoints=("t1",), conflict=False),
            Derived(client="prior-removal-order", value="unknown", from_touchpoints=("t2",), conflict=True),
        ),
        not_in_catalog=(),
    )


def _route(touchpoint: str, mechanism: str, path: tuple[str, ...], aside: dict[str, str]) -> Route:
    standing: Any = _STANDING[mechanism]
    law = {
        "jail-tells-ice": LawOnHop(id="law-us-ca-values-act", effect="close", unless=("a judicial warrant",)),
        "booking-prints": LawOnHop(id="law-us-interop", effect="show", unless=()),
        "dmv-lookup": LawOnHop(id="law-us-ca-ab60", effect="show", unless=(), contested=True),
    }.get(mechanism)
    hops = tuple(_hop(start, end, standing, law if end == path[-1] else None) for start, end in _pairs(path))
    id = f"r-{touchpoint}-{mechanism}"
    with_consulted = (*path[:-1], "ident-hart", path[-1]) if "ngi" in path else path
    unknown = (
        Unknown(kind="fact", id="a-number", touchpoint=""),
        Unknown(kind="fact", id="printed", touchpoint=touchpoint),
        Unknown(kind="date", id="", touchpoint=touchpoint),
    )
    return Route(
        id=id, line=f"{touchpoint}--{mechanism}", touchpoint=touchpoint, mechanism=mechanism, standing=standing,
        closed_by=("law",) if standing == "closed" else (),
        tense="sent" if mechanism != "dmv-lookup" else "within_reach",
        arrives="sent" if "prints" in mechanism else "found", mode="on_request", confidence="documented", as_of="2024",
        systems=with_consulted, end="ice-ero", flows=tuple(hop.flow for hop in hops), hops=hops,
        data=("identity", "address"), law=(law,) if law else (), unknown=unknown if standing == "undetermined" else (),
        cites=(("src-sop", "section 2.1"),), set_aside=aside.get(id, ""),
    )  # fmt: skip


def _pairs(path: tuple[str, ...]) -> list[tuple[str, str]]:
    return list(pairwise(path))


def _hop(start: str, end: str, standing: Any, law: LawOnHop | None) -> Hop:
    row = next(row for row in _FLOWS if row[:2] == (start, end))
    return Hop(
        flow=_flow_id(row), either=(), from_=start, to=end, consults=("ident-hart",) if start == "ngi" else (),
        data=row[5], perhaps=("address",) if standing == "undetermined" else (), standing=standing,
        law=(law,) if law else (),
    )  # fmt: skip
