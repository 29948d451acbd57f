"""Whole explanations of small cases, as they are written out in `tests/data/explanations.txt`: every ground with its
outcome, who told it, and what it turns on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from clinic_mapper.casefile.model import Agency, Answer, Where
from clinic_mapper.catalog import model
from clinic_mapper.catalog.model import Condition, DataWhen, DateSpan, Needs, Tells
from clinic_mapper.routing.explanation import Explanation
from tests.unit.drawn_catalogs import ASKED, MECHANISMS, question
from tests.unit.test_known_practices import LISTED as OF_FLORIDA
from tests.unit.test_routing_regressions import contact, flow, kind, law
from tests.unit.written_explanations import why, written

PRINTED = Condition(fact="printed", is_="yes")
CALIFORNIA = Where(state="CA")
SENDS_LIST = Condition(practice="jail-sends-list")
IN_JAIL = Condition(agreement="287g-jail")
FLOW_ASKS = kind(questions=ASKED)


def yes(client: str) -> Condition:
    return Condition(client=client, is_="yes")


def excepted(**more: Any) -> model.Exception_:
    return model.Exception_(kind="client", text="t", client="listed", is_="yes", question="q", **more)


def mandate(name: str, *answers: Condition, **more: Any) -> model.Restriction:
    return law(name, effect_on_route="practice_yes", answers=answers, **more)


LABEL_IN_DOUBT = [
    kind(
        creates=(
            model.Record(
                system="jail",
                data=("address",),
                data_when=(
                    DataWhen(
                        data=("gang_label",),
                        when=Condition(any=(yes("dhs-prints"), SENDS_LIST, Condition(place=("US-CA",)))),
                    ),
                ),
            ),
        )
    ),
    kind("told", creates=(), questions=ASKED, tells=(Tells("dhs-prints", "yes", PRINTED),)),
    kind("was", creates=(), tells=(Tells("dhs-prints", "yes", None),)),
]
"""A record that holds a gang label only if one of three things is so, and two contacts that tell of the first."""

CASES: dict[str, Callable[[], Explanation]] = {
    "answers, places and days, each with who told it": lambda: why(
        [
            flow(
                when=Condition(
                    all=(
                        Condition(any=(yes("listed"), PRINTED, Condition(fact="agency", is_="sheriff"))),
                        Condition(not_=Condition(place=("US-NY", "US-TX"))),
                        Condition(date=DateSpan(from_="2012", until="2018-05")),
                        Condition(date=DateSpan(from_="2012-02-03")),
                    )
                )
            )
        ],
        kinds=[FLOW_ASKS],
        contacts=(
            contact(agency=Agency(kind="court"), facts={"printed": Answer(value="no", source="paper", paper="slip")}),
        ),
    ),
    "practices that a law may answer, the step's own days, and what counsel must judge": lambda: why(
        [
            flow(
                when=Condition(any=(SENDS_LIST, IN_JAIL)),
                practice="not_known_by_place",
                since="2011",
                until="2019-06",
                judge="Ask.",
            )
        ],
        [
            mandate(
                "must", SENDS_LIST, IN_JAIL, client_if=yes("order"), unless=(excepted(mechanisms=("jail-tells-ice",)),)
            )
        ],
        contacts=(contact(practices={"f": "no", "287g-jail": Answer(value="unknown", source="clinic")}),),
    ),
    "law with exceptions, law that comes first, law in doubt": lambda: why(
        [flow()],
        [
            law("beats", client_if=yes("order"), mechanisms=("jail-tells-ice",), acts_from="2010"),
            law(
                "bars",
                unless=(
                    excepted(),
                    excepted(mechanisms=("booking-prints",)),
                    model.Exception_(kind="process", text="warrant"),
                ),
                yields_to=("beats", "gone"),
                flows=("f",),
            ),
            law("counsel", effect_on_route="undetermined", items=("address",)),
            law("disputed", status="contested"),
            law("later", acts_from="2020"),
            law("minors", client_if=yes("minor")),
            law("ny", jurisdiction="US-NY"),
        ],
        contacts=(contact(where=CALIFORNIA),),
    ),
    "law that an exception lifts, and law that would have come after it": lambda: why(
        [flow()],
        [
            law("bars", unless=tuple(excepted(mechanisms=(name,)) for name in MECHANISMS[:2])),
            law("other", yields_to=("bars",)),
        ],
        client={"listed": Answer(value="yes", source="paper")},
    ),
    "law that yields, and a text that is only shown": lambda: why(
        [flow()],
        [
            law("bars", yields_to=("first",)),
            mandate("first"),
            law(
                "shown",
                acts=False,
                effect_on_route="show",
                flows=("f",),
                client_if=yes("order"),
                items=("address",),
                binds=("local", "private"),
                recipients=("ice", "police"),
            ),
        ],
    ),
    "law of places that are only possible": lambda: why(
        [flow()],
        [law("ca", jurisdiction="US-CA"), law("fresno", jurisdiction="US-CA-fresno-county", client_if=yes("listed"))],
    ),
    "mandates: sure, contested, on some days alone": lambda: why(
        [flow(when=Condition(any=(SENDS_LIST, IN_JAIL)))],
        [
            mandate("must", SENDS_LIST),
            mandate("disputed", SENDS_LIST, Condition(agreement="any"), IN_JAIL, status="contested"),
            mandate(
                "later", SENDS_LIST, IN_JAIL, Condition(practice="unread"), jurisdiction="US-CA", acts_from="2016-05-03"
            ),
        ],
        contacts=(contact(when="2016-05", where=CALIFORNIA, practices={"jail-sends-list": "no"}),),
    ),
    "an answer that shows the step, against practice and law": lambda: why(
        [flow(shown_by=PRINTED, practice="not_known_by_place", when=Condition(any=(SENDS_LIST, IN_JAIL)))],
        [law("bars"), mandate("must", IN_JAIL)],
        kinds=[FLOW_ASKS],
        contacts=(
            contact(
                facts={"printed": Answer(value="yes", source="paper", paper="slip")},
                practices={"jail-sends-list": "no"},
            ),
        ),
    ),
    "two steps of which one or the other runs": lambda: why(
        [
            flow("f", when=Condition(all=(yes("dhs-prints"), Condition(place=("US-CA",))))),
            flow("g", when=Condition(client="dhs-prints", is_="no"), either_with="f", since="2015"),
        ],
        [law("bars", flows=("g",))],
    ),
    "a stay that may go on, and a supervision that does": lambda: why(
        [
            flow("a", "jail", "state", timing="in_custody"),
            flow("b", "state", "ice", timing="on_supervision", confidence="inferred"),
        ],
        kinds=[kind(custody=True)],
        client={"on-supervision-now": Answer(value="yes", source="paper")},
    ),
    "a stay that goes on: something is sent": lambda: why(
        [flow("a", "jail", "state"), flow("b", "state", "ice", timing="in_custody")],
        kinds=[kind(custody=True)],
        client={"in-custody": "now"},
    ),
    "a stay that goes on: somebody has to look": lambda: why(
        [flow(timing="in_custody", arrives="found")], kinds=[kind(custody=True)], client={"in-custody": "now"}
    ),
    "a look-up on the day of the event": lambda: why([flow(arrives="found")]),
    "a look-up that is over, and the weakest of two steps": lambda: why(
        [
            flow("a", "jail", "state", timing="standing"),
            flow("b", "state", "ice", timing="standing", until="2018", as_of="2025"),
        ]
    ),
    "a look-up of which it is not sure that it can be made today": lambda: why(
        [
            flow("a", "jail", "state", timing="standing"),
            flow(
                "b",
                "state",
                "ice",
                timing="standing",
                when=Condition(any=(yes("listed"), Condition(date=DateSpan(until="2020")))),
            ),
        ]
    ),
    "a look-up that can be made today whatever the doubt before it": lambda: why(
        [
            flow(
                "a",
                "jail",
                "state",
                timing="standing",
                when=Condition(any=(yes("listed"), Condition(date=DateSpan(until="2020")))),
            ),
            flow("b", "state", "ice", timing="standing"),
        ]
    ),
    "steps that cannot follow one another": lambda: why(
        [
            flow("a", "jail", "state", timing="standing", since="2020"),
            flow("b", "state", "ice", timing="standing", until="2018"),
        ]
    ),
    "a contact of which nothing is told, and a record for counsel": lambda: why(
        [flow(needs=Needs(any=("fingerprints", "gang_label")))],
        kinds=[
            kind(
                questions=ASKED,
                creates=(
                    model.Record(
                        system="jail",
                        data=("address",),
                        judge="?",
                        when=Condition(fact="charged", is_="yes"),
                        data_when=(
                            DataWhen(data=("fingerprints",), when=PRINTED),
                            DataWhen(data=("gang_label",), when=Condition(date=DateSpan(until="2010"))),
                        ),
                    ),
                ),
            )
        ],
        contacts=(contact(when=""),),
    ),
    "items on which the need turns": lambda: why(
        [flow(needs=Needs(any=("fingerprints", "gang_label")))],
        kinds=[
            kind(
                questions=ASKED,
                creates=(
                    model.Record(
                        system="jail",
                        data=("address",),
                        data_when=(
                            DataWhen(data=("fingerprints",), when=PRINTED),
                            DataWhen(data=("gang_label",), when=yes("minor")),
                            DataWhen(data=("address",), when=yes("listed")),
                            DataWhen(data=("gang_label",), when=Condition(any=(yes("order"), yes("dhs-prints")))),
                        ),
                    ),
                ),
            )
        ],
        contacts=(contact(facts={"printed": "unknown", "minor": "declined"}),),
        client={"dhs-prints": "yes"},
    ),
    "items on which the need turns, an answer at another contact": lambda: why(
        [flow(needs=Needs(all=("gang_label",)))],
        kinds=LABEL_IN_DOUBT,
        contacts=(
            contact(practices={"jail-sends-list": Answer(value="unknown", source="paper")}),
            contact("t2", "told", "2012-05-01", facts={"printed": Answer(value="unknown", source="paper")}),
        ),
        client={"dhs-prints": Answer(value="yes", since="2019-03-04")},
    ),
    "items on which the need turns, the day of another contact": lambda: why(
        [flow(needs=Needs(all=("gang_label",)))],
        kinds=LABEL_IN_DOUBT,
        contacts=(
            contact(practices={"jail-sends-list": Answer(value="unknown", source="paper")}),
            contact("t2", "was", "2012/2020"),
        ),
        client={"dhs-prints": Answer(value="yes", since="2019-03-04")},
    ),
    "of two records in one system the one that stands better": lambda: why(
        [flow()],
        kinds=[
            kind(
                creates=(
                    model.Record(system="jail", data=("address",), when=yes("listed")),
                    model.Record(system="jail", data=("address", "gang_label")),
                    model.Record(system="jail", data=("address",), when=yes("order")),
                )
            )
        ],
        contacts=(contact("t.1"),),
    ),
    "a record beside one that does not exist": lambda: why(
        [flow(needs=Needs(all=("gang_label",)))],
        kinds=[
            kind(
                creates=(
                    model.Record(system="state", data=("gang_label",), when=yes("order"), judge="?"),
                    model.Record(
                        system="jail",
                        data=("address",),
                        when=yes("listed"),
                        data_when=(DataWhen(data=("gang_label",), when=yes("listed")),),
                    ),
                )
            )
        ],
        client={"order": "no", "listed": "yes"},
    ),
    "a look-up that is possible today turns on today alone": lambda: why(
        [
            flow(
                timing="standing",
                when=Condition(
                    all=(yes("order"), Condition(any=(yes("listed"), Condition(date=DateSpan(from_="2020")))))
                ),
            )
        ]
    ),
    "a record that ICE holds itself": lambda: why(
        [], kinds=[kind(creates=(model.Record(system="ice", data=("address",)),))]
    ),
    "what is to come, and what contacts tell against an answer": lambda: why(
        [flow(when=Condition(all=(yes("listed"), yes("minor"))))],
        kinds=[
            kind(when_form="coming", tells=(Tells("minor", "yes", PRINTED),), questions=ASKED),
            kind(
                "told",
                creates=(),
                questions=(question("printed"),),
                tells=(Tells("listed", "yes", PRINTED), Tells("minor", "yes", None)),
            ),
        ],
        contacts=(
            contact(when="2027-05"),
            contact("t2", "told", "2012"),
            contact("t3", "told", "2013", facts={"printed": "yes"}),
        ),
        client={"listed": "no"},
    ),
    "what lists and notes say of the agency": lambda: why(
        [flow(practice="not_known_by_place", when=Condition(any=(IN_JAIL, SENDS_LIST)))],
        known=[
            replace(OF_FLORIDA, id="r1", answers="f", county="", agency="", agency_kind=""),
            replace(OF_FLORIDA, id="r2", county="", agency="", since=None),
            replace(OF_FLORIDA, id="r0", answers="jail-sends-list", county="", agency="", agency_kind=""),
            replace(OF_FLORIDA, id="r3", is_="asked for", county="", agency=""),
        ],
        contacts=(
            contact(
                when="2026",
                where=Where(state="FL"),
                agency=Agency(kind="sheriff"),
                practices={"f": "unknown", "jail-sends-list": "no"},
            ),
        ),
    ),
}
TEXTS = Path(__file__).parent.parent.joinpath("data", "explanations.txt").read_text(encoding="utf-8")
SAID = dict(each.split("\n", 1) for each in TEXTS.split("# ")[1:])


@pytest.mark.parametrize("name", CASES)
def test_an_explanation_says_all_that_a_step_rests_on_and_who_told_it(name):
    assert written(CASES[name]()).strip() == SAID[name].strip()


def test_every_text_has_its_case():
    assert set(SAID) == set(CASES)
