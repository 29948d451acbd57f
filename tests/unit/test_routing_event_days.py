"""On which days a contact can have been, as its date is told and its kind asks for it; what a catalog knows of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from clinic_mapper.casefile.dates import FIRST_DAY, LAST_DAY
from clinic_mapper.casefile.model import DECLINED, UNKNOWN, Agency, Answer, Matter
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.routing.event_days import past_and_coming, possible_days
from clinic_mapper.routing.known_part import known_part
from tests.unit.drawn_catalogs import ASKED, catalog_of
from tests.unit.test_routing_regressions import SYSTEMS, TODAY, contact, kind

NOW = TODAY.toordinal()
THIS_YEAR = (date(2026, 1, 1).toordinal(), date(2026, 12, 31).toordinal())
MAY_2027 = (date(2027, 5, 1).toordinal(), date(2027, 5, 31).toordinal())
IN_2016 = (date(2016, 5, 1).toordinal(),) * 2


def rows(**more: Any) -> Catalog:
    return catalog_of(SYSTEMS, [], [], [kind(questions=ASKED, **more)])


@pytest.mark.parametrize(
    ("asked_as", "when", "past", "coming"),
    [
        ("past", "2016-05-01", IN_2016, None),
        ("past", "", (FIRST_DAY, NOW), None),
        ("past", "2026", (THIS_YEAR[0], NOW), None),
        ("past", "2026-11-24", (NOW, NOW), None),
        ("past", "2026-11-24/2026-11-25", (NOW, NOW), None),
        ("past", "2026-11-25", None, (NOW + 1, NOW + 1)),  # told so
        ("past", "2027-05", None, MAY_2027),
        ("coming", "", None, (NOW + 1, LAST_DAY)),
        ("coming", "2026", None, (NOW + 1, THIS_YEAR[1])),
        ("coming", "2026-11-24/2026-11-25", None, (NOW + 1, NOW + 1)),
        ("coming", "2026-11-24", (NOW, NOW), None),  # told so
        ("coming", "2016-05-01", IN_2016, None),
        ("coming", "2027-05", None, MAY_2027),
        ("coming-or-past", "", (FIRST_DAY, NOW), (NOW + 1, LAST_DAY)),
        ("coming-or-past", "2026", (THIS_YEAR[0], NOW), (NOW + 1, THIS_YEAR[1])),
        ("coming-or-past", "2026-11-24", (NOW, NOW), None),
        ("coming-or-past", "2026-11-25", None, (NOW + 1, NOW + 1)),
        ("moon-time", "2026", (THIS_YEAR[0], NOW), None),
    ],
)
def test_a_date_lies_in_the_past_unless_its_kind_may_come_or_it_is_told_so(asked_as, when, past, coming):
    own, catalog = contact(when=when), rows(when_form=asked_as)
    assert past_and_coming(catalog, own, NOW) == (past, coming)
    days = [day for span in (past, coming) if span for day in span]
    assert possible_days(catalog, own, NOW) == (min(days), max(days))


def test_a_matter_that_a_catalog_knows_wholly_is_read_as_it_is():
    told = contact(facts={"printed": "yes", "kind": "red"}, practices={"p": "no"}, agency=Agency(kind="sheriff"))
    matter = Matter(code="CASE", client={"listed": DECLINED, "license": "marked"}, touchpoints=(told,))
    assert known_part(matter, rows()) is matter


READABLE = {"printed": "yes", "kind": Answer(value=UNKNOWN), "order": DECLINED, "moon": "no"}


@pytest.mark.parametrize(
    ("strange", "read"),
    [
        (contact(facts={**READABLE, "charged": "red"}), contact(facts=READABLE)),
        (contact(facts={"kind": "yes", "moon": "no"}), contact(facts={"moon": "no"})),
        (contact(facts={"license": "yes"}), contact()),
        (contact(practices={"p": "yes", "q": "often"}), contact(practices={"p": "yes"})),
        (contact(agency=Agency(kind="moon guard", name="Unit 3")), contact(agency=Agency(name="Unit 3"))),
    ],
)
def test_an_answer_that_is_none_of_its_question_is_read_as_not_asked(strange, read):
    whole = contact("t2", facts={"printed": "no"})
    matter = Matter(code="CASE", touchpoints=(whole, strange))
    assert known_part(matter, rows()) == replace(matter, touchpoints=(whole, read))


def test_an_answer_about_the_client_that_is_none_of_its_question_is_read_as_not_asked():
    matter = Matter(code="CASE", client={"listed": "yes", "license": "yes"}, touchpoints=(contact(),))
    assert known_part(matter, rows()) == replace(matter, client={"listed": "yes"})


@pytest.mark.parametrize(
    ("told", "read"),
    [
        (Agency(), Agency(kind="court")),
        (Agency(name="Unit 3"), Agency(kind="court", name="Unit 3")),
        (Agency(kind="moon guard", name="Unit 3"), Agency(kind="court", name="Unit 3")),
        (Agency(kind="sheriff", name="Unit 3"), Agency(kind="sheriff", name="Unit 3")),
    ],
)
def test_the_only_agency_that_a_contact_can_be_with_goes_without_saying(told, read):
    matter = Matter(code="CASE", touchpoints=(contact(agency=told),))
    assert known_part(matter, rows(agency="court")).touchpoints == (contact(agency=read),)
    unnamed = Agency(name=told.name) if told.kind == "moon guard" else told
    assert known_part(matter, rows(agency="moon court")).touchpoints == (contact(agency=unnamed),)
