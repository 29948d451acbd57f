"""What a chain of flows says by itself, whoever's record moves along it: its systems, its words, its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Literal

import msgspec

from clinic_mapper.catalog.model import Flow, Held, System
from clinic_mapper.catalog.vocabulary import CONFIDENCES, MODES
from clinic_mapper.routing.index import Index, Step
from clinic_mapper.routing.model import Arrives

_HELD = Held(mechanism="immigration-file")


class Chain(msgspec.Struct, frozen=True, gc=False):
    """A record's system and the flows from it. `mode`, `confidence`: the weakest, `as_of`: the oldest of its hops."""

    fingerprint: str
    mechanism: str
    systems: tuple[str, ...]
    flows: tuple[str, ...]
    end: Literal["ice-ero", "ice-hsi"]
    arrives: Arrives
    mode: str
    confidence: str
    as_of: str
    cites: tuple[tuple[str, str], ...]


def chain_of(index: Index, system: str, steps: Sequence[Step]) -> Chain:
    """The chain of steps from a record in a system, built once for each catalog."""
    name = ">".join((system, *(step.row.id for step in steps)))
    found = index.chains.get(name)
    if found is None:
        found = index.chains[name] = _chain(index, name, system, steps)
    return found


def _chain(index: Index, name: str, system: str, steps: Sequence[Step]) -> Chain:
    systems = _systems(system, steps)
    end = index.system(systems[-1])
    held = end.held or _HELD
    rows: Sequence[Flow | System] = [step.row for step in steps] or [end]
    found = any(step.found for step in steps) if steps else held.arrives == "found"
    return Chain(
        fingerprint=blake2b(name.encode(), digest_size=5).hexdigest(),
        mechanism=steps[-1].row.mechanism if steps else held.mechanism,
        systems=systems,
        flows=tuple(step.row.id for step in steps),
        end=end.serves or "ice-ero",
        arrives="found" if found else "sent",
        mode=MODES[max(step.mode for step in steps)] if steps else held.mode,
        confidence=CONFIDENCES[max(step.confidence for step in steps)] if steps else held.confidence,
        as_of=min(row.as_of for row in rows),
        cites=tuple(dict.fromkeys((cite.source, cite.at) for row in rows for cite in row.cites)),
    )


def _systems(system: str, steps: Sequence[Step]) -> tuple[str, ...]:
    """The systems of a chain, each once: one asked on the way stands there unless the record passes it anyway."""
    stops = [system, *(step.row.to for step in steps)]
    names = stops[:1]
    for step, to in zip(steps, stops[1:], strict=True):
        names.extend(asked for asked in step.row.consults if asked not in stops and asked not in names)
        names.append(to)
    return tuple(names)
