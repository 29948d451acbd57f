"""Larger matters and catalogs, made of copies of the ones that are there."""

from __future__ import annotations

from msgspec.structs import replace

from clinic_mapper.casefile.model import Matter, Touchpoint, Where
from clinic_mapper.catalog.model import Catalog, Flow, Restriction, System, TouchpointKind


def grown(matter: Matter, size: int) -> Matter:
    """A matter with `size` touchpoints, the sample's over and over."""
    base = matter.touchpoints
    return replace(matter, touchpoints=tuple(replace(base[n % len(base)], id=f"t{n}") for n in range(size)))


def spread(matter: Matter, times: int) -> Matter:
    """The matter with its touchpoints of the kinds of a catalog that stands `times` times, each of the next copy."""
    return replace(
        matter,
        touchpoints=tuple(
            replace(each, kind=each.kind + _mark(n % times)) for n, each in enumerate(matter.touchpoints)
        ),
    )


def with_more_flows(catalog: Catalog, times: int) -> Catalog:
    """The catalog with each flow standing `times` times under other ids, from and to copies of its systems."""
    systems: dict[str, System] = {}
    flows: dict[str, Flow] = {}
    for mark in map(_mark, range(times)):
        systems |= {system.id + mark: replace(system, id=system.id + mark) for system in catalog.systems.values()}
        flows |= {flow.id + mark: _flow(flow, mark) for flow in catalog.flows.values()}
    return replace(catalog, systems=systems, flows=flows)


def with_more_of_all(catalog: Catalog, times: int) -> Catalog:
    """The catalog with each kind of touchpoint, system, flow and law standing `times` times. Law that names flows names
    those of its copy; law that names none speaks to all."""
    kinds: dict[str, TouchpointKind] = {}
    laws: dict[str, Restriction] = {}
    for mark in map(_mark, range(times)):
        kinds |= {kind.id + mark: _kind(kind, mark) for kind in catalog.touchpoints.values()}
        laws |= {law.id + mark: _law(law, mark) for law in catalog.restrictions.values()}
    return replace(with_more_flows(catalog, times), touchpoints=kinds, restrictions=laws)


def _mark(copy: int) -> str:
    return f"~{copy}" if copy else ""


def _flow(flow: Flow, mark: str) -> Flow:
    return replace(
        flow,
        id=flow.id + mark,
        from_=flow.from_ + mark,
        to=flow.to + mark,
        consults=_all(flow.consults, mark),
        either_with=flow.either_with and flow.either_with + mark,
        reply_to=flow.reply_to and flow.reply_to + mark,
    )


def _kind(kind: TouchpointKind, mark: str) -> TouchpointKind:
    records = tuple(replace(record, system=record.system + mark) for record in kind.creates)
    return replace(kind, id=kind.id + mark, creates=records)


def _law(law: Restriction, mark: str) -> Restriction:
    return replace(
        law,
        id=law.id + mark,
        flows=_all(law.flows, mark),
        not_flows=_all(law.not_flows, mark),
        yields_to=_all(law.yields_to, mark),
    )


def _all(names: tuple[str, ...], mark: str) -> tuple[str, ...]:
    return tuple(name + mark for name in names)


def long_matter(catalog: Catalog, size: int) -> Matter:
    """A matter with a memo of many pages: `size` touchpoints of all kinds in turn, each in the next state."""
    kinds, states = sorted(catalog.touchpoints), ("CA", "TX", "NY", "IL", "FL", "WA", "CO", "AZ", "GA", "NJ", "MA")
    touchpoints = tuple(
        Touchpoint(
            id=f"t{number}",
            kind=kinds[number % len(kinds)],
            when=f"{2008 + number % 17}-{1 + number % 12:02}",
            where=Where(state=states[number % len(states)]),
            note=f"What was said of contact {number}, in a sentence or two, as somebody wrote it down in the clinic. "
            * 31,
        )
        for number in range(size)
    )
    return Matter(code="LONG-40", sample=True, touchpoints=touchpoints)
