"""Explanations of small cases, and how they are written down: a ground a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from clinic_mapper.casefile.model import Answer, Matter, Touchpoint
from clinic_mapper.catalog import model
from clinic_mapper.catalog.model import KnownPractice
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.explain import explain
from clinic_mapper.routing.explanation import Explanation, Ground, Told
from tests.unit.drawn_catalogs import catalog_of
from tests.unit.test_routing_regressions import SYSTEMS, TODAY, contact, kind

MARK = {"yes": "+", "no": "-", "unknown": "?", "at_times": "~"}


def why(
    steps: Iterable[model.Flow],
    laws: Iterable[model.Restriction] = (),
    kinds: Iterable[model.TouchpointKind] = (),
    contacts: tuple[Touchpoint, ...] = (contact(),),
    client: dict[str, Answer | str] | None = None,
    known: Iterable[KnownPractice] = (),
) -> Explanation:
    """Why the strongest route of a small case stands as it does."""
    catalog = catalog_of(SYSTEMS, list(steps), list(laws), list(kinds) or [kind()])
    catalog = replace(catalog, known_practices={row.id: row for row in known})
    matter = Matter(code="CASE", client=client or {}, touchpoints=contacts)
    route = next(iter(map_exposure(matter, catalog, TODAY).routes.values()))
    found = explain(route.id, matter, catalog, TODAY)
    assert found is not None
    assert (found.route, tuple(each.hop for each in found.hops)) == (route.id, route.hops)
    assert {each.cites for each in found.hops} <= {(("s", "1"),)}
    same = ("line", "touchpoint", "mechanism", "standing", "closed_by", "unknown", "cites")
    assert [getattr(found, name) for name in same] == [getattr(route, name) for name in same]
    return found


def tree(ground: Ground, depth: int) -> Iterator[str]:
    """A ground a line: form, outcome, `!` where it decides, what it asks, <who told it>, (what it turns on)."""
    words = [
        ground.form + MARK[ground.outcome] + "!" * ground.decides,
        ground.id + ("=" + ground.value) * bool(ground.value),
    ]
    words += [",".join(ground.names), f"{ground.first}..{ground.last}" if ground.first or ground.last else ""]
    words += map(teller, ground.told)
    if ground.unknown:
        words.append(f"({' '.join(filter(None, (ground.unknown.kind, ground.unknown.id, ground.unknown.touchpoint)))})")
    yield "  " * depth + " ".join(filter(None, words))
    for part in ground.parts:
        yield from tree(part, depth + 1)


def teller(told: Told) -> str:
    since = f"since {told.since}" if told.since else ""
    words = (
        told.kind,
        told.id,
        told.value,
        told.touchpoint,
        told.source,
        told.paper,
        since,
        "" if told.sure else "perhaps",
    )
    return f"<{' '.join(filter(None, words))}>"


def written(found: Explanation) -> str:
    tense, weakest = found.tense, found.weakest
    lines = [
        f"{found.standing} {','.join(found.closed_by)}: {tense.tense}, {tense.because} {tense.hop},"
        f" weakest {weakest.hop} {weakest.mode} {weakest.confidence} {weakest.as_of}"
    ]
    lines += [
        f"{found.record.system} {found.record.standing}: {','.join(found.record.data)}",
        *tree(found.record.ground, 1),
    ]
    for judged in found.record.judged:
        lines += [f"  has {','.join(judged.items)}", *tree(judged.ground, 2)]
    for hop in found.hops:
        lines += [f"{hop.hop.flow} {hop.hop.standing}", *tree(hop.ground, 1), *tree(hop.waits, 1)]
        for each in hop.law:
            keys = (each.by, *(",".join(words) for words in (each.binds, each.recipients, each.items)))
            lines.append(f"  {each.law.id} {each.law.effect} by {' '.join(filter(None, keys))}")
            lines += [line for ground in each.grounds for line in tree(ground, 2)]
    lines += [line for ground in found.whole for line in tree(ground, 0)]
    return "\n".join(lines) + "\n"
