"""What people tell, one sentence each: kinds and questions can hold it, and the map says no more than it bears out."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from clinic_mapper.casefile.model import Agency, Answer, Matter, Touchpoint, Where
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.model import ExposureMap, Line

CATALOG = load_catalog()
TODAY = date(2026, 11, 24)


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """An invented account: what was told, as the app holds it, and what the map must say.

    `lines`: mechanism and standing (`none` = no such line). `asks`: questions of this contact that the first of `lines`
    must still ask. `absent`: systems in which no route may begin. `begins`: systems in which one must.
    """

    told: str
    kind: str
    lines: dict[str, str]
    when: str = "2025-05"
    state: str = "OH"
    agency: str = ""
    facts: dict[str, str] = {}
    client: dict[str, str] = {}
    asks: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


ACCOUNTS = (
    Account(
        told="Police arrested me and took me to the jail; I do not remember whether they took fingerprints.",
        kind="police-arrest",
        facts={"jailed": "yes"},
        lines={"booking-prints": "undetermined", "jail-tells-ice": "undetermined"},
        asks=("printed",),
        begins=("local-police-rms", "local-jail-jms"),
    ),
    Account(
        told="I was in the county jail two nights; I do not remember fingerprints.",
        kind="jail-booking",
        lines={"booking-prints": "undetermined"},
        asks=("printed",),
        begins=("local-police-rms", "local-jail-jms"),
    ),
    Account(
        told="They arrested me and let me go from the station; one finger on a little machine, no jail.",
        kind="police-arrest",
        facts={"printed": "small device", "jailed": "no"},
        lines={"booking-prints": "none", "field-biometrics": "undetermined"},
        begins=("local-police-rms", "local-mobile-biometrics"),
        absent=("local-jail-jms",),
    ),
    Account(
        told="In the jail a guard asked where I was born, but nobody from immigration ever came.",
        kind="jail-booking",
        facts={"printed": "yes", "ice_talk": "jail staff", "signed": "no"},
        lines={"jail-tells-ice": "undetermined"},
        absent=("ice-eid",),
    ),
    Account(
        told="A speeding ticket; the officer asked for my papers, and two federal officers came.",
        kind="police-stop-citation",
        facts={"phone_scan": "neither", "status_questions": "yes", "waited_for_ice": "yes"},
        lines={"police-tell-ice": "open", "booking-prints": "none"},
        absent=("local-mobile-biometrics",),
    ),
    Account(
        told="A speeding ticket; the officer asked where I was from, and nothing more happened.",
        kind="police-stop-citation",
        facts={"phone_scan": "neither", "status_questions": "yes", "waited_for_ice": "no"},
        lines={"police-tell-ice": "undetermined", "field-biometrics": "none"},
    ),
    Account(
        told="Two officers on the bus wanted to see my ID; they looked at it and gave it back.",
        kind="id-check-on-foot",
        facts={"name_run": "no", "phone_scan": "neither", "status_questions": "no"},
        client={"prior-removal-order": "yes"},
        lines={"name-check": "closed", "booking-prints": "none", "plate-readers": "none"},
    ),
    Account(
        told="My neighbor says that men came and asked for me by name; he does not know from which office.",
        kind="ice-seen-not-met",
        facts={"asked-for": "client", "place": "home"},
        lines={"immigration-file": "undetermined"},
        asks=("left-paper",),
    ),
    Account(
        told="ICE left a warrant with my name at the shop where I work.",
        kind="ice-seen-not-met",
        agency="ICE or CBP",
        facts={"asked-for": "client", "place": "work", "left-paper": "yes"},
        lines={"immigration-file": "open"},
        begins=("ice-eid",),
    ),
    Account(
        told="My former partner says he has reported me to immigration.",
        kind="private-tip",
        facts={"knows-home": "yes"},
        lines={"immigration-file": "undetermined"},
        asks=("tip-on-paper",),
    ),
    Account(
        told="ICE stopped me on the street, said that the police had told them, and let me go.",
        kind="ice-street-encounter",
        agency="ICE or CBP",
        facts={"place": "street or car", "scanned": "none", "result": "let go", "how-found": "police or jail"},
        lines={"immigration-file": "undetermined", "police-tell-ice": "none"},
        begins=("ice-acrime-lesc",),
    ),
    Account(
        told="I go to my check-in at the ICE office every year.",
        kind="ice-street-encounter",
        agency="ICE or CBP",
        facts={"place": "ICE office", "scanned": "none", "result": "let go"},
        lines={"immigration-file": "open"},
        begins=("ice-eid",),
    ),
    Account(
        told="In my bond hearing ICE's lawyer said that I am in a gang; nobody spoke of a list.",
        kind="ice-gang-claim",
        facts={"claim-in": "court"},
        lines={"immigration-court": "open", "immigration-file": "open", "gang-data": "undetermined"},
        absent=("gang-db-local",),
    ),
    Account(
        told="I went to immigration court last year, and there is a new date.",
        kind="immigration-court-held",
        facts={"outcome": "next date"},
        client={"prior-removal-order": "no"},
        lines={"immigration-court": "open", "name-check": "closed"},
    ),
    Account(
        told="I came with a tourist visa in March and the date on my paper is still good.",
        kind="visa-entry",
        when="2026-03",
        facts={"i94-passed": "no"},
        lines={"border-travel": "open"},
    ),
    Account(
        told="I was robbed; an officer wrote my name down, but I never gave a statement.",
        kind="crime-victim-no-statement",
        facts={"took_name": "yes", "name_run": "no"},
        lines={"police-tell-ice": "undetermined", "booking-prints": "none", "name-check": "closed"},
        client={"prior-removal-order": "no", "missed-immigration-court": "no"},
    ),
    Account(
        told="I was robbed and told nobody my name.",
        kind="crime-victim-no-statement",
        facts={"took_name": "no", "name_run": "no", "waited_for_ice": "no"},
        lines={},
        absent=("local-police-rms",),
    ),
    Account(
        told="I wear an ankle monitor on probation, and my officer said that they told ICE.",
        kind="probation-check-in",
        facts={"monitor": "yes", "office-told-ice": "yes"},
        client={"on-supervision-now": "yes"},
        lines={"supervision": "open"},
    ),
    Account(
        told="They stopped me in my cousin's car and gave me a ticket; a finger on a small device.",
        kind="traffic-ticket-borrowed-car",
        facts={"printed": "small device"},
        lines={"booking-prints": "none", "dmv-lookup": "none", "field-biometrics": "undetermined"},
    ),
)  # fmt: skip


def touchpoint_of(account: Account) -> Touchpoint:
    return Touchpoint(
        id="t1",
        kind=account.kind,
        when=account.when,
        where=Where(state=account.state),
        agency=Agency(kind=account.agency),
        facts=dict(account.facts),
    )


def map_of(account: Account) -> ExposureMap:
    client: dict[str, Answer | str] = {"in-custody": "past", **account.client}
    matter = Matter(code="ACCOUNT", sample=True, client=client, touchpoints=(touchpoint_of(account),))
    return map_exposure(matter, CATALOG, TODAY, ask=False)


def line(exposure: ExposureMap, mechanism: str) -> Line | None:
    return next((found for found in exposure.lines if found.mechanism == mechanism), None)


each = pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.told)


@each
def test_a_kind_and_its_questions_can_hold_what_was_told(account):
    kind = CATALOG.touchpoints[account.kind]
    values = {question.id: question.values for question in kind.questions}
    assert {fact: value for fact, value in account.facts.items() if value not in values.get(fact, ())} == {}
    assert set(account.asks) <= set(values)
    assert not account.agency or account.agency in CATALOG.agency_kinds
    for fact, value in account.client.items():
        assert value in CATALOG.client_questions[fact].values


@each
def test_the_map_says_what_the_account_bears_out(account):
    exposure = map_of(account)
    standings = {mechanism: line(exposure, mechanism) for mechanism in account.lines}
    assert {name: found.standing if found else "none" for name, found in standings.items()} == account.lines
    starts = {route.systems[0] for route in exposure.routes.values()}
    assert set(account.begins) <= starts
    assert starts.isdisjoint(account.absent)


@pytest.mark.parametrize("account", [a for a in ACCOUNTS if a.asks], ids=lambda account: account.told)
def test_what_was_not_remembered_is_asked(account):
    first = line(map_of(account), next(iter(account.lines)))
    assert first is not None
    assert {(unknown.kind, unknown.id) for unknown in first.unknown} >= {("fact", fact) for fact in account.asks}


def test_every_arrest_leaves_a_record_at_the_department_that_made_it():
    arrests = {
        kind.id
        for kind in CATALOG.touchpoints.values()
        if any((told.client, told.is_) == ("arrest-ever", "yes") for told in kind.tells)
    }
    with_record = {
        kind.id
        for kind in CATALOG.touchpoints.values()
        for record in kind.creates
        if record.system == "local-police-rms" and record.when is None and record.judge is None
    }
    assert {"police-arrest", "jail-booking", "arrest-with-fingerprints", "cite-and-release"} <= arrests
    assert arrests - with_record == {"state-prison-term"}, "a prison term is not the arrest, which is a contact before"


def test_a_scan_questions_on_status_and_who_came_are_asked_wherever_police_check_somebody():
    asked = {kind.id: {question.id for question in kind.questions} for kind in CATALOG.touchpoints.values()}
    checks = (
        "police-stop-citation", "police-stop-no-citation", "traffic-ticket-borrowed-car", "dui-checkpoint",
        "id-check-on-foot", "field-interview", "field-interview-tattoos", "police-mobile-fingerprint",
        "cite-and-release",
    )  # fmt: skip
    for kind in checks:
        records = CATALOG.touchpoints[kind].creates
        name_checked = any("query_log" in record.data for record in records if record.when is None)
        assert "status_questions" in asked[kind], kind
        assert asked[kind] & {"waited_for_ice", "ice-present", "run_by"}, kind
        assert asked[kind] & {"phone_scan", "face_photo", "photos"}, kind
        assert asked[kind] & {"phone_scan", "finger_scan", "printed"} or kind == "police-mobile-fingerprint"
        assert name_checked or asked[kind] & {"name_run", "license_checked"} or kind == "cite-and-release"


def test_no_route_opens_on_what_agents_say_of_how_they_found_the_client():
    for kind in ("ice-street-encounter", "ice-seen-not-met"):
        (question,) = (found for found in CATALOG.touchpoints[kind].questions if found.id == "how-found")
        for value in question.values:
            account = Account(told="", kind=kind, lines={}, facts={"how-found": value})
            assert "open" not in {route.standing for route in map_of(account).routes.values()}, value


def test_a_jail_where_ice_screens_is_no_proof_that_it_talked_to_a_client_who_met_nobody():
    told = Touchpoint(
        id="t1",
        kind="jail-booking",
        when="2023-05",
        where=Where(state="OH"),
        facts={"ice_talk": "jail staff"},
        practices={"ice-screens-in-jail": "yes"},
    )
    routes = map_exposure(Matter(code="X", touchpoints=(told,)), CATALOG, TODAY, ask=False).routes.values()
    screened = [route for route in routes if "papers-screened" in "".join(route.flows)]
    assert {route.standing for route in screened} == {"undetermined"}
    assert not [route for route in routes if "officer-stationed" in "".join(route.flows) and route.standing == "open"]
