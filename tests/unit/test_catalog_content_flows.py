"""What the shipped systems, flows, touchpoints and questions promise, beyond being loadable."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date

import pytest

from clinic_mapper.casefile.model import Agency, Answer, Matter, Touchpoint, Where
from clinic_mapper.catalog.layout import canonical
from clinic_mapper.catalog.load import ORDER_IS_MEANT, load_catalog, shipped_folder
from clinic_mapper.catalog.model import Condition, Flow, TouchpointKind
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.known_part import known_part
from clinic_mapper.routing.model import ExposureMap

TODAY = date(2026, 11, 24)
CATALOG = load_catalog()
ASKED_ALWAYS = ("in-custody", "dhs-prints", "a-number", "prior-removal-order")
READ_FOR_TIMING = {"in-custody", "on-supervision-now"}
"""Client facts that say whether a stay in jail or a supervision goes on; no row names them."""
OUR_FILES = (
    "systems.json",
    "mechanisms.json",
    "questions.json",
    "practices.json",
    "sources.json",
    "flows",
    "touchpoints",
)


def atoms(condition: Condition | None) -> Iterator[Condition]:
    """Every fact, client fact, place, date, practice or agreement in a condition."""
    if condition is None:
        return
    for part in (*(condition.all or ()), *(condition.any or ()), *([condition.not_] if condition.not_ else [])):
        yield from atoms(part)
    if condition.all is None and condition.any is None and condition.not_ is None:
        yield condition


def is_ice(system: str) -> bool:
    return CATALOG.systems[system].ice == "operated"


def walkable() -> list[Flow]:
    return [flow for flow in CATALOG.flows.values() if not flow.reply_to and not is_ice(flow.from_)]


def flows_from(systems: Iterable[str]) -> Iterator[Flow]:
    """Every flow that a record in one of these systems could take part in, near or far."""
    waiting, seen = list(systems), set(systems)
    while waiting:
        sender = waiting.pop()
        for flow in walkable():
            if flow.from_ == sender:
                yield flow
                if flow.to not in seen:
                    seen.add(flow.to)
                    waiting.append(flow.to)


def conditions_of(kind: TouchpointKind) -> Iterator[Condition | None]:
    """The conditions that can read an answer given at this touchpoint."""
    for record in kind.creates:
        yield record.when
        yield from (part.when for part in record.data_when)
    yield from (tells.when for tells in kind.tells)
    yield from (flow.when for flow in flows_from({record.system for record in kind.creates}))


def every_condition() -> Iterator[Condition | None]:
    """Every condition that the shipped catalog can judge, law included."""
    yield from (flow.when for flow in walkable())
    for kind in CATALOG.touchpoints.values():
        for record in kind.creates:
            yield record.when
            yield from (part.when for part in record.data_when)
        yield from (tells.when for tells in kind.tells)
    for row in CATALOG.restrictions.values():
        yield row.client_if
        yield from row.answers


def map_of(kind: str, **told: object) -> ExposureMap:
    """The map of one touchpoint. `client`, `facts`, `where`, `when`, `agency` as in a matter."""
    client = told.pop("client", {})
    touchpoint = Touchpoint(id="t1", kind=kind, **told)  # type: ignore[arg-type]
    return map_exposure(Matter(code="T-1", client=client, touchpoints=(touchpoint,)), CATALOG, TODAY, ask=False)  # type: ignore[arg-type]


def standing(found: ExposureMap, mechanism: str) -> str | None:
    return next((line.standing for line in found.lines if line.mechanism == mechanism), None)


@pytest.mark.parametrize("kind", CATALOG.touchpoints.values(), ids=lambda kind: kind.id)
def test_a_touchpoint_asks_only_what_something_reads(kind):
    read = {atom.fact for condition in conditions_of(kind) for atom in atoms(condition)}
    assert [question.id for question in kind.questions if question.id not in read] == []


@pytest.mark.parametrize("kind", CATALOG.touchpoints.values(), ids=lambda kind: kind.id)
def test_a_record_reads_only_what_its_own_touchpoint_asks(kind):
    own = [record.when for record in kind.creates] + [part.when for r in kind.creates for part in r.data_when]
    own += [tells.when for tells in kind.tells]
    facts = {atom.fact for condition in own for atom in atoms(condition) if atom.fact}
    assert facts <= {"agency", *(question.id for question in kind.questions)}


@pytest.mark.parametrize("kind", CATALOG.touchpoints.values(), ids=lambda kind: kind.id)
def test_every_record_can_go_somewhere_or_is_with_ice_already(kind):
    senders = {flow.from_ for flow in walkable()}
    dead_ends = {r.system for r in kind.creates if r.system not in senders and not is_ice(r.system)}
    assert dead_ends <= {"nypd-gang-db"}, "no way out of that one is known; the list is shown all the same"


def test_questions_about_the_client_are_read_by_something():
    read = {atom.client for condition in every_condition() for atom in atoms(condition)} | READ_FOR_TIMING
    read |= {exception.client for row in CATALOG.restrictions.values() for exception in row.unless}
    unread = [fact for fact in CATALOG.client_questions if fact not in read and fact not in ASKED_ALWAYS]
    assert unread == []


def test_custody_and_what_dhs_holds_are_asked_first():
    raw = json.loads((shipped_folder() / "questions.json").read_text(encoding="utf-8"))
    assert tuple(question["id"] for question in raw["client_questions"][:4]) == ASKED_ALWAYS


def test_a_touchpoint_never_tells_what_nobody_asks():
    told = {tells.client for kind in CATALOG.touchpoints.values() for tells in kind.tells}
    assert told <= set(CATALOG.client_questions)


def test_every_practice_that_has_words_is_read():
    read = set()
    for condition in every_condition():
        for atom in atoms(condition):
            read |= {atom.practice, atom.agreement}
    assert set(CATALOG.practices) <= read


def test_every_source_is_cited():
    rows = [*CATALOG.systems.values(), *CATALOG.flows.values(), *CATALOG.touchpoints.values()]
    rows += [*CATALOG.restrictions.values(), *CATALOG.remedies.values()]
    cited = {cite.source for row in rows for cite in row.cites}
    assert set(CATALOG.sources) <= cited


def test_every_system_that_ice_runs_names_its_office_and_no_other_does():
    assert {s.id for s in CATALOG.systems.values() if (s.ice == "operated") != (s.serves is not None)} == set()


def test_a_record_that_ice_itself_holds_has_words():
    first = {record.system for kind in CATALOG.touchpoints.values() for record in kind.creates}
    assert [s for s in sorted(first) if is_ice(s) and CATALOG.systems[s].held is None] == []


def test_the_place_stays_in_force_on_the_step_into_ice_and_into_the_switch():
    kept = [flow for flow in walkable() if is_ice(flow.to) or flow.to == "nlets"]
    assert len(kept) > 50 and not any(flow.leaves_place for flow in kept)


def test_the_place_is_left_for_a_pool_a_federal_or_private_holder_or_the_public_alone():
    """A center that a state or a region runs is bound by the law of its place; pools of many states are not."""
    pools = {"police-data-exchange", "riss", "rissgang"}
    for flow in CATALOG.flows.values():
        to = CATALOG.systems[flow.to]
        assert not flow.leaves_place or to.level in ("federal", "private") or to.public or to.id in pools, flow.id


def test_two_halves_of_one_check_join_the_same_systems_and_ask_opposite_things():
    pairs = [(flow, CATALOG.flows[flow.either_with]) for flow in CATALOG.flows.values() if flow.either_with]
    assert pairs
    for one, other in pairs:
        assert (one.from_, one.to, one.since) == (other.from_, other.to, other.since)
        asked = [{(a.client, a.is_) for a in atoms(flow.when) if a.client} for flow in (one, other)]
        assert ("dhs-prints", "no") in asked[0] and ("dhs-prints", "yes") in asked[1]


def test_only_touchpoints_that_say_so_hold_an_arrest_print_for_certain():
    certain = {
        kind.id
        for kind in CATALOG.touchpoints.values()
        for record in kind.creates
        if "fingerprints" in record.data and record.when is None and record.judge is None
    }
    assert certain == {
        "arrest-with-fingerprints", "police-mobile-fingerprint", "state-prison-term", "student-visa", "visa-overstay",
    }  # fmt: skip


def test_law_of_new_york_and_illinois_stands_in_law_rows_alone():
    for name in ("nlets--ice-ero--dmv-lookup", "nlets--ice-hsi--dmv-lookup", "nlets--cbp-field--dmv-lookup"):
        places = {place for atom in atoms(CATALOG.flows[name].when) for place in atom.place or ()}
        assert places and places.isdisjoint({"US-NY", "US-IL"})


def test_words_for_people_are_in_both_languages():
    questions = [q for kind in CATALOG.touchpoints.values() for q in kind.questions] + [
        *CATALOG.client_questions.values(),
        *CATALOG.shared_questions.values(),
    ]
    for question in questions:
        assert all((question.en, question.es, question.why_en, question.why_es)), question.id
        assert "?" in question.en and "¿" in question.es and "?" in question.es, question.id
        assert len({choice.value for choice in question.choices}) == len(question.choices), question.id
        assert not {"unknown", "declined", "not_asked"} & set(question.values), question.id
    for practice in CATALOG.practices.values():
        assert not practice.en.endswith(".") and not practice.es.endswith("."), practice.id


def test_nobody_but_the_attorney_or_a_paper_answers_what_could_be_held_against_the_client():
    questions = [q for kind in CATALOG.touchpoints.values() for q in kind.questions] + [
        *CATALOG.client_questions.values()
    ]
    guarded = [question for question in questions if question.admission]
    assert len(guarded) > 8
    assert {q.id for q in guarded if q.who not in ("paper", "attorney") or q.sensitive != 2} == set()


def test_no_row_prints_an_address_an_id_or_a_word_of_the_workshop():
    bad = re.compile(
        r"https?:|www\.|`|\w--\w|dossier of|\bseed (document )?\d|\byaml\b|\bthis file\b|\btable above\b", re.I
    )
    shown = (
        "note",
        "trigger",
        "authority",
        "outcome",
        "practice_note",
        "judge",
        "summary",
        "name",
        "title",
        "publisher",
    )
    found = []
    for path in shipped_folder().rglob("*.json"):
        if path.relative_to(shipped_folder()).parts[0] not in OUR_FILES:
            continue
        for rows in json.loads(path.read_text(encoding="utf-8")).values():
            found += [(r["id"], key) for r in rows for key in shown if key in r and bad.search(str(r[key]))]
    assert found == []


@pytest.mark.parametrize("name", OUR_FILES)
def test_files_keep_the_one_layout_and_rows_the_order_of_their_ids(name):
    place = shipped_folder() / name
    paths = sorted(place.rglob("*.json")) if place.is_dir() else [place]
    assert paths
    for path in paths:
        raw = path.read_bytes()
        assert canonical(raw) == raw, path.name
        for kind, rows in json.loads(raw).items():
            ids = [row["id"] for row in rows]
            assert kind in ORDER_IS_MEANT or ids == sorted(ids), path.name


def test_a_booking_with_prints_after_dhs_took_prints_reaches_ice():
    found = map_of(
        "jail-booking",
        when="2023-05",
        where=Where(state="TX", county="Harris"),
        facts={"printed": "yes"},
        client={"dhs-prints": Answer(value="yes", since="2010"), "in-custody": "past"},
    )
    assert standing(found, "booking-prints") == "open"


@pytest.mark.parametrize(("printed", "expected"), [("yes", "open"), ("unknown", "undetermined"), ("no", "closed")])
def test_whether_prints_were_taken_in_jail_decides_the_rap_sheet(printed, expected):
    found = map_of("jail-booking", when="2023-05", where=Where(state="TX", county="Harris"), facts={"printed": printed})
    assert (standing(found, "rap-sheet-lookup") or "closed") == expected


def test_a_ticket_is_no_fingerprint_match():
    ticket = {"when": "2023", "where": Where(state="TX"), "client": {"dhs-prints": "yes"}}
    found = map_of("police-stop-citation", **ticket, facts={"phone_scan": "neither"})
    assert standing(found, "booking-prints") is None and standing(found, "field-biometrics") is None
    found = map_of("police-stop-citation", **ticket)
    assert standing(found, "booking-prints") is None and standing(found, "field-biometrics") != "open"


def test_new_york_closes_the_licence_look_up_by_law_and_texas_does_not():
    def through_the_switch(state: str) -> set[tuple[str, tuple[str, ...]]]:
        routes = map_of("dmv-standard-licence", when="2022", where=Where(state=state)).routes.values()
        return {(r.standing, r.closed_by) for r in routes if r.systems == ("dmv-driver", "nlets", "ice-ero")}

    assert through_the_switch("NY") == {("closed", ("law",))}
    assert through_the_switch("TX") == {("open", ())}


def test_the_kind_of_agency_picks_the_gang_list():
    def first_holders(kind: str) -> set[str]:
        found = map_of("told-gang-listed", when="2022", where=Where(state="TX"), agency=Agency(kind=kind))
        return {route.systems[0] for route in found.routes.values() if route.standing != "closed"}

    assert first_holders("city police") == {"gang-db-local"}
    assert first_holders("USCIS officer") == {"uscis-afile"}
    assert first_holders("") >= {"gang-db-local", "uscis-afile", "ice-icm", "local-jail-jms", "school-police"}


@pytest.mark.parametrize(
    "kind",
    [k.id for k in CATALOG.touchpoints.values() if k.sector in ("police", "jail", "dmv", "gang", "supervision")],
)
def test_with_nothing_known_nothing_of_police_jail_dmv_or_gangs_is_open(kind):
    found = map_of(kind)
    assert found.lines and not [line.id for line in found.lines if line.standing == "open"]


def test_an_answer_that_only_a_checkpoint_asks_for_does_nothing_elsewhere():
    knows = Touchpoint(
        id="t1",
        kind="police-stop-no-citation",
        when="2024",
        where=Where(state="TX"),
        practices={"ice-saved-encounter": "yes"},
    )
    found = map_exposure(Matter(code="T-1", touchpoints=(knows,)), CATALOG, TODAY, ask=False)
    assert standing(found, "police-tell-ice") == "undetermined"


def test_what_the_clinic_is_asked_of_a_step_is_said_in_both_languages_and_of_no_two_in_the_same_words():
    asked = {flow.id: (flow.asked_en, flow.asked_es) for flow in CATALOG.flows.values()}
    unknown = [flow.id for flow in CATALOG.flows.values() if flow.practice == "not_known_by_place"]
    assert [id for id, words in asked.items() if all(words)] == [id for id in asked if id in unknown]
    for language in (0, 1):
        said = [words[language] for words in asked.values() if words[language]]
        said += [(row.en, row.es)[language] for row in CATALOG.practices.values()]
        assert len(said) == len(set(said))


def test_what_counsel_must_judge_is_said_in_both_languages():
    records = [record for kind in CATALOG.touchpoints.values() for record in kind.creates]
    for row in (*CATALOG.flows.values(), *records):
        assert bool(row.judge) == bool(row.judge_es), row


def test_an_agency_is_asked_for_where_there_is_one_to_name_and_no_route_turns_on_one_that_is_not_asked_for():
    assert CATALOG.touchpoints["police-arrest"].agency == CATALOG.touchpoints["jail-booking"].agency == "ask"
    assert CATALOG.touchpoints["dmv-registered-vehicle"].agency == "dmv"
    assert CATALOG.touchpoints["ice-seen-not-met"].agency == "officers"  # others are taken for ICE
    for kind in CATALOG.touchpoints.values():
        if kind.agency in ("ask", "officers"):
            continue
        for place in (Where(), Where(state="CA"), Where(state="IL", county="Cook County"), Where(state="MA")):
            contact = Touchpoint(id="t1", kind=kind.id, when="2019", where=place)
            exposure = map_exposure(Matter(code="A", touchpoints=(contact,)), CATALOG, TODAY)
            turns_on = {(each.kind, each.id) for route in exposure.routes.values() for each in route.unknown}
            assert ("fact", "agency") not in turns_on, kind.id
            assert all(ask.fact != "agency" for ask in exposure.ask_next), kind.id


def test_a_kind_that_names_its_agency_is_read_as_if_it_had_been_told_and_what_was_told_stands():
    car = Touchpoint(id="t1", kind="dmv-registered-vehicle", agency=Agency(kind="sheriff"))

    def map_of(agency: str) -> ExposureMap:
        contact = Touchpoint(id="t1", kind="dmv-standard-licence", when="2025", agency=Agency(kind=agency))
        return map_exposure(Matter(code="A", touchpoints=(contact,)), CATALOG, TODAY)

    assert map_of("") == map_of("dmv")
    assert known_part(Matter(code="A", touchpoints=(car,)), CATALOG).touchpoints[0].agency == Agency(kind="sheriff")
