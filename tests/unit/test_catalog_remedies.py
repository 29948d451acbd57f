"""What can be done about a line, who learns what by it, and that no match is left standing as a verdict."""

from __future__ import annotations

import pytest

from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Flow, Remedy

CATALOG = load_catalog()
REMEDIES = CATALOG.remedies
MATCH_IS_NO_VERDICT = "adv-match-not-removable"

CUSTODY = {
    "custody-detainer-lodged": "detainer",
    "custody-48-hours": "48 hours",
    "custody-release-hour": "release",
    "custody-bond": "bond",
}
"""The four that a custody cannot wait for, and the word that each title has."""

BY_PRINTS_OR_NAME = ("booking-prints", "rap-sheet-lookup", "name-check", "field-biometrics")
"""Mechanisms that work by matching prints, a face or a name."""

CORRECTED_OTHERWISE = {
    "bi2-iris--ice-ero--iris-query": "The vendor's entry has one handle: the request to remove what is stale.",
}
"""Flows that no correction reaches, and why."""

NOT_ASKED = {
    "atlas-ice-it": "It is no data set a person can be in; listed so that a reader is not misled.",
    "broker-clear": "The opt-out asks first what is held; no other way in was read.",
    "cell-location-vendor": "It sells signals, not files; one request to all brokers in California was read.",
    "cms-medicaid": "No way to ask for what ICE read there was found; the case file is the state office's.",
    "cook-rgid": "Switched off in January 2019; no way to ask for what is left was read.",
    "face-recognition-vendor": "The opt-out asks for access first.",
    "insurance-claims": "No way for a person to ask what ICE could read was found in the sources.",
    "money-transfer-trac": "No way for a person to ask was found in the sources.",
    "social-media-monitoring": "It reads what is public; what can be done is to post less.",
}
"""Systems that ICE runs or reads itself and that no request and no correction reaches, and why."""


def systems_of(flow: Flow) -> set[str]:
    return {flow.from_, flow.to, *flow.consults}


def serving(flow: Flow) -> list[Remedy]:
    """The remedies that the memo would print for a line through this flow, wherever it is."""
    return [row for row in REMEDIES.values() if set(row.systems) & systems_of(flow) or flow.id in row.flows]


def matching_flows() -> list[Flow]:
    """Flows that match prints, a face or a name; of prison and supervision those that carry or ask for prints."""
    return [
        flow
        for flow in CATALOG.flows.values()
        if flow.mechanism in BY_PRINTS_OR_NAME
        or (flow.mechanism in ("prison", "supervision") and "fingerprints" in {*flow.carries, *flow.needs.all})
    ]


@pytest.mark.parametrize("id", sorted(REMEDIES))
def test_every_remedy_says_who_learns_what_in_one_plain_sentence(id):
    learns = REMEDIES[id].learns or ""
    assert learns.endswith(".") and len(learns) <= 180, learns
    assert learns != REMEDIES[id].caution


@pytest.mark.parametrize("id", sorted(REMEDIES))
def test_the_steps_of_a_remedy_are_sentences(id):
    assert all(len(step) > 10 and not step[0].isdigit() for step in REMEDIES[id].how)


@pytest.mark.parametrize("flow", matching_flows(), ids=lambda flow: flow.id)
def test_a_match_is_never_left_standing_as_a_verdict(flow):
    assert MATCH_IS_NO_VERDICT in {row.id for row in serving(flow)}


@pytest.mark.parametrize("flow", matching_flows(), ids=lambda flow: flow.id)
def test_what_matched_can_be_corrected(flow):
    corrects = any(row.kind == "correction" for row in serving(flow))
    assert corrects != (flow.id in CORRECTED_OTHERWISE)


def test_a_custody_has_the_four_steps_that_cannot_wait_each_with_its_time():
    steps = {row.id: row for row in REMEDIES.values() if row.in_custody and row.jurisdiction == "US"}
    assert set(steps) >= set(CUSTODY)
    for id, word in CUSTODY.items():
        assert word in steps[id].title.lower(), id
    assert all(row.deadline for row in steps.values())


@pytest.mark.parametrize("id", sorted(row.id for row in CATALOG.systems.values() if row.ice))
def test_what_ice_runs_or_reads_can_be_asked_for_or_corrected_or_it_is_said_why_not(id):
    asked = any(id in row.systems and row.kind in ("records_request", "correction") for row in REMEDIES.values())
    flows = {row for remedy in REMEDIES.values() for row in remedy.flows if remedy.kind == "records_request"}
    asked = asked or any(CATALOG.flows[flow].from_ == id for flow in flows)
    assert asked != bool(NOT_ASKED.get(id))
