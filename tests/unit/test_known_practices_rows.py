"""Rows on agencies, each key by itself: city, name and kind of agency; from which day to which they speak."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from clinic_mapper.casefile.model import Agency, Where
from clinic_mapper.catalog.model import Condition, KnownPractice
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.index import index_of
from clinic_mapper.routing.known_practices import PracticeBook, Said, match
from clinic_mapper.routing.relied_on import relied_on
from tests.unit.drawn_catalogs import ASKED, catalog_of
from tests.unit.test_known_practices import LISTED, POLK, SHERIFF, contact
from tests.unit.test_routing_regressions import SYSTEMS, TODAY, Matter, flow, kind, only_route
from tests.unit.test_routing_regressions import contact as booked

LAKELAND = Where(state="FL", county="Polk County", city="Lakeland")
POLICE = Agency(kind="city police")
OF_TOWN = replace(LISTED, id="lakeland", city="Lakeland", agency_kind="city police", agency="Lakeland Police")
NAMED_ALONE = replace(LISTED, id="named", agency_kind="")
OF_ALL = replace(LISTED, id="all", county="", agency_kind="", agency="")
OF_ITS_KIND = replace(LISTED, id="kind", agency="")


@pytest.mark.parametrize(
    ("row", "where", "agency", "how"),
    [
        (OF_TOWN, LAKELAND, POLICE, "surely"),
        (OF_TOWN, replace(LAKELAND, city="lakeland"), POLICE, "surely"),
        (OF_TOWN, replace(LAKELAND, city="Bartow"), POLICE, "no"),
        (OF_TOWN, POLK, POLICE, "possibly"),
        (OF_TOWN, Where(state="FL", city="Lakeland"), POLICE, "possibly"),
        (OF_TOWN, LAKELAND, Agency(kind="city police", name="Airport Police"), "possibly"),
        (OF_TOWN, LAKELAND, SHERIFF, "no"),
        # A county has one sheriff, but of a row without its county any of them may be meant; so with a town's police.
        (replace(LISTED, county=""), POLK, SHERIFF, "possibly"),
        (replace(OF_TOWN, city=""), LAKELAND, POLICE, "possibly"),
        (
            replace(LISTED, agency_kind="court", city="Bartow"),
            replace(POLK, city="Bartow"),
            Agency("court"),
            "possibly",
        ),
        (NAMED_ALONE, POLK, Agency(name="Polk County Sheriff's Office"), "surely"),
        (NAMED_ALONE, POLK, Agency(name="Polk Jail"), "possibly"),
        (NAMED_ALONE, POLK, SHERIFF, "possibly"),
        (OF_ALL, POLK, Agency(), "surely"),
        (OF_ITS_KIND, POLK, SHERIFF, "surely"),
        (OF_ITS_KIND, POLK, Agency(kind="sheriff", name="Annex"), "surely"),
        (OF_ITS_KIND, POLK, Agency(), "possibly"),
        (OF_ITS_KIND, POLK, Agency(kind="jail or prison"), "possibly"),
        (replace(OF_ITS_KIND, agency_kind="jail or prison"), POLK, SHERIFF, "possibly"),
        (replace(OF_ITS_KIND, agency_kind="jail or prison"), POLK, POLICE, "no"),
    ],
)
def test_a_row_is_about_an_agency_by_its_place_its_name_or_its_kind(row, where, agency, how):
    own = contact(where=where, agency=agency)
    assert match(row, own) == how
    book = PracticeBook([row])
    assert book.hints("287g-jail", own) == (() if how == "no" else (row,))
    assert bool(book.said("287g-jail", own)) == (how == "surely")


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def test_what_is_said_of_an_agency_begins_and_ends():
    told = replace(LISTED, since="2019-06", until="2023"), replace(LISTED, id="no", is_="no", since="2023-03-01")
    elsewhere = replace(LISTED, id="ga", state="GA"), replace(LISTED, id="other", answers="jail-sends-list")
    asked = replace(LISTED, id="asked", is_="asked for", since="2011")
    book = PracticeBook([*told, *elsewhere, asked])
    end = day("2199-12-31")
    assert book.said("287g-jail", contact()) == [
        Said(True, day("2019-06-30"), day("2023-01-01")), Said(False, day("2023-03-01"), end),
    ]  # fmt: skip
    first = {day(each) for each in ("2019-06-30", "2023-01-02", "2023-03-01", "2019-06-12")}
    assert set(book.edges(contact())) == first | {end + 1}
    assert book.said("moon", contact()) == [] and book.hints("moon", contact()) == ()


def test_a_book_knows_in_which_states_it_speaks_of_what():
    rows = [LISTED, replace(LISTED, answers="f"), replace(LISTED, answers="f", state="GA")]
    book = PracticeBook(rows)
    assert [book.answered_in(state) for state in ("FL", "GA", "TX")] == [{"287g-jail", "f"}, {"f"}, set()]
    assert book.speaks_of("287g-jail", contact())
    assert not book.speaks_of("287g-jail", contact(where=Where(state="GA")))


STEP = flow(practice="not_known_by_place", when=Condition(any=(Condition(practice="p"), Condition(agreement="a"))))


def of(answers: str, **more: object) -> KnownPractice:
    return replace(LISTED, id=f"of-{answers}", answers=answers, county="", agency="", agency_kind="", **more)


def test_a_hop_rests_on_what_is_known_of_itself_and_of_all_that_it_asks_in_the_order_of_what_they_answer():
    rows = [of("p"), of("f"), of("a"), of("q"), of("p2", is_="asked for")]
    catalog = replace(catalog_of(SYSTEMS, [STEP], [], [kind()]), known_practices={row.id: row for row in rows})
    own = booked(when="2024-05-01", where=Where(state="FL"))
    hop = only_route(map_exposure(Matter(code="A", touchpoints=(own,)), catalog, TODAY)).hops[0]
    assert relied_on(catalog, hop, own) == (of("a"), of("f"), of("p"))
    # What was noted for the contact itself rests on no row; that it is not known there leaves the row to speak.
    noted = replace(own, practices={"p": "no", "a": "unknown"})
    assert relied_on(catalog, hop, noted) == (of("a"), of("f"))
    assert relied_on(catalog, replace(hop, flow="gone", either=("f",)), own) == (of("a"), of("f"), of("p"))
    assert relied_on(replace(catalog, known_practices={}), hop, own) == ()
    pending = {row.id: row for row in (of("p", is_="asked for"), of("a", state="GA"))}
    assert relied_on(replace(catalog, known_practices=pending), hop, own) == ()


def test_two_contacts_in_one_state_of_which_one_alone_has_a_list_are_told_apart():
    """Steps are judged once for all contacts of a place; not those on whose practice somebody has spoken there."""
    rows = {"x": replace(of("f"), agency_kind="sheriff"), "y": of("p")}
    catalog = replace(catalog_of(SYSTEMS, [STEP], [], [kind()]), known_practices=rows)
    told = booked(when="2024-05-01", where=Where(state="FL"), agency=SHERIFF)
    other = replace(told, id="t2", agency=Agency(kind="court"))
    for contacts in ((told, other), (replace(other, id="t0"), told)):
        exposure = map_exposure(Matter(code="A", touchpoints=contacts), catalog, TODAY)
        found = {name: only_route(exposure, name).standing for name in (each.id for each in contacts)}
        assert found == {each.id: "open" if each is told else "undetermined" for each in contacts}
    assert index_of(catalog).known.answered_in("FL") == {"f", "p"}


@pytest.mark.parametrize(
    ("step", "told", "other"),
    [
        (flow(practice="not_known_by_place"), {"practices": {"f": "yes"}}, {}),
        (flow(when=Condition(practice="p")), {"practices": {"p": "yes"}}, {}),
        (flow(when=Condition(fact="printed", is_="yes")), {"facts": {"printed": "yes"}}, {}),
        (flow(when=Condition(client="minor", is_="yes")), {"facts": {"minor": "yes"}}, {}),
    ],
)
def test_two_contacts_in_one_place_are_told_apart_by_what_each_says(step, told, other):
    catalog = catalog_of(SYSTEMS, [step], [], [kind(questions=ASKED)])
    first, second = booked(where=POLK, **told), booked("t2", where=POLK, **other)
    for contacts in ((first, second), (replace(second, id="t0"), first)):
        exposure = map_exposure(Matter(code="A", touchpoints=contacts), catalog, TODAY)
        for each in contacts:
            assert only_route(exposure, each.id).standing == ("open" if each is first else "undetermined")


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([of("p")], ("open", ())),
        ([of("p", is_="no", since="1900-01-01")], ("closed", ("fact",))),
        # Since a day alone: neither what was told nor the days close it by themselves.
        ([of("p", is_="no")], ("closed", ("fact", "time"))),
        ([of("p", is_="no", since="2024-05-02")], ("undetermined", ())),
        ([of("p", until="2024-04")], ("undetermined", ())),
        (
            [of("p", until="2024-04"), replace(of("p", is_="no", since="2024-04-30"), id="x")],
            ("closed", ("fact", "time")),
        ),
        ([of("p"), replace(of("p", is_="no"), id="x")], ("undetermined", ())),
    ],
)  # fmt: skip
def test_what_is_known_of_an_agency_opens_or_closes_a_step_on_its_days(rows, found):
    step = flow(when=Condition(practice="p"))
    catalog = replace(catalog_of(SYSTEMS, [step], [], [kind()]), known_practices={row.id: row for row in rows})
    own = booked(when="2024-05-01", where=Where(state="FL"))
    route = only_route(map_exposure(Matter(code="A", touchpoints=(own,)), catalog, TODAY))
    assert (route.standing, route.closed_by) == found
