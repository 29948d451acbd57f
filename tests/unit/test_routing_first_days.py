"""The days before the first that anything names are days like the others, and so is the first day of all."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from clinic_mapper.casefile.model import Answer, Touchpoint, Where
from clinic_mapper.catalog import model
from clinic_mapper.catalog.model import Condition, Needs
from clinic_mapper.routing.model import Turn
from tests.unit.drawn_catalogs import question
from tests.unit.test_routing_edges import (
    ALWAYS_ACTED,
    HAS_ORDER,
    LIST,
    PRINTED,
    any_of,
    between,
    every,
    none_of,
    standing,
)
from tests.unit.test_routing_regressions import LISTED, NOT_LISTED, contact, effects, flow, kind, law, mapped, named

HERE = Where(state="CA")
HAS_PRINTS = Condition(client="dhs-prints", is_="yes")
BY_PRINTS = Needs(all=("fingerprints",))
PERHAPS_PRINTS = model.DataWhen(data=("fingerprints",), when=PRINTED)
SAVED = model.Exception_(kind="client", text="t", question="q", client="listed")
OTHER_WORK = model.Exception_(kind="client", text="t", client="listed", mechanisms=("agreement-287g",))


def long_ago(**more: Any) -> Touchpoint:
    """Some day before 1960, of which no rule names one: the first days that there are, and others."""
    return contact(when="../1960", where=HERE, **more)


def first_of_all(**more: Any) -> Touchpoint:
    return contact(when="1900-01-01", where=HERE, **more)


def asking(*data_when: model.DataWhen, **more: Any) -> model.TouchpointKind:
    record = model.Record(system="jail", data=("address",), data_when=data_when, **more)
    return kind(creates=(record,), questions=(question("printed"),))


def pair(when: Condition | None = None, other: Condition | None = None, **more: Any) -> list[model.Flow]:
    parted = (
        LISTED if when is None else every(LISTED, when),
        NOT_LISTED if other is None else every(NOT_LISTED, other),
    )
    return [flow(when=parted[0], **more), flow("g", when=parted[1], either_with="f", **more)]


def old_law(**more: Any) -> model.Restriction:
    return law(**(ALWAYS_ACTED | more))


NO: dict[str, Answer | str] = {"listed": "no"}
ORDER = ("fact", "on-supervision-now")


@pytest.mark.parametrize(
    ("steps", "laws", "kinds", "client", "asked"),
    [
        ([flow(when=LISTED)], [], [asking()], {}, {("fact", "listed")}),
        ([flow(when=every(PRINTED, HAS_ORDER))], [], [asking()], {}, {("fact", "printed"), ORDER}),
        ([flow(when=Condition(client="minor", is_="yes"))], [], [asking()], {}, {("fact", "minor")}),
        ([flow(when=Condition(client="of no catalog", is_="yes"))], [], [asking()], {}, {("fact", "of no catalog")}),
        ([flow(when=HAS_PRINTS)], [], [asking()], {"dhs-prints": "yes"}, {("date", "dhs-prints")}),
        ([flow(judge="Ask.")], [], [asking()], {}, {("judge", "f")}),
        ([flow()], [], [asking(judge="Ask.")], {}, {("judge", "jail")}),
        ([flow(needs=BY_PRINTS)], [], [asking(PERHAPS_PRINTS)], {}, {("fact", "printed")}),
        (pair(needs=BY_PRINTS), [], [asking(PERHAPS_PRINTS)], NO, {("fact", "printed")}),
        (pair(other=HAS_ORDER), [], [asking()], NO, {ORDER}),
        ([flow()], [old_law(status="contested")], [asking()], {}, {("judge", "law")}),
        ([flow()], [old_law(client_if=LISTED)], [asking()], {}, {("fact", "listed")}),
        ([flow()], [old_law(unless=(SAVED,))], [asking()], {}, {("fact", "listed")}),
        ([flow()], [old_law(client_if=HAS_ORDER, unless=(OTHER_WORK,))], [asking()], {}, {ORDER}),
        # A law that takes what the step does not need.
        ([flow(when=LISTED)], [old_law(items=("gang_label",))], [asking()], {}, {("fact", "listed")}),
        (
            [flow(when=LIST)],
            [old_law(effect_on_route="practice_yes", answers=(LIST,), client_if=HAS_ORDER)],
            [asking()],
            {},
            {("practice", "jail-sends-list"), ORDER},
        ),
    ],
)  # fmt: skip
def test_the_day_is_not_asked_where_an_answer_is_wanted_on_each_of_them(steps, laws, kinds, client, asked):
    exposure = mapped(steps, laws, kinds, client, (long_ago(),))
    assert (standing(exposure), named(exposure)) == (("undetermined", ()), asked)


def test_a_law_that_may_leave_what_would_do_is_in_doubt_on_each_day():
    either = flow(needs=Needs(any=("address", "fingerprints")), carries=("address", "fingerprints"))
    takes = old_law(items=("address",))
    exposure = mapped([either], [takes], [asking(PERHAPS_PRINTS)], contacts=(long_ago(),))
    assert standing(exposure) == ("undetermined", ()) and ("date", "") not in named(exposure)


def test_what_a_contact_may_have_told_that_day_is_not_sure_on_the_first_of_them():
    tells = replace(asking(), tells=(model.Tells("dhs-prints", "yes", PRINTED),))
    exposure = mapped([flow(when=HAS_PRINTS)], kinds=[tells], contacts=(long_ago(),))
    assert named(exposure) == {("fact", "dhs-prints")}


def test_what_is_in_conflict_is_so_on_each_day():
    tells = kind(tells=(model.Tells("listed", "yes"),))
    assert named(mapped([flow(when=LISTED)], kinds=[tells], client=NO, contacts=(long_ago(),))) == {("fact", "listed")}
    others = [kind(f"says-{value}", creates=(), tells=(model.Tells("listed", value),)) for value in ("yes", "no")]
    told = (contact("t2", "says-yes", "1950"), contact("t3", "says-no", "1951"))
    exposure = mapped([flow(when=LISTED)], kinds=[kind(), *others], contacts=(long_ago(), *told))
    assert named(exposure) == {("fact", "listed")}


@pytest.mark.parametrize(
    ("steps", "laws", "client", "found"),
    [
        ([flow(when=every(none_of(PRINTED), NOT_LISTED))], [], NO, ("open", ())),
        (pair(), [], NO, ("open", ())),
        ([flow()], [old_law(yields_to=("of no catalog",))], {}, ("closed", ("law",))),
        ([flow()], [old_law(unless=(OTHER_WORK,))], {"listed": "yes"}, ("closed", ("law",))),
        # Were the answer not known, the days before 1950 would be left.
        ([flow(when=LISTED, until="1949")], [], NO, ("closed", ("fact",))),
        ([flow(when=every(none_of(NOT_LISTED), between(None, "1949")))], [], NO, ("closed", ("fact",))),
    ],
)
def test_what_was_so_before_anything_is_named_is_judged_as_on_any_day(steps, laws, client, found):
    told = long_ago(facts={"printed": "no"})
    assert standing(mapped(steps, laws, [asking()], client, (told,))) == found


@pytest.mark.parametrize(
    "when", [none_of(between(None, "1900-01-01")), every(none_of(HAS_PRINTS), between("1901", None))]
)
def test_what_days_alone_close_on_the_first_day_of_all_is_closed_by_time(when):
    client = {"dhs-prints": Answer(value="yes", since="1950-03-04")}
    assert standing(mapped([flow(when=when)], client=client, contacts=(first_of_all(),))) == ("closed", ("time",))


def test_the_law_of_the_first_days_is_told_as_on_any_day():
    def told(steps: list[model.Flow], own: Touchpoint, **more: Any) -> list[tuple[str, str]]:
        return effects(mapped(steps, [old_law(**more)], client=NO, contacts=(own,)))

    shown = {"acts": False, "effect_on_route": "show", "flows": ("f",)}
    assert told([flow()], long_ago(), client_if=none_of(LISTED), **shown) == [("law", "show")]
    assert told([flow()], long_ago(), client_if=LISTED, **shown) == []
    assert told([flow()], first_of_all(), yields_to=("of no catalog",)) == [("law", "close")]
    order = model.Exception_(kind="process", text="unless a judge orders it")
    assert told([flow()], first_of_all(), unless=(order,)) == [("law", "close")]
    assert told(pair(), long_ago(), client_if=HAS_ORDER) == [("law", "undetermined")]
    assert told(pair(), long_ago(), items=("gang_label",)) == []


@pytest.mark.parametrize("when", [any_of(LISTED, between(None, "1949")), every(LISTED, between(None, "1949"))])
def test_a_route_that_is_otherwise_on_the_first_days_turns_on_the_day_after_them(when):
    exposure = mapped([flow(when=when)], kinds=[kind(when_form="past")], contacts=(long_ago(),))
    (route,) = exposure.routes.values()
    assert route.turns == (Turn(day="1950-01-01", before=0, after=0),)
