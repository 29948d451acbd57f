"""The examples that rows carry: each a small invented case, mapped, and held against what its row must give in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from clinic_mapper.casefile.model import Agency, Answer, Matter, Touchpoint, Where
from clinic_mapper.catalog.model import Catalog, Example, Flow, Restriction
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.model import STANDINGS, Hop


class Outcome(msgspec.Struct, frozen=True):
    """What an example gave: `gives` and `law` as in `Example`, `tense` of the route that was looked at ("": none)."""

    gives: str
    law: str
    tense: str


class Miss(msgspec.Struct, frozen=True):
    """An example that did not give what it must. `kind`: `flows` or `restrictions`; `sentence` says the difference."""

    kind: str
    row: str
    sentence: str


def missed_examples(catalog: Catalog) -> Iterator[Miss]:
    """Every example of the catalog that does not give what it must."""
    for kind, rows in (("flows", catalog.flows), ("restrictions", catalog.restrictions)):
        for row in rows.values():
            for example in row.examples:
                wrong = difference(row, example, catalog)
                if wrong:
                    yield Miss(kind, row.id, wrong)


def difference(row: Flow | Restriction, example: Example, catalog: Catalog) -> str:
    """How an example of a row misses what it must give, as a sentence; "" when it gives it."""
    found = outcome(row, example, catalog)
    wanted = {"gives": example.gives, "law": example.law, "tense": example.tense}
    wrong = [
        f'"{key}" must be "{value}" and is "{getattr(found, key)}"'
        for key, value in wanted.items()
        if value is not None and value != getattr(found, key)
    ]
    return f'the example "{example.says}" misses: {", ".join(wrong)}' if wrong else ""


def outcome(row: Flow | Restriction, example: Example, catalog: Catalog) -> Outcome:
    """What a row gives in an example: at the best judged hop that is the step, the first of equals."""
    step = example.flow or row.id
    steps = [
        (route, hop)
        for route in map_exposure(
            case_of(example), catalog, date.fromisoformat(example.today), ask=False
        ).routes.values()
        if example.record in (None, route.systems[0])
        for hop in route.hops
        if step in (hop.flow, *hop.either)
    ]
    if not steps:
        return Outcome("nothing", "silent", "")
    route, hop = min(steps, key=lambda found: STANDINGS.index(found[1].standing))
    return Outcome(hop.standing, _law_of(row, hop), route.tense)


def _law_of(row: Flow | Restriction, hop: Hop) -> str:
    return next((law.effect for law in hop.law if law.id == row.id), "silent")


def case_of(example: Example) -> Matter:
    """The example as a matter with one touchpoint."""
    client: dict[str, Answer | str] = {
        fact: Answer(value=value, since=example.since.get(fact, "")) for fact, value in example.client.items()
    }
    touchpoint = Touchpoint(
        id="t1",
        kind=example.touchpoint,
        when=example.when,
        where=Where(state=example.state, county=example.county, city=example.city),
        agency=Agency(kind=example.agency),
        facts=dict(example.facts),
        practices=dict(example.practices),
    )
    return Matter(code="EXAMPLE", sample=True, client=client, touchpoints=(touchpoint,))
