"""What is supposed, value by value: the matter and the catalog as they would be; and each refusal as it is said."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from clinic_mapper.casefile.model import Agency, Answer, Matter, Touchpoint, Where
from clinic_mapper.catalog.model import Catalog, KnownPractice
from clinic_mapper.problem import Problem
from clinic_mapper.routing.what_if import (
    At,
    Change,
    Ended,
    Otherwise,
    Practice,
    PracticeEnded,
    Without,
    supposed,
)
from clinic_mapper.routing.what_if_read import change_of
from tests.unit.drawn_catalogs import ASKED, catalog_of
from tests.unit.test_known_practices import LISTED
from tests.unit.test_routing_regressions import SYSTEMS, contact, flow, kind, law

POLK = Where(state="FL", county="Polk County", city="Bartow")
OWN = contact(
    where=POLK, agency=Agency(kind="sheriff", name="Polk Sheriff"), facts={"printed": "yes"}, practices={"p": "no"}
)
OTHER = contact("t2")
MATTER = Matter(code="A", client={"listed": "no"}, touchpoints=(OWN, OTHER))
ROWS = (
    replace(LISTED, id="row"),
    replace(LISTED, id="x", answers="p", agency="Polk Sheriff"),
    replace(LISTED, id="y", answers="q", agency="Polk Sheriff"),
    replace(LISTED, id="z", answers="p", county="Lee County"),
)
KNOWN = {row.id: row for row in ROWS}
DAY = date(2024, 2, 29)


def rows() -> Catalog:
    steps = [flow("f", until="2023"), flow("g", practice="not_known_by_place")]
    catalog = catalog_of(SYSTEMS, steps, [law("l"), law("m", until="2024-02-29")], [kind(questions=ASKED)])
    return replace(catalog, known_practices=KNOWN)


def then(*changes: Change) -> tuple[Matter, Catalog]:
    return supposed(MATTER, rows(), changes)


def with_own(**changes: object) -> Matter:
    return replace(MATTER, touchpoints=(replace(OWN, **changes), OTHER))


@pytest.mark.parametrize(
    ("change", "matter"),
    [
        (Otherwise("listed", "yes", since="2015"), replace(MATTER, client={"listed": Answer("yes", since="2015")})),
        (Otherwise("order", "yes"), replace(MATTER, client={"listed": "no", "order": Answer("yes")})),
        (Otherwise("listed", ""), replace(MATTER, client={})),
        (Otherwise("printed", "no", "t1"), with_own(facts={"printed": Answer("no")})),
        (Otherwise("charged", "no", "t1"), with_own(facts={"printed": "yes", "charged": Answer("no")})),
        (Otherwise("printed", "", "t1"), with_own(facts={})),
        (Practice("p", "yes", "t1"), with_own(practices={"p": Answer("yes", source="clinic")})),
        (Practice("p", "", "t1"), with_own(practices={})),
        (At("t1", "2014"), with_own(when="2014")),
        (At("t9", "2014"), MATTER),
    ],
)
def test_one_answer_is_otherwise_and_all_else_stays(change, matter):
    assert then(change) == (matter, rows())


def test_of_two_changes_the_later_counts():
    assert then(At("t1", "2014"), Otherwise("listed", "yes"), At("t1", "2015"))[0] == replace(
        with_own(when="2015"), client={"listed": Answer("yes")}
    )


def row_of(catalog: Catalog, name: str) -> str | None:
    """Until when a row holds; "gone" where it is not there."""
    for found in (catalog.restrictions, catalog.flows, catalog.known_practices):
        if name in found:
            return found[name].until
    return "gone"


@pytest.mark.parametrize(
    ("change", "name", "until"),
    [
        (Without("l"), "l", "gone"),
        (Without("f"), "f", "gone"),
        (Without("row"), "row", "gone"),
        (Ended("l", DAY), "l", "2024-02-29"),
        (Ended("row", DAY), "row", "2024-02-29"),
        # What ended before, or on that day, stays as it is; what ends later ends then.
        (Ended("f", DAY), "f", "2023"),
        (Ended("f", date(2023, 12, 31)), "f", "2023"),
        (Ended("f", date(2023, 12, 30)), "f", "2023-12-30"),
        (Ended("m", DAY), "m", "2024-02-29"),
        (Ended("nothing", DAY), "nothing", "gone"),
    ],
)
def test_one_row_ends_or_is_left_out_and_all_others_stay(change, name, until):
    matter, catalog = then(change)
    assert matter == MATTER and row_of(catalog, name) == until
    before = rows()
    for rows_of in ("restrictions", "flows", "known_practices"):
        now, was = getattr(catalog, rows_of), getattr(before, rows_of)
        assert {id: row for id, row in now.items() if id != name} == {id: row for id, row in was.items() if id != name}
        assert list(now) == [id for id in was if id in now]


def test_a_practice_that_ended_is_known_of_the_agency_and_takes_the_place_of_what_was_noted_and_known():
    matter, catalog = then(PracticeEnded("p", "t1", DAY))
    assert matter == with_own(practices={})
    said = {
        "answers": "p", "state": "FL", "county": "Polk County", "city": "Bartow", "agency_kind": "sheriff",
        "agency": "Polk Sheriff", "says": "what if",
    }  # fmt: skip
    assert list(catalog.known_practices.items()) == [
        ("row", KNOWN["row"]),
        (
            "what-if-t1-p-no",
            KnownPractice(id="what-if-t1-p-no", is_="no", as_of="2024-03-01", since="2024-03-01", until=None, **said),
        ),
        (
            "what-if-t1-p-yes",
            KnownPractice(
                id="what-if-t1-p-yes", is_="yes", as_of="1900-01-01", since="1900-01-01", until="2024-02-29", **said
            ),
        ),
        ("y", KNOWN["y"]),
        ("z", KNOWN["z"]),
    ]
    assert replace(catalog, known_practices=KNOWN) == rows()


@pytest.mark.parametrize(
    "own",
    [
        replace(OWN, where=Where(county="Polk County")),
        replace(OWN, agency=Agency()),
        replace(OWN, id="t9"),
    ],
)
def test_of_whom_state_or_agency_is_not_known_no_practice_ends(own: Touchpoint):
    matter = replace(MATTER, touchpoints=(own, OTHER))
    assert supposed(matter, rows(), [PracticeEnded("p", "t1", DAY)]) == (matter, rows())


@pytest.mark.parametrize("agency", [Agency(kind="sheriff"), Agency(name="Polk Sheriff")])
def test_a_kind_or_a_name_of_the_agency_is_enough(agency):
    matter = replace(MATTER, touchpoints=(replace(OWN, agency=agency),))
    _, catalog = supposed(matter, rows(), [PracticeEnded("p", "t1", DAY)])
    assert "what-if-t1-p-yes" in catalog.known_practices


UNREADABLE = "“{}” is no change this program can read."
CONTACTS = "“{}” names no contact of this matter. Its contacts are: t1, t2."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("printed", UNREADABLE.format("printed")),
        ("=no", UNREADABLE.format("=no")),
        ("t9.printed=no", CONTACTS.format("t9.printed=no")),
        ("t1=no", CONTACTS.format("t1=no")),
        ("practice.p=no", CONTACTS.format("practice.p=no")),
        ("t1.moon=no", "“moon” is no question that is asked about contact t1."),
        ("t1.listed=no", "“listed” is no question that is asked about contact t1."),
        ("t1.agency=sheriff", "“agency” is no question that is asked about contact t1."),
        ("client.moon=no", "“moon” is no question that is asked about the client."),
        ("t1.printed=no=yes", "“no=yes” is no answer to “printed”. Its answers are: yes, no, unknown, declined."),
        ("t1.kind=yes", "“yes” is no answer to “kind”. Its answers are: red, blue, unknown, declined."),
        ("client.listed=yes@2015", "“listed” is no fact that begins on some day."),
        ("practice.t1.moon=no", "“moon” is no practice in this catalog."),
        ("practice.t1.f=no", "“f” is no practice in this catalog."),
        ("practice.t1.g=often", "“often” is not what a practice can be: yes, no or ended@YYYY-MM-DD."),
        (
            "practice.t1.g=yes@2024-01-01",
            "“yes@2024-01-01” is not what a practice can be: yes, no or ended@YYYY-MM-DD.",
        ),
        ("practice.t1.g=ended@soon", "“ended@soon” needs a day such as 2026-01-31 after “@”."),
        (
            "practice.t2.g=ended@2024-01-01",
            "Whose practice ended cannot be said: contact t2 has no state or no agency.",
        ),
        ("without=moon", "“moon” is no law, flow or known practice in this catalog."),
        ("ended=l@2024", "“ended=l@2024” needs a day such as 2026-01-31 after “@”."),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_could_be(text, said):
    with pytest.raises(Problem) as refused:
        change_of(text, MATTER, rows())
    unreadable = said.endswith("can read.")
    assert (refused.value.code, refused.value.what) == (f"what-if-un{'readable' if unreadable else 'known'}", said)
    wanted = "Write it such as t1.printed=no, client.dhs-prints=yes@2015, practice.t1.287g-jail=no or without=ROW."
    assert refused.value.do == (wanted if unreadable else Problem("what-if-unknown", said).do)


def test_of_a_contact_of_a_kind_that_the_catalog_has_not_nothing_is_asked():
    matter = replace(MATTER, touchpoints=(contact(kind="moon-landing"),))
    with pytest.raises(Problem) as refused:
        change_of("t1.printed=no", matter, rows())
    assert refused.value.what == "“printed” is no question that is asked about contact t1."
    assert change_of("t1.minor=yes", matter, rows()) == Otherwise("minor", "yes", "t1")


def test_a_matter_without_contacts_has_none_to_name():
    with pytest.raises(Problem) as refused:
        change_of("t1.printed=no", Matter(code="A"), rows())
    assert refused.value.what.endswith("Its contacts are: none.")


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("t1.kind=red", Otherwise("kind", "red", "t1")),
        ("t1.minor=declined", Otherwise("minor", "declined", "t1")),
        ("practice.t1.g=ended@2024-02-29", PracticeEnded("g", "t1", DAY)),
        ("practice.t2.287g-jail=unknown", Practice("287g-jail", "unknown", "t2")),
        ("practice.t2.287g-jail=", Practice("287g-jail", "", "t2")),
        ("practice.t2.287g-jail=yes", Practice("287g-jail", "yes", "t2")),
        ("without=row", Without("row")),
        ("ended=f@2024-02-29", Ended("f", DAY)),
        ("client.order=yes@2024-02-29", Otherwise("order", "yes", since="2024-02-29")),
    ],
)
def test_what_can_be_read(text, change):
    assert change_of(text, MATTER, rows()) == change
