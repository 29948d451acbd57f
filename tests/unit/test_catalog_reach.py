"""Everything people ask about stands on a route, and nothing in the catalog is beyond every route without a reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

import pytest

from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Flow
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.examples import case_of
from clinic_mapper.routing.model import STANDINGS
from tests.unit.reach_table import NAMED, REMEDIES, WORDS, Named

CATALOG = load_catalog()
State = tuple[str, frozenset[str]]
"""A system, and what is in the record that came to it."""

NO_CONTACT_LEADS_TO = {
    "atlas-ice-it": "an ICE budget line of 2004 that one reader's guide calls a database; nobody's record is in it",
    "cbp-ats": "which entry leaves what in it was not read in any source; its one flow is inferred",
    "codis": "DNA goes there from ICE custody; it serves laboratories and tells ICE of nobody",
    "ice-immigrationos": "inside ICE: fed from its case system, told with that system",
    "ice-raven": "inside ICE: which sources feed it was not published",
    "ice-skip-tracers": "inside ICE: contractors get names from ICE and send addresses back",
}
NO_ROUTE_USES = {
    "cbp-ats--ice-hsi--vetting": "no contact is known to leave a record in the system it starts from",
    "cbp-tecs--uscis-elis--background-check": "needs a lookout or label, which only ICE and CBP put there",
    "local-mobile-biometrics--ngi--risc-search": "a search leaves no print; the way to ICE is the officer's call",
    "local-mobile-biometrics--state-id-bureau--state-search": "a search leaves a log at the bureau and no print",
}
COUNTY_CHECK = (
    "ngi--ident-hart--secure-communities",
    "ngi--ice-acrime-lesc--biometric-iaq",
    "ngi--ice-acrime-lesc--no-match-iaq",
)


def is_ice(system: str) -> bool:
    return CATALOG.systems[system].ice == "operated"


def walkable(flow: Flow) -> bool:
    """Flows that start in a system run by ICE, and answers, carry words only."""
    return not flow.reply_to and not is_ice(flow.from_)


def runs(flow: Flow, items: frozenset[str]) -> bool:
    """Whether a record that may hold these items can take the step; conditions are not looked at."""
    if not (flow.needs.all or flow.needs.any):
        return bool(items - {"identity"})
    return set(flow.needs.all) <= items and (not flow.needs.any or bool(set(flow.needs.any) & items))


def first_states() -> Iterator[State]:
    for kind in CATALOG.touchpoints.values():
        for record in kind.creates:
            items = {"identity", *record.data, *(item for part in record.data_when for item in part.data)}
            yield record.system, frozenset(items)


@lru_cache(maxsize=1)
def steps() -> tuple[tuple[State, Flow, State], ...]:
    """Every step that some contact's record can take, near or far."""
    found, waiting = [], list(dict.fromkeys(first_states()))
    seen = set(waiting)
    while waiting:
        state = waiting.pop()
        for flow in CATALOG.flows.values():
            if flow.from_ == state[0] and walkable(flow) and runs(flow, state[1]):
                after = flow.to, frozenset({"identity", *(set(flow.carries) & state[1]), *flow.adds})
                found.append((state, flow, after))
                if after not in seen and not is_ice(flow.to):
                    waiting.append(after)
                seen.add(after)
    return tuple(found)


def used_flows() -> set[str]:
    """Flows that stand on a way from some contact to ICE."""
    arriving: set[State] = {after for _, _, after in steps() if is_ice(after[0])}
    grown = True
    while grown:
        before = len(arriving)
        arriving |= {state for state, _, after in steps() if after in arriving}
        grown = len(arriving) > before
    return {flow.id for _, flow, after in steps() if after in arriving}


@pytest.mark.parametrize("row", NAMED, ids=lambda row: row.name)
def test_what_people_ask_about_stands_on_a_route(row: Named):
    routes = map_exposure(case_of(row.case), CATALOG, date.fromisoformat(row.case.today), ask=False).routes.values()
    holding = [route for route in routes if set(row.through) <= {*route.systems, *route.flows}]
    assert holding, row.through
    assert min((route.standing for route in holding), key=STANDINGS.index) == row.case.gives


def test_each_is_named_once_and_names_what_exists():
    assert len({row.name for row in NAMED}) == len(NAMED)
    assert {part for row in NAMED for part in row.through} <= {*CATALOG.systems, *CATALOG.flows}


@pytest.mark.parametrize("name", WORDS)
def test_what_goes_on_inside_ice_and_what_it_answers_is_told_in_words(name):
    flow_id, since, until = WORDS[name]
    flow = CATALOG.flows[flow_id]
    assert not walkable(flow) and flow.trigger and flow.cites
    assert (flow.since or since)[:4] >= since and (until is None or (flow.until or "9999")[:4] <= until)


@pytest.mark.parametrize("remedy", REMEDIES)
def test_there_is_something_to_do_about_it(remedy):
    assert set(REMEDIES[remedy]) <= set(CATALOG.remedies[remedy].systems)


def test_every_system_is_led_to_by_a_contact_or_says_why_not():
    reached = {system for system, _ in first_states()} | {after[0] for _, _, after in steps()}
    reached |= {asked for _, flow, _ in steps() for asked in flow.consults}
    assert set(CATALOG.systems) - reached == set(NO_CONTACT_LEADS_TO)


def test_every_flow_can_be_part_of_a_route_or_says_why_not():
    idle = {flow.id for flow in CATALOG.flows.values() if walkable(flow)} - used_flows()
    assert idle == set(NO_ROUTE_USES)


def test_reasons_are_sentences():
    assert all(len(reason.split()) > 6 for reason in (NO_CONTACT_LEADS_TO | NO_ROUTE_USES).values())


def test_the_first_step_from_a_contact_carries_cases_in_which_it_runs_and_does_not():
    first = {system for system, _ in first_states()}
    thin = {
        flow.id: len(flow.examples)
        for flow in CATALOG.flows.values()
        if flow.from_ in first and walkable(flow)
        if len({example.gives for example in flow.examples}) < 2 and flow.id not in NO_ROUTE_USES
    }
    assert thin == {}


def test_the_county_check_of_booking_prints_has_one_set_of_dates():
    dates = []
    for name in COUNTY_CHECK:
        when = CATALOG.flows[name].when
        assert when is not None and when.all is not None
        dates.append([part for part in when.all if not part.client and not (part.any and part.any[0].fact)])
    assert dates[0] == dates[1] == dates[2] and len(dates[0]) > 5
