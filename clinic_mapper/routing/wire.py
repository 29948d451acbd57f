"""The exposure map as plain values: what `clinic-mapper map --json` prints and other programs read."""

from __future__ import annotations

from typing import Any

import msgspec

from clinic_mapper.routing.model import AskNext, ExposureMap, LawOnHop, Line, Route, Unknown


def as_json(exposure: ExposureMap) -> bytes:
    """The map as JSON text in one canonical layout, ending with a line feed."""
    return msgspec.json.format(msgspec.json.encode(as_plain(exposure)), indent=2) + b"\n"


def as_plain(exposure: ExposureMap) -> dict[str, Any]:
    """The map as dictionaries and lists (schemas/map.schema.json)."""
    return {
        "catalog": {"version": exposure.catalog_version, "as_of": exposure.catalog_as_of},
        "today": exposure.today,
        "lines": [_line(line) for line in exposure.lines],
        "routes": [_route(route) for route in exposure.routes.values()],
        "ask_next": [_ask(ask) for ask in exposure.ask_next],
        "client": [msgspec.to_builtins(derived) for derived in exposure.derived],
        "not_in_catalog": list(exposure.not_in_catalog),
        "names_others": [msgspec.to_builtins(record) for record in exposure.names_others],
        "cut": exposure.cut,
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "id": line.id,
        "touchpoint": line.touchpoint,
        "mechanism": line.mechanism,
        "standing": line.standing,
        "closed_by": list(line.closed_by),
        "tense": line.tense,
        "arrives": line.arrives,
        "routes": list(line.routes),
    }


def _route(route: Route) -> dict[str, Any]:
    return {
        "id": route.id,
        "line": route.line,
        "touchpoint": route.touchpoint,
        "mechanism": route.mechanism,
        "standing": route.standing,
        "closed_by": list(route.closed_by),
        "tense": route.tense,
        "arrives": route.arrives,
        "mode": route.mode,
        "confidence": route.confidence,
        "as_of": route.as_of,
        "systems": list(route.systems),
        "end": route.end,
        "flows": list(route.flows),
        "data": list(route.data),
        "law": [_law(law) for law in route.law],
        "unknown": [_unknown(unknown) for unknown in route.unknown],
        "cites": [{"source": source, "at": at} for source, at in route.cites],
        "set_aside": route.set_aside or None,
    }


def _law(law: LawOnHop) -> dict[str, Any]:
    return {
        "id": law.id,
        "effect": law.effect,
        "would": law.would,
        "if_place": law.if_place or None,
        "if_client": law.if_client,
        "unless": list(law.unless),
    }


def _unknown(unknown: Unknown) -> dict[str, Any]:
    return {"kind": unknown.kind, "id": unknown.id or None, "touchpoint": unknown.touchpoint or None}


def _ask(ask: AskNext) -> dict[str, Any]:
    return {
        "kind": ask.kind,
        "fact": ask.fact or ask.kind,
        "touchpoint": ask.touchpoint or None,
        "who": ask.who,
        "lines_settled": ask.lines_settled,
    }
