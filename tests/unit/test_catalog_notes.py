"""The clinic's own notes: what they become, that an invalid one cannot be taken, that they claim no more than told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from clinic_mapper.casefile.model import Agency, Matter, Touchpoint, Where
from clinic_mapper.catalog.agreement_reading import ListedAgreement
from clinic_mapper.catalog.agreement_workbook import AgreementList
from clinic_mapper.catalog.evidence import verify_first
from clinic_mapper.catalog.layers import Layer, Stack, stacked
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Catalog, CatalogFile
from clinic_mapper.catalog.notes import (
    At,
    CorrectedStep,
    NotedLaw,
    NotedPractice,
    NotedStep,
    Told,
    faults_of,
    note_ids,
    rows_of,
    with_note,
    without_note,
)
from clinic_mapper.catalog.vocabulary import CONFIDENCES, Mode
from clinic_mapper.clinic_layers import ClinicLayers, LayerEntry
from clinic_mapper.problem import Problem
from clinic_mapper.routing.engine import map_exposure

SHIPPED = load_catalog()
TOLD = Told("public defender", "a call on 2 March", "2026-03-02")
FAX = NotedStep(
    "local-jail-jms", "ice-ero", "jail-tells-ice", "routine", "in_custody", ("identity", "custody_status"),
    "The sheriff faxes a list of foreign-born inmates every Monday.", At("GA", "Hall County"), TOLD, since="2024-01",
)  # fmt: skip
LAW = NotedLaw(
    "Jail policy 4.2", "Hall County jail manual, 4.2", "No list goes to ICE without a warrant.",
    At("GA", "Hall County"), TOLD, ("local",), ("jail-tells-ice",), since="2025-01-01", to_judge=True,
)  # fmt: skip
LIST = NotedPractice("jail-sends-list", True, At("GA", "Hall County"), TOLD, agency_kind="sheriff", since="2024-01-01")
CORRECTED = CorrectedStep("local-jail-jms--ice-ero--release-notification", TOLD, mode="informal", judge="Who calls?")


def with_notes(*notes: Any) -> Catalog:
    rows = CatalogFile()
    for note in notes:
        assert faults_of(note, SHIPPED) == []
        rows = with_note(rows, rows_of(note, SHIPPED))
    stack = stacked(SHIPPED, [Layer("notes", "notes", "The clinic's own notes", rows)])
    assert stack.refused == ()
    return stack.catalog


def booked(catalog: Catalog, county: str = "Hall County") -> Any:
    touchpoint = Touchpoint(
        id="t1",
        kind="jail-booking",
        when="2025-05",
        where=Where(state="GA", county=county),
        agency=Agency(kind="sheriff"),
    )
    matter = Matter(code="X", client={"in-custody": "past"}, touchpoints=(touchpoint,))
    return map_exposure(matter, catalog, date(2026, 6, 30))


def test_a_step_of_our_own_runs_in_its_place_and_nowhere_else():
    catalog = with_notes(FAX)
    flow = "local-jail-jms--ice-ero--noted"
    here = [route for route in booked(catalog).routes.values() if route.flows == (flow,)]
    assert [(route.standing, route.confidence) for route in here] == [("open", "reported")]
    assert not [route for route in booked(catalog, "Cobb County").routes.values() if flow in route.flows]


def test_a_note_rests_on_what_was_told_and_says_verify_first():
    catalog = with_notes(FAX)
    (cite,) = catalog.flows["local-jail-jms--ice-ero--noted"].cites
    assert cite.basis == "recalled"
    source = catalog.sources[cite.source]
    assert (source.kind, source.publisher) == ("clinic", "told by public defender, noted by the clinic")


def test_a_practice_that_was_noted_is_not_asked_again():
    asked = {unknown.id for route in booked(SHIPPED).routes.values() for unknown in route.unknown}
    settled = {unknown.id for route in booked(with_notes(LIST)).routes.values() for unknown in route.unknown}
    assert "jail-sends-list" in asked - settled


def test_a_law_of_ours_leaves_a_route_to_counsel_and_never_closes_one():
    routes = booked(with_notes(FAX, LAW)).routes.values()
    (route,) = (route for route in routes if route.flows == ("local-jail-jms--ice-ero--noted",))
    assert route.standing == "undetermined"
    law = with_notes(LAW).restrictions["note-law-jail-policy-42"]
    assert law.effect_on_route == "undetermined"


@pytest.mark.parametrize(("until", "status"), [("2026-03-01", "ended"), ("2026", "in_force"), ("2027", "in_force")])
def test_a_law_has_ended_once_its_last_day_is_over(until, status):
    law = with_notes(replace(LAW, until=until)).restrictions["note-law-jail-policy-42"]
    assert (law.status, law.acts) == (status, status == "in_force")


def test_a_law_that_is_only_shown_changes_nothing():
    shown = with_notes(FAX, replace(LAW, to_judge=False))
    (route,) = (route for route in booked(shown).routes.values() if route.flows == ("local-jail-jms--ice-ero--noted",))
    assert route.standing == "open"


def test_a_corrected_step_keeps_its_id_and_its_sources():
    flow = with_notes(CORRECTED).flows[CORRECTED.flow]
    before = SHIPPED.flows[CORRECTED.flow]
    assert (flow.mode, flow.judge) == ("informal", "Who calls?")
    assert flow.cites[1:] == before.cites


def test_a_corrected_step_is_told_with_who_told_it_and_claims_no_more():
    flow = with_notes(CORRECTED).flows[CORRECTED.flow]
    assert SHIPPED.flows[CORRECTED.flow].confidence == "documented"
    assert flow.confidence == "reported"
    catalog = with_notes(CORRECTED)
    assert catalog.sources[flow.cites[0].source].kind == "clinic"
    assert verify_first(flow, catalog, "2026-06-30")[:1] == ("told",)


def test_a_doubt_alone_leaves_the_evidence_of_a_step_as_it_was():
    flow = with_notes(replace(CORRECTED, mode=None)).flows[CORRECTED.flow]
    assert flow.confidence == SHIPPED.flows[CORRECTED.flow].confidence


@pytest.mark.parametrize("doubt", ["", "Who calls?"])
def test_a_corrected_step_never_gets_surer_and_keeps_what_counsel_must_judge(doubt):
    inferred = [flow for flow in SHIPPED.flows.values() if flow.confidence == "inferred"]
    judged = [flow for flow in SHIPPED.flows.values() if flow.judge]
    for flow in (*inferred[:20], *judged[:20]):
        mode: Mode = "routine" if flow.mode != "routine" else "informal"
        (made,) = rows_of(CorrectedStep(flow.id, TOLD, mode=mode, judge=doubt), SHIPPED).flows
        assert CONFIDENCES.index(made.confidence) >= CONFIDENCES.index(flow.confidence)
        assert (flow.judge or "") in (made.judge or "") and doubt in (made.judge or "")
        assert (made.when, made.needs, made.practice) == (flow.when, flow.needs, flow.practice)


@pytest.mark.parametrize(
    ("note", "said"),
    [
        (replace(FAX, told=Told("", "", "2026-03-02")), "Say who told it"),
        (replace(FAX, to="local-jail-jms"), "from one system to another"),
        (replace(FAX, carries=("identity",)), "Choose what moves"),
        (replace(FAX, what_happens=" "), "what happens"),
        (replace(FAX, since="soon"), "is not a date"),
        (replace(FAX, since=""), "Say since when"),
        (replace(FAX, at=At()), "Choose the state"),
        (replace(FAX, at=At("GA", "Hal County")), "not on the list of its state"),
        (replace(LAW, at=At("GA", "Nowhere County")), "not on the list of its state"),
        (replace(FAX, since="2025", until="2024"), "before it starts"),
        (replace(FAX, mechanism="magic"), "unknown mechanism"),
        (replace(LIST, at=At("GA", "Nowhere County")), "not on the list of its state"),
        (replace(FAX, at=At("GA", "Nowhere County")), "not on the list of its state"),
        (replace(LAW, at=At("", "Hall County")), "not on the list of its state"),
        (replace(LIST, answers="magic"), "unknown practice"),
        (replace(LIST, answers=""), "Choose what is known"),
        (replace(LAW, since=""), "since when"),
        (replace(LAW, binds=("martians",)), "whose duty it is"),
        (CorrectedStep(CORRECTED.flow, TOLD), "what is different"),
    ],
)
def test_an_invalid_note_cannot_be_taken_and_says_why(note, said):
    faults = faults_of(note, SHIPPED)
    assert any(said in fault for fault in faults), faults


@given(st.lists(st.sampled_from([FAX, LAW, LIST, CORRECTED]), max_size=6))
def test_taking_every_note_out_again_leaves_nothing(taken):
    notes = CatalogFile()
    for note in taken:
        notes = with_note(notes, rows_of(note, SHIPPED))
    assert len(note_ids(notes)) == len({type(note) for note in taken})
    for kind, id in note_ids(notes):
        notes = without_note(notes, kind, id)
    assert replace(notes, places=()) == CatalogFile()


class Shelf:
    """Layers in memory, as a vault keeps them."""

    def __init__(self) -> None:
        self.forms: dict[str, list[Any]] = {}
        self.removed: set[str] = set()

    def layers(self) -> list[Any]:
        return [forms[-1] for id, forms in self.forms.items() if id not in self.removed]

    def keep_layer(self, id: str, kind: str, title: str, content: bytes) -> None:
        from clinic_mapper.vault.layers import StoredLayer

        self.forms.setdefault(id, []).append(StoredLayer(id, kind, title, "2026-03-02T10:42:00+00:00", content))
        self.removed.discard(id)

    def remove_layer(self, id: str) -> None:
        self.removed.add(id)

    def layer_forms(self, id: str) -> list[Any]:
        return self.forms.get(id, [])[::-1]


def listed(as_of: str, *counties: str) -> AgreementList:
    rows = (
        ListedAgreement(number, "GA", f"{county} Sheriff's Office", "sheriff", "287g-jail", county, "", "2020-01-01")
        for number, county in enumerate(counties, 2)
    )
    return AgreementList(as_of, "participating", tuple(rows))


def test_lists_and_notes_come_back_from_where_they_are_kept():
    layers = ClinicLayers(SHIPPED, Shelf())
    assert layers.stack().catalog == SHIPPED
    layers.add_list(listed("2025-07-18", "Hall County"))
    layers.put_notes(with_note(layers.notes(), rows_of(LIST, SHIPPED)))
    catalog = layers.stack().catalog
    assert set(catalog.origins.values()) == {"ICE's published lists of 287(g) agencies", "The clinic's own notes"}
    assert layers.entries() == [
        LayerEntry(
            "287g-participating-2025-07-18", "list", "ICE's list of participating 287(g) agencies, 2025-07-18", 1,
            "2026-03-02T10:42:00+00:00",
        ),
        LayerEntry("notes", "notes", "The clinic's own notes", 1, "2026-03-02T10:42:00+00:00"),
    ]  # fmt: skip


def test_what_was_taken_out_can_be_put_back():
    layers = ClinicLayers(SHIPPED, Shelf())
    id = layers.add_list(listed("2025-07-18", "Hall County"))
    layers.remove(id)
    assert layers.stack().catalog == SHIPPED
    layers.put_back(id)
    assert len(layers.stack().catalog.known_practices) == 1


def test_a_half_typed_note_is_no_layer_and_is_there_until_it_is_dropped():
    layers = ClinicLayers(SHIPPED, Shelf())
    layers.keep_half_typed("jail sta")
    assert (layers.half_typed(), layers.entries(), layers.lists()) == ("jail sta", [], [])
    assert layers.stack() == Stack(SHIPPED, ())
    layers.keep_half_typed("")
    assert layers.half_typed() == ""


def test_notes_without_a_row_are_taken_out():
    layers = ClinicLayers(SHIPPED, Shelf())
    notes = with_note(CatalogFile(), rows_of(LIST, SHIPPED))
    layers.put_notes(notes)
    layers.put_notes(without_note(notes, *note_ids(notes)[0]))
    assert layers.entries() == []


def test_a_layer_that_cannot_be_read_is_named_and_the_rest_is_in_use():
    shelf = Shelf()
    shelf.keep_layer("287g-x", "list", "A list from the moon", b'{"moon": 1}')
    shelf.keep_layer("notes", "notes", "The clinic's own notes", b"half a")
    layers = ClinicLayers(SHIPPED, shelf)
    layers.add_list(listed("2025-07-18", "Hall County"))
    stack = layers.stack()
    assert len(stack.catalog.known_practices) == 1
    assert {refused.layer for refused in stack.refused} == {"287g-x", "notes"}
    assert "A list from the moon" in stack.refused[0].problem.what or stack.refused[1].problem.what
    with pytest.raises(Problem):
        layers.notes()
